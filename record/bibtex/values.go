package bibtex

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// This file reads the values of single fields that need more than their text.

// people reads a list of names into a role.
func people(role record.Role) func(b *builder, f *field) {
	return func(b *builder, f *field) {
		l := &b.list
		l.reset()
		l.read(f.value)
		for _, odd := range l.odd {
			code := record.CodeAuthorForm
			if strings.HasSuffix(odd, "split") {
				code = record.CodeAuthorList
			}
			b.problem(f, code, odd)
		}
		if b.hasRole(role) { // a second list, which only a repeated field gives
			b.extra(f, texNames(l.names, l.others))
			return
		}
		for i := range l.names {
			b.people = append(b.people, record.Contributor{Role: role, Name: l.names[i]})
		}
		if l.others {
			b.others(role, f)
		}
	}
}

// others keeps that a list of names ends in "and others".
func (b *builder) others(role record.Role, f *field) {
	b.extras = append(b.extras, placed{record.ExtraTag{Tag: othersTag(role), Value: "others", Line: f.line}, b.at})
}

// othersTag is the extra tag that says that a list of names ends in "and others".
func othersTag(role record.Role) string { return string(role) + "-others" }

func (b *builder) hasRole(role record.Role) bool {
	for i := range b.people {
		if b.people[i].Role == role {
			return true
		}
	}
	return false
}

func readDOI(b *builder, f *field) {
	text := verbatim(f.value)
	if text == "" {
		return
	}
	doi, ok := record.ParseDOI(text)
	if !ok { // in a link of a publisher, or with a word before it
		found, start, end := record.FindDOI(text)
		if doi, ok = found, start >= 0 && end == len(text); start >= 0 && !ok {
			b.setDOI(found)
		}
	}
	switch {
	case !ok:
		b.problem(f, record.CodeDOI, "expected a DOI, such as 10.5555/12345678: kept as it is")
		b.extra(f, text)
	default:
		b.setDOI(doi)
	}
}

// setDOI keeps a further DOI as an identifier.
func (b *builder) setDOI(doi record.DOI) {
	switch {
	case b.r.DOI == "":
		b.r.DOI = doi
	case b.r.DOI != doi:
		b.identifier("doi", string(doi))
	}
}

func readPMID(b *builder, f *field) {
	text := b.tex.plain(f.value)
	id, ok := record.ParsePMID(text)
	switch {
	case text == "":
	case ok && (b.r.PMID == "" || b.r.PMID == id):
		b.r.PMID = id
	case ok:
		b.identifier("pmid", string(id))
	default:
		b.problem(f, record.CodeIdentifier, "expected a PubMed number of up to eight digits: kept as it is")
		b.extra(f, text)
	}
}

func readPMCID(b *builder, f *field) {
	text := b.tex.plain(f.value)
	id, ok := record.ParsePMCID(text)
	switch {
	case text == "":
	case ok && (b.r.PMCID == "" || b.r.PMCID == id):
		b.r.PMCID = id
	case ok:
		b.identifier("pmcid", string(id))
	default:
		b.problem(f, record.CodeIdentifier, "expected a PubMed Central number, such as PMC1234567: kept as it is")
		b.extra(f, text)
	}
}

// readISSN reads one ISSN or several.
func readISSN(b *builder, f *field) {
	readNumbers(b, f, "expected ISSNs with a right check digit: kept as it is", record.ParseISSN, &b.r.In.ISSN)
}

// readISBN reads one ISBN or several.
func readISBN(b *builder, f *field) {
	readNumbers(b, f, "expected ISBNs with a right check digit: kept as it is", record.ParseISBN, &b.r.In.ISBN)
}

func readNumbers[T ~string](b *builder, f *field, odd string, parse func(string) (T, bool), into *[]T) {
	text := b.tex.plain(f.value)
	if text == "" {
		return
	}
	var bad []string
	taken := false
	take := func(s string) bool {
		id, ok := parse(s)
		if !ok || countDigits(string(id)) != countDigits(s) {
			return false
		}
		if taken = true; !slices.Contains(*into, id) {
			*into = append(*into, id)
		}
		return true
	}
	if !strings.ContainsAny(text, ",;/()[]\"") && take(text) { // as most are
		return
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(`,;/()[]"`, r) }) {
		part = strings.TrimSpace(part)
		if take(part) {
			continue
		}
		for _, word := range strings.Fields(part) { // "1234-5679 0000-0019"
			if !take(word) {
				bad = append(bad, word)
			}
		}
	}
	if taken { // words are notes: "1234-5679 (print)"
		bad = slices.DeleteFunc(bad, func(s string) bool { return countDigits(s) == 0 })
	} else if text = strings.TrimSpace(text); len(bad) > 0 {
		bad = []string{text}
	}
	if len(bad) > 0 {
		b.problem(f, record.CodeIdentifier, odd)
		b.extra(f, strings.Join(bad, ", "))
	}
}

