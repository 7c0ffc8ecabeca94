package citation

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// decoder parts a text into blocks of lines that may be one citation each, and
// gives them to the parser.
//
//	lines ─▶ blocks ─▶ a citation, with the title of the block before it or the
//	                   numbers of the block behind it
//	               ─▶ the head of a page, which then takes lines until its abstract ends
//	               ─▶ noise
type decoder struct {
	in      *record.Input
	emit    func(*record.Record) bool
	stopped bool
	parser  parser

	block  block
	before block // the last block without a source: it may be a title
	mark   int   // number of the last block that began with one
	tooBig bool  // the block is over a limit: what follows of it is passed over

	open    *record.Record // a citation that may have its numbers in the next block
	page    *page
	listed  bool                // a heading said that citations follow
	section record.RelationKind // how what is listed here stands to the work of the page
	work    record.Relation     // the work of the page

	found int
	noise noise
	score int // the best of all citations, for recognition
}

// block is some lines that belong together.
type block struct {
	text   []byte
	line   int // of its first line
	lines  int
	number int  // that stands before it, 0 for none
	bullet bool // a bullet stands before it
	short  bool // its last line is short and ends no sentence
	breaks []int

	whole    bool // it has a source
	searched int  // how much of it has been looked through for one
}

func (b *block) reset() { *b = block{text: b.text[:0], breaks: b.breaks[:0]} }

// noise counts the lines that belong to no citation.
type noise struct {
	lines  int
	line   int // the first of them
	first  string
	ranges []lineRange
	more   bool
}

type lineRange struct{ from, to int }

// mostRanges is how many runs of lines the problem names.
const mostRanges = 12

func (n *noise) add(line, lines int, text []byte) {
	if lines == 0 {
		return
	}
	if n.lines == 0 || line < n.line {
		n.line, n.first = line, string(text[:min(len(text), 120)])
	}
	n.lines += lines
	last := len(n.ranges) - 1
	switch {
	case last >= 0 && n.ranges[last].to+1 >= line && n.ranges[last].from <= line:
		n.ranges[last].to = max(n.ranges[last].to, line+lines-1)
	case len(n.ranges) == mostRanges:
		n.more = true
	default:
		n.ranges = append(n.ranges, lineRange{line, line + lines - 1})
	}
}

// words say how many lines there are, and which: "3 lines belong to no citation
// and were passed over: 16-17, 40".
func (n *noise) words() string {
	var b strings.Builder
	if n.lines == 1 {
		b.WriteString("1 line belongs to no citation and was passed over: ")
	} else {
		fmt.Fprintf(&b, "%d lines belong to no citation and were passed over: ", n.lines)
	}
	slices.SortFunc(n.ranges, func(x, y lineRange) int { return x.from - y.from })
	for i := 0; i < len(n.ranges); i++ {
		r := n.ranges[i]
		for i+1 < len(n.ranges) && n.ranges[i+1].from == r.to+1 {
			i++
			r.to = n.ranges[i].to
		}
		if b.String()[b.Len()-2] != ':' {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, r.from)
		if r.to > r.from {
			fmt.Fprintf(&b, "-%d", r.to)
		}
	}
	if n.more {
		b.WriteString(", and others")
	}
	return b.String()
}

// decode is Format.Decode.
func decode(in *record.Input, emit func(*record.Record) bool) error {
	d := &decoder{in: in, emit: emit}
	d.run()
	return nil
}

// run reads all lines.
func (d *decoder) run() {
	for !d.stopped {
		no := d.in.LineNumber()
		line, ok := d.in.ReadLine()
		if !ok {
			break
		}
		if d.in.LineCut() {
			d.in.Report(record.Problem{Line: no, Code: record.CodeFieldTooLong, Text: fmt.Sprintf("the line is over %d bytes; its rest was left out (Limits.Field)", d.in.Limits().Field)})
		}
		d.line(no, tidy(line))
	}
	d.end()
}

// end closes what is open and says what was passed over.
func (d *decoder) end() {
	d.endBlock()
	d.closePage()
	d.close()
	d.drop()
	if d.stopped {
		return
	}
	if d.found == 0 {
		d.in.Report(record.Problem{Code: record.CodeNoRecords, Value: d.noise.first, Text: fmt.Sprintf(
			"no citation was found in %d lines of text; expected such as \"Berg A, Chen L. Title. J Abbrev. 2019;12(3):45-50.\"", d.noise.lines)})
		return
	}
	if d.noise.lines > 0 {
		d.in.Report(record.Problem{Line: d.noise.line, Code: record.CodeJunk, Value: d.noise.first, Text: d.noise.words()})
	}
}

