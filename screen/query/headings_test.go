package query_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

const treeXML = `<?xml version="1.0"?>
<!DOCTYPE DescriptorRecordSet SYSTEM "nlmdescriptorrecordset.dtd">
<DescriptorRecordSet LanguageCode="eng">
<DescriptorRecord DescriptorClass="1"><DescriptorUI>D1</DescriptorUI><DescriptorName><String>Toys</String></DescriptorName>
<TreeNumberList><TreeNumber>J01</TreeNumber><TreeNumber>I03.5</TreeNumber></TreeNumberList>
<ConceptList><Concept><TermList><Term><String>Toys</String></Term><Term><String>Play &amp; Games Things</String></Term></TermList></Concept></ConceptList></DescriptorRecord>
<DescriptorRecord><DescriptorName><String>Kites, Box</String></DescriptorName><TreeNumberList><TreeNumber>I03.5.10.7</TreeNumber></TreeNumberList></DescriptorRecord>
<DescriptorRecord><DescriptorName><String>Kites</String></DescriptorName><TreeNumberList><TreeNumber>I03.5.10</TreeNumber></TreeNumberList></DescriptorRecord>
<DescriptorRecord><DescriptorName><String>Tops</String></DescriptorName><TreeNumberList><TreeNumber>J01.1</TreeNumber></TreeNumberList></DescriptorRecord>
<DescriptorRecord><DescriptorName><String>Humans</String></DescriptorName></DescriptorRecord>
</DescriptorRecordSet>
`

const treeASCII = "Toys;J01\nToys;I03.5\nKites;I03.5.10\r\nKites, Box;I03.5.10.7\n\nTops;J01.1\nStrange;J010.1"

const treeTabs = "\ufeffTree Number\tDesc Ui\tTerm\nJ01\tD1\tToys\nI03.5\tD1\tToys\nI03.5.10\tD2\tKites\nI03.5.10.7\tD3\tKites, Box\nJ01.1\tD4\tTops\n"

// finds gives the headings, of all in the trees of the tests, that a search for one
// finds.
func finds(t *testing.T, tree *query.Tree, strategy string) string {
	q, err := query.ParseWith(query.Options{Dialect: query.Ovid, Headings: tree}, strategy)
	require.NoError(t, err, strategy)
	var out []string
	for _, name := range []string{"Toys", "Kites", "Kites, Box", "Tops", "Humans", "Strange"} {
		if q.Match(&record.Record{Headings: []record.Heading{{Term: name}}}).Verdict == query.Yes {
			out = append(out, name)
		}
	}
	return strings.Join(out, "|")
}

func TestAHeadingIsExplodedByEachFormOfATree(t *testing.T) {
	for form, text := range map[string]string{"XML": treeXML, "ASCII": treeASCII, "tabs": treeTabs, "tabs without a head": strings.SplitN(treeTabs, "\n", 2)[1]} {
		tree, err := query.ReadTree(strings.NewReader(text), "tree")
		require.NoError(t, err, form)
		assert.Equal(t, "Toys|Kites|Kites, Box|Tops", finds(t, tree, "exp Toys/"), form)
		assert.Equal(t, "Toys", finds(t, tree, "Toys/"), form)
		assert.Equal(t, "Kites|Kites, Box", finds(t, tree, "exp KITES/"), form)
		assert.Equal(t, "Kites, Box", finds(t, tree, "exp kites, box/"), form)
		assert.Equal(t, "Humans", finds(t, tree, "exp Humans/"), "a heading without a place, or that the tree lacks, is found by its name: "+form)
	}
	tree, err := query.ReadTree(strings.NewReader(treeXML), "tree")
	require.NoError(t, err)
	assert.Equal(t, 5, tree.Len())
	assert.Equal(t, "Toys|Kites|Kites, Box|Tops", finds(t, tree, "exp Play & Games Things/"), "an entry term")
}

