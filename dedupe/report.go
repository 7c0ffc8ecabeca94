package dedupe

import (
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/internal/words"
)

// Methods describes what was done in sentences for the methods section of a
// review, with the numbers that PRISMA 2020 asks for (items 8 and 16a).
func (res *Result) Methods() string {
	var b strings.Builder
	dup := len(res.Records) - res.Unique()
	fmt.Fprintf(&b, "%s compared for duplicates by identifiers, title, authors, year, journal, volume, issue, pages and abstract (deduplication rules version %d; records joined from a score of %v, doubtful pairs listed from %v). ",
		words.Count(len(res.Records), "record was", "records were"), res.Policy.Version, res.Policy.Join, res.Policy.Doubt)
	fmt.Fprintf(&b, "Of %s that shared a key, %s linked%s, forming %s. ", words.Count(res.Run.Candidates, "pair", "pairs"), words.Count(len(res.Links), "was", "were"), res.byRule(), words.Count(len(res.Groups), "group", "groups"))
	fmt.Fprintf(&b, "%s removed, leaving %s. ", words.Count(dup, "duplicate record was", "duplicate records were"), words.Count(res.Unique(), "unique record", "unique records"))
	fmt.Fprintf(&b, "%s left for a person to check, %s listed as related without being duplicates", words.Count(len(res.Doubtful), "doubtful pair was", "doubtful pairs were"), words.Count(len(res.Related), "pair was", "pairs were"))
	if n := len(res.Orders); n > 0 {
		fmt.Fprintf(&b, ", and %s decided by hand", words.Count(n, "pair was", "pairs were"))
	}
	b.WriteString(".")
	if kinds := res.Policy.kindsAs(Same); kinds != "" {
		fmt.Fprintf(&b, " Counted as one work were: %s.", kinds)
	}
	if kinds := res.Policy.kindsAs(Unsure); kinds != "" {
		fmt.Fprintf(&b, " Handed to a person were: %s.", kinds)
	}
	if len(res.Policy.Rules) > 0 {
		names := make([]string, len(res.Policy.Rules))
		for i, r := range res.Policy.Rules {
			names[i] = r.Name
		}
		fmt.Fprintf(&b, " Comparisons of this review's own: %s.", strings.Join(names, "; "))
	}
	if n := len(res.Run.Capped); n > 0 {
		fmt.Fprintf(&b, " %s shared by more than %d records; within them only neighbouring records were compared.", words.Count(n, "key was", "keys were"), res.Policy.BlockCap)
	}
	if res.Run.Stopped {
		b.WriteString(" The run was stopped before all pairs were compared, so that duplicates may be missing.")
	}
	if len(res.Run.Warnings) > 0 {
		fmt.Fprintf(&b, " Fields that could not be trusted: %s.", strings.Join(res.Run.Warnings, "; "))
	}
	return b.String()
}

// kindsAs lists in words the kinds of related records that are treated so.
func (p Policy) kindsAs(v Verdict) string {
	var out []string
	for i := range relatedKinds {
		if k := relatedKinds[i].kind; p.Kinds[k] == v {
			out = append(out, k.String())
		}
	}
	return strings.Join(out, "; ")
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
