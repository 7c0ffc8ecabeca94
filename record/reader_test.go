package record_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// lineFormat is a format for these tests: a line "# " begins a file, each other
// line is a record, "key|title".
func lineFormat() record.Format {
	return record.Format{
		Name: "lines", Title: "lines", Extensions: []string{".lines"},
		Sniff: func(head []byte) int {
			if bytes.HasPrefix(head, []byte("# ")) {
				return 90
			}
			return 0
		},
		Decode: func(in *record.Input, emit func(*record.Record) bool) error {
			for {
				n := in.LineNumber()
				line, ok := in.ReadLine()
				if !ok {
					return nil
				}
				key, title, found := strings.Cut(string(line), "|")
				switch {
				case strings.HasPrefix(key, "#"):
					continue
				case !found:
					in.Report(record.Problem{Line: n, Code: record.CodeJunk, Text: "no record", Value: key})
					continue
				}
				r := &record.Record{Key: key, Title: title, Source: record.Source{Line: n}}
				if title == "" {
					r.Problems = []record.Problem{{Line: n, Code: record.CodeEmptyValue, Text: "no title"}}
				}
				if !emit(r) {
					return nil
				}
			}
		},
		Encode: func(w record.Sink) record.Encoder { return lineEncoder{w} },
	}
}

type lineEncoder struct{ w record.Sink }

func (e lineEncoder) Encode(r *record.Record) error {
	if r.Title == "unspeakable" {
		return errors.New("no words for it")
	}
	_, err := e.w.WriteString(r.Key + "|" + r.Title + "\n")
	return err
}

func (e lineEncoder) Close() error {
	_, err := e.w.WriteString("# end\n")
	return err
}

func read(t testing.TB, src io.Reader, opts record.ReadOptions) (titles []string, rd *record.Reader, fatal error) {
	t.Helper()
	if opts.Format.IsZero() && opts.Formats == nil {
		opts.Formats = []record.Format{lineFormat()}
	}
	if opts.Name == "" {
		opts.Name = "x.lines"
	}
	rd = record.NewReader(src, opts)
	for r, err := range rd.All() {
		if err != nil {
			require.NoError(t, fatal, "an error is last")
			fatal = err
			continue
		}
		require.NoError(t, fatal)
		titles = append(titles, r.Title)
	}
	return titles, rd, fatal
}

