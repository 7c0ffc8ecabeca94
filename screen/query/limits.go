package query

import (
	"strconv"
	"strings"
)

// limit parses Ovid's limit 9 to (english and yr="2010-2020").
func (p *parser) limit(first symbol) Expr {
	t := p.next()
	of, ok := p.limited(t)
	if !ok {
		p.fail(Note{Extent: t.Extent, Code: CodeReference, Text: "the number of a line was expected", Try: "limit 9 to …"})
		return nil
	}
	to := p.next()
	if to.kind != tokWord || !strings.EqualFold(to.text, "to") {
		p.fail(Note{Extent: to.Extent, Code: CodeLimit, Text: "to was expected", Try: "limit " + t.text + " to …"})
		return nil
	}
	if p.failed {
		return nil
	}
	end := p.toks[len(p.toks)-1].Start
	c := conditions{reader: p.reader, at: to.End, end: end}
	conds := c.all()
	c.space()
	if !p.failed && c.at < c.end {
		p.fail(Note{Extent: Extent{c.at, c.end}, Code: CodeLimit, Text: "this was not expected in a limit", Try: "and between two limits"})
	}
	if p.failed || of == nil {
		return nil
	}
	return &Limit{Extent: Extent{first.Start, end}, Of: of, Conds: conds}
}

// limited is the line that a limit names; a lenient reading takes the line
// before where it names itself.
func (p *parser) limited(t symbol) (Expr, bool) {
	if n, err := strconv.Atoi(strings.TrimPrefix(t.text, "#")); err == nil && p.opts.Lenient && p.reader.line > 0 {
		if i, ok := p.byLabel[n]; ok && i == p.reader.line {
			p.slip(Note{Extent: t.Extent, Code: CodeReference, Text: "line " + t.text + " refers to itself", Try: "the number of an earlier line"}, "the line before was taken")
			return &Ref{Extent: t.Extent, Line: p.reader.line - 1}, true
		}
	}
	return p.reference(t)
}

// conditions reads the conditions of a limit from the text itself, since names
// of limits hold brackets and numbers.
type conditions struct {
	*reader
	at, end int
}

func (c *conditions) space() {
	for c.at < c.end && (c.text[c.at] == ' ' || c.text[c.at] == '\t') {
		c.at++
	}
}

// all reads conditions joined by and, every one of which must hold.
func (c *conditions) all() []Cond {
	var out []Cond
	for !c.failed {
		out = append(out, c.either()...)
		c.space()
		if !c.word("and") {
			break
		}
	}
	return out
}

// either reads conditions joined by or, or what stands in brackets.
func (c *conditions) either() []Cond {
	start := c.at
	first := c.one()
	alternatives, joined := first, len(first) > 1
	for !c.failed {
		c.space()
		if !c.word("or") {
			break
		}
		next := c.one()
		alternatives, joined = append(alternatives, next...), joined || len(next) > 1
	}
	if joined && len(alternatives) > len(first) {
		c.fail(Note{Extent: Extent{start, c.at}, Code: CodeLimit, Text: "limits joined by and are no alternative to others", Try: "a limit of its own for each"})
		return nil
	}
	if len(alternatives) == len(first) {
		return first
	}
	return []Cond{{Extent: Extent{alternatives[0].Start, c.at}, Any: alternatives}}
}

// word skips a word, if it comes next.
func (c *conditions) word(w string) bool {
	rest, ok := cutFold(c.text[c.at:c.end], w)
	if !ok || rest != "" && isWordByte(rest[0]) {
		return false
	}
	c.at += len(w)
	return true
}

