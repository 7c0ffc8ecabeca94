package citation

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// note is one of the remarks behind the source of a citation: "Epub 2019 Oct 16",
// "PMID: 31618530", "Review".
type note struct {
	label label // without a word for one that is known by its own words
	kind  kind
	text  string // without its label
}

// kind says what a note tells, for those without a label.
type kind int

const (
	labelled kind = iota
	ofType        // a publication type of NLM
	ofLanguage
	ofAccess // "Free PMC article"
	ofLinks  // "- DOI - PubMed"
	residue  // none of these
)

// label is a word that begins a note, how far the note goes, and where its value
// stands in a record. The table of them is this format's table of fields.
type label struct {
	word string
	span func(s string, from int) (end int, ok bool) // the end of the value that begins at from
	read func(r *record.Record, value string)
}

// labels are the notes that begin with a word of their own. Where one word begins
// another the longer stands first.
var labels = []label{
	{"doi:", token, readDOI}, {"doi.org/", token, readDOI}, {"doi ", token, readDOI},
	{"https://doi.org/", token, readDOI}, {"http://doi.org/", token, readDOI}, {"https://dx.doi.org/", token, readDOI}, {"http://dx.doi.org/", token, readDOI},
	{"http", link, readURL}, {"www.", link, readURL},
	{"PubMed PMID", number, readPMID}, {"PMID", number, readPMID}, {"MEDLINE", number, readPMID},
	{"PubMed Central PMCID", token, readPMCID}, {"PMCID", token, readPMCID}, {"PMC:", token, readPMCID}, {"PMC", digitsOnly, readPMCID},
	{"pii:", token, readPII}, {"ISBN", sentence, readISBN},
	{"Epub ahead of print", optionalDate, readAhead}, {"[Epub ahead of print]", nothing, readAhead}, {"Online ahead of print", optionalDate, readAhead},
	{"Epub", optionalDate, readEvent(record.Electronic, "")}, {"Electronic publication", optionalDate, readEvent(record.Electronic, "")},
	{"eCollection", optionalDate, readEvent("", "eCollection")}, {"Print", needDate, readEvent(record.Print, "")},
	{"In press", nothing, readInPress}, {"Forthcoming", nothing, readInPress},
	{"Accessed", needDate, readEvent(record.Accessed, "")}, {"[cited ", bracketed, readAccessed}, {"[accessed ", bracketed, readAccessed}, {"[Accessed ", bracketed, readAccessed},
	{"Available from", linkAhead, readURL}, {"Available at", linkAhead, readURL},
	{"[Article in ", bracketed, readLanguages}, {"Article in ", languagesOnly, readLanguages}, {"[in ", bracketed, readLanguages}, {"[In ", bracketed, readLanguages},
	{"[Indexed for MEDLINE]", nothing, readStatus("Indexed for MEDLINE")}, {"[PubMed - ", bracketed, readStatus("")}, {"[Preprint]", nothing, readPreprint},
	{"p. ", pages, readPages}, {"pp. ", pages, readPages},
	{"Corrected and republished in", relation, related(record.RepublishedIn)}, {"Corrected and republished from", relation, related(record.RepublishedOf)},
	{"Retracted and republished in", relation, related(record.RepublishedIn)}, {"Retracted and republished from", relation, related(record.RepublishedOf)},
	{"Republished in", relation, related(record.RepublishedIn)}, {"Republished from", relation, related(record.RepublishedOf)},
	{"Retraction in", relation, related(record.RetractionIn)}, {"Retraction of", relation, related(record.RetractionOf)},
	{"Retracted in", relation, related(record.RetractionIn)}, {"Partial retraction in", relation, related(record.RetractionIn)},
	{"Erratum in", relation, related(record.ErratumIn)}, {"Erratum for", relation, related(record.ErratumFor)},
	{"Expression of concern in", relation, related(record.ConcernIn)}, {"Expression of concern for", relation, related(record.ConcernFor)},
	{"Comment in", relation, related(record.CommentIn)}, {"Comment on", relation, related(record.CommentOn)},
	{"Update in", relation, related(record.UpdateIn)}, {"Update of", relation, related(record.UpdateOf)},
}

