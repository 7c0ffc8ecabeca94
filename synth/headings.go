package synth

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/token"
	"github.com/evidence-go/evidence/record"
)

// unmarkedSections cuts the headings from the sentences of an abstract that has them
// without a colon, as exports do that have lost their markup ("Methods We asked …
// Results Pay was low."), and gives the sentences their sections. Labels that may be
// words of sentences are not enough: see areHeadings and alone.
func unmarkedSections(text string, tokens []token.Token) ([]sentence, bool) {
	var labels []string
	var labelled []int // where the sentences behind labels begin
	enough := false
	out := make([]sentence, 0, len(tokens))
	var section record.Category
	for _, tk := range tokens {
		start := tk.Start
		if label, body := unmarkedHeading(tk.Of(text)); body > 0 {
			section = record.CategoryOf(label)
			start += body
			if low := strings.ToLower(label); !slices.Contains(labels, low) {
				labels = append(labels, low)
			}
			labelled = append(labelled, start)
			enough = enough || alone(label, text[start:])
		}
		out = appendSentence(out, text, start, tk.End, section)
	}
	if len(labels) == 1 && section != record.Conclusions { // nobody knows where its part ends
		for i := range out {
			if !slices.Contains(labelled, out[i].Start) {
				out[i].section = ""
			}
		}
	}
	return out, enough || areHeadings(labels)
}

// areHeadings tells whether different labels are headings and not words of sentences
// ("Design Thinking helped", "Methods Matter is a book"): three; or two of which one is that
// of the results or conclusions, which few abstracts with headings lack, or has several
// words ("Main outcome measures").
func areHeadings(labels []string) bool {
	return len(labels) > 2 || len(labels) == 2 && slices.ContainsFunc(labels, func(label string) bool {
		c := record.CategoryOf(label)
		return c == record.Results || c == record.Conclusions || strings.Contains(label, " ")
	})
}

// alone tells whether a label is one without others beside it: no sentence begins with
// "Conclusions Pay" or with "Purpose To ask".
func alone(label, rest string) bool {
	low := strings.ToLower(label)
	return low == "conclusions" || low == "conclusion" || strings.HasPrefix(rest, "To ")
}

// unmarkedHeading is the label that a sentence begins with and the byte at which the
// sentence goes on, 0 where it begins with none: behind a label without a colon a
// sentence begins as sentences do, with a capital or a digit.
func unmarkedHeading(sentence string) (label string, body int) {
	const mostWords = 5 // of a label
	if r, _ := utf8.DecodeRuneInString(sentence); !unicode.IsUpper(r) {
		return "", 0
	}
	if n := token.GluedHeading(sentence); n > 0 && record.CategoryOf(sentence[:n]) != "" {
		return sentence[:n], n
	}
	end := 0
	for range mostWords {
		i := strings.IndexAny(sentence[end:], " —")
		if i < 0 {
			return "", 0
		}
		end += i
		label = strings.TrimRight(sentence[:end], "-–—")
		body = end + len(sentence[end:]) - len(strings.TrimLeft(sentence[end:], " -–—"))
		if record.CategoryOf(label) != "" && !strings.HasSuffix(label, ":") && opens(label, sentence[body:]) {
			return label, body
		}
		_, size := utf8.DecodeRuneInString(sentence[end:])
		end += size
	}
	return "", 0
}

// opens tells whether a sentence begins behind a label: what could go on the label
// does not begin one.
func opens(label, rest string) bool {
	next, _, more := strings.Cut(rest, " ")
	first, _ := utf8.DecodeRuneInString(next)
	if !more || !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return false
	}
	last := strings.ToLower(label[strings.LastIndexByte(label, ' ')+1:])
	if joins[last] || joins[strings.ToLower(next)] && next != "To" || strings.HasSuffix(label, ",") {
		return false // "Setting and Participants", "DATA COLLECTION AND ANALYSIS"
	}
	shouted := strings.ToUpper(label) == label
	return !shouted || strings.ToUpper(next) != next || record.CategoryOf(next) == "" // "MAIN RESULTS"
}

// joins are words inside a label.
var joins = map[string]bool{"and": true, "&": true, "of": true, "or": true, "for": true, "to": true}
