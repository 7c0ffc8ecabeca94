package screen

import (
	"errors"
	"fmt"
	"slices"
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
	By       string        `json:"by,omitzero"`        // who: ByRule, ByStage, or a person's name or initials
	Arbiter  bool          `json:"arbiter,omitzero"`   // the person settles what others disagree on
	Note     string        `json:"note,omitzero"`
	Date     string        `json:"date,omitzero"`     // ISO 8601, as the person's file gives it
	Protocol string        `json:"protocol,omitzero"` // Plan.Hash at the time
}

// Pair is what two persons decided about one record, in the form that the
// figures of package agreement take: Unit is the record's ID.
type Pair = agreement.Pair

// The By of decisions that no person made.
const (
	ByRule  = "rule"  // a rule decided, or no rule applies
	ByStage = "stage" // no rule applies, and the stage says what becomes of undecided records
)

// ByPerson tells whether a person made the decision.
func (d Decision) ByPerson() bool { return d.By != ByRule && d.By != ByStage }

// Settled tells whether the decision keeps or leaves out the record.
func (d Decision) Settled() bool { return d.Verdict == Include || d.Verdict == Exclude }

// Decide asks the rules of a stage about a record. The first rule whose
// condition holds decides; where none does the verdict is Undecided, whatever
// the stage says is to become of such records: that is for Settle, when the
// persons have spoken. A stage that the protocol does not have, or no record at
// all, gives Undecided with a Why that says so.
func (p *Plan) Decide(stage string, r *record.Record) Decision {
	if r == nil {
		return Decision{Stage: stage, By: ByRule, Protocol: p.hash, Why: "there is no record"}
	}
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

// Human makes the decision of a person. Without a record it is one that
// Plan.CheckDecision refuses.
func Human(by, stage string, r *record.Record, v Verdict, reason string) Decision {
	if r == nil {
		return Decision{Stage: stage, Verdict: v, Reason: reason, By: by}
	}
	return Decision{Stage: stage, RecordID: r.ID(), Key: r.Key, Verdict: v, Reason: reason, By: by}
}

// verdicts are the words of a decision that is not Undecided.
var verdicts = []string{string(Include), string(Exclude), string(Unsure)}

// CheckDecision tells whether a decision can stand under the protocol: it names a
// record and a stage, its verdict is one of the four, and its reason, where it has
// one, is defined. The error says what was probably meant.
func (p *Plan) CheckDecision(d Decision) error {
	if d.RecordID == "" {
		return errors.New("the decision names no record")
	}
	if err := p.checkStage(d.Stage); err != nil {
		return err
	}
	if v := string(d.Verdict); v != "" && !slices.Contains(verdicts, v) {
		return fmt.Errorf("%q is not a verdict%s", v, strictjson.DidYouMean(v, verdicts))
	}
	return p.checkReason(d.Reason)
}

func (p *Plan) checkStage(name string) error {
	if _, ok := p.stage(name); !ok {
		return fmt.Errorf("the protocol has no stage %q%s", name, strictjson.DidYouMean(name, p.Stages()))
	}
	return nil
}

// checkReason passes a reason that the protocol defines, and none.
func (p *Plan) checkReason(code string) error {
	var known []string
	for _, r := range p.protocol.Reasons {
		known = append(known, r.Code)
	}
	if code == "" || slices.Contains(known, code) {
		return nil
	}
	return fmt.Errorf("reason %q is not defined in the protocol%s", code, strictjson.DidYouMean(code, known))
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
