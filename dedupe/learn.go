package dedupe

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/evidence-go/evidence/record"
)

// This file counts words, names and fields of many records, on several processors,
// and weighs the words. Each word is looked up once where it is folded and has a
// number from then on: see vocabulary.

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

// learnt puts together what the learners have counted. The counts of words and
// names, which nothing needs before the records are weighed, are there when pending
// is done.
func learnt(learners []*learner, records []*record.Record, forms []*form, pending *sync.WaitGroup) *Stats {
	st := emptyStats()
	words, names := make([]*vocabulary, len(learners)), make([]*vocabulary, len(learners))
	for i, l := range learners {
		words[i], names[i] = &l.words, &l.names
		st.Records += l.records
	}
	words, names = putTogether(words), putTogether(names)
	pending.Go(func() { st.Words = countsOf(words) })
	pending.Go(func() { st.Names = countsOf(names) })
	var doi, pmid checked
	onParts(3, func(part int) {
		switch part {
		case 0:
			doi = checkIdentifiers(ofDOI, learners, records, forms)
		case 1:
			pmid = checkIdentifiers(ofPMID, learners, records, forms)
		case 2:
			st.hearValues(learners)
		}
	})
	st.Slipped = sortedSlips(slices.Concat(doi.slips, pmid.slips))
	for i, name := range fieldNames {
		f := doi.fields[i].plus(pmid.fields[i])
		for _, l := range learners {
			f.Filled += l.fields[i]
		}
		if f != (FieldStats{}) {
			st.Fields[name] = f
		}
	}
	return st
}

// hearValues puts together short titles, volumes and issues.
func (st *Stats) hearValues(learners []*learner) {
	for _, l := range learners {
		for t, years := range l.serials {
			st.Serials[t] = append(st.Serials[t], years...)
		}
		l.volumes.addValues(st, "volume")
		l.issues.addValues(st, "issue")
	}
	for t, years := range st.Serials {
		slices.Sort(years)
		st.Serials[t] = slices.Compact(years)
	}
	// Keys of their own, so that the statistics do not hold the titles.
	st.Serials = ownKeys(st.Serials)
}

// checked is what the records of one kind of identifier show.
type checked struct {
	fields fieldCounts
	slips  []Slip
}

// checkIdentifiers holds the records that share a DOI or PubMed number against one
// another.
func checkIdentifiers(of int, learners []*learner, records []*record.Record, forms []*form) (c checked) {
	id := func(f *form) string { return f.doi }
	var holders []holder
	for _, l := range learners {
		if of == ofPMID {
			holders = append(holders, l.pmid...)
		} else {
			holders = append(holders, l.doi...)
		}
	}
	if of == ofPMID {
		id = func(f *form) string { return f.pmid }
	}
	byIdentifier(holders, forms, id)
	shared(holders, forms, id, func(list []holder) { c.fields.check(of, list, forms) })
	if c.fields[of].Contradicted >= slipSeen {
		t := newRows(records, forms)
		shared(holders, forms, id, t.note)
		c.slips = t.slips(fieldNames[of], id)
	}
	return c
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

// plus adds what others show.
func (fs FieldStats) plus(other FieldStats) FieldStats {
	return FieldStats{fs.Filled + other.Filled, fs.Shared + other.Shared, fs.Contradicted + other.Contradicted}
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

// weigh weighs each word and name once, by how often they stand in all: as was
// learnt, or as st says when it was given.
func (l *learner) weigh(st *Stats, given bool) {
	l.weights = make([]float32, len(l.words.texts))
	for i, t := range l.words.texts {
		var w word
		titles := 0
		if given {
			titles = st.Words[t]
		} else {
			titles = int(l.words.totals[i])
		}
		w.weigh(st, titles)
		l.weights[i] = w.signed()
	}
	l.named = l.names.totals
	if !given {
		return
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
			f.words[i].weighSigned(h.by.weights[words[i]])
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
