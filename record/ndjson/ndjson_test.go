package ndjson_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/ndjson"
	"github.com/evidence-go/evidence/record/ris"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func Example() {
	src := strings.NewReader("TY  - JOUR\nTI  - Peer support\nDO  - 10.5555/12345678\nER  - \n")
	rd := record.NewReader(src, record.ReadOptions{Name: "scopus.ris", Format: ris.Format()})
	w := record.NewWriter(os.Stdout, ndjson.Format())
	for r, err := range rd.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := w.Write(r); err != nil {
			fmt.Println(err)
			return
		}
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"schema":1,"id":"r1-ffcfhkrq98p2kx1m","key":"scopus.ris#1","kind":"journal-article","title":"Peer support","doi":"10.5555/12345678","source":{"file":"scopus.ris","format":"ris","line":1,"number":1}}
}

func read(t testing.TB, text string, limits record.Limits) ([]*record.Record, []record.Problem) {
	t.Helper()
	rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "x.ndjson", Formats: []record.Format{ndjson.Format()}, Limits: limits})
	var out []*record.Record
	for r, err := range rd.All() {
		require.NoError(t, err)
		out = append(out, r)
	}
	return out, rd.Problems()
}

func write(t testing.TB, records ...*record.Record) string {
	t.Helper()
	var b bytes.Buffer
	w := record.NewWriter(&b, ndjson.Format())
	for _, r := range records {
		require.NoError(t, w.Write(r))
	}
	require.NoError(t, w.Close())
	return b.String()
}

func TestARecordComesBackEqualWithWhereItWasFirstRead(t *testing.T) {
	r := &record.Record{
		Key: "k1", Title: "Line\nend, “quotes” and \u2028", Abstract: record.NewAbstract("BACKGROUND: a. METHODS: b."),
		Source:   record.Source{Database: "MEDLINE", File: "medline.ris", Format: "ris", Line: 17, Number: 2},
		Problems: []record.Problem{{File: "medline.ris", Line: 18, Code: record.CodeDate, Text: "odd", Record: "k1"}},
		Extra:    record.Extra{{Tag: "C4", Value: "x", Line: 20}},
	}
	r.FixID()
	text := write(t, r)
	assert.Equal(t, 1, strings.Count(text, "\n"))
	back, problems := read(t, text, record.Limits{})
	require.Len(t, back, 1)
	assert.Empty(t, problems)
	assert.Equal(t, r, back[0])
	assert.Equal(t, text, write(t, back...))
}

func TestARecordMadeByHandIsPlacedInTheFileItIsReadFrom(t *testing.T) {
	back, _ := read(t, "\n"+write(t, &record.Record{Title: "A"}), record.Limits{})
	require.Len(t, back, 1)
	assert.Equal(t, record.Source{File: "x.ndjson", Format: "ndjson", Line: 2, Number: 1}, back[0].Source)
	assert.Equal(t, "x.ndjson#1", back[0].Key)
}

func TestALineThatIsNoRecordIsReportedAndTheOthersStand(t *testing.T) {
	good := write(t, &record.Record{Title: "A", Key: "a"})
	for name, c := range map[string]struct {
		bad    string
		column int
		words  string
	}{
		"cut off":           {`{"schema":1,"id":"r1-x","title":"B`, 34, "unexpected end"},
		"not JSON":          {`title: B`, 2, "invalid character"},
		"wrong type":        {`{"schema":1,"id":"","title":7}`, 0, "cannot unmarshal"},
		"a later version":   {`{"schema":99,"id":"r1-x","title":"B"}`, 0, "version 99"},
		"JSON of no schema": {`{"title":"B"}`, 0, "version 0"},
	} {
		records, problems := read(t, good+c.bad+"\n"+good, record.Limits{})
		require.Len(t, records, 2, name)
		require.Len(t, problems, 1, name)
		p := problems[0]
		assert.Equal(t, record.CodeSkipped, p.Code, name)
		assert.Equal(t, 2, p.Line, name)
		assert.Equal(t, c.column, p.Column, name)
		assert.Contains(t, p.Text, c.words, name)
		assert.True(t, p.Code.Loses(), name)
	}
}

func TestALineOverTheLimitOfARecordIsLeftOut(t *testing.T) {
	long := write(t, &record.Record{Title: strings.Repeat("long ", 50_000)})
	small := write(t, &record.Record{Title: "small"})
	records, problems := read(t, small+long+small, record.Limits{Record: 100_000})
	require.Len(t, records, 2)
	require.Len(t, problems, 1)
	assert.Equal(t, record.CodeRecordTooLong, problems[0].Code)
	assert.Equal(t, 2, problems[0].Line)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"schema":1,"id":"","title":"A"}` + "\n"))
	f.Add([]byte("{}\n[1]\n\"x\"\n{\"schema\":1,\"people\":[{\"role\":\"author\"}]}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "x", Format: ndjson.Format()})
		var records []*record.Record
		for r, err := range rd.All() {
			require.NoError(t, err)
			records = append(records, r)
		}
		first := write(t, records...)
		back, problems := read2(t, first)
		require.Empty(t, problems)
		require.Len(t, back, len(records))
		require.Equal(t, first, write(t, back...))
	})
}

// read2 reads what was written, which may hold no record at all.
func read2(t testing.TB, text string) ([]*record.Record, []record.Problem) {
	if text == "" {
		return nil, nil
	}
	rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "x", Format: ndjson.Format()})
	var out []*record.Record
	for r, err := range rd.All() {
		require.NoError(t, err)
		out = append(out, r)
	}
	return out, rd.Problems()
}

func TestAFieldOverTheLimitIsLeftOutOfItsRecord(t *testing.T) {
	r := &record.Record{Title: "Kites", Abstract: record.NewAbstract(strings.Repeat("wind ", 100)), Keywords: []string{"air"}}
	got, _ := read(t, write(t, r, r), record.Limits{Field: 400})
	require.Len(t, got, 2)
	for _, back := range got {
		assert.Equal(t, "Kites", back.Title)
		assert.Equal(t, []string{"air"}, back.Keywords)
		assert.True(t, back.Abstract.IsZero())
		require.Len(t, back.Problems, 1)
		assert.Equal(t, record.CodeFieldTooLong, back.Problems[0].Code)
		assert.Equal(t, "abstract", back.Problems[0].Tag)
	}
	got, _ = read(t, write(t, r), record.Limits{Field: 500})
	assert.Empty(t, got[0].Problems)
}

func TestALineNestedOverTheLimitIsLeftOut(t *testing.T) {
	deep := `{"schema":1,"id":"r1-aaaaaaaaaaaaaaaa","title":` + strings.Repeat("[", 50) + strings.Repeat("]", 50) + "}\n"
	good := write(t, &record.Record{Title: `[[[[ "quoted" {{{{`})
	got, problems := read(t, good+deep+good, record.Limits{Nesting: 10})
	assert.Len(t, got, 2)
	require.Len(t, problems, 1)
	assert.Equal(t, record.CodeTooDeep, problems[0].Code)
	assert.Equal(t, 2, problems[0].Line)
}
