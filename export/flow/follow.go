package flow

import (
	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
)

// place is a record at a stage.
type place struct {
	stage string
	id    record.ID
}

// account is what a log comes to when every record is followed from stage to
// stage.
type account struct {
	counted []screen.Decision // of records that came to the stage, in the order of the log
	settled []screen.Decision // the one that counts for each of those records
	loose   map[string]int    // records with a decision that did not come to the stage
}

// follow takes from a log the decisions about records that came to the stage.
// Members of one group of duplicates go as one record.
func follow(plan *screen.Plan, decisions []screen.Decision, res *dedupe.Result) account {
	one := groupNames(res)
	piles := map[place][]screen.Decision{}
	order := map[string][]record.ID{} // by stage
	for _, d := range decisions {
		if id, ok := one[d.RecordID]; ok {
			d.RecordID = id
		}
		at := place{d.Stage, d.RecordID}
		if piles[at] == nil {
			order[d.Stage] = append(order[d.Stage], d.RecordID)
		}
		piles[at] = append(piles[at], d)
	}
	acc := account{loose: map[string]int{}}
	var through map[record.ID]bool // nil before the first stage, which all come to
	for _, stage := range plan.Stages() {
		next := map[record.ID]bool{}
		for _, id := range order[stage] {
			if through != nil && !through[id] {
				acc.loose[stage]++
				continue
			}
			pile := piles[place{stage, id}]
			d := settle(plan, stage, id, pile)
			acc.counted = append(acc.counted, pile...)
			acc.settled = append(acc.settled, d)
			next[id] = d.Verdict == screen.Include
		}
		through = next
	}
	return acc
}

// settle gives the decision that counts: what the persons' come to, else the last
// one of the rules.
func settle(plan *screen.Plan, stage string, id record.ID, pile []screen.Decision) screen.Decision {
	var people []screen.Decision
	for _, d := range pile {
		if d.ByPerson() {
			people = append(people, d)
		}
	}
	if len(people) == 0 {
		return pile[len(pile)-1]
	}
	// Where a person spoke, Settle does not ask the rules, and the record's name is
	// all it needs of it. It fails only for a stage that the plan does not have.
	d, _ := plan.Settle(stage, &record.Record{Members: []record.Member{{ID: id}}}, people)
	return d
}

// groupNames gives one ID to the members of each group.
func groupNames(res *dedupe.Result) map[record.ID]record.ID {
	names := map[record.ID]record.ID{}
	if res == nil {
		return names
	}
	for _, g := range res.Groups {
		if len(g.Records) == 0 {
			continue
		}
		first := g.Records[0].ID()
		for _, r := range g.Records {
			first = min(first, r.ID())
		}
		for _, r := range g.Records {
			names[r.ID()] = first
		}
	}
	return names
}
