package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences returns the sentences of text, in order, not overlapping, without
// white space at either end. Together they hold all that is not white space.
//
// A sentence ends with a point, question or exclamation mark or an ellipsis,
// the quotes, brackets and reference numbers after it included, when what
// follows can begin one; the point of an abbreviation, initial or genus, of a
// decimal, or of an item's number does not end it. It also ends at a blank
// line, at a line break before an item of a list or after a line that is
// a heading or ends like a sentence, and before a heading in capitals ("METHODS:") within
// the line. A heading belongs to the sentence after it on the same line.
//
// A text of white space gives nil.
func Sentences(text string) []Token {
	s := splitter{text: text}
	s.skipSpace(0)
	for i := s.heading(s.start); i < len(text); {
		c := text[i]
		switch {
		case c == '\n' || c == '\r':
			i = s.lineEnd(i)
		case c == '.' || c == '?' || c == '!':
			i = s.terminal(i)
		case c == ' ':
			i = s.heading(i + 1)
		case c < utf8.RuneSelf:
			i++
		default:
			i = s.beyondASCII(i)
		}
	}
	s.end(len(text))
	return s.out
}

// splitter walks through a text and collects its sentences.
type splitter struct {
	text  string
	start int // of the sentence that is not ended yet: no white space
	out   []Token
}

// end ends a sentence at byte i.
func (s *splitter) end(i int) {
	if i <= s.start {
		return
	}
	part := strings.TrimRightFunc(s.text[s.start:i], unicode.IsSpace)
	s.out = append(s.out, Token{s.start, s.start + len(part)})
	s.skipSpace(i)
}

// skipSpace begins the next sentence after the white space at byte i.
func (s *splitter) skipSpace(i int) {
	s.start = len(s.text) - len(strings.TrimLeftFunc(s.text[i:], unicode.IsSpace))
}

func (s *splitter) beyondASCII(i int) int {
	r, n := utf8.DecodeRuneInString(s.text[i:])
	switch r {
	case '…', '‽':
		return s.terminal(i)
	case '。', '！', '？', '．':
		j := i + n
		j += len(s.text[j:]) - len(strings.TrimLeft(s.text[j:], "」』”）)"))
		s.end(j)
		return j
	case '\u2028', '\u2029', '\u0085':
		s.end(i)
	}
	return i + n
}

// terminal deals with the marks at i, which may end a sentence, and returns
// where to go on.
func (s *splitter) terminal(i int) int {
	marks := i + len(s.text[i:]) - len(strings.TrimLeft(s.text[i:], ".?!…‽"))
	after := s.closing(marks)
	rest := s.text[after:]
	next := strings.TrimLeftFunc(rest, unicode.IsSpace)
	switch {
	case next == "":
		return len(s.text)
	case len(next) == len(rest):
		if after == marks && s.text[i:marks] == "." && s.glued(i, next) {
			s.end(marks)
		}
		return marks
	}
	if s.text[i:marks] == "." && after == marks && !s.pointEnds(i, next) {
		return marks
	}
	if opening(next) == closed {
		return marks
	}
	if s.text[i:marks] != "." && opening(next) == number && strings.TrimLeft(s.text[i:marks], ".…") == "" {
		return marks // an ellipsis in a row of numbers: 1, 2, ... 10
	}
	s.end(after)
	return after
}

