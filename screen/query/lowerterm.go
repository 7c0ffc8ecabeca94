package query

import (
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// term gives the node of a term in some fields, one of which is enough.
func (b *planner) term(x *Term, fields []Field) int32 {
	if x.Loose && len(x.Words) > 1 {
		args := make([]int32, len(x.Words))
		for i := range x.Words {
			args[i] = b.term(&Term{Extent: x.Extent, Words: x.Words[i : i+1]}, fields)
		}
		return b.join(nodeAnd, args)
	}
	var s scope
	var nodes []int32
	for _, f := range fields {
		if n, special := b.special(x, f); special {
			nodes = append(nodes, n)
			continue
		}
		slots, ok := fieldParts[f]
		if !ok {
			nodes = append(nodes, b.cannotSay(x, CodeField, "no part of a record is known for the field "+string(f)))
		}
		for _, part := range slots {
			s.add(part)
		}
	}
	if s.parts != 0 {
		nodes = append(nodes, b.leaf(nodePhrase, b.phrase(wordsOf(x.Words), s)))
	}
	return b.join(nodeOr, nodes)
}

// special gives the node of a term in a field that is compared otherwise than
// word by word; ok is false for a field of text.
func (b *planner) special(x *Term, f Field) (n int32, ok bool) {
	text, gaps := plainText(x.Words)
	switch f {
	case Language:
		return b.language(x, text, gaps), true
	case Subheading, SubheadingTree:
		tree := f == SubheadingTree || b.q.Dialect == PubMed
		return b.headingTest(headingTest{names: -1, qualifiers: qualifiersNamed(text, tree)}), true
	case HeadingExact:
		if gaps {
			return 0, false
		}
		return b.headingTest(headingTest{names: b.namesOf(x, text, false)}), true
	case PublicationType:
		if gaps || b.q.Dialect != PubMed {
			return 0, false
		}
		return b.types(text), true
	case Subset:
		return b.named(x, text), true
	case Year, PublicationDate, EntryDate, UpdateDate, CreateDate, HeadingDate, CompletionDate, ElectronicDate:
		from, to, ok := daysOf(x.Words)
		if !ok {
			return b.cannotSay(x, CodeDate, "“"+text+"” is not a date"), true
		}
		return b.leaf(nodeDates, b.datesIn(f, from, to)), true
	}
	return 0, false
}

// plainText is a term without its gaps, and whether it has any.
func plainText(words []Word) (text string, gaps bool) {
	parts := make([]string, len(words))
	for i, w := range words {
		for _, p := range w {
			gaps = gaps || p.Gap()
			parts[i] += p.Text
		}
	}
	return strings.Join(parts, " "), gaps
}

// language gives the node for a language by name or code; with a gap, for those
// whose names fit.
func (b *planner) language(e *Term, text string, gaps bool) int32 {
	codes := []string{record.Language(text)}
	if gaps {
		codes = nil
		pattern := wordsOf(e.Words)
		for _, name := range record.LanguageNames() {
			if len(pattern) == 1 && pattern[0].fits(fold.Key(name)) {
				codes = append(codes, record.Language(name))
			}
		}
		slices.Sort(codes)
		codes = slices.Compact(codes)
	}
	return b.languages(codes)
}

func (b *planner) languages(codes []string) int32 {
	b.p.languages = append(b.p.languages, codes)
	return b.leaf(nodeLanguage, int32(len(b.p.languages)-1))
}

// types gives the node for a publication type with those below it in the tree,
// as PubMed looks for them.
func (b *planner) types(text string) int32 {
	var s scope
	for _, part := range fieldParts[PublicationType] {
		s.add(part)
	}
	names, _ := b.q.opts.Headings.named(fold.Key(text), true)
	nodes := make([]int32, len(names))
	for i, name := range names {
		nodes[i] = b.leaf(nodePhrase, b.phrase(wordsOf([]Word{{{Text: name}}}), s))
	}
	return b.join(nodeOr, nodes)
}

// daysOf reads a term as a date or part of one: 2010, 201*, 2010/02, 20100203.
func daysOf(words []Word) (from, to Day, ok bool) {
	var digits string
	for _, w := range words {
		for _, p := range w {
			if !p.Gap() {
				digits += p.Text
			}
		}
	}
	digits = strings.NewReplacer("/", "", "-", "", ".", "").Replace(digits)
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return from, to, false
	}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	switch n := len(digits); n {
	case 1, 2, 3:
		missing := 4 - n
		return Day{Year: number(digits + strings.Repeat("0", missing))}, Day{Year: number(digits + strings.Repeat("9", missing))}, number(digits) > 0
	case 4:
		from = Day{Year: number(digits)}
	case 6:
		from = Day{Year: number(digits[:4]), Month: number(digits[4:])}
	case 8:
		from = Day{Year: number(digits[:4]), Month: number(digits[4:6]), Day: number(digits[6:])}
	}
	return from, from, from.Year > 0
}

// near gives the node of a Near.
func (b *planner) near(x *Near, in *In) int32 {
	m := &nearPlanner{planner: b, first: int32(len(b.p.places)), places: map[lowered]int32{}, scopes: map[int32]scope{}}
	root, s := m.near(x, in)
	if m.why != "" {
		return b.cannotSay(x, CodeNear, m.why)
	}
	slices.Sort(m.phrases)
	b.p.nears = append(b.p.nears, near{first: m.first, root: root, phrases: slices.Compact(m.phrases), scope: b.scope(s)})
	return b.leaf(nodeNear, int32(len(b.p.nears)-1))
}
