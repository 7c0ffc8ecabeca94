package dedupe

import "strings"

// This file counts texts. Each processor has a vocabulary of its own; in the end they
// are put together in parts by the hashes of the texts, which several processors
// count side by side.

// vocabulary numbers texts in the order in which they come, and counts them.
type vocabulary struct {
	places []place // a table by hash, never more than half full, a power of two long
	texts  []string
	counts []int32
	totals []int32 // by number: the counts of all vocabularies that were put together
}

// place is where a text stands in the table: half of its hash, and its number,
// counted from 1.
type place struct{ hash, number uint32 }

func newVocabulary() vocabulary { return vocabulary{places: make([]place, 1<<10)} }

// add counts a text and gives its number.
func (v *vocabulary) add(text string) int32 {
	return v.addTimes(uint32(hashText(text)>>32), text, 1)
}

// addTimes counts a text that has the hash so many times, and gives its number.
func (v *vocabulary) addTimes(hash uint32, text string, times int32) int32 {
	mask := uint32(len(v.places) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		p := &v.places[i]
		if p.number == 0 {
			*p = place{hash, uint32(len(v.texts) + 1)}
			v.texts, v.counts = append(v.texts, text), append(v.counts, times)
			v.grow()
			return int32(len(v.texts) - 1)
		}
		if p.hash == hash && v.texts[p.number-1] == text {
			v.counts[p.number-1] += times
			return int32(p.number - 1)
		}
	}
}

// grow makes the table larger when it is half full.
func (v *vocabulary) grow() {
	if 2*len(v.texts) < len(v.places) {
		return
	}
	old := v.places
	v.places = make([]place, 4*len(old))
	mask := uint32(len(v.places) - 1)
	for _, p := range old {
		if p.number == 0 {
			continue
		}
		i := p.hash & mask
		for v.places[i].number != 0 {
			i = (i + 1) & mask
		}
		v.places[i] = p
	}
}

// vocabularyParts is in how many parts vocabularies are put together, by so many
// bits of the hash: enough that no processor waits for another, and that the table
// of a part stays in its cache.
const (
	vocabularyBits  = 8
	vocabularyParts = 1 << vocabularyBits
)

// putTogether fills in the totals of the vocabularies and gives all their texts,
// each once and with its total as its count, in parts.
func putTogether(all []*vocabulary) []*vocabulary {
	if len(all) == 1 {
		all[0].totals = all[0].counts
		return all
	}
	shares := make([]parted, len(all))
	onParts(len(all), func(i int) {
		shares[i] = all[i].inParts()
		all[i].totals = make([]int32, len(all[i].texts))
	})
	parts := make([]*vocabulary, vocabularyParts)
	onParts(vocabularyParts, func(part int) { parts[part] = addUp(all, shares, part) })
	return parts
}

// addUp counts the texts of one part of the vocabularies.
func addUp(all []*vocabulary, shares []parted, part int) *vocabulary {
	sum := newVocabulary()
	var numbers []int32
	for i, v := range all {
		for _, p := range shares[i].part(part) {
			numbers = append(numbers, sum.addTimes(p.hash, v.texts[p.number-1], v.counts[p.number-1]))
		}
	}
	for i, v := range all {
		share := shares[i].part(part)
		for k, p := range share {
			v.totals[p.number-1] = sum.counts[numbers[k]]
		}
		numbers = numbers[len(share):]
	}
	return &sum
}

// parted are the places of a vocabulary by the first bits of their hashes.
type parted struct {
	places []place
	ends   [vocabularyParts]int // where each part ends in places
}

// part gives the places of one part.
func (s *parted) part(i int) []place {
	if i == 0 {
		return s.places[:s.ends[0]]
	}
	return s.places[s.ends[i-1]:s.ends[i]]
}

func (v *vocabulary) inParts() parted {
	const shift = 32 - vocabularyBits
	s := parted{places: make([]place, len(v.texts))}
	for _, p := range v.places {
		if p.number != 0 {
			s.ends[p.hash>>shift]++
		}
	}
	at := 0
	for i, n := range s.ends {
		s.ends[i], at = at, at+n
	}
	for _, p := range v.places {
		if p.number != 0 {
			i := p.hash >> shift
			s.places[s.ends[i]] = p
			s.ends[i]++
		}
	}
	return s
}

// countsOf gives the counts by text. The keys are no parts of longer texts, such as
// the titles from which they come.
func countsOf(parts []*vocabulary) map[string]int {
	n := 0
	for _, v := range parts {
		n += len(v.texts)
	}
	counts := make(map[string]int, n)
	for _, v := range parts {
		keys := strings.Join(v.texts, "")
		for i, t := range v.texts {
			counts[keys[:len(t)]] = int(v.counts[i])
			keys = keys[len(t):]
		}
	}
	return counts
}
