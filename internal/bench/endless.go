package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// number stands in a template where each record has its own eight digits.
const number = "########"

// templates are one invented record of each streamed format, about as long as
// real ones with an abstract.
var templates = map[string]struct{ head, record, tail string }{
	"ris": {"", "TY  - JOUR\nID  - " + number + `
AU  - Teste, Una Maria
AU  - van der Berg, Anna
AU  - Okonkwo, Ngozi
TI  - Kite flying and well-being in adults over 60, trial ` + number + `: a randomised controlled trial
T2  - Journal of Invented Things
J2  - J Invent Things
PY  - 2019
DA  - 2019/03/14
VL  - 12
IS  - 3
SP  - 101
EP  - 119
SN  - 2049-3630
DO  - 10.5555/kites.` + number + `
KW  - Kites
KW  - Aged
KW  - Randomized Controlled Trials
AB  - ` + prose + `
UR  - https://example.org/kites/` + number + "\nLA  - eng\nER  - \n\n", ""},
	"bib": {"@string{jit = {Journal of Invented Things}}\n\n", `@article{teste` + number + `,
  author = {Teste, Una Maria and van der Berg, Anna and Okonkwo, Ngozi},
  title = {Kite flying and well-being in adults over 60, trial ` + number + `: a {Bavarian} randomised controlled trial},
  journal = jit,
  year = {2019},
  month = mar,
  volume = {12},
  number = {3},
  pages = {101--119},
  issn = {2049-3630},
  doi = {10.5555/kites.` + number + `},
  keywords = {Kites, Aged, Randomized Controlled Trials},
  abstract = {` + prose + `},
  url = {https://example.org/kites/` + number + `},
  language = {english}
}

`, ""},
	"pubmed_xml": {"<?xml version=\"1.0\" ?>\n<PubmedArticleSet>\n", `<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">` + number + `</PMID><DateCompleted><Year>2019</Year><Month>05</Month><Day>02</Day></DateCompleted>
<Article PubModel="Print"><Journal><ISSN IssnType="Electronic">2049-3630</ISSN><JournalIssue CitedMedium="Internet">
<Volume>12</Volume><Issue>3</Issue><PubDate><Year>2019</Year><Month>Mar</Month></PubDate></JournalIssue>
<Title>Journal of Invented Things</Title><ISOAbbreviation>J Invent Things</ISOAbbreviation></Journal>
<ArticleTitle>Kite flying and well-being in adults over 60, trial ` + number + `: a <i>randomised</i> trial.</ArticleTitle>
<Pagination><MedlinePgn>101-119</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/kites.` + number + `</ELocationID>
<Abstract><AbstractText Label="METHODS" NlmCategory="METHODS">` + prose + `</AbstractText></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Teste</LastName><ForeName>Una Maria</ForeName><Initials>UM</Initials>
<AffiliationInfo><Affiliation>Institute of Kites, Invented Town.</Affiliation></AffiliationInfo></Author>
<Author ValidYN="Y"><LastName>Okonkwo</LastName><ForeName>Ngozi</ForeName><Initials>N</Initials></Author></AuthorList>
<Language>eng</Language><PublicationTypeList><PublicationType UI="D016449">Randomized Controlled Trial</PublicationType>
</PublicationTypeList></Article><MedlineJournalInfo><Country>England</Country></MedlineJournalInfo>
<MeshHeadingList><MeshHeading><DescriptorName UI="D000368" MajorTopicYN="N">Aged</DescriptorName></MeshHeading>
<MeshHeading><DescriptorName UI="D006801" MajorTopicYN="Y">Humans</DescriptorName></MeshHeading></MeshHeadingList>
</MedlineCitation><PubmedData><PublicationStatus>ppublish</PublicationStatus><ArticleIdList>
<ArticleId IdType="pubmed">` + number + `</ArticleId><ArticleId IdType="doi">10.5555/kites.` + number + `</ArticleId>
</ArticleIdList></PubmedData></PubmedArticle>
`, "</PubmedArticleSet>\n"},
}

var prose = strings.TrimSpace(strings.Repeat("Adults over 60 were randomised to weekly kite flying or to usual leisure "+
	"for twelve weeks (95% CI 0.41 to 0.87; p = 0.008). ", 10))

// endless makes invented records until so many bytes are passed. Only numbers
// change from one record to the next, so that making them costs next to nothing
// and no two share a key, a PMID or a DOI.
type endless struct {
	block []byte // blockRecords records
	slots []int  // where in block a number stands
	size  int    // of one record
	next  int64  // number of the block's first record
	left  int64
	tail  []byte
	ready []byte // made and not yet read
}

// blockRecords is how many records are made at a time.
const blockRecords = 64

func newEndless(format string, size int64) *endless {
	t := templates[format]
	e := &endless{
		block: bytes.Repeat([]byte(t.record), blockRecords), size: len(t.record), next: 10_000_000,
		left: size, tail: []byte(t.tail), ready: []byte(t.head),
	}
	for pos := 0; ; pos++ {
		i := bytes.Index(e.block[pos:], []byte(number))
		if i < 0 {
			return e
		}
		pos += i
		e.slots = append(e.slots, pos)
	}
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.ready) == 0 {
		e.fill()
	}
	if len(e.ready) == 0 {
		return 0, io.EOF
	}
	n := copy(p, e.ready)
	e.ready = e.ready[n:]
	return n, nil
}

func (e *endless) fill() {
	if e.left <= 0 || len(e.block) == 0 {
		e.ready, e.tail = e.tail, nil
		return
	}
	for _, at := range e.slots {
		copy(e.block[at:], fmt.Appendf(nil, "%08d", e.next+int64(at/e.size)))
	}
	e.next += blockRecords
	e.left -= int64(len(e.block))
	e.ready = e.block
}
