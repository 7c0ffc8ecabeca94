package synth

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/token"
	"github.com/evidence-go/evidence/record"
)

// candidate is a sentence that may be quoted for a theme.
type candidate struct {
	source, passage, sentence int
	at                        int // first byte of the first term
	terms                     []string
	score                     float64
	turn                      int // how many of its study's sentences are better
	marked                    bool
}

// sectionWeight is how much a sentence is worth as evidence by the part of the
// abstract that it plays: what was found before what was known or planned.
var sectionWeight = map[record.Category]float64{
	record.Results: 1, record.Conclusions: 0.95, record.Methods: 0.55, record.Objective: 0.5, record.Background: 0.3,
}

const (
	titleWeight     = 0.5
	firstSentence   = 0.4 // of an abstract whose sentences have no known role, rising to lastSentence
	lastSentence    = 1.0
	shortSentence   = 5   // words; a shorter one says little
	longSentence    = 60  // words; a longer one says too much
	cutSentence     = 0.5 // without a mark at its end, or a capital at its beginning
	callForResearch = 0.5
)

// evidence chooses the quotes of a theme. A sentence is worth the sum of the
// weights of the different terms in it (the fewer records have a term the more
// it weighs), times the weight of its part of the abstract. Each study gives its
// best sentence before any gives a second.
func (b *book) evidence(bi, theme, most int, all []source, coded [][]codes) []Quote {
	if most <= 0 {
		return nil
	}
	themes := b.within(theme)
	weight := termWeights(bi, themes, coded)
	var found []candidate
	for i := range all {
		cs := &coded[i][bi]
		if !slices.Contains(cs.themes, theme) {
			continue
		}
		var places []place
		for _, t := range themes {
			if r := cs.reasons[t]; r != nil {
				places = slices.Concat(places, r.places, r.found, r.marked)
			}
		}
		found = append(found, all[i].candidates(i, places, weight)...)
	}
	return quotes(found, most, all)
}

// termWeights is 1 + ln(1 + n/df)/2 of each term, n the records that any term
// found and df those that this one did: a second term counts for more than
// rarity does.
func termWeights(bi int, themes []int, coded [][]codes) map[string]float64 {
	held := map[string]int{}
	n := 0
	for i := range coded {
		var seen []string
		for _, t := range themes {
			r := coded[i][bi].reasons[t]
			if r == nil {
				continue
			}
			for _, p := range slices.Concat(r.places, r.found, r.marked) {
				if !slices.Contains(seen, p.term) {
					seen = append(seen, p.term)
				}
			}
		}
		if len(seen) > 0 {
			n++
		}
		for _, t := range seen {
			held[t]++
		}
	}
	weight := make(map[string]float64, len(held))
	for t, df := range held {
		weight[t] = 1 + math.Log1p(float64(n)/float64(df))/2
	}
	return weight
}

// candidates are the sentences of title and abstract in which places lie.
func (s *source) candidates(i int, places []place, weight map[string]float64) []candidate {
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.passage, b.passage), cmp.Compare(a.sentence, b.sentence), cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.term, b.term))
	})
	var out []candidate
	covered := 0
	for _, p := range places {
		text := &s.texts[p.passage]
		if text.field == record.FieldKeywords {
			continue
		}
		last := len(out) - 1
		if last < 0 || out[last].passage != p.passage || out[last].sentence != p.sentence {
			sent := text.sentences[p.sentence]
			if !utf8.ValidString(text.text[sent.Start:sent.End]) {
				continue // it would not come back the same from JSON
			}
			out = append(out, candidate{source: i, passage: p.passage, sentence: p.sentence, at: p.start})
			last++
			covered = 0
		}
		c := &out[last]
		if p.term == "" { // a person's mark
			if !c.marked {
				c.marked = true
				c.score += weight[""]
			}
			continue
		}
		if p.end <= covered { // "training" inside "training programme"
			continue
		}
		covered = p.end
		if !slices.Contains(c.terms, p.term) {
			c.terms = append(c.terms, p.term)
			c.score += weight[p.term]
		}
	}
	focus := s.focus(out)
	for k := range out {
		out[k].score *= focus * s.worth(out[k].passage, out[k].sentence)
	}
	return out
}

