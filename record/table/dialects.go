package table

import (
	"strings"

	"github.com/evidence-go/evidence/internal/csvguard"
)

// dialect is how one tool heads the columns of its tables, and how it writes what
// stands in them.
type dialect struct {
	name  string // as Options.Dialect has it
	title string // of the tool
	// What its records get as their source, where its table says nothing else.
	database, platform string
	// marks are columns that together only this tool has, in the form of spelling;
	// a bar parts sets of them, any of which will do.
	marks string
	names string // what parts names for sure; "" where the cells must show it
	lists string // what parts keywords and headings; "" for a semicolon

	endPoint    bool // a point ends the list of names and is none of an initial
	familyFirst bool // names are "Berg Anna M"
	columns     []titled

	at    map[string]int // the column of fields.go by the form of a name, -1 for none
	known [][]string     // marks: sets of columns
}

// titled is one column of a tool, in the order in which it has them.
type titled struct {
	names  string // those it had in any version or language, parted by bars; the first is written
	column string // of fields.go; "" for what is kept in Extra
}

// plainTable is a table of no known tool.
var plainTable = prepared(dialect{})

// dialects are the tools whose tables are known, those with the surest marks first.
var dialects = []*dialect{
	prepared(dialect{name: "scopus", title: "Scopus", database: "Scopus", platform: "Scopus", marks: "eid title|eid 文献标题|eid 标题|sourcetitle citedby link|sourcetitle artno", columns: []titled{
		{"Authors|作者", "authors"}, {"Author full names", "author_full_names"}, {"Author(s) ID|作者 ID", ""}, {"Title|文献标题|标题", "title"}, {"Year|年份", "year"},
		{"Source title|来源出版物名称", "journal"}, {"Volume|卷", "volume"}, {"Issue|期", "issue"}, {"Art. No.|论文编号|文献编号", "article_number"}, {"Page start|起始页码", "start_page"},
		{"Page end|结束页码", "end_page"}, {"Page count|页码计数", "page_count"}, {"Cited by|施引文献", ""}, {"DOI", "doi"}, {"Link|链接", "url"}, {"Affiliations|归属机构", ""},
		{"Authors with affiliations|带归属机构的作者", ""}, {"Abstract|摘要", "abstract"}, {"Author Keywords|作者关键字|作者关键词", "keywords"}, {"Index Keywords|索引关键字", "keywords"},
		{"Editors|编者", "editors"}, {"Publisher|出版商", "publisher"}, {"ISSN", "issn"}, {"ISBN", "isbn"}, {"CODEN", ""}, {"PubMed ID", "pmid"},
		{"Language of Original Document|原始文献语言", "languages"}, {"Conference name|会议名称", "conference"}, {"Abbreviated Source Title|来源出版物名称缩写", "journal_abbrev"},
		{"Document Type|文献类型", "type"}, {"Publication Stage|出版阶段", "publication_status"}, {"Open Access|开放获取", ""}, {"Source|来源出版物", "database"}, {"EID", "accession_number"}}}),

	prepared(dialect{name: "pubmed", title: "PubMed", database: "PubMed", platform: "PubMed", marks: "pmid citation journalbook", names: ", ", endPoint: true, columns: []titled{
		{"PMID", "pmid"}, {"Title", "title"}, {"Authors", "authors"}, {"Citation", "citation"}, {"First Author", ""}, {"Journal/Book", "journal"}, {"Publication Year", "year"},
		{"Create Date", ""}, {"PMCID", "pmcid"}, {"NIHMS ID", ""}, {"DOI", "doi"}}}),

	prepared(dialect{name: "covidence", title: "Covidence", platform: "Covidence", marks: "covidence title", columns: []titled{
		{"Title", "title"}, {"Authors", "authors"}, {"Abstract", "abstract"}, {"Published Year", "year"}, {"Published Month", "month"}, {"Journal", "journal"}, {"Volume", "volume"},
		{"Issue", "issue"}, {"Pages", "pages"}, {"Accession Number", "accession_number"}, {"DOI", "doi"}, {"Ref", ""}, {"Covidence #", ""}, {"Study|Study ID", ""}, {"Notes", ""}, {"Tags", ""}}}),

	prepared(dialect{name: "rayyan", title: "Rayyan", platform: "Rayyan", marks: "key year journal authors location notes|key pubmedid pmcid", columns: []titled{
		{"key", "id"}, {"title", "title"}, {"year", "year"}, {"month", "month"}, {"day", "day"}, {"journal", "journal"}, {"issn", "issn"}, {"volume", "volume"}, {"issue", "issue"},
		{"pages", "pages"}, {"authors", "authors_and"}, {"url", "url"}, {"language", "languages"}, {"publisher", "publisher"}, {"location", "place"}, {"abstract", "abstract"},
		{"notes", "rayyan_notes"}, {"doi", "doi"}, {"keywords", "keywords"}, {"pubmed_id", "pmid"}, {"pmc_id", "pmcid"}}}),

	prepared(dialect{name: "asreview", title: "ASReview", platform: "ASReview", marks: "asreviewlabel|asreviewranking|asreviewprior|asreviewtime|labelincluded title|recordid included title", columns: []titled{
		{"record_id", "id"}, {"title|primary_title", "title"}, {"abstract|notes_abstract|abstract note", "abstract"}, {"authors|first_authors|author names", "authors"}, {"keywords", "keywords"},
		{"doi", "doi"}, {"url", "url"}, {"year", "year"}, {"included|label_included|label", ""}, {"asreview_label", ""}, {"asreview_time", ""}, {"asreview_note", ""},
		{"asreview_ranking", ""}, {"asreview_prior", ""}, {"exported_notes_1", ""}, {"tags", ""}}}),

	prepared(dialect{name: "eppi", title: "EPPI-Reviewer", platform: "EPPI-Reviewer", marks: "eppiid title|itemid journalbook|itemid shorttitle|itemid importedid", familyFirst: true, columns: []titled{
		{"Item ID|EPPI ID", "id"}, {"Imported ID|OldItemId", ""}, {"Short title", ""}, {"Title", "title"}, {"Abstract", "abstract"}, {"Author(s)", "authors"},
		{"Journal / Book|Parent title", "journal"}, {"Item status", ""}, {"Book editor(s)|Parent authors", "editors"}, {"Year", "year"}, {"Month", "month"},
		{"ISSN / ISBN|Standard number", "issn"}, {"Pages", "pages"}, {"Volume", "volume"}, {"Issue", "issue"}, {"Url", "url"}, {"DOI", "doi"}, {"Availability", ""}, {"Edition", "edition"},
		{"Publisher", "publisher"}, {"City", "place"}, {"Country", "country"}, {"Institution", ""}, {"Comments", ""}, {"Keywords", "keywords"}, {"Type name|Ref. type|Reference type", "type"},
		{"Created on", ""}, {"Edited on", ""}, {"Source name|Source", ""}, {"Duplicates", ""}}}),

	prepared(dialect{name: "cochrane", title: "Cochrane Library", database: "Cochrane Library", platform: "Cochrane Library", marks: "centralid authors source|cochranereviewid authors source|cochraneid authors source", columns: []titled{
		{"CENTRAL ID|Cochrane Review ID|Cochrane ID", "accession_number"}, {"Author(s)", "authors"}, {"Title", "title"}, {"Source", "cochrane_source"}, {"Year", "year"}, {"Abstract", "abstract"},
		{"Volume", "volume"}, {"Issue", "issue"}, {"Pages", "pages"}, {"Database Name", "database"}, {"PubMed ID", "pmid"}, {"Embase ID", ""}, {"CTgov ID", "registrations"}, {"CINAHL ID", ""},
		{"ICTRP ID", "registrations"}, {"Publication Type", "type"}, {"Publisher", "publisher"}, {"ISSN", "issn"}, {"Keywords", "keywords"}, {"DOI", "doi"}, {"URL", "url"}, {"Cochrane Review Group Code", ""}}}),

	prepared(dialect{name: "embase", title: "Embase", database: "Embase", platform: "Embase", names: ", ", lists: ",", columns: embaseColumns,
		marks: "embaseaccessionid title|medlinepmid title|authornames dateofpublication source|authornames publicationyear source"}),

	prepared(dialect{name: "wos", title: "Web of Science, headed by its tags", database: "Web of Science", platform: "Web of Science", marks: "pt au ti so", columns: []titled{
		{"PT", ""}, {"AU", "authors"}, {"BA", ""}, {"BE", "editors"}, {"GP", ""}, {"AF", "author_full_names"}, {"BF", ""}, {"CA", ""}, {"TI", "title"}, {"SO", "journal"}, {"SE", "series"},
		{"BS", ""}, {"LA", "languages"}, {"DT", "type"}, {"CT", "conference"}, {"CY", ""}, {"CL", ""}, {"SP", ""}, {"HO", ""}, {"DE", "keywords"}, {"ID", "keywords"}, {"AB", "abstract"}, {"C1", ""}, {"C3", ""},
		{"RP", ""}, {"EM", ""}, {"RI", ""}, {"OI", ""}, {"FU", ""}, {"FP", ""}, {"FX", ""}, {"CR", ""}, {"NR", ""}, {"TC", ""}, {"Z9", ""}, {"U1", ""}, {"U2", ""}, {"PU", "publisher"}, {"PI", "place"}, {"PA", ""}, {"SN", "issn"},
		{"EI", "issn"}, {"BN", "isbn"}, {"J9", "journal_abbrev"}, {"JI", ""}, {"PD", "date"}, {"PY", "year"}, {"VL", "volume"}, {"IS", "issue"}, {"PN", ""}, {"SU", ""}, {"SI", ""}, {"MA", ""},
		{"BP", "start_page"}, {"EP", "end_page"}, {"AR", "article_number"}, {"DI", "doi"}, {"DL", ""}, {"D2", ""}, {"EA", ""}, {"PG", "page_count"}, {"WC", ""}, {"WE", ""}, {"SC", ""}, {"GA", ""}, {"PM", "pmid"},
		{"OA", ""}, {"HC", ""}, {"HP", ""}, {"DA", ""}, {"UT", "accession_number"}}}),

	prepared(dialect{name: "wos-names", title: "Web of Science, headed by names", database: "Web of Science", platform: "Web of Science", marks: "utuniquewosid|utuniqueid", columns: []titled{
		{"Publication Type", ""}, {"Authors", "authors"}, {"Book Authors", ""}, {"Book Editors", "editors"}, {"Book Group Authors", ""}, {"Author Full Names", "author_full_names"}, {"Article Title|Title", "title"},
		{"Source Title", "journal"}, {"Book Series Title", "series"}, {"Language", "languages"}, {"Document Type", "type"}, {"Conference Title", "conference"}, {"Conference Location", ""}, {"Author Keywords", "keywords"},
		{"Keywords Plus", "keywords"}, {"Abstract", "abstract"}, {"Addresses", ""}, {"Affiliations", ""}, {"Reprint Addresses", ""},
		{"Funding Orgs", ""}, {"Cited Reference Count", ""}, {"Times Cited, WoS Core", ""}, {"Times Cited, All Databases", ""}, {"Publisher", "publisher"}, {"Publisher City", "place"}, {"ISSN", "issn"}, {"eISSN", "issn"}, {"ISBN", "isbn"}, {"Journal Abbreviation", "journal_abbrev"},
		{"Journal ISO Abbreviation", ""}, {"Publication Date", "date"}, {"Publication Year", "year"}, {"Volume", "volume"}, {"Issue", "issue"}, {"Start Page", "start_page"}, {"End Page", "end_page"},
		{"Article Number", "article_number"}, {"DOI", "doi"}, {"DOI Link", "doi"}, {"Number of Pages", "page_count"}, {"Pubmed Id", "pmid"}, {"UT (Unique WOS ID)|UT (Unique ID)", "accession_number"}}}),

	prepared(dialect{name: "lens", title: "Lens", database: "Lens", platform: "Lens", marks: "lensid title", columns: []titled{
		{"Lens ID", "accession_number"}, {"Title", "title"}, {"Date Published", "date"}, {"Publication Year", "year"}, {"Publication Type", "type"}, {"Source Title", "journal"}, {"ISSNs", "issn"},
		{"Publisher", "publisher"}, {"Source Country", "country"}, {"Author/s", "authors"}, {"Abstract", "abstract"}, {"Volume", "volume"}, {"Issue Number", "issue"}, {"Start Page", "start_page"},
		{"End Page", "end_page"}, {"Fields of Study", ""}, {"Keywords", "keywords"}, {"MeSH Terms", "mesh_terms"}, {"Chemicals", ""}, {"Funding", ""}, {"Source URLs", "url"}, {"External URL", "url"},
		{"PMID", "pmid"}, {"DOI", "doi"}, {"Microsoft Academic ID", ""}, {"PMCID", "pmcid"}, {"Citing Patents Count", ""}, {"References", ""}, {"Citing Works Count", ""}}}),

	prepared(dialect{name: "dimensions", title: "Dimensions", database: "Dimensions", platform: "Dimensions", marks: "publicationid pubyear|dimensionsurl", columns: []titled{
		{"Rank", ""}, {"Publication ID", "accession_number"}, {"DOI", "doi"}, {"PMID", "pmid"}, {"PMCID", "pmcid"}, {"ISBN", "isbn"}, {"Title", "title"}, {"Abstract", "abstract"}, {"Acknowledgements", ""},
		{"Funding", ""}, {"Source title|Source title/Anthology title", "journal"}, {"Anthology title", "journal"}, {"Publisher", "publisher"}, {"ISSN", "issn"}, {"MeSH terms", "mesh_terms"}, {"Publication Date", "date"},
		{"PubYear", "year"}, {"Volume", "volume"}, {"Issue", "issue"}, {"Pagination", "pages"}, {"Open Access", ""}, {"Publication Type", "type"}, {"Authors", "authors"}, {"Authors (Raw Affiliation)", ""},
		{"Corresponding Authors|Corresponding Author", ""}, {"Authors Affiliations", ""}, {"Times cited", ""}, {"Recent citations", ""}, {"RCR", ""}, {"FCR", ""}, {"Source Linkout", "url"}, {"Dimensions URL", "url"}}}),

	prepared(dialect{name: "ieee", title: "IEEE Xplore", database: "IEEE Xplore", platform: "IEEE Xplore", marks: "dateaddedtoxplore|documenttitle pdflink", columns: []titled{
		{"Document Title", "title"}, {"Authors", "authors"}, {"Author Affiliations", ""}, {"Publication Title", "journal"}, {"Date Added To Xplore", ""}, {"Publication Year", "year"},
		{"Volume", "volume"}, {"Issue", "issue"}, {"Start Page", "start_page"}, {"End Page", "end_page"}, {"Abstract", "abstract"}, {"ISSN", "issn"}, {"ISBNs", "isbn"}, {"DOI", "doi"}, {"Funding Information", ""},
		{"PDF Link", "url"}, {"Author Keywords", "keywords"}, {"IEEE Terms", ""}, {"INSPEC Controlled Terms", ""}, {"INSPEC Non-Controlled Terms", ""}, {"Mesh_Terms", "mesh_terms"},
		{"Article Citation Count", ""}, {"Patent Citation Count", ""}, {"Reference Count", ""}, {"License", ""}, {"Online Date", ""}, {"Issue Date", ""}, {"Meeting Date", ""}, {"Publisher", "publisher"}, {"Document Identifier", "type"}}}),

	prepared(dialect{name: "ebsco", title: "EBSCOhost", platform: "EBSCOhost", marks: "an contributors|plink longdbname|plink accessionnumber", columns: []titled{
		{"title|Article Title", "title"}, {"contributors|Author", "authors"}, {"source|Journal Title", "journal"}, {"publicationDate", "date"}, {"volume", "volume"}, {"issue", "issue"},
		{"pageStart|First Page", "start_page"}, {"pageEnd", "end_page"}, {"Page Count", "page_count"}, {"issn", "issn"}, {"isbn", "isbn"}, {"doi", "doi"}, {"abstract", "abstract"}, {"subjects", "subject_headings"},
		{"keywords", "keywords"}, {"language", "languages"}, {"docTypes|Doctype", "type"}, {"pubTypes", ""}, {"publisher", "publisher"}, {"peerReviewed", ""}, {"an|Accession Number", "accession_number"},
		{"longDBName", "database"}, {"plink", "url"}}}),

	prepared(dialect{name: "proquest", title: "ProQuest", platform: "ProQuest", marks: "storeid title", columns: []titled{
		{"Title", "title"}, {"Abstract", "abstract"}, {"StoreId", "accession_number"}, {"ArticleType", ""}, {"AuthorAffiliation", ""}, {"Authors", "authors"}, {"companies", ""}, {"copyright", ""},
		{"documentType", "type"}, {"entryDate", ""}, {"identifierKeyword|identifierKeywords", "keywords"}, {"issn", "issn"}, {"isbn", "isbn"}, {"issue", "issue"}, {"language", "languages"}, {"pages", "pages"},
		{"placeOfPublication", "place"}, {"pubdate", "date"}, {"pubtitle", "journal"}, {"publisher", "publisher"}, {"startPage", "start_page"}, {"subjectTerms", "subject_headings"}, {"subjects", "subject_headings"},
		{"volume", "volume"}, {"year", "year"}, {"digitalObjectIdentifier", "doi"}, {"DocumentURL", "url"}, {"Database", "database"}}}),

	prepared(dialect{name: "zotero", title: "Zotero", platform: "Zotero", marks: "key itemtype|itemtype publicationtitle abstractnote", columns: []titled{
		{"Key", "id"}, {"Item Type", "type"}, {"Publication Year", "year"}, {"Author", "authors"}, {"Title", "title"}, {"Publication Title", "journal"}, {"ISBN", "isbn"}, {"ISSN", "issn"}, {"DOI", "doi"}, {"Url", "url"},
		{"Abstract Note", "abstract"}, {"Date", "date"}, {"Date Added", ""}, {"Date Modified", ""}, {"Access Date", ""}, {"Pages", "pages"}, {"Num Pages", "page_count"}, {"Issue", "issue"}, {"Volume", "volume"},
		{"Journal Abbreviation", "journal_abbrev"}, {"Short Title", "short_title"}, {"Series", "series"}, {"Series Number", "series_volume"}, {"Publisher", "publisher"}, {"Place", "place"}, {"Language", "languages"},
		{"Type", "publication_types"}, {"Library Catalog", ""}, {"Extra", "zotero_extra"}, {"Notes", "notes"}, {"Manual Tags", "keywords"}, {"Automatic Tags", "keywords"}, {"Editor", "editors"}, {"Number", "issue"},
		{"Edition", "edition"}, {"Country", "country"}, {"Conference Name", "conference"}}}),

	prepared(dialect{name: "pop", title: "Publish or Perish", platform: "Publish or Perish", marks: "gsrank querydate", names: ", ", columns: []titled{
		{"Cites", ""}, {"Authors", "authors"}, {"Title", "title"}, {"Year", "year"}, {"Source", "journal"}, {"Publisher", "publisher"}, {"ArticleURL", "url"}, {"CitesURL", ""}, {"GSRank", ""}, {"QueryDate", ""},
		{"Type", ""}, {"DOI", "doi"}, {"ISSN", "issn"}, {"CitationURL", ""}, {"Volume", "volume"}, {"Issue", "issue"}, {"StartPage", "start_page"}, {"EndPage", "end_page"}, {"ECC", ""}, {"CitesPerYear", ""}, {"CitesPerAuthor", ""},
		{"AuthorCount", ""}, {"Age", ""}, {"Abstract", "abstract"}, {"FullTextURL", "url"}, {"RelatedURL", ""}}}),
}

