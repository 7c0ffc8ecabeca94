package bibtex

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// encoder writes entries; it remembers the keys it has given.
type encoder struct {
	w     record.Sink
	latex bool // BibLaTeX's names of types and fields
	given map[uint64]bool
	begun bool
}

// entryWriter is the state of one entry.
type entryWriter struct {
	r     *record.Record
	latex bool
	typ   written
	own   string // the entry's own type, where Extra has one that fits
	extra record.Extra
	names map[string]int
}

// Encode writes one entry.
func (enc *encoder) Encode(r *record.Record) error {
	if enc.begun {
		enc.put("\n")
	}
	enc.begun = true
	w := newEntryWriter(r, enc.latex)
	enc.put("@" + w.entryType() + "{" + enc.key(r))
	for _, f := range w.fields() {
		enc.put(",\n  ")
		enc.put(f.Name)
		if f.macro {
			enc.put(" = " + f.Value)
			continue
		}
		enc.put(" = {")
		enc.put(f.Value)
		enc.put("}")
	}
	enc.put("\n}\n")
	return nil
}

// Close has nothing to end.
func (enc *encoder) Close() error { return nil }

// put writes a text. The sink keeps the first error for the Writer.
func (enc *encoder) put(s string) { _, _ = enc.w.WriteString(s) }

func newEntryWriter(r *record.Record, latex bool) *entryWriter {
	w := &entryWriter{r: r, latex: latex, typ: typeOf(r.Kind), names: map[string]int{}, extra: r.ExtraFor("bibtex", "biblatex")}
	if t := w.extra.Get(entryType); typeKinds[t] == r.Kind && validName(t) {
		w.own = t
	}
	return w
}

// fields lists the fields of the entry: by the table, then what Extra holds.
func (w *entryWriter) fields() []Field {
	var out []Field
	for _, row := range rows {
		if row.write == nil {
			continue
		}
		tag := row.tag
		if w.latex && row.latex != "" {
			tag = row.latex
		}
		if value := row.write(w); value != "" {
			out = append(out, Field{Name: tag, Value: value, macro: row.bare})
			w.names[tag]++
		}
	}
	for _, x := range w.extra {
		if x.Tag == entryType && w.own == x.Value || strings.HasSuffix(x.Tag, "-others") && x.Value == "others" {
			continue
		}
		tag := fieldName(x.Tag)
		out = append(out, Field{Name: w.unlike(tag), Value: texExtra(tag, x.Value)})
	}
	return out
}

// unlike gives a name that no field before it has: a second title is "title-2".
func (w *entryWriter) unlike(tag string) string {
	w.names[tag]++
	if n := w.names[tag]; n > 1 {
		return w.unlike(tag + "-" + strconv.Itoa(n))
	}
	return tag
}

// texExtra writes the value of a field that Extra holds, as its reader wants it.
func texExtra(tag, value string) string {
	switch tag {
	case "file", "localfile", "fulltext", "pdf":
		if bracesBalance(value) && clean(value) {
			return value
		}
	case "doi", "url", "ee", "link", "eprint":
		return texVerbatim(value, " ")
	case "year", "date", "urldate", "origdate", "eventdate":
		return texDate(value)
	case "abstract", "annote", "annotation":
		return texParagraphs(value)
	}
	return texText(value)
}

// fieldName makes a tag fit for the name of a field.
func fieldName(tag string) string {
	tag = strings.Map(func(r rune) rune {
		if r < 0x80 && class[byte(r)]&name != 0 {
			return r
		}
		return '-'
	}, strings.ToLower(tag))
	if tag == "" {
		return "x"
	}
	if c := tag[0]; c >= '0' && c <= '9' || c == '-' {
		return "x" + tag
	}
	return tag
}

func validName(s string) bool {
	for i := 0; i < len(s); i++ {
		if class[s[i]]&name == 0 {
			return false
		}
	}
	return s != ""
}

// key gives a record a key that no earlier entry of this file has.
func (enc *encoder) key(r *record.Record) string {
	key := keyOf(r)
	unique := key
	for n := 2; !enc.give(unique); n++ {
		unique = key + "-" + strconv.Itoa(n)
	}
	return unique
}

// keyOf makes the record's key one that BibTeX, biber and LaTeX all take. A
// record without one is named by its first author and year.
func keyOf(r *record.Record) string {
	key := safeKey(r.OwnKey())
	if key == "" {
		if a := r.Authors(); len(a) > 0 {
			key = strings.ToLower(safeKey(strings.ReplaceAll(a[0].Family+a[0].Literal, " ", "")))
		}
		if r.Date.Year != 0 {
			key += strconv.Itoa(r.Date.Year)
		}
	}
	if key == "" {
		key = "record"
	}
	return key
}

