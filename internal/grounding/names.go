package grounding

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/numeral"
	"github.com/evidence-go/evidence/internal/token"
)

// names checks what a sentence calls sources by: reference marks, keys,
// addresses, authors with years.
func (c *check) names() {
	c.ownNames()
	c.marks()
	c.addresses()
	words := token.Words(c.text)
	for i, w := range words {
		if c.isSettled(w.Start, w.End) {
			continue
		}
		if year, ok := yearWord(w.Of(c.text)); ok {
			c.authorsBefore(words, i, year)
		}
		if strings.EqualFold(w.Of(c.text), "al") && i > 1 && strings.EqualFold(words[i-1].Of(c.text), "et") {
			c.authors(words, i-2, words[i-2].Start, w.End, 0)
		}
		if low := strings.ToLower(w.Of(c.text)); (low == "colleagues" || low == "coworkers") && i > 1 && strings.EqualFold(words[i-1].Of(c.text), "and") {
			c.authors(words, i-2, words[i-2].Start, w.End, 0)
		}
	}
}

// ownNames settles the names of cited sources where they stand in the sentence.
func (c *check) ownNames() {
	for _, s := range c.ev.Sources {
		for _, name := range s.Names {
			if name == "" || !strings.ContainsFunc(name, unicode.IsDigit) || utf8.RuneCountInString(name) < 4 {
				continue
			}
			for from := 0; ; {
				i := strings.Index(c.text[from:], name)
				if i < 0 {
					break
				}
				i += from
				from = i + len(name)
				before, _ := utf8.DecodeLastRuneInString(c.text[:i])
				after, _ := utf8.DecodeRuneInString(c.text[from:])
				if !joins(before) && (from == len(c.text) || !joins(after)) && !numberOnly(name, c.text[:i]) {
					c.call(i, from)
				}
			}
		}
	}
}

// numberOnly holds for a name made of digits, such as a PubMed number, that is
// not said to be one.
func numberOnly(name, before string) bool {
	if strings.Trim(name, "0123456789") != "" {
		return false
	}
	before = strings.ToLower(strings.TrimRight(before, " :#"))
	return !strings.HasSuffix(before, "pmid") && !strings.HasSuffix(before, "pubmed")
}

// marks checks [2], [2, 3] and [@key].
func (c *check) marks() {
	for i := 0; i < len(c.text); i++ {
		if c.text[i] != '[' {
			continue
		}
		end := strings.IndexByte(c.text[i:], ']')
		if end < 0 {
			return
		}
		inner := c.text[i+1 : i+end]
		if inner != "" && strings.Trim(inner, "0123456789,;–- ") == "" && !c.isSettled(i, i+end) {
			if bad := c.notCited(inner); bad != "" {
				c.fault(Name, i, i+end+1, fmt.Sprintf("[%s] refers to quote %s, which the sentence does not cite", inner, bad))
			}
			c.call(i, i+end+1)
		}
	}
	for i, r := range c.text { // "@doe2019" of a reference manager
		before, _ := utf8.DecodeLastRuneInString(c.text[:i])
		if r != '@' || joins(before) {
			continue
		}
		key := c.text[i+1:]
		if end := strings.IndexFunc(key, func(r rune) bool { return !joins(r) && !strings.ContainsRune("_:./#", r) }); end >= 0 {
			key = key[:end]
		}
		key = strings.TrimRight(key, ".:")
		if !c.hasName(key) {
			c.fault(Name, i, i+1+len(key), fmt.Sprintf("@%s is no key of a cited record", key))
		}
		c.call(i, i+1+len(key))
	}
}

// notCited is the first number of a reference mark that is no cited quote's.
func (c *check) notCited(inner string) string {
	for _, n := range numeral.In(inner) {
		last := n.Value
		if n.To != "" {
			last = n.ToValue
		}
		for v := n.Value; v <= last && v-n.Value < 1000; v++ {
			if !slices.Contains(c.ev.Numbers, int(v)) {
				return fmt.Sprint(int(v))
			}
		}
	}
	return ""
}

func (c *check) hasName(name string) bool {
	return name != "" && slices.ContainsFunc(c.ev.Sources, func(s Source) bool { return slices.Contains(s.Names, name) })
}

