package pubmed

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/xmlscan"
	"github.com/evidence-go/evidence/record"
)

// element is one element of PubMed XML, by its path below the record's own
// element. An element with text is a leaf: inline markup in it is flattened. One
// without is a group; open and close are called at its tags.
type element struct {
	path  string
	text  func(d *document, a attributes, v string)
	open  func(d *document, a attributes)
	close func(d *document)
	nests bool // it may stand in itself

	write func(w *markup, r *record.Record)             // everything under that path
	attrs func(r *record.Record) (namesValues []string) // of a group, when it is written
}

// The groups of elements under which a record stands.
const (
	article  = "MedlineCitation/Article/"
	citedIn  = "MedlineCitation/"
	data     = "PubmedData/"
	bookDoc  = "BookDocument/"
	book     = "BookDocument/Book/"
	bookData = "PubmedBookData/"
)

// elements are the elements that hold something, in the order of NLM's DTD,
// which is the order in which they are written.
var elements = slices.Concat([]element{
	{path: "MedlineCitation", open: openCitation, attrs: citationAttributes},
	{path: citedIn + "PMID", text: leafPMID, write: writePMID},
	dateOf(citedIn+"DateCreated", record.Entered, "created"),
	dateOf(citedIn+"DateCompleted", record.Completed, ""),
	dateOf(citedIn+"DateRevised", record.Modified, ""),
	{path: citedIn + "Article", open: func(d *document, a attributes) { d.keepAttribute("PUBM", a, "PubModel") }, attrs: func(r *record.Record) []string {
		return named("PubModel", first(extra(r, "PUBM")))
	}},
	{path: article + "Journal/ISSN", text: func(d *document, a attributes, v string) { d.markedISSN(v, a.get("IssnType")) }, write: writeJournalISSN},
	{path: article + "Journal/JournalIssue", open: func(*document, attributes) {}, attrs: func(r *record.Record) []string { return []string{"CitedMedium", medium(r)} }},
	value(article+"Journal/JournalIssue/Volume", func(r *record.Record) *string { return &r.In.Volume }),
	value(article+"Journal/JournalIssue/Issue", func(r *record.Record) *string { return &r.In.Issue }),
	{path: article + "Journal/JournalIssue/PubDate", open: openDate, close: closePublished, write: func(w *markup, r *record.Record) { w.pubDate(r.Date) }},
	value(article+"Journal/Title", func(r *record.Record) *string { return &r.In.Title }),
	{path: article + "Journal/ISOAbbreviation", text: func(d *document, _ attributes, v string) { d.abbreviation = v }, write: func(w *markup, r *record.Record) {
		w.leaf("ISOAbbreviation", or(first(extra(r, "ISOAbbreviation")), r.In.Abbrev))
	}},
	{path: article + "ArticleTitle", text: leafTitle, write: func(w *markup, r *record.Record) { w.leaves("ArticleTitle", nlmTitle(r)) }},
}, pages(article), []element{
	{path: article + "ELocationID", text: leafELocation, write: writeELocation},
}, abstractIn(article), peopleIn(article+"AuthorList", "Author", record.Author), []element{
	language(article + "Language"),
	{path: article + "DataBankList/DataBank", open: func(d *document, _ attributes) { d.bank, d.numbers = "", 0 }, close: closeDatabank, write: writeDatabankList},
	{path: article + "DataBankList/DataBank/DataBankName", text: func(d *document, _ attributes, v string) { d.bank = v }},
	{path: article + "DataBankList/DataBank/AccessionNumberList/AccessionNumber", text: func(d *document, _ attributes, v string) {
		d.numbers++
		d.databank(d.bank, v)
	}},
}, grantsIn(article), []element{
	{path: article + "PublicationTypeList/PublicationType", text: leafType, write: writeTypes},
	{path: article + "VernacularTitle", text: leafVernacular, write: func(w *markup, r *record.Record) { w.leaves("VernacularTitle", pointed(r.OriginalTitle)) }},
	dateOf(article+"ArticleDate", record.Electronic, "", "DateType", "Electronic"),
	value(citedIn+"MedlineJournalInfo/Country", func(r *record.Record) *string { return &r.In.Country }),
	{path: citedIn + "MedlineJournalInfo/MedlineTA", text: func(d *document, _ attributes, v string) { d.single(&d.r.In.Abbrev, v) },
		write: func(w *markup, r *record.Record) { w.leaves("MedlineTA", r.In.Abbrev) }},
	value(citedIn+"MedlineJournalInfo/NlmUniqueID", func(r *record.Record) *string { return &r.In.NLMID }),
	{path: citedIn + "MedlineJournalInfo/ISSNLinking", text: func(d *document, _ attributes, v string) { d.markedISSN(v, "Linking") }, write: writeLinkingISSN},
	{path: citedIn + "ChemicalList/Chemical", open: func(d *document, _ attributes) { d.chemical = [2]string{} }, close: closeChemical, write: writeChemicals},
	{path: citedIn + "ChemicalList/Chemical/RegistryNumber", text: func(d *document, _ attributes, v string) { d.chemical[0] = v }},
	{path: citedIn + "ChemicalList/Chemical/NameOfSubstance", text: func(d *document, _ attributes, v string) { d.chemical[1] = v }},
	{path: citedIn + "SupplMeshList/SupplMeshName", text: func(d *document, a attributes, v string) {
		d.r.Headings = append(d.r.Headings, record.Heading{Term: v, ID: a.get("UI"), Scheme: supplementary})
	}, write: writeSupplementary},
	keptAs(citedIn+"CitationSubset", "SB"),
	{path: citedIn + "CommentsCorrectionsList/CommentsCorrections", open: openLink, close: closeLink, write: writeLinks},
	{path: citedIn + "CommentsCorrectionsList/CommentsCorrections/RefSource", text: func(d *document, _ attributes, v string) { d.link.Text = v }},
	{path: citedIn + "CommentsCorrectionsList/CommentsCorrections/PMID", text: leafLinkPMID},
	{path: citedIn + "CommentsCorrectionsList/CommentsCorrections/Note", text: func(d *document, _ attributes, v string) {
		d.link.Text = strings.TrimSpace(d.link.Text + " " + v)
	}},
	keptAs(citedIn+"GeneSymbolList/GeneSymbol", "GS"),
	{path: citedIn + "MeshHeadingList/MeshHeading", open: func(d *document, _ attributes) { d.heading = record.Heading{Scheme: mesh} },
		close: func(d *document) { d.r.Headings = append(d.r.Headings, d.heading) }, write: writeHeadings},
	{path: citedIn + "MeshHeadingList/MeshHeading/DescriptorName", text: func(d *document, a attributes, v string) {
		d.heading.Term, d.heading.ID, d.heading.Major = v, a.get("UI"), a.is("MajorTopicYN", "Y")
	}},
	{path: citedIn + "MeshHeadingList/MeshHeading/QualifierName", text: func(d *document, a attributes, v string) {
		d.heading.Qualifiers = d.qualifiers.add(d.heading.Qualifiers, record.Qualifier{Term: v, ID: a.get("UI"), Major: a.is("MajorTopicYN", "Y")})
	}},
	keptAs(citedIn+"NumberOfReferences", "RF"),
}, peopleIn(citedIn+"PersonalNameSubjectList", "PersonalNameSubject", record.Subject), []element{
	{path: citedIn + "OtherID", text: leafOtherID, write: writeOtherIDElements},
	{path: citedIn + "OtherAbstract", open: openOther, close: closeOther, write: writeOtherAbstractElements},
	{path: citedIn + "OtherAbstract/AbstractText", text: leafAbstract},
	{path: citedIn + "OtherAbstract/CopyrightInformation", text: func(d *document, _ attributes, v string) { d.copyright = v }},
}, keywordsIn(citedIn), []element{
	keptAs(citedIn+"CoiStatement", "COIS"),
	keptAs(citedIn+"SpaceFlightMission", "SFM"),
}, peopleIn(citedIn+"InvestigatorList", "Investigator", record.Investigator), []element{
	{path: citedIn + "GeneralNote", text: func(d *document, a attributes, v string) {
		if owner := a.get("Owner"); owner != "" && owner != "NLM" {
			v = owner + ": " + v
		}
		d.r.Notes = d.builder.texts.add(d.r.Notes, v)
	}, write: writeNotes},
}, pubmedData(data), referencesIn(data), bookElements())