// tidy gives the line with single blanks and none at its ends.
func tidy(line []byte) []byte {
	if fold.Tidy(line) {
		return line
	}
	line = bytes.TrimSpace(line)
	if fold.Tidy(line) {
		return line
	}
	return []byte(fold.Space(string(line)))
}

// line takes the next line.
func (d *decoder) line(no int, line []byte) {
	if d.page != nil && d.takes(no, line) {
		return
	}
	if len(line) == 0 {
		d.endBlock()
		return
	}
	if len(line) > 6 && line[0] == '.' && line[1] == ' ' && isYear(string(line[:min(len(line), 8)]), 2) && d.beginSourcePage(no, line) {
		return
	}
	if isBullet(line) {
		d.endBlock()
		d.block.bullet = true
		return
	}
	if h, ok := headings[string(line)]; ok {
		d.heading(no, line, h)
		return
	}
	text, bullet, number := line, false, 0
	if rest := cutBullet(line); len(rest) < len(line) && !d.linksBehind(line) {
		text, bullet = rest, true
	}
	if len(text) > 0 {
		if n, rest := cutNumber(text); n > 0 && d.begins(n) {
			text, number = rest, n
		}
	}
	if bullet || number > 0 || len(d.block.text) > 0 && d.parts(text) {
		waiting := d.block.bullet && len(d.block.text) == 0
		d.endBlock()
		if d.page != nil && d.takes(no, line) {
			return
		}
		d.block.bullet = bullet || waiting
	}
	if number > 0 {
		d.mark, d.block.number = number, number
	}
	d.add(no, text)
}

// linksBehind tells whether a line is the words of links behind the citation that
// is being gathered: "- DOI - PubMed".
func (d *decoder) linksBehind(line []byte) bool {
	return len(d.block.text) > 0 && isLinks(string(line))
}

// add puts a line behind the block.
func (d *decoder) add(no int, line []byte) {
	b := &d.block
	if len(line) == 0 {
		return
	}
	if len(b.text)+len(line) > d.in.Limits().Record {
		if !d.tooBig {
			d.in.Report(record.Problem{Line: b.line, Code: record.CodeRecordTooLong, Text: fmt.Sprintf("the paragraph is over %d bytes and was left out (Limits.Record)", d.in.Limits().Record)})
		}
		d.tooBig = true
		return
	}
	if len(b.text) == 0 {
		b.line = no
	} else if !joins(b.text, line) {
		b.text = append(b.text, ' ')
	}
	b.breaks = append(b.breaks, len(b.text))
	b.text = append(b.text, line...)
	b.lines = no - b.line + 1
	b.short = len(line) < shortLine && !endsPart(line)
}

// joins tells whether a line goes on in the next without a blank: a hyphen or a
// part of a DOI or link ends it.
func joins(text, line []byte) bool {
	last := text[len(text)-1]
	if last != '-' && last != '/' && last != '_' || len(text) < 2 || text[len(text)-2] == ' ' {
		return false
	}
	if last == '-' {
		return true
	}
	word := text[bytes.LastIndexByte(text, ' ')+1:]
	return bytes.HasPrefix(word, []byte("10.")) || bytes.HasPrefix(word, []byte("http")) || bytes.HasPrefix(word, []byte("doi:"))
}

// shortLine is shorter than lines that were wrapped are.
const shortLine = 40

// endsPart tells whether a line ends as a sentence or a list in the middle does.
func endsPart(line []byte) bool {
	return strings.IndexByte(".?!,;:-]\")&", line[len(line)-1]) >= 0
}

// isBullet tells whether a line is a bullet alone.
func isBullet(line []byte) bool {
	switch string(line) {
	case "-", "*", "•", "–", "·", "o", "▪", "‣", "●":
		return true
	}
	return false
}

// cutBullet takes the bullet off a line.
func cutBullet(line []byte) []byte {
	for _, b := range [...]string{"- ", "* ", "• ", "– ", "· ", "▪ ", "‣ ", "● ", "•"} {
		if bytes.HasPrefix(line, []byte(b)) {
			return bytes.TrimLeft(line[len(b):], " -")
		}
	}
	return line
}

