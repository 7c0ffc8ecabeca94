package charset_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/charset"
)

func Example() {
	file := []byte("AU  - Jos\xe9 Mu\xf1oz\nTI  - Patients\x92 sleep\n")
	enc, sure := charset.Detect(file, true)
	text, _ := io.ReadAll(charset.NewReader(bytes.NewReader(file), enc))
	fmt.Println(enc, sure)
	fmt.Print(string(text))
	// Output:
	// windows-1252 false
	// AU  - José Muñoz
	// TI  - Patients’ sleep
}

func TestDetect(t *testing.T) {
	le, be := encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "TY  - JOUR\nTI  - 睡眠"), encode(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "TY  - JOUR\nTI  - 睡眠")
	for _, c := range []struct {
		fact string
		head string
		part bool
		want charset.Encoding
		sure bool
	}{
		{"nothing is UTF-8", "", false, charset.UTF8, true},
		{"a UTF-8 mark", "\xEF\xBB\xBFTY  - JOUR", true, charset.UTF8, true},
		{"a UTF-16 mark", "\xFF\xFET\x00", true, charset.UTF16LE, true},
		{"the other UTF-16 mark", "\xFE\xFF\x00T", true, charset.UTF16BE, true},
		{"a UTF-32 mark begins as a UTF-16 mark", "\xFF\xFE\x00\x00T\x00\x00\x00", true, charset.UTF32LE, true},
		{"UTF-16 without a mark", le, true, charset.UTF16LE, true},
		{"and the other", be, true, charset.UTF16BE, true},
		{"ASCII that is all", "TY  - JOUR", false, charset.UTF8, true},
		{"ASCII that goes on may turn out otherwise", "TY  - JOUR", true, charset.UTF8, false},
		{"UTF-8", "Ménière", true, charset.UTF8, true},
		{"UTF-8 cut off within a character", "Ménière’"[:len("Ménière’")-1], true, charset.UTF8, true},
		{"the same at the end of a file is not UTF-8", "Jos\xc3", false, charset.Windows1252, false},
		{"UTF-8 with a stray byte", "Ménière, Sjögren, Gödel Jos\xe9 ", false, charset.UTF8, false},
		{"a short UTF-8 file with a stray byte", "Bad \xff byte, \u00fcn\u00ef", false, charset.UTF8, false},
		{"as many stray bytes as characters is no UTF-8", "\xe9t\xe9 \xc3\xa9", false, charset.Windows1252, false},
		{"Windows quotes", "the \x93pilot\x94 of Jos\xe9", false, charset.Windows1252, false},
		{"bytes undefined in Windows-1252", "a\x81 b\x90 Jos\xe9", false, charset.Latin1, false},
		{"MacRoman é", "Jos\x8e Garc\x92a", false, charset.MacRoman, false},
		{"MacRoman á, apostrophe and ü", "Fern\x87ndez: the patient\xd5s M\x9fller", false, charset.MacRoman, false},
		{"Windows Ž begins a word", "\x8eeljko \x8aimi\xe6", false, charset.Windows1252, false},
		{"Windows capitals in a word of capitals", "CORA\xc7\xd5ES MU\xd1OZ", false, charset.Windows1252, false},
	} {
		enc, sure := charset.Detect([]byte(c.head), !c.part)
		assert.Equal(t, c.want, enc, c.fact)
		assert.Equal(t, c.sure, sure, c.fact)
	}
}

func TestByName(t *testing.T) {
	for name, want := range map[string]charset.Encoding{
		"": charset.UTF8, "utf8": charset.UTF8, "UTF-8": charset.UTF8, "US-ASCII": charset.UTF8,
		"latin1": charset.Latin1, "ISO_8859-1:1987": charset.Latin1, "iso8859-1": charset.Latin1,
		"cp1252": charset.Windows1252, "Windows-1252": charset.Windows1252, "ANSI": charset.Windows1252,
		"macintosh": charset.MacRoman, "MacRoman": charset.MacRoman, "x-mac-roman": charset.MacRoman,
		"utf-16": charset.UTF16, "UTF-16LE": charset.UTF16LE, "utf16be": charset.UTF16BE, "unicode": charset.UTF16,
		"gb18030": charset.GB18030, "GBK": charset.GB18030, "gb2312": charset.GB18030, "big5": charset.Big5,
		"Shift_JIS": charset.ShiftJIS, "sjis": charset.ShiftJIS, "euc-jp": charset.EUCJP, "euc-kr": charset.EUCKR,
		"koi8-r": charset.KOI8R, "iso-8859-2": "iso-8859-2", "latin2": "iso-8859-2", "cp1250": "windows-1250",
		"windows-1251": "windows-1251", "cp850": "ibm850", "cp437": "ibm437",
	} {
		got, err := charset.ByName(name)
		require.NoError(t, err, name)
		assert.Equal(t, want, got, name)
		again, err := charset.ByName(got.String())
		require.NoError(t, err)
		assert.Equal(t, got, again, "the name of an encoding names it")
	}
	_, err := charset.ByName("klingon")
	assert.ErrorContains(t, err, `"klingon" is not known; expected a name such as utf-8`)
	assert.Equal(t, "utf-8", charset.Encoding("").String())
}

