package query

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words appends the words of a text to a term, its wildcards read as the
// dialect means them; offset is where the text stands. It gives the marks behind
// the last word.
func (p *parser) words(t *Term, text string, offset int) string {
	var word Word
	var lit strings.Builder
	var join []byte // what stands before the next word
	began := len(t.Words)
	flush := func() {
		if lit.Len() > 0 {
			word = append(word, Piece{Text: lit.String()})
			lit.Reset()
		}
		if len(word) == 0 {
			return
		}
		if len(t.Words) > began {
			t.joins = append(t.joins, string(join))
		}
		t.Words = append(t.Words, word)
		word, join = nil, join[:0]
	}
	for i := 0; i < len(text); {
		c, n := utf8.DecodeRuneInString(text[i:])
		if gap, size := p.gap(text, i, len(word) > 0 || lit.Len() > 0); size > 0 {
			if lit.Len() == 0 && len(word) == 0 {
				p.firstGap(Extent{offset + i, offset + i + size})
			}
			if lit.Len() > 0 {
				word = append(word, Piece{Text: lit.String()})
				lit.Reset()
			}
			word = append(word, gap)
			i += size
			continue
		}
		if unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || (c == '\'' || c == '’') && lit.Len() > 0 && startsLetter(text[i+n:]) {
			lit.WriteRune(c)
		} else {
			flush()
			switch {
			case len(t.Words) == 0:
			case !unicode.IsSpace(c):
				join = append(join, text[i:i+n]...)
			case !bytes.HasSuffix(join, []byte{' '}):
				join = append(join, ' ')
			}
		}
		i += n
	}
	flush()
	return string(join)
}

// gap reads the wildcard at i: what it stands for and its length, 0 where none
// stands there. Each platform gives the marks another meaning.
func (p *parser) gap(text string, i int, inWord bool) (Piece, int) {
	c := text[i]
	switch p.d {
	case Ovid:
		switch {
		case c == '*' || c == '$' || c == ':' && inWord && endsPlainly(text, i+1):
			n := 1
			for i+n < len(text) && isDigit(text[i+n]) && n < 4 {
				n++
			}
			if n > 1 && c != ':' {
				most, _ := strconv.Atoi(text[i+1 : i+n])
				return Piece{Max: most}, n
			}
			return Piece{Max: Unbounded}, 1
		case c == '?':
			return Piece{Max: 1}, 1
		case c == '#':
			return Piece{Min: 1, Max: 1}, 1
		}
	case PubMed:
		if c == '*' || p.gaps && inWord && (c == '$' || c == '?' || c == '#') {
			return Piece{Max: Unbounded}, 1
		}
	case WebOfScience:
		switch c {
		case '*':
			return Piece{Max: Unbounded}, 1
		case '$':
			return Piece{Max: 1}, 1
		case '?':
			return Piece{Min: 1, Max: 1}, 1
		}
	case EBSCO:
		switch {
		case c == '*':
			return Piece{Max: Unbounded}, 1
		case c == '#':
			return Piece{Max: 1}, 1
		case c == '?' && !endsPlainly(text, i+1):
			return Piece{Min: 1, Max: 1}, 1
		}
	default:
		switch c {
		case '*':
			return Piece{Max: Unbounded}, 1
		case '?':
			return Piece{Min: 1, Max: 1}, 1
		}
	}
	return Piece{}, 0
}

// startsLetter tells whether a text goes on with a letter, so that an apostrophe
// before it stands within a word.
func startsLetter(text string) bool {
	c, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(c)
}

// endsPlainly tells whether a word ends at i.
func endsPlainly(text string, i int) bool {
	c, _ := utf8.DecodeRuneInString(text[i:])
	return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c)
}

// firstGap says that a wildcard begins a word, which the dialects forbid but
// for Web of Science, Scopus and the Cochrane Library.
func (p *parser) firstGap(e Extent) {
	switch p.d {
	case Ovid, PubMed, EBSCO:
		p.slip(Note{Extent: e, Code: CodeWildcard, Text: "in " + p.d.name() + " no wildcard may begin a word", Try: "the beginning of the word before it"}, "any beginning was taken")
	}
}