// noteAt reads the note that begins at i with a label. end is -1 where none does.
func noteAt(s string, i int) (n note, end int) {
	rest := s[i:]
	for k := range labels {
		word := labels[k].word
		if len(rest) < len(word) || rest[0]|0x20 != word[0]|0x20 || !strings.EqualFold(rest[:len(word)], word) {
			continue
		}
		l := labels[k]
		from := i + len(l.word)
		if last := l.word[len(l.word)-1]; isLetter(last) && from < len(s) && isLetter(s[from]) && l.word != "http" {
			continue
		}
		for from < len(s) && (s[from] == ' ' || s[from] == ':') && l.word != "http" {
			from++
		}
		end, ok := l.span(s, from)
		if !ok {
			continue
		}
		value := s[from:end]
		switch l.word {
		case "http", "www.":
			value = s[i:end]
		case "[PubMed - ":
			value = "PubMed - " + strings.TrimSuffix(value, "]")
		}
		return note{label: l, text: strings.TrimRight(value, " ")}, end
	}
	return note{}, -1
}

// The spans of values.

func nothing(_ string, from int) (int, bool) { return from, true }

// token is a value without blanks.
func token(s string, from int) (int, bool) {
	k := from
	for k < len(s) && s[k] != ' ' {
		k++
	}
	for k > from && strings.IndexByte(".,;", s[k-1]) >= 0 {
		k--
	}
	return k, k > from
}

// link is a token that may end in an ellipsis, where a page cut it short.
func link(s string, from int) (int, bool) {
	end, ok := token(s, from)
	if strings.HasPrefix(s[end:], "..") {
		for end < len(s) && s[end] == '.' {
			end++
		}
	}
	return end, ok
}

func number(s string, from int) (int, bool) {
	k := from
	for k < len(s) && isDigit(s[k]) {
		k++
	}
	return k, k > from
}

// digitsOnly is a number that stands right behind its label: "PMC7312261".
func digitsOnly(s string, from int) (int, bool) {
	if from > 0 && s[from-1] == ' ' {
		return from, false
	}
	return number(s, from)
}

// sentence is a value that a point ends.
func sentence(s string, from int) (int, bool) {
	k := from
	for k < len(s) && !endsSentence(s, k) {
		k++
	}
	return k, k > from
}

// longBracket is more than a remark in brackets has bytes.
const longBracket = 200

func bracketed(s string, from int) (int, bool) {
	end := strings.IndexByte(s[from:min(len(s), from+longBracket)], ']')
	return from + end + 1, end >= 0
}

func needDate(s string, from int) (int, bool) {
	if !isYear(s, from) {
		return from, false
	}
	return dateEnd(s, from), true
}

func optionalDate(s string, from int) (int, bool) {
	if end, ok := needDate(s, from); ok {
		return end, true
	}
	return from, from >= len(s) || s[from-1] == ' ' || strings.IndexByte(".;,]", s[from]) >= 0
}

// linkAhead is a link, with or without words before it.
func linkAhead(s string, from int) (int, bool) {
	i := strings.Index(s[from:min(len(s), from+longRemark)], "http")
	if i < 0 {
		return from, false
	}
	return link(s, from+i)
}

func pages(s string, from int) (int, bool) { return pagesEnd(s, from) }

// languagesOnly is a value of names of languages.
func languagesOnly(s string, from int) (int, bool) {
	end, ok := sentence(s, from)
	return end, ok && isLanguages(strings.TrimSuffix(s[from:end], "]"))
}

// relation is the citation of another work: it goes to the next label of its
// kind, or to the number of the record itself, which PubMed puts last.
func relation(s string, from int) (int, bool) {
	for k := from; k < len(s); {
		i := strings.IndexByte(s[k:], '.')
		if i < 0 {
			break
		}
		k = skipBlanks(s, k+i+1)
		if strings.HasPrefix(s[k:], "PMID:") || strings.HasPrefix(s[k:], "PMCID:") {
			return k, true
		}
		for _, word := range relations {
			if strings.HasPrefix(s[k:], word) {
				return k, true
			}
		}
	}
	return len(s), from < len(s)
}

