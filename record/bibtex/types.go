package bibtex

import "github.com/evidence-go/evidence/record"

// typeKinds maps the types of entries to kinds of works: those of BibTeX, of
// BibLaTeX (manual, section 2.1), and a few that exports use.
var typeKinds = map[string]record.Kind{
	"article": record.JournalArticle, "suppperiodical": record.JournalArticle,
	"magazine_article": record.MagazineArticle, "magazinearticle": record.MagazineArticle, "newspaper_article": record.NewspaperArticle, "newspaperarticle": record.NewspaperArticle, "newspaper": record.NewspaperArticle,
	"preprint": record.Preprint, "inproceedings": record.ConferencePaper, "conference": record.ConferencePaper, "talk": record.ConferencePaper, "presentation": record.ConferencePaper,
	"proceedings": record.Proceedings, "mvproceedings": record.Proceedings,
	"book": record.Book, "mvbook": record.Book, "booklet": record.Book, "manual": record.Book, "reference": record.Book, "mvreference": record.Book,
	"collection": record.EditedBook, "mvcollection": record.EditedBook,
	"incollection": record.Chapter, "inbook": record.Chapter, "bookinbook": record.Chapter, "suppbook": record.Chapter, "suppcollection": record.Chapter, "book_section": record.Chapter, "booksection": record.Chapter,
	"inreference": record.ReferenceEntry,
	"phdthesis":   record.Thesis, "mastersthesis": record.Thesis, "thesis": record.Thesis, "masterthesis": record.Thesis,
	"techreport": record.Report, "report": record.Report, "manuscript": record.Manuscript, "unpublished": record.Manuscript,
	"dataset": record.Dataset, "data": record.Dataset, "software": record.Software, "softwareversion": record.Software, "softwaremodule": record.Software, "codefragment": record.Software,
	"patent": record.Patent, "online": record.Webpage, "electronic": record.Webpage, "www": record.Webpage, "webpage": record.Webpage, "web_page": record.Webpage,
	"standard": record.Standard, "legislation": record.Legal, "jurisdiction": record.Legal, "legal": record.Legal, "commentary": record.Legal, "constitution": record.Legal, "legmaterial": record.Legal, "legadminmaterial": record.Legal,
	"audio": record.Audiovisual, "video": record.Audiovisual, "movie": record.Audiovisual, "film": record.Audiovisual, "music": record.Audiovisual, "performance": record.Audiovisual, "image": record.Audiovisual, "artwork": record.Audiovisual,
	"misc": record.Other, "periodical": record.Other, "letter": record.Other, "review": record.Other, "generic": record.Other, "hardware": record.Other,
	"set": record.Other, "xdata": record.Other, "customa": record.Other, "customb": record.Other, "customc": record.Other, "customd": record.Other, "custome": record.Other, "customf": record.Other,
}

// written says how a kind is written: the type of BibTeX and of BibLaTeX, and
// for those that share one, what entrysubtype tells them apart.
type written struct {
	kind           record.Kind
	bibtex, latex  string
	subtype, latin string // entrysubtype in BibTeX and in BibLaTeX
}

var writtenTypes = []written{
	{record.JournalArticle, "article", "article", "", ""},
	{record.MagazineArticle, "article", "article", "magazine", "magazine"},
	{record.NewspaperArticle, "article", "article", "newspaper", "newspaper"},
	{record.Preprint, "misc", "online", "preprint", "preprint"},
	{record.ConferencePaper, "inproceedings", "inproceedings", "", ""},
	{record.Proceedings, "proceedings", "proceedings", "", ""},
	{record.Book, "book", "book", "", ""},
	{record.EditedBook, "book", "collection", "edited", ""},
	{record.Chapter, "incollection", "incollection", "", ""},
	{record.ReferenceEntry, "incollection", "inreference", "entry", ""},
	{record.Thesis, "phdthesis", "thesis", "", ""},
	{record.Report, "techreport", "report", "", ""},
	{record.TrialRegister, "misc", "dataset", "trial", "trial"},
	{record.Dataset, "misc", "dataset", "dataset", ""},
	{record.Software, "misc", "software", "software", ""},
	{record.Patent, "misc", "patent", "patent", ""},
	{record.Webpage, "misc", "online", "webpage", ""},
	{record.Standard, "misc", "standard", "standard", ""},
	{record.Legal, "misc", "legal", "legal", ""},
	{record.Manuscript, "unpublished", "unpublished", "", ""},
	{record.Audiovisual, "misc", "audio", "audiovisual", ""},
	{record.Other, "misc", "misc", "", ""},
	{record.KindUnknown, "misc", "misc", "unknown", "unknown"},
}

// kindOf gives the kind of an entry's type, made exact by its subtype. The
// subtype is used up where it is one of those this package writes.
func (e *entry) kindOf(subtype string) (k record.Kind, used bool) {
	if subtype != "" {
		for _, w := range writtenTypes {
			if w.subtype == subtype && w.bibtex == e.kind || w.latin == subtype && w.latex == e.kind {
				return w.kind, true
			}
		}
	}
	if e.term == nil {
		return record.KindUnknown, false
	}
	return e.term.kind, false
}

// typeOf gives the type that a kind is written as.
func typeOf(k record.Kind) written {
	for _, w := range writtenTypes {
		if w.kind == k {
			return w
		}
	}
	return typeOf(record.KindUnknown)
}

// inBook are the kinds that stand in a book, and books themselves: there
// "number" is the book's number in its series.
func inBook(k record.Kind) bool {
	switch k {
	case record.Book, record.EditedBook, record.Proceedings, record.Chapter, record.ConferencePaper, record.ReferenceEntry:
		return true
	}
	return false
}

// inJournal are the kinds that stand in a periodical.
func inJournal(k record.Kind) bool {
	switch k {
	case record.JournalArticle, record.MagazineArticle, record.NewspaperArticle, record.Preprint:
		return true
	}
	return false
}
