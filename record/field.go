package record

import (
	"slices"
	"strconv"
	"strings"
)

// Field is the name of a part of a record, as rules, origins, quotes and tables
// speak of it.
type Field string

// The fields. A tag of Extra is a field too: "extra:" and the tag.
const (
	FieldTitle         Field = "title"
	FieldOriginalTitle Field = "original-title"
	FieldShortTitle    Field = "short-title"
	FieldAbstract      Field = "abstract"
	FieldAuthors       Field = "authors"
	FieldEditors       Field = "editors"
	FieldPeople        Field = "people" // all roles
	FieldAffiliations  Field = "affiliations"
	FieldJournal       Field = "journal" // title of the container
	FieldJournalAbbrev Field = "journal-abbrev"
	FieldSeries        Field = "series"
	FieldPublisher     Field = "publisher"
	FieldPlace         Field = "place"
	FieldCountry       Field = "country"
	FieldYear          Field = "year"
	FieldDate          Field = "date"
	FieldVolume        Field = "volume"
	FieldIssue         Field = "issue"
	FieldPages         Field = "pages"
	FieldArticleNumber Field = "article-number"
	FieldEdition       Field = "edition"
	FieldDOI           Field = "doi"
	FieldPMID          Field = "pmid"
	FieldPMCID         Field = "pmcid"
	FieldISSN          Field = "issn"
	FieldISBN          Field = "isbn"
	FieldIdentifiers   Field = "identifiers"
	FieldRegistrations Field = "registrations"
	FieldURLs          Field = "urls"
	FieldKind          Field = "kind"
	FieldTypes         Field = "types"
	FieldStatus        Field = "status"
	FieldLanguages     Field = "languages"
	FieldHeadings      Field = "headings"
	FieldKeywords      Field = "keywords"
	FieldNotes         Field = "notes"
	FieldFunding       Field = "funding"
	FieldFlags         Field = "flags"

	FieldOtherAbstracts Field = "other-abstracts" // in other languages, or in plain language
	FieldSections       Field = "sections"        // labels of a structured abstract
	FieldORCIDs         Field = "orcids"
	FieldNLMID          Field = "nlm-id" // of the journal
	FieldSeriesVolume   Field = "series-volume"
	FieldPageCount      Field = "page-count"
	FieldConference     Field = "conference" // name, place and date of it
	FieldEvents         Field = "events"     // dates beside the one the work is cited by
	FieldRelations      Field = "relations"
	FieldPlatform       Field = "platform"

	FieldDatabase Field = "database"
	FieldKey      Field = "key"
)

// extraPrefix begins the name of a field that is a tag of Extra.
const extraPrefix = "extra:"

// one and some adapt a single value and a list to the table of fields.
func one(get func(*Record) string) func(*Record) []string {
	return func(r *Record) []string {
		if s := get(r); s != "" {
			return []string{s}
		}
		return nil
	}
}

func list[T ~string](get func(*Record) []T) func(*Record) []string {
	return func(r *Record) []string {
		in := get(r)
		if len(in) == 0 {
			return nil
		}
		out := make([]string, len(in))
		for i, v := range in {
			out[i] = string(v)
		}
		return out
	}
}

func names(in []Name) []string {
	var out []string
	for _, n := range in {
		out = append(out, n.String())
	}
	return out
}