// relations are the labels that point to another work. Each begins one of the
// table, and ends what stands behind the one before it.
var relations = [...]string{"Corrected and republished", "Retracted and republished", "Republished in", "Republished from", "Retraction in", "Retraction of",
	"Retracted in", "Partial retraction in", "Erratum in", "Erratum for", "Expression of concern", "Comment in", "Comment on", "Update in", "Update of"}

// isRelation tells whether a label points to another work.
func isRelation(l label) bool {
	for _, word := range relations {
		if strings.HasPrefix(l.word, word) {
			return true
		}
	}
	return false
}

// The places of values.

func readDOI(r *record.Record, value string) {
	doi, ok := record.ParseDOI(value)
	switch {
	case !ok:
		if doi, _, _ = record.FindDOI(value); doi == "" {
			r.Extra = append(r.Extra, record.ExtraTag{Tag: "doi", Value: value, Line: r.Source.Line})
			r.Problems = append(r.Problems, record.Problem{Line: r.Source.Line, Tag: "doi", Code: record.CodeDOI, Value: value,
				Text: "expected a DOI such as 10.5555/12345678; it is kept as it is"})
			return
		}
		fallthrough
	case r.DOI == "":
		r.DOI = doi
	case r.DOI != doi:
		r.Identifiers = append(r.Identifiers, record.Identifier{Scheme: "doi", Value: string(doi)})
	}
}

func readPMID(r *record.Record, value string) {
	id, ok := record.ParsePMID(value)
	switch {
	case ok && r.PMID == "":
		r.PMID = id
	case ok && r.PMID == id:
	default:
		keepNumber(r, "PMID", value, ok)
	}
}

func readPMCID(r *record.Record, value string) {
	id, ok := record.ParsePMCID(value)
	switch {
	case ok && r.PMCID == "":
		r.PMCID = id
	case ok && r.PMCID == id:
	default:
		keepNumber(r, "PMCID", value, ok)
	}
}

// keepNumber keeps a number that has no place: of wrong form, or a second one.
func keepNumber(r *record.Record, tag, value string, ok bool) {
	r.Extra = append(r.Extra, record.ExtraTag{Tag: tag, Value: value, Line: r.Source.Line})
	p := record.Problem{Line: r.Source.Line, Tag: tag, Code: record.CodeIdentifier, Value: value, Text: "no number of PubMed has this form; it is kept as it is"}
	if ok {
		p.Code, p.Text = record.CodeRepeatedTag, "a further number; the first stands, this one is kept as it is"
	}
	r.Problems = append(r.Problems, p)
}

func readPII(r *record.Record, value string) {
	r.Identifiers = append(r.Identifiers, record.Identifier{Scheme: "pii", Value: value})
}

func readISBN(r *record.Record, value string) {
	if id, ok := record.ParseISBN(value); ok {
		r.In.ISBN = append(r.In.ISBN, id)
		return
	}
	keepNumber(r, "ISBN", value, false)
}

func readURL(r *record.Record, value string) {
	if doi, ok := record.ParseDOI(value); ok && r.DOI == "" {
		r.DOI = doi
		return
	}
	if strings.HasSuffix(value, "..") || strings.HasSuffix(value, "…") {
		r.Extra = append(r.Extra, record.ExtraTag{Tag: "url", Value: value, Line: r.Source.Line})
		r.Problems = append(r.Problems, record.Problem{Line: r.Source.Line, Tag: "url", Code: record.CodeSyntax, Value: value, Text: "the link is cut short and leads nowhere; it is kept as it is"})
		return
	}
	r.URLs = append(r.URLs, value)
}

func readAhead(r *record.Record, value string) {
	r.Status = "aheadofprint"
	if value != "" {
		readEvent(record.Electronic, "")(r, value)
	}
}

func readInPress(r *record.Record, _ string) { r.Date.InPress = true }

func readEvent(kind record.EventKind, name string) func(*record.Record, string) {
	return func(r *record.Record, value string) {
		if d, ok := record.ParseDate(value); ok {
			r.Events = append(r.Events, record.Event{Kind: kind, Name: name, Date: d})
		}
	}
}