// cutNumber takes the number of a list off a line: "12. ", "[12] ", "12) ",
// "(12) ", "1: ". n is 0 where there is none.
func cutNumber(line []byte) (n int, rest []byte) {
	i, closing := 0, byte(0)
	if line[0] == '[' {
		i, closing = 1, ']'
	} else if line[0] == '(' {
		i, closing = 1, ')'
	}
	from := i
	for i < len(line) && isDigit(line[i]) && i-from < 5 {
		n = n*10 + int(line[i]-'0')
		i++
	}
	if i == from || i+1 >= len(line) || n == 0 {
		return 0, line
	}
	switch c := line[i]; {
	case closing != 0 && c != closing, closing == 0 && c != '.' && c != ')' && c != ':':
		return 0, line
	}
	i++
	if line[i] == '.' && closing != 0 && i+1 < len(line) {
		i++
	}
	if line[i] != ' ' && (closing == 0 || line[i-1] == ')') && (line[i-1] != '.' || !isUpperAt(string(line[i:min(len(line), i+4)]), 0)) {
		return 0, line
	}
	return n, bytes.TrimLeft(line[i:], " ")
}

// begins tells whether a number at the start of a line begins an item: in a list
// the next one does, elsewhere any that is no year.
func (d *decoder) begins(n int) bool {
	if n == d.mark+1 {
		return true
	}
	if len(d.block.text) > 0 && d.block.number > 0 {
		return n < 1000 && d.whole()
	}
	return n < 1000
}

// parts tells whether a line begins a new block, though no blank line stands
// before it.
func (d *decoder) parts(line []byte) bool {
	b := &d.block
	if d.whole() {
		return endsSentenceOrNumber(b.text) && !beginsNote(line)
	}
	if b.number > 0 || b.bullet {
		return false
	}
	if b.short && (isUpperAt(string(line[:min(len(line), 4)]), 0) || line[0] == '[') {
		return true
	}
	if !endsSentenceOrNumber(b.text) {
		return false
	}
	p := &d.parser
	p.people = p.people[:0]
	text := string(line)
	if l, ok := p.authors(text, false); ok && l.end < len(text) && l.people+more(l) > 1 {
		return true
	}
	return len(b.text) > longTitle && !p.startsWithNames(string(b.text[:min(len(b.text), 200)]))
}

// longTitle is longer than titles are: a text over it that names no source is
// prose.
const longTitle = 500

// startsWithNames tells whether a text begins with the name of a person and a comma.
func (p *parser) startsWithNames(s string) bool {
	_, end, ok := personAt(s, 0)
	return ok && end < len(s) && s[end] == ','
}

// whole tells whether the block has a source with numbers already, or a date
// with an identifier behind it. What was looked through is not looked at again.
func (d *decoder) whole() bool {
	b := &d.block
	if b.whole {
		return true
	}
	const overlap = 200 // more than a source has bytes
	from := max(0, b.searched-overlap)
	text := string(b.text[from:])
	b.searched = len(b.text)
	for at := 0; ; {
		src, ok := nextSource(text, at)
		if !ok {
			return false
		}
		if src.strength >= numbered || strings.Contains(text[src.end:], "PMID") || strings.Contains(text[src.end:], "doi") {
			b.whole = true
			return true
		}
		at = src.start + 4
	}
}

// endsSentenceOrNumber tells whether a text ends as a citation may: with a
// sentence, an identifier or the words of links.
func endsSentenceOrNumber(text []byte) bool {
	if strings.IndexByte(".?!])", text[len(text)-1]) >= 0 {
		return true
	}
	at := bytes.LastIndexByte(text, ' ') + 1
	last, before := string(text[at:]), bytes.TrimRight(text[:at], " :")
	return strings.HasPrefix(last, "10.") || strings.HasPrefix(last, "doi:") || strings.HasPrefix(last, "PMC") || strings.HasPrefix(last, "http") || linkWords[last] ||
		last == "Scholar" || allDigits(last) && (bytes.HasSuffix(before, []byte("PMID")) || bytes.HasSuffix(before, []byte("PMCID")))
}

