package dedupe

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// This file packs a folded record into few bytes and unpacks it again. FindLarge
// keeps packed forms on disk, in place of the records. What depends on statistics
// is not packed but for the weights of words, see appendWeights; weigh fills it in.
//
// The bytes of packed forms stand in the order of the rank that finding gives to
// records: what form.compare and its ties look at comes first, each text ended so
// that a shorter one sorts before a longer one that begins like it. Behind that
// comes the rest, with lengths before texts.

// pack appends the packed form to dst, of the record with the ID.
func (f *form) pack(dst []byte, id record.ID) []byte {
	p := packer(dst)
	p.ordered(f.compact)
	p = binary.BigEndian.AppendUint64(p, uint64(f.year)^1<<63)
	p = append(p, byte(len(f.authors)))
	for i := range f.authors {
		p.ordered(f.authors[i].family)
		p.ordered(f.authors[i].given)
	}
	for _, s := range []string{f.volume, f.issue, f.first, f.last, f.doi, f.pmid, f.journal.compact} {
		p.ordered(s)
	}
	p.abstract(f.abstract)
	p.ordered(string(id))
	p.stated(f)
	p.rest(f)
	return p
}

// packer is a packed form in the making.
type packer []byte

// ordered appends a text that sorts by its bytes: a zero byte in it is followed
// by 0xFF, two zero bytes end it.
func (p *packer) ordered(s string) {
	for {
		i := strings.IndexByte(s, 0)
		if i < 0 {
			break
		}
		*p = append(append(*p, s[:i]...), 0, 0xFF)
		s = s[i+1:]
	}
	*p = append(append(*p, s...), 0, 0)
}

// abstract appends the folded beginning of an abstract as ordered would.
func (p *packer) abstract(s string) {
	from := len(*p)
	*p = slices.Grow(*p, abstractMost)
	room := (*p)[from:from:cap(*p)]
	b := appendAbstract(room, s, abstractMost)
	switch {
	case len(b) < abstractEnough:
		*p = append(*p, endOfText...)
	case bytes.IndexByte(b, 0) >= 0:
		p.ordered(string(b))
	default:
		*p = append(append(*p, b...), endOfText...)
	}
}

// Marks before each item of a list that sorts by its items, and behind the last.
const (
	listEnds  = 0
	listGoes  = 1
	endOfText = "\x00\x00"
)

// stated appends keys, claims and source, in the order of compareStated.
func (p *packer) stated(f *form) {
	p.fileKeys(f.keys)
	for i := range f.claims {
		c := &f.claims[i]
		*p = append(*p, listGoes, byte(c.statement))
		p.ordered(c.pmid)
		p.ordered(c.doi)
		p.fileKeys(c.keys)
	}
	*p = append(*p, listEnds)
	*p = binary.BigEndian.AppendUint32(*p, uint32(f.source))
}

func (p *packer) fileKeys(keys []fileKey) {
	for _, k := range keys {
		*p = append(*p, listGoes)
		p.ordered(k.key)
		p.ordered(k.file)
	}
	*p = append(*p, listEnds)
}

// marks are the yes-or-no facts of a form, a bit each.
func (f *form) marks() [10]*bool {
	return [...]*bool{&f.protocol, &f.register, &f.preprint, &f.meeting, &f.thesis, &f.article, &f.rubricWords, &f.review, &f.genre, &f.draft}
}

// rest appends what has no part in the order.
func (p *packer) rest(f *form) {
	bits := 0
	for i, m := range f.marks() {
		if *m {
			bits |= 1 << i
		}
	}
	p.number(bits)
	*p = append(*p, byte(f.notice))
	p.number(f.main)
	p.number(f.part)
	p.text(f.numbers)
	p.text(f.original)
	p.text(f.pmcid)
	p.cuts(f.title)
	p.number(len(f.words))
	p.placesOf(f.words, f.title)
	p.lengths(f.journal.words)
	p.list(f.journal.abbrev)
	p.number(len(f.issn))
	for _, s := range f.issn {
		p.text(string(s))
	}
	p.list(f.moreDOIs)
	p.list(f.registrations)
	p.list(f.languages)
}

func (p *packer) number(n int) { *p = binary.AppendUvarint(*p, uint64(n)) }

func (p *packer) text(s string) {
	p.number(len(s))
	*p = append(*p, s...)
}

func (p *packer) list(items []string) {
	p.number(len(items))
	for _, s := range items {
		p.text(s)
	}
}

// lengths appends the lengths of words that stand in full elsewhere.
func (p *packer) lengths(words []string) {
	p.number(len(words))
	for _, w := range words {
		p.number(len(w))
	}
}

