package query

import (
	"strings"
	"unicode/utf8"
)

// Forms that begin with a gap, as *occlus* does, have to be compared with every word.
// But most texts do not have the letters "occlus" anywhere, and to see that is quick:
// such a text is read without those forms.

// inner is literal text that words of a form have in them, in small ASCII letters.
type inner struct {
	text string
	at   int // where in it the letter is that is rarest in English texts
}

// mostInner is how many texts are looked for; with more forms that begin with a gap,
// all forms are compared with every word.
const mostInner = 8

func (e *engine) setInner() {
	var all []inner
	for _, f := range e.forms {
		if text, _, _ := f.beginning(); text == "" {
			all = append(all, f.inner())
		}
	}
	if len(all) == 0 || len(all) > mostInner {
		return
	}
	for _, x := range all {
		if x.text == "" {
			return
		}
	}
	e.inner, e.lettered = all, newAutomaton(e.forms, e.words.lists)
}

// inner gives the longest literal text of a form, none where it is not ASCII.
func (f form) inner() inner {
	var x inner
	for _, p := range f.pieces {
		if len(p.Text) > len(x.text) {
			x.text = p.Text
		}
	}
	for i := range x.text {
		if x.text[i] >= utf8.RuneSelf {
			return inner{}
		}
		if rarity(x.text[i]) > rarity(x.text[x.at]) {
			x.at = i
		}
	}
	return x
}

// rarity orders the letters by how seldom they are in English, digits last.
func rarity(c byte) int {
	if i := strings.IndexByte("etaoinsrhldcumfpgwybvkxjqz", c); i >= 0 {
		return i
	}
	return 100
}

// in tells whether the text stands in another one, in capitals or small letters.
func (x inner) in(text string) bool {
	c := x.text[x.at]
	return x.around(text, c) || isLetterByte(c) && x.around(text, c&^0x20)
}

// around looks at each place of one letter.
func (x inner) around(text string, c byte) bool {
	for from := x.at; from < len(text); {
		i := strings.IndexByte(text[from:], c)
		if i < 0 {
			return false
		}
		from += i
		start := from - x.at
		if end := start + len(x.text); end <= len(text) && strings.EqualFold(text[start:end], x.text) {
			return true
		}
		from++
	}
	return false
}

// automatonFor gives the automaton that a text is to be read with. Letters beyond ASCII
// may be folded to any others, so that nothing is known of a text that has some.
func (e *engine) automatonFor(text string) *automaton {
	if e.lettered == nil {
		return e.words
	}
	for _, x := range e.inner {
		if x.in(text) {
			return e.words
		}
	}
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		c, n := utf8.DecodeRuneInString(text[i:])
		if inWord(c) {
			return e.words
		}
		i += n
	}
	return e.lettered
}
