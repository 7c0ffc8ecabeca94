package endnote

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/distinct"
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// identifier puts a number among the identifiers, once.
func (b *builder) identifier(scheme, value string) {
	id := record.Identifier{Scheme: scheme, Value: value}
	if value != "" && !distinct.Has(b.r.Identifiers, id) {
		b.r.Identifiers = append(b.r.Identifiers, id)
	}
}

// recordNumber reads the record's number in its library, its key.
func (b *builder) recordNumber(it item) { b.set(&b.r.Key, fold.Text(it.value), it) }

// label reads what EndNote leaves to its user, and many programs fill with their
// key. Where the record has no number, one without blanks is taken for that.
func (b *builder) label(it item) {
	value := fold.Text(it.value)
	if b.numbered || b.r.Key != "" || strings.ContainsAny(value, " ") || strings.IndexByte(strings.TrimSpace(it.value), '\n') >= 0 {
		b.keep(it)
		return
	}
	b.r.Key = value
}

// volume reads Volume: of a thesis its degree, of a page the year it was looked at.
func (b *builder) volume(it item) {
	value := fold.Text(it.value)
	switch {
	case b.r.Kind == record.Thesis && !strings.ContainsAny(value, "0123456789"):
		b.addType(value)
	case numberMeans[b.typ.name] == accessDate && b.accessYear.value == "":
		b.accessYear = it
	default:
		b.set(&b.r.In.Volume, value, it)
	}
}

// number reads Number, which counts what the type of reference says.
func (b *builder) number(it item) {
	value := fold.Text(it.value)
	in := &b.r.In
	switch numberMeans[b.typ.name] {
	case seriesVolumes:
		b.set(&in.SeriesVolume, value, it)
	case ownNumber:
		b.identifier("number", value)
	case reportNumber:
		if in.Series != "" && in.SeriesVolume == "" && strings.IndexByte(value, ' ') < 0 {
			in.SeriesVolume = value
			return
		}
		b.identifier("report-number", value)
	case accessDate:
		if b.accessDay.value == "" {
			b.accessDay = it
			return
		}
		b.keep(it)
	case firstPage:
		if b.startPage.value == "" {
			b.startPage = it
			return
		}
		b.keep(it)
	default:
		b.set(&in.Issue, value, it)
	}
}

// pages reads Pages, which of a whole book or a thesis is their number.
func (b *builder) pages(it item) {
	value := fold.Text(it.value)
	in := &b.r.In
	if (b.typ.kind == record.Book || b.typ.kind == record.EditedBook || b.typ.kind == record.Thesis) && isPageCount(value) && in.PageCount == "" {
		in.PageCount = value
		return
	}
	b.set(&in.Pages, value, it)
}

// isPageCount tells whether pages are how many there are, not which.
func isPageCount(s string) bool {
	if strings.ContainsAny(s, "-–—") {
		return false
	}
	digits := strings.TrimLeft(s, "0123456789") == ""
	return digits || strings.Contains(s, " p") || strings.Contains(s, " S") || strings.Contains(s, "pages")
}

// section reads Section, which of articles is the first page, and of others a
// chapter, a part of a newspaper or of a law.
func (b *builder) section(it item) {
	if (b.r.Kind == record.JournalArticle || b.r.Kind == record.MagazineArticle) && b.startPage.value == "" {
		b.startPage = it
		return
	}
	b.keep(it)
}

// settlePages takes the first page where there are no pages.
func (b *builder) settlePages() {
	value := fold.Text(b.startPage.value)
	in := &b.r.In
	switch {
	case value == "", value == in.ArticleNumber:
	case in.Pages == "" && in.ArticleNumber == "" && in.PageCount == "":
		in.Pages = value
	case in.Pages != "" && strings.HasPrefix(in.Pages, value):
		if rest := in.Pages[len(value):]; rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			b.keep(b.startPage)
		}
	default:
		b.keep(b.startPage)
	}
}

// articleNumber reads Custom 7 of articles and papers.
func (b *builder) articleNumber(it item) {
	value := fold.Text(it.value)
	_, registered := record.ParseRegistration(value)
	if b.r.Kind != record.JournalArticle && b.r.Kind != record.ConferencePaper || registered || strings.HasPrefix(value, "PMC") || strings.ContainsAny(value, " /:") || !strings.ContainsAny(value, "0123456789") {
		b.custom(it)
		return
	}
	b.set(&b.r.In.ArticleNumber, value, it)
}

