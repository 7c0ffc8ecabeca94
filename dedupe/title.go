package dedupe

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// notice is what kind of note on another work a title announces.
type notice uint8

const (
	noNotice notice = iota
	erratumNotice
	retractionNotice
	replyNotice
)

// noticeOpenings begin the titles of notes on other works, in folded form.
// Longer ones stand before shorter ones that they begin with.
var noticeOpenings = []struct {
	text string
	kind notice
}{
	{"erratum", erratumNotice}, {"errata", erratumNotice}, {"corrigendum", erratumNotice}, {"corrigenda", erratumNotice}, {"addendum", erratumNotice},
	{"correction to", erratumNotice}, {"correction for", erratumNotice}, {"correction of", erratumNotice}, {"corrections to", erratumNotice},
	{"author correction", erratumNotice}, {"publisher correction", erratumNotice}, {"publisher s erratum", erratumNotice},
	{"retraction note", retractionNotice}, {"retraction notice", retractionNotice}, {"retraction of", retractionNotice}, {"retraction to", retractionNotice},
	{"notice of retraction", retractionNotice}, {"expression of concern", retractionNotice}, {"statement of retraction", retractionNotice},
	{"reply to", replyNotice}, {"replies to", replyNotice}, {"in reply", replyNotice}, {"author reply", replyNotice}, {"authors reply", replyNotice}, {"author s reply", replyNotice}, {"the authors reply", replyNotice},
	{"response to", replyNotice}, {"in response to", replyNotice}, {"author response", replyNotice}, {"authors response", replyNotice}, {"author s response", replyNotice},
	{"comment on", replyNotice}, {"comments on", replyNotice}, {"commentary on", replyNotice}, {"discussion of", replyNotice}, {"rejoinder", replyNotice}, {"letter regarding", replyNotice}, {"letter by", replyNotice}, {"response by", replyNotice},
}

// openingsBy lists them by their first word.
var openingsBy = func() map[string][]int {
	by := map[string][]int{}
	for i, o := range noticeOpenings {
		first, _, _ := strings.Cut(o.text, " ")
		by[first] = append(by[first], i)
	}
	return by
}()

// noticeWords announce a note only with a colon behind them: "Correction: …",
// "Re: …"; without it they are words of a title like any other.
var noticeWords = map[string]notice{
	"correction": erratumNotice, "corrections": erratumNotice,
	"retraction": retractionNotice, "reply": replyNotice, "re": replyNotice, "response": replyNotice,
	"comment": replyNotice, "comments": replyNotice, "commentary": replyNotice,
}

// readNotice tells what note on another work the title announces, and gives the
// rest of it, which names that work.
func readNotice(title string) (rest string, kind notice) {
	s := title
	if s != "" && letterOf[s[0]] < 2 {
		s = strings.TrimLeft(s, " [(\"'“‘«")
	}
	var room wordRoom
	first, plain := firstWord(&room, s)
	if i := noticeMark(s); i > 0 && (!plain || noticeWords[string(first)] != noNotice) {
		if k := noticeWords[fold.Key(s[:i])]; k != noNotice && (s[i] == ':' || s[i] == ']' || i+1 < len(s) && s[i-1] == ' ') {
			return s[i+1:], k
		}
	}
	openings, known := openingsBy[string(first)]
	if known || !plain {
		if n, k := noticeOpening(s, openings, plain); k != noNotice {
			return behindWords(s, n), k
		}
	}
	if i := openingBracket(trimEnd(title, " .")); i > 20 && citesArticle(title[i:]) {
		return title[:i], erratumNotice
	}
	return noticeBehind(title)
}

// noticeMark gives the place of the first mark that may stand behind the name
// of a note, within the first 30 bytes; 0 or less without one.
func noticeMark(s string) int {
	const most = 30
	for i := 0; i < min(most, len(s)); i++ {
		switch s[i] {
		case ':', '-', '.', ']':
			return i
		case 0xE2:
			if isDash(s[i:]) {
				return i
			}
		}
	}
	return -1
}

