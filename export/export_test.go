package export_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/export"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/ris"
)

func text(name, s string) export.Part {
	return export.Part{Name: name, Write: func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}}
}

// tree lists the files under a folder with what they hold, and folders with "/".
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name, err := filepath.Rel(dir, path)
		require.NoError(t, err)
		name = filepath.ToSlash(name)
		if d.IsDir() {
			out[name+"/"] = ""
			return nil
		}
		data, err := os.ReadFile(path)
		out[name] = string(data)
		return err
	}))
	return out
}

func TestAllFilesStandInTheirPlaces(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "new", "folder")
	require.NoError(t, export.Write(dir, []export.Part{text("one.txt", "1"), text("tables/deep/two.txt", "2"), text("tables/three.txt", "3")}))
	want := map[string]string{"one.txt": "1", "tables/": "", "tables/deep/": "", "tables/deep/two.txt": "2", "tables/three.txt": "3"}
	assert.Equal(t, want, tree(t, dir))
	require.NoError(t, export.Write(dir, []export.Part{text("one.txt", "new")}))
	want["one.txt"] = "new"
	assert.Equal(t, want, tree(t, dir), "what stood there is replaced and nothing is left beside it")
	require.NoError(t, export.Write(dir, nil))
}

func TestAFailedExportLeavesWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, export.Write(dir, []export.Part{text("one.txt", "old")}))
	cause := errors.New("the context was cancelled")
	err := export.Write(dir, []export.Part{
		text("one.txt", "new"), text("sub/two.txt", "2"),
		{Name: "three.txt", Write: func(w io.Writer) error {
			_, err := io.WriteString(w, "half of")
			return errors.Join(err, cause)
		}},
	})
	assert.ErrorIs(t, err, cause)
	assert.ErrorContains(t, err, "export: three.txt:")
	assert.Equal(t, map[string]string{"one.txt": "old"}, tree(t, dir))
}

func TestAFileThatCannotBePutInItsPlaceBringsTheOthersBack(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, export.Write(dir, []export.Part{text("one.txt", "old")}))
	sabotage := export.Part{Name: "two.txt", Write: func(io.Writer) error {
		return os.MkdirAll(filepath.Join(dir, "four.txt", "in the way"), 0o755) // after the checks
	}}
	first := text("four.txt", "4")
	err := export.Write(dir, []export.Part{text("one.txt", "new"), text("three.txt", "3"), first, sabotage})
	assert.EqualError(t, err, "export: four.txt: something that is not a plain file is in its place")
	assert.Equal(t, map[string]string{"one.txt": "old", "four.txt/": "", "four.txt/in the way/": ""}, tree(t, dir))
}

func TestNamesStayInTheFolder(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "in")
	for _, name := range []string{"", ".", "..", "../up.txt", "/abs.txt", "a/../../b", "a//b", "a/", `a\b`, "c:x", "a\x00b", "a/./b"} {
		err := export.Write(inside, []export.Part{text("good.txt", "x"), text(name, "x")})
		assert.ErrorContains(t, err, "is not a name of a file in the folder", name)
	}
	assert.Empty(t, tree(t, dir), "nothing was written before the names were known to be good")
	assert.ErrorContains(t, export.Write(inside, []export.Part{text("a.txt", ""), text("A.txt", "")}), `two parts are called "A.txt"`)
	assert.ErrorContains(t, export.Write(inside, []export.Part{text("a", ""), text("a/b", "")}), `"a" is the name of a part and of a folder of "a/b"`)
	assert.ErrorContains(t, export.Write(inside, []export.Part{{Name: "a"}}), "has no function that writes it")
}

func TestALinkDoesNotLeadOutOfTheFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights there")
	}
	outside, dir := t.TempDir(), t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(outside, "precious.txt"), []byte("old"), 0o644))
	require.NoError(t, os.Symlink(outside, filepath.Join(dir, "sub")))
	require.NoError(t, os.Symlink(filepath.Join(outside, "precious.txt"), filepath.Join(dir, "file.txt")))
	assert.Error(t, export.Write(dir, []export.Part{text("sub/precious.txt", "new")}))
	assert.ErrorContains(t, export.Write(dir, []export.Part{text("file.txt", "new")}), "not a plain file is in its place")
	assert.Equal(t, map[string]string{"precious.txt": "old"}, tree(t, outside))
}

func records(n int, abstract string) []*record.Record {
	out := make([]*record.Record, n)
	for i := range out {
		out[i] = &record.Record{Key: fmt.Sprintf("k%d", i), Title: fmt.Sprintf("Walking alongside, part %d", i), Abstract: record.Abstract{Text: abstract}}
	}
	return out
}

func TestCovidenceGetsNoMoreThanItTakes(t *testing.T) {
	parts, err := export.Covidence(nil)
	require.NoError(t, err)
	assert.Empty(t, parts)

	parts, err = export.Covidence(records(15_001, ""))
	require.NoError(t, err)
	require.Len(t, parts, 2)
	assert.Equal(t, []string{"covidence-1.ris", "covidence-2.ris"}, []string{parts[0].Name, parts[1].Name})
	counts := []int{15_000, 1}
	for i, p := range parts {
		var b bytes.Buffer
		require.NoError(t, p.Write(&b))
		assert.Equal(t, counts[i], bytes.Count(b.Bytes(), []byte("TY  - ")))
	}

	large := records(11, strings.Repeat("peer support ", 400_000)) // 5.2 MB each
	parts, err = export.Covidence(large)
	require.NoError(t, err)
	require.Len(t, parts, 2)
	for _, p := range parts {
		var n int64
		require.NoError(t, p.Write(writerFunc(func(b []byte) { n += int64(len(b)) })))
		assert.LessOrEqual(t, n, int64(50_000_000))
	}

	_, err = export.Covidence(records(1, strings.Repeat("x", 50_000_000)))
	assert.ErrorContains(t, err, "the record k0 has")
}

type writerFunc func([]byte)

func (f writerFunc) Write(p []byte) (int, error) {
	f(p)
	return len(p), nil
}

func TestAFormatWithoutWriterIsAnError(t *testing.T) {
	err := export.Write(t.TempDir(), []export.Part{export.Records("a.x", record.Format{Name: "x"}, records(1, ""))})
	assert.ErrorIs(t, err, record.ErrCannotWrite)
}

func TestARecordThatIsNilIsAnError(t *testing.T) {
	some := []*record.Record{{Title: "Walking alongside"}, nil}
	_, err := export.Covidence(some)
	assert.EqualError(t, err, "export to Covidence: records[1] is nil")
	err = export.Write(t.TempDir(), []export.Part{export.Records("a.ris", ris.Format(), some)})
	assert.EqualError(t, err, "export: a.ris: records[1] is nil")
}

func Example() {
	dir, err := os.MkdirTemp("", "export")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	included := []*record.Record{{Kind: record.JournalArticle, Title: "Walking alongside", DOI: "10.5555/wmh.2010.0123"}}
	parts := []export.Part{
		export.Records("records/included.ris", ris.Format(), included),
		{Name: "README.txt", Write: func(w io.Writer) error {
			_, err := fmt.Fprintln(w, len(included), "record included")
			return err
		}},
	}
	if err := export.Write(dir, parts); err != nil {
		fmt.Println(err)
		return
	}
	text, err := os.ReadFile(filepath.Join(dir, "README.txt"))
	fmt.Print(string(text), err)
	// Output:
	// 1 record included
	// <nil>
}
