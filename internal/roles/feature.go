package roles

import "math"

// Feature is something that holds of a sentence, named by a hash, and how much it
// counts. The sentence before and the one after have features here too, under
// other names.
type Feature struct {
	ID    uint32
	Value float32
}

// Kinds of features: each is a hash of its kind and of what was seen.
const (
	aWord uint64 = iota + 1
	aStem
	wordPair
	wordTriple
	classTriple   // the form of a sentence: three classes in a row
	classThenWord // we -ed
	wordThenClass
	wordInPart // a word by the part of the abstract that it stands in
	beginning  // the first one, two, … five words
	ending     // the last word, the last two
	placeInAbstract
	length
	before // a feature of the sentence before
	after  // a feature of the sentence after
)

const (
	beginningWords = 5
	weight         = 4   // of all words of a sentence together, against 1 of its place
	neighbourShare = 0.5 // of the weight of a sentence's own words
)

// Extractor finds the features of the sentences of one abstract after another. Its
// memory is that of the longest sentence. The zero value is ready; an extractor
// serves one goroutine.
type Extractor struct {
	marks  []mark
	shared []uint64 // what neighbours see too: words, stems, beginnings
	own    []uint64
	out    [3][]Feature
}

// Features gives what holds of sentence i of n, for itself (own) and for its
// neighbours: next are features of the sentence after this one, previous those of
// the sentence before it. All are valid until the next call.
func (x *Extractor) Features(text string, i, n int) (own, next, previous []Feature) {
	x.marks = scan(x.marks[:0], text)
	x.shared, x.own = x.shared[:0], x.own[:0]
	x.words(part(i, n))
	own, next, previous = x.out[0][:0], x.out[1][:0], x.out[2][:0]
	share := evenly(len(x.shared))
	for _, h := range x.shared {
		own = append(own, Feature{name(h), share})
		next = append(next, Feature{name(mix(h, before)), share * neighbourShare})
		previous = append(previous, Feature{name(mix(h, after)), share * neighbourShare})
	}
	share = evenly(len(x.own))
	for _, h := range x.own {
		own = append(own, Feature{name(h), share})
	}
	own = appendPlace(own, i, n, len(x.marks))
	x.out = [3][]Feature{own, next, previous}
	return own, next, previous
}

// name is the part of a hash that is kept.
func name(h uint64) uint32 { return uint32(h >> 32) }

// evenly shares the weight of a sentence among n features, so that a long one has
// no more to say than a short one (by the length of the vector).
func evenly(n int) float32 { return weight / float32(math.Sqrt(float64(n+1))) }

// part numbers the quarters of an abstract from 0, its last sentence being a fifth.
func part(i, n int) uint64 {
	if i == n-1 {
		return 4
	}
	return uint64(i * 4 / n)
}

// words finds the features made of words, their stems and classes.
func (x *Extractor) words(part uint64) {
	edge := mark{whole: 1, class: 1}
	first, second := mark{whole: 2, class: 2}, edge // the two marks before
	begun := uint64(1)
	for k, m := range x.marks {
		x.shared = append(x.shared, mix(m.whole, aWord))
		if m.isWord {
			x.shared = append(x.shared, mix(m.stem, aStem))
		}
		if k < beginningWords {
			begun = mix(begun, m.whole)
			x.shared = append(x.shared, mix(begun, beginning))
		}
		pair := mix(second.whole, m.whole)
		x.own = append(x.own,
			mix(pair, wordPair), mix(mix(first.whole, pair), wordTriple),
			mix(mix(mix(first.class, second.class), m.class), classTriple),
			mix(mix(second.class, m.whole), classThenWord), mix(mix(second.whole, m.class), wordThenClass),
			mix(mix(part, m.whole), wordInPart))
		first, second = second, m
	}
	if len(x.marks) > 0 {
		x.own = append(x.own, mix(second.whole, ending), mix(mix(first.whole, second.whole), ending))
	}
}

// appendPlace adds where a sentence stands and how long it is, in several grains.
func appendPlace(own []Feature, i, n, marks int) []Feature {
	begin, end, tenth := min(i, 6), min(n-1-i, 6), i*10/n
	for k, v := range [...]int{0, tenth, begin, end, min(n, 20), 4*min(i, 3) + min(n-1-i, 3), 1000*min(i, 500) + min(n, 500)} {
		own = append(own, Feature{name(mix(mix(uint64(v), uint64(k)), placeInAbstract)), 1})
	}
	for k, v := range [...]int{min(marks/5, 12), 10*tenth + min(marks/8, 6)} {
		own = append(own, Feature{name(mix(mix(uint64(v), uint64(k)), length)), 1})
	}
	if i == 0 {
		own = append(own, Feature{name(mix(0, before)), 1})
	}
	if i == n-1 {
		own = append(own, Feature{name(mix(0, after)), 1})
	}
	return own
}