// beginsNote tells whether a line goes on with the notes of a citation.
func beginsNote(line []byte) bool {
	text := string(line)
	if _, end := noteAt(text, 0); end >= 0 {
		return true
	}
	if isDigit(text[0]) || text[0] == '(' || len(text) > 3 && dateWords[text[:3]] && strings.IndexByte(" -;:.", text[3]) >= 0 {
		return true
	}
	if text[0] >= 'a' && text[0] <= 'z' {
		_, end, person := personAt(text, 0)
		return !person || end == len(text) || text[end] != ',' && text[end] != '.'
	}
	return kindOf(strings.TrimRight(text, ".")) != residue
}

// endBlock gives the block to the parser, if there is one.
func (d *decoder) endBlock() {
	b := &d.block
	if d.tooBig {
		d.tooBig = false
		b.reset()
		return
	}
	if len(b.text) == 0 {
		b.bullet = false
		return
	}
	if !d.numbers(b) {
		d.cite(b)
	}
	b.reset()
}

// numbers takes a block that is nothing but notes with an identifier: they belong
// to the citation before it, or to the page that begins.
func (d *decoder) numbers(b *block) bool {
	if c := b.text[0] | 0x20; c != 'p' && c != 'd' && c != 'h' {
		return false
	}
	p := &d.parser
	*p = parser{notes: p.notes[:0], people: p.people[:0], marks: p.marks[:0]}
	text := string(b.text)
	if p.readNotes(text, 0) > 0 || !p.hasID() {
		return false
	}
	r := d.open
	if r == nil || r.PMID != "" && r.DOI != "" {
		d.close()
		d.beginPage(numbersFirst)
		if d.page == nil {
			return false
		}
		r = d.page.r
	}
	for i := range p.notes {
		p.notes[i].read(r)
	}
	return true
}

// cite takes a block as a citation, as a title that waits for one, or as noise.
func (d *decoder) cite(b *block) {
	p := &d.parser
	text := string(b.text)
	if !p.parse(text, b.breaks, b.number > 0) {
		d.close()
		d.wait(b)
		return
	}
	if b.number > 0 && p.title == "" && len(p.people) == 0 && p.journal != "" && p.left == 0 {
		d.close()
		d.drop()
		d.openPage(&page{kind: export, r: p.record(b.line), no: b.number, blank: true, last: b.line + b.lines - 1})
		return
	}
	line := b.line
	score := p.score
	if b.number == 0 && (b.bullet || d.listed || d.open != nil) {
		score += scoreMark
	}
	title := p.title != "" || p.late != ""
	if !title && d.heads(b) {
		p.title, line, title = string(d.before.text), d.before.line, true
	}
	if !title || score < enough {
		d.close()
		d.wait(b)
		return
	}
	if line != b.line {
		d.before.reset()
	}
	d.close()
	d.drop()
	d.open = p.record(line)
	d.score = max(d.score, score)
}

// heads tells whether the block that waits is the title of one that has none: it
// has names, or stands right below it and has volume and pages. An item of a list
// has its title within.
func (d *decoder) heads(b *block) bool {
	p, t := &d.parser, &d.before
	if t.lines == 0 || t.bullet || t.number > 0 || b.bullet || b.number > 0 {
		return false
	}
	gap := b.line - (t.line + t.lines)
	return len(p.people) > 0 || (d.listed || p.hasID()) && len(p.journal) < 80 && gap <= 1 && p.left == 0
}

// wait keeps a block that may be the title of what follows.
func (d *decoder) wait(b *block) {
	d.drop()
	d.before, *b = *b, d.before
}

// drop counts the block that waits as noise.
func (d *decoder) drop() {
	if d.before.lines > 0 {
		d.noise.add(d.before.line, d.before.lines, d.before.text)
	}
	d.before.reset()
}

// close hands on the citation that is open.
func (d *decoder) close() {
	if d.open == nil {
		return
	}
	r := d.open
	d.open = nil
	d.hand(r)
}

// hand gives a record to the caller.
func (d *decoder) hand(r *record.Record) {
	if d.stopped {
		return
	}
	if d.section != "" && (d.work.PMID != "" || d.work.DOI != "") {
		x := d.work
		x.Kind = d.section
		r.Relations = append(r.Relations, x)
	}
	finish(r)
	d.found++
	if !d.emit(r) {
		d.stopped = true
	}
}