// one reads one condition, or those in brackets.
func (c *conditions) one() []Cond {
	c.space()
	start := c.at
	if c.at >= c.end {
		c.fail(Note{Extent: Extent{c.end, c.end}, Code: CodeLimit, Text: "a limit was expected, and the line ends", Try: "english language, humans, or yr=\"2010-2020\""})
		return nil
	}
	if c.text[c.at] == '(' {
		c.at++
		inner := c.all()
		if c.failed {
			return nil
		}
		c.space()
		if !c.failed && (c.at >= c.end || c.text[c.at] != ')') {
			c.fail(Note{Extent: Extent{start, start + 1}, Code: CodeBracket, Text: "this ( is not closed", Try: ")"})
			return nil
		}
		c.at++
		return inner
	}
	if c.text[c.at] == '"' {
		name, ok := c.quoted()
		if !ok {
			return nil
		}
		return []Cond{c.named(Extent{start, c.at}, name)}
	}
	name := c.name()
	if c.space(); c.at < c.end && c.text[c.at] == '=' {
		c.at++
		return c.dated(start, name)
	}
	if name == "" {
		c.fail(Note{Extent: Extent{start, start + 1}, Code: CodeLimit, Text: "a limit was expected", Try: "english language, humans, or yr=\"2010-2020\""})
		return nil
	}
	return []Cond{c.named(Extent{start, c.at}, name)}
}

func (c *conditions) quoted() (string, bool) {
	start := c.at
	i := strings.IndexByte(c.text[start+1:c.end], '"')
	if i < 0 {
		c.fail(Note{Extent: Extent{start, start + 1}, Code: CodeQuote, Text: "this quote is not closed", Try: `"`})
		return "", false
	}
	c.at = start + i + 2
	return c.text[start+1 : start+1+i], true
}

// name reads the name of a limit up to and, or, =, or a bracket that closes
// what stands around it; brackets within the name belong to it.
func (c *conditions) name() string {
	start, end, depth := c.at, c.at, 0
	for c.at < c.end {
		switch b := c.text[c.at]; {
		case b == '(':
			depth++
		case b == ')' && depth == 0, b == '=' && depth == 0, b == '"':
			return c.text[start:end]
		case b == ')':
			depth--
		case (b == ' ' || b == '\t') && depth == 0:
			rest := strings.TrimLeft(c.text[c.at:c.end], " \t")
			if w, _, _ := strings.Cut(rest, " "); strings.EqualFold(w, "and") || strings.EqualFold(w, "or") {
				return c.text[start:end]
			}
			c.at++
			continue
		}
		c.at++
		end = c.at
	}
	return c.text[start:end]
}

// dated reads the value after yr= or ed=.
func (c *conditions) dated(start int, name string) []Cond {
	c.space()
	var value string
	if c.at < c.end && c.text[c.at] == '"' {
		v, ok := c.quoted()
		if !ok {
			return nil
		}
		value = v
	} else {
		from := c.at
		for c.at < c.end && (isDigit(c.text[c.at]) || strings.IndexByte("-/* ", c.text[c.at]) >= 0 || isCurrent(c.text[c.at:c.end])) {
			if n := len("current"); isCurrent(c.text[c.at:c.end]) {
				c.at += n
				break
			}
			c.at++
		}
		value = c.text[from:c.at]
	}
	e := Extent{start, c.at}
	f := fieldNamed(Ovid, strings.ToLower(strings.TrimSpace(name)))
	switch f {
	case Year, PublicationDate, EntryDate, CreateDate, CompletionDate, ElectronicDate, UpdateDate:
	case "":
		c.fail(Note{Extent: e, Code: CodeLimit, Text: "Ovid limits by no field " + name, Try: "yr= or ed="})
		return nil
	default:
		return []Cond{{Extent: e, Field: f, Value: strings.TrimSpace(value)}}
	}
	from, to, ok := ovidDates(value)
	if !ok {
		c.fail(Note{Extent: e, Code: CodeDate, Text: "“" + strings.TrimSpace(value) + "” is no range of dates", Try: name + `="2010-2020"`})
		return nil
	}
	if to.Year > 0 && from.after(to) {
		c.slip(Note{Extent: e, Code: CodeDate, Text: "the range ends before it begins", Try: "the earlier date first"}, "it was turned round")
		from, to = to, from
	}
	return []Cond{{Extent: e, Field: f, From: from, To: to}}
}

