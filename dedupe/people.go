package dedupe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/similarity"
	"github.com/evidence-go/evidence/record"
)

// author is a name as comparison needs it.
type author struct {
	family  string // words of the family name in comparison spelling, with blanks
	given   string // given names, folded
	initial byte   // first letter of the given names, 0 if none
}

// maxAuthors bounds how many authors are compared: more tell nothing new, and as
// many can be marked in one word.
const maxAuthors = 40

// readAuthors folds the names: of the authors, or of the editors when there are
// none. The texts of plain names are parts of one.
func (fd *folder) readAuthors(f *form, r *record.Record) {
	is := func(c *record.Contributor) bool { return c.Role == record.Author || c.Role == "" }
	n := count(r.People, is)
	if n == 0 {
		is = func(c *record.Contributor) bool { return c.Role == record.Editor }
		n = count(r.People, is)
	}
	if n == 0 {
		return
	}
	f.authors = fd.authors.take(min(n, maxAuthors), 4*fd.ahead)
	fd.text, fd.spans = fd.text[:0], fd.spans[:0]
	for i := range r.People {
		c := &r.People[i]
		if len(f.authors) >= maxAuthors {
			break
		}
		switch {
		case !is(c):
		case plainName(&c.Name):
			f.authors = fd.appendPlain(f.authors, &c.Name)
		default:
			f.authors = appendAuthor(f.authors, c.Name)
		}
	}
	text := string(fd.text)
	for _, s := range fd.spans {
		f.authors[s.author].family, f.authors[s.author].given = text[s.from:s.middle], text[s.middle:s.to]
	}
	f.authors = f.authors[:min(len(f.authors), maxAuthors)]
}

func count(people []record.Contributor, is func(*record.Contributor) bool) int {
	n := 0
	for i := range people {
		if is(&people[i]) {
			n++
		}
	}
	return n
}

// nameSpan says where the family and given names of an author stand in a text.
type nameSpan struct{ author, from, middle, to int }

// plainName tells whether nothing in a name needs to be repaired or parted.
func plainName(n *record.Name) bool {
	for _, s := range [...]string{n.Family, n.Given, n.Literal} {
		for i := range len(s) {
			if s[i] == '&' && strings.Contains(s[i:], "&#") || s[i] == '.' && glued(s) {
				return false
			}
		}
	}
	return true
}

// appendPlain folds a plain name into the text of the names and appends an author
// whose texts are still to be cut from there.
func (fd *folder) appendPlain(out []author, n *record.Name) []author {
	span := nameSpan{author: len(out), from: len(fd.text)}
	family, given := n.Family, n.Given
	if n.Literal != "" {
		family, given = n.Literal, ""
	}
	fd.text = fd.appendNameKey(fd.text, family)
	span.middle = len(fd.text)
	fd.text = fold.AppendKey(fd.text, given)
	span.to = len(fd.text)
	if span.middle == span.from {
		span.middle = span.to
	}
	if noName(string(fd.text[span.from:span.middle])) {
		fd.text = fd.text[:span.from]
		return out
	}
	a := author{}
	if span.to > span.middle {
		a.initial = fd.text[span.middle]
	}
	fd.spans = append(fd.spans, span)
	return append(out, a)
}

// noName tells whether a folded family name is none, or stands for those who
// are not named.
func noName(family string) bool {
	return family == "" || family == "al" || family == "et al" || family == "others"
}

// appendAuthor folds a name and appends it. A list of names whose separators
// were lost ("Berg A.Sand B. C.") comes as one name and is parted again.
func appendAuthor(out []author, n record.Name) []author {
	n = repaired(n)
	whole := n.Family
	if n.Literal != "" {
		whole = n.Literal
	}
	if glued(whole) || glued(n.Given) {
		if n.Literal == "" && n.Given != "" {
			whole = n.Family + " " + n.Given
		}
		for _, part := range unglue(whole) {
			out = append(out, newAuthor(record.ParseName(part)))
		}
		return out
	}
	a := newAuthor(n)
	if noName(a.family) {
		return out
	}
	return append(out, a)
}

