package synth

import (
	"context"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/cluster"
	"github.com/evidence-go/evidence/internal/token"
	"github.com/evidence-go/evidence/record"
)

// discover looks for groups of a like subject among the English texts. Texts
// that are the same, reports of one study, and records of one title count as one
// for finding a group, and all belong to it.
func (s *Summary) discover(ctx context.Context, all []source, col collected, c *counter) error {
	v := newVocabulary()
	docs := v.documents(all)
	if len(docs) < s.Options.FoundFrom {
		s.Notes = append(s.Notes, fmt.Sprintf("further themes were not looked for: "+
			"%d different English texts, and from %d on they can be told apart", len(docs), s.Options.FoundFrom))
		return ctx.Err()
	}
	e := s.edits(docs, all)
	res, err := cluster.Find(ctx, v.texts(docs), cluster.Options{MinSize: max(3, int(math.Sqrt(float64(len(docs)))/3)),
		Groups: s.Options.FoundThemes, Together: e})
	if err != nil {
		return err
	}
	labels := v.labels(docs, col, res.Groups)
	left := res.LeftOut
	at := make([]int, len(res.Groups)) // of each group its place in Found, -1 for none
	for gi, g := range res.Groups {
		at[gi] = -1
		if len(labels[gi].phrases) == 0 { // texts that share no phrase of their own share no theme a person would name
			left += len(g.Docs)
			continue
		}
		at[gi] = len(s.Found)
		s.Found = append(s.Found, s.foundTheme(g, res.Fit, labels[gi], e.title(s.Options.FoundEdits, gi, res), docs, all, c, v))
	}
	s.FoundTree = foundTree(res.Tree, at, len(s.Found))
	s.LeftOver = leftOver(res, at, docs, all)
	s.Notes = append(s.Notes, fmt.Sprintf("further themes were looked for among "+
		"%d different English texts: %d found, %d texts in none of them", len(docs), len(s.Found), left))
	s.noteEdits(e, res)
	return nil
}

// foundTheme writes one group down.
func (s *Summary) foundTheme(
	g cluster.Group, fit []float64, l groupLabel, title string, docs []document, all []source, c *counter, v *vocabulary,
) FoundTheme {
	f := FoundTheme{Title: title, Label: l.label, Phrases: l.phrases, Terms: l.terms,
		Cohesion: round4(g.Cohesion), Apart: round4(g.Apart), Stability: round4(g.Stability)}
	var units []int
	for _, d := range g.Docs {
		for _, i := range docs[d].sources {
			f.Records = append(f.Records, all[i].id)
			units = append(units, c.of[i])
		}
	}
	slices.Sort(units)
	units = slices.Compact(units)
	for _, ui := range units {
		f.Studies = append(f.Studies, c.units[ui].id)
	}
	f.Years = c.yearCounts(units)
	f.Unlike = unlike(g, fit, docs, all)
	f.Claims = []Claim{c.claim(f.Name(), units, len(c.units), f.Records)}
	f.Evidence = s.foundEvidence(g, fit, docs, all, v)
	return f
}

// round4 keeps four decimals: what comes behind them says nothing.
func round4(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// foundEvidence quotes the sentences with most of the group's telling words, of
// the records that fit best.
func (s *Summary) foundEvidence(g cluster.Group, fit []float64, docs []document, all []source, v *vocabulary) []Quote {
	most := s.Options.EvidencePerTheme
	if most <= 0 {
		return nil
	}
	weight := map[uint32]float64{}
	for _, t := range g.Terms {
		weight[v.number[t.Term]] = math.Sqrt(t.Weight * float64(t.Docs) / float64(len(g.Docs)))
	}
	var found []candidate
	for _, d := range g.Docs[:min(len(g.Docs), 4*most)] {
		for _, i := range docs[d].sources[:min(len(docs[d].sources), most)] {
			for pi, p := range all[i].texts {
				if p.field != record.FieldAbstract {
					continue
				}
				for si, sent := range p.sentences {
					if c, ok := v.candidate(i, pi, si, sent.Token, p.text, weight); ok {
						c.score *= all[i].worth(pi, si) * fit[d]
						found = append(found, c)
					}
				}
			}
		}
	}
	return quotes(found, most, all)
}

// candidate weighs a sentence by the different telling words in it, against its
// length: a long one holds some of everything.
func (v *vocabulary) candidate(i, pi, si int, sent token.Token, text string, weight map[uint32]float64) (candidate, bool) {
	c := candidate{source: i, passage: pi, sentence: si, at: -1}
	body := sent.Of(text)
	if !utf8.ValidString(body) {
		return c, false
	}
	seen := map[uint32]bool{}
	words := token.Words(body)
	for _, tk := range words {
		word := tk.Of(body)
		n := v.id(word)
		if weight[n] == 0 || seen[n] {
			continue
		}
		seen[n] = true
		c.score += weight[n]
		c.terms = append(c.terms, word)
		if c.at < 0 {
			c.at = sent.Start + tk.Start
		}
	}
	c.score /= math.Sqrt(float64(10 + len(words)))
	return c, len(c.terms) > 1
}
