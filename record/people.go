package record

import "strings"

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

// suffixes are the generational suffixes as names in databases carry them,
// without the point. "I" is not among them: it is an initial.
var suffixes = map[string]bool{
	"jr": true, "sr": true, "ii": true, "iii": true, "iv": true,
	"2nd": true, "3rd": true, "4th": true, "5th": true,
}

// isSuffix tells whether a part of a name is a generational suffix.
func isSuffix(s string) bool {
	return suffixes[strings.ToLower(strings.TrimSuffix(s, "."))]
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
	return nameByWords(strings.Fields(s))
}

// nameByComma reads "Family, rest".
func nameByComma(family, rest string) Name {
	n := Name{Family: family}
	parts := strings.Split(rest, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	switch {
	case len(parts) == 1 && isSuffix(parts[0]):
		n.Suffix = parts[0]
	case len(parts) == 1:
		n.Given = parts[0]
	case len(parts) == 2 && isSuffix(parts[0]):
		n.Suffix, n.Given = parts[0], parts[1]
	case len(parts) == 2 && isSuffix(parts[1]):
		n.Given, n.Suffix = parts[0], parts[1]
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

// nameByWords reads a name without a comma.
func nameByWords(words []string) Name {
	var n Name
	if len(words) > 1 && isSuffix(words[len(words)-1]) && !isInitials([]rune(words[len(words)-1])) {
		n.Suffix = words[len(words)-1]
		words = words[:len(words)-1]
	}
	if len(words) == 1 {
		return Name{Literal: words[0], Suffix: n.Suffix}
	}
	last := words[len(words)-1]
	if initials(last) {
		// NLM order: all that stands before the initials is the family name.
		first := len(words) - 1
		for first > 1 && initials(words[first-1]) {
			first--
		}
		n.Family = strings.Join(words[:first], " ")
		n.Given = strings.Join(words[first:], " ")
		return n
	}
	// Given Family: a particle in small letters begins the family name.
	cut := len(words) - 1
	for i := 1; i < len(words)-1; i++ {
		if startsLower(words[i]) {
			cut = i
			break
		}
	}
	n.Given = strings.Join(words[:cut], " ")
	n.Family = strings.Join(words[cut:], " ")
	return n
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

// isGroup tells whether a name without a comma is that of a group.
func isGroup(s string) bool {
	for _, w := range strings.Fields(s) {
		if groupWords[strings.ToLower(strings.Trim(w, ".()"))] {
			return true
		}
	}
	return strings.ContainsAny(s, "0123456789")
}
