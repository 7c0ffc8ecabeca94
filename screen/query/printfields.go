package query

import (
	"slices"
	"strings"
)

// identifierCode is how a dialect writes the field of an identifier: a DOI has
// one of its own, and where the database has numbers of its own so has a PMID.
func identifierCode(d Dialect, text string) string {
	text = strings.Trim(text, `"`)
	of := func(ovid, pubmed, wos, scopus, ebsco, cochrane string) string {
		return map[Dialect]string{Ovid: ovid, PubMed: pubmed, WebOfScience: wos, Scopus: scopus, EBSCO: ebsco, Cochrane: cochrane}[d]
	}
	switch {
	case strings.HasPrefix(text, "10."):
		return of("do", "aid", "DO", "DOI", "DI", "doi")
	case allDigits(text):
		return of("ui", "uid", "PMID", "PMID", "PM", "an")
	case d == PubMed && strings.HasPrefix(strings.ToLower(text), "pmc"):
		return "pmc"
	}
	return of("ui", "aid", "UT", "EID", "AN", "an")
}

// defaults are the fields that a term without any is looked for in by the
// dialect of the query, where the dialect printed would look elsewhere.
func (p *printer) defaults() []Field {
	if from, to := p.q.Dialect.DefaultField(), p.d.DefaultField(); from != to {
		return []Field{from}
	}
	return nil
}

// codes are the dialect's codes for fields; those it lacks are replaced by the
// nearest, with a note where that looks at more or less.
func (p *printer) codes(e Expr, fields []Field) []string {
	if !p.same {
		fields = united(p.d, fields)
	}
	var out []string
	for _, f := range fields {
		code := codeFor(p.d, f)
		if code == "" {
			var near []Field
			var exact bool
			near, exact = instead(p.d, f)
			if !exact {
				p.lose(e, p.d.name()+" has no field like "+p.spelt(f)+"; "+speltAll(p.d, near)+" was taken")
			}
			for _, n := range near {
				if c := codeFor(p.d, n); !slices.Contains(out, c) {
					out = append(out, c)
				}
			}
			continue
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

// spelt is a field as the query's own dialect writes it.
func (p *printer) spelt(f Field) string { return speltAll(p.q.Dialect, []Field{f}) }

func speltAll(d Dialect, fields []Field) string {
	var out []string
	for _, f := range fields {
		c := codeFor(d, f)
		switch {
		case c == "":
			out = append(out, string(f))
		case d == Ovid:
			out = append(out, "."+c+".")
		case d == PubMed:
			out = append(out, "["+c+"]")
		default:
			out = append(out, c)
		}
	}
	return strings.Join(out, " and ")
}

// united joins fields that a dialect has one field for: title and abstract are
// [tiab] in PubMed, which looks at keywords as well.
func united(d Dialect, fields []Field) []Field {
	has := func(f Field) bool { return slices.Contains(fields, f) }
	var whole Field
	var parts []Field
	switch {
	case d == PubMed && (has(Title) && has(Abstract) || has(TextWords)):
		whole, parts = TitleAbstract, []Field{Title, Abstract, TextWords, Keywords, KeywordHeading}
	case (d == Scopus || d == WebOfScience) && (has(Title) && has(Abstract) || has(TextWords) || has(TitleAbstract)):
		whole, parts = TitleAbsKeywords, []Field{Title, Abstract, TextWords, TitleAbstract, Keywords, KeywordHeading}
	default:
		return fields
	}
	out := []Field{whole}
	for _, f := range fields {
		if !slices.Contains(parts, f) {
			out = append(out, f)
		}
	}
	return out
}

// instead are the fields of a dialect nearest to one that it lacks; exact tells
// whether they look at the same parts of a citation.
func instead(d Dialect, f Field) (fields []Field, exact bool) {
	type of struct {
		d Dialect
		f Field
	}
	table := map[of]struct {
		fields []Field
		exact  bool
	}{
		{WebOfScience, Multi}:       {[]Field{TitleAbsKeywords}, false},
		{WebOfScience, PubMedWords}: {[]Field{TitleAbsKeywords}, false},
		{Scopus, Multi}:             {[]Field{TitleAbsKeywords}, false},
		{Scopus, PubMedWords}:       {[]Field{TitleAbsKeywords}, false},
		{PubMed, Multi}:             {[]Field{PubMedWords}, true},
		{PubMed, TextWords}:         {[]Field{TitleAbstract}, true},
		{PubMed, TitleAbsKeywords}:  {[]Field{TitleAbstract}, true},
		{PubMed, Abstract}:          {[]Field{TitleAbstract}, false},
		{PubMed, KeywordHeading}:    {[]Field{Keywords}, false},
		{PubMed, HeadingWord}:       {[]Field{PubMedWords}, false},
		{PubMed, HeadingExact}:      {[]Field{PubMedWords}, false},
		{PubMed, SubheadingTree}:    {[]Field{Subheading}, true},
		{PubMed, JournalWord}:       {[]Field{Journal}, false},
		{PubMed, Year}:              {[]Field{PublicationDate}, true},
		{Ovid, PubMedWords}:         {[]Field{Multi}, true},
		{Ovid, TitleAbstract}:       {[]Field{Title, Abstract, Keywords}, true},
		{Ovid, TitleAbsKeywords}:    {[]Field{Title, Abstract, Keywords, HeadingWord}, true},
		{Ovid, LastAuthor}:          {[]Field{Author}, false},
		{Ovid, HeadingDate}:         {[]Field{EntryDate}, false},
		{Ovid, Subset}:              {[]Field{AnyField}, false},
	}
	if t, ok := table[of{d, f}]; ok {
		return t.fields, t.exact
	}
	var near []Field
	for _, n := range alike(f) {
		if codeFor(d, n) != "" {
			near = append(near, n)
		}
	}
	if len(near) == 0 {
		return []Field{d.DefaultField()}, false
	}
	return near, f == TextWords
}

// alike are the fields that look at parts of what a field looks at, or at most
// of it; a dialect has some of them.
func alike(f Field) []Field {
	switch f {
	case TextWords:
		return []Field{Title, Abstract}
	case TitleAbstract:
		return []Field{Title, Abstract, Keywords, KeywordHeading}
	case TitleAbsKeywords, Multi, PubMedWords:
		return []Field{Title, Abstract, Keywords, KeywordHeading, HeadingWord}
	case FirstAuthor, LastAuthor:
		return []Field{Author}
	case Keywords:
		return []Field{KeywordHeading}
	case KeywordHeading:
		return []Field{Keywords}
	case HeadingExact, SubheadingTree:
		return []Field{HeadingWord}
	case Journal:
		return []Field{JournalWord}
	case JournalWord:
		return []Field{Journal}
	}
	return nil
}
