package ris

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Format is RIS as a value for record.ReadOptions and record.NewWriter.
func Format() record.Format {
	return record.Format{
		Name: "ris", Title: "RIS", Extensions: []string{".ris", ".txt"},
		Sniff: sniff, Decode: decode, Encode: encode,
	}
}

// field is one tag: what its values become, and what is written under it.
// Values of a tag without read are kept in Record.Extra.
type field struct {
	tag   string
	read  func(*builder, item)
	write func(*printer, *record.Record)
}

// fields are the tags in the order in which they are written.
var fields = []field{
	{"ID", (*builder).id, func(p *printer, r *record.Record) { p.line("ID", r.OwnKey()) }},
	{"TI", (*builder).title, func(p *printer, r *record.Record) { p.line("TI", r.Title) }},
	{"T1", (*builder).title, nil},
	{"CT", (*builder).title, nil},
	{"BT", (*builder).bookTitle, nil},
	{"ST", (*builder).shortTitle, func(p *printer, r *record.Record) { p.line("ST", r.ShortTitle) }},
	{"OP", single(func(r *record.Record) *string { return &r.OriginalTitle }), func(p *printer, r *record.Record) { p.line("OP", r.OriginalTitle) }},
	{"AU", person(record.Author), (*printer).authors},
	{"A1", person(record.Author), nil},
	{"ED", person(record.Editor), seatedPeople("ED")},
	{"A2", (*builder).secondPerson, seatedPeople("A2")},
	{"A3", seated(1), seatedPeople("A3")},
	{"A4", seated(2), seatedPeople("A4")},
	{"AI", (*builder).orcid, (*printer).orcids},
	{"AD", (*builder).affiliation, (*printer).affiliations},
	{"T2", (*builder).secondTitle, (*printer).secondTitle},
	{"JF", journal(fullTitle), (*printer).journal},
	{"JO", journal(eitherTitle), nil},
	{"JA", journal(abbreviation), nil},
	{"J2", journal(abbreviation), func(p *printer, r *record.Record) { p.line("J2", r.In.Abbrev) }},
	{"J1", journal(abbreviation), nil},
	{"JI", journal(abbreviation), nil},
	{"J9", journal(shortest), nil},
	{"NL", journal(shortest), nil},
	{"T3", (*builder).series, (*printer).series},
	{"SV", single(func(r *record.Record) *string { return &r.In.SeriesVolume }), func(p *printer, r *record.Record) { p.line("SV", r.In.SeriesVolume) }},
	{"PY", date, (*printer).year},
	{"Y1", date, nil},
	{"DA", date, (*printer).date},
	{"Y2", (*builder).accessed, (*printer).accessed},
	{"VL", (*builder).volume, func(p *printer, r *record.Record) { p.line("VL", r.In.Volume) }},
	{"IS", (*builder).issue, func(p *printer, r *record.Record) { p.line("IS", r.In.Issue) }},
	{"CP", (*builder).issueOrEvent, func(p *printer, r *record.Record) { p.line("CP", r.In.Event) }},
	{"SP", startPage, (*printer).pages},
	{"EP", endPage, nil},
	{"C7", (*builder).articleNumber, func(p *printer, r *record.Record) { p.line("C7", r.In.ArticleNumber) }},
	{"ET", (*builder).edition, (*printer).edition},
	{"PB", (*builder).publisher, func(p *printer, r *record.Record) { p.line("PB", r.In.Publisher) }},
	{"PU", (*builder).publisher, nil},
	{"CY", (*builder).place, (*printer).place},
	{"PI", single(func(r *record.Record) *string { return &r.In.Place }), nil},
	{"PP", single(func(r *record.Record) *string { return &r.In.Place }), nil},
	{"SN", (*builder).serialNumber, (*printer).serialNumbers},
	{"DO", (*builder).doi, (*printer).dois},
	{"PMID", (*builder).pmid, nil},
	{"AN", (*builder).accession, (*printer).accessions},
	{"C2", (*builder).custom, func(p *printer, r *record.Record) { p.line("C2", string(r.PMCID)) }},
	{"C8", (*builder).custom, (*printer).registrations},
	{"U1", (*builder).custom, (*printer).identifiers},
	{"C1", (*builder).custom, nil},
	{"C3", (*builder).thirdCustom, nil},
	{"C4", (*builder).custom, nil},
	{"C5", (*builder).custom, nil},
	{"C6", (*builder).earlyAccess, (*printer).earlyAccess},
	{"U2", (*builder).custom, nil},
	{"U3", (*builder).custom, nil},
	{"U4", (*builder).custom, nil},
	{"U5", (*builder).custom, nil},
	{"M1", (*builder).firstMisc, (*printer).firstMisc},
	{"M2", (*builder).affiliation, nil},
	{"M3", (*builder).workType, (*printer).types},
	{"PT", (*builder).publicationType, nil},
	{"AB", (*builder).abstract, func(p *printer, r *record.Record) { p.line("AB", r.Abstract.Text) }},
	{"N2", (*builder).secondAbstract, nil},
	{"KW", (*builder).keyword, (*printer).keywords},
	{"LA", (*builder).language, (*printer).languages},
	{"N1", (*builder).readNote, (*printer).notes},
	{"RN", (*builder).note, nil},
	{"FU", (*builder).funding, (*printer).funding},
	{"UR", (*builder).link, (*printer).links},
	{"L1", (*builder).link, nil},
	{"L2", (*builder).link, nil},
	{"L3", (*builder).link, nil},
	{"L4", (*builder).link, nil},
	{"LK", (*builder).link, nil},
	{"DB", (*builder).database, func(p *printer, r *record.Record) { p.line("DB", r.Source.Database) }},
	{"DP", (*builder).platform, func(p *printer, r *record.Record) { p.line("DP", r.Source.Platform) }},
	// Tags of the specification and of the dialects that no field holds.
	{tag: "A5"}, {tag: "AV"}, {tag: "CA"}, {tag: "CC"}, {tag: "CN"}, {tag: "DC"}, {tag: "DS"}, {tag: "ES"}, {tag: "FX"},
	{tag: "H1"}, {tag: "H2"}, {tag: "JP"}, {tag: "L5"}, {tag: "LB"}, {tag: "M4"}, {tag: "MA"}, {tag: "NO"}, {tag: "NS"},
	{tag: "NV"}, {tag: "PA"}, {tag: "PD"}, {tag: "PG"}, {tag: "RI"}, {tag: "RP"}, {tag: "SE"}, {tag: "SO"}, {tag: "TA"}, {tag: "TS"}, {tag: "TT"},
	{tag: "WE"}, {tag: "WT"}, {tag: "WV"}, {tag: "Y3"}, {tag: "YR"},
}

