package pubmed

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// keepAttribute puts an attribute into Extra.
func (d *document) keepAttribute(tag string, a attributes, name string) {
	if v := a.get(name); v != "" {
		d.keepOnce(tag, v)
	}
}

func openCitation(d *document, a attributes) {
	d.keepAttribute("OWN", a, "Owner")
	d.keepAttribute("STAT", a, "Status")
	d.keepAttribute("IndexingMethod", a, "IndexingMethod")
}

func leafPMID(d *document, _ attributes, v string)       { d.pmid(v) }
func leafTitle(d *document, _ attributes, v string)      { d.single(&d.title, v) }
func leafVernacular(d *document, _ attributes, v string) { d.single(&d.r.OriginalTitle, v) }
func leafType(d *document, _ attributes, v string)       { d.r.Types = d.texts.add(d.r.Types, v) }
func leafAffiliation(d *document, _ attributes, v string) {
	d.name.Affiliations = d.texts.add(d.name.Affiliations, v)
}

// markedISSN adds an ISSN with the mark that MEDLINE has for its kind.
func (d *document) markedISSN(v, kind string) {
	if kind != "" {
		v = d.page.join(v, " (", kind, ")")
	}
	d.issn(v)
}

// leafELocation places an electronic location; one that is marked as not valid
// is kept, and does not name the record.
func leafELocation(d *document, a attributes, v string) {
	kind := or(a.get("EIdType"), "doi")
	if a.is("ValidYN", "N") {
		d.keep("LID", v+" ["+kind+"] "+invalidMark)
		return
	}
	d.identifier(kind, v)
}

// dateElements are the parts of a date.
var dateElements = []element{
	{path: "Year", text: func(d *document, _ attributes, v string) { d.date[0] = v }},
	{path: "Month", text: func(d *document, _ attributes, v string) { d.date[1] = v }},
	{path: "Day", text: func(d *document, _ attributes, v string) { d.date[2] = v }},
	{path: "Season", text: func(d *document, _ attributes, v string) { d.date[3] = v }},
	{path: "MedlineDate", text: func(d *document, _ attributes, v string) { d.date[4] = v }},
	{path: "Hour", text: func(*document, attributes, string) {}},
	{path: "Minute", text: func(*document, attributes, string) {}},
	{path: "Second", text: func(*document, attributes, string) {}},
}

// leafOtherID reads a number that another owner gave the citation, as OID does.
func leafOtherID(d *document, a attributes, v string) {
	owner := or(a.get("Source"), "NLM")
	if owner != "ERIC" {
		v = owner + ": " + v
	}
	readOtherID(&d.builder, v)
}

func openDate(d *document, _ attributes) { d.date = [6]string{} }

// dateText joins the parts of a date as MEDLINE writes it: "2012 Mar 4".
func (d *document) dateText() string {
	if d.date[4] != "" {
		return d.date[4]
	}
	s := d.date[0]
	month := d.date[1]
	if m, ok := number(month, 0, len(month)); ok && m >= 1 && m <= 12 {
		month = monthNames[3*m-3 : 3*m]
	}
	for _, p := range []string{d.date[3], month, strings.TrimPrefix(d.date[2], "0")} {
		if p != "" {
			s += " " + p
		}
	}
	return s
}

// plainDate gives the date of parts as NLM writes them: a year, with or without
// month and day. ok is false for all others, which parseDate reads.
func (d *document) plainDate() (date record.Date, ok bool) {
	year, month, day := d.date[0], d.date[1], d.date[2]
	if len(year) != 4 || d.date[3] != "" || d.date[4] != "" || month == "" && day != "" {
		return date, false
	}
	if date.Year, ok = number(year, 0, 4); !ok || date.Year < 1000 || date.Year > 2999 {
		return date, false
	}
	if month == "" {
		return date, true
	}
	if date.Month, ok = number(month, 0, len(month)); !ok && len(month) == 3 {
		at := strings.Index(monthNames, month)
		date.Month, ok = at/3+1, at >= 0 && at%3 == 0
	}
	if !ok || date.Month < 1 || date.Month > 12 {
		return date, false
	}
	if day != "" {
		date.Day, ok = number(day, 0, len(day))
		ok = ok && len(day) <= 2 && date.Day >= 1 && date.Day <= 31
	}
	return date, ok
}

func closePublished(d *document) {
	date, ok := d.plainDate()
	v := ""
	if !ok || !d.r.Date.IsZero() {
		if v = d.dateText(); v == "" {
			return
		}
		date, ok = parseDate(v)
	}
	d.published(date, ok, v)
}

func (d *document) closeEvent(o occasion) {
	if date, ok := d.plainDate(); ok {
		d.event(o, date, true, "")
		return
	}
	v := d.dateText()
	if v == "" {
		return
	}
	date, ok := parseDate(v)
	d.event(o, date, ok, v)
}

func (d *document) keepDate(tag string) {
	if v := d.dateText(); v != "" {
		d.keep(tag, v)
	}
}

// closePages settles on one form of the pages: the one for citations, else the
// first and last.
func closePages(d *document) {
	v := d.pages[2]
	if v == "" {
		v = d.pages[0]
		if d.pages[1] != "" && d.pages[1] != v {
			v += "-" + d.pages[1]
		}
	}
	if v != "" {
		d.single(&d.r.In.Pages, v)
	}
}

