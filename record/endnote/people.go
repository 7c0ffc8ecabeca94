package endnote

import (
	"strings"

	"github.com/evidence-go/evidence/internal/distinct"
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/mesh"
	"github.com/evidence-go/evidence/internal/namelist"
	"github.com/evidence-go/evidence/record"
)

// seat gives the role of secondary, tertiary or subsidiary authors of a type: of
// what stands in another work the first edit that, the second its series.
func (t *refType) seat(i int) record.Role {
	if role := t.seats[i]; role != "" {
		return role
	}
	return [...]record.Role{record.Editor, record.SeriesEditor, record.Translator}[i]
}

// seatFor gives the seat that a role is written in, -1 where the type has none: its
// own, else one of other contributors.
func (t *refType) seatFor(role record.Role) int {
	other := -1
	for i := range t.seats {
		switch t.seat(i) {
		case role:
			return i
		case record.Contrib:
			if other < 0 {
				other = i
			}
		}
	}
	if role == record.Editor || role == record.SeriesEditor || role == record.Translator || role == record.Advisor {
		return other
	}
	return -1
}

// authorRole is the role of those in the field of authors.
func (b *builder) authorRole() record.Role {
	switch {
	case b.r.Kind == record.Patent:
		return record.Inventor
	case b.typ.kind == record.EditedBook:
		return record.Editor
	}
	return record.Author
}

func (b *builder) author(it item) { b.people(b.authorRole(), it) }

// seated reads secondary, tertiary or subsidiary authors.
func seated(seat int) func(*builder, item) {
	return func(b *builder, it item) {
		role := b.typ.seat(seat)
		if b.refer && seat == 0 && !b.typed {
			role = record.Editor // as refer(1) has it
		}
		if role == aside {
			b.keep(it)
			return
		}
		b.people(role, it)
	}
}

// people reads a value that holds a name, or several.
func (b *builder) people(role record.Role, it item) {
	if strings.IndexByte(it.value, '\n') >= 0 {
		all := linesOf(it.value)
		if len(all) > 1 {
			b.problem(it, record.CodeAuthorList, "several names in one field, split")
		}
		for _, line := range all {
			b.person(role, line, it)
		}
		return
	}
	b.person(role, fold.Text(it.value), it)
}

func (b *builder) person(role record.Role, value string, it item) {
	value, cut := namelist.WithoutEtAl(value)
	if cut {
		b.problem(it, record.CodeAuthorList, "the list of authors is cut: \"et al.\" or \"…\" is left out")
	}
	if value == "" {
		return
	}
	if sureOfOne(value) {
		b.addPerson(role, parseName(value))
		return
	}
	parts := namelist.SplitTag(value)
	if len(parts) > 1 {
		b.problem(it, record.CodeAuthorList, "several names in one field, split")
	}
	for _, text := range parts {
		b.addPerson(role, parseName(text))
	}
}

func (b *builder) addPerson(role record.Role, n record.Name) {
	if n.Family == "" && n.Literal == "" && n.Given == "" {
		return
	}
	b.r.People = append(b.r.People, record.Contributor{Role: role, Name: n})
}

// sureOfOne tells whether a value has one name for sure, as nearly all have: nothing
// that could stand between two, and one comma at most, before which no initials stand.
func sureOfOne(s string) bool {
	family, given, _ := strings.Cut(s, ",")
	return strings.IndexByte(s, ';') < 0 && strings.IndexByte(s, '&') < 0 && strings.IndexByte(given, ',') < 0 && !namelist.EndsInInitials(family) && !strings.Contains(s, " and ")
}

// parseName reads one name. A comma at its end marks a group, and two inside of one
// stand for one: so EndNote has names that are not to be turned round.
func parseName(s string) record.Name {
	if head, tail, ok := strings.Cut(s, ",,"); ok {
		return record.Name{Literal: fold.Text(head + ", " + strings.TrimSpace(tail))}
	}
	if head, ok := strings.CutSuffix(s, ","); ok && !strings.Contains(head, ",") {
		return record.Name{Literal: strings.TrimSpace(head)}
	}
	return record.ParseName(s)
}

// address reads Author Address, once all contributors are known.
func (b *builder) address(it item) { b.postal = append(b.postal, it) }

// settlePeople gives the contributors their addresses: those that begin with their
// name, and all of them to a single one. Those of several people that do not say
// whose they are stay as they are.
func (b *builder) settlePeople() {
	for _, it := range b.postal {
		var rest []string
		for line, more := nextLine(it.value); line != ""; line, more = nextLine(more) {
			p, text := b.owner(line)
			if p == nil && len(b.r.People) == 1 {
				p, text = &b.r.People[0], line
			}
			switch {
			case p == nil || text == "":
				rest = append(rest, line)
			case !distinct.Has(p.Affiliations, text):
				p.Affiliations = append(p.Affiliations, text)
			}
		}
		if len(rest) > 0 {
			it.value = strings.Join(rest, "\n")
			b.keep(it)
		}
	}
}

// owner finds the contributor whose name an address begins with: "Berg, Anna: …".
func (b *builder) owner(line string) (*record.Contributor, string) {
	const longest = 120 // bytes of a name
	name, text, ok := strings.Cut(line[:min(len(line), longest)], ": ")
	if !ok {
		return nil, ""
	}
	if b.names == nil {
		b.names = make(map[string]int, len(b.r.People))
		for i := len(b.r.People) - 1; i >= 0; i-- {
			b.names[b.r.People[i].Name.String()] = i
		}
	}
	at, ok := b.names[name]
	if !ok {
		return nil, ""
	}
	return &b.r.People[at], strings.TrimSpace(text + line[min(len(line), longest):])
}

// keyword reads keywords: one in each element, or one a line, or with semicolons
// between them.
func (b *builder) keyword(it item) {
	word, rest := nextLine(it.value)
	if isBlank(rest) && strings.IndexByte(word, ';') >= 0 {
		for _, p := range namelist.Pieces(word, ";") {
			b.addKeyword(p)
		}
		return
	}
	for ; word != ""; word, rest = nextLine(rest) {
		b.addKeyword(word)
	}
}

func (b *builder) addKeyword(word string) {
	h, ok := mesh.Parse(word)
	if !ok {
		b.r.Keywords = append(b.r.Keywords, word)
		return
	}
	heading := record.Heading{Term: h.Term, Major: h.Major}
	for _, q := range h.Qualifiers {
		heading.Scheme = "mesh"
		heading.Qualifiers = append(heading.Qualifiers, record.Qualifier{Term: q.Term, Major: q.Major})
	}
	b.r.Headings = append(b.r.Headings, heading)
}
