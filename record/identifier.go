package record

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DOI is a digital object identifier in normal form: lower case, no prefix, no
// link around it ("10.5555/abc.1"), so that == compares. The zero value is no DOI.
type DOI string

// PMID is a PubMed number: digits without leading zeros.
type PMID string

// PMCID is a PubMed Central number: "PMC7312261".
type PMCID string

// ISSN is an ISSN with its dash: "1438-8871", "2151-464X".
type ISSN string

// ISBN is an ISBN-10 or ISBN-13 without dashes.
type ISBN string

// ORCID is an ORCID iD: "0000-0002-1825-0097".
type ORCID string

// Identifier is any other number that names the work.
type Identifier struct {
	Scheme string `json:"scheme"` // "doi", "pii", "arxiv", "accession", "mid", …, in small letters
	Value  string `json:"value"`
}

// Registration is an entry in a register of trials or reviews.
type Registration struct {
	Registry string `json:"registry"` // "ClinicalTrials.gov", "ISRCTN", "PROSPERO", …
	ID       string `json:"id"`
}

// ParseDOI reads one DOI, bare or in any of the usual wrappings: "doi:10.…",
// "https://doi.org/10.…", with percent codes, in capitals, with a final point.
// ok is false for a text that is not a DOI; a text that only holds one somewhere
// is for [FindDOI].
func ParseDOI(s string) (doi DOI, ok bool) {
	if plainDOI(s) {
		return DOI(s), true
	}
	s = strings.TrimSpace(s)
	link := false
	for cut := !strings.HasPrefix(s, "10."); cut; {
		cut = false
		for _, p := range doiPrefixes {
			if len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
				s, cut = strings.TrimSpace(s[len(p):]), true
				link = link || strings.Contains(p, "/")
			}
		}
	}
	if n := len(s) - len("[doi]"); n > 0 && strings.EqualFold(s[n:], "[doi]") { // as MEDLINE marks them
		s = strings.TrimSpace(s[:n])
	}
	if link || strings.Contains(s, "%2F") || strings.Contains(s, "%2f") {
		s = percentDecode(s)
	}
	if !strings.HasPrefix(s, "10.") || strings.IndexFunc(s, unicode.IsSpace) >= 0 {
		return "", false
	}
	if n := doiLen(s); n > 0 {
		return DOI(lowerASCII(trimDOI(s))), true
	}
	return "", false
}

// plainDOI tells whether a text is a DOI in normal form, of small letters, digits,
// points and dashes behind its prefix of four or five digits: most are.
func plainDOI(s string) bool {
	if len(s) < len("10.1234/x") || s[:3] != "10." || !allDigits(s[3:7]) {
		return false
	}
	i := 7
	if isDigit(s[i]) {
		i++
	}
	if s[i] != '/' || i+1 == len(s) {
		return false
	}
	for _, c := range []byte(s[i+1:]) {
		if !(c >= 'a' && c <= 'z' || isDigit(c) || c == '.' || c == '-' || c == '_') {
			return false
		}
	}
	return s[len(s)-1] != '.'
}

// FindDOI returns the first DOI that stands in a text, and where.
// start is -1 when there is none.
func FindDOI(text string) (doi DOI, start, end int) {
	for at := 0; ; {
		i := strings.Index(text[at:], "10.")
		if i < 0 {
			return "", -1, -1
		}
		at += i
		if at > 0 && (isDigit(text[at-1]) || text[at-1] == '.') {
			at += 3
			continue
		}
		if n := doiLen(text[at:]); n > 0 {
			raw := trimDOI(text[at : at+n])
			if doi, ok := ParseDOI(raw); ok {
				return doi, at, at + len(raw)
			}
		}
		at += 3
	}
}

// FindDOIs returns every DOI that stands in a text, each once, in order: a field
// may hold two, parted by a blank, a semicolon or a comma. It is nil for none.
func FindDOIs(text string) []DOI {
	var out []DOI
	for {
		doi, _, end := FindDOI(text)
		if end < 0 {
			return out
		}
		if i := strings.Index(string(doi), ";10."); i > 0 { // no blank between them
			doi = DOI(trimDOI(string(doi[:i])))
			end = strings.Index(text, ";10.") + 1
		} else if i := strings.Index(string(doi), ",10."); i > 0 {
			doi = DOI(trimDOI(string(doi[:i])))
			end = strings.Index(text, ",10.") + 1
		}
		if !slices.Contains(out, doi) {
			out = append(out, doi)
		}
		text = text[end:]
	}
}