// bookElements are those of a record of a book or of a part of one.
func bookElements() []element {
	return slices.Concat([]element{
		{path: bookDoc + "PMID", text: leafPMID, write: writePMID},
		articleIDs(bookDoc),
		value(book+"Publisher/PublisherName", func(r *record.Record) *string { return &r.In.Publisher }),
		value(book+"Publisher/PublisherLocation", func(r *record.Record) *string { return &r.In.Place }),
		{path: book + "BookTitle", text: func(d *document, _ attributes, v string) { d.single(&d.book, v) }, write: func(w *markup, r *record.Record) {
			if r.Kind == record.Book || r.Kind == record.EditedBook {
				w.leaf("BookTitle", pointed(r.Title))
				return
			}
			w.leaf("BookTitle", pointed(r.In.Title))
		}},
		{path: book + "PubDate", open: openDate, close: closePublished, write: func(w *markup, r *record.Record) { w.pubDate(r.Date) }},
		{path: book + "BeginningDate", open: openDate, close: func(d *document) { d.keepDate("BeginningDate") }, write: keptDates("BeginningDate")},
		{path: book + "EndingDate", open: openDate, close: func(d *document) { d.keepDate("EndingDate") }, write: keptDates("EndingDate")},
	}, peopleIn(book+"AuthorList", "Author", record.Editor), []element{
		value(book+"Volume", func(r *record.Record) *string { return &r.In.Volume }),
		keptAs(book+"VolumeTitle", "VTI"),
		value(book+"Edition", func(r *record.Record) *string { return &r.In.Edition }),
		value(book+"CollectionTitle", func(r *record.Record) *string { return &r.In.Series }),
		{path: book + "Isbn", text: func(d *document, _ attributes, v string) { d.isbn(v) }, write: func(w *markup, r *record.Record) {
			for _, id := range r.In.ISBN {
				w.leaf("Isbn", string(id))
			}
		}},
		{path: book + "ELocationID", text: leafELocation, write: writeELocation},
		keptAs(book+"Medium", "Medium"),
		keptAs(book+"ReportNumber", "ReportNumber"),
		keptAs(bookDoc+"LocationLabel", "LocationLabel"),
		{path: bookDoc + "ArticleTitle", text: leafTitle, write: func(w *markup, r *record.Record) {
			if r.Kind != record.Book && r.Kind != record.EditedBook {
				w.leaf("ArticleTitle", nlmTitle(r))
			}
		}},
		{path: bookDoc + "VernacularTitle", text: leafVernacular, write: func(w *markup, r *record.Record) { w.leaves("VernacularTitle", pointed(r.OriginalTitle)) }},
	}, pages(bookDoc), []element{
		language(bookDoc + "Language"),
	}, peopleIn(bookDoc+"AuthorList", "Author", record.Author),
		peopleIn(bookDoc+"InvestigatorList", "Investigator", record.Investigator), []element{
			{path: bookDoc + "PublicationType", text: leafType, write: writeTypes},
		}, abstractIn(bookDoc), []element{
			{path: bookDoc + "Sections/Section", open: func(*document, attributes) {}, nests: true},
			{path: bookDoc + "Sections/Section/LocationLabel", text: func(d *document, _ attributes, v string) { d.section = v + " " }},
			{path: bookDoc + "Sections/Section/SectionTitle", text: func(d *document, _ attributes, v string) {
				d.keep("SectionTitle", d.section+v)
				d.section = ""
			}, write: func(w *markup, r *record.Record) {
				for _, v := range extra(r, "SectionTitle") {
					w.leaf("SectionTitle", v)
				}
			}},
		}, keywordsIn(bookDoc), []element{
			dateOf(bookDoc+"ContributionDate", "", contribution),
			dateOf(bookDoc+"DateRevised", record.Modified, ""),
		}, grantsIn(bookDoc), []element{
			{path: bookDoc + "ItemList", open: func(d *document, a attributes) { d.section = a.get("ListType") }},
			{path: bookDoc + "ItemList/Item", text: func(d *document, _ attributes, v string) { d.keep("Item", d.section+": "+v) }, write: func(w *markup, r *record.Record) {
				for _, v := range extra(r, "Item") {
					_, item, _ := strings.Cut(v, ": ")
					w.leaf("Item", item)
				}
			}},
		}, referencesIn(bookDoc), pubmedData(bookData))
}

