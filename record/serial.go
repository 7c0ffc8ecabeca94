package record

import (
	"strings"

	"github.com/evidence-go/evidence/internal/distinct"
)

// AddSerialNumbers adds the ISSNs and ISBNs of a text to those of the container, each
// once: one or several in a list of any form, with notes behind them, as exports have
// them: "1234-5679 (Print), 2345-6781", `["978-3-16-148410-0"]`. found tells whether
// there was one at all; left are the words with a digit that are none, because of
// their form or their check digit.
func (c *Container) AddSerialNumbers(s string) (found bool, left []string) {
	if c.addSerialNumber(s) {
		return true, nil
	}
	for part := range strings.FieldsFuncSeq(s, betweenSerials) {
		if part = strings.TrimSpace(part); c.addSerialNumber(part) {
			found = true
			continue
		}
		for word := range strings.FieldsSeq(part) {
			switch {
			case c.addSerialNumber(word):
				found = true
			case strings.ContainsAny(word, "0123456789") && !isbnLabel(word):
				left = append(left, word)
			}
		}
	}
	return found, left
}

// betweenSerials are the characters between the numbers of a list and around their
// notes.
func betweenSerials(r rune) bool { return strings.ContainsRune(",;|/\\()[]\"\n", r) }

// isbnLabel tells the two words before an ISBN that have digits.
func isbnLabel(word string) bool {
	word = strings.TrimSuffix(word, ":")
	return strings.EqualFold(word, "isbn-13") || strings.EqualFold(word, "isbn-10")
}

// addSerialNumber adds the number of a text that holds one and no other digit.
func (c *Container) addSerialNumber(s string) bool {
	n := countDigits(s)
	if n < len("1234567") { // an ISSN with X for the last
		return false
	}
	if id, ok := ParseISSN(s); ok && countDigits(string(id)) == n {
		c.ISSN = distinct.Append(c.ISSN, id)
		return true
	}
	if id, ok := ParseISBN(s); ok && countDigits(string(id)) == n {
		c.ISBN = distinct.Append(c.ISBN, id)
		return true
	}
	return false
}

func countDigits(s string) (n int) {
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}
