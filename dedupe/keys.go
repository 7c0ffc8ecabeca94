package dedupe

import (
	"cmp"
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

// Keys returns the blocking keys of a record in alphabetical order, each once.
// It is pure: the same statistics, policy and record give the same keys,
// whatever other records there are. A nil record has none.
//
//	doi, pmid, pmcid  the identifiers, and those of the works that the record names as related
//	key               its key in its file, and those of the works that it names as related
//	registration      entries of trial registers, of a report of one study
//	title             the whole title, and the original title
//	title-begins      its first letters: titles cut off or without their subtitle
//	words             pairs of its rarest words: titles that were changed
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

// eachKey hands every key of the record to emit.
func (f *form) eachKey(st *Stats, emit func(kind string, parts ...string)) {
	if f.doi != "" {
		emit("doi", f.doi)
	}
	for _, d := range f.moreDOIs {
		emit("doi", d)
	}
	if f.pmid != "" {
		emit("pmid", f.pmid)
	}
	if f.pmcid != "" {
		emit("pmcid", f.pmcid)
	}
	for _, k := range f.keys {
		emit("key", k.key, k.file)
	}
	f.namesKeys(emit)
	for _, id := range f.ofOneStudy() {
		emit("registration", id)
	}
	if f.compact != "" {
		emit("title", f.compact)
	}
	if f.original != "" {
		emit("title", f.original)
	}
	if len(f.compact) >= beginning {
		emit("title-begins", f.compact[:beginning])
	}
	f.wordKeys(st, emit)
	year := ""
	if f.year != 0 {
		year = strconv.Itoa(f.year)
	}
	if f.first != "" && f.first != "1" {
		if len(f.authors) > 0 {
			emit("author-page", f.authors[0].family, f.first)
		}
		if f.volume != "" {
			emit("place", f.volume, f.first, f.last)
		}
	}
	if len(f.authors) > 1 && year != "" {
		emit("authors-year", f.authors[0].family, f.authors[1].family, year)
	}
	if len(f.authors) == 1 && year != "" && f.first == "" {
		emit("authors-year", f.authors[0].family, "", year)
	}
}

// wordKeys makes keys of the pairs of the rarest words. A word that stands in
// one title only, as far as the statistics go, cannot be shared.
func (f *form) wordKeys(st *Stats, emit func(kind string, parts ...string)) {
	var best [rarest]*word
	n := 0
	for i := range f.words {
		w := &f.words[i]
		if st.Words[w.text] == 1 {
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
	if n == 1 {
		emit("words", best[0].text)
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			x, y := best[i].text, best[j].text
			if x > y {
				x, y = y, x
			}
			emit("words", x, y)
		}
	}
}
