package dedupe

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Key is a blocking key: two records that share one are candidates for
// comparison, all others are taken for different works unseen.
type Key struct {
	Kind  string `json:"kind"`  // "doi", "pmid", "pmcid", "key", "registration", "title", "title-begins", "words", "author-page", "place", "authors-year"
	Value string `json:"value"` // folded
}

// String gives "kind:value".
func (k Key) String() string { return k.Kind + ":" + k.Value }

// Hash is FNV-1a over kind and value, each ended by 0xFF. It is the same in every process, so that
// engines can block by it.
func (k Key) Hash() uint64 {
	h := uint64(14695981039346656037)
	for _, s := range [...]string{k.Kind, k.Value} {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211 // which no UTF-8 holds
	}
	return h
}

// Keys returns the blocking keys of a record in alphabetical order, each once.
// It is pure: the same statistics, policy and record give the same keys,
// whatever other records there are. A nil record has none.
//
//	doi, pmid, pmcid  the identifiers, and those of the works that the record names as related
//	key               its key in its file, and those of the works that it names as related
//	registration      entries of trial registers, of a report of one study
//	title             the whole title, and the original title
//	title-begins      its first letters: titles cut off or without their subtitle
//	words             pairs of its rarest words: titles that were changed; with a third word where
//	                  chance alone brings the two together in many titles
//	author-page       first author and first page: titles translated or missing
//	place             volume, first and last page: authors missing
//	authors-year      first two authors and year
func Keys(st *Stats, p Policy, r *record.Record) []Key {
	if r == nil {
		return nil
	}
	if st == nil {
		st = emptyStats()
	}
	var out []Key
	newForm(st, r).eachKey(st, func(kind string, parts ...string) {
		out = append(out, Key{kind, strings.Join(parts, "|")})
	})
	slices.SortFunc(out, func(a, b Key) int { return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.Value, b.Value)) })
	return slices.Compact(out)
}

const (
	beginning = 20 // letters of a title that "title-begins" takes
	rarest    = 5  // words of a title whose pairs make keys
)

// keyMaker hands keys on to emit or, without one, gathers their hashes. The parts
// of a key stand in its room only until the next.
type keyMaker struct {
	emit    func(kind string, parts ...string)
	room    [3]string
	hashes  []uint64
	records float32 // log2 of how many records the statistics are of
}

// keyMaker makes one for records that the statistics weigh.
func (st *Stats) keyMaker() keyMaker {
	return keyMaker{records: float32(math.Log2(float64(st.Records)))}
}

func (k *keyMaker) one(kind, a string) {
	if k.emit == nil {
		k.hash(joinHashes(hashText(kind), hashText(a)))
		return
	}
	k.room[0] = a
	k.emit(kind, k.room[:1]...)
}

func (k *keyMaker) two(kind, a, b string) {
	if k.emit == nil {
		k.hash(joinHashes(joinHashes(hashText(kind), hashText(a)), hashText(b)))
		return
	}
	k.room[0], k.room[1] = a, b
	k.emit(kind, k.room[:2]...)
}

func (k *keyMaker) three(kind, a, b, c string) {
	k.room = [3]string{a, b, c}
	if k.emit == nil {
		k.hash(hashKey(kind, k.room[:]))
		return
	}
	k.emit(kind, k.room[:]...)
}

func (k *keyMaker) hash(h uint64) { k.hashes = append(k.hashes, h) }

// appendHashes appends the hashKey of every key.
func (f *form) appendHashes(st *Stats, hashes []uint64) []uint64 {
	k := st.keyMaker()
	k.hashes = hashes
	f.makeKeys(&k)
	return k.hashes
}

// eachKey hands every key of the record to emit, which does not keep the parts.
func (f *form) eachKey(st *Stats, emit func(kind string, parts ...string)) {
	k := st.keyMaker()
	k.emit = emit
	f.makeKeys(&k)
}

func (f *form) makeKeys(k *keyMaker) {
	if f.doi != "" {
		k.one("doi", f.doi)
	}
	for _, d := range f.moreDOIs {
		k.one("doi", d)
	}
	if f.pmid != "" {
		k.one("pmid", f.pmid)
	}
	if f.pmcid != "" {
		k.one("pmcid", f.pmcid)
	}
	for _, x := range f.keys {
		k.two("key", x.key, x.file)
	}
	f.namesKeys(k)
	for _, id := range f.ofOneStudy() {
		k.one("registration", id)
	}
	if f.compact != "" {
		k.one("title", f.compact)
	}
	if f.original != "" {
		k.one("title", f.original)
	}
	if len(f.compact) >= beginning {
		k.one("title-begins", f.compact[:beginning])
	}
	f.wordKeys(k)
	f.placeKeys(k)
}