func packed(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

func utf16le(text string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func TestGzipAndEncodingsAreSeenThrough(t *testing.T) {
	text := "# file\na|Müller’s “kites”\n"
	for name, c := range map[string]struct {
		data    []byte
		charset string
	}{
		"UTF-8":                   {[]byte(text), "utf-8"},
		"UTF-8 with its mark":     {[]byte("\ufeff" + text), "utf-8"},
		"UTF-16":                  {utf16le(text), "utf-16le"},
		"UTF-16 without its mark": {utf16le(text)[2:], "utf-16le"},
		"Windows-1252":            {[]byte("# file\na|M\xfcller\x92s \x93kites\x94\n"), "windows-1252"},
		"gzip":                    {packed(t, text), "utf-8"},
		"gzip around UTF-16":      {packed(t, string(utf16le(text))), "utf-16le"},
	} {
		titles, rd, err := read(t, bytes.NewReader(c.data), record.ReadOptions{})
		require.NoError(t, err, name)
		assert.Equal(t, []string{"Müller’s “kites”"}, titles, name)
		assert.Equal(t, c.charset, rd.Load().Charset, name)
		assert.Equal(t, int64(len(c.data)), rd.Load().Bytes, name)
		assert.Empty(t, rd.Problems(), name)
	}
	titles, _, err := read(t, strings.NewReader("# \na|\xc4\xeb"), record.ReadOptions{Charset: "cp1251"})
	require.NoError(t, err)
	assert.Equal(t, []string{"Дл"}, titles)
	_, _, err = read(t, strings.NewReader("# "), record.ReadOptions{Charset: "klingon"})
	require.Error(t, err)
	assert.Contains(t, err.Error(), `"klingon"`)
}

func TestBytesThatAreNotOfTheEncodingAreCounted(t *testing.T) {
	titles, rd, err := read(t, strings.NewReader("# \na|x\xffy\xff\n"), record.ReadOptions{Charset: "utf-8"})
	require.NoError(t, err)
	assert.Equal(t, []string{"x\ufffdy\ufffd"}, titles)
	require.Len(t, rd.Problems(), 1)
	assert.Equal(t, record.CodeEncoding, rd.Problems()[0].Code)
	assert.Contains(t, rd.Problems()[0].Text, "2 bytes are not utf-8, the first at byte 7")
}

func TestAnEmptyFileHasAProblemAndNoError(t *testing.T) {
	for _, text := range []string{"", "\n \r\n", "\ufeff"} {
		titles, rd, err := read(t, strings.NewReader(text), record.ReadOptions{})
		require.NoError(t, err)
		assert.Empty(t, titles)
		require.Len(t, rd.Problems(), 1)
		assert.Equal(t, record.CodeEmpty, rd.Problems()[0].Code)
	}
	_, rd, err := read(t, strings.NewReader("# nothing but this\n"), record.ReadOptions{})
	require.NoError(t, err)
	require.Len(t, rd.Problems(), 1)
	assert.Equal(t, record.CodeNoRecords, rd.Problems()[0].Code)
}

func TestARecordGetsItsPlaceItsKeyAndItsName(t *testing.T) {
	rd := record.NewReader(strings.NewReader("# \na|One\n|Two\na|Three\na|Four\nstray\nb|\n"), record.ReadOptions{Name: `C:\data\x.lines`, Format: lineFormat()})
	var keys []string
	for r, err := range rd.All() {
		require.NoError(t, err)
		keys = append(keys, r.Key)
		assert.Equal(t, `C:\data\x.lines`, r.Source.File)
		assert.Equal(t, "lines", r.Source.Format)
		assert.Equal(t, len(keys), r.Source.Number)
		for _, p := range r.Problems {
			assert.Equal(t, r.Key, p.Record)
			assert.Equal(t, `C:\data\x.lines`, p.File)
		}
		if r.Key == "a#2" {
			require.Len(t, r.Problems, 1)
			assert.Equal(t, record.CodeRepeatedKey, r.Problems[0].Code)
		}
		if r.Title == "Two" {
			assert.Empty(t, r.OwnKey(), "a key that the reader made")
		}
	}
	assert.Equal(t, []string{"a", "x.lines#2", "a#2", "a#3", "b"}, keys)
	load := rd.Load()
	assert.Equal(t, 5, load.Records)
	assert.Equal(t, 4, load.Problems)
	assert.Equal(t, map[record.Code]int{record.CodeRepeatedKey: 2, record.CodeJunk: 1, record.CodeEmptyValue: 1}, load.ByCode)
	for range rd.All() {
		t.Fatal("a reader can be ranged over once")
	}
}

func TestAFatalErrorIsLastAndSaysWhere(t *testing.T) {
	broken := errors.New("the cable was pulled")
	good := "# \n" + strings.Repeat("|A title\n", 3)
	far := "# \n" + strings.Repeat("|A title\n", 20_000)
	for name, c := range map[string]struct {
		src     io.Reader
		opts    record.ReadOptions
		kind    error
		words   string
		records int
	}{
		"of no known format":          {strings.NewReader("<html>"), record.ReadOptions{}, record.ErrUnknownFormat, "begins like HTML", 0},
		"an archive":                  {strings.NewReader("PK\x03\x04\x14\x00"), record.ReadOptions{}, record.ErrUnknownFormat, "ZIP", 0},
		"two formats at once":         {strings.NewReader(good), record.ReadOptions{Name: "x.dat", Formats: []record.Format{lineFormat(), twin()}}, record.ErrAmbiguous, "lines or twin", 0},
		"a format without a reader":   {strings.NewReader(good), record.ReadOptions{Format: record.Format{Name: "mute"}}, record.ErrCannotRead, "mute", 0},
		"a source that fails at once": {iotest.ErrReader(broken), record.ReadOptions{}, record.ErrSource, "cable", 0},
		"a source that fails early":   {io.MultiReader(strings.NewReader(good), iotest.ErrReader(broken)), record.ReadOptions{}, record.ErrSource, "cable", 3},
		"a source that fails late":    {io.MultiReader(strings.NewReader(far), iotest.ErrReader(broken)), record.ReadOptions{}, record.ErrSource, "x.lines:20002", 20_000},
		"a gzip bomb":                 {bytes.NewReader(packed(t, "# \n"+strings.Repeat(" ", 30<<20))), record.ReadOptions{}, record.ErrLimit, "GzipRatio", 0},
	} {
		titles, rd, err := read(t, c.src, c.opts)
		require.ErrorIs(t, err, c.kind, name)
		assert.Contains(t, err.Error(), c.words, name)
		assert.Len(t, titles, c.records, name)
		assert.Equal(t, c.records, rd.Load().Records, name)
		var e *record.Error
		require.ErrorAs(t, err, &e, name)
		assert.NotEmpty(t, e.File, name)
		if c.kind == record.ErrSource {
			assert.ErrorIs(t, err, broken, name)
		}
	}
	rd := record.NewReader(strings.NewReader(good), record.ReadOptions{})
	for _, err := range rd.All() {
		require.ErrorIs(t, err, record.ErrNoFormat)
	}
}

// twin is as sure of the same files as lineFormat.
func twin() record.Format {
	f := lineFormat()
	f.Name, f.Extensions = "twin", []string{".twin"}
	return f
}

func TestTheNameOfAFileDecidesBetweenFormatsThatAreEquallySure(t *testing.T) {
	for name, want := range map[string]string{"x.lines": "lines", "X.TWIN": "twin", "a.twin.gz": "twin"} {
		_, rd, err := read(t, strings.NewReader("# \na|b\n"), record.ReadOptions{Name: name, Formats: []record.Format{lineFormat(), twin()}})
		require.NoError(t, err)
		assert.Equal(t, want, rd.Load().Format, name)
	}
}

func TestACutGzipGivesWhatStoodBeforeTheCut(t *testing.T) {
	var b strings.Builder
	b.WriteString("# \n")
	for i := range 50_000 {
		fmt.Fprintf(&b, "|%x\n", uint64(i)*uint64(i)*2654435761)
	}
	data := packed(t, b.String())
	titles, _, err := read(t, bytes.NewReader(data[:len(data)/2]), record.ReadOptions{})
	require.ErrorIs(t, err, record.ErrSource)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.ErrorContains(t, err, "incomplete")
	assert.ErrorContains(t, err, "download it again")
	assert.Greater(t, len(titles), 10_000)
	for _, n := range []int{5, 12} {
		_, _, err = read(t, bytes.NewReader(data[:n]), record.ReadOptions{})
		require.ErrorIs(t, err, record.ErrSource)
		assert.ErrorContains(t, err, "incomplete")
	}
}

func TestRepeatedKeysAreRememberedUpToALimit(t *testing.T) {
	_, rd, err := read(t, strings.NewReader("# \na|1\nb|2\nc|3\nc|4\nd|5\na|6\n"), record.ReadOptions{Limits: record.Limits{Keys: 2}})
	require.NoError(t, err)
	assert.Equal(t, map[record.Code]int{record.CodeRepeatedKey: 1, record.CodeKeysUnchecked: 1}, rd.Load().ByCode)
}

// lines reads all lines of a text with their numbers.
func lines(src io.Reader, limits record.Limits) (out []string, cut int) {
	in := record.NewInput(src, "x", limits, nil)
	for {
		n := in.LineNumber()
		line, ok := in.ReadLine()
		if !ok {
			return out, cut
		}
		if in.LineCut() {
			cut++
		}
		out = append(out, fmt.Sprintf("%d:%s", n, line))
	}
}

func TestLFAndCRAndBothEndALine(t *testing.T) {
	text := "a\nb\r\nc\rd\r\r\ne\n\nf"
	want := []string{"1:a", "2:b", "3:c", "4:d", "5:", "6:e", "7:", "8:f"}
	for name, src := range map[string]io.Reader{"at once": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text)), "with the error": iotest.DataErrReader(strings.NewReader(text))} {
		got, _ := lines(src, record.Limits{})
		assert.Equal(t, want, got, name)
	}
	got, _ := lines(strings.NewReader("a\r"), record.Limits{})
	assert.Equal(t, []string{"1:a"}, got)
}

