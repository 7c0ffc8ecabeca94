package query

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
)

// vocabulary is small, so that words of searches and records meet often.
var vocabulary = []string{"a", "ab", "abc", "b", "ba", "é", "peer", "peers", "support", "self-harm", "12", "β", "ärzte", "and", "naïve"}

var patterns = append([]string{"a*", "ab*", "*a", "?b", "p#er", "pe*s", "*", "a*c", "self-*", "n#?ve", "1*"}, vocabulary...)

func genTerm(t *rapid.T) *Term {
	x := &Term{Loose: rapid.IntRange(0, 9).Draw(t, "loose") == 0}
	for range rapid.IntRange(1, 3).Draw(t, "words") {
		x.Words = append(x.Words, word(rapid.SampledFrom(patterns).Draw(t, "pattern")))
	}
	return x
}

var someFields = []Field{Title, Abstract, Multi, TextWords, AnyField, Keywords, KeywordHeading, HeadingWord, HeadingExact, Subheading, SubheadingTree,
	PublicationType, Language, Year, Journal, Author, FirstAuthor, Identifier, TitleAbstract, PubMedWords, TitleAbsKeywords, Subset, EntryDate, "nonsense"}

func genFields(t *rapid.T) []Field {
	return rapid.SliceOfN(rapid.SampledFrom(someFields), 0, 3).Draw(t, "fields")
}

func genExpr(t *rapid.T, lines, depth int, inNear bool) Expr {
	kinds := []string{"term", "term", "term"}
	if depth > 0 {
		kinds = append(kinds, "and", "or", "not", "near", "near", "in")
	}
	if !inNear {
		kinds = append(kinds, "heading", "dates", "limit", "combine", "unique")
	}
	if lines > 0 {
		kinds = append(kinds, "ref")
	}
	args := func(most int, inNear bool) (out []Expr) {
		for range rapid.IntRange(2, most).Draw(t, "args") {
			out = append(out, genExpr(t, lines, depth-1, inNear))
		}
		return out
	}
	switch kind := rapid.SampledFrom(kinds).Draw(t, "kind"); kind {
	case "and":
		return &Bool{Op: And, Args: args(3, inNear)}
	case "or":
		return &Bool{Op: Or, Args: args(3, inNear)}
	case "not":
		return &Bool{Op: Not, Args: args(2, inNear)}
	case "near":
		return &Near{Args: args(3, rapid.IntRange(0, 9).Draw(t, "strange") > 0), Gap: rapid.IntRange(0, 3).Draw(t, "gap"), Ordered: rapid.Bool().Draw(t, "ordered")}
	case "in":
		return &In{Of: genExpr(t, lines, depth-1, inNear), Fields: genFields(t)}
	case "ref":
		return &Ref{Line: rapid.IntRange(0, lines-1).Draw(t, "line")}
	case "combine":
		if lines == 0 {
			return genTerm(t)
		}
		from := rapid.IntRange(0, lines-1).Draw(t, "from")
		return &Combine{Op: rapid.SampledFrom([]Op{And, Or}).Draw(t, "op"), Lines: []LineRange{{from, rapid.IntRange(from, lines-1).Draw(t, "to")}}}
	case "unique":
		return &Unique{Of: genTerm(t)}
	case "heading":
		return &Heading{Name: rapid.SampledFrom([]string{"A", "ab", "Peer", "Humans"}).Draw(t, "name"), Major: rapid.Bool().Draw(t, "major"),
			Explode: rapid.Bool().Draw(t, "explode"), Qualifiers: rapid.SampledFrom([][]string{nil, {"di"}, {"therapy"}, {"th", "di"}}).Draw(t, "qualifiers")}
	case "dates":
		return &Dates{Field: rapid.SampledFrom([]Field{Year, PublicationDate, EntryDate, UpdateDate}).Draw(t, "dated"), From: genDay(t), To: genDay(t)}
	case "limit":
		return &Limit{Of: genTerm(t), Conds: []Cond{genCond(t)}}
	}
	return genTerm(t)
}

func genCond(t *rapid.T) Cond {
	c := rapid.SampledFrom([]Cond{{Value: "humans"}, {Value: "abstracts"}, {Value: "all child (0 to 18 years)"}, {Field: Language, Value: "english"},
		{Value: "german language"}, {Field: PublicationType, Value: "Review"}, {Value: "no such limit"}, {Any: []Cond{{Value: "male"}, {Value: "english"}}}}).Draw(t, "cond")
	if rapid.IntRange(0, 3).Draw(t, "dated") == 0 {
		c = Cond{Field: Year, From: genDay(t), To: genDay(t)}
	}
	return c
}

