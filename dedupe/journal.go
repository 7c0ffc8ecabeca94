package dedupe

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/iso4"
	"github.com/evidence-go/evidence/record"
)

// journal is the name of a journal, book or meeting as comparison needs it, and
// what it says about the kind of report. Records share it; it is never changed.
type journal struct {
	compact string   // all words without blanks
	words   []string // without articles, prepositions and years
	telling []string // those of them that tell journals apart
	abbrev  []string // of the abbreviation, where the record has both
	marked  bool     // the name says that it is a journal

	nameless bool // what follows is read from the title of the container alone; there is none
	register bool
	preprint bool
	draft    bool
	thesis   bool
	meeting  bool
}

// journalNames are the names that a record gives for its container.
type journalNames struct{ title, event, abbrev string }

// maxJournals bounds how many journals are kept at a time.
const maxJournals = 1 << 14

// journal folds the container's names, each set of them once.
func (fd *folder) journal(r *record.Record) *journal {
	names := journalNames{r.In.Title, r.In.Event, r.In.Abbrev}
	if j := fd.journals[names]; j != nil {
		return j
	}
	j := newJournal(names)
	if fd.journals == nil {
		fd.journals = make(map[journalNames]*journal)
	}
	if len(fd.journals) == maxJournals {
		clear(fd.journals)
	}
	fd.journals[names] = j
	return j
}

// newJournal folds names.
func newJournal(names journalNames) *journal {
	j := &journal{}
	j.readKinds(fold.Key(names.title))
	title := names.title
	if title == "" {
		title = names.event
	}
	if i := strings.Index(title, "Conference:"); i > 0 {
		// "Blood. Conference: 53rd Annual Meeting …": the journal of the
		// supplement stands before the name of the meeting.
		title = title[:i]
	}
	j.words = journalWords(mainName(fold.Unmark(title)))
	if names.abbrev != "" && names.abbrev != title {
		j.abbrev = journalWords(names.abbrev)
	}
	if len(j.words) == 0 && len(j.abbrev) > 0 {
		j.words, j.abbrev = j.abbrev, nil
	}
	j.compact = strings.Join(j.words, "")
	j.telling = telling(j.words)
	j.marked = slices.Contains(j.words, "journal") || slices.Contains(j.words, "j")
	return j
}

// mainName leaves out what stands behind a dash or colon in the name of a journal
// or meeting: its subtitle, section or motto.
func mainName(s string) string {
	for _, mark := range []string{" — ", " – ", " - ", ": ", " : ", " = "} {
		if head, _, ok := strings.Cut(s, mark); ok && len(head) > 3 {
			s = head
		}
	}
	return s
}

// journalWords gives the words that tell journals apart: no articles or
// prepositions, no years and ordinals, nothing in brackets ("(Paris)").
func journalWords(s string) []string {
	if i := strings.IndexAny(s, "(["); i > 3 {
		s = s[:i]
	}
	var out []string
	for _, w := range fold.Words(fold.Unmark(s)) {
		if journalStop[w] || isNumber(w) {
			continue
		}
		out = append(out, spelling(w))
	}
	return out
}

// journalStop are the articles and prepositions that stand in names of journals
// and fall out of their abbreviations.
var journalStop = map[string]bool{"der": true, "die": true, "das": true, "fur": true, "und": true, "la": true, "le": true, "les": true, "de": true, "du": true, "des": true,
	"et": true, "di": true, "del": true, "della": true, "i": true, "e": true, "y": true, "en": true, "el": true, "in": true, "the": true, "of": true, "and": true, "on": true, "for": true, "to": true, "with": true, "an": true}