// isDash tells whether a text begins with an en dash or em dash.
func isDash(s string) bool { return strings.HasPrefix(s, "–") || strings.HasPrefix(s, "—") }

// noticeOpening finds the opening that a title begins with, and the number of
// its words: among those in the list, or among all when the first word is not plain.
func noticeOpening(s string, list []int, plain bool) (words int, kind notice) {
	const most = 60
	head := s
	if len(head) > most {
		head = strings.ToValidUTF8(head[:most], "")
	}
	key := fold.Key(head)
	begins := func(text string) bool {
		return strings.HasPrefix(key, text) && (len(key) == len(text) || key[len(text)] == ' ')
	}
	if !plain {
		first, _, _ := strings.Cut(key, " ")
		list = openingsBy[first]
	}
	for _, i := range list {
		if o := noticeOpenings[i]; begins(o.text) {
			return strings.Count(o.text, " ") + 1, o.kind
		}
	}
	return 0, noNotice
}

// wordRoom holds the longest word that any list of this package has.
type wordRoom [20]byte

// trimEnd takes off the bytes of a set that a text ends with.
func trimEnd(s, set string) string {
	for s != "" && strings.IndexByte(set, s[len(s)-1]) >= 0 {
		s = s[:len(s)-1]
	}
	return s
}

// firstWord folds the first word of a text into room, as far as there is room.
// It is not plain when a character beyond ASCII stands in it or before it, and
// only package fold can tell what it is.
func firstWord(room *wordRoom, s string) (w []byte, plain bool) {
	i := 0
	for i < len(s) && letterOf[s[i]] == 0 {
		i++
	}
	n := 0
	for ; i < len(s) && n < len(room) && letterOf[s[i]] > 1; i++ {
		room[n] = letterOf[s[i]]
		n++
	}
	return room[:n], i == len(s) || letterOf[s[i]] != 1
}

// letterOf folds a byte: letters and digits to themselves in lower case, bytes
// beyond ASCII to 1, all others to 0.
var letterOf = func() (t [256]byte) {
	for c := range t {
		switch b := byte(c); {
		case b >= 0x80:
			t[c] = 1
		case b >= '0' && b <= '9' || b >= 'a' && b <= 'z':
			t[c] = b
		case b >= 'A' && b <= 'Z':
			t[c] = b | 0x20
		}
	}
	return t
}()

// noticeBehind reads a notice that is announced at the title's end: `"…":
// Correction`, "… - Reply".
func noticeBehind(title string) (rest string, kind notice) {
	t := trimEnd(title, " .]")
	i := lastMark(t)
	if i < 0 {
		return title, noNotice
	}
	key := fold.Key(t[i:])
	if strings.Contains(t[:i], "[Erratum appears") {
		return title, noNotice
	}
	if t[i] != ':' && t[i] != '[' && (i == 0 || t[i-1] != ' ') {
		return title, noNotice
	}
	switch key {
	case "correction", "erratum", "corrigendum", "errata", "correction to":
		return t[:i], erratumNotice
	case "retraction", "retraction notice":
		return t[:i], retractionNotice
	case "reply", "authors reply", "author s reply", "author reply", "in reply", "the authors reply", "response", "authors response", "comment", "a reply", "a comment", "a response":
		return t[:i], replyNotice
	}
	return title, noNotice
}

// lastMark gives the place of the last mark before which a title may end and
// behind which a notice may be named, -1 when what stands behind it is longer than
// 30 bytes or what stands before it shorter than 10.
func lastMark(s string) int {
	const least, most = 10, 30
	for i := len(s) - 1; i >= max(least, len(s)-most); i-- {
		switch s[i] {
		case ':', '-', '[':
			return i
		case 0xE2:
			if isDash(s[i:]) {
				return i
			}
		}
	}
	return -1
}

