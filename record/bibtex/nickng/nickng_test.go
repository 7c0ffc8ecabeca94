package nickng_test

import (
	"fmt"
	"strings"
	"testing"

	nick "github.com/nickng/bibtex"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/bibtex"
	"github.com/evidence-go/evidence/record/bibtex/nickng"
)

func Example() {
	e := nick.NewBibEntry("article", "teste2012")
	e.AddField("author", nick.NewBibConst(`Teste, Una and van der Berg, Anna`))
	e.AddField("title", nick.NewBibConst(`Kites in {\"O}dland`))
	e.AddField("year", nick.NewBibConst("2012"))

	r := nickng.ToRecord(e)
	fmt.Println(r.Title, r.Date.Year, r.People[1].Family)
	fmt.Println(nickng.FromRecord(r).Fields["title"])
	// Output:
	// Kites in Ödland 2012 van der Berg
	// Kites in Ödland
}

// safe is a file that nickng/bibtex v1.4.2 reads whole: no undefined macro, which
// ends the process, and no #, behind which it loses the rest of a value.
const safe = `@string{jit = "Journal of Invented Things"}

@article{nimbus2012,
  author = {Nimbus, Vera and Ben Probe and {Kites and Ropes, Inc.}},
  title = {The {DNA} of kites},
  journal = jit,
  year = {2012},
  volume = {4},
  number = {2},
  pages = {10--19},
  doi = {10.5555/bt.one},
  keywords = {glue, rope toy}
}

@inproceedings{probe2013,
  author = "Probe, Jr., Ben",
  title = "Rope toys",
  booktitle = {Proceedings on Ropes},
  month = {may},
  year = {2013},
  note = {A note}
}

@phdthesis{teste2014,
  author = {Una Teste},
  title = {Glue},
  school = {Invented University},
  year = {2014}
}
`

func TestBothReadersAgreeOnWhatIsSafeForBoth(t *testing.T) {
	other, err := nick.Parse(strings.NewReader(safe))
	require.NoError(t, err)
	rd := record.NewReader(strings.NewReader(safe), record.ReadOptions{Name: "safe.bib", Format: bibtex.Format()})
	n := 0
	for ours, err := range rd.All() {
		require.NoError(t, err)
		require.Less(t, n, len(other.Entries))
		theirs := nickng.ToRecord(other.Entries[n])
		n++
		require.Empty(t, ours.Problems)
		require.Empty(t, theirs.Problems)
		for _, f := range record.Fields() {
			if f != record.FieldDatabase {
				assert.Equal(t, ours.Values(f), theirs.Values(f), "%s %s", ours.Key, f)
			}
		}
	}
	assert.Equal(t, len(other.Entries), n)
}

func TestARecordComesBackFromItsEntry(t *testing.T) {
	other, err := nick.Parse(strings.NewReader(safe))
	require.NoError(t, err)
	for _, e := range other.Entries {
		r := nickng.ToRecord(e)
		back := nickng.ToRecord(nickng.FromRecord(r))
		for _, f := range record.Fields() {
			assert.Equal(t, r.Values(f), back.Values(f), "%s %s", r.Key, f)
		}
	}
}

func TestValuesThatNoParserGivesDoNoHarm(t *testing.T) {
	loop := &nick.BibVar{Key: "loop"}
	double := nick.NewBibComposite(loop)
	double = double.Append(loop)
	loop.Value = double
	var none *nick.BibVar
	e := nick.NewBibEntry("article", "k")
	e.AddField("title", loop)
	e.AddField("journal", &nick.BibVar{Key: "jit"})
	e.AddField("note", none)
	e.AddField("volume", nil)

	r := nickng.ToRecord(e)
	assert.Equal(t, "jit", r.In.Title, "a variable without a value is its name")
	assert.Empty(t, r.Title)
	assert.Equal(t, &record.Record{}, nickng.ToRecord(nil))
	assert.Equal(t, "misc", nickng.FromRecord(nil).Type)
}

func TestASecondValueKeepsItsPlace(t *testing.T) {
	r := &record.Record{Kind: record.JournalArticle, Title: "Kites", Extra: record.Extra{{Tag: "title", Value: "Other kites"}}}
	e := nickng.FromRecord(r)
	assert.Equal(t, "Kites", e.Fields["title"].String())
	assert.Equal(t, "Other kites", e.Fields["title-2"].String())
}

func BenchmarkRead(b *testing.B) {
	text := strings.Repeat(safe, 1000)
	b.Run("record/bibtex", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for range b.N {
			rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "x.bib", Format: bibtex.Format()})
			for _, err := range rd.All() {
				require.NoError(b, err)
			}
		}
	})
	b.Run("nickng/bibtex", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for range b.N {
			_, err := nick.Parse(strings.NewReader(text))
			require.NoError(b, err)
		}
	})
}
