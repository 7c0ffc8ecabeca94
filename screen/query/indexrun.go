package query

import (
	"math/bits"
)

// Run asks every line of a strategy of every record of the index. The results are
// those that [Query.Run] gives of the same records. Beside them it needs room for
// two bits for each record and each part of the strategy that is used again later.
func (ix *Index) Run(q *Query) Results {
	return newIndexRun(ix, q.plan()).results(q)
}

// results asks one line after the other.
func (r *indexRun) results(q *Query) Results {
	out := q.noResults()
	at := int32(0)
	for l := range r.lines {
		behind := int32(len(r.nodes))
		if l+1 < len(r.lines) {
			behind = r.lines[l+1].first
		}
		for ; at < behind; at++ {
			r.node(at)
		}
		if root := r.lines[l].root; root >= 0 {
			s := r.own(root)
			s.may.without(s.yes)
			out.Lines[l].Yes, out.Lines[l].CannotSay = s.yes.set(), s.may.set()
		}
	}
	return out
}

// indexRun is a strategy being asked of an index, a node after the other, each of
// all records at once.
type indexRun struct {
	*plan
	ix    *Index
	uses  []int32               // of each node, how often its verdicts are still to be used
	known []verdictSets         // of each node that was asked and will be used again
	unmet map[partSet]recordSet // the records that lack one of some parts
	spare []recordSet           // sets that are free again

	ranges map[int32][]wordRange // of forms, the words that are of them
	held   int                   // how much room that takes
	room   int                   // of how many bytes of lists places are held at once
	rows   rowReader
	nears  nearSearch
}

// placeRoom is the room of a run: places of a whole list of more would take more memory
// than the index.
const placeRoom = 1 << 20

// verdictSets are the verdicts of a node on all records.
type verdictSets struct {
	yes recordSet
	may recordSet // those that say yes and those that cannot say
}

func newIndexRun(ix *Index, p *plan) *indexRun {
	r := &indexRun{plan: p, ix: ix, uses: make([]int32, len(p.nodes)), known: make([]verdictSets, len(p.nodes)),
		unmet: map[partSet]recordSet{}, ranges: map[int32][]wordRange{}, room: placeRoom}
	r.rows.run, r.nears.run = r, r
	for _, n := range p.nodes {
		for _, a := range p.argsOf(n) {
			r.uses[a]++
		}
	}
	for _, l := range p.lines {
		if l.root >= 0 {
			r.uses[l.root]++
		}
	}
	return r
}

// set gives an empty set.
func (r *indexRun) set() recordSet {
	if n := len(r.spare); n > 0 {
		s := r.spare[n-1]
		r.spare = r.spare[:n-1]
		clear(s)
		return s
	}
	return make(recordSet, wordsFor(len(r.ix.records)))
}

func (r *indexRun) sets() verdictSets { return verdictSets{r.set(), r.set()} }

// node asks a node whose arguments were asked. A leaf waits until it is used.
func (r *indexRun) node(at int32) {
	n := r.nodes[at]
	if n.leaf() || r.uses[at] == 0 {
		return
	}
	args := r.argsOf(n)
	var s verdictSets
	switch n.op {
	case nodeOr:
		s = r.sets()
		for _, a := range args {
			r.addTo(s, a)
		}
		s.may.or(s.yes)
	case nodeAnd:
		s = r.own(args[0])
		for _, a := range args[1:] {
			r.keepIn(s, a)
		}
	case nodeNot:
		s = r.own(args[0])
		if !s.may.empty() || r.uses[args[1]] > 1 {
			not := r.take(args[1])
			s.yes.without(not.may)
			s.may.without(not.yes)
		}
		r.done(args[1])
	}
	r.known[at] = s
}

// addTo adds the verdicts of a node to sets, of which may need not have what yes has.
func (r *indexRun) addTo(s verdictSets, at int32) {
	if r.nodes[at].leaf() && r.uses[at] == 1 {
		r.leaf(r.nodes[at], s)
	} else {
		t := r.take(at)
		s.yes.or(t.yes)
		s.may.or(t.may)
	}
	r.done(at)
}

// keepIn keeps in sets what a node says yes to, or may. Where nothing is left, a
// leaf that nobody else uses is not asked.
func (r *indexRun) keepIn(s verdictSets, at int32) {
	if !s.may.empty() || r.uses[at] > 1 {
		t := r.take(at)
		s.yes.and(t.yes)
		s.may.and(t.may)
	}
	r.done(at)
}

// take gives the verdicts of a node, which may not be changed. Each use ends with
// done.
func (r *indexRun) take(at int32) verdictSets {
	if r.known[at].yes == nil {
		s := r.sets()
		r.leaf(r.nodes[at], s)
		s.may.or(s.yes)
		r.known[at] = s
	}
	return r.known[at]
}

// done ends a use of a node; after the last its sets are free.
func (r *indexRun) done(at int32) {
	r.uses[at]--
	if s := r.known[at]; r.uses[at] == 0 && s.yes != nil {
		r.spare = append(r.spare, s.yes, s.may)
		r.known[at] = verdictSets{}
	}
}

// own gives the verdicts of a node as sets that may be changed, and ends the use.
func (r *indexRun) own(at int32) verdictSets {
	t := r.take(at)
	if r.uses[at] == 1 {
		r.uses[at], r.known[at] = 0, verdictSets{}
		return t
	}
	s := r.sets()
	copy(s.yes, t.yes)
	copy(s.may, t.may)
	r.done(at)
	return s
}