// citesArticle tells whether round brackets at a title's end name the place of
// the article that a correction is about, as Web of Science ("(vol 85, pg 553,
// 2010)") and Embase ("(Journal (2009) 360 (542-544))") write the titles of
// corrections.
func citesArticle(s string) bool {
	if s[0] != '(' {
		return false
	}
	words := fold.Words(s)
	if len(words) >= 4 && words[0] == "vol" && (words[2] == "pg" || words[2] == "p" || words[2] == "art") {
		return true
	}
	return strings.HasSuffix(s, "))") && strings.Count(s, "(") >= 3 && len(words) > 4 && isNumber(words[len(words)-1])
}

// behindWords cuts the first n words, and the punctuation behind them.
func behindWords(s string, n int) string {
	in := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		isWord := c >= 0x80 || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
		if in && !isWord {
			if n--; n == 0 {
				return strings.TrimLeft(s[i:], " :.,-\"'“‘«([")
			}
		}
		in = isWord
	}
	return ""
}

// trimTitle takes off what databases and editors put around a title: notes in
// brackets at its end ("[Review] [133 refs]", "[Erratum appears in …]", "(author's
// transl)"), the citation of the article commented on, a rubric before it.
func trimTitle(s string) string {
	s = withoutYear(strings.TrimSpace(s))
	for {
		t := trimEnd(s, " .;,")
		open := openingBracket(t)
		if open <= 0 || t[len(t)-1] == ')' && !dispensable(t[open:]) && !spelledBefore(t[open+1:len(t)-1], t[:open]) {
			break
		}
		s = t[:open]
	}
	if i := strings.Index(s, "[Erratum appears"); i > 0 {
		s = s[:i]
	}
	if i := strings.Index(s, "... "); i > 20 {
		s = s[:i]
	}
	if head, rest, ok := strings.Cut(s, ":"); ok && len(head) < longestRubric && rubrics[fold.Key(head)] && len(strings.Fields(rest)) > 1 {
		s = rest
	}
	return withoutRubric(s)
}

// withoutRubric takes off a rubric that stands behind the title: "… - Book
// Review", "…: guest editor's introduction".
func withoutRubric(s string) string {
	for _, mark := range [...]string{" - ", ": "} {
		if strings.IndexByte(s, mark[len(mark)-2]) < 0 {
			continue
		}
		i := strings.LastIndex(s, mark)
		if i <= 0 {
			continue
		}
		var room wordRoom
		if first, plain := firstWord(&room, s[i:]); plain && !rubricWords[string(first)] {
			continue
		}
		if isRubric(fold.Words(s[i:])) && strings.Count(s[:i], " ") >= 2 {
			return s[:i]
		}
	}
	return s
}

// withoutYear takes off a year in brackets that a pasted reference left before
// the title.
func withoutYear(s string) string {
	if len(s) > 20 && s[0] == '(' && digitsOnly(s[1:5]) && s[5] == ')' {
		return strings.TrimLeft(s[6:], " .,:")
	}
	return s
}

// withoutGenre takes out round brackets that only name what kind of contribution
// to a meeting it is: "(panel)", "(extended abstract)". It tells whether there were
// any.
func withoutGenre(s string) (rest string, found bool) {
	for from := 0; ; {
		open := strings.IndexByte(s[from:], '(')
		if open < 0 {
			return s, found
		}
		open += from
		end := strings.IndexByte(s[open:], ')')
		if end < 0 {
			return s, found
		}
		end += open
		words := fold.Words(s[open:end])
		only := len(words) > 0 && open > 0
		for _, w := range words {
			only = only && genreWords[w]
		}
		if only {
			found = true
			s = strings.TrimRight(s[:open], " ") + s[end+1:]
			from = open - 1
		} else {
			from = open + 1
		}
		from = min(max(from, 0), len(s))
	}
}

