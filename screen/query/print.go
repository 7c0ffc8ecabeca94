package query

import (
	"slices"
	"strconv"
	"strings"
)

// Print writes a strategy in a dialect, and says what could not be carried
// over: each such place with what was lost of it, in the order of the text. In
// the dialect it was read in nothing is lost, and what is printed reads back as
// the same query, by the options it was read with; where no other form does so,
// its text is printed as it stands. A query without lines gives "".
func Print(d Dialect, q *Query) (string, []Note) {
	text, lost := printed(d, q, false)
	if d != q.Dialect {
		return text, lost
	}
	if q.readsBack(text) {
		return text, nil
	}
	marked, _ := printed(d, q, true)
	for _, form := range [...]string{marked, strings.TrimSpace(q.text), q.text} {
		if q.readsBack(form) {
			return form, nil
		}
	}
	return text, lost
}

// printed writes a strategy in one form, whatever it was written like; with marks,
// each term keeps those that it was read with.
func printed(d Dialect, q *Query, marks bool) (string, []Note) {
	p := printer{d: d, q: q, same: d == q.Dialect, marks: marks, places: &placer{text: q.text}}
	p.lines()
	return strings.Join(p.out, "\n"), p.lost
}

// printer writes one query.
type printer struct {
	d      Dialect
	q      *Query
	same   bool // in the dialect it was read in
	marks  bool // terms keep the marks that they were read with
	out    []string
	number []int // line of the query → number of the line printed
	lost   []Note
	places *placer
	bare   bool // the fields stand around all of it
}

// lines prints every search.
func (p *printer) lines() {
	p.number = make([]int, len(p.q.Lines))
	several := p.count() > 1 || p.d == Ovid && p.splits()
	labelled := slices.ContainsFunc(p.q.Lines, func(l Line) bool { return l.Label != "" })
	n := 0
	for i, l := range p.q.Lines {
		if l.Expr == nil {
			continue
		}
		lost := true
		for _, part := range p.parts(l.Expr, n) {
			if part == "" { // nothing of it could be carried over, nor of a reference to it
				break
			}
			lost = false
			n++
			text := part
			if !p.same {
				text = unwrapped(part)
			}
			part = text
			switch {
			case p.same && labelled:
				text = p.labelled(l.Label, part)
			case !p.same && several && p.d == Ovid:
				text = strconv.Itoa(n) + ". " + part
			case !p.same && several:
				text = refMark(p.d) + strconv.Itoa(n) + " " + p.apart(part)
			}
			p.out = append(p.out, text)
		}
		if !lost {
			p.number[i] = n
		}
	}
	if p.same && !labelled || !p.same && !several {
		p.unlabelled()
	}
}

// unlabelled puts a line that has no label, and begins like one that has, into
// brackets, and so a first one that is like the names above a history. Lines of a
// dialect whose searches may be broken are numbered, unless they name one another.
func (p *printer) unlabelled() {
	numbered := len(p.out) > 1 && p.d != Ovid && !namesLines(p.d, strings.Join(p.out, "\n"))
	for i, l := range p.out {
		switch {
		case numbered:
			p.out[i] = refMark(p.d) + strconv.Itoa(i+1) + " " + p.apart(l)
		case p.likeLabelled(l) || i == 0 && len(p.out) > 1 && isHeader(l):
			p.out[i] = "(" + l + ")"
		}
	}
}

// likeLabelled tells whether a text begins like a line that has a label.
func (p *printer) likeLabelled(text string) bool {
	label, _, _ := cutLabel(p.d, text+" ", 0)
	return label != ""
}

// unwrapped takes brackets off that stand around the whole of a text.
func unwrapped(s string) string {
	if !strings.HasPrefix(s, "(") || !strings.HasSuffix(s, ")") {
		return s
	}
	depth, quoted := 0, false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 && i < len(s)-1 {
				return s
			}
		}
	}
	return s[1 : len(s)-1]
}

// count is the number of searches.
func (p *printer) count() int {
	n := 0
	for _, l := range p.q.Lines {
		if l.Expr != nil {
			n++
		}
	}
	return n
}

func (p *printer) labelled(label, text string) string {
	if label == "" { // among labelled ones, where what looks like no search is a heading
		return bracketed(text, !looksLikeSearch(text) || p.likeLabelled(text))
	}
	if isDigit(label[0]) {
		return label + ". " + p.apart(text)
	}
	return label + " " + p.apart(text)
}

