package synth

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// themes compares the themes of all codebooks.
func (c *Changes) themes(a, b *Summary) {
	type key struct {
		axis Axis
		name string
	}
	before := map[key]*ThemeSummary{}
	var gone []key
	for _, part := range a.divisions() {
		for i := range part.themes {
			k := key{part.axis, part.themes[i].Name}
			before[k] = &part.themes[i]
			gone = append(gone, k)
		}
	}
	seen := map[key]bool{}
	for _, part := range b.divisions() {
		for i := range part.themes {
			t := &part.themes[i]
			k := key{part.axis, t.Name}
			seen[k] = true
			ch := ThemeChange{Axis: part.axis, Name: t.Name, Title: t.Title, Fate: Continued, After: len(t.Studies)}
			old := before[k]
			if old == nil {
				ch.Fate, old = NewTheme, &ThemeSummary{}
			}
			ch.Before, ch.Contents = len(old.Studies), contentsOf(old, t)
			if ch.Fate == NewTheme || ch.Before != ch.After || !reflect.DeepEqual(ch.Contents, Contents{}) {
				c.Themes = append(c.Themes, ch)
			}
		}
	}
	for _, k := range gone {
		if !seen[k] {
			old := before[k]
			c.Themes = append(c.Themes, ThemeChange{Axis: k.axis, Name: k.name, Title: old.Title, Fate: GoneTheme, Before: len(old.Studies), Contents: contentsOf(old, &ThemeSummary{})})
		}
	}
}

// division is the themes of one codebook.
type division struct {
	axis   Axis
	themes []ThemeSummary
}

func (s *Summary) divisions() []division {
	out := []division{{ByTheme, s.Themes}, {ByDesign, s.Designs}}
	for _, a := range s.Axes {
		out = append(out, division{ByAxis(a.Name), a.Themes})
	}
	return out
}

func contentsOf(a, b *ThemeSummary) Contents {
	c := contents(a.Records, b.Records, a.Claims, b.Claims, a.Evidence, b.Evidence, a.Statements, b.Statements)
	if a.Name == "" || b.Name == "" { // new or gone: the whole differs
		return c
	}
	for _, part := range []struct {
		name string
		same bool
	}{
		{"title", a.Title == b.Title},
		{"definition", a.Definition == b.Definition},
		{"phrases", len(c.Added)+len(c.Gone) > 0 || slices.Equal(a.Phrases, b.Phrases)},
		{"place among the themes", a.Parent == b.Parent && a.Depth == b.Depth},
		{"why records stand here", reflect.DeepEqual(sharedCodings(a, b), sharedCodings(b, a))},
		{"studies", len(c.Added)+len(c.Gone) > 0 || slices.Equal(a.Studies, b.Studies)},
		{"counts by design or axis", len(c.Added)+len(c.Gone) > 0 || reflect.DeepEqual(a.Tallies, b.Tallies)},
	} {
		if !part.same {
			c.Other = append(c.Other, part.name)
		}
	}
	return c
}

// sharedCodings are the codings of a for records that b has too.
func sharedCodings(a, b *ThemeSummary) []Coding {
	in := map[record.ID]bool{}
	for _, id := range b.Records {
		in[id] = true
	}
	var out []Coding
	for _, k := range a.Codings {
		if in[k.Record] {
			out = append(out, k)
		}
	}
	return out
}

// quotePlace tells quotes apart.
type quotePlace struct {
	id record.ID
	record.Span
}

func contents(
	recordsA, recordsB []record.ID, claimsA, claimsB []Claim, quotesA, quotesB []Quote, saidA, saidB []Sentence,
) Contents {
	c := Contents{Added: without(recordsB, recordsA), Gone: without(recordsA, recordsB), Claims: claimChanges(claimsA, claimsB)}
	slices.Sort(c.Added)
	slices.Sort(c.Gone)
	place := func(q Quote) quotePlace { return quotePlace{q.Record, q.Span} }
	c.NewQuotes, c.GoneQuotes = withoutBy(quotesB, quotesA, place), withoutBy(quotesA, quotesB, place)
	text := func(s Sentence) string { return s.Text }
	c.NewStatements, c.GoneStatements = withoutBy(saidB, saidA, text), withoutBy(saidA, saidB, text)
	if len(c.NewQuotes)+len(c.GoneQuotes) == 0 && !reflect.DeepEqual(quotesA, quotesB) && len(quotesA)+len(quotesB) > 0 {
		c.Other = append(c.Other, "order of evidence, or its terms")
	}
	if len(c.NewStatements)+len(c.GoneStatements) == 0 && !reflect.DeepEqual(saidA, saidB) && len(saidA)+len(saidB) > 0 {
		c.Other = append(c.Other, "order of statements, or what they cite")
	}
	return c
}