func countDigits(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

func joined[T ~string](ids []T) string {
	var parts []string
	for _, id := range ids {
		parts = append(parts, texText(string(id)))
	}
	return strings.Join(parts, ", ")
}

// readUniqueID reads the accession number that Web of Science gives.
func readUniqueID(b *builder, f *field) {
	text := b.tex.plain(f.value)
	if scheme, number, ok := strings.Cut(text, ":"); ok && (scheme == "WOS" || scheme == "ISI") {
		b.identifier("wos", number)
		return
	}
	b.extra(f, text)
}

// readSource reads what Scopus says of itself.
func readSource(b *builder, f *field) {
	if text := b.tex.plain(f.value); text == "Scopus" && b.r.Source.Database == "" {
		b.r.Source.Database = text
	} else {
		b.extra(f, text)
	}
}

func readURL(b *builder, f *field) {
	text := verbatim(f.value)
	if strings.IndexByte(text, ' ') < 0 { // what is left of white space
		b.link(text)
		return
	}
	parts := strings.Fields(text)
	if len(parts) < 2 || slices.ContainsFunc(parts, func(s string) bool { return !strings.Contains(s, "://") }) {
		b.link(text)
		return
	}
	for _, u := range parts {
		b.link(u)
	}
}

// link takes in an address, and the DOI that it is where no field has one.
func (b *builder) link(u string) {
	if u == "" || slices.Contains(b.r.URLs, u) {
		return
	}
	b.r.URLs = append(b.r.URLs, u)
	if b.r.DOI != "" || b.e.has("doi") {
		return
	}
	if doi, ok := record.ParseDOI(u); ok {
		b.r.DOI = doi
	}
}

func (e *entry) has(name string) bool {
	v, ok := e.get(name)
	return ok && strings.Trim(v, "{} \t\n\r") != ""
}

// event reads another date than the one of publication.
func event(kind record.EventKind) func(b *builder, f *field) {
	return func(b *builder, f *field) {
		text := dateText(f.value)
		d, ok := readDate(text)
		if !ok || slices.ContainsFunc(b.r.Events, func(e record.Event) bool { return e.Kind == kind }) {
			b.extra(f, text)
			return
		}
		b.r.Events = append(b.r.Events, record.Event{Kind: kind, Date: d})
	}
}

// babel are the names that babel and BibLaTeX have for languages, where
// record.Language does not know them.
var babel = map[string]string{
	"american": "en", "usenglish": "en", "british": "en", "ukenglish": "en", "australian": "en", "canadian": "en", "newzealand": "en",
	"ngerman": "de", "germanb": "de", "austrian": "de", "naustrian": "de", "nswissgerman": "de", "swissgerman": "de", "francais": "fr", "frenchb": "fr", "acadian": "fr", "canadien": "fr",
	"brazil": "pt", "brazilian": "pt", "portuges": "pt", "mexican": "es", "magyar": "hu", "polutonikogreek": "el", "slovene": "sl", "nynorsk": "nn", "norsk": "no", "bokmal": "nb",
}

var languageSeparators = strings.NewReplacer(" and ", ",", ";", ",", "/", ",")

func readLanguage(b *builder, f *field) {
	text := languageSeparators.Replace(b.tex.plain(f.value))
	for _, l := range strings.Split(text, ",") {
		l = strings.TrimSpace(l)
		code, ok := babel[strings.ToLower(l)]
		if !ok {
			code = record.Language(l)
		}
		if code != "" && !slices.Contains(b.r.Languages, code) {
			b.r.Languages = append(b.r.Languages, code)
		}
	}
}

// list gathers texts, each once.
type list struct {
	texts []string
	had   map[string]bool // of a long list
}

func (l *list) add(text string) {
	const long = 32
	switch {
	case text == "":
		return
	case len(l.texts) < long:
		if slices.Contains(l.texts, text) {
			return
		}
	case l.had == nil:
		l.had = make(map[string]bool, 2*long)
		for _, t := range l.texts {
			l.had[t] = true
		}
		l.add(text)
		return
	case l.had[text]:
		return
	default:
		l.had[text] = true
	}
	l.texts = append(l.texts, text)
}

// items splits a list at a sign outside braces and gives the texts, each once.
func items(tex, sign string) []string {
	var l list
	if marksOf(tex)&texMark != 0 {
		for _, part := range splitDeep0(nil, tex, atByte(sign[0])) {
			l.add(plain(part))
		}
		return l.texts
	}
	l.texts = make([]string, 0, 1+strings.Count(tex, sign))
	for part := range strings.SplitSeq(tex, sign) {
		l.add(plain(part))
	}
	if len(l.texts) == 0 {
		return nil
	}
	return l.texts
}

// texList writes a list; an item with a separator in it goes into braces.
func texList(list []string, separator string) string {
	var parts []string
	for _, s := range list {
		tex := texText(s)
		if strings.ContainsAny(s, ",;") {
			tex = "{" + tex + "}"
		}
		if tex != "" {
			parts = append(parts, tex)
		}
	}
	return strings.Join(parts, separator)
}

// readKeywords splits at semicolons where there is one, else at commas.
func readKeywords(b *builder, f *field) {
	sign, tex := ",", f.value
	for strings.HasPrefix(strings.TrimSpace(tex), "{{") && strings.HasSuffix(strings.TrimSpace(tex), "}}") {
		tex = strings.TrimSpace(tex)
		tex = tex[1 : len(tex)-1]
	}
	if strings.Contains(tex, ";") && len(splitDeep0(nil, tex, atByte(';'))) > 1 {
		sign = ";"
	}
	found := items(tex, sign)
	if len(b.r.Keywords) == 0 {
		b.r.Keywords = found
		return
	}
	all := list{texts: b.r.Keywords}
	for _, k := range found {
		all.add(k)
	}
	b.r.Keywords = all.texts
}

func readTypes(b *builder, f *field) {
	for _, t := range items(f.value, ";") {
		if !b.r.HasType(t) {
			b.r.Types = append(b.r.Types, t)
		}
	}
}

// readState reads BibLaTeX's pubstate.
func readState(b *builder, f *field) {
	switch text := b.tex.plain(f.value); strings.ToLower(text) {
	case "inpress", "in press", "forthcoming":
		b.r.Date.InPress = true
	default:
		b.set(f, &b.r.Status, text)
	}
}

func readRegistrations(b *builder, f *field) {
	for _, text := range items(f.value, ";") {
		reg, ok := record.ParseRegistration(text)
		if !ok {
			b.extra(f, text)
		} else if !slices.Contains(b.r.Registrations, reg) {
			b.r.Registrations = append(b.r.Registrations, reg)
		}
	}
}

// readIdentifiers reads "scheme:number; scheme:number", which only this package
// writes.
func readIdentifiers(b *builder, f *field) {
	for _, text := range items(f.value, ";") {
		scheme, number, ok := strings.Cut(text, ":")
		if !ok || scheme == "" || number == "" || strings.ContainsAny(scheme, " /") {
			b.extra(f, text)
			continue
		}
		b.identifier(scheme, strings.TrimSpace(number))
	}
}

// readHeadings reads subject headings in MEDLINE's form: "*Term/qualifier".
func readHeadings(b *builder, f *field) {
	for _, text := range items(f.value, ";") {
		parts := strings.Split(text, "/")
		h := record.Heading{Scheme: "mesh"}
		h.Term, h.Major = strings.CutPrefix(parts[0], "*")
		for _, q := range parts[1:] {
			term, major := strings.CutPrefix(q, "*")
			h.Qualifiers = append(h.Qualifiers, record.Qualifier{Term: term, Major: major})
		}
		b.r.Headings = append(b.r.Headings, h)
	}
}

func readNote(b *builder, f *field) {
	if text := b.tex.plain(f.value); text != "" {
		b.r.Notes = append(b.r.Notes, text)
	}
}

// readAnnote reads annotations, which paragraphs part.
func readAnnote(b *builder, f *field) {
	for _, p := range paragraphs(f.value) {
		if text := plain(p); text != "" {
			b.r.Notes = append(b.r.Notes, text)
		}
	}
}

func readAbstract(b *builder, f *field) {
	text := ""
	if marksOf(f.value)&(texMark|wideMark) == 0 && !hasBlankLine(f.value) {
		text = b.tex.plain(f.value)
	} else {
		text = textOfParagraphs(f.value)
	}
	switch {
	case text == "":
	case b.r.Abstract.Text == "":
		b.r.Abstract = record.NewAbstract(text)
	case b.r.Abstract.Text != text:
		b.extra(f, fold.Space(text))
	}
}

// textOfParagraphs gives the text of a value, a line for each paragraph.
func textOfParagraphs(tex string) string {
	var parts []string
	for _, p := range paragraphs(tex) {
		if text := plain(p); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n")
}

// hasBlankLine tells whether there may be two paragraphs in a text.
func hasBlankLine(s string) bool {
	for {
		i := strings.IndexAny(s, "\n\r")
		if i < 0 {
			return false
		}
		if strings.HasPrefix(s[i:], "\r\n") {
			i++
		}
		s = strings.TrimLeft(s[i+1:], " \t\v\f")
		if s == "" || s[0] == '\n' || s[0] == '\r' {
			return true
		}
	}
}

// paragraphs splits a value at blank lines and at \par.
func paragraphs(tex string) []string {
	if !strings.ContainsAny(tex, "\n\r\\") {
		return []string{tex}
	}
	tex = strings.ReplaceAll(strings.ReplaceAll(tex, "\r\n", "\n"), "\r", "\n")
	tex = strings.ReplaceAll(strings.ReplaceAll(tex, "{\\par}", "\n\n"), "\\par ", "\n\n")
	var out []string
	var b strings.Builder
	for line := range strings.Lines(tex) {
		if strings.TrimSpace(line) == "" {
			out = append(out, b.String())
			b.Reset()
			continue
		}
		b.WriteString(line)
	}
	return append(out, b.String())
}

// related reads keys of other entries.
func related(kind record.RelationKind) func(b *builder, f *field) {
	return func(b *builder, f *field) {
		for _, key := range items(f.value, ",") {
			rel := record.Relation{Kind: kind, Key: key}
			if !slices.Contains(b.r.Relations, rel) {
				b.r.Relations = append(b.r.Relations, rel)
			}
		}
	}
}