// apart puts a search of PubMed that begins with the word search into brackets, so
// that the word is not taken for the one before each line of a history.
func (p *printer) apart(text string) string {
	if rest, ok := cutFold(text, "search"); ok && p.d == PubMed && rest != "" && (rest[0] == ' ' || rest[0] == ':') {
		return "(" + text + ")"
	}
	return text
}

// refMark is what stands before the number of a line.
func refMark(d Dialect) string {
	switch d {
	case Ovid:
		return ""
	case EBSCO:
		return "S"
	}
	return "#"
}

// splits tells whether a search holds dates at its top, which Ovid can only
// limit a line by.
func (p *printer) splits() bool {
	return !p.same && slices.ContainsFunc(p.q.Lines, func(l Line) bool { _, dates := topDates(l.Expr); return len(dates) > 0 })
}

// topDates takes the dates out of an and at the top of a search.
func topDates(e Expr) (rest Expr, dates []*Dates) {
	b, ok := e.(*Bool)
	if !ok || b.Op != And {
		return e, nil
	}
	var others []Expr
	for _, a := range b.Args {
		if d, ok := a.(*Dates); ok {
			dates = append(dates, d)
		} else {
			others = append(others, a)
		}
	}
	switch {
	case len(dates) == 0 || len(others) == 0:
		return e, nil
	case len(others) == 1:
		return others[0], dates
	}
	return &Bool{Extent: b.Extent, Op: And, Args: others}, dates
}

// parts prints a search as one line, or, where Ovid needs a limit, as two.
func (p *printer) parts(e Expr, before int) []string {
	if p.d != Ovid || p.same {
		return []string{p.expr(e, nil, false)}
	}
	rest, dates := topDates(e)
	of := ""
	var out []string
	if ref, ok := rest.(*Ref); ok && len(dates) > 0 {
		if of = p.ref(ref.Line); of == "" {
			return nil
		}
	} else {
		out = []string{p.expr(rest, nil, false)}
	}
	for i, d := range dates {
		if codeFor(Ovid, d.Field) == "" {
			p.lose(d, "Ovid has no field like "+p.spelt(d.Field)+"; ."+p.ovidCode(d.Field)+". was taken")
		}
		if of == "" || i > 0 {
			of = strconv.Itoa(before + len(out))
		}
		out = append(out, "limit "+of+" to "+p.ovidCode(d.Field)+`="`+ovidRange(d)+`"`)
	}
	return out
}

func (p *printer) ovidCode(f Field) string {
	switch f {
	case PublicationDate, Year:
		return "yr"
	}
	if c := codeFor(Ovid, f); c != "" {
		return c
	}
	return "ed"
}

// ovidRange writes a range of dates for a limit: whole years as 2010-2020.
func ovidRange(d *Dates) string {
	write := func(day Day) string {
		if d.Field == Year || d.Field == PublicationDate {
			return strconv.Itoa(day.Year)
		}
		s := strconv.Itoa(day.Year) + two(max(day.Month, 1)) + two(max(day.Day, 1))
		return s
	}
	from, to := "1800", "Current"
	if d.From.Year > 0 {
		from = write(d.From)
	}
	if d.To.Year > 0 {
		to = write(d.To)
		if d.To.Month == 0 && d.Field != Year && d.Field != PublicationDate {
			to = strconv.Itoa(d.To.Year) + "1231"
		}
	}
	switch to {
	case "Current":
		return from + " -Current"
	case from:
		return from
	}
	return from + "-" + to
}

// lose notes what a translation could not carry over.
func (p *printer) lose(e Expr, text string) {
	p.lost = append(p.lost, p.places.placed(Note{Extent: e.Where(), Code: CodeLost, Text: text}))
}

// expr prints an expression that is looked for in fields (nil for the dialect's
// default), in brackets where it stands within another.
func (p *printer) expr(e Expr, fields []Field, within bool) string {
	switch e := e.(type) {
	case *Term:
		return p.term(e, fields)
	case *Heading:
		return p.heading(e)
	case *Dates:
		return p.dates(e)
	case *In:
		return p.in(e)
	case *Bool:
		return p.bool(e, fields, within)
	case *Near:
		return p.near(e, fields, within)
	case *Ref:
		return p.ref(e.Line)
	case *Combine:
		return p.combine(e, within)
	case *Limit:
		return p.limit(e, within)
	case *Unique:
		if p.d == Ovid && p.expr(e.Of, nil, true) != "" {
			return "remove duplicates from " + p.expr(e.Of, nil, true)
		}
		p.lose(e, "remove duplicates is a command of Ovid; its line is meant")
		return p.expr(e.Of, nil, within)
	}
	return ""
}