// closing returns where the quotes, brackets and reference numbers end that
// follow the marks ending at i.
func (s *splitter) closing(i int) int {
	for i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		switch {
		case strings.ContainsRune(`"')]}”’»`, r):
			i += n
			continue
		case r == '[':
			n = reference(s.text[i:])
		case r == ' ' && i+1 < len(s.text) && s.text[i+1] == '[':
			n = reference(s.text[i+1:])
			if n > 0 {
				n++
			}
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// reference returns the length of a reference such as [1] or [2,4–6] that s
// begins with.
func reference(s string) int {
	const longest = 40
	end := strings.IndexByte(s[:min(len(s), longest)], ']')
	if end < 2 || strings.Trim(s[1:end], "0123456789,;–- ") != "" || digits(s[1:]) == 0 {
		return 0
	}
	return end + 1
}

// glued holds where the blank after a sentence is missing: a word in small
// letters, the point at i, and a capital with small letters ("groups.Methods"), but not
// within an address.
func (s *splitter) glued(i int, next string) bool {
	word := lastField(s.text[max(s.start, i-maxField):i])
	const least = 3
	small := 0
	for small < len(word) && isLower(word[len(word)-1-small]) {
		small++
	}
	if small < least && !strings.HasSuffix(word, ")") || strings.ContainsAny(word, "@/_") || strings.Contains(word, "www") {
		return false
	}
	if len(next) < 2 || !isUpper(next[0]) {
		return false
	}
	following := firstWord(next)
	if n := GluedHeading(following); n > 0 { // "trials.ConclusionsTelephone"
		following = following[:n]
	}
	return capitalised(following) && len(following) > 1 && !strings.ContainsAny(firstField(next[:min(len(next), maxField)]), "@/_")
}

// GluedHeading returns the length of a heading that s begins with and that a word with
// a capital follows without a blank, as where markup was lost: of "ConclusionsTelephone"
// 11, and 0 where there is none.
func GluedHeading(s string) int {
	word := firstWord(s)
	for n := 1; n < len(word); n++ {
		if isUpper(word[n]) {
			if headings[strings.ToLower(word[:n])] && isUpper(word[0]) {
				return n
			}
			return 0
		}
	}
	return 0
}

// maxField is how far around a point an address is looked for.
const maxField = 100

// What a text can begin with, as far as it tells whether it is a sentence.
const (
	closed  = iota // what does not begin one: a small letter, a closing mark
	number         // a digit or a sign before one
	capital        // a capital, or a letter of a script without them
)

// opening classes the beginning of s, quotes and brackets apart.
func opening(s string) int {
	s = strings.TrimLeft(s, "\"'([{“‘«¿¡„ ")
	if s == "" {
		return closed
	}
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsDigit(r):
		return number
	case strings.ContainsRune("<>=≤≥±~+#$€£≈∼•*·-–—©®", r):
		return number
	case unicode.IsUpper(r):
		return capital
	case unicode.IsLower(r):
		if unicode.Is(unicode.Greek, r) || mixed(s) {
			return capital
		}
		return closed
	case unicode.IsLetter(r):
		return capital
	}
	return closed
}

// mixed holds for names that begin with a small letter and have a capital or
// a digit behind it: mRNA, pH, eGFR, p53.
func mixed(s string) bool {
	for i := 1; i < len(s) && i < 4; i++ {
		if isUpper(s[i]) {
			return true
		}
		if !isLower(s[i]) && s[i] != '-' {
			return isDigit(s[i])
		}
	}
	return false
}

// pointEnds says whether the single point at i can end a sentence, next being
// what follows it and its white space.
func (s *splitter) pointEnds(i int, next string) bool {
	word := s.wordBefore(i)
	kind := opening(next)
	if isNumber(word) {
		return s.numberEnds(i, word, next)
	}
	switch abbreviation(word) {
	case never:
		return false
	case beforeNumber:
		return kind != number
	case beforeStarter:
		return starter(next)
	}
	switch {
	case initial(word):
		return starter(next) || s.lettered(i-len(word))
	case dotted(word):
		return starter(next)
	}
	return true
}

// numberEnds judges the point after a number: neither the "1." of an item nor
// the point of a decimal torn apart ("P < 0. 05") ends a sentence.
func (s *splitter) numberEnds(i int, word, next string) bool {
	if strings.TrimLeft(s.text[s.start:i], "(") == word && len(word) <= 2 {
		return false
	}
	return !(word == "0" && digits(next) > 0)
}

// wordBefore returns the run of letters, digits and inner points that ends at
// i.
func (s *splitter) wordBefore(i int) string {
	from := i
	for from > s.start {
		r, n := utf8.DecodeLastRuneInString(s.text[s.start:from])
		if r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		from -= n
	}
	return strings.TrimLeft(s.text[from:i], ".")
}

// lettered holds where the letter that begins at i belongs to the word before
// it: vitamin C, hepatitis B, group A.
func (s *splitter) lettered(i int) bool {
	before := strings.TrimRight(s.text[s.start:i], " ")
	return before != s.text[s.start:i] && takesLetter[strings.ToLower(lastWord(before))]
}

// initial holds for a single capital.
func initial(word string) bool {
	r, n := utf8.DecodeRuneInString(word)
	return n > 0 && n == len(word) && unicode.IsUpper(r)
}

// dotted holds for letters with points between them: U.S, i.v, Ph.D.
func dotted(word string) bool {
	const longest = 2 // letters between two points
	if !strings.Contains(word, ".") {
		return false
	}
	for _, part := range strings.Split(word, ".") {
		if part == "" || len(part) > longest || !isLetter(part[0]) {
			return false
		}
	}
	return true
}

func isNumber(word string) bool { return word != "" && digits(word) == len(word) }

// starter holds when next begins with a word, in capitals at its beginning,
// that begins sentences rather than names.
func starter(next string) bool {
	word := firstWord(strings.TrimLeft(next, "\"'([“‘"))
	if word == "" || !isUpper(word[0]) {
		return false
	}
	w := strings.ToLower(word)
	return len(w) > 1 && (Stop(w) || starters[w] || headings[w]) || w == "a"
}

func capitalised(word string) bool {
	return word != "" && isUpper(word[0]) && strings.ToLower(word[1:]) == word[1:]
}

// firstWord returns the ASCII letters that s begins with.
func firstWord(s string) string {
	n := 0
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	return s[:n]
}

// lastWord returns the ASCII letters that s ends with.
func lastWord(s string) string {
	n := len(s)
	for n > 0 && isLetter(s[n-1]) {
		n--
	}
	return s[n:]
}

// lastField returns what s has after its last blank, firstField what it has
// before its first.
func lastField(s string) string {
	return s[strings.LastIndexAny(s, " \t\r\n")+1:]
}

func firstField(s string) string {
	if i := strings.IndexAny(s, " \t\r\n"); i >= 0 {
		return s[:i]
	}
	return s
}

// lineEnd deals with the line break at i and returns where the next line with
// text begins.
func (s *splitter) lineEnd(i int) int {
	rest := s.text[i:]
	next := strings.TrimLeftFunc(rest, unicode.IsSpace)
	gap := rest[:len(rest)-len(next)]
	if s.breaks(i, next, strings.Count(gap, "\n")+strings.Count(strings.ReplaceAll(gap, "\r\n", "\n"), "\r")) {
		s.end(i)
	}
	return s.heading(len(s.text) - len(next))
}

// breaks says whether the line break at i, or the several there, part two
// sentences rather than wrap one.
func (s *splitter) breaks(i int, next string, breaks int) bool {
	if i <= s.start || next == "" {
		return false
	}
	line := strings.TrimRightFunc(s.text[s.start:i], unicode.IsSpace)
	last, _ := utf8.DecodeLastRuneInString(line)
	switch {
	case item(next):
		return true
	case last == ':':
		return breaks > 1 && !isHeading(strings.TrimRight(line, ":"))
	case breaks > 1:
		return true
	case isHeading(line):
		return true
	}
	return strings.ContainsRune("?!;", last) && opening(next) != closed
}

// isHeading holds when line is nothing but a heading.
func isHeading(line string) bool {
	const longest = 40
	return len(line) <= longest && headings[strings.ToLower(line)]
}

// item holds when s begins like an item of a list: a bullet, or a number or
// letter with a point or bracket, and a blank.
func item(s string) bool {
	const longest = 5 // a mark, "(12).", and its blank
	mark, _, ok := strings.Cut(s[:min(len(s), longest+1)], " ")
	if !ok {
		return false
	}
	switch mark {
	case "•", "-", "–", "—", "*", "·", "◦", "▪", "●", "‣":
		return true
	}
	bare := strings.TrimRight(strings.TrimLeft(mark, "("), ".)")
	if bare == mark || bare == "" || len(bare) > 2 {
		return false
	}
	return isNumber(bare) || len(bare) == 1 && isLower(bare[0])
}

// heading begins a sentence at byte i if a heading in capitals with a colon
// begins there ("METHODS:", "MAIN OUTCOME MEASURES:", "METHODS AND RESULTS:"),
// and returns where to go on.
func (s *splitter) heading(i int) int {
	rest := s.text[i:]
	first := firstWord(rest)
	if len(first) < 3 || strings.ToUpper(first) != first {
		return i
	}
	const longest = 60
	colon := strings.IndexByte(rest[:min(len(rest), longest)], ':')
	if colon < 0 {
		return i
	}
	label := rest[:colon]
	if strings.ToUpper(label) != label || strings.ContainsAny(label, ".;,?!\n") {
		return i
	}
	if headings[strings.ToLower(first)] || headings[strings.ToLower(label)] {
		s.end(i)
		return i + colon
	}
	return i
}
