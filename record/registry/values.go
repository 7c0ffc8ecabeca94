package registry

import (
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

// text reads a member that is a text.
func text(read func(*trial, string) bool) func(*trial, *scanner) bool {
	return func(t *trial, v *scanner) bool {
		s, ok := v.Scalar()
		return ok && read(t, s)
	}
}

// texts reads a member that is a list of texts.
func texts(read func(*trial, string) bool) func(*trial, *scanner) bool {
	return func(t *trial, v *scanner) bool {
		whole := true
		for range v.Elements() {
			s, ok := v.Scalar()
			whole = ok && read(t, s) && whole
		}
		return whole
	}
}

// parts reads the texts of an object by their keys. Objects and lists in it make it
// not whole.
func parts(v *scanner) (got map[string]string, whole bool) {
	got, whole = map[string]string{}, v.Kind() == '{'
	for key := range v.Members() {
		if v.Empty() {
			continue
		}
		s, ok := v.Scalar()
		got[key] = s
		whole = whole && ok
	}
	return got, whole
}

// ids reads further numbers of the trial: an object with "id", or a list of them.
// Their types and domains have no field.
func ids(scheme string) func(*trial, *scanner) bool {
	return func(t *trial, v *scanner) bool {
		whole := true
		for range v.Elements() {
			got, all := parts(v)
			t.otherID(got["id"], scheme)
			whole = whole && all && len(got) == 1
		}
		return whole
	}
}

// organisations reads the names of an object or a list of objects.
func organisations(read func(*trial, string)) func(*trial, *scanner) bool {
	return func(t *trial, v *scanner) bool {
		whole := true
		for range v.Elements() {
			got, all := parts(v)
			read(t, got["name"])
			whole = whole && all && len(got) == 1
		}
		return whole
	}
}

// dated reads {"date": …, "type": "ACTUAL"}. That a date is estimated has no field.
func dated(kind record.EventKind, name string) func(*trial, *scanner) bool {
	return func(t *trial, v *scanner) bool {
		got, whole := parts(v)
		return t.event(kind, name, got["date"]) && whole && (got["type"] == "" || got["type"] == "ACTUAL")
	}
}

// posted reads the day on which the study was first posted.
func (t *trial) posted(v *scanner) bool {
	got, whole := parts(v)
	return t.postedOn(got["date"]) && whole && (got["type"] == "" || got["type"] == "ACTUAL")
}

func (t *trial) postedOn(s string) bool {
	d, ok := parseDate(s)
	if ok {
		t.r.Date = d
	}
	return ok
}

// registeredOn reads the day of registration, of two forms of it the one that says
// more.
func (t *trial) registeredOn(s string) bool {
	d, ok := parseDate(s)
	if ok && (t.registered.Day == 0 || t.registered == d) {
		t.registered = d
	}
	return ok && t.registered == d
}

// noPhase are the words of registries for that there is none, or no allocation.
var noPhase = map[string]bool{"NA": true, "N/A": true, "Not Applicable": true, "Not applicable": true}

// phase adds a phase or an allocation to the types. That there is none is no type.
func (t *trial) phase(s string) bool {
	s = jsonpull.Plain(s)
	if noPhase[s] {
		return false
	}
	t.Add(&t.r.Types, s)
	return true
}

// phases reads the phase of an entry of ICTRP. The European register's form names all
// phases, with a yes or no behind each: "Human pharmacology (Phase I): no".
func (t *trial) phases(s string) bool {
	if !strings.Contains(s, "(Phase ") {
		whole := true
		for _, p := range split(s, "|") {
			whole = t.phase(p) && whole
		}
		return whole
	}
	for _, line := range split(s, "") {
		_, rest, ok := strings.Cut(line, "(Phase ")
		name, answer, closed := strings.Cut(rest, ")")
		if ok && closed && strings.EqualFold(strings.Trim(answer, ": \t"), "yes") {
			t.phase("Phase " + name)
		}
	}
	return false
}

// officials reads those who answer for the study: principal investigators, chairs and
// directors. Which of these a person is has no field.
func (t *trial) officials(v *scanner) bool {
	for range v.Elements() {
		got, _ := parts(v)
		person, _, _ := strings.Cut(jsonpull.Plain(got["name"]), ",") // degrees stand behind the comma
		n := record.ParseName(person)
		if n.Family == "" && n.Given == "" && n.Literal == "" {
			continue
		}
		if place := jsonpull.Plain(got["affiliation"]); place != "" {
			n.Affiliations = []string{place}
		}
		t.r.People = append(t.r.People, record.Contributor{Role: record.Investigator, Name: n})
	}
	return false
}

// referenceKinds say how a publication stands to the study by the type of its
// reference: RESULT ones report its results, DERIVED ones name its number, the others
// are what it builds on.
var referenceKinds = map[string]record.RelationKind{"RESULT": record.ReportedIn, "DERIVED": record.RelatedTo}

func (t *trial) references(v *scanner) bool {
	for range v.Elements() {
		got, _ := parts(v)
		kind, ok := referenceKinds[got["type"]]
		if !ok {
			kind = record.Cites
		}
		x := record.Relation{Kind: kind, Text: jsonpull.Plain(got["citation"])}
		x.PMID, _ = record.ParsePMID(got["pmid"])
		x.DOI, _, _ = record.FindDOI(x.Text)
		if x.PMID != "" || x.Text != "" {
			t.r.Relations = append(t.r.Relations, x)
		}
	}
	return false
}

func (t *trial) seeAlso(v *scanner) bool {
	for range v.Elements() {
		got, _ := parts(v)
		t.link(got["url"], false)
	}
	return false
}

// meshes reads the headings that NLM gave the study.
func (t *trial) meshes(v *scanner) bool {
	whole := true
	for range v.Elements() {
		got, all := parts(v)
		if term := jsonpull.Plain(got["term"]); term != "" {
			t.r.Headings = append(t.r.Headings, record.Heading{Term: term, ID: jsonpull.Plain(got["id"]), Scheme: "mesh"})
		}
		whole = whole && all && len(got) == 2
	}
	return whole
}

// source reads the register that has the entry. It is kept unless the registration
// says the same.
func (t *trial) source(s string) bool {
	set(&t.register, s)
	return t.number != "" && fold.Key(registration(t.number, "").Registry) == fold.Key(t.register)
}

// support reads who paid.
func (t *trial) support(s string) bool {
	for _, name := range split(s, ";") {
		if name = jsonpull.Plain(name); name != "" {
			jsonpull.AppendNew(t.Builder, &t.r.Funding, record.Grant{Agency: name})
		}
	}
	return true
}

// interventions reads "DRUG: kites|BEHAVIORAL: play". The kinds have no field.
func (t *trial) interventions(s string) bool {
	whole := true
	for _, part := range split(s, "|") {
		kind, name, ok := strings.Cut(part, ": ")
		if !ok || strings.ContainsAny(kind, " ,") && kind != "Dietary Supplement" && kind != "Diagnostic Test" && kind != "Combination Product" {
			t.Add(&t.r.Keywords, part)
			continue
		}
		t.Add(&t.r.Keywords, name)
		whole = false
	}
	return whole
}

// sponsorFirst reads the sponsor and the collaborators of the older table.
func (t *trial) sponsorFirst(s string) bool {
	first, others, _ := strings.Cut(s, "|")
	return set(&t.r.In.Publisher, first) && t.sponsors(others, "|")
}

// design reads the allocation out of "Allocation: RANDOMIZED|Masking: NONE".
func (t *trial) design(s string) bool {
	for _, part := range split(s, "|") {
		if name, value, _ := strings.Cut(part, ":"); strings.TrimSpace(name) == "Allocation" {
			t.phase(value)
		}
	}
	return false
}
