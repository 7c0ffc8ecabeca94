package bibtex

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// anyText draws plain text of the kind that titles are, with all that means
// something to TeX and BibTeX in it.
func anyText(t *rapid.T, label string) string {
	words := rapid.SliceOfN(rapid.OneOf(
		rapid.StringMatching(`[A-Za-zéßŁ]{1,8}`),
		rapid.SampledFrom([]string{"{", "}", "\\", "\\input{x}", "$", "$x$", "%", "#", "_", "^", "~", "`", "''", "``", "--", "---", "–", "@", "@article{a,", "\"", "and", "others", "et al.",
			",", ";", ",,", "?`", "=", "family=", "5%", "x^2", "{a}", "&", "纸", "I.", "Jr", "1999", "p < 0.05", "-", "."}),
	), 1, 6).Draw(t, label)
	text := fold.Space(fold.NFC(strings.Join(words, rapid.SampledFrom([]string{" ", ""}).Draw(t, "gap"))))
	if strings.Trim(text, " ,;.") == "" || fold.Unmark(text) != text {
		return "Kite"
	}
	return text
}

// anyRecord draws a record of fields that BibTeX has a place for.
func anyRecord(t *rapid.T) *record.Record {
	r := &record.Record{Key: rapid.StringMatching(`[a-z]{1,5}[0-9]{0,4}`).Draw(t, "key")}
	r.Kind = rapid.SampledFrom([]record.Kind{record.JournalArticle, record.Book, record.Chapter, record.Thesis, record.Report, record.Preprint, record.Dataset, record.KindUnknown, record.Other, record.ConferencePaper}).Draw(t, "kind")
	r.Title = anyText(t, "title")
	r.In.Title = anyText(t, "container")
	r.In.Publisher = anyText(t, "publisher")
	r.In.Volume = anyText(t, "volume")
	r.In.Pages = rapid.SampledFrom([]string{"", "1–9", "10-19", "e5", "1–2, 4–5", "12––13"}).Draw(t, "pages")
	r.Abstract = record.NewAbstract(anyText(t, "abstract") + "\n" + anyText(t, "more"))
	r.Notes = []string{anyText(t, "note"), anyText(t, "second note")}
	r.Date = rapid.SampledFrom([]record.Date{{}, {Year: 2012}, {Year: 2012, Month: 3}, {Year: 2012, Month: 3, Day: 4}, {Year: 2012, Season: record.Summer}, {Year: 2012, EndYear: 2014},
		{Year: 2012, Month: 1, EndMonth: 2}, {InPress: true}, {Year: 2012, InPress: true}}).Draw(t, "date")
	for range rapid.IntRange(0, 3).Draw(t, "authors") {
		n := record.Name{Family: anyText(t, "family"), Given: anyText(t, "given")}
		if rapid.Bool().Draw(t, "group") {
			n = record.Name{Literal: anyText(t, "literal")}
		}
		r.People = append(r.People, record.Contributor{Role: record.Author, Name: n})
	}
	for range rapid.IntRange(0, 3).Draw(t, "extras") {
		r.Extra = append(r.Extra, record.ExtraTag{Tag: rapid.SampledFrom([]string{"foo", "bar"}).Draw(t, "tag"), Value: anyText(t, "value")})
	}
	return r
}

func TestWhatIsWrittenReadsBackAsTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		in := []*record.Record{anyRecord(rt), anyRecord(rt)}
		for _, format := range []record.Format{Format(), BibLaTeX()} {
			text := writeAll(t, format, in)
			out, _ := readAll(t, "x.bib", text)
			require.Len(rt, out, 2, "%s", text)
			for i := range in {
				got := *out[i]
				if format.Name == "biblatex" { // its types are others than those that the kinds stand for
					got.Extra = slices.DeleteFunc(slices.Clone(got.Extra), func(x record.ExtraTag) bool { return x.Tag == entryType })
				}
				require.Equal(rt, meaning(t, in[i]), meaning(t, &got), "%s", text)
			}
			require.Equal(rt, string(text), string(writeAll(t, format, out)))
		}
	})
}