func encode(t require.TestingT, e encoding.Encoding, text string) string {
	raw, err := e.NewEncoder().String(text)
	require.NoError(t, err)
	return raw
}

func TestEveryEncodingIsReadInPiecesOfAnySize(t *testing.T) {
	const western = "TI  - Ménière “sleep”\n"
	for _, c := range []struct {
		enc  charset.Encoding
		raw  string
		want string
	}{
		{charset.UTF8, "\uFEFFMénière 睡眠 𝒳", "Ménière 睡眠 𝒳"},
		{charset.Windows1252, encode(t, charmap.Windows1252, western), western},
		{charset.MacRoman, encode(t, charmap.Macintosh, western), western},
		{charset.Latin1, "Jos\xe9\x85", "José\u0085"},
		{charset.UTF16LE, encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "é睡𝒳"), "é睡𝒳"},
		{charset.UTF16BE, encode(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "é睡𝒳"), "é睡𝒳"},
		{charset.UTF16, encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "é睡𝒳"), "é睡𝒳"},
		{charset.UTF16, encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "é睡𝒳"), "é睡𝒳"},
		{charset.UTF32LE, encode(t, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "é睡𝒳"), "é睡𝒳"},
		{charset.UTF32BE, encode(t, utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "é睡𝒳"), "é睡𝒳"},
		{charset.GB18030, encode(t, simplifiedchinese.GB18030, "睡眠 é 𝒳 ok"), "睡眠 é 𝒳 ok"},
		{charset.ShiftJIS, encode(t, japanese.ShiftJIS, "睡眠のｱ ok"), "睡眠のｱ ok"},
	} {
		for name, src := range sources(c.raw) {
			rd := charset.NewReader(src, c.enc)
			got, err := io.ReadAll(rd)
			require.NoError(t, err)
			assert.Equal(t, c.want, string(got), "%s %s", c.enc, name)
			assert.Zero(t, rd.Replaced())
			assert.EqualValues(t, -1, rd.FirstReplaced())
		}
	}
}

func sources(raw string) map[string]io.Reader {
	return map[string]io.Reader{
		"whole":           strings.NewReader(raw),
		"byte by byte":    iotest.OneByteReader(strings.NewReader(raw)),
		"error with data": iotest.DataErrReader(strings.NewReader(raw)),
	}
}

func TestMalformedBytesAreReplacedCountedAndPlaced(t *testing.T) {
	for _, c := range []struct {
		enc   charset.Encoding
		raw   string
		want  string
		count int64
		first int64
	}{
		{charset.UTF8, "ab\xe9c\xff", "ab\uFFFDc\uFFFD", 2, 2},
		{charset.UTF8, "\uFEFFa\xc3", "a\uFFFD", 1, 4},
		{charset.UTF8, "a real \uFFFD", "a real \uFFFD", 0, -1},
		{charset.UTF8, "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD", 3, 0},
		{charset.Windows1252, "a\x81b", "a\uFFFDb", 1, 1},
		{charset.UTF16LE, "a\x00\x00\xd8b\x00c", "a\uFFFDb\uFFFD", 2, 2},
		{charset.UTF16BE, "\xdc\x00\x00a\xd8\x00", "\uFFFDa\uFFFD", 2, 0},
		{charset.UTF32LE, "a\x00\x00\x00\x00\xd8\x00\x00b\x00", "a\uFFFD\uFFFD", 2, 4},
		{charset.GB18030, "ab\xff\xcb", "ab\uFFFD\uFFFD", 2, 2},
	} {
		for name, src := range sources(c.raw) {
			rd := charset.NewReader(src, c.enc)
			got, err := io.ReadAll(rd)
			require.NoError(t, err)
			assert.Equal(t, c.want, string(got), "%s %q %s", c.enc, c.raw, name)
			assert.Equal(t, c.count, rd.Replaced(), "%s %q %s", c.enc, c.raw, name)
			assert.Equal(t, c.first, rd.FirstReplaced(), "%s %q %s", c.enc, c.raw, name)
		}
	}
}

func TestOffsetsCountBeyondTheFirstBlock(t *testing.T) {
	raw := strings.Repeat("é", 100_000) + "x\xff"
	rd := charset.NewReader(strings.NewReader(raw), charset.UTF8)
	_, err := io.Copy(io.Discard, rd)
	require.NoError(t, err)
	assert.EqualValues(t, 200_001, rd.FirstReplaced())
}

