package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"

	"github.com/evidence-go/evidence/record"
)

// works invents bibliographic records, as many as are asked for: each from its
// number alone, so that none need be kept. Words and names are as frequent as
// those of real records: few stand everywhere, most hardly anywhere (Zipf). It
// is not safe for concurrent use.
type works struct {
	seed                           uint64
	source                         *rand.PCG
	rand                           *rand.Rand
	words, names, journals, givens *rand.Zipf
}

// How many of the records are what: out of a thousand.
const (
	duplicates = 150 // a version of a work that an earlier record is of
	sequels    = 10  // another work of the authors of an earlier one, whose title differs in two words
	rubricsOf  = 4   // an editorial or the like, under one of few titles
)

// How many different words, family names, given names and journals there are to draw from.
const (
	vocabulary  = 3_000_000
	surnames    = 400_000
	firstNames  = 2_000
	periodicals = 8_000
)

func newWorks(seed uint64) *works {
	source := rand.NewPCG(seed, 0)
	r := rand.New(source)
	return &works{
		seed: seed, source: source, rand: r,
		words:    rand.NewZipf(r, 1.07, 5, vocabulary-1),
		names:    rand.NewZipf(r, 1.02, 60, surnames-1),
		givens:   rand.NewZipf(r, 1.1, 10, firstNames-1),
		journals: rand.NewZipf(r, 1.05, 20, periodicals-1),
	}
}

// draw puts the source of chance where record i, or one of its parts, begins.
func (w *works) draw(i, part int) { w.source.Seed(w.seed, uint64(i)<<4|uint64(part)) }

// What is drawn for a record, each from a beginning of its own.
const (
	drawKind = iota
	drawWork
	drawNoise
	drawSequel
)

// record returns record i, counted from 0, and the work that it is of: the
// number of the first record of that work.
func (w *works) record(i int) (*record.Record, int) {
	work := i
	versions := 0
	for work > 0 {
		w.draw(work, drawKind)
		if w.rand.IntN(1000) >= duplicates {
			break
		}
		work = w.rand.IntN(work)
		versions++
	}
	r := w.original(work)
	if versions > 0 {
		w.draw(i, drawNoise)
		w.retype(r)
	}
	r.Key = fmt.Sprint("r", i)
	r.FixID()
	return r, work
}

// original invents the first record of a work.
func (w *works) original(work int) *record.Record {
	w.draw(work, drawKind)
	w.rand.IntN(1000)
	kind := w.rand.IntN(1000)
	base := work
	if kind < sequels && work > 0 {
		base = w.rand.IntN(work)
	}
	w.draw(base, drawWork)
	r := w.invent(base)
	switch {
	case base != work:
		w.draw(work, drawSequel)
		r.Title = w.otherWords(r.Title, 2)
		w.summarise(r)
		w.place(r, work)
	case kind >= 1000-rubricsOf:
		r.Title = rubricTitles[w.rand.IntN(len(rubricTitles))]
		r.People, r.Abstract.Text = r.People[:1], ""
	}
	return r
}

var rubricTitles = []string{"Editorial", "Guest editorial", "In this issue", "Book reviews", "Letter to the editor", "Abstracts", "Introduction to the special issue", "News and notes"}

func (w *works) invent(work int) *record.Record {
	r := &record.Record{Kind: record.JournalArticle, Title: w.title()}
	for range 1 + min(w.rand.IntN(6), w.rand.IntN(9)) {
		r.People = append(r.People, record.Contributor{Name: w.person()})
	}
	w.summarise(r)
	w.place(r, work)
	return r
}

// summarise gives six works in ten an abstract.
func (w *works) summarise(r *record.Record) {
	r.Abstract.Text = ""
	if w.rand.IntN(10) < 6 {
		r.Abstract.Text = w.prose(40 + w.rand.IntN(60))
	}
}

