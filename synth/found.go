package synth

import (
	"cmp"
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
func (s *Summary) discover(ctx context.Context, all []source, c *counter) error {
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
	labels := v.label(docs, res.Groups)
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
	stems   []uint32   // of title, twice, and abstract; without function words
	runs    [][]uint32 // words between marks, function words included as gap
	words   []spelling // of runs, as they stand
}

// spelling is the words of a run in their text.
type spelling struct {
	text  string
	words []token.Token
}

// of gives size words from the i-th on as they stand, with what is between them.
func (s spelling) of(i, size int) string { return s.text[s.words[i].Start:s.words[i+size-1].End] }

// What stands in a run for a word that names no subject: link for one that a
// phrase may go across, as in "quality of life" and "type 2 diabetes", gap for
// any other.
const (
	gap  = 0
	link = 1
)

// vocabulary numbers stems, after gap and link.
type vocabulary struct {
	number map[string]uint32
	stem   []string
	cache  map[string]uint32 // by word
}

func newVocabulary() *vocabulary {
	return &vocabulary{number: map[string]uint32{}, stem: []string{"", ""}, cache: map[string]uint32{}}
}

// id is the number of a word's stem, gap for one that names no subject.
func (v *vocabulary) id(word string) uint32 {
	if n, ok := v.cache[word]; ok {
		return n
	}
	key := fold.Key(word)
	n := uint32(gap)
	if linking[key] || len(key) == 1 && key[0] >= '0' && key[0] <= '9' {
		n = link
	} else if utf8.RuneCountInString(key) > 2 && !token.Stop(strings.ToLower(word)) && !token.Stop(key) && !manner[key] &&
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

var linking = map[string]bool{
	"of": true, "in": true, "for": true, "to": true, "and": true, "with": true, "on": true, "at": true, "by": true,
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
	var run []uint32
	var words []token.Token
	last := 0
	flush := func() {
		if len(run) > 1 {
			d.runs = append(d.runs, run)
			d.words = append(d.words, spelling{text, words})
		}
		run, words = nil, nil
	}
	for _, tk := range token.Words(text) {
		if between := text[last:tk.Start]; len(run) > 0 && between != " " && between != "-" && between != "\n" && between != "‐" {
			flush()
		}
		word := tk.Of(text)
		n := v.id(word)
		if n > link {
			d.stems = append(d.stems, n)
		}
		run, words = append(run, n), append(words, tk)
		last = tk.End
	}
	flush()
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

// groupLabel names a group by what its texts say.
type groupLabel struct {
	label   string
	phrases []string
	terms   []string
}

// phrase is two or three numbers; the third is gap for a phrase of two words,
// the second may be link.
type phrase [3]uint32

const (
	// leastSurprise is the value of G² that chance alone passes once in twenty
	// (chi-squared with one degree of freedom).
	leastSurprise = 3.84
	maxPhrases    = 8
	inLabel       = 2 // phrases
	fewTexts      = 3 // that must hold a phrase: two may be two reports of one study
	enoughTexts   = 8 // that do in the largest group; in between a sixth of the texts
)

// label names each group by phrases that more of its texts hold than chance
// would give (log-likelihood ratio, Dunning 1993), as they are written most
// often.
func (v *vocabulary) label(docs []document, groups []cluster.Group) []groupLabel {
	counts := make([]map[phrase]int, len(groups))
	wanted := map[phrase]int{} // documents of all that hold it
	for gi, g := range groups {
		counts[gi] = map[phrase]int{}
		for _, d := range g.Docs {
			for p := range docs[d].phrases() {
				counts[gi][p]++
			}
		}
		least := min(max(fewTexts, len(g.Docs)/6), enoughTexts, len(g.Docs)-1)
		for p, n := range counts[gi] {
			if n < least {
				delete(counts[gi], p)
				continue
			}
			wanted[p] = 0
		}
	}
	for d := range docs {
		for p := range docs[d].phrases() {
			if _, ok := wanted[p]; ok {
				wanted[p]++
			}
		}
	}
	out := make([]groupLabel, len(groups))
	for gi, g := range groups {
		out[gi] = v.groupLabel(docs, g, counts[gi], wanted)
	}
	return out
}

// phrases are the different phrases of two or three words that begin and end
// with a word of its own.
func (d *document) phrases() map[phrase]bool {
	out := map[phrase]bool{}
	for _, run := range d.runs {
		for i, a := range run {
			if a <= link || i+1 == len(run) || run[i+1] == gap {
				continue
			}
			b := run[i+1]
			if b > link && b != a {
				out[phrase{a, b, gap}] = true
			}
			if i+2 < len(run) && run[i+2] > link && run[i+2] != a {
				out[phrase{a, b, run[i+2]}] = true
			}
		}
	}
	return out
}

type scored struct {
	phrase
	score float64
	docs  int
	form  string
	cut   bool // it goes on in most places: "treatment of seasonal" (rhinitis)
}

func (v *vocabulary) groupLabel(docs []document, g cluster.Group, counts, wanted map[phrase]int) groupLabel {
	var list []scored
	n, total := float64(len(g.Docs)), float64(len(docs))
	for p, k := range counts {
		if 2*wanted[p] > len(docs) { // what most texts say tells none of them apart
			continue
		}
		if score := surprise(float64(k), float64(wanted[p]), n, total); score >= leastSurprise {
			list = append(list, scored{phrase: p, score: score, docs: k})
		}
	}
	slices.SortFunc(list, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), v.compare(a.phrase, b.phrase))
	})
	list = list[:min(len(list), 6*maxPhrases)]
	v.forms(docs, g, list)
	var kept []scored
	for _, p := range list {
		if len(kept) == maxPhrases {
			break
		}
		if p.cut {
			continue
		}
		kept = v.keep(kept, p)
	}
	var out groupLabel
	for _, p := range kept {
		out.phrases = append(out.phrases, p.form)
	}
	out.terms = v.commonForms(docs, g)
	out.label = strings.Join(out.phrases[:min(inLabel, len(out.phrases))], "; ")
	return out
}