func genDay(t *rapid.T) Day {
	return rapid.SampledFrom([]Day{{}, {Year: 2000}, {Year: 2001, Month: 2}, {Year: 2001, Month: 2, Day: 3}, {Year: 2002}, {Year: 1999, Month: 12}}).Draw(t, "day")
}

func genText(t *rapid.T) string {
	var s string
	for range rapid.IntRange(0, 12).Draw(t, "length") {
		s += rapid.SampledFrom(vocabulary).Draw(t, "word") + rapid.SampledFrom([]string{" ", " ", " ", "-", "'", ", ", "–", "’", "\u00ad", ".", "≥", "\xff", "\u0301 "}).Draw(t, "blank")
	}
	return s
}

func genRecord(t *rapid.T) *record.Record {
	r := &record.Record{Title: genText(t), Abstract: record.Abstract{Text: genText(t)}, OriginalTitle: genText(t)}
	r.Keywords = rapid.SliceOfN(rapid.SampledFrom([]string{"a", "ab", "Peer support", "humans", "a b"}), 0, 2).Draw(t, "keywords")
	for range rapid.IntRange(0, 3).Draw(t, "headings") {
		h := record.Heading{Term: rapid.SampledFrom([]string{"A", "Ab", "Peer", "Humans", "Male"}).Draw(t, "heading"), Major: rapid.Bool().Draw(t, "star"),
			Scheme: rapid.SampledFrom([]string{"mesh", "mesh", supplementary}).Draw(t, "scheme")}
		for range rapid.IntRange(0, 2).Draw(t, "qualified") {
			h.Qualifiers = append(h.Qualifiers, record.Qualifier{Term: rapid.SampledFrom([]string{"diagnosis", "therapy", "surgery"}).Draw(t, "qualifier"), Major: rapid.Bool().Draw(t, "starred")})
		}
		r.Headings = append(r.Headings, h)
	}
	r.Types = rapid.SliceOfN(rapid.SampledFrom([]string{"Review", "a", "ab"}), 0, 2).Draw(t, "types")
	r.Languages = rapid.SliceOfN(rapid.SampledFrom([]string{"en", "de"}), 0, 2).Draw(t, "languages")
	d := genDay(t)
	r.Date = record.Date{Year: d.Year, Month: d.Month, Day: d.Day}
	if rapid.Bool().Draw(t, "ranged") {
		r.Date.EndMonth = rapid.IntRange(r.Date.Month, 12).Draw(t, "last")
	}
	if e := genDay(t); e.Year != 0 {
		r.Events = []record.Event{{Kind: rapid.SampledFrom([]record.EventKind{record.Entered, record.Electronic, record.Modified}).Draw(t, "event"),
			Date: record.Date{Year: e.Year, Month: e.Month, Day: e.Day}}}
	}
	r.People = []record.Contributor{{Name: record.Name{Family: "Peer", Given: "A B"}}, {Name: record.Name{Literal: "ab"}}}
	return r
}

// TestEveryEngineMeansWhatTheDefinitionSays compares verdicts of all lines, and the
// evidence of a yes with the record.
func TestTheEngineMeansWhatTheDefinitionSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := genStrategy(t)
		var records []*record.Record
		for range 4 {
			records = append(records, genRecord(t))
		}
		results := q.Run(records)
		for i, r := range records {
			want := bruteLines(q, r)
			a := q.Match(r)
			require.Equal(t, want, a.Lines, "record %d", i)
			for l, v := range want {
				if q.Lines[l].Expr != nil {
					require.Equal(t, v, verdictIn(results.Lines[l], i), "line %d, record %d", l, i)
				}
			}
			for _, p := range a.Spans {
				require.Less(t, p.Line, len(q.Lines))
				require.True(t, p.In(r), "%v", p)
			}
			switch a.Verdict {
			case CannotSay:
				require.Empty(t, a.Spans)
			default:
				require.Empty(t, a.Missing)
			}
		}
	})
}

func verdictIn(l LineResult, record int) Verdict {
	switch {
	case l.Yes.Has(record):
		return Yes
	case l.CannotSay.Has(record):
		return CannotSay
	}
	return No
}

var sample = &record.Record{
	Title:    "Peer-support workers in acute wards",
	Abstract: record.Abstract{Text: "Staff with lived experience supported people’s recovery. Workers were peers."},
	Keywords: []string{"Lived experience"},
	Date:     record.Date{Year: 2012},
}