// give tells whether a key is new. BibTeX compares keys without regard to case.
func (enc *encoder) give(key string) bool {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.ToLower(key)))
	if sum := h.Sum64(); !enc.given[sum] {
		enc.given[sum] = true
		return true
	}
	return false
}

// safeKey replaces what a key may not hold.
func safeKey(key string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f || strings.ContainsRune("\"#%'(),={}~\\@", r) || r == '\ufffd' {
			return '-'
		}
		return r
	}, key), "-")
}

func (w *entryWriter) entryType() string {
	switch {
	case w.own != "":
		return w.own
	case w.latex:
		return w.typ.latex
	}
	return w.typ.bibtex
}

func (w *entryWriter) subtype() string {
	switch {
	case w.own != "":
		return ""
	case w.latex:
		return w.typ.latin
	}
	return w.typ.subtype
}

func writePeople(role record.Role) func(w *entryWriter) string {
	return func(w *entryWriter) string {
		return texNames(w.r.PeopleIn(role), w.extra.Get(othersTag(role)) == "others")
	}
}

func (w *entryWriter) journal() string {
	if inJournal(w.r.Kind) || !inBook(w.r.Kind) {
		return texText(w.r.In.Title)
	}
	return ""
}

func (w *entryWriter) book() string {
	if inBook(w.r.Kind) {
		return texText(w.r.In.Title)
	}
	return ""
}

// publisherIn writes the publisher in the field that its kind of work has for it.
func publisherIn(tag string) func(w *entryWriter) string {
	return func(w *entryWriter) string {
		want := "publisher"
		switch {
		case w.r.Kind == record.Thesis:
			want = "school"
		case w.r.Kind == record.Report:
			want = "institution"
		}
		if want != tag {
			return ""
		}
		return texText(w.r.In.Publisher)
	}
}

// yearMonthDayOnly tells whether year, month and day say all of a date.
func yearMonthDayOnly(d record.Date) bool {
	return d.Year >= 1000 && d.Year <= 2999 && d.Text == "" && d.Season == record.NoSeason && d.EndYear == 0 && d.EndMonth == 0 && d.EndDay == 0 &&
		d.Month >= 0 && d.Month <= 12 && (d.Day == 0 || d.Month > 0)
}

func (w *entryWriter) year() string {
	d := w.r.Date
	switch {
	case yearMonthDayOnly(d) && !w.latex, w.edtf() != "" && !w.latex:
		return iso(d.Year, 0, 0)
	case w.edtf() != "":
		return ""
	case d.Text != "":
		return texDate(d.Text)
	case d.Year != 0:
		return texText(d.String())
	}
	return ""
}

func (w *entryWriter) month() string {
	if d := w.r.Date; yearMonthDayOnly(d) && d.Month > 0 && !w.latex {
		return monthMacros[d.Month]
	}
	return ""
}

func (w *entryWriter) day() string {
	if d := w.r.Date; yearMonthDayOnly(d) && d.Day > 0 && !w.latex {
		return strconv.Itoa(d.Day)
	}
	return ""
}

// date writes what year, month and day cannot say, and in BibLaTeX all dates.
func (w *entryWriter) date() string {
	if yearMonthDayOnly(w.r.Date) && !w.latex {
		return ""
	}
	return w.edtf()
}

// edtf gives the date as BibLaTeX reads it, "" where it cannot say the same.
func (w *entryWriter) edtf() string {
	d := w.r.Date
	d.InPress = false
	if d.Year == 0 {
		return ""
	}
	s := d.Text
	if s == "" {
		s = canonical(d)
	}
	if back, ok := parseEDTF(s); ok && back == d {
		return s
	}
	return ""
}

func writeEvent(kind record.EventKind) func(w *entryWriter) string {
	return func(w *entryWriter) string {
		for _, e := range w.r.Events {
			if e.Kind != kind {
				continue
			}
			if e.Date.Text != "" || e.Date.Year == 0 {
				return texDate(e.Date.Text)
			}
			return canonical(e.Date)
		}
		return ""
	}
}

// inSeries tells whether "number" is the number in the series.
func (w *entryWriter) inSeries() bool {
	return inBook(w.r.Kind) && w.r.In.Series != "" && w.r.In.SeriesVolume != ""
}

// ownNumber gives the number of a report or patent.
func (w *entryWriter) ownNumber() string {
	scheme := numberSchemes[w.r.Kind]
	for _, id := range w.r.Identifiers {
		if scheme != "" && id.Scheme == scheme {
			return id.Value
		}
	}
	return ""
}

func (w *entryWriter) number() string {
	switch own := w.ownNumber(); {
	case own != "":
		return texText(own)
	case w.inSeries():
		return texText(w.r.In.SeriesVolume)
	case numberSchemes[w.r.Kind] != "" || inBook(w.r.Kind) && w.r.In.Series != "":
		return "" // it would be read as something else
	}
	return texText(w.r.In.Issue)
}