// repaired closes the gap that some exports leave behind a character reference
// in a name: "N&#248; rvik" is Nørvik, and "C&#233; Garcia, sar" César Garcia.
func repaired(n record.Name) record.Name {
	if !strings.Contains(n.Literal+n.Family+n.Given, "&#") {
		return n
	}
	if n.Literal != "" {
		return record.ParseName(fold.Unmark(strings.ReplaceAll(n.Literal, "; ", ";")))
	}
	if head, rest, ok := strings.Cut(n.Family, "; "); ok && n.Given != "" && unicode.IsLower([]rune(n.Given)[0]) {
		n.Family, n.Given = rest, head+";"+n.Given
	}
	n.Family = fold.Unmark(strings.ReplaceAll(n.Family, "; ", ";"))
	n.Given = fold.Unmark(strings.ReplaceAll(n.Given, "; ", ";"))
	return n
}

func newAuthor(n record.Name) author {
	if n.Literal != "" {
		return author{family: nameKey(n.Literal)}
	}
	a := author{family: nameKey(n.Family), given: fold.Key(n.Given)}
	if a.family == "" {
		a.family, a.given = a.given, ""
	}
	if a.given != "" {
		a.initial = a.given[0]
	}
	return a
}

// glued tells whether a text is a list of names without separators: initials
// with a point run straight into a capital and a small letter, or a small letter
// into a capital and a point, more than once.
func glued(s string) bool {
	if strings.IndexByte(s, '.') < 0 {
		return false
	}
	n := 0
	rs := []rune(s)
	for i := 1; i+1 < len(rs); i++ {
		if rs[i-1] == '.' && unicode.IsUpper(rs[i]) && unicode.IsLower(rs[i+1]) {
			n += 2
		}
		if unicode.IsLower(rs[i-1]) && unicode.IsUpper(rs[i]) && rs[i+1] == '.' {
			n++
		}
	}
	return n > 0
}

// unglue parts such a list after the initials of each name.
func unglue(s string) []string {
	var out []string
	rs := []rune(s)
	start := 0
	cut := func(end int) {
		part := make([]rune, 0, end-start+2)
		for i := start; i < end; i++ {
			if i > start && unicode.IsLower(rs[i-1]) && unicode.IsUpper(rs[i]) && i+1 < len(rs) && (rs[i+1] == '.' || i+1 == end) {
				part = append(part, ' ')
			}
			part = append(part, rs[i])
		}
		out = append(out, string(part))
		start = end
	}
	for i := 1; i+1 < len(rs); i++ {
		if rs[i-1] == '.' && unicode.IsUpper(rs[i]) && unicode.IsLower(rs[i+1]) {
			cut(i)
		}
	}
	cut(len(rs))
	return out
}

// nameKey folds a family name so that its usual transliterations come out the
// same: ü and ue, -skii and -sky, Kh and H.
func nameKey(s string) string { return string(new(folder).appendNameKey(nil, s)) }

// appendNameKey appends the nameKey.
func (fd *folder) appendNameKey(dst []byte, s string) []byte {
	fd.key = fold.AppendKey(fd.key[:0], s)
	if len(fd.key) == 0 || fd.key[0] >= utf8.RuneSelf {
		return append(dst, fd.key...)
	}
	return transliterate(dst, fd.key)
}

// transliterate appends a folded name with each sound in one spelling.
func transliterate[T string | []byte](dst []byte, s T) []byte {
	for i := 0; i < len(s); {
		from, to := 1, ""
		for _, t := range transliterationsBy[s[i]] {
			if n := len(t.from); n <= len(s)-i && string(s[i:i+n]) == t.from {
				from, to = n, t.to
				break
			}
		}
		if to == "" {
			dst = append(dst, s[i])
		} else {
			dst = append(dst, to...)
		}
		i += from
	}
	return dst
}

// transliteration is one spelling of a sound and the one that is kept.
type transliteration struct{ from, to string }

// transliterations are spellings of one sound by different systems (BGN/PCGN,
// ISO 9, Library of Congress; German umlauts). Longer ones stand first.
var transliterations = []transliteration{
	{"shch", "sch"}, {"iya", "ia"}, {"iia", "ia"}, {"yev", "ev"}, {"iy", "i"}, {"ii", "i"}, {"yi", "i"}, {"ij", "i"},
	{"ya", "ia"}, {"ja", "ia"}, {"yu", "iu"}, {"ju", "iu"}, {"kh", "h"}, {"tz", "ts"}, {"cz", "ch"}, {"ks", "x"},
	{"ue", "u"}, {"oe", "o"}, {"ae", "a"}, {"y", "i"}, {"ph", "f"}, {"ck", "k"}, {"ou", "u"}, {"w", "v"},
}

