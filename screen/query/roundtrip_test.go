package query

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A tree of each dialect that is printed reads back as the same tree, without a
// note of something lost.
func TestWhatIsPrintedIsReadAsTheSame(t *testing.T) {
	for _, d := range Dialects() {
		t.Run(string(d), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				q := trees{t, d}.query()
				printed, lost := Print(d, q)
				require.Empty(t, lost, "nothing is lost in the dialect itself: %s", printed)
				again, err := Parse(d, printed)
				require.NoError(t, err, "what is printed is read: %s", printed)
				require.Equal(t, dump(q), dump(again), "what is printed is read as the same: %s", printed)
				twice, _ := Print(d, again)
				assert.Equal(t, printed, twice, "printing has one form")
			})
		})
	}
}

// A translation into another dialect can be read there.
func TestATranslationIsRead(t *testing.T) {
	for _, from := range Dialects() {
		t.Run(string(from), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				q := trees{t, from}.query()
				for _, to := range Dialects() {
					printed, _ := Print(to, q)
					if strings.TrimSpace(printed) == "" {
						continue
					}
					again, err := Parse(to, printed)
					require.NoError(t, err, "%s, printed for %s, is read: %s", dump(q), to, printed)
					more, lost := Print(to, again)
					require.Empty(t, lost, "it is a search of %s: %s", to, printed)
					twice, err := Parse(to, more)
					require.NoError(t, err, more)
					require.Equal(t, dump(again), dump(twice), "and is printed as it was: %s, %s", printed, more)
				}
			})
		})
	}
}

// Texts made of what strategies are made of, in any order, with marks where none
// belong: what is accepted of them, strictly or leniently, is printed so that it
// reads back as the same; printing what was accepted strictly has one form.
func TestWhatIsAcceptedIsPrintedAndReadAsTheSame(t *testing.T) {
	for _, d := range Dialects() {
		t.Run(string(d), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				text := pieces(t, d)
				for _, lenient := range []bool{false, true} {
					o := Options{Dialect: d, Lenient: lenient}
					if q, err := ParseWith(o, text); err == nil {
						again := assertIdentity(t, o, q, strconv.Quote(text))
						printed, _ := Print(d, q)
						twice, _ := Print(d, again)
						assert.True(t, lenient || printed == twice, "%q is printed as %q, and that as %q", text, printed, twice)
					}
				}
			})
		})
	}
}

