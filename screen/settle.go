package screen

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// Outcome is the screening of a set of records, stage by stage.
type Outcome struct {
	Stages   []Tally          // in the protocol's order
	Included []*record.Record // by the last stage, in the order given
	// Settled holds, for each stage in turn, the decision that counts for each
	// record that came to it, in the order of the records.
	Settled []Decision
	// Loose are persons' decisions that no record came to the stage for: the
	// record is not in the set, or an earlier stage did not let it through.
	Loose []Decision
}

// Tally is the account of one stage. The numbers are of records.
type Tally struct {
	Stage      string        `json:"stage"`
	Title      string        `json:"title,omitzero"`
	Entered    int           `json:"entered"`
	Included   int           `json:"included"`
	Excluded   int           `json:"excluded"`
	Undecided  int           `json:"undecided"` // waiting for a person
	Conflicts  int           `json:"conflicts"` // waiting for an arbiter; not among Undecided
	ByRule     int           `json:"by_rule"`   // settled by a rule
	ByPerson   int           `json:"by_person"` // settled by persons
	ByDefault  int           `json:"by_default"`
	Reasons    []ReasonCount `json:"reasons,omitempty"`   // in the protocol's order, none left out, 0 included
	Unreasoned int           `json:"unreasoned,omitzero"` // excluded by a person who gave no reason
}

// ReasonCount is the number of records excluded for one reason.
type ReasonCount struct {
	Reason
	Count int `json:"count"`
}

// Check tells whether the numbers of a stage add up; the error names the sum
// that does not.
func (t Tally) Check() error {
	if sum := t.Included + t.Excluded + t.Undecided + t.Conflicts; sum != t.Entered {
		return fmt.Errorf("stage %s: %d entered, but %d included, %d excluded, %d undecided and %d in conflict make %d",
			t.Stage, t.Entered, t.Included, t.Excluded, t.Undecided, t.Conflicts, sum)
	}
	reasons := t.Unreasoned
	for _, r := range t.Reasons {
		reasons += r.Count
	}
	if reasons != t.Excluded {
		return fmt.Errorf("stage %s: %d excluded, but the reasons make %d", t.Stage, t.Excluded, reasons)
	}
	if settled := t.ByRule + t.ByPerson + t.ByDefault; settled != t.Included+t.Excluded {
		return fmt.Errorf("stage %s: %d settled, but rules, persons and the stage's default settled %d", t.Stage, t.Included+t.Excluded, settled)
	}
	return nil
}

// Run screens records through every stage: the rules decide, the persons'
// decisions go before them, and what is included goes on. Decisions among people's
// that no person made are passed over: the rules are asked anew. The Outcome's
// numbers have been checked. A nil among the records is an error, and so is a
// decision that CheckDecision refuses. A cancelled context ends it with the
// context's error.
func (p *Plan) Run(ctx context.Context, records []*record.Record, people []Decision) (*Outcome, error) {
	if i := slices.Index(records, nil); i >= 0 {
		return nil, fmt.Errorf("screening: records[%d] is nil", i)
	}
	byStage, err := p.sortPeople(records, people)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Included: slices.Clone(records)}
	for i := range p.stages {
		entered := out.Included
		out.Included = nil
		tally := p.newTally(i)
		for n, r := range entered {
			if n%1024 == 0 && ctx.Err() != nil {
				return nil, fmt.Errorf("screening stage %s: %w", p.stages[i].Name, ctx.Err())
			}
			d, how := p.settle(&p.stages[i], r, byStage[i].take(r))
			tally.add(d, how)
			out.Settled = append(out.Settled, d)
			if d.Verdict == Include {
				out.Included = append(out.Included, r)
			}
		}
		out.Loose = append(out.Loose, byStage[i].rest()...)
		if err := tally.Check(); err != nil {
			return nil, err
		}
		out.Stages = append(out.Stages, tally)
	}
	return out, nil
}

// how tells what settled a record.
type how int

const (
	nothing how = iota
	rule
	person
	byDefault
	conflict
)

