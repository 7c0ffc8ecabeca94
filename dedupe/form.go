package dedupe

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/token"
	"github.com/evidence-go/evidence/record"
)

// form is what comparison needs of a record, folded once. What a first look at
// two records needs stands at the beginning.
type form struct {
	compact  string  // words of the title in comparison spelling, without blanks: hyphens and compounds count for nothing
	words    []word  // content words of the title, sorted by text, each once
	bits     float64 // how much an agreement in the whole title tells
	original string  // compact form of the original title
	numbers  string  // the numbers of the title in order, "2 2019"

	doi, pmid, pmcid string
	first            string  // first page, or the article number
	claims           []claim // what it says of other works
	registrations    []string
	moreDOIs         []string

	title string // compact with blanks
	main  int    // bytes of compact before the subtitle, 0 without one
	part  int    // the part of a series that the title names, 0 if none

	notice   notice
	protocol bool
	register bool // an entry of a trial register
	preprint bool
	draft    bool // a technical report, working paper or manuscript
	meeting  bool // a conference paper or abstract
	thesis   bool
	article  bool // an article in a journal
	rubric   bool // the title stands over something else in each issue

	rubricWords bool // as its words alone show
	review      bool // of a book, as the title says
	genre       bool // the title says what kind of contribution to a meeting it is: "(demo abstract)"

	authors []author
	names   float64 // how much an agreement of the first author tells

	year    int
	journal *journal // never nil
	issn    []record.ISSN
	volume  string
	issue   string
	last    string // last page
	pages   int    // how many, 0 if not known

	keys      []fileKey
	version   string // version of a work whose DOI has one: "pub3"
	stem      string // that DOI without its version
	languages []string
	source    source
	abstract  string // "" for one that tells nothing; abstractStart of it is what is compared
	rank      int32  // place in an order that depends on content only
	twins     int32  // the same for all forms that are equal in what is compared, 0 where that is not known

	slipped    struct{ doi, pmid bool } // stands in a part of its column that has slipped
	volumeBits float32                  // how much an agreement in it can tell here
	issueBits  float32
}

// word is a content word of a title.
type word struct {
	text string
	bits float32 // how much an agreement in it tells: rare, within bounds
	rare float32 // log2 of how rarely it stands in titles, at least leastWordBits
	head uint32  // the first four bytes of text, which order words as their texts do
	once bool    // it stands in one title only, as far as the statistics go
}

func newWord(text string) word {
	head := uint32(0)
	for i := range 4 {
		head <<= 8
		if i < len(text) {
			head |= uint32(text[i])
		}
	}
	return word{text: text, head: head}
}

// compare orders words by their text.
func (w *word) compare(v *word) int {
	if w.head != v.head {
		return cmp.Compare(w.head, v.head)
	}
	return strings.Compare(w.text, v.text)
}

// maxWordBits bounds what a single word can tell: a word that stands in one
// title only may be a misprint.
const maxWordBits = 8

// leastWordBits is what the most frequent word tells.
const leastWordBits = 0.5

// rubricBits bounds what a rubric can tell.
const rubricBits = 3

// priorRecords are records added to the count, so that the few records of a small
// collection do not make every word look common.
const priorRecords = 500

// rarity is log2 of how rarely a word of that document frequency stands in titles.
func rarity(df, records int) float32 {
	p := (float64(df) + 0.5) / (float64(records) + priorRecords)
	return float32(max(leastWordBits, -math.Log2(p)))
}

// signed is how rare the word is, with the sign turned where it stands once.
func (w *word) signed() float32 {
	if w.once {
		return -w.rare
	}
	return w.rare
}

// weighSigned weighs the word by what signed gave.
func (w *word) weighSigned(rare float32) {
	w.rare, w.once = max(rare, -rare), rare < 0
	w.bits = min(maxWordBits, w.rare)
}

// newForm folds a record and weighs it.
func newForm(st *Stats, r *record.Record) *form {
	f := foldRecord(r)
	f.weigh(st)
	return f
}

