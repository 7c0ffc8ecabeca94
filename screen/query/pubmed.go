package query

import (
	"strconv"
	"strings"
)

// tag scans a tag of PubMed, [tiab] or [mh:noexp], whose extent is given.
func (s *scanner) tag(e Extent) {
	name := plainName(strings.Trim(s.text[e.Start+1:e.End-1], "[] "))
	t := symbol{Extent: e, kind: tokFields, text: s.text[e.Start:e.End]}
	name, suffix, _ := strings.Cut(name, ":")
	name, suffix = strings.TrimSpace(name), strings.TrimSpace(suffix)
	if isMeSHTag(name) {
		t.tag = name
		switch suffix {
		case "":
		case "noexp", "no exp", "no-exp", "no exploding", "no explode", "noexplode":
			t.tag += ":noexp"
			if suffix != "noexp" {
				s.slip(Note{Extent: e, Code: CodeField, Text: "PubMed knows :noexp and not :" + suffix, Try: "[" + name + ":noexp]"}, "it was read as :noexp")
			}
		default:
			s.fail(Note{Extent: e, Code: CodeField, Text: "PubMed knows no :" + suffix + " after a heading", Try: "[" + name + ":noexp]"})
		}
		s.add(t)
		return
	}
	f := fieldNamed(PubMed, name)
	if f == "" {
		if heading, ok := cutFold(name, "mh "); ok {
			s.fail(Note{Extent: e, Code: CodeSyntax, Text: "a heading of the Cochrane Library", Try: `"` + strings.Trim(heading, `^"`) + `"[mh]`})
			return
		}
		f = s.meantTag(e, name)
	}
	if f == "" {
		if s.opts.Lenient {
			return
		}
		s.add(t)
		return
	}
	t.fields = []Field{f}
	if suffix != "" {
		s.distance(&t, name, suffix)
	}
	s.add(t)
}

// distance reads the ~3 of [tiab:~3].
func (s *scanner) distance(t *symbol, name, suffix string) {
	n, err := strconv.Atoi(strings.TrimPrefix(suffix, "~"))
	switch f := t.fields[0]; {
	case !strings.HasPrefix(suffix, "~"):
		s.fail(Note{Extent: t.Extent, Code: CodeField, Text: "PubMed knows no :" + suffix + " here", Try: "[" + name + ":~3] for words near one another"})
	case err != nil || n < 0 || n > 1000:
		s.slip(Note{Extent: t.Extent, Code: CodeNear, Text: "~" + suffix[1:] + " is not a number of words", Try: "[" + name + ":~3]"}, "3 was taken")
		n = 3
		fallthrough
	case f == Title || f == TitleAbstract || f == Affiliation:
		t.near = &Near{Gap: n}
		t.tag = "~"
	default:
		s.slip(Note{Extent: t.Extent, Code: CodeNear, Text: "PubMed looks for nearness in [ti], [tiab] and [ad] only", Try: "[tiab:" + suffix + "]"}, "the distance was left out")
	}
}

func isMeSHTag(name string) bool {
	switch name {
	case "mh", "mesh", "mesh terms", "mesh term", "majr", "mesh major topic":
		return true
	}
	return false
}

// meantTag says that there is no such tag, and gives the field that a lenient
// reading takes for it; "" where it leaves the tag out.
func (s *scanner) meantTag(e Extent, name string) Field {
	n := Note{Extent: e, Code: CodeField, Text: "no field of PubMed is known as [" + name + "]", Try: "[tiab] or [mh]"}
	meant := Field("")
	switch name {
	case "ab", "abstract", "ti,ab", "ti, ab", "ti/ab", "tiab,kw", "title and abstract", "ti ab":
		meant, n.Try = TitleAbstract, "[tiab]"
	case "kw", "kf", "keyword", "keywords":
		meant, n.Try = Keywords, "[ot]"
	case "tw,kw", "textword", "mp":
		meant, n.Try = PubMedWords, "[tw]"
	case "me", "exp mesh", "meshterms", "exp", "mesh heading":
		n.Try = "[mh]"
	}
	if meant == "" {
		s.slip(n, "it was left out")
	} else {
		s.slip(n, n.Try+" was taken")
	}
	return meant
}

// mesh makes the heading that a MeSH tag stands behind: "Dementia/diagnosis"
// with [mh], as it is written.
func mesh(text, tag string, e Extent) *Heading {
	name, quals, _ := strings.Cut(unquoted(text), "/")
	h := &Heading{Extent: e, Name: strings.Join(strings.Fields(name), " "), Explode: !strings.HasSuffix(tag, ":noexp"), Major: strings.HasPrefix(tag, "majr") || strings.HasPrefix(tag, "mesh major")}
	for _, q := range strings.Split(quals, "/") {
		if q = strings.TrimSpace(q); q != "" {
			h.Qualifiers = append(h.Qualifiers, q)
		}
	}
	return h
}

// unquoted is a text without quotes, straight or typographic.
func unquoted(s string) string {
	return strings.NewReplacer(`"`, "", "“", "", "”", "", "„", "", "‟", "", "″", "", "«", "", "»", "").Replace(s)
}

// dateRange reads "2010:2015" or one date; ok is false where it is neither.
func dateRange(s string) (from, to Day, ok bool) {
	a, b, isRange := strings.Cut(s, ":")
	from, ok = parseDay(a)
	if !ok {
		return
	}
	if !isRange {
		return from, from, true
	}
	to, ok = parseDay(b)
	return from, to, ok
}

// after tells whether a day is later than another; where one of them has no
// month or day, what both have decides.
func (d Day) after(e Day) bool {
	switch {
	case d.Year != e.Year:
		return d.Year > e.Year
	case d.Month == 0 || e.Month == 0 || d.Month != e.Month:
		return e.Month > 0 && d.Month > e.Month
	}
	return e.Day > 0 && d.Day > e.Day
}

// parseDay reads a date as search languages write it: 2010, 2010/2, 2010/02/28,
// 20100228, and 3000 for no end.
func parseDay(s string) (Day, bool) {
	s = strings.Trim(strings.TrimSpace(s), `"`)
	if len(s) == 8 && allDigits(s) {
		s = s[:4] + "/" + s[4:6] + "/" + s[6:]
	} else if len(s) == 6 && allDigits(s) {
		s = s[:4] + "/" + s[4:]
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' })
	if len(parts) == 0 || len(parts) > 3 || len(parts[0]) != 4 {
		return Day{}, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 0 {
			return Day{}, false
		}
		n[i] = v
	}
	if n[1] > 12 || n[2] > 31 || n[0] < 1000 || len(parts) > 1 && n[1] == 0 || len(parts) > 2 && n[2] == 0 {
		return Day{}, false
	}
	return Day{n[0], n[1], n[2]}, true
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
