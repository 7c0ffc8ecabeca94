package dedupe

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// ErrContradiction is what Decide returns when a decision contradicts earlier
// ones. [errors.Is] finds it.
var ErrContradiction = errors.New("dedupe: the decisions contradict one another")

// Decide puts a person's word on two records into effect and returns the new
// result; res stays as it is. The word is stronger than any rule: Same joins
// the records and their groups, Different keeps them apart, and a link that would
// bring them together by way of others is taken back where it is weakest. It is
// kept in Orders; a later word on the same two records replaces the earlier.
//
// The error says when v is neither Same nor Different, when a record is not
// among those of the result, or when the orders contradict one another: then it
// wraps ErrContradiction and names the records along the circle.
func (res *Result) Decide(v Verdict, a, b *record.Record) (*Result, error) {
	if v != Same && v != Different {
		return nil, fmt.Errorf("dedupe: a person decides %q or %q, not %q", Same, Different, v)
	}
	if res == nil || res.search == nil {
		return nil, errors.New("dedupe: only a result that Find returned can be decided on")
	}
	at := res.places()
	for _, r := range []*record.Record{a, b} {
		if _, ok := at[r]; !ok {
			return nil, fmt.Errorf("dedupe: %s is not among the records of this result", nameOf(r))
		}
	}
	if a == b {
		return nil, fmt.Errorf("dedupe: %s was named twice, expected two records", nameOf(a))
	}
	next := *res
	next.Orders = slices.DeleteFunc(slices.Clone(res.Orders), func(o Order) bool {
		return o.A == a && o.B == b || o.A == b && o.B == a
	})
	next.Orders = append(next.Orders, Order{Verdict: v, A: a, B: b})
	if err := contradictory(next.Orders); err != nil {
		return nil, err
	}
	next.group()
	return &next, nil
}

func nameOf(r *record.Record) string {
	if r == nil {
		return "the nil record"
	}
	if r.Key != "" {
		return r.Key
	}
	return string(r.ID())
}

// contradictory finds a chain of Same between two records that are ordered to
// be Different.
func contradictory(orders []Order) error {
	same := map[*record.Record][]*record.Record{}
	for _, o := range orders {
		if o.Verdict == Same {
			same[o.A] = append(same[o.A], o.B)
			same[o.B] = append(same[o.B], o.A)
		}
	}
	for _, o := range orders {
		if o.Verdict != Different {
			continue
		}
		if chain := path(same, o.A, o.B); chain != nil {
			names := make([]string, len(chain))
			for i, r := range chain {
				names[i] = nameOf(r)
			}
			return fmt.Errorf("%w: %s are all the same, and yet %s and %s are different",
				ErrContradiction, strings.Join(names, " = "), nameOf(o.A), nameOf(o.B))
		}
	}
	return nil
}

// path is the shortest way from one record to another, nil when there is none.
func path(edges map[*record.Record][]*record.Record, from, to *record.Record) []*record.Record {
	before := map[*record.Record]*record.Record{from: nil}
	for queue := []*record.Record{from}; len(queue) > 0; queue = queue[1:] {
		r := queue[0]
		if r == to {
			var out []*record.Record
			for ; r != nil; r = before[r] {
				out = append(out, r)
			}
			slices.Reverse(out)
			return out
		}
		for _, next := range edges[r] {
			if _, seen := before[next]; !seen {
				before[next] = r
				queue = append(queue, next)
			}
		}
	}
	return nil
}
