package xmlscan_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/xmlscan"
	"github.com/evidence-go/evidence/record"
)

func TestAReferenceIsReplacedByWhatItStandsFor(t *testing.T) {
	for text, want := range map[string]string{
		"&lt;b":               "<, 4, ",
		"&amp;lt;":            "&, 5, ",
		"&#8208;sided":        "‐, 7, ",
		"&#x2010;":            "‐, 8, ",
		"&#xD;&#xA;":          "\r, 5, ",
		"&eacute;":            "é, 8, &eacute;",
		"&kites;":             "&, 1, &kites;",
		"&lt, and more;":      "&, 1, &",
		"& Sons; ropes":       "&, 1, &",
		"&":                   "&, 1, &",
		"&;":                  "&, 1, &;",
		"&#0;":                "\ufffd, 4, &#0;",
		"&#xD800;":            "\ufffd, 8, &#xD800;",
		"&#99999999999;":      "\ufffd, 14, &#99999999999;",
		"&#x;":                "\ufffd, 4, &#x;",
		"&" + long("a") + ";": "&, 1, &",
	} {
		stands, length, bad := xmlscan.Reference([]byte(text))
		assert.Equal(t, want, fmt.Sprintf("%s, %d, %s", stands, length, bad), text)
	}
}

func long(unit string) string { return strings.Repeat(unit, 1000) }

func TestATagEndsBehindItsQuotes(t *testing.T) {
	for text, want := range map[string]string{
		"<a>b":               "a, false, 3",
		"<a/>b>":             "a, true, 4",
		"</a >b":             "/a , false, 5",
		`<a b="c>d">e`:       `a b="c>d", false, 11`,
		`<a b='">' c="'"/>e`: `a b='">' c="'", true, 17`,
		`<a b="c>d`:          `a b="c, false, 8`,
		`<a b="c d`:          ", true, 9",
	} {
		inside, empty, length := xmlscan.CutTag([]byte(text))
		assert.Equal(t, want, fmt.Sprintf("%s, %t, %d", inside, empty, length), text)
	}
	assert.Equal(t, 4, xmlscan.EndTagLength([]byte("</a><b>"), "a"))
	for _, text := range []string{"</ab>", "<a>", "</a", "</a >", ""} {
		assert.Zero(t, xmlscan.EndTagLength([]byte(text), "a"), text)
	}
}

func TestNamesStandBehindTheirPrefixes(t *testing.T) {
	for text, want := range map[string]string{"a b": "a", "x:a>": "a", "x:y:a>": "y:a", "Größe/>": "Größe", "1a": "", "-a": "", "": "", " a": ""} {
		assert.Equal(t, want, xmlscan.LocalName(text), text)
		assert.Equal(t, want, string(xmlscan.LocalName([]byte(text))), text)
	}
}

func TestLinesEndWithLFOrCROrBoth(t *testing.T) {
	text := []byte("a\nb\r\nc\rd")
	var l xmlscan.Lines
	l.Begin(10)
	assert.Equal(t, 10, l.At(text, 0))
	assert.Equal(t, 11, l.At(text, 2))
	assert.Equal(t, 12, l.At(text, 5))
	assert.Equal(t, 12, l.At(text, 3), "one before the last asked for")
	assert.Equal(t, 13, l.At(text, len(text)))
}

func TestAnEnclosureWithoutItsEndIsNoneAndIsLookedForOnce(t *testing.T) {
	var e xmlscan.Enclosures
	assert.Equal(t, 10, e.Length([]byte("<!-- a -->b-->")))
	assert.Equal(t, 6, e.Length([]byte("<?a ?>")))
	assert.Equal(t, "b", string(xmlscan.CDATA([]byte("<![CDATA[b]]>"))))
	assert.Empty(t, xmlscan.CDATA([]byte("<!--b-->")))
	assert.Zero(t, e.Length([]byte("<!DOCTYPE a>")))
	assert.Zero(t, e.Length([]byte("<!--b")))
	assert.Zero(t, e.Length([]byte("<!--b-->")), "a rest of a text that has no end of a comment has one neither further on")
	assert.Equal(t, 13, e.Length([]byte("<![CDATA[b]]>")), "of a CDATA section it may")
}

func TestEndTagsInAFieldEndWhatIsOpen(t *testing.T) {
	group := func(name []byte) bool { return string(name) == "Article" }
	for text, want := range map[string]string{
		"+i -i -Title":          "0 1",
		"+i +b -i -b -Title":    "0b 3 1",
		"+i -Title":             "1i",
		"-Abstract":             "3",
		"+i -Article":           "2",
		"+1 +2 +3 +4 -x -Title": "0 12", // the fourth lies too deep; whatever ends it
	} {
		var l xmlscan.Inline
		var got []string
		for word := range strings.FieldsSeq(text) {
			if name := []byte(word[1:]); word[0] == '+' {
				l.Begin(name, 2)
			} else {
				c, crossed := l.End("Title", name, group)
				got = append(got, fmt.Sprintf("%d%s", c, crossed))
			}
		}
		assert.Equal(t, want, strings.Join(got, " "), text)
	}
}