// cuts appends where the blanks of a text stand.
func (p *packer) cuts(title string) {
	p.number(strings.Count(title, " "))
	for {
		i := strings.IndexByte(title, ' ')
		if i < 0 {
			return
		}
		p.number(i)
		title = title[i+1:]
	}
}

// placesOf appends where in a title its words stand for the first time, in bytes.
func (p *packer) placesOf(words []word, title string) {
	var room [64]int32
	begins := room[:0]
	for i := range len(title) {
		if i == 0 || title[i-1] == ' ' {
			begins = append(begins, int32(i))
		}
	}
	for i := range words {
		p.number(wordAt(words[i].text, title, begins))
	}
}

// wordAt gives the place of a word in a title, whose words begin at these places.
func wordAt(w, title string, begins []int32) int {
	for _, at := range begins {
		end := int(at) + len(w)
		if end <= len(title) && title[at:end] == w && (end == len(title) || title[end] == ' ') {
			return int(at)
		}
	}
	return len(title)
}

// unpack gives back what pack packed, and the ID. It tells false for bytes that
// pack did not make. The texts of the form are parts of s.
func unpack(s string) (f *form, id record.ID, ok bool) {
	f = &form{}
	id, ok = f.unpack(s)
	return f, id, ok
}

// unpack does the same in the place of a form that nobody uses any more, whose lists
// it fills again.
func (f *form) unpack(s string) (id record.ID, ok bool) {
	u := unpacker{s: s}
	j := f.journal
	if j == nil {
		j = &journal{}
	}
	*j = journal{words: j.words[:0]}
	*f = form{journal: j, words: f.words[:0], authors: f.authors[:0]}
	f.compact = u.ordered()
	f.year = int(u.fixed64() ^ 1<<63)
	f.authors = u.authors(f.authors)
	for _, at := range []*string{&f.volume, &f.issue, &f.first, &f.last, &f.doi, &f.pmid, &f.journal.compact, &f.abstract} {
		*at = u.ordered()
	}
	id = record.ID(u.ordered())
	u.stated(f)
	u.rest(f)
	f.pages = pageCount(f.first, f.last)
	f.stem, f.version = doiVersion(f.doi)
	f.journal.marked = slices.Contains(f.journal.words, "journal") || slices.Contains(f.journal.words, "j")
	return id, !u.bad && u.s == ""
}

// unpacker is what is left to unpack. Once it is bad every part is empty.
type unpacker struct {
	s   string
	bad bool
}

func (u *unpacker) fail() {
	u.s, u.bad = "", true
}

// take cuts off n bytes.
func (u *unpacker) take(n int) string {
	if n < 0 || n > len(u.s) {
		u.fail()
		return ""
	}
	head := u.s[:n]
	u.s = u.s[n:]
	return head
}

func (u *unpacker) byte() byte {
	if b := u.take(1); b != "" {
		return b[0]
	}
	return 0
}

func (u *unpacker) fixed64() uint64 {
	b := u.take(8)
	if b == "" {
		return 0
	}
	n := uint64(0)
	for i := range 8 {
		n = n<<8 | uint64(b[i])
	}
	return n
}

// ordered reads a text up to two zero bytes.
func (u *unpacker) ordered() string {
	i := strings.IndexByte(u.s, 0)
	if i >= 0 && i+1 < len(u.s) && u.s[i+1] == 0 {
		head := u.s[:i]
		u.s = u.s[i+2:]
		return head
	}
	var b strings.Builder
	for i >= 0 && i+1 < len(u.s) && u.s[i+1] == 0xFF {
		b.WriteString(u.s[:i+1])
		u.s = u.s[i+2:]
		i = strings.IndexByte(u.s, 0)
	}
	if i < 0 || !strings.HasPrefix(u.s[i:], endOfText) {
		u.fail()
		return ""
	}
	b.WriteString(u.s[:i])
	u.s = u.s[i+2:]
	return b.String()
}

// number reads a length or place; none in a packed form is larger than the form
// could have been when it was folded.
func (u *unpacker) number() int {
	n := uint64(0)
	for shift := 0; shift < 35; shift += 7 {
		b := u.byte()
		n |= uint64(b&0x7F) << shift
		if b < 0x80 {
			return int(n)
		}
	}
	u.fail()
	return 0
}

// count reads the number of items, each of which takes at least one byte.
func (u *unpacker) count() int {
	n := u.number()
	if n > len(u.s) {
		u.fail()
		return 0
	}
	return n
}

func (u *unpacker) text() string { return u.take(u.number()) }

func (u *unpacker) list() []string {
	n := u.count()
	if n == 0 {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = u.text()
	}
	return out
}

