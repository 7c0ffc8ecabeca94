package csljson

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// evidence is the member of "custom" that holds the parts of a record that CSL
// has no variable for.
const evidence = "evidence"

// rest are these parts, named and formed as in the JSON of a record.
type rest struct {
	Kind           record.Kind           `json:"kind,omitzero"`
	People         []record.Contributor  `json:"people,omitempty"` // roles that CSL lacks, and names with an ORCID or affiliations
	OtherAbstracts []record.Abstract     `json:"other_abstracts,omitempty"`
	Copyright      string                `json:"copyright,omitzero"`
	NLMID          string                `json:"nlm_id,omitzero"`
	ArticleNumber  string                `json:"article_number,omitzero"`
	Country        string                `json:"country,omitzero"`
	Events         []record.Event        `json:"events,omitempty"`
	Identifiers    []record.Identifier   `json:"identifiers,omitempty"`
	Registrations  []record.Registration `json:"registrations,omitempty"`
	URLs           []string              `json:"urls,omitempty"`
	Types          []string              `json:"types,omitempty"`
	Headings       []record.Heading      `json:"headings,omitempty"`
	Funding        []record.Grant        `json:"funding,omitempty"`
	Relations      []record.Relation     `json:"relations,omitempty"`
	Flags          record.Flags          `json:"flags,omitzero"`
	Platform       string                `json:"platform,omitzero"`
}

// beyondOf gives the JSON of what no variable of the record's item holds.
func beyondOf(r *record.Record) []byte {
	x := rest{OtherAbstracts: r.OtherAbstracts, Copyright: r.Abstract.Copyright, NLMID: r.In.NLMID, Country: r.In.Country,
		Registrations: r.Registrations, Headings: r.Headings, Funding: r.Funding, Relations: r.Relations, Platform: r.Source.Platform}
	if _, isNear := nearest[r.Kind]; isNear && !otherType(r) {
		x.Kind = r.Kind
	}
	for _, c := range r.People {
		if variableOf(r, c.Role) == "" || c.Role == record.Inventor || c.ORCID != "" || len(c.Affiliations) > 0 {
			x.People = append(x.People, c)
		}
	}
	slices.SortStableFunc(x.People, func(a, b record.Contributor) int { // as they come back
		return cmp.Compare(slices.Index(roleVariables, variableOf(r, a.Role)), slices.Index(roleVariables, variableOf(r, b.Role)))
	})
	if !numbered(r.Kind) {
		x.ArticleNumber = r.In.ArticleNumber
	}
	x.Identifiers = slices.Clone(r.Identifiers)
	if i := ownNumberAt(r); i >= 0 {
		x.Identifiers = slices.Delete(x.Identifiers, i, i+1)
	}
	x.Events = furtherEvents(r)
	if len(r.URLs) > 1 {
		x.URLs = r.URLs[1:]
	}
	if !isGenre(r) {
		x.Types = r.Types
	}
	// Flags that follow from the title, the types or the relations are found anew.
	shown := record.Record{Title: r.Title, Types: r.Types, Relations: r.Relations}
	if record.SetFlags(&shown); shown.Flags != r.Flags {
		x.Flags = r.Flags
	}
	return marshal(x)
}

// roleVariables are the variables of roles in the order in which they are
// written; what has none stands last.
var roleVariables = []string{"author", "editor", "collection-editor", "translator", "contributor", ""}

// otherType tells whether a record of the kind Other was read with a type of CSL
// that says so.
func otherType(r *record.Record) bool {
	var t string
	if json.Unmarshal([]byte(r.ExtraFor("csljson").Get("type")), &t) != nil {
		return false
	}
	kind, ok := kindOf[t]
	return ok && kind == r.Kind
}

// eventVariables are the kinds of events whose first has a variable.
var eventVariables = map[record.EventKind]bool{record.Accessed: true, record.Original: true, record.Received: true, record.Electronic: true}

func furtherEvents(r *record.Record) []record.Event {
	var out []record.Event
	done := map[record.EventKind]bool{}
	for _, e := range r.Events {
		if eventVariables[e.Kind] && e.Name == "" && !done[e.Kind] {
			done[e.Kind] = true
			continue
		}
		out = append(out, e)
	}
	return out
}

// beyond reads what beyondOf wrote; false where it is something else.
func (b *builder) beyond(raw []byte) bool {
	var x rest
	if err := json.Unmarshal(raw, &x); err != nil {
		return false
	}
	r := b.r
	if x.Kind != "" && slices.Contains(record.Kinds(), x.Kind) {
		r.Kind = x.Kind
	}
	b.people(x.People)
	r.OtherAbstracts, r.Abstract.Copyright = x.OtherAbstracts, x.Copyright
	r.In.NLMID, r.In.Country, r.Source.Platform = x.NLMID, x.Country, x.Platform
	if r.In.ArticleNumber == "" {
		r.In.ArticleNumber = x.ArticleNumber
	}
	r.Events = append(r.Events, x.Events...)
	r.Identifiers = append(r.Identifiers, x.Identifiers...)
	r.Registrations, r.Headings, r.Funding, r.Relations = x.Registrations, x.Headings, x.Funding, x.Relations
	r.URLs = append(r.URLs, x.URLs...)
	r.Types = append(r.Types, x.Types...)
	r.Flags = x.Flags
	return true
}

// people takes the people of roles that CSL lacks, and fills what names in CSL
// cannot hold into the names that stand in the item. A name that somebody has
// changed there since is left as it is.
func (b *builder) people(further []record.Contributor) {
	r := b.r
	waiting := map[string][]int{} // the names of the item, each once
	name := func(c *record.Contributor) string { return variableOf(r, c.Role) + " " + c.Name.String() }
	for i := range r.People {
		n := name(&r.People[i])
		waiting[n] = append(waiting[n], i)
	}
	for _, c := range further {
		if variableOf(r, c.Role) == "" {
			r.People = append(r.People, c)
			continue
		}
		if n := name(&c); len(waiting[n]) > 0 {
			p := &r.People[waiting[n][0]]
			waiting[n] = waiting[n][1:]
			p.Role, p.ORCID, p.Affiliations = c.Role, c.ORCID, c.Affiliations
		}
	}
}