// Settle gives the decision that counts for a record at a stage: an arbiter's,
// else the persons' where they agree, else the rules', else what the stage says
// of undecided records. Persons who disagree leave it undecided. Of one person
// the last decision counts. Decisions that no person made are passed over.
func (p *Plan) Settle(stageName string, r *record.Record, people []Decision) (Decision, error) {
	s, ok := p.stage(stageName)
	if !ok {
		return Decision{}, p.checkStage(stageName)
	}
	if r == nil {
		return Decision{}, errors.New("there is no record to settle")
	}
	d, _ := p.settle(s, r, slices.DeleteFunc(slices.Clone(people), func(d Decision) bool { return !d.ByPerson() }))
	return d, nil
}

func (p *Plan) settle(s *stage, r *record.Record, people []Decision) (Decision, how) {
	if d, h := p.settlePeople(s, r.ID(), r.Key, people); h != nothing || len(people) > 0 {
		return d, h
	}
	d := p.Decide(s.Name, r)
	if d.Settled() {
		return d, rule
	}
	return p.byDefault(s, d)
}

// settlePeople gives what persons' decisions come to.
func (p *Plan) settlePeople(s *stage, id record.ID, key string, people []Decision) (Decision, how) {
	people = lastOfEach(people)
	blank := Decision{Stage: s.Name, RecordID: id, Key: key, By: names(people), Protocol: p.hash}
	for i := range people {
		if slices.Contains(p.protocol.Arbiters, people[i].By) {
			people[i].Arbiter = true
		}
		if people[i].Arbiter && people[i].Settled() {
			return adopt(blank, people[i:i+1], people[i].By+" settled it"), person
		}
	}
	firm := slices.DeleteFunc(slices.Clone(people), func(d Decision) bool { return !d.Settled() })
	if len(firm) == 0 && len(people) == 0 {
		return blank, nothing
	}
	if len(firm) == 0 { // persons looked and could not tell: a rule does not know better
		blank.Why = blank.By + " could not tell"
		return p.byDefault(s, blank)
	}
	for _, d := range firm[1:] {
		if d.Verdict != firm[0].Verdict {
			blank.Why = fmt.Sprintf("%s: %s, %s: %s; an arbiter has to settle it", firm[0].By, firm[0].Verdict, d.By, d.Verdict)
			return blank, conflict
		}
	}
	return adopt(blank, firm, ""), person
}

// byDefault does with an undecided record what the stage says.
func (p *Plan) byDefault(s *stage, d Decision) (Decision, how) {
	switch s.Undecided {
	case Include:
		d.Why += "; the stage sends undecided records on"
	case Exclude:
		d.Why += "; the stage sends undecided records out"
		d.Reason = s.UndecidedReason
	default:
		return d, nothing
	}
	d.Verdict = s.Undecided
	if !d.ByPerson() { // persons who could not tell keep their names
		d.By = ByStage
	}
	return d, byDefault
}

// adopt makes the one decision of persons who agree: the first verdict, and the
// first reason, note and date that were given.
func adopt(d Decision, people []Decision, why string) Decision {
	d.Verdict, d.By, d.Why, d.Arbiter = people[0].Verdict, names(people), why, people[0].Arbiter
	for _, f := range people {
		if d.Reason == "" && d.Verdict == Exclude {
			d.Reason = f.Reason
		}
		if d.Note == "" {
			d.Note = f.Note
		}
		if d.Date == "" {
			d.Date = f.Date
		}
		if d.Why == "" {
			d.Why = f.Why
		}
	}
	return d
}

// TallyOf counts decisions by stage: of each record that came to a stage the one
// that counts there, persons' before rules'. A record comes to the first stage
// when any decision names it there, and to a later one when the stage before
// included it; decisions on records that did not come are passed over, as Run
// hands them back. The numbers have been checked.
func (p *Plan) TallyOf(decisions []Decision) ([]Tally, error) {
	var out []Tally
	var came []record.ID // nil for the first stage, which has no stage before it
	for i := range p.stages {
		s := &p.stages[i]
		piles, order := pilesOf(s.Name, decisions)
		if i > 0 {
			order = came
		}
		tally := p.newTally(i)
		came = nil
		for _, id := range order {
			at := piles[id]
			d, h := p.countOf(s, id, at.people, at.rules)
			tally.add(d, h)
			if d.Verdict == Include {
				came = append(came, id)
			}
		}
		if err := tally.Check(); err != nil {
			return nil, err
		}
		out = append(out, tally)
	}
	return out, nil
}

// pile is what was decided about one record at one stage.
type pile struct{ people, rules []Decision } // rules: those that no person made