// journalLevel says how far the containers agree.
func journalLevel(a, b *form) Level {
	const field = "journal"
	x, y := a.journal, b.journal
	for _, s := range a.issn {
		if slices.Contains(b.issn, s) {
			return Level{field, "same ISSN", 3}
		}
	}
	switch {
	case len(x.words) == 0 || len(y.words) == 0:
		return Level{Field: field, Name: absence(len(x.words) == 0, len(y.words) == 0)}
	case x.compact == y.compact:
		return Level{field, "the same", 3}
	case iso4.Abbreviates(x.words, y.words) || iso4.Abbreviates(y.words, x.words),
		len(x.abbrev) > 0 && (slices.Equal(x.abbrev, y.words) || slices.Equal(x.abbrev, y.abbrev)),
		len(y.abbrev) > 0 && slices.Equal(y.abbrev, x.words):
		return Level{field, "one abbreviates the other", 3}
	case sameButPublisher(x.words, y.words):
		return Level{field, "the same but for the publisher's name", 3}
	case acronym(x.words, y.words) || acronym(y.words, x.words):
		return Level{field, "one is the acronym of the other", 2}
	case sameButJournal(x.words, y.words):
		return Level{field, "one names a journal, the other may be a meeting of that name", -2}
	case partOfName(x.words, y.words) || partOfName(y.words, x.words):
		return Level{field, "one is part of the other", 2}
	case overlap(x.telling, y.telling) >= 0.6:
		return Level{field, "alike", 1}
	case overlap(x.telling, y.telling) >= 0.3:
		return Level{field, "some words in common", -1}
	}
	return Level{field, "different", -4}
}

// generic are words of names of journals and meetings that tell little.
var generic = map[string]bool{"journal": true, "international": true, "conference": true, "proceedings": true, "annual": true, "meeting": true, "symposium": true,
	"workshop": true, "congress": true, "j": true, "int": true, "conf": true, "proc": true, "american": true, "european": true, "transactions": true, "acm": true, "ieee": true}

// telling leaves out the generic words, unless all are.
func telling(words []string) []string {
	n := 0
	for _, w := range words {
		if !generic[w] {
			n++
		}
	}
	if n == 0 || n == len(words) {
		return words
	}
	out := make([]string, 0, n)
	for _, w := range words {
		if !generic[w] {
			out = append(out, w)
		}
	}
	return out
}

// publishers put their short names before those of their journals and meetings, and
// citations leave them out. The names of others are part of the name, as in "BMC
// Medicine".
var publishers = map[string]bool{"acm": true, "ieee": true, "siam": true, "ifip": true, "aaai": true, "usenix": true}

// sameButPublisher tells whether two names are equal but for publishers.
func sameButPublisher(a, b []string) bool {
	a, b = withoutPublishers(a), withoutPublishers(b)
	return len(a) > 1 && slices.Equal(a, b)
}

func withoutPublishers(words []string) []string {
	for len(words) > 0 && publishers[words[0]] {
		words = words[1:]
	}
	return words
}

// sameButJournal tells whether two names are equal but that one says "journal".
func sameButJournal(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) != len(a)+1 {
		return false
	}
	last, first := b[len(b)-1], b[0]
	return (last == "j" || last == "journal") && slices.Equal(a, b[:len(a)]) || (first == "j" || first == "journal") && slices.Equal(a, b[1:])
}

// acronym tells whether a single word of short is built from the beginnings of
// the words of long: "jama" from "journal american medical association", "amcis"
// from "americas conference information systems".
func acronym(short, long []string) bool {
	for _, s := range short {
		if len(s) < 3 || len(long) < 3 {
			continue
		}
		if (len(short) <= 2 || len(s) > 3) && builtFrom(s, long) {
			return true
		}
	}
	return false
}

// builtFrom tells whether s is a row of beginnings of all the words.
func builtFrom(s string, words []string) bool {
	if len(words) == 0 {
		return s == ""
	}
	for n := 1; n <= min(3, len(words[0]), len(s)) && s[n-1] == words[0][n-1]; n++ {
		if builtFrom(s[n:], words[1:]) {
			return true
		}
	}
	return false
}

// partOfName tells whether a name of at least two words begins or ends another.
func partOfName(short, long []string) bool {
	n := len(short)
	return n >= 2 && n < len(long) && (slices.Equal(short, long[:n]) || slices.Equal(short, long[len(long)-n:]))
}

// overlap is the share of words in common, of the shorter name, where one word
// may shorten the other.
func overlap(a, b []string) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for _, x := range a {
		for _, y := range b {
			if x == y || len(x) > 2 && len(y) > 2 && (iso4.Shortens(x, y) || iso4.Shortens(y, x)) {
				n++
				break
			}
		}
	}
	return float64(n) / float64(len(a))
}
