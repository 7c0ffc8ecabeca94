package pubmed

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// relations are NLM's words for links between citations: the tag of MEDLINE and
// the RefType of XML. The first row of a kind is the one it is written with.
// Summaries for patients and original reports have no kind of their own and
// stay in Extra.
var relations = []struct {
	tag, refType string
	kind         record.RelationKind
}{
	{"CIN", "CommentIn", record.CommentIn}, {"CON", "CommentOn", record.CommentOn},
	{"EIN", "ErratumIn", record.ErratumIn}, {"EFR", "ErratumFor", record.ErratumFor},
	{"RIN", "RetractionIn", record.RetractionIn}, {"ROF", "RetractionOf", record.RetractionOf},
	{"ECI", "ExpressionOfConcernIn", record.ConcernIn}, {"ECF", "ExpressionOfConcernFor", record.ConcernFor},
	{"UIN", "UpdateIn", record.UpdateIn}, {"UOF", "UpdateOf", record.UpdateOf},
	{"RPI", "RepublishedIn", record.RepublishedIn}, {"RPF", "RepublishedFrom", record.RepublishedOf},
	{"CRI", "CorrectedandRepublishedIn", record.RepublishedIn}, {"CRF", "CorrectedandRepublishedFrom", record.RepublishedOf},
	{"RRI", "RetractedandRepublishedIn", record.RetractionIn}, {"RRF", "RetractedandRepublishedFrom", record.RepublishedOf},
	{"RPI", "ReprintIn", record.RepublishedIn}, {"RPF", "ReprintOf", record.RepublishedOf},
	{"DDIN", "AssociatedPublication", record.ReportedIn}, {"DRIN", "AssociatedDataset", record.DataIn},
	{"SPIN", "SummaryForPatientsIn", ""}, {"ORI", "OriginalReportIn", ""},
	{"", "Cites", record.Cites},
}

// statuses are NLM's words for the dates of a citation's history, in the order
// in which events stand in a record.
var statuses = []struct {
	status string
	kind   record.EventKind
	name   string
}{
	{"received", record.Received, ""}, {"revised", record.Revised, ""}, {"accepted", record.Accepted, ""},
	{"epublish", record.Electronic, "epublish"}, {"aheadofprint", record.Electronic, "aheadofprint"},
	{"ecollection", record.Electronic, "ecollection"}, {"ppublish", record.Print, "ppublish"},
	{"entrez", record.Entered, "entrez"}, {"pubmed", record.Entered, "pubmed"}, {"medline", record.Indexed, "medline"},
}

// occasion is what happened to a work or its record on a date: the kind and name
// of an event, and the rank by which events are ordered.
type occasion struct {
	kind record.EventKind
	name string
	rank int
}

// occasionOf is the occasion of a tag of its own. Those stand before the history,
// in which events have the order of its words.
func occasionOf(kind record.EventKind, name string) occasion {
	if kind == "" {
		return occasion{kind, name, len(statuses) + 1}
	}
	for i, s := range statuses {
		if s.kind == kind && s.name == name {
			return occasion{kind, name, i + 1}
		}
	}
	return occasion{kind, name, 0}
}

// historyOccasion is the occasion behind a word of NLM's history; a word that is
// not in the list becomes the event's name.
func historyOccasion(status string) occasion {
	for i := range statuses {
		if statuses[i].status == status {
			return occasion{statuses[i].kind, statuses[i].name, i + 1}
		}
	}
	return occasion{"", status, len(statuses) + 1}
}

// historyStatus is the way back; "" for an event that is not of the history.
func historyStatus(e record.Event) string {
	for _, s := range statuses {
		if s.kind == e.Kind && s.name == e.Name {
			return s.status
		}
	}
	if e.Kind == "" && e.Name != contribution {
		return e.Name
	}
	return ""
}

// contribution names the date on which a part of a book was contributed.
const contribution = "contribution"

// occasionRanks is how many ranks occasions have.
var occasionRanks = len(statuses) + 2