// embaseColumns are the columns of Embase, and the labels of its rows.
var embaseColumns = []titled{
	{"Title", "title"}, {"Original Title|Original (non-English) title", "original_title"}, {"Author Names|Author", "authors"}, {"Author Addresses", ""}, {"Correspondence Address", ""}, {"Editors", "editors"},
	{"AiP/IP Entry Date", ""}, {"Full Record Entry Date", ""}, {"Source", "embase_source"}, {"Source title", "journal"}, {"Publication Year", "year"}, {"Volume", "volume"}, {"Issue", "issue"},
	{"First Page", "start_page"}, {"Last Page", "end_page"}, {"Pages", "pages"}, {"Date of Publication", "date"}, {"Publication Type", "type"}, {"Conference Name", "conference"}, {"ISSN", "issn"}, {"ISBN", "isbn"},
	{"Book Publisher", "publisher"}, {"Abstract", "abstract"}, {"Original Abstract|Original (non-English) abstract", ""}, {"Author Keywords", "keywords"},
	{"Emtree Drug Index Terms (Major Focus)|Drug index terms (major focus)", "emtree_major"}, {"Emtree Drug Index Terms", "emtree"},
	{"Emtree Medical Index Terms (Major Focus)|Medical index terms (major focus)", "emtree_major"}, {"Emtree Medical Index Terms", "emtree"}, {"Emtree Device Index Terms", "emtree"},
	{"CAS Registry Numbers", ""}, {"Embase Classification|Embase Classifications", ""}, {"Clinical Trial Numbers", "registrations"}, {"Article Language|Language of Article", "languages"},
	{"Summary Language|Language of Summary", ""}, {"Embase Accession ID|Embase Accession Number", "accession_number"}, {"Medline PMID", "pmid"}, {"PUI", "accession_number"}, {"DOI", "doi"},
	{"Full Text Link", "url"}, {"Embase Link", "url"}, {"Open URL Link", ""}, {"Copyright", ""},
}

