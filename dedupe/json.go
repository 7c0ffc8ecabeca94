package dedupe

import (
	"encoding/json"
	"errors"

	"github.com/evidence-go/evidence/record"
)

// SchemaVersion is the version of the JSON form of a result; it stands in each
// one as "schema". docs/schema/duplicates.json describes it.
const SchemaVersion = 1

// The JSON forms name records by ID and key and do not hold them. Lists without
// items are written as lists.
type (
	named struct {
		ID  record.ID `json:"id"`
		Key string    `json:"key,omitzero"`
	}
	writtenLink struct {
		A      named   `json:"a"`
		B      named   `json:"b"`
		Rule   string  `json:"rule"`
		Score  float64 `json:"score"`
		Why    string  `json:"why"`
		Levels []Level `json:"levels,omitempty"`
	}
	writtenGroup struct {
		Records []named       `json:"records"`
		Links   []writtenLink `json:"links"`
	}
	writtenRelated struct {
		A    named       `json:"a"`
		B    named       `json:"b"`
		Kind RelatedKind `json:"kind"`
		Why  string      `json:"why"`
	}
	writtenOrder struct {
		Verdict Verdict `json:"verdict"`
		A       named   `json:"a"`
		B       named   `json:"b"`
	}
	writtenResult struct {
		Schema   int              `json:"schema"`
		Policy   Policy           `json:"policy"`
		Run      RunStats         `json:"run"`
		Unique   int              `json:"unique"`
		Groups   []writtenGroup   `json:"groups"`
		Doubtful []writtenLink    `json:"doubtful"`
		Related  []writtenRelated `json:"related"`
		Orders   []writtenOrder   `json:"orders"`
	}
)

func name(r *record.Record) named {
	if r == nil {
		return named{}
	}
	return named{r.ID(), r.Key}
}

// each writes the items of a list; the list is never nil.
func each[T, W any](list []T, written func(T) W) []W {
	out := make([]W, len(list))
	for i := range list {
		out[i] = written(list[i])
	}
	return out
}

func (l Link) written() writtenLink {
	return writtenLink{name(l.A), name(l.B), l.Rule, l.Score, l.Why, l.Levels}
}

func (g Group) written() writtenGroup {
	return writtenGroup{each(g.Records, name), each(g.Links, Link.written)}
}

func (x Related) written() writtenRelated { return writtenRelated{name(x.A), name(x.B), x.Kind, x.Why} }

func (o Order) written() writtenOrder { return writtenOrder{o.Verdict, name(o.A), name(o.B)} }

// MarshalJSON names the two records by ID and key.
func (l Link) MarshalJSON() ([]byte, error) { return json.Marshal(l.written()) }

// MarshalJSON names the two records by ID and key.
func (x Related) MarshalJSON() ([]byte, error) { return json.Marshal(x.written()) }

// MarshalJSON names the two records by ID and key.
func (o Order) MarshalJSON() ([]byte, error) { return json.Marshal(o.written()) }

// MarshalJSON names the records by ID and key.
func (g Group) MarshalJSON() ([]byte, error) { return json.Marshal(g.written()) }

// MarshalJSON writes groups, doubtful and related pairs, orders, policy and
// counts; records are named by ID and key. The statistics are left out, they
// have a JSON form of their own.
func (res *Result) MarshalJSON() ([]byte, error) {
	if res == nil {
		return []byte("null"), nil
	}
	return json.Marshal(writtenResult{SchemaVersion, res.Policy, res.Run, res.Unique(), each(res.Groups, Group.written),
		each(res.Doubtful, Link.written), each(res.Related, Related.written), each(res.Orders, Order.written)})
}

// UnmarshalJSON always returns an error: the JSON form names the records and does
// not hold them. Keep the records and the pairs that persons decided, and run Find
// and Result.Decide on them again; the same input gives the same result.
func (res *Result) UnmarshalJSON([]byte) error {
	return errors.New("dedupe: a Result cannot be read from JSON, which names its records and does not hold them: " +
		"read the records again, run Find on them, and Decide with the orders")
}