// focus is how much a record is about the theme, from 1 to 2: what is said in
// its title and in several sentences is not said in passing.
func (s *source) focus(sentences []candidate) float64 {
	f := 1 + 0.15*float64(min(len(sentences), 4))
	if len(sentences) > 0 && s.texts[sentences[0].passage].field == record.FieldTitle {
		f += 0.4
	}
	return f
}

// worth is what a sentence is worth by its role, or where nobody can tell that by
// its place, and by its length.
func (s *source) worth(pi, si int) float64 {
	p := &s.texts[pi]
	sent := p.sentences[si]
	w := titleWeight
	if p.field == record.FieldAbstract {
		var ok bool
		if w, ok = sectionWeight[s.roleOf(pi, si).role]; !ok {
			w = firstSentence
			if last := len(p.sentences) - 1; last > 0 {
				w += (lastSentence - firstSentence) * float64(si) / float64(last)
			}
		}
	}
	if p.field == record.FieldAbstract && intends(p.text[sent.Start:sent.End]) {
		w = min(w, sectionWeight[record.Objective])
	}
	if p.field == record.FieldAbstract && (!closed(p.text[sent.Start:sent.End]) || begun(p.text[sent.Start:sent.End])) {
		w *= cutSentence
	}
	if p.field == record.FieldAbstract && callsForResearch(p.text[sent.Start:sent.End]) {
		w *= callForResearch
	}
	switch n := len(token.Words(p.text[sent.Start:sent.End])); {
	case n < shortSentence:
		w *= 0.5
	case n > longSentence:
		w *= 0.7
	}
	return w
}

// closed holds for a sentence that has an end: an abstract cut short has none.
func closed(sentence string) bool {
	r, _ := utf8.DecodeLastRuneInString(sentence)
	return strings.ContainsRune(".?!)]\"”’»", r)
}

// begun holds for a sentence whose beginning is missing: one that begins with a small
// letter, and not with what begins so in a whole one too: a Greek letter, a name such as
// mRNA, p53 or de Quervain's, a word such as e-learning.
func begun(sentence string) bool {
	first, _, _ := strings.Cut(sentence, " ")
	if first == "" || first[0] < 'a' || first[0] > 'z' || slices.Contains(particles, first) {
		return false
	}
	letter := len(first) > 2 && first[1] == '-'
	return !letter && !strings.ContainsFunc(first, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) })
}

// particles are what names begin with that keep a small letter.
var particles = []string{"de", "van", "von"}

// callsForResearch holds for a sentence about what nobody has studied yet.
func callsForResearch(sentence string) bool {
	low := strings.ToLower(sentence)
	return slices.ContainsFunc(wanting, func(s string) bool { return strings.Contains(low, s) })
}

// intends holds for a sentence about what its authors set out to do, in whatever part
// of an abstract it stands: a protocol's conclusions are that its trial will tell.
func intends(sentence string) bool {
	low := strings.ToLower(sentence)
	return slices.ContainsFunc(intending, func(s string) bool { return strings.Contains(low, s) }) ||
		slices.ContainsFunc(beginnings, func(s string) bool { return strings.HasPrefix(low, s) }) && !hasMainVerb(low)
}

// hasMainVerb tells whether a sentence in small letters that begins with an infinitive
// goes on to what was done or found: "to determine the dose, levels were measured". A verb
// of a clause within ("whether levels were measured") is none, up to the next comma.
func hasMainVerb(sentence string) bool {
	within, comma := false, false
	for word := range strings.FieldsSeq(sentence) {
		bare := strings.TrimRight(word, ",;:.")
		switch {
		case opensClause[bare]:
			within = true
		case within:
		case bare == "we" || bare == "was" || bare == "were" || comma && finite[bare]:
			return true
		}
		if strings.HasSuffix(word, ",") || strings.HasSuffix(word, ";") || strings.HasSuffix(word, ":") {
			within, comma = false, true
		}
	}
	return false
}

