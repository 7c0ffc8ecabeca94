package dedupe

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

// everyField is records that between them fill every field of a form.
func everyField() []*record.Record {
	trial := &record.Record{
		Key: "a\x00b", Title: "Report II: sleep of nurses, a protocol for a trial [Der Schlaf der Pflegenden im Nachtdienst]", Kind: record.JournalArticle,
		People: []record.Contributor{{Name: record.Name{Family: "Müller", Given: "Anna Yvonne"}}, {Name: record.Name{Family: "Sand", Given: "J"}}, {Name: record.Name{Literal: "The Sleep Group"}}},
		Date:   record.Date{Year: 2019}, DOI: "10.5555/jcp.1.pub3", PMID: "30000001", PMCID: "PMC1", Languages: []string{"en", "de"},
		In:            record.Container{Title: "Journal of Community Psychiatry", Abbrev: "J Community Psychiatr", ISSN: []record.ISSN{"1234-5679"}, Volume: "12", Issue: "3", Pages: "123-38"},
		Identifiers:   []record.Identifier{{Scheme: "doi", Value: "10.5555/Other"}},
		Registrations: []record.Registration{{Registry: "ClinicalTrials.gov", ID: "NCT00000001"}},
		Abstract:      record.NewAbstract(strings.Repeat("We randomised 120 carers to peer support or usual care. ", 4)),
		Source:        record.Source{File: "medline.ris", Database: "MEDLINE"},
		Relations:     []record.Relation{{Kind: record.ErratumIn, PMID: "2"}, {Kind: record.UpdateOf, DOI: "10.5555/jcp.1.pub2"}, {Kind: record.CommentOn, Key: "c"}},
	}
	erratum := *trial
	erratum.Title, erratum.Kind = "Erratum to: Sleep of nurses: part 2, in 2019", record.ConferencePaper
	more := []*record.Record{trial, &erratum, {Title: "Sleep of nurses (demo abstract)"}, {Title: "Sleep of nurses", Kind: record.Report}, {Title: "Sleep of nurses - Book Review"}, {}, {Title: "Editorial"}, {Title: "Sleep", Kind: record.Preprint}, {Title: "Sleep", Kind: record.Thesis}, {Title: "Sleep", Kind: record.TrialRegister}}
	for _, title := range []string{"\x00\x00", "a\x00\xff", "Σ ﬁ ß İ", "", "part", strings.Repeat("x", 300)} {
		more = append(more, &record.Record{Title: title, DOI: record.DOI(title), PMID: record.PMID(title + "\x00"), Date: record.Date{Year: -3}, In: record.Container{Title: title}})
	}
	return more
}

// plainForm writes a form, nil lists as empty ones, the abstract folded, and of the
// journal what is compared.
func plainForm(f *form) string {
	j := *f.journal
	j.nameless, j.register, j.preprint, j.draft, j.thesis, j.meeting = false, false, false, false, false, false
	g := *f
	g.journal, g.abstract = nil, abstractStart(f.abstract)
	return fmt.Sprintf("%+v %+v", g, j)
}

func TestAPackedFormComesBackEqual(t *testing.T) {
	filled := map[string]bool{}
	for _, r := range everyField() {
		f := foldRecord(r)
		back, id, ok := unpack(string(f.pack(nil, "r1-x")))
		require.True(t, ok, "%+v", r)
		assert.Equal(t, plainForm(f), plainForm(back))
		assert.Equal(t, record.ID("r1-x"), id)
		v := reflect.ValueOf(*f)
		for i := range v.NumField() {
			filled[v.Type().Field(i).Name] = filled[v.Type().Field(i).Name] || !v.Field(i).IsZero()
		}
	}
	weighed := []string{"bits", "names", "rubric", "rank", "twins", "slipped", "volumeBits", "issueBits"}
	for name, is := range filled {
		assert.True(t, is || slices.Contains(weighed, name), "no record of this test fills %s: is it packed?", name)
	}
}

func TestPackedFormsOfTheGoldSetsComeBackEqual(t *testing.T) {
	for _, set := range goldSets {
		records, _ := loadGold(t, set)
		st := Learn(records)
		for _, r := range records {
			f := foldRecord(r)
			back, _, ok := unpack(string(f.pack(nil, "")))
			require.True(t, ok, r.Key)
			require.Equal(t, plainForm(f), plainForm(back))

			f.weigh(st)
			weights := f.appendWeights(nil)
			require.Len(t, weights, weightSize(len(f.words)))
			back.takeWeights(weights)
			require.Equal(t, plainForm(f), plainForm(back))
		}
	}
}

// Packed forms sort by their bytes as forms do by rank.
func TestPackedFormsSortLikeForms(t *testing.T) { sortLikeForms(t, everyField()) }

func TestPackedFormsOfAGoldSetSortLikeForms(t *testing.T) {
	records, _ := loadGold(t, "tafenoquine")
	sortLikeForms(t, records)
}

func sortLikeForms(t *testing.T, records []*record.Record) {
	for _, a := range records {
		for _, b := range records {
			f, g := foldRecord(a), foldRecord(b)
			c := f.compare(g)
			if c == 0 {
				c = strings.Compare(string(a.ID()), string(b.ID()))
			}
			if c == 0 {
				c = f.compareStated(g)
			}
			if c == 0 {
				continue
			}
			x, y := f.pack(nil, a.ID()), g.pack(nil, b.ID())
			require.Equal(t, c, slices.Compare(x, y), "%s and %s", a.Title, b.Title)
		}
	}
}

// Bytes that are cut or changed are told, or give some other form; they never
// upset the reading.
func FuzzUnpack(f *testing.F) {
	for _, r := range everyField() {
		f.Add(foldRecord(r).pack(nil, "r1-x"))
	}
	f.Fuzz(func(t *testing.T, packed []byte) {
		got, _, ok := unpack(string(packed))
		if ok {
			assert.LessOrEqual(t, len(got.words), len(packed))
		}
	})
}

func TestACutFormIsTold(t *testing.T) {
	for _, r := range everyField() {
		packed := string(foldRecord(r).pack(nil, ""))
		for n := range len(packed) {
			_, _, ok := unpack(packed[:n])
			require.False(t, ok, "%d of %d bytes", n, len(packed))
		}
	}
}
