package table

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/csvguard"
	"github.com/evidence-go/evidence/record"
)

// printer writes records. It is the Encoder of the formats.
type printer struct {
	w     record.Sink
	d     writing
	raw   bool
	cols  []writtenColumn
	own   []string // tags of Extra with a column of their own
	err   error    // there is no such dialect
	begun bool
	cells int // written of the row
}

// writtenColumn is a column of the file: what it is called and what stands in it.
type writtenColumn struct {
	name string
	text func(*record.Record, record.Extra) string
}

func newPrinter(w record.Sink, d writing, o Options) *printer {
	p := &printer{w: w, d: d, raw: o.Raw}
	names := known
	if o.Dialect == "" {
		p.cols = ownColumns()
	} else {
		tool := dialectNamed(o.Dialect)
		if tool == nil {
			p.err = fmt.Errorf("table: dialect %q is not known; expected one of %s", o.Dialect, strings.Join(Dialects(), ", "))
			return p
		}
		p.cols, names = tool.written(), tool.at
	}
	taken := map[string]bool{}
	for _, name := range o.Columns {
		name = clean(name)
		if _, there := names[spelling(name)]; !there && name != "" && !taken[spelling(name)] {
			taken[spelling(name)] = true
			p.own = append(p.own, name)
			p.cols = append(p.cols, writtenColumn{name, func(_ *record.Record, extra record.Extra) string { return strings.Join(extra.All(name), "; ") }})
		}
	}
	if o.Dialect == "" {
		p.cols = append(p.cols, writtenColumn{othersName, func(_ *record.Record, extra record.Extra) string { return p.others(extra) }})
	}
	return p
}

// ownColumns are those of the table in fields.go that are written.
func ownColumns() []writtenColumn {
	var out []writtenColumn
	for _, c := range columns {
		if c.write != nil {
			out = append(out, writtenColumn{c.name, func(r *record.Record, _ record.Extra) string { return c.write(r) }})
		}
	}
	return out
}

func dialectNamed(name string) *dialect {
	for _, d := range dialects {
		if d.name == name {
			return d
		}
	}
	return nil
}

// written are the columns of a tool. One for which a record has no field, and a
// second one for the same field, holds what was read under its name.
func (d *dialect) written() []writtenColumn {
	var out []writtenColumn
	done := map[string]bool{}
	for _, c := range d.columns {
		names := strings.Split(c.names, "|")
		text := func(_ *record.Record, extra record.Extra) string { return underNames(extra, names) }
		if at := columnNamed(c.column); at >= 0 && !done[c.column] {
			done[c.column] = true
			write := columns[at].write
			if own, ok := toolTexts[c.column]; ok {
				write = own
			}
			if write != nil {
				text = func(r *record.Record, _ record.Extra) string { return d.oneName(c.column, write(r)) }
			}
		}
		out = append(out, writtenColumn{names[0], text})
	}
	return out
}

// oneName ends a single name in a semicolon where the tool parts names by the comma
// that it has in it.
func (d *dialect) oneName(column, text string) string {
	if (column == "authors" || column == "editors") && d.names != "" && !strings.Contains(text, ";") && strings.Contains(text, d.names) {
		return text + ";"
	}
	return text
}

// underNames gives what Extra has under any of some names.
func underNames(extra record.Extra, names []string) string {
	var out []string
	for _, x := range extra {
		for _, name := range names {
			if spelling(x.Tag) == spelling(name) {
				out = append(out, x.Value)
				break
			}
		}
	}
	return strings.Join(out, "; ")
}

// Close ends the table; one without records has its header all the same.
func (p *printer) Close() error {
	p.header()
	return p.err
}

func (p *printer) header() {
	if p.begun || p.err != nil {
		return
	}
	p.begun = true
	for _, c := range p.cols {
		p.cell(c.name)
	}
	p.end()
}

// Encode writes one record as a row.
func (p *printer) Encode(r *record.Record) error {
	if p.err != nil {
		return p.err
	}
	p.header()
	extra := r.ExtraFor("csv", "tsv")
	for _, c := range p.cols {
		p.cell(c.text(r, extra))
	}
	p.end()
	return nil
}

// cell writes one cell. It is the only way by which a value reaches the file:
// whatever it holds, it stays in its cell, and is no formula. The Sink keeps the
// first error for Writer.Write and Close.
func (p *printer) cell(value string) {
	if p.cells++; p.cells > 1 {
		_ = p.w.WriteByte(p.d.sep)
	}
	value = cleanLines(value)
	if !p.raw {
		value = csvguard.Guard(value)
	}
	if !p.needsQuotes(value) {
		_, _ = p.w.WriteString(value)
		return
	}
	_ = p.w.WriteByte('"')
	for {
		i := strings.IndexByte(value, '"')
		if i < 0 {
			break
		}
		_, _ = p.w.WriteString(value[:i+1])
		_ = p.w.WriteByte('"')
		value = value[i+1:]
	}
	_, _ = p.w.WriteString(value)
	_ = p.w.WriteByte('"')
}