var doiPrefixes = []string{"https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/",
	"https://www.doi.org/", "doi.org/", "dx.doi.org/", "doi:", "doi ", "info:doi/", "urn:doi:", "[doi]"}

// doiLen gives the length of the DOI that a text begins with, 0 for none: the
// prefix "10." and four to nine digits with further parts, a slash, and a suffix
// up to white space or a mark that ends one in running text.
func doiLen(s string) int {
	i := 3
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	if i < 7 || i > 12 {
		return 0
	}
	for i < len(s) && (s[i] == '.' || isDigit(s[i])) {
		i++
	}
	if i >= len(s) || s[i] != '/' {
		return 0
	}
	slash := i
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == '"' || r == '“' || r == '”' || r == utf8.RuneError {
			break
		}
		i += n
	}
	if i == slash+1 {
		return 0
	}
	return i
}

// trimDOI takes off what a sentence or a tag put behind a DOI: points, commas,
// a bracket that has no partner, an HTML tag, "[doi]".
func trimDOI(s string) string {
	if i := strings.Index(s, "</"); i > 0 {
		s = s[:i]
	}
	if len(s) > 5 && strings.EqualFold(s[len(s)-5:], "[doi]") {
		s = s[:len(s)-5]
	}
	for {
		t := strings.TrimRight(s, ".,;:'\"’”}|\\")
		for _, pair := range [...]string{"()", "[]", "<>"} {
			if strings.HasSuffix(t, pair[1:]) && strings.Count(t, pair[:1]) < strings.Count(t, pair[1:]) {
				t = t[:len(t)-1]
			}
		}
		if t == s {
			return s
		}
		s = t
	}
}

// ParsePMID reads a PubMed number, with or without "PMID:" before it, or as the
// link of a PubMed page. ok is false for anything but one to eight digits.
func ParsePMID(s string) (id PMID, ok bool) {
	if len(s) <= 8 && allDigits(s) && s[0] != '0' {
		return PMID(s), true
	}
	s = strings.TrimSpace(s)
	for _, p := range []string{"https://pubmed.ncbi.nlm.nih.gov/", "https://www.ncbi.nlm.nih.gov/pubmed/",
		"http://www.ncbi.nlm.nih.gov/pubmed/", "pmid:", "pmid", "pubmed"} {
		if len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
			s = strings.TrimSpace(strings.Trim(s[len(p):], "/ :"))
			break
		}
	}
	s = strings.TrimLeft(s, "0")
	if len(s) == 0 || len(s) > 8 || !allDigits(s) {
		return "", false
	}
	return PMID(s), true
}

// ParsePMCID reads a PubMed Central number, with or without "PMC" before it.
func ParsePMCID(s string) (id PMCID, ok bool) {
	s = strings.TrimSpace(s)
	for _, p := range []string{"pmcid:", "pmc:", "https://www.ncbi.nlm.nih.gov/pmc/articles/", "https://pmc.ncbi.nlm.nih.gov/articles/"} {
		if len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
			s = strings.TrimSpace(s[len(p):])
		}
	}
	if len(s) > 3 && strings.EqualFold(s[:3], "pmc") {
		s = s[3:]
	}
	s = strings.Trim(s, "/. ")
	if i := strings.IndexByte(s, '.'); i > 0 && allDigits(s[i+1:]) { // a version: PMC123.1
		s = s[:i]
	}
	s = strings.TrimLeft(s, "0")
	if s == "" || len(s) > 9 || !allDigits(s) {
		return "", false
	}
	return PMCID("PMC" + s), true
}

