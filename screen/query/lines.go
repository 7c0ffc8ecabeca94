package query

import (
	"strings"
)

// rawLine is a line of a strategy before it is parsed: the extent of its search
// in the text, without label, and the label.
type rawLine struct {
	Extent
	label  string
	at     Extent // of the label
	number int    // of the label, 0 where there is none
	stray  bool   // a line without label among labelled ones
}

// cutLines cuts a strategy into its lines. Every line that is not blank is one;
// only a search of PubMed and its like, none of whose lines carries or names a
// number, is one line however it is broken.
func cutLines(d Dialect, text string) []rawLine {
	lines := withoutHeader(text, notBlank(text))
	labelled, ok := withLabels(d, text, lines)
	if ok {
		return labelled
	}
	if len(lines) > 1 && d != Ovid && !namesLines(d, text) {
		return []rawLine{{Extent: Extent{lines[0].Start, lines[len(lines)-1].End}}}
	}
	return lines
}

// withoutHeader leaves off the row of names above a history that was copied from
// a screen: "ID Search Hits", "# Searches Results".
func withoutHeader(text string, lines []rawLine) []rawLine {
	if len(lines) > 1 && isHeader(text[lines[0].Start:lines[0].End]) {
		return lines[1:]
	}
	return lines
}

// isHeader tells whether a line is such a row of names.
func isHeader(line string) bool {
	words := strings.Fields(strings.ToLower(line))
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	for i, w := range words {
		switch w {
		case "id", "#", "no", "no.", "set", "line", "number":
			if i > 0 {
				return false
			}
		case "search", "searches", "query", "terms", "hits", "results", "items", "found", "time", "actions", "type":
			if i == 0 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// notBlank gives the lines of a text that hold more than white space, trimmed.
func notBlank(text string) []rawLine {
	var out []rawLine
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		e := trimmed(text, Extent{start, end})
		if e.Start < e.End {
			out = append(out, rawLine{Extent: e})
		}
		start = end + 1
	}
	return out
}

// trimmed narrows an extent to what is not white space.
func trimmed(text string, e Extent) Extent {
	s := text[e.Start:e.End]
	left := len(s) - len(strings.TrimLeft(s, " \t\r\u00a0\ufeff"))
	if left == len(s) {
		return Extent{e.Start, e.Start}
	}
	return Extent{e.Start + left, e.Start + len(strings.TrimRight(s, " \t\r\u00a0"))}
}

// withLabels takes the labels off, if at least half the lines have one and the
// labels count up, or count down as a history does that shows the newest first,
// with few exceptions; a label with a mark, "3." or "#3", needs no order where
// every line has one, a bare number none where it is the only line. A line
// without label goes on with the line before it where that one is broken off;
// else it is a stray one.
func withLabels(d Dialect, text string, lines []rawLine) ([]rawLine, bool) {
	var out []rawLine
	found, marked, up, down, last := 0, 0, 0, 0, 0
	for _, l := range lines {
		label, number, rest := cutLabel(d, text[l.Start:l.End], last+1)
		if label == "" {
			if len(out) > 0 {
				if prev := &out[len(out)-1]; brokenOff(d, text[prev.Start:prev.End], text[l.Start:l.End]) {
					prev.End = l.End
					continue
				}
			}
			out = append(out, rawLine{Extent: l.Extent, stray: true})
			continue
		}
		switch {
		case found == 0:
		case number > last:
			up++
		case number < last:
			down++
		}
		found++
		if !isDigit(label[0]) || !isDigit(text[l.Start+rest-1]) {
			marked++
		}
		last = number
		out = append(out, rawLine{Extent: trimmed(text, Extent{l.Start + rest, l.End}), label: label, at: Extent{l.Start, l.Start + rest}, number: number})
	}
	if len(lines) == 1 && found == 1 && isDigit(out[0].label[0]) && out[0].Start == out[0].at.End {
		return nil, false // the number of a single line ends in a blank: "5.fluorouracil" is a word
	}
	ordered := 10*max(up, down) >= 9*(found-1)
	return out, 2*found >= len(lines) && (marked == len(lines) || ordered && found > 0 && (len(lines) > 1 || marked > 0))
}

// cutLabel finds the label that a line begins with and where the search begins:
// "12.", "12)", "#12", "12 " and, on EBSCOhost, "S12". A number before an operator is no label but
// the first operand, "1 or 2", unless it is the number that is due after others.
func cutLabel(d Dialect, s string, due int) (label string, number, rest int) {
	i, mark := 0, byte(0)
	if s[0] == '#' || d == EBSCO && (s[0] == 'S' || s[0] == 's') {
		mark = s[0]
		for i = 1; i < len(s) && s[i] == ' '; i++ {
		}
	}
	digits := i
	for i < len(s) && s[i] >= '0' && s[i] <= '9' && i-digits < 6 {
		number = number*10 + int(s[i]-'0')
		i++
	}
	if i == digits || number == 0 {
		return "", 0, 0
	}
	label = s[digits:i]
	if mark != 0 {
		label = string(mark) + label
	}
	switch {
	case i == len(s):
		return "", 0, 0
	case s[i] == '.' || s[i] == ')' || s[i] == ':':
		if !endsLabel(s, i) {
			return "", 0, 0
		}
		i++
	case mark != 0 && s[i] != ' ' && s[i] != '\t' && !isLetter(s[i]) && s[i] != '#' && s[i] != '(' && s[i] != '"':
		return "", 0, 0
	case mark == 0 && s[i] != ' ' && s[i] != '\t':
		return "", 0, 0
	}
	if word, _, _ := strings.Cut(strings.TrimLeft(s[i:], " \t"), " "); word == "" || operatorOf(d, word) && (number != due || due == 1) {
		return "", 0, 0
	}
	return label, number, i
}

// endsLabel tells whether the mark at i ends a label: the point of 2.5 and of
// 2019.yr. does not, nor does the colon of 2010:2020.
func endsLabel(s string, i int) bool {
	after := s[i+1:]
	switch {
	case after == "" || after[0] == ' ' || after[0] == '\t':
		return true
	case s[i] == ':' || isDigit(after[0]):
		return false
	case s[i] == '.' && len(after) > 1:
		return len(after) > 2 && after[2] != '.' && after[2] != ',' || fieldNamed(Ovid, strings.ToLower(after[:2])) == ""
	}
	return true
}

// brokenOff tells whether the second line goes on with the first: a bracket is
// open, or an operator stands at the end of the one or the start of the other.
func brokenOff(d Dialect, first, second string) bool {
	if strings.Count(first, "(") > strings.Count(first, ")") {
		return true
	}
	words := strings.Fields(first)
	next, _, _ := strings.Cut(second, " ")
	return len(words) > 0 && operatorOf(d, words[len(words)-1]) || operatorOf(d, next)
}

// operatorOf tells whether a word is an operator of a dialect: and, or, not, and
// in Ovid adj.
func operatorOf(d Dialect, w string) bool {
	return isOperatorWord(w) && (d == Ovid || len(w) < 4 && !strings.EqualFold(w, "adj"))
}

func isOperatorWord(w string) bool {
	switch strings.ToLower(w) {
	case "and", "or", "not":
		return true
	}
	return len(w) >= 3 && strings.EqualFold(w[:3], "adj") && strings.Trim(w[3:], "0123456789") == ""
}

// namesLines tells whether a text refers to lines by number: #1, or S1.
func namesLines(d Dialect, text string) bool {
	for i := 0; i+1 < len(text); i++ {
		if (text[i] == '#' || d == EBSCO && text[i] == 'S') && isDigit(text[i+1]) && (i == 0 || !isWordByte(text[i-1])) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool    { return c >= '0' && c <= '9' }
func isLetter(c byte) bool   { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isWordByte(c byte) bool { return isDigit(c) || isLetter(c) || c >= 0x80 }
