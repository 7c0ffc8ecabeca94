package query

// wosCodes are the field tags of Web of Science's advanced search.
var wosCodes = [...]code{
	{TitleAbsKeywords, []string{"TS"}},
	{AnyField, []string{"ALL"}},
	{Title, []string{"TI"}},
	{Abstract, []string{"AB"}},
	{Keywords, []string{"AK"}},
	{HeadingWord, []string{"KP"}},
	{Author, []string{"AU"}},
	{Affiliation, []string{"AD", "OO", "OG"}},
	{Journal, []string{"SO"}},
	{Year, []string{"PY"}},
	{Identifier, []string{"DO", "PMID", "UT"}},
	{ISSN, []string{"IS"}},
	{PublicationType, []string{"DT"}},
	{Language, []string{"LA"}},
	{Grant, []string{"FG"}},
	{Publisher, []string{"PUBL"}},
	{Country, []string{"CU"}},
}

// scopusCodes are the field codes of Scopus.
var scopusCodes = [...]code{
	{TitleAbsKeywords, []string{"TITLE-ABS-KEY"}},
	{AnyField, []string{"ALL"}},
	{TitleAbstract, []string{"TITLE-ABS"}},
	{Title, []string{"TITLE"}},
	{Abstract, []string{"ABS"}},
	{Keywords, []string{"AUTHKEY"}},
	{KeywordHeading, []string{"KEY"}},
	{HeadingWord, []string{"INDEXTERMS"}},
	{Substance, []string{"CHEMNAME"}},
	{RegistryNumber, []string{"CASREGNUMBER"}},
	{Author, []string{"AUTH", "AUTHOR-NAME"}},
	{FirstAuthor, []string{"FIRSTAUTH"}},
	{Affiliation, []string{"AFFIL", "AFFILORG"}},
	{Country, []string{"AFFILCOUNTRY"}},
	{Journal, []string{"EXACTSRCTITLE"}},
	{JournalWord, []string{"SRCTITLE"}},
	{Year, []string{"PUBYEAR"}},
	{Identifier, []string{"DOI", "PMID", "EID"}},
	{ISSN, []string{"ISSN"}},
	{ISBN, []string{"ISBN"}},
	{PublicationType, []string{"DOCTYPE"}},
	{Language, []string{"LANGUAGE"}},
	{Volume, []string{"VOLUME"}},
	{Issue, []string{"ISSUE"}},
	{Pages, []string{"PAGES"}},
}

// ebscoCodes are the search field tags of EBSCOhost's CINAHL and APA PsycInfo.
var ebscoCodes = [...]code{
	{AnyField, []string{"TX"}},
	{Title, []string{"TI"}},
	{Abstract, []string{"AB"}},
	{HeadingWord, []string{"MW", "SU"}},
	{Keywords, []string{"KW"}},
	{Author, []string{"AU"}},
	{Affiliation, []string{"AF"}},
	{Journal, []string{"SO", "JN"}},
	{Year, []string{"PY", "YR"}},
	{EntryDate, []string{"EM"}},
	{PublicationType, []string{"PT"}},
	{Language, []string{"LA"}},
	{HeadingExact, []string{"DE"}},
	{Identifier, []string{"AN", "DI", "PM"}},
	{ISSN, []string{"IS"}},
	{ISBN, []string{"IB"}},
}

// cochraneCodes are the field labels of the Cochrane Library's search manager.
var cochraneCodes = [...]code{
	{AnyField, []string{"all"}},
	{Title, []string{"ti"}},
	{Abstract, []string{"ab"}},
	{KeywordHeading, []string{"kw"}},
	{HeadingWord, []string{"me"}},
	{Author, []string{"au"}},
	{Journal, []string{"so"}},
	{PublicationType, []string{"pt"}},
	{Identifier, []string{"doi", "an"}},
	{Year, []string{"yr"}},
}