func TestLinesDoNotDependOnHowTheBytesArrive(t *testing.T) {
	part := rapid.SampledFrom([]string{"\r", "\n", "\r\n", "a", "bb", "", strings.Repeat("c", 70)})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(part, 0, 30).Draw(t, "parts"), "")
		limits := record.Limits{Field: rapid.SampledFrom([]int{0, 1, 5, 69}).Draw(t, "limit")}
		whole, cut := lines(strings.NewReader(text), limits)
		single, cut1 := lines(iotest.OneByteReader(strings.NewReader(text)), limits)
		half, cut2 := lines(iotest.HalfReader(strings.NewReader(text)), limits)
		require.Equal(t, whole, single)
		require.Equal(t, whole, half)
		require.Equal(t, []int{cut, cut}, []int{cut1, cut2})
		if limits.Field == 0 {
			want := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
			if want[len(want)-1] == "" {
				want = want[:len(want)-1]
			}
			require.Len(t, whole, len(want))
			for i := range want {
				require.Equal(t, fmt.Sprintf("%d:%s", i+1, want[i]), whole[i])
			}
		}
	})
}

func TestAdvanceCountsTheLinesThatReadLineWould(t *testing.T) {
	part := rapid.SampledFrom([]string{"\r", "\n", "\r\n", "a"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(part, 0, 20).Draw(t, "parts"), "")
		in := record.NewInput(strings.NewReader(text), "x", record.Limits{}, nil)
		for in.More() {
		}
		for len(in.Bytes()) > 0 {
			in.Advance(rapid.IntRange(1, 3).Draw(t, "step"))
		}
		plain := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
		require.Equal(t, 1+strings.Count(plain, "\n"), in.LineNumber())
	})
}