// foldRecord folds a record, all but what depends on statistics.
func foldRecord(r *record.Record) *form { return new(folder).fold(r) }

// folder folds records one after another. It keeps its room, and what journals
// came out as.
type folder struct {
	key, text []byte
	words     []string
	spans     []nameSpan

	// Room for the parts of forms to come, of which so many are made at a time: few
	// large pieces of memory cost less than many small ones.
	ahead    int
	forms    room[form]
	wordRoom room[word]
	authors  room[author]
	fileKeys room[fileKey]
	journals map[journalNames]*journal
}

// roomAhead is for how many forms room is made at a time when many are folded.
const roomAhead = 64

// room is memory that is handed out piece by piece.
type room[T any] struct{ all, free []T }

// take returns an empty list with room for n items. When there is no room left it
// makes as much as ahead says, or n.
func (r *room[T]) take(n, ahead int) []T {
	if n > len(r.free) {
		r.all = make([]T, max(n, ahead))
		r.free = r.all
	}
	out := r.free[:0:n]
	r.free = r.free[n:]
	return out
}

// giveBack makes the last n items that were taken free again, which nobody uses.
func (r *room[T]) giveBack(n int) {
	r.free = r.all[len(r.all)-len(r.free)-n:]
}

// again makes all of the last piece of memory free again, which nobody uses.
func (r *room[T]) again() {
	clear(r.all[:len(r.all)-len(r.free)])
	r.free = r.all
}

// again makes the room free again in which forms were made, which nobody uses.
func (fd *folder) again() {
	fd.forms.again()
	fd.wordRoom.again()
	fd.authors.again()
	fd.fileKeys.again()
}

// alone copies a form out of the room that it shares with others; with another
// that was copied before and is its twin it shares all it can.
func (f *form) alone(other *form) *form {
	g := *f
	g.keys = slices.Clone(f.keys)
	if f.twins != 0 && f.twins == other.twins {
		g.words, g.authors = other.words, other.authors
	} else {
		g.words, g.authors = slices.Clone(f.words), slices.Clone(f.authors)
	}
	return &g
}

func (fd *folder) fold(r *record.Record) *form {
	f := &fd.forms.take(1, fd.ahead)[:1][0]
	fd.readTitle(f, r)
	f.journal, f.issn = fd.journal(r), r.In.ISSN
	f.readKinds(r)
	fd.readAuthors(f, r)
	f.year = r.Date.Year
	f.readPlace(r)
	f.readIdentifiers(r)
	fd.readRelations(f, r)
	f.source = sourceOf(r)
	if tells(r.Abstract.Text) {
		f.abstract = r.Abstract.Text
	}
	return f
}

// weigh fills in how much agreement in title words and first author tells.
func (f *form) weigh(st *Stats) {
	for i := range f.words {
		f.words[i].weigh(st, st.Words[f.words[i].text])
	}
	f.weighRest(st)
}

// weighRest weighs all but the words, which are weighed.
func (f *form) weighRest(st *Stats) {
	named := 0
	if len(f.authors) > 0 {
		named = st.Names[f.authors[0].family]
	}
	f.sumUp(st, named)
}

// weigh fills in how much an agreement in the word tells, which stands in so
// many titles.
func (w *word) weigh(st *Stats, titles int) {
	w.rare, w.once = rarity(titles, st.Records), titles == 1
	w.bits = min(maxWordBits, w.rare)
}

// sumUp weighs the whole title, whose words are weighed, and the first author, of
// whom there are so many records.
func (f *form) sumUp(st *Stats, named int) {
	f.bits = 0
	for i := range f.words {
		f.bits += float64(f.words[i].bits)
	}
	f.volumeBits, f.issueBits = st.valueBits("volume", f.volume), st.valueBits("issue", f.issue)
	if len(st.Slipped) > 0 {
		f.slipped.doi, f.slipped.pmid = st.doubts("doi", f.doi), st.doubts("pmid", f.pmid)
	}
	f.rubric = f.rubricWords || f.short() && len(st.Serials[f.compact]) >= serialYears
	if f.rubric {
		f.bits = min(f.bits, rubricBits)
	}
	if len(f.authors) > 0 {
		p := (float64(named) + 0.5) / (float64(st.Records) + priorRecords)
		f.names = min(7, max(2, -math.Log2(p)-2))
	}
}

