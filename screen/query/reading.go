package query

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/token"
	"github.com/evidence-go/evidence/record"
)

// reading is one record being read by an engine, and the room for it, which the
// next record is read into.
type reading struct {
	*engine
	keep bool // remember every place, for evidence

	round    int32   // the number of the record, so that nothing need be cleared
	met      []int32 // of each phrase, the last round in which it was met
	nearMet  []int32 // of each near, likewise
	nearOver []int32 // of each near, the last round in which it had too many ways
	headings []Verdict
	unmet    []Verdict // of each scope
	verdicts []Verdict // of each node

	items  []item
	auto   *automaton // for the item being read
	events []event    // of it
	count  int32      // its words
	buf    []byte
	names  []byte

	answers map[string]int32 // lists of words that had to be compared in whole
	formsOf [][]int32        // the engine's lists and those, as forms

	spots []spot     // in the item, of phrases that are parts of nears
	touch []int32    // nears that the item has a word of
	near  nearReader // work on them

	found   []found // with keep
	windows []windowFound
}

// event is a word of an item that is of some forms.
type event struct {
	word int32 // its number in the item
	list int32
}

// spot is a place of a phrase in an item.
type spot struct {
	phrase int32
	stretch
}

// found is a place of a phrase in a record, windowFound one of a near.
type found struct {
	spot
	part part
	item item
}

type windowFound struct {
	near int32
	stretch
	part part
	item item
}

// mostAnswers bounds how many words are remembered that had to be compared in
// whole, from one item to the next.
const mostAnswers = 1 << 16

func newReading(e *engine) *reading {
	return &reading{engine: e, met: make([]int32, len(e.phrases)), nearMet: make([]int32, len(e.nears)), nearOver: make([]int32, len(e.nears)),
		headings: make([]Verdict, len(e.plan.headings)), unmet: make([]Verdict, len(e.scopes)), verdicts: make([]Verdict, len(e.nodes)),
		answers: map[string]int32{}, formsOf: slices.Clip(e.known)}
}

// read reads a record; afterwards verdicts has those of all nodes.
func (m *reading) read(r *record.Record) {
	if m.round == 1<<31-1 {
		clear(m.met)
		clear(m.nearMet)
		clear(m.nearOver)
		m.round = 0
	}
	m.round++
	m.found, m.windows = m.found[:0], m.windows[:0]
	for _, p := range m.parts {
		m.items = p.items(m.items[:0], r)
		for i := range m.items {
			m.item(p, m.items[i])
		}
	}
	m.readHeadings(r)
	for i := range m.unmet {
		m.unmet[i] = m.scopes[i].unmet(r)
	}
	m.judge(r)
}

// judge finds the verdict of every node, arguments first.
func (m *reading) judge(r *record.Record) {
	for i := range m.nodes {
		n := &m.nodes[i]
		switch n.op {
		case nodePhrase:
			v := Yes
			if m.met[n.at] != m.round {
				v = m.unmet[m.phrases[n.at].scope]
			}
			m.verdicts[i] = v
		case nodeAnd, nodeOr, nodeNot:
			m.verdicts[i] = m.combine(*n, m.verdicts)
		default:
			m.verdicts[i] = m.verdict(*n, r)
		}
	}
}

// verdict judges a leaf that is no phrase.
func (m *reading) verdict(n node, r *record.Record) Verdict {
	switch n.op {
	case nodeNear:
		switch {
		case m.nearMet[n.at] == m.round:
			return Yes
		case m.nearOver[n.at] == m.round:
			return CannotSay
		}
		return m.unmet[m.nears[n.at].scope]
	case nodeHeading:
		return m.headings[n.at]
	}
	v, _ := m.plan.judge(n, r)
	return v
}

// readHeadings asks the heading tests of the headings of a record, each heading
// being looked up once.
func (m *reading) readHeadings(r *record.Record) {
	if len(m.headings) == 0 {
		return
	}
	unmet, has := m.plan.absent, hasHeadings(r)
	if has {
		unmet = No
	}
	for i := range m.headings {
		m.headings[i] = unmet
	}
	if !has {
		return
	}
	for i := range r.Headings {
		h := &r.Headings[i]
		m.names = fold.AppendKey(m.names[:0], h.Term)
		for _, t := range m.named[string(m.names)] {
			m.askHeading(t, h)
		}
		if len(h.Qualifiers) > 0 && h.Scheme != supplementary {
			for _, t := range m.unnamed {
				m.askHeading(t, h)
			}
		}
	}
	if !amongKeywords(r) {
		return
	}
	for _, k := range r.Keywords {
		m.names = fold.AppendKey(m.names[:0], k)
		for _, t := range m.named[string(m.names)] {
			if test := &m.plan.headings[t]; !test.major && len(test.qualifiers) == 0 {
				m.headings[t] = Yes
			}
		}
	}
}

func (m *reading) askHeading(t int32, h *record.Heading) {
	if m.headings[t] != Yes && m.plan.headings[t].fits(h) {
		m.headings[t] = Yes
	}
}