var genreWords = map[string]bool{"abstract": true, "panel": true, "session": true, "tutorial": true, "demonstration": true, "demo": true, "poster": true, "keynote": true, "invited": true,
	"talk": true, "paper": true, "extended": true, "experience": true, "summary": true, "oral": true, "presentation": true, "plenary": true}

// originalIn gives the original title that some databases put in square
// brackets behind the translated one, "" when there is none. Notes of a
// database, which stand there too, are short or begin with a known word.
func originalIn(s string) string {
	t := trimEnd(strings.TrimSpace(s), " .")
	open := openingBracket(t)
	if open <= 0 || t[open] != '[' {
		return ""
	}
	words := titleWords(t[open:])
	if len(words) < 3 || databaseNotes[words[0]] {
		return ""
	}
	return strings.Join(words, "")
}

// databaseNotes begin the notes that databases put behind a title.
var databaseNotes = map[string]bool{"erratum": true, "see": true, "comment": true, "review": true, "published": true, "corrected": true, "retraction": true, "retracted": true,
	"republished": true, "summary": true, "in": true, "article": true, "letter": true, "editorial": true, "update": true, "cochrane": true}

// openingBracket gives the place of the partner of the bracket that ends s, -1
// when s does not end in a bracket that has one.
func openingBracket(s string) int {
	if s == "" {
		return -1
	}
	var opens, closes byte
	switch s[len(s)-1] {
	case ']':
		opens, closes = '[', ']'
	case ')':
		opens, closes = '(', ')'
	default:
		return -1
	}
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case closes:
			depth++
		case opens:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// dispensable tells whether round brackets at a title's end hold a note of a
// database and not words of the title.
func dispensable(s string) bool {
	k := fold.Key(s)
	for _, w := range []string{"transl", "review", "refs", "see comment", "provisional"} {
		if strings.Contains(k, w) {
			return true
		}
	}
	return false
}

// spelledBefore tells whether a word in capitals is an abbreviation of the words
// before it: "National Technical University of Athens (NTUA)". Its letters stand there
// in their order, the first at the beginning of a word.
func spelledBefore(short, words string) bool {
	if len(short) < 3 || len(short) > 8 || strings.Trim(short, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return false
	}
	for at := strings.LastIndexByte(words, short[0]); at >= 0; at = strings.LastIndexByte(words[:at], short[0]) {
		if (at == 0 || words[at-1] == ' ') && lettersInOrder(strings.ToLower(short), strings.ToLower(words[at:])) {
			return true
		}
	}
	return false
}

func lettersInOrder(letters, s string) bool {
	for i := 0; i < len(letters); i++ {
		at := strings.IndexByte(s, letters[i])
		if at < 0 {
			return false
		}
		s = s[at+1:]
	}
	return true
}

// isBookReview tells whether the title says at its end that it is a book review.
func isBookReview(title string) bool {
	const mark = "book review"
	t := trimEnd(title, " .])")
	return len(t) > len(mark) && strings.EqualFold(t[len(t)-len(mark):], mark)
}

// longestRubric is how long a rubric can be with what stands around it.
const longestRubric = 60

// rubrics stand before the titles of articles in some sources, as the heading of
// the section of the journal, and are missing in others.
var rubrics = map[string]bool{
	"short report": true, "brief report": true, "case report": true, "original article": true, "original paper": true, "research article": true,
	"short communication": true, "brief communication": true, "rapid communication": true, "technical report": true, "research note": true,
	"review": true, "review article": true, "letter": true, "letter to the editor": true, "research": true, "article": true, "editorial": true,
	"preliminary report": true, "special article": true, "clinical study": true,
	// What kind of contribution to a meeting it is.
	"tutorial": true, "panel": true, "keynote": true, "keynote address": true, "invited talk": true, "demonstration": true, "poster": true,
	// A retracted article is the article, with a stamp on it.
	"retracted": true, "retracted article": true, "withdrawn": true,
}

// titleWords gives the words of a title in comparison spelling.
func titleWords(s string) []string {
	words := fold.Words(s)
	for i, w := range words {
		words[i] = spelling(w)
	}
	return words
}

// appendSpelt appends the words of a folded text in comparison spelling, with
// blanks between them and before the first unless dst is empty.
func appendSpelt(dst, key []byte) []byte {
	for from := 0; from < len(key); {
		to, british := from, false
		for last := byte(0); to < len(key) && key[to] != ' '; to++ {
			b := key[to]
			british = british || b == 'e' && (last == 'a' || last == 'o') || b == 'u' && last == 'o'
			last = b
		}
		w := key[from:to]
		from = to + 1
		if len(dst) > 0 {
			dst = append(dst, ' ')
		}
		if british || endsBritish(w) {
			dst = append(dst, spelling(string(w))...)
		} else {
			dst = append(dst, w...)
		}
	}
	return dst
}

// endsBritish tells whether a word ends like one of the endings.
func endsBritish(w []byte) bool {
	for _, e := range endingsBy[w[len(w)-1]] {
		if bytes.HasSuffix(w, []byte(e.british)) {
			return true
		}
	}
	return false
}

// spelling brings British and American spelling together. It is for comparing
// only: what it makes of a word need not be a word.
func spelling(w string) string {
	if len(w) < 4 || w[0] < 'a' {
		return w
	}
	w = strings.ReplaceAll(w, "ae", "e")
	if i := strings.Index(w, "oe"); i >= 0 && w != "does" && w != "goes" {
		w = strings.ReplaceAll(w, "oe", "e")
	}
	if i := strings.LastIndex(w, "our"); i > 1 && len(w) > 5 && ourEndings[w[i+3:]] {
		w = w[:i] + "or" + w[i+3:]
	}
	for _, e := range endingsBy[w[len(w)-1]] {
		if stem, ok := strings.CutSuffix(w, e.british); ok && len(stem) > 2 {
			return stem + e.american
		}
	}
	return w
}

// ourEndings may follow the "our" of British spelling that is "or" in American:
// colour, behavioural, neighbouring, but not journal, source or hours.
var ourEndings = map[string]bool{"": true, "s": true, "al": true, "ally": true, "ed": true, "ing": true, "able": true, "ably": true, "ite": true, "ites": true, "ful": true, "less": true, "hood": true, "hoods": true, "er": true, "ers": true, "ism": true, "ist": true, "igenic": true}

// ending is a British ending and its American form.
type ending struct{ british, american string }

// endingsBy lists the endings by their last letter.
var endingsBy = func() (by [256][]ending) {
	for _, e := range endings {
		last := e.british[len(e.british)-1]
		by[last] = append(by[last], e)
	}
	return by
}()

var endings = []ending{
	{"isation", "ization"}, {"isations", "izations"}, {"ising", "izing"}, {"ised", "ized"}, {"ises", "izes"}, {"ise", "ize"},
	{"ysing", "yzing"}, {"ysed", "yzed"}, {"yse", "yze"},
	{"tre", "ter"}, {"tres", "ters"}, {"ogue", "og"}, {"ogues", "ogs"}, {"amme", "am"}, {"ammes", "ams"},
	{"elling", "eling"}, {"elled", "eled"}, {"ence", "ense"},
}

// subtitleAt gives the place of the mark that parts title and subtitle, 0 for
// a title without one.
func subtitleAt(s string) int {
	for i := 10; i < len(s)-2; i++ {
		switch s[i] {
		case ':', '?', ';':
			return i
		case '.':
			if s[i+1] == ' ' && s[i-1] >= 'a' && s[i-1] <= 'z' {
				return i
			}
		case '-':
			if s[i-1] == ' ' && s[i+1] == ' ' || s[i-1] == '-' {
				return i
			}
		case 0xE2: // en dash or em dash
			if s[i-1] == ' ' && (strings.HasPrefix(s[i:], "– ") || strings.HasPrefix(s[i:], "— ")) {
				return i
			}
		}
	}
	return 0
}

// romans are the numerals that number parts.
var romans = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}

