package citation

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// parser reads single citations. It is used again and again, so that its lists
// take memory once.
type parser struct {
	text   string
	breaks []int // where its lines begin
	src    source
	notes  []note
	people []record.Contributor
	marks  []string // each of the last list of names as it stands there, with the marks behind it
	left   int      // bytes behind the source that are of no note

	journal   string
	title     string
	late      string // a title that stands behind the date
	place     string
	publisher string
	more      bool // "et al"
	score     int
}

// mostSources bounds how many sources of one text are tried.
const mostSources = 12

// The scores of what shows that a text is a citation, beside the strength of its
// source: a source with volume and pages is not enough, as prose may end with one.
const (
	scoreNames   = 2
	scoreID      = 2
	scoreMark    = 1  // a number or bullet before it, or a list around it
	scorePlace   = 1  // the place of a book, or the day a page was looked at
	scoreResidue = -1 // a remark behind it that is of no known kind
	scoreProse   = -3 // more than a remark
	enough       = 4
)

// longRemark is more than a remark has bytes.
const longRemark = 60

// parse reads one citation. breaks are where its lines began; marked says that a number or bullet stands before
// it. It tells whether the text has a source at all; p.score then says how sure
// it is a citation, and p.title may be empty where the title stands elsewhere.
func (p *parser) parse(text string, breaks []int, marked bool) bool {
	*p = parser{text: text, breaks: breaks, notes: p.notes[:0], people: p.people[:0], marks: p.marks[:0]}
	if !p.findSource() {
		return false
	}
	p.before(marked)
	p.lateTitle()
	p.score = p.src.strength
	if len(p.people) > 0 {
		p.score += scoreNames
	}
	if p.hasID() {
		p.score += scoreID
	}
	if marked {
		p.score += scoreMark
	}
	if p.place != "" || p.src.beside != "" {
		p.score += scorePlace
	}
	if p.left > 0 {
		p.score += scoreResidue
	}
	if p.left > longRemark {
		p.score += scoreProse
	}
	return true
}

// findSource takes the source behind which all is notes. Where there is none it
// takes the one with the least that is not.
func (p *parser) findSource() bool {
	best, found := source{}, false
	least := 0
	for from, tries := 0, 0; tries < mostSources; tries++ {
		src, ok := nextSource(p.text, from)
		if !ok {
			break
		}
		from = src.start + 4
		p.src, p.notes = src, p.notes[:0]
		p.journal = lastSentence(p.text[:src.left])
		left := p.readNotes(p.text, src.end)
		if !found || left < least || left == least && src.strength > best.strength {
			best, least, found = src, left, true
		}
		if left == 0 {
			break
		}
	}
	if !found {
		return false
	}
	p.notes = p.notes[:0]
	p.src = best
	p.journal = lastSentence(p.text[:best.left])
	p.left = p.readNotes(p.text, best.end)
	return true
}

// hasID tells whether an identifier is among the notes.
func (p *parser) hasID() bool {
	for _, n := range p.notes {
		if n.kind != labelled {
			continue
		}
		switch n.label.word[0] | 0x20 {
		case 'p':
			if strings.HasPrefix(n.label.word, "PM") || strings.HasPrefix(n.label.word, "Pub") {
				return true
			}
		case 'd':
			return true
		case 'h':
			if strings.Contains(n.label.word, "doi.org") {
				return true
			}
		}
	}
	return false
}

// repeated passes over the source said again in short, as PubMed's pages do
// behind the DOI: "Int J Ment Health Nurs. 2020." k is past it. As the journal is
// known by it for sure where the title stands glued before it, it is taken note of.
func (p *parser) repeated(s string, i int) (k int, ok bool) {
	src, found := nextSource(s[:min(len(s), i+400)], i)
	if !found || src.strength != dateOnly || src.left <= i {
		return i, false
	}
	again := s[i:src.left]
	if !strings.HasSuffix(s[:p.src.left], again) || len(again) < 2 {
		return i, false
	}
	if !p.src.book {
		p.journal = again
	}
	return src.end, true
}

// lateTitle reads the style of reference lists that put the title of a web page
// behind the dates: "Site. 2018. [2019-03-30]. Title https://…".
func (p *parser) lateTitle() {
	if p.src.strength != dateOnly || len(p.people) == 0 {
		return
	}
	link, first := false, -1
	for i, n := range p.notes {
		switch {
		case n.kind == residue && isDateBracket(n.text):
			p.left -= len(n.text)
		case n.kind == residue && first < 0:
			first = i
		case n.label.word == "http" || n.label.word == "www.":
			link = true
		}
	}
	if first < 0 || !link {
		return
	}
	p.late = p.notes[first].text
	p.left -= len(p.late)
}