// pieces draws a text of pieces of strategies: those of the dialect more often.
func pieces(t *rapid.T, d Dialect) string {
	own := rapid.SampledFrom(piecesOf[d])
	any := rapid.SampledFrom(slices.Concat(piecesOf[""], piecesOf[Ovid], piecesOf[PubMed], piecesOf[WebOfScience], piecesOf[Scopus], piecesOf[EBSCO], piecesOf[Cochrane]))
	common := rapid.SampledFrom(piecesOf[""])
	var b strings.Builder
	for range rapid.IntRange(1, 8).Draw(t, "pieces") {
		b.WriteString(rapid.OneOf(common, own, own, any).Draw(t, "piece"))
		if rapid.IntRange(0, 3).Draw(t, "blank") > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// piecesOf are pieces of strategies of each dialect, and under "" those of all.
var piecesOf = map[Dialect][]string{
	"": {"and", "AND", "Or", "or", "NOT", "And!", "AND,", "-or", "or-", "not.", "(and", "or)", "0", "12", "2019", "2010-2020", "2010/01/02", "heart", "Attack", "lung*",
		"*ease", "colo?r", "wom$n", "a#b", "h.", "x!", "!", "-", "/", ":", ";", ",", ".", "'", "’s", "+", "=", "&", "|", "<", ">", "$", "?", "##", "*", "{", "}", "[", "]",
		"(", ")", "(", ")", `"`, `"heart attack"`, `"and"`, `"x`, "“a”", "#1", "#", "S1", "1.", "2)", "é", "αβ", "10.5555/ab.c", "a/b", "a-b", "a,b", "a:b", "a.b", "and/or",
		"\n", "\n", "\n1 ", "\n2. ", "\n#2 ", "\nS2 ", "\n3 ", "\t12", "(12)", "\xff", "\x00", "\u00a0", "\u2028", "\v", "ID Search Hits\n", "Query", "search"},
	Ovid: {".ti,ab.", ".ti.", ".mp", ". ti", ".yr.", ".zz.", "exp", "exp heart/di", "heart/", "*heart/", "exp*", "$3", "limit", "limit 1 to", "humans", `yr="2010-2020"`,
		"english language", "remove duplicates from", "from 1 keep 2", "keep", "to", "adj", "adj3", "adj0", "Adj2,", "or/1-2", "and/1,2", "1", "2", "in ti,ab", "[x]", ".tiab."},
	PubMed:       {"[tiab]", "[ti]", "[mh]", "[mh:noexp]", "[majr]", "[x]", "[tiab:~3]", "[dp]", "[sb]", "2010:2020", "2010/01", ":", "Search:", "Search", "#2", "#1", "tiab", "[edat]"},
	WebOfScience: {"TI=", "TS=(", "PY=", "PY=2010-2012", "NEAR/3", "near", "near/2.", "DO=", "#1", "AU="},
	Scopus:       {"TITLE(", "TITLE-ABS-KEY(", "PUBYEAR > 2009", "PUBYEAR", "PUBYEAR IS 2010", "W/3", "PRE/2", "w/3,", "AND NOT", "{a b}", "ALL(", "DOI("},
	EBSCO:        {"TI", "AB", "MH", `MH "heart+"`, `MM "heart/DI"`, "MH (", "PY", "PY 2010", "EM 20100101", "N3", "w3", "n3,", "S1", "s2", "TX", "S1 OR S2"},
	Cochrane:     {":ti,ab", ":ti", ":kw", `[mh "heart"]`, "[mh ^heart/DI]", `[mh "heart"[mj]]`, "{OR #1-#2}", "{AND #1, #2}", "near/3", "NEXT", "next/2!", "MeSH descriptor: [heart] explode all trees", "with"},
}

// trees draws trees that a dialect can write.
type trees struct {
	*rapid.T
	d Dialect
}

func (g trees) query() *Query {
	q := &Query{Dialect: g.d}
	n := rapid.IntRange(1, 4).Draw(g.T, "lines")
	labelled := n > 1 && (g.d != Ovid || rapid.Bool().Draw(g.T, "labelled"))
	for i := range n {
		l := Line{}
		if labelled {
			l.Label = map[Dialect]string{Ovid: "", EBSCO: "S"}[g.d] + strconv.Itoa(i+1)
			if g.d != Ovid && g.d != EBSCO {
				l.Label = "#" + l.Label
			}
		}
		if l.Expr = g.command(i); l.Expr == nil {
			l.Expr = g.expr(3, i)
		}
		q.Lines = append(q.Lines, l)
	}
	return q
}

// command draws a command of Ovid.
func (g trees) command(line int) Expr {
	if g.d != Ovid || line == 0 || rapid.IntRange(0, 3).Draw(g.T, "command") > 0 {
		return nil
	}
	ref := &Ref{Line: rapid.IntRange(0, line-1).Draw(g.T, "of")}
	if rapid.Bool().Draw(g.T, "unique") {
		return &Unique{Of: ref}
	}
	conds := []Cond{
		{Field: Language, Value: "english"},
		{Field: Year, From: Day{Year: 2010}, To: Day{Year: 2020}},
		{Field: EntryDate, From: Day{2010, 1, 31}},
		{Value: "humans"},
		{Value: "all child (0 to 18 years)"},
		{Field: PublicationType, Value: "review"},
		{Any: []Cond{{Field: Language, Value: "french"}, {Value: "abstracts"}}},
	}
	return &Limit{Of: ref, Conds: rapid.SliceOfNDistinct(rapid.SampledFrom(conds), 1, 3, dumpCond).Draw(g.T, "conditions")}
}

func dumpCond(c Cond) string { return dumpConds([]Cond{c}) }

func (g trees) expr(depth, line int) Expr {
	if line > 0 && rapid.IntRange(0, 4).Draw(g.T, "reference") == 0 {
		return g.reference(line)
	}
	if depth == 0 {
		return g.leaf()
	}
	switch rapid.IntRange(0, 4).Draw(g.T, "kind") {
	case 0, 1:
		op := rapid.SampledFrom([]Op{And, Or, Not}).Draw(g.T, "operator")
		n := 2
		if op != Not {
			n = rapid.IntRange(2, 4).Draw(g.T, "arguments")
		}
		b := &Bool{Op: op}
		for range n {
			b.Args = append(b.Args, g.expr(depth-1, line))
		}
		return b
	case 2:
		return g.near()
	case 3:
		if g.d != PubMed {
			return &In{Of: &Bool{Op: Or, Args: []Expr{g.term(), g.term()}}, Fields: g.fields()}
		}
	}
	return g.leaf()
}

func (g trees) reference(line int) Expr {
	if g.d == Ovid || g.d == Cochrane {
		if rapid.Bool().Draw(g.T, "combine") {
			to := rapid.IntRange(0, line-1).Draw(g.T, "to")
			return &Combine{Op: rapid.SampledFrom([]Op{And, Or}).Draw(g.T, "operator"), Lines: []LineRange{{rapid.IntRange(0, to).Draw(g.T, "from"), to}, {0, 0}}}
		}
	}
	return &Ref{Line: rapid.IntRange(0, line-1).Draw(g.T, "line")}
}

func (g trees) leaf() Expr {
	switch rapid.IntRange(0, 4).Draw(g.T, "leaf") {
	case 0:
		return g.term()
	case 1:
		if e := g.heading(); e != nil {
			return e
		}
	case 2:
		if e := g.dates(); e != nil {
			return e
		}
	}
	return &In{Of: g.term(), Fields: g.fields()}
}

// fields draws fields that a term can be looked for in.
func (g trees) fields() []Field {
	var all []Field
	for _, c := range codesOf(g.d) {
		if !isDate(c.field) && c.field != Identifier {
			all = append(all, c.field)
		}
	}
	most := 3
	if g.d != Ovid && g.d != Cochrane {
		most = 1
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, most, func(f Field) Field { return f }).Draw(g.T, "fields")
}

func (g trees) term() *Term {
	t := &Term{}
	for range rapid.IntRange(1, 3).Draw(g.T, "words") {
		t.Words = append(t.Words, g.word())
	}
	t.Quoted = len(t.Words) > 1 && g.d != Ovid || rapid.Bool().Draw(g.T, "quoted")
	return t
}

// names are words that mean something to one dialect or another.
func names() []string {
	return []string{"and", "or", "not", "exp", "adj", "adj3", "near", "near3", "w3", "n3", "next", "limit", "remove", "from", "to", "in", "ti", "TI", "MH", "S1", "TITLE", "search", "mesh", "3", "2019"}
}

func (g trees) word() Word {
	if rapid.IntRange(0, 3).Draw(g.T, "name") == 0 {
		return Word{{Text: rapid.SampledFrom(names()).Draw(g.T, "name")}}
	}
	text := rapid.StringMatching(`[a-zA-Zéα][a-z0-9éß]{3,6}`)
	w := Word{{Text: text.Draw(g.T, "text")}}
	gaps := map[Dialect][]Piece{
		Ovid:         {{Max: Unbounded}, {Max: 1}, {Min: 1, Max: 1}},
		PubMed:       {{Max: Unbounded}},
		WebOfScience: {{Max: Unbounded}, {Max: 1}, {Min: 1, Max: 1}},
		Scopus:       {{Max: Unbounded}, {Min: 1, Max: 1}},
		EBSCO:        {{Max: Unbounded}, {Max: 1}},
		Cochrane:     {{Max: Unbounded}, {Min: 1, Max: 1}},
	}[g.d]
	switch rapid.IntRange(0, 3).Draw(g.T, "gap") {
	case 0:
		w = append(w, rapid.SampledFrom(gaps).Draw(g.T, "gap"))
	case 1:
		w = append(w, rapid.SampledFrom(gaps).Draw(g.T, "gap"), Piece{Text: rapid.StringMatching(`[a-z]{1,3}`).Draw(g.T, "end")})
	}
	return w
}

func (g trees) heading() Expr {
	if g.d == WebOfScience || g.d == Scopus {
		return nil
	}
	h := &Heading{Name: rapid.SampledFrom([]string{"Dementia", "Infant, Newborn", "Wounds and Injuries", "Imagery (Psychotherapy)", "Pregnancy-Induced", "exp"}).Draw(g.T, "heading")}
	h.Explode, h.Major = rapid.Bool().Draw(g.T, "explode"), rapid.Bool().Draw(g.T, "major")
	h.Qualifiers = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"di", "th", "px"}), 0, 2, func(s string) string { return s }).Draw(g.T, "subheadings")
	if g.d == Ovid {
		return h
	}
	for i, q := range h.Qualifiers {
		if g.d == PubMed {
			h.Qualifiers[i] = qualifierName(q)
		}
	}
	return h
}