// numerals are the words that number parts.
var numerals = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "a": 1, "b": 2, "c": 3, "d": 4}

// partWord tells whether a word stands before the number of a part.
func partWord(w string) bool {
	switch w {
	case "part", "pt", "volume", "vol", "chapter", "section", "teil", "partie", "parte":
		return true
	}
	return false
}

// numberedWords stand before other numbers that tell works apart when both have
// one: a phase II and a phase III trial.
var numberedWords = map[string]bool{"phase": true, "study": true, "report": true, "no": true, "paper": true, "number": true, "session": true, "lesson": true, "type": true, "trial": true}

// partOf reads the number of the part that a title names, and gathers its other
// numbers: those in digits, and Roman numerals over one that end the title.
func partOf(words []string) (part int, numbers string) {
	var nums []string
	for i, w := range words {
		before := ""
		if i > 0 {
			before = words[i-1]
		}
		if part == 0 && partWord(before) {
			if part = numeral(w, before == "part" || before == "pt"); part > 0 {
				continue
			}
		}
		switch {
		case isNumber(w):
			nums = append(nums, strings.TrimLeft(w, "0"))
		case w[0] != 'i' && w[0] != 'v' && w[0] != 'x':
		case romans[w] > 0 && numberedWords[before], romans[w] > 1 && len(w) > 1 && i == len(words)-1 && i > 0:
			nums = append(nums, strconv.Itoa(romans[w]))
		}
	}
	return part, strings.Join(nums, " ")
}