// isDateBracket tells whether a note is the day a page was looked at: "[2019-03-30]".
func isDateBracket(s string) bool {
	return len(s) > 6 && s[0] == '[' && s[len(s)-1] == ']' && isYear(s[1:], 0)
}

// before reads what stands before the source, from right to left: the journal, or
// the place and publisher; then the title and the authors, in either order.
func (p *parser) before(marked bool) {
	left := strings.TrimRight(p.text[:p.src.left], " ")
	if p.src.book {
		left = p.bookPlace(left)
	} else {
		at := len(left) - len(p.journal)
		p.journal = strings.TrimRight(left[at:], " ")
		left = strings.TrimRight(left[:at], " ")
	}
	if left == "" {
		if !marked {
			p.joinedNames()
		}
		return
	}
	defer p.webTitle()
	l, ok := p.authors(left, false)
	if ok && l.end == len(left) && p.people[0].Literal != "" { // a title that reads like a group
		p.people, ok = p.people[:0], false
	}
	if ok {
		p.more = l.more
		p.title = strings.TrimSpace(left[l.end:])
		return
	}
	p.title = left
	at := lastSentenceStart(strings.TrimRight(left, "."))
	if at <= 0 {
		return
	}
	tail := left[at:]
	if l, ok = p.authors(tail, false); ok && l.end == len(tail) {
		apart := left[at-1] != ' ' || slices.Contains(p.breaks, at)
		if l.people+more(l) < 2 && !apart {
			p.people = p.people[:0]
			return
		}
		p.more = l.more
		p.title = strings.TrimSpace(left[:at])
	}
}

// webTitle takes the name of a page on the web, which stands where others have
// their journal, as the title: "Kite J. Web kites [Internet]. 2019 [cited …]".
func (p *parser) webTitle() {
	if p.title == "" && len(p.people) > 0 && strings.HasSuffix(p.journal, "[Internet]") {
		p.title, p.journal = p.journal, ""
	}
}

func more(l list) int {
	if l.more {
		return 1
	}
	return 0
}

// joinedNames reads a line of names with the journal right behind them, as a page
// prints it that keeps the title on a line of its own: "Nimbus V, Lee K Nurs Open".
func (p *parser) joinedNames() {
	l, ok := p.authors(p.journal, true)
	if !ok {
		return
	}
	if !l.open || l.people == 1 && isJournalWord(p.people[0].Family) {
		p.people = p.people[:0]
		return
	}
	p.journal = p.journal[l.end:]
}

// bookPlace takes the place and publisher from the end of what stands before the
// year of a book: "Southampton (UK): NIHR Journals Library".
func (p *parser) bookPlace(left string) string {
	at := lastSentenceStart(left)
	place, publisher, ok := strings.Cut(left[at:], ": ")
	p.journal = ""
	if !ok {
		p.publisher = left[at:]
		return strings.TrimRight(left[:at], " ")
	}
	p.place, p.publisher = place, publisher
	return strings.TrimRight(left[:at], " ")
}

// lastSentence gives the journal at the end of a text: what follows the last point
// that ends a title.
func lastSentence(s string) string {
	s = strings.TrimRight(s, " ")
	return s[lastSentenceStart(s):]
}

// longestJournal bounds how far the start of a journal's name is looked for.
const longestJournal = 300

// lastSentenceStart gives where the last sentence of s begins, one that may end
// without its point; 0 where s is one sentence. Points inside brackets end none,
// and neither do those of abbreviated words of a journal's name.
func lastSentenceStart(s string) int {
	depth := 0
	last := len(s)
	for k := len(s) - 1; k >= 0 && last-k < longestJournal; k-- {
		switch s[k] {
		case ')':
			depth++
		case '(':
			depth = max(depth-1, 0)
		case '.', '?', '!':
			at := boundary(s, k)
			if at < 0 || depth > 0 && s[k+1] == ' ' && at < len(s) && strings.IndexByte(s[at:], ')') >= 0 {
				continue
			}
			if s[k] == '.' && (abbreviated(s, k, at) || isSection(s[at:])) {
				continue
			}
			return at
		}
	}
	return 0
}