// value is an element with one value and a field for it.
func value(path string, at func(r *record.Record) *string) element {
	name := lastName(path)
	return element{path: path, text: func(d *document, _ attributes, v string) { d.single(at(d.r), v) },
		write: func(w *markup, r *record.Record) { w.leaves(name, *at(r)) }}
}

// keptAs is an element that no field holds; it stands in Extra under a tag.
func keptAs(path, tag string) element {
	name := lastName(path)
	return element{path: path, text: func(d *document, _ attributes, v string) { d.keep(tag, v) },
		write: func(w *markup, r *record.Record) {
			for _, v := range extra(r, tag) {
				w.leaf(name, v)
			}
		}}
}

// dateOf is the date of an event, in parts.
func dateOf(path string, kind record.EventKind, name string, attrs ...string) element {
	tag, o := lastName(path), occasionOf(kind, name)
	return element{path: path, open: openDate, close: func(d *document) { d.closeEvent(o) },
		write: func(w *markup, r *record.Record) {
			for _, e := range r.Events {
				if e.Kind == kind && e.Name == name && oneDay(e.Date) {
					w.open(tag, attrs...)
					w.dateParts(e.Date)
					w.shut()
				}
			}
		}}
}

func language(path string) element {
	return element{path: path, text: func(d *document, _ attributes, v string) { d.builder.language(v) }, write: func(w *markup, r *record.Record) {
		for _, l := range r.Languages {
			w.leaf("Language", record.LanguageMARC(l))
		}
	}}
}

