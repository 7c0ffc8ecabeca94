package formats_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
)

// Each file in a zip archive has an account of its own.
func ExampleOpenAll() {
	folder, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "search.zip")
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for name, text := range map[string]string{"scopus.csv": "Title,Authors,Year\nKites,\"Berg, A\",2019\n", "embase.ris": "TY  - JOUR\nTI  - Ropes\nER  - \n", "paper.pdf": "%PDF-1.7\n"} {
		w, err := zw.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	if err := errors.Join(zw.Close(), os.WriteFile(path, b.Bytes(), 0o600)); err != nil {
		log.Fatal(err)
	}

	libs, err := formats.OpenAll(path, record.ReadOptions{Name: "search.zip"})
	if err != nil {
		log.Fatal(err)
	}
	var manifest record.Manifest
	for _, lib := range libs {
		manifest = append(manifest, lib.Load)
		fmt.Println(lib.Load.File, lib.Load.Format, len(lib.Records))
		for _, p := range lib.Problems {
			fmt.Println(" ", p.Text)
		}
	}
	fmt.Println(manifest.Records(), "records")
	// Output:
	// search.zip/embase.ris ris 1
	// search.zip/paper.pdf  0
	//   not a bibliographic file: it begins like PDF
	// search.zip/scopus.csv csv 1
	// 2 records
}

// entry is a file of an archive that a test makes.
type entry struct {
	name, text string
	method     uint16 // zip.Deflate where it is 0
	flags      uint16
}

// risOf is a file of RIS with so many records, which do not pack well.
func risOf(n int) string {
	var b strings.Builder
	for i := range n {
		sum := sha256.Sum256([]byte{byte(i), byte(i >> 8)})
		fmt.Fprintf(&b, "TY  - JOUR\nTI  - Kite %d %x\nER  - \n\n", i+1, sum)
	}
	return b.String()
}

// zipOf makes an archive with the files in the order given.
func zipOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, e := range entries {
		method := e.method
		if method == 0 {
			method = zip.Deflate
		}
		w, err := zw.CreateRaw(rawHeader(e, method, t))
		require.NoError(t, err)
		if strings.HasSuffix(e.name, "/") {
			continue
		}
		_, err = w.Write(packWith(t, method, e.text))
		require.NoError(t, err)
	}
	require.NoError(t, zw.Close())
	return b.Bytes()
}

func rawHeader(e entry, method uint16, t testing.TB) *zip.FileHeader {
	return &zip.FileHeader{Name: e.name, Method: method, Flags: e.flags, CRC32: crc32.ChecksumIEEE([]byte(e.text)),
		CompressedSize64: uint64(len(packWith(t, method, e.text))), UncompressedSize64: uint64(len(e.text))}
}

