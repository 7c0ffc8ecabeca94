package csljson

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// printer writes records. It is the Encoder of the format.
type printer struct {
	w     record.Sink
	begun bool

	item  bytes.Buffer
	wrote map[string]bool
	extra record.Extra
}

func encode(w record.Sink) record.Encoder { return &printer{w: w} }

// Encode writes one record: id, type, the variables in the order of the table,
// each from its field or from what the record keeps of the file, and custom.
func (p *printer) Encode(r *record.Record) error {
	p.item.Reset()
	p.wrote = map[string]bool{}
	p.extra = slices.Clone(r.ExtraFor("csljson"))
	key := clean(r.Key)
	if key == "" {
		key = string(r.ID())
	}
	p.text("id", key)
	p.text("type", p.workType(r))
	for _, f := range fields {
		if f.write != nil {
			f.write(p, r)
		}
		if !p.wrote[f.key] {
			p.kept(f)
		}
	}
	p.custom(r)
	open := ",\n  {\n"
	if !p.begun {
		p.begun, open = true, "[\n  {\n"
	}
	// The Sink keeps the first error for Writer.Write and Close.
	_, _ = p.w.WriteString(open)
	_, _ = p.w.Write(p.item.Bytes())
	_, err := p.w.WriteString("\n  }")
	return err
}

// Close ends the list; of no records it is [].
func (p *printer) Close() error {
	end := "\n]\n"
	if !p.begun {
		end = "[]\n"
	}
	_, err := p.w.WriteString(end)
	return err
}

// raw writes one member. It is the only way by which a value reaches the item.
func (p *printer) raw(key string, value []byte) {
	if p.item.Len() > 0 {
		p.item.WriteString(",\n")
	}
	p.item.WriteString("    ")
	p.item.Write(quote(key))
	p.item.WriteString(": ")
	p.item.Write(value)
	p.wrote[key] = true
}

// text writes a value as one line of text, nothing for an empty one.
func (p *printer) text(key, value string) {
	if value = clean(value); value != "" {
		p.raw(key, quote(value))
	}
}

// lines writes a text of several lines.
func (p *printer) lines(key, value string) {
	var out []string
	for _, line := range strings.FieldsFunc(value, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = clean(line); line != "" {
			out = append(out, line)
		}
	}
	if len(out) > 0 {
		p.raw(key, quote(strings.Join(out, "\n")))
	}
}

func clean(s string) string { return fold.Space(dropControls(s)) }

// quote writes a JSON string.
func quote(s string) []byte { return marshal(s) }

