package tagged

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// settleWoS settles what several tags decide together.
func (b *builder) settleWoS() {
	b.settleKind()
	b.settleAuthors()
	b.settleAddresses()
	b.settleORCIDs()
	slices.SortStableFunc(b.shorts, func(x, y item) int { return strings.Compare(y.tag, x.tag) }) // JI, that of ISO, before J9
	b.settleContainer()
	b.settleSupplement()
	b.settleDate()
	b.settleEarlyAccess()
	b.settlePages()
	b.settleDOI()
}

// settleKind tells what PT says of what it leaves open.
func (b *builder) settleKind() {
	inBook := len(b.titles) > 0 && fold.Plain(b.titles[0].value) != b.r.Title
	b.r.Kind = kindBy(b.kind, b.r, inBook)
}

// kindBy gives the kind of a work by its type of publication, its document types
// and whether it stands in something with another title than its own: what stands
// in a book is a chapter, and where there was a conference, a paper.
func kindBy(pt string, r *record.Record, inBook bool) record.Kind {
	for _, p := range publications {
		if p.dt != "" && (p.pt == pt || pt == "") && r.HasType(p.dt) {
			return p.kind
		}
	}
	switch {
	case (pt == "B" || pt == "S") && r.In.Event != "":
		return record.ConferencePaper
	case pt == "B" && inBook:
		return record.Chapter
	case pt == "" && inBook:
		return record.JournalArticle
	}
	return kindOfPT(pt)
}

// title reads TI.
func (b *builder) title(it item) { b.set(&b.r.Title, fold.Plain(it.value), it) }

// otherTitle reads the title in the language of the work.
func (b *builder) otherTitle(it item) { b.set(&b.r.OriginalTitle, fold.Plain(it.value), it) }

// otherAbstract reads an abstract in another language.
func otherAbstract(language string) func(*builder, item) {
	return func(b *builder, it item) {
		a := record.NewAbstract(fold.Paragraphs(it.value))
		a.Language = language
		b.r.OtherAbstracts = append(b.r.OtherAbstracts, a)
	}
}

// eachPerson reads a tag that lists names, one a line.
func eachPerson(role record.Role) func(*builder, item) {
	return func(b *builder, it item) {
		eachLine(it, func(it item) { b.person(role, name(it.value)) })
	}
}

// wosGroups reads CA: the groups among the authors, with semicolons between them.
func (b *builder) wosGroups(it item) { b.full = append(b.full, it) }

// wosBookPeople reads the authors of the book that the work stands in, and the
// organisation behind it (GP). They are the authors of a book that has no other.
func (b *builder) wosBookPeople(it item) { b.full = append(b.full, it) }

// settleAuthors pairs the short names of AU with the full names of AF.
func (b *builder) settleAuthors() {
	var short, full []item
	for _, it := range b.people {
		eachLine(it, func(it item) { short = append(short, it) })
	}
	for _, it := range b.full {
		if it.tag == "AF" {
			eachLine(it, func(it item) { full = append(full, it) })
		}
	}
	editors := b.r.People
	b.r.People = nil
	if n := max(len(short), len(full)) + len(editors); n > 0 {
		b.r.People = make([]record.Contributor, 0, n)
	}
	names := full
	if len(full) == 0 {
		names = short
	}
	for _, it := range names {
		b.person(record.Author, name(it.value))
	}
	b.settleShortNames(short, full)
	for _, it := range b.full {
		switch {
		case it.tag == "AF":
		case it.tag == "CA":
			eachPart(it.value, func(g string) { b.person(record.Author, groupName(g)) })
		case len(names) == 0 && (b.r.Kind == record.Book || b.r.Kind == record.Proceedings):
			eachLine(it, func(it item) { b.person(record.Author, name(it.value)) })
		default:
			b.keep(it)
		}
	}
	b.r.People = append(b.r.People, editors...)
}

// groupName reads the name of a group, which may have the mark of one.
func groupName(s string) record.Name {
	if n := name(s); n.Literal != "" {
		return n
	}
	return record.Name{Literal: s}
}

// settleShortNames keeps the list of AU where it says more than AF: where it has
// another number of names, or a name that does not follow from the full one.
func (b *builder) settleShortNames(short, full []item) {
	if len(short) == 0 || len(full) == 0 {
		return
	}
	differs := len(short) != len(full)
	for i := 0; !differs && i < len(short); i++ {
		differs = short[i].value != full[i].value && short[i].value != shortName(name(full[i].value))
	}
	if !differs {
		return
	}
	list := make([]string, len(short))
	for i, it := range short {
		list[i] = strings.ReplaceAll(it.value, ";", ",")
	}
	kept := item{"AU", strings.Join(list, "; "), short[0].line}
	b.keep(kept)
	if len(short) != len(full) {
		b.problem(kept, record.CodeAuthorForm, "AU and AF list different numbers of authors; those of AF are read, AU is kept as it is")
	}
}

// shortName writes a name as AU has it: "Berg, AM".
func shortName(n record.Name) string {
	if n.Literal != "" {
		return nameText(n, ", ")
	}
	return nameText(record.Name{Family: n.Family, Given: n.Initials(), Suffix: n.Suffix}, ", ")
}

