package synth

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/cluster"
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/token"
	"github.com/evidence-go/evidence/record"
)

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
		if len(d.words) == 0 {
			continue
		}
		names := v.names(&d, &all[i])
		at := -1
		for _, name := range names {
			if k, ok := same[name]; ok && (at < 0 || k < at) {
				at = k
			}
		}
		if at < 0 {
			at = len(docs)
			docs = append(docs, d)
		} else if before := docs[at]; d.length() > before.length() {
			d.sources = before.sources // the longest text speaks for all
			docs[at] = d
		}
		docs[at].sources = append(docs[at].sources, i)
		for _, name := range names {
			same[name] = at
		}
	}
	for i := range docs {
		docs[i].words = slices.Clone(docs[i].words) // read made room for more
	}
	return docs
}

// ownTitle is the number of words from which a title is taken for one work's.
const ownTitle = 4

// names are what a document shares with those that say the same.
func (v *vocabulary) names(d *document, s *source) []string {
	out := []string{"text " + v.key(d)}
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
	sources []int    // those with this text
	longest int      // of them, in words
	words   []uint32 // of title and abstract, by number; without those that name no subject
	title   int      // how many of them are the title's
}

// length is the number of words, those of the title counted twice, as for the
// search.
func (d *document) length() int { return d.title + len(d.words) }

// spelling is a word as it is written, and its stem.
type spelling struct {
	stem uint32
	word string
}

// gap is the number, and the stem, of a word that names no subject.
const gap = 0

// vocabulary numbers words as they are written, and stems, both after gap: many
// texts have few different ones.
type vocabulary struct {
	number map[string]uint32 // of a stem
	stem   []string
	words  map[string]uint32 // by word
	word   []spelling
}

func newVocabulary() *vocabulary {
	return &vocabulary{number: map[string]uint32{}, stem: []string{""}, words: map[string]uint32{}, word: []spelling{{}}}
}

// id is the number of a word's stem, gap for one that names no subject.
func (v *vocabulary) id(word string) uint32 { return v.word[v.wordID(word)].stem }

// wordID is the number of a word, gap for one that names no subject.
func (v *vocabulary) wordID(word string) uint32 {
	if n, ok := v.words[word]; ok {
		return n
	}
	id := uint32(gap)
	if stem := v.stemID(word); stem != gap {
		id = uint32(len(v.word))
		v.word = append(v.word, spelling{stem, word})
	}
	v.words[word] = id
	return id
}

func (v *vocabulary) stemID(word string) uint32 {
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
			d.title = len(d.words)
		}
	}
	return d
}

func (v *vocabulary) sentence(d *document, text string) {
	tokens := token.Words(text)
	if foreign(text, tokens) {
		return
	}
	for _, tk := range tokens {
		if n := v.wordID(tk.Of(text)); n != gap {
			d.words = append(d.words, n)
		}
	}
}

// foreign tells whether a sentence is in another language than English: an
// abstract may be followed by its translation. Function words are four in ten of
// the words of English running text, and hardly any in another language's.
func foreign(text string, tokens []token.Token) bool {
	const enough, leastShare = 12, 0.12
	words, function := len(tokens), 0
	for _, tk := range tokens {
		if token.Stop(strings.ToLower(tk.Of(text))) {
			function++
		}
	}
	return words >= enough && float64(function) < leastShare*float64(words)
}

// stems are those of the title, twice, because titles name the subject, and those
// of the abstract.
func (v *vocabulary) stems(d *document) []uint32 {
	out := make([]uint32, 0, d.length())
	for _, n := range slices.Concat(d.words[:d.title], d.words) {
		out = append(out, v.word[n].stem)
	}
	return out
}

// key is the same for texts of the same stems in the same order: a hash, which is
// shorter than they are.
func (v *vocabulary) key(d *document) string {
	var b []byte
	for _, n := range v.stems(d) {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	sum := sha256.Sum256(b)
	return string(sum[:])
}

// texts are the documents as the search for groups takes them.
func (v *vocabulary) texts(docs []document) cluster.Texts {
	t := cluster.Texts{Terms: v.stem, Docs: make([][]uint32, len(docs))}
	for i := range docs {
		t.Docs[i] = v.stems(&docs[i])
	}
	return t
}
