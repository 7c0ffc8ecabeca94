package endnote

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/distinct"
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/xmlscan"
	"github.com/evidence-go/evidence/record"
)

// item is one value of a record as the file has it, with styles taken out and line
// ends as line feeds.
type item struct {
	f     *field // nil for an element or tag that EndNote does not have
	tag   string // the path of the element, or the tag
	attr  string // where the value is that of an attribute of the element: its name
	value string
	line  int
	at    int // its place among the record's items
}

// builder makes records of their items, one at a time; its lists are used again.
type builder struct {
	r     *record.Record
	refer bool // the items are those of Refer
	items []item

	typ      *refType
	typed    bool // the record says its type
	typeAt   int  // the item that did, -1 where EndNote has no such type
	saidAt   int  // the item that says a type
	pubMed   bool // the accession number is a PMID
	numbered bool // the record has a number, so that its label is no key

	second, journals, abbrevs []item // secondary titles, names of periodicals
	original                  item   // Original Publication
	years, dates              []item
	accessYear, accessDay     item
	startPage                 item
	postal                    []item // addresses
	maybe                     []item // values that may hold a DOI
	kept                      []item
	names                     map[string]int
	linked                    []record.PMID // those of links to PubMed
	linksSeen                 bool
}

// build makes a record of items that are in the order of the file.
func (b *builder) build(items []item, refer bool) *record.Record {
	*b = builder{r: &record.Record{}, refer: refer, items: items, second: b.second[:0], journals: b.journals[:0], abbrevs: b.abbrevs[:0],
		years: b.years[:0], dates: b.dates[:0], postal: b.postal[:0], maybe: b.maybe[:0], kept: b.kept[:0]}
	b.survey()
	var unknown []string
	for i := range items {
		it := &items[i]
		it.at = i
		switch {
		case isBlank(it.value):
		case it.attr != "":
			b.attribute(*it)
		case it.f == nil:
			b.keep(*it)
			if !distinct.Has(unknown, it.tag) {
				unknown = append(unknown, it.tag)
				b.problem(*it, record.CodeUnknownTag, "EndNote has no such field; its values are kept as they are")
			}
		case it.f.read == nil:
			b.keep(*it)
		default:
			it.f.read(b, *it)
		}
	}
	b.settle()
	return b.r
}

// survey learns what the meaning of other fields depends on: the type of
// reference, and whether the record is of PubMed; and how much there will be.
func (b *builder) survey() {
	people, words, pmcid := 0, 0, false
	database, provider := "", ""
	var name, number *item
	for i := range b.items {
		it := &b.items[i]
		if it.f == nil {
			continue
		}
		switch it.f {
		case fieldType:
			it.at = i
			switch {
			case isBlank(it.value):
			case it.attr == "name" || b.refer && name == nil:
				name = it
			case it.attr == "" && !b.refer:
				number = it
			}
		case fieldAuthor:
			people++
		case fieldKeyword:
			words++
		case fieldRecordNumber:
			b.numbered = b.numbered || !isBlank(it.value)
		case fieldDatabase:
			database = it.value
		case fieldProvider:
			provider = it.value
		case fieldPMCID:
			pmcid = strings.HasPrefix(it.value, "PMC")
		}
	}
	b.pubMed = isPubMed(fold.Text(database), fold.Text(provider), pmcid)
	if people > 0 {
		b.r.People = make([]record.Contributor, 0, people)
	}
	if words > 3 {
		b.r.Keywords = make([]string, 0, words)
	}
	b.readType(name, number)
}

// The fields that survey looks at.
var (
	fieldType         = byPath["ref-type"]
	fieldAuthor       = byPath["contributors/authors/author"]
	fieldKeyword      = byPath["keywords/keyword"]
	fieldRecordNumber = byPath["rec-number"]
	fieldDatabase     = byPath["remote-database-name"]
	fieldProvider     = byPath["remote-database-provider"]
	fieldPMCID        = byPath["custom2"]
)

// isPubMed tells whether a record has a PMID for its accession number: by its
// database, by its provider or, where neither is named, by a PMCID beside it.
func isPubMed(database, provider string, pmcid bool) bool {
	if database == "" && provider == "" {
		return pmcid
	}
	low := strings.ToLower(database)
	return provider == "NLM" || strings.Contains(low, "pubmed") || strings.Contains(low, "medline")
}

// settleType keeps the name of a type that is not the one written for the
// record's kind.
func (b *builder) settleType() {
	if b.typed && b.typeAt >= 0 && typeOfKind(b.r.Kind) != b.typ {
		said := b.items[b.typeAt]
		b.keep(item{tag: said.tag, value: b.typ.name, line: said.line, at: said.at})
	}
}

// settle decides what several fields decide together.
func (b *builder) settle() {
	b.settleType()
	b.settlePeople()
	b.settleTitles()
	b.settleDates()
	b.settlePages()
	b.settleDOI()
	b.settleExtra()
	record.SetFlags(b.r)
}

// settleExtra puts what was kept into the order of the file.
func (b *builder) settleExtra() {
	if len(b.kept) == 0 {
		return
	}
	slices.SortStableFunc(b.kept, func(x, y item) int { return x.at - y.at })
	b.r.Extra = make(record.Extra, len(b.kept))
	for i, it := range b.kept {
		tag := it.tag
		if it.attr != "" {
			tag += "@" + it.attr
		}
		b.r.Extra[i] = record.ExtraTag{Tag: tag, Value: it.value, Line: it.line}
	}
}