// settleAddresses gives the authors the addresses of C1. One that names nobody is
// that of a single author.
func (b *builder) settleAddresses() {
	for _, it := range b.addresses {
		eachLine(it, func(it item) {
			names, address, linked := bracketedNames(it.value)
			switch {
			case linked:
				b.addressOf(names, address, it)
			case len(b.r.People) == 1:
				give(&b.r.People[0], address)
			default:
				b.keep(it)
			}
		})
	}
}

// bracketedNames parts "[Berg, Anna; Chen, Li] Univ Ghent, Belgium."
func bracketedNames(s string) (names, address string, ok bool) {
	if strings.HasPrefix(s, "[") {
		if names, address, ok = strings.Cut(s[1:], "] "); ok {
			return names, strings.TrimSpace(address), true
		}
	}
	return "", s, false
}

// addressOf gives an address to those it names. It is kept where one is unknown.
func (b *builder) addressOf(names, address string, it item) {
	unknown := false
	eachPart(names, func(n string) {
		if p := b.contributor(n); p != nil {
			give(p, address)
			return
		}
		unknown = true
	})
	if unknown {
		b.keep(it)
	}
}

// contributor finds a person by the name in full, else by family name and first
// initial where they are only one's; nil for none.
func (b *builder) contributor(s string) *record.Contributor {
	for i := range b.r.People {
		if n := &b.r.People[i].Name; isNamed(n, s) || strings.ContainsAny(n.Family+n.Given+n.Literal, "[],;") && addressName(*n) == s {
			return &b.r.People[i]
		}
	}
	want := name(s)
	var found *record.Contributor
	for i := range b.r.People {
		c := &b.r.People[i]
		if c.Literal != "" || want.Family == "" || !sameStart(c.Given, want.Given) || fold.Key(c.Family) != fold.Key(want.Family) {
			continue
		}
		if found != nil {
			return nil
		}
		found = c
	}
	return found
}

// isNamed tells whether a text is a person's name as it is written here.
func isNamed(n *record.Name, s string) bool {
	if n.Literal != "" {
		return n.Literal == s || groupText(n.Literal) == s
	}
	rest, ok := strings.CutPrefix(s, n.Family)
	if !ok || n.Suffix != "" {
		return ok && nameText(*n, ", ") == s
	}
	if n.Given == "" {
		return rest == ""
	}
	rest, ok = strings.CutPrefix(rest, ", ")
	return ok && rest == n.Given
}

// addressName writes a name as it stands between the brackets before an address.
func addressName(n record.Name) string {
	return roundBrackets.Replace(nameText(n, ", "))
}

var roundBrackets = strings.NewReplacer("]", ")", "[", "(")

// sameStart tells whether two given names begin with the same letter.
func sameStart(a, b string) bool {
	a, b = fold.Key(a), fold.Key(b)
	return a != "" && b != "" && a[0] == b[0]
}

// settleORCIDs gives the authors their iDs of OI, "Berg, Anna/0000-…; …".
func (b *builder) settleORCIDs() {
	for _, it := range b.orcids {
		eachPart(it.value, func(part string) {
			i := strings.LastIndexByte(part, '/')
			id, ok := record.ParseORCID(part[i+1:])
			if ok && i > 0 {
				if c := b.contributor(part[:i]); c != nil && (c.ORCID == "" || c.ORCID == id) {
					c.ORCID = id
					return
				}
			}
			b.keep(item{it.tag, part, it.line})
		})
	}
}

// wosDescriptors reads DE. Inspec puts lists of several kinds into it, with a slash
// between them: the treatment, which is a type of the work, controlled and free
// terms, then codes of its classification and what follows them.
func (b *builder) wosDescriptors(it item) {
	value := fold.Text(it.value)
	treatment, terms, ok := strings.Cut(value, "/ ")
	if !ok || strings.ContainsAny(treatment, ";,") {
		b.keywords(it)
		return
	}
	if at := classification(terms); at >= 0 {
		b.keep(item{"CC", terms[at:], it.line})
		terms = strings.TrimRight(terms[:at], "/ ")
	}
	b.workType(treatment)
	if controlled, free, ok := strings.Cut(terms, "/ "); ok {
		b.keywords(item{it.tag, controlled + ";" + free, it.line})
		return
	}
	b.keywords(item{it.tag, terms, it.line})
}

// classification finds the first code of Inspec's classification ("A4265K") that
// stands behind a slash; -1 for none.
func classification(s string) int {
	for from := 0; ; {
		i := strings.Index(s[from:], "/ ")
		if i < 0 {
			return -1
		}
		from += i + 2
		if at := s[from:]; len(at) > 5 && isCapital(at[0]) && digits(at[1:5]) {
			return from
		}
	}
}

