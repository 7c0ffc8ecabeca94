package pubmed

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Identifiers in the very form that a record has them in, as NLM writes nearly
// all, are told here without making a copy. All others are for the functions of
// package record, which give the same for these.

// digitsOnly tells whether a text is one to n digits and does not begin with 0.
func digitsOnly(s string, n int) bool {
	if len(s) == 0 || len(s) > n || s[0] == '0' {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func parsePMID(s string) (record.PMID, bool) {
	if digitsOnly(s, 8) {
		return record.PMID(s), true
	}
	return record.ParsePMID(s)
}

func parsePMCID(s string) (record.PMCID, bool) {
	if digits, ok := strings.CutPrefix(s, "PMC"); ok && digitsOnly(digits, 9) {
		return record.PMCID(s), true
	}
	return record.ParsePMCID(s)
}

// plainDOI holds the characters of DOIs that need no second look: no capitals,
// no brackets but round ones, no percent codes.
var plainDOI = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("-._;()/:", byte(c)) >= 0
	}
	return t
}()

func parseDOI(s string) (record.DOI, bool) {
	i := 3
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	last := len(s) - 1
	if i < 7 || i > 12 || i >= last || s[:3] != "10." || s[i] != '/' || !isAlphanumeric(s[last]) {
		return record.ParseDOI(s)
	}
	for ; i < last; i++ {
		if !plainDOI[s[i]] {
			return record.ParseDOI(s)
		}
	}
	return record.DOI(s), true
}

func isAlphanumeric(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

// digitOrX gives the value of a digit, 10 for X and -1 for all else.
func digitOrX(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c == 'X':
		return 10
	}
	return -1
}

// parseISSN reads "1234-5679", alone or before its kind: "1234-5679 (Print)".
func parseISSN(s string) (record.ISSN, bool) {
	if len(s) < 9 || s[4] != '-' || len(s) > 9 && !strings.HasPrefix(s[9:], " (") {
		return record.ParseISSN(s)
	}
	sum, weight := 0, 8
	for i := range 9 {
		if i == 4 {
			continue
		}
		d := digitOrX(s[i])
		if d < 0 || d > 9 && i < 8 {
			return record.ParseISSN(s)
		}
		sum += d * weight
		weight--
	}
	return record.ISSN(s[:9]), sum%11 == 0
}

// orcidLength is that of 0000-0002-1825-0097.
const orcidLength = 19

// parseORCID reads an ORCID iD, alone or at the end of a link.
func parseORCID(s string) (record.ORCID, bool) {
	at := len(s) - orcidLength
	if at < 0 || at > 0 && s[at-1] != '/' {
		return record.ParseORCID(s)
	}
	id := s[at:]
	total := 0
	for i := range orcidLength - 1 {
		d := digitOrX(id[i])
		switch {
		case i%5 == 4 && id[i] == '-':
		case i%5 == 4 || d < 0 || d > 9:
			return record.ParseORCID(s)
		default:
			total = (total + d) * 2 % 11
		}
	}
	if digitOrX(id[orcidLength-1]) != (12-total)%11 {
		return record.ParseORCID(s)
	}
	return record.ORCID(id), true
}