// edition reads Edition, which of articles EndNote's connections fill with the day
// of electronic publication.
func (b *builder) edition(it item) {
	value := fold.Text(it.value)
	if b.r.Kind == record.JournalArticle && len(value) > 5 {
		if d, ok := record.ParseDate(value); ok && d.Year != 0 && d.Month != 0 && d.Text == "" {
			b.event(record.Electronic, d)
			return
		}
	}
	b.set(&b.r.In.Edition, value, it)
}

// place reads Place Published, which of papers is where the conference was.
func (b *builder) place(it item) {
	at := &b.r.In.Place
	if b.typ.kind == record.ConferencePaper {
		at = &b.r.In.EventPlace
	}
	b.set(at, fold.Text(it.value), it)
}

// serialNumber reads ISSNs and ISBNs; of a report, patent or standard its own number.
func (b *builder) serialNumber(it item) {
	found, left := b.r.In.AddSerialNumbers(lines(it.value))
	switch {
	case found && len(left) == 0:
		return
	case found:
		it.value = strings.Join(left, "; ")
	case ownSchemes[b.r.Kind] != "":
		for _, line := range linesOf(it.value) {
			b.identifier(ownSchemes[b.r.Kind], line)
		}
		return
	}
	b.keep(it)
	b.problem(it, record.CodeIdentifier, "expected an ISSN or ISBN with its right check digit; it is kept as it is")
}

// digits tells whether a text is one or more digits.
func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// setPMID takes a PMID; a second one that differs stands among the identifiers.
func (b *builder) setPMID(id record.PMID, it item) {
	switch b.r.PMID {
	case "", id:
		b.r.PMID = id
	default:
		b.identifier("pmid", string(id))
		b.problem(it, record.CodeRepeatedTag, "another PMID; the first stands, this one is among the identifiers")
	}
}

func (b *builder) setDOI(doi record.DOI, it item) {
	switch b.r.DOI {
	case "", doi:
		b.r.DOI = doi
	default:
		b.identifier("doi", string(doi))
		b.problem(it, record.CodeRepeatedTag, "another DOI; the first stands, this one is among the identifiers")
	}
}

// doi reads Electronic Resource Number; refer(1) has the number of a report under
// the same tag.
func (b *builder) doi(it item) {
	for line, rest := nextLine(it.value); line != ""; line, rest = nextLine(rest) {
		b.doiLine(line, it)
	}
}

func (b *builder) doiLine(value string, it item) {
	it.value = value
	if doi, ok := record.ParseDOI(value); ok {
		b.setDOI(doi, it)
		return
	}
	doi, start, _ := record.FindDOI(value)
	switch {
	case start >= 0:
		b.setDOI(doi, it)
		b.problem(it, record.CodeDOI, "expected nothing but a DOI; the first in the value is taken")
	case b.refer && !b.typed:
		b.identifier("report-number", value)
	case strings.HasPrefix(value, "http"):
		b.link(it)
	case b.readScheme(value):
	default:
		b.keep(it)
		b.problem(it, record.CodeDOI, "expected a DOI such as 10.5555/12345678; it is kept as it is")
	}
}

// accession reads Accession Number: the number of the record in its database. In
// records of PubMed it is the PMID.
func (b *builder) accession(it item) {
	for value, rest := nextLine(it.value); value != ""; value, rest = nextLine(rest) {
		it.value = value
		if b.look(it) {
			continue
		}
		if id, ok := record.ParsePMID(value); ok && digits(value) && (b.pubMed || b.linkedPMID(id)) {
			b.setPMID(id, it)
			continue
		}
		b.identifier("accession", value)
		b.learnSource(value)
	}
}

// linkedPMID tells whether a link of the record to PubMed has the number.
func (b *builder) linkedPMID(id record.PMID) bool {
	if !b.linksSeen {
		b.linksSeen = true
		for i := range b.items {
			if strings.Contains(b.items[i].tag, "url") || b.items[i].tag == "%U" {
				b.addLinkedPMIDs(b.items[i].value)
			}
		}
	}
	return distinct.Has(b.linked, id)
}

func (b *builder) addLinkedPMIDs(value string) {
	for line, rest := nextLine(value); line != ""; line, rest = nextLine(rest) {
		if id, ok := pmidOfLink(line); ok {
			b.linked = append(b.linked, id)
		}
	}
}

