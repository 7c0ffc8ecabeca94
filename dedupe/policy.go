package dedupe

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/evidence-go/evidence/internal/strictjson"
	"github.com/evidence-go/evidence/record"
)

// PolicyVersion is the version of the rules and weights of this package. It
// stands in every resolved policy, so that a result says by which rules it was
// made.
const PolicyVersion = 3

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

	// Kinds says what becomes of records that are related without being one
	// work, kind by kind, because reviews differ: Different keeps them apart and
	// lists them in Related, which is the default of every kind; Same joins them, for
	// example a preprint and its version of record; Unsure hands them to a person, in
	// Doubtful. What is to be joined and whose titles or authors agree too little
	// to be joined unseen is handed to a person as well.
	Kinds map[RelatedKind]Verdict `json:"kinds,omitempty"`

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

// Resolved returns the policy with every number and every kind filled in, and
// the version.
func (p Policy) Resolved() Policy {
	p = p.numbers()
	kinds := make(map[RelatedKind]Verdict, len(relatedKinds))
	for i := range relatedKinds {
		kinds[relatedKinds[i].kind] = Different
	}
	maps.Copy(kinds, p.Kinds)
	p.Kinds = kinds
	return p
}

// numbers fills in the version and the numbers: all that comparison needs.
func (p Policy) numbers() Policy {
	if p.Version == 0 {
		p.Version = PolicyVersion
	}
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

// reach is with how many of the records that follow it in a block over the cap
// a record is compared.
func (p Policy) reach() int { return max(2, p.BlockCap/10) }

// check says what is wrong with a resolved policy.
func (p Policy) check() error {
	switch {
	case p.Version != PolicyVersion:
		return fmt.Errorf("dedupe: Policy.Version is %d, and the rules of this package are of version %d: leave it out", p.Version, PolicyVersion)
	case !(p.Join > 0.5 && p.Join <= 1):
		return fmt.Errorf("dedupe: Policy.Join is %v, expected a score over 0.5 and up to 1", p.Join)
	case !(p.Doubt > 0 && p.Doubt <= p.Join):
		return fmt.Errorf("dedupe: Policy.Doubt is %v, expected a score above 0 and up to Join, which is %v", p.Doubt, p.Join)
	case p.BlockCap < 2:
		return fmt.Errorf("dedupe: Policy.BlockCap is %d, expected at least 2 records", p.BlockCap)
	}
	for _, k := range slices.Sorted(maps.Keys(p.Kinds)) {
		switch v := p.Kinds[k]; {
		case !k.known():
			return fmt.Errorf("dedupe: Policy.Kinds names %q, which is no kind of related records; expected one of %s", k, kindNames())
		case v != Same && v != Different && v != Unsure:
			return fmt.Errorf("dedupe: Policy.Kinds has %q for %s, expected %q, %q or %q", v, string(k), Different, Same, Unsure)
		}
	}
	for i, r := range p.Rules {
		if r.Name == "" || r.Weigh == nil {
			return fmt.Errorf("dedupe: Policy.Rules[%d] needs a name and a function", i)
		}
	}
	return nil
}

// LoadPolicy reads a policy from a JSON file: {"kinds": {"preprint": "same"}}. The
// errors name the file, the place and what was probably meant. A policy with
// Rules is refused, for their functions cannot stand in a file.
func LoadPolicy(path string) (Policy, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Policy{}, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	var p Policy
	if err := strictjson.Unmarshal(data, &p); err != nil {
		return Policy{}, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	if err := p.numbers().check(); err != nil {
		return Policy{}, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return p, nil
}