// rubricWords are the words of titles that are a rubric and stand over something
// else in each issue: "Editorial", "Guest editor's introduction", "In this issue".
var rubricWords = map[string]bool{"editorial": true, "editorials": true, "editor": true, "editors": true, "s": true, "introduction": true, "preface": true, "foreword": true, "comments": true, "comment": true,
	"commentary": true, "notes": true, "note": true, "letter": true, "letters": true, "guest": true, "special": true, "issue": true, "section": true, "index": true, "contents": true, "book": true,
	"review": true, "reviews": true, "news": true, "obituary": true, "abstracts": true, "abstract": true, "announcement": true, "announcements": true, "correspondence": true, "reply": true, "message": true,
	"chair": true, "vice": true, "chairman": true, "president": true, "director": true, "treasurer": true, "secretary": true, "call": true, "calls": true, "papers": true, "from": true, "the": true, "to": true, "in": true, "this": true, "of": true, "and": true, "an": true, "a": true, "on": true, "for": true, "track": true, "minitrack": true,
	"column": true, "discussion": true, "response": true, "summary": true, "report": true, "acknowledgments": true, "acknowledgements": true, "reviewers": true, "calendar": true, "corner": true, "remarks": true, "overview": true, "perspective": true, "viewpoint": true, "welcome": true}

// isRubric tells whether a title is of such words only.
func isRubric(words []string) bool {
	if len(words) == 0 || len(words) > 8 {
		return false
	}
	for _, w := range words {
		if !rubricWords[w] {
			return false
		}
	}
	return true
}

// numeral reads the number of a part: in digits, Roman, in words or, where
// letters count, as a letter. 0 stands for none.
func numeral(w string, letters bool) int {
	if n := smallNumber(w); n > 0 && isNumber(w) {
		return n
	}
	if len(w) == 1 && !letters && w[0] >= 'a' {
		return 0
	}
	return max(romans[w], numerals[w])
}

// isLanguage tells whether a folded word is the English name of a language, with
// which some databases part the translation of a title from the original.
func isLanguage(w string) bool {
	return len(w) > 4 && len(record.Language(w)) == 2
}
