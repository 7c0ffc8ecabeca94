package grounding

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/token"
)

// quotation is what stands between marks: the text inside and the whole.
type quotation struct {
	inner, whole token.Token
	open         bool // no mark ends it
}

// pairs are the marks that begin a quotation and those that may end it.
var pairs = map[string][]string{
	`"`: {`"`}, "“": {"”"}, "„": {"“", "”"}, "‟": {"”"}, "«": {"»"}, "»": {"«", "»"}, "‹": {"›"}, "›": {"‹", "›"},
	"＂": {"＂"}, "「": {"」"}, "『": {"』"}, "〝": {"〞", "〟"}, "``": {"''", "``"}, "''": {"''"}, "`": {"`", "'"},
	"‘": {"’", "'"}, "‚": {"‘", "’"}, "'": {"'", "’"}, "’": {"’"}, "″": {"″"}, "❝": {"❞"}, "❮": {"❯"},
	"❛": {"❜"}, "《": {"》"}, "〈": {"〉"}, "⟪": {"⟫"}, "〟": {"〞"}, "‛": {"’"},
}

// closers are marks that only end a quotation; alone they end one that never began.
const closers = "”»›」』〞❞❯❜》〉⟫"

// quotationsOf finds the quotations of a text, outermost ones only. Apostrophes
// are told from single marks by the blanks around them.
func quotationsOf(text string) (found []quotation, stray []int) {
	for i := 0; i < len(text); {
		mark := markAt(text, i)
		switch {
		case mark == "":
			_, n := utf8.DecodeRuneInString(text[i:])
			i += n
		case apostrophe(mark) && !opens(text, i, len(mark)):
			i += len(mark)
		case pairs[mark] == nil || strings.Contains("»›", mark) && !opens(text, i, len(mark)):
			stray = append(stray, i)
			i += len(mark)
		default:
			q := endOf(text, i, mark)
			found = append(found, q)
			i = q.whole.End
		}
	}
	return found, stray
}

func markAt(text string, i int) string {
	for _, long := range []string{"``", "''"} {
		if strings.HasPrefix(text[i:], long) {
			return long
		}
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	mark := text[i : i+n]
	if pairs[mark] != nil || strings.ContainsRune(closers, r) {
		return mark
	}
	return ""
}

func apostrophe(mark string) bool { return mark == "'" || mark == "’" || mark == "″" }

// opens holds for a mark before a word and behind none.
func opens(text string, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, size := utf8.DecodeRuneInString(text[i+n:])
	return (i == 0 || !unicode.IsLetter(before) && !unicode.IsNumber(before) && !strings.ContainsRune(".,;!?)]”’", before)) &&
		size > 0 && !unicode.IsSpace(after)
}

// closes holds for a single mark behind a word and before none.
func closes(text string, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+n:])
	return !unicode.IsSpace(before) && (i+n == len(text) || !unicode.IsLetter(after) && !unicode.IsNumber(after))
}

// endOf finds where a quotation ends; one that is never closed goes on to the end.
func endOf(text string, start int, mark string) quotation {
	from := start + len(mark)
	depth := 1
	for i := from; i < len(text); {
		_, n := utf8.DecodeRuneInString(text[i:])
		if (mark == "“" || mark == "«") && strings.HasPrefix(text[i:], mark) {
			depth++
		}
		for _, end := range pairs[mark] {
			if !strings.HasPrefix(text[i:], end) || apostrophe(end) && !closes(text, i, len(end)) {
				continue
			}
			if depth--; depth == 0 {
				return quotation{inner: token.Token{Start: from, End: i}, whole: token.Token{Start: start, End: i + len(end)}}
			}
			break
		}
		i += n
	}
	return quotation{inner: token.Token{Start: from, End: len(text)}, whole: token.Token{Start: start, End: len(text)}, open: true}
}

// ownWords is the number of words from which a quotation speaks for itself. The
// numbers in a shorter one are checked like any: “9” of “9” records is no quotation.
const ownWords = 3

