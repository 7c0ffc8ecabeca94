package dedupe

import (
	"fmt"

	"github.com/evidence-go/evidence/record"
)

// PolicyVersion is the version of the rules and weights of this package. It
// stands in every resolved policy, so that a result says by which rules it was
// made.
const PolicyVersion = 1

// Policy says how sure the comparison must be. The zero value is the
// recommended policy; Resolved shows its numbers.
type Policy struct {
	Version int `json:"version,omitzero"` // of the rules, PolicyVersion in a resolved policy

	// Join is the score from which two records count as one work, over 0.5
	// and up to 1. The default is 0.95.
	Join float64 `json:"join,omitzero"`

	// Doubt is the score from which a pair that is not joined is listed in
	// Doubtful, above 0 and at most Join. The default is 0.25.
	Doubt float64 `json:"doubt,omitzero"`

	// BlockCap is the most records that may share a key and still all be
	// compared with one another. In a larger block each record is compared only
	// with its next neighbours in the order of their titles, and
	// RunStats.Capped says so. The default is 100.
	BlockCap int `json:"block_cap,omitzero"`

	// Together lists kinds of related records that this review counts as one
	// work all the same, for example a preprint and its version of record.
	// None by default. Only records whose titles and authors agree are joined.
	Together []RelatedKind `json:"together,omitempty"`

	// Rules are the caller's own comparisons, added to those of the package.
	Rules []Rule `json:"rules,omitempty"`
}

// Rule is a comparison that a caller adds to a Policy. Its function is not part
// of the JSON form: a result records it by name.
type Rule struct {
	Name string `json:"name"`

	// Weigh compares two records and returns evidence that they are one
	// work, in bits: positive for, negative against, 0 for neither; 3 makes it
	// eight times as likely as before. The words say what was seen. It must be
	// pure, symmetric and safe for concurrent use.
	Weigh func(a, b *record.Record) (bits float64, words string) `json:"-"`
}

// Resolved returns the policy with every number filled in, and the version.
func (p Policy) Resolved() Policy {
	p.Version = PolicyVersion
	if p.Join == 0 {
		p.Join = 0.95
	}
	if p.Doubt == 0 {
		p.Doubt = min(0.25, p.Join)
	}
	if p.BlockCap == 0 {
		p.BlockCap = 100
	}
	return p
}

// check says what is wrong with a resolved policy.
func (p Policy) check() error {
	switch {
	case !(p.Join > 0.5 && p.Join <= 1):
		return fmt.Errorf("dedupe: Policy.Join is %v, expected a score over 0.5 and up to 1", p.Join)
	case !(p.Doubt > 0 && p.Doubt <= p.Join):
		return fmt.Errorf("dedupe: Policy.Doubt is %v, expected a score above 0 and up to Join, which is %v", p.Doubt, p.Join)
	case p.BlockCap < 2:
		return fmt.Errorf("dedupe: Policy.BlockCap is %d, expected at least 2 records", p.BlockCap)
	}
	for _, k := range p.Together {
		if !k.known() {
			return fmt.Errorf("dedupe: Policy.Together names %q, which is no kind of related records", k)
		}
	}
	for i, r := range p.Rules {
		if r.Name == "" || r.Weigh == nil {
			return fmt.Errorf("dedupe: Policy.Rules[%d] needs a name and a function", i)
		}
	}
	return nil
}
