package record

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrOtherWork says that two records name different works, so that one may not
// fill the gaps of the other.
var ErrOtherWork = errors.New("the records name different works")

// Fill puts into the empty fields of dst what src has: from a record of Crossref,
// OpenAlex or PubMed at hand, the abstract or the DOI that an export left out.
// What dst has is never overwritten, and lists are not mixed: keywords are taken
// only where there are none. A date of the same year that says the month as well
// fills in the month, people with the same names in the same order their
// affiliations and ORCID iDs. Flags that src sets (a retraction) are set.
//
// It returns the fields that were filled, in alphabetical order, nil for none; for
// each, Record.Origins says which record it came from. The ID of dst does not
// change; src is not changed, and nothing is shared with it but text.
//
// The error is ErrOtherWork where DOIs, PMIDs or PMCIDs contradict each other;
// nothing is filled then. That two records without a number in common are of the
// same work is for the caller to know, as from [a deduplication] before.
//
// [a deduplication]: https://pkg.go.dev/github.com/evidence-go/evidence/dedupe
func Fill(dst, src *Record) ([]Field, error) {
	if dst == nil || src == nil {
		return nil, errNoRecord
	}
	if err := contradiction(dst, src); err != nil {
		return nil, err
	}
	dst.FixID()
	f := filler{dst: dst, from: Origin{From: src.ID(), Source: src.Source, Why: "was empty"}}
	f.texts(src)
	f.lists(src)
	f.people(src)
	f.states(src)
	slices.Sort(f.filled)
	return f.filled, nil
}

// contradiction compares the numbers that name one work each.
func contradiction(a, b *Record) error {
	for _, x := range [...]struct{ name, a, b string }{
		{"DOI", string(a.DOI), string(b.DOI)}, {"PMID", string(a.PMID), string(b.PMID)}, {"PMCID", string(a.PMCID), string(b.PMCID)},
	} {
		if x.a != "" && x.b != "" && x.a != x.b {
			return fmt.Errorf("%w: %s %s and %s", ErrOtherWork, x.name, x.a, x.b)
		}
	}
	return nil
}

// filler is a filling in progress.
type filler struct {
	dst    *Record
	from   Origin
	filled []Field
}

// note says that a field was filled.
func (f *filler) note(field Field) {
	if slices.Contains(f.filled, field) {
		return
	}
	f.filled = append(f.filled, field)
	f.from.Field = field
	f.dst.Origins = append(f.dst.Origins, f.from)
}

// fillText fills a field with a single value.
func fillText[T ~string](f *filler, field Field, dst *T, v T) {
	if *dst == "" && v != "" {
		*dst = v
		f.note(field)
	}
}

// fillList fills a list that has no item.
func fillList[T any](f *filler, field Field, dst *[]T, v []T) {
	if len(*dst) == 0 && len(v) > 0 {
		*dst = slices.Clone(v)
		f.note(field)
	}
}

func (f *filler) texts(src *Record) {
	d := f.dst
	fillText(f, FieldDOI, &d.DOI, src.DOI)
	fillText(f, FieldPMID, &d.PMID, src.PMID)
	fillText(f, FieldPMCID, &d.PMCID, src.PMCID)
	fillText(f, FieldKind, &d.Kind, src.Kind)
	fillText(f, FieldTitle, &d.Title, src.Title)
	fillText(f, FieldOriginalTitle, &d.OriginalTitle, src.OriginalTitle)
	fillText(f, FieldShortTitle, &d.ShortTitle, src.ShortTitle)
	fillText(f, FieldStatus, &d.Status, src.Status)
	if d.Abstract.Text == "" && src.Abstract.Text != "" {
		d.Abstract = src.Abstract
		d.Abstract.Sections = slices.Clone(src.Abstract.Sections)
		f.note(FieldAbstract)
	}
	to, from := &d.In, &src.In
	for _, x := range [...]struct {
		field Field
		dst   *string
		v     string
	}{
		{FieldJournal, &to.Title, from.Title}, {FieldJournalAbbrev, &to.Abbrev, from.Abbrev}, {FieldNLMID, &to.NLMID, from.NLMID},
		{FieldVolume, &to.Volume, from.Volume}, {FieldIssue, &to.Issue, from.Issue}, {FieldPages, &to.Pages, from.Pages},
		{FieldArticleNumber, &to.ArticleNumber, from.ArticleNumber}, {FieldPageCount, &to.PageCount, from.PageCount},
		{FieldEdition, &to.Edition, from.Edition}, {FieldSeries, &to.Series, from.Series}, {FieldSeriesVolume, &to.SeriesVolume, from.SeriesVolume},
		{FieldPublisher, &to.Publisher, from.Publisher}, {FieldPlace, &to.Place, from.Place}, {FieldCountry, &to.Country, from.Country},
		{FieldConference, &to.Event, from.Event}, {FieldConference, &to.EventPlace, from.EventPlace}, {FieldConference, &to.EventDate, from.EventDate},
	} {
		fillText(f, x.field, x.dst, x.v)
	}
}