// slot is a field with what the decoder and the builder ask of its tag.
type slot struct {
	field
	person  bool // its values are people
	origin  bool // it may say which database or platform the record is from
	short   bool // its values are too short to be wrapped
	unknown bool // the table does not have it
}

// The slots of the tags that begin and end a record.
var (
	typeSlot = &slot{field: field{tag: "TY"}}
	endSlot  = &slot{field: field{tag: "ER"}}
)

// The tags whose slots have these marks.
const (
	personTags = "AU A1 ED A2 A3 A4"
	originTags = "DB DP AN ID UR L1 L2 L3 L4 LK"
	shortTags  = "PY Y1 DA VL IS SP EP DO LA AU A1"
)

// known finds a slot by its tag.
var known = func() map[string]*slot {
	m := make(map[string]*slot, len(fields))
	for _, f := range fields {
		m[f.tag] = &slot{field: f, person: strings.Contains(personTags, f.tag), origin: strings.Contains(originTags, f.tag), short: strings.Contains(shortTags, f.tag)}
	}
	return m
}()

// Tags of two signs are found by number: the signs from 0 to Z, of which there
// are this many.
const signs = 'Z' - '0' + 1

// slots has the slots of tags of two signs at the place of slotAt.
var slots = func() *[signs * signs]*slot {
	var all [signs * signs]*slot
	for tag, s := range known {
		if len(tag) == 2 {
			all[int(tag[0]-'0')*signs+int(tag[1]-'0')] = s
		}
	}
	return &all
}()

// slotOf finds the slot of a tag of two signs, nil where the table has none.
func slotOf(a, b byte) *slot {
	if a -= '0'; a >= signs {
		return nil
	}
	if b -= '0'; b >= signs {
		return nil
	}
	return slots[int(a)*signs+int(b)]
}

// workKind is a type of work as TY names it.
type workKind struct {
	code string
	kind record.Kind
}

