package tagged

import "github.com/evidence-go/evidence/record"

// RefWorks is the tagged text of RefWorks as a value for record.ReadOptions and
// record.NewWriter.
func RefWorks() record.Format {
	return record.Format{
		Name: nameRefWorks, Title: "RefWorks tagged text", Extensions: []string{".txt"},
		Sniff: sniffRefWorks, Decode: decodeRefWorks, Encode: encodeRefWorks,
	}
}

const nameRefWorks = "refworks"

// refWorksFields are the tags in the order in which they are written.
var refWorksFields = []field{
	{"ID", (*builder).key, func(p *printer, r *record.Record) { p.line("ID", r.OwnKey()) }},
	{"A1", person(record.Author), refWorksPeople("A1")},
	{"T1", (*builder).title, line("T1", func(r *record.Record) string { return r.Title })},
	{"JF", (*builder).refWorksJournal, (*printer).refWorksJournal},
	{"JO", collect(func(b *builder) *[]item { return &b.shorts }), line("JO", func(r *record.Record) string { return r.In.Abbrev })},
	{"T2", (*builder).refWorksBook, (*printer).refWorksBook},
	{"T3", (*builder).series, (*printer).refWorksSeries},
	{"WT", collect(func(b *builder) *[]item { return &b.titles }), (*printer).refWorksSite},
	{"YR", wait(func(b *builder) *item { return &b.year }), func(p *printer, r *record.Record) { p.line("YR", yearText(r.Date)) }},
	{"FD", wait(func(b *builder) *item { return &b.date }), func(p *printer, r *record.Record) { p.line("FD", monthAndDay(r.Date)) }},
	{"VO", single(func(r *record.Record) *string { return &r.In.Volume }), line("VO", func(r *record.Record) string { return r.In.Volume })},
	{"IS", single(func(r *record.Record) *string { return &r.In.Issue }), line("IS", func(r *record.Record) string { return r.In.Issue })},
	{"SP", wait(func(b *builder) *item { return &b.first }), (*printer).refWorksPages},
	{"OP", wait(func(b *builder) *item { return &b.last }), nil},
	{"K1", func(b *builder, it item) { eachLine(it, func(it item) { b.keyword(it.value) }) }, (*printer).refWorksKeywords},
	{"AB", (*builder).abstract, (*printer).refWorksAbstracts},
	{"NO", (*builder).note, func(p *printer, r *record.Record) { p.each("NO", r.Notes) }},
	{"A2", refWorksPerson("A2"), refWorksPeople("A2")},
	{"A3", refWorksPerson("A3"), refWorksPeople("A3")},
	{"A4", refWorksPerson("A4"), refWorksPeople("A4")},
	{"A6", person(record.Editor), nil},
	{"ED", single(func(r *record.Record) *string { return &r.In.Edition }), line("ED", func(r *record.Record) string { return r.In.Edition })},
	{"PB", single(func(r *record.Record) *string { return &r.In.Publisher }), line("PB", func(r *record.Record) string { return r.In.Publisher })},
	{"PP", single(func(r *record.Record) *string { return &r.In.Place }), line("PP", func(r *record.Record) string { return r.In.Place })},
	{"AD", collect(func(b *builder) *[]item { return &b.addresses }), (*printer).refWorksAddresses},
	{"AN", (*builder).accession, (*printer).refWorksAccessions},
	{"LA", (*builder).languages, func(p *printer, r *record.Record) { p.each("LA", r.Languages) }},
	{"SN", (*builder).serialNumbers, (*printer).refWorksSerials},
	{"U1", (*builder).refWorksUser, (*printer).refWorksRegistrations},
	{"LK", (*builder).link, nil},
	{"UL", (*builder).link, func(p *printer, r *record.Record) { p.each("UL", r.URLs) }},
	{"DO", (*builder).doi, (*printer).refWorksDOIs},
	{"PMID", (*builder).pmid, line("PMID", func(r *record.Record) string { return string(r.PMID) })},
	{"PMCID", (*builder).pmcid, line("PMCID", func(r *record.Record) string { return string(r.PMCID) })},
	{"ST", single(func(r *record.Record) *string { return &r.ShortTitle }), line("ST", func(r *record.Record) string { return r.ShortTitle })},
	{"SF", (*builder).workTypes, func(p *printer, r *record.Record) { p.joined("SF", r.Types) }},
	{"OT", (*builder).otherTitle, line("OT", func(r *record.Record) string { return r.OriginalTitle })},
	{"DB", single(func(r *record.Record) *string { return &r.Source.Database }), line("DB", func(r *record.Record) string { return r.Source.Database })},
	{"DS", single(func(r *record.Record) *string { return &r.Source.Platform }), line("DS", func(r *record.Record) string { return r.Source.Platform })},
	{"CR", (*builder).refWorksCited, (*printer).refWorksCited},
	{"RD", dated(record.Accessed), datedAs("RD", record.Accessed)},
	{"WP", dated(record.Electronic), datedAs("WP", record.Electronic)},
	// Tags of the legend that no field holds.
	{tag: "SR"}, {tag: "A5"}, {tag: "AV"}, {tag: "CL"}, {tag: "CN"}, {tag: "IP"}, {tag: "SL"}, {tag: "LL"}, {tag: "WV"}, {tag: "OL"}, {tag: "RF"},
	{tag: "M1"}, {tag: "M2"}, {tag: "M3"}, {tag: "NI"}, {tag: "AU"}, {tag: "FL"}, {tag: "IO"}, {tag: "LC"}, {tag: "PM"}, {tag: "SC"},
	{tag: "U2"}, {tag: "U3"}, {tag: "U4"}, {tag: "U5"}, {tag: "U6"}, {tag: "U7"}, {tag: "U8"}, {tag: "U9"}, {tag: "U10"},
	{tag: "U11"}, {tag: "U12"}, {tag: "U13"}, {tag: "U14"}, {tag: "U15"},
}

