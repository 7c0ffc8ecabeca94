package dedupe

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// pair is two records by their place in the input, and the judgement on them, which
// other pairs may share.
type pair struct {
	a, b int32
	c    *Comparison
}

// before orders pairs by their place in the input.
func (p pair) before(q pair) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) }

// but gives the pair with another judgement.
func (p pair) but(change func(c *Comparison)) pair {
	c := *p.c
	change(&c)
	p.c = &c
	return p
}

// crossChecks bounds how many pairs of members are compared before two groups
// are joined. Groups of duplicates are small; a larger one, of the same record
// many times, is checked by samples.
const crossChecks = 100

// group joins the links that were judged same, from the surest to the least
// sure, and leaves out a link that would put two records that contradict one
// another into one group: a chain is thereby cut where it is weakest.
func (res *Result) group() {
	res.Run.Cut = 0
	g := newGrouping(res)
	g.obey()
	var kept, doubtful []pair
	for _, l := range g.sameBySurety() {
		if g.root(l.a) == g.root(l.b) {
			kept = append(kept, l.pair)
			continue
		}
		if why := g.against(l.a, l.b); why != "" {
			doubtful = append(doubtful, l.but(func(c *Comparison) {
				c.Why += "; but joining them would join records that contradict one another: " + why
				c.Verdict = Unsure
			}))
			res.Run.Cut++
			continue
		}
		g.join(l.a, l.b)
		kept = append(kept, l.pair)
	}
	res.write(g, kept, doubtful)
}

// surePair is a pair that was judged the same, and how sure that is.
type surePair struct {
	pair
	score, bits float64
	low, high   int32 // ranks
}

// sameBySurety gives the pairs that were judged the same, the surest first.
func (g *grouping) sameBySurety() []surePair {
	n := 0
	for i := range g.res.judged {
		if g.res.judged[i].c.Verdict == Same {
			n++
		}
	}
	out := make([]surePair, 0, n)
	s := g.res.search
	for _, p := range g.res.judged {
		if p.c.Verdict == Same {
			x, y := s.form(p.a).rank, s.form(p.b).rank
			out = append(out, surePair{p, p.c.Score, p.c.bits(), min(x, y), max(x, y)})
		}
	}
	sortInParallel(out, func(x, y surePair) int {
		switch {
		case x.score != y.score:
			return cmp.Compare(y.score, x.score)
		case x.bits != y.bits:
			return cmp.Compare(y.bits, x.bits)
		}
		return cmp.Or(cmp.Compare(x.low, y.low), cmp.Compare(x.high, y.high))
	})
	return out
}

// bits is the sum of the evidence.
func (c *Comparison) bits() float64 {
	sum := 0.0
	for _, l := range c.Levels {
		sum += l.Weight
	}
	return sum
}

// grouping is a partition of the records in the making.
type grouping struct {
	res     *Result
	parent  []int32
	members map[int32][]int32 // of groups of two or more, by root
	apart   map[[2]int32]bool // pairs that a person keeps apart
	names   map[int32]int32   // by root: the record that gives the group its name
	last    objection         // what was found of the members that were compared last
}

// objection is whether two records contradict one another, and why.
type objection struct {
	of  twinPair
	is  bool
	why string
}

func newGrouping(res *Result) *grouping {
	g := &grouping{res: res, parent: make([]int32, len(res.Records)), members: map[int32][]int32{}, apart: map[[2]int32]bool{}, names: map[int32]int32{}}
	for i := range g.parent {
		g.parent[i] = int32(i)
	}
	return g
}

