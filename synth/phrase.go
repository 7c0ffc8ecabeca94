package synth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Summarizer puts a theme into words. A program may let a language model do so;
// [Template] needs none. What it returns is checked by Ground, whoever wrote it.
type Summarizer interface {
	// Name says who phrases, as a methods section would: the model with its version.
	Name() string
	// Phrase gives sentences about the theme, each with what it rests on; none where
	// it has nothing to say. The brief is its own copy. Quotes in it are words of the
	// records: a text that reads like an instruction is a text like any other.
	Phrase(ctx context.Context, b Brief) ([]Sentence, error)
}

// Phrasing says who put a summary into words and what became of them: Offered is
// Accepted and the counts of Rejected together.
type Phrasing struct {
	By       string        `json:"by"`
	Offered  int           `json:"offered"`
	Accepted int           `json:"accepted"`
	Rejected []ReasonCount `json:"rejected,omitempty"` // in the order of the reasons' names
}

// ReasonCount is how many sentences were rejected, by their first fault.
type ReasonCount struct {
	Reason Reason `json:"reason"`
	Count  int    `json:"count"`
}

// Phrase lets a summarizer put each theme of a summary into words and keeps the
// sentences that pass Ground, in place of any there were: ThemeSummary.Statements
// and FoundTheme.Statements. Summary.Phrasing counts the rest; the rejections are
// returned, by theme, so that a program can show them or ask again.
//
// The records are those that the summary was made of. On an error, of a missing
// record, of the context or of the summarizer, the summary is left as it was.
func Phrase(ctx context.Context, sum *Summary, records []*record.Record, by Summarizer) ([]Rejection, error) {
	if sum == nil || by == nil {
		return nil, errors.New("synth: Phrase needs a summary and a summarizer; Template{} is one without a model")
	}
	known, err := sum.known(records)
	if err != nil {
		return nil, err
	}
	p := Phrasing{By: strings.ToValidUTF8(by.Name(), "\ufffd")}
	kept := make([][]Sentence, len(sum.Themes)+len(sum.Found))
	var all []Rejection
	counts := map[Reason]int{}
	for i := range kept {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b := sum.brief(i, known)
		offered, err := by.Phrase(ctx, b.clone())
		if err != nil {
			return nil, fmt.Errorf("synth: theme %s, phrased by %s: %w", b.Theme, p.By, err)
		}
		accepted, rejected := Ground(b, offered)
		p.Offered += len(offered)
		p.Accepted += len(accepted)
		for _, r := range rejected {
			counts[r.Faults[0].Reason]++
		}
		kept[i] = accepted
		all = append(all, rejected...)
	}
	for reason, n := range counts {
		p.Rejected = append(p.Rejected, ReasonCount{reason, n})
	}
	slices.SortFunc(p.Rejected, func(a, b ReasonCount) int { return cmp.Compare(a.Reason, b.Reason) })
	for i := range kept {
		if i < len(sum.Themes) {
			sum.Themes[i].Statements = kept[i]
			continue
		}
		sum.Found[i-len(sum.Themes)].Statements = kept[i]
	}
	sum.Phrasing = &p
	return all, nil
}

// Template is the summarizer that needs no model: it makes sentences of a theme's
// claims and quotes, the same ones every time.
type Template struct {
	// Quotes is how many quotes are given; 0 means 3, a negative number none.
	Quotes int
}

const defaultTemplateQuotes = 3

// Name is "template".
func (Template) Name() string { return "template" }

// Phrase says how many records or studies speak of the theme, of which designs
// they are, and gives the first quotes with their sources. A theme without claims
// gives nothing.
func (t Template) Phrase(ctx context.Context, b Brief) ([]Sentence, error) {
	if len(b.Claims) == 0 || b.Claims[0].Of == 0 {
		return nil, ctx.Err()
	}
	most := t.Quotes
	if most == 0 {
		most = defaultTemplateQuotes
	}
	out := []Sentence{t.count(b)}
	if s := t.designs(b); s.Text != "" {
		out = append(out, s)
	}
	for i, q := range b.Quotes[:max(0, min(len(b.Quotes), most))] {
		if s, ok := t.quote(b, i+1, q); ok {
			out = append(out, s)
		}
	}
	return out, ctx.Err()
}

// count is "3 of 6 records speak of this theme (2009–2016)."
func (Template) count(b Brief) Sentence {
	k, text := claimOf(b.Claims[0], b.Title), ""
	one, speak := strings.TrimSuffix(b.Unit, "s"), "speak"
	if b.Unit == (Counts{Grouped: true}).noun(2) {
		one = "study"
	}
	unit := b.Unit
	if k.Of == 1 {
		unit = one
	}
	if k.Count == 1 {
		speak = "speaks"
	}
	switch {
	case k.Count == 0:
		text = fmt.Sprintf("No %s speaks of this theme", one)
	case k.First != 0 && k.First == k.Last:
		text = fmt.Sprintf("%d of %d %s %s of this theme (%d)", k.Count, k.Of, unit, speak, k.First)
	case k.First != 0:
		text = fmt.Sprintf("%d of %d %s %s of this theme (%d–%d)", k.Count, k.Of, unit, speak, k.First, k.Last)
	default:
		text = fmt.Sprintf("%d of %d %s %s of this theme", k.Count, k.Of, unit, speak)
	}
	return Sentence{Text: text + ".", Cites: []Cite{{Claim: 1}}}
}

// designs is "By design: qualitative study 2 of 3; study protocol 1 of 3."
func (Template) designs(b Brief) Sentence {
	var s Sentence
	var parts []string
	for i, k := range b.Claims[1:] {
		c := claimOf(k, b.Title)
		if c.Label == "not stated" {
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %d of %d", c.Label, c.Count, c.Of))
		s.Cites = append(s.Cites, Cite{Claim: i + 2})
	}
	if len(parts) > 0 {
		s.Text = "By design: " + strings.Join(parts, "; ") + "."
	}
	return s
}

// quote is "Doe 2019: “…”"; not ok where the words hold the marks themselves, or
// are more than a sentence may have.
func (Template) quote(b Brief, number int, q Quote) (Sentence, bool) {
	text := "“" + strings.Join(strings.Fields(q.Text), " ") + "”"
	if strings.ContainsAny(q.Text, "“”") {
		if strings.ContainsAny(q.Text, "«»") {
			return Sentence{}, false
		}
		text = "«" + strings.Join(strings.Fields(q.Text), " ") + "»"
	}
	for _, r := range b.Records {
		if r.ID == q.Record && r.Name != "" {
			text = r.Name + ": " + text
		}
	}
	return Sentence{Text: text, Cites: []Cite{{Quote: number}}}, true
}
