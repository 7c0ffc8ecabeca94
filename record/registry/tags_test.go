package registry

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

// further are values for columns of which no invented table has one.
var further = map[string]string{
	"Source_Support": "Kite Office", "Secondary_Sponsor": "Rope Council", "Secondary_ID": "2025-999999-10;KITE-17", "Secondary_outcome": "Falls",
	"results_date_posted": "03/02/2026", "results_date_completed": "03/02/2026", "results_date_first_publication": "03/02/2026",
	"results_url_link": "https://pubmed.ncbi.nlm.nih.gov/90000001/", "results_url_protocol": "https://example.org/protocol",
	"Primary Completion Date": "2026-05", "Results First Posted": "2026-09-01",
}

// cells gives the first value of each column of an invented table, by the form of its
// name.
func cells(t *testing.T, files ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range files {
		f, err := os.Open("testdata/" + name)
		require.NoError(t, err)
		defer f.Close()
		rd := csv.NewReader(f)
		rd.FieldsPerRecord = -1
		rows, err := rd.ReadAll()
		require.NoError(t, err)
		for i, column := range rows[0] {
			if key := spelling(column); out[key] == "" {
				out[key] = rows[1][i]
			}
		}
	}
	return out
}

// columnTable measures where columns go, each alone in a row beside the number of the
// trial.
func columnTable(t *testing.T, title, number string, format record.Format, columns []column, kept []string, values map[string]string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("## " + title + "\n\n| column | also called | a value such as | reaches | problems |\n|---|---|---|---|---|\n")
	names := map[string]string{}
	var order []string
	for _, c := range columns {
		order, names[c.name] = append(order, c.name), c.other
	}
	for _, name := range append(order, kept[:3]...) {
		value := values[spelling(name)]
		if value == "" {
			value = further[name]
		}
		require.NotEmpty(t, value, "no value for %s", name)
		file := func(header, row []string) string {
			var text strings.Builder
			w := csv.NewWriter(&text)
			require.NoError(t, w.WriteAll([][]string{header, row}))
			return text.String()
		}
		header, row := []string{number, columns[3].name}, []string{"NCT09999999", ""}
		with := file(append(slices.Clone(header), name), append(slices.Clone(row), value))
		without := file(header, row)
		if name == number {
			without, with = file([]string{name, columns[3].name}, []string{"", "x"}), file([]string{name, columns[3].name}, []string{value, "x"})
		}
		found := suite.Measure(t, format, name, suite.Short(value), without, with, nil)
		require.NotEqual(t, "–", found.Reached, "%s is lost", name)
		line := suite.ReadOnlyRows([]suite.Finding{found})
		other := "–"
		if names[name] != "" {
			other = suite.Quoted(strings.Fields(names[name]))
		}
		b.WriteString(strings.Replace(line, "` | ", "` | "+other+" | ", 1))
	}
	return b.String()
}

func TestTheDocumentOfICTRPSaysWhereColumnsGo(t *testing.T) {
	body := columnTable(t, "Elements and columns", "TrialID", ICTRPCSV(), ictrpColumns, []string{"Countries", "Target_size", "Inclusion_agemin"}, cells(t, "invented-ictrp.csv"))
	suite.Document(t, "../../docs/formats/ictrp.md", body)
}

func TestTheDocumentOfClinicalTrialsSaysWhereMembersGo(t *testing.T) {
	data, err := os.ReadFile("testdata/invented-clinicaltrials-list.json")
	require.NoError(t, err)
	var answer struct{ Studies []map[string]any }
	require.NoError(t, json.Unmarshal(data, &answer))
	var paths []string
	for _, f := range studyFields {
		paths = append(paths, f.Path)
	}
	paths = append(paths, "protocolSection.designModule.enrollmentInfo", "protocolSection.eligibilityModule", "hasResults")
	base := func(path string, _ map[string]any) map[string]any {
		id := map[string]any{"nctId": "NCT09999999"}
		if strings.HasSuffix(path, ".nctId") {
			id = map[string]any{"briefTitle": "Base"}
		}
		return map[string]any{"protocolSection": map[string]any{"identificationModule": maps.Clone(id)}}
	}
	body := suite.Members(t, ClinicalTrials(), paths, answer.Studies, base, nil)
	values := cells(t, "invented-clinicaltrials.csv", "invented-clinicaltrials-2023.csv")
	body += "\n" + columnTable(t, "Columns", "NCT Number", ClinicalTrialsCSV(), nctColumns, []string{"Enrollment", "Locations", "Primary Outcome Measures"}, values)
	suite.Document(t, "../../docs/formats/clinicaltrials.md", body)
}
