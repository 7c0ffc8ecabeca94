package dedupe_test

import (
	"context"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Nothing a field can hold upsets the comparison: it ends, its score lies
// between 0 and 1, and it says the same whichever record comes first.
func FuzzCompare(f *testing.F) {
	f.Add("Peer support: a trial [Erratum appears in X. 2019", "Berg A.Sand B.Lund", "12(3", "123--8", "J. Sleep: Part B", "(2019)")
	f.Add("Re: (panel) [Ein Titel in Klammern] ", "N&#248; rvik; &#214; zg", "Suppl", "10-May", "Proc. (Berlin", "Reply")
	f.Add("\xff\xfe: part ii", ", ,", "vol", "-", "", "Σ ﬁ ß İ")
	f.Add("(vol 12, pg 3, 2010)", "'t Hooft G", "2019", "e1–e9", "[The Lancet]", "(((")
	f.Fuzz(func(t *testing.T, title, author, volume, pages, journal, other string) {
		a := &record.Record{Title: title, People: []record.Contributor{{Name: record.ParseName(author)}}}
		a.In = record.Container{Title: journal, Volume: volume, Issue: pages, Pages: pages}
		b := &record.Record{Title: other, OriginalTitle: title, People: []record.Contributor{{Name: record.Name{Family: author, Given: other}}}}
		b.In = record.Container{Title: other, Abbrev: journal, Volume: pages, Pages: volume}
		c := &record.Record{Title: title + other, People: a.People, In: a.In}
		records := []*record.Record{a, b, c, a}
		st := dedupe.Learn(records)
		for _, x := range records {
			for _, y := range records {
				got := dedupe.Compare(st, dedupe.Policy{}, x, y)
				assert.Equal(t, got, dedupe.Compare(st, dedupe.Policy{}, y, x))
				assert.True(t, got.Score >= 0 && got.Score <= 1)
			}
		}
		res, err := dedupe.Find(context.Background(), records, dedupe.Policy{})
		require.NoError(t, err)
		assert.Len(t, dedupe.Merge(res, dedupe.MergePolicy{}), res.Unique())
	})
}