func TestAnAnswerSaysWhatItRestsOn(t *testing.T) {
	for _, c := range []struct {
		e    Expr
		want string
	}{
		{term("peer support"), `yes [title 0–12 "Peer-support"] []`},
		{or(term("peer*"), in(term("wards"), Title)), `yes [title 0–4 "Peer" title 30–35 "wards" abstract 72–77 "peers"] []`},
		{and(term("peer"), term("unicorn")), `cannot say [] [headings]`},
		{in(term("unicorn"), TextWords), `no [] []`},
		{in(within(2, term("lived"), term("support*")), TextWords), `yes [abstract 11–37 "lived experience supported"] []`},
		{in(within(0, term("lived"), term("support*")), TextWords), `no [] []`},
		{in(term("people"), Abstract), `yes [abstract 38–48 "people’s"] []`},
		{not(in(term("peer"), Title), in(term("unicorn"), Title)), `yes [title 0–4 "Peer"] []`},
		{not(in(term("peer"), Title), &Heading{Name: "Kites"}), `cannot say [] [headings]`},
		{&Dates{Field: PublicationDate, From: Day{Year: 2012, Month: 3}, To: Day{Year: 2013}}, `cannot say [] [date]`},
		{&Dates{Field: Year, From: Day{Year: 2010}}, `yes [date 0–4 "2012"] []`},
		{&Limit{Of: term("peer"), Conds: []Cond{{Field: Language, Value: "english"}}}, `cannot say [] [languages]`},
		{in(term("lived experience"), KeywordHeading), `yes [keywords 0–16 "Lived experience"] []`},
		{in(term("experience"), KeywordHeading), `no [] []`},
	} {
		a := strategy(Ovid, c.e).Match(sample)
		assert.Equal(t, c.want, fmt.Sprintf("%v %v %v", a.Verdict, a.Spans, a.Missing))
	}
}

func TestEvidenceNamesTheLineThatAsksForIt(t *testing.T) {
	q := strategy(Ovid, in(term("peer"), Title), in(term("recovery"), Abstract), in(term("unicorn"), Title), &Combine{Op: Or, Lines: []LineRange{{0, 2}}})
	a := q.Match(sample)
	require.Len(t, a.Spans, 2)
	assert.Equal(t, 0, a.Spans[0].Line)
	assert.Equal(t, 1, a.Spans[1].Line)
	assert.Equal(t, []Verdict{Yes, Yes, No, Yes}, a.Lines)
}

func TestAnEmptyRecordAndAnEmptyStrategyCannotSay(t *testing.T) {
	assert.Equal(t, CannotSay, strategy(Ovid, term("peer")).Match(nil).Verdict)
	assert.Equal(t, CannotSay, strategy(Ovid).Match(sample).Verdict)
	assert.Equal(t, CannotSay, strategy(Ovid, nil).Match(sample).Verdict)
	assert.Equal(t, -1, strategy(Ovid, nil).Run([]*record.Record{nil, sample}).Last().Line)
	assert.Zero(t, strategy(Ovid).Run(nil).Last().Count())
}

func TestSentinelsNameTheLineThatAloneLosesThem(t *testing.T) {
	q := strategy(Ovid, in(term("peer"), Title), in(term("unicorn"), Title), in(term("workers"), Title), &Combine{Op: And, Lines: []LineRange{{0, 2}}})
	found := &record.Record{Title: "Peer unicorn workers"}
	r := q.Sentinels([]*record.Record{sample, found, {Title: "Nothing of all that"}, {}})
	assert.Equal(t, []int{1}, r.Found)
	assert.Equal(t, []int{0, 2}, r.Missed)
	assert.Equal(t, []int{3}, r.CannotSay)
	assert.InDelta(t, 0.25, r.Share(), 1e-9)
	assert.Equal(t, [][]int{nil, {0}, nil, {0, 2, 3}}, [][]int{r.Lines[0].Loses, r.Lines[1].Loses, r.Lines[2].Loses, r.Lines[3].Loses})
	assert.InDelta(t, 0.5, r.Lines[0].Share(r.Records), 1e-9)
}

func TestAStrategyIsAskedByManyAtOnce(t *testing.T) {
	q := strategy(Ovid, in(term("peer*"), Title), in(within(3, term("lived"), term("*ed")), Abstract), &Combine{Op: And, Lines: []LineRange{{0, 1}}})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 50 {
				assert.Equal(t, Yes, q.Match(sample).Verdict)
				assert.Equal(t, 2, q.Run([]*record.Record{sample, sample}).Last().Count())
			}
		})
	}
	wait.Wait()
}