// fieldTable says how to read each field as text.
var fieldTable = map[Field]func(*Record) []string{
	FieldTitle:         one(func(r *Record) string { return r.Title }),
	FieldOriginalTitle: one(func(r *Record) string { return r.OriginalTitle }),
	FieldShortTitle:    one(func(r *Record) string { return r.ShortTitle }),
	FieldAbstract:      one(func(r *Record) string { return r.Abstract.Text }),
	FieldAuthors:       func(r *Record) []string { return names(r.PeopleIn(Author)) },
	FieldEditors:       func(r *Record) []string { return names(r.PeopleIn(Editor)) },
	FieldPeople:        peopleValues,
	FieldAffiliations:  affiliationValues,
	FieldJournal:       one(func(r *Record) string { return r.In.Title }),
	FieldJournalAbbrev: one(func(r *Record) string { return r.In.Abbrev }),
	FieldSeries:        one(func(r *Record) string { return r.In.Series }),
	FieldPublisher:     one(func(r *Record) string { return r.In.Publisher }),
	FieldPlace:         one(func(r *Record) string { return r.In.Place }),
	FieldCountry:       one(func(r *Record) string { return r.In.Country }),
	FieldYear:          one(yearValue),
	FieldDate:          one(func(r *Record) string { return r.Date.String() }),
	FieldVolume:        one(func(r *Record) string { return r.In.Volume }),
	FieldIssue:         one(func(r *Record) string { return r.In.Issue }),
	FieldPages:         one(func(r *Record) string { return r.In.Pages }),
	FieldArticleNumber: one(func(r *Record) string { return r.In.ArticleNumber }),
	FieldEdition:       one(func(r *Record) string { return r.In.Edition }),
	FieldDOI:           one(func(r *Record) string { return string(r.DOI) }),
	FieldPMID:          one(func(r *Record) string { return string(r.PMID) }),
	FieldPMCID:         one(func(r *Record) string { return string(r.PMCID) }),
	FieldISSN:          list(func(r *Record) []ISSN { return r.In.ISSN }),
	FieldISBN:          list(func(r *Record) []ISBN { return r.In.ISBN }),
	FieldIdentifiers:   identifierValues,
	FieldRegistrations: registrationValues,
	FieldURLs:          list(func(r *Record) []string { return r.URLs }),
	FieldKind:          one(func(r *Record) string { return string(r.Kind) }),
	FieldTypes:         list(func(r *Record) []string { return r.Types }),
	FieldStatus:        one(func(r *Record) string { return r.Status }),
	FieldLanguages:     list(func(r *Record) []string { return r.Languages }),
	FieldHeadings:      headingValues,
	FieldKeywords:      list(func(r *Record) []string { return r.Keywords }),
	FieldNotes:         list(func(r *Record) []string { return r.Notes }),
	FieldFunding:       fundingValues,
	FieldFlags:         flagValues,

	FieldOtherAbstracts: otherAbstractValues,
	FieldSections:       sectionValues,
	FieldORCIDs:         orcidValues,
	FieldNLMID:          one(func(r *Record) string { return r.In.NLMID }),
	FieldSeriesVolume:   one(func(r *Record) string { return r.In.SeriesVolume }),
	FieldPageCount:      one(func(r *Record) string { return r.In.PageCount }),
	FieldConference:     conferenceValues,
	FieldEvents:         eventValues,
	FieldRelations:      relationValues,
	FieldPlatform:       one(func(r *Record) string { return r.Source.Platform }),

	FieldDatabase: func(r *Record) []string { return r.Databases() },
	FieldKey:      one(func(r *Record) string { return r.Key }),
}