// cut cuts a text into its records, and shows them with the problems of the file.
func cut(t *testing.T, text string, limits record.Limits) string {
	t.Helper()
	var shown strings.Builder
	in := record.NewInput(iotest.OneByteReader(strings.NewReader(text)), "f", limits, func(p record.Problem) { fmt.Fprintln(&shown, p) })
	s := xmlscan.Splitter{In: in, Outer: xmlscan.Outer{
		Noun: "entry", Records: map[string]string{"Item": "Item", "ItemPart": "Item"}, Sets: map[string]bool{"Items": true}}}
	for tag, ok := s.Next(); ok; tag, ok = s.Next() {
		if s.Records[tag.Local] == "" || tag.End {
			fmt.Fprintf(&shown, "%s %t\n", tag.Name, s.SkipTag())
			continue
		}
		if text, line, e := s.Record(tag); e != xmlscan.TooLong {
			fmt.Fprintf(&shown, "%d %d %q\n", line, e, text)
			in.Advance(len(text))
		}
	}
	return strings.TrimSpace(shown.String())
}

func TestAFileIsCutIntoItsRecords(t *testing.T) {
	filler := long("<Item2>") // more than is read at once, and full of what looks like a record
	for _, c := range []struct{ name, text, want string }{
		{"records of a set", "<?xml?>\n<Items a='>'>\n<Item>a</Item><x:Item>b</x:Item >\n</Items>",
			"Items false\n3 0 \"<Item>a</Item>\"\n3 0 \"<x:Item>b</x:Item >\"\nItems false"},
		{"comments and sections hide tags", "<Item><!-- </Item> --><![CDATA[<Item>]]></Item>", `1 0 "<Item><!-- </Item> --><![CDATA[<Item>]]></Item>"`},
		{"a comment without its end hides none", "<Item><!-- a</Item>", `1 0 "<Item><!-- a</Item>"`},
		{"end tags are missing", "<Items><Item>a<ItemPart>b</Items>", "Items false\n1 1 \"<Item>a\"\n1 1 \"<ItemPart>b\"\nItems false"},
		{"the file is cut", "<Items>\n<Item>a", "Items false\n2 2 \"<Item>a\""},
		{"a document type", "<!DOCTYPE a [<!ENTITY b \"]>\"> <!-- ]> --> ]>\n<Item/>", `2 2 "<Item/>"`},
		{"words between", "\n\na < b\n<Item></Item>", "f:3 text outside of any entry, passed over \"a\" (junk)\nf:3 a < that begins no tag, passed over (syntax)\n4 0 \"<Item></Item>\""},
		{"a comment that is cut", "<Items><!-- a", "Items false\nf:1 a comment begins here and does not end before the file does (truncated)"},
		{"a tag that is cut", "<Items", "f:1 a tag begins here and does not end before the file does (truncated)\nItems false"},
	} {
		assert.Equal(t, c.want, cut(t, c.text, record.Limits{}), c.name)
	}
	left := "f:1 Item: an entry of over 100 bytes (Limits.Record); it was left out (record-too-long)\n"
	for name, c := range map[string]struct{ text, want string }{
		"with its end tag":    {"<Item>" + filler + "</Item><Item>b</Item>", "Item false\n1 0 \"<Item>b</Item>\""},
		"without its end tag": {"<Item>" + filler + "<ItemPart>b</ItemPart>", `1 0 "<ItemPart>b</ItemPart>"`},
		"the last":            {"<Item>" + filler + "</Items>", "Items false"},
		"in a namespace":      {"<x:Item>" + filler + "</x:Item><Item>b</Item>", "x:Item false\n1 0 \"<Item>b</Item>\""},
		"cut":                 {"<Item>" + filler, ""},
		"of blanks":           {"<Item>" + long(" ") + "</Item>", "Item false"},
		"by its last bytes":   {"<Item>" + strings.Repeat(" ", 88) + "</Item>", "Item false"},
	} {
		assert.Equal(t, strings.TrimSpace(left+c.want), cut(t, c.text, record.Limits{Record: 100}), name)
	}
	fits := "<Item>" + strings.Repeat(" ", 87) + "</Item>"
	require.Len(t, fits, 100)
	assert.Equal(t, fmt.Sprintf("1 0 %q", fits), cut(t, fits, record.Limits{Record: 100}))
}