// placeKeys makes keys of authors, year and place.
func (f *form) placeKeys(k *keyMaker) {
	if f.first != "" && f.first != "1" {
		if len(f.authors) > 0 {
			k.two("author-page", f.authors[0].family, f.first)
		}
		if f.volume != "" {
			k.three("place", f.volume, f.first, f.last)
		}
	}
	if f.year == 0 {
		return
	}
	if len(f.authors) > 1 {
		k.three("authors-year", f.authors[0].family, f.authors[1].family, strconv.Itoa(f.year))
	}
	if len(f.authors) == 1 && f.first == "" {
		k.three("authors-year", f.authors[0].family, "", strconv.Itoa(f.year))
	}
}

// wordKeys makes keys of the pairs of the rarest words. A word that stands in
// one title only, as far as the statistics go, cannot be shared.
func (f *form) wordKeys(k *keyMaker) {
	var best [rarest]*word
	n := 0
	for i := range f.words {
		w := &f.words[i]
		if w.once {
			continue
		}
		at := n
		for at > 0 && (w.bits > best[at-1].bits) {
			at--
		}
		if at == rarest {
			continue
		}
		n = min(n+1, rarest)
		copy(best[at+1:n], best[at:n-1])
		best[at] = w
	}
	k.words(best[:n])
}

// crowd is in how many titles two words may stand together by chance, in log2. Works
// that have in common only two words that so many have are not one.
const crowd = 4

// crowded tells whether chance alone brings two words together in more titles.
func (k *keyMaker) crowded(v, w *word) bool { return k.records-v.rare-w.rare > crowd }

// words makes keys of the pairs of words, the lesser one before the other, or of the
// only one. A pair that is crowded makes keys with each third word instead.
func (k *keyMaker) words(list []*word) {
	const kind = "words"
	switch len(list) {
	case 1:
		k.one(kind, list[0].text)
	case 2:
		k.pair(kind, list[0], list[1])
	default:
		var hashes [rarest]uint64
		for i, w := range list {
			hashes[i] = hashText(w.text)
		}
		of := hashText(kind)
		for i, x := range list {
			for j, y := range list[:i] {
				switch {
				case k.crowded(x, y):
				case k.emit != nil:
					k.pair(kind, x, y)
				case x.compare(y) < 0:
					k.hash(joinHashes(joinHashes(of, hashes[i]), hashes[j]))
				default:
					k.hash(joinHashes(joinHashes(of, hashes[j]), hashes[i]))
				}
				for _, z := range list[:j] {
					if k.crowded(x, y) || k.crowded(x, z) || k.crowded(y, z) {
						k.triple(kind, [3]*word{x, y, z})
					}
				}
			}
		}
	}
}

func (k *keyMaker) pair(kind string, x, y *word) {
	if x.compare(y) > 0 {
		x, y = y, x
	}
	k.two(kind, x.text, y.text)
}

func (k *keyMaker) triple(kind string, words [3]*word) {
	slices.SortFunc(words[:], (*word).compare)
	k.three(kind, words[0].text, words[1].text, words[2].text)
}

// hashKey hashes a key for the package's own use, faster than Key.Hash: the same in
// every process.
func hashKey(kind string, parts []string) uint64 {
	h := hashText(kind)
	for _, p := range parts {
		h = joinHashes(h, hashText(p))
	}
	return h
}

// Odd numbers of which half the bits are set.
const (
	mixA = 0x9E3779B97F4A7C15
	mixB = 0xD6E8FEB86659FD93
)

// hashText hashes a text, eight bytes at a time, by multiplication to 128 bits whose
// halves are folded together.
func hashText(s string) uint64 {
	h := uint64(len(s)) * mixB
	for ; len(s) >= 8; s = s[8:] {
		h = fold128(h^eight(s), mixA)
	}
	rest := uint64(0)
	for i := 0; i < len(s); i++ {
		rest = rest<<8 | uint64(s[i])
	}
	return fold128(h^rest^mixB, mixA)
}

// joinHashes adds the hash of a part to that of what stands before it.
func joinHashes(h, part uint64) uint64 { return fold128(h^part, mixA) ^ part }

func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func fold128(x, y uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	return hi ^ lo
}
