package ris

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/distinct"
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/namelist"
	"github.com/evidence-go/evidence/record"
)

// person reads a tag that holds a name.
func person(role record.Role) func(*builder, item) {
	return func(b *builder, it item) { b.person(role, it) }
}

// secondPerson reads A2. PsycINFO on Ovid lists cited authors there, and a court's
// case has the reporter that it stands in.
func (b *builder) secondPerson(it item) {
	switch {
	case strings.Count(it.value, ",") > 3:
		b.keep(it)
	case b.code == "CASE":
		b.journal(fullTitle, it)
	default:
		seated(0)(b, it)
	}
}

func (b *builder) person(role record.Role, it item) {
	value := it.clean()
	signs := signsOf(value)
	if signs.digit {
		if reg, ok := record.ParseRegistration(value); ok { // as CENTRAL names the trials of registers
			b.register(reg)
			b.r.Kind = record.TrialRegister
			return
		}
	}
	switch {
	case role == record.Author && b.r.Kind == record.Patent:
		role = record.Inventor
	case role == record.Author && b.code == "EDBOOK": // its authors are its editors
		role = record.Editor
	}
	value, cut := namelist.WithoutEtAl(value)
	if cut {
		b.problem(it, record.CodeAuthorList, "the list of authors is cut: \"et al.\" or \"…\" is left out")
	}
	if !signs.several() {
		b.addPerson(role, value, it, false)
		return
	}
	names := namelist.SplitTag(value)
	if len(names) > 1 {
		b.problem(it, record.CodeAuthorList, "several names in one tag, split")
	}
	for _, text := range names {
		b.addPerson(role, text, it, len(names) > 1)
	}
}

func (b *builder) addPerson(role record.Role, text string, it item, amongOthers bool) {
	n, sure := name(text)
	if !sure && (b.from.platform == "Web of Science" || b.proCite) { // their persons have a comma, all of them
		n, sure = record.Name{Literal: text}, true
	}
	if n.Family == "" && n.Literal == "" && n.Given == "" {
		return
	}
	if role == sponsor {
		role = record.Translator
		if n.Literal != "" {
			role = record.Contrib
		}
	}
	if half := b.halfName; half != "" && lettersApart(text) && b.r.People[len(b.r.People)-1].Role == role {
		b.halfName = ""
		b.r.People[len(b.r.People)-1].Name = record.Name{Family: half, Given: text}
		b.problem(it, record.CodeAuthorForm, "initials alone in a tag, and no initials in the one before: read as one name, cut at its comma")
		return
	}
	b.halfName = ""
	if !sure || n.Literal == text && !strings.Contains(text, " ") {
		b.halfName = text
	}
	if !sure && !amongOthers {
		b.problem(it, record.CodeAuthorForm, "expected \"Family, Given\"; the name is read as "+quoteParts(n))
	}
	b.r.People = append(b.r.People, record.Contributor{Role: role, Name: n})
}

// nameSigns are the signs in a value by which it may hold several names.
type nameSigns struct {
	digit     bool
	semicolon bool
	ampersand bool
	and       bool // the word
	commas    int
	initials  bool // what stands before the comma may be a name with its initials
}

// several tells whether a value may hold several names: namelist.SplitTag finds out.
func (s nameSigns) several() bool {
	return s.semicolon || s.ampersand || s.and || s.commas > 1 || s.commas == 1 && s.initials
}

func signsOf(s string) (signs nameSigns) {
	blanks := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case ';':
			signs.semicolon = true
		case '&':
			signs.ampersand = true
		case ',':
			signs.commas++
			signs.initials = blanks > 0
		case ' ':
			blanks++
			signs.and = signs.and || strings.HasPrefix(s[i:], " and ")
		default:
			signs.digit = signs.digit || c >= '0' && c <= '9'
		}
	}
	return signs
}

func quoteParts(n record.Name) string {
	if n.Literal != "" {
		return "one of a group"
	}
	return "family name " + n.Family + ", given name " + n.Given
}

// name reads one name. A comma at its end, and a double one inside, mark a group,
// as EndNote has it.
func name(s string) (n record.Name, sure bool) {
	s = strings.TrimSpace(s)
	if head, tail, ok := strings.Cut(s, ",,"); ok {
		return record.Name{Literal: fold.Text(head + "," + tail)}, true
	}
	if head, ok := strings.CutSuffix(s, ","); ok && !strings.Contains(head, ",") {
		return record.Name{Literal: strings.TrimSpace(head)}, true
	}
	n = record.ParseName(s)
	sure = n.Literal != "" || strings.Contains(s, ",") || namelist.Initials(n.Given)
	return n, sure
}

// lettersApart tells whether a text is initials that stand apart, "H B" or "H.B.":
// a tag of them alone names nobody, unlike "WHO".
func lettersApart(s string) bool {
	return namelist.Initials(s) && strings.IndexFunc(s, unicode.IsUpper) == 0 && !slices.ContainsFunc(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsUpper(r) }),
		func(run string) bool { return utf8.RuneCountInString(run) > 1 })
}

// affiliation reads AD and M2, once all contributors are known.
func (b *builder) affiliation(it item) { b.addresses = append(b.addresses, it) }

// orcid reads AI of Ovid, "Berg, Anna; ORCID: https://orcid.org/0000-…", once
// all contributors are known.
func (b *builder) orcid(it item) { b.orcids = append(b.orcids, it) }

// settlePeople gives the contributors their addresses: those that begin with
// their name ("Berg, Anna M: Department …"), and all of them to a single one.
// The addresses of several people that do not say whose they are stay as they are.
func (b *builder) settlePeople() {
	for _, it := range b.addresses {
		value := it.clean()
		p, text := b.owner(value)
		if p == nil && len(b.r.People) == 1 && it.tag == "AD" {
			p, text = &b.r.People[0], value
		}
		switch {
		case p == nil || text == "":
			b.keep(it)
		default:
			p.Affiliations = distinct.Append(p.Affiliations, text)
		}
	}
	b.settleORCIDs()
}

// settleORCIDs gives each to the contributor who is named with it; people of one name
// get theirs in order.
func (b *builder) settleORCIDs() {
	if len(b.orcids) == 0 {
		return
	}
	named := make(map[string][]int, len(b.r.People))
	for i := range b.r.People {
		name := b.r.People[i].Name.String()
		named[name] = append(named[name], i)
	}
	for _, it := range b.orcids {
		who, link, _ := strings.Cut(it.clean(), "; ORCID: ")
		id, ok := record.ParseORCID(link)
		if !ok || len(named[who]) == 0 {
			b.keep(it)
			continue
		}
		b.r.People[named[who][0]].ORCID = id
		named[who] = named[who][1:]
	}
}

// owner finds the contributor whose name a value begins with.
func (b *builder) owner(value string) (*record.Contributor, string) {
	if b.names == nil {
		b.names = make(map[string]int, len(b.r.People))
		for i := len(b.r.People) - 1; i >= 0; i-- {
			b.names[b.r.People[i].Name.String()] = i
		}
	}
	const longest = 120 // bytes of a name
	for i := 1; i < len(value)-1 && i < longest; i++ {
		if (value[i] == ':' || value[i] == '.') && value[i+1] == ' ' {
			for _, key := range [...]string{value[:i], value[:i+1]} {
				if at, ok := b.names[key]; ok {
					return &b.r.People[at], strings.TrimSpace(value[i+2:])
				}
			}
		}
	}
	return nil, ""
}