func TestStrayBytesAreReadInTheFallback(t *testing.T) {
	rd := charset.NewReaderFallback(strings.NewReader("Ménière Jos\xe9 \x93x\x94 \x81"), charset.UTF8, charset.Windows1252)
	got, err := io.ReadAll(rd)
	require.NoError(t, err)
	assert.Equal(t, "Ménière José “x” \uFFFD", string(got))
	assert.EqualValues(t, 4, rd.Replaced())
	assert.EqualValues(t, 13, rd.FirstReplaced())
}

func TestTheErrorOfTheSourceComesAfterItsData(t *testing.T) {
	broken := errors.New("the disk broke")
	rd := charset.NewReader(io.MultiReader(strings.NewReader("all of th\xc3"), iotest.ErrReader(broken)), charset.UTF8)
	got, err := io.ReadAll(rd)
	assert.ErrorIs(t, err, broken)
	assert.Equal(t, "all of th\uFFFD", string(got))
}

type silent struct{}

func (silent) Read([]byte) (int, error) { return 0, nil }

func TestASourceThatNeverGivesAnythingEnds(t *testing.T) {
	_, err := io.ReadAll(charset.NewReader(silent{}, charset.UTF8))
	assert.ErrorIs(t, err, io.ErrNoProgress)
}

var all = []charset.Encoding{charset.UTF8, charset.UTF16, charset.UTF16LE, charset.UTF16BE, charset.UTF32LE, charset.UTF32BE, charset.Windows1252,
	charset.Latin1, charset.MacRoman, charset.GB18030, charset.Big5, charset.ShiftJIS, charset.EUCJP, charset.EUCKR, charset.KOI8R}

// checkReader reads raw whole and in single bytes: the same valid UTF-8 comes
// out, with the same account of what was replaced.
func checkReader(t require.TestingT, raw []byte, enc charset.Encoding) {
	whole := charset.NewReader(bytes.NewReader(raw), enc)
	a, err := io.ReadAll(whole)
	require.NoError(t, err)
	require.True(t, utf8.Valid(a))
	pieces := charset.NewReader(iotest.OneByteReader(bytes.NewReader(raw)), enc)
	b, err := io.ReadAll(pieces)
	require.NoError(t, err)
	require.Equal(t, string(a), string(b), enc)
	require.Equal(t, whole.Replaced(), pieces.Replaced(), enc)
	require.Equal(t, whole.FirstReplaced(), pieces.FirstReplaced(), enc)
	require.LessOrEqual(t, whole.Replaced(), int64(len(raw)))
	if enc == charset.UTF8 {
		want := bytes.TrimPrefix([]byte(strings.ToValidUTF8(string(raw), "")), []byte("\uFEFF"))
		if whole.Replaced() == 0 {
			require.Equal(t, string(want), string(a))
		}
	}
}

func TestAnyBytesComeOutAsUTF8(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkReader(t, rapid.SliceOf(rapid.Byte()).Draw(t, "raw"), rapid.SampledFrom(all).Draw(t, "encoding"))
	})
}

func FuzzReader(f *testing.F) {
	for i := range all {
		f.Add([]byte("\xEF\xBB\xBFM\xc3\xa9 \xe9\x81\x30\xcb\xaf\xd8\x00\xff\xfe"), i)
	}
	f.Fuzz(func(t *testing.T, raw []byte, i int) {
		charset.Detect(raw, i%2 == 0)
		checkReader(t, raw, all[uint(i)%uint(len(all))])
	})
}

func BenchmarkReader(b *testing.B) {
	ascii := []byte(strings.Repeat("TI  - Effects of exercise on sleep: a randomised trial\n", 20_000))
	mixed := []byte(strings.Repeat("TI  - Effects of β-blockers in Ménière’s disease\n", 20_000))
	stray := append(bytes.Clone(mixed), 0xe9)
	for _, c := range []struct {
		name string
		raw  []byte
		enc  charset.Encoding
	}{
		{"utf-8 ascii", ascii, charset.UTF8}, {"utf-8 mixed", mixed, charset.UTF8}, {"utf-8 stray", stray, charset.UTF8},
		{"windows-1252", ascii, charset.Windows1252}, {"utf-16le", ascii, charset.UTF16LE}, {"gb18030", mixed, charset.GB18030},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.raw)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := io.Copy(io.Discard, charset.NewReader(bytes.NewReader(c.raw), c.enc)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkDetect(b *testing.B) {
	head := []byte(strings.Repeat("TI  - Jos\xe9 and the patient\x92s sleep\n", 200))
	b.SetBytes(int64(len(head)))
	b.ReportAllocs()
	for b.Loop() {
		charset.Detect(head, false)
	}
}