// short tells whether the title has few enough words for a rubric.
func (f *form) short() bool { return len(f.title)-len(f.compact) < serialWords }

// readTitle folds the title.
func (fd *folder) readTitle(f *form, r *record.Record) {
	raw := r.Title
	if raw == "" {
		raw = r.OriginalTitle
	}
	raw, f.notice = readNotice(fold.Unmark(raw))
	f.review = isBookReview(raw)
	f.original = originalIn(raw)
	raw, f.genre = withoutGenre(raw)
	raw = trimTitle(raw)
	if r.OriginalTitle != "" && r.Title != "" {
		f.original = strings.Join(titleWords(trimTitle(fold.Unmark(r.OriginalTitle))), "")
	}
	fd.spellTitle(f, raw)
	words := fd.splitTitle(f.title)
	f.part, f.numbers = partOf(words)
	f.rubricWords = isRubric(words)
	f.words = fd.contentWords(words)
}

// spellTitle writes the title in comparison spelling, with blanks and without,
// into one text.
func (fd *folder) spellTitle(f *form, raw string) {
	i := subtitleAt(raw)
	fd.text = fd.appendTitle(fd.text[:0], raw[:i])
	main := len(fd.text)
	fd.text = fd.appendTitle(fd.text, raw[i:])
	n := len(fd.text)
	for at, b := range fd.text[:n] {
		if b == ' ' {
			continue
		}
		if at < main {
			f.main++
		}
		fd.text = append(fd.text, b)
	}
	text := string(fd.text)
	f.title, f.compact = text[:n], text[n:]
}

// splitTitle gives the words of a folded title, until the next one is split.
func (fd *folder) splitTitle(title string) []string {
	words, from := fd.words[:0], 0
	for i := range len(title) {
		if title[i] == ' ' {
			words = append(words, title[from:i])
			from = i + 1
		}
	}
	if from < len(title) {
		words = append(words, title[from:])
	}
	fd.words = words
	return words
}

// appendTitle appends the words of a title in comparison spelling.
func (fd *folder) appendTitle(dst []byte, s string) []byte {
	fd.key = fold.AppendKey(fd.key[:0], s)
	return appendSpelt(dst, fd.key)
}

// contentWords gives the words that say what a title is about, sorted, each once.
func (fd *folder) contentWords(words []string) []word {
	out := fd.wordRoom.take(len(words), 16*fd.ahead)
	for _, w := range words {
		if contentWord(w) {
			out = append(out, newWord(w))
		}
	}
	fd.wordRoom.giveBack(len(words) - len(out))
	out = slices.Clip(out)
	slices.SortFunc(out, func(a, b word) int { return a.compare(&b) })
	return slices.CompactFunc(out, func(a, b word) bool { return a.text == b.text })
}

// contentWord tells whether a folded word says what a title is about.
func contentWord(w string) bool { return len(w) > 1 && !token.Stop(w) || isNumber(w) }

