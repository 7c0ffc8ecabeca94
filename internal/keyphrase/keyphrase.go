package keyphrase

import (
	"cmp"
	"slices"
	"strings"
)

// Text is what phrases are looked for in.
type Text struct {
	Title string // "" where there is none
	Body  string
}

// Place is a range of bytes of the title or the body.
type Place struct {
	Title      bool // of the title
	Start, End int  // the first byte, and the one after the last
}

// Of returns the part of the text that stands there.
func (p Place) Of(t Text) string {
	if p.Title {
		return t.Title[p.Start:p.End]
	}
	return t.Body[p.Start:p.End]
}

// Phrase is a key phrase of a text.
type Phrase struct {
	Text string // as it stands at its first place
	Key  string // the stems of its words: the same for "growth rate" and "growth rates"
	// Score is the higher, the likelier people would choose the phrase; it can be compared between texts, and has no unit.
	Score float64
	// Places are where a phrase of this key stands, in order, also as a part of longer phrases: the title's, then the body's.
	Places []Place
}

// Of returns the n phrases of the text that it is most likely about, the best first; fewer where it has not as many, none
// where n is not positive or the text is not English. Of two equally good ones that which stands earlier comes first.
func Of(t Text, n int) []Phrase {
	spans := newReader().spans(t)
	return best(spans, scores(spans), n)
}

func scores(spans []*candidate) []float64 {
	out := make([]float64, len(spans))
	for i, s := range spans {
		out[i] = s.score()
	}
	return out
}

// best are the n candidates of the highest scores.
func best(spans []*candidate, scores []float64, n int) []Phrase {
	type ranked struct {
		*candidate
		score float64
	}
	var list []ranked
	for i, s := range spans {
		if s.isCandidate() {
			list = append(list, ranked{s, scores[i]})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	var out []Phrase
	for _, c := range list[:max(0, min(n, len(list)))] {
		out = append(out, Phrase{Text: c.text, Key: c.key(), Score: c.score, Places: c.places})
	}
	return out
}

// spans are the noun phrases of a text and all their parts, none of one in another language than English.
func (r *reader) spans(t Text) []*candidate {
	title, body := r.words(t.Title), r.words(WithoutNotice(t.Body))
	if isForeign(title, body) {
		return nil
	}
	c := gathering{byHash: map[uint64]*candidate{}}
	c.read(t.Title, title, 0, true)
	c.read(t.Body, body, len(title), false)
	return c.order
}

// WithoutNotice is the text up to a notice of copyright at its end, which names a publisher, or a database in brackets
// before it: "(Example Database Record (c) 2019 Example House, all rights reserved)".
func WithoutNotice(text string) string {
	const longest = 400 // bytes
	from := max(0, len(text)-longest)
	for _, sign := range []string{"©", "(C) ", "(c) ", "Copyright ©", "Copyright (", "Copyright 1", "Copyright 2"} {
		for at := from; at < len(text); at += len(sign) {
			i := strings.Index(text[at:], sign)
			if i < 0 {
				break
			}
			at += i
			if sign[0] != '(' || isOfCopyright(text, sign, at) {
				text = text[:startOfNotice(text, from, at)]
			}
		}
	}
	return text
}

// isOfCopyright tells whether a letter in brackets stands for copyright, and not for the third of some things: a year
// stands behind it, or behind a name at the end of the text, and it is not the first of its kind behind a second thing.
func isOfCopyright(text, sign string, at int) bool {
	rest := text[at+len(sign):]
	if !startsWithYear(rest) && !isOwnerAndYear(rest) {
		return false
	}
	second := string([]byte{sign[0], sign[1] - 1, sign[2]}) // "(b)"
	i := strings.LastIndex(text[:at], second)
	return i < 0 || strings.Contains(text[i:at], sign)
}

// isOwnerAndYear holds for "The Example Society 2004." and nothing behind it.
func isOwnerAndYear(text string) bool {
	const longest = 60 // bytes
	text = strings.TrimRight(text, ". \t\r\n")
	year := strings.LastIndexByte(text, ' ') + 1
	return len(text) <= longest && startsWithYear(text[year:]) && year+len("2004") == len(text)
}

// startsWithYear holds for a text that begins with a number from 1900 to 2099.
func startsWithYear(text string) bool {
	if !strings.HasPrefix(text, "19") && !strings.HasPrefix(text, "20") {
		return false
	}
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	return digits == len("2004")
}

// startOfNotice is where the notice begins that has a sign at a place; the end of the text where it is none.
func startOfNotice(text string, from, at int) int {
	const longestName = 40 // bytes before the sign, in brackets
	if endsSentence(text[:at]) {
		return at
	}
	open := strings.LastIndexByte(text[from:at], '(') + from
	if open >= from && at-open <= longestName && endsSentence(text[:open]) {
		return open
	}
	return len(text)
}

func endsSentence(text string) bool {
	text = strings.TrimRight(text, " \t\r\n")
	return text != "" && strings.ContainsRune(".!?)]", rune(text[len(text)-1]))
}