// Fields lists the names of all fields in alphabetical order.
func Fields() []Field {
	out := make([]Field, 0, len(fieldTable))
	for f := range fieldTable {
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}

// Known tells whether a field of that name exists; every tag of Extra does.
func (f Field) Known() bool {
	_, ok := fieldTable[f]
	return ok || len(f) > len(extraPrefix) && strings.HasPrefix(string(f), extraPrefix)
}

// Values gives a field of the record as text: the items of a list in their
// order, one item for a field with a single value, none where there is no value
// or no such field.
func (r *Record) Values(f Field) []string {
	if get, ok := fieldTable[f]; ok {
		return get(r)
	}
	if tag, ok := strings.CutPrefix(string(f), extraPrefix); ok {
		return r.Extra.All(tag)
	}
	return nil
}

// Text is the first of the Values of a field, "" where there is none.
func (r *Record) Text(f Field) string {
	switch f { // the two that are asked for most, without a list around them
	case FieldTitle:
		return r.Title
	case FieldAbstract:
		return r.Abstract.Text
	}
	if v := r.Values(f); len(v) > 0 {
		return v[0]
	}
	return ""
}

// Has tells whether a field has a value.
func (r *Record) Has(f Field) bool { return len(r.Values(f)) > 0 }

// Span is a place in a record: bytes Start to End of an item of a field, and
// what stands there. It is how a decision, a search hit or a summary points at
// what it rests on.
type Span struct {
	Field Field  `json:"field"`
	Item  int    `json:"item,omitzero"` // index among the field's Values
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// In tells whether the span stands in the record byte for byte.
func (s Span) In(r *Record) bool {
	v := r.Values(s.Field)
	if s.Item < 0 || s.Item >= len(v) {
		return false
	}
	text := v[s.Item]
	return s.Start >= 0 && s.Start <= s.End && s.End <= len(text) && text[s.Start:s.End] == s.Text
}

func yearValue(r *Record) string {
	if r.Date.Year == 0 {
		return ""
	}
	return strconv.Itoa(r.Date.Year)
}

func peopleValues(r *Record) []string {
	var out []string
	for i := range r.People {
		out = append(out, r.People[i].Name.String())
	}
	return out
}

func affiliationValues(r *Record) []string {
	var out []string
	for i := range r.People {
		for _, a := range r.People[i].Affiliations {
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	return out
}

func identifierValues(r *Record) []string {
	var out []string
	for _, x := range r.Identifiers {
		out = append(out, x.Scheme+":"+x.Value)
	}
	return out
}

func registrationValues(r *Record) []string {
	var out []string
	for _, x := range r.Registrations {
		out = append(out, x.ID)
	}
	return out
}

func headingValues(r *Record) []string {
	var out []string
	for _, h := range r.Headings {
		out = append(out, h.String())
	}
	return out
}

func fundingValues(r *Record) []string {
	var out []string
	for _, g := range r.Funding {
		out = append(out, strings.Trim(g.ID+"/"+g.Agency, "/"))
	}
	return out
}

func flagValues(r *Record) []string {
	var out []string
	for _, f := range []struct {
		set  bool
		name string
	}{
		{r.Flags.Retracted, "retracted"}, {r.Flags.Concern, "expression-of-concern"},
		{r.Flags.Corrected, "corrected"}, {r.Flags.Notice, "notice"},
	} {
		if f.set {
			out = append(out, f.name)
		}
	}
	return out
}

func otherAbstractValues(r *Record) []string {
	var out []string
	for i := range r.OtherAbstracts {
		out = append(out, r.OtherAbstracts[i].Text)
	}
	return out
}

func sectionValues(r *Record) []string {
	var out []string
	for _, s := range r.Abstract.Sections {
		out = append(out, s.Label)
	}
	return out
}

func orcidValues(r *Record) []string {
	var out []string
	for i := range r.People {
		if id := r.People[i].ORCID; id != "" {
			out = append(out, string(id))
		}
	}
	return out
}

func conferenceValues(r *Record) []string {
	var out []string
	for _, s := range [...]string{r.In.Event, r.In.EventPlace, r.In.EventDate} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// eventValues writes events as "received 2012-03-04", by the source's own word
// where there is one.
func eventValues(r *Record) []string {
	var out []string
	for _, e := range r.Events {
		name := string(e.Kind)
		if e.Name != "" {
			name = e.Name
		}
		out = append(out, strings.TrimSpace(name+" "+e.Date.String()))
	}
	return out
}

// relationValues writes relations as "erratum-in PMID 12345678" or with the words
// of the source.
func relationValues(r *Record) []string {
	var out []string
	for _, x := range r.Relations {
		s := string(x.Kind)
		switch {
		case x.PMID != "":
			s += " PMID " + string(x.PMID)
		case x.DOI != "":
			s += " DOI " + string(x.DOI)
		case x.Key != "":
			s += " " + x.Key
		default:
			s += " " + x.Text
		}
		out = append(out, s)
	}
	return out
}

// FullPages writes the pages with the last one completed and an en dash between
// them: "123–128" for "123-8"; a single page or an article number as it is, and
// what is no range as the source has it. Without pages it is the article number.
func (c Container) FullPages() string {
	if c.Pages == "" {
		return c.ArticleNumber
	}
	first, last := c.PageRange()
	switch {
	case first == "" || strings.ContainsAny(c.Pages, ",;"):
		return c.Pages
	case first == last:
		return first
	}
	return first + "–" + last
}

// PageRange reads the pages of a container as first and last page, the last one
// completed: "123-8" gives "123", "128"; "e45–e9" gives "e45", "e49"; a single
// page gives itself twice; what is not a range of pages gives "", "". A last page that,
// completed, would stand before the first is given as it is written: "S12-1".
func (c Container) PageRange() (first, last string) {
	s := c.Pages
	if strings.IndexByte(s, "–"[0]) >= 0 || strings.Contains(s, "--") {
		s = dashes.Replace(s)
	}
	s = strings.TrimSpace(s)
	for _, p := range []string{"pp.", "p.", "pp ", "pages "} {
		if len(s) > len(p) && strings.EqualFold(s[:len(p)], p) {
			s = strings.TrimSpace(s[len(p):])
		}
	}
	if i := strings.IndexAny(s, ",;"); i >= 0 { // "12-5, 20": the first run of pages
		s = strings.TrimSpace(s[:i])
	}
	first, last, ranged := strings.Cut(s, "-")
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	if first == "" || strings.ContainsAny(first, " \t") {
		return "", ""
	}
	if !ranged || last == "" || strings.Contains(last, "-") {
		return first, first
	}
	return first, completePage(first, last)
}

// dashes makes hyphens of what stands between pages: all begin with the same byte.
var dashes = strings.NewReplacer("–", "-", "—", "-", "‐", "-", "−", "-", "--", "-")

// completePage fills in the digits that a shortened last page leaves out.
func completePage(first, last string) string {
	fp, fd := splitPage(first)
	lp, ld := splitPage(last)
	if ld == "" || fd == "" || lp != "" && lp != fp || len(ld) >= len(fd) {
		return last
	}
	full := fd[:len(fd)-len(ld)] + ld
	if full < fd {
		return last
	}
	return fp + full
}

// splitPage parts a page into its letters and the digits that end it.
func splitPage(p string) (prefix, digits string) {
	i := len(p)
	for i > 0 && isDigit(p[i-1]) {
		i--
	}
	return p[:i], p[i:]
}
