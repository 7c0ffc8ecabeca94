package pubmed

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

// readable checks that a text of any kind is read to its end, and that what was
// read can be written and read again.
func readable(t *testing.T, format record.Format, data []byte) {
	var records []*record.Record
	rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "fuzz", Charset: "utf-8", Format: format})
	for r, err := range rd.All() {
		if err != nil {
			return
		}
		records = append(records, r)
	}
	text := write(t, format, records)
	again, _ := read(t, format, text)
	require.Len(t, again, len(records), "%s", text)
	if format.Name == nameXML {
		require.NoError(t, wellFormed(text), "%s", text)
	}
}

func FuzzReadMEDLINE(f *testing.F) {
	f.Add([]byte(sampleMEDLINE))
	f.Add([]byte("OWN - ERIC\nTI-Kites\n  and ropes\n\njunk\nPMID-1\r\rBTI - \rAUID- x\nOABL- ger"))
	f.Add([]byte("PMID- 1\n\nOWN - NLM\nAUID- x\n"))
	f.Fuzz(func(t *testing.T, data []byte) { readable(t, MEDLINE(), data) })
}

func FuzzReadXML(f *testing.F) {
	f.Add([]byte(sampleXML))
	f.Add([]byte("<!DOCTYPE a [<!-- ]> -->]><p:PubmedArticleSet><PubmedArticle><MedlineCitation a='>'><PMID>1</PMID><Article><ArticleTitle>a<i>b</ArticleTitle><x>&#0;&amp;"))
	f.Add([]byte("<PubmedBookArticle><BookDocument><Book><BookTitle><![CDATA[</PubmedBookArticle>]]></BookTitle><PubmedArticle>"))
	f.Add([]byte("<"))
	f.Fuzz(func(t *testing.T, data []byte) { readable(t, XML(), data) })
}
