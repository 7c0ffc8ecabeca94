package table

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// column maps a column to a part of the record, in both directions.
type column struct {
	name    string // as it is written
	single  bool   // holds one value
	read    func(*builder, item)
	write   func(*record.Record) string // nil for a column that is only read
	spelled string                      // further names, in the form of spelling
}

// othersName heads the last column of the tables of this package.
const othersName = "other_columns"

// columns are the columns in the order in which they are written. One that is only
// read stands behind the one that says the same, and behind the last one those that
// the tables of one tool have, see dialects.go.
var columns = []column{
	{"id", true, (*builder).key, func(r *record.Record) string { return r.Key }, "key recordid citationkey refid referenceid citekey"},
	{"title", true, (*builder).title, func(r *record.Record) string { return r.Title }, "articletitle primarytitle titles publicationtitleenglish documenttitle papertitle ti titel titre titulo titulodelarticulo titredelarticle titeldesartikels titulodoartigo 标题 题名 文献标题"},
	{"authors", false, person(record.Author), func(r *record.Record) string { return namesText(r, record.Author) }, "author authornames authorlist creators creator autoren au autor autores auteur auteurs verfasser autorinnen 作者"},
	{"author_full_names", false, (*builder).fullNames, nil, "authorfullname authorsfullnames"},
	{"year", true, (*builder).year, yearText, "publicationyear pubyear publishedyear yearofpublication py jahr annee erscheinungsjahr publikationsjahr anneedepublication ano anodepublicacion anodepublicacao 年份 出版年"},
	{"journal", true, (*builder).journal, func(r *record.Record) string { return r.In.Title },
		"journaltitle journalbook journalname sourcetitle sourcetitles publicationtitle publicationname container containertitle booktitle secondarytitle jf t2 venue zeitschrift fulljournaltitle zeitschriftentitel revue revista periodico titredelarevue titulodelarevista titulodarevista 来源出版物名称 期刊 刊名"},
	{"volume", true, single(func(r *record.Record) *string { return &r.In.Volume }), func(r *record.Record) string { return r.In.Volume }, "vol vl journalvolume volumenumber band jahrgang volumen tomo tome 卷"},
	{"issue", true, single(func(r *record.Record) *string { return &r.In.Issue }), func(r *record.Record) string { return r.In.Issue }, "number issuenumber journalissue heft heftnummer ausgabe numero fasciculo fascicule 期"},
	{"pages", true, single(func(r *record.Record) *string { return &r.In.Pages }), func(r *record.Record) string { return r.In.Pages }, "page pagination pagerange pagenumbers pgs seiten seitenzahlen paginas 页码"},
	{"start_page", true, (*builder).startPage, nil, "pagestart firstpage spage beginningpage sp ersteseite premierepage paginainicial primerapagina 起始页码"},
	{"end_page", true, (*builder).endPage, nil, "pageend lastpage epage endingpage ep letzteseite dernierepage paginafinal ultimapagina 结束页码"},
	{"article_number", true, single(func(r *record.Record) *string { return &r.In.ArticleNumber }), func(r *record.Record) string { return r.In.ArticleNumber }, "artno articleno 论文编号"},
	{"doi", true, (*builder).doi, func(r *record.Record) string { return string(r.DOI) }, "doilink digitalobjectidentifier doinumber doiurl"},
	{"pmid", true, (*builder).pmid, func(r *record.Record) string { return string(r.PMID) }, "pubmedid pubmed"},
	{"pmcid", true, (*builder).pmcid, func(r *record.Record) string { return string(r.PMCID) }, "pmc pubmedcentralid pmcnumber"},
	{"issn", false, (*builder).serials, func(r *record.Record) string { return join(r.In.ISSN) }, "issns eissn issnprint issnonline printissn onlineissn electronicissn essn issnisbn sn"},
	{"isbn", false, (*builder).serials, func(r *record.Record) string { return join(r.In.ISBN) }, "isbns eisbn isbn13 isbn10"},
	{"type", false, (*builder).kind, func(r *record.Record) string { return string(r.Kind) }, "itemtype documenttype publicationtype doctype referencetype typeofwork entrytype typeofreference pubtype kind typeofarticle articletype dokumenttyp typededocument tipodedocumento 文献类型"},
	{"publication_types", false, (*builder).types, func(r *record.Record) string { return list(r.Types) }, ""},
	{"languages", false, (*builder).languages, func(r *record.Record) string { return list(r.Languages) }, "language languageoforiginaldocument lang la sprache langue idioma lengua 语种"},
	{"keywords", false, (*builder).keywords, func(r *record.Record) string { return list(r.Keywords) }, "keyword authorkeywords authorkeyword keywordsauthor indexkeywords keywordsplus manualtags automatictags kw schlagworter schlusselworter motscles palabrasclave palavraschave 关键词 作者关键字 作者关键词 索引关键字"},
	{"mesh_terms", false, headings("mesh"), func(r *record.Record) string { return headingsText(r, true) }, "mesh meshheadings meshterm meshsubjectheadings"},
	{"subject_headings", false, headings(""), func(r *record.Record) string { return headingsText(r, false) }, "emtreeterms descriptors subjectterms"},
	{"abstract", true, (*builder).abstract, func(r *record.Record) string { return r.Abstract.Text }, "abstracttext abstractnote abstracts ab zusammenfassung resume resumen resumo 摘要"},
	{"url", false, (*builder).urls, urlsText, "urls link links externalurl sourceurls articleurl plink pubmedurl website webpage doiurllink ur 链接"},
	{"date", true, (*builder).date, dateText, "publicationdate datepublished publisheddate dateofpublication coverdate datum erscheinungsdatum datedepublication fecha fechadepublicacion datadepublicacao"},
	{"month", true, (*builder).month, nil, "publishedmonth publicationmonth"},
	{"day", true, (*builder).day, nil, "publishedday publicationday"},
	{"original_title", true, plain(func(r *record.Record) *string { return &r.OriginalTitle }), func(r *record.Record) string { return r.OriginalTitle }, "titleinoriginallanguage originallanguagetitle"},
	{"short_title", true, plain(func(r *record.Record) *string { return &r.ShortTitle }), func(r *record.Record) string { return r.ShortTitle }, ""},
	{"journal_abbrev", true, plain(func(r *record.Record) *string { return &r.In.Abbrev }), func(r *record.Record) string { return r.In.Abbrev },
		"journalabbreviation abbreviatedsourcetitle isoabbreviation journalabbreviated abbreviatedjournal journaliso sourceabbreviation journalisoabbreviation"},
	{"editors", false, person(record.Editor), func(r *record.Record) string { return namesText(r, record.Editor) }, "editor bookeditors"},
	{"publisher", true, single(func(r *record.Record) *string { return &r.In.Publisher }), func(r *record.Record) string { return r.In.Publisher }, "pb publishername verlag editorial editora 出版商"},
	{"place", true, single(func(r *record.Record) *string { return &r.In.Place }), func(r *record.Record) string { return r.In.Place }, "placeofpublication publisherplace publishercity location verlagsort erscheinungsort lieudepublication lugardepublicacion localdepublicacao"},
	{"country", true, single(func(r *record.Record) *string { return &r.In.Country }), func(r *record.Record) string { return r.In.Country }, "sourcecountry countryofpublication"},
	{"edition", true, single(func(r *record.Record) *string { return &r.In.Edition }), func(r *record.Record) string { return r.In.Edition }, "auflage edicion edicao"},
	{"series", true, plain(func(r *record.Record) *string { return &r.In.Series }), func(r *record.Record) string { return r.In.Series }, "seriestitle bookseriestitle"},
	{"series_volume", true, single(func(r *record.Record) *string { return &r.In.SeriesVolume }), func(r *record.Record) string { return r.In.SeriesVolume }, "seriesnumber"},
	{"page_count", true, single(func(r *record.Record) *string { return &r.In.PageCount }), func(r *record.Record) string { return r.In.PageCount }, "numpages numberofpages"},
	{"conference", true, single(func(r *record.Record) *string { return &r.In.Event }), func(r *record.Record) string { return r.In.Event }, "conferencename conferencetitle"},
	{"identifiers", false, (*builder).identifiers, identifiersText, ""},
	{"accession_number", false, (*builder).accession, nil, "accession eid utuniquewosid uniquewosid lensid accessionno an"},
	{"registrations", false, (*builder).registrations, registrationsText, "registration trialregistration trialregistrationnumber clinicaltrialnumber registrationnumber nctnumber"},
	{"notes", false, (*builder).notes, notesText, "note"},
	{"publication_status", true, single(func(r *record.Record) *string { return &r.Status }), func(r *record.Record) string { return r.Status }, "publicationstage"},
	{"flags", false, (*builder).flags, func(r *record.Record) string { return list(r.Values(record.FieldFlags)) }, ""},
	{"database", true, single(func(r *record.Record) *string { return &r.Source.Database }), func(r *record.Record) string { return r.Source.Database }, "source sourcedatabase databasename databaseprovider db"},
	{"platform", true, single(func(r *record.Record) *string { return &r.Source.Platform }), func(r *record.Record) string { return r.Source.Platform }, "dataprovider"},
	{othersName, false, (*builder).others, nil, ""},

	{"citation", true, (*builder).citation, nil, ""},
	{"authors_and", false, person(record.Author), nil, ""},
	{"cochrane_source", true, (*builder).cochraneSource, nil, ""},
	{"rayyan_notes", false, (*builder).rayyanNotes, nil, ""},
	{"embase_source", true, (*builder).embaseSource, nil, ""},
	{"emtree", false, emtree(false), nil, ""},
	{"emtree_major", false, emtree(true), nil, ""},
	{"zotero_extra", false, (*builder).zoteroExtra, nil, ""},
}

