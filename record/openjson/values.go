package openjson

import (
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

// doi reads the DOI of the work. A second one stands among the other identifiers.
func (w *work) doi(v *scanner) bool {
	text, ok := v.Scalar()
	if !ok {
		return false
	}
	id, ok := record.ParseDOI(text)
	switch {
	case !ok:
		w.Problem("doi", record.CodeDOI, "expected a DOI such as 10.5555/12345678; it is kept as it is", text)
		return false
	case w.r.DOI == "":
		w.r.DOI = id
	case w.r.DOI != id:
		w.Name("doi", string(id))
	}
	return true
}

// identifier reads a number of one form.
func identifier[T ~string](w *work, v *scanner, into *T, parse func(string) (T, bool), odd string) bool {
	text, ok := v.Scalar()
	if !ok {
		return false
	}
	id, ok := parse(text)
	if !ok {
		w.Problem("", record.CodeIdentifier, odd, text)
		return false
	}
	if *into == "" {
		*into = id
	}
	return *into == id
}

func (w *work) pmid(v *scanner) bool {
	return identifier(w, v, &w.r.PMID, record.ParsePMID, "expected a PubMed number of one to eight digits; it is kept as it is")
}

func (w *work) pmcid(v *scanner) bool {
	return identifier(w, v, &w.r.PMCID, record.ParsePMCID, "expected a PubMed Central number such as PMC1234567; it is kept as it is")
}

// named reads a list of numbers, or one, into the identifiers of a scheme.
func named(scheme string) func(*work, *scanner) bool {
	return func(w *work, v *scanner) bool {
		whole := true
		for range v.Elements() {
			text, ok := v.Scalar()
			if text = jsonpull.Plain(text); !ok {
				whole = false
			} else if id, isDOI := record.ParseDOI(text); isDOI && scheme == "doi" {
				w.Name(scheme, string(id))
			} else if text != "" {
				w.Name(scheme, text)
			}
		}
		return whole
	}
}

// first reads the first text of a list; it is not whole where there are more.
func first(of func(*work) *string) func(*work, *scanner) bool {
	return func(w *work, v *scanner) bool {
		whole := true
		for i := range v.Elements() {
			if i > 0 {
				whole = false
				continue
			}
			whole = w.Single(v, of(w))
		}
		return whole
	}
}

func (w *work) issn(v *scanner) bool {
	whole := true
	for range v.Elements() {
		text, ok := v.Scalar()
		whole = w.addISSN(text) && ok && whole
	}
	return whole
}

func (w *work) isbn(v *scanner) bool {
	whole := true
	for range v.Elements() {
		text, ok := v.Scalar()
		whole = w.addISBN(text) && ok && whole
	}
	return whole
}

func (w *work) addISSN(text string) bool {
	id, ok := record.ParseISSN(text)
	if !ok {
		w.Problem("ISSN", record.CodeIdentifier, "an ISSN of wrong form or check digit; it is kept as it is", text)
		return false
	}
	jsonpull.AppendNew(w.Builder, &w.r.In.ISSN, id)
	return true
}

func (w *work) addISBN(text string) bool {
	id, ok := record.ParseISBN(text[strings.LastIndexByte(text, '/')+1:])
	if !ok {
		w.Problem("ISBN", record.CodeIdentifier, "an ISBN of wrong form or check digit; it is kept as it is", text)
		return false
	}
	jsonpull.AppendNew(w.Builder, &w.r.In.ISBN, id)
	return true
}

// typedNumbers reads ISSNs or ISBNs with the medium they are of, which no field
// holds. Those that the plain list has were judged there.
func typedNumbers(add func(*work, string) bool) func(*work, *scanner) bool {
	return func(w *work, v *scanner) bool {
		for range v.Elements() {
			for key := range v.Members() {
				if key != "value" {
					continue
				}
				problems := len(w.r.Problems)
				text, _ := v.Scalar()
				add(w, text)
				w.r.Problems = w.r.Problems[:problems]
			}
		}
		return false
	}
}

func (w *work) language(v *scanner) bool {
	text, ok := v.Scalar()
	if !ok {
		return false
	}
	code := record.Language(text)
	jsonpull.AppendNew(w.Builder, &w.r.Languages, code)
	return strings.EqualFold(code, strings.TrimSpace(text))
}

// link reads a link, each once.
func (w *work) link(v *scanner) bool {
	text, ok := v.Scalar()
	if !ok {
		return false
	}
	w.Add(&w.r.URLs, text)
	return true
}

// links reads the links to full texts. Those for text mining and for the search of
// plagiarism are for programs that have a contract, and are only kept.
func (w *work) links(v *scanner) bool {
	for range v.Elements() {
		link, use := "", ""
		for key := range v.Members() {
			switch key {
			case "URL":
				link, _ = v.Scalar()
			case "intended-application":
				use, _ = v.Scalar()
			}
		}
		if use != "text-mining" && use != "similarity-checking" {
			w.Add(&w.r.URLs, link)
		}
	}
	return false
}

// registrar takes the name of the database from an answer of Crossref's kind.
func (w *work) registrar(v *scanner) bool {
	text, _ := v.Scalar()
	return strings.EqualFold(text, w.r.Source.Database)
}

// dateParts reads the first date of {"date-parts": [[2020, 4, 17]]}, in which parts
// may be missing or null. whole is false where there is more than that date.
func (w *work) dateParts(v *scanner) (d record.Date, whole bool) {
	whole = v.Kind() == '{'
	for key := range v.Members() {
		if key != "date-parts" {
			whole = false
			continue
		}
		for i := range v.Elements() {
			if i > 0 {
				whole = false
				continue
			}
			parts := [3]int{}
			n := 0
			for j := range v.Elements() {
				text, ok := v.Scalar()
				if x, err := strconv.Atoi(text); ok && err == nil && j == n && j < len(parts) {
					parts[j] = x
					n++
				}
			}
			d = dateOf(parts)
		}
	}
	return d, whole
}

// dateOf makes a date of a year, a month and a day, as far as they can be such.
func dateOf(parts [3]int) (d record.Date) {
	if parts[0] < 1 || parts[0] > 2999 {
		return d
	}
	if d.Year = parts[0]; parts[1] < 1 || parts[1] > 12 {
		return d
	}
	if d.Month = parts[1]; parts[2] > 0 && parts[2] < 32 {
		d.Day = parts[2]
	}
	return d
}

func (w *work) issued(v *scanner) bool {
	d, whole := w.dateParts(v)
	if !d.IsZero() {
		w.r.Date = d
	}
	return whole
}

// anyDate is the date of publication in whatever way; it says again what another
// date says, or stands in for the date of issue.
func (w *work) anyDate(v *scanner) bool {
	d, whole := w.dateParts(v)
	w.published = d
	return whole
}

// event reads a date of an event. Those with a time of day are kept too.
func event(kind record.EventKind, name string) func(*work, *scanner) bool {
	return func(w *work, v *scanner) bool {
		d, whole := w.dateParts(v)
		if !d.IsZero() {
			w.r.Events = append(w.r.Events, record.Event{Kind: kind, Name: name, Date: d})
		}
		return whole
	}
}

// day reads a date in figures into an event; a time of day is kept.
func day(kind record.EventKind) func(*work, *scanner) bool {
	return func(w *work, v *scanner) bool {
		text, _ := v.Scalar()
		date, time, _ := strings.Cut(text, "T")
		d, ok := record.ParseDate(date)
		if ok {
			w.r.Events = append(w.r.Events, record.Event{Kind: kind, Date: d})
		}
		return ok && time == ""
	}
}

// day reads the date of publication.
func (w *work) day(v *scanner) bool {
	text, _ := v.Scalar()
	d, ok := record.ParseDate(text)
	if !ok {
		w.Problem("publication_date", record.CodeDate, "not a date that can be read; it is kept as it is", text)
		return false
	}
	w.r.Date = d
	return true
}

func (w *work) onlyYear(v *scanner) bool {
	text, _ := v.Scalar()
	d, ok := record.ParseDate(text)
	w.year = d
	return ok
}

// eventStart and eventEnd read the days of a conference.
func (w *work) eventStart(v *scanner) bool {
	d, whole := w.dateParts(v)
	w.r.In.EventDate = d.String()
	return whole
}

func (w *work) eventEnd(v *scanner) bool {
	d, whole := w.dateParts(v)
	if !d.IsZero() && d.String() != w.r.In.EventDate {
		w.r.In.EventDate = strings.TrimPrefix(w.r.In.EventDate+"/"+d.String(), "/")
	}
	return whole
}
