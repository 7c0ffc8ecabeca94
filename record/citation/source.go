package citation

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// source is the part of a citation that says where in the journal the work
// stands, "2019 Apr 3;12(3 Suppl):45-50.", as offsets into the text and parts of it.
type source struct {
	left     int    // end of what stands before it: the journal, or the publisher
	start    int    // of the year
	end      int    // past the point that ends it
	date     string // "2019 Apr 3"
	beside   string // what brackets hold behind the date: "cited 2019 Mar 30"
	volume   string
	issue    string
	pages    string
	strength int
	book     bool // a semicolon stands before the year: "Publisher; 2014"
}

// How sure a source is one.
const (
	dateOnly = 1 + iota // "Lancet. 2019 Apr 3."
	numbered            // with a volume, an issue or pages
	complete            // with a volume or issue, and pages
)

// nextSource finds the first source at or behind an offset.
func nextSource(s string, from int) (src source, ok bool) {
	for i := from; i+4 <= len(s); i++ {
		j := strings.IndexAny(s[i:], "12")
		if j < 0 {
			return source{}, false
		}
		if i += j; !isYear(s, i) {
			continue
		}
		if src, ok := sourceAt(s, i); ok {
			return src, true
		}
		i += 3
	}
	return source{}, false
}

// isYear tells whether a number of four digits that may be a year stands by
// itself at i, or behind the c of a copyright.
func isYear(s string, i int) bool {
	if i+4 > len(s) || s[i] != '1' && s[i] != '2' || s[i] == '2' && s[i+1] > '1' || s[i] == '1' && s[i+1] < '5' {
		return false
	}
	for k := i; k < i+4; k++ {
		if !isDigit(s[k]) {
			return false
		}
	}
	return (i == 0 || strings.IndexByte(" .,;:(", s[i-1]) >= 0 || i > 1 && s[i-1] == 'c' && s[i-2] == ' ') && (i+4 == len(s) || !isDigit(s[i+4]))
}

// sourceAt reads the source whose year stands at i.
func sourceAt(s string, i int) (src source, ok bool) {
	src = source{start: i, left: i}
	before := strings.TrimRight(s[:i], " ")
	if i > 1 && s[i-1] == 'c' {
		before = strings.TrimRight(s[:i-1], " ")
	}
	if before == "" {
		return src, false
	}
	bracket := before[len(before)-1] == '('
	if bracket {
		before = strings.TrimRight(before[:len(before)-1], " ")
	}
	pointed := false
	switch last := before[max(len(before)-1, 0):]; last {
	case "", "(", ":", "-":
		return src, false
	case ".", "?", "!":
		pointed = true
	case ";":
		src.book = true
	}
	src.left = len(strings.TrimRight(before, " ;,"))
	if pointed && before[len(before)-1] == '.' {
		src.left--
	}
	j := dateEnd(s, i)
	src.date = s[i:j]
	if bracket {
		if j >= len(s) || s[j] != ')' {
			return src, false
		}
		if j++; j < len(s) && s[j] == ',' {
			j++
		}
	} else {
		j = src.besideDate(s, j)
	}
	if !src.numbers(s, j, bracket) {
		return src, false
	}
	if src.book && src.strength > dateOnly {
		src.book = false // "Lancet; 2019;12:3"
	}
	return src, pointed || src.book || src.strength == complete
}

// besideDate reads the bracket that may follow the date of what was read on a
// page: "[cited 2019 Mar 30]".
func (src *source) besideDate(s string, j int) int {
	if j+1 >= len(s) || s[j] != ' ' || s[j+1] != '[' {
		return j
	}
	end := strings.IndexByte(s[j:min(len(s), j+longBracket)], ']')
	if end < 0 {
		return j
	}
	src.beside = s[j+2 : j+end]
	return j + end + 1
}

// numbers reads what follows the date at j: a semicolon and the volume, a colon
// and the pages, or the end. In the style with the year in brackets, "(2019)
// 12:3", a blank stands for the semicolon.
func (src *source) numbers(s string, j int, bracket bool) bool {
	k := skipBlanks(s, j)
	switch {
	case bracket || k < len(s) && (s[k] == ';' || s[k] == ','):
		comma := bracket || s[k] == ','
		if k < len(s) && (s[k] == ';' || s[k] == ',') {
			k++
		}
		if !src.volumeAt(s, skipBlanks(s, k)) {
			return false
		}
		return !comma || src.strength == complete
	case k < len(s) && s[k] == ':':
		end, ok := pagesEnd(s, skipBlanks(s, k+1))
		if !ok {
			return false
		}
		src.setPages(s, skipBlanks(s, k+1), end)
		src.strength = numbered
		return true
	case j == len(s) || s[j] == '.' && (j+1 == len(s) || s[j+1] == ' ' || isUpperAt(s, j+1)):
		src.strength, src.end = dateOnly, min(j+1, len(s))
		return true
	}
	return false
}