// place puts a work into a journal and gives seven in ten a DOI, four a PMID.
func (w *works) place(r *record.Record, work int) {
	n := int(w.journals.Uint64())
	r.In.Title, r.In.ISSN, r.DOI, r.PMID = journalName(n), nil, "", ""
	if n%5 < 2 {
		r.In.ISSN = []record.ISSN{issn(n)}
	}
	since := 1950 + n%50
	year := max(since, 2023-min(w.rand.IntN(40), w.rand.IntN(60)))
	first := 1 + w.rand.IntN(1800)
	r.Date = record.Date{Year: year}
	r.In.Volume, r.In.Issue = fmt.Sprint(year-since+1), fmt.Sprint(1+w.rand.IntN(12))
	r.In.Pages = fmt.Sprintf("%d-%d", first, first+1+w.rand.IntN(18))
	if w.rand.IntN(10) < 7 {
		r.DOI = record.DOI(fmt.Sprintf("10.5555/%s.%d.%d", spelt(uint64(n) + 77)[:4], year, work))
	}
	if w.rand.IntN(10) < 4 {
		r.PMID = record.PMID(fmt.Sprint(10_000_000 + work))
	}
}

// title invents one: function words between the others, often a subtitle.
func (w *works) title() string {
	t := w.phrase(4 + w.rand.IntN(9))
	switch w.rand.IntN(10) {
	case 0, 1:
		t += ": " + w.phrase(3+w.rand.IntN(5))
	case 2, 3:
		t += ": " + designs[w.rand.IntN(len(designs))]
	}
	return capital(t)
}

var designs = []string{"a randomised controlled trial", "a systematic review and meta-analysis", "a cohort study", "a qualitative study", "a cross-sectional survey",
	"results of a pilot study", "a case series", "a review of the literature", "protocol for a cluster-randomised trial"}

var between = strings.Fields("of the in of and for with in on of and among from by to the a after between during")

// phrase gives n words of content with such words between them.
func (w *works) phrase(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
			if w.rand.IntN(10) < 4 {
				b.WriteString(between[w.rand.IntN(len(between))])
				b.WriteByte(' ')
			}
		}
		b.WriteString(w.word())
	}
	return b.String()
}

// word is one of content: of the frequent ones that are real, or an invented one.
func (w *works) word() string {
	n := w.words.Uint64()
	if n < uint64(len(frequent)) {
		return frequent[n]
	}
	return spelt(n)
}

var frequent = strings.Fields(`study patients treatment effects analysis clinical disease health risk care children therapy trial outcomes cancer
	systems model effect association evaluation review women adults quality factors cell chronic information development management
	surgery infection training diagnosis research community acute social primary system cohort response prevalence intervention support
	depression technology exercise pain function prevention learning data services survival network hospital assessment mortality
	experience cardiac virus blood age pregnancy diabetes obesity sleep stroke vaccine anxiety dementia nurses school`)

var (
	onsets  = strings.Fields("b c d f g h l m n p r s t v br cl dr fl gr pl pr st tr th ch ph")
	vowels  = strings.Fields("a e i o u ia eo ai")
	endings = strings.Fields("tion sis ity al ine ment logy ous ide an in er ism ate oma")
)