// wosKeywordsPlus reads ID. Inspec has the codes of the article there, with its DOI
// among them.
func (b *builder) wosKeywordsPlus(it item) {
	if !strings.Contains(it.value, "],[") {
		b.keywords(it)
		return
	}
	b.keep(it)
	for _, part := range strings.Split(fold.Text(it.value), "],[") {
		if doi, ok := record.ParseDOI(strings.TrimSuffix(part, "]")); ok && b.r.DOI == "" {
			b.r.DOI = doi
		}
	}
}

// wosHeadings reads MH, the headings of MEDLINE: "*Asthma -- drug therapy".
func (b *builder) wosHeadings(it item) {
	eachPart(it.value, func(s string) {
		h := record.Heading{Scheme: "mesh"}
		term, qualifiers, _ := strings.Cut(s, " -- ")
		h.Term, h.Major = strings.CutPrefix(term, "*")
		for _, q := range strings.Split(qualifiers, ", ") {
			if q != "" {
				q, major := strings.CutPrefix(q, "*")
				h.Qualifiers = append(h.Qualifiers, record.Qualifier{Term: q, Major: major})
			}
		}
		b.r.Headings = append(b.r.Headings, h)
	})
}

// funding reads FU: "Agency [number, number]; Agency [number]".
func (b *builder) funding(it item) {
	eachPart(it.value, func(part string) {
		agency, ids, _ := strings.Cut(part, " [")
		b.r.Funding = append(b.r.Funding, record.Grant{Agency: strings.TrimSpace(agency), ID: strings.TrimSpace(strings.TrimSuffix(ids, "]"))})
	})
}

// cited reads CR, a cited reference a line: "Berg A, 2010, KITE CARE, V3, P12, DOI 10.…".
func (b *builder) cited(it item) {
	b.r.Relations = slices.Grow(b.r.Relations, 1+strings.Count(it.value, "\n"))
	eachLine(it, func(it item) {
		x := record.Relation{Kind: record.Cites, Text: it.value}
		if i := strings.LastIndex(it.value, "DOI "); i >= 0 {
			x.DOI = citedDOI(it.value[i+len("DOI "):])
		}
		b.r.Relations = append(b.r.Relations, x)
	})
}

// citedDOI reads the DOI at the end of a cited reference; of several in square
// brackets the first.
func citedDOI(s string) record.DOI {
	if list, ok := strings.CutPrefix(s, "["); ok {
		s, _, _ = strings.Cut(strings.TrimSuffix(list, "]"), ", ")
	}
	if doi, ok := record.ParseDOI(s); ok {
		return doi
	}
	doi, _, _ := record.FindDOI(s)
	return doi
}

// wosPart reads PN: the part of an issue, or of a patent its number.
func (b *builder) wosPart(it item) {
	if b.r.Kind == record.Patent {
		b.identifier("patent-number", fold.Text(it.value))
		return
	}
	b.keep(it)
}

// settleSupplement makes a supplement the issue where there is no other.
func (b *builder) settleSupplement() {
	for _, it := range b.supps {
		if b.r.In.Issue != "" {
			b.keep(it)
			continue
		}
		b.r.In.Issue = supplement + fold.Text(it.value)
	}
}

// supplement begins the name of an issue that SU has the rest of.
const supplement = "Suppl "

// settleEarlyAccess reads EA, whose year some exports put under EY.
func (b *builder) settleEarlyAccess() {
	if b.online.tag == "" {
		return
	}
	text := fold.Text(b.online.value)
	d, ok := record.ParseDate(text)
	if ey := b.r.Extra.Get("EY"); ok && d.Year == 0 && ey != "" {
		d, ok = record.ParseDate(text + " " + ey)
		b.r.Extra = slices.DeleteFunc(b.r.Extra, func(x record.ExtraTag) bool { return x.Tag == "EY" })
	}
	if !ok || d.Year == 0 {
		b.keep(b.online)
		b.problem(b.online, record.CodeDate, "expected a date with a year; it is kept as it is")
		return
	}
	b.event(record.Electronic, d)
	if b.r.Date.Year == 0 { // an article that is in no issue yet has no PY
		b.r.Date.Year = d.Year
	}
}

// bookDOI reads D2: the DOI of the book that the work is part of.
func (b *builder) bookDOI(it item) {
	doi, ok := record.ParseDOI(fold.Text(it.value))
	if !ok {
		b.keep(it)
		b.problem(it, record.CodeDOI, "expected a DOI such as 10.5555/12345678; it is kept as it is")
		return
	}
	b.r.Relations = append(b.r.Relations, record.Relation{Kind: record.PartOf, DOI: doi})
}

func (b *builder) wosNotes(it item) { eachLine(it, b.note) }

// wosAccession reads UT, which begins with a short name of the database.
func (b *builder) wosAccession(it item) {
	value := fold.Text(it.value)
	if b.r.Key != "" {
		b.second(it)
		return
	}
	b.r.Key = value
	b.identifier("accession", value)
	prefix, number, _ := strings.Cut(value, ":")
	database, ok := wosDatabases[prefix]
	if !ok {
		return
	}
	b.r.Source.Database, b.r.Source.Platform = database, platformWoS
	if id, ok := record.ParsePMID(number); ok && prefix == "MEDLINE" && b.r.PMID == "" {
		b.r.PMID = id
	}
}
