package ris

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/distinct"
	"github.com/evidence-go/evidence/record"
)

// identifier puts an identifier among the others, once.
func (b *builder) identifier(scheme, value string) {
	b.r.Identifiers = distinct.Append(b.r.Identifiers, record.Identifier{Scheme: scheme, Value: value})
}

func (b *builder) register(reg record.Registration) {
	b.r.Registrations = distinct.Append(b.r.Registrations, reg)
}

// id reads ID: the file's key. On Ovid it is the accession number, in MEDLINE
// there the PMID.
func (b *builder) id(it item) {
	value := it.clean()
	if b.r.Key != "" {
		b.second(it)
		return
	}
	b.r.Key = value
	if number, again, ok := strings.Cut(value, "#"); ok && digits(again) {
		value = number // a key that came twice in the file that this one was made of
	}
	switch {
	case isPMIDNumber(value) && b.from.is("MEDLINE"):
		b.setPMID(value, it)
	case b.from.platform == "Ovid":
		b.identifier("accession", value)
	case isLensID(value):
		b.identifier("lens", value)
	}
}

// isLensID tells whether a key is a number of The Lens: five groups of three
// digits, the last of which may be X.
func isLensID(s string) bool {
	if len(s) != 19 || strings.Count(s, "-") != 4 {
		return false
	}
	return digits(strings.TrimSuffix(strings.ReplaceAll(s, "-", ""), "X"))
}

// isPMIDNumber tells whether a bare number has the usual form of a PMID. Shorter
// ones are left alone: they are numbers of many things.
func isPMIDNumber(s string) bool { return digits(s) && (len(s) == 7 || len(s) == 8) }

// setPMID takes a PMID; a second one that differs stands among the identifiers.
func (b *builder) setPMID(value string, it item) {
	id, ok := record.ParsePMID(value)
	switch {
	case !ok:
		b.keep(it)
		b.problem(it, record.CodeIdentifier, "expected a PubMed number of one to eight digits; it is kept as it is")
	case b.r.PMID == "" || b.r.PMID == id:
		b.r.PMID = id
	default:
		b.identifier("pmid", string(id))
		b.problem(it, record.CodeRepeatedTag, "another PMID; the first stands, this one is among the identifiers")
	}
}

func (b *builder) pmid(it item) { b.setPMID(it.clean(), it) }

// doi reads DO.
func (b *builder) doi(it item) {
	value := it.clean()
	doi, ok := record.ParseDOI(value)
	if !ok {
		doi, ok = b.repairDOI(value, it)
	}
	if !ok {
		b.keep(it)
		b.problem(it, record.CodeDOI, "expected a DOI such as 10.5555/12345678; it is kept as it is")
		return
	}
	b.setDOI(doi, it)
}

func (b *builder) setDOI(doi record.DOI, it item) {
	switch b.r.DOI {
	case "", doi:
		b.r.DOI = doi
	default:
		b.identifier("doi", string(doi))
		b.problem(it, record.CodeRepeatedTag, "another DOI; the first stands, this one is among the identifiers")
	}
}

// repairDOI reads a DOI that a line end or blank has cut, or that has words
// around it.
func (b *builder) repairDOI(value string, it item) (record.DOI, bool) {
	if strings.HasPrefix(value, "10.") {
		if doi, ok := record.ParseDOI(strings.ReplaceAll(value, " ", "")); ok && !strings.Contains(value, " 10.") {
			b.problem(it, record.CodeDOI, "blanks inside the DOI are left out")
			return doi, true
		}
	}
	doi, start, _ := record.FindDOI(value)
	if start < 0 {
		return "", false
	}
	if rest := strings.Fields(value); len(rest) == 2 && strings.HasPrefix(rest[1], "10.") && strings.HasPrefix(value, "10.") {
		if second, ok := record.ParseDOI(rest[1]); ok && second != doi {
			b.setDOI(doi, it)
			return second, true
		}
	}
	b.problem(it, record.CodeDOI, "expected nothing but a DOI; the first in the value is taken")
	return doi, true
}

