package table

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/namelist"
	"github.com/evidence-go/evidence/record"
)

// person reads the names of a cell.
func person(role record.Role) func(*builder, item) {
	return func(b *builder, it item) {
		if b.has(role) {
			b.keep(it)
			return
		}
		value, short := namelist.WithoutEtAl(clean(b.unmark(it.value)))
		if short {
			b.problem(it, record.CodeAuthorList, "the list of authors is cut: \"et al.\" or \"…\" is left out")
		}
		for _, text := range b.names(value) {
			if isTrialNumber(text) { // who registered a trial is not known: its number stands there
				b.registrations(item{it.tag, text})
				continue
			}
			n := name(text)
			if b.d.familyFirst {
				n = familyFirst(text)
			}
			if n.Family != "" || n.Given != "" || n.Literal != "" {
				b.r.People = append(b.r.People, record.Contributor{Role: role, Name: n})
			}
		}
	}
}

// isTrialNumber tells whether what stands for a name is the number of a trial.
func isTrialNumber(s string) bool {
	if !isDigit(s[len(s)-1]) {
		return false
	}
	_, ok := record.ParseRegistration(s)
	return ok
}

// names parts the names of a cell: as the tool does, where that is known and the cell
// has no semicolon.
func (b *builder) names(s string) []string {
	if b.d.endPoint {
		s = strings.TrimSuffix(s, ".")
	}
	if b.d.names != "" && !strings.Contains(s, ";") {
		return namelist.Pieces(s, b.d.names)
	}
	return namelist.Split(s, b.commas)
}

func (b *builder) has(role record.Role) bool {
	for i := range b.r.People {
		if b.r.People[i].Role == role {
			return true
		}
	}
	return false
}

// name reads one name. Braces are around that of a group, as BibTeX has it. In a
// text without capitals the last word is the family name.
func name(s string) record.Name {
	s = strings.TrimSpace(s)
	if namelist.InBraces(s) {
		return record.Name{Literal: strings.TrimSpace(s[1 : len(s)-1])}
	}
	words := strings.Fields(s)
	last := ""
	if len(words) > 1 {
		last = words[len(words)-1]
	}
	if utf8.RuneCountInString(last) > 2 && !strings.Contains(s, ",") && isLower(s) && !namelist.GroupLike(words) {
		return record.Name{Given: strings.Join(words[:len(words)-1], " "), Family: strings.TrimRight(last, ".")}
	}
	return record.ParseName(s)
}

func isLower(s string) bool { return strings.IndexFunc(s, unicode.IsUpper) < 0 }

// namesText writes names so that they are read as the same again.
func namesText(r *record.Record, role record.Role) string {
	var list []string
	for _, n := range r.PeopleIn(role) {
		if text := nameText(n); text != "" {
			list = append(list, text)
		}
	}
	text := strings.Join(list, "; ")
	if len(list) == 1 && (len(namelist.Split(text, true)) != 1) {
		return text + ";"
	}
	if _, short := namelist.WithoutEtAl(text); short {
		return text + ";"
	}
	return text
}

// nameText writes one name; in braces what would be read as family and given name
// and is not.
func nameText(n record.Name) string {
	text := clean(strings.ReplaceAll(n.String(), ";", ","))
	if back := name(text); n.Literal != "" && back.Literal != text || n.Given == "" && back.String() != text {
		return "{" + strings.NewReplacer("{", "(", "}", ")").Replace(text) + "}"
	}
	return text
}
