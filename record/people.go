package record

import (
	"strings"

	"github.com/evidence-go/evidence/internal/namelist"
)

// Role says what a person did for the work. The zero value reads as author.
type Role string

// The roles that formats tell apart. The zero value counts as Author.
const (
	Author       Role = "author"
	Editor       Role = "editor"
	SeriesEditor Role = "series-editor"
	Translator   Role = "translator"
	Investigator Role = "investigator" // collaborator of a group author
	Advisor      Role = "advisor"
	Inventor     Role = "inventor"
	Subject      Role = "subject" // the person a work is about
	Contrib      Role = "contributor"
)

// Contributor is a person or group and their role.
type Contributor struct {
	Role Role `json:"role"`
	Name
}

// Name is the name of a person in parts, or of a group in Literal. Exactly one
// of Family and Literal is filled in a name that is not empty, but for the rare
// person of whom only a given name is known.
type Name struct {
	Family       string   `json:"family,omitzero"` // with its particles: "van der Berg"
	Given        string   `json:"given,omitzero"`  // given names or initials: "Anna M", "AM"
	Suffix       string   `json:"suffix,omitzero"` // "Jr", "3rd"
	Literal      string   `json:"literal,omitzero"`
	ORCID        ORCID    `json:"orcid,omitzero"`
	Affiliations []string `json:"affiliations,omitempty"`
}

// String writes the name as "Family, Given, Suffix", or the group as it is.
func (n Name) String() string {
	if n.Literal != "" {
		return n.Literal
	}
	s := n.Family
	if n.Given != "" {
		if s != "" {
			s += ", "
		}
		s += n.Given
	}
	if n.Suffix != "" {
		s += ", " + n.Suffix
	}
	return s
}