func pages(under string) []element {
	return []element{
		{path: under + "Pagination", open: func(d *document, _ attributes) { d.pages = [3]string{} }, close: closePages, write: func(w *markup, r *record.Record) {
			if pages := or(r.In.Pages, r.In.ArticleNumber); pages != "" {
				w.open("Pagination")
				w.leaf("MedlinePgn", pages)
				w.shut()
			}
		}},
		{path: under + "Pagination/StartPage", text: func(d *document, _ attributes, v string) { d.pages[0] = v }},
		{path: under + "Pagination/EndPage", text: func(d *document, _ attributes, v string) { d.pages[1] = v }},
		{path: under + "Pagination/MedlinePgn", text: func(d *document, _ attributes, v string) { d.pages[2] = v }},
	}
}

func abstractIn(under string) []element {
	return []element{
		{path: under + "Abstract", open: func(d *document, _ attributes) { d.parts, d.copyright = d.parts[:0], "" }, close: closeAbstract, write: func(w *markup, r *record.Record) {
			w.abstract("Abstract", r.Abstract)
		}},
		{path: under + "Abstract/AbstractText", text: leafAbstract},
		{path: under + "Abstract/CopyrightInformation", text: func(d *document, _ attributes, v string) { d.copyright = v }},
	}
}

func grantsIn(under string) []element {
	p := under + "GrantList/Grant"
	return []element{
		{path: p, open: func(d *document, _ attributes) { d.grant = record.Grant{} }, close: func(d *document) { d.r.Funding = append(d.r.Funding, d.grant) }, write: writeGrants},
		{path: p + "/GrantID", text: func(d *document, _ attributes, v string) { d.grant.ID = v }},
		{path: p + "/Acronym", text: func(d *document, _ attributes, v string) { d.grant.Acronym = v }},
		{path: p + "/Agency", text: func(d *document, _ attributes, v string) { d.grant.Agency = v }},
		{path: p + "/Country", text: func(d *document, _ attributes, v string) { d.grant.Country = v }},
	}
}