func TestALineOverTheLimitIsCutAndTheNextOnesStand(t *testing.T) {
	long := strings.Repeat("x", 300_000)
	for _, end := range []string{"\n", "\r", "\r\n"} {
		got, cut := lines(strings.NewReader("a"+end+long+end+"b"+end+long), record.Limits{Field: 100_000})
		require.Len(t, got, 4)
		assert.Equal(t, 2, cut)
		assert.Equal(t, []string{"1:a", "3:b"}, []string{got[0], got[2]})
		assert.Equal(t, "2:"+long[:100_000], got[1])
	}
}

func TestAWriterKeepsItsFirstError(t *testing.T) {
	var b bytes.Buffer
	w := record.NewWriter(&b, lineFormat())
	require.NoError(t, w.Write(&record.Record{Key: "a", Title: "One"}))
	err := w.Write(&record.Record{Key: "b", Title: "unspeakable"})
	require.Error(t, err)
	assert.Contains(t, err.Error(), "writing b as lines: no words for it")
	assert.Equal(t, err, w.Write(&record.Record{Key: "c", Title: "Three"}))
	assert.Equal(t, err, w.Close())

	b.Reset()
	w = record.NewWriter(&b, lineFormat())
	require.NoError(t, w.Write(&record.Record{Key: "a", Title: "One"}))
	assert.Empty(t, b.String(), "nothing has to be there before Close")
	require.NoError(t, w.Close())
	assert.Equal(t, "a|One\n# end\n", b.String())

	w = record.NewWriter(&b, record.Format{Name: "deaf"})
	require.ErrorIs(t, w.Write(&record.Record{}), record.ErrCannotWrite)
	require.ErrorIs(t, w.Close(), record.ErrCannotWrite)

	full := errors.New("the disk is full")
	w = record.NewWriter(failing{full}, lineFormat())
	require.NoError(t, w.Write(&record.Record{Key: "a", Title: "One"}))
	require.ErrorIs(t, w.Close(), full)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestAnIDNamesWhatIdentifiesARecord(t *testing.T) {
	full := func() *record.Record {
		return &record.Record{Title: "Peer support after discharge", DOI: "10.5555/12345678", PMID: "12345678",
			People: []record.Contributor{{Role: record.Author, Name: record.Name{Family: "Berg", Given: "Anna"}}},
			In:     record.Container{Title: "Journal of Invented Things", Volume: "3", Pages: "12-19"}, Date: record.Date{Year: 2019}}
	}
	golden := record.ID("r1-tf36qr0bznd5tqye")
	assert.Equal(t, golden, full().ID(), "an ID is stored in logs: it may never change")

	for name, change := range map[string]func(*record.Record){
		"abstract": func(r *record.Record) { r.Abstract.Text = "x" }, "notes": func(r *record.Record) { r.Notes = []string{"x"} },
		"keywords": func(r *record.Record) { r.Keywords = []string{"x"} }, "key and place": func(r *record.Record) { r.Key, r.Source.Line = "x", 7 },
		"URLs": func(r *record.Record) { r.URLs = []string{"x"} }, "white space": func(r *record.Record) { r.Title = "Peer  support\nafter discharge " },
		"month": func(r *record.Record) { r.Date.Month = 5 }, "extra": func(r *record.Record) { r.Extra = record.Extra{{Tag: "a", Value: "b"}} },
	} {
		r := full()
		change(r)
		assert.Equal(t, golden, r.ID(), "not by its %s", name)
	}
	seen := map[record.ID]string{golden: "unchanged"}
	for name, change := range map[string]func(*record.Record){
		"title": func(r *record.Record) { r.Title += "s" }, "DOI": func(r *record.Record) { r.DOI = "" }, "PMID": func(r *record.Record) { r.PMID = "1" },
		"author": func(r *record.Record) { r.People[0].Given = "A" }, "journal": func(r *record.Record) { r.In.Title = "" }, "year": func(r *record.Record) { r.Date.Year++ },
		"volume": func(r *record.Record) { r.In.Volume, r.In.Issue = "", "3" }, "pages": func(r *record.Record) { r.In.Pages = "12" },
		"accession": func(r *record.Record) { r.Identifiers = []record.Identifier{{Scheme: "accession", Value: "1"}} },
	} {
		r := full()
		change(r)
		assert.NotContains(t, seen, r.ID(), name)
		seen[r.ID()] = name
	}

	r := full()
	fixed := r.FixID()
	r.Title = "another"
	assert.Equal(t, fixed, r.ID(), "an ID that is fixed stays")
	r.Members = []record.Member{{ID: "r1-first"}, {ID: "r1-second"}}
	assert.Equal(t, record.ID("r1-first"), r.ID(), "a merged record has its first member's")

	a, b := &record.Record{Key: "a"}, &record.Record{Key: "b"}
	assert.NotEqual(t, a.ID(), b.ID(), "of a record without anything that identifies it, all it holds counts")
	assert.Len(t, string((&record.Record{}).ID()), len("r1-")+16)
}

func TestAProblemIsOneLineWithItsPlace(t *testing.T) {
	p := record.Problem{File: "a.ris", Line: 3, Column: 2, Tag: "AU", Code: record.CodeAuthorList, Text: "two authors", Value: "a\nb"}
	assert.Equal(t, `a.ris:3:2 AU: two authors "a\nb" (author-list)`, p.String())
	assert.Equal(t, "two authors (author-list)", record.Problem{Text: "two authors", Code: record.CodeAuthorList}.String())
	assert.Equal(t, strings.Repeat("x", 199)+"…", record.Cut(strings.Repeat("x", 199)+"éé"))
	assert.Equal(t, "short", record.Cut("short"))
}

func TestTheResolvedLimitsAreAllFilledIn(t *testing.T) {
	l := record.Limits{Field: 7, Record: -1}.Resolved()
	assert.Equal(t, record.Limits{Record: 16 << 20, Field: 7, Nesting: 1000, Expansion: 1 << 20, GzipRatio: 200, Archive: 1 << 30, Pending: 100_000, Keys: 500_000}, l)
	assert.Equal(t, l, l.Resolved())
}

func TestAClosedWriterWritesNothingMore(t *testing.T) {
	var b bytes.Buffer
	w := record.NewWriter(&b, lineFormat())
	require.NoError(t, w.Write(&record.Record{Key: "a", Title: "One"}))
	require.NoError(t, w.Close())
	require.ErrorContains(t, w.Write(&record.Record{Key: "b", Title: "Two"}), "after Close")
	require.NoError(t, w.Close())
	assert.Equal(t, "a|One\n# end\n", b.String(), "the end of the file stands there once")
}

func TestNothingToWriteOrToWriteToIsAnError(t *testing.T) {
	var b bytes.Buffer
	w := record.NewWriter(&b, lineFormat())
	require.ErrorContains(t, w.Write(nil), "no record")
	require.ErrorContains(t, w.Close(), "no record")
	var zero record.Writer
	require.ErrorContains(t, zero.Write(&record.Record{}), "NewWriter")
	require.ErrorContains(t, zero.Close(), "NewWriter")
	require.ErrorContains(t, new(record.Writer).Close(), "NewWriter")
	require.ErrorContains(t, record.NewWriter(nil, lineFormat()).Write(&record.Record{}), "NewWriter")
}

func TestNothingToReadFromIsAnErrorOfTheSource(t *testing.T) {
	titles, rd, err := read(t, nil, record.ReadOptions{})
	require.ErrorIs(t, err, record.ErrSource)
	assert.Empty(t, titles)
	assert.Zero(t, rd.Load().Bytes)
	zero := new(record.Reader)
	for _, err := range zero.All() {
		require.ErrorIs(t, err, record.ErrNoFormat)
	}
	assert.Zero(t, zero.Load().Bytes)
}

func TestAFormatThatGivesNoRecordIsReported(t *testing.T) {
	f := lineFormat()
	f.Decode = func(_ *record.Input, emit func(*record.Record) bool) error {
		_ = emit(nil) && emit(&record.Record{Title: "One"})
		return nil
	}
	rd := record.NewReader(strings.NewReader("x"), record.ReadOptions{Format: f})
	n := 0
	for r, err := range rd.All() {
		require.NoError(t, err)
		assert.Equal(t, "One", r.Title)
		n++
	}
	assert.Equal(t, 1, n)
	require.Len(t, rd.Problems(), 1)
	assert.Equal(t, record.CodeSyntax, rd.Problems()[0].Code)
}

func TestAGzipOverItsRatioSaysSoOnceAndTruncatesNoRecord(t *testing.T) {
	f := lineFormat()
	inner := f.Decode
	f.Decode = func(in *record.Input, emit func(*record.Record) bool) error {
		err := inner(in, emit)
		emit(&record.Record{Problems: []record.Problem{{Code: record.CodeTruncated, Text: "the file ends in this record"}}})
		return err
	}
	rd := record.NewReader(bytes.NewReader(packed(t, "# \n"+strings.Repeat("|"+strings.Repeat("title ", 1000)+"\n", 6000))), record.ReadOptions{Name: "x.gz", Format: f})
	var fatal error
	for r, err := range rd.All() {
		if fatal = err; err == nil {
			for _, p := range r.Problems {
				assert.NotEqual(t, record.CodeTruncated, p.Code)
			}
		}
	}
	require.ErrorIs(t, fatal, record.ErrLimit)
	assert.Equal(t, 1, strings.Count(fatal.Error(), record.ErrLimit.Error()), fatal.Error())
	assert.Zero(t, rd.Load().ByCode[record.CodeTruncated])
}

// The format of this test reads its input a second time at the third line, whole,
// and puts what stands there into the record of that line.
func TestASourceThatCanSeekIsReadAgainFromItsBeginning(t *testing.T) {
	var again []string
	format := record.Format{Name: "twice", Title: "twice", Decode: func(in *record.Input, emit func(*record.Record) bool) error {
		for n := 1; ; n++ {
			line, ok := in.ReadLine()
			if !ok {
				return nil
			}
			if title := string(line); !emit(&record.Record{Title: title}) {
				return nil
			}
			if n != 3 {
				continue
			}
			if second, ok := in.Again(); ok {
				for line, more := second.ReadLine(); more; line, more = second.ReadLine() {
					again = append(again, string(line))
				}
			}
		}
	}}
	read := func(src io.Reader) (titles []string) {
		again = nil
		for r, err := range record.NewReader(src, record.ReadOptions{Format: format, Charset: "windows-1252", Limits: record.Limits{GzipRatio: 10_000}}).All() {
			require.NoError(t, err)
			titles = append(titles, r.Title)
		}
		return titles
	}
	var text strings.Builder
	var want []string
	for i := range 50_000 { // more than is read at once
		fmt.Fprintf(&text, "caf\xe9 %d\n", i)
		want = append(want, fmt.Sprintf("café %d", i))
	}
	for _, data := range []string{text.String(), string(packed(t, text.String()))} {
		src := strings.NewReader("before" + data)
		_, err := src.Seek(int64(len("before")), io.SeekStart)
		require.NoError(t, err)
		assert.Equal(t, want, read(src))
		assert.Equal(t, want, again)
		assert.Equal(t, want, read(struct{ io.Reader }{strings.NewReader(data)}))
		assert.Empty(t, again, "what cannot seek is read once")
	}
}
