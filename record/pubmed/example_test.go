package pubmed_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/pubmed"
)

// A citation that was exported from PubMed as .nbib is written as PubMed XML.
func Example() {
	const nbib = `PMID- 90000001
TI  - Kites over toy villages.
FAU - Nimbus, Vera
AU  - Nimbus V
DP  - 2012 Mar
`
	w := record.NewWriter(os.Stdout, pubmed.XML())
	rd := record.NewReader(strings.NewReader(nbib), record.ReadOptions{Format: pubmed.MEDLINE()})
	for r, err := range rd.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.PMID, r.Title, r.Authors()[0], r.Date)
		if err := w.Write(r); err != nil {
			fmt.Println(err)
			return
		}
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 90000001 Kites over toy villages Nimbus, Vera 2012-03
	// <?xml version="1.0" encoding="UTF-8"?>
	// <PubmedArticleSet>
	// <PubmedArticle>
	//  <MedlineCitation>
	//   <PMID Version="1">90000001</PMID>
	//   <Article>
	//    <Journal>
	//     <JournalIssue CitedMedium="Print">
	//      <PubDate>
	//       <Year>2012</Year>
	//       <Month>Mar</Month>
	//      </PubDate>
	//     </JournalIssue>
	//    </Journal>
	//    <ArticleTitle>Kites over toy villages.</ArticleTitle>
	//    <AuthorList CompleteYN="Y">
	//     <Author ValidYN="Y">
	//      <LastName>Nimbus</LastName>
	//      <ForeName>Vera</ForeName>
	//      <Initials>V</Initials>
	//     </Author>
	//    </AuthorList>
	//   </Article>
	//  </MedlineCitation>
	//  <PubmedData>
	//   <ArticleIdList>
	//    <ArticleId IdType="pubmed">90000001</ArticleId>
	//   </ArticleIdList>
	//  </PubmedData>
	// </PubmedArticle>
	// </PubmedArticleSet>
}
