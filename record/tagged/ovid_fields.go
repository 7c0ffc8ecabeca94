package tagged

import (
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// Ovid is the tagged text of Ovid as a value for record.ReadOptions. It has no
// writer, see the comment of the package.
func Ovid() record.Format {
	return record.Format{Name: "ovid", Title: "Ovid tagged text", Extensions: []string{".txt", ".cgi"}, Sniff: sniffOvid, Decode: decodeOvid}
}

// ovidFields are the short tags.
var ovidFields = []field{
	{"DB", (*builder).ovidDatabase, nil},
	{"VN", (*builder).ovidVendor, nil},
	{"AN", (*builder).ovidAccession, nil},
	{"UI", (*builder).ovidAccession, nil},
	{"PM", (*builder).ovidPMID, nil},
	{"AU", collect(func(b *builder) *[]item { return &b.people }), nil},
	{"FA", collect(func(b *builder) *[]item { return &b.full }), nil},
	{"ED", (*builder).ovidEditors, nil},
	{"CA", func(b *builder, it item) { b.person(record.Author, groupName(trimPoint(fold.Text(it.value)))) }, nil},
	{"IN", collect(func(b *builder) *[]item { return &b.addresses }), nil},
	{"TI", (*builder).ovidTitle, nil},
	{"CH", (*builder).ovidChapter, nil},
	{"OT", (*builder).ovidOriginal, nil},
	{"TT", (*builder).ovidOriginal, nil},
	{"SO", wait(func(b *builder) *item { return &b.source }), nil},
	{"BT", wait(func(b *builder) *item { return &b.source }), nil},
	{"JN", collect(func(b *builder) *[]item { return &b.titles }), nil},
	{"JA", collect(func(b *builder) *[]item { return &b.shorts }), nil},
	{"VO", single(func(r *record.Record) *string { return &r.In.Volume }), nil},
	{"IP", single(func(r *record.Record) *string { return &r.In.Issue }), nil},
	{"PG", (*builder).ovidPages, nil},
	{"YR", wait(func(b *builder) *item { return &b.year }), nil},
	{"DP", wait(func(b *builder) *item { return &b.date }), nil},
	{"EP", (*builder).ovidOnline, nil},
	{"ST", (*builder).ovidStatus, nil},
	{"AB", (*builder).abstract, nil},
	{"KW", (*builder).ovidWords, nil},
	{"ID", (*builder).ovidWords, nil},
	{"DE", (*builder).ovidWords, nil},
	{"MH", (*builder).ovidHeading, nil},
	{"SH", (*builder).ovidHeading, nil},
	{"LG", func(b *builder, it item) { it.value = trimPoint(fold.Text(it.value)); b.languages(it) }, nil},
	{"PT", (*builder).ovidTypes, nil},
	{"DT", (*builder).ovidTypes, nil},
	{"IS", (*builder).serialNumbers, nil},
	{"IB", (*builder).serialNumbers, nil},
	{"JC", (*builder).ovidJournalCode, nil},
	{"DI", (*builder).doi, nil},
	{"DO", (*builder).doi, nil},
	{"PB", single(func(r *record.Record) *string { return &r.In.Publisher }), nil},
	{"PU", (*builder).ovidPublisher, nil},
	{"CP", single(func(r *record.Record) *string { return &r.In.Country }), nil},
	{"CN", (*builder).ovidRegistration, nil},
	{"SI", (*builder).ovidRegistration, nil},
	{"XL", (*builder).ovidLink, nil},
	{"LK", (*builder).ovidLink, nil},
	{"UR", (*builder).ovidLink, nil},
	{"OU", (*builder).ovidLink, nil},
	{"JL", (*builder).ovidLink, nil},
	{"IU", (*builder).ovidLink, nil},
	{"NT", (*builder).note, nil},
	// Tags of the databases' field guides that no field holds.
	{tag: "AD"}, {tag: "AO"}, {tag: "AS"}, {tag: "BR"}, {tag: "CC"}, {tag: "CE"}, {tag: "CF"}, {tag: "CI"}, {tag: "CM"}, {tag: "CO"}, {tag: "CR"},
	{tag: "CS"}, {tag: "DA"}, {tag: "DC"}, {tag: "DD"}, {tag: "DJ"}, {tag: "DU"}, {tag: "EA"}, {tag: "EM"}, {tag: "EN"}, {tag: "ES"}, {tag: "EZ"},
	{tag: "FO"}, {tag: "FT"}, {tag: "GI"}, {tag: "GO"}, {tag: "GS"}, {tag: "IA"}, {tag: "IR"}, {tag: "KP"}, {tag: "LM"}, {tag: "MA"}, {tag: "MD"},
	{tag: "MF"}, {tag: "MV"}, {tag: "NM"}, {tag: "NR"}, {tag: "NW"}, {tag: "OD"}, {tag: "OL"}, {tag: "ON"}, {tag: "OW"}, {tag: "PE"}, {tag: "PH"},
	{tag: "PN"}, {tag: "PO"}, {tag: "PR"}, {tag: "PX"}, {tag: "RD"}, {tag: "RF"}, {tag: "RN"}, {tag: "RO"}, {tag: "RS"}, {tag: "RW"}, {tag: "SB"},
	{tag: "SC"}, {tag: "SL"}, {tag: "SM"}, {tag: "SU"}, {tag: "SY"}, {tag: "TM"}, {tag: "TN"}, {tag: "UP"}, {tag: "VI"}, {tag: "YD"}, {tag: "ZZ"},
	{tag: "Author e-mail"}, {tag: "Score"}, {tag: "Journal Subset"},
}

// ovidTags finds a field by its tag.
var ovidTags = byTag(ovidFields)

// ovidLabels are the tags in words, in small letters, and the short ones they stand
// for.
var ovidLabels = map[string]string{
	"vendor": "VN", "database": "DB", "accession number": "AN", "unique identifier": "UI", "pubmed id": "PM", "pmid": "PM",
	"author": "AU", "authors": "AU", "author(s)": "AU", "author name": "AU", "authors full name": "FA", "full author name": "FA", "author full name": "FA",
	"editor": "ED", "editors": "ED", "book editors": "ED", "corporate author": "CA", "collaborative author": "CA", "group author": "CA",
	"institution": "IN", "author affiliation": "IN", "author's address": "IN", "correspondence address": "AD", "author e-mail": "Author e-mail",
	"title": "TI", "chapter title": "CH", "original title": "OT", "title of original": "OT", "translated title": "TT",
	"source": "SO", "book source": "BT", "book title": "BT", "journal name": "JN", "journal title": "JN", "abbreviated source": "AS", "abbreviated journal title": "JA",
	"volume": "VO", "issue/part": "IP", "issue": "IP", "page": "PG", "pages": "PG", "year of publication": "YR", "publication year": "YR", "year": "YR",
	"date of publication": "DP", "publication date": "DP", "electronic date of publication": "EP", "status": "ST", "publication status": "ST",
	"abstract": "AB", "author keywords": "KW", "keywords": "KW", "key words": "KW", "keyword heading": "KW", "key concepts": "ID", "identifiers": "ID",
	"descriptors": "DE", "mesh subject headings": "MH", "subject headings": "MH", "mesh headings": "MH", "candidate terms": "OD",
	"language": "LG", "summary language": "SL", "document type": "DT", "publication type": "PT", "journal subset": "Journal Subset", "score": "Score",
	"issn": "IS", "issn print": "IS", "issn electronic": "IS", "issn linking": "IS", "isbn": "IB", "nlm journal code": "JC", "nlm journal name": "JN",
	"doi number": "DI", "digital object identifier": "DO", "doi": "DO", "publisher": "PB", "publisher name": "PB", "country of publication": "CP", "publication country": "CP",
	"clinical trial number": "CN", "trial registry number": "CN", "secondary source id": "SI", "other id": "SI",
	"link to the ovid full text or citation": "XL", "link to the external link resolver": "XL", "link to external link resolver": "XL", "link to the full text": "XL", "url": "UR", "notes": "NT",
	"grant information": "GI", "cas registry number": "RN", "registry numbers": "RN", "name of substance": "NM", "classification code": "CC", "cited references": "CF",
	"copyright": "CR", "entry date": "EN", "update date": "UP", "update code": "UP", "date created": "DC", "revision date": "RD", "methodology": "MD", "population group": "PO", "comments": "CM",
	"conflict of interest": "CI", "number of references": "NR", "section heading": "SC", "subset": "SB", "publishing model": "PX",
}

// ovidKind says what kind of work a type of PT or DT means.
type ovidKind struct {
	name string // in small letters
	kind record.Kind
}

// ovidKinds are looked through from the top: what is part of a book says so beside
// the type of the book.
var ovidKinds = []ovidKind{
	{"trial registry record", record.TrialRegister}, {"preprint", record.Preprint},
	{"chapter", record.Chapter}, {"book chapter", record.Chapter}, {"book section", record.Chapter},
	{"dissertation", record.Thesis}, {"dissertation abstract", record.Thesis}, {"thesis", record.Thesis}, {"academic dissertation", record.Thesis},
	{"edited book", record.EditedBook}, {"book", record.Book}, {"authored book", record.Book}, {"whole book", record.Book}, {"monograph", record.Book},
	{"encyclopedia", record.Book}, {"conference paper", record.ConferencePaper}, {"conference proceedings", record.ConferencePaper},
	{"patent", record.Patent}, {"technical report", record.Report}, {"report", record.Report}, {"newspaper article", record.NewspaperArticle},
	{"magazine article", record.MagazineArticle}, {"journal", record.JournalArticle}, {"journal article", record.JournalArticle}, {"article", record.JournalArticle},
}

// longestDegree is the length of the longest of degrees.
const longestDegree = len("MRCPSYCH")

// degrees are what stands behind a name on Ovid's platform of journals, in
// capitals and without points.
var degrees = map[string]bool{
	"MD": true, "PHD": true, "MPH": true, "RN": true, "MS": true, "MSC": true, "BSC": true, "BS": true, "BA": true, "MA": true, "DO": true, "DDS": true, "DMD": true,
	"DVM": true, "PHARMD": true, "PSYD": true, "EDD": true, "SCD": true, "DRPH": true, "DPHIL": true, "MBBS": true, "MBCHB": true, "MBBCH": true, "MB": true, "MBA": true,
	"MHS": true, "MSPH": true, "MSN": true, "BSN": true, "DNP": true, "DPT": true, "PT": true, "OTR": true, "RD": true, "CNM": true, "NP": true, "FNP": true, "PA-C": true,
	"FAAN": true, "FACS": true, "FACP": true, "FACC": true, "FACSM": true, "FAHA": true, "FRCP": true, "FRCS": true, "FRCPC": true, "FRCSC": true, "FRACP": true,
	"FRACS": true, "FAAP": true, "FACOG": true, "FESC": true, "FCCM": true, "MHSC": true, "MED": true, "JD": true, "LCSW": true, "MSW": true, "DSC": true, "DRMED": true,
	"MPP": true, "MPA": true, "MRCP": true, "MRCPSYCH": true, "MCHIR": true, "CCRN": true, "APRN": true, "ATC": true,
}
