package citation

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// page is the full record of a page, or of PubMed's abstract format, while its
// lines are read.
type page struct {
	r    *record.Record
	kind layout
	in   part // of a web page

	no        int      // number of the item in an export
	text      []byte   // the paragraph of an export, its lines parted by line feeds
	line      int      // its first line
	para      int      // how many paragraphs came before it
	marks     []string // the authors as they stand there, with the numbers of their affiliations
	numbers   bool     // the PMID, which ends an export's item, has come
	blank     bool
	abstract  strings.Builder
	sections  []record.Section
	cut       bool  // the abstract is over its limit
	last      int   // line that was read last
	before    noise // what had been passed over before the page began
	strangers int   // lines of the head that say nothing of the work
}

// layout says in which order a page tells of a work.
type layout int

const (
	numbersFirst layout = iota // title, PMID, DOI; then the abstract
	facts                      // title, a table of facts, the abstract
	sourceFirst                // journal, title, authors, numbers, abstract
	export                     // the same as text, in paragraphs: PubMed's abstract format
)

// mostStrangers is how many lines a page's head may have that say nothing of
// the work.
const mostStrangers = 20

// longestHead is more than titles have bytes.
const longestHead = 1000

// beginPage begins the record of a page whose title is the block that waits.
func (d *decoder) beginPage(kind layout) {
	b := &d.before
	if b.lines == 0 || len(b.text) > longestHead {
		return
	}
	r := &record.Record{Kind: record.JournalArticle, Source: record.Source{Line: b.line}}
	setTitle(r, string(b.text))
	d.openPage(&page{kind: kind, r: r, last: b.line + b.lines - 1})
	b.reset()
}

// openPage begins to read a page.
func (d *decoder) openPage(pg *page) {
	pg.before = d.noise
	pg.before.ranges = slices.Clone(d.noise.ranges)
	d.page = pg
}

// beginSourcePage begins the record of a PubMed page that was copied from the
// browser: the journal on a line, and on the next what follows its name, ". 2020
// Jun 9;7(6):e15572".
func (d *decoder) beginSourcePage(no int, line []byte) bool {
	b := &d.block
	if len(b.text) == 0 {
		return false
	}
	last := b.breaks[len(b.breaks)-1]
	journal := string(b.text[last:])
	if !d.parser.parse(journal+string(line), nil, true) || d.parser.title != "" {
		return false
	}
	r := d.parser.record(no - 1)
	b.text, b.breaks = bytes.TrimRight(b.text[:last], " "), b.breaks[:len(b.breaks)-1]
	b.lines--
	d.endBlock()
	d.close()
	d.drop()
	d.openPage(&page{kind: sourceFirst, r: r, last: no})
	return true
}

// closePage hands on the record of the page. One without an identifier is none.
func (d *decoder) closePage() {
	pg := d.page
	if pg == nil {
		return
	}
	if pg.kind == export {
		d.paragraph()
	}
	d.page = nil
	r := pg.r
	if r.PMID == "" && r.DOI == "" && r.PMCID == "" && (pg.kind == numbersFirst || pg.kind == facts) || r.Title == "" {
		d.noise = pg.before
		d.noise.add(r.Source.Line, pg.last-r.Source.Line+1, []byte(r.Title))
		return
	}
	if r.Abstract.Text = pg.abstract.String(); r.Abstract.Text != "" {
		r.Abstract.Sections = pg.sections
	}
	d.section = ""
	d.hand(r)
	d.score = max(d.score, enough+scoreID)
	if pg.kind != export {
		d.work = record.Relation{PMID: r.PMID, DOI: r.DOI}
	}
}

// takes gives a line to the page. false means that the page has ended before it.
func (d *decoder) takes(no int, line []byte) bool {
	pg := d.page
	read := d.pageLine
	if pg.kind == export {
		read = d.exportLine
	}
	if !read(no, line) {
		return false
	}
	if len(line) > 0 {
		pg.last = no
	}
	return true
}

// pageLine reads a line of a web page.
func (d *decoder) pageLine(no int, line []byte) bool {
	pg := d.page
	if len(line) == 0 {
		return true
	}
	if isBullet(line) {
		d.closePage()
		return false
	}
	if h, ok := headings[string(line)]; ok {
		return d.pageHeading(no, line, h)
	}
	line = cutBullet(line)
	text := string(line)
	if d.pageNumbers(text) {
		return true
	}
	if pg.in == abstract {
		return d.abstractLine(no, text)
	}
	if d.head(text) {
		return true
	}
	if pg.strangers++; pg.kind == numbersFirst || pg.strangers > mostStrangers {
		d.closePage()
		return false
	}
	d.noise.add(no, 1, line)
	return true
}

// pageHeading reads a heading of a web page.
func (d *decoder) pageHeading(no int, line []byte, h heading) bool {
	pg := d.page
	switch h.begins {
	case abstract, authors:
		pg.in = h.begins
	case button, overview:
		if pg.in == authors {
			pg.in = elsewhere
		}
	default:
		d.closePage()
		return false
	}
	d.noise.add(no, 1, line)
	return true
}

