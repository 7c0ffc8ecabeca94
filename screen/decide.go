package screen

import (
	"strconv"

	"github.com/evidence-go/evidence/internal/strictjson"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/agreement"
)

// Decision says what was decided about one record at one stage, by whom, and
// what it rests on.
type Decision struct {
	Stage    string        `json:"stage"`
	RecordID record.ID     `json:"record"`
	Key      string        `json:"key,omitzero"` // the record's key, for people
	Verdict  Verdict       `json:"verdict"`
	Reason   string        `json:"reason,omitzero"`    // code
	Rule     string        `json:"rule,omitzero"`      // name of the rule, "" for a person's decision
	Why      string        `json:"why,omitzero"`       // in words
	Evidence []record.Span `json:"evidence,omitempty"` // the places a rule rests on
	By       string        `json:"by,omitzero"`        // who: "rule", or a person's name or initials
	Arbiter  bool          `json:"arbiter,omitzero"`   // the person settles what others disagree on
	Note     string        `json:"note,omitzero"`
	Date     string        `json:"date,omitzero"`     // ISO 8601, as the person's file gives it
	Protocol string        `json:"protocol,omitzero"` // Plan.Hash at the time
}

// Pair is what two persons decided about one record, in the form that the
// figures of package agreement take: Unit is the record's ID.
type Pair = agreement.Pair

// ByRule is the By of decisions that rules made.
const ByRule = "rule"

// Settled tells whether the decision keeps or leaves out the record.
func (d Decision) Settled() bool { return d.Verdict == Include || d.Verdict == Exclude }

// Decide asks the rules of a stage about a record. The first rule whose
// condition holds decides; where none does the verdict is Undecided, whatever
// the stage says is to become of such records: that is for Settle, when the
// persons have spoken. A stage that the protocol does not have gives Undecided
// with a Why that says so.
func (p *Plan) Decide(stage string, r *record.Record) Decision {
	d := Decision{Stage: stage, RecordID: r.ID(), Key: r.Key, By: ByRule, Protocol: p.hash}
	s, ok := p.stage(stage)
	if !ok {
		d.Why = "the protocol has no stage of this name" + strictjson.DidYouMean(stage, p.Stages())
		return d
	}
	unsure := 0
	for i, t := range s.tests {
		a, spans := t(r)
		if a == cannotSay {
			unsure++
		}
		if a != yes {
			continue
		}
		rule := s.Rules[i]
		d.Verdict, d.Rule, d.Evidence = rule.Then, rule.Name, spans
		if rule.Then == Exclude {
			d.Reason = rule.Reason
		}
		d.Why = "rule “" + rule.Name + "”"
		if q := quoteList(spans); q != "" {
			d.Why += ": " + q
		}
		return d
	}
	d.Why = "no rule applies"
	if unsure > 0 {
		d.Why = "no rule applies; the record lacks what " + count(unsure, "rule asks", "rules ask") + " for"
	}
	return d
}

// Human makes the decision of a person.
func Human(by, stage string, r *record.Record, v Verdict, reason string) Decision {
	return Decision{Stage: stage, RecordID: r.ID(), Key: r.Key, Verdict: v, Reason: reason, By: by}
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
