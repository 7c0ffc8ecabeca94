package openjson

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

// number reads the number of the work in OpenAlex: "W2000000000".
func (w *work) number(v *scanner) bool {
	text, ok := v.Scalar()
	if !ok {
		return false
	}
	id := shortID(text)
	w.Name("openalex", id)
	if w.r.Key == "" {
		w.r.Key = id
	}
	return true
}

// shortID takes the address of the service from a number.
func shortID(text string) string {
	return jsonpull.Plain(text[strings.LastIndexByte(text, '/')+1:])
}

func (w *work) openalexType(v *scanner) bool {
	text, ok := v.Scalar()
	t, known := openalexTypes[text]
	switch {
	case !ok:
		return false
	case !known:
		w.r.Kind = record.Other
		w.Problem("type", record.CodeUnknownType, "not a type of OpenAlex, such as article; kept as it is", text)
		return false
	}
	w.r.Kind = t.kind
	if t.more {
		w.Add(&w.r.Types, text)
	}
	w.r.Flags.Notice = w.r.Flags.Notice || text == "erratum" || text == "retraction"
	return true
}

func (w *work) retracted(v *scanner) bool {
	w.r.Flags.Retracted = v.True()
	return true
}

// authorships reads the authors by the name that stands on the work, else by the one
// that OpenAlex gives the person, with their affiliations as the work has them, else
// the institutions that OpenAlex found. The numbers of both have no field.
func (w *work) authorships(v *scanner) bool {
	for range v.Elements() {
		var printed, known, orcid string
		var affiliations, institutions []string
		for key := range v.Members() {
			switch key {
			case "raw_author_name":
				w.Single(v, &printed)
			case "author":
				for key := range v.Members() {
					switch key {
					case "display_name":
						w.Single(v, &known)
					case "orcid":
						w.Single(v, &orcid)
					}
				}
			case "raw_affiliation_strings", "raw_affiliation_string":
				w.List(v, &affiliations)
			case "institutions":
				w.displayNames(v, &institutions)
			}
		}
		n := record.ParseName(cmp.Or(printed, known))
		if n.Family == "" && n.Given == "" && n.Literal == "" {
			continue
		}
		n.ORCID, _ = record.ParseORCID(orcid)
		if n.Affiliations = affiliations; len(affiliations) == 0 {
			n.Affiliations = institutions
		}
		w.r.People = append(w.r.People, record.Contributor{Role: record.Author, Name: n})
	}
	return false
}

// displayNames reads the names of a list of objects of OpenAlex.
func (w *work) displayNames(v *scanner, into *[]string) {
	for range v.Elements() {
		if v.Kind() == '"' {
			text, _ := v.Text()
			w.Add(into, text)
			continue
		}
		for key := range v.Members() {
			if key == "display_name" || key == "keyword" {
				text, _ := v.Scalar()
				w.Add(into, text)
			}
		}
	}
}

// keywords reads the keywords that OpenAlex found; how sure it is has no field.
func (w *work) keywords(v *scanner) bool {
	w.displayNames(v, &w.r.Keywords)
	return false
}

// mesh reads subject headings, of which each qualifier has a row of its own. A topic
// is major by its qualifier, and by itself only where there is none.
func (w *work) mesh(v *scanner) bool {
	whole := true
	for range v.Elements() {
		var h record.Heading
		var q record.Qualifier
		major := false
		for key := range v.Members() {
			switch key {
			case "descriptor_name":
				whole = w.Single(v, &h.Term) && whole
			case "descriptor_ui":
				whole = w.Single(v, &h.ID) && whole
			case "qualifier_name":
				w.Single(v, &q.Term)
			case "qualifier_ui":
				w.Single(v, &q.ID)
			case "is_major_topic":
				major = v.True()
			default:
				whole = false
			}
		}
		if h.Term != "" {
			w.addHeading(h, q, major)
		}
	}
	return whole
}

func (w *work) addHeading(h record.Heading, q record.Qualifier, major bool) {
	h.Scheme = "mesh"
	list := w.r.Headings
	if n := len(list); n == 0 || list[n-1].Term != h.Term || list[n-1].ID != h.ID {
		list = append(list, h)
	}
	last := &list[len(list)-1]
	if q.Term == "" {
		last.Major = last.Major || major
	} else {
		q.Major = major
		last.Qualifiers = append(last.Qualifiers, q)
	}
	w.r.Headings = list
}

// grants reads both forms in which OpenAlex has awards. The numbers of funders and
// awards in OpenAlex have no field.
func (w *work) grants(v *scanner) bool {
	for range v.Elements() {
		var g record.Grant
		for key := range v.Members() {
			switch key {
			case "funder_display_name":
				w.Single(v, &g.Agency)
			case "award_id", "funder_award_id":
				w.Single(v, &g.ID)
			}
		}
		if g != (record.Grant{}) {
			jsonpull.AppendNew(w.Builder, &w.r.Funding, g)
		}
	}
	return false
}

// works reads a list of other works by their numbers.
func works(kind record.RelationKind) func(*work, *scanner) bool {
	return func(w *work, v *scanner) bool {
		whole := true
		for range v.Elements() {
			text, ok := v.Scalar()
			if whole = whole && ok; ok && text != "" {
				w.r.Relations = append(w.r.Relations, record.Relation{Kind: kind, Key: shortID(text)})
			}
		}
		return whole
	}
}

// inverted puts the text of an abstract together from the places of its words:
// {"Kites": [0, 2], "and": [1]}.
func (w *work) inverted(v *scanner) bool {
	type placed struct {
		word string
		at   int
	}
	var all []placed
	whole := true
	for word := range v.Members() {
		for range v.Elements() {
			text, _ := v.Scalar()
			at, err := strconv.Atoi(text)
			if err != nil || at < 0 {
				whole = false
				continue
			}
			all = append(all, placed{word, at})
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	var b strings.Builder
	for i, p := range all {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p.word)
	}
	if text := jsonpull.Plain(b.String()); text != "" {
		w.r.Abstract = record.NewAbstract(text)
	}
	return whole
}

// finishOpenAlex does what needs the whole work.
func (w *work) finishOpenAlex() string {
	r := w.r
	if r.Key != "" && r.Key[0] != 'W' {
		return "an object of OpenAlex that is no work: its number does not begin with W"
	}
	if r.Kind == record.JournalArticle && (w.source == "conference" || w.subtype == "proceedings-article") {
		r.Kind = record.ConferencePaper
	}
	if r.In.Title == "" {
		r.In.Title = w.rawSource
	}
	if r.In.Pages = w.first; w.last != "" && w.last != w.first {
		r.In.Pages = strings.TrimPrefix(w.first+"-"+w.last, "-")
	}
	switch {
	case r.Date.IsZero():
		r.Date = w.year
	case w.year.Year != 0 && w.year.Year != r.Date.Year:
		w.Problem("publication_year", record.CodeDate, "another year than that of publication_date, which stands", strconv.Itoa(w.year.Year))
	}
	record.SetFlags(r)
	return ""
}