// pageNumbers reads a line of identifiers.
func (d *decoder) pageNumbers(text string) bool {
	if c := text[0] | 0x20; c != 'p' && c != 'd' && c != 'h' && c != 'f' {
		return false
	}
	p := &d.parser
	*p = parser{notes: p.notes[:0], people: p.people[:0], marks: p.marks[:0]}
	if p.readNotes(text, 0) > 0 {
		return false
	}
	for i := range p.notes {
		p.notes[i].read(d.page.r)
	}
	return len(p.notes) > 0
}

// head reads a line before the abstract.
func (d *decoder) head(text string) bool {
	pg := d.page
	r := pg.r
	if r.Title == "" {
		if kindOf(text) != residue {
			return false
		}
		setTitle(r, text)
		return true
	}
	if fold.Key(text) == fold.Key(r.Title) {
		return true
	}
	if pg.kind == facts {
		if name, value, ok := strings.Cut(text, " "); ok && pg.in != authors {
			return d.fact(name, value)
		}
	}
	if (pg.kind == sourceFirst || pg.in == authors) && len(r.People) == 0 {
		r.People = d.fullNames(text)
		return len(r.People) > 0
	}
	return false
}

// fact reads a line of an aggregator's table: "Date 2013 Mar 13".
func (d *decoder) fact(name, value string) bool {
	r := d.page.r
	switch name {
	case "Date":
		date, ok := record.ParseDate(value)
		if ok {
			r.Date = date
		}
		return ok
	case "Journal":
		r.In.Title = value
	case "Specialty", "Citations":
		r.Extra = append(r.Extra, record.ExtraTag{Tag: strings.ToLower(name), Value: value, Line: r.Source.Line})
	default:
		return false
	}
	return true
}

// fullNames reads the authors of a page: "Vera Q Nimbus 1 2, Ben Probe 1", or a
// list as citations have it.
func (d *decoder) fullNames(text string) (people []record.Contributor) {
	p := &d.parser
	p.people = p.people[:0]
	if l, ok := p.authors(text, false); ok && l.end == len(text) {
		return append(people, p.people...)
	}
	for part := range strings.SplitSeq(text, ",") {
		name := strings.TrimRight(strings.TrimSpace(part), " 0123456789*†‡§#✉")
		words := strings.Count(name, " ") + 1
		if name == "" {
			continue
		}
		if words < 2 || words > mostWords || !isUpperAt(name, 0) || strings.HasSuffix(name, ".") {
			return nil
		}
		people = append(people, record.Contributor{Role: record.Author, Name: record.ParseName(name)})
	}
	return people
}

// abstractLine reads a line of the abstract, or what stands right behind it.
func (d *decoder) abstractLine(no int, text string) bool {
	r := d.page.r
	switch {
	case strings.HasPrefix(text, "Keywords:"):
		for word := range strings.SplitSeq(cutPoint(text[len("Keywords:"):]), ";") {
			if word = strings.TrimSpace(word); word != "" {
				r.Keywords = append(r.Keywords, word)
			}
		}
	case isCopyright(text):
		r.Abstract.Copyright = text
	case len(r.Keywords) > 0 || r.Abstract.Copyright != "": // the abstract has ended
		d.noise.add(no, 1, []byte(text))
	default:
		d.addAbstract(no, text)
	}
	return true
}

// isCopyright tells whether a line says who holds the rights.
func isCopyright(text string) bool {
	return strings.HasPrefix(text, "©") || strings.HasPrefix(text, "Copyright") || strings.HasPrefix(text, "(c) ")
}

// addAbstract adds a paragraph to the abstract. One that begins with the label of
// a section, as far as labels are known, is a section.
func (d *decoder) addAbstract(no int, text string) {
	pg := d.page
	if limit := d.in.Limits().Field; pg.abstract.Len()+len(text) > limit {
		if !pg.cut {
			pg.cut = true
			pg.r.Problems = append(pg.r.Problems, record.Problem{Line: no, Tag: "abstract", Code: record.CodeFieldTooLong,
				Text: fmt.Sprintf("the abstract is over %d bytes; the rest was left out (Limits.Field)", limit)})
		}
		return
	}
	if pg.abstract.Len() > 0 {
		pg.abstract.WriteByte('\n')
	}
	if label := sectionLabel(text); label != "" {
		start := pg.abstract.Len() + len(label) + len(": ")
		pg.sections = append(pg.sections, record.Section{Label: label, Category: record.CategoryOf(label), Start: start, End: pg.abstract.Len() + len(text)})
	}
	pg.abstract.WriteString(text)
}

// onlySource tells whether a line begins with a journal and a date, as an item of
// an export does, and has neither title nor names before them.
func (p *parser) onlySource(line string) bool {
	src, ok := nextSource(line, 0)
	return ok && lastSentenceStart(line[:src.left]) == 0
}