// addresses refuses links and DOIs that are not a cited record's.
func (c *check) addresses() {
	low := strings.ToLower(c.text)
	if len(low) != len(c.text) {
		low = c.text
	}
	for _, begin := range []string{"http:", "https:", "www.", "doi:", "10."} {
		for from := 0; ; {
			i := strings.Index(low[from:], begin)
			if i < 0 {
				break
			}
			i += from
			end := i + len(begin)
			if n := strings.IndexFunc(c.text[i:], unicode.IsSpace); n > len(begin) {
				end = i + n
			} else if n < 0 {
				end = len(c.text)
			}
			from = end
			word := strings.TrimRight(c.text[i:end], ".,;)]")
			if begin == "10." && !strings.Contains(word, "/") || c.isSettled(i, i+len(word)) && begin != "http:" && begin != "https:" {
				continue
			}
			if !c.isSettled(i, i+len(word)) && !c.inSources(word) {
				c.fault(Name, i, i+len(word), fmt.Sprintf("%s is no address of a cited record", word))
			}
			c.call(i, i+len(word))
		}
	}
}

// inSources holds for words that stand in a text of a cited source.
func (c *check) inSources(words string) bool {
	for _, s := range c.ev.Sources {
		for _, t := range s.Texts {
			if strings.Contains(t, words) {
				return true
			}
		}
	}
	return false
}

// yearWord reads 2019 and 2019a.
func yearWord(w string) (int, bool) {
	if len(w) == 5 && w[4] >= 'a' && w[4] <= 'f' {
		w = w[:4]
	}
	if len(w) != 4 {
		return 0, false
	}
	ns := numeral.In(w)
	if len(ns) != 1 || !ns[0].IsYear() {
		return 0, false
	}
	return int(ns[0].Value), true
}

// authorsBefore checks the name that stands before a year: "Doe 2019", "Doe
// (2019)", "Doe and Roe, 2019", "Doe et al. (2019)".
func (c *check) authorsBefore(words []token.Token, i, year int) {
	at := i - 1
	if at < 0 {
		return
	}
	gap := c.text[words[at].End:words[i].Start]
	if strings.Trim(gap, " .,('’”\"»\u00a0") != "" || gap == "" {
		return
	}
	for at > 0 && slices.Contains([]string{"al", "et", "others", "colleagues"}, strings.ToLower(words[at].Of(c.text))) {
		at--
	}
	if at > 0 && at < i-1 && strings.EqualFold(words[at].Of(c.text), "and") {
		at--
	}
	word := words[at].Of(c.text)
	named := at < i-1 // "et al." stands between
	if !named && (!capital(word) || beforeYear[strings.ToLower(word)] || token.Stop(strings.ToLower(word))) {
		return
	}
	if c.inSources(c.text[words[at].Start:words[i].End]) {
		return // "the Brazil 2014 survey" as the record has it; the year is a number like any other
	}
	c.authors(words, at, words[at].Start, words[i].End, year)
}

// beforeYear are words with a capital that stand before years and name nobody.
var beforeYear = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec " +
		"spring summer autumn fall winter year years early mid late since published") {
		set[w] = true
	}
	return set
}()

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// authors checks that a cited source has this author and, if it is not 0, this
// year. The name before an "and" must be the same source's.
func (c *check) authors(words []token.Token, at, start, end, year int) {
	if at < 0 || c.isSettled(start, end) {
		return
	}
	who := []string{words[at].Of(c.text)}
	if at > 1 && capital(words[at-2].Of(c.text)) && (strings.EqualFold(words[at-1].Of(c.text), "and")) ||
		at > 0 && capital(words[at-1].Of(c.text)) && strings.Contains(c.text[words[at-1].End:words[at].Start], "&") {
		first := at - 1
		if strings.EqualFold(words[at-1].Of(c.text), "and") {
			first = at - 2
		}
		who = append(who, words[first].Of(c.text))
		start = words[first].Start
	}
	if !slices.ContainsFunc(c.ev.Sources, func(s Source) bool { return s.isBy(who, year) }) {
		c.fault(Name, start, end, fmt.Sprintf("%q names no record that the sentence cites", c.text[start:end]))
	}
	c.call(start, end)
}

// isBy holds for a source with all of these authors and, if it is not 0, the year.
func (s Source) isBy(who []string, year int) bool {
	if year != 0 && s.Year != year {
		return false
	}
	for _, w := range who {
		key := fold.Key(strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s"))
		if !slices.ContainsFunc(s.Authors, func(a string) bool {
			parts := fold.Words(a)
			return fold.Key(a) == key || len(parts) > 0 && (parts[len(parts)-1] == key || slices.Contains(parts, key) && len(key) > 3)
		}) {
			return false
		}
	}
	return true
}
