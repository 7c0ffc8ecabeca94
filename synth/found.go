package synth

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/cluster"
	"github.com/evidence-go/evidence/internal/fold"
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
	lists := make([][]string, len(docs))
	for i := range docs {
		lists[i] = v.terms(docs[i].stems)
	}
	e := s.edits(docs, all)
	res, err := cluster.Find(ctx, lists, cluster.Options{MinSize: max(3, int(math.Sqrt(float64(len(docs)))/3)),
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

// documents reads the English sources that have words.
func (v *vocabulary) documents(all []source) []document {
	var docs []document
	same := map[string]int{} // by text, title or study: the document
	for i := range all {
		if !all[i].english {
			continue
		}
		d := v.read(&all[i])
		d.longest = i
		if len(d.stems) == 0 {
			continue
		}
		names := d.names(&all[i])
		at := -1
		for _, name := range names {
			if k, ok := same[name]; ok && (at < 0 || k < at) {
				at = k
			}
		}
		if at < 0 {
			at = len(docs)
			docs = append(docs, d)
		} else if before := docs[at]; len(d.stems) > len(before.stems) {
			d.sources = before.sources // the longest text speaks for all
			docs[at] = d
		}
		docs[at].sources = append(docs[at].sources, i)
		for _, name := range names {
			same[name] = at
		}
	}
	return docs
}

// ownTitle is the number of words from which a title is taken for one work's.
const ownTitle = 4

// names are what a document shares with those that say the same.
func (d *document) names(s *source) []string {
	out := []string{"text " + d.key()}
	if s.study != string(s.id) {
		out = append(out, "study "+s.study)
	}
	if title := fold.Key(s.rec.Title); strings.Count(title, " ")+1 >= ownTitle {
		out = append(out, "title "+title)
	}
	return out
}

// document is what the search for themes sees of a text.
type document struct {
	sources []int      // those with this text
	longest int        // of them, in words
	stems   []uint32   // of title, twice, and abstract; without function words
	words   []spelling // those that have a stem, title once
}

// spelling is a word as it stands, and its stem.
type spelling struct {
	stem uint32
	word string
}

// gap is the stem of a word that names no subject.
const gap = 0

// vocabulary numbers stems, after gap.
type vocabulary struct {
	number map[string]uint32
	stem   []string
	cache  map[string]uint32 // by word
}

func newVocabulary() *vocabulary {
	return &vocabulary{number: map[string]uint32{}, stem: []string{""}, cache: map[string]uint32{}}
}

// id is the number of a word's stem, gap for one that names no subject.
func (v *vocabulary) id(word string) uint32 {
	if n, ok := v.cache[word]; ok {
		return n
	}
	key := fold.Key(word)
	n := uint32(gap)
	if utf8.RuneCountInString(key) > 2 && !token.Stop(strings.ToLower(word)) && !token.Stop(key) && !manner[key] &&
		strings.IndexFunc(key, unicode.IsLetter) >= 0 {
		stem := token.Stem(key)
		var ok bool
		if n, ok = v.number[stem]; !ok {
			n = uint32(len(v.stem))
			v.stem = append(v.stem, stem)
			v.number[stem] = n
		}
	}
	v.cache[word] = n
	return n
}

// manner are words of research reports that say how something was studied, not
// what; designs are an axis of their own.
var manner = map[string]bool{
	"study": true, "studies": true, "background": true, "objective": true, "objectives": true, "aim": true,
	"aims": true, "purpose": true, "method": true, "methods": true, "result": true, "results": true,
	"conclusion": true, "conclusions": true, "finding": true, "findings": true, "significant": true,
	"significantly": true, "using": true, "used": true, "use": true, "compared": true, "versus": true,
	"however": true, "among": true, "including": true, "included": true, "found": true, "showed": true,
	"shown": true, "conducted": true, "performed": true, "reported": true, "based": true, "paper": true,
	"article": true, "respectively": true, "total": true, "mean": true, "median": true, "percent": true,
	"confidence": true, "interval": true, "ratio": true, "data": true, "analysis": true, "research": true,
	"trial": true, "trials": true, "randomised": true, "randomized": true, "randomly": true, "controlled": true,
	"blind": true, "double": true, "placebo": true, "outcome": true, "outcomes": true, "primary": true,
	"secondary": true, "systematic": true, "review": true, "reviews": true, "meta": true, "literature": true,
	"database": true, "databases": true, "searched": true, "participants": true, "group": true, "groups": true,
	"effect": true, "effects": true, "baseline": true, "follow": true, "weeks": true, "months": true,
	"years": true, "year": true, "survey": true, "interviews": true, "interviewed": true, "qualitative": true,
	"cohort": true, "cross": true, "sectional": true, "first": true, "second": true, "two": true, "three": true,
	"four": true, "five": true, "six": true, "seven": true, "eight": true, "nine": true, "ten": true,
	"eleven": true, "twelve": true, "author": true, "authors": true, "copyright": true, "rights": true,
	"reserved": true, "elsevier": true, "wiley": true, "springer": true, "ltd": true, "inc": true,
}

// read takes a source's title and abstract apart.
func (v *vocabulary) read(s *source) document {
	var d document
	for _, p := range s.texts {
		if p.field == record.FieldKeywords {
			continue
		}
		for _, sent := range p.sentences {
			v.sentence(&d, sent.Of(p.text))
		}
		if p.field == record.FieldTitle {
			d.stems = append(d.stems, d.stems...)
		}
	}
	return d
}

func (v *vocabulary) sentence(d *document, text string) {
	if foreign(text) {
		return
	}
	for _, tk := range token.Words(text) {
		word := tk.Of(text)
		if n := v.id(word); n != gap {
			d.stems = append(d.stems, n)
			d.words = append(d.words, spelling{n, word})
		}
	}
}

// foreign tells whether a sentence is in another language than English: an
// abstract may be followed by its translation. Function words are four in ten of
// the words of English running text, and hardly any in another language's.
func foreign(text string) bool {
	const enough, leastShare = 12, 0.12
	words, function := 0, 0
	for _, tk := range token.Words(text) {
		words++
		if token.Stop(strings.ToLower(tk.Of(text))) {
			function++
		}
	}
	return words >= enough && float64(function) < leastShare*float64(words)
}

func (d *document) key() string {
	var b strings.Builder
	for _, n := range d.stems {
		fmt.Fprintf(&b, "%x ", n)
	}
	return b.String()
}

func (v *vocabulary) terms(ids []uint32) []string {
	out := make([]string, len(ids))
	for i, n := range ids {
		out[i] = v.stem[n]
	}
	return out
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