func isCurrent(s string) bool { _, ok := cutFold(s, "current"); return ok }

// ovidDates reads 2010, 2010-2020, 2010 -Current, -2010, 19460101-20180131.
func ovidDates(s string) (from, to Day, ok bool) {
	a, b, isRange := strings.Cut(s, "-")
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	if a == "" && b == "" {
		return from, to, false
	}
	if a != "" {
		if from, ok = parseDay(a); !ok {
			return
		}
	}
	switch {
	case !isRange:
		return from, from, true
	case b == "" || isCurrent(b):
		return from, Day{}, a != ""
	}
	to, ok = parseDay(b)
	return from, to, ok
}

// named makes the condition that a name stands for.
func (c *conditions) named(e Extent, name string) Cond {
	plain := plainName(strings.ReplaceAll(name, "-", " "))
	if lang, ok := strings.CutSuffix(plain, " language"); ok {
		return Cond{Extent: e, Field: Language, Value: lang}
	}
	switch plain {
	case "english", "french", "german", "spanish", "italian", "portuguese", "dutch", "chinese", "japanese", "russian", "polish":
		return Cond{Extent: e, Field: Language, Value: plain}
	case "human", "humans":
		return Cond{Extent: e, Value: "humans"}
	case "animal", "animals":
		return Cond{Extent: e, Value: "animals"}
	case "abstracts", "male", "female":
		return Cond{Extent: e, Value: plain}
	}
	if t := limitType(plain); t != "" {
		return Cond{Extent: e, Field: PublicationType, Value: t}
	}
	if len(ageHeadings(plain)) > 0 {
		return Cond{Extent: e, Value: plain}
	}
	c.note(Note{Extent: e, Code: CodeLimit, Text: "nothing is known of the limit “" + name + "”: of each record it cannot be said whether it meets it"})
	return Cond{Extent: e, Value: plain}
}

// limitType is the publication type that a limit of Ovid means, "" where it
// means none.
func limitType(plain string) string {
	switch plain {
	case "randomized controlled trial", "randomised controlled trial":
		return "randomized controlled trial"
	case "clinical trial", "clinical trial, all", "controlled clinical trial", "review", "systematic review", "meta analysis", "case reports",
		"comparative study", "editorial", "letter", "comment", "guideline", "practice guideline", "news", "journal article",
		"multicenter study", "observational study", "clinical trial, phase i", "clinical trial, phase ii", "clinical trial, phase iii",
		"clinical trial, phase iv", "validation studies", "evaluation studies", "pragmatic clinical trial":
		return strings.TrimSuffix(plain, ", all")
	case "review articles":
		return "review"
	}
	return ""
}

// ageHeadings are the MeSH headings of an age group of Ovid's limits, "all
// child (0 to 18 years)"; none where the name is of no age group.
func ageHeadings(limit string) []string {
	name, _, _ := strings.Cut(plainName(limit), " (")
	switch name {
	case "all infant":
		return []string{"Infant, Newborn", "Infant"}
	case "all child":
		return []string{"Infant, Newborn", "Infant", "Child, Preschool", "Child", "Adolescent"}
	case "all adult":
		return []string{"Young Adult", "Adult", "Middle Aged", "Aged", "Aged, 80 and over"}
	case "all aged":
		return []string{"Aged", "Aged, 80 and over"}
	case "newborn infant":
		return []string{"Infant, Newborn"}
	case "infant":
		return []string{"Infant"}
	case "preschool child":
		return []string{"Child, Preschool"}
	case "child":
		return []string{"Child"}
	case "adolescent":
		return []string{"Adolescent"}
	case "young adult":
		return []string{"Young Adult"}
	case "adult", "young adult and adult":
		return []string{"Young Adult", "Adult"}
	case "middle age", "middle aged":
		return []string{"Middle Aged"}
	case "aged":
		return []string{"Aged"}
	case "aged, 80 and over":
		return []string{"Aged, 80 and over"}
	}
	return nil
}