// ofAnyTable is the number of columns that tables of no known tool have.
var ofAnyTable = columnNamed(othersName) + 1

// known finds a column by the form of its name.
var known = func() map[string]int {
	m := map[string]int{}
	for i, c := range columns[:ofAnyTable] {
		m[spelling(c.name)] = i
		for _, s := range strings.Fields(c.spelled) {
			m[s] = i
		}
	}
	return m
}()

// work is what a word in a column of types says: a kind of work, and whether the word
// says more than that and is kept among the publication types.
type work struct {
	kind record.Kind
	more bool
}

// workWords are the types of works as tables name them, besides the names of the
// kinds themselves, in the form of spelling.
var workWords = map[record.Kind]string{
	record.JournalArticle:   "article journal jour journals articlejournal academicjournal ieeejournals ieeemagazines ieeeearlyaccessarticles",
	record.Book:             "monograph wholebook",
	record.EditedBook:       "editedvolume",
	record.Chapter:          "bookchapter booksection inbook incollection bookpart chap bookitem",
	record.ConferencePaper:  "inproceedings proceedingspaper conferenceproceedings conferenceproceedingsarticle proceedingsarticle paperconference conferencearticle conf cpaper ieeeconferences",
	record.Proceedings:      "conferenceproceeding conferencereviewvolume",
	record.Thesis:           "phdthesis mastersthesis dissertation thesisdissertation thes doctoralthesis",
	record.Report:           "techreport technicalreport rprt",
	record.Preprint:         "postedcontent preprintarticle",
	record.Manuscript:       "unpublished unpublishedwork",
	record.Webpage:          "online website electronic elec",
	record.Other:            "misc gen generic",
	record.MagazineArticle:  "articlemagazine magazine",
	record.NewspaperArticle: "articlenewspaper newspaper news",
	record.ReferenceEntry:   "encyclopediaarticle entryencyclopedia dictionaryentry",
	record.TrialRegister:    "clinicaltrial trialregister trialregistryrecord registration",
	record.Software:         "computerprogram",
}

// narrower are types that say more than the kind of a work.
var narrower = map[string]record.Kind{
	"review": record.JournalArticle, "letter": record.JournalArticle, "editorial": record.JournalArticle, "shortsurvey": record.JournalArticle,
	"erratum": record.JournalArticle, "reviewarticle": record.JournalArticle, "researcharticle": record.JournalArticle, "casereport": record.JournalArticle,
	"meetingabstract": record.ConferencePaper, "conferenceabstract": record.ConferencePaper, "conferencereview": record.ConferencePaper,
}

// works finds all of them.
var works = func() map[string]work {
	m := map[string]work{}
	for _, k := range record.Kinds() {
		m[spelling(string(k))] = work{k, false}
	}
	for kind, words := range workWords {
		for _, w := range strings.Fields(words) {
			m[w] = work{kind, false}
		}
	}
	for w, kind := range narrower {
		m[w] = work{kind, true}
	}
	return m
}()
