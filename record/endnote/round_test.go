package endnote_test

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/endnote"
	"github.com/stretchr/testify/require"
)

var (
	xmlFormat   = endnote.XML()
	referFormat = endnote.Refer()
)

// readAll reads records and gives them with the problems that belong to none.
func readAll(t testing.TB, format record.Format, src io.Reader, name string) ([]*record.Record, []record.Problem) {
	t.Helper()
	rd := record.NewReader(src, record.ReadOptions{Name: name, Format: format})
	var out []*record.Record
	for r, err := range rd.All() {
		require.NoError(t, err)
		out = append(out, r)
	}
	return out, rd.Problems()
}

func write(t testing.TB, format record.Format, records []*record.Record) []byte {
	t.Helper()
	var b bytes.Buffer
	w := record.NewWriter(&b, format)
	for _, r := range records {
		require.NoError(t, w.Write(r))
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// meaning is a record without what a second file says otherwise: where it was
// read, what was odd about it, and the order among people of different roles and
// identifiers of different schemes.
func meaning(t testing.TB, r *record.Record) string {
	t.Helper()
	c := *r
	c.Source, c.Problems = record.Source{Database: r.Source.Database, Platform: r.Source.Platform}, nil
	c.People = slices.Clone(c.People)
	slices.SortStableFunc(c.People, func(a, b record.Contributor) int { return strings.Compare(string(a.Role), string(b.Role)) })
	c.Identifiers = slices.Clone(c.Identifiers)
	slices.SortStableFunc(c.Identifiers, func(a, b record.Identifier) int { return strings.Compare(a.Scheme, b.Scheme) })
	c.Extra = slices.Clone(c.Extra)
	slices.SortStableFunc(c.Extra, func(a, b record.ExtraTag) int { return strings.Compare(a.Tag, b.Tag) })
	for i := range c.Extra {
		c.Extra[i].Line = 0
	}
	text, err := json.MarshalIndent(&c, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, ` "id":`) }), "\n")
}

// roundTrip tells whether records written and read again say the same, and
// whether writing those again gives the same bytes.
func roundTrip(t testing.TB, format record.Format, name string, records []*record.Record) bool {
	t.Helper()
	first := write(t, format, records)
	again, _ := readAll(t, format, bytes.NewReader(first), name)
	if len(again) != len(records) {
		t.Logf("%s: %d records written, %d read again", name, len(records), len(again))
		return false
	}
	for i := range records {
		if was, is := meaning(t, records[i]), meaning(t, again[i]); was != is {
			t.Logf("%s: record %d, line %d, differs:%s", name, i+1, records[i].Source.Line, firstDifference(was, is))
			return false
		}
	}
	if second := write(t, format, again); !bytes.Equal(first, second) {
		t.Logf("%s: written again it differs:%s", name, firstDifference(string(first), string(second)))
		return false
	}
	return true
}

func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range as {
		if i >= len(bs) || as[i] != bs[i] {
			return "\n  was " + strings.Join(as[i:min(len(as), i+3)], " | ") + "\n  is  " + strings.Join(bs[min(i, len(bs)):min(len(bs), i+3)], " | ")
		}
	}
	return "\n  more lines: " + strings.Join(bs[len(as):], " | ")
}