// doiRank is how willingly a DOI is taken from a tag other than DO, 0 for best.
func doiRank(tag string) int {
	if i := strings.Index("URL3L2L1L4LKM3N1ANM1C7", tag); i >= 0 {
		return i
	}
	return 99
}

// look remembers a value that may hold a DOI, and takes a PMID, a PMCID or
// the number of a register that says what it is. taken tells that the value is
// nothing but that.
func (b *builder) look(it item) (taken bool) {
	value := it.clean()
	if strings.Contains(value, "10.") {
		b.maybe = append(b.maybe, it.with(value))
		_, isDOI := record.ParseDOI(value)
		return isDOI
	}
	if number, ok := labelledPMID(value); ok {
		b.setPMID(number, it)
		return true
	}
	if len(value) > 3 && strings.EqualFold(value[:3], "PMC") {
		if id, ok := record.ParsePMCID(value); ok && (b.r.PMCID == "" || b.r.PMCID == id) {
			b.r.PMCID = id
			return true
		}
	}
	reg, ok := record.ParseRegistration(value)
	if ok {
		b.register(reg)
	}
	return ok
}

// labelledPMID reads "PUBMED 21314913", "PMID: 21314913" and "21314913[pmid]".
func labelledPMID(value string) (number string, ok bool) {
	if head, found := strings.CutSuffix(value, "[pmid]"); found && digits(head) {
		return head, true
	}
	for _, label := range [...]string{"pmid:", "pmid", "pubmed:", "pubmed id:", "pubmed"} {
		if n := len(label); len(value) >= n && strings.EqualFold(value[:n], label) {
			rest := strings.TrimSpace(value[n:])
			return rest, digits(rest) && len(rest) <= 8
		}
	}
	return "", false
}

// settleDOI takes a DOI from another tag where DO has none.
func (b *builder) settleDOI() {
	if b.r.DOI != "" {
		return
	}
	if len(b.maybe) > 1 {
		slices.SortStableFunc(b.maybe, func(x, y item) int { return doiRank(x.tag) - doiRank(y.tag) })
	}
	for _, it := range b.maybe {
		if b.r.DOI != "" {
			return
		}
		doi, ok := doiIn(it)
		if !ok {
			continue
		}
		b.r.DOI = doi
		if it.tag != "UR" && it.tag != "L2" && it.tag != "L1" && it.tag != "L4" && it.tag != "LK" {
			b.problem(it, record.CodeMisplacedID, "the DOI is taken from here, as DO has none")
		}
	}
}

// doiIn reads a DOI of a value that is one, or says that it is, or is the link
// of an article's page.
func doiIn(it item) (record.DOI, bool) {
	if doi, ok := record.ParseDOI(it.value); ok {
		return doi, true
	}
	if strings.HasPrefix(it.value, "http") {
		return doiOfLink(it.value)
	}
	if it.tag != "N1" && it.tag != "L3" && it.tag != "M3" {
		return "", false
	}
	low := strings.ToLower(it.value)
	for _, other := range [...]string{"erratum", "correct", "comment", "retract", "cites", "reply", "version of"} {
		if strings.Contains(low, other) {
			return "", false
		}
	}
	doi, start, _ := record.FindDOI(it.value)
	if start < 0 || !strings.HasSuffix(strings.TrimRight(low[:start], ": "), "doi") {
		return "", false
	}
	return doi, true
}