// learnSource tells the database by the form of its numbers.
func (b *builder) learnSource(number string) {
	if b.r.Source.Database == "" && (strings.HasPrefix(number, "WOS:") || strings.HasPrefix(number, "ISI:")) {
		b.r.Source.Database = "Web of Science"
	}
}

// custom reads a custom field: whatever says what it is.
func (b *builder) custom(it item) {
	var left []string
	for value, rest := nextLine(it.value); value != ""; value, rest = nextLine(rest) {
		if one := (item{f: it.f, tag: it.tag, value: value, line: it.line}); !b.look(one) && !b.readScheme(value) {
			left = append(left, value)
		}
	}
	if len(left) > 0 {
		it.value = strings.Join(left, "\n")
		b.keep(it)
	}
}

func (b *builder) readScheme(value string) bool {
	scheme, number, ok := strings.Cut(value, ":")
	if !ok || number == "" || strings.IndexByte(number, ' ') >= 0 || !slices.Contains(schemes, scheme) {
		return false
	}
	b.identifier(scheme, number)
	return true
}

// look takes a PMID, a PMCID, a DOI or the number of a register that says what it
// is, and tells whether the value is nothing but that.
func (b *builder) look(it item) (taken bool) {
	value := it.value
	if strings.HasPrefix(value, "NIHMS") && digits(value[len("NIHMS"):]) {
		b.identifier("mid", value)
		return true
	}
	if doi, ok := record.ParseDOI(value); ok {
		it.value = string(doi)
		b.maybe = append(b.maybe, it)
		return true
	}
	if number, ok := labelledPMID(value); ok {
		b.setPMID(number, it)
		return true
	}
	if len(value) > 3 && strings.EqualFold(value[:3], "PMC") {
		if id, ok := record.ParsePMCID(value); ok && (b.r.PMCID == "" || b.r.PMCID == id) {
			b.r.PMCID = id
			return true
		}
	}
	if reg, ok := record.ParseRegistration(value); ok {
		if !distinct.Has(b.r.Registrations, reg) {
			b.r.Registrations = append(b.r.Registrations, reg)
		}
		return true
	}
	return false
}

// labelledPMID reads "PMID: 21314913", "PUBMED 21314913" and "MEDLINE:21314913", as
// Web of Science has it.
func labelledPMID(value string) (id record.PMID, ok bool) {
	for _, label := range [...]string{"pmid", "pubmed id", "pubmed", "medline"} {
		if len(value) <= len(label) || !strings.EqualFold(value[:len(label)], label) {
			continue
		}
		number := strings.TrimLeft(value[len(label):], ": ")
		if digits(number) {
			return record.ParsePMID(number)
		}
	}
	return "", false
}

// link reads links, one a line. What is none, and what leads to a file of the
// library, is kept.
func (b *builder) link(it item) {
	for value, rest := nextLine(it.value); value != ""; value, rest = nextLine(rest) {
		b.linkLine(value, it)
	}
}

func (b *builder) linkLine(value string, it item) {
	it.value = value
	switch {
	case strings.HasPrefix(value, "http://"), strings.HasPrefix(value, "https://"), strings.HasPrefix(value, "ftp://"), strings.HasPrefix(value, "www."):
	case strings.HasPrefix(value, "<Go to ISI>"):
		b.learnSource("WOS:")
		b.keep(it)
		return
	default:
		if strings.Contains(value, "://") || !b.look(it) {
			b.keep(it)
		}
		return
	}
	if strings.IndexByte(value, ' ') < 0 && strings.IndexByte(value, ';') < 0 {
		b.addLink(value, it)
		return
	}
	for _, u := range splitLinks(value) {
		b.addLink(u, it)
	}
}

func (b *builder) addLink(u string, it item) {
	if distinct.Has(b.r.URLs, u) {
		return
	}
	b.r.URLs = append(b.r.URLs, u)
	if strings.Contains(u, "10.") {
		b.maybe = append(b.maybe, item{f: it.f, tag: it.tag, value: u, line: it.line})
	}
	b.learnIDs(u)
}

