package query

// Field is a part of a citation as search languages speak of it. A field may be
// a union of others: TextWords looks in titles, abstracts and more.
type Field string

// The fields. What each looks at in a record is in the table of the package
// comment's second part, docs/search.md.
const (
	AnyField         Field = "any"            // .af. of Ovid, [all] of PubMed
	Multi            Field = "multi"          // .mp. of Ovid: title, abstract, headings, substances, keywords
	TextWords        Field = "text-words"     // .tw. of Ovid, title and abstract
	PubMedWords      Field = "pubmed-words"   // [tw] of PubMed: title, abstract, headings, types, substances, keywords
	TitleAbstract    Field = "title-abstract" // [tiab] of PubMed: title, abstract, keywords
	TitleAbsKeywords Field = "title-abs-key"  // Scopus TITLE-ABS-KEY, Web of Science TS: title, abstract, every keyword
	Title            Field = "title"
	Abstract         Field = "abstract"
	OriginalTitle    Field = "original-title"  // .ot., [tt]
	Keywords         Field = "keywords"        // author keywords: .kf., [ot]
	KeywordHeading   Field = "keyword-heading" // .kw.: author keywords as whole phrases
	HeadingWord      Field = "heading-word"    // .hw.: a word of a heading
	HeadingExact     Field = "heading"         // .sh.: a whole heading, not exploded
	Subheading       Field = "subheading"      // .fs., [sh]: a qualifier
	SubheadingTree   Field = "subheading-tree" // .xs.: a qualifier and those below it
	Substance        Field = "substance"       // .nm., [nm]
	RegistryNumber   Field = "registry-number" // .rn., [rn]
	PublicationType  Field = "type"            // .pt., [pt]
	Author           Field = "author"
	FirstAuthor      Field = "first-author"
	LastAuthor       Field = "last-author"
	Affiliation      Field = "affiliation"
	Journal          Field = "journal"      // .jn., [ta]: a whole title or abbreviation
	JournalWord      Field = "journal-word" // .jw.
	Language         Field = "language"
	Country          Field = "country"
	Year             Field = "year"
	PublicationDate  Field = "publication-date" // .dp., [dp]
	EntryDate        Field = "entry-date"       // .ed. of Ovid, [edat]: when the database took it in
	CreateDate       Field = "create-date"      // [crdt]: when the record was made
	HeadingDate      Field = "heading-date"     // [mhda]: when headings were given
	CompletionDate   Field = "completion-date"  // [dcom]
	ElectronicDate   Field = "electronic-date"  // [dep]: published online
	UpdateDate       Field = "update-date"      // .up., .dt. of Ovid, [lr]
	Identifier       Field = "identifier"       // DOI, PMID, PMCID and other numbers: .ui., [uid], [doi]
	RegisterNumber   Field = "register-number"  // secondary sources, trial registers: .si., [si]
	ISSN             Field = "issn"
	ISBN             Field = "isbn"
	Volume           Field = "volume"
	Issue            Field = "issue"
	Pages            Field = "pages"
	Publisher        Field = "publisher"
	Grant            Field = "grant"
	Subset           Field = "subset" // [sb], [filter]: humans, medline, free full text
	Status           Field = "status"
	Notes            Field = "notes"
)