// readAccessed reads "cited 2019 Mar 30" and what other dates stand beside it,
// behind a semicolon: "updated 2019 Mar 1; cited 2019 Mar 30".
func readAccessed(r *record.Record, value string) {
	for part := range strings.SplitSeq(strings.TrimSuffix(value, "]"), ";") {
		part = strings.TrimSpace(part)
		word, date, ok := strings.Cut(part, " ")
		kind := record.Accessed
		switch strings.ToLower(word) {
		case "updated", "revised", "modified":
			kind = record.Revised
		case "cited", "accessed", "retrieved":
		default:
			date, ok = part, part != ""
		}
		if d, isDate := record.ParseDate(date); ok && isDate {
			r.Events = append(r.Events, record.Event{Kind: kind, Date: d})
		}
	}
}

// readLanguages reads "French", "Chinese, English" and what may follow them in a
// bracket: "French; Abstract in English".
func readLanguages(r *record.Record, value string) {
	value, _, _ = strings.Cut(strings.TrimSuffix(value, "]"), ";")
	for name := range strings.SplitSeq(value, ",") {
		if name = strings.TrimSpace(name); name != "" {
			r.Languages = append(r.Languages, record.Language(name))
		}
	}
}

// isLanguages tells whether a text is a list of names of languages.
func isLanguages(s string) bool {
	for name := range strings.SplitSeq(s, ",") {
		name = strings.TrimSpace(name)
		if len(name) <= len("und") || !isUpperAt(name, 0) || !record.KnownLanguage(name) {
			return false
		}
	}
	return true
}

func readStatus(status string) func(*record.Record, string) {
	return func(r *record.Record, value string) {
		if r.Status = status; status == "" {
			r.Status = value
		}
	}
}

func readPreprint(r *record.Record, _ string) { r.Kind = record.Preprint }

func readPages(r *record.Record, value string) {
	if r.In.Pages == "" {
		r.In.Pages = value
	}
}

// related makes the reader of a relation, which is cited in words.
func related(kind record.RelationKind) func(*record.Record, string) {
	return func(r *record.Record, value string) {
		x := record.Relation{Kind: kind, Text: value}
		x.DOI, _, _ = record.FindDOI(value)
		if _, digits, ok := strings.Cut(value, "PMID: "); ok {
			end, _ := number(digits, 0)
			x.PMID, _ = record.ParsePMID(digits[:end])
		}
		r.Relations = append(r.Relations, x)
	}
}

// publicationTypes are the types of NLM that PubMed shows behind a citation.
var publicationTypes = map[string]string{
	"Review": "Review", "Systematic Review": "Systematic Review", "Meta-Analysis": "Meta-Analysis", "Scoping Review": "Scoping Review", "Network Meta-Analysis": "Network Meta-Analysis",
	"Clinical Trial": "Clinical Trial", "Randomized Controlled Trial": "Randomized Controlled Trial", "Controlled Clinical Trial": "Controlled Clinical Trial",
	"Clinical Trial Protocol": "Clinical Trial Protocol", "Pragmatic Clinical Trial": "Pragmatic Clinical Trial", "Equivalence Trial": "Equivalence Trial",
	"Adaptive Clinical Trial": "Adaptive Clinical Trial", "Clinical Study": "Clinical Study", "Observational Study": "Observational Study", "Multicenter Study": "Multicenter Study",
	"Clinical Trial, Phase I": "Clinical Trial, Phase I", "Clinical Trial, Phase II": "Clinical Trial, Phase II", "Clinical Trial, Phase III": "Clinical Trial, Phase III", "Clinical Trial, Phase IV": "Clinical Trial, Phase IV",
	"Comparative Study": "Comparative Study", "Evaluation Study": "Evaluation Study", "Validation Study": "Validation Study", "Twin Study": "Twin Study",
	"Case Reports": "Case Reports", "Letter": "Letter", "Editorial": "Editorial", "Comment": "Comment", "News": "News", "Biography": "Biography", "Interview": "Interview",
	"Guideline": "Guideline", "Practice Guideline": "Practice Guideline", "Historical Article": "Historical Article", "Introductory Journal Article": "Introductory Journal Article",
	"Published Erratum": "Published Erratum", "Retraction of Publication": "Retraction of Publication", "Retraction Notice": "Retraction Notice", "Expression of Concern": "Expression of Concern",
	"Retracted Publication": "Retracted Publication", "Retracted": "Retracted Publication", "Retracted article": "Retracted Publication", "Retracted Article": "Retracted Publication",
	"Preprint": "Preprint", "Dataset": "Dataset", "Technical Report": "Technical Report", "Consensus Development Conference": "Consensus Development Conference", "Consensus Statement": "Consensus Statement",
	"Lecture": "Lecture", "Personal Narrative": "Personal Narrative", "Video-Audio Media": "Video-Audio Media", "Patient Education Handout": "Patient Education Handout", "Corrected and Republished Article": "Corrected and Republished Article",
}