// needsQuotes tells whether a cell could be read as something else without quotes.
func (p *printer) needsQuotes(value string) bool {
	for i := 0; i < len(value); i++ {
		if c := value[i]; endsCell(c, p.d.sep) || c == '"' {
			return true
		}
	}
	return false
}

func (p *printer) end() {
	p.cells = 0
	_, _ = p.w.WriteString(p.d.end)
}

// others gives what no column holds, "name: value" a line. A colon in a name and a
// line end in a value are marked by a backslash.
func (p *printer) others(extra record.Extra) string {
	var lines []string
	for _, x := range extra {
		if contains(p.own, x.Tag) {
			continue
		}
		if value := cleanLines(x.Value); value != "" {
			lines = append(lines, nameEscape.Replace(clean(x.Tag))+": "+valueEscape.Replace(value))
		}
	}
	return strings.Join(lines, "\n")
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

var (
	nameEscape  = strings.NewReplacer(`\`, `\\`, ":", `\:`)
	valueEscape = strings.NewReplacer(`\`, `\\`, "\n", `\n`)
)

// cutName parts a line of others again.
func cutName(line string) (name, value string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\' && i+1 < len(line):
			i++
			if line[i] == 'n' && ok {
				b.WriteByte('\n')
			} else {
				b.WriteByte(line[i])
			}
		case c == ':' && !ok:
			name, ok = b.String(), true
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	return name, b.String(), ok && strings.TrimSpace(name) != ""
}

// list joins values so that they are parted again at the same places.
func list(values []string) string { return join(values) }

func join[T ~string](values []T) string {
	switch len(values) {
	case 0:
		return ""
	case 1:
		return strings.ReplaceAll(string(values[0]), ";", ",")
	}
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(strings.ReplaceAll(string(v), ";", ","))
	}
	return b.String()
}

func headingsText(r *record.Record, mesh bool) string {
	var out []string
	for _, h := range r.Headings {
		if (h.Scheme == "mesh") == mesh {
			out = append(out, h.String())
		}
	}
	return list(out)
}

func yearText(r *record.Record) string {
	if r.Date.Year == 0 {
		return ""
	}
	return fmt.Sprintf("%04d", r.Date.Year)
}

// dateText writes a date that says more than its year in a form that is read as the
// same date.
func dateText(r *record.Record) string {
	d := r.Date
	if d.IsZero() || d == (record.Date{Year: d.Year}) {
		return ""
	}
	forms := []string{d.Text, d.String(), rangeText(d)}
	if d.InPress {
		forms = append(forms, d.String()+" in press")
	}
	for _, s := range forms {
		if back, _ := record.ParseDate(s); back == d {
			return s
		}
	}
	if d.Text != "" {
		return d.Text
	}
	return d.String()
}

var months = [...]string{"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// rangeText writes a range in words: "1998 Dec 30-1999 Jan 2".
func rangeText(d record.Date) string {
	part := func(year, month, day int) string {
		s := ""
		if year != 0 {
			s += " " + strconv.Itoa(year)
		}
		if month > 0 && month < len(months) {
			s += " " + months[month]
		}
		if day != 0 {
			s += " " + strconv.Itoa(day)
		}
		return strings.TrimSpace(s)
	}
	return part(d.Year, d.Month, d.Day) + "-" + part(d.EndYear, d.EndMonth, d.EndDay)
}

// urlsText parts links by blanks, which no link has; nor does one end in a semicolon.
func urlsText(r *record.Record) string {
	out := make([]string, 0, len(r.URLs))
	for _, u := range r.URLs {
		out = append(out, strings.ReplaceAll(strings.TrimRight(clean(u), "; "), " ", "%20"))
	}
	return strings.Join(out, " ")
}

func identifiersText(r *record.Record) string {
	var out []string
	for _, x := range r.Identifiers {
		out = append(out, x.Scheme+":"+strings.ReplaceAll(clean(x.Value), "; ", ";"))
	}
	return strings.Join(out, "; ")
}

// registrationsText names the register where the number does not show it.
func registrationsText(r *record.Record) string {
	var out []string
	for _, x := range r.Registrations {
		id := strings.ReplaceAll(clean(x.ID), "; ", ";")
		if back, ok := record.ParseRegistration(id); !ok || back != x {
			id = x.Registry + ": " + id
		}
		out = append(out, id)
	}
	return strings.Join(out, "; ")
}

// notesText writes a line for each note.
func notesText(r *record.Record) string {
	out := make([]string, 0, len(r.Notes))
	for _, n := range r.Notes {
		if n = clean(n); n != "" {
			out = append(out, n)
		}
	}
	return strings.Join(out, "\n")
}
