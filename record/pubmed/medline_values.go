package pubmed

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// readFull adds a person of a role from the full form of the name; one whose
// short form came first gets the full one.
func readFull(role record.Role) func(b *builder, v string) {
	return func(b *builder, v string) {
		n := fullName(v)
		if p := b.lastPerson(role); p != nil && b.pair == fromShort && strings.EqualFold(p.Family, n.Family) {
			p.Family, p.Given, p.Suffix = n.Family, n.Given, n.Suffix
			b.pair = fromBoth
			return
		}
		b.person(role, n)
		b.pair = fromFull
	}
}

// readShort adds a person of a role from the short form, unless the full form
// stands right before it.
func readShort(role record.Role) func(b *builder, v string) {
	return func(b *builder, v string) {
		if strings.EqualFold(strings.TrimSuffix(v, "."), "et al") {
			b.keep(b.tag, v)
			return
		}
		if b.lastPerson(role) != nil && b.pair == fromFull {
			b.pair = fromBoth
			return
		}
		b.person(role, shortName(v))
		b.pair = fromShort
	}
}

// lastPerson is the person read last, if the role is theirs.
func (b *builder) lastPerson(role record.Role) *record.Contributor {
	if n := len(b.r.People); n > 0 && b.r.People[n-1].Role == role {
		return &b.r.People[n-1]
	}
	return nil
}

// lastName is the name that an affiliation or identifier belongs to.
func (b *builder) lastName() *record.Name {
	if n := len(b.r.People); n > 0 {
		return &b.r.People[n-1].Name
	}
	return &b.loose
}

func readAffiliation(b *builder, v string) {
	n := b.lastName()
	n.Affiliations = b.texts.add(n.Affiliations, v)
}

// readAUID reads "ORCID: https://orcid.org/0000-…".
func readAUID(b *builder, v string) {
	source, id, ok := strings.Cut(v, ": ")
	if !ok {
		source, id = "", v
	}
	b.orcid(b.lastName(), source, id)
}

// readID reads "10.5555/a.1 [doi]", several on one line, a bare DOI, or the link
// that ERIC writes there.
func readID(b *builder, v string) {
	for v != "" {
		value, rest, ok := strings.Cut(v, " [")
		scheme, after, closed := strings.Cut(rest, "]")
		if !ok || !closed {
			b.bareID(v)
			return
		}
		b.identifier(trimBlanks(scheme), trimBlanks(value))
		v = trimBlanks(after)
	}
}

// bareID places an identifier that does not say what it is.
func (b *builder) bareID(v string) {
	if doi, ok := record.ParseDOI(v); ok {
		b.doi(string(doi))
		return
	}
	if strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") {
		b.r.URLs = addOnce(b.r.URLs, v)
		return
	}
	if b.tag == "LID" && b.location == "" && !strings.HasSuffix(v, invalidMark) {
		b.location = v
		return
	}
	b.keep(b.tag, v)
}

// readAbstract finds the sections that MEDLINE runs together and puts each on a
// line of its own, as they are in XML.
func readAbstract(b *builder, v string) {
	if b.r.Abstract.Text != "" {
		if b.r.Abstract.Text != v {
			b.keep(b.tag, v)
			b.problem(record.CodeRepeatedTag, "a second abstract; the first was used", v)
		}
		return
	}
	a := b.parted(v)
	a.Copyright = b.r.Abstract.Copyright
	b.r.Abstract = a
}

// readOtherAbstract reads "Publisher: Text.".
func readOtherAbstract(b *builder, v string) {
	a := record.Abstract{Kind: abstractKinds[0].kind, Text: v}
	for _, k := range abstractKinds {
		if rest, ok := strings.CutPrefix(v, k.nlm+": "); ok {
			a.Kind, a.Text = k.kind, rest
		}
	}
	parts := b.parted(a.Text)
	parts.Kind = a.Kind
	b.r.OtherAbstracts = append(b.r.OtherAbstracts, parts)
}

