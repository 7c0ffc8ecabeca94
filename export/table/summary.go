package table

import (
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// Studies lists the records that were included, in the order given. Study, design
// and themes are those of the summary, empty where it is nil or does not have the record.
// Nil records are passed over.
func Studies(records []*record.Record, sum *synth.Summary) Table {
	t := Table{Name: "studies", Columns: []string{"key", "record", "study", "authors", "year", "title", "journal", "volume", "issue", "pages", "doi", "pmid",
		"kind", "types", "databases", "found_in", "design", "themes", "flags"}}
	coded := codedRecords(sum)
	for _, r := range records {
		if r == nil {
			continue
		}
		c := coded[r.ID()]
		t.add(r.Key, string(r.ID()), c.Study, authors(r), number(r.Date.Year), r.Title, r.In.Title, r.In.Volume, r.In.Issue, pages(r),
			string(r.DOI), string(r.PMID), string(r.Kind), strings.Join(r.Types, "; "), strings.Join(r.Databases(), "; "), places(r),
			c.Design, strings.Join(c.Themes, "; "), strings.Join(r.Values(record.FieldFlags), "; "))
	}
	return t
}

func codedRecords(sum *synth.Summary) map[record.ID]synth.CodedRecord {
	out := map[record.ID]synth.CodedRecord{}
	if sum != nil {
		for _, c := range sum.Records {
			out[c.ID] = c
		}
	}
	return out
}

func authors(r *record.Record) string {
	var out []string
	for _, n := range r.Authors() {
		out = append(out, n.String())
	}
	return strings.Join(out, "; ")
}

func pages(r *record.Record) string {
	if r.In.Pages != "" {
		return r.In.Pages
	}
	return r.In.ArticleNumber
}

// Themes crosses records with the themes of the codebook: a cell holds the terms
// that coded the record with the theme, or what else did ("type: …", "kind: …",
// "from: …" of a narrower theme).
func Themes(sum *synth.Summary) Table {
	t := Table{Name: "themes", Columns: []string{"record", "study", "year", "title"}}
	if sum == nil {
		return t
	}
	why := map[record.ID][]string{}
	for i, th := range sum.Themes {
		t.Columns = append(t.Columns, th.Label())
		for _, c := range th.Codings {
			if why[c.Record] == nil {
				why[c.Record] = make([]string, len(sum.Themes))
			}
			why[c.Record][i] = codedBy(c)
		}
	}
	for _, c := range sum.Records {
		row := append([]string{string(c.ID), c.Study, number(c.Year), c.Title}, make([]string, len(sum.Themes))...)
		copy(row[4:], why[c.ID])
		t.add(row...)
	}
	return t
}

// codedBy says what a coding rests on, in one cell.
func codedBy(c synth.Coding) string {
	var parts []string
	for _, term := range c.Terms {
		parts = append(parts, term.Term)
	}
	for _, typ := range c.Types {
		parts = append(parts, "type: "+typ)
	}
	if c.Kind != "" {
		parts = append(parts, "kind: "+string(c.Kind))
	}
	for _, from := range c.From {
		parts = append(parts, "from: "+from)
	}
	return strings.Join(parts, "; ")
}

// Evidence lists the quotes of the themes, each with its place: the bytes of the
// field's text.
func Evidence(sum *synth.Summary) Table {
	t := Table{Name: "evidence", Columns: []string{"theme", "record", "field", "item", "start", "end", "section", "quote", "terms"}}
	if sum == nil {
		return t
	}
	for _, th := range sum.Themes {
		for _, q := range th.Evidence {
			t.add(th.Name, string(q.Record), string(q.Field), strconv.Itoa(q.Item), strconv.Itoa(q.Start), strconv.Itoa(q.End),
				string(q.Section), q.Text, strings.Join(q.Terms, "; "))
		}
	}
	return t
}

// Cross is a cross table of a summary, with its totals, in which each study is
// counted once.
func Cross(c synth.Table) Table {
	t := Table{Name: string(c.RowAxis) + "-by-" + string(c.ColAxis), Columns: []string{string(c.RowAxis)}}
	for _, h := range c.Cols {
		t.Columns = append(t.Columns, h.Label())
	}
	t.Columns = append(t.Columns, "total")
	for i, h := range c.Rows {
		if i < len(c.Cells) && i < len(c.RowTotals) {
			t.counts(h.Label(), c.Cells[i], c.RowTotals[i])
		}
	}
	if len(c.Rows) > 0 {
		t.counts("total", c.ColTotals, c.Total)
	}
	return t
}

func (t *Table) counts(name string, cells []synth.Cell, total synth.Cell) {
	row := []string{name}
	for _, c := range cells {
		row = append(row, strconv.Itoa(c.Count))
	}
	t.add(append(row, strconv.Itoa(total.Count))...)
}

// Years lists how many studies each year has, in all and for each theme.
func Years(sum *synth.Summary) Table {
	t := Table{Name: "years", Columns: []string{"year", "studies"}}
	if sum == nil {
		return t
	}
	for _, th := range sum.Themes {
		t.Columns = append(t.Columns, th.Label())
	}
	for _, y := range sum.Counts.Years {
		row := []string{strconv.Itoa(y.Year), strconv.Itoa(y.Count)}
		for _, th := range sum.Themes {
			n := 0
			for _, ty := range th.Years {
				if ty.Year == y.Year {
					n = ty.Count
				}
			}
			row = append(row, strconv.Itoa(n))
		}
		t.add(row...)
	}
	return t
}