// openPeople begins a list of authors or editors. In a book the list says what
// it holds; one that does not is of authors.
func (d *document) openPeople(a attributes, role record.Role, ofBook bool) {
	d.role = role
	kind := a.get("Type")
	switch {
	case kind == "editors":
		d.role = record.Editor
	case kind == "authors" || ofBook && kind == "":
		d.role = record.Author
	}
	if a.is("CompleteYN", "N") {
		d.keepOnce("AU", "et al.")
	}
}

func openPerson(d *document, a attributes) {
	d.name, d.initials = record.Name{}, ""
	d.valid = !a.is("ValidYN", "N")
}

// closePerson adds a person. A name that NLM marks as no longer valid stands
// beside its correction; it is kept and makes no second person.
func closePerson(d *document) {
	n := d.name
	if n.Given == "" {
		n.Given = d.initials
	}
	if n.Family == "" && n.Literal == "" {
		n.Family, n.Given = n.Given, ""
	}
	switch {
	case n.Family == "" && n.Literal == "":
		for _, a := range n.Affiliations {
			d.keep("AD", a)
		}
	case !d.valid:
		d.keep("FAU", n.String()+" "+invalidMark)
	default:
		d.person(d.role, n)
	}
}

func closeDatabank(d *document) {
	if d.numbers == 0 && d.bank != "" {
		d.keep("SI", d.bank)
	}
}

// closeChemical keeps a substance as MEDLINE has it: "0 (Name)".
func closeChemical(d *document) {
	if d.chemical != [2]string{} {
		d.keep("RN", strings.TrimSpace(d.page.join(or(d.chemical[0], "0"), " (", d.chemical[1], ")")))
	}
}

// openLink begins a link to another citation.
func openLink(d *document, a attributes) {
	kind := a.get("RefType")
	d.link, d.linkTag = record.Relation{Kind: record.RelatedTo}, ""
	for _, l := range relations {
		if l.refType == kind {
			d.link.Kind, d.linkTag = l.kind, l.tag
			return
		}
	}
	d.problem(record.CodeUnknownType, "a RefType that NLM does not define; read as a related work", kind)
}

func closeLink(d *document) {
	if d.link.Kind == "" {
		d.keep(d.linkTag, citation(d.link))
		return
	}
	d.relation(d.link.Kind, d.link.Text, d.link.PMID)
}

func leafLinkPMID(d *document, _ attributes, v string) {
	id, ok := parsePMID(v)
	if !ok {
		d.problem(record.CodeIdentifier, "not a PubMed number; left in the words of the link", v)
		d.link.Text = strings.TrimSpace(d.link.Text + " PMID: " + v)
		return
	}
	d.link.PMID = id
}

// leafReferenceID reads an identifier of a work cited.
func leafReferenceID(d *document, a attributes, v string) {
	kind := a.get("IdType")
	switch kind {
	case "pubmed":
		if id, ok := parsePMID(v); ok && d.link.PMID == "" {
			d.link.PMID = id
			return
		}
	case "doi":
		if doi, ok := parseDOI(v); ok && d.link.DOI == "" {
			d.link.DOI = doi
			return
		}
	}
	if !strings.Contains(d.link.Text, v) {
		d.link.Text = strings.TrimSpace(d.page.join(d.link.Text, " ", kind, ": ", v))
	}
}

func closeReference(d *document) {
	if d.link.DOI == "" {
		d.link.DOI, _, _ = record.FindDOI(d.link.Text)
	}
	if d.link.Text != "" || d.link.PMID != "" || d.link.DOI != "" {
		d.r.Relations = append(d.r.Relations, d.link)
	}
}

func openOther(d *document, a attributes) {
	d.parts, d.copyright = d.parts[:0], ""
	d.kind, d.gathering.language = abstractKind(a.get("Type")), a.get("Language")
}

func leafAbstract(d *document, a attributes, v string) {
	p := part{label: a.get("Label"), text: v}
	if c := a.get("NlmCategory"); c != "UNASSIGNED" {
		p.category = record.Category(c)
	}
	d.parts = append(d.parts, p)
}

// gathered is the abstract whose parts were read. One that is a single running
// text may have its labels in it.
func (d *document) gathered() record.Abstract {
	var a record.Abstract
	if len(d.parts) == 1 && d.parts[0].label == "" {
		a = d.parted(d.parts[0].text)
	} else {
		a = assemble(d.parts, nil)
	}
	a.Copyright = d.copyright
	return a
}

func closeAbstract(d *document) {
	a := d.gathered()
	if d.r.Abstract.Text != "" && a.Text != "" {
		d.tag = "AB"
		d.keep("AB", a.Text)
		d.problem(record.CodeRepeatedTag, "a second abstract; the first was used", a.Text)
		return
	}
	d.r.Abstract = a
}

func closeOther(d *document) {
	a := d.gathered()
	a.Kind = d.kind
	if d.gathering.language != "" {
		a.Language = record.Language(d.gathering.language)
	}
	if a.Text != "" {
		d.r.OtherAbstracts = append(d.r.OtherAbstracts, a)
	}
}

// settle ends what waits for other elements: the abbreviation of the journal,
// which NLM has in two forms.
func (d *document) settle() {
	switch {
	case d.abbreviation == "" || d.abbreviation == d.r.In.Abbrev:
	case d.r.In.Abbrev == "":
		d.r.In.Abbrev = d.abbreviation
	default:
		d.keep("ISOAbbreviation", d.abbreviation)
	}
	if d.r.Kind == record.KindUnknown && d.book != "" && d.title != "" && d.title == d.book {
		d.book = ""
	}
}
