package bibtex

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

func TestCases(t *testing.T) {
	suite.Cases(t, "testdata/*.txtar", func(t *testing.T, c suite.Case) {
		input, ok := c.Get("input.bib")
		require.True(t, ok)
		records, problems := suite.ReadRecords(t, Format(), "input.bib", bytes.NewReader(input))
		c.WantRecords(t, records, problems)
		c.Want(t, "written.bib", writeAll(t, Format(), records))
		assert.Empty(t, roundTrip(t, records))
	})
}

func TestTeXBecomesText(t *testing.T) {
	for tex, want := range map[string]string{
		`K{\"o}nig`: "König", `K\"{o}nig`: "König", `K\"onig`: "König", `{\'\i}`: "í", `\'{\i}`: "í", `\v{c}`: "č", `\v c`: "č",
		`\c{c}\c c`: "çç", `\k{a}`: "ą", `\r a`: "å", `\H{o}`: "ő", `\u g`: "ğ", `\=a`: "ā", `\.z`: "ż", `\d{a}`: "ạ", `\b b`: "ḇ", `\~n`: "ñ",
		`{\ss}\ae{}\O\ l`: "ßæØ l", `\aa ngstrom`: "ångstrom", `\dh\th`: "ðþ", `Erd\H os`: "Erdős", `{\L}{\'o}d{\'z}`: "Łódź",
		`a \& b \% c \$ \_ \#`: "a & b % c $ _ #", `1--2---3`: "1–2—3", "``a'' `b'": "“a” ‘b'", `A~B`: "A B", `it\textquoteright s`: "it’s",
		`\copyright\ \textregistered{} \texttrademark`: "© ® ™", `20\,\degree C`: "20 °C", `?`: "?", "?`Qu\\'e?": "¿Qué?",
		`$\alpha$-helix`: "α-helix", `H$_2$O`: "H₂O", `x$^{2}$`: "x²", `CO\textsubscript{2}`: "CO₂", `10\textsuperscript{th}`: "10th", `$p<0.05$`: "p<0.05",
		`costs $5 and $10`: "costs $5 and $10", `\emph{very} {\em good}`: "very good", `\textit{\textbf{x}}`: "x", `\mkbibquote{x}`: "“x”",
		`\url{http://example.org/a_b%7E}`: "http://example.org/a_b%7E", `\href{http://example.org}{here}`: "here (http://example.org)",
		`{DNA} in {\textsc{rna}}`: "DNA in rna", `\foo{bar} \baz`: `\foo{bar} \baz`, `{\noopsort{b}}1973`: "1973", `\frac{1}{2}`: "1/2",
		`\bibcyr{Змей} {\cyr Zme\u{i}}`: "Змей Zmeĭ", `\{a\}`: "{a}", `a\\b`: "a b", `soft\-hyphen`: "softhyphen", `\'{}`: "'", `\`: `\`, `{{{`: "", `<i>E. coli</i> &amp; more`: "E. coli & more",
		"a\u0001b": "ab", ` a
		b `: "a b",
	} {
		assert.Equal(t, want, plain(tex), "%s", tex)
	}
}

func TestNamesFollowTheRulesOfBibTeX(t *testing.T) {
	for tex, want := range map[string]string{
		`Vera Nimbus`: "Nimbus, Vera", `Nimbus, Vera`: "Nimbus, Vera", `Karel van Proefstra`: "van Proefstra, Karel",
		`Jean de La Feinte`: "de La Feinte, Jean", `van der Berg, Anna`: "van der Berg, Anna", `von Last, Jr, First`: "von Last, First, Jr",
		`Ben Probe Jr.`: "Probe, Ben, Jr.", `{Barns and Nobels, Inc.}`: "Barns and Nobels, Inc.", `Mononymus`: "Mononymus",
		`Nimbus, Vera AND Ben Probe`: "Nimbus, Vera|Probe, Ben", `{\'E}mile Zola`: "Zola, Émile", `Ann {\"o}zil Berg`: "özil Berg, Ann",
		`family=Berg, given=Anna, prefix=van der`: "van der Berg, Anna", `Vera~Nimbus`: "Nimbus, Vera", `A and others`: "A",
		`Nimbus, Vera; Probe, Ben`: "Nimbus, Vera|Probe, Ben", `Vera Nimbus, Ben Probe, Una Teste`: "Nimbus, Vera|Probe, Ben|Teste, Una",
		`Berg, A. M., Probe, B., King, C.`: "Berg, A. M.|Probe, B.|King, C.", `Ann Berg, Ben Probe, and Una Teste`: "Berg, Ann|Probe, Ben|Teste, Una",
		`and and`: "", `,`: "", `Nimbus,`: "Nimbus", `Department of Kites, Ropes, Glue, and Toys`: "Department of Kites, Ropes, Glue|Toys",
	} {
		l := readNames(tex)
		var got []string
		for _, n := range l.names {
			got = append(got, n.String())
		}
		assert.Equal(t, want, strings.Join(got, "|"), "%s", tex)
		back := readNames(texNames(l.names, l.others))
		assert.Equal(t, l.names, back.names, "%s", tex)
		assert.Equal(t, l.others && len(l.names) > 0, back.others, "%s", tex)
		assert.Empty(t, back.odd, "%s", tex)
	}
}

func TestDatesOfBibLaTeX(t *testing.T) {
	for text, want := range map[string]record.Date{
		"2012": {Year: 2012}, "2012-03": {Year: 2012, Month: 3}, "2012-03-04": {Year: 2012, Month: 3, Day: 4},
		"2012-22": {Year: 2012, Season: record.Summer}, "2012/2014": {Year: 2012, EndYear: 2014}, "2012-01/2012-02": {Year: 2012, Month: 1, EndMonth: 2},
		"2012?": {Year: 2012, Text: "2012?"}, "2012/..": {Year: 2012, Text: "2012/.."}, "2012-03-04T10:00": {Year: 2012, Month: 3, Day: 4},
	} {
		got, ok := parseEDTF(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"20XX", "-0044", "2012-13", "2012-00", "March 2012", "", "2012-22-01"} {
		_, ok := parseEDTF(text)
		assert.False(t, ok, text)
	}
}

func TestBibLaTeXIsWrittenInItsOwnWords(t *testing.T) {
	records, problems := readAll(t, "x.bib", []byte(`@mastersthesis{a, author={Una Teste}, title={Glue}, school={Invented University}, year=2014, month=may, address={Here}}
@article{b, title={Kites}, journal={Journal of Invented Things}, eprint={1501.00001}, year=2015}`))
	require.Empty(t, problems)
	got := string(writeAll(t, BibLaTeX(), records))
	for _, want := range []string{"@mastersthesis{a", "institution = {Invented University}", "date = {2014-05}", "location = {Here}", "journaltitle = {Journal of Invented Things}", "eprinttype = {arXiv}"} {
		assert.Contains(t, got, want)
	}
	again, problems := readAll(t, "x.bib", []byte(got))
	require.Empty(t, problems)
	for i := range records {
		assert.Equal(t, meaning(t, records[i]), meaning(t, again[i]))
	}
}

func TestADayThatNamesAnotherMonthIsKept(t *testing.T) {
	for day, want := range map[string]struct {
		date  record.Date
		extra string
	}{
		"7":      {record.Date{Year: 2001, Month: 4, Day: 7}, ""},
		"5--7":   {record.Date{Year: 2001, Month: 4, Day: 5, EndDay: 7}, ""},
		"April":  {record.Date{Year: 2001, Month: 4}, ""},
		"March":  {record.Date{Year: 2001, Month: 4}, "March"},
		"17 mar": {record.Date{Year: 2001, Month: 4}, "17 mar"},
	} {
		r := Entry{Type: "misc", Key: "k", Fields: []Field{{Name: "year", Value: "2001"}, {Name: "month", Value: "April"}, {Name: "day", Value: day}}}.Record()
		assert.Equal(t, want.date, r.Date, day)
		assert.Equal(t, want.extra, r.Extra.Get("day"), day)
	}
}

func TestAnEpisodeIsInItsSeries(t *testing.T) {
	fields := []Field{{Name: "title", Value: "The Kite"}, {Name: "maintitle", Value: "Toys"}}
	r := Entry{Type: "video", Key: "k", Fields: fields}.Record()
	assert.Equal(t, "Toys", r.In.Title)
	assert.Empty(t, r.Extra.Get("maintitle"))
	r = Entry{Type: "book", Key: "k", Fields: fields}.Record()
	assert.Empty(t, r.In.Title)
	assert.Equal(t, "Toys", r.Extra.Get("maintitle"))
}

func TestParentsAreAwaitedOnlySoFar(t *testing.T) {
	text := "@inbook{a, title={A}, crossref={p}}\n@misc{b, title={B}}\n@misc{c, title={C}}\n@book{p, title={P}}\n"
	read := func(src io.Reader, pending int) (keys []string, first *record.Record) {
		rd := record.NewReader(src, record.ReadOptions{Name: "x.bib", Format: Format(), Limits: record.Limits{Pending: pending}})
		for r, err := range rd.All() {
			require.NoError(t, err)
			if first == nil {
				first = r
			}
			keys = append(keys, r.Key)
		}
		return keys, first
	}
	once := func() io.Reader { return struct{ io.Reader }{strings.NewReader(text)} } // as a pipe, it cannot seek
	keys, a := read(once(), 0)
	assert.Equal(t, []string{"a", "b", "c", "p"}, keys, "the order of the file stays")
	assert.Equal(t, "P", a.In.Title)
	assert.Empty(t, a.Problems)

	keys, a = read(once(), 2)
	assert.Equal(t, []string{"a", "b", "c", "p"}, keys)
	assert.Empty(t, a.In.Title)
	require.Len(t, a.Problems, 1)
	assert.Equal(t, record.CodeUnresolved, a.Problems[0].Code)
	assert.Equal(t, "p", a.Problems[0].Value)

	keys, a = read(strings.NewReader(text), 2)
	assert.Equal(t, []string{"a", "b", "c", "p"}, keys)
	assert.Equal(t, "P", a.In.Title, "where the source can seek, nothing has to be held")
	assert.Empty(t, a.Problems)
}

func TestWhatIsOverALimitIsLeftOutAndTheRestStays(t *testing.T) {
	read := func(text string, limits record.Limits) (titles []string, codes []record.Code) {
		rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "x.bib", Format: Format(), Limits: limits})
		for r, err := range rd.All() {
			require.NoError(t, err)
			titles = append(titles, r.Title)
			for _, p := range r.Problems {
				codes = append(codes, p.Code)
			}
		}
		for _, p := range rd.Problems() {
			codes = append(codes, p.Code)
		}
		return titles, codes
	}
	titles, codes := read("@misc{a, title={A}, note={"+strings.Repeat("x", 200)+"}, year=2012}", record.Limits{Field: 100})
	assert.Equal(t, []string{"A"}, titles)
	assert.Equal(t, []record.Code{record.CodeFieldTooLong}, codes)

	titles, codes = read("@misc{a, title={A}, note={"+strings.Repeat("{", 20)+strings.Repeat("}", 20)+"}}", record.Limits{Nesting: 10})
	assert.Equal(t, []string{"A"}, titles)
	assert.Equal(t, []record.Code{record.CodeTooDeep}, codes)

	titles, codes = read("@string{m={"+strings.Repeat("x", 60)+"}}\n@misc{a, title={A}, note = m # m, year=2012}\n", record.Limits{Expansion: 100})
	assert.Equal(t, []string{"A"}, titles)
	assert.Equal(t, []record.Code{record.CodeExpansion}, codes)

	titles, codes = read("@misc{a, title={"+strings.Repeat("x", 300_000)+"}}\n@misc{b, title={B}}\n", record.Limits{Record: 1000})
	assert.Equal(t, []string{"B"}, titles)
	assert.Equal(t, []record.Code{record.CodeRecordTooLong}, codes)
}

func TestBibTeXIsRecognised(t *testing.T) {
	for text, sure := range map[string]bool{
		"@article{a, title={x}}": true, "% remark\n\n  @Book (a,": true, "@string{x = {y}}": true, "@comment{jabref-meta: x}": true, "@custom{key,\n": true,
		"TY  - JOUR\nTI  - mail me@example.org {x}\n": false, "{\"@type\": 1}": false, "": false, "@": false, "@article": false,
	} {
		assert.Equal(t, sure, sniff([]byte(text)) > 50, "%q", text)
	}
	assert.Equal(t, 50, sniff([]byte("@note {\n  title = \"x\"\n}")), "of an unknown type and without a key")
	assert.Zero(t, sniff([]byte("@media print {\n  body { color: black }\n}")), "a style sheet")
}

func TestEveryISSNOfAListIsTaken(t *testing.T) {
	for text, want := range map[string][]record.ISSN{
		"1234-5679 (Print) 0000-0019 (Online)": {"1234-5679", "0000-0019"},
		`["1234-5679", "0000-0019"]`:           {"1234-5679", "0000-0019"},
		"1234-5679 (print)":                    {"1234-5679"},
	} {
		r := Entry{Type: "article", Key: "k", Fields: []Field{{Name: "issn", Value: text}}}.Record()
		assert.Equal(t, want, r.In.ISSN, text)
		assert.Empty(t, r.Problems, text)
	}
}

func TestAMacroThatExpandsTooFarHasNoText(t *testing.T) {
	var b strings.Builder
	b.WriteString("@string{a0 = {0123456789}}\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&b, "@string{a%d = a%d # a%d}\n", i, i-1, i-1)
	}
	b.WriteString("@article{k, title = {Kites}, note = a11 # { fly}}\n")
	lib := record.NewReader(strings.NewReader(b.String()), record.ReadOptions{Name: "x.bib", Format: Format(), Limits: record.Limits{Expansion: 1000}})
	for r, err := range lib.All() {
		require.NoError(t, err)
		assert.Equal(t, []string{"fly"}, r.Notes)
		assert.Empty(t, r.Problems)
	}
	require.Len(t, lib.Problems(), 1)
	assert.Equal(t, record.CodeExpansion, lib.Problems()[0].Code)
}

func TestCommandsNestedTooDeepLeaveTheirText(t *testing.T) {
	for command, want := range map[string]string{`\textbf`: "Kites fly", `\unknown`: "Kites", `\emph`: "Kites fly"} {
		title := strings.Repeat(command+"{", 300) + "Kites" + strings.Repeat("}", 300) + " fly"
		r := Entry{Type: "article", Key: "k", Fields: []Field{{Name: "title", Value: title}}}.Record()
		assert.Contains(t, r.Title, want)
		require.Len(t, r.Problems, 1, command)
		assert.Equal(t, record.CodeTooDeep, r.Problems[0].Code)
	}
}

func TestASecondValueThatWasWrittenWithANumberIsNoProblem(t *testing.T) {
	r := Entry{Type: "article", Key: "k", Fields: []Field{{Name: "title", Value: "Kites"}, {Name: "title-2", Value: "Wind"}}}.Record()
	assert.Equal(t, "Kites", r.Title)
	assert.Equal(t, "Wind", r.Extra.Get("title"))
	assert.Empty(t, r.Problems)
}