// marshal writes a value as JSON; < and > stay as they are, so that people can
// read them. Of the values here none can fail.
func marshal(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return []byte("null")
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// kept writes a variable from what the record keeps of its file.
func (p *printer) kept(f field) {
	for i, x := range p.extra {
		if x.Tag == f.key && fits(f.form, []byte(x.Value)) {
			p.raw(f.key, []byte(x.Value))
			p.extra = slices.Delete(p.extra, i, i+1)
			return
		}
	}
}

// workType gives the type: the one that was read where it still fits the
// record's kind, else the first of the kind.
func (p *printer) workType(r *record.Record) string {
	for i, x := range p.extra {
		if x.Tag != "type" || !fits(text, []byte(x.Value)) {
			continue
		}
		read := unquote([]byte(x.Value))
		if kind, ok := kindOf[read]; ok && kind == r.Kind {
			p.extra = slices.Delete(p.extra, i, i+1)
			return read
		}
	}
	if name, ok := typeOf[r.Kind]; ok {
		return name
	}
	return "document"
}

func (p *printer) authors(r *record.Record) {
	var all []record.Name
	for _, c := range r.People {
		if variableOf(r, c.Role) == "author" {
			all = append(all, c.Name)
		}
	}
	p.names("author", all)
}

// roleOf writes the people of a role.
func roleOf(key string, role record.Role) func(*printer, *record.Record) {
	return func(p *printer, r *record.Record) { p.names(key, r.PeopleIn(role)) }
}

// variableOf gives the variable of a role, "" where CSL has none.
func variableOf(r *record.Record, role record.Role) string {
	switch role {
	case "", record.Author:
		return "author"
	case record.Inventor:
		if r.Kind == record.Patent {
			return "author"
		}
	case record.Editor:
		return "editor"
	case record.SeriesEditor:
		return "collection-editor"
	case record.Translator, record.Contrib:
		return string(role)
	}
	return ""
}

// nameJSON is a name as the schema has it.
type nameJSON struct {
	Family   string `json:"family,omitempty"`
	Given    string `json:"given,omitempty"`
	Particle string `json:"non-dropping-particle,omitempty"`
	Suffix   string `json:"suffix,omitempty"`
	Literal  string `json:"literal,omitempty"`
}

func (p *printer) names(key string, all []record.Name) {
	var out []nameJSON
	for _, n := range all {
		j := nameJSON{Given: clean(n.Given), Suffix: clean(n.Suffix), Literal: clean(n.Literal)}
		j.Particle, j.Family = splitParticle(clean(n.Family))
		if j.Literal != "" {
			j = nameJSON{Literal: j.Literal, Suffix: j.Suffix}
		}
		if j.Family+j.Given+j.Literal != "" {
			out = append(out, j)
		}
	}
	if len(out) > 0 {
		p.raw(key, marshal(out))
	}
}

// splitParticle takes the words in small letters off the front of a family name.
func splitParticle(family string) (particle, rest string) {
	words := strings.Split(family, " ")
	n := 0
	for n < len(words)-1 && strings.IndexFunc(words[n], func(r rune) bool { return !unicode.IsLower(r) }) < 0 {
		n++
	}
	if n == 0 {
		return "", family
	}
	return strings.Join(words[:n], " "), strings.Join(words[n:], " ")
}

// dateJSON is a date as the schema has it.
type dateJSON struct {
	Parts   [][]int `json:"date-parts,omitempty"`
	Season  int     `json:"season,omitempty"`
	Circa   bool    `json:"circa,omitempty"`
	Literal string  `json:"literal,omitempty"`
}

// date writes a date: its parts, and the text that the source has for it where
// the parts do not say the same.
func (p *printer) date(key string, d record.Date) {
	j := dateJSON{Literal: clean(d.Text)}
	if d.Year > 0 {
		j.Parts = [][]int{partsOf(d.Year, d.Month, d.Day)}
		j.Season = int(d.Season)
		bare := d
		bare.Text = ""
		if d.Text == circa+bare.String() {
			j.Circa, j.Literal = true, ""
		}
	}
	switch {
	case d.Year > 0 && (d.EndYear != 0 || d.EndMonth != 0 || d.EndDay != 0):
		year, month := d.EndYear, d.EndMonth
		if year == 0 {
			year = d.Year
		}
		if month == 0 && d.EndDay != 0 {
			month = d.Month
		}
		j.Parts = append(j.Parts, partsOf(year, month, d.EndDay))
	case d.Year == 0 && j.Literal == "" && d.Month > 0 && d.Month <= 12:
		j.Literal = time.Month(d.Month).String()
		if d.Day > 0 {
			j.Literal += " " + strconv.Itoa(d.Day)
		}
	}
	if d.InPress && j.Literal == "" {
		j.Literal = "in press"
	}
	if j.Parts != nil || j.Literal != "" {
		p.raw(key, marshal(j))
	}
}

func partsOf(year, month, day int) []int {
	switch {
	case month == 0:
		return []int{year}
	case day == 0:
		return []int{year, month}
	}
	return []int{year, month, day}
}

// eventOf writes the first event of a kind; the others stand under custom.
func eventOf(key string, kind record.EventKind) func(*printer, *record.Record) {
	return func(p *printer, r *record.Record) {
		for _, e := range r.Events {
			if e.Kind == kind && e.Name == "" && !p.wrote[key] {
				p.date(key, e.Date)
			}
		}
	}
}

func (p *printer) eventDate(r *record.Record) {
	if r.In.EventDate != "" {
		d, ok := textDate(clean(r.In.EventDate))
		if !ok {
			d = record.Date{Text: r.In.EventDate}
		}
		p.date("event-date", d)
	}
}

// pages writes the pages, or where there are none the number of the article:
// most citation styles, and reference managers, look for it there.
func (p *printer) pages(r *record.Record) {
	if r.In.Pages == "" && numbered(r.Kind) {
		p.text("page", r.In.ArticleNumber)
		return
	}
	p.text("page", r.In.Pages)
}

// ownNumber writes the number of an article, or the one that names a report, a
// patent or a standard.
func (p *printer) ownNumber(r *record.Record) {
	if numbered(r.Kind) {
		p.text("number", r.In.ArticleNumber)
		return
	}
	if i := ownNumberAt(r); i >= 0 {
		p.text("number", r.Identifiers[i].Value)
	}
}

func ownNumberAt(r *record.Record) int {
	if numbered(r.Kind) {
		return -1
	}
	return slices.IndexFunc(r.Identifiers, func(id record.Identifier) bool { return id.Scheme == numberScheme(r.Kind) })
}

// genre writes the one type that a thesis or report has. The publication types
// of articles are many, and styles would print them: they stand under custom.
func (p *printer) genre(r *record.Record) {
	if isGenre(r) {
		p.text("genre", r.Types[0])
	}
}

func isGenre(r *record.Record) bool { return len(r.Types) == 1 && r.Kind != record.JournalArticle }

// language writes the codes, or the longer form that was read: "en-US".
func (p *printer) language(r *record.Record) {
	i := slices.IndexFunc(p.extra, func(x record.ExtraTag) bool { return x.Tag == "language" && fits(text, []byte(x.Value)) })
	if i >= 0 {
		again := builder{r: &record.Record{}, tags: tagNames{}, at: &member{key: "language", raw: []byte(p.extra[i].Value)}}
		again.language()
		if slices.Equal(again.r.Languages, r.Languages) {
			return // what was read is written from Extra
		}
		p.extra = slices.Delete(p.extra, i, i+1)
	}
	p.text("language", strings.Join(r.Languages, ", "))
}

// keywords writes "a; b". A comma may be part of one; a semicolon parts them.
func (p *printer) keywords(r *record.Record) {
	var out []string
	for _, k := range r.Keywords {
		if k = clean(strings.ReplaceAll(k, ";", ",")); k != "" {
			out = append(out, k)
		}
	}
	line := strings.Join(out, "; ")
	if len(out) == 1 && strings.Contains(line, ",") {
		line += ";"
	}
	p.text("keyword", line)
}

func (p *printer) link(r *record.Record) {
	if len(r.URLs) > 0 {
		p.text("URL", r.URLs[0])
	}
}

func (p *printer) notes(r *record.Record) { p.lines("note", strings.Join(r.Notes, "\n")) }

func joined[T ~string](all []T) string {
	var out []string
	for _, v := range all {
		out = append(out, string(v))
	}
	return strings.Join(out, ", ")
}

// custom writes what no variable holds.
func (p *printer) custom(r *record.Record) {
	var b bytes.Buffer
	tags := tagNames{}
	put := func(name string, value []byte) {
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.Write(quote(tags.unique(name)))
		b.WriteString(": ")
		b.Write(value)
	}
	if rest := beyondOf(r); string(rest) != "{}" {
		put(evidence, rest)
	}
	for _, x := range p.extra {
		value := []byte(x.Value)
		if !json.Valid(value) {
			value = quote(x.Value)
		}
		put(x.Tag, value)
	}
	if b.Len() > 0 {
		p.raw("custom", []byte("{"+b.String()+"}"))
	}
}