// registers are the names of registers of trials and reviews among NLM's data
// banks; all others hold sequences, structures and data sets.
var registers = []string{"ClinicalTrials.gov", "ISRCTN", "EudraCT", "ANZCTR", "ChiCTR", "CRiS", "CTRI", "DRKS", "IRCT", "JapicCTI", "JMACCT",
	"JPRN", "NTR", "PACTR", "ReBec", "REPEC", "RPCEC", "SLCTR", "TCTR", "UMIN-CTR", "UMIN CTR", "PROSPERO"}

func isRegister(bank string) bool {
	for _, r := range registers {
		if strings.EqualFold(r, bank) {
			return true
		}
	}
	return false
}

// abstractKinds are the types of other abstracts, as XML has them and as
// Abstract.Kind does.
var abstractKinds = []struct{ nlm, kind string }{
	{"Publisher", "publisher"}, {"plain-language-summary", "plain-language-summary"}, {"AAMC", "aamc"},
	{"AIDS", "aids"}, {"KIE", "kie"}, {"PIP", "pip"}, {"NASA", "nasa"},
}

func abstractKind(nlm string) string {
	for _, k := range abstractKinds {
		if strings.EqualFold(k.nlm, nlm) {
			return k.kind
		}
	}
	return strings.ToLower(nlm)
}

func abstractType(kind string) string {
	for _, k := range abstractKinds {
		if k.kind == kind {
			return k.nlm
		}
	}
	return abstractKinds[0].nlm
}

// isSuffix tells a generational suffix from the initials of a given name.
func isSuffix(word string) bool {
	word = strings.TrimSuffix(word, ".")
	var low [3]byte
	if len(word) < 2 || len(word) > len(low) {
		return false
	}
	for i := range len(word) {
		low[i] = word[i] | 0x20 // capitals become small, digits stay
	}
	switch string(low[:len(word)]) {
	case "jr", "sr", "2nd", "3rd", "4th", "5th", "6th", "ii", "iii", "iv":
		return true
	}
	return false
}

// isNumeral tells whether a suffix is a Roman numeral, which initials may be too.
func isNumeral(suffix string) bool { return strings.Trim(suffix, "ivIV") == "" }

// fullName reads a name as FAU has it: "Family, Given Names Suffix". A name
// without a comma is a family name.
func fullName(s string) record.Name {
	family, given, _ := strings.Cut(s, ",")
	n := record.Name{Family: trimBlanks(family), Given: trimBlanks(given)}
	if n.Family == "" {
		return record.Name{Family: n.Given}
	}
	cut := len(n.Given)
	for cut > 0 && n.Given[cut-1] != ' ' && n.Given[cut-1] != ',' {
		cut--
	}
	last := n.Given[cut:]
	if !isSuffix(last) {
		return n
	}
	rest := strings.TrimRight(n.Given[:cut], " ,")
	// "Ilya II" has a suffix, "Petrov, I V" has none.
	if !isNumeral(last) || len(rest) > 1 {
		n.Given, n.Suffix = rest, last
	}
	return n
}

// shortName reads a name as AU has it: "van der Berg AM Jr". One with a comma is
// a full name in the wrong place.
func shortName(s string) record.Name {
	if strings.Contains(s, ",") {
		return fullName(s)
	}
	words := strings.Fields(s)
	n := record.Name{}
	if len(words) > 2 && isSuffix(words[len(words)-1]) {
		n.Suffix = words[len(words)-1]
		words = words[:len(words)-1]
	}
	if len(words) > 1 {
		n.Given = words[len(words)-1]
		words = words[:len(words)-1]
	}
	n.Family = strings.Join(words, " ")
	return n
}

// full writes a name as FAU has it. A comma inside a family name would move the
// border between its parts, and is left out.
func full(n record.Name) string {
	if n.Literal != "" {
		return strings.ReplaceAll(n.Literal, ",", "")
	}
	s := strings.ReplaceAll(n.Family, ",", "")
	if s == "" {
		return strings.ReplaceAll(n.Given, ",", "")
	}
	if rest := strings.TrimSpace(n.Given + " " + n.Suffix); rest != "" {
		s += ", " + rest
	}
	return s
}

