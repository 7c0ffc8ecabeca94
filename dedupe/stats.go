package dedupe

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/evidence-go/evidence/internal/similarity"
	"github.com/evidence-go/evidence/record"
)

// A title of up to serialWords words that stands in serialYears different years
// or more is taken for a rubric.
const (
	serialWords = 4
	serialYears = 3
)

// statsVersion is the version of the JSON form of Stats.
const statsVersion = 1

// Stats says how common each title word and each author name is in a
// collection of records, and how far its fields can be trusted. [Learn] makes
// it, Merge joins what was learnt from parts, and it is kept as JSON. It is
// only read by everything else in this package.
type Stats struct {
	Version int                       `json:"version"`
	Records int                       `json:"records"`
	Words   map[string]int            `json:"words"`             // in how many titles a word stands, in comparison spelling
	Names   map[string]int            `json:"names"`             // of how many records a family name is the first author's, in comparison spelling
	Serials map[string][]int          `json:"serials,omitempty"` // short titles that stand in two years or more, without blanks, and those years
	Values  map[string]map[string]int `json:"values,omitempty"`  // of "volume" and "issue": in how many records a short value stands
	Slipped []Slip                    `json:"slipped,omitempty"` // parts of columns of identifiers that have slipped by a row
	Fields  map[string]FieldStats     `json:"fields"`            // by name: "doi", "pmid", "title", "authors", "year", "journal", "volume", "issue", "pages", "abstract"
}

// FieldStats says how far a field can be trusted here.
type FieldStats struct {
	Filled int `json:"filled"` // records in which the field has a value

	// Of identifiers: records whose value another record had too, and those of them
	// that have quite another title. Of volume, issue and pages: pairs of
	// records of one identifier that both have a value, and those whose values differ.
	Shared       int `json:"shared,omitzero"`
	Contradicted int `json:"contradicted,omitzero"`
}

// trust is the share of records that share an identifier and that nothing
// contradicts, drawn towards one while few have been seen.
func (f FieldStats) trust() float64 {
	const prior = 10
	return 1 - float64(f.Contradicted)/float64(f.Shared+prior)
}

// Learn counts title words, names and fields of the records. Nil records are
// passed over; no records give statistics that know nothing, under which every
// word is equally rare.
func Learn(records []*record.Record) *Stats {
	s := &search{records: slices.DeleteFunc(slices.Clone(records), func(r *record.Record) bool { return r == nil })}
	// A context that never ends is no error.
	_ = s.fold(context.Background())
	return s.st
}

func emptyStats() *Stats {
	return &Stats{Version: statsVersion, Words: map[string]int{}, Names: map[string]int{}, Serials: map[string][]int{}, Values: map[string]map[string]int{}, Fields: map[string]FieldStats{}}
}

// alikeStart tells whether two compact titles begin alike or share most of
// their letters in order.
func alikeStart(a, b string) bool {
	n := min(len(a), len(b), beginning)
	return a[:n] == b[:n] || similarity.Ratio(a, b) >= 0.6
}

// Merge returns the statistics of two collections together. Identifiers that
// both have are not held against one another, since the records are not here.
// A nil argument counts as empty.
func (st *Stats) Merge(other *Stats) *Stats {
	out := emptyStats()
	for _, s := range []*Stats{st, other} {
		if s != nil {
			out.absorb(s)
		}
	}
	return out
}

// absorb adds other statistics to st.
func (st *Stats) absorb(other *Stats) {
	st.Records += other.Records
	for w, n := range other.Words {
		st.Words[w] += n
	}
	for w, n := range other.Names {
		st.Names[w] += n
	}
	for t, years := range other.Serials {
		years = append(slices.Clone(years), st.Serials[t]...)
		slices.Sort(years)
		st.Serials[t] = slices.Compact(years)
	}
	for field, values := range other.Values {
		for v, n := range values {
			st.addValue(field, v, n)
		}
	}
	st.Slipped = sortedSlips(append(st.Slipped, other.Slipped...))
	for w, f := range other.Fields {
		st.Fields[w] = st.Fields[w].plus(f)
	}
}

// UnmarshalJSON reads saved statistics; a version that is not known is an error.
func (st *Stats) UnmarshalJSON(data []byte) error {
	type plain Stats
	in := plain(*emptyStats())
	in.Version = 0
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("dedupe: statistics: %w", err)
	}
	if in.Version != statsVersion {
		return fmt.Errorf("dedupe: statistics of version %d, expected %d: learn them anew", in.Version, statsVersion)
	}
	*st = Stats(in)
	return nil
}
