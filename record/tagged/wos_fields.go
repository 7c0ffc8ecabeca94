package tagged

import "github.com/evidence-go/evidence/record"

// WebOfScience is the tagged text of Web of Science as a value for
// record.ReadOptions and record.NewWriter.
func WebOfScience() record.Format {
	return record.Format{
		Name: nameWoS, Title: "Web of Science tagged text", Extensions: []string{".ciw", ".isi", ".txt"},
		Sniff: sniffWoS, Decode: decodeWoS, Encode: encodeWoS,
	}
}

const nameWoS = "wos"

// wosFields are the tags in the order in which they are written.
var wosFields = []field{
	{"AU", collect(func(b *builder) *[]item { return &b.people }), (*printer).wosShortNames},
	{"AF", collect(func(b *builder) *[]item { return &b.full }), (*printer).wosFullNames},
	{"BA", (*builder).wosBookPeople, nil},
	{"BF", nil, nil},
	{"CA", (*builder).wosGroups, (*printer).wosGroups},
	{"GP", (*builder).wosBookPeople, nil},
	{"BE", eachPerson(record.Editor), (*printer).wosEditors},
	{"ED", eachPerson(record.Editor), nil},
	{"TI", (*builder).title, line("TI", func(r *record.Record) string { return r.Title })},
	{"SO", collect(func(b *builder) *[]item { return &b.titles }), line("SO", func(r *record.Record) string { return r.In.Title })},
	{"SE", (*builder).series, line("SE", func(r *record.Record) string { return r.In.Series })},
	{"LA", (*builder).languages, func(p *printer, r *record.Record) { p.joined("LA", r.Languages) }},
	{"DT", (*builder).workTypes, (*printer).wosTypes},
	{"CT", single(func(r *record.Record) *string { return &r.In.Event }), line("CT", func(r *record.Record) string { return r.In.Event })},
	{"CY", single(func(r *record.Record) *string { return &r.In.EventDate }), line("CY", func(r *record.Record) string { return r.In.EventDate })},
	{"CL", single(func(r *record.Record) *string { return &r.In.EventPlace }), line("CL", func(r *record.Record) string { return r.In.EventPlace })},
	{"DE", (*builder).wosDescriptors, (*printer).wosKeywords},
	{"ID", (*builder).wosKeywordsPlus, nil},
	{"OR", (*builder).keywords, nil},
	{"BD", (*builder).keywords, nil},
	{"GE", (*builder).keywords, nil},
	{"MH", (*builder).wosHeadings, (*printer).wosHeadings},
	{"AB", (*builder).abstract, line("AB", func(r *record.Record) string { return r.Abstract.Text })},
	{"X1", (*builder).otherTitle, nil},
	{"Y1", (*builder).otherTitle, nil},
	{"Z1", (*builder).otherTitle, line("Z1", func(r *record.Record) string { return r.OriginalTitle })},
	{"X4", otherAbstract("es"), otherAbstracts("X4", "es")},
	{"Y4", otherAbstract("pt"), otherAbstracts("Y4", "pt")},
	{"Z4", otherAbstract(""), otherAbstracts("Z4", "")},
	{"C1", collect(func(b *builder) *[]item { return &b.addresses }), (*printer).wosAddresses},
	{"OI", collect(func(b *builder) *[]item { return &b.orcids }), (*printer).wosORCIDs},
	{"FU", (*builder).funding, (*printer).funding},
	{"CR", (*builder).cited, (*printer).wosCited},
	{"PU", single(func(r *record.Record) *string { return &r.In.Publisher }), line("PU", func(r *record.Record) string { return r.In.Publisher })},
	{"PI", single(func(r *record.Record) *string { return &r.In.Place }), line("PI", func(r *record.Record) string { return r.In.Place })},
	{"SN", (*builder).serialNumbers, (*printer).wosISSNs},
	{"EI", (*builder).serialNumbers, (*printer).wosEISSN},
	{"BN", (*builder).serialNumbers, (*printer).wosISBNs},
	{"PN", (*builder).wosPart, (*printer).wosPart},
	{"JI", collect(func(b *builder) *[]item { return &b.shorts }), line("JI", func(r *record.Record) string { return r.In.Abbrev })},
	{"J9", collect(func(b *builder) *[]item { return &b.shorts }), nil},
	{"PD", wait(func(b *builder) *item { return &b.date }), func(p *printer, r *record.Record) { p.line("PD", wosDate(r.Date)) }},
	{"PY", wait(func(b *builder) *item { return &b.year }), func(p *printer, r *record.Record) { p.line("PY", yearText(r.Date)) }},
	{"VL", single(func(r *record.Record) *string { return &r.In.Volume }), line("VL", func(r *record.Record) string { return r.In.Volume })},
	{"IS", single(func(r *record.Record) *string { return &r.In.Issue }), (*printer).wosIssue},
	{"SU", collect(func(b *builder) *[]item { return &b.supps }), nil},
	{"BP", wait(func(b *builder) *item { return &b.first }), (*printer).wosPages},
	{"EP", wait(func(b *builder) *item { return &b.last }), nil},
	{"PS", wait(func(b *builder) *item { return &b.span }), nil},
	{"AR", single(func(r *record.Record) *string { return &r.In.ArticleNumber }), line("AR", func(r *record.Record) string { return r.In.ArticleNumber })},
	{"DI", (*builder).doi, (*printer).wosDOIs},
	{"D2", (*builder).bookDOI, (*printer).wosBookDOI},
	{"EA", wait(func(b *builder) *item { return &b.online }), (*printer).wosEarlyAccess},
	{"PG", single(func(r *record.Record) *string { return &r.In.PageCount }), line("PG", func(r *record.Record) string { return r.In.PageCount })},
	{"UR", func(b *builder, it item) { eachLine(it, b.link) }, func(p *printer, r *record.Record) { p.list("UR", r.URLs) }},
	{"NT", (*builder).wosNotes, func(p *printer, r *record.Record) { p.list("NT", r.Notes) }},
	{"UT", (*builder).wosAccession, (*printer).wosAccession},
	{"PM", (*builder).pmid, line("PM", func(r *record.Record) string { return string(r.PMID) })},
	// Tags of the field lists that no field holds.
	{tag: "AE"}, {tag: "AN"}, {tag: "BS"}, {tag: "C3"}, {tag: "CC"}, {tag: "CH"}, {tag: "CN"}, {tag: "CO"}, {tag: "CP"}, {tag: "DA"}, {tag: "DG"},
	{tag: "EM"}, {tag: "ER"}, {tag: "EY"}, {tag: "FX"}, {tag: "GA"}, {tag: "GN"}, {tag: "HC"}, {tag: "HO"}, {tag: "HP"}, {tag: "IP"}, {tag: "MA"},
	{tag: "MC"}, {tag: "MI"}, {tag: "MQ"}, {tag: "NR"}, {tag: "OA"}, {tag: "PA"}, {tag: "PV"}, {tag: "RI"}, {tag: "RP"}, {tag: "SC"}, {tag: "SI"},
	{tag: "SP"}, {tag: "SS"}, {tag: "TA"}, {tag: "TC"}, {tag: "TM"}, {tag: "U1"}, {tag: "U2"}, {tag: "WC"}, {tag: "WE"}, {tag: "X5"}, {tag: "Y5"},
	{tag: "Z2"}, {tag: "Z3"}, {tag: "Z5"}, {tag: "Z8"}, {tag: "Z9"}, {tag: "ZB"}, {tag: "ZR"}, {tag: "ZS"},
}

