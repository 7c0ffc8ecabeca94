package record_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/bibtex"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/evidence-go/evidence/record/ndjson"
	"github.com/evidence-go/evidence/record/pubmed"
	"github.com/evidence-go/evidence/record/ris"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// problemExample is a small file with one problem, and what a person can do
// about files like it.
type problemExample struct {
	format record.Format
	limits record.Limits
	text   string
	advice string
	inside string // the name of the file in an archive that the text is in; "" for none
}

const (
	risHead  = "TY  - JOUR\nID  - kite1\nTI  - Kites over toy villages\n"
	risTail  = "ER  - \n"
	bibEntry = "@article{kite1,\n  title = {Kites over toy villages},\n"
	xmlHead  = "<PubmedArticleSet>\n<PubmedArticle><MedlineCitation><PMID>90000001</PMID>\n"
	xmlTail  = "</MedlineCitation></PubmedArticle>\n</PubmedArticleSet>\n"
)

func problemExamples() map[record.Code]problemExample {
	risOf := func(lines string) string { return risHead + lines + risTail }
	return map[record.Code]problemExample{
		record.CodeEmpty: {ris.Format(), record.Limits{}, " \n",
			"Fetch the file again: the export or the download failed. A search without a hit gives such a file too; then it is right.", ""},
		record.CodeJunk: {ris.Format(), record.Limits{}, "Downloaded from an invented database\n\n" + risOf(""),
			"Look at the lines. A heading of the database is harmless; a record without its tags must be repaired by hand or exported again.", ""},
		record.CodeNoRecords: {pubmed.XML(), record.Limits{}, "<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n</PubmedArticleSet>\n",
			"Compare with the number of hits that the database showed, and export again when it was not zero.", ""},
		record.CodeEncoding: {ris.Format(), record.Limits{}, risOf("AU  - M\xfcller, Ada\nN1  - Zoë\n"),
			"Name the charset in ReadOptions.Charset when you know it (\"windows-1252\" for many older exports), or export again as UTF-8.", ""},
		record.CodeTruncated: {ris.Format(), record.Limits{}, risOf("") + "TY  - JOUR\nTI  - Ropes of pa",
			"Fetch the file again: the last record is not whole, and more may have followed it.", ""},
		record.CodeMissingEnd: {ris.Format(), record.Limits{}, risHead + "TY  - JOUR\nTI  - Ropes of paper\n" + risTail,
			"Look whether the two records were told apart where they should be; the fields of each are those between its marks.", ""},
		record.CodeMissingStart: {ris.Format(), record.Limits{}, "TI  - Kites over toy villages\nPY  - 2012\n" + risTail,
			"Add the mark in the file, or set the kind of the record afterwards.", ""},
		record.CodeSyntax: {bibtex.Format(), record.Limits{}, bibEntry + "  year = {2012}\n  volume = {4},\n}\n",
			"Look at the line and at how it was read. Repair the file when the reading is not what was meant.", ""},
		record.CodeSkipped: {ndjson.Format(), record.Limits{}, "{\"schema\":1,\"title\":\"Kites over toy villages\"}\n{\"schema\":2,\"title\":\"Ropes of paper\"}\n",
			"Repair the line, or write the file anew from its source: this record is not among those that were read.", ""},
		record.CodeUnknownTag: {ris.Format(), record.Limits{}, risOf("ZZ  - 17 kites\n"),
			"Nothing, unless you need the value: it stands in Record.Extra under its tag.", ""},
		record.CodeUnknownType: {ris.Format(), record.Limits{}, "TY  - KITE\nTI  - Kites over toy villages\n" + risTail,
			"Set the record's kind afterwards where it matters.", ""},
		record.CodeRepeatedTag: {ris.Format(), record.Limits{}, risOf("VL  - 4\nVL  - 5\n"),
			"Compare the two values with the work; the further one stands in Record.Extra or in a list, as the text says.", ""},
		record.CodeRepeatedKey: {bibtex.Format(), record.Limits{}, bibEntry + "}\n" + "@article{kite1,\n  title = {Ropes of paper},\n}\n",
			"Give one of the two another key. Until then the second is known by a number behind the key.", ""},
		record.CodeNoKey: {bibtex.Format(), record.Limits{}, "@article{,\n  title = {Kites over toy villages},\n}\n",
			"Give the entry a key when it is to be cited; for a review it is not needed.", ""},
		record.CodeEmptyValue: {bibtex.Format(), record.Limits{}, bibEntry + "  year = ,\n}\n",
			"Add the value, or take the field out.", ""},
		record.CodeAuthorList: {ris.Format(), record.Limits{}, risOf("AU  - Nimbus, Vera; Probe, Ben\n"),
			"Look whether the names are told apart rightly. One name a tag is what the format asks for.", ""},
		record.CodeAuthorForm: {ris.Format(), record.Limits{}, risOf("AU  - Vera Q. Nimbus\n"),
			"Look whether the right word became the family name; write \"Family, Given\" in the file when not.", ""},
		record.CodeDate: {ris.Format(), record.Limits{}, risOf("PY  - when the wind blew\n"),
			"Add the year by hand: comparing records without a year is less sure.", ""},
		record.CodeDOI: {ris.Format(), record.Limits{}, risOf("DO  - not assigned\n"),
			"Nothing, unless the DOI is known: the value is kept, in Record.Extra or among the identifiers, and is never compared as a DOI.", ""},
		record.CodeMisplacedID: {ris.Format(), record.Limits{}, risOf("N1  - doi: 10.5555/kite.1\n"),
			"Nothing in most files. Look whether it is the work's own DOI and not that of a work it speaks of.", ""},
		record.CodeIdentifier: {ris.Format(), record.Limits{}, risOf("SN  - 0000-0018\n"),
			"Compare with the source: a digit is wrong. The value is kept, and not used to compare.", ""},
		record.CodeTwoFields: {ris.Format(), record.Limits{}, risOf("VL  - 4      IS  - 2\n"),
			"Look whether the line was meant as two tags: a program that lost a line break wrote it.", ""},
		record.CodeContinuation: {ris.Format(), record.Limits{}, risOf("SP  - 10\n-19\n"),
			"Nothing in most files: the lines are joined. Look when the line is no part of the value before it.", ""},
		record.CodeMarkup: {pubmed.XML(), record.Limits{}, xmlHead + "<Article><ArticleTitle>Kites &amp; ropes where p < 0.05</ArticleTitle></Article>\n" + xmlTail,
			"Look at the text of the record, which may show a piece of markup.", ""},
		record.CodeUndefinedMacro: {bibtex.Format(), record.Limits{}, bibEntry + "  journal = jit,\n}\n",
			"Put the file with the @string definitions before this one, or write the words in braces.", ""},
		record.CodeUnresolved: {bibtex.Format(), record.Limits{}, "@inbook{kite1,\n  title = {Ropes},\n  crossref = {kites2012},\n}\n",
			"Add the parent's entry to the same file; without it the title of the book and its publisher are missing.", ""},
		record.CodeBraces: {bibtex.Format(), record.Limits{}, bibEntry + "  note = {a brace too many}},\n  year = {2012},\n}\n",
			"Repair the braces in the file: where one is missing, what follows the value may have been read as a part of it.", ""},
		record.CodeRecordTooLong: {ris.Format(), record.Limits{Record: 120}, risOf("AB  - " + strings.Repeat("Kites fall. ", 10) + "\n"),
			"Raise Limits.Record when the record is real; most are no record but a missing end mark.", ""},
		record.CodeFieldTooLong: {ris.Format(), record.Limits{Field: 60}, risOf("AB  - " + strings.Repeat("Kites fall. ", 10) + "\n"),
			"Raise Limits.Field when the value is real.", ""},
		record.CodeTooDeep: {ndjson.Format(), record.Limits{Nesting: 3}, "{\"extra\": [[[[1]]]]}\n",
			"Raise Limits.Nesting when the file is to be trusted; real files do not come near it.", ""},
		record.CodeExpansion: {bibtex.Format(), record.Limits{Expansion: 24}, "@string{k = {kites and ropes }}\n" + bibEntry + "  note = k # k # k,\n}\n",
			"Raise Limits.Expansion when the file is to be trusted; real files do not come near it.", ""},
		record.CodeKeysUnchecked: {ris.Format(), record.Limits{Keys: 1}, risOf("") + "TY  - JOUR\nID  - kite2\nER  - \n" + "TY  - JOUR\nID  - kite3\nER  - \n",
			"Raise Limits.Keys when keys that come twice matter; the records are all read.", ""},
		record.CodePassedOver: {record.Format{Title: "an archive kites.zip, notes.txt"}, record.Limits{}, "The kites were counted in March.\n",
			"Nothing, when the file is none of records, such as a paper or a note.", "notes.txt"},
		record.CodeUnread: {record.Format{Title: "an archive kites.zip, ../kites.ris"}, record.Limits{}, risOf(""),
			"Unpack the archive and open the file alone, when it is to be trusted.", "../kites.ris"},
	}
}

