package openjson

import (
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

func (w *work) crossrefType(v *scanner) bool {
	text, ok := v.Scalar()
	t, known := crossrefTypes[text]
	switch {
	case !ok:
		return false
	case !known:
		w.r.Kind = record.Other
		w.Problem("type", record.CodeUnknownType, "not a type of Crossref, such as journal-article; kept as it is", text)
		return false
	}
	w.posted = text == "posted-content"
	w.r.Kind = t.kind
	if text == "peer-review" {
		w.Add(&w.r.Types, text)
	}
	return !t.more
}

// postedType reads what posted content is; "preprint" and its like.
func (w *work) postedType(v *scanner) bool {
	whole := w.Single(v, &w.subtype)
	w.Add(&w.r.Types, w.subtype)
	return whole
}

// people reads a list of contributors. What a name does not hold, but for whether
// it is the first, makes the list not whole.
func people(role record.Role) func(*work, *scanner) bool {
	return func(w *work, v *scanner) bool {
		whole := true
		for i := range v.Elements() {
			n, all := w.person(v, i)
			whole = whole && all
			if n.Family != "" || n.Given != "" || n.Literal != "" {
				w.r.People = append(w.r.People, record.Contributor{Role: role, Name: n})
			}
		}
		return whole
	}
}

// person reads one contributor: a person in parts, or a group by its name.
func (w *work) person(v *scanner, place int) (n record.Name, whole bool) {
	whole = v.Kind() == '{'
	group := ""
	parts := map[string]*string{"family": &n.Family, "given": &n.Given, "suffix": &n.Suffix, "name": &group}
	for key := range v.Members() {
		switch into := parts[key]; {
		case into != nil:
			whole = w.Single(v, into) && whole
		case v.Empty(): // no affiliation
		case key == "sequence":
			text, _ := v.Scalar()
			whole = whole && (text == "first") == (place == 0)
		case key == "ORCID":
			text, _ := v.Scalar()
			id, ok := record.ParseORCID(text)
			if n.ORCID = id; !ok {
				w.Problem("ORCID", record.CodeIdentifier, "an ORCID iD of wrong form or check digit; it is kept as it is", text)
				n.ORCID, whole = "", false
			}
		case key == "affiliation":
			whole = w.affiliations(v, &n.Affiliations) && whole
		default:
			whole = false
		}
	}
	if n.Family == "" && n.Given == "" {
		n.Literal = group
	} else {
		whole = whole && group == ""
	}
	return n, whole
}

// affiliations reads names of institutions, with department and place where they
// are given apart.
func (w *work) affiliations(v *scanner, into *[]string) (whole bool) {
	whole = true
	for range v.Elements() {
		var name string
		var departments, places []string
		if v.Kind() == '"' {
			name, _ = v.Text()
		}
		for key := range v.Members() {
			switch {
			case v.Empty():
			case key == "name":
				whole = w.Single(v, &name) && whole
			case key == "department":
				whole = w.List(v, &departments) && whole
			case key == "place":
				whole = w.List(v, &places) && whole
			default:
				whole = false
			}
		}
		parts := append(departments, name)
		for _, place := range places {
			if !strings.Contains(name, place) {
				parts = append(parts, place)
			}
		}
		w.Add(into, strings.Trim(strings.Join(parts, ", "), ", "))
	}
	return whole
}

// institutions reads who published a thesis, a report or a preprint: the first by
// its name.
func (w *work) institutions(v *scanner) bool {
	for i := range v.Elements() {
		for key := range v.Members() {
			if key == "name" && i == 0 {
				w.Single(v, &w.institution)
			}
		}
	}
	return false
}

// containerTitles reads the title of the journal, or of a series and a book in it.
func (w *work) containerTitles(v *scanner) bool {
	return w.List(v, &w.containers) && len(w.containers) < 2
}

// trials reads the registrations that a work names. The stage of the trial that it
// reports has no field.
func (w *work) trials(v *scanner) bool {
	whole := true
	for range v.Elements() {
		var id, registry string
		for key := range v.Members() {
			switch key {
			case "clinical-trial-number":
				whole = w.Single(v, &id) && whole
			case "registry":
				registry, _ = v.Scalar()
			default:
				whole = false
			}
		}
		reg, ok := record.ParseRegistration(id)
		if !ok && id != "" {
			reg = record.Registration{Registry: registry[strings.LastIndexByte(registry, '/')+1:], ID: id}
		}
		if reg.ID != "" {
			w.Register(reg)
		}
	}
	return whole
}

func (w *work) jats(v *scanner) bool {
	text, ok := v.Text()
	if ok {
		w.r.Abstract = readJATS(text)
	}
	return ok
}

// subjects are categories of All Science Journal Classification Codes, which the
// journal has.
func (w *work) subjects(v *scanner) bool {
	var terms []string
	whole := w.List(v, &terms)
	for _, term := range terms {
		w.r.Headings = append(w.r.Headings, record.Heading{Term: term, Scheme: "asjc"})
	}
	return whole
}

// funders reads who paid, a grant for each number of an award. The funder's number
// in the Open Funder Registry has no field.
func (w *work) funders(v *scanner) bool {
	whole := true
	for range v.Elements() {
		agency := ""
		var awards []string
		for key := range v.Members() {
			switch {
			case v.Empty():
			case key == "name":
				whole = w.Single(v, &agency) && whole
			case key == "award":
				whole = w.List(v, &awards) && whole
			default:
				whole = false
			}
		}
		for _, id := range awards {
			w.r.Funding = append(w.r.Funding, record.Grant{ID: id, Agency: agency})
		}
		if len(awards) == 0 && agency != "" {
			w.r.Funding = append(w.r.Funding, record.Grant{Agency: agency})
		}
	}
	return whole
}

// relations reads {"is-preprint-of": [{"id-type": "doi", "id": …}]}.
func (w *work) relations(v *scanner) bool {
	for word := range v.Members() {
		kind, ok := relationKinds[word]
		if !ok {
			kind = record.RelatedTo
		}
		for range v.Elements() {
			var id, scheme string
			for key := range v.Members() {
				switch key {
				case "id":
					id, _ = v.Scalar()
				case "id-type":
					scheme, _ = v.Scalar()
				}
			}
			if id = jsonpull.Plain(id); id != "" {
				w.relate(pointer(kind, scheme, id))
			}
		}
	}
	return false
}

// pointer makes a relation of an identifier of a scheme.
func pointer(kind record.RelationKind, scheme, id string) record.Relation {
	if doi, ok := record.ParseDOI(id); ok {
		return record.Relation{Kind: kind, DOI: doi}
	}
	if scheme == "pmid" {
		if pmid, ok := record.ParsePMID(id); ok {
			return record.Relation{Kind: kind, PMID: pmid}
		}
	}
	return record.Relation{Kind: kind, Text: id}
}

// relate adds a relation that the record does not have yet: publishers and
// Retraction Watch tell of the same notice.
func (w *work) relate(x record.Relation) {
	jsonpull.AppendNew(w.Builder, &w.r.Relations, x)
}

func noticeIn(n notice) record.RelationKind { return n.in }
func noticeOf(n notice) record.RelationKind { return n.of }

// updates reads what a work updates, or by what it is updated. A work that updates
// itself was withdrawn or corrected in its place.
func updates(kindOf func(notice) record.RelationKind) func(*work, *scanner) bool {
	return func(w *work, v *scanner) bool {
		for range v.Elements() {
			var id, word string
			for key := range v.Members() {
				switch key {
				case "DOI":
					id, _ = v.Scalar()
				case "type":
					word, _ = v.Scalar()
				}
			}
			n, known := notices[strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(word))]
			doi, ok := record.ParseDOI(id)
			switch {
			case !ok:
				w.Problem("update", record.CodeDOI, "an update of a work without a DOI; it is kept as it is", id)
			case !known:
				w.relate(record.Relation{Kind: record.RelatedTo, DOI: doi})
			default:
				w.relate(record.Relation{Kind: kindOf(n), DOI: doi})
			}
		}
		return false
	}
}

