package screen

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

// answer is one of the three values of Kleene's logic.
type answer int8

const (
	no answer = iota
	cannotSay
	yes
)

// test is a compiled condition. spans are the places that a yes rests on; a yes
// that rests on the absence of something has none.
type test func(r *record.Record) (a answer, spans []record.Span)

// allOf holds when every part does; the weakest answer is the whole's.
func allOf(parts []test) test {
	if len(parts) == 1 {
		return parts[0]
	}
	return func(r *record.Record) (answer, []record.Span) {
		whole := yes
		var spans []record.Span
		for _, p := range parts {
			a, s := p(r)
			whole = min(whole, a)
			if whole == no {
				return no, nil
			}
			spans = append(spans, s...)
		}
		return whole, spans
	}
}

// anyOf holds when one part does; the strongest answer is the whole's, and the
// places of the first part that holds its evidence.
func anyOf(parts []test) test {
	return func(r *record.Record) (answer, []record.Span) {
		whole := no
		for _, p := range parts {
			a, s := p(r)
			if a == yes {
				return yes, s
			}
			whole = max(whole, a)
		}
		return whole, nil
	}
}

// not turns an answer round. Of a value that is not among those asked for, the
// value itself is the evidence, so the places that a no rests on are kept.
func not(t test) test {
	return func(r *record.Record) (answer, []record.Span) {
		a, s := t(r)
		switch a {
		case yes:
			return no, nil
		case no:
			return yes, s
		}
		return cannotSay, nil
	}
}

// found tells whether at least so many different terms stand in the fields.
func found(terms *query.Terms, fields []record.Field, least int) test {
	return func(r *record.Record) (answer, []record.Span) {
		var spans []record.Span
		seen := map[int]bool{}
		for _, hit := range terms.In(r, fields...) {
			if !seen[hit.Term] {
				seen[hit.Term] = true
				spans = append(spans, hit.Span)
			}
		}
		switch {
		case len(seen) >= least:
			return yes, spans
		case lacks(r, fields):
			return cannotSay, nil
		}
		return no, nil
	}
}

// searched tells whether a strategy finds a record.
func searched(q *query.Query) test {
	return func(r *record.Record) (answer, []record.Span) {
		a := q.Match(r)
		switch a.Verdict {
		case query.Yes:
			var spans []record.Span
			for _, p := range a.Spans {
				spans = append(spans, p.Span)
			}
			return yes, spans
		case query.No:
			return no, nil
		}
		return cannotSay, nil
	}
}

// lacks tells whether a record lacks what a search of the fields needs: its
// title or abstract where they are asked for, else all of the fields. A record
// without flags lacks nothing: that it has none is what its flags say.
func lacks(r *record.Record, fields []record.Field) bool {
	main := false
	for _, f := range []record.Field{record.FieldTitle, record.FieldAbstract} {
		if slices.Contains(fields, f) {
			main = true
			if !r.Has(f) {
				return true
			}
		}
	}
	if main {
		return false
	}
	for _, f := range fields {
		if f == record.FieldFlags || r.Has(f) {
			return false
		}
	}
	return true
}

// inYears tells whether the record's year is in a range.
func inYears(y Years) test {
	return func(r *record.Record) (answer, []record.Span) {
		if r.Date.Year == 0 {
			return cannotSay, nil
		}
		if r.Date.Year < y.From || y.To != 0 && r.Date.Year > y.To {
			return no, whole(r, record.FieldYear)
		}
		return yes, whole(r, record.FieldYear)
	}
}

// valueAmong tells whether one of a field's values is among those wanted, both
// brought to one form.
func valueAmong(f record.Field, wanted []string, form func(string) string) test {
	set := map[string]bool{}
	for _, w := range wanted {
		set[form(w)] = true
	}
	return func(r *record.Record) (answer, []record.Span) {
		values := r.Values(f)
		if len(values) == 0 {
			return cannotSay, nil
		}
		for i, v := range values {
			if set[form(v)] {
				return yes, []record.Span{{Field: f, Item: i, End: len(v), Text: v}}
			}
		}
		return no, whole(r, f)
	}
}

// present tells whether a field has a value.
func present(f record.Field) test {
	return func(r *record.Record) (answer, []record.Span) {
		if r.Has(f) {
			return yes, nil
		}
		return no, nil
	}
}

// whole gives every value of a field as a place.
func whole(r *record.Record, f record.Field) []record.Span {
	var out []record.Span
	for i, v := range r.Values(f) {
		out = append(out, record.Span{Field: f, Item: i, End: len(v), Text: v})
	}
	return out
}

// quoteList writes the first few texts of spans for a sentence.
func quoteList(spans []record.Span) string {
	const most = 3
	var parts []string
	for _, s := range spans {
		text := s.Text
		if len(text) > 60 {
			text = strings.ToValidUTF8(text[:60], "") + "…"
		}
		parts = append(parts, string(s.Field)+" “"+text+"”")
		if len(parts) == most {
			break
		}
	}
	return strings.Join(parts, ", ")
}