func TestWithoutATreeAnAnswerSaysThatAHeadingWasMatchedByItsName(t *testing.T) {
	q, err := query.Parse(query.Ovid, "1. exp Toys/\n2. Kites/\n3. 1 or 2\n4. exp Tops/\n5. 3 or Humans/")
	require.NoError(t, err)
	a := q.Match(&record.Record{Headings: []record.Heading{{Term: "Kites"}}})
	require.Len(t, a.Notes, 1, "line 4 is no part of the result")
	assert.Contains(t, a.Notes[0].String(), "line 1, column 4: “Toys” was matched by its name alone")
	assert.Len(t, q.Run(nil).Notes, 2)
}

func TestAFileOfAnotherKindIsAnErrorWithItsPlace(t *testing.T) {
	for want, text := range map[string]string{
		"tree: there is no heading in it":                                                      "",
		"tree: line 1: this is no tree of headings: expected NLM's descriptor XML":             "PMID- 1\nTI  - Kites\n",
		"tree: line 1: <PubmedArticleSet> is no set of descriptors":                            "<PubmedArticleSet></PubmedArticleSet>",
		"tree: line 2: expected Heading;tree number":                                           "Toys;J01\nKites\n",
		"tree: line 3: expected tree number, id and heading":                                   "J01\tD1\tToys\nJ02\tD1\tToys\nA;B\n",
		"tree: line 3: the file ends before it is complete":                                    "<DescriptorRecordSet>\n<DescriptorRecord>\n",
		"tree: line 1: the line is too long":                                                   strings.Repeat("x", 1<<20),
		"tree: line 1: this is no tree of headings":                                            "\x00\x01\x02;\n",
		"tree: line 1: “kites” is no tree number":                                              "<DescriptorRecordSet><DescriptorRecord><TreeNumberList><TreeNumber>kites</TreeNumber>",
		"tree: line 1: elements lie too deep within one another":                               "<DescriptorRecordSet>" + strings.Repeat("<a>", 1000),
		"tree: line 1: reading headings: too much text between two tags":                       "<DescriptorRecordSet>" + strings.Repeat("x", 4<<20),
		"tree: line 1: there is no heading beside the tree number J01":                         "…;J01\n",
		"tree: line 1: </b> ends nothing that is open":                                         "<DescriptorRecordSet></b>",
		"tree: line 2: this descriptor has no name":                                            "<DescriptorRecordSet><DescriptorRecord>\n</DescriptorRecord>",
		"tree: line 1: the file ends before it is complete":                                    "<!-- nothing -->",
		"tree: line 1: reading headings: XML syntax error on line 1: invalid character entity": "<DescriptorRecordSet>&nosuch;",
	} {
		_, err := query.ReadTree(strings.NewReader(text), "tree")
		if assert.Error(t, err, want) {
			assert.True(t, strings.HasPrefix(err.Error(), want), "%s\n%s", want, err)
		}
	}
}

func TestTheTreeOfMeSHIsRead(t *testing.T) {
	f, err := os.Open(suite.Data(t, "screen", "mesh", "2017MeshTree.txt"))
	require.NoError(t, err)
	defer f.Close()
	tree, err := query.ReadTree(f, "2017MeshTree.txt")
	require.NoError(t, err)
	assert.Greater(t, tree.Len(), 20_000)
	q, err := query.ParseWith(query.Options{Dialect: query.Ovid, Headings: tree}, "exp Dementia/")
	require.NoError(t, err)
	assert.Equal(t, query.Yes, q.Match(&record.Record{Headings: []record.Heading{{Term: "Alzheimer Disease"}}}).Verdict)
	assert.Equal(t, query.No, q.Match(&record.Record{Headings: []record.Heading{{Term: "Asthma"}}}).Verdict)
	assert.Empty(t, q.Match(&record.Record{}).Notes)
}

func FuzzReadTree(f *testing.F) {
	for _, text := range []string{treeXML, treeASCII, treeTabs, "<a", "x;A01.\n", "\ufeff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree, err := query.ReadTree(strings.NewReader(text), "tree")
		if (err == nil) != (tree.Len() > 0) {
			t.Fatalf("%d headings, error %v", tree.Len(), err)
		}
	})
}