// parseGrant reads a grant as GR has it: ID/Acronym/Agency/Country, where the ID,
// the acronym or both may be missing and an ID may hold slashes.
func parseGrant(s string) record.Grant {
	head, country, ok := cutLast(s, "/")
	if !ok {
		return record.Grant{ID: s}
	}
	g := record.Grant{Country: country}
	if head, g.Agency, ok = cutLast(head, "/"); !ok {
		g.Agency = head
		return g
	}
	before, last, several := cutLast(head, "/")
	switch {
	case several && isAcronym(last):
		g.ID, g.Acronym = before, last
	case !several && isAcronym(head):
		g.Acronym = head
	default:
		g.ID = head
	}
	return g
}

// isAcronym tells the letters of an institute from a number.
func isAcronym(s string) bool {
	if len(s) < 2 || len(s) > 6 {
		return false
	}
	for _, c := range []byte(s) {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '_' {
			return false
		}
	}
	return true
}

// grantLine is the way back. The slashes that stand for what is missing keep
// the other parts in their places.
func grantLine(g record.Grant) string {
	s := g.Agency + "/" + g.Country
	if g.Acronym != "" {
		s = g.Acronym + "/" + s
	}
	if g.ID != "" {
		s = g.ID + "/" + s
	}
	return s
}

// mesh names the scheme of NLM's headings, supplementary that of its
// supplementary concepts.
const (
	mesh          = "mesh"
	supplementary = "mesh-supplementary"
)

// meshHeading reads a heading as MH has it: "*Kites/methods/*trends".
func (b *builder) meshHeading(s string) record.Heading {
	term, rest, more := strings.Cut(s, "/")
	h := record.Heading{Scheme: mesh}
	h.Term, h.Major = cutStar(term)
	for more {
		var q string
		q, rest, more = strings.Cut(rest, "/")
		var qualifier record.Qualifier
		qualifier.Term, qualifier.Major = cutStar(q)
		if qualifier.Term != "" {
			h.Qualifiers = b.qualifiers.add(h.Qualifiers, qualifier)
		}
	}
	return h
}

// trimBlanks takes the blanks off the ends of a part of a tidy value, which has
// no other white space.
func trimBlanks(s string) string {
	for len(s) > 0 && s[0] == ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return s
}

func cutStar(s string) (term string, major bool) {
	term, major = strings.CutPrefix(trimBlanks(s), "*")
	return trimBlanks(term), major
}

// nlmTitle writes a title as NLM does: in brackets when it is a translation,
// with a point at its end.
func nlmTitle(r *record.Record) string {
	t := r.Title
	switch {
	case t == "" && r.OriginalTitle == "":
		return ""
	case t == "" || t == r.OriginalTitle:
		t = notAvailable
	}
	if translated(r) && !(strings.HasPrefix(t, "[") && strings.HasSuffix(t, "]")) {
		t = "[" + t + "]"
	}
	return pointed(t)
}

// pointed ends a title with a point where no other mark does.
func pointed(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + "."
}

// ours lists the tags in a record's Extra that are this package's: a record that
// another format read has tags of another meaning there.
func ours(r *record.Record) record.Extra { return r.ExtraFor(nameMEDLINE, nameXML) }

// extra lists the values of a tag that this package put into Extra. Its tags have
// no colon, so that those of another format in a merged record cannot be meant.
func extra(r *record.Record, tag string) []string {
	if len(r.Extra) == 0 || r.Source.Format != "" && r.Source.Format != nameMEDLINE && r.Source.Format != nameXML {
		return nil
	}
	return r.Extra.All(tag)
}

// validPMID is the record's PMID if it has the form of one, else "".
func validPMID(r *record.Record) string {
	id, _ := record.ParsePMID(string(r.PMID))
	return string(id)
}