// readType reads the type of reference: by its name, where EndNote has a type of
// that name, else by its number.
func (b *builder) readType(name, number *item) {
	b.typ, b.typeAt = generic, -1
	var byNumber *refType
	if number != nil {
		value := fold.Text(number.value)
		if byNumber = typesByNumber[value]; byNumber == nil {
			byNumber = typeCalled(value)
		}
	}
	said := name
	if said == nil {
		said = number
	}
	if said == nil {
		if b.refer {
			b.r.Kind = b.kindByFields()
		}
		return
	}
	b.typed, b.typeAt, b.saidAt = true, said.at, said.at
	t := byNumber
	if name != nil {
		t = typeCalled(fold.Text(name.value))
	}
	if t != nil {
		b.typ, b.r.Kind = t, t.kind
		b.markedKind(fold.Text(said.value)) // "Preprint", as other programs have it
		return
	}
	if byNumber == generic { // a type of that name is another one
		byNumber = nil
	}
	b.problem(*said, record.CodeUnknownType, "EndNote has no such type of reference; the record's kind is read by its number, or as other")
	b.typeAt, b.r.Kind = -1, record.Other
	b.keep(item{tag: said.tag, value: said.value, line: said.line, at: said.at})
	if byNumber != nil {
		b.typ, b.r.Kind = byNumber, byNumber.kind
	}
	if name != nil && number != nil {
		b.keep(item{tag: number.tag, attr: "number", value: number.value, line: number.line, at: number.at})
	}
}

// kindByFields tells what a record of refer(1) is, which has no type: by what it
// says that it stands in.
func (b *builder) kindByFields() record.Kind {
	for _, way := range [...]struct {
		tag  string
		kind record.Kind
	}{{"%J", record.JournalArticle}, {"%B", record.Chapter}, {"%R", record.Report}, {"%I", record.Book}} {
		for i := range b.items {
			it := &b.items[i]
			if it.tag != way.tag || isBlank(it.value) {
				continue
			}
			if _, isDOI := record.ParseDOI(fold.Text(it.value)); !isDOI {
				return way.kind
			}
		}
	}
	return record.KindUnknown
}

// secondType keeps a type that stands behind the one that counts.
func (b *builder) secondType(it item) {
	if b.refer && it.at != b.saidAt {
		b.again(it)
	}
}

// attribute keeps the attribute of an element, unless it repeats the element's
// text or has been read as its type.
func (b *builder) attribute(it item) {
	if it.attr == "name" {
		switch it.tag {
		case "ref-type":
			return
		case "database", "source-app":
			if next := it.at + 1; next < len(b.items) && b.items[next].tag == it.tag || next+1 < len(b.items) && b.items[next+1].tag == it.tag {
				return
			}
		}
	}
	b.keep(it)
}

func (b *builder) problem(it item, code record.Code, text string) {
	b.r.Problems = append(b.r.Problems, record.Problem{Line: it.line, Tag: it.tag, Code: code, Text: text, Value: record.Cut(fold.Text(it.value))})
}

// keep puts an item into Extra, line by line where it has several.
func (b *builder) keep(it item) {
	it.value = lines(it.value)
	b.kept = append(b.kept, it)
}

// again keeps a further value of what has one value only, and says so.
func (b *builder) again(it item) {
	b.keep(it)
	b.problem(it, record.CodeRepeatedTag, "a further value where one is allowed; the first stands, this one is kept as it is")
}

// set fills a field that has one value. An equal second value is passed over.
func (b *builder) set(field *string, value string, it item) {
	switch {
	case *field == "":
		*field = value
	case *field != value:
		b.again(it)
	}
}

// single reads a field whose value goes into the record as it is.
func single(at func(*record.Record) *string) func(*builder, item) {
	return func(b *builder, it item) { b.set(at(b.r), fold.Text(it.value), it) }
}

// isBlank tells whether nothing but white space stands in a value.
func isBlank(s string) bool {
	return s == "" || s[0] <= ' ' && strings.TrimSpace(s) == ""
}

// lines cleans each line of a value and leaves the empty ones out.
func lines(s string) string {
	if strings.IndexByte(s, '\n') < 0 {
		return fold.Text(s)
	}
	return strings.Join(linesOf(s), "\n")
}

// nextLine takes off the first line that is not empty, "" when there is none.
func nextLine(s string) (line, rest string) {
	for s != "" && line == "" {
		if i := strings.IndexByte(s, '\n'); i >= 0 {
			line, s = fold.Text(s[:i]), s[i+1:]
			continue
		}
		line, s = fold.Text(s), ""
	}
	return line, s
}

// linesOf lists the lines of a value that are not empty.
func linesOf(s string) []string {
	var out []string
	for line, rest := nextLine(s); line != ""; line, rest = nextLine(rest) {
		out = append(out, line)
	}
	return out
}

// plainTitle takes markup that another program has left out of a title. A text with
// anything else between angle brackets stays.
func plainTitle(s string) string {
	s = fold.Text(s)
	if !marked(s) {
		return s
	}
	plain := fold.Unmark(s)
	if strings.IndexByte(plain, '<') >= 0 {
		return s
	}
	return fold.Text(plain)
}

// marked tells whether markup of HTML or JATS stands in a text: an element with both
// its tags, or a line break. A tag by itself may be part of the text.
func marked(s string) bool {
	if strings.IndexByte(s, '<') < 0 {
		return false
	}
	if strings.Contains(s, "<br>") || strings.Contains(s, "<br/>") || strings.Contains(s, "<br />") {
		return true
	}
	for from, tries := 0, 0; tries < mostEndTags; tries++ {
		i := strings.Index(s[from:], "</")
		if i < 0 {
			return false
		}
		i += from
		from = i + 2
		if n := xmlscan.NameLength(s[from:min(len(s), from+longestMarkup)]); n > 0 && strings.Contains(s[:i], "<"+s[from:from+n]) {
			return true
		}
	}
	return false
}

const (
	longestMarkup = 32 // more than the name of any element has, in bytes
	mostEndTags   = 16 // that are looked at
)