func packWith(t testing.TB, method uint16, text string) []byte {
	if method != zip.Deflate {
		return []byte(text)
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	require.NoError(t, err)
	_, err = io.WriteString(w, text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

// seen is what a library says of itself in short: file, format, records, codes.
func seen(lib *record.Library) string {
	var codes []string
	for _, p := range lib.Problems {
		codes = append(codes, string(p.Code))
	}
	return strings.TrimRight(fmt.Sprintf("%s %s %d %s", lib.Load.File, lib.Load.Format, len(lib.Records), strings.Join(codes, ",")), " ")
}

func TestTheFilesOfAnArchiveAreReadInTheOrderOfTheirNames(t *testing.T) {
	data := zipOf(t, entry{name: "search/scopus.csv", text: samples["csv"]}, entry{name: "medline.nbib", text: samples["medline"]},
		entry{name: "search/", method: zip.Store}, entry{name: "search/deep/er/b.ris.gz", text: string(pack(t, oneOfEach))}, entry{name: `windows\c.ris`, text: oneOfEach},
		entry{name: "a.json", text: samples["csljson"], method: zip.Store})
	path := save(t, "export.dat", data)

	libs, err := formats.OpenAll(path, record.ReadOptions{Name: "export.zip"})
	require.NoError(t, err)
	var got []string
	for _, lib := range libs {
		got = append(got, seen(lib))
	}
	assert.Equal(t, []string{"export.zip/a.json csljson 1", "export.zip/medline.nbib medline 1", "export.zip/search/deep/er/b.ris.gz ris 1",
		"export.zip/search/scopus.csv csv 1", "export.zip/windows/c.ris ris 1"}, got)
	sum := sha256.Sum256([]byte(samples["medline"]))
	assert.Equal(t, hex.EncodeToString(sum[:]), libs[1].Load.SHA256, "of the file unpacked")
	assert.Equal(t, int64(len(samples["medline"])), libs[1].Load.Bytes)
	assert.Equal(t, "zip", libs[1].Load.Compressed)

	lib, err := formats.Open(path, record.ReadOptions{Name: "export.zip"})
	require.NoError(t, err)
	require.Len(t, lib.Records, 5)
	for i, r := range lib.Records {
		assert.Equal(t, libs[i].Load.File, r.Source.File)
		assert.Equal(t, 1, r.Source.Number)
	}
	sum = sha256.Sum256(data)
	assert.Equal(t, record.Load{File: "export.zip", Compressed: "zip", Charset: lib.Load.Charset, Records: 5, Bytes: int64(len(data)), SHA256: hex.EncodeToString(sum[:])}, lib.Load)

	lib, err = formats.Open(save(t, "a.zip", zipOf(t, entry{name: "b.ris", text: oneOfEach}, entry{name: "a.ris", text: oneOfEach})))
	require.NoError(t, err)
	assert.Equal(t, "ris", lib.Load.Format, "where all files share it")
}

func TestAFileThatIsNoArchiveIsOneLibraryOfOpenAll(t *testing.T) {
	libs, err := formats.OpenAll(save(t, "a.ris", []byte(oneOfEach)))
	require.NoError(t, err)
	require.Len(t, libs, 1)
	assert.Len(t, libs[0].Records, 1)
	_, err = formats.OpenAll(t.TempDir())
	require.Error(t, err)
	for rd, err := range formats.Readers(save(t, "a.ris", []byte(oneOfEach))) {
		require.NoError(t, err)
		for _, err := range rd.All() {
			require.NoError(t, err)
		}
		assert.Equal(t, 1, rd.Load().Records)
	}
}

// Each bad archive is told with its place, and the good files in it are read.
func TestBadArchives(t *testing.T) {
	good := entry{name: "good.ris", text: risOf(3)}
	whole := zipOf(t, entry{name: "a.ris", text: risOf(2)}, good, entry{name: "z.ris", text: risOf(4000)})
	cut := bytes.Index(whole, []byte("z.ris")) + 60_000
	wrongSum := bytes.Clone(whole)
	wrongSum[bytes.Index(wrongSum, []byte("good.ris"))+len("good.ris")+20] ^= 0xff
	bomb := oneOfEach + "\nTY  - JOUR\nAB  - " + strings.Repeat("x", 12<<20)
	ratio, total := record.Limits{}, record.Limits{Archive: 100_000, GzipRatio: 100_000}
	for _, c := range []struct {
		why    string
		data   []byte
		limits record.Limits
		want   []string
		err    error  // of OpenAll
		words  string // in it
	}{
		{"a name that leaves the folder", zipOf(t, good, entry{name: "../up.ris", text: oneOfEach}, entry{name: "/etc/abs.ris", text: oneOfEach}, entry{name: `C:\abs.ris`, text: oneOfEach},
			entry{name: "a/../../b.ris", text: oneOfEach}), ratio,
			[]string{"x.zip/../up.ris  0 file-unread", "x.zip//etc/abs.ris  0 file-unread", "x.zip/C:/abs.ris  0 file-unread", "x.zip/a/../../b.ris  0 file-unread", "x.zip/good.ris ris 3"}, nil, ""},
		{"what systems leave", zipOf(t, good, entry{name: "__MACOSX/._good.ris", text: "\x00\x05\x16\x07"}, entry{name: ".DS_Store", text: "\x00\x00\x00\x01Bud1"}, entry{name: "q/Thumbs.db", text: "\xd0\xcf"}), ratio,
			[]string{"x.zip/.DS_Store  0 passed-over", "x.zip/__MACOSX/._good.ris  0 passed-over", "x.zip/good.ris ris 3", "x.zip/q/Thumbs.db  0 passed-over"}, nil, ""},
		{"what is not of records", zipOf(t, good, entry{name: "paper.pdf", text: "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"}, entry{name: "readme.txt", text: "The search was done in March.\n"},
			entry{name: "error.json", text: `{"error":"503"}`}, entry{name: "page.html", text: "<html><body>503</body></html>"}), ratio,
			[]string{"x.zip/error.json  0 passed-over", "x.zip/good.ris ris 3", "x.zip/page.html  0 passed-over", "x.zip/paper.pdf  0 passed-over", "x.zip/readme.txt  0 passed-over"}, nil, ""},
		{"an archive in the archive", zipOf(t, good, entry{name: "more.zip", text: string(whole)}, entry{name: "table.xlsx", text: string(zipOf(t, entry{name: "xl/a.xml", text: "<a/>"}))}), ratio,
			[]string{"x.zip/good.ris ris 3", "x.zip/more.zip  0 file-unread", "x.zip/table.xlsx  0 file-unread"}, nil, ""},
		{"encrypted", zipOf(t, good, entry{name: "secret.ris", text: "\x8a\x90\x01", method: zip.Store, flags: 1}), ratio,
			[]string{"x.zip/good.ris ris 3", "x.zip/secret.ris  0 file-unread"}, nil, ""},
		{"a way of packing that is not known", zipOf(t, good, entry{name: "lzma.ris", text: "abc", method: 14}), ratio,
			[]string{"x.zip/good.ris ris 3", "x.zip/lzma.ris  0 file-unread"}, nil, ""},
		{"an empty file", zipOf(t, good, entry{name: "none.ris", text: ""}), ratio, []string{"x.zip/good.ris ris 3", "x.zip/none.ris  0 empty-file"}, nil, ""},
		{"no file", zipOf(t), ratio, nil, record.ErrUnknownFormat, "x.zip: not a bibliographic file: the archive has no file in it"},
		{"a bomb", zipOf(t, entry{name: "bomb.ris", text: bomb}, good), ratio, []string{"x.zip/bomb.ris ris *", "x.zip/good.ris ris 3"}, record.ErrLimit, "Limits.GzipRatio"},
		{"too much in all", zipOf(t, entry{name: "a.ris", text: risOf(500)}, entry{name: "b.ris", text: risOf(2000)}, entry{name: "c.ris", text: oneOfEach}), total,
			[]string{"x.zip/a.ris ris 500", "x.zip/b.ris ris *"}, record.ErrLimit, "Limits.Archive"},
		{"cut in the middle", whole[:cut], ratio, []string{"x.zip/a.ris ris 2", "x.zip/good.ris ris 3", "x.zip/z.ris ris *"}, record.ErrSource, "the source failed: the archive ends in the middle of the file"},
		{"cut in the list of its files", whole[:len(whole)-40], ratio, []string{"x.zip/a.ris ris 2", "x.zip/good.ris ris 3", "x.zip/z.ris ris 4000"}, record.ErrSource,
			"x.zip: the source failed: the ZIP archive is damaged or incomplete, its list of files is missing: copy or download it again; 3 files were found without it"},
		{"a file with the wrong sum", wrongSum, ratio, nil, record.ErrSource, "x.zip/good.ris"},
		{"its mark alone", []byte("PK\x03\x04\x14\x00\x06\x00"), ratio, nil, record.ErrUnknownFormat, "it begins like a ZIP archive, and no file can be found in it"},
	} {
		path := save(t, "x.zip", c.data)
		libs, err := formats.OpenAll(path, record.ReadOptions{Name: "x.zip", Limits: c.limits})
		var got []string
		for _, lib := range libs {
			got = append(got, seen(lib))
		}
		if c.want != nil || c.err == nil {
			require.Len(t, got, len(c.want), c.why)
		}
		for i, want := range c.want {
			if head, cut := strings.CutSuffix(want, "*"); cut { // how many depends on how much is read at once
				assert.Contains(t, got[i], head, c.why)
				assert.NotEmpty(t, libs[i].Records, c.why)
				assert.Empty(t, libs[i].Load.SHA256, c.why)
				continue
			}
			assert.Equal(t, want, got[i], c.why)
		}
		_, openErr := formats.Open(path, record.ReadOptions{Name: "x.zip", Limits: c.limits})
		if c.err == nil {
			assert.NoError(t, err, c.why)
			assert.NoError(t, openErr, c.why)
			continue
		}
		assert.ErrorIs(t, err, c.err, c.why)
		assert.ErrorIs(t, openErr, c.err, c.why)
		assert.ErrorContains(t, err, c.words, c.why)
	}
}

func TestAnArchiveWithoutRecordsIsRefused(t *testing.T) {
	path := save(t, "x.zip", zipOf(t, entry{name: "paper.pdf", text: "%PDF-1.7\n"}))
	lib, err := formats.Open(path)
	require.ErrorIs(t, err, record.ErrUnknownFormat)
	assert.ErrorContains(t, err, "no file in the archive is of records: "+path+"/paper.pdf")
	assert.Len(t, lib.Problems, 1)
	assert.Equal(t, map[record.Code]int{record.CodePassedOver: 1}, lib.Load.ByCode)
}

func TestReadersGoOnBehindWhatIsPassedOver(t *testing.T) {
	path := save(t, "x.zip", zipOf(t, entry{name: "a.pdf", text: "%PDF-1.7\n"}, entry{name: "b.ris", text: risOf(2)}, entry{name: "c.ris", text: risOf(3)}))
	var got []string
	for rd, err := range formats.Readers(path, record.ReadOptions{Name: "x.zip"}) {
		if errors.Is(err, formats.ErrPassedOver) {
			got = append(got, err.Error())
			continue
		}
		require.NoError(t, err)
		for _, err := range rd.All() {
			require.NoError(t, err)
		}
		got = append(got, fmt.Sprint(rd.Load().File, " ", rd.Load().Records))
	}
	assert.Equal(t, []string{"x.zip/a.pdf: passed over: not a bibliographic file: it begins like PDF", "x.zip/b.ris 2", "x.zip/c.ris 3"}, got)
	for rd, err := range formats.Readers(path) { // ending early is no harm
		assert.True(t, rd == nil && err != nil)
		break
	}
}

func TestAFormatThatIsNamedHoldsForAllFilesOfAnArchive(t *testing.T) {
	f, err := formats.ByName("ris")
	require.NoError(t, err)
	lib, err := formats.Open(save(t, "x.zip", zipOf(t, entry{name: "a.txt", text: oneOfEach}, entry{name: "__MACOSX/b", text: "x"})), record.ReadOptions{Format: f})
	require.NoError(t, err)
	assert.Len(t, lib.Records, 1)
	assert.Equal(t, map[record.Code]int{record.CodePassedOver: 1}, lib.Load.ByCode)
}

func TestAStreamThatIsAnArchiveSaysWhatToDo(t *testing.T) {
	_, err := formats.Read(bytes.NewReader(zipOf(t, entry{name: "a.ris", text: oneOfEach})), record.ReadOptions{Name: "x"})
	require.ErrorIs(t, err, record.ErrUnknownFormat)
	assert.ErrorContains(t, err, "formats.Open and formats.Readers read the files of records in an archive")
}

// TestACutArchiveIsSalvagedWhereverItIsCut reads what stands before every cut.
func TestACutArchiveIsSalvagedWhereverItIsCut(t *testing.T) {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, name := range []string{"a.ris", "b.ris"} { // sizes behind the files, as most programs write them
		w, err := zw.Create(name)
		require.NoError(t, err)
		_, err = io.WriteString(w, risOf(20))
		require.NoError(t, err)
	}
	w, err := zw.CreateHeader(&zip.FileHeader{Name: "c.ris", Method: zip.Store})
	require.NoError(t, err)
	_, err = io.WriteString(w, risOf(2))
	require.NoError(t, err)
	require.NoError(t, zw.Close())
	data := b.Bytes()
	list := bytes.Index(data, []byte("PK\x01\x02"))
	second := bytes.LastIndex(data[:bytes.Index(data, []byte("b.ris"))], []byte("PK\x03\x04"))
	for n := second; n < len(data); n += 17 {
		path := save(t, "x.zip", data[:n])
		libs, err := formats.OpenAll(path)
		require.Error(t, err, "cut at byte %d", n)
		require.NotEmpty(t, libs)
		assert.Len(t, libs[0].Records, 20, "cut at byte %d", n)
		if n > list {
			require.Len(t, libs, 3)
			assert.Len(t, libs[1].Records, 20)
			assert.Len(t, libs[2].Records, 2)
			assert.Empty(t, libs[2].Problems)
		}
	}
}

func FuzzArchive(f *testing.F) {
	f.Add(zipOf(f, entry{name: "a.ris", text: oneOfEach}, entry{name: "../b.ris", text: oneOfEach, method: zip.Store}))
	whole := zipOf(f, entry{name: "a.ris", text: risOf(5)})
	f.Add(whole[:len(whole)-30])
	wrong := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(wrong[18:], 1<<31)
	f.Add(wrong[:len(wrong)-30])
	f.Fuzz(func(t *testing.T, data []byte) {
		libs, _ := formats.OpenAll(save(t, "x.zip", data), record.ReadOptions{Name: "x.zip", Limits: record.Limits{Archive: 1 << 20}})
		for _, lib := range libs {
			if lib.Load.Records != len(lib.Records) {
				t.Fatalf("%s: %d records counted, %d read", lib.Load.File, lib.Load.Records, len(lib.Records))
			}
		}
	})
}
