package pubmed

import (
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// encodeXML writes a PubmedArticleSet.
func encodeXML(w record.Sink) record.Encoder {
	return &markup{out: w, rows: rows, attrs: groupAttributes}
}

// markup writes elements. The groups around an element are begun when the first
// thing in them is written, so that none stands there empty.
type markup struct {
	out    record.Sink
	rows   []row                                      // all that can be written, in order
	attrs  map[string]func(r *record.Record) []string // of groups, by their path
	begun  bool
	r      *record.Record
	around []string // names of the groups that the row at hand stands in
	path   string   // their path
	opened []string // names of the elements that are open
	nested int      // how many of them the row at hand began
}

const rootName = "PubmedArticleSet"

func (w *markup) begin() {
	if !w.begun {
		w.begun = true
		w.raw(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<" + rootName + ">\n")
	}
}

// Encode writes one record.
func (w *markup) Encode(r *record.Record) error {
	w.begin()
	w.r = r
	name, top := "PubmedArticle", [...]string{"MedlineCitation", "PubmedData"}
	if isBook(r) {
		name, top = "PubmedBookArticle", [...]string{"BookDocument", "PubmedBookData"}
	}
	w.raw("<" + name + ">\n")
	w.opened = w.opened[:0]
	for i := range w.rows {
		row := &w.rows[i]
		if row.write == nil || row.names[0] != top[0] && row.names[0] != top[1] {
			continue
		}
		w.around, w.path = row.names[:len(row.names)-1], row.parent
		row.write(w, r)
	}
	w.around, w.path = nil, ""
	w.reach()
	w.raw("</" + name + ">\n")
	return nil
}

// Close ends the set.
func (w *markup) Close() error {
	w.begin()
	w.raw("</" + rootName + ">\n")
	return nil
}

// row is an element with its path taken apart.
type row struct {
	*element
	names  []string
	parent string
}

var rows = func() []row {
	out := make([]row, len(elements))
	for i, e := range elements {
		names := strings.Split(e.path, "/")
		out[i] = row{&e, names, strings.Join(names[:len(names)-1], "/")}
	}
	return out
}()

// groupAttributes finds the attributes of a group by its path.
var groupAttributes = func() map[string]func(r *record.Record) []string {
	m := map[string]func(r *record.Record) []string{}
	for i := range elements {
		if elements[i].attrs != nil {
			m[elements[i].path] = elements[i].attrs
		}
	}
	return m
}()

// raw writes bytes; the sink keeps an error for the Writer.
func (w *markup) raw(s string) { _, _ = w.out.WriteString(s) }

func (w *markup) indent(depth int) {
	for range depth {
		_ = w.out.WriteByte(' ')
	}
}

// reach ends the groups that the next element does not stand in, and begins
// those it does.
func (w *markup) reach() {
	same := 0
	for same < len(w.opened) && same < len(w.around) && w.opened[same] == w.around[same] {
		same++
	}
	for len(w.opened) > same {
		w.end()
	}
	for i := same; i < len(w.around); i++ {
		path := strings.Join(w.around[:i+1], "/")
		var attrs []string
		if of := w.attrs[path]; of != nil {
			attrs = of(w.r)
		}
		w.tag(w.around[i], attrs)
		_ = w.out.WriteByte('\n')
		w.opened = append(w.opened, w.around[i])
	}
}

// open begins an element that holds others, at the row's place or in the one
// begun before.
func (w *markup) open(name string, attrs ...string) {
	if w.nested == 0 {
		w.reach()
	}
	w.nested++
	w.tag(name, attrs)
	_ = w.out.WriteByte('\n')
	w.opened = append(w.opened, name)
}

// shut ends what open began last.
func (w *markup) shut() {
	w.nested--
	w.end()
}

func (w *markup) end() {
	name := w.opened[len(w.opened)-1]
	w.opened = w.opened[:len(w.opened)-1]
	w.indent(len(w.opened) + 1)
	w.raw("</" + name + ">\n")
}

// leaf writes an element with text; an empty text writes nothing.
func (w *markup) leaf(name, text string, attrs ...string) {
	text = tidy(text)
	if text == "" {
		return
	}
	if w.nested == 0 {
		w.reach()
	}
	w.tag(name, attrs)
	w.escape(text)
	w.raw("</" + name + ">\n")
}

// leaves writes an element with text, and behind it what Extra has under its
// name: second values where one is allowed.
func (w *markup) leaves(name, text string) {
	w.leaf(name, text)
	for _, v := range extra(w.r, name) {
		w.leaf(name, v)
	}
}

// tag writes a start tag; attributes are names and values in turn.
func (w *markup) tag(name string, attrs []string) {
	w.indent(len(w.opened) + 1)
	w.raw("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		w.raw(" " + attrs[i] + `="`)
		w.escape(tidy(attrs[i+1]))
		w.raw(`"`)
	}
	w.raw(">")
}

// escapes are the characters that end text or a value.
var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape writes text that tidy has rid of characters which XML does not have.
func (w *markup) escape(text string) { _, _ = escapes.WriteString(w.out, text) }

// citationAttributes are those of a citation, as far as they are known: a record
// of another source has no status at NLM.
func citationAttributes(r *record.Record) []string {
	return slices.Concat(named("Status", first(extra(r, "STAT"))), named("Owner", first(extra(r, "OWN"))),
		named("IndexingMethod", first(extra(r, "IndexingMethod"))))
}

func writePMID(w *markup, r *record.Record) {
	w.leaf("PMID", validPMID(r), "Version", "1")
	for _, v := range extra(r, "PMID") {
		w.leaf("PMID", v, "Version", "1")
	}
}

// medium tells whether an issue is cited in print, by the kind of its ISSN.
func medium(r *record.Record) string {
	for _, v := range extra(r, "IS") {
		if strings.Contains(v, "Electronic") {
			return "Internet"
		}
	}
	return "Print"
}

// writeJournalISSN writes the ISSN that is not the linking one. The DTD has
// place for one; others are written all the same, as NLM's readers take them.
func writeJournalISSN(w *markup, r *record.Record) {
	marked := extra(r, "IS")
	for _, v := range marked {
		number, kind, _ := strings.Cut(strings.TrimSuffix(v, ")"), " (")
		switch kind {
		case "Linking":
		case "":
			w.leaf("ISSN", number)
		default:
			w.leaf("ISSN", number, "IssnType", kind)
		}
	}
	for _, id := range r.In.ISSN {
		if !slices.ContainsFunc(marked, func(m string) bool { x, _ := record.ParseISSN(m); return x == id }) {
			w.leaf("ISSN", string(id), "IssnType", "Print")
		}
	}
}

func writeLinkingISSN(w *markup, r *record.Record) {
	for _, v := range extra(r, "IS") {
		if number, ok := strings.CutSuffix(v, " (Linking)"); ok {
			w.leaf("ISSNLinking", number)
		}
	}
}

// pubDate writes the date a work is cited by: in parts where it has them, else
// in the words that MEDLINE uses.
func (w *markup) pubDate(d record.Date) {
	text := citedDate(d)
	if text == "" {
		return
	}
	w.open("PubDate")
	switch {
	case d.Text == "" && oneDay(d):
		w.leaf("Year", text[:4])
		if d.Month != 0 {
			w.leaf("Month", text[5:8])
			if d.Day != 0 {
				w.leaf("Day", fmt.Sprintf("%02d", d.Day))
			}
		}
	case d.Text == "" && d.EndYear == 0 && d.EndMonth == 0 && d.EndDay == 0:
		w.leaf("Year", text[:4])
		w.leaf("Season", d.Season.String())
	default:
		w.leaf("MedlineDate", text)
	}
	w.shut()
}

// dateParts writes the parts that a date has.
func (w *markup) dateParts(d record.Date) {
	w.leaf("Year", fmt.Sprintf("%04d", d.Year))
	if d.Month != 0 {
		w.leaf("Month", fmt.Sprintf("%02d", d.Month))
		if d.Day != 0 {
			w.leaf("Day", fmt.Sprintf("%02d", d.Day))
		}
	}
}

func keptDates(tag string) func(w *markup, r *record.Record) {
	return func(w *markup, r *record.Record) {
		for _, v := range extra(r, tag) {
			d, _ := parseDate(v)
			if d.Year == 0 || d.Text != "" {
				continue
			}
			w.open(tag)
			parts := strings.Fields(v)
			for i, name := range []string{"Year", "Month", "Day"} {
				if i < len(parts) {
					w.leaf(name, parts[i])
				}
			}
			w.shut()
		}
	}
}

func writeELocation(w *markup, r *record.Record) {
	for _, v := range extra(r, "LID") {
		number, rest, _ := strings.Cut(v, " [")
		kind, mark, _ := strings.Cut(rest, "] ")
		if kind = strings.TrimSuffix(kind, "]"); kind != "" {
			w.leaf("ELocationID", number, "EIdType", kind, "ValidYN", yesNo(mark != invalidMark))
		}
	}
	if r.DOI != "" {
		w.leaf("ELocationID", unblank(string(r.DOI)), "EIdType", "doi", "ValidYN", "Y")
	}
}

func (w *markup) abstract(name string, a record.Abstract, attrs ...string) {
	parts := partsOf(nil, a)
	if len(parts) == 0 && a.Copyright == "" {
		return
	}
	w.open(name, attrs...)
	for _, p := range parts {
		if p.label == "" {
			w.leaf("AbstractText", p.text)
			continue
		}
		w.leaf("AbstractText", p.text, "Label", p.label, "NlmCategory", or(string(p.category), "UNASSIGNED"))
	}
	w.leaf("CopyrightInformation", a.Copyright)
	w.shut()
}

// listAttributes are those of a list of people.
func listAttributes(r *record.Record, role record.Role, ofBook bool) []string {
	complete := "Y"
	if slices.Contains(extra(r, "AU"), "et al.") {
		complete = "N"
	}
	attrs := []string{"CompleteYN", complete}
	switch {
	case role == record.Editor:
		attrs = append(attrs, "Type", "editors")
	case ofBook:
		attrs = append(attrs, "Type", "authors")
	}
	return attrs
}

// people writes those who have a role.
func (w *markup) people(r *record.Record, name string, role record.Role) {
	for i := range r.People {
		p := &r.People[i]
		if p.Role != role && (p.Role != "" || role != record.Author) || p.Name.String() == "" {
			continue
		}
		w.open(name, "ValidYN", "Y")
		if p.Literal != "" {
			w.leaf("CollectiveName", p.Literal)
		} else {
			w.leaf("LastName", or(p.Family, p.Given))
			if p.Family != "" {
				w.leaf("ForeName", p.Given)
				w.leaf("Initials", p.Initials())
			}
			w.leaf("Suffix", p.Suffix)
		}
		if p.ORCID != "" {
			w.leaf("Identifier", string(p.ORCID), "Source", "ORCID")
		}
		for _, a := range p.Affiliations {
			w.open("AffiliationInfo")
			w.leaf("Affiliation", a)
			w.shut()
		}
		w.shut()
	}
}

// editors writes the editors of an article, in a list of their own.
func (w *markup) editors(r *record.Record) {
	if len(r.PeopleIn(record.Editor)) == 0 {
		return
	}
	w.around = w.around[:len(w.around)-1]
	w.open("AuthorList", "CompleteYN", "Y", "Type", "editors")
	w.people(r, "Author", record.Editor)
	w.shut()
}

// writeDatabankList writes registrations, and the accession numbers of other
// data banks.
func writeDatabankList(w *markup, r *record.Record) {
	bank := func(name, number string) {
		w.open("DataBank")
		w.leaf("DataBankName", name)
		if number != "" {
			w.open("AccessionNumberList")
			w.leaf("AccessionNumber", number)
			w.shut()
		}
		w.shut()
	}
	for _, x := range r.Registrations {
		bank(x.Registry, x.ID)
	}
	for _, v := range extra(r, "SI") {
		name, number, _ := strings.Cut(v, "/")
		bank(name, number)
	}
}

func writeGrants(w *markup, r *record.Record) {
	for _, g := range r.Funding {
		w.open("Grant")
		w.leaf("GrantID", g.ID)
		w.leaf("Acronym", g.Acronym)
		w.leaf("Agency", g.Agency)
		w.leaf("Country", g.Country)
		w.shut()
	}
}

func writeTypes(w *markup, r *record.Record) {
	for _, t := range typesOf(r) {
		w.leaf("PublicationType", t, "UI", "")
	}
}

func writeChemicals(w *markup, r *record.Record) {
	for _, v := range extra(r, "RN") {
		number, name, _ := strings.Cut(strings.TrimSuffix(v, ")"), " (")
		w.open("Chemical")
		w.leaf("RegistryNumber", number)
		w.leaf("NameOfSubstance", name, "UI", "")
		w.shut()
	}
}

func writeSupplementary(w *markup, r *record.Record) {
	for _, h := range r.Headings {
		if h.Scheme == supplementary {
			w.leaf("SupplMeshName", h.Term, "UI", h.ID)
		}
	}
}

// writeLinks writes links to other citations, those of each kind together.
func writeLinks(w *markup, r *record.Record) {
	for i, l := range relations {
		if l.kind == "" {
			for _, v := range extra(r, l.tag) {
				text, id := splitPMID(v)
				w.link(l.refType, text, id)
			}
			continue
		}
		if l.kind == record.Cites || slices.ContainsFunc(relations[:i], func(x struct {
			tag, refType string
			kind         record.RelationKind
		}) bool {
			return x.kind == l.kind
		}) {
			continue
		}
		for _, rel := range r.Relations {
			if rel.Kind == l.kind {
				w.link(l.refType, cited(rel), rel.PMID)
			}
		}
	}
}

func (w *markup) link(refType, text string, id record.PMID) {
	w.open("CommentsCorrections", "RefType", refType)
	w.leaf("RefSource", text)
	w.leaf("PMID", string(id), "Version", "1")
	w.shut()
}

func writeHeadings(w *markup, r *record.Record) {
	for _, h := range r.Headings {
		if h.Scheme != mesh {
			continue
		}
		w.open("MeshHeading")
		w.leaf("DescriptorName", h.Term, "UI", h.ID, "MajorTopicYN", yesNo(h.Major))
		for _, q := range h.Qualifiers {
			w.leaf("QualifierName", q.Term, "UI", q.ID, "MajorTopicYN", yesNo(q.Major))
		}
		w.shut()
	}
}

func yesNo(b bool) string {
	if b {
		return "Y"
	}
	return "N"
}

func writeOtherIDElements(w *markup, r *record.Record) {
	for _, v := range extra(r, "OID") {
		owner, number, _ := strings.Cut(v, ": ")
		w.leaf("OtherID", number, "Source", owner)
	}
	for _, x := range r.Identifiers {
		if x.Scheme == "eric" {
			w.leaf("OtherID", x.Value, "Source", "ERIC")
		}
	}
}

func writeOtherAbstractElements(w *markup, r *record.Record) {
	for _, a := range r.OtherAbstracts {
		attrs := []string{"Type", abstractType(a.Kind)}
		if a.Language != "" {
			attrs = append(attrs, "Language", record.LanguageMARC(a.Language))
		}
		w.abstract("OtherAbstract", a, attrs...)
	}
}

// noteOwners can stand before a note: "KIE: 12 refs."
var noteOwners = []string{"NASA", "PIP", "KIE", "HSR", "HMD"}

func writeNotes(w *markup, r *record.Record) {
	for _, v := range r.Notes {
		owner, rest, ok := strings.Cut(v, ": ")
		if ok && slices.Contains(noteOwners, owner) {
			w.leaf("GeneralNote", rest, "Owner", owner)
			continue
		}
		w.leaf("GeneralNote", v, "Owner", "NLM")
	}
}

func writeHistoryDates(w *markup, r *record.Record) {
	for _, e := range r.Events {
		if status := historyStatus(e); status != "" && oneDay(e.Date) {
			w.open("PubMedPubDate", "PubStatus", status)
			w.dateParts(e.Date)
			w.shut()
		}
	}
}

func writeArticleIDs(w *markup, r *record.Record) {
	if w.around[0] == "BookDocument" {
		return // written with the other data of PubMed
	}
	w.leaf("ArticleId", validPMID(r), "IdType", "pubmed")
	for _, x := range r.Identifiers {
		if x.Scheme != "eric" || isBook(r) {
			w.leaf("ArticleId", x.Value, "IdType", x.Scheme)
		}
	}
	if r.DOI != "" {
		w.leaf("ArticleId", unblank(string(r.DOI)), "IdType", "doi")
	}
	if r.PMCID != "" {
		w.leaf("ArticleId", string(r.PMCID), "IdType", "pmc")
	}
}

func writeReferences(w *markup, r *record.Record) {
	for _, rel := range r.Relations {
		if rel.Kind != record.Cites {
			continue
		}
		w.open("Reference")
		w.leaf("Citation", or(rel.Text, rel.Key))
		if rel.PMID != "" || rel.DOI != "" {
			w.open("ArticleIdList")
			w.leaf("ArticleId", string(rel.PMID), "IdType", "pubmed")
			w.leaf("ArticleId", string(rel.DOI), "IdType", "doi")
			w.shut()
		}
		w.shut()
	}
	for i, title := range extra(r, referencesTitle) {
		if i > 0 { // a list has one heading; the others are of lists in it
			w.open("ReferenceList")
			w.leaf("Title", title)
			w.shut()
		}
	}
}
