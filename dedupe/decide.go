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
	if res == nil || res.search == nil {
		return nil, errors.New("dedupe: only a result that Find returned can be decided on")
	}
	orders, err := withOrder(res.Records, res.Orders, Order{Verdict: v, A: a, B: b})
	if err != nil {
		return nil, err
	}
	next := *res
	next.Orders = orders
	next.group()
	return &next, nil
}

// withOrder puts a person's word behind the earlier ones, of which it replaces
// the one on the same two records, or says what is wrong with it.
func withOrder(records []*record.Record, orders []Order, o Order) ([]Order, error) {
	if o.Verdict != Same && o.Verdict != Different {
		return nil, fmt.Errorf("dedupe: a person decides %q or %q, not %q", Same, Different, o.Verdict)
	}
	for _, r := range []*record.Record{o.A, o.B} {
		if !slices.Contains(records, r) {
			return nil, fmt.Errorf("dedupe: %s is not among the records", nameOf(r))
		}
	}
	if o.A == o.B {
		return nil, fmt.Errorf("dedupe: %s was named twice, expected two records", nameOf(o.A))
	}
	orders = slices.DeleteFunc(slices.Clone(orders), func(x Order) bool {
		return x.A == o.A && x.B == o.B || x.A == o.B && x.B == o.A
	})
	orders = append(orders, o)
	return orders, contradictory(orders)
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
