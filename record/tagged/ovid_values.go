package tagged

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// settleOvid settles what several tags decide together.
func (b *builder) settleOvid() {
	b.ovidKind()
	for _, t := range b.inTitle {
		if !b.r.HasType(t) {
			b.workType(t)
		}
	}
	b.ovidAuthors()
	b.settleContainer()
	b.ovidSource()
	b.ovidAddresses()
	b.settleDate()
	for _, it := range b.links {
		b.resolver(it)
	}
	b.settleDOI()
}

// ovidDatabase reads DB.
func (b *builder) ovidDatabase(it item) { b.set(&b.r.Source.Database, fold.Text(it.value), it) }

// inDatabase tells whether the record is of a database of that name, whatever
// vintage or edition stands behind it.
func (b *builder) inDatabase(name string) bool {
	return strings.Contains(strings.ToLower(b.r.Source.Database), name)
}

// ovidVendor reads VN, which is Ovid itself.
func (b *builder) ovidVendor(it item) {
	if !strings.HasPrefix(it.value, "Ovid") {
		b.keep(it)
	}
}

// ovidAccession reads AN and UI. In MEDLINE they are the PMID; PsycINFO puts the
// type of the work before the number ("Book: 2011-00001-001").
func (b *builder) ovidAccession(it item) {
	value := trimPoint(fold.Text(it.value))
	if i := strings.LastIndex(value, ": "); i >= 0 {
		value = value[i+2:]
	}
	if b.r.Key == "" {
		b.r.Key = value
	}
	if digits(value) && len(value) <= 8 && b.inDatabase("medline") {
		b.pmid(item{it.tag, value, it.line})
		return
	}
	b.accession(item{it.tag, value, it.line})
}

// ovidPMID reads PM: the number, and on Embase a link to it in brackets.
func (b *builder) ovidPMID(it item) {
	value, _, _ := strings.Cut(fold.Text(it.value), " ")
	b.pmid(item{it.tag, value, it.line})
}

// trimPoint takes off the point that ends a value, unless it is that of an
// initial or an abbreviation of points.
func trimPoint(s string) string {
	t, ok := strings.CutSuffix(s, ".")
	if !ok || strings.HasSuffix(t, ".") {
		return s
	}
	word := t[strings.LastIndexByte(t, ' ')+1:]
	if len(word) <= 2 && strings.ContainsRune(s, ' ') || strings.Contains(word, ".") {
		return s
	}
	return strings.TrimRight(t, " ")
}

// ovidTitle reads TI. What stands in brackets behind its end is the type of the
// work, or says that its references are listed.
func (b *builder) ovidTitle(it item) {
	s := fold.Plain(it.value)
	for rest := strings.TrimSuffix(s, "."); strings.HasSuffix(rest, "]"); rest = strings.TrimSuffix(s, ".") {
		i := strings.LastIndexByte(rest, '[')
		if i <= 0 || strings.Count(rest[i:], " ") > 3 {
			break
		}
		head := strings.TrimRight(s[:i], " ")
		if head == "" || strings.IndexByte(".?!\")]", head[len(head)-1]) < 0 {
			break
		}
		if word := rest[i+1 : len(rest)-1]; strings.ContainsAny(word, "0123456789") || word == "References" {
			b.keep(item{it.tag, rest[i:], it.line})
		} else {
			b.inTitle = append(b.inTitle, word)
		}
		s = head
	}
	s = withoutPoint(s)
	if inner, ok := bracketed(s); ok { // a translation
		s = withoutPoint(inner)
	}
	b.set(&b.r.Title, s, it)
}

// withoutPoint takes off the single point that ends a title.
func withoutPoint(s string) string {
	if n := len(s); n > 1 && s[n-1] == '.' && s[n-2] != '.' {
		return strings.TrimRight(s[:n-1], " ")
	}
	return s
}

// bracketed takes the brackets off a title that stands in them as a whole.
func bracketed(s string) (inner string, ok bool) {
	if !strings.HasPrefix(s, "[") {
		return s, false
	}
	end := closing(s, 0)
	return strings.TrimSpace(s[1:max(1, end)]), end == len(s)-1
}

