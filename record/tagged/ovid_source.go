package tagged

import (
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// ovidSource reads the line that says where the work stands. Each database of Ovid
// words it otherwise:
//
//	Kite Care. 12(3):45-9, 2015 Mar 04.                          MEDLINE
//	Kite Care. 12 (3) (pp 45-49), 2015. Date of Publication: …   Embase
//	Kite Care. Vol.12(3), Mar 2015, pp. 45-49.                   PsycINFO
//	Kite Care March 2015;12(3):45-49                             Journals@Ovid
//	Kite Care 12, Winter 2007: 45-49.                            IPSA
//	Kite Care. 2007 15 June; 45-49.                              Zoological Record
//	Berg, Anna [Ed]. (2012). Kites. (pp. 11-31). 254 pp. …       books in PsycINFO
//	Berg, A. [Ed.]. Kites. Kite Press, Ghent. 2002: 1-234. …     books in Zoological Record
//
// What other fields say already stays; the line is kept where something in it was
// not told.
func (b *builder) ovidSource() {
	if b.source.tag == "" {
		return
	}
	s := fold.Text(b.source.value)
	if b.source.tag == "BT" {
		b.zoologicalBook(s)
		return
	}
	if year, before, after, ok := yearInBrackets(s); ok {
		b.psycBook(year, before, after)
		return
	}
	p := parseSource(s)
	b.fillSource(p)
	if p.rest != "" {
		b.keep(b.source)
	}
}

// citation is a source line taken apart.
type citation struct {
	title, volume, issue, pages, article, date string
	event, place                               string // of a conference
	rest                                       string // what was not told
}

// fillSource puts the parts where nothing stands yet.
func (b *builder) fillSource(p citation) {
	in := &b.r.In
	for _, f := range [...]struct {
		at    *string
		value string
	}{{&in.Volume, p.volume}, {&in.Issue, p.issue}, {&in.ArticleNumber, p.article}, {&in.Event, p.event}, {&in.EventPlace, p.place}} {
		if *f.at == "" {
			*f.at = f.value
		}
	}
	if in.Title == "" && p.title != b.r.Title {
		in.Title = p.title
	}
	if in.Pages == "" {
		in.Pages = p.pages
	}
	b.sourceDate(p.date)
}

// sourceDate takes the date of a source line where it says more than DP and YR.
func (b *builder) sourceDate(date string) {
	if date == "" {
		return
	}
	if b.date.tag == "" || len(fold.Text(b.date.value)) < len(date) {
		b.date = item{b.source.tag, date, b.source.line}
	}
}

// parseSource takes apart the source line of an article.
func parseSource(s string) citation {
	var p citation
	s, p.article = cutLabelled(s, "Article Number: ")
	s, p.date = cutLabelled(s, "Date of Publication: ")
	s, p.event, p.place = cutConference(s)
	s = strings.TrimRight(s, " .")
	switch {
	case volumeWord(s) >= 0:
		p.psycArticle(s, volumeWord(s))
	case strings.Contains(s, "(pp ") || strings.Contains(s, "(no pagination)") || strings.Contains(s, "(pagination"):
		p.embaseArticle(s)
	default:
		p.numbered(s)
	}
	p.title = strings.TrimRight(p.title, " .,;")
	return p
}

// cutLabelled takes a part that begins with a label and ends with a point out of
// a line.
func cutLabelled(s, label string) (rest, value string) {
	before, after, ok := strings.Cut(s, label)
	if !ok {
		return s, ""
	}
	value, behind, _ := strings.Cut(after, ". ")
	return strings.TrimRight(before, " ") + " " + behind, strings.TrimRight(value, " .")
}

// cutConference takes the name of a conference and its place out of a line, where
// they stand between the journal and its volume: "Kite Care. Conference: 3rd Kite
// Days. Spain. 12 (3) (pp 45), 2015".
func cutConference(s string) (rest, name, place string) {
	before, after, ok := strings.Cut(s, "Conference: ")
	if !ok {
		return s, "", ""
	}
	named, numbers, ok := cutLast(strings.TrimRight(after, " ."), ". ")
	if !ok {
		return before, strings.TrimRight(after, " ."), ""
	}
	name, place, ok = cutLast(named, ". ")
	if !ok {
		name, place = named, ""
	}
	return before + numbers, name, place
}

// volumeWord finds "Vol.12" or "Vol 12" behind the title; -1 for none.
func volumeWord(s string) int {
	for from := 0; ; {
		i := strings.Index(s[from:], " Vol")
		if i < 0 {
			return -1
		}
		from += i
		rest := strings.TrimLeft(s[from+len(" Vol"):], ". ")
		if len(rest) < len(s)-from-len(" Vol") && rest != "" && isDigit(rest[0]) {
			return from
		}
		from++
	}
}

// psycArticle reads "Title. Vol.12(3), Mar 2015, pp. 45-49", at being where the
// volume's word begins.
func (p *citation) psycArticle(s string, at int) {
	p.title = s[:at]
	rest := strings.TrimLeft(s[at+len(" Vol"):], ". ")
	p.volume, p.issue, rest = leadingNumbers(rest)
	rest = strings.TrimLeft(rest, ", ")
	date, pages, ok := cutLast(rest, ",")
	if !ok {
		date, pages = rest, ""
	}
	p.setDate(date)
	p.setPages(pages)
}

// leadingNumbers reads the volume, and the issue in brackets, that a text begins
// with.
func leadingNumbers(s string) (volume, issue, rest string) {
	end := strings.IndexAny(s, "( ,")
	if end < 0 {
		return s, "", ""
	}
	volume, rest = s[:end], strings.TrimLeft(s[end:], " ")
	if strings.HasPrefix(rest, "(") {
		if shut := closing(rest, 0); shut > 0 {
			issue, rest = strings.TrimSpace(rest[1:shut]), rest[shut+1:]
		}
	}
	return volume, issue, rest
}

// embaseArticle reads "Title. 12 (3) (pp 45-49), 2015".
func (p *citation) embaseArticle(s string) {
	at := max(strings.Index(s, "(pp "), strings.Index(s, "(no pagination)"), strings.Index(s, "(pagination"))
	shut := closing(s[at:], 0)
	if shut < 0 {
		p.title, p.rest = s, s
		return
	}
	if inner, ok := strings.CutPrefix(s[at+1:at+shut], "pp "); ok {
		p.setPages(inner)
	}
	year := strings.Trim(s[at+shut+1:], " ,")
	if p.date == "" || !strings.ContainsAny(p.date, "0123456789") {
		p.date = year
	}
	p.title, p.volume, p.issue = trailingNumbers(s[:at])
}

// numbered reads a line in which the pages stand behind a colon or semicolon, with
// the date before or behind them.
func (p *citation) numbered(s string) {
	head, tail, ok := cutPages(s)
	if !ok {
		p.title, p.date = trailingDate(s)
		if i := strings.Index(p.title, ". "); i > 0 {
			p.rest = s
		}
		return
	}
	pages, date, dated := strings.Cut(tail, ", ")
	if dated && looksLikeDate(date) {
		p.setPages(pages)
		p.setDate(date)
		p.title, p.volume, p.issue = trailingNumbers(head)
		return
	}
	p.setPages(tail)
	if before, numbers, ok := cutLast(head, ";"); ok { // "Title March 2015;12(3)"
		p.volume, p.issue, _ = leadingNumbers(strings.TrimSpace(numbers))
		p.title, p.date = trailingDate(before)
		return
	}
	if title, year, issue := trailingNumbers(head); issue != "" && isYear(year) { // "Title, 2013(1)"
		p.title, p.volume, p.issue, p.date = title, year, issue, year
		return
	}
	title, when := trailingDate(head)
	p.date = when
	p.title, p.volume, p.issue = trailingNumbers(strings.TrimRight(title, " ,"))
}

// cutPages parts a line at the colon or semicolon that its pages stand behind.
func cutPages(s string) (head, tail string, ok bool) {
	for _, sep := range [...]string{":", ";"} {
		head, tail, ok = cutLast(s, sep)
		tail = strings.TrimSpace(tail)
		if ok && startsWithPage(tail) {
			return head, tail, true
		}
	}
	return s, "", false
}

// startsWithPage tells whether a text begins with a page: up to three letters, then
// a digit.
func startsWithPage(s string) bool {
	i := 0
	for i < len(s) && i < 3 && (s[i] >= 'a' && s[i] <= 'z' || isCapital(s[i])) {
		i++
	}
	return i < len(s) && isDigit(s[i])
}

// setPages takes pages, with or without "pp." before them. What is no page is
// passed over: the number of pages ("9pp"), or that there are none.
func (p *citation) setPages(s string) {
	s = strings.TrimSpace(strings.TrimRight(s, " ."))
	for _, word := range [...]string{"pp.", "pp", "p."} {
		s = strings.TrimSpace(strings.TrimPrefix(s, word))
	}
	if s == "" || strings.EqualFold(s, "No Pagination Specified") || strings.EqualFold(s, "Unpaginated") {
		return
	}
	if !startsWithPage(s) || strings.HasSuffix(s, "pp") {
		p.rest = s
		return
	}
	p.pages = s
}

func (p *citation) setDate(s string) {
	if s = strings.Trim(s, " ,."); s != "" {
		p.date = s
	}
}

// trailingNumbers takes the volume and issue off the end of a line:
// "Title. 12(3)", "Title. 12 (Supplement 3)", "Title 12".
func trailingNumbers(s string) (title, volume, issue string) {
	s = strings.TrimRight(s, " ,")
	if strings.HasSuffix(s, ")") {
		if at := opening(s); at > 0 {
			s, issue = strings.TrimRight(s[:at], " "), strings.TrimSpace(s[at+1:len(s)-1])
		}
	}
	at := strings.LastIndexAny(s, " ;") + 1
	if !startsWithPage(s[at:]) { // an issue alone, or words in brackets that belong to the title
		if issue != "" && !strings.ContainsAny(issue, "0123456789") {
			return s + " (" + issue + ")", "", ""
		}
		return s, "", issue
	}
	return s[:at], s[at:], issue
}

// opening gives where the bracket that ends a text was opened; -1 for nowhere.
func opening(s string) int {
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// trailingDate takes the date off the end of a line: words that are years, days,
// months and seasons.
func trailingDate(s string) (rest, date string) {
	s = strings.TrimRight(s, " .,;")
	end := len(s)
	for end > 0 {
		at := strings.LastIndexByte(s[:end], ' ') + 1
		if !isDateWord(strings.Trim(s[at:end], ",.")) {
			break
		}
		if s[end-1] == ',' && digits(s[at:end-1]) && at-1 >= 0 && !isMonthBefore(s[:at-1]) {
			break // "12, Winter 2007": a volume
		}
		end = max(0, at-1)
	}
	date = strings.TrimSpace(s[end:])
	if !strings.ContainsFunc(date, func(r rune) bool { return r >= '0' && r <= '9' }) || !hasYear(date) {
		return s, ""
	}
	return s[:end], date
}

// isMonthBefore tells whether a text ends with the name of a month, so that a
// number behind it is a day.
func isMonthBefore(s string) bool {
	word := s[strings.LastIndexByte(s, ' ')+1:]
	return len(word) >= 3 && !digits(word) && isDateWord(word)
}

func hasYear(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' }) {
		if isYear(w) {
			return true
		}
	}
	return false
}

func isYear(s string) bool {
	return len(s) == 4 && digits(s) && (s[:2] == "19" || s[:2] == "20" || s[:2] == "18")
}

// looksLikeDate tells whether each word of a text may be part of a date, and one
// is a year.
func looksLikeDate(s string) bool {
	for _, w := range strings.Fields(s) {
		if !isDateWord(strings.Trim(w, ",.")) {
			return false
		}
	}
	return hasYear(s)
}

// isDateWord tells whether a word is a year, a day, a month or a season, or two of
// them with a slash or dash between.
func isDateWord(w string) bool {
	for _, part := range strings.FieldsFunc(w, func(r rune) bool { return r == '/' || r == '-' }) {
		if isYear(part) || len(part) <= 2 && digits(part) {
			continue
		}
		if len(part) < 3 {
			return false
		}
		if d, ok := record.ParseDate(part + " 2000"); !ok || d.Text != "" || d.Month == 0 && d.Season == record.NoSeason || digits(part) {
			return false
		}
	}
	return w != ""
}

// cutLast parts a text at the last of a separator.
func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// yearInBrackets finds the year that stands in brackets between the editors and
// the title of a book.
func yearInBrackets(s string) (year, before, after string, ok bool) {
	for from := 0; from < len(s); {
		i := strings.IndexByte(s[from:], '(')
		if i < 0 {
			return "", "", "", false
		}
		at := from + i
		if len(s) > at+6 && isYear(s[at+1:at+5]) && s[at+5:at+7] == ")." {
			return s[at+1 : at+5], s[:at], strings.TrimSpace(s[at+7:]), true
		}
		from = at + 1
	}
	return "", "", "", false
}

// psycBook reads the source of a book or chapter in PsycINFO: its editors, the
// year, its title, pages, size, place and publisher.
func (b *builder) psycBook(year, editors, rest string) {
	if b.r.Kind == record.KindUnknown || b.r.Kind == record.JournalArticle {
		b.r.Kind = record.Book
	}
	b.bookEditors(editors)
	b.sourceDate(year)
	if at := strings.Index(rest, "(pp. "); at >= 0 {
		if shut := closing(rest[at:], 0); shut > 0 {
			b.setBookPages(rest[at+len("(pp. ") : at+shut])
			b.setBookTitle(rest[:at])
			rest = strings.TrimLeft(rest[at+shut+1:], " .")
		}
	}
	size, publisher, ok := strings.Cut(rest, " pp. ")
	if ok {
		if at := strings.LastIndex(size, ". "); at >= 0 { // the title, "xii, 254"
			b.setBookTitle(size[:at])
			size = size[at+2:]
		} else if at := strings.LastIndexByte(size, ' '); at >= 0 && !digits(strings.TrimSuffix(size[:at], ",")) && !isRoman(strings.TrimSuffix(size[:at], ",")) {
			b.setBookTitle(size[:at])
			size = size[at+1:]
		}
		if b.r.In.PageCount == "" && !strings.EqualFold(size, "X") {
			b.r.In.PageCount = size
		}
		rest = publisher
	}
	if place, name, ok := cutLast(strings.TrimRight(rest, " ."), ": "); ok {
		b.r.In.Place = place
		if b.r.In.Publisher == "" {
			b.r.In.Publisher = name
		}
	}
}

func isRoman(s string) bool { return s != "" && strings.Trim(s, "ivxlcdmIVXLCDM") == "" }

// bookEditors reads "Berg, Anna [Ed]; Chen, Li [Ed]." Those without the mark are
// the authors of the book, who count for a book that has no other.
func (b *builder) bookEditors(s string) {
	for _, part := range strings.Split(strings.TrimRight(s, " ."), ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		m := ovidName(part)
		if m.role == record.Editor || len(b.r.People) == 0 {
			b.person(m.role, m.name)
		}
	}
}

// setBookTitle names the book: of a chapter what it stands in.
func (b *builder) setBookTitle(title string) {
	title = strings.TrimRight(title, " .")
	switch {
	case title == "" || title == b.r.Title:
	case b.r.Title == "" && b.r.Kind != record.Chapter:
		b.r.Title = title
	case b.r.In.Title == "":
		b.r.In.Title = title
	}
}

func (b *builder) setBookPages(pages string) {
	if b.r.In.Pages == "" {
		b.r.In.Pages = strings.TrimSpace(pages)
	}
}

// zoologicalBook reads BT: editors, the title, in brackets where it is translated,
// the publisher as PB has it, year and pages.
func (b *builder) zoologicalBook(s string) {
	if at := strings.LastIndex(s, "[Ed"); at > 0 {
		if end := strings.Index(s[at:], "]. "); end > 0 {
			b.bookEditors(s[:at+end+1])
			s = s[at+end+len("]. "):]
		}
	}
	publisher := b.r.In.Publisher
	title, rest, ok := strings.Cut(s, " "+publisher+". ")
	if publisher == "" || !ok {
		b.keep(b.source)
		title, _, _ = strings.Cut(s, ". ")
		rest = ""
	}
	if strings.HasPrefix(title, "[") {
		if end := closing(title, 0); end > 0 {
			title = title[1:end]
		}
	}
	b.setBookTitle(title)
	year, pages, _ := strings.Cut(rest, ": ")
	if isYear(year) {
		b.sourceDate(year)
	}
	if _, chapter, ok := strings.Cut(pages, "Chapter pagination: "); ok {
		b.setBookPages(strings.TrimRight(chapter, " ."))
	}
}