// kinds are the codes of TY; of several for one kind the first is written.
var kinds = []workKind{
	{"JOUR", record.JournalArticle}, {"EJOUR", record.JournalArticle}, {"JFULL", record.JournalArticle}, {"ABST", record.JournalArticle}, {"INPR", record.JournalArticle},
	{"MGZN", record.MagazineArticle}, {"NEWS", record.NewspaperArticle},
	{"BOOK", record.Book}, {"EBOOK", record.Book}, {"CLSWK", record.Book}, {"EDBOOK", record.EditedBook},
	{"CHAP", record.Chapter}, {"ECHAP", record.Chapter}, {"ENCYC", record.ReferenceEntry}, {"DICT", record.ReferenceEntry},
	{"CONF", record.ConferencePaper}, {"CPAPER", record.ConferencePaper}, {"THES", record.Thesis}, {"RPRT", record.Report}, {"GOVDOC", record.Report},
	{"DATA", record.Dataset}, {"AGGR", record.Dataset}, {"DBASE", record.Dataset}, {"COMP", record.Software}, {"PAT", record.Patent},
	{"ELEC", record.Webpage}, {"WEB", record.Webpage}, {"BLOG", record.Webpage}, {"ICOMM", record.Webpage}, {"STAND", record.Standard},
	{"CASE", record.Legal}, {"STAT", record.Legal}, {"BILL", record.Legal}, {"UNBILL", record.Legal}, {"UNBIL", record.Legal}, {"HEAR", record.Legal}, {"LEGAL", record.Legal},
	{"UNPB", record.Manuscript}, {"UNPD", record.Manuscript}, {"MANSCPT", record.Manuscript},
	{"VIDEO", record.Audiovisual}, {"SOUND", record.Audiovisual}, {"MPCT", record.Audiovisual}, {"MUSIC", record.Audiovisual}, {"MULTI", record.Audiovisual},
	{"ADVS", record.Audiovisual}, {"SLIDE", record.Audiovisual}, {"ART", record.Audiovisual}, {"FIGURE", record.Audiovisual}, {"CHART", record.Audiovisual},
	{"GEN", record.KindUnknown},
	{"MISC", record.Other}, {"MAP", record.Other}, {"GRNT", record.Other}, {"GRANT", record.Other}, {"EQUA", record.Other}, {"PCOMM", record.Other}, {"CTLG", record.Other},
	{"SER", record.Other}, {"PAMP", record.Other}, {"ANCIENT", record.Other}, {"INTV", record.Other}, {"BRIEF", record.Other},
}

// kindOf finds a kind by its code.
var kindOf = func() map[string]record.Kind {
	m := make(map[string]record.Kind, len(kinds))
	for _, k := range kinds {
		m[k.code] = k.kind
	}
	return m
}()

// spelled are types written out in words, as some exports have them.
var spelled = map[string]string{
	"journal article": "JOUR", "journal": "JOUR", "article": "JOUR", "electronic article": "EJOUR", "book": "BOOK", "edited book": "EDBOOK",
	"book section": "CHAP", "book chapter": "CHAP", "chapter": "CHAP", "conference paper": "CPAPER", "conference proceedings": "CONF", "conference": "CONF",
	"thesis": "THES", "dissertation": "THES", "report": "RPRT", "web page": "ELEC", "website": "ELEC", "generic": "GEN", "dataset": "DATA",
	"newspaper article": "NEWS", "magazine article": "MGZN", "patent": "PAT", "unpublished work": "UNPB",
}

// typeCode gives the code of TY of a value: itself in capitals, or the code of a
// type in words. ok is false for one that RIS does not have.
func typeCode(value string) (code string, ok bool) {
	if _, ok = kindOf[value]; ok {
		return value, true
	}
	code = strings.ToUpper(strings.Trim(value, " .-"))
	if _, ok = kindOf[code]; ok {
		return code, true
	}
	if c, ok := spelled[strings.ToLower(value)]; ok {
		return c, true
	}
	return code, false
}

// marker is a word in M3 that says what TY has no code for; TY then has the
// nearest code.
type marker struct {
	word string
	kind record.Kind
	code string
}

// markers make the kinds without a code; the first of a kind is written.
var markers = []marker{
	{"Preprint", record.Preprint, "UNPB"},
	{"Trial registration", record.TrialRegister, "ELEC"}, {"Trial registry record", record.TrialRegister, "ELEC"},
	{"Proceedings", record.Proceedings, "CONF"},
}