// transliterationsBy lists them by their first letter.
var transliterationsBy = func() (by [256][]transliteration) {
	for _, t := range transliterations {
		by[t.from[0]] = append(by[t.from[0]], t)
	}
	return by
}()

// asFamily spells folded given names as family names are spelt.
func asFamily(given string) string {
	if given == "" || given[0] >= utf8.RuneSelf {
		return given
	}
	return string(transliterate(nil, given))
}

// isGiven tells whether the folded given names of one, spelt as family names are,
// are the family name of another.
func isGiven(given, family string) bool {
	// No transliteration is longer than what it stands for, or under half as long.
	if len(given) < len(family) || len(given) > 2*len(family) {
		return false
	}
	if given[0] >= utf8.RuneSelf {
		return given == family
	}
	var room [64]byte
	return string(transliterate(room[:0], given)) == family
}

// agree tells how far two names may be one person: 2 for the same family name
// with initials that fit, 1 for a family name that fits in part, 0 for neither.
func (a author) agree(b author) int {
	switch {
	case a.family == b.family:
		if a.initial != 0 && b.initial != 0 && a.initial != b.initial && !swappedInitials(a.given, b.given) && !sameNickname(a.given, b.given) {
			return 0
		}
		return 2
	case a.given != "" && b.given != "" && (isGiven(b.given, a.family) || isGiven(a.given, b.family)):
		return 2 // family and given names changed places
	case sharesWord(a.family, b.family):
		return 1
	case surnameAsGiven(a, b) || surnameAsGiven(b, a):
		return 1
	case a.given == "" && b.given != "" && hasWord(a.family, b.family), b.given == "" && a.given != "" && hasWord(b.family, a.family):
		return 1
	case (a.initial == b.initial || a.initial == 0 || b.initial == 0) && closeNames(a.family, b.family):
		return 1
	}
	return 0
}

// surnameAsGiven tells whether b has the family name of a among its given names: of
// two family names, as Spanish and Portuguese have them, one source takes the
// first and another the last.
func surnameAsGiven(a, b author) bool {
	if a.given == "" || a.initial != b.initial || strings.IndexByte(b.given, ' ') < 0 {
		return false
	}
	first, rest, _ := strings.Cut(asFamily(b.given), " ")
	own, _, _ := strings.Cut(asFamily(a.given), " ")
	return (own == first || len(own) == 1) && hasWord(rest, a.family)
}

// nicknames are short forms of given names that begin with another letter.
var nicknames = map[string]string{
	"bob": "robert", "bobby": "robert", "bill": "william", "billy": "william", "dick": "richard", "ted": "edward", "ned": "edward", "jack": "john",
	"peggy": "margaret", "meg": "margaret", "tony": "anthony", "betty": "elizabeth", "beth": "elizabeth", "liz": "elizabeth", "lisa": "elizabeth",
	"gene": "eugene", "polly": "mary", "molly": "mary", "sasha": "alexander", "sandy": "alexander", "drew": "andrew", "tina": "christina",
	"nell": "helen", "nancy": "anne", "fritz": "friedrich", "hans": "johannes", "sepp": "josef", "pepe": "jose", "paco": "francisco", "nacho": "ignacio",
}

// sameNickname tells whether one of two given names is the short form of the
// other.
func sameNickname(a, b string) bool {
	a, _, _ = strings.Cut(a, " ")
	b, _, _ = strings.Cut(b, " ")
	return nicknames[a] == b || nicknames[b] == a
}

// swappedInitials tells whether one person's given names stand in another order
// or begin later: "J Paul" and "Paul J", "Howard" and "R Howard".
func swappedInitials(a, b string) bool {
	for _, w := range strings.Fields(a) {
		if w[0] == b[0] {
			return true
		}
	}
	for _, w := range strings.Fields(b) {
		if w[0] == a[0] {
			return true
		}
	}
	// Initials without a blank between them come as one short word.
	return len(a) <= 3 && strings.IndexByte(a, b[0]) >= 0 || len(b) <= 3 && strings.IndexByte(b, a[0]) >= 0
}

