package tagged

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// marked is a name with the marks of its addresses.
type marked struct {
	name  record.Name
	marks []string
	role  record.Role
	sure  bool // nothing was left out but marks
}

// ovidAuthors reads AU, or FA with the full names where there are as many.
func (b *builder) ovidAuthors() {
	list := b.people
	if full := splitOvidNames(b.full); len(full) > 0 && len(full) >= len(splitOvidNames(b.people)) {
		list = b.full
	} else {
		for _, it := range b.full {
			b.keep(it)
		}
	}
	others := b.r.People
	b.r.People = nil
	b.marks = b.marks[:0]
	for _, it := range splitOvidNames(list) {
		m := ovidName(it.value)
		if !m.sure {
			b.keep(it) // degrees, an address of mail: as they are
		}
		before := len(b.r.People)
		b.person(m.role, m.name)
		if len(b.r.People) > before {
			b.marks = append(b.marks, m.marks)
		}
	}
	b.r.People = append(b.r.People, others...)
}

// ovidEditors reads the editors of a book.
func (b *builder) ovidEditors(it item) {
	for _, it := range splitOvidNames([]item{it}) {
		b.person(record.Editor, ovidName(it.value).name)
	}
}

// splitOvidNames parts the names of values with semicolons or line ends between
// them; academic degrees go with the name before.
func splitOvidNames(items []item) []item {
	var out []item
	for _, it := range items {
		parts := strings.FieldsFunc(it.value, func(r rune) bool { return r == ';' || r == '\n' })
		for i, part := range parts {
			part = fold.Text(part)
			word, _, _ := strings.Cut(part, " ")
			switch {
			case part == "":
			case i > 0 && len(out) > 0 && isDegree(word):
				out[len(out)-1].value += ", " + part
			default:
				out = append(out, item{it.tag, part, it.line})
			}
		}
	}
	return out
}

// isDegree tells whether a word is an academic degree, with or without points.
func isDegree(word string) bool {
	var capitals [longestDegree]byte
	n := 0
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c == '.' || c == ',' {
			continue
		}
		if n == len(capitals) {
			return false
		}
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		capitals[n] = c
		n++
	}
	return degrees[string(capitals[:n])]
}

// ovidName reads a name: "Berg, Anna M. MD, PhD 1,2,+" or "Berg A.M.".
func ovidName(s string) marked {
	m := marked{role: record.Author, sure: true}
	if i := strings.IndexByte(s, '['); i > 0 {
		if m.sure = false; strings.HasPrefix(s[i:], "[Ed") {
			m.role, m.sure = record.Editor, true
		}
		s = strings.TrimSpace(s[:i])
	}
	for {
		i := strings.LastIndexByte(s, ' ')
		if i < 0 || !isAddressMark(s[i+1:]) {
			break
		}
		m.marks = append(m.marks, strings.FieldsFunc(s[i+1:], func(r rune) bool { return r == ',' || r == '(' || r == ')' })...)
		s = strings.TrimRight(s[:i], " ,")
	}
	s = trimPoint(s)
	family, given, ok := strings.Cut(s, ", ")
	if !ok {
		m.name = name(strings.TrimSuffix(s, ","))
		return m
	}
	words := strings.Fields(given)
	if i := slices.IndexFunc(words, isDegree); i > 0 {
		words, m.sure = words[:i], false
	}
	given = strings.TrimRight(strings.Join(words, " "), ",")
	m.name = name(family + ", " + given)
	return m
}

// isAddressMark tells whether a word behind a name refers to an address: digits,
// signs and commas.
func isAddressMark(word string) bool {
	for _, r := range word {
		if !(r >= '0' && r <= '9' || strings.ContainsRune(",*+#&^~§†‡()", r)) {
			return false
		}
	}
	return word != ""
}

// ovidAddresses gives the authors the addresses of IN: by the marks behind their
// names, by the names before the addresses, or all to a single author.
func (b *builder) ovidAddresses() {
	for _, it := range b.addresses {
		if parts := markedAddresses(fold.Text(it.value)); len(parts) > 0 && b.giveByMark(parts) {
			continue
		}
		eachLine(it, func(it item) {
			switch {
			case b.giveByNames(it.value), b.giveToOwner(it.value):
			case len(b.r.People) == 1:
				give(&b.r.People[0], it.value)
			default:
				b.keep(it)
			}
		})
	}
}

// markedAddress is an address behind its mark.
type markedAddress struct{ mark, text string }

// markedAddresses parts "(1)Institute of …, (2)Department of …" and "From the
// *Department of …; and +Institute of …"; nil for a text that does not begin so.
func markedAddresses(s string) []markedAddress {
	s = strings.TrimPrefix(s, "From the ")
	var out []markedAddress
	for {
		mark, n := markAt(s)
		if n == 0 {
			return out
		}
		s = s[n:]
		end := len(s)
		for i := 1; i < len(s); i++ {
			if _, n := markAt(s[i:]); n > 0 && (s[i-1] == ' ') {
				end = i
				break
			}
		}
		text := strings.TrimRight(s[:end], " ,;")
		text = strings.TrimRight(strings.TrimSuffix(text, " and"), " ,;")
		out = append(out, markedAddress{mark, strings.TrimPrefix(text, "the ")})
		s = s[end:]
	}
}

// markAt reads the mark that a text begins with, "(1)", "(*)" or "*", and gives its
// length; 0 for none.
func markAt(s string) (mark string, n int) {
	if strings.HasPrefix(s, "(") {
		end := strings.IndexByte(s, ')')
		if end < 2 || end > 4 || !isAddressMark(s[1:end]) {
			return "", 0
		}
		return s[1:end], end + 1
	}
	for n < len(s) && strings.IndexByte("*+#&^~", s[n]) >= 0 {
		n++
	}
	return s[:n], n
}

// giveByMark gives marked addresses to those whose names have the marks. It tells
// whether each found somebody.
func (b *builder) giveByMark(parts []markedAddress) bool {
	for _, part := range parts {
		if !slices.ContainsFunc(b.marks, func(marks []string) bool { return slices.Contains(marks, part.mark) }) {
			return false
		}
	}
	for _, part := range parts {
		for i, marks := range b.marks {
			if slices.Contains(marks, part.mark) {
				give(&b.r.People[i], part.text)
			}
		}
	}
	return true
}

// giveByNames reads an address of Embase, "(Berg, Chen) Institute of …", which
// names the families of those who have it.
func (b *builder) giveByNames(s string) bool {
	if !strings.HasPrefix(s, "(") {
		return false
	}
	end := closing(s, 0)
	if end < 0 {
		return false
	}
	found := false
	for _, family := range strings.Split(s[1:end], ", ") {
		for i := range b.r.People {
			if b.r.People[i].Family == family {
				give(&b.r.People[i], strings.TrimSpace(s[end+1:]))
				found = true
			}
		}
	}
	return found
}

// giveToOwner reads an address of PsycINFO or MEDLINE, which the name of the one
// who has it stands before: "Berg, Anna: Institute of …", "Berg, Anna. Institute …".
func (b *builder) giveToOwner(s string) bool {
	for i := range b.r.People {
		rest, ok := strings.CutPrefix(s, b.r.People[i].Name.String())
		if !ok {
			continue
		}
		rest = strings.TrimPrefix(rest, ".")
		if address, ok := strings.CutPrefix(rest, ": "); ok {
			give(&b.r.People[i], address)
			return true
		}
		if address, ok := strings.CutPrefix(rest, " "); ok && rest != s {
			give(&b.r.People[i], address)
			return true
		}
	}
	return false
}