// ref prints a reference to a line.
func (p *printer) ref(line int) string {
	if p.same {
		if l := p.q.Lines[line].Label; l != "" {
			if p.d == Ovid {
				return strings.TrimPrefix(l, "#")
			}
			return refMark(p.d) + strings.TrimLeft(l, "#Ss")
		}
		return refMark(p.d) + strconv.Itoa(line+1)
	}
	if p.number[line] == 0 {
		return ""
	}
	return refMark(p.d) + strconv.Itoa(p.number[line])
}

func (p *printer) bool(e *Bool, fields []Field, within bool) string {
	if len(fields) == 0 && p.d != PubMed && !p.same && !p.bare && len(p.defaults()) > 0 && plainTerms(e.Args) {
		return p.in(&In{Extent: e.Extent, Of: e, Fields: p.defaults()})
	}
	if p.d == Ovid && !p.same && e.Op == Or {
		e = grouped(e)
	}
	if len(e.Args) == 1 {
		return p.expr(e.Args[0], fields, within)
	}
	op := strings.ToUpper(string(e.Op))
	if p.d == Ovid {
		op = string(e.Op)
	} else if p.d == Scopus && e.Op == Not {
		op = "AND NOT"
	}
	var parts []string
	for i, a := range e.Args {
		s := p.expr(a, fields, true)
		if s == "" && e.Op == Not && i == 0 { // without it the rest would be its opposite
			return ""
		}
		if s != "" {
			parts = append(parts, s)
		}
	}
	return bracketed(strings.Join(parts, " "+op+" "), within && len(parts) > 1)
}

// grouped puts terms that stand side by side and are looked for in the same
// fields into one bracket before them, as people write Ovid.
func grouped(e *Bool) *Bool {
	out := &Bool{Extent: e.Extent, Op: e.Op}
	var last *In // whose bracket may take one more
	for _, a := range e.Args {
		in, term := a.(*In)
		if term {
			_, term = in.Of.(*Term)
		}
		switch {
		case !term || isDate(in.Fields[0]) || slices.Contains(in.Fields, Subset) || slices.Contains(in.Fields, Identifier):
			out.Args, last = append(out.Args, a), nil
			continue
		case last == nil || !slices.Equal(last.Fields, in.Fields):
			last = &In{Extent: in.Extent, Of: in.Of, Fields: in.Fields}
			out.Args = append(out.Args, last)
			continue
		}
		last.End = in.End
		if b, ok := last.Of.(*Bool); ok {
			b.Args = append(b.Args, in.Of)
		} else {
			last.Of = &Bool{Extent: last.Extent, Op: Or, Args: []Expr{last.Of, in.Of}}
		}
	}
	return out
}

func bracketed(s string, within bool) string {
	if within {
		return "(" + s + ")"
	}
	return s
}

// runs prints the lines of a combine as runs of numbers, those left out that
// could not be carried over.
func (p *printer) runs(e *Combine) string {
	var out []string
	for _, r := range e.Lines {
		for r.From < r.To && p.ref(r.From) == "" {
			r.From++
		}
		for r.From < r.To && p.ref(r.To) == "" {
			r.To--
		}
		switch from, to := p.ref(r.From), p.ref(r.To); {
		case from == "":
		case from == to:
			out = append(out, from)
		default:
			out = append(out, from+"-"+to)
		}
	}
	return strings.Join(out, ",")
}

// combine prints or/1-4,7, in the other dialects each line by its number.
func (p *printer) combine(e *Combine, within bool) string {
	if p.d == Ovid {
		if runs := p.runs(e); runs != "" {
			return string(e.Op) + "/" + runs
		}
		return ""
	}
	if p.d == Cochrane {
		if runs := p.runs(e); runs != "" {
			return "{" + strings.ToUpper(string(e.Op)) + " " + runs + "}"
		}
		return ""
	}
	var parts []string
	for _, r := range e.Lines {
		for i := r.From; i <= r.To; i++ {
			if s := p.ref(i); p.q.Lines[i].Expr != nil && s != "" {
				parts = append(parts, s)
			}
		}
	}
	return bracketed(strings.Join(parts, " "+strings.ToUpper(string(e.Op))+" "), within && len(parts) > 1)
}