// sharesWord tells whether two names of several words have a word of four
// letters or more in common: "moreno crespi" and "moreno".
func sharesWord(a, b string) bool {
	if strings.IndexByte(a, ' ') < 0 && strings.IndexByte(b, ' ') < 0 {
		return false
	}
	if sameLetters(a, b) {
		return true
	}
	for len(a) > 0 {
		var w string
		w, a, _ = strings.Cut(a, " ")
		if len(w) > 3 && hasWord(b, w) {
			return true
		}
	}
	return false
}

// sameLetters tells whether two names are equal but for their blanks.
func sameLetters(a, b string) bool {
	i, j := 0, 0
	for {
		for i < len(a) && a[i] == ' ' {
			i++
		}
		for j < len(b) && b[j] == ' ' {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b)
		}
		if a[i] != b[j] {
			return false
		}
		i, j = i+1, j+1
	}
}

// hasWord tells whether w is one of the words of s.
func hasWord(s, w string) bool {
	for len(s) > 0 {
		var first string
		first, s, _ = strings.Cut(s, " ")
		if first == w {
			return true
		}
	}
	return false
}

// closeNames tells whether two family names are one but for a misprint or a
// lost end.
func closeNames(a, b string) bool {
	n := min(len(a), len(b))
	if n < 4 {
		return false
	}
	if a[0] != b[0] {
		return false
	}
	bound := 1
	if n > 7 {
		bound = 2
	}
	return similarity.Levenshtein(a, b, bound) <= bound
}

// authorLevel says how far the authors of two records agree, and whether all
// of the shorter list stand in the other, two at least.
func authorLevel(a, b *form) (l Level, every bool) {
	const field = "authors"
	if len(a.authors) == 0 || len(b.authors) == 0 {
		return Level{Field: field, Name: absence(len(a.authors) == 0, len(b.authors) == 0)}, false
	}
	x, y := a.authors, b.authors
	if len(x) > len(y) {
		x, y = y, x
	}
	first := a.authors[0].agree(b.authors[0])
	matched, taken := 0, uint64(0)
	for i := range x {
		for j := range y {
			if taken&(1<<j) == 0 && x[i].agree(y[j]) > 0 {
				taken |= 1 << j
				matched++
				break
			}
		}
	}
	share := float64(matched) / float64(len(x))
	bits := min(a.names, b.names)
	switch {
	case first > 0 && matched == len(x) && len(x) == len(y):
		l = Level{field, "the same", bits + min(3, float64(matched-1))}
	case first > 0 && matched == len(x):
		l = Level{field, "one list is part of the other", bits + min(2, float64(matched-1)/2)}
	case first > 0 && share >= 0.5:
		l = Level{field, "first author the same, most others too", bits}
	case matched == len(x) && len(x) == len(y) && matched > 1:
		l = Level{field, "the same in another order", bits + min(3, float64(matched-1)) - 0.5}
	case share >= 0.75:
		l = Level{field, "most the same, in another order", bits - 1}
	case first > 0:
		l = Level{field, "first author the same, others not", bits - 3}
	case share >= 0.5:
		l = Level{field, "half of them the same", 1}
	case matched > 0:
		l = Level{field, "some the same", -2}
	case a.review || b.review:
		l = Level{Field: field, Name: "none the same: a review may stand under the reviewer or under the book's authors"}
	case bodies(a.authors) != bodies(b.authors):
		l = Level{Field: field, Name: "a body in one, persons in the other"}
	default:
		l = Level{field, "none the same", -9}
	}
	return l, matched == len(x) && matched > 1
}

// bodies tells whether all of the authors are organisations: names in one piece with
// words that no person's name has.
func bodies(authors []author) bool {
	for i := range authors {
		if authors[i].given != "" || !containsAny(authors[i].family, bodyWords) {
			return false
		}
	}
	return true
}

// bodyWords stand in the names of organisations, in the spelling of nameKey.
var bodyWords = []string{" of ", " for ", " and ", "the ", " grup", "univ", "instit", "commit", "assoc", "kollab", "collab", "federation", "ministr", "department", "network", "netvork"}

func absence(a, b bool) string {
	if a && b {
		return "not given in either"
	}
	return "given in one only"
}
