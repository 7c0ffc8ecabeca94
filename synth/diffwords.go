package synth

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/words"
	"github.com/evidence-go/evidence/record"
)

// String says the changes in words, one a line, for a person or a change log;
// what belongs to a line stands indented below it. Themes of which only the number
// that they are out of differs are counted on one line. Nothing changed gives "no
// change".
func (c Changes) String() string {
	if c.Empty() {
		return "no change\n"
	}
	var b strings.Builder
	c.writeRecords(&b)
	for _, n := range c.Counts {
		fmt.Fprintf(&b, "%s: %d → %d\n", strings.ReplaceAll(n.Name, "_", " "), n.Before, n.After)
	}
	same := 0
	for _, t := range c.Themes {
		if t.onlyTotals() {
			same++
			continue
		}
		t.write(&b)
	}
	if same > 0 {
		fmt.Fprintf(&b, "%s: the same count, out of another number\n", words.Count(same, "further theme", "further themes"))
	}
	for _, f := range c.Found {
		f.write(&b)
	}
	if len(c.Other) > 0 {
		fmt.Fprintf(&b, "also changed: %s\n", words.List(c.Other))
	}
	return b.String()
}

func (c Changes) writeRecords(b *strings.Builder) {
	for _, part := range []struct {
		list []RecordRef
		what string
	}{{c.Added, "added"}, {c.Gone, "gone"}} {
		if len(part.list) == 0 {
			continue
		}
		fmt.Fprintf(b, "%s %s\n", words.Count(len(part.list), "record", "records"), part.what)
		for _, r := range part.list {
			fmt.Fprintf(b, "  %s\n", r)
		}
	}
	for _, r := range c.Recoded {
		var parts []string
		for _, g := range r.Gone {
			parts = append(parts, "no longer "+g)
		}
		for _, a := range r.Added {
			parts = append(parts, "now "+a)
		}
		fmt.Fprintf(b, "%s: %s %s\n", titleOr(r.Title, r.Record), r.What, strings.Join(parts, ", "))
	}
}

// String is "Wages in the voluntary sector (2016)".
func (r RecordRef) String() string {
	if r.Year == 0 {
		return titleOr(r.Title, r.ID)
	}
	return fmt.Sprintf("%s (%d)", titleOr(r.Title, r.ID), r.Year)
}

func titleOr(title string, id record.ID) string {
	if title == "" {
		return string(id)
	}
	return record.Cut(title)
}

// onlyTotals holds for a theme of which nothing differs but the number that its
// claims are out of.
func (t ThemeChange) onlyTotals() bool {
	claims := t.Claims
	t.Contents.Claims = nil
	return t.Fate == Continued && t.Before == t.After && reflect.DeepEqual(t.Contents, Contents{}) &&
		!slices.ContainsFunc(claims, func(k ClaimChange) bool { return !k.OnlyTotal })
}

func (t ThemeChange) write(b *strings.Builder) {
	switch name := fmt.Sprintf("%s %s", t.Axis, label(t.Title, t.Name)); t.Fate {
	case NewTheme:
		fmt.Fprintf(b, "%s: new, with %d\n", name, t.After)
	case GoneTheme:
		fmt.Fprintf(b, "%s: gone, with %d\n", name, t.Before)
	default:
		if t.Before != t.After {
			fmt.Fprintf(b, "%s: %d → %d\n", name, t.Before, t.After)
		} else {
			fmt.Fprintf(b, "%s: %d as before\n", name, t.After)
		}
		t.Contents.write(b)
	}
}

func (f FoundChange) write(b *strings.Builder) {
	before, after := refs(f.Before), refs(f.After)
	switch f.Fate {
	case NewTheme:
		fmt.Fprintf(b, "found theme %s: new\n", after)
	case GoneTheme:
		fmt.Fprintf(b, "found theme %s: gone\n", before)
	case Merged:
		fmt.Fprintf(b, "found themes %s: merged into %s (Jaccard %.2f)\n", before, after, f.Jaccard)
	case Split:
		fmt.Fprintf(b, "found theme %s: split into %s (Jaccard %.2f)\n", before, after, f.Jaccard)
	case Regrouped:
		fmt.Fprintf(b, "found themes %s: regrouped into %s (Jaccard %.2f)\n", before, after, f.Jaccard)
	default:
		fmt.Fprintf(b, "found theme %s: continued", before)
		if f.Before[0].Label != f.After[0].Label || f.Before[0].Records != f.After[0].Records {
			fmt.Fprintf(b, " as %s", after)
		}
		fmt.Fprintf(b, " (Jaccard %.2f)\n", f.Jaccard)
		f.Contents.write(b)
	}
}

// refs is “hearing loss” (12 records) and the like.
func refs(list []FoundRef) string {
	var out []string
	for _, r := range list {
		out = append(out, fmt.Sprintf("“%s” (%s)", r.Label, words.Count(r.Records, "record", "records")))
	}
	return words.List(out)
}

func (c Contents) write(b *strings.Builder) {
	var parts []string
	add := func(n int, one, many, what string) {
		if n > 0 {
			parts = append(parts, words.Count(n, one, many)+" "+what)
		}
	}
	add(len(c.Added), "record", "records", "added")
	add(len(c.Gone), "record", "records", "gone")
	add(len(c.NewQuotes), "quote", "quotes", "new")
	add(len(c.GoneQuotes), "quote", "quotes", "gone")
	add(len(c.NewStatements), "statement", "statements", "new")
	add(len(c.GoneStatements), "statement", "statements", "gone")
	if len(parts) > 0 {
		fmt.Fprintf(b, "  %s\n", strings.Join(parts, ", "))
	}
	for _, k := range c.Claims {
		switch {
		case k.OnlyTotal:
		case k.Before == "":
			fmt.Fprintf(b, "  new claim: %s\n", k.After)
		case k.After == "":
			fmt.Fprintf(b, "  no longer claimed: %s\n", k.Before)
		default:
			fmt.Fprintf(b, "  %s (was %s)\n", k.After, k.Before)
		}
	}
	if len(c.Other) > 0 {
		fmt.Fprintf(b, "  also changed: %s\n", words.List(c.Other))
	}
}