// withoutBy gives the items of list whose key no item of other has.
func withoutBy[T any, K comparable](list, other []T, key func(T) K) []T {
	has := make(map[K]bool, len(other))
	for _, x := range other {
		has[key(x)] = true
	}
	var out []T
	for _, x := range list {
		if !has[key(x)] {
			out = append(out, x)
		}
	}
	return out
}

// withTotal is the claim's sentence if it were out of another number.
func (k Claim) withTotal(of int) string {
	return strings.Replace(k.Text, fmt.Sprintf(": %d of %d ", k.Count, k.Of), fmt.Sprintf(": %d of %d ", k.Count, of), 1)
}

// claimChanges pairs claims by what they count: their words before the numbers.
func claimChanges(a, b []Claim) []ClaimChange {
	about := func(k Claim) string { return claimOf(k, "").Label }
	before := map[string]Claim{}
	for _, k := range a {
		before[about(k)] = k
	}
	var out []ClaimChange
	seen := map[string]bool{}
	for _, k := range b {
		seen[about(k)] = true
		if old := before[about(k)]; old.Text != k.Text {
			out = append(out, ClaimChange{old.Text, k.Text, old.Text != "" && k.withTotal(old.Of) == old.Text})
		}
	}
	for _, k := range a {
		if !seen[about(k)] {
			out = append(out, ClaimChange{Before: k.Text})
		}
	}
	return out
}

// FoundChange is what became of found themes. They have no names to be known by,
// so they are matched by their records, of which only those count that both
// summaries have: records that an update brings do not make a theme another.
//
// Two themes belong together where at least half of either one's shared records
// are the other's. One that belongs to one is continued; several that belong to
// one were merged; one that several belong to was split.
type FoundChange struct {
	Fate   Fate       `json:"fate"`
	Before []FoundRef `json:"before,omitempty"` // in the earlier summary's order
	After  []FoundRef `json:"after,omitempty"`  // in the later summary's order
	// Jaccard is the number of records that both sides have over the number that
	// either has, of those in both summaries; 0 for a theme that is new or gone.
	Jaccard float64 `json:"jaccard"`
	// Contents compares a continued theme.
	Contents
}

// FoundRef names a found theme.
type FoundRef struct {
	Number  int    `json:"number"` // in its summary, from 1
	Label   string `json:"label"`
	Records int    `json:"records"`
	Studies int    `json:"studies"`
}

// matching holds the found themes of two summaries and which belong together.
type matching struct {
	a, b       []FoundTheme
	inA, inB   [][]record.ID // shared records of each theme
	shared     map[record.ID]bool
	toB        [][]int // themes of b that belong to each of a
	visA, visB []bool
}

// foundChanges lists every group of found themes about which anything differs, by
// the later summary's order, those that are gone last.
func foundChanges(a, b *Summary) []FoundChange {
	m := matching{a: a.Found, b: b.Found, shared: sharedRecords(a, b), visA: make([]bool, len(a.Found)), visB: make([]bool, len(b.Found))}
	for _, f := range a.Found {
		m.inA = append(m.inA, m.only(f.Records))
	}
	for _, f := range b.Found {
		m.inB = append(m.inB, m.only(f.Records))
	}
	m.link()
	var out []FoundChange
	for j := range m.b {
		if !m.visB[j] {
			as, bs := m.group(nil, []int{j})
			out = m.change(out, as, bs)
		}
	}
	for i := range m.a {
		if !m.visA[i] {
			as, bs := m.group([]int{i}, nil)
			out = m.change(out, as, bs)
		}
	}
	return out
}

func sharedRecords(a, b *Summary) map[record.ID]bool {
	has := map[record.ID]bool{}
	for i := range a.Records {
		has[a.Records[i].ID] = true
	}
	out := map[record.ID]bool{}
	for i := range b.Records {
		if has[b.Records[i].ID] {
			out[b.Records[i].ID] = true
		}
	}
	return out
}

