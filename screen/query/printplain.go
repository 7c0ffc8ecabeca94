package query

import (
	"strconv"
	"strings"
)

// plainFielded puts field codes to a text: TI=x on Web of Science, TITLE(x) in
// Scopus, TI x on EBSCOhost, x:ti,ab in the Cochrane Library.
func (p *printer) plainFielded(text string, codes []string) string {
	if p.d == Cochrane {
		return text + ":" + strings.Join(codes, ",")
	}
	var parts []string
	for _, c := range codes {
		switch p.d {
		case WebOfScience:
			parts = append(parts, c+"="+text)
		case Scopus:
			inner := text
			if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
				inner = text[1 : len(text)-1]
			}
			parts = append(parts, c+"("+inner+")")
		default:
			parts = append(parts, c+" "+text)
		}
	}
	return bracketed(strings.Join(parts, " OR "), len(parts) > 1)
}

// plainHeading prints a heading; Web of Science and Scopus have none, and look
// for its words.
func (p *printer) plainHeading(h *Heading) string {
	quals := ""
	for _, q := range h.Qualifiers {
		if c := qualifierCode(plainName(q)); c != "" {
			q = c
		}
		quals += "," + strings.ToUpper(q)
	}
	if quals != "" {
		quals = "/" + quals[1:]
	}
	name := strings.ReplaceAll(h.Name, `"`, "")
	switch p.d {
	case Cochrane:
		mark, major := "^", ""
		if h.Explode {
			mark = ""
		}
		if h.Major {
			major = "[mj]"
		}
		return "[mh " + mark + `"` + name + `"` + quals + major + "]"
	case EBSCO:
		tag, plus := "MH", ""
		if h.Major {
			tag = "MM"
		}
		if h.Explode {
			plus = "+"
		}
		return tag + ` "` + name + plus + quals + `"`
	}
	p.lose(h, p.d.name()+" has no headings of MeSH; the words “"+name+"” were taken")
	return p.fielded(h, `"`+name+`"`, []Field{TitleAbsKeywords})
}

// plainDates prints a range of years, or of the days of entry of EBSCOhost.
func (p *printer) plainDates(e *Dates) string {
	if p.same && p.d == EBSCO && e.Field == EntryDate {
		return codeFor(EBSCO, EntryDate) + " " + limitRange(Cond{From: e.From, To: e.To})
	}
	if e.From.Month > 0 || e.To.Month > 0 || e.Field != Year && e.Field != PublicationDate {
		p.lose(e, p.d.name()+" knows years of publication only")
	}
	from, to := e.From.Year, e.To.Year
	switch p.d {
	case Scopus:
		var parts []string
		if from == to && from > 0 {
			return "PUBYEAR IS " + strconv.Itoa(from)
		}
		if from > 0 {
			parts = append(parts, "PUBYEAR > "+strconv.Itoa(from-1))
		}
		if to > 0 {
			parts = append(parts, "PUBYEAR < "+strconv.Itoa(to+1))
		}
		return bracketed(strings.Join(parts, " AND "), len(parts) > 1)
	case WebOfScience, EBSCO:
		if from == 0 {
			from = 1800
		}
		if to == 0 {
			to = 3000
		}
		eq := "="
		if p.d == EBSCO {
			eq = " "
		}
		years := strconv.Itoa(from)
		if to != from {
			years += "-" + strconv.Itoa(to)
		}
		return "PY" + eq + years
	}
	p.lose(e, "the Cochrane Library limits by dates outside the search; the range was left out")
	return ""
}

// plainNear is the operator of nearness; exact is false where it finds other
// than is meant.
func plainNear(d Dialect, e *Near) (op string, exact bool) {
	n := strconv.Itoa(e.Gap)
	two := len(e.Args) == 2
	switch d {
	case WebOfScience:
		return "NEAR/" + n, !e.Ordered && two
	case Scopus:
		if e.Ordered {
			return "PRE/" + n, two
		}
		return "W/" + n, two
	case EBSCO:
		if e.Ordered {
			return "W" + n, two
		}
		return "N" + n, two
	}
	if e.Ordered {
		return "NEXT/" + strconv.Itoa(e.Gap+1), two
	}
	return "NEAR/" + strconv.Itoa(e.Gap+1), two
}