// doiOfLink reads the DOI in the path of a publisher's link:
// "https://journals.example/doi/full/10.5555/12345678?x=y".
func doiOfLink(url string) (record.DOI, bool) {
	if strings.Contains(url, "rft_val_fmt") || strings.Contains(url, "openurl") || strings.Contains(url, "sid=") {
		return "", false // a link resolver, which may cite anything
	}
	i := strings.Index(url, "/10.")
	if i < 0 {
		return "", false
	}
	path := url[i+1:]
	if j := strings.IndexAny(path, "?&#"); j >= 0 {
		path = path[:j]
	}
	for _, end := range [...]string{"/full", "/pdf", "/abstract", "/epdf", "/meta", "/html", "/summary", "/fulltext", ".pdf", "/"} {
		path = strings.TrimSuffix(path, end)
	}
	return record.ParseDOI(path)
}

// accession reads AN: the number of the record in its database, of several with
// semicolons between them. In exports of PubMed it is the PMID.
func (b *builder) accession(it item) {
	if b.look(it) {
		return
	}
	for part := range strings.SplitSeq(it.clean(), ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if isPMIDNumber(part) && (b.from.is("PubMed") || b.from.is("MEDLINE") && b.from.platform != "ProQuest" && b.from.platform != "EBSCOhost" || b.from.platform == "NLM") {
			b.setPMID(part, it)
			continue
		}
		b.identifier("accession", part)
	}
}

// custom reads C1 to C8 and U1 to U5: whatever says what it is, and the bare
// numbers of two databases that put the PMID there.
func (b *builder) custom(it item) {
	value := it.clean()
	switch {
	case b.look(it):
	case it.tag == "C2" && isPMIDNumber(value) && b.from.is("Scopus"), it.tag == "C5" && isPMIDNumber(value) && b.from.is("Embase"):
		b.setPMID(value, it)
	case b.readScheme(value):
	default:
		b.keep(it)
	}
}

// thirdCustom reads C3, the title of the proceedings; Web of Science lists the
// authors' institutions there.
func (b *builder) thirdCustom(it item) {
	if b.r.Kind != record.ConferencePaper || b.from.platform == "Web of Science" || digits(it.clean()) {
		b.custom(it)
		return
	}
	if t2 := b.journals[fullTitle]; len(t2) == 1 && t2[0].tag == "T2" && b.r.In.Event == "" {
		b.r.In.Event, b.journals[fullTitle] = t2[0].value, nil
	}
	b.journal(fullTitle, it)
}

// schemes are the identifiers that are written and read as "scheme:value".
var schemes = []string{"pii", "arxiv", "mid", "eid", "lens", "mag", "openalex", "wos", "pmid", "oclc", "handle", "urn", "report-number", "patent-number", "standard-number"}

func (b *builder) readScheme(value string) bool {
	scheme, number, ok := strings.Cut(value, ":")
	if !ok || !slices.Contains(schemes, scheme) || number == "" || strings.Contains(number, " ") {
		return false
	}
	b.identifier(scheme, number)
	return true
}

// firstMisc reads M1: the number in the NLM catalogue on Ovid MEDLINE, the
// authors' addresses in Embase, references in PsycINFO; in reference managers the
// number that the type of work has.
func (b *builder) firstMisc(it item) {
	value := it.clean()
	switch {
	case b.from.platform == "Ovid" && b.from.is("MEDLINE") && len(value) >= 7 && len(value) <= 9 && digits(strings.TrimSuffix(value, "R")):
		b.set(&b.r.In.NLMID, value, it)
	case b.look(it), b.miscNumber(value):
	default:
		b.keep(it)
	}
}

// miscNumber reads M1 as EndNote and Zotero fill it: of articles outside of
// journals and of papers the issue, of books the number in their series, of bills
// and hearings their own. Longer values are none of these.
func (b *builder) miscNumber(value string) bool {
	const longest = 12 // a PMID or a sentence is no issue
	short := len(value) <= longest && strings.IndexByte(value, ' ') < 0 && !(digits(value) && len(value) > 5)
	in := &b.r.In
	switch miscNumbers[b.code] {
	case inSeries:
		if in.SeriesVolume == "" && len(value) <= 2*longest && !strings.Contains(value, "://") && b.from.platform != "Ovid" {
			in.SeriesVolume = value
			return true
		}
	case inIssue:
		if in.Issue == "" && short {
			in.Issue = value
			return true
		}
	case ownNumber:
		b.identifier("number", value)
		return true
	}
	return false
}