// opensClause are words behind which a verb is not the sentence's own.
var opensClause = setOf("whether", "if", "how", "who", "whom", "whose", "which", "that", "what", "when", "where", "why", "because", "than", "as")

// finite are forms of verbs that stand for nothing else. Others such as "reduced" may
// belong to a noun: "to compare errors, pay and strain reduced by training".
var finite = setOf("is", "are", "has", "had", "did", "does", "can", "must", "should", "showed", "found", "fell", "rose", "grew", "became", "gave", "took", "saw", "chose",
	"went", "came", "began", "differed", "remained", "occurred", "appeared")

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// intending are words for the aim or the plan of a study.
var intending = []string{"purpose of this", "purpose of our", "purpose of the study", "purpose of the present", "aim of this", "aim of our", "aim of the study", "aim of the present",
	"aims of this", "aims of the study", "objective of this", "objective of our", "objective of the study", "objective of the present", "objectives of this", "goal of this", "goal of our",
	"we aimed to", "study aimed to", "study aims to", "paper aims to", "article aims to", "review aims to", "we aim to",
	"study will ", "trial will ", "project will ", "review will ", "we will ", "protocol describes"}

// beginnings are those of an aim, as headings are followed by; where a verb of its own
// follows, the sentence tells more than an aim.
var beginnings = []string{"to determine ", "to evaluate ", "to assess ", "to compare ", "to test ", "to investigate ", "to examine ", "to describe ", "to explore ", "to identify ", "to characterize ",
	"to characterise ", "to analyze ", "to analyse ", "to establish ", "to review ", "to study ", "to estimate ", "to measure ", "to develop "}

var wanting = []string{"further research", "future research", "more research", "additional research", "further stud", "future stud", "more studies", "further trials", "future trials",
	"is needed", "are needed", "is warranted", "are warranted", "remains to be"}

// quotes takes the best candidates, each study's first before any's second, and
// none that says nearly the same as one taken before.
func quotes(found []candidate, most int, all []source) []Quote {
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.source, b.source), cmp.Compare(a.passage, b.passage), cmp.Compare(a.sentence, b.sentence))
	})
	turns := map[string]int{}
	for i := range found {
		study := all[found[i].source].study
		found[i].turn = turns[study]
		turns[study]++
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.turn, b.turn) })
	var out []Quote
	var said [][]string
	for _, c := range found {
		if len(out) == most {
			break
		}
		q := c.quote(all)
		words := fold.Words(q.Text)
		slices.Sort(words)
		words = slices.Compact(words)
		if slices.ContainsFunc(said, func(before []string) bool { return alike(before, words) }) {
			continue
		}
		said = append(said, words)
		out = append(out, q)
	}
	return out
}

// alike holds for two sentences, as sorted words, that share nearly all of the
// shorter one's: reports of one study repeat each other.
func alike(a, b []string) bool {
	shared := 0
	for _, w := range a {
		if _, ok := slices.BinarySearch(b, w); ok {
			shared++
		}
	}
	return shared*5 >= min(len(a), len(b))*4 && shared*2 >= max(len(a), len(b))
}

func (c candidate) quote(all []source) Quote {
	s := &all[c.source]
	role := s.roleOf(c.passage, c.sentence)
	p := &s.texts[c.passage]
	sent := p.sentences[c.sentence]
	r := quoteRange(p.text, sent.Token, c.at)
	return Quote{
		Record:   s.id,
		Span:     record.Span{Field: p.field, Item: p.item, Start: r.Start, End: r.End, Text: r.Of(p.text)},
		Section:  sent.section,
		Role:     role.role,
		RoleFrom: role.from,
		Terms:    c.terms,
	}
}