// exportLine reads a line of PubMed's abstract format.
func (d *decoder) exportLine(no int, line []byte) bool {
	pg := d.page
	if len(line) == 0 {
		d.paragraph()
		pg.blank = true
		return true
	}
	if pg.blank {
		n, rest := cutNumber(line)
		if n == pg.no+1 || n > 0 && d.parser.onlySource(string(rest)) || pg.numbers && !bytes.HasPrefix(line, []byte("Conflict of interest")) {
			d.closePage()
			return false
		}
		pg.blank = false
	}
	if len(pg.text) == 0 {
		pg.line = no
	} else {
		pg.text = append(pg.text, '\n')
	}
	if len(pg.text) < d.in.Limits().Record {
		pg.text = append(pg.text, line...)
	}
	return true
}

// paragraph reads the paragraph of an export that has ended.
func (d *decoder) paragraph() {
	pg := d.page
	if len(pg.text) == 0 {
		return
	}
	r := pg.r
	lines := string(pg.text)
	text := unwrap(lines)
	pg.text = pg.text[:0]
	pg.para++
	switch {
	case pg.para == 1:
		setTitle(r, text)
	case strings.HasPrefix(text, "[Article in "):
		readLanguages(r, text[len("[Article in "):])
	case strings.HasPrefix(text, "Author information:"):
		pg.readAffiliations(lines)
	case strings.HasPrefix(text, "Collaborators: "):
		d.names(text[len("Collaborators: "):], record.Investigator)
	case strings.HasPrefix(text, "Conflict of interest statement"):
		d.noise.add(pg.line, strings.Count(lines, "\n")+1, []byte(text))
	case isCopyright(text):
		r.Abstract.Copyright = text
	case d.exportNotes(lines):
	case len(r.People) == 0 && pg.abstract.Len() == 0 && d.names(text, record.Author):
	default:
		d.addSections(pg.line, lines)
	}
}

// addSections adds a paragraph of an export to the abstract, whose sections begin
// on new lines there.
func (d *decoder) addSections(no int, lines string) {
	for from := 0; from < len(lines); {
		end := len(lines)
		for k := from; k < len(lines); k++ {
			if lines[k] == '\n' && sectionLabel(lines[k+1:]) != "" {
				end = k
				break
			}
		}
		d.addAbstract(no, unwrap(lines[from:end]))
		from = end + 1
	}
}

// sectionLabel gives the label that a line of an abstract begins with, as far as
// labels are known or stand in capitals.
func sectionLabel(line string) string {
	const longest = 60
	label, _, ok := strings.Cut(line[:min(len(line), longest+2)], ": ")
	if !ok || !isUpperAt(label, 0) || strings.IndexByte(label, '\n') >= 0 || record.CategoryOf(label) == "" && (len(label) <= 3 || strings.ToUpper(label) != label) {
		return ""
	}
	return label
}

// unwrap joins the lines of a paragraph.
func unwrap(lines string) string {
	if strings.IndexByte(lines, '\n') < 0 {
		return lines
	}
	out := make([]byte, 0, len(lines))
	for line := range strings.SplitSeq(lines, "\n") {
		if len(out) > 0 && !joins(out, nil) {
			out = append(out, ' ')
		}
		out = append(out, line...)
	}
	return string(out)
}

// names reads a paragraph of names; false where it is none.
func (d *decoder) names(text string, role record.Role) bool {
	p := &d.parser
	p.people = p.people[:0]
	l, ok := p.authors(text, false)
	if !ok || l.end < len(text) {
		return false
	}
	for _, x := range p.people {
		x.Role = role
		d.page.r.People = append(d.page.r.People, x)
	}
	if role == record.Author {
		d.page.marks = append(d.page.marks, p.marks...)
	}
	return true
}

// exportNotes reads a paragraph of notes: a relation with its lines, or the
// identifiers that end an item, each on its line.
func (d *decoder) exportNotes(lines string) bool {
	p := &d.parser
	*p = parser{notes: p.notes[:0], people: p.people[:0], marks: p.marks[:0]}
	text := unwrap(lines)
	if _, end := noteAt(text, 0); end < 0 || p.readNotes(text, 0) > 0 {
		return false
	}
	for i := range p.notes {
		p.notes[i].read(d.page.r)
	}
	d.page.numbers = d.page.numbers || d.page.r.PMID != "" && p.hasID()
	return true
}

// readAffiliations reads "(1)Institute of Kites, Anytown." and gives it to those
// authors behind whose name the number stands; an affiliation without a number is
// everybody's.
func (pg *page) readAffiliations(lines string) {
	_, rest, _ := strings.Cut(lines, "\n")
	text := unwrap(rest)
	for n := 1; text != ""; n++ {
		item := text
		mark := fmt.Sprintf("(%d)", n)
		next := strings.Index(text, fmt.Sprintf(" (%d)", n+1))
		if text = ""; next >= 0 {
			item, text = item[:next], item[next+1:]
		}
		item, numbered := strings.CutPrefix(item, mark)
		for i := range pg.r.People {
			if !numbered || i < len(pg.marks) && strings.Contains(pg.marks[i], mark) {
				pg.r.People[i].Affiliations = append(pg.r.People[i].Affiliations, item)
			}
		}
	}
}