// wosTags finds a field by its tag.
var wosTags = byTag(wosFields)

// publication is a type of publication as PT and, where one of these words is
// among the document types of DT, the two together name it.
type publication struct {
	pt, dt string
	kind   record.Kind
}

// publications are the kinds of works. The first that fits a record read is its
// kind; the first of a kind is what is written.
var publications = []publication{
	{"P", "", record.Patent},
	{"J", "Preprint", record.Preprint},
	{"J", "Data Set", record.Dataset},
	{"J", "Software", record.Software},
	{"J", "Newspaper Article", record.NewspaperArticle},
	{"J", "Magazine Article", record.MagazineArticle},
	{"B", "Dissertation/Thesis", record.Thesis},
	{"B", "Thesis/Dissertation", record.Thesis},
	{"B", "Dissertation", record.Thesis},
	{"B", "Thesis", record.Thesis},
	{"B", "Report", record.Report},
	{"B", "Standard", record.Standard},
	{"B", "Reference Entry", record.ReferenceEntry},
	{"B", "Edited Book", record.EditedBook},
	{"B", "Proceedings", record.Proceedings},
	{"B", "Book Chapter", record.Chapter},
	{"S", "Book Chapter", record.Chapter},
	{"C", "", record.ConferencePaper},
	{"B", "Book", record.Book},
	{"S", "Book", record.Book},
	{"B", "Proceedings Paper", record.ConferencePaper},
	{"S", "Proceedings Paper", record.ConferencePaper},
	{"J", "", record.JournalArticle},
	{"B", "", record.Book},
	{"S", "", record.Chapter},
}

// wosDatabases are the databases by the prefix of an accession number.
var wosDatabases = map[string]string{
	"WOS": "Web of Science", "ISI": "Web of Science", "MEDLINE": "MEDLINE", "INSPEC": "Inspec", "CABI": "CAB Abstracts", "BIOSIS": "BIOSIS Previews",
	"BCI": "BIOSIS Citation Index", "DIIDW": "Derwent Innovations Index", "KJD": "KCI-Korean Journal Database", "RSCI": "Russian Science Citation Index",
	"SCIELO": "SciELO Citation Index", "CSCD": "Chinese Science Citation Database", "ZOOREC": "Zoological Record", "FSTA": "FSTA",
	"CCC": "Current Contents Connect", "DRCI": "Data Citation Index", "PPRN": "Preprint Citation Index", "PQDT": "ProQuest Dissertations & Theses Citation Index",
	"ARCI": "Arabic Citation Index", "GRANTS": "Grants Index",
}

// platformWoS is Source.Platform of its records.
const platformWoS = "Web of Science"