// closing gives where the bracket that opens at a place is closed, -1 for nowhere.
func closing(s string, at int) int {
	open, depth := s[at], 0
	shut := byte(')')
	if open == '[' {
		shut = ']'
	}
	for i := at; i < len(s); i++ {
		switch s[i] {
		case open:
			depth++
		case shut:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// ovidChapter reads the title of a chapter, beside which TI is that of the book.
func (b *builder) ovidChapter(it item) {
	if b.r.Title != "" {
		b.titles = append(b.titles, item{"TI", b.r.Title, it.line})
		b.r.Title = ""
	}
	b.r.Kind = record.Chapter
	b.ovidTitle(it)
}

// ovidOriginal reads the title in another language; outside of MEDLINE and Embase
// TT may be anything.
func (b *builder) ovidOriginal(it item) {
	if it.tag == "TT" && !b.inDatabase("medline") && !b.inDatabase("embase") {
		b.keep(it)
		return
	}
	b.set(&b.r.OriginalTitle, withoutPoint(fold.Plain(it.value)), it)
}

// ovidPages reads PG.
func (b *builder) ovidPages(it item) {
	if value := fold.Text(it.value); strings.EqualFold(value, "No Pagination Specified") {
		b.keep(it)
	} else {
		b.set(&b.r.In.Pages, value, it)
	}
}

// ovidOnline reads EP, the date of electronic publication.
func (b *builder) ovidOnline(it item) {
	d, ok := record.ParseDate(fold.Text(it.value))
	if !ok || d.Year == 0 || d.Text != "" {
		b.keep(it)
		return
	}
	b.event(record.Electronic, d)
}

// ovidStatus reads ST: of Embase and of articles ahead of print the status, of
// Zoological Record the names of taxa.
func (b *builder) ovidStatus(it item) {
	if b.inDatabase("zoological") {
		b.keep(it)
		return
	}
	value := fold.Text(it.value)
	b.set(&b.r.Status, value, it)
	if strings.HasPrefix(value, "Publish Ahead of Print") && b.date.tag == "" {
		b.date = item{it.tag, value[strings.LastIndex(value, ", ")+1:], it.line}
	}
}

// ovidWords reads keywords: with semicolons between them, without any with commas.
// Descriptions in sentences ("Aranei: Checklists, …") are kept as they are.
func (b *builder) ovidWords(it item) {
	value := trimPoint(fold.Text(it.value))
	switch {
	case strings.Contains(value, ";"):
	case it.tag == "DE" && strings.Contains(value, ": "):
		b.keep(it)
		return
	case it.tag != "KW":
		value = strings.ReplaceAll(value, ",", ";")
	}
	b.keywords(item{it.tag, value, it.line})
}

// ovidHeading reads subject headings, one a line: "*Depression/th [Therapy]".
func (b *builder) ovidHeading(it item) {
	scheme := ""
	switch {
	case b.inDatabase("medline"):
		scheme = "mesh"
	case b.inDatabase("embase"):
		scheme = "emtree"
	}
	eachLine(it, func(it item) {
		h := record.Heading{Scheme: scheme}
		term, rest, _ := strings.Cut(it.value, "/")
		h.Term, h.Major = strings.CutPrefix(term, "*")
		for _, q := range strings.Split(rest, ",") {
			if q = strings.TrimSpace(q); q == "" {
				continue
			}
			q, major := strings.CutPrefix(q, "*")
			if _, name, ok := strings.Cut(strings.TrimSuffix(q, "]"), " ["); ok {
				q = name
			}
			h.Qualifiers = append(h.Qualifiers, record.Qualifier{Term: q, Major: major})
		}
		b.r.Headings = append(b.r.Headings, h)
	})
}

// ovidTypes reads PT and DT.
func (b *builder) ovidTypes(it item) {
	eachLine(it, func(it item) { b.workType(trimPoint(it.value)) })
}

// ovidKind tells the kind of work by its types. What has a journal and says
// nothing else is an article. Papers at conferences stand in journals in Embase.
func (b *builder) ovidKind() {
	if b.r.Kind != record.KindUnknown {
		return
	}
	for _, k := range ovidKinds {
		if b.r.HasType(k.name) && (k.kind != record.ConferencePaper || !b.inDatabase("embase")) {
			b.r.Kind = k.kind
			return
		}
	}
	if b.source.tag == "SO" || len(b.titles) > 0 {
		b.r.Kind = record.JournalArticle
	}
}

// ovidJournalCode reads JC: the number in the NLM catalogue, behind a short code.
func (b *builder) ovidJournalCode(it item) {
	value := fold.Text(it.value)
	b.set(&b.r.In.NLMID, value[strings.LastIndexByte(value, ' ')+1:], it)
}

// ovidPublisher reads PU: in PsycINFO the publisher, elsewhere maybe a number.
func (b *builder) ovidPublisher(it item) {
	if value := fold.Text(it.value); digits(value) {
		b.keep(it)
	} else {
		b.set(&b.r.In.Publisher, value, it)
	}
}

// ovidRegistration reads numbers of registers, with the register's name or without.
func (b *builder) ovidRegistration(it item) {
	eachLine(it, func(it item) {
		number, _, _ := strings.Cut(it.value[strings.LastIndexByte(it.value, '/')+1:], " ")
		if reg, ok := record.ParseRegistration(number); ok {
			b.register(reg)
			return
		}
		b.keep(it)
	})
}

// ovidLink reads links, one a line; what stands behind one is the day it was seen.
func (b *builder) ovidLink(it item) {
	eachLine(it, func(it item) {
		link, seen, _ := strings.Cut(it.value, " ")
		if !strings.Contains(link, "://") {
			b.keep(it)
			return
		}
		if seen != "" {
			b.keep(it)
		}
		it.value = link
		b.link(it)
		b.links = append(b.links, it)
	})
}

// resolver fills volume, issue, pages, DOI, PMID and ISSN from the link that Ovid
// makes for a library's resolver, where the record does not have them.
func (b *builder) resolver(it item) {
	_, query, ok := strings.Cut(it.value, "?")
	if !ok || !strings.Contains(query, "sid=OVID") {
		return
	}
	in := &b.r.In
	fill := func(at *string, value string) {
		if *at == "" && value != "" {
			*at = value
		}
	}
	for _, pair := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if value, ok = unescaped(value); !ok || value == "" {
			continue
		}
		switch name {
		case "volume":
			if value != b.yearOf() { // Ovid puts the year there where a journal has no volume
				fill(&in.Volume, value)
			}
		case "issue":
			fill(&in.Issue, value)
		case "pages":
			if first, _ := (record.Container{Pages: value}).PageRange(); first != "" && !strings.Contains(value, "pp") && in.ArticleNumber == "" && !b.ofBook() {
				fill(&in.Pages, value)
			}
		case "issn":
			if id, ok := record.ParseISSN(value); ok && len(in.ISSN) == 0 {
				in.ISSN = []record.ISSN{id}
			}
		case "id":
			b.resolverID(value)
		}
	}
}

// yearOf is the record's year in digits, "" for none.
func (b *builder) yearOf() string {
	if b.r.Date.Year == 0 {
		return ""
	}
	return strconv.Itoa(b.r.Date.Year)
}

// resolverID takes the DOI or PMID of a link.
func (b *builder) resolverID(value string) {
	if number, ok := strings.CutPrefix(value, "pmid:"); ok && b.r.PMID == "" {
		b.r.PMID, _ = record.ParsePMID(number)
	}
	if number, ok := strings.CutPrefix(value, "doi:"); ok && b.r.DOI == "" {
		b.r.DOI, _ = record.ParseDOI(number)
	}
}

func unescaped(s string) (string, bool) {
	out, err := url.QueryUnescape(s)
	return fold.Text(out), err == nil
}

// ofBook tells whether the work is a book or part of one.
func (b *builder) ofBook() bool {
	return slices.Contains([]record.Kind{record.Book, record.EditedBook, record.Chapter, record.Thesis, record.Report}, b.r.Kind)
}