func keywordsIn(under string) []element {
	return []element{
		{path: under + "KeywordList", open: func(d *document, a attributes) { d.keepAttribute("OTO", a, "Owner") }, attrs: func(r *record.Record) []string {
			return named("Owner", first(extra(r, "OTO")))
		}},
		{path: under + "KeywordList/Keyword", text: func(d *document, _ attributes, v string) { readKeyword(&d.builder, v) }, write: func(w *markup, r *record.Record) {
			for _, k := range r.Keywords {
				w.leaf("Keyword", k, "MajorTopicYN", "N")
			}
		}},
	}
}

// peopleIn is a list of people in a role. A list of Type "editors" or "authors"
// says itself what it holds.
func peopleIn(list, name string, role record.Role) []element {
	p := list + "/" + name
	els := []element{{path: p, open: openPerson, close: closePerson, write: func(w *markup, r *record.Record) { w.people(r, name, role) }}}
	if strings.HasPrefix(list, article) {
		els[0].write = func(w *markup, r *record.Record) {
			w.people(r, name, role)
			w.editors(r)
		}
	}
	if strings.HasSuffix(list, "AuthorList") {
		els = slices.Insert(els, 0, element{path: list, open: func(d *document, a attributes) { d.openPeople(a, role, strings.HasPrefix(list, book)) }, attrs: func(r *record.Record) []string {
			return listAttributes(r, role, strings.HasPrefix(list, bookDoc))
		}})
	} else {
		els = slices.Insert(els, 0, element{path: list, open: func(d *document, _ attributes) { d.role = role }})
	}
	return append(els,
		element{path: p + "/LastName", text: func(d *document, _ attributes, v string) { d.name.Family = v }},
		element{path: p + "/ForeName", text: func(d *document, _ attributes, v string) { d.name.Given = v }},
		element{path: p + "/FirstName", text: func(d *document, _ attributes, v string) { d.name.Given = v }},
		element{path: p + "/MiddleName", text: func(d *document, _ attributes, v string) { d.name.Given = strings.TrimSpace(d.name.Given + " " + v) }},
		element{path: p + "/Initials", text: func(d *document, _ attributes, v string) { d.initials = v }},
		element{path: p + "/Suffix", text: func(d *document, _ attributes, v string) { d.name.Suffix = v }},
		element{path: p + "/CollectiveName", text: func(d *document, _ attributes, v string) { d.name.Literal = v }},
		element{path: p + "/Identifier", text: func(d *document, a attributes, v string) { d.orcid(&d.name, a.get("Source"), v) }},
		element{path: p + "/Affiliation", text: leafAffiliation},
		element{path: p + "/AffiliationInfo/Affiliation", text: leafAffiliation},
		element{path: p + "/AffiliationInfo/Identifier", text: func(d *document, a attributes, v string) { d.keep("AUID", or(a.get("Source"), "ID")+": "+v) }},
	)
}

func articleIDs(under string) element {
	return element{path: under + "ArticleIdList/ArticleId", text: func(d *document, a attributes, v string) {
		d.identifier(or(a.get("IdType"), "pubmed"), v)
	}, write: writeArticleIDs}
}