// refWorksTags finds a field by its tag.
var refWorksTags = byTag(refWorksFields)

// reference is a type of reference as RT names it.
type reference struct {
	name string
	kind record.Kind
}

// references are the types of RT; of several for one kind the first is written.
var references = []reference{
	{"Journal Article", record.JournalArticle}, {"Journal", record.JournalArticle}, {"Journal, Electronic", record.JournalArticle}, {"Abstract", record.JournalArticle},
	{"Magazine Article", record.MagazineArticle}, {"Newspaper Article", record.NewspaperArticle},
	{"Book, Whole", record.Book}, {"Book", record.Book}, {"Monograph", record.Book}, {"Book, Edited", record.EditedBook}, {"Book, Section", record.Chapter},
	{"Conference Proceedings", record.ConferencePaper}, {"Conference Proceeding", record.ConferencePaper},
	{"Dissertation/Thesis", record.Thesis}, {"Dissertation", record.Thesis}, {"Thesis", record.Thesis}, {"Dissertation/Thesis, Unpublished", record.Thesis},
	{"Report", record.Report}, {"Computer Program", record.Software}, {"Patent", record.Patent},
	{"Web Page", record.Webpage}, {"Online Discussion Forum/Blogs", record.Webpage}, {"Online Discussion Forum", record.Webpage},
	{"Laws/Statutes", record.Legal}, {"Case/Court Decisions", record.Legal}, {"Bills/Resolutions", record.Legal}, {"Hearing", record.Legal},
	{"Unpublished Material", record.Manuscript}, {"Video/ DVD", record.Audiovisual}, {"Video/DVD", record.Audiovisual}, {"Motion Picture", record.Audiovisual},
	{"Sound Recording", record.Audiovisual}, {"Music Score", record.Audiovisual}, {"Artwork", record.Audiovisual}, {"Map", record.Other},
	{"Grant", record.Other}, {"Personal Communication", record.Other}, {"Generic", record.KindUnknown},
}

// nearest are the types that kinds are written as that RefWorks does not have.
var nearest = map[record.Kind]string{
	record.Preprint: "Unpublished Material", record.Proceedings: "Conference Proceedings", record.ReferenceEntry: "Book, Section",
	record.Standard: "Report", record.TrialRegister: "Web Page",
}

// seat is who stands under A2, A3 or A4 in the references of some kinds.
type seat struct {
	tag   string
	kinds []record.Kind // none: all others
	role  record.Role
}

// seats are the roles; the first that fits counts.
var seats = []seat{
	{"A3", []record.Kind{record.Thesis}, record.Advisor},
	{"A2", nil, record.Editor},
	{"A3", nil, record.SeriesEditor},
	{"A4", nil, record.Translator},
}