// boundary gives where the next sentence begins if the mark at k ends one, else -1.
// On pages that lost their line breaks no blank stands between the two.
func boundary(s string, k int) int {
	next := k + 1
	for next < len(s) && (strings.HasPrefix(s[next:], "”") || strings.HasPrefix(s[next:], "’") || s[next] == '"' || s[next] == '\'' || s[next] == ']' || s[next] == ')') {
		if s[next] >= 0x80 {
			next += len("”")
			continue
		}
		next++
	}
	if next >= len(s) {
		return -1
	}
	if s[next] == ' ' {
		return skipBlanks(s, next)
	}
	if !isUpperAt(s, next) || k == 0 || s[k-1] == ' ' {
		return -1
	}
	if isUpperAt(s, k-1) && (k < 2 || !isUpperAt(s, k-2)) { // "U.S"
		return -1
	}
	if s[k] == '.' && strings.LastIndexByte(s[:k], ' ') < 0 { // "Acad.Sci"
		return -1
	}
	return next
}

// abbreviated tells whether the point at k belongs to a word of a journal's name:
// all words back to the point before it are such words, and what follows goes on
// with the name: "Proc. Natl. Acad. Sci. U. S. A".
func abbreviated(s string, k, at int) bool {
	if s[k+1] != ' ' || at != k+2 {
		return false
	}
	start := strings.LastIndexByte(s[:k], '.') + 1
	piece := strings.TrimSpace(s[start:k])
	if piece == "" || len(piece) > 30 {
		return false
	}
	single := len(piece) == 1
	person := strings.HasSuffix(piece, " J") // "Biron J", but "Am J"
	for rest := piece; rest != ""; {
		word, after, _ := strings.Cut(rest, " ")
		if !isUpperAt(word, 0) || (after == "" && !single || person) && !journalWords[word] {
			return false
		}
		rest = after
	}
	if !single || piece == "J" {
		return true
	}
	return start > 1 && abbreviated(s, start-1, start+1)
}

// isSection tells whether a text is the section of a journal, whose name stands
// before it: "Section D, Biological crystallography".
func isSection(s string) bool {
	for _, w := range [...]string{"Section ", "Series ", "Supplement"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// isJournalWord tells whether a word is one that ISO 4 abbreviates the words of
// journals' names to.
func isJournalWord(w string) bool { return journalWords[strings.TrimSuffix(w, ".")] }

// journalWords are the commonest of these abbreviations; words that are never
// shortened are none, as a title may be one of them.
var journalWords = map[string]bool{"J": true, "Am": true, "Br": true, "Can": true, "Eur": true, "Int": true, "Natl": true, "Acad": true, "Sci": true, "Proc": true, "Ann": true,
	"Arch": true, "Assoc": true, "Soc": true, "Rev": true, "Res": true, "Med": true, "Clin": true, "Exp": true, "Biol": true, "Chem": true, "Phys": true, "Psychol": true,
	"Psychiatr": true, "Neurol": true, "Surg": true, "Nurs": true, "Educ": true, "Mol": true, "Genet": true, "Immunol": true, "Microbiol": true, "Pharmacol": true, "Ther": true,
	"Physiol": true, "Pathol": true, "Oncol": true, "Cardiol": true, "Pediatr": true, "Obstet": true, "Gynecol": true, "Dermatol": true, "Radiol": true, "Anesth": true,
	"Epidemiol": true, "Ment": true, "Behav": true, "Curr": true, "Opin": true, "Adv": true, "Trans": true, "Bull": true, "Rep": true, "Lett": true, "Commun": true, "Syst": true,
	"Technol": true, "Eng": true, "Appl": true, "Environ": true, "Toxicol": true, "Nutr": true, "Metab": true, "Endocrinol": true, "Dent": true, "Orthop": true, "Urol": true,
	"Ophthalmol": true, "Vet": true, "Acta": true, "Jpn": true, "Chin": true, "Scand": true, "Ital": true, "Pract": true, "Hosp": true, "Manag": true, "Stat": true, "Inform": true,
	"Comput": true, "Ecol": true, "Evol": true, "Anal": true, "Inorg": true, "Biochem": true, "Biophys": true, "Mater": true, "Lond": true, "Engl": true, "Dis": true, "Infect": true,
	"Prev": true, "Rehabil": true, "Fam": true, "Emerg": true, "Crit": true, "Intern": true, "Serv": true, "Qual": true, "Neurosci": true, "Respir": true, "Nat": true, "Biomed": true,
	"Econ": true, "Polit": true, "Sociol": true, "Philos": true, "Hist": true, "Geogr": true, "Geol": true, "Bot": true, "Zool": true, "Entomol": true, "Agric": true, "Vasc": true}
