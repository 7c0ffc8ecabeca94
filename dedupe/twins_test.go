package dedupe

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/record"
)

func TestTwinsAreEqualInAllThatIsCompared(t *testing.T) {
	work := func() *record.Record { r := *everyField()[0]; return &r }
	for what, change := range map[string]func(r *record.Record){
		"title":          func(r *record.Record) { r.Title += " again" },
		"subtitle":       func(r *record.Record) { r.Title = strings.Replace(r.Title, ", a protocol", ": a protocol", 1) },
		"kind of title":  func(r *record.Record) { r.Title = "Reply to: " + r.Title },
		"original title": func(r *record.Record) { r.OriginalTitle = "Schlaf" },
		"kind":           func(r *record.Record) { r.Kind = record.Thesis },
		"author":         func(r *record.Record) { r.People = r.People[1:] },
		"year":           func(r *record.Record) { r.Date.Year++ },
		"journal":        func(r *record.Record) { r.In.Title = "Sleep" },
		"abbreviation":   func(r *record.Record) { r.In.Abbrev = "Sleep" },
		"ISSN":           func(r *record.Record) { r.In.ISSN = nil },
		"volume":         func(r *record.Record) { r.In.Volume = "13" },
		"issue":          func(r *record.Record) { r.In.Issue = "4" },
		"first page":     func(r *record.Record) { r.In.Pages = "124-138" },
		"last page":      func(r *record.Record) { r.In.Pages = "123-139" },
		"DOI":            func(r *record.Record) { r.DOI = "" },
		"other DOI":      func(r *record.Record) { r.Identifiers = nil },
		"PMID":           func(r *record.Record) { r.PMID = "" },
		"PMCID":          func(r *record.Record) { r.PMCID = "" },
		"registration":   func(r *record.Record) { r.Registrations = nil },
		"language":       func(r *record.Record) { r.Languages = r.Languages[:1] },
		"abstract":       func(r *record.Record) { r.Abstract.Text = "" },
		"database":       func(r *record.Record) { r.Source.Database = "Embase" },
		"relation":       func(r *record.Record) { r.Relations = r.Relations[1:] },
		"work named":     func(r *record.Record) { r.Relations = []record.Relation{{Kind: record.ErratumIn, PMID: "3"}} },
	} {
		r := work()
		change(r)
		assert.False(t, twins(foldRecord(r), foldRecord(work())), what)
	}
	r := work()
	assert.True(t, twins(foldRecord(r), foldRecord(work())))
	r.Key = "another"
	assert.True(t, twins(foldRecord(r), foldRecord(work())), "each has a key of its own")
}

// A record may name another by its key, and that one has copies which it does not name.
func TestTwinsAreJudgedByThemselvesWhereOneIsNamedByItsKey(t *testing.T) {
	work := func(key string) *form {
		f := foldRecord(&record.Record{Key: key, Title: "Sleep of nurses", Source: record.Source{File: "a.bib"}})
		f.twins = 1
		return f
	}
	note := foldRecord(&record.Record{Key: "note", Title: "Sleep", Source: record.Source{File: "a.bib"}, Relations: []record.Relation{{Kind: record.CommentOn, Key: "b"}}})
	note.twins = 2
	assert.Equal(t, twinPair{1, 2}, pairOfTwins(work("a"), note))
	assert.Equal(t, twinPair{2, 1}, pairOfTwins(note, work("a")))
	assert.Equal(t, noTwins, pairOfTwins(note, work("b")))
	assert.Equal(t, noTwins, pairOfTwins(work("b"), note))
	unknown := work("a")
	unknown.twins = 0
	assert.Equal(t, noTwins, pairOfTwins(unknown, note), "nobody has looked for twins")
}