func (f *filler) lists(src *Record) {
	d := f.dst
	fillList(f, FieldISSN, &d.In.ISSN, src.In.ISSN)
	fillList(f, FieldISBN, &d.In.ISBN, src.In.ISBN)
	fillList(f, FieldOtherAbstracts, &d.OtherAbstracts, src.OtherAbstracts)
	fillList(f, FieldIdentifiers, &d.Identifiers, src.Identifiers)
	fillList(f, FieldRegistrations, &d.Registrations, src.Registrations)
	fillList(f, FieldURLs, &d.URLs, src.URLs)
	fillList(f, FieldTypes, &d.Types, src.Types)
	fillList(f, FieldLanguages, &d.Languages, src.Languages)
	fillList(f, FieldKeywords, &d.Keywords, src.Keywords)
	fillList(f, FieldFunding, &d.Funding, src.Funding)
	fillList(f, FieldRelations, &d.Relations, src.Relations)
	fillList(f, FieldEvents, &d.Events, src.Events)
	if len(d.Headings) == 0 && len(src.Headings) > 0 {
		d.Headings = slices.Clone(src.Headings)
		for i := range d.Headings {
			d.Headings[i].Qualifiers = slices.Clone(d.Headings[i].Qualifiers)
		}
		f.note(FieldHeadings)
	}
}

// people takes over the people where there are none, else what is known of the
// same ones.
func (f *filler) people(src *Record) {
	d := f.dst
	if len(d.People) == 0 && len(src.People) > 0 {
		d.People = slices.Clone(src.People)
		for i := range d.People {
			d.People[i].Affiliations = slices.Clone(d.People[i].Affiliations)
		}
		f.note(FieldPeople)
		return
	}
	if !slices.EqualFunc(d.People, src.People, samePerson) {
		return
	}
	bare := !slices.ContainsFunc(d.People, func(c Contributor) bool { return len(c.Affiliations) > 0 })
	for i := range d.People {
		p, q := &d.People[i], &src.People[i]
		fillText(f, FieldORCIDs, &p.ORCID, q.ORCID)
		if bare {
			fillList(f, FieldAffiliations, &p.Affiliations, q.Affiliations)
		}
	}
}

// samePerson tells whether two entries of two lists name the same person: in the
// same role, of the same family name or group, and not of other initials.
func samePerson(a, b Contributor) bool {
	x, y := a.Initials(), b.Initials()
	return a.Role == b.Role && strings.EqualFold(a.Family, b.Family) && strings.EqualFold(a.Literal, b.Literal) &&
		(strings.HasPrefix(x, y) || strings.HasPrefix(y, x))
}

// states fills in the date and the flags.
func (f *filler) states(src *Record) {
	d := f.dst
	switch {
	case d.Date.IsZero() && !src.Date.IsZero(),
		d.Date == Date{Year: src.Date.Year} && src.Date.Month != 0:
		d.Date = src.Date
		f.note(FieldDate)
	}
	to, from := &d.Flags, src.Flags
	for _, x := range [...]struct {
		dst *bool
		v   bool
	}{{&to.Retracted, from.Retracted}, {&to.Concern, from.Concern}, {&to.Corrected, from.Corrected}, {&to.Notice, from.Notice}} {
		if x.v && !*x.dst {
			*x.dst = true
			f.note(FieldFlags)
		}
	}
}