// codeConstants lists the codes in the source of the package, in its order, with
// what the comments beside them say.
func codeConstants(t *testing.T) (codes []record.Code, meaning map[record.Code]string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "problem.go", nil, parser.ParseComments)
	require.NoError(t, err)
	meaning = map[record.Code]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); !ok || kind.Name != "Code" {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		require.NoError(t, err)
		require.NotNil(t, spec.Comment, "%s says what it means", spec.Names[0].Name)
		codes = append(codes, record.Code(value))
		meaning[record.Code(value)] = strings.TrimSpace(spec.Comment.Text())
		return true
	})
	require.NotEmpty(t, codes)
	return codes, meaning
}

// reported reads an example and lists its problems of a code.
func (e problemExample) reported(t *testing.T, code record.Code) []record.Problem {
	t.Helper()
	if e.inside != "" {
		return e.reportedInArchive(t)
	}
	rd := record.NewReader(strings.NewReader(e.text), record.ReadOptions{Name: "kites" + e.format.Extensions[0], Charset: charsetOf(code), Format: e.format, Limits: e.limits})
	var all []record.Problem
	for r, err := range rd.All() {
		require.NoError(t, err)
		all = append(all, r.Problems...)
	}
	all = append(all, rd.Problems()...)
	return slices.DeleteFunc(all, func(p record.Problem) bool { return p.Code != code })
}

