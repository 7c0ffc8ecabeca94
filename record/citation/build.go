package citation

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// record makes a record of what was parsed last.
func (p *parser) record(line int) *record.Record {
	r := &record.Record{Kind: record.JournalArticle, Source: record.Source{Line: line}}
	r.People = slices.Clone(p.people)
	p.readTitle(r)
	p.readSource(r)
	for i := range p.notes {
		n := &p.notes[i]
		if n.text != p.late || p.late == "" {
			n.read(r)
		}
	}
	if p.more {
		r.Extra = append(r.Extra, record.ExtraTag{Tag: "authors", Value: "et al.", Line: line})
	}
	return r
}

// finish settles what needs the whole record.
func finish(r *record.Record) {
	if slices.Contains(r.Types, "Preprint") {
		r.Kind = record.Preprint
	}
	record.SetFlags(r)
}

// read puts a note into its place.
func (n *note) read(r *record.Record) {
	switch n.kind {
	case labelled:
		n.label.read(r, n.text)
	case ofType:
		if t := publicationTypes[n.text]; !slices.Contains(r.Types, t) {
			r.Types = append(r.Types, t)
		}
	case ofLanguage:
		readLanguages(r, n.text)
	case ofAccess:
		r.Extra = append(r.Extra, record.ExtraTag{Tag: "access", Value: n.text, Line: r.Source.Line})
	case ofLinks:
		r.Extra = append(r.Extra, record.ExtraTag{Tag: "links", Value: n.text, Line: r.Source.Line})
	default:
		if isDateBracket(n.text) {
			readAccessed(r, n.text[1:])
			return
		}
		r.Extra = append(r.Extra, record.ExtraTag{Tag: "note", Value: n.text, Line: r.Source.Line})
	}
}

// media are the words in square brackets behind the name of a journal or book.
var media = map[string]record.Kind{"[Preprint]": record.Preprint, "[preprint]": record.Preprint, "[Internet]": "", "[Online]": "", "[serial online]": "", "[serial on the Internet]": "", "[dissertation]": record.Thesis, "[thesis]": record.Thesis}

// cutMedium takes such words off the end of a name, and the kind of work they tell.
func cutMedium(s string) (name, medium string, kind record.Kind) {
	s = strings.TrimRight(s, " ")
	i := strings.LastIndexByte(s, '[')
	if i < 0 || !strings.HasSuffix(s, "]") {
		return s, "", ""
	}
	kind, ok := media[s[i:]]
	if !ok {
		return s, "", ""
	}
	return strings.TrimRight(s[:i], " "), s[i+1 : len(s)-1], kind
}

// readTitle reads the title, and of a chapter what it stands in.
func (p *parser) readTitle(r *record.Record) {
	title := p.title
	if p.late != "" {
		title = p.late
	}
	if p.src.book {
		r.Kind = record.Book
		if at := strings.LastIndex(title, "In: "); at > 0 && (title[at-1] == ' ' || title[at-1] == '.') {
			p.readBook(r, strings.TrimSpace(title[at+len("In: "):]))
			title = title[:at]
		}
	}
	setTitle(r, title)
	if p.src.book && r.Kind == record.Book {
		p.readEdition(r)
	}
}

// setTitle takes a title without the point that ends it and the brackets that
// say it is a translation, and what PubMed puts behind it: "[Article in French]".
func setTitle(r *record.Record, title string) {
	title = strings.TrimSpace(title)
	for _, words := range [...]string{"[Article in ", "[article in "} {
		if i := strings.LastIndex(title, words); i > 0 {
			readLanguages(r, title[i+len(words):strings.LastIndexByte(title+"]", ']')])
			title = strings.TrimSpace(title[:i])
		}
	}
	title = cutPoint(title)
	title, medium, kind := cutMedium(title)
	if medium != "" {
		r.Extra = append(r.Extra, record.ExtraTag{Tag: "medium", Value: medium, Line: r.Source.Line})
	}
	if kind != "" {
		r.Kind = kind
	}
	if strings.HasPrefix(title, "[") && strings.HasSuffix(title, "]") && strings.IndexByte(title[1:], '[') < 0 {
		title = cutPoint(title[1 : len(title)-1])
	}
	r.Title = plain(title)
}

// cutPoint takes off the one point at the end, not that of an ellipsis or of an
// abbreviation in capitals.
func cutPoint(s string) string {
	s = strings.TrimRight(s, " ")
	if !strings.HasSuffix(s, ".") || strings.HasSuffix(s, "..") {
		return s
	}
	if n := len(s); n >= 4 && s[n-3] == '.' && isUpperAt(s, n-2) {
		return s
	}
	return strings.TrimRight(s[:len(s)-1], " ")
}

// plain takes markup out of a text that has any.
func plain(s string) string {
	if strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '&') < 0 {
		return s
	}
	if out := fold.Space(fold.Unmark(s)); strings.IndexByte(out, '<') < 0 {
		return out
	}
	return s
}

// readBook reads what a chapter stands in: "Berg A, Chen L, editors. Handbook of
// kites. 2nd ed".
func (p *parser) readBook(r *record.Record, book string) {
	r.Kind = record.Chapter
	before := len(p.people)
	if l, ok := p.authors(book, false); ok {
		for _, x := range p.people[before:] {
			x.Role = record.Editor
			r.People = append(r.People, x)
		}
		p.people = p.people[:before]
		book = book[l.end:]
	}
	name, _, _ := cutMedium(cutPoint(strings.TrimSpace(book)))
	r.In.Title, r.In.Edition = cutEdition(name)
}

// readEdition takes the edition from the end of a book's title.
func (p *parser) readEdition(r *record.Record) { r.Title, r.In.Edition = cutEdition(r.Title) }

// cutEdition parts "Handbook of kites. 2nd ed" into the title and the edition.
func cutEdition(s string) (title, edition string) {
	rest, ok := strings.CutSuffix(s, " ed")
	if !ok {
		return s, ""
	}
	i := strings.LastIndex(rest, ". ")
	if i < 0 || len(rest)-i > 20 {
		return s, ""
	}
	return rest[:i], rest[i+2:]
}

// readSource reads date, journal, volume, issue and pages.
func (p *parser) readSource(r *record.Record) {
	src := &p.src
	r.Date, _ = record.ParseDate(src.date)
	r.In.Place, r.In.Publisher = p.place, plain(p.publisher)
	if p.journal != "" {
		name, medium, kind := cutMedium(strings.TrimRight(strings.TrimSpace(p.journal), ","))
		if medium != "" && kind == "" {
			r.Extra = append(r.Extra, record.ExtraTag{Tag: "medium", Value: medium, Line: r.Source.Line})
		}
		if kind != "" {
			r.Kind = kind
		}
		name = plain(name)
		if src.left < len(p.text) && p.text[src.left] == '.' && strings.Contains(name, ". ") && !strings.HasSuffix(name, ")") && kind == "" { // every word of it has its point
			name += "."
		}
		if p.late != "" {
			r.Kind = record.Webpage
			r.In.Title = name
		} else {
			r.In.Title, r.In.Abbrev = name, name // which of the two it is the style does not say
		}
	}
	if p.journal == "" && !src.book {
		r.Kind = record.Webpage
	}
	r.In.Volume, r.In.Issue, r.In.Pages = src.volume, src.issue, src.pages
	if src.beside != "" {
		readAccessed(r, src.beside)
	}
}
