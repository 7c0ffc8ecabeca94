package pubmed

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

// shared are the tags of Extra that both forms have a place for.
var shared = []string{"COIS", "GS", "IS", "OID", "ORI", "OTO", "OWN", "PUBM", "RF", "RN", "SB", "SFM", "SI", "SPIN", "STAT"}

// common is what both forms can say. MEDLINE has no works cited, no numbers of
// headings, no line breaks in an abstract and no sections but those that their
// labels show; XML has no links, and no publisher of an article.
func common(r *record.Record) *record.Record {
	c := *r
	c.Relations = slices.DeleteFunc(slices.Clone(c.Relations), func(x record.Relation) bool { return x.Kind == record.Cites })
	c.Headings = slices.Clone(c.Headings)
	for i := range c.Headings {
		h := &c.Headings[i]
		h.ID, h.Qualifiers = "", slices.Clone(h.Qualifiers)
		for k := range h.Qualifiers {
			h.Qualifiers[k].ID = ""
		}
	}
	c.Abstract.Text = tidy(c.Abstract.Text)
	c.Abstract.Sections = nil
	c.URLs = nil
	if isBook(r) { // which in XML has no owner
		c.Source.Database, c.Extra = "", nil
	} else {
		c.In.Publisher, c.In.Series, c.In.ISBN, c.In.Edition = "", "", nil, ""
	}
	c.Extra = slices.DeleteFunc(slices.Clone(c.Extra), func(x record.ExtraTag) bool { return !slices.Contains(shared, x.Tag) })
	return &c
}

func TestBothFormsOfARealRecordSayTheSame(t *testing.T) {
	for _, f := range suite.RealFiles(t, "pubmed_xml") {
		fromXML, _ := read(t, XML(), f.Read(t))
		fromMEDLINE, _ := read(t, MEDLINE(), write(t, MEDLINE(), fromXML))
		require.Len(t, fromMEDLINE, len(fromXML), f.Path)
		for i := range fromXML {
			a, b := meaning(t, common(fromXML[i])), meaning(t, common(fromMEDLINE[i]))
			assert.Empty(t, textDifference(a, b), "%s %s", f.Path, fromXML[i].Key)
		}
	}
	for _, f := range suite.RealFiles(t, "nbib") {
		fromMEDLINE, _ := read(t, MEDLINE(), f.Read(t))
		fromXML, _ := read(t, XML(), write(t, XML(), fromMEDLINE))
		require.Len(t, fromXML, len(fromMEDLINE), f.Path)
		for i := range fromXML {
			a, b := meaning(t, common(fromMEDLINE[i])), meaning(t, common(fromXML[i]))
			assert.Empty(t, textDifference(a, b), "%s %s", f.Path, fromXML[i].Key)
		}
	}
}

func textDifference(a, b string) string {
	if a == b {
		return ""
	}
	return suite.Difference(a, b)
}