func isNumber(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// readPlace reads volume, issue and pages. Sources mix them up: a volume of
// "4 (1) (no pagination)" holds the issue, pages may stand in the issue's field.
func (f *form) readPlace(r *record.Record) {
	f.volume, f.issue = numberIn(r.In.Volume), numberIn(r.In.Issue)
	if head, rest, ok := strings.Cut(r.In.Volume, "("); ok && numberIn(head) != "" {
		f.volume = numberIn(head)
		if f.issue == "" {
			f.issue = numberIn(rest)
		}
	}
	if m := monthNumber(f.issue); m != "" {
		f.issue = m
	}
	f.first, f.last = readPages(r.In)
	f.pages = pageCount(f.first, f.last)
}

// monthNumber gives the number of a month that stands for an issue.
func monthNumber(s string) string {
	if len(s) < 3 || isNumber(s) {
		return ""
	}
	for i, m := range [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		if strings.HasPrefix(m, s) {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}

// numberIn gives the last run of letters and digits that holds a digit, without
// leading zeros; a text without digits as it is folded.
func numberIn(s string) string {
	if digitsOnly(s) {
		return strings.TrimLeft(s, "0")
	}
	words := fold.Words(s)
	for _, w := range words {
		if strings.ContainsAny(w, "0123456789") {
			w = strings.TrimLeft(w, "0")
			return withoutLetters(w)
		}
	}
	return strings.Join(words, "")
}

// readPages gives first and last page in small letters and without leading
// zeros, the last one completed.
func readPages(c record.Container) (first, last string) {
	text := c.Pages
	if text == "" {
		text = c.ArticleNumber
	}
	first, last, ranged := strings.Cut(text, "-")
	if !digitsOnly(first) || ranged && !digitsOnly(last) {
		first, last, ranged = strings.Cut(pageText(text), "-")
	}
	first, last = pageNumber(first), pageNumber(last)
	if !ranged || last == "" {
		return first, first
	}
	if n := len(first) - len(last); n > 0 && digitsOnly(last) {
		last = first[:n] + last
	}
	return first, last
}

// pageText strips what is said around pages and writes every dash as one.
func pageText(s string) string {
	s = strings.ToLower(s)
	if i := strings.IndexAny(s, ";,("); i > 0 {
		s = s[:i]
	}
	if !plainDashes(s) {
		s = dashes.Replace(s)
	}
	for _, p := range []string{"pages", "page", "pp", "p."} {
		s = strings.TrimPrefix(strings.TrimSpace(s), p)
	}
	return s
}

// plainDashes tells whether every dash in a text is one hyphen.
func plainDashes(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] == '+' || s[i] == '-' && i > 0 && s[i-1] == '-' {
			return false
		}
	}
	return true
}

var dashes = strings.NewReplacer("--", "-", "–", "-", "—", "-", "‐", "-", "‑", "-", "−", "-", "+", "-")

// pageNumber folds one page: "0123" and "123." are "123".
func pageNumber(s string) string {
	if digitsOnly(s) {
		return strings.TrimLeft(s, "0")
	}
	return strings.TrimLeft(strings.Join(fold.Words(s), ""), "0")
}

func digitsOnly(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// pageCount is the number of pages from first to last, 0 when it is not known.
func pageCount(first, last string) int {
	a, b := smallNumber(first), smallNumber(last)
	if a == 0 || b < a {
		return 0
	}
	return b - a + 1
}

// smallNumber reads up to six digits behind any letters, 0 for anything else.
func smallNumber(s string) int {
	s = withoutLetters(s)
	if len(s) > 6 || !digitsOnly(s) {
		return 0
	}
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// readIdentifiers gathers what names the work.
func (f *form) readIdentifiers(r *record.Record) {
	f.doi, f.pmid, f.pmcid = string(r.DOI), string(r.PMID), string(r.PMCID)
	for _, x := range r.Identifiers {
		if strings.EqualFold(x.Scheme, "doi") && x.Value != f.doi {
			f.moreDOIs = append(f.moreDOIs, strings.ToLower(x.Value))
		}
	}
	for _, x := range r.Registrations {
		f.registrations = append(f.registrations, x.ID)
	}
	slices.Sort(f.registrations)
	f.registrations = slices.Compact(f.registrations)
	f.languages = r.Languages
	f.stem, f.version = doiVersion(f.doi)
}

// doiVersion parts a DOI that names a version of a work, as those of Cochrane
// reviews (".pub3") and of preprint servers (".v2", "/v2") do.
func doiVersion(doi string) (stem, version string) {
	before := strings.TrimRight(doi, "0123456789")
	if before == doi {
		return doi, ""
	}
	for _, mark := range []string{".pub", ".v", "/v"} {
		if i := len(before) - len(mark); i > 0 && before[i:] == mark {
			return doi[:i], doi[i+1:]
		}
	}
	return doi, ""
}
