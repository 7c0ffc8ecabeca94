package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/namelist"
	"github.com/evidence-go/evidence/record"
)

// toolTexts write columns that the tables of tools have and that of this package has
// not, or has in another form.
var toolTexts = map[string]func(*record.Record) string{
	"start_page":       firstPage,
	"end_page":         func(r *record.Record) string { _, to := r.In.PageRange(); return to },
	"date":             fullDateText,
	"month":            func(r *record.Record) string { return number(r.Date.Month) },
	"day":              func(r *record.Record) string { return number(r.Date.Day) },
	"accession_number": accessionText,
	"type":             typeText,
	"citation":         citationText,
	"authors_and":      andNamesText,
	"cochrane_source":  func(r *record.Record) string { return r.In.Title },
	"rayyan_notes":     rayyanText,
	"emtree":           func(r *record.Record) string { return emtreeText(r, false) },
	"emtree_major":     func(r *record.Record) string { return emtreeText(r, true) },
	"zotero_extra":     zoteroText,
}

// firstPage is the first page, or the pages as they stand where they are no range.
func firstPage(r *record.Record) string {
	if from, _ := r.In.PageRange(); from != "" {
		return from
	}
	return r.In.Pages
}

// fullDateText writes a date, also one of a year alone: some tools have no column for
// the year.
func fullDateText(r *record.Record) string {
	if text := dateText(r); text != "" {
		return text
	}
	return yearText(r)
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// typeText writes the types of a work, with its kind where none of them says it.
func typeText(r *record.Record) string {
	types := r.Types
	if r.Kind != "" && !slices.ContainsFunc(types, func(t string) bool { return works[spelling(t)].kind == r.Kind }) {
		types = append([]string{string(r.Kind)}, types...)
	}
	return list(types)
}

func accessionText(r *record.Record) string {
	var out []string
	for _, x := range r.Identifiers {
		if x.Scheme == "accession" {
			out = append(out, x.Value)
		}
	}
	return list(out)
}

// fullNames reads names in full, beside which another column has them short. The
// cell is kept where it says more than the names, such as the numbers that Scopus
// gives to authors, or does not agree with the other; see settleNames.
func (b *builder) fullNames(it item) {
	b.full, b.fullAt = it, len(b.r.Extra)
	b.keep(it)
}

// settleNames puts the given names of the full names in the place of initials.
func (b *builder) settleNames() {
	if b.full.value == "" {
		return
	}
	var names []record.Name
	numbers := false
	for _, text := range namelist.Pieces(clean(b.unmark(b.full.value)), ";") {
		text, numbered := withoutNumber(text)
		numbers = numbers || numbered
		names = append(names, record.ParseName(text))
	}
	if !b.has(record.Author) {
		for _, n := range names {
			b.r.People = append(b.r.People, record.Contributor{Role: record.Author, Name: n})
		}
	}
	if b.inFull(names) && !numbers {
		b.r.Extra = slices.Delete(b.r.Extra, b.fullAt, b.fullAt+1)
	}
}

// inFull takes given names from the full names of the same persons, and tells
// whether all were those of the authors.
func (b *builder) inFull(names []record.Name) bool {
	all, i := true, 0
	for k := range b.r.People {
		p := &b.r.People[k]
		if p.Role != record.Author {
			continue
		}
		if i == len(names) {
			return false
		}
		switch n := names[i]; {
		case p.Name.String() == n.String():
		case extends(n, p.Name):
			p.Name.Given, p.Name.Suffix = n.Given, n.Suffix
		default:
			all = false
		}
		i++
	}
	return all && i == len(names)
}

// extends tells whether a full name can be that of a person whose name stands there
// with initials: the same family name, and given names that begin alike.
func extends(full, short record.Name) bool {
	if full.Family == "" || fold.Key(full.Family) != fold.Key(short.Family) {
		return false
	}
	long, initials := fold.Key(full.Given), fold.Key(short.Given)
	return long != "" && initials != "" && long[0] == initials[0] && len(long) > len(initials)
}

// withoutNumber takes the number of an author off: "Berg, Anna M. (57200000001)".
func withoutNumber(s string) (name string, numbered bool) {
	open := strings.LastIndex(s, " (")
	if open < 0 || !strings.HasSuffix(s, ")") {
		return s, false
	}
	number := s[open+2 : len(s)-1]
	if number == "" || strings.Trim(number, "0123456789") != "" {
		return s, false
	}
	return strings.TrimSpace(s[:open]), true
}

// familyFirst reads a name as EPPI-Reviewer has it, without a comma: the family name,
// one word with the particles before it, then the given names.
func familyFirst(s string) record.Name {
	words := strings.Fields(s)
	if strings.ContainsAny(s, ",{") || len(words) < 2 || namelist.GroupLike(words) {
		return name(s)
	}
	n := 0
	for n < len(words)-2 && isLower(words[n]) {
		n++
	}
	return record.Name{Family: strings.Join(words[:n+1], " "), Given: strings.Join(words[n+1:], " ")}
}

// andNamesText joins names by "and", as Rayyan does, where they are parted there again.
func andNamesText(r *record.Record) string {
	text := namesText(r, record.Author)
	joined := strings.ReplaceAll(text, "; ", " and ")
	if slices.Equal(namelist.Split(joined, false), namelist.Pieces(text, ";")) {
		return joined
	}
	return text
}

// citation reads what PubMed writes of where a record was published; the cell is
// kept, as it says more.
func (b *builder) citation(it item) {
	b.keep(it)
	b.cited = it.value
}

// settleCitation takes from PubMed's citation what no column has: the date in full,
// volume, issue and pages.
//
//	J Kites. 2019 Apr 2;12(3):101-110. doi: 10.5555/1. Epub 2019 Mar 1.
func (b *builder) settleCitation() {
	date, volume, issue, pages := splitCitation(clean(b.cited))
	in := &b.r.In
	if in.Volume == "" && in.Issue == "" && in.Pages == "" {
		in.Volume, in.Issue, in.Pages = volume, issue, pages
	}
	if d, ok := record.ParseDate(date); ok && b.dateCell.value == "" && (b.yearCell.value == "" || strconv.Itoa(d.Year) == b.yearCell.value) {
		b.dateCell = item{"Citation", date}
	}
}

// splitCitation parts a citation behind the title of the journal. All are empty
// where there is no date.
func splitCitation(s string) (date, volume, issue, pages string) {
	at := yearIn(s)
	if at < 0 {
		return "", "", "", ""
	}
	s = s[at:]
	end := len(s)
	for _, mark := range []string{". ", ".;"} { // the date and what follows end in a point
		if i := strings.Index(s, mark); i >= 0 {
			end = min(end, i)
		}
	}
	s = strings.TrimSuffix(s[:end], ".")
	date, place, _ := strings.Cut(s, ";")
	if place == "" {
		date, pages, _ = strings.Cut(date, ":")
	} else {
		place, pages, _ = strings.Cut(place, ":")
	}
	volume = place
	if open := strings.IndexByte(place, '('); open >= 0 && strings.HasSuffix(place, ")") {
		volume, issue = place[:open], place[open+1:len(place)-1]
	}
	return strings.TrimSpace(date), strings.TrimSpace(volume), strings.TrimSpace(issue), strings.TrimSpace(pages)
}

// yearIn finds the year that begins the date: four digits behind a point and a
// blank.
func yearIn(s string) int {
	for from := 0; ; {
		i := strings.Index(s[from:], ". ")
		if i < 0 {
			return -1
		}
		from += i + 2
		if rest := s[from:]; len(rest) >= 4 && strings.Trim(rest[:4], "0123456789") == "" && (len(rest) == 4 || !isDigit(rest[4])) {
			return from
		}
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// citationText writes a citation as PubMed does; of a record that was read with one
// the same.
func citationText(r *record.Record) string {
	if own := r.Extra.Get("Citation"); own != "" && r.Source.Platform == "PubMed" {
		return own
	}
	if r.In.Title == "" || r.Date.Year == 0 {
		return ""
	}
	text := r.In.Title + ". " + strings.TrimSpace(fmt.Sprintf("%d %s %s", r.Date.Year, monthName(r.Date.Month), number(r.Date.Day)))
	if r.In.Volume != "" || r.In.Issue != "" || r.In.Pages != "" {
		text += ";" + r.In.Volume
		if r.In.Issue != "" {
			text += "(" + r.In.Issue + ")"
		}
		if r.In.Pages != "" {
			text += ":" + r.In.Pages
		}
	}
	text += "."
	if r.DOI != "" {
		text += " doi: " + string(r.DOI) + "."
	}
	return text
}

func monthName(m int) string {
	if m < 1 || m >= len(months) {
		return ""
	}
	return months[m]
}

// rayyanNotes reads what Rayyan puts into one cell: decisions, labels and reasons
// each under its own name into Extra, and notes that stand before them.
//
//	RAYYAN-INCLUSION: {"Anna"=>"Included"} | RAYYAN-LABELS: kite | USER-NOTES: {…}
func (b *builder) rayyanNotes(it item) {
	name, value := it.tag, ""
	put := func() {
		if value = strings.TrimSpace(value); value == "" {
			return
		}
		if name == it.tag {
			b.notes(item{it.tag, value})
			return
		}
		b.keep(item{name, value})
	}
	for i, part := range strings.Split(it.value, "|") {
		head, rest, ok := strings.Cut(strings.TrimLeft(part, " \r\n"), ":")
		if ok && isRayyanName(head) {
			put()
			name, value = head, rest
			continue
		}
		if i > 0 { // a bar of the text
			value += "|"
		}
		value += part
	}
	put()
}

// isRayyanName tells whether a text is the name of a part of Rayyan's notes.
func isRayyanName(s string) bool {
	return strings.HasPrefix(s, "RAYYAN-") && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsUpper(r) && r != '-' }) < 0 || s == "USER-NOTES"
}

// rayyanText puts them into one cell again.
func rayyanText(r *record.Record) string {
	out := slices.Clone(r.Notes)
	for _, x := range r.Extra {
		if isRayyanName(x.Tag) {
			out = append(out, x.Tag+": "+x.Value)
		}
	}
	return strings.Join(out, " | ")
}

// cochraneSource reads the journal; of a trial its place in a register stands there.
func (b *builder) cochraneSource(it item) {
	if strings.HasPrefix(it.value, "https://") || strings.HasPrefix(it.value, "http://") {
		b.urls(it)
		return
	}
	b.journal(it)
}

// embaseSource reads the citation of Embase; the cell is kept.
func (b *builder) embaseSource(it item) {
	b.keep(it)
	b.from = it.value
}

// settleEmbaseSource takes from it what no column has: the journal, pages or the
// number of the article.
//
//	Journal of Kites (2025) 13:1 (62-70). Date of Publication: 1 Dec 2025
//	Journal of Kites (2025) 13:1 Article Number: 31. Date of Publication: 1 Dec 2025
func (b *builder) settleEmbaseSource() {
	s := clean(b.from)
	open := strings.Index(s, " (")
	if open < 0 {
		return
	}
	title, rest := s[:open], s[open:]
	for year := strings.Index(rest, ")"); year != 6; year = strings.Index(rest, ")") { // " (2025)"
		next := -1
		if len(rest) > 2 {
			next = strings.Index(rest[2:], " (")
		}
		if next < 0 {
			return
		}
		title, rest = title+rest[:next+2], rest[next+2:]
	}
	in := &b.r.In
	if in.Title == "" {
		in.Title = title
	}
	rest, _, _ = strings.Cut(rest[7:], ". ")
	if in.Pages != "" || in.ArticleNumber != "" || b.first.value != "" {
		return
	}
	if _, n, ok := strings.Cut(rest, "Article Number: "); ok {
		in.ArticleNumber = strings.TrimSuffix(n, ".")
	} else if from := strings.LastIndex(rest, " ("); from >= 0 && strings.HasSuffix(rest, ")") {
		in.Pages = rest[from+2 : len(rest)-1]
	}
}

// emtree reads headings of Emtree. A list of the major ones stands beside one that
// has them all.
func emtree(major bool) func(*builder, item) {
	return func(b *builder, it item) {
		for _, term := range b.listed(clean(it.value)) {
			i := slices.IndexFunc(b.r.Headings, func(h record.Heading) bool { return h.Scheme == "emtree" && h.Term == term })
			if i < 0 {
				b.r.Headings = append(b.r.Headings, record.Heading{Scheme: "emtree", Term: term, Major: major})
				continue
			}
			b.r.Headings[i].Major = b.r.Headings[i].Major || major
		}
	}
}

func emtreeText(r *record.Record, major bool) string {
	var out []string
	for _, h := range r.Headings {
		if h.Scheme == "emtree" && h.Major == major {
			out = append(out, h.Term)
		}
	}
	return list(out)
}

// listed parts a list of keywords or headings as the tool does: at its own mark where
// the cell has no semicolon. A comma before a blank belongs to a term: "Infant, Newborn".
func (b *builder) listed(s string) []string {
	if b.d.lists != "," || strings.Contains(s, ";") {
		return namelist.Pieces(s, ";")
	}
	var out []string
	for _, part := range strings.Split(s, ",") {
		if n := len(out); n > 0 && strings.HasPrefix(part, " ") {
			out[n-1] += "," + part
			continue
		}
		out = append(out, part)
	}
	return namelist.Pieces(strings.Join(out, "\x00"), "\x00")
}

// zoteroExtra takes the identifiers that Zotero keeps in its field Extra for want of
// a field of their own; the rest is kept.
//
//	PMID: 31000001 PMCID: PMC700001
func (b *builder) zoteroExtra(it item) {
	words := strings.Fields(it.value)
	var rest []string
	for i := 0; i < len(words); i++ {
		if i+1 < len(words) && b.named(words[i], words[i+1]) {
			i++
			continue
		}
		rest = append(rest, words[i])
	}
	if len(rest) == len(words) {
		b.keep(it)
		return
	}
	b.keep(item{it.tag, strings.Join(rest, " ")})
}

// named takes an identifier that its name stands before, where the record has none
// of the kind.
func (b *builder) named(name, value string) bool {
	switch name {
	case "PMID:":
		id, ok := record.ParsePMID(value)
		return ok && fill(&b.r.PMID, id)
	case "PMCID:":
		id, ok := record.ParsePMCID(value)
		return ok && fill(&b.r.PMCID, id)
	case "DOI:":
		id, ok := record.ParseDOI(value)
		return ok && fill(&b.r.DOI, id)
	}
	return false
}

// fill sets what is empty, and tells whether it says the same now.
func fill[T comparable](field *T, value T) bool {
	var zero T
	if *field == zero {
		*field = value
	}
	return *field == value
}

// zoteroText writes them as Zotero does, before what it had besides.
func zoteroText(r *record.Record) string {
	var out []string
	if r.PMID != "" {
		out = append(out, "PMID: "+string(r.PMID))
	}
	if r.PMCID != "" {
		out = append(out, "PMCID: "+string(r.PMCID))
	}
	return strings.Join(append(out, r.Extra.All("Extra")...), " ")
}