// volumeAt reads "12(3):45-50", "42 Suppl 2:S93-9", "(3):CD001234", "58(Pt 6 No 1):899",
// "34():e1" and, of a work ahead of its volume, " .".
func (src *source) volumeAt(s string, i int) bool {
	const longest = 60 // bytes of the longest volume in words
	k := i
	for k < len(s) && k-i < longest && strings.IndexByte("(:.;,[", s[k]) < 0 {
		k++
	}
	src.volume = strings.TrimRight(s[i:k], " ")
	if !volumeLike(src.volume) {
		return false
	}
	for k < len(s) && s[k] == '(' {
		end := bracketEnd(s, k)
		if end < 0 || end-k > longest {
			return false
		}
		issue := strings.TrimSpace(s[k+1 : end-1])
		if src.issue != "" && issue != "" {
			issue = src.issue + " " + issue
		}
		src.issue = issue
		k = end
		rest := k
		for rest < len(s) && rest-k < 24 && strings.IndexByte("(:.;,[", s[rest]) < 0 {
			rest++
		}
		if part := strings.TrimSpace(s[k:rest]); part != "" && rest < len(s) && s[rest] != '.' && volumeLike(part) {
			src.issue = strings.TrimSpace(src.issue + " " + part)
			k = rest
		}
	}
	k = skipBlanks(s, k)
	src.strength = numbered
	if src.volume == "" && src.issue == "" {
		src.strength = dateOnly
	}
	switch {
	case k == len(s):
		src.end = k
	case s[k] == '.':
		src.end = k + 1
	case s[k] == ':' || s[k] == ',' && src.strength == numbered:
		from := skipBlanks(s, k+1)
		if s[k] == ',' {
			from += len(pageWord(s[from:]))
		}
		if s[k] == ':' && (from == len(s) || s[from] == '.') { // no pages yet: "7():."
			src.end = min(from+1, len(s))
			return true
		}
		end, ok := pagesEnd(s, from)
		if !ok {
			return false
		}
		src.setPages(s, from, end)
		src.strength++
	default:
		src.end = k
		return s[k] == '[' || s[k] == ';'
	}
	return true
}

// setPages takes the pages and what ends them.
func (src *source) setPages(s string, from, end int) {
	src.pages = strings.TrimRight(s[from:end], " ")
	src.end = end
	if end < len(s) && s[end] == '.' {
		src.end++
	}
}