// leaf adds the verdicts of a leaf to sets; may need not get what yes gets.
func (r *indexRun) leaf(n node, s verdictSets) {
	switch n.op {
	case nodeConst:
		if Verdict(n.at) == Yes {
			s.yes.fill(len(r.ix.records))
		}
		if Verdict(n.at) != No {
			s.may.fill(len(r.ix.records))
		}
	case nodePhrase:
		f := &r.phrases[n.at]
		r.phrase(f, s.yes)
		r.addUnmet(s.may, r.scopes[f.scope].needs)
	case nodeNear:
		r.nears.add(&r.plan.nears[n.at], s)
		r.addUnmet(s.may, r.scopes[r.plan.nears[n.at].scope].needs)
	case nodeHeading:
		r.heading(&r.headings[n.at], s.yes)
		r.addAbsent(s.may, r.ix.absent[partHeadings])
	case nodeDates:
		r.days(r.dates[n.at], s)
	case nodeLanguage:
		for _, code := range r.languages[n.at] {
			r.ix.addList(r.ix.listIn(code, spaceLanguage), s.yes)
		}
		r.addAbsent(s.may, r.ix.noLanguage)
	case nodePresence:
		there := r.set()
		there.fill(len(r.ix.records))
		there.without(r.ix.absent[r.presence[n.at]])
		s.yes.or(there)
		r.spare = append(r.spare, there)
	}
}

// addAbsent adds the records that lack what a leaf asks for, where nobody can say
// then.
func (r *indexRun) addAbsent(set, lack recordSet) {
	if r.absent == CannotSay {
		set.or(lack)
	}
}

// addUnmet adds the records that lack one of some parts.
func (r *indexRun) addUnmet(set recordSet, needs partSet) {
	if needs == 0 {
		return
	}
	lack, ok := r.unmet[needs]
	if !ok {
		lack = make(recordSet, len(set))
		for left := needs; left != 0; left &= left - 1 {
			lack.or(r.ix.absent[bits.TrailingZeros64(uint64(left))])
		}
		r.unmet[needs] = lack
	}
	set.or(lack)
}

// phrase adds the records that a phrase stands in. Of one word the places need not
// be looked at.
func (r *indexRun) phrase(f *phrase, set recordSet) {
	s := r.scopes[f.scope]
	if len(f.forms) == 1 {
		r.word(f.forms[0], s.parts&^s.whole, set)
		s.parts &= s.whole
	}
	for left := s.parts; left != 0; left &= left - 1 {
		p := part(bits.TrailingZeros64(uint64(left)))
		r.rows.each(f, p, func(keys []uint64) {
			for _, k := range keys {
				set.add(recordOf(k))
			}
		})
	}
}

// word adds the records that have a word of a form in some parts.
func (r *indexRun) word(form int32, parts partSet, set recordSet) {
	if parts == 0 {
		return
	}
	ix := r.ix
	for _, words := range r.wordsOf(form) {
		for l := ix.first[words.first]; l < ix.first[words.behind]; l++ {
			if parts.has(part(ix.spaces[l])) {
				ix.addList(l, set)
			}
		}
	}
}

// mostRanges bounds how many runs of words are remembered of the forms of a strategy.
const mostRanges = 1 << 20

// wordsOf gives the words that are of a form.
func (r *indexRun) wordsOf(form int32) []wordRange {
	words, ok := r.ranges[form]
	if !ok {
		words = r.ix.words.ofForm(r.forms[form])
		if r.held+len(words) <= mostRanges {
			r.held += len(words) + 1
			r.ranges[form] = words
		}
	}
	return words
}

// heading adds the records that have a heading, or a keyword that may be one.
func (r *indexRun) heading(t *headingTest, set recordSet) {
	ix, plain := r.ix, !t.major && len(t.qualifiers) == 0
	if t.names < 0 && !t.major {
		r.qualified(t, set)
		return
	}
	if t.names >= 0 && plain {
		for _, name := range r.names[t.names] {
			ix.addList(ix.listIn(name, spaceHeading), set)
			ix.addList(ix.listIn(name, spaceKeyword), set)
		}
		return
	}
	// Whether a star or a qualifier belongs to the heading, the record says.
	could := r.set()
	if t.names < 0 {
		r.qualified(t, could)
	} else {
		for _, name := range r.names[t.names] {
			ix.addList(ix.listIn(name, spaceHeading), could)
		}
	}
	for i, ok := could.from(0); ok; i, ok = could.from(i + 1) {
		if r.judgeHeading(*t, ix.records[i]) == Yes {
			set.add(i)
		}
	}
	r.spare = append(r.spare, could)
}

// qualified adds the records that have a heading with one of the qualifiers of a
// test, or with any where it names none.
func (r *indexRun) qualified(t *headingTest, set recordSet) {
	ix := r.ix
	for _, q := range t.qualifiers {
		ix.addList(ix.listIn(q, spaceQualifier), set)
	}
	if len(t.qualifiers) > 0 {
		return
	}
	for l := range ix.spaces {
		if ix.spaces[l] == spaceQualifier {
			ix.addList(int32(l), set)
		}
	}
}

// days adds the verdicts of a test of dates.
func (r *indexRun) days(t dateTest, s verdictSets) {
	words := r.ix.words.beginning(string([]byte{dateMark, byte(t.kind)}))
	for w := words.first; w < words.behind; w++ {
		set := s.may
		switch t.within(dateOf(r.ix.words.word(w))) {
		case No:
			continue
		case Yes:
			set = s.yes
		}
		r.ix.addList(r.ix.first[w], set)
	}
	r.addAbsent(s.may, r.ix.noDate[t.kind])
}