// accessWords say where the text can be had; a record has no field for them.
var accessWords = map[string]bool{"Free PMC article": true, "Free article": true, "Free Books & Documents": true, "Free full text": true, "No abstract available": true,
	"Abstract available": true, "Free PMC Article": true, "Free Article": true, "Author manuscript": true, "Open access": true, "Free text": true, "Free eBook": true}

// linkWords are the words of the links that pages put behind a citation.
var linkWords = map[string]bool{"DOI": true, "PubMed": true, "PMC": true, "Google Scholar": true, "CrossRef": true, "Crossref": true, "Full text": true, "Article": true,
	"PMC free article": true, "Ref list": true, "View Article": true, "Scopus": true, "Web of Science": true, "MEDLINE": true, "CAS": true, "ISI": true, "PubMed Abstract": true,
	"CrossRef Full Text": true, "PubMed Central": true, "Medline": true, "Free Full Text": true, "Publisher Full Text": true, "Full Text": true, "Abstract": true, "Link": true}

// notes reads the notes from i to the end of s and appends them to p.notes. left
// is how many bytes are of no note.
func (p *parser) readNotes(s string, i int) (left int) {
	for {
		for i < len(s) && strings.IndexByte(" .;,|", s[i]) >= 0 {
			i++
		}
		if i == len(s) {
			return left
		}
		if n, end := noteAt(s, i); end >= 0 {
			p.notes = append(p.notes, n)
			i = end
			continue
		}
		end, _ := sentence(s, i)
		text := strings.TrimSpace(s[i:end])
		n := note{kind: kindOf(text), text: text}
		if n.kind == residue {
			if k, again := p.repeated(s, i); again {
				i = k
				continue
			}
			if k := strings.Index(text, " - "); k > 0 { // "Review - DOI"
				end, text = i+k, text[:k]
				n = note{kind: kindOf(text), text: text}
			} else if k = linkStart(text); k > 0 {
				end, text = i+k, strings.TrimSpace(text[:k])
				n = note{kind: kindOf(text), text: text}
			}
			if n.kind == residue {
				left += len(text)
			}
		}
		p.notes = append(p.notes, n)
		i = max(end, i+1)
	}
}

// linkStart gives where a link or an identifier begins in a text, behind a
// blank; 0 where none does.
func linkStart(s string) int {
	for k := 1; k < len(s); k++ {
		if s[k-1] == ' ' && (s[k] == 'h' || s[k] == 'd' || s[k] == 'P' || s[k] == '[') {
			if n, end := noteAt(s, k); end >= 0 && !isRelation(n.label) {
				return k
			}
		}
	}
	return 0
}

// kindOf tells what a note without a label says.
func kindOf(text string) kind {
	switch {
	case publicationTypes[text] != "":
		return ofType
	case accessWords[text]:
		return ofAccess
	case isLinks(text):
		return ofLinks
	case isLanguages(text):
		return ofLanguage
	}
	return residue
}

// isLinks tells whether a text is the words of links: "- DOI - PubMed",
// "[PubMed] [CrossRef]", "Google Scholar".
func isLinks(s string) bool {
	any := false
	for len(s) > 0 {
		s = strings.TrimLeft(s, " -–•·|[]().")
		end := strings.IndexAny(s, "-–•·|[]")
		if end < 0 {
			end = len(s)
		}
		if word := strings.TrimSpace(s[:end]); word != "" {
			if !linkWords[word] {
				return false
			}
			any = true
		}
		s = s[end:]
	}
	return any
}
