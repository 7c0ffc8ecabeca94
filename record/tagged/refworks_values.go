package tagged

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// settleRefWorks settles what several tags decide together.
func (b *builder) settleRefWorks() {
	b.settleContainer()
	b.settleOwnedAddresses()
	b.settleDate()
	b.settleOtherPages()
	b.settleDOI()
}

// isWhole tells whether the work is not part of a journal or book, so that T2 is
// the series and SP how many pages it has.
func isWhole(kind record.Kind) bool {
	return slices.Contains([]record.Kind{record.Book, record.EditedBook, record.Proceedings, record.Thesis, record.Report}, kind)
}

// key reads ID: the number that the record has in its library.
func (b *builder) key(it item) { b.set(&b.r.Key, fold.Text(it.value), it) }

// refWorksJournal reads JF, the journal; some exports have the address of a page.
func (b *builder) refWorksJournal(it item) { b.titles = append(b.titles, it) }

// refWorksBook reads T2: the book or proceedings, of a whole book its series.
func (b *builder) refWorksBook(it item) {
	if isWhole(b.r.Kind) {
		b.series(it)
		return
	}
	b.titles = append(b.titles, it)
}

// refWorksPerson reads A2, A3 or A4.
func refWorksPerson(tag string) func(*builder, item) {
	return func(b *builder, it item) { b.person(roleUnder(tag, b.r.Kind), name(fold.Text(it.value))) }
}

// roleUnder gives the role of the people under a tag in references of a kind.
func roleUnder(tag string, kind record.Kind) record.Role {
	for _, s := range seats {
		if s.tag == tag && (s.kinds == nil || slices.Contains(s.kinds, kind)) {
			return s.role
		}
	}
	return record.Contrib
}

// settleOwnedAddresses gives the contributors the addresses that begin with their
// name, and all of them to a single one. Others stay as they are.
func (b *builder) settleOwnedAddresses() {
	for _, it := range b.addresses {
		value := fold.Text(it.value)
		i := slices.IndexFunc(b.r.People, func(c record.Contributor) bool { return strings.HasPrefix(value, ownerText(c.Name)) })
		switch {
		case i >= 0:
			give(&b.r.People[i], strings.TrimPrefix(value, ownerText(b.r.People[i].Name)))
		case len(b.r.People) == 1:
			give(&b.r.People[0], value)
		default:
			b.keep(it)
		}
	}
}

// ownerText is what stands before the address of a person.
func ownerText(n record.Name) string { return nameText(n, ", ") + ": " }

// settleOtherPages reads SP and OP: the first page, and the others in any form.
func (b *builder) settleOtherPages() {
	first, others := fold.Text(b.first.value), strings.TrimLeft(fold.Text(b.last.value), "-–")
	switch {
	case isWhole(b.r.Kind) && others == "" && digits(strings.TrimSuffix(first, " p.")):
		b.r.In.PageCount = first
	case strings.HasPrefix(others, first) && strings.ContainsAny(others, "-–"):
		b.r.In.Pages = others // all pages stand under OP
	default:
		b.last.value = others
		b.settlePages()
	}
}

// refWorksUser reads U1, a field for the user: the number of a register is one
// wherever it stands.
func (b *builder) refWorksUser(it item) {
	reg, ok := record.ParseRegistration(fold.Text(it.value))
	if !ok {
		b.keep(it)
		return
	}
	b.register(reg)
}

// refWorksCited reads CR: cited references, one a line.
func (b *builder) refWorksCited(it item) {
	eachLine(it, func(it item) {
		doi, _, _ := record.FindDOI(it.value)
		b.r.Relations = append(b.r.Relations, record.Relation{Kind: record.Cites, Text: it.value, DOI: doi})
	})
}

// dated reads a date beside the one that the work is cited by.
func dated(kind record.EventKind) func(*builder, item) {
	return func(b *builder, it item) {
		d, ok := record.ParseDate(fold.Text(it.value))
		if !ok || d.Year == 0 || d.Text != "" {
			b.keep(it)
			b.problem(it, record.CodeDate, "expected a date with a year; it is kept as it is")
			return
		}
		b.event(kind, d)
	}
}
