package keyphrase

import (
	"strings"

	"github.com/evidence-go/evidence/internal/token"
)

// joint is how a word hangs together with the one before it.
type joint uint8

const (
	apart  joint = iota // a mark stands between them, or the text begins
	space               // white space
	hyphen              // a hyphen, dash or slash without spaces around it
)

// word is a word of a text.
type word struct {
	token.Token
	*form
	class class // in its surroundings
	join  joint
}

// form is what is known of a word wherever it stands.
type form struct {
	low    string  // in small letters, without the 's of a possessive
	stem   string  // low itself of a border
	hash   uint64  // of the stem
	can    class   // what it can be
	rarity float64 // see rarity; 0 of a border
}

// reader remembers the words it has met: texts have many words and few different ones.
type reader struct{ forms map[string]*form }

func newReader() *reader { return &reader{forms: map[string]*form{}} }

func (r *reader) form(written string) *form {
	if f, ok := r.forms[written]; ok {
		return f
	}
	low := strings.ToLower(written)
	for _, s := range []string{"'s", "’s"} {
		low = strings.TrimSuffix(low, s)
	}
	f := &form{low: low, stem: low, can: classOf(low, written)}
	if f.can != border {
		f.stem = token.Stem(low)
		f.rarity = rarity(f.stem)
	}
	f.hash = hash(f.stem)
	r.forms[written] = f
	return f
}

// hash is FNV-1a of 64 bits.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// words cuts a text into words and tells their classes.
func (r *reader) words(text string) []word {
	tokens := token.Words(text)
	words := make([]word, len(tokens))
	last := 0
	for i, tk := range tokens {
		f := r.form(tk.Of(text))
		words[i] = word{Token: tk, form: f, class: f.can}
		if i > 0 {
			words[i].join = jointOf(text[last:tk.Start])
		}
		last = tk.End
	}
	for i := range words {
		settle(words, i)
	}
	return words
}

func jointOf(between string) joint {
	switch between {
	case "-", "‐", "‑", "–", "/":
		return hyphen
	}
	if between != "" && strings.TrimSpace(between) == "" {
		return space
	}
	return apart
}

// isForeign tells whether words are of another language than English. Function words are four in ten of the words of
// English running text, and hardly any of another language's; formulas and lists have few, too.
func isForeign(texts ...[]word) bool {
	const enough, leastShare = 20, 0.08
	words, function := 0, 0
	for _, text := range texts {
		for _, w := range text {
			if w.class == number {
				continue
			}
			words++
			if token.Stop(w.low) {
				function++
			}
		}
	}
	return words >= enough && float64(function) < leastShare*float64(words)
}