// references reads the list of references: by their DOI, and in the words of the
// deposit or of its parts.
func (w *work) references(v *scanner) bool {
	for range v.Elements() {
		x := record.Relation{Kind: record.Cites}
		parts := map[string]string{}
		for key := range v.Members() {
			text, _ := v.Scalar()
			if text = jsonpull.Plain(text); text != "" {
				parts[key] = text
			}
		}
		if doi, ok := record.ParseDOI(parts["DOI"]); ok {
			x.DOI = doi
		}
		if x.Text = parts["unstructured"]; x.Text == "" {
			x.Text = citation(parts)
		}
		if x.DOI == "" && x.Text != "" {
			x.DOI, _, _ = record.FindDOI(x.Text)
		}
		if x.DOI != "" || x.Text != "" {
			w.r.Relations = append(w.r.Relations, x)
		}
	}
	return false
}

// citation puts the parts of a reference together: "Berg. A title. A journal.
// 2019;4(2):17."
func citation(p map[string]string) string {
	title := p["article-title"]
	for _, key := range []string{"volume-title", "journal-title", "series-title", "edition"} {
		if p[key] != "" {
			title = strings.TrimPrefix(title+". "+p[key], ". ")
		}
	}
	where := p["year"]
	if p["volume"] != "" {
		where = strings.TrimPrefix(where+";"+p["volume"], ";")
	}
	if p["issue"] != "" {
		where += "(" + p["issue"] + ")"
	}
	if p["first-page"] != "" {
		where = strings.TrimPrefix(where+":"+p["first-page"], ":")
	}
	var out []string
	for _, part := range []string{p["author"], title, where} {
		if part != "" {
			out = append(out, strings.TrimSuffix(part, "."))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, ". ") + "."
}

// finishCrossref does what needs the whole work.
func (w *work) finishCrossref() string {
	r := w.r
	r.Key = string(r.DOI)
	if kind, ok := postedTypes[w.subtype]; ok && w.posted {
		r.Kind = kind
	}
	switch p := w.published; {
	case r.Date.IsZero():
		r.Date = p
	case p != r.Date && !p.IsZero():
		r.Events = append(r.Events, record.Event{Name: "published", Date: p})
	}
	for i := 0; i < len(r.Events) && r.Date.IsZero(); i++ {
		if e := r.Events[i]; e.Kind == record.Print || e.Kind == record.Electronic || e.Name == "posted" {
			r.Date = e.Date
		}
	}
	w.joinSubtitle()
	w.placeContainers()
	w.aboutItself()
	record.SetFlags(r)
	return ""
}

// joinSubtitle puts the subtitle behind the title, unless it is in it.
func (w *work) joinSubtitle() {
	r := w.r
	switch {
	case w.subtitle == "" || strings.Contains(fold.Key(r.Title), fold.Key(w.subtitle)):
	case r.Title == "":
		r.Title = w.subtitle
	case strings.HasSuffix(r.Title, ":"), strings.HasSuffix(r.Title, "?"):
		r.Title += " " + w.subtitle
	default:
		r.Title += ": " + w.subtitle
	}
}

// placeContainers tells the series from the book, and finds what takes the place
// of a journal.
func (w *work) placeContainers() {
	in := &w.r.In
	switch c := w.containers; {
	case len(c) > 0 && (w.r.Kind == record.Book || w.r.Kind == record.EditedBook || w.r.Kind == record.Proceedings):
		in.Series = c[0]
	case len(c) > 1 && (w.r.Kind == record.Chapter || w.r.Kind == record.ConferencePaper || w.r.Kind == record.ReferenceEntry):
		in.Series, in.Title = c[0], c[1]
	case len(c) > 0:
		in.Title = c[0]
	}
	switch {
	case w.r.Kind == record.Preprint && in.Title == "":
		in.Title = w.institution
	case in.Publisher == "":
		in.Publisher = w.institution
	}
}

// aboutItself turns a notice about the work's own DOI around: it is the work that
// was retracted or corrected.
func (w *work) aboutItself() {
	turned := map[record.RelationKind]record.RelationKind{record.RetractionOf: record.RetractionIn, record.ErratumFor: record.ErratumIn, record.ConcernFor: record.ConcernIn}
	for i := range w.r.Relations {
		x := &w.r.Relations[i]
		if kind, ok := turned[x.Kind]; ok && x.DOI == w.r.DOI && x.DOI != "" {
			x.Kind = kind
		}
	}
}
