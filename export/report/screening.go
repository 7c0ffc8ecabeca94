package report

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/evidence-go/evidence/internal/words"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/screen/agreement"
)

// stage is the account of one stage of screening.
type stage struct {
	Title     string
	Numbers   []fact
	Reasons   []reason
	Rules     []rule
	Agreement []string
	Excluded  []decided // by persons
	Open      []decided // waiting for a decision or for an arbiter
	Loose     int       // decisions of persons on records that did not come to the stage
}

type reason struct {
	Text, Code, Count string
	NotRetrieved      bool
}

// rule is what one rule did, with some of the places it rests on.
type rule struct {
	Name, Verdict, Reason string
	Count                 int
	Shown                 string
	Examples              []example
	More                  string // how many records are not among the examples; "" for none
}

type example struct {
	Record link
	Spans  []quoted
}

type quoted struct{ Field, Text string }

type decided struct {
	Record    link
	What, Why string
}

// mostExamples is how many records are shown for a rule; the table of decisions
// has all.
const mostExamples = 3

func (b *builder) screening() {
	out := b.in.Outcome
	if out == nil {
		return
	}
	for _, t := range out.Stages {
		s := stage{Title: stageLabel(t.Title, t.Stage), Agreement: b.agreement(t.Stage)}
		b.numbers(&s, t)
		for _, d := range out.Settled {
			if d.Stage == t.Stage {
				b.settled(&s, d)
			}
		}
		b.idleRules(&s, t.Stage)
		for _, d := range out.Loose {
			if d.Stage == t.Stage {
				s.Loose++
			}
		}
		for i := range s.Rules {
			r := &s.Rules[i]
			r.Shown = words.Number(r.Count)
			if n := r.Count - len(r.Examples); n > 0 {
				r.More = words.Number(n)
			}
		}
		b.p.Stages = append(b.p.Stages, s)
	}
}

// numbers takes over the tally; what is 0 and may be is left out.
func (b *builder) numbers(s *stage, t screen.Tally) {
	for _, n := range []struct {
		count  int
		what   string
		always bool
	}{
		{t.Entered, "came to the stage", true}, {t.Included, "included", true}, {t.Excluded, "excluded", true},
		{t.Undecided, "waiting for a decision", false}, {t.Conflicts, "in conflict, waiting for an arbiter", false},
		{t.ByRule, "settled by rule", false}, {t.ByPerson, "settled by persons", false}, {t.ByDefault, "settled as the protocol says of undecided ones", false},
	} {
		if n.count > 0 || n.always {
			s.Numbers = append(s.Numbers, fact{words.Number(n.count), n.what})
		}
	}
	for _, r := range t.Reasons {
		if r.Count > 0 {
			s.Reasons = append(s.Reasons, reason{r.Text, r.Code, words.Number(r.Count), r.NotRetrieved})
		}
	}
	if t.Unreasoned > 0 {
		s.Reasons = append(s.Reasons, reason{Text: "No reason given", Count: words.Number(t.Unreasoned)})
	}
}

// settled puts the decision that counts for a record where it belongs: to its
// rule, among those that persons excluded, or among the open ones.
func (b *builder) settled(s *stage, d screen.Decision) {
	switch {
	case d.Rule != "":
		b.byRule(s, d)
	case d.Verdict == screen.Undecided || d.Verdict == screen.Unsure:
		s.Open = append(s.Open, decided{b.to(d.RecordID), cmp.Or(d.Why, "no decision yet"), d.Note})
	case d.Verdict == screen.Exclude && d.ByPerson():
		why := d.By
		if d.Note != "" {
			why += ": " + d.Note
		}
		s.Excluded = append(s.Excluded, decided{b.to(d.RecordID), cmp.Or(b.reasonText(d.Reason), "No reason given"), why})
	}
}

func (b *builder) reasonText(code string) string {
	if b.in.Plan == nil || code == "" {
		return code
	}
	return b.in.Plan.ReasonText(code)
}

