package csljson

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// unquote reads a JSON string.
func unquote(raw []byte) string {
	if inner := raw[1 : len(raw)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner)
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return string(raw)
	}
	return s
}

// scalar reads a string, number or truth value as text; of a list, as Crossref
// has them, the first value.
func scalar(raw []byte) (text string, ok bool) {
	switch raw[0] {
	case '"':
		return unquote(raw), true
	case 'n', '{':
		return "", false
	case '[':
		if all := elements(raw); len(all) == 1 && all[0][0] != '[' {
			return scalar(all[0])
		}
		return "", false
	}
	return string(raw), true
}

// scalars reads a list of texts, or one text as a list of one.
func scalars(raw []byte) (texts []string, ok bool) {
	if raw[0] != '[' {
		s, ok := scalar(raw)
		return []string{s}, ok
	}
	for _, e := range elements(raw) {
		s, ok := scalar(e)
		if !ok || e[0] == '[' {
			return nil, false
		}
		texts = append(texts, s)
	}
	return texts, true
}

// plain makes a value plain text on one line: the inline markup of CSL (i, b,
// sup, sub, span) and what deposits have of HTML and JATS is taken out.
func plain(s string) string { return fold.Space(dropControls(fold.Unmark(s))) }

// dropControls leaves out control characters but for white space.
func dropControls(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// plainLines is plain for a text of several lines.
func plainLines(s string) []string {
	var out []string
	for _, line := range strings.FieldsFunc(dropControls(fold.Unmark(s)), func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = fold.Space(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// value is the member as plain text. What is no text is kept.
func (b *builder) value() (text string, ok bool) {
	text, ok = scalar(b.at.raw)
	if !ok {
		b.keep()
		b.problem(record.CodeSyntax, "expected a text or a number; it is kept as it is")
		return "", false
	}
	text = plain(text)
	return text, text != ""
}

// single reads a member into a field that holds one value.
func single(field func(*record.Record) *string) func(*builder) {
	return func(b *builder) {
		text, ok := b.value()
		if !ok {
			return
		}
		switch into := field(b.r); *into {
		case "", text:
			*into = text
		default:
			b.keep()
		}
	}
}

func (b *builder) id() {
	if b.r.Key, _ = scalar(b.at.raw); b.r.Key == "" {
		b.keep()
		return
	}
	b.r.Key = fold.Space(dropControls(b.r.Key))
}

// citationKey is kept where it is not the id.
func (b *builder) citationKey() {
	if text, ok := scalar(b.at.raw); !ok || text != b.r.Key {
		b.keep()
	}
}

func (b *builder) workType() {
	text, ok := scalar(b.at.raw)
	kind, isType := kindOf[text]
	alias, isAlias := otherTypes[text]
	switch {
	case isType:
		b.r.Kind = kind
		if typeOf[kind] == text {
			return
		}
	case isAlias:
		b.r.Kind = kindOf[alias]
		b.problem(record.CodeUnknownType, "CSL calls it "+alias)
	default:
		b.r.Kind = record.Other
		b.problem(record.CodeUnknownType, "not a type of CSL, such as article-journal; kept as it is")
	}
	if !ok || text != "" {
		b.keep()
	}
}

func (b *builder) abstract() {
	text, ok := scalar(b.at.raw)
	if !ok {
		_, _ = b.value()
		return
	}
	b.r.Abstract = record.NewAbstract(strings.Join(plainLines(text), "\n"))
}

// note reads the note a line at a time, and takes out of it the identifiers that
// Zotero keeps there: "PMID: 12345678".
func (b *builder) note() {
	text, ok := scalar(b.at.raw)
	if !ok {
		_, _ = b.value()
		return
	}
	for _, line := range plainLines(text) {
		if !b.labelled(line) {
			b.r.Notes = append(b.r.Notes, line)
		}
	}
}

// labelled takes a line of the note that is an identifier the item lacks, or
// says again.
func (b *builder) labelled(line string) bool {
	label, value, _ := strings.Cut(line, ":")
	r := b.r
	switch strings.ToUpper(strings.TrimSpace(label)) {
	case "PMID":
		if id, ok := record.ParsePMID(value); ok && (r.PMID == "" || r.PMID == id) {
			r.PMID = id
			return true
		}
	case "PMCID":
		if id, ok := record.ParsePMCID(value); ok && (r.PMCID == "" || r.PMCID == id) {
			r.PMCID = id
			return true
		}
	case "DOI":
		if id, ok := record.ParseDOI(value); ok && (r.DOI == "" || r.DOI == id) {
			r.DOI = id
			return true
		}
	}
	return false
}

// identifier reads an identifier of one form; a second that differs stands
// among the others.
func identifier[T ~string](scheme, odd string, code record.Code, field func(*record.Record) *T, parse func(string) (T, bool)) func(*builder) {
	return func(b *builder) {
		text, ok := b.value()
		if !ok {
			return
		}
		id, ok := parse(text)
		into := field(b.r)
		switch {
		case !ok:
			b.keep()
			b.problem(code, odd)
		case *into == "" || *into == id:
			*into = id
		default:
			b.r.Identifiers = append(b.r.Identifiers, record.Identifier{Scheme: scheme, Value: string(id)})
			b.problem(record.CodeRepeatedTag, "another one stands in this item; both are kept")
		}
	}
}

// parseDOI reads a DOI, alone or among words.
func parseDOI(s string) (record.DOI, bool) {
	if doi, ok := record.ParseDOI(s); ok {
		return doi, true
	}
	doi, start, _ := record.FindDOI(s)
	return doi, start >= 0
}

// serials reads one number or several: a list, or a text with commas or blanks.
func serials[T ~string](odd string, field func(*record.Record) *[]T, parse func(string) (T, bool)) func(*builder) {
	return func(b *builder) {
		texts, ok := scalars(b.at.raw)
		into := field(b.r)
		seen := map[T]bool{}
		for _, id := range *into {
			seen[id] = true
		}
		for _, text := range texts {
			for _, part := range serialParts(text, func(s string) bool { _, ok := parse(s); return ok }) {
				id, good := parse(part)
				if ok = ok && good; good && !seen[id] {
					seen[id] = true
					*into = append(*into, id)
				}
			}
		}
		if !ok {
			b.keep()
			b.problem(record.CodeIdentifier, odd)
		}
	}
}

// serialParts splits at commas, and at blanks where the parts alone are good.
func serialParts(text string, good func(string) bool) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if words := strings.Fields(part); len(words) > 1 && !slices.ContainsFunc(words, func(w string) bool { return !good(w) }) {
			out = append(out, words...)
			continue
		}
		if strings.TrimSpace(part) != "" {
			out = append(out, part)
		}
	}
	return out
}

// keywords reads "a, b; c": semicolons part where there is one, else commas.
func (b *builder) keywords() {
	texts, ok := scalars(b.at.raw)
	if !ok {
		b.keep()
		return
	}
	seen := map[string]bool{}
	for _, word := range b.r.Keywords {
		seen[word] = true
	}
	for _, text := range texts {
		sep := ","
		if strings.Contains(text, ";") {
			sep = ";"
		}
		if len(texts) > 1 {
			sep = "\x00"
		}
		for _, word := range strings.Split(text, sep) {
			if word = plain(word); word != "" && !seen[word] {
				seen[word] = true
				b.r.Keywords = append(b.r.Keywords, word)
			}
		}
	}
}

// language keeps the value too where its code says less: "en-US" is "en".
func (b *builder) language() {
	text, ok := b.value()
	if !ok {
		return
	}
	whole, seen := true, map[string]bool{}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' }) {
		code := record.Language(part)
		whole = whole && code == strings.TrimSpace(part)
		if code != "" && !seen[code] {
			seen[code] = true
			b.r.Languages = append(b.r.Languages, code)
		}
	}
	if !whole {
		b.keep()
	}
}

func (b *builder) link() {
	if text, ok := b.value(); ok && !slices.Contains(b.r.URLs, text) {
		b.r.URLs = append(b.r.URLs, text)
	}
}

func (b *builder) genre() {
	if text, ok := b.value(); ok && !b.r.HasType(text) {
		b.r.Types = append(b.r.Types, text)
	}
}

func (b *builder) firstPage() {
	text, ok := b.value()
	if first, _ := b.r.In.PageRange(); ok && first == text {
		return
	}
	if ok && b.r.In.Pages == "" {
		b.r.In.Pages = text
		return
	}
	if ok {
		b.keep()
	}
}

// numberSchemes name the number of a document by its kind.
var numberSchemes = map[record.Kind]string{
	record.Report: "report-number", record.Patent: "patent-number", record.Standard: "standard-number",
}

// numbered are the kinds whose "number" is that of an article: citation styles
// print it in place of pages.
func numbered(k record.Kind) bool {
	return k == record.JournalArticle || k == record.MagazineArticle || k == record.NewspaperArticle ||
		k == record.ConferencePaper || k == record.Preprint
}

func numberScheme(k record.Kind) string {
	if s, ok := numberSchemes[k]; ok {
		return s
	}
	return "number"
}

func (b *builder) ownNumber() {
	text, ok := b.value()
	switch {
	case !ok:
	case numbered(b.r.Kind) && b.r.In.ArticleNumber == "":
		b.r.In.ArticleNumber = text
	case numbered(b.r.Kind):
		b.keep()
	default:
		b.r.Identifiers = append(b.r.Identifiers, record.Identifier{Scheme: numberScheme(b.r.Kind), Value: text})
	}
}

// people reads a name variable.
func people(role record.Role) func(*builder) {
	return func(b *builder) {
		list := [][]byte{b.at.raw}
		if b.at.raw[0] == '[' {
			list = elements(b.at.raw)
		}
		for i, raw := range list {
			n, ok := b.name(raw, i)
			switch {
			case !ok:
				b.extra(fmt.Sprintf("%s[%d]", b.at.key, i), raw)
				b.problem(record.CodeAuthorForm, "expected a name as an object with family and given; it is kept as it is")
			case n.Family != "" || n.Given != "" || n.Literal != "":
				b.r.People = append(b.r.People, record.Contributor{Role: role, Name: n})
			}
		}
	}
}

// name reads one name; what is no name in parts is read as files write them.
func (b *builder) name(raw []byte, place int) (n record.Name, ok bool) {
	switch raw[0] {
	case 'n':
		return n, true
	case '"':
		return record.ParseName(plain(unquote(raw))), true
	case '{':
	default:
		return n, false
	}
	var dropping, fixed, literal string
	parts := map[string]*string{"family": &n.Family, "given": &n.Given, "suffix": &n.Suffix, "literal": &literal,
		"dropping-particle": &dropping, "non-dropping-particle": &fixed, "name": &literal}
	for _, m := range members(raw, b.at.line) {
		text, isText := scalar(m.raw)
		into := parts[m.key]
		switch {
		case isNothing(m.raw):
		case into != nil && isText && *into == "":
			*into = plain(text)
		case m.key == "ORCID" && isText:
			if n.ORCID, ok = record.ParseORCID(text); !ok {
				b.extra(fmt.Sprintf("%s[%d].%s", b.at.key, place, m.key), m.raw)
			}
		case m.key == "affiliation" && affiliations(&n, m.raw):
		default:
			b.extra(fmt.Sprintf("%s[%d].%s", b.at.key, place, m.key), m.raw)
		}
	}
	n.Family = joinParticle(dropping, joinParticle(fixed, n.Family))
	switch {
	case n.Family == "" && n.Given == "":
		n.Literal = literal
	case literal != "" && literal != n.String() && literal != strings.TrimSpace(n.Given+" "+n.Family):
		b.extra(fmt.Sprintf("%s[%d].literal", b.at.key, place), quote(literal))
	}
	return n, true
}

// joinParticle puts a particle before a family name, without a blank where it
// ends with an apostrophe or a dash: "d'", "al-".
func joinParticle(particle, family string) string {
	if particle == "" || family == "" {
		return particle + family
	}
	for _, end := range []string{"'", "’", "-"} {
		if strings.HasSuffix(particle, end) {
			return particle + family
		}
	}
	return particle + " " + family
}

// affiliations reads a list of texts, or of objects with a name as Crossref has it.
func affiliations(n *record.Name, raw []byte) bool {
	list := [][]byte{raw}
	if raw[0] == '[' {
		list = elements(raw)
	}
	var out []string
	for _, e := range list {
		text, ok := scalar(e)
		if e[0] == '{' {
			all := members(e, 0)
			ok = len(all) == 1 && all[0].key == "name"
			if ok {
				text, ok = scalar(all[0].raw)
			}
		}
		if !ok {
			return false
		}
		if text = plain(text); text != "" {
			out = append(out, text)
		}
	}
	n.Affiliations = out
	return true
}

// date reads a date variable.
func (b *builder) date() (record.Date, bool) {
	d, ok := readDate(b.at.raw)
	if !ok {
		b.problem(record.CodeDate, "not a date that can be read: kept as text")
	}
	if d.IsZero() {
		if !ok {
			b.keep()
		}
		return d, false
	}
	return d, true
}

func (b *builder) issued() {
	if d, ok := b.date(); ok {
		b.r.Date = d
	}
}

// event reads a date variable into an event of the record.
func event(kind record.EventKind) func(*builder) {
	return func(b *builder) {
		if d, ok := b.date(); ok {
			b.r.Events = append(b.r.Events, record.Event{Kind: kind, Date: d})
		}
	}
}

func (b *builder) eventDate() {
	if d, ok := b.date(); ok {
		if b.r.In.EventDate = d.Text; d.Text == "" {
			b.r.In.EventDate = d.String()
		}
	}
}

// circa begins the text of a date that is marked as not sure.
const circa = "circa "

// readDate reads the forms of a date: an object with date-parts, season, raw,
// literal or edtf, and outside of the schema a text, a number, a bare list.
func readDate(raw []byte) (d record.Date, ok bool) {
	switch raw[0] {
	case '[':
		return dateParts(raw)
	case '{':
	default:
		text, _ := scalar(raw)
		return textDate(plain(text))
	}
	got := map[string][]byte{}
	for _, m := range members(raw, 0) {
		if !isNothing(m.raw) {
			got[m.key] = m.raw
		}
	}
	ok = true
	if parts := got["date-parts"]; parts != nil {
		d, ok = dateParts(parts)
	}
	if s := got["season"]; s != nil {
		ok = season(&d, s) && ok
	}
	for _, key := range []string{"literal", "raw", "edtf", "year"} {
		text, _ := "", false
		if v := got[key]; v != nil {
			text, _ = scalar(v)
		}
		if text = plain(text); text != "" {
			ok = addText(&d, text) && ok
		}
	}
	if c := string(got["circa"]); c != "" && c != "false" && c != "0" && d.Text == "" {
		d.Text = circa + d.String()
	}
	return d, ok
}

// addText takes the text of a date beside its parts, or in place of them.
func addText(d *record.Date, text string) (ok bool) {
	t, ok := textDate(text)
	switch {
	case d.IsZero():
		*d = t
		return ok
	case t.InPress && t.Text == "" && (t.Year == 0 || t.Year == d.Year):
		d.InPress = true
	case t != *d && d.Text == "":
		d.Text = text
		d.InPress = d.InPress || t.InPress
	}
	return true
}

// textDate reads a date in words, or in EDTF as far as dates of works go:
// intervals, seasons 21 to 24.
func textDate(text string) (record.Date, bool) {
	if len(text) > 1 && text[0] == '-' && text[1] >= '0' && text[1] <= '9' { // before the year 1
		return record.Date{Text: text}, true
	}
	from, to, isRange := strings.Cut(text, "/")
	if isRange && yearFirst(from) && yearFirst(to) {
		d, ok := textDate(from)
		end, okEnd := textDate(to)
		if ok && okEnd && d.Season+end.Season == 0 && d.Text+end.Text == "" {
			setEnd(&d, end)
			return d, true
		}
		return record.Date{Year: d.Year, Text: text}, true
	}
	if len(text) == 7 && yearFirst(text) && text[4] == '-' && text[5] == '2' && text[6] >= '1' && text[6] <= '4' {
		year, err := strconv.Atoi(text[:4])
		return record.Date{Year: year, Season: record.Season(text[6] - '0')}, err == nil
	}
	return record.ParseDate(text)
}

// yearFirst tells whether a text begins with a year and goes on with a dash or not.
func yearFirst(s string) bool {
	if len(s) < 4 || len(s) > 4 && s[4] != '-' {
		return false
	}
	_, err := strconv.ParseUint(s[:4], 10, 16)
	return err == nil
}

// setEnd makes d a range; parts that the end shares with the start are left out.
func setEnd(d *record.Date, end record.Date) {
	d.EndYear, d.EndMonth, d.EndDay = end.Year, end.Month, end.Day
	if d.EndYear != d.Year || d.EndMonth == 0 {
		return
	}
	d.EndYear = 0
	if d.EndMonth == d.Month && d.EndDay != 0 {
		d.EndMonth = 0
		if d.EndDay == d.Day {
			d.EndDay = 0
		}
	} else if d.EndMonth == d.Month {
		d.EndMonth = 0
	}
}

func season(d *record.Date, raw []byte) bool {
	text, _ := scalar(raw)
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= 4 {
		d.Season = record.Season(n)
		return true
	}
	if t, _ := record.ParseDate("2000 " + text); t.Season != record.NoSeason && t.Text == "" {
		d.Season = t.Season
		return true
	}
	if d.Text == "" {
		d.Text = strings.TrimSpace(text + " " + d.String())
	}
	return false
}

// dateParts reads [[2012, 3, 5], [2012, 4]], or one of them without the list
// around it. What is no date of the calendar is kept as text.
func dateParts(raw []byte) (d record.Date, ok bool) {
	all := elements(raw)
	if len(all) > 0 && all[0][0] != '[' {
		all = [][]byte{raw}
	}
	var ends []record.Date
	var texts []string
	ok = true
	for _, e := range all {
		if e[0] != '[' {
			return record.Date{Text: string(raw)}, false
		}
		part, text, good := onePart(elements(e))
		ok = ok && good
		if text != "" {
			ends, texts = append(ends, part), append(texts, text)
		}
	}
	switch {
	case len(ends) == 0:
		return d, ok
	case len(ends) == 1 && ok:
		return ends[0], true
	case len(ends) == 2 && ok && ends[0].Season+ends[1].Season == 0 && ends[0].Text+ends[1].Text == "":
		setEnd(&ends[0], ends[1])
		return ends[0], true
	}
	d = ends[0]
	d.Text = strings.Join(texts, "/")
	return d, ok
}

// onePart reads year, month and day. A year before 1 is legal in CSL and no year
// of a record: it is kept in Text. Months 13 to 16 and 21 to 24 are seasons.
func onePart(parts [][]byte) (d record.Date, text string, ok bool) {
	var nums [3]int
	var words []string
	ok = len(parts) <= len(nums)
	for i, p := range parts {
		s, isText := scalar(p)
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		words = append(words, s)
		n, err := strconv.ParseFloat(s, 64)
		if !isText || err != nil || i >= len(nums) || n < -1e6 || n > 1e6 || n != float64(int(n)) {
			ok = false
			continue
		}
		nums[i] = int(n)
	}
	if len(words) == 0 || strings.Trim(strings.Join(words, ""), "0") == "" {
		return d, "", ok
	}
	text = strings.Join(words, "-")
	year, month, day := nums[0], nums[1], nums[2]
	switch {
	case year < 0:
		return record.Date{Text: text}, text, ok
	case year == 0 || year > 9999:
		return record.Date{Text: text}, text, false
	}
	d.Year = year
	switch {
	case month >= 13 && month <= 24 && day != 0:
		d.Text, ok = text, false
		return d, text, ok
	case month >= 13 && month <= 16:
		d.Season = record.Season(month - 12)
	case month >= 21 && month <= 24:
		d.Season = record.Season(month - 20)
	case month < 0 || month > 12 || day < 0 || day > 31:
		d.Text, ok = text, false
		return d, text, ok
	case month != 0:
		d.Month, d.Day = month, day
	}
	if !ok {
		d.Text = text
	}
	return d, text, ok
}

// custom reads what the schema leaves to programs: our own part, and members
// that are kept by their names.
func (b *builder) custom() {
	if b.at.raw[0] != '{' {
		b.keep()
		return
	}
	whole := *b.at
	for _, m := range members(whole.raw, whole.line) {
		if m.key == evidence && b.beyond(m.raw) {
			continue
		}
		b.extra(m.key, m.raw)
	}
}
