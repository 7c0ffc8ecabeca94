package ris_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/ris"
)

// alike takes from a record what a second file says otherwise: where it was read,
// what was odd about it, how its lines were wrapped and its pages shortened.
func alike(c *record.Record) {
	c.Source, c.Problems = record.Source{}, nil
	if first, last := c.In.PageRange(); first != "" && !strings.ContainsAny(c.In.Pages, ",; ") {
		c.In.Pages = first + "-" + last
	}
	c.Abstract.Text = strings.ReplaceAll(c.Abstract.Text, "\n", " ")
	c.Abstract.Sections, c.OtherAbstracts, c.Abstract.Copyright = nil, nil, ""
	c.People = slices.Clone(c.People)
	slices.SortStableFunc(c.People, func(a, b record.Contributor) int { return strings.Compare(string(a.Role), string(b.Role)) })
	c.Identifiers = slices.Clone(c.Identifiers)
	slices.SortStableFunc(c.Identifiers, func(a, b record.Identifier) int { return strings.Compare(a.Scheme, b.Scheme) })
	c.Extra = slices.Clone(c.Extra)
	slices.SortStableFunc(c.Extra, func(a, b record.ExtraTag) int { return strings.Compare(a.Tag, b.Tag) })
	for i := range c.Extra {
		c.Extra[i].Line = 0
	}
	c.Extra = slices.DeleteFunc(c.Extra, func(x record.ExtraTag) bool { return x.Tag == "ER" || len(x.Tag) != 2 })
}

func meaning(t testing.TB, r *record.Record) string {
	t.Helper()
	return suite.Meaning(t, r, alike)
}

// roundTrip tells what differs when records are written and read again.
func roundTrip(t testing.TB, name string, records []*record.Record) string {
	t.Helper()
	return suite.RoundTrip(t, ris.Format(), name, records, alike)
}