// reportedInArchive puts an example into an archive and lists what is said of it.
func (e problemExample) reportedInArchive(t *testing.T) []record.Problem {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	w, err := zw.Create(e.inside)
	require.NoError(t, err)
	_, err = io.WriteString(w, e.text)
	require.NoError(t, err)
	require.NoError(t, zw.Close())
	path := filepath.Join(t.TempDir(), "kites.zip")
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	libs, err := formats.OpenAll(path, record.ReadOptions{Name: "kites.zip"})
	require.NoError(t, err)
	require.Len(t, libs, 1)
	return libs[0].Problems
}

// charsetOf names the charset of the example of a code, "" to have it found out:
// only a file whose charset was named wrongly has bytes that the charset has not.
func charsetOf(code record.Code) string {
	if code == record.CodeEncoding {
		return "utf-8"
	}
	return ""
}

func charsetNamed(code record.Code) string {
	if name := charsetOf(code); name != "" {
		return " with ReadOptions.Charset \"" + name + "\" (\\xFC is one byte)"
	}
	return ""
}

// limitOf names the limit that an example sets below its default.
func limitOf(l record.Limits) string {
	for _, x := range []struct {
		name  string
		value int
	}{{"Record", l.Record}, {"Field", l.Field}, {"Nesting", l.Nesting}, {"Expansion", l.Expansion}, {"Keys", l.Keys}} {
		if x.value > 0 {
			return fmt.Sprintf(" with Limits.%s at %d", x.name, x.value)
		}
	}
	return ""
}

const documentOfProblems = "../docs/problems.md"

// endOfHead ends the part of a document that a person writes.
const endOfHead = "<!-- Below this line"

func TestTheDocumentOfProblemsShowsWhatReadersReport(t *testing.T) {
	codes, meaning := codeConstants(t)
	examples := problemExamples()
	before, err := os.ReadFile(filepath.FromSlash(documentOfProblems))
	require.NoError(t, err)
	at := strings.Index(string(before), endOfHead)
	require.GreaterOrEqual(t, at, 0, "the mark between what is written by hand and what is measured")
	mark, _, _ := strings.Cut(string(before[at:]), "\n")

	var b strings.Builder
	b.Write(before[:at])
	b.WriteString(mark + "\n\n| code | what it means | loses something |\n|---|---|---|\n")
	for _, code := range codes {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s |\n", code, code, meaning[code], yesOrNo(code.Loses()))
	}
	for _, code := range codes {
		e, ok := examples[code]
		if !assert.True(t, ok, "%s has no example", code) {
			continue
		}
		problems := e.reported(t, code)
		if !assert.NotEmpty(t, problems, "the example of %s does not show it", code) {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s. Something is lost: %s.\n\nA file in %s%s:\n\n```text\n%s```\n\ngives:\n\n```text\n%s\n```\n\nWhat to do: %s\n",
			code, strings.ToUpper(meaning[code][:1])+meaning[code][1:], yesOrNo(code.Loses()), e.format.Title, limitOf(e.limits)+charsetNamed(code),
			strings.ToValidUTF8(strings.TrimRight(e.text, "\n")+"\n", "\\xFC"), problems[0], e.advice)
	}
	suite.Golden(t, filepath.FromSlash(documentOfProblems), []byte(b.String()))
}

func TestTheDocumentOfProblemsHasEachCodeAndNoOther(t *testing.T) {
	codes, _ := codeConstants(t)
	text, err := os.ReadFile(filepath.FromSlash(documentOfProblems))
	require.NoError(t, err)
	var named []record.Code
	for _, m := range regexp.MustCompile(`(?m)^## (\S+)$`).FindAllStringSubmatch(string(text), -1) {
		named = append(named, record.Code(m[1]))
	}
	assert.Equal(t, codes, named)
	for code := range problemExamples() {
		assert.Contains(t, codes, code)
	}
}

func yesOrNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