// quotations checks that each stands in a cited source.
func (c *check) quotations() {
	found, stray := quotationsOf(c.text)
	for _, at := range stray {
		_, n := utf8.DecodeRuneInString(c.text[at:])
		c.fault(Quotation, at, at+n, "a mark that ends a quotation, and none begins one: write the mark before the words quoted")
	}
	for _, q := range found {
		inner := q.inner.Of(c.text)
		around, ok := c.stands(inner)
		if len(token.Words(inner)) >= ownWords {
			c.settle(q.whole.Start, q.whole.End)
		}
		switch {
		case q.open:
			c.fault(Quotation, q.whole.Start, q.whole.End, "a quotation that no mark ends: write the mark behind the words quoted")
		case strings.TrimSpace(inner) == "":
			c.fault(Quotation, q.whole.Start, q.whole.End, "nothing stands between the marks")
		case !ok:
			c.fault(Quotation, q.whole.Start, q.whole.End, fmt.Sprintf("“%s” does not stand in a cited record, letter for letter", inner))
		default:
			c.around = append(c.around, around)
		}
	}
}

// stands looks words up in the cited sources, as whole words, byte for byte but
// for white space and the form of quotation marks; one comma or full stop at the
// end may be the sentence's own. It gives the sentence they stand in.
func (c *check) stands(words string) (around string, ok bool) {
	want, _ := levelled(words)
	want = strings.TrimSpace(want)
	for _, cut := range []string{want, strings.TrimRight(want, ",."), ""} {
		if cut == "" || len(want)-len(cut) > 1 {
			continue
		}
		for _, s := range c.ev.Sources {
			for _, text := range s.Texts {
				if around, ok := wholeWords(text, cut); ok {
					return around, true
				}
			}
		}
	}
	return "", false
}

// wholeWords finds levelled words in a text where no word is cut by them.
func wholeWords(text, want string) (around string, ok bool) {
	level, places := levelled(text)
	for from := 0; ; {
		i := strings.Index(level[from:], want)
		if i < 0 {
			return "", false
		}
		i += from
		end := i + len(want)
		before, _ := utf8.DecodeLastRuneInString(level[:i])
		after, _ := utf8.DecodeRuneInString(level[end:])
		first, n := utf8.DecodeRuneInString(want)
		last, _ := utf8.DecodeLastRuneInString(want)
		if !(i > 0 && joins(before) && wordRune(first) && !markBefore(level, i)) && !(end < len(level) && joins(after) && wordRune(last) && !markAfter(level, end)) {
			return sentenceAt(text, places[i]), true
		}
		from = i + n
	}
}

// markBefore holds for a quotation mark that opens before i, where an apostrophe
// would stand behind a letter; markAfter for one that closes.
func markBefore(level string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(level[:i], "'"))
	return strings.HasSuffix(level[:i], "'") && !wordRune(before)
}

func markAfter(level string, i int) bool {
	after, _ := utf8.DecodeRuneInString(strings.TrimPrefix(level[i:], "'"))
	return strings.HasPrefix(level[i:], "'") && !wordRune(after)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// joins holds for what makes two words one: "non-significant" is not "significant".
func joins(r rune) bool {
	return wordRune(r) || r == '-' || r == '\u2010' || r == '\u2011' || r == '\''
}

// sentenceAt is the sentence of a text in which a byte lies.
func sentenceAt(text string, at int) string {
	for _, s := range token.Sentences(text) {
		if at < s.End {
			return s.Of(text)
		}
	}
	return text
}

// levelled writes white space as one blank and quotation marks and apostrophes
// in their typewriter form, with the byte of the text that each byte came from.
func levelled(text string) (string, []int) {
	out := make([]byte, 0, len(text))
	places := make([]int, 0, len(text))
	for i, r := range text {
		s := string(r)
		switch {
		case unicode.IsSpace(r):
			if len(out) > 0 && out[len(out)-1] == ' ' {
				continue
			}
			s = " "
		case strings.ContainsRune("‘’‚‛′`´ʼ", r):
			s = "'"
		case strings.ContainsRune("“”„‟«»″＂", r):
			s = `"`
		}
		out = append(out, s...)
		for range len(s) {
			places = append(places, i)
		}
	}
	return string(out), places
}