// surprise is the log-likelihood ratio G² of k of n texts holding what all of
// total hold; 0 where they hold it no more often than the rest.
func surprise(k, all, n, total float64) float64 {
	if k*total <= all*n {
		return 0
	}
	part := func(observed, expected float64) float64 {
		if observed <= 0 || expected <= 0 {
			return 0
		}
		return observed * math.Log(observed/expected)
	}
	return 2 * (part(k, all*n/total) + part(n-k, n-all*n/total) +
		part(all-k, all-all*n/total) + part(total-n-all+k, (total-n)*(total-all)/total))
}

func (v *vocabulary) compare(a, b phrase) int {
	for i := range a {
		if c := cmp.Compare(v.stem[a[i]], v.stem[b[i]]); c != 0 {
			return c
		}
	}
	return 0
}

// keep adds a phrase unless a better one says it already; a longer one that is
// nearly as frequent takes the place of the shorter.
func (v *vocabulary) keep(kept []scored, p scored) []scored {
	for i, q := range kept {
		shared := 0
		for _, n := range p.phrase {
			if n > link && slices.Contains(q.phrase[:], n) {
				shared++
			}
		}
		switch {
		case shared == q.words() && p.words() > q.words() && p.docs*10 >= q.docs*7:
			kept[i] = p
			return kept
		case shared > 0 && shared >= min(p.words(), q.words())-1 && shared >= p.words()-1:
			return kept
		}
	}
	return append(kept, p)
}

func (p scored) words() int {
	n := 0
	for _, x := range p.phrase {
		if x > link {
			n++
		}
	}
	return n
}

// forms finds the way each phrase is written most often in the group, and
// whether one with a linking word ends before its noun does.
func (v *vocabulary) forms(docs []document, g cluster.Group, list []scored) {
	at := make(map[phrase]int, len(list))
	seen := make([]map[string]int, len(list))
	goesOn := make([]int, len(list))
	total := make([]int, len(list))
	for i, p := range list {
		at[p.phrase] = i
		seen[i] = map[string]int{}
	}
	for _, d := range g.Docs {
		for r, run := range docs[d].runs {
			for i := range run {
				for size := 2; size <= 3 && i+size <= len(run); size++ {
					p := phrase{run[i], run[i+1], gap}
					if size == 3 {
						p[2] = run[i+2]
						if p[2] <= link {
							continue
						}
					}
					if k, ok := at[p]; ok {
						seen[k][caseless(docs[d].words[r].of(i, size))]++
						total[k]++
						if i+size < len(run) && (run[i+size] > link || isNumber(docs[d].words[r].of(i+size, 1))) {
							goesOn[k]++
						}
					}
				}
			}
		}
	}
	for i := range list {
		list[i].form = commonest(seen[i])
		list[i].cut = list[i].phrase[1] == link && !strings.ContainsAny(list[i].form, digits) && 2*goesOn[i] > total[i]
	}
}

const digits = "0123456789"

func isNumber(word string) bool { return strings.Trim(word, digits) == "" }

// caseless makes words small that are only capitalised, and leaves "HbA1c" and
// "PTSD" as they are.
func caseless(phrase string) string {
	out := strings.Fields(phrase)
	for i, w := range out {
		out[i] = lowerFirst(w)
	}
	return strings.Join(out, " ")
}

// commonest is the key with the highest count, of several the first in order.
func commonest(counts map[string]int) string {
	best, most := "", 0
	for s, n := range counts {
		if n > most || n == most && s < best {
			best, most = s, n
		}
	}
	return best
}

// commonForms are the group's telling single words as they are written most often.
func (v *vocabulary) commonForms(docs []document, g cluster.Group) []string {
	const most = 10
	counts := map[uint32]map[string]int{}
	var order []uint32
	for _, t := range g.Terms[:min(most, len(g.Terms))] {
		n := v.number[t.Term]
		order = append(order, n)
		counts[n] = map[string]int{}
	}
	for _, d := range g.Docs {
		for r, run := range docs[d].runs {
			for i, n := range run {
				if m, ok := counts[n]; ok {
					m[lowerFirst(docs[d].words[r].of(i, 1))]++
				}
			}
		}
	}
	var out []string
	for _, n := range order {
		if form := commonest(counts[n]); form != "" {
			out = append(out, form)
		}
	}
	return out
}