// ParseISSN reads an ISSN with or without its dash and with notes around it, as
// in "1234-5679 (Print)". ok is false when the form or the check digit is wrong.
func ParseISSN(s string) (id ISSN, ok bool) {
	var store [numberRoom]byte
	d := numberIn(store[:0], s)
	if len(d) != 8 {
		return "", false
	}
	sum := 0
	for i := 0; i < 8; i++ {
		v := digitOrX(d[i])
		if v == 10 && i < 7 {
			return "", false
		}
		sum += v * (8 - i)
	}
	if len(s) >= 9 && s[4] == '-' && s[:4] == string(d[:4]) && s[5:9] == string(d[4:]) {
		return ISSN(s[:9]), sum%11 == 0
	}
	return ISSN(string(d[:4]) + "-" + string(d[4:])), sum%11 == 0
}

// ParseISBN reads an ISBN-10 or ISBN-13. ok is false when the form or the check
// digit is wrong.
func ParseISBN(s string) (id ISBN, ok bool) {
	var store [numberRoom]byte
	d := numberIn(store[:0], s)
	sum := 0
	switch len(d) {
	case 10:
		for i := 0; i < 10; i++ {
			v := digitOrX(d[i])
			if v == 10 && i < 9 {
				return "", false
			}
			sum += v * (10 - i)
		}
		return ISBN(d), sum%11 == 0
	case 13:
		for i := 0; i < 13; i++ {
			v := digitOrX(d[i])
			if v == 10 {
				return "", false
			}
			sum += v * (1 + 2*(i%2))
		}
		return ISBN(d), sum%10 == 0
	}
	return "", false
}

// ISBN13 is the ISBN of thirteen digits, by which two of one book compare; an
// ISBN-10 is turned into one (ISO 2108), any other text comes back as it is.
func (i ISBN) ISBN13() ISBN {
	if len(i) != 10 || !allDigits(string(i[:9])) {
		return i
	}
	thirteen := "978" + string(i[:9])
	sum := 0
	for n := range thirteen {
		sum += int(thirteen[n]-'0') * (1 + 2*(n%2))
	}
	return ISBN(thirteen + string(rune('0'+(10-sum%10)%10)))
}

// ParseORCID reads an ORCID iD, bare or as a link. ok is false when the form or
// the check digit (ISO 7064 mod 11-2) is wrong.
func ParseORCID(s string) (id ORCID, ok bool) {
	if i := strings.LastIndexByte(strings.TrimRight(s, "/ "), '/'); i >= 0 {
		s = s[i+1:]
	}
	var store [numberRoom]byte
	d := string(numberIn(store[:0], s))
	if len(d) != 16 {
		return "", false
	}
	total := 0
	for i := 0; i < 15; i++ {
		total = (total + digitOrX(d[i])) * 2 % 11
	}
	if digitOrX(d[15]) != (12-total)%11 {
		return "", false
	}
	return ORCID(d[:4] + "-" + d[4:8] + "-" + d[8:12] + "-" + d[12:]), true
}

// numberRoom is room for the longest number that numberIn is asked for.
const numberRoom = 16

// numberIn gathers into b the first run of digits and X that dashes and blanks may
// part, skipping words such as "ISSN:" before it; it stops at the first other
// letter or bracket after a digit.
func numberIn(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case isDigit(c):
			b = append(b, c)
		case (c == 'x' || c == 'X') && len(b) > 0:
			b = append(b, 'X')
		case c == '-' || c == ' ' || c >= 0x80:
		case len(b) > 0:
			return b
		}
	}
	return b
}

func digitOrX(c byte) int {
	if c == 'X' {
		return 10
	}
	return int(c - '0')
}

// register describes the numbers of one register: a prefix in capitals, how many
// digits follow, and whether dashes or slashes may stand among them.
type register struct {
	prefix   string
	name     string
	min, max int
}