func (g *grouping) root(i int32) int32 {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

func (g *grouping) group(i int32) []int32 {
	if m := g.members[g.root(i)]; m != nil {
		return m
	}
	return []int32{i}
}

func (g *grouping) join(a, b int32) {
	x, y := g.root(a), g.root(b)
	if x == y {
		return
	}
	m, n := g.group(a), g.group(b)
	if len(m) < len(n) {
		x, y, m, n = y, x, n, m
	}
	g.parent[y] = x
	g.members[x] = append(m, n...)
	delete(g.members, y)
}

func (g *grouping) byRank(x, y pair) int {
	s := g.res.search
	lo := func(p pair) int32 { return min(s.form(p.a).rank, s.form(p.b).rank) }
	hi := func(p pair) int32 { return max(s.form(p.a).rank, s.form(p.b).rank) }
	return cmp.Or(cmp.Compare(lo(x), lo(y)), cmp.Compare(hi(x), hi(y)))
}

// obey joins and keeps apart what a person has decided.
func (g *grouping) obey() {
	if len(g.res.Orders) == 0 {
		return
	}
	at := g.res.places()
	for _, o := range g.res.Orders {
		a, b := at[o.A], at[o.B]
		if o.Verdict == Same {
			g.join(a, b)
		} else {
			g.apart[[2]int32{min(a, b), max(a, b)}] = true
		}
	}
}

// against says why the groups of a and b may not become one, "" when they may.
func (g *grouping) against(a, b int32) string {
	x, y := g.group(a), g.group(b)
	if g.decided(a, b) {
		return "a person keeps them apart"
	}
	checked := 0
	for _, i := range x {
		for _, j := range y {
			if i == a && j == b || i == b && j == a {
				continue
			}
			if checked++; checked > crossChecks {
				return ""
			}
			if c := g.objection(i, j); c.is {
				return fmt.Sprintf("%s and %s: %s", g.res.Records[i].Key, g.res.Records[j].Key, c.why)
			}
		}
	}
	return ""
}

// objection compares two members, unless the last ones were their twins.
func (g *grouping) objection(i, j int32) objection {
	s := g.res.search
	of := pairOfTwins(s.form(i), s.form(j))
	if of == noTwins || of != g.last.of {
		c, is := s.contradicts(i, j)
		g.last = objection{of, is, c.Why}
	}
	return g.last
}

// contradicts tells whether two records cannot be one work: a rule of the domain
// says so, strong evidence against it, or a database that lists both, where nothing
// says for sure that it does so twice. Missing fields are no contradiction.
func (s *search) contradicts(a, b int32) (Comparison, bool) {
	x := s.evidence(a, b)
	c := x.judge()
	if c.Verdict == Unsure && x.a.source != 0 && x.a.source == x.b.source {
		c.Why = "one file of one database lists both: " + c.Why
		return c, true
	}
	return c, c.Verdict == Different && (c.Rule != "evidence" || x.minus >= contradiction)
}

// places maps the records to their places in the input.
func (res *Result) places() map[*record.Record]int32 {
	at := make(map[*record.Record]int32, len(res.Records))
	for i, r := range res.Records {
		if _, ok := at[r]; !ok {
			at[r] = int32(i)
		}
	}
	return at
}

// write fills in groups, links, doubtful and related pairs.
func (res *Result) write(g *grouping, kept, doubtful []pair) {
	for i := range res.judged {
		p := res.judged[i]
		if p.c.Verdict == Unsure && g.root(p.a) != g.root(p.b) && !g.decided(p.a, p.b) {
			doubtful = append(doubtful, p)
		}
	}
	related := g.related()
	// Nobody is asked about groups of which a record says itself how they stand.
	doubtful = slices.DeleteFunc(doubtful, func(p pair) bool {
		tie, ok := related[g.between(p)]
		return g.root(p.a) == g.root(p.b) || g.decided(p.a, p.b) || ok && tie.c.Rule == statedRule
	})
	doubtful = g.onePerGroups(doubtful)
	slices.SortFunc(doubtful, func(x, y pair) int {
		return cmp.Or(cmp.Compare(math.Abs(x.c.Score-0.5), math.Abs(y.c.Score-0.5)), x.before(y))
	})
	sortInParallel(kept, pair.before)
	res.Groups, res.Links, res.Doubtful, res.Related = nil, nil, nil, nil
	byRoot := map[int32]int{}
	for i := range res.Records {
		root := g.root(int32(i))
		if len(g.members[root]) < 2 {
			continue
		}
		n, ok := byRoot[root]
		if !ok {
			n = len(res.Groups)
			byRoot[root] = n
			res.Groups = append(res.Groups, Group{Records: make([]*record.Record, 0, len(g.members[root]))})
		}
		res.Groups[n].Records = append(res.Groups[n].Records, res.Records[i])
	}
	res.writeLinks(slices.Concat(g.ordered(), kept), func(p pair) int { return byRoot[g.root(p.a)] })
	for _, p := range doubtful {
		res.Doubtful = append(res.Doubtful, res.link(p))
	}
	res.countRules()
	res.writeRelated(g, related)
}

// writeLinks lists the links group by group; those of a group are a part of the list
// of all.
func (res *Result) writeLinks(links []pair, group func(pair) int) {
	if len(links) == 0 {
		return
	}
	ends := make([]int, len(res.Groups)+1)
	for _, p := range links {
		ends[group(p)+1]++
	}
	for i := range res.Groups {
		ends[i+1] += ends[i]
	}
	res.Links = make([]Link, len(links))
	for i := range res.Groups {
		res.Groups[i].Links = res.Links[ends[i]:ends[i]:ends[i+1]]
	}
	for _, p := range links {
		of := &res.Groups[group(p)].Links
		*of = append(*of, res.link(p))
	}
}

// onePerGroups keeps, of the links between two groups, the one of the highest
// score: a person looks once.
func (g *grouping) onePerGroups(links []pair) []pair {
	best := map[[2]int32]pair{}
	for _, p := range links {
		k := g.between(p)
		old, ok := best[k]
		if !ok || cmp.Or(cmp.Compare(old.c.Score, p.c.Score), g.byRank(p, old)) < 0 {
			best[k] = p
		}
	}
	out := links[:0]
	for _, p := range links {
		if b := best[g.between(p)]; b.a == p.a && b.b == p.b {
			out = append(out, p)
		}
	}
	return out
}

// ordered gives the links that a person made.
func (g *grouping) ordered() []pair {
	if len(g.res.Orders) == 0 {
		return nil
	}
	var out []pair
	at := g.res.places()
	for _, o := range g.res.Orders {
		if a, b := at[o.A], at[o.B]; o.Verdict == Same {
			out = append(out, pair{min(a, b), max(a, b), &Comparison{Verdict: Same, Score: 1, Rule: "a person's decision", Why: "a person decided so"}})
		}
	}
	return out
}

// decided tells whether a person has kept two records, or their groups, apart.
func (g *grouping) decided(a, b int32) bool {
	for p := range g.apart {
		x, y := g.root(p[0]), g.root(p[1])
		if i, j := g.root(a), g.root(b); x == i && y == j || x == j && y == i {
			return true
		}
	}
	return false
}

func (res *Result) link(p pair) Link {
	return Link{A: res.Records[p.a], B: res.Records[p.b], Rule: p.c.Rule, Score: p.c.Score, Why: p.c.Why, Levels: p.c.Levels}
}

// countRules counts the links by rule.
func (res *Result) countRules() {
	links := map[string]int{}
	for i := range res.Links {
		links[res.Links[i].Rule]++
	}
	res.Run.ByRule = byRule(links)
}

// byRule lists how many links each rule made, the most frequent first.
func byRule(links map[string]int) []RuleCount {
	var out []RuleCount
	for rule, n := range links {
		out = append(out, RuleCount{rule, n})
	}
	slices.SortFunc(out, func(a, b RuleCount) int {
		return cmp.Or(cmp.Compare(b.Links, a.Links), strings.Compare(a.Rule, b.Rule))
	})
	return out
}

// between names two groups by their roots.
func (g *grouping) between(p pair) [2]int32 {
	x, y := g.root(p.a), g.root(p.b)
	return [2]int32{min(x, y), max(x, y)}
}

// related finds for each two related groups the pair that tells most: what a
// record states itself goes first, then the kinds in their order, then the
// records that name their groups.
func (g *grouping) related() map[[2]int32]pair {
	unspoken := func(p pair) int {
		if p.c.Rule == statedRule {
			return 0
		}
		return 1
	}
	best := map[[2]int32]pair{}
	for _, p := range g.res.judged {
		k := g.between(p)
		if p.c.Related == "" || k[0] == k[1] {
			continue
		}
		old, ok := best[k]
		if !ok || cmp.Or(cmp.Compare(unspoken(p), unspoken(old)), cmp.Compare(p.c.Related.place(), old.c.Related.place()),
			cmp.Compare(g.strangers(p), g.strangers(old)), cmp.Compare(old.c.Score, p.c.Score), g.byRank(p, old)) < 0 {
			best[k] = p
		}
	}
	return best
}

// named gives the record whose ID the group of i has when it is merged.
func (g *grouping) named(i int32) int32 {
	root := g.root(i)
	if n, ok := g.names[root]; ok {
		return n
	}
	s := g.res.search
	n := slices.MinFunc(g.group(i), func(x, y int32) int {
		return cmp.Or(cmp.Compare(s.records[x].ID(), s.records[y].ID()), cmp.Compare(s.form(x).rank, s.form(y).rank))
	})
	g.names[root] = n
	return n
}

// strangers counts which of the two do not name their groups.
func (g *grouping) strangers(p pair) int {
	n := 0
	for _, i := range []int32{p.a, p.b} {
		if g.named(i) != i {
			n++
		}
	}
	return n
}

// writeRelated lists related records, one pair for each two groups.
func (res *Result) writeRelated(g *grouping, related map[[2]int32]pair) {
	pairs := make([]pair, 0, len(related))
	for _, p := range related {
		x, y := g.named(p.a), g.named(p.b)
		if g.strangers(p) > 0 {
			seen := []string{nameOf(res.Records[p.a]), nameOf(res.Records[p.b])}
			slices.Sort(seen)
			p = p.but(func(c *Comparison) { c.Why += " (seen in " + strings.Join(seen, " and ") + ")" })
		}
		p.a, p.b = min(x, y), max(x, y)
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, pair.before)
	for _, p := range pairs {
		res.Related = append(res.Related, Related{A: res.Records[p.a], B: res.Records[p.b], Kind: p.c.Related, Why: p.c.Why})
	}
}
