package screen

import (
	"slices"

	"github.com/evidence-go/evidence/record"
)

// Studies groups the reports of a review into studies, which are what a review
// counts: two records that share a trial registration are reports of one study,
// and so are the pairs that the caller names, such as a protocol and its results
// or two parts of one report. Pairs of which a record is not among records are
// passed over, and so is a nil among the records. A study is named after its smallest record ID; studies come in
// the order of their first report.
func Studies(records []*record.Record, same [][2]record.ID) []record.Study {
	records = slices.DeleteFunc(slices.Clone(records), func(r *record.Record) bool { return r == nil })
	index := map[record.ID]int{}
	for i, r := range records {
		index[r.ID()] = i
		for _, m := range r.Members {
			index[m.ID] = i
		}
	}
	root := make([]int, len(records))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	join := func(a, b int) {
		a, b = find(a), find(b)
		root[max(a, b)] = min(a, b) // the earliest record stays the root
	}
	byRegistration := map[record.Registration]int{}
	for i, r := range records {
		for _, reg := range r.Registrations {
			if first, ok := byRegistration[reg]; ok {
				join(first, i)
				continue
			}
			byRegistration[reg] = i
		}
	}
	for _, pair := range same {
		a, okA := index[pair[0]]
		b, okB := index[pair[1]]
		if okA && okB {
			join(a, b)
		}
	}
	var out []record.Study
	at := map[int]int{}
	for i, r := range records {
		top := find(i)
		if _, ok := at[top]; !ok {
			at[top] = len(out)
			out = append(out, record.Study{})
		}
		s := &out[at[top]]
		if !slices.Contains(s.Reports, r.ID()) {
			s.Reports = append(s.Reports, r.ID())
		}
	}
	for i := range out {
		out[i].ID = string(slices.Min(out[i].Reports))
	}
	return out
}