// Short writes the name as NLM lists do: "Berg AM Jr".
func (n Name) Short() string {
	if n.Literal != "" {
		return n.Literal
	}
	parts := []string{n.Family}
	if i := n.Initials(); i != "" {
		parts = append(parts, i)
	}
	if n.Suffix != "" {
		parts = append(parts, n.Suffix)
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// Initials returns the first letters of the given names: "AM" for "Anna-Maria",
// "Anna M." and "AM" alike; "" for a group or a name without given names.
func (n Name) Initials() string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(n.Given, func(r rune) bool {
		return r == ' ' || r == '.' || r == '-' || r == '\u00a0' || r == '‐'
	}) {
		rs := []rune(word)
		if isInitials(rs) {
			b.WriteString(word)
			continue
		}
		b.WriteRune(rs[0])
	}
	return b.String()
}

// isInitials tells whether a word is a run of initials: one to three letters,
// all capital.
func isInitials(rs []rune) bool {
	if len(rs) == 0 || len(rs) > 3 {
		return false
	}
	for _, r := range rs {
		if !isUpper(r) {
			return false
		}
	}
	return true
}

// lowerInto appends a short text with A to Z in small letters.
func lowerInto(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// ParseName reads a person's name as bibliographic files write it:
//
//	Family, Given          Berg, Anna M.
//	Family, Given, Suffix  King, Martin L., Jr.
//	Family, Suffix, Given  King, Jr., Martin L.
//	Family INITIALS        van der Berg AM
//	Given Family           Anna M. van der Berg
//
// A single word, and a text that cannot be a person's name (with a digit, or
// with a word such as "Group" or "University" and no comma), becomes a Literal.
// The empty text gives the empty name.
func ParseName(s string) Name {
	s = collapse(s)
	s = strings.TrimRight(s, ",; ")
	if s == "" {
		return Name{}
	}
	if family, rest, ok := strings.Cut(s, ","); ok {
		return nameByComma(strings.TrimSpace(family), strings.TrimSpace(rest))
	}
	if isGroup(s) {
		return Name{Literal: s}
	}
	return nameByWords(s)
}

// ParseNames reads the names of several people in one text, in the forms of ParseName:
// with semicolons between them, "Berg, A.; Osei, K.", or with commas or "and", where what
// stands between these are names for sure: "Berg A, Osei K", "A Berg and K Osei", "Berg, A.,
// Osei, K.". Anything else is one name. "et al." at the end is left out; the empty text
// gives none.
func ParseNames(s string) []Name {
	s, _ = namelist.WithoutEtAl(collapse(s))
	var names []Name
	for _, text := range namelist.Split(s, false) {
		if n := ParseName(text); n.Family != "" || n.Given != "" || n.Literal != "" {
			names = append(names, n)
		}
	}
	return names
}

// nameByComma reads "Family, rest".
func nameByComma(family, rest string) Name {
	first, second, two := strings.Cut(rest, ",")
	first, second = strings.TrimSpace(first), strings.TrimSpace(second)
	n := Name{Family: family}
	switch {
	case !two && namelist.IsSuffix(first):
		n.Suffix = first
	case !two:
		n.Given = first
	case strings.Contains(second, ","):
		return Name{Literal: family + ", " + rest}
	case namelist.IsSuffix(first):
		n.Suffix, n.Given = first, second
	case namelist.IsSuffix(second):
		n.Given, n.Suffix = first, second
	default:
		// Several commas and no suffix: an organisation such as
		// "Department of Health, Social Services, and Public Safety".
		return Name{Literal: family + ", " + rest}
	}
	if n.Family == "" {
		return Name{Literal: n.Given}
	}
	return n
}

// Normal gives the name in the form in which names from different sources compare:
// particles that a list sorted by family names has put behind the given names
// ("Jong, Marie de") stand before the family name, as they are spoken.
func (n Name) Normal() Name {
	for n.Family != "" {
		before, last, several := cutLast(n.Given)
		if !several {
			before, last = "", n.Given
		}
		if !particle(last) {
			break
		}
		n.Given, n.Family = before, last+" "+n.Family
	}
	return n
}

// particle tells whether a word is a particle of family names, in small letters as
// such a word is written there.
func particle(w string) bool {
	switch w {
	case "de", "da", "do", "dos", "das", "du", "des", "del", "della", "di", "la", "le", "van", "der", "den", "ter", "ten", "te",
		"von", "vom", "zu", "zum", "zur", "af", "av", "'t", "’t":
		return true
	}
	return false
}

// nameByWords reads a name without a comma, its words one blank apart.
func nameByWords(s string) Name {
	var n Name
	before, last, several := cutLast(s)
	if several && namelist.IsSuffix(last) && !isInitials([]rune(last)) {
		n.Suffix = last
		s = before
		before, last, several = cutLast(s)
	}
	if !several {
		return Name{Literal: s, Suffix: n.Suffix}
	}
	if initials(last) {
		// NLM order: all that stands before the initials is the family name.
		n.Family = before
		for {
			shorter, word, more := cutLast(n.Family)
			if !more || !initials(word) {
				break
			}
			n.Family = shorter
		}
		n.Given = s[len(n.Family)+1:]
		return n
	}
	// Given Family: a particle in small letters begins the family name.
	n.Given, n.Family = before, last
	for i := strings.IndexByte(s, ' ') + 1; i < len(before); {
		if startsLower(s[i:]) {
			n.Given, n.Family = s[:i-1], s[i:]
			break
		}
		next := strings.IndexByte(s[i:], ' ')
		if next < 0 {
			break
		}
		i += next + 1
	}
	return n
}

// cutLast takes off the last word; several is false for a single one.
func cutLast(s string) (before, last string, several bool) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+1:], true
}

// initials tells whether a word of a name is initials: "AM", "A.M.", "J.-P.".
func initials(word string) bool {
	letters := 0
	for _, r := range word {
		switch {
		case r == '.' || r == '-':
		case isUpper(r):
			letters++
		default:
			return false
		}
	}
	return letters > 0 && letters <= 4 && (letters <= 3 || strings.Contains(word, "."))
}

// groupWords are words that stand in the names of organisations and study
// groups, and hardly ever in those of persons.
var groupWords = map[string]bool{
	"group": true, "collaboration": true, "collaborators": true, "consortium": true, "committee": true,
	"investigators": true, "network": true, "study": true, "team": true, "trial": true, "university": true,
	"institute": true, "association": true, "society": true, "department": true, "ministry": true,
	"organization": true, "organisation": true, "college": true, "council": true, "center": true,
	"centre": true, "foundation": true, "alliance": true, "commission": true, "agency": true,
	"hospital": true, "programme": true, "program": true, "initiative": true, "of": true, "for": true, "and": true, "the": true,
}

// longestGroupWord is the length of the longest of them.
const longestGroupWord = len("collaborators")

// isGroup tells whether a name without a comma is that of a group.
func isGroup(s string) bool {
	for i := 0; i < len(s); i++ {
		if isDigit(s[i]) {
			return true
		}
	}
	for len(s) > 0 {
		word, rest, _ := strings.Cut(s, " ")
		s = rest
		if word = strings.Trim(word, ".()"); len(word) < 2 || len(word) > longestGroupWord {
			continue
		}
		var low [longestGroupWord]byte
		if groupWords[string(lowerInto(low[:0], word))] {
			return true
		}
	}
	return false
}
