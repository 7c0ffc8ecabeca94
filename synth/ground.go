package synth

import (
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/internal/grounding"
	"github.com/evidence-go/evidence/internal/numeral"
	"github.com/evidence-go/evidence/record"
)

// Sentence is a statement about a theme in words, with what it rests on.
type Sentence struct {
	Text  string `json:"text"` // one sentence, at most 1,000 bytes, no line break in it
	Cites []Cite `json:"cites"`
}

// Cite points at one thing that a sentence rests on; one of the three is filled.
type Cite struct {
	Claim  int       `json:"claim,omitzero"`  // number among the theme's claims, from 1
	Quote  int       `json:"quote,omitzero"`  // number among the theme's evidence, from 1
	Record record.ID `json:"record,omitzero"` // a record of the theme, for a quotation that is not among the evidence
}

// Reason is why a sentence was rejected.
type Reason string

// The reasons. docs/grounding.md says what each looks at, and what none sees.
const (
	CitesNothing    Reason = "cites-nothing"
	UnknownCitation Reason = "unknown-citation" // a claim or quote that does not exist, a record outside the theme
	NotPlainText    Reason = "not-plain-text"   // too long, several lines, characters that nobody sees
	NotQuoted       Reason = "not-quoted"       // words between quotation marks that stand in no cited record
	WrongName       Reason = "name"             // an author with a year, a key, a link of no cited record
	WrongNumber     Reason = "number"           // follows from no claim, no cited quote, no count of what is cited
	WrongFinding    Reason = "finding"          // a "not" dropped or added, "more" for "less"
	Unsupported     Reason = "unsupported"      // hardly a word of what it cites; claims alone, and no count
	Repeated        Reason = "repeated"         // the theme has this sentence already
	TooMany         Reason = "too-many"         // after the hundredth of a theme, or citing more than 1,000 things
)

// Fault is one thing about a sentence that does not follow from what it cites.
type Fault struct {
	Reason Reason `json:"reason"`
	Start  int    `json:"start"` // bytes of the sentence; the whole where no part is to blame
	End    int    `json:"end"`
	What   string `json:"what"` // in words, for whoever writes the next version
}

// Rejection is a sentence that was not accepted, and why: every fault that could
// be told, the first of which it is counted under.
type Rejection struct {
	Theme    string   `json:"theme"`
	Sentence Sentence `json:"sentence"`
	Faults   []Fault  `json:"faults"`
}

// mostSentences is how many sentences of a theme are read.
const mostSentences = 100

// mostCites is how many things a sentence may cite; a claim stands for more.
const mostCites = 1000

// Ground tells the sentences about a theme that follow from what they cite from
// those that do not. Nothing about a sentence is taken on trust: a sentence is
// rejected that cites nothing, or something that the theme does not have; that
// quotes, between quotation marks of any kind, what does not stand in a cited
// record byte for byte but for white space and the form of quotation marks; that
// states a number, in digits or words, which is neither in a claim nor in a cited
// quote nor a count of cited records; that names a source it does not cite; or
// that denies what its quotes affirm, as far as that can be told from words.
//
// The order is kept. No sentences give nothing. What the check cannot see (a
// paraphrase with another meaning, above all) is listed in docs/grounding.md.
func Ground(b Brief, sentences []Sentence) (accepted []Sentence, rejected []Rejection) {
	g := newGrounder(b)
	said := map[string]bool{}
	for i, s := range sentences {
		if i >= mostSentences {
			rejected = append(rejected, Rejection{b.Theme, s, []Fault{{TooMany, 0, len(s.Text), fmt.Sprintf("a theme has at most %d sentences", mostSentences)}}})
			continue
		}
		s.Cites = distinctCites(s.Cites)
		faults := g.faults(s)
		key := strings.Join(strings.Fields(s.Text), " ")
		if len(faults) == 0 && said[key] {
			faults = []Fault{{Repeated, 0, len(s.Text), "the theme has this sentence already"}}
		}
		if len(faults) > 0 {
			rejected = append(rejected, Rejection{b.Theme, s, faults})
			continue
		}
		said[key] = true
		accepted = append(accepted, s)
	}
	return accepted, rejected
}