// embaseRows is Embase with the names and keywords of a record in cells of their own.
var embaseRows = prepared(dialect{name: "embase", title: "Embase", database: "Embase", platform: "Embase", names: ";", columns: embaseColumns})

// prepared fills in what is looked up.
func prepared(d dialect) *dialect {
	d.at = map[string]int{}
	for _, h := range d.columns {
		for name := range strings.SplitSeq(h.names, "|") {
			d.at[spelling(name)] = columnNamed(h.column)
		}
	}
	for set := range strings.SplitSeq(d.marks, "|") {
		if set != "" {
			d.known = append(d.known, strings.Fields(set))
		}
	}
	return &d
}

// columnNamed finds a column of fields.go by the name it is written with, -1 for
// none.
func columnNamed(name string) int {
	for i := range columns {
		if columns[i].name == name {
			return i
		}
	}
	return -1
}

// find gives the column of fields.go that a name of this tool's table stands for:
// by the tool's own table, else by what the name means anywhere.
func (d *dialect) find(name string) (column int, ok bool) {
	form := spelling(csvguard.Strip(name))
	if at, own := d.at[form]; own {
		return at, at >= 0
	}
	at, ok := known[form]
	return at, ok
}

// dialectOf tells by the names of its columns which tool made a table. A table of
// this package is of none, whatever columns were added to it.
func dialectOf(row []string) *dialect {
	have := make(map[string]bool, len(row))
	for _, name := range row {
		have[spelling(csvguard.Strip(name))] = true
	}
	if have[spelling(othersName)] {
		return plainTable
	}
	for _, d := range dialects {
		for _, set := range d.known {
			if hasAll(have, set) {
				return d
			}
		}
	}
	return plainTable
}

func hasAll(have map[string]bool, set []string) bool {
	for _, name := range set {
		if !have[name] {
			return false
		}
	}
	return true
}