// What M1 counts, by the type of work.
const (
	nothing = iota
	inIssue
	inSeries
	ownNumber
)

var miscNumbers = map[string]int{
	"EJOUR": inIssue, "MGZN": inIssue, "CONF": inIssue, "CPAPER": inIssue, "GEN": inIssue, "DICT": inIssue, "UNPB": inIssue,
	"BOOK": inSeries, "CLSWK": inSeries, "EDBOOK": inSeries, "ECHAP": inSeries, "SER": inSeries,
	"BILL": ownNumber, "HEAR": ownNumber, "STAT": ownNumber,
}

// serialNumber reads SN: ISSNs and ISBNs; of a report or patent its number.
func (b *builder) serialNumber(it item) {
	value := it.clean()
	found, left := b.r.In.AddSerialNumbers(value)
	switch {
	case found && len(left) == 0:
		return
	case found:
		it = it.with(strings.Join(left, "; "))
	case ownSchemes[b.r.Kind] != "":
		b.identifier(ownSchemes[b.r.Kind], value)
		return
	}
	b.keep(it)
	b.problem(it, record.CodeIdentifier, "expected an ISSN or ISBN with its right check digit; it is kept as it is")
}

// ownSchemes name the number under SN of what has one of its own.
var ownSchemes = map[record.Kind]string{
	record.Report: "report-number", record.Patent: "patent-number", record.Standard: "standard-number",
}

// link reads UR and L1 to L4: one link or several. What is not a link is kept.
func (b *builder) link(it item) {
	value := it.clean()
	if !strings.Contains(value, "://") && !strings.HasPrefix(value, "www.") {
		if !b.look(it) {
			b.keep(it)
		}
		return
	}
	if strings.HasPrefix(value, "internal-pdf:") || strings.HasPrefix(value, "file:") {
		b.keep(it)
		return
	}
	for rest := value; rest != ""; {
		var u string
		u, rest = cutLink(rest)
		b.r.URLs = distinct.Append(b.r.URLs, u)
		b.linked(it.with(u))
	}
}

// cutLink gives the first of several links with semicolons, commas or blanks
// between them, and the others.
func cutLink(value string) (link, rest string) {
	for from := 1; ; {
		i := strings.Index(value[from:], "http")
		if i < 0 {
			return value, ""
		}
		i += from
		if before := value[i-1]; (before == ' ' || before == ';' || before == ',') && strings.Contains(value[i:min(len(value), i+9)], "://") {
			return strings.TrimRight(value[:i], "; ,"), value[i:]
		}
		from = i + 1
	}
}

// linked takes the identifiers that a link says.
func (b *builder) linked(it item) {
	if strings.Contains(it.value, "10.") {
		b.maybe = append(b.maybe, it)
	}
	switch {
	case strings.Contains(it.value, "ncbi.nlm.nih.gov/pubmed/"), strings.Contains(it.value, "pubmed.ncbi.nlm.nih.gov/"):
		number := strings.TrimRight(it.value, "/")
		number = number[strings.LastIndexByte(number, '/')+1:]
		if id, ok := record.ParsePMID(number); ok && b.r.PMID == "" {
			b.r.PMID = id
		}
	case strings.Contains(it.value, "ncbi.nlm.nih.gov/pmc/articles/PMC"), strings.Contains(it.value, "pmc.ncbi.nlm.nih.gov/articles/PMC"):
		_, number, _ := strings.Cut(it.value, "/articles/")
		number, _, _ = strings.Cut(number, "/")
		if id, ok := record.ParsePMCID(number); ok && b.r.PMCID == "" {
			b.r.PMCID = id
		}
	}
}