// distinctCites keeps the first of equal citations.
func distinctCites(cites []Cite) []Cite {
	seen := make(map[Cite]bool, len(cites))
	var out []Cite
	for _, c := range cites {
		if !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	return out
}

// grounder holds what sentences about one theme are checked against.
type grounder struct {
	brief   Brief
	byID    map[record.ID]*BriefRecord
	studies bool
	claims  []grounding.Claim
	whole   grounding.Tally
}

func newGrounder(b Brief) *grounder {
	g := &grounder{brief: b, byID: map[record.ID]*BriefRecord{}, studies: b.Unit == Counts{Grouped: true}.noun(2)}
	studies := map[string]bool{}
	for i := range b.Records {
		g.byID[b.Records[i].ID] = &b.Records[i]
		studies[b.Records[i].Study] = true
	}
	g.whole = grounding.Tally{Records: len(g.byID), Studies: len(studies)}
	for _, k := range b.Claims {
		g.claims = append(g.claims, claimOf(k, b.Title))
	}
	return g
}

// claimOf takes a claim's sentence apart: "Pay, cohort study: 2 of 3 records
// (2009–2012)".
func claimOf(k Claim, title string) grounding.Claim {
	out := grounding.Claim{Count: k.Count, Of: k.Of, Records: len(k.Records)}
	label := k.Text
	if i := strings.LastIndex(label, fmt.Sprintf(": %d of %d ", k.Count, k.Of)); i >= 0 {
		label = label[:i]
	}
	out.Label = strings.TrimPrefix(strings.TrimPrefix(label, title), ", ")
	if i := strings.LastIndexByte(k.Text, '('); i >= 0 {
		for _, n := range numeral.In(k.Text[i:]) {
			out.First, out.Last = int(n.Value), int(n.Value)
			if n.To != "" {
				out.Last = int(n.ToValue)
			}
		}
	}
	return out
}

func (g *grounder) faults(s Sentence) []Fault {
	whole := func(r Reason, format string, args ...any) Fault {
		return Fault{r, 0, len(s.Text), fmt.Sprintf(format, args...)}
	}
	if len(s.Cites) == 0 {
		return []Fault{whole(CitesNothing, "a sentence cites the claims, quotes or records that it rests on")}
	}
	if len(s.Cites) > mostCites {
		return []Fault{whole(TooMany, "%d citations; a sentence has at most %d, and a claim stands for all its records", len(s.Cites), mostCites)}
	}
	var out []Fault
	ev := grounding.Evidence{Theme: g.brief.Title + ". " + g.brief.Definition, Claims: g.claims, Studies: g.studies, Whole: g.whole}
	var cited []record.ID
	seen := map[record.ID]bool{"": true}
	for _, c := range s.Cites {
		id, problem := g.resolve(c, &ev)
		if problem != "" {
			out = append(out, whole(UnknownCitation, "%s", problem))
			continue
		}
		if !seen[id] {
			seen[id] = true
			cited = append(cited, id)
		}
	}
	g.cite(cited, &ev)
	for _, f := range grounding.Check(s.Text, ev) {
		out = append(out, Fault{Reason(f.Reason), f.Start, f.End, f.What})
	}
	return out
}

// resolve looks a citation up and gives the record it is of; "" for a claim, or a
// problem in words.
func (g *grounder) resolve(c Cite, ev *grounding.Evidence) (id record.ID, problem string) {
	b := g.brief
	switch {
	case c.Claim != 0 && c.Quote == 0 && c.Record == "":
		if c.Claim < 1 || c.Claim > len(b.Claims) {
			return "", fmt.Sprintf("claim %d: the theme has %d", c.Claim, len(b.Claims))
		}
		return "", ""
	case c.Quote != 0 && c.Claim == 0 && c.Record == "":
		if c.Quote < 1 || c.Quote > len(b.Quotes) {
			return "", fmt.Sprintf("quote %d: the theme has %d", c.Quote, len(b.Quotes))
		}
		ev.Quotes = append(ev.Quotes, b.Quotes[c.Quote-1].Text)
		ev.Numbers = append(ev.Numbers, c.Quote)
		return b.Quotes[c.Quote-1].Record, ""
	case c.Record != "" && c.Claim == 0 && c.Quote == 0:
		if g.byID[c.Record] == nil {
			return "", fmt.Sprintf("record %s does not belong to the theme", c.Record)
		}
		return c.Record, ""
	}
	return "", "a citation names one claim, one quote or one record"
}

// cite adds the cited records to the evidence.
func (g *grounder) cite(ids []record.ID, ev *grounding.Evidence) {
	studies := map[string]bool{}
	for _, id := range ids {
		r := g.byID[id]
		if r == nil { // a quote of a record that the brief was not given
			continue
		}
		studies[r.Study] = true
		ev.Cited.Records++
		ev.Sources = append(ev.Sources, grounding.Source{
			Texts: append([]string{r.Title, r.Abstract}, r.Keywords...), Authors: r.Authors, Year: r.Year, Names: append([]string{string(r.ID)}, r.Names...),
		})
	}
	ev.Cited.Studies = len(studies)
}