func (b *builder) byRule(s *stage, d screen.Decision) {
	i := slices.IndexFunc(s.Rules, func(r rule) bool { return r.Name == d.Rule })
	if i < 0 {
		i = len(s.Rules)
		s.Rules = append(s.Rules, rule{Name: d.Rule, Verdict: string(d.Verdict), Reason: b.reasonText(d.Reason)})
	}
	r := &s.Rules[i]
	r.Count++
	if len(r.Examples) < mostExamples {
		e := example{Record: b.to(d.RecordID)}
		for _, span := range d.Evidence {
			e.Spans = append(e.Spans, quoted{string(span.Field), span.Text})
		}
		r.Examples = append(r.Examples, e)
	}
}

// idleRules adds the rules that decided nothing and puts all in the protocol's
// order.
func (b *builder) idleRules(s *stage, name string) {
	if b.in.Plan == nil {
		return
	}
	var rules []rule
	for _, st := range b.in.Plan.Protocol().Stages {
		if st.Name != name {
			continue
		}
		for _, r := range st.Rules {
			i := slices.IndexFunc(s.Rules, func(have rule) bool { return have.Name == r.Name })
			if i >= 0 {
				rules = append(rules, s.Rules[i])
				continue
			}
			rules = append(rules, rule{Name: r.Name, Verdict: string(r.Then), Reason: b.reasonText(r.Reason)})
		}
	}
	for _, r := range s.Rules { // of an earlier version of the protocol
		if !slices.ContainsFunc(rules, func(have rule) bool { return have.Name == r.Name }) {
			rules = append(rules, r)
		}
	}
	s.Rules = rules
}

// agreement says how far the persons of a stage agree: kappa for each two who
// decided on the same records, alpha where there are more than two persons.
func (b *builder) agreement(name string) []string {
	var t agreement.Table
	arbiters := b.arbiters()
	for _, d := range b.in.Decisions {
		if d.Stage == name && d.ByPerson() && d.By != "" && !d.Arbiter && !slices.Contains(arbiters, d.By) {
			t.Add(string(d.RecordID), d.By, string(d.Verdict))
		}
	}
	people := t.Raters()
	var out []string
	for i, x := range people {
		for _, y := range people[i+1:] {
			k := agreement.CohenKappa(both(t.Pairs(x, y)))
			if k.N > 0 {
				out = append(out, x+" and "+y+": "+k.String())
			}
		}
	}
	if len(out) > 1 {
		out = append(out, "all "+strconv.Itoa(len(people))+" persons: "+t.Alpha().String())
	}
	return out
}

// both keeps the records that both persons decided on: where records are
// shared out, the others are no lack.
func both(pairs []agreement.Pair) []agreement.Pair {
	return slices.DeleteFunc(pairs, func(p agreement.Pair) bool { return p.A == "" || p.B == "" })
}

func (b *builder) arbiters() []string {
	if b.in.Plan == nil {
		return nil
	}
	return b.in.Plan.Protocol().Arbiters
}

// left is a record that was included and is not reported.
type left struct {
	Place     int
	Record    link
	Rank, Why string
}

// studyRow is a line of the list of included records.
type studyRow struct {
	Record  link // short reference
	Title   string
	Journal string
	Design  string
	Themes  string
	In      string
	Flags   []string
}

func (b *builder) studies() {
	for i := range b.p.Cards {
		c := &b.p.Cards[i]
		r := c.record
		row := studyRow{Record: link{c.ID, c.Short}, Title: cmp.Or(r.Title, "[No title]"), Journal: r.In.Title, Design: c.Design, Flags: c.Flags}
		for n, t := range c.Themes {
			if n > 0 {
				row.Themes += "; "
			}
			row.Themes += t
		}
		for n, d := range r.Databases() {
			if n > 0 {
				row.In += ", "
			}
			row.In += d
		}
		b.p.Studies = append(b.p.Studies, row)
	}
	if sel := b.in.Selection; sel != nil {
		for _, l := range sel.Left {
			b.p.Left = append(b.p.Left, left{l.Place, b.to(l.RecordID), l.Rank, l.Why})
		}
	}
}
