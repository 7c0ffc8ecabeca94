package query

import "github.com/evidence-go/evidence/record"

// Index is a collection of records made ready for many strategies, as a database
// is: it remembers of each word in which records it stands, in which part of them
// and at which place.
//
//	records ──NewIndex──▶ Index ──Run──▶ Results of each line
//
// A strategy that is asked once is as well asked of the records themselves, by
// [Query.Run]: both say the same of every record. An index is worth its making,
// which reads every record wholly, where further strategies or further drafts of
// one are asked of the same records.
//
// An index is not changed once it is made and is safe for concurrent use. It holds
// the records that it was made of, which must not be changed as long as it is used.
type Index struct {
	records []*record.Record
	words   wordList
	first   []int32 // of each word, its first list; and behind the last word
	spaces  []space // of each list
	lists   postings

	absent     [partCount]recordSet     // the records that have no item of a part
	noLanguage recordSet                // those without a language
	noDate     [dateKindCount]recordSet // those without a date of a kind
}

// NewIndex makes an index of records. A nil record is an empty one.
func NewIndex(records []*record.Record) *Index {
	ix := &Index{records: make([]*record.Record, len(records))}
	n := wordsFor(len(records))
	for p := range ix.absent {
		ix.absent[p] = make(recordSet, n)
	}
	for k := range ix.noDate {
		ix.noDate[k] = make(recordSet, n)
	}
	ix.noLanguage = make(recordSet, n)
	b := newIndexer(ix)
	for i, r := range records {
		if r == nil {
			r = &record.Record{}
		}
		ix.records[i] = r
		b.add(r)
	}
	b.finish()
	return ix
}

// listsOf gives the lists of a word: from first to the one before behind.
func (ix *Index) listsOf(word int) (first, behind int32) { return ix.first[word], ix.first[word+1] }

// listIn gives the list of a word in a space, -1 where there is none.
func (ix *Index) listIn(word string, s space) int32 {
	if n, found := ix.words.find(word); found {
		for l, behind := ix.listsOf(n); l < behind; l++ {
			if ix.spaces[l] == s {
				return l
			}
		}
	}
	return -1
}

// addList adds the records of a list to a set; a list of -1 has none.
func (ix *Index) addList(l int32, set recordSet) {
	if l >= 0 {
		r := ix.lists.list(l)
		r.addTo(set)
	}
}