// splitLinks parts links with semicolons or blanks between them.
func splitLinks(value string) []string {
	var out []string
	start := 0
	for i := 1; i < len(value); i++ {
		if c := value[i-1]; (c == ' ' || c == ';' || c == ',') && (strings.HasPrefix(value[i:], "http://") || strings.HasPrefix(value[i:], "https://")) {
			out = append(out, strings.TrimRight(value[start:i], "; ,"))
			start = i
		}
	}
	return append(out, value[start:])
}

// learnIDs takes the PMID or PMCID that a link says.
func (b *builder) learnIDs(url string) {
	if !strings.Contains(url, "ncbi.nlm.nih.gov/") {
		return
	}
	id, ok := pmidOfLink(url)
	switch {
	case ok && b.r.PMID == "":
		b.r.PMID = id
	case strings.Contains(url, "ncbi.nlm.nih.gov/pmc/articles/PMC"), strings.Contains(url, "pmc.ncbi.nlm.nih.gov/articles/PMC"):
		_, number, _ := strings.Cut(url, "/articles/")
		number, _, _ = strings.Cut(number, "/")
		if id, ok := record.ParsePMCID(number); ok && b.r.PMCID == "" {
			b.r.PMCID = id
		}
	}
}

// pmidOfLink reads the number at the end of a link to PubMed.
func pmidOfLink(url string) (id record.PMID, ok bool) {
	if !strings.Contains(url, "ncbi.nlm.nih.gov/pubmed/") && !strings.Contains(url, "pubmed.ncbi.nlm.nih.gov/") {
		return "", false
	}
	number := strings.TrimRight(url, "/")
	number = number[strings.LastIndexByte(number, '/')+1:]
	if !digits(number) {
		return "", false
	}
	return record.ParsePMID(number)
}

// settleDOI takes a DOI from another field where its own has none: first from
// links, then from fields that hold nothing else, then from notes that say "doi".
func (b *builder) settleDOI() {
	if b.r.DOI != "" {
		for _, it := range b.maybe {
			if doi, ok := record.ParseDOI(it.value); ok && doi != b.r.DOI && !isLink(it) {
				b.identifier("doi", string(doi))
			}
		}
		return
	}
	for _, from := range [...]func(item) (record.DOI, bool){doiOfLink, doiAlone, doiInWords} {
		for _, it := range b.maybe {
			doi, ok := from(it)
			if !ok {
				continue
			}
			b.r.DOI = doi
			if !isLink(it) {
				b.problem(it, record.CodeMisplacedID, "the DOI is taken from here, as its own field has none")
			}
			return
		}
	}
}

func isLink(it item) bool {
	return strings.HasPrefix(it.value, "http") || strings.HasPrefix(it.value, "www.")
}

// doiOfLink reads the DOI in the path of a publisher's link:
// "https://journals.example/doi/full/10.5555/12345678?x=y".
func doiOfLink(it item) (record.DOI, bool) {
	if !isLink(it) {
		return "", false
	}
	if doi, ok := record.ParseDOI(it.value); ok {
		return doi, true
	}
	for _, resolver := range [...]string{"rft_val_fmt", "openurl", "sid="} { // it may cite anything
		if strings.Contains(it.value, resolver) {
			return "", false
		}
	}
	i := strings.Index(it.value, "/10.")
	if i < 0 {
		return "", false
	}
	path := it.value[i+1:]
	if j := strings.IndexAny(path, "?&#"); j >= 0 {
		path = path[:j]
	}
	for _, end := range [...]string{"/full", "/pdf", "/abstract", "/epdf", "/meta", "/html", "/summary", "/fulltext", ".pdf", "/"} {
		path = strings.TrimSuffix(path, end)
	}
	return record.ParseDOI(path)
}

func doiAlone(it item) (record.DOI, bool) { return record.ParseDOI(it.value) }

// doiInWords reads a DOI behind the word "doi" in a note that cites nothing else.
func doiInWords(it item) (record.DOI, bool) {
	low := strings.ToLower(it.value)
	for _, other := range [...]string{"erratum", "correct", "comment", "retract", "cites", "reply", "version of"} {
		if strings.Contains(low, other) {
			return "", false
		}
	}
	doi, start, _ := record.FindDOI(it.value)
	if start < 0 || !strings.HasSuffix(strings.TrimRight(it.value[:start], ": "), "doi") && !strings.HasSuffix(strings.TrimRight(it.value[:start], ": "), "DOI") {
		return "", false
	}
	return doi, true
}