func (b *builder) lastOther() *record.Abstract {
	n := len(b.r.OtherAbstracts)
	if n == 0 {
		b.problem(record.CodeSyntax, "no other abstract stands before it (OAB); passed over", "")
		return nil
	}
	return &b.r.OtherAbstracts[n-1]
}

// readOtherID keeps "NLM: PMC90000001"; a bare number is ERIC's own and names the
// record.
func readOtherID(b *builder, v string) {
	if strings.Contains(v, ":") || strings.Contains(v, " ") {
		b.keep("OID", v)
		return
	}
	b.identifier("eric", v)
}

// readKeyword adds a keyword without the mark of a main topic.
func readKeyword(b *builder, v string) {
	// One star marks a main topic; what is nothing but stars is no mark.
	if rest, _ := cutStar(v); rest != "" && rest[0] != '*' {
		v = rest
	}
	if v != "" {
		b.r.Keywords = b.texts.add(b.r.Keywords, v)
	}
}

// readHistory reads "2012/03/04 00:00 [received]".
func readHistory(b *builder, v string) {
	at := strings.IndexByte(v, '[')
	status := trimBlanks(strings.TrimSuffix(v[at+1:], "]"))
	if at < 0 || status == "" {
		b.keep(b.tag, v)
		b.problem(record.CodeSyntax, "a date of the history without [status]; kept as it is", v)
		return
	}
	d, ok := parseDate(trimBlanks(v[:at]))
	b.event(historyOccasion(status), d, ok, v)
}

// writeISSN writes the ISSNs of which Extra does not have the kind.
func writeISSN(w *lines, r *record.Record) {
	marked := extra(r, "IS")
	for _, id := range r.In.ISSN {
		if !slices.ContainsFunc(marked, func(m string) bool { x, _ := record.ParseISSN(m); return x == id }) {
			w.put("IS", string(id))
		}
	}
}

func writeTitle(w *lines, r *record.Record) {
	if r.Kind != record.Book && r.Kind != record.EditedBook {
		w.put("TI", nlmTitle(r))
	}
}

// writeBook writes the title of a book under its own tag.
func writeBook(w *lines, r *record.Record) {
	switch {
	case r.Kind == record.Book || r.Kind == record.EditedBook:
		w.put("BTI", pointed(r.Title))
	case isBook(r):
		w.put("BTI", pointed(r.In.Title))
	}
}

// writeJournal writes the title of anything that is not a book.
func writeJournal(w *lines, r *record.Record) {
	if !isBook(r) {
		w.put("JT", r.In.Title)
	}
}

// invalidMark stands behind an identifier that NLM says is wrong.
const invalidMark = "(invalid)"

func writeLID(w *lines, r *record.Record) {
	if r.DOI != "" {
		w.put("LID", unblank(string(r.DOI))+" [doi]")
	}
	w.put("LID", r.In.ArticleNumber)
	each(w, "LID", r.URLs)
}

func writeAID(w *lines, r *record.Record) {
	for _, x := range r.Identifiers {
		if x.Scheme != "mid" && x.Scheme != "eric" {
			w.put("AID", strings.ReplaceAll(x.Value, "[", "(")+" ["+x.Scheme+"]")
		}
	}
	if r.DOI != "" {
		w.put("AID", unblank(string(r.DOI))+" [doi]")
	}
}

// unblank takes white space out of an identifier that cannot have any.
func unblank(s string) string { return strings.Join(strings.Fields(s), "") }

// writeAuthors writes authors and groups in their order.
func writeAuthors(w *lines, r *record.Record) {
	for i := range r.People {
		p := &r.People[i]
		if p.Role != record.Author && p.Role != "" {
			continue
		}
		if p.Literal != "" {
			w.put("CN", p.Literal)
		} else {
			w.put("FAU", full(p.Name))
			w.put("AU", p.Short())
		}
		w.about(&p.Name, "AD")
	}
}