// pilesOf sorts the decisions of a stage by record, in the order of their first.
func pilesOf(stage string, decisions []Decision) (piles map[record.ID]pile, order []record.ID) {
	piles = map[record.ID]pile{}
	for _, d := range decisions {
		if d.Stage != stage {
			continue
		}
		at, ok := piles[d.RecordID]
		if !ok {
			order = append(order, d.RecordID)
		}
		if d.ByPerson() {
			at.people = append(at.people, d)
		} else {
			at.rules = append(at.rules, d)
		}
		piles[d.RecordID] = at
	}
	return piles, order
}

// countOf gives the decision that counts among those of a log.
func (p *Plan) countOf(s *stage, id record.ID, people, rules []Decision) (Decision, how) {
	if d, h := p.settlePeople(s, id, "", people); h != nothing || len(people) > 0 {
		return d, h
	}
	if len(rules) == 0 { // nobody has decided yet
		return Decision{Stage: s.Name, RecordID: id, Protocol: p.hash}, nothing
	}
	d := rules[len(rules)-1]
	switch {
	case !d.Settled():
		return d, nothing
	case d.By == ByStage:
		return d, byDefault
	}
	return d, rule
}

// lastOfEach keeps the last decision of each person, in the order of their first.
func lastOfEach(people []Decision) []Decision {
	var out []Decision
	for _, d := range people {
		if i := slices.IndexFunc(out, func(o Decision) bool { return o.By == d.By && o.Arbiter == d.Arbiter }); i >= 0 {
			out[i] = d
			continue
		}
		out = append(out, d)
	}
	return out
}

func names(people []Decision) string {
	s := ""
	for i, d := range people {
		if i > 0 {
			s += ", "
		}
		s += d.By
	}
	return s
}

func (p *Plan) newTally(i int) Tally {
	s := p.stages[i]
	t := Tally{Stage: s.Name, Title: s.Title}
	for _, r := range p.protocol.Reasons {
		t.Reasons = append(t.Reasons, ReasonCount{Reason: r})
	}
	return t
}

// add counts one record.
func (t *Tally) add(d Decision, h how) {
	t.Entered++
	switch h {
	case rule:
		t.ByRule++
	case person:
		t.ByPerson++
	case byDefault:
		t.ByDefault++
	case conflict:
		t.Conflicts++
		return
	case nothing:
		t.Undecided++
		return
	}
	if d.Verdict == Include {
		t.Included++
		return
	}
	t.Excluded++
	for i := range t.Reasons {
		if t.Reasons[i].Code == d.Reason {
			t.Reasons[i].Count++
			return
		}
	}
	t.Unreasoned++
}

// desk holds the persons' decisions of one stage by record.
type desk struct {
	byID  map[record.ID][]Decision
	order []record.ID
}

// sortPeople lays each person's decision on the desk of its stage, under the ID
// of the record as it is now: a decision about a record that has since been
// merged counts for the merged one.
func (p *Plan) sortPeople(records []*record.Record, people []Decision) ([]desk, error) {
	now := map[record.ID]record.ID{}
	for _, r := range records {
		for _, m := range r.Members {
			now[m.ID] = r.ID()
		}
	}
	desks := make([]desk, len(p.stages))
	for i, d := range people {
		if !d.ByPerson() {
			continue
		}
		if err := p.CheckDecision(d); err != nil {
			return nil, fmt.Errorf("decision %d, by %s on %s: %w", i+1, d.By, cmp.Or(d.Key, string(d.RecordID), "no record"), err)
		}
		at := slices.IndexFunc(p.stages, func(s stage) bool { return s.Name == d.Stage })
		id := d.RecordID
		if merged, ok := now[id]; ok {
			id = merged
		}
		if desks[at].byID == nil {
			desks[at].byID = map[record.ID][]Decision{}
		}
		if _, ok := desks[at].byID[id]; !ok {
			desks[at].order = append(desks[at].order, id)
		}
		desks[at].byID[id] = append(desks[at].byID[id], d)
	}
	return desks, nil
}

// take gives the decisions about a record and takes them off the desk.
func (d *desk) take(r *record.Record) []Decision {
	id := r.ID()
	found := d.byID[id]
	delete(d.byID, id)
	return found
}

// rest gives the decisions that were not taken.
func (d *desk) rest() []Decision {
	var out []Decision
	for _, id := range d.order {
		out = append(out, d.byID[id]...)
	}
	return out
}
