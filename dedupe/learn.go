package dedupe

import (
	"cmp"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// This file counts words, names and fields of many records, on several processors,
// and weighs the words. Each word is looked up once where it is folded and has a
// number from then on.

// vocabulary numbers texts in the order in which they come, and counts them.
type vocabulary struct {
	places []place // a table by hash, never more than half full, a power of two long
	texts  []string
	counts []int32
}

// place is where a text stands in the table: half of its hash, and its number,
// counted from 1.
type place struct{ hash, number uint32 }

func newVocabulary() vocabulary { return vocabulary{places: make([]place, 1<<10)} }

// add gives the number of a text.
func (v *vocabulary) add(text string) int32 {
	hash := uint32(hashText(text) >> 32)
	mask := uint32(len(v.places) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		p := &v.places[i]
		if p.number == 0 {
			*p = place{hash, uint32(len(v.texts) + 1)}
			v.texts, v.counts = append(v.texts, text), append(v.counts, 1)
			v.grow()
			return int32(len(v.texts) - 1)
		}
		if p.hash == hash && v.texts[p.number-1] == text {
			v.counts[p.number-1]++
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

// fieldNames are the fields that statistics are kept of.
var fieldNames = [...]string{"doi", "pmid", "title", "authors", "year", "journal", "volume", "issue", "pages", "abstract"}

// Places of some in fieldNames.
const (
	ofDOI    = 0
	ofPMID   = 1
	ofVolume = 6
	ofIssue  = 7
	ofPages  = 8
)

// fieldCounts are what is known of each of them.
type fieldCounts [len(fieldNames)]FieldStats

func (f *form) filled() [len(fieldNames)]bool {
	return [...]bool{f.doi != "", f.pmid != "", f.title != "", len(f.authors) > 0, f.year != 0,
		len(f.journal.words) > 0, f.volume != "", f.issue != "", f.first != "", f.abstract != ""}
}

// learner is what one processor has counted.
type learner struct {
	records int
	words   vocabulary
	names   vocabulary // family names of first authors
	volumes values
	issues  values
	serials map[string][]int
	fields  [len(fieldNames)]int
	doi     []holder
	pmid    []holder

	weights []float32 // of words by their numbers: their bits, negative for those in one title only
	named   []int32   // of names by their numbers: how often they are there in all
}

// holder is the hash of an identifier and the record that has it.
type holder struct {
	hash   uint64
	record int32
}

func newLearner() *learner {
	return &learner{words: newVocabulary(), names: newVocabulary(), volumes: values{}, issues: values{}, serials: map[string][]int{}}
}

// heard are the numbers of the words and names of a stretch of records.
type heard struct {
	by    *learner
	words []int32 // of each record those of its words in their order
	names []int32 // of each record with an author
}

// hear counts the forms of a stretch.
func (l *learner) hear(forms []*form, from, to int) heard {
	h := heard{by: l, words: make([]int32, 0, 12*(to-from)), names: make([]int32, 0, to-from)}
	for i := from; i < to; i++ {
		f := forms[i]
		l.records++
		for k := range f.words {
			h.words = append(h.words, l.words.add(f.words[k].text))
		}
		if len(f.authors) > 0 {
			h.names = append(h.names, l.names.add(f.authors[0].family))
		}
		if f.title != "" && f.year != 0 && f.short() {
			if years := l.serials[f.compact]; !slices.Contains(years, f.year) {
				l.serials[f.compact] = append(years, f.year)
			}
		}
		for k, filled := range f.filled() {
			if filled {
				l.fields[k]++
			}
		}
		l.volumes.add(f.volume)
		l.issues.add(f.issue)
		if f.doi != "" {
			l.doi = append(l.doi, holder{hashText(f.doi), int32(i)})
		}
		if f.pmid != "" {
			l.pmid = append(l.pmid, holder{hashText(f.pmid), int32(i)})
		}
	}
	return h
}

// learnt puts together what the learners have counted.
func learnt(learners []*learner, records []*record.Record, forms []*form) *Stats {
	st := emptyStats()
	var fields fieldCounts
	var doi, pmid []holder
	for _, l := range learners {
		st.Records += l.records
		l.words.addTo(st.Words)
		l.names.addTo(st.Names)
		for t, years := range l.serials {
			st.Serials[t] = append(st.Serials[t], years...)
		}
		for i, n := range l.fields {
			fields[i].Filled += n
		}
		l.volumes.addValues(st, "volume")
		l.issues.addValues(st, "issue")
		doi, pmid = append(doi, l.doi...), append(pmid, l.pmid...)
	}
	for t, years := range st.Serials {
		slices.Sort(years)
		st.Serials[t] = slices.Compact(years)
	}
	// Keys of their own, so that the statistics do not hold the titles.
	st.Serials = ownKeys(st.Serials)
	for _, x := range []struct {
		of      int
		holders []holder
		id      func(*form) string
	}{{ofDOI, doi, func(f *form) string { return f.doi }}, {ofPMID, pmid, func(f *form) string { return f.pmid }}} {
		byIdentifier(x.holders, forms, x.id)
		shared(x.holders, forms, x.id, func(list []holder) { fields.check(x.of, list, forms) })
		if fields[x.of].Contradicted >= slipSeen {
			t := newRows(records, forms)
			shared(x.holders, forms, x.id, t.note)
			st.Slipped = append(st.Slipped, t.slips(fieldNames[x.of], x.id)...)
		}
	}
	st.Slipped = sortedSlips(st.Slipped)
	for i, f := range fields {
		if f != (FieldStats{}) {
			st.Fields[fieldNames[i]] = f
		}
	}
	return st
}

// ownKeys leaves out short titles of one year only.
func ownKeys(serials map[string][]int) map[string][]int {
	out := map[string][]int{}
	for t, years := range serials {
		if len(years) > 1 {
			out[strings.Clone(t)] = years
		}
	}
	return out
}

// addTo adds the counts; the keys are no parts of longer texts.
func (v *vocabulary) addTo(counts map[string]int) {
	for i, t := range v.texts {
		if n, ok := counts[t]; ok {
			counts[t] = n + int(v.counts[i])
		} else {
			counts[strings.Clone(t)] = int(v.counts[i])
		}
	}
}

// byIdentifier puts holders of one identifier together, in the order of content.
func byIdentifier(holders []holder, forms []*form, id func(*form) string) {
	sortInParallel(holders, func(x, y holder) int {
		if x.hash != y.hash {
			return cmp.Compare(x.hash, y.hash)
		}
		f, g := forms[x.record], forms[y.record]
		return cmp.Or(strings.Compare(id(f), id(g)), f.compare(g), f.compareStated(g), cmp.Compare(x.record, y.record))
	})
}

// shared hands the holders of each identifier that two or more records have to do.
func shared(holders []holder, forms []*form, id func(*form) string, do func([]holder)) {
	for from := 0; from < len(holders); {
		first := forms[holders[from].record]
		to := from + 1
		for to < len(holders) && holders[to].hash == holders[from].hash && id(forms[holders[to].record]) == id(first) {
			to++
		}
		if to > from+1 {
			do(holders[from:to])
		}
		from = to
	}
}

// check notes how many records share an identifier, how many of them have another
// title than the first in the order of content, and how many of the others another
// volume, issue or pages.
func (fields *fieldCounts) check(of int, list []holder, forms []*form) {
	first := forms[list[0].record]
	for _, h := range list[1:] {
		f := forms[h.record]
		fields[of].Shared++
		if first.compact != "" && !alikeStart(first.compact, f.compact) {
			fields[of].Contradicted++
			continue
		}
		volume, _ := volumeLevel(first, f)
		issue, _ := issueLevel(first, f)
		pages, _ := pagesLevel(first, f)
		fields[ofVolume].place(volume)
		fields[ofIssue].place(issue)
		fields[ofPages].place(pages)
	}
}

// place notes how two records of one work agree in their place.
func (fs *FieldStats) place(is agreement) {
	if is == unknown {
		return
	}
	fs.Shared++
	if is == differs {
		fs.Contradicted++
	}
}

// weigh looks each word and name up in the statistics, once.
func (l *learner) weigh(st *Stats) {
	l.weights = make([]float32, len(l.words.texts))
	for i, t := range l.words.texts {
		var w word
		if w.weigh(st, st.Words[t]); w.once {
			w.bits = -w.bits
		}
		l.weights[i] = w.bits
	}
	l.named = make([]int32, len(l.names.texts))
	for i, t := range l.names.texts {
		l.named[i] = int32(st.Names[t])
	}
}

// weigh weighs the forms of the stretch.
func (h heard) weigh(st *Stats, forms []*form) {
	words, names := h.words, h.names
	for _, f := range forms {
		for i := range f.words {
			bits := h.by.weights[words[i]]
			f.words[i].bits, f.words[i].once = max(bits, -bits), bits < 0
		}
		words = words[len(f.words):]
		named := 0
		if len(f.authors) > 0 {
			named = int(h.by.named[names[0]])
			names = names[1:]
		}
		f.sumUp(st, named)
	}
}