// registers are the registers of the WHO ICTRP network and PROSPERO; the forms
// are those their registration numbers are published in.
var registers = []register{
	{"NCT", "ClinicalTrials.gov", 8, 8},
	{"ISRCTN", "ISRCTN", 8, 8},
	{"ACTRN", "ANZCTR", 14, 14},
	{"CHICTR", "ChiCTR", 8, 14},
	{"DRKS", "DRKS", 8, 8},
	{"PACTR", "PACTR", 15, 16},
	{"IRCT", "IRCT", 10, 17},
	{"CTRI/", "CTRI", 10, 12},
	{"TCTR", "TCTR", 11, 11},
	{"KCT", "CRiS", 7, 7},
	{"UMIN", "UMIN-CTR", 9, 9},
	{"JRCT", "jRCT", 9, 10},
	{"NTR", "NTR", 1, 5},
	{"NL", "NTR", 4, 5},
	{"RBR-", "ReBec", 5, 9},
	{"SLCTR/", "SLCTR", 7, 7},
	{"RPCEC", "RPCEC", 8, 8},
	{"PER-", "REPEC", 6, 8},
	{"CRD", "PROSPERO", 11, 14},
	{"EUCTR", "EU-CTR", 12, 12},
}

// registrationSpace takes out what may stand inside a number.
var registrationSpace = strings.NewReplacer(" ", "", ":", "", "\u00a0", "")

// longestRegistration is more than any number has, with blanks.
const longestRegistration = 60

// ParseRegistration reads the number of a trial or review register: NCT, ISRCTN,
// EudraCT ("2004-000446-20"), ACTRN, PROSPERO's CRD and the others of the WHO's
// network, with or without blanks and a colon inside. The ID is in the register's
// own form in capitals.
func ParseRegistration(s string) (reg Registration, ok bool) {
	if !strings.ContainsAny(s, "0123456789") || len(s) > longestRegistration {
		return Registration{}, false
	}
	if !mayBeRegistration(s) {
		return Registration{}, false
	}
	up := registrationSpace.Replace(strings.ToUpper(strings.TrimSpace(s)))
	if eudraCT(strings.TrimPrefix(strings.TrimPrefix(up, "EUDRACT"), "EUCTR")) {
		return Registration{"EU-CTR", strings.TrimPrefix(strings.TrimPrefix(up, "EUDRACT"), "EUCTR")[:14]}, true
	}
	for _, r := range registers {
		rest, found := strings.CutPrefix(up, r.prefix)
		if !found {
			continue
		}
		digits := 0
		for i := 0; i < len(rest); i++ {
			c := rest[i]
			if isDigit(c) || r.prefix == "RBR-" && c >= 'A' && c <= 'Z' || r.prefix == "IRCT" && c == 'N' || r.prefix == "CHICTR" && c >= 'A' && c <= 'Z' {
				digits++
				continue
			}
			if c != '-' && c != '/' {
				return Registration{}, false
			}
		}
		if digits < r.min || digits > r.max {
			continue
		}
		return Registration{r.name, up}, true
	}
	return Registration{}, false
}

// mayBeRegistration tells whether a text begins as the numbers of a register do:
// with its prefix, or with the four digits and the dash of a EudraCT number.
func mayBeRegistration(s string) bool {
	s = strings.TrimSpace(s)
	if hasRegisterPrefix(s, "EUDRACT") || s != "" && isDigit(s[0]) && strings.IndexByte(s, '-') > 0 {
		return true
	}
	for i := range registers {
		if hasRegisterPrefix(s, registers[i].prefix) {
			return true
		}
	}
	return false
}

// hasRegisterPrefix tells whether a text begins with a prefix in capitals, whatever its
// own case and whatever registrationSpace takes out of it.
func hasRegisterPrefix(s, prefix string) bool {
	for i := 0; len(prefix) > 0; i++ {
		switch {
		case i >= len(s):
			return false
		case s[i] == ' ' || s[i] == ':' || s[i] == 0xC2 || s[i] == 0xA0:
		case s[i] >= utf8.RuneSelf: // a letter whose capital may be one of ASCII
			return true
		case s[i] == prefix[0] || s[i] >= 'a' && s[i] <= 'z' && s[i]-('a'-'A') == prefix[0]:
			prefix = prefix[1:]
		default:
			return false
		}
	}
	return true
}

// eudraCT tells whether a text has the form YYYY-NNNNNN-CC, with an optional
// country code behind it.
func eudraCT(s string) bool {
	if len(s) < 14 || s[4] != '-' || s[11] != '-' {
		return false
	}
	return allDigits(s[:4]) && allDigits(s[5:11]) && allDigits(s[12:14]) && (len(s) == 14 || s[14] == '-')
}