// people writes those of another role.
func people(tag, short string, role record.Role) func(w *lines, r *record.Record) {
	affiliation := "AD"
	if role == record.Investigator {
		affiliation = "IRAD"
	}
	return func(w *lines, r *record.Record) {
		for i := range r.People {
			if p := &r.People[i]; p.Role == role {
				w.put(tag, full(p.Name))
				w.put(short, p.Short())
				w.about(&p.Name, affiliation)
			}
		}
	}
}

func (w *lines) about(n *record.Name, tag string) {
	if n.ORCID != "" {
		w.put("AUID", "ORCID: "+string(n.ORCID))
	}
	each(w, tag, n.Affiliations)
}

func writeDatabanks(w *lines, r *record.Record) {
	for _, x := range r.Registrations {
		w.put("SI", strings.ReplaceAll(x.Registry, "/", " ")+"/"+x.ID)
	}
}

// typesOf lists the publication types; a record that has none gets the one that
// says of what kind it is, if there is one.
func typesOf(r *record.Record) []string {
	if len(r.Types) > 0 || isBook(r) {
		return r.Types
	}
	for _, k := range typeKinds {
		if k.kind == r.Kind {
			return []string{k.name}
		}
	}
	return nil
}

// writePlace writes the country of a journal or the place of a book.
func writePlace(w *lines, r *record.Record) {
	place := r.In.Country
	if place == "" || isBook(r) && r.In.Place != "" {
		place = r.In.Place
	}
	w.put("PL", place)
}

func writeOtherAbstracts(w *lines, r *record.Record) {
	for _, a := range r.OtherAbstracts {
		if a.Text == "" {
			continue
		}
		w.put("OAB", abstractType(a.Kind)+": "+a.Text)
		if a.Language != "" {
			w.put("OABL", record.LanguageMARC(a.Language))
		}
		w.put("OCI", a.Copyright)
	}
}

func writeOtherIDs(w *lines, r *record.Record) {
	for _, x := range r.Identifiers {
		if x.Scheme == "eric" {
			w.put("OID", unblank(x.Value))
		}
	}
}

func writeHistory(w *lines, r *record.Record) {
	for _, e := range r.Events {
		if status := historyStatus(e); status != "" && status != "pmc-release" && oneDay(e.Date) {
			w.put("PHST", slashed(e.Date)+" ["+status+"]")
		}
	}
}

// writeSource makes a line of the other fields where the file's own is not kept.
func writeSource(w *lines, r *record.Record) {
	if len(extra(r, "SO")) == 0 {
		w.put("SO", source(r))
	}
}

// dropSource takes the line of the other fields out of Extra where it says
// nothing but what is in them.
func (b *builder) dropSource(r *record.Record) {
	line := r.Extra.Get("SO")
	if line == "" {
		return
	}
	if b.scratch = appendSource(b.scratch[:0], r); string(b.scratch) == line {
		dropExtra(r, "SO")
	}
}

// source is the citation in one line: "J Inv Things. 2012 Mar;4(2):10-9. doi:
// 10.5555/a.1."
func source(r *record.Record) string { return string(appendSource(nil, r)) }

func appendSource(dst []byte, r *record.Record) []byte {
	if r.In.Abbrev == "" || isBook(r) {
		return dst
	}
	dst = append(append(dst, r.In.Abbrev...), ". "...)
	dst = appendCited(dst, r.Date)
	if r.In.Volume != "" || r.In.Issue != "" {
		dst = append(append(dst, ';'), r.In.Volume...)
	}
	if r.In.Issue != "" {
		dst = append(append(append(dst, '('), r.In.Issue...), ')')
	}
	if r.In.Pages != "" {
		dst = append(append(dst, ':'), r.In.Pages...)
	}
	dst = append(dst, '.')
	if r.DOI != "" {
		dst = append(append(append(dst, " doi: "...), r.DOI...), '.')
	}
	return dst
}
