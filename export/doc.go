// Package export writes what a review hands on: files of records for other
// tools, tables, the flow diagram and the report, whole or not at all.
//
//	records ──Records(name, format)──┐
//	records ──Covidence──────────────┤
//	flow.Flow.WriteSVG ──────────────┼─▶ []Part ──Write(dir)──▶ files, all of them or none
//	table.Table.WriteCSV ────────────┤
//	report.Write ────────────────────┘
//
// A [Part] is the name of a file and the function that writes it:
//
//	parts := []export.Part{
//		export.Records("included.ris", ris.Format(), included),
//		{Name: "flow.svg", Write: fl.WriteSVG},
//		{Name: "tables/decisions.csv", Write: table.Decisions(plan, decisions).WriteCSV},
//	}
//	err := export.Write("out", parts)
package export