func (g trees) dates() Expr {
	year := Day{Year: rapid.IntRange(1950, 2020).Draw(g.T, "year")}
	later := Day{Year: year.Year + rapid.IntRange(0, 5).Draw(g.T, "years")}
	switch g.d {
	case PubMed:
		field := rapid.SampledFrom([]Field{PublicationDate, EntryDate, CreateDate, HeadingDate}).Draw(g.T, "date")
		if rapid.Bool().Draw(g.T, "days") {
			year.Month, year.Day = 3, 31
			later = Day{}
		}
		return &Dates{Field: field, From: year, To: later}
	case WebOfScience, EBSCO, Scopus:
		if g.d == Scopus && year != later {
			later = Day{}
		}
		return &Dates{Field: Year, From: year, To: later}
	}
	return nil
}

// near draws a nearness as the dialect has it.
func (g trees) near() Expr {
	n := &Near{Gap: rapid.IntRange(0, 8).Draw(g.T, "gap"), Args: []Expr{g.term(), g.term()}}
	switch g.d {
	case PubMed:
		n.Args = nil
		for range 2 {
			n.Args = append(n.Args, &Term{Words: []Word{{{Text: rapid.StringMatching(`[a-z]{2,6}`).Draw(g.T, "word")}}}})
		}
		return &In{Of: n, Fields: []Field{rapid.SampledFrom([]Field{Title, TitleAbstract, Affiliation}).Draw(g.T, "field")}}
	case Ovid:
		if n.Bare = rapid.Bool().Draw(g.T, "bare"); n.Bare {
			n.Gap, n.Ordered = 0, true
		}
	case Scopus, EBSCO, Cochrane:
		n.Ordered = rapid.Bool().Draw(g.T, "ordered")
	}
	if rapid.Bool().Draw(g.T, "several") {
		n.Args[1] = &Bool{Op: Or, Args: []Expr{g.term(), g.term()}}
	}
	return n
}