func (u *unpacker) authors(room []author) []author {
	n := int(u.byte())
	out := slices.Grow(room, n)
	for range n {
		a := author{family: u.ordered(), given: u.ordered()}
		if a.given != "" {
			a.initial = a.given[0]
		}
		out = append(out, a)
	}
	return out
}

func (u *unpacker) stated(f *form) {
	f.keys = u.fileKeys()
	for u.byte() == listGoes {
		c := claim{statement: int(u.byte())}
		c.pmid, c.doi = u.ordered(), u.ordered()
		c.keys = u.fileKeys()
		if c.statement >= len(statements) {
			u.fail()
			return
		}
		f.claims = append(f.claims, c)
	}
	for range 4 {
		f.source = f.source<<8 | source(u.byte())
	}
}

func (u *unpacker) fileKeys() []fileKey {
	var out []fileKey
	for u.byte() == listGoes {
		key, file := u.ordered(), u.ordered()
		out = append(out, fileKey{key, file})
	}
	return out
}

func (u *unpacker) rest(f *form) {
	bits := u.number()
	for i, m := range f.marks() {
		*m = bits>>i&1 == 1
	}
	f.notice = notice(u.byte())
	f.main, f.part = u.number(), u.number()
	f.numbers, f.original, f.pmcid = u.text(), u.text(), u.text()
	f.title = u.spaced(f.compact)
	n := u.count()
	f.words = slices.Grow(f.words, n)
	for range n {
		at := u.number()
		if at >= len(f.title) {
			u.fail()
			return
		}
		text, _, _ := strings.Cut(f.title[at:], " ")
		f.words = append(f.words, newWord(text))
	}
	f.journal.words = u.cut(f.journal.words, f.journal.compact)
	f.journal.telling = telling(f.journal.words)
	f.journal.abbrev = u.list()
	if issn := u.list(); issn != nil {
		f.issn = make([]record.ISSN, len(issn))
		for i := range issn {
			f.issn[i] = record.ISSN(issn[i])
		}
	}
	f.moreDOIs, f.registrations, f.languages = u.list(), u.list(), u.list()
}

// spaced puts the blanks back into a compact title.
func (u *unpacker) spaced(compact string) string {
	n := u.count()
	if n == 0 {
		return compact
	}
	var room [256]byte
	b := room[:0]
	for range n {
		k := u.number()
		if k > len(compact) {
			u.fail()
			return ""
		}
		b = append(append(b, compact[:k]...), ' ')
		compact = compact[k:]
	}
	return string(append(b, compact...))
}

// cut parts a compact name into its words.
func (u *unpacker) cut(room []string, compact string) []string {
	n := u.count()
	out := slices.Grow(room, n)
	for range n {
		k := u.number()
		if k > len(compact) {
			u.fail()
			return nil
		}
		out = append(out, compact[:k])
		compact = compact[k:]
	}
	return out
}

// appendWeights appends what weigh has filled in: FindLarge packs that too, since
// its statistics do not change and are slow to ask. A word that stands in one title
// only has its sign turned.
func (f *form) appendWeights(dst []byte) []byte {
	order := binary.BigEndian
	dst = order.AppendUint64(dst, math.Float64bits(f.bits))
	dst = order.AppendUint64(dst, math.Float64bits(f.names))
	dst = order.AppendUint32(dst, math.Float32bits(f.volumeBits))
	dst = order.AppendUint32(dst, math.Float32bits(f.issueBits))
	marks := byte(0)
	for i, m := range f.weighedMarks() {
		if *m {
			marks |= 1 << i
		}
	}
	dst = append(dst, marks)
	for i := range f.words {
		dst = order.AppendUint32(dst, math.Float32bits(f.words[i].signed()))
	}
	return dst
}

// weighedMarks are the yes-or-no facts that statistics tell of a form.
func (f *form) weighedMarks() [3]*bool { return [...]*bool{&f.rubric, &f.slipped.doi, &f.slipped.pmid} }

// weightSize gives how many bytes the weights of a form with so many words take.
func weightSize(words int) int { return 2*8 + 2*4 + 1 + 4*words }

// takeWeights weighs the form as weigh did, with what appendWeights appended.
func (f *form) takeWeights(s []byte) {
	order := binary.BigEndian
	f.bits, f.names = math.Float64frombits(order.Uint64(s)), math.Float64frombits(order.Uint64(s[8:]))
	f.volumeBits, f.issueBits = math.Float32frombits(order.Uint32(s[16:])), math.Float32frombits(order.Uint32(s[20:]))
	for i, m := range f.weighedMarks() {
		*m = s[24]>>i&1 == 1
	}
	s = s[25:]
	for i := range f.words {
		f.words[i].weighSigned(math.Float32frombits(order.Uint32(s[4*i:])))
	}
}