// pageWord gives the "p. " or "pp. " that a text begins with.
func pageWord(s string) string {
	for _, w := range [...]string{"pp. ", "p. ", "pp ", "p "} {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

// volumeWords stand in volumes and issues beside their numbers.
var volumeWords = map[string]bool{"Suppl": true, "Suppl.": true, "Supplement": true, "Supplementary": true, "suppl": true, "Pt": true, "Part": true, "pt": true,
	"Spec": true, "No": true, "No.": true, "Special": true, "Issue": true, "Chapter": true, "Unit": true, "Vol": true, "Vol.": true, "Annual": true, "Online": true,
	"Ser": true, "Series": true, "Section": true, "Dec": true, "Database": true, "Web": true, "Proc": true, "Meeting": true, "Abstracts": true, "and": true, "ED": true}

// volumeLike tells whether a text may be a volume: each word has a digit, is a
// word of volumes, or a letter or two or a roman number. So is the empty text.
func volumeLike(s string) bool {
	for len(s) > 0 {
		word, rest, _ := strings.Cut(s, " ")
		s = rest
		if len(word) <= 2 || strings.ContainsAny(word, "0123456789") || volumeWords[word] || roman(word) {
			continue
		}
		return false
	}
	return true
}

// roman tells whether a word is a number in roman letters, as prefaces are paged.
func roman(s string) bool {
	for i := 0; i < len(s); i++ {
		if strings.IndexByte("ivxlcdmIVXLCDM", s[i]) < 0 {
			return false
		}
	}
	return len(s) > 0
}

// pageWords may stand among page numbers: "45-50; discussion 51", "1 p following 32".
var pageWords = map[string]bool{"discussion": true, "quiz": true, "author": true, "reply": true, "passim": true, "p": true, "pp": true, "following": true, "preceding": true,
	"contd": true, "concl": true, "table": true, "Unit": true, "Chapter": true, "Suppl": true, "suppl": true, "pages": true, "and": true, "1p": true, "2p": true, "inside": true,
	"cover": true, "back": true, "front": true, "-": true, "–": true, "Article": true, "No": true, "No.": true, "the": true, "Doc": true}

// pagesEnd gives the end of the pages that begin at i: "123-8, 130", "iii-v",
// "e0248558", "1171-8; discussion 1178-9". ok is false where none begin there.
func pagesEnd(s string, i int) (end int, ok bool) {
	for k := i; ; {
		word := k
		for k < len(s) && s[k] != ' ' && s[k] != ';' && s[k] != ',' && !endsSentence(s, k) {
			k++
		}
		if w := s[word:k]; !pageLike(w) {
			return end, ok
		} else if !pageWords[w] {
			end, ok = k, true
		}
		next := k
		for next < len(s) && (s[next] == ' ' || s[next] == ';' || s[next] == ',') {
			next++
		}
		if next == k || next == len(s) { // a point, or the end of the text
			return end, ok
		}
		if k = next; s[next-1] != ' ' && !isDigit(s[next]) {
			return end, ok
		}
	}
}

// pageLike tells whether a word may stand among pages.
func pageLike(w string) bool {
	if w == "" || w[len(w)-1] == ')' && strings.IndexByte(w, '(') < 0 {
		return false
	}
	if w[0] >= '0' && w[0] <= '9' || pageWords[w] {
		return !strings.HasPrefix(w, "10.") || !strings.Contains(w, "/") // a DOI
	}
	if strings.HasPrefix(w, "doi") || strings.HasPrefix(w, "PMID") || strings.HasPrefix(w, "PMC") || strings.HasPrefix(w, "http") || w[0] == '[' {
		return false
	}
	if strings.ContainsAny(w, "0123456789") {
		return len(w) <= 40
	}
	first, last, _ := strings.Cut(w, "-")
	return roman(first) && (last == "" || roman(last))
}

// endsSentence tells whether a point stands at k that ends a part of a citation:
// a blank, a capital or nothing follows.
func endsSentence(s string, k int) bool {
	if s[k] != '.' {
		return false
	}
	return k+1 == len(s) || s[k+1] == ' ' || isUpperAt(s, k+1) && (k == 0 || !isUpperAt(s, k-1))
}

// bracketEnd gives the offset past the bracket that closes the one at i, -1
// where none does soon.
func bracketEnd(s string, i int) int {
	depth := 0
	for last := min(len(s), i+longBracket); i < last; i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// months and the like are the words of dates, by their first three letters.
var dateWords = map[string]bool{"Jan": true, "Feb": true, "Mar": true, "Apr": true, "May": true, "Jun": true, "Jul": true, "Aug": true, "Sep": true, "Oct": true,
	"Nov": true, "Dec": true, "Spr": true, "Sum": true, "Aut": true, "Fal": true, "Win": true, "1st": true, "2nd": true, "3rd": true, "4th": true, "Qua": true, "Fir": true,
	"Sec": true, "Thi": true, "Fou": true, "Eas": true, "Chr": true}

// longDateWords bounds the words of dates: "September", "Christmas".
const longDateWords = 9

// dateEnd gives the end of the date whose year stands at i: "2019", "2019 Apr 3",
// "2012 Jan-Feb", "1998 Dec-1999 Jan", "2007 Spring", "2000 Oct 16-31", "1998-1999".
func dateEnd(s string, i int) int {
	end := i + 4
	months := false
	for k := end; k < len(s); {
		sep := s[k]
		if sep != ' ' && sep != '-' && sep != '/' && !strings.HasPrefix(s[k:], "–") {
			break
		}
		k++
		if sep >= utf8.RuneSelf {
			k += len("–") - 1
		}
		word := k
		for k < len(s) && (isDigit(s[k]) || isLetter(s[k])) {
			k++
		}
		w := s[word:k]
		switch {
		case len(w) >= 3 && len(w) <= longDateWords && dateWords[w[:3]]:
			months = true
		case len(w) == 4 && sep != ' ' && isYear(s, word) || len(w) == 4 && sep == '-' && isYear(s[word:], 0):
		case (len(w) == 1 || len(w) == 2) && allDigits(w) && (months || sep != ' '):
		default:
			return end
		}
		end = k
	}
	return end
}

func skipBlanks(s string, i int) int {
	for i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return len(s) > 0
}

// isUpperAt tells whether a capital letter stands at i.
func isUpperAt(s string, i int) bool {
	if i < 0 || i >= len(s) {
		return false
	}
	if c := s[i]; c < utf8.RuneSelf {
		return c >= 'A' && c <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsUpper(r)
}