func (m *matching) only(ids []record.ID) []record.ID {
	var out []record.ID
	for _, id := range ids {
		if m.shared[id] {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// link finds the themes that belong together.
func (m *matching) link() {
	m.toB = make([][]int, len(m.a))
	for i := range m.a {
		for j := range m.b {
			both := common(m.inA[i], m.inB[j])
			if both > 0 && (2*both >= len(m.inA[i]) || 2*both >= len(m.inB[j])) {
				m.toB[i] = append(m.toB[i], j)
			}
		}
	}
}

// common counts what two sorted lists share.
func common(a, b []record.ID) int {
	n := 0
	for _, id := range a {
		if _, ok := slices.BinarySearch(b, id); ok {
			n++
		}
	}
	return n
}

// group follows the links from some themes to all that hang together with them.
func (m *matching) group(as, bs []int) (outA, outB []int) {
	for len(as)+len(bs) > 0 {
		var nextA, nextB []int
		for _, j := range bs {
			if m.visB[j] {
				continue
			}
			m.visB[j] = true
			outB = append(outB, j)
			for i := range m.toB {
				if slices.Contains(m.toB[i], j) && !m.visA[i] {
					nextA = append(nextA, i)
				}
			}
		}
		for _, i := range as {
			if m.visA[i] {
				continue
			}
			m.visA[i] = true
			outA = append(outA, i)
			nextB = append(nextB, m.toB[i]...)
		}
		as, bs = nextA, nextB
	}
	slices.SortFunc(outA, cmp.Compare)
	slices.SortFunc(outB, cmp.Compare)
	return outA, outB
}

// change writes one group down, unless its one theme is the same as before.
func (m *matching) change(out []FoundChange, as, bs []int) []FoundChange {
	ch := FoundChange{}
	var left, right []record.ID
	for _, i := range as {
		f := m.a[i]
		ch.Before = append(ch.Before, FoundRef{i + 1, f.Label, len(f.Records), len(f.Studies)})
		left = append(left, m.inA[i]...)
	}
	for _, j := range bs {
		f := m.b[j]
		ch.After = append(ch.After, FoundRef{j + 1, f.Label, len(f.Records), len(f.Studies)})
		right = append(right, m.inB[j]...)
	}
	ch.Jaccard = jaccard(left, right)
	switch {
	case len(as) == 0:
		ch.Fate = NewTheme
	case len(bs) == 0:
		ch.Fate = GoneTheme
	case len(as) == 1 && len(bs) == 1:
		a, b := &m.a[as[0]], &m.b[bs[0]]
		ch.Fate = Continued
		ch.Contents = foundContents(a, b)
		if ch.Before[0].Label == ch.After[0].Label && reflect.DeepEqual(ch.Contents, Contents{}) && as[0] == bs[0] {
			return out
		}
	case len(bs) == 1:
		ch.Fate = Merged
	case len(as) == 1:
		ch.Fate = Split
	default:
		ch.Fate = Regrouped
	}
	return append(out, ch)
}

func foundContents(a, b *FoundTheme) Contents {
	c := contents(a.Records, b.Records, a.Claims, b.Claims, a.Evidence, b.Evidence, a.Statements, b.Statements)
	for _, part := range []struct {
		name string
		same bool
	}{
		{"phrases", slices.Equal(a.Phrases, b.Phrases) && slices.Equal(a.Terms, b.Terms)},
		{"order of records", len(c.Added)+len(c.Gone) > 0 || slices.Equal(a.Records, b.Records)},
		{"studies", len(c.Added)+len(c.Gone) > 0 || slices.Equal(a.Studies, b.Studies)},
		{"cohesion", a.Cohesion == b.Cohesion && a.Apart == b.Apart},
	} {
		if !part.same {
			c.Other = append(c.Other, part.name)
		}
	}
	return c
}

// jaccard is the share of the records of two lists that stand in both, to four
// decimals; 0 for two empty ones.
func jaccard(a, b []record.ID) float64 {
	slices.Sort(a)
	slices.Sort(b)
	a, b = slices.Compact(a), slices.Compact(b)
	both := common(a, b)
	if len(a)+len(b) == both {
		return 0
	}
	return round4(float64(both) / float64(len(a)+len(b)-both))
}