func pubmedData(under string) []element {
	return []element{
		{path: under + "History/PubMedPubDate", open: func(d *document, a attributes) {
			openDate(d, a)
			d.status = a.get("PubStatus")
		}, close: func(d *document) { d.closeEvent(historyOccasion(d.status)) }, write: writeHistoryDates},
		value(under+"PublicationStatus", func(r *record.Record) *string { return &r.Status }),
		articleIDs(under),
		{path: under + "ObjectList/Object", open: func(d *document, a attributes) { d.section = a.get("Type") }},
		{path: under + "ObjectList/Object/Param", text: func(d *document, a attributes, v string) { d.keep("Object", d.section+" "+a.get("Name")+": "+v) }},
	}
}

// referencesTitle is the tag in Extra of the heading of a list of works cited.
// Which works stood under which heading is not kept.
const referencesTitle = "ReferenceList/Title"

// referencesIn are the works cited. Their identifiers are never the record's.
func referencesIn(under string) []element {
	p := under + "ReferenceList"
	return []element{
		{path: p, open: func(*document, attributes) {}, nests: true},
		{path: p + "/Title", text: func(d *document, _ attributes, v string) { d.keep(referencesTitle, v) }, write: func(w *markup, r *record.Record) {
			w.leaf("Title", first(extra(r, referencesTitle)))
		}},
		{path: p + "/Reference", open: func(d *document, _ attributes) { d.link = record.Relation{Kind: record.Cites} }, close: closeReference, write: writeReferences},
		{path: p + "/Reference/Citation", text: func(d *document, _ attributes, v string) { d.link.Text = v }},
		{path: p + "/Reference/ArticleIdList/ArticleId", text: leafReferenceID},
	}
}

// lastName is the name at the end of a path.
func lastName(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// or gives the first of two values that is not empty.
func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// named is an attribute that has a value, or none.
func named(name, value string) []string {
	if value == "" {
		return nil
	}
	return []string{name, value}
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// node is an element in the tree that the reader walks over.
type node struct {
	name     string
	row      *element // nil for an element that only holds others
	children []*node
}

// tree arranges the elements by their paths. Year, Month and the like stand
// below every date.
var tree = func() *node {
	root := &node{}
	for _, e := range elements {
		n := root
		for _, name := range strings.Split(e.path, "/") {
			n = n.grow(name)
		}
		n.row = &e
		if n.row.nests {
			n.children = append(n.children, n)
		}
	}
	root.addDates()
	return root
}()

// begins are the first letters of all names in the tree: those of inline markup
// are none of them.
var begins = func() (t [256]bool) {
	for _, e := range elements {
		for _, name := range strings.Split(e.path, "/") {
			t[name[0]] = true
		}
	}
	for _, e := range dateElements {
		t[e.path[0]] = true
	}
	return t
}()

func (n *node) grow(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	c := &node{name: name}
	n.children = append(n.children, c)
	return c
}

// next finds the element below this one whose name a text begins with, from a
// place among them on. It is -1 where none has that name.
func (n *node) next(from int, text []byte) int {
	for k := range n.children {
		i := from + k
		if i >= len(n.children) {
			i -= len(n.children)
		}
		name := n.children[i].name
		if len(text) > len(name) && text[0] == name[0] && string(text[:len(name)]) == name && !xmlscan.IsName(text[len(name)]) {
			return i
		}
	}
	return -1
}

// child finds an element below another one, nil when it does not belong there.
func (n *node) child(name []byte) *node {
	for _, c := range n.children {
		if c.name == string(name) {
			return c
		}
	}
	return nil
}

// datePaths end the paths of dates.
var datePaths = []string{"PubDate", "DateCreated", "DateCompleted", "DateRevised", "ArticleDate", "PubMedPubDate", "BeginningDate", "EndingDate", "ContributionDate"}

func (n *node) addDates() {
	if slices.Contains(datePaths, n.name) {
		for _, e := range dateElements {
			n.children = append(n.children, &node{name: e.path, row: &e})
		}
	}
	for _, c := range n.children {
		if c != n {
			c.addDates()
		}
	}
}