// spelt gives word number n its spelling: the same in every run, and hardly ever
// that of another number, nor a misprint of it.
func spelt(n uint64) string {
	ending := endings[n*2654435761>>7%uint64(len(endings))]
	n = (n*0x9E3779B1 + 12345) & (1<<26 - 1)
	var b strings.Builder
	for range 3 {
		b.WriteString(onsets[n%uint64(len(onsets))])
		n /= uint64(len(onsets))
		b.WriteString(vowels[n%uint64(len(vowels))])
		n /= uint64(len(vowels))
	}
	b.WriteString(ending)
	return b.String()
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// person invents a name: a third of those of families that pairs.go has.
func (w *works) person() record.Name {
	n := w.names.Uint64()
	family := capital(spelt(n + 1<<30))
	if n < uint64(len(families)) {
		family = families[n]
	}
	given := capital(spelt(w.givens.Uint64() + 1<<31)[:5])
	if w.rand.IntN(2) == 0 {
		given += " " + string(rune('A'+w.rand.IntN(26)))
	}
	return record.Name{Family: family, Given: given}
}

func (w *works) prose(n int) string {
	var b strings.Builder
	for n > 0 {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		k := min(n, 8+w.rand.IntN(10))
		b.WriteString(capital(w.phrase(k)))
		b.WriteByte('.')
		n -= k
	}
	return b.String()
}

// otherWords puts other words in the place of n of a title.
func (w *works) otherWords(title string, n int) string {
	list := strings.Fields(title)
	for range n {
		list[w.rand.IntN(len(list))] = w.word()
	}
	return strings.Join(list, " ")
}

var (
	journalForms = []string{"Journal of %s", "%s Research", "Annals of %s", "European Journal of %s", "%s Review", "Archives of %s", "International Journal of %s", "%s"}
	fields       = strings.Fields(`Medicine Surgery Psychology Education Oncology Nursing Informatics Epidemiology Immunology Pediatrics Psychiatry Neurology Management
		Chemistry Physiology Genetics Cardiology Nutrition Rehabilitation Sociology`)
)

// journalName names journal n.
func journalName(n int) string {
	field := fields[n/len(journalForms)%len(fields)]
	if rest := n / len(journalForms) / len(fields); rest > 0 {
		field = capital(spelt(uint64(rest)+1<<29)) + " and " + field
	}
	return fmt.Sprintf(journalForms[n%len(journalForms)], field)
}

// abbreviated cuts the words of a journal's name behind a consonant, as ISO 4
// does, and leaves the small ones out.
func abbreviated(name string) string {
	var out []string
	for _, w := range strings.Fields(name) {
		switch {
		case w == "of" || w == "and":
			continue
		case w == "Journal":
			w = "J"
		case len(w) > 6:
			end := 4
			for end < len(w) && strings.ContainsRune("aeiou", rune(w[end-1])) {
				end++
			}
			w = w[:end]
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// issn numbers journal n, with the right check digit.
func issn(n int) record.ISSN {
	digits := fmt.Sprintf("%07d", 1_000_000+n)
	sum := 0
	for i := range digits {
		sum += int(digits[i]-'0') * (8 - i)
	}
	check := "0123456789X"[(11-sum%11)%11]
	return record.ISSN(digits[:4] + "-" + digits[4:] + string(check))
}

// retype makes another version of a record, as another database has it or as it is
// pasted from a list of references.
func (w *works) retype(r *record.Record) {
	chance := func(percent int) bool { return w.rand.IntN(100) < percent }
	w.retypeTitle(r, chance)
	if chance(40) {
		r.In.Title = abbreviated(r.In.Title)
	}
	if chance(50) {
		for i := range r.People {
			r.People[i].Given = r.People[i].Initials()
		}
	}
	if chance(10) {
		r.People = r.People[:min(3, len(r.People))]
	}
	if chance(40) {
		r.DOI = ""
	}
	if chance(50) {
		r.PMID = ""
	}
	if chance(8) {
		r.Date.Year++
	}
	if chance(15) {
		r.In.Issue = ""
	}
	if chance(30) {
		r.Abstract.Text = ""
	}
	if chance(50) {
		r.In.ISSN = nil
	}
	w.retypePages(r)
}

func (w *works) retypeTitle(r *record.Record, chance func(int) bool) {
	main, sub, hasSub := strings.Cut(r.Title, ": ")
	switch {
	case hasSub && chance(15):
		r.Title = main
	case hasSub && chance(30):
		r.Title = main + []string{" - ", ". ", " : "}[w.rand.IntN(3)] + capital(sub)
	}
	if chance(12) {
		r.Title = slip(w.rand, r.Title, 1)
	}
	if chance(10) {
		r.Title = strings.ToUpper(r.Title)
	} else if chance(15) {
		r.Title = titleCase(r.Title)
	}
	if chance(40) {
		r.Title += "."
	}
}

func titleCase(s string) string {
	before := ' '
	return strings.Map(func(c rune) rune {
		if before == ' ' {
			c, before = unicode.ToUpper(c), c
			return c
		}
		before = c
		return c
	}, s)
}

// retypePages writes the pages in another of the usual forms.
func (w *works) retypePages(r *record.Record) {
	first, last, _ := strings.Cut(r.In.Pages, "-")
	short := last
	for i := 0; len(first) == len(last) && i < len(last)-1 && first[i] == last[i]; i++ {
		short = last[i+1:]
	}
	switch w.rand.IntN(10) {
	case 0, 1, 2:
		r.In.Pages = first + "-" + short
	case 3:
		r.In.Pages = "pp. " + first + "–" + last
	case 4:
		r.In.Pages = first
	case 5:
		r.In.Pages = ""
	}
}