func TestKeysAreMadeFitAndUnlike(t *testing.T) {
	in := []*record.Record{{Key: "a b,c"}, {Key: "A-B-C"}, {Key: "{}"}, {}, {Date: record.Date{Year: 2012}, People: []record.Contributor{{Role: record.Author, Name: record.Name{Family: "van der Berg"}}}}}
	var keys []string
	records, _ := readAll(t, "x.bib", writeAll(t, Format(), in))
	for _, r := range records {
		keys = append(keys, r.Key)
	}
	assert.Equal(t, []string{"a-b-c", "A-B-C-2", "record", "record-2", "vanderberg2012"}, keys)
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{sample, "@article{a, title = {", "@article(a, title=\"x\"", "@a{b, c = d # {e} # 1,,}", "@string{a = b # b}@x{y,z=a}", "@comment{{}\n@b{c}", "@set{s, entryset={a,b}}@xdata{a, xdata={a}}",
		"@a{b, crossref={c}}@c{c, crossref={b}, title={\\'{\\i}}}", "@article a,\n title = {x}}", "@a{b, author={and and, ,;et al. and others}}", "@a{b, date={2012-21/..}, year={c. 2}, pages={1---2}}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := record.Limits{Record: 1 << 16, Field: 1 << 14, Nesting: 50, Expansion: 1 << 12, Pending: 10}
		rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "x.bib", Format: Format(), Charset: "utf-8", Limits: limits})
		var records []*record.Record
		for r, err := range rd.All() {
			require.NoError(t, err)
			records = append(records, r)
		}
		text := writeAll(t, Format(), records)
		again, _ := readAll(t, "x.bib", text)
		require.Len(t, again, len(records), "%s", text)
	})
}

// sample is a file as reference managers write it.
const sample = `@string{jit = "Journal of Invented Things"}

@article{nimbus2012kites,
  author = {Nimbus, Vera and van der Berg, Anna M. and King, Jr., Ben and M{\"u}ller, J{\"o}rg},
  title = {The {DNA} of kites: a randomised trial of {\textit{ropes}} \& glue},
  journal = jit,
  year = {2012},
  month = mar,
  volume = {4},
  number = {2},
  pages = {10--19},
  doi = {10.5555/bt.one},
  issn = {1234-5679},
  url = {https://example.org/kites/10.5555_bt.one},
  keywords = {glue, rope toy, randomised trial},
  abstract = {BACKGROUND: Kites fly when the wind is right, and people who fly them say that they feel better for it. METHODS: We asked
   412 people to fly a kite once a week for twelve weeks, and 409 not to. RESULTS: Those who did said so more often (61\% against 48\%,
   p = 0.002). CONCLUSIONS: Kites may help. Longer trials, in places with less wind, are needed before they are bought by hospitals.}
}

@inproceedings{probe2013,
  author = "Ben Probe and {Kites and Ropes, Inc.}",
  title = "Rope " # "toys",
  booktitle = {Proceedings on Ropes},
  publisher = {Glue Press},
  year = 2013
}
`

func BenchmarkRead(b *testing.B) {
	text := []byte(strings.Repeat(sample, 1<<20/len(sample)))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		rd := record.NewReader(bytes.NewReader(text), record.ReadOptions{Name: "x.bib", Format: Format()})
		for _, err := range rd.All() {
			require.NoError(b, err)
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkWrite(b *testing.B) {
	records, _ := readAll(b, "x.bib", []byte(strings.Repeat(sample, 1<<20/len(sample))))
	b.SetBytes(int64(len(writeAll(b, Format(), records))))
	b.ReportAllocs()
	for b.Loop() {
		writeAll(b, Format(), records)
	}
}