// item reads the words of an item and looks for phrases and nearness in it.
func (m *reading) item(p part, it item) {
	m.events, m.count = m.events[:0], 0
	if len(m.answers) >= mostAnswers {
		clear(m.answers)
		m.formsOf = m.formsOf[:len(m.known)]
	}
	m.auto = m.automatonFor(it.text)
	m.sweep(it.text)
	if len(m.events) == 0 {
		return
	}
	m.spots, m.touch = m.spots[:0], m.touch[:0]
	for i := range m.events {
		for _, f := range m.formsOf[m.events[i].list] {
			for j := range m.anchors[f] {
				m.phrase(p, it, i, &m.anchors[f][j])
			}
		}
	}
	if len(m.spots) > 0 {
		m.readNears(p, it)
	}
}

// phrase looks whether the phrase of an anchor stands around an event.
func (m *reading) phrase(p part, it item, at int, a *anchor) {
	if !a.parts.has(p) || m.met[a.phrase] == m.round && !a.near && !m.keep {
		return
	}
	from := m.events[at].word - a.at
	if from < 0 || a.whole.has(p) && (from != 0 || m.count != a.words) {
		return
	}
	if a.words > 1 && !m.row(at, a) {
		return
	}
	m.met[a.phrase] = m.round
	s := spot{a.phrase, stretch{from, from + a.words}}
	if a.near {
		m.spots = append(m.spots, s)
	}
	if m.keep {
		m.found = append(m.found, found{s, p, it})
	}
}

// row tells whether the other words of a phrase stand in their places around an
// event: events without a word between them are side by side.
func (m *reading) row(at int, a *anchor) bool {
	forms := m.phrases[a.phrase].forms
	first := at - int(a.at)
	if first < 0 || first+len(forms) > len(m.events) {
		return false
	}
	word := m.events[at].word - a.at
	for i, f := range forms {
		ev := m.events[first+i]
		if ev.word != word+int32(i) || !slices.Contains(m.formsOf[ev.list], f) {
			return false
		}
	}
	return true
}

// step reads one word or character at i, which touches what is not ASCII, and
// returns where to go on. In ASCII a word is a run of letters and digits; what else
// package token takes into a word, folding takes out again.
func (m *reading) step(text string, i int) int {
	switch m.kind[text[i]] {
	case separator:
		return i + 1
	case foreign:
		c, n := utf8.DecodeRuneInString(text[i:])
		if inWord(c) {
			return m.folded(text, i)
		}
		return i + n
	}
	end := i
	for end < len(text) && m.kind[text[end]] < foreign {
		end++
	}
	if end < len(text) && text[end] >= utf8.RuneSelf {
		if c, _ := utf8.DecodeRuneInString(text[end:]); inWord(c) {
			return m.folded(text, i)
		}
	}
	m.plainWord(text, i)
	m.count++
	return end
}

// inWord tells whether a character that is not ASCII belongs to a word.
func inWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.IsMark(c) }

func (m *reading) event(list int32) {
	if list != 0 {
		m.events = append(m.events, event{m.count, list})
	}
}

// folded reads the words of a run of letters, digits and characters beyond ASCII,
// and returns where it ends.
func (m *reading) folded(text string, start int) int {
	end := start
	for end < len(text) && m.kind[text[end]] != separator {
		end++
	}
	run := text[start:end]
	for _, t := range token.Words(run) {
		m.buf = fold.AppendKey(m.buf[:0], t.Of(run))
		for rest := m.buf; len(rest) > 0; {
			word := rest
			if i := slices.Index(rest, ' '); i >= 0 {
				word, rest = rest[:i], rest[i+1:]
			} else {
				rest = nil
			}
			list := m.auto.look(word)
			if list != 0 && m.unsure[list] {
				list = m.sure(list, word)
			}
			m.event(list)
			m.count++
		}
	}
	return end
}

// sure gives the list of those forms of a list that a word is of when it is
// compared in whole, and remembers it for the word.
func (m *reading) sure(list int32, word []byte) int32 {
	if known, ok := m.answers[string(word)]; ok {
		return known
	}
	text := string(word)
	var forms []int32
	for _, a := range m.engine.lists()[list] {
		if !a.check || m.forms[a.form].fits(text) {
			forms = append(forms, a.form)
		}
	}
	known := int32(0)
	if len(forms) > 0 {
		known = int32(len(m.formsOf))
		m.formsOf = append(m.formsOf, forms)
	}
	m.answers[text] = known
	return known
}

// readNears looks for nearness in the item.
func (m *reading) readNears(p part, it item) {
	slices.SortFunc(m.spots, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.phrase, b.phrase), cmp.Compare(a.from, b.from))
	})
	for i, s := range m.spots {
		if i == 0 || s.phrase != m.spots[i-1].phrase {
			m.touch = append(m.touch, m.nearsOf[s.phrase]...)
		}
	}
	slices.Sort(m.touch)
	for _, n := range slices.Compact(m.touch) {
		if m.nearMet[n] == m.round && !m.keep {
			continue
		}
		windows, ok := m.near.places(m.plan, &m.nears[n], m.spots)
		switch {
		case !ok:
			m.nearOver[n] = m.round
			continue
		case len(windows) == 0:
			continue
		}
		m.nearMet[n] = m.round
		if m.keep {
			for _, w := range narrowest(windows) {
				m.windows = append(m.windows, windowFound{n, w, p, it})
			}
		}
	}
}
