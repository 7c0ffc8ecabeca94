package query

import "strings"

// code is a field of a dialect: how it is written, first as this package writes
// it, and what it means.
type code struct {
	field Field
	names []string
}

// codesOf are the fields of each dialect. One field stands in a dialect once, so
// that what is printed is read back as the same field.
func codesOf(d Dialect) []code {
	switch d {
	case Ovid:
		return ovidCodes[:]
	case PubMed:
		return pubmedCodes[:]
	case WebOfScience:
		return wosCodes[:]
	case Scopus:
		return scopusCodes[:]
	case EBSCO:
		return ebscoCodes[:]
	case Cochrane:
		return cochraneCodes[:]
	}
	return nil
}

// ovidCodes follow Ovid's field guides for MEDLINE, Embase and APA PsycInfo.
var ovidCodes = [...]code{
	{Multi, []string{"mp"}},
	{AnyField, []string{"af"}},
	{TextWords, []string{"tw"}},
	{Title, []string{"ti", "tt"}},
	{Abstract, []string{"ab"}},
	{OriginalTitle, []string{"ot"}},
	{Keywords, []string{"kf", "id"}},
	{KeywordHeading, []string{"kw"}},
	{HeadingWord, []string{"hw", "sw"}},
	{HeadingExact, []string{"sh", "de"}},
	{Subheading, []string{"fs"}},
	{SubheadingTree, []string{"xs"}},
	{Substance, []string{"nm", "rx", "ux", "px", "ox", "tn", "dq", "dy"}},
	{RegistryNumber, []string{"rn"}},
	{PublicationType, []string{"pt"}},
	{Author, []string{"au"}},
	{FirstAuthor, []string{"fa", "ax"}},
	{Affiliation, []string{"in", "ia"}},
	{Journal, []string{"jn", "nj", "ja"}},
	{JournalWord, []string{"jw", "jx"}},
	{Language, []string{"lg", "la"}},
	{Country, []string{"cp", "cy", "pl"}},
	{Year, []string{"yr", "py"}},
	{PublicationDate, []string{"dp", "pd"}},
	{EntryDate, []string{"ed", "em", "dd"}},
	{CreateDate, []string{"da", "ez"}},
	{CompletionDate, []string{"dc"}},
	{ElectronicDate, []string{"ep"}},
	{UpdateDate, []string{"up", "dt", "rd"}},
	{Identifier, []string{"ui", "an", "do", "pm"}},
	{RegisterNumber, []string{"si", "cn"}},
	{ISSN, []string{"is"}},
	{ISBN, []string{"ib"}},
	{Volume, []string{"vo"}},
	{Issue, []string{"ip"}},
	{Pages, []string{"pg"}},
	{Publisher, []string{"pb"}},
	{Grant, []string{"gr", "no"}},
	{Subset, []string{"sb"}},
	{Status, []string{"st"}},
	{Notes, []string{"nt"}},
}

// pubmedCodes follow the search field tags of the PubMed User Guide.
var pubmedCodes = [...]code{
	{AnyField, []string{"all", "all fields"}},
	{PubMedWords, []string{"tw", "text word", "text words", "word"}},
	{TitleAbstract, []string{"tiab", "title/abstract"}},
	{Title, []string{"ti", "title"}},
	{OriginalTitle, []string{"tt", "transliterated title"}},
	{Keywords, []string{"ot", "other term", "other terms"}},
	{Subheading, []string{"sh", "subheading", "mesh subheading", "mesh subheadings"}},
	{Substance, []string{"nm", "supplementary concept", "substance name", "substance"}},
	{RegistryNumber, []string{"rn", "ec/rn number", "ec rn number"}},
	{PublicationType, []string{"pt", "publication type", "ptyp"}},
	{Author, []string{"au", "author", "auth", "fau", "full author name", "author - full", "cn", "corporate author", "author - corporate"}},
	{FirstAuthor, []string{"1au", "author - first", "first author", "first author name"}},
	{LastAuthor, []string{"lastau", "author - last", "last author", "last author name"}},
	{Affiliation, []string{"ad", "affiliation"}},
	{Journal, []string{"ta", "journal", "jour"}},
	{Language, []string{"la", "language", "lang"}},
	{Country, []string{"pl", "place of publication", "cy", "country"}},
	{PublicationDate, []string{"dp", "date - publication", "pdat", "publication date"}},
	{EntryDate, []string{"edat", "date - entrez", "date - entry", "entry date"}},
	{CreateDate, []string{"crdt", "date - create", "create date"}},
	{HeadingDate, []string{"mhda", "date - mesh", "mesh date"}},
	{CompletionDate, []string{"dcom", "date - completion", "completion date"}},
	{ElectronicDate, []string{"dep", "date - electronic", "electronic date"}},
	{UpdateDate, []string{"lr", "date - modification", "modification date", "mdat"}},
	{Identifier, []string{"uid", "pmid", "doi", "aid", "lid", "pmc", "pmcid", "mid", "article identifier", "location id"}},
	{RegisterNumber, []string{"si", "secondary source id"}},
	{ISSN, []string{"is", "issn"}},
	{ISBN, []string{"isbn"}},
	{Volume, []string{"vi", "volume"}},
	{Issue, []string{"ip", "issue"}},
	{Pages, []string{"pg", "pagination"}},
	{Publisher, []string{"pubn", "publisher"}},
	{Grant, []string{"gr", "grant number", "grants and funding", "grant"}},
	{Subset, []string{"sb", "filter", "subset"}},
	{Status, []string{"pst", "publication status"}},
}

// field gives the field that a dialect writes so, "" where it has none.
func fieldNamed(d Dialect, name string) Field {
	for _, c := range codesOf(d) {
		for _, n := range c.names {
			if n == name {
				return c.field
			}
		}
	}
	return ""
}

// codeFor is how a dialect writes a field, "" where it has none.
func codeFor(d Dialect, f Field) string {
	for _, c := range codesOf(d) {
		if c.field == f {
			return c.names[0]
		}
	}
	return ""
}

// plainName brings a field name as typed to the form of the tables.
func plainName(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(s)), " ")
}
