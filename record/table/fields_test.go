package table

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/record"
)

func TestEachNameOfAColumnMeansOneColumn(t *testing.T) {
	seen := map[string]string{}
	for _, c := range columns {
		for _, s := range append(strings.Fields(c.spelled), spelling(c.name)) {
			assert.Equal(t, spelling(s), s, "names are kept in the form in which they are compared")
			assert.Empty(t, seen[s], "%s is a name of %s and of %s", s, seen[s], c.name)
			seen[s] = c.name
		}
	}
	for _, d := range append(dialects, embaseRows) {
		names := map[string]bool{}
		for _, c := range d.columns {
			if c.column != "" {
				assert.GreaterOrEqual(t, columnNamed(c.column), 0, "%s: %s is no column", d.name, c.column)
			}
			for name := range strings.SplitSeq(c.names, "|") {
				assert.NotEmpty(t, spelling(name), "%s: %q", d.name, name)
				assert.False(t, names[spelling(name)], "%s: %s stands twice", d.name, name)
				names[spelling(name)] = true
			}
		}
		for _, set := range d.known {
			for _, mark := range set {
				assert.True(t, names[mark], "%s: the mark %s is none of its columns", d.name, mark)
			}
		}
	}
}

func TestEachKindIsReadFromItsOwnName(t *testing.T) {
	for _, k := range record.Kinds() {
		assert.Equal(t, work{kind: k}, works[spelling(string(k))])
	}
	total := 0
	for _, words := range workWords {
		total += len(strings.Fields(words))
	}
	assert.Len(t, works, len(record.Kinds())+total+len(narrower), "no word stands for two kinds")
}

func TestTheBoundsOfACellAreFoundWhateverItsQuotes(t *testing.T) {
	for _, c := range []struct {
		row  string
		want string
	}{
		{"a,b,c\nx", "a|b|c"},
		{`"a,b","c ""d""",` + "\r\n", `a,b|c ""d""|`},
		{`"a" b,c`, `"a" b|c`},
		{`"a "b" c",d`, `a "b" c|d`},
		{`"a","b" c,"d"`, `a|"b" c|d`},
		{` "a" ,b`, `a|b`},
		{`a "b",c`, `a "b"|c`},
		{`"",""`, `|`},
		{`""""`, `""`},
		{`"a` + "\n" + `b",c`, "a\nb|c"},
	} {
		cells, n, end, _ := scanRow([]byte(c.row), ',', noQuotes, true, nil)
		var got []string
		for _, x := range cells {
			got = append(got, c.row[x.start:x.end])
		}
		assert.Equal(t, complete, end, c.row)
		assert.Positive(t, n, c.row)
		assert.Equal(t, c.want, strings.Join(got, "|"), c.row)
	}
	_, _, end, at := scanRow([]byte(`a,"b,c`), ',', noQuotes, true, nil)
	assert.Equal(t, open, end)
	assert.Equal(t, 2, at)
}

// BenchmarkScan reads the cells and makes no records of them, as encoding/csv does.
func BenchmarkScan(b *testing.B) {
	row := "k1,\"Kites, ropes and \"\"paper\"\"\",\"Berg, Anna M.; van der Proef, Jan\",2019,Journal of Invented Things,12,3,101-110,10.5555/12345678,\"" +
		strings.Repeat("Paper kites fall, as is known.\n", 12) + "\",1\r\n" +
		"k2,Ropes of glass,Nimbus V; Teste U,2020,Annals of Folding,4,,7-9,10.5555/2," + strings.Repeat("A plain abstract without any comma ", 10) + ",0\r\n"
	text := strings.Repeat(row, 1<<20/len(row))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		s := &scanner{in: record.NewInput(strings.NewReader(text), "a.csv", record.Limits{}, nil), sep: ',', columns: 11}
		for s.next() {
		}
	}
}