func (w *entryWriter) issue() string {
	if w.ownNumber() != "" || w.inSeries() || numberSchemes[w.r.Kind] != "" || inBook(w.r.Kind) && w.r.In.Series != "" {
		return texText(w.r.In.Issue)
	}
	return ""
}

func (w *entryWriter) seriesNumber() string {
	if w.inSeries() && w.ownNumber() == "" {
		return ""
	}
	return texText(w.r.In.SeriesVolume)
}

// pages writes a dash between pages as TeX does.
func (w *entryWriter) pages() string {
	tex := texText(w.r.In.Pages)
	if strings.ContainsAny(tex, "-—") || strings.Contains(tex, "––") {
		return tex
	}
	return strings.ReplaceAll(tex, "–", "--")
}

// archive picks the identifier that eprint holds: the one of arXiv, else of
// another archive that BibLaTeX knows.
func (w *entryWriter) archive() (id record.Identifier, ok bool) {
	for _, scheme := range []string{"arxiv", "jstor", "googlebooks", "hdl", "ssrn", "eprint"} {
		for _, id := range w.r.Identifiers {
			if id.Scheme == scheme {
				return id, true
			}
		}
	}
	return record.Identifier{}, false
}

func (w *entryWriter) eprint() string {
	id, _ := w.archive()
	return texVerbatim(id.Value, " ")
}

func (w *entryWriter) eprintType() string {
	id, ok := w.archive()
	switch {
	case !ok:
		return ""
	case id.Scheme == "arxiv":
		return "arXiv"
	}
	return texText(id.Scheme)
}

// identifiers writes the numbers that have no field of their own.
func (w *entryWriter) identifiers() string {
	archived, _ := w.archive()
	own := w.ownNumber()
	var list []string
	for _, id := range w.r.Identifiers {
		if id == archived || own != "" && id == (record.Identifier{Scheme: numberSchemes[w.r.Kind], Value: own}) {
			continue
		}
		list = append(list, id.Scheme+":"+id.Value)
	}
	return texList(list, "; ")
}

func (w *entryWriter) registrations() string {
	var list []string
	for _, reg := range w.r.Registrations {
		list = append(list, reg.ID)
	}
	return texList(list, "; ")
}

func (w *entryWriter) url(n int) string {
	if n >= len(w.r.URLs) {
		return ""
	}
	if len(w.r.URLs) == n+1 {
		return texVerbatim(w.r.URLs[n], " ")
	}
	var list []string
	for _, u := range w.r.URLs[n:] {
		list = append(list, texVerbatim(u, "%20"))
	}
	return strings.Join(list, " ")
}

func (w *entryWriter) state() string {
	if w.r.Date.InPress {
		return "inpress"
	}
	return texText(w.r.Status)
}

func (w *entryWriter) status() string {
	if w.r.Date.InPress {
		return texText(w.r.Status)
	}
	return ""
}

func (w *entryWriter) headings() string {
	var list []string
	for _, h := range w.r.Headings {
		list = append(list, h.String())
	}
	return texList(list, "; ")
}

func (w *entryWriter) note(n int) string {
	if n < len(w.r.Notes) {
		return texText(w.r.Notes[n])
	}
	return ""
}

// annote writes the notes after the first, each a paragraph.
func (w *entryWriter) annote() string {
	if len(w.r.Notes) < 2 {
		return ""
	}
	return texParagraphs(strings.Join(w.r.Notes[1:], "\n"))
}

func (w *entryWriter) abstract() string { return texParagraphs(w.r.Abstract.Text) }

// texParagraphs writes a text whose lines are paragraphs.
func texParagraphs(text string) string {
	var parts []string
	for line := range strings.Lines(text) {
		if s := texText(strings.TrimSpace(line)); s != "" {
			parts = append(parts, s)
		}
	}
	for i := 1; i < len(parts); i++ {
		if parts[i][0] == '@' { // at the start of a line it would look like an entry
			parts[i] = "{@}" + parts[i][1:]
		}
	}
	return strings.Join(parts, "\n\n")
}

func writeRelated(kind record.RelationKind) func(w *entryWriter) string {
	return func(w *entryWriter) string {
		var keys []string
		for _, rel := range w.r.Relations {
			if key := safeKey(rel.Key); rel.Kind == kind && key != "" && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
		return strings.Join(keys, ",")
	}
}

func (w *entryWriter) funding() string {
	var list []string
	for _, g := range w.r.Funding {
		list = append(list, strings.Join(slices.DeleteFunc([]string{g.Agency, g.ID}, func(s string) bool { return s == "" }), " "))
	}
	return texList(list, "; ")
}
