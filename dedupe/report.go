package dedupe

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Methods describes what was done in sentences for the methods section of a
// review, with the numbers that PRISMA 2020 asks for (items 8 and 16a).
func (res *Result) Methods() string {
	var b strings.Builder
	dup := len(res.Records) - res.Unique()
	fmt.Fprintf(&b, "%s compared for duplicates by identifiers, title, authors, year, journal, volume, issue, pages and abstract (deduplication rules version %d; records joined from a score of %v, doubtful pairs listed from %v). ",
		plural(len(res.Records), "record was", "records were"), res.Policy.Version, res.Policy.Join, res.Policy.Doubt)
	fmt.Fprintf(&b, "Of %s that shared a key, %s linked%s, forming %s. ", plural(res.Run.Candidates, "pair", "pairs"), plural(len(res.Links), "was", "were"), res.byRule(), plural(len(res.Groups), "group", "groups"))
	fmt.Fprintf(&b, "%s removed, leaving %s. ", plural(dup, "duplicate record was", "duplicate records were"), plural(res.Unique(), "unique record", "unique records"))
	fmt.Fprintf(&b, "%s left for a person to check, %s listed as related without being duplicates", plural(len(res.Doubtful), "doubtful pair was", "doubtful pairs were"), plural(len(res.Related), "pair was", "pairs were"))
	if n := len(res.Orders); n > 0 {
		fmt.Fprintf(&b, ", and %s decided by hand", plural(n, "pair was", "pairs were"))
	}
	b.WriteString(".")
	if len(res.Policy.Together) > 0 {
		kinds := make([]string, len(res.Policy.Together))
		for i, k := range res.Policy.Together {
			kinds[i] = k.String()
		}
		fmt.Fprintf(&b, " Counted as one work were: %s.", strings.Join(kinds, "; "))
	}
	if len(res.Policy.Rules) > 0 {
		names := make([]string, len(res.Policy.Rules))
		for i, r := range res.Policy.Rules {
			names[i] = r.Name
		}
		fmt.Fprintf(&b, " Comparisons of this review's own: %s.", strings.Join(names, "; "))
	}
	if n := len(res.Run.Capped); n > 0 {
		fmt.Fprintf(&b, " %s shared by more than %d records; within them only neighbouring records were compared.", plural(n, "key was", "keys were"), res.Policy.BlockCap)
	}
	return b.String()
}

// byRule says in brackets how many links each rule made.
func (res *Result) byRule() string {
	if len(res.Run.ByRule) == 0 {
		return ""
	}
	parts := make([]string, len(res.Run.ByRule))
	for i, c := range res.Run.ByRule {
		parts[i] = fmt.Sprintf("%s %d", c.Rule, c.Links)
		if c.Rule == "evidence" {
			parts[i] = fmt.Sprintf("all fields together %d", c.Links)
		}
	}
	return " (by rule: " + strings.Join(parts, ", ") + ")"
}

// plural writes a number with the word that goes with it.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// named is how JSON names a record.
type named struct {
	ID  record.ID `json:"id"`
	Key string    `json:"key,omitzero"`
}

func name(r *record.Record) named {
	if r == nil {
		return named{}
	}
	return named{r.ID(), r.Key}
}

func namesOf(records []*record.Record) []named {
	out := make([]named, len(records))
	for i, r := range records {
		out[i] = name(r)
	}
	return out
}

// MarshalJSON names the two records by ID and key.
func (l Link) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		A      named   `json:"a"`
		B      named   `json:"b"`
		Rule   string  `json:"rule"`
		Score  float64 `json:"score"`
		Why    string  `json:"why"`
		Levels []Level `json:"levels,omitempty"`
	}{name(l.A), name(l.B), l.Rule, l.Score, l.Why, l.Levels})
}

// MarshalJSON names the two records by ID and key.
func (x Related) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		A    named       `json:"a"`
		B    named       `json:"b"`
		Kind RelatedKind `json:"kind"`
		Why  string      `json:"why"`
	}{name(x.A), name(x.B), x.Kind, x.Why})
}

// MarshalJSON names the two records by ID and key.
func (o Order) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Verdict Verdict `json:"verdict"`
		A       named   `json:"a"`
		B       named   `json:"b"`
	}{o.Verdict, name(o.A), name(o.B)})
}

// MarshalJSON names the records by ID and key.
func (g Group) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Records []named `json:"records"`
		Links   []Link  `json:"links"`
	}{namesOf(g.Records), g.Links})
}

// MarshalJSON writes groups, doubtful and related pairs, orders, policy and
// counts; records are named by ID and key. The statistics are left out, they
// have a JSON form of their own.
func (res *Result) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Policy   Policy    `json:"policy"`
		Run      RunStats  `json:"run"`
		Unique   int       `json:"unique"`
		Groups   []Group   `json:"groups"`
		Doubtful []Link    `json:"doubtful"`
		Related  []Related `json:"related"`
		Orders   []Order   `json:"orders,omitempty"`
	}{res.Policy, res.Run, res.Unique(), res.Groups, res.Doubtful, res.Related, res.Orders})
}
