package flow

import (
	"slices"
	"strings"
	"unicode"
)

// Advance widths of Helvetica (Adobe Font Metrics), in thousandths of the type
// size, for the characters from space to tilde. Arial has the same ones.
var widths = [...]int{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
}

// slack widens what is measured: the reader's sans-serif may be wider than
// Helvetica; DejaVu Sans is by about 15 %.
const slack = 1.15

// width is how wide a text is drawn at a size, in the units of the size.
func width(text string, size float64) float64 {
	sum := 0
	for _, r := range text {
		sum += advance(r)
	}
	return float64(sum) * size * slack / 1000
}

func advance(r rune) int {
	switch {
	case r >= ' ' && r <= '~':
		return widths[r-' ']
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case wide(r):
		return 1000
	case unicode.IsUpper(r):
		return 722
	}
	return 600
}

// wide tells whether a character takes the room of two: East Asian letters and
// pictures.
func wide(r rune) bool {
	return r >= 0x1100 && r <= 0x115F || r >= 0x2E80 && r <= 0xA4CF || r >= 0xAC00 && r <= 0xD7A3 ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE6F || r >= 0xFF00 && r <= 0xFF60 || r >= 0x1F300
}

// mostLines is how many lines a single text may take in a box; what is longer
// ends with an ellipsis, and the Flow has it whole.
const mostLines = 8

// wrap breaks a text into lines no wider than room. Words are kept whole where
// they fit; a count at the end, "(n = 3)", is never parted from itself, and stays
// also when the text is cut.
func wrap(text string, size, room float64) []string {
	words := strings.Fields(clean(text))
	var tail string
	for i := len(words) - 3; i >= 0; i-- {
		if words[i] != "(n" || words[i+1] != "=" {
			continue
		}
		count := strings.Join(words[i:i+3], "\u00a0")
		if i+3 == len(words) {
			tail, words = count, words[:i]
		} else { // who excluded follows
			words = slices.Replace(words, i, i+3, count)
		}
		break
	}
	lines := fill(words, size, room)
	if len(lines) > mostLines {
		lines = lines[:mostLines]
		last := strings.TrimRight(lines[mostLines-1], " ,;:.")
		for width(last+" …", size) > room && last != "" {
			last = dropLast(last)
		}
		lines[mostLines-1] = last + " …"
	}
	if tail == "" {
		return lines
	}
	if k := len(lines); k > 0 && width(lines[k-1]+" "+tail, size) <= room {
		lines[k-1] += " " + tail
		return lines
	}
	return append(lines, tail)
}

// fill puts words into lines; a word wider than a line is broken.
func fill(words []string, size, room float64) []string {
	var lines []string
	now := ""
	for _, w := range words {
		switch {
		case now == "":
			now = w
		case width(now+" "+w, size) <= room:
			now += " " + w
		default:
			lines = append(lines, now)
			now = w
		}
		for width(now, size) > room {
			head, rest := breakWord(now, size, room)
			if rest == "" {
				break
			}
			lines = append(lines, head)
			now = rest
		}
		if len(lines) > mostLines {
			return lines
		}
	}
	if now != "" {
		lines = append(lines, now)
	}
	return lines
}

// breakWord cuts a word where the line is full, at a slash, hyphen or point in
// the second half of it if there is one. A mark is never parted from its letter.
func breakWord(word string, size, room float64) (head, rest string) {
	fit, good := 0, 0
	used := 0.0
	for i, r := range word {
		step := float64(advance(r)) * size * slack / 1000
		if used+step > room && i > 0 && advance(r) > 0 {
			break
		}
		used += step
		fit = i + len(string(r))
		if strings.ContainsRune("/-._–—", r) && used > room/2 {
			good = fit
		}
	}
	if good > 0 && fit < len(word) {
		fit = good
	}
	return word[:fit], word[fit:]
}

// dropLast takes off the last character with the marks on it.
func dropLast(s string) string {
	r := []rune(s)
	i := len(r) - 1
	for i > 0 && advance(r[i]) == 0 {
		i--
	}
	return string(r[:max(i, 0)])
}

// clean takes out what no XML document may hold and what would turn the direction
// of the text around it.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.IsControl(r), r == 0xFFFE, r == 0xFFFF, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}
