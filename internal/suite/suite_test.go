package suite

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// recorder stands in for the test that a harness function is called from, and
// keeps what that test would have said.
type recorder struct {
	testing.TB
	log, errors     []string
	failed, skipped bool
	cleanups        []func()
}

func (r *recorder) Helper()          {}
func (r *recorder) Name() string     { return "TestOfSomeone" }
func (r *recorder) Skipped() bool    { return r.skipped }
func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Log(args ...any)  { r.log = append(r.log, fmt.Sprint(args...)) }
func (r *recorder) Error(args ...any) {
	r.errors = append(r.errors, fmt.Sprint(args...))
	r.failed = true
}
func (r *recorder) Errorf(f string, args ...any) {
	r.Error(fmt.Sprintf(f, args...))
}
func (r *recorder) Fatalf(f string, args ...any) {
	r.Errorf(f, args...)
	runtime.Goexit()
}
func (r *recorder) Skip(args ...any) {
	r.Log(args...)
	r.skipped = true
	runtime.Goexit()
}

// observe runs f as a test of its own would be run, to the end.
func observe(f func(t testing.TB)) *recorder {
	r := &recorder{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(r)
	}()
	<-done
	for _, cleanup := range r.cleanups {
		cleanup()
	}
	return r
}

func (r *recorder) said() string { return strings.Join(append(r.log, r.errors...), "\n") }

// standIn makes a checkout of this module in a fresh folder, with data beside
// it if wanted, and works in a package of it.
func standIn(t *testing.T, withData bool) (root string) {
	t.Helper()
	top := t.TempDir()
	root = filepath.Join(top, "checkout")
	require.NoError(t, os.MkdirAll(filepath.Join(root, "export", "nested"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(root, "go.mod"), []byte("// the root\nmodule "+module+"\n"), 0o644))
	nested := "module " + module + "/export/nested\n"
	require.NoError(t, os.WriteFile(filepath.Join(root, "export", "nested", "go.mod"), []byte(nested), 0o644))
	if withData {
		folder := filepath.Join(top, "shared", "data", "some")
		require.NoError(t, os.MkdirAll(folder, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(folder, "file.ris"), []byte("TY  - JOUR\n"), 0o644))
	}
	t.Chdir(filepath.Join(root, "export", "nested"))
	t.Setenv("EVIDENCE_DATA", "")
	return root
}

func TestDataBesideTheModuleIsFoundFromANestedModule(t *testing.T) {
	standIn(t, true)
	var path string
	r := observe(func(t testing.TB) { path = Data(t, "some", "file.ris") })
	text, err := os.ReadFile(path)
	require.NoError(t, err, r.said())
	assert.Equal(t, "TY  - JOUR\n", string(text))
	assert.Equal(t, []string{"suite ran: TestOfSomeone"}, r.log)
}

func TestAbsentDefaultDataSkipsAndSaysHowToHaveIt(t *testing.T) {
	standIn(t, false)
	r := observe(func(t testing.TB) { Data(t, "some"); t.Errorf("went on") })
	assert.False(t, r.failed, r.said())
	assert.Equal(t, []string{
		"real data not present: set EVIDENCE_DATA (looked in ../shared/data)",
		"suite skipped: TestOfSomeone",
	}, r.log)
}

func TestATestThatSkipsItselfLaterCountsAsSkipped(t *testing.T) {
	standIn(t, true)
	r := observe(func(t testing.TB) { Data(t, "some"); t.Skip("not on this machine") })
	assert.Equal(t, []string{"not on this machine", "suite skipped: TestOfSomeone"}, r.log)
}

func TestDataThatWasAskedForByNameMustBeThere(t *testing.T) {
	standIn(t, true)
	for folder, want := range map[string]string{
		"../nowhere": "EVIDENCE_DATA names a folder that cannot be opened",
		t.TempDir():  "the data folder is incomplete",
	} {
		t.Setenv("EVIDENCE_DATA", folder)
		r := observe(func(t testing.TB) { Data(t, "some") })
		assert.True(t, r.failed)
		assert.False(t, r.skipped)
		assert.Contains(t, r.said(), want)
	}
}

func TestARelativeDataFolderIsTakenFromTheModulesRoot(t *testing.T) {
	root := standIn(t, true)
	t.Setenv("EVIDENCE_DATA", filepath.Join("..", "shared", "data"))
	var path string
	observe(func(t testing.TB) { path = Data(t, "some") })
	assert.Equal(t, filepath.Join(filepath.Dir(root), "shared", "data", "some"), path)
}

func TestDataThatIsPresentButIncompleteFails(t *testing.T) {
	standIn(t, true)
	r := observe(func(t testing.TB) { Data(t, "renamed") })
	assert.True(t, r.failed)
	assert.False(t, r.skipped)
	assert.Contains(t, r.said(), "the data folder is incomplete")
}

func TestDataOutsideTheModuleFails(t *testing.T) {
	t.Chdir(t.TempDir())
	r := observe(func(t testing.TB) { Data(t, "some") })
	assert.Contains(t, r.said(), "no go.mod of "+module)
}

func TestAnArchiveIsCommentThenSections(t *testing.T) {
	for name, c := range map[string]struct {
		in      string
		comment string
		files   []File
	}{
		"nothing":              {"", "", nil},
		"only a comment":       {"words", "words\n", nil},
		"one section":          {"-- a --\nx\n", "", []File{{"a", []byte("x\n")}}},
		"an empty section":     {"-- a --\n-- b --\nx\n", "", []File{{"a", nil}, {"b", []byte("x\n")}}},
		"no last line feed":    {"c\n-- a --\nx", "c\n", []File{{"a", []byte("x\n")}}},
		"CR LF stays":          {"-- a --\r\nx\r\n", "", []File{{"a", []byte("x\r\n")}}},
		"bytes stay":           {"-- a --\n\xff\x00\n", "", []File{{"a", []byte("\xff\x00\n")}}},
		"spaces round a name":  {"--  a b  --\nx\n", "", []File{{"a b", []byte("x\n")}}},
		"no name, no section":  {"--  --\n-- --\n", "--  --\n-- --\n", nil},
		"not at the beginning": {" -- a --\n", " -- a --\n", nil},
		"something behind it":  {"-- a -- b\n", "-- a -- b\n", nil},
		"a marker at the end":  {"-- a --", "", []File{{"a", nil}}},
	} {
		t.Run(name, func(t *testing.T) {
			comment, files := Parse([]byte(c.in))
			assert.Equal(t, c.comment, string(comment))
			require.Len(t, files, len(c.files))
			for i, f := range c.files {
				assert.Equal(t, f.Name, files[i].Name)
				assert.Equal(t, string(f.Data), string(files[i].Data))
			}
		})
	}
}

func TestParseTakesApartWhatFormatPutTogether(t *testing.T) {
	text := rapid.StringMatching(`([A-Z -]{0,6}\r?\n){0,4}`).Filter(func(s string) bool { return !hasMarker([]byte(s)) })
	rapid.Check(t, func(t *rapid.T) {
		comment := text.Draw(t, "comment")
		var files []File
		for range rapid.IntRange(0, 4).Draw(t, "sections") {
			name := rapid.StringMatching(`[a-z]{1,5}\.[a-z]{1,4}`).Draw(t, "name")
			files = append(files, File{name, []byte(text.Draw(t, "data"))})
		}
		gotComment, gotFiles := Parse(Format([]byte(comment), files))
		assert.Equal(t, comment, string(gotComment))
		require.Len(t, gotFiles, len(files))
		for i := range files {
			assert.Equal(t, files[i].Name, gotFiles[i].Name)
			assert.Equal(t, string(files[i].Data), string(gotFiles[i].Data))
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("comment\n-- a --\nx\n-- b --\r\n\xff"))
	f.Add([]byte("-- --\n--  --\n-- a --"))
	f.Fuzz(func(t *testing.T, in []byte) {
		first := Format(Parse(in))
		assert.Equal(t, string(first), string(Format(Parse(first))), "an archive once written is written the same again")
	})
}

func TestACaseIsOneFileWithItsInputAndWhatComesOfIt(t *testing.T) {
	var seen []string
	Cases(t, "testdata/cases/*.txtar", func(t *testing.T, c Case) {
		seen = append(seen, c.Name)
		input, ok := c.Get("input.txt")
		require.True(t, ok)
		c.Want(t, "upper.txt", []byte(strings.ToUpper(string(input))))
		c.Want(t, "problems.txt", nil)
		_, ok = c.Get("nothing.txt")
		assert.False(t, ok)
	})
	assert.Equal(t, []string{"crlf", "plain"}, seen)
}

// invented writes one case into a fresh folder and opens it.
func invented(t *testing.T, text string) Case {
	t.Helper()
	path := filepath.Join(t.TempDir(), "case.txtar")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	a, err := openArchive(path)
	require.NoError(t, err)
	return Case{Name: "case", Comment: string(a.comment), archive: a}
}

func TestWantShowsTheFirstLineThatDiffers(t *testing.T) {
	t.Setenv("UPDATE_GOLDEN", "")
	c := invented(t, "-- out.txt --\none\ntwo\nthree\n")
	r := observe(func(t testing.TB) { c.Want(t, "out.txt", []byte("one\nzwei\nthree\n")) })
	assert.Contains(t, r.said(), "want line 2: \"two\\n\"")
	assert.Contains(t, r.said(), "got  line 2: \"zwei\\n\"")
	assert.NotContains(t, r.said(), "line 1:")
	assert.False(t, c.archive.changed, "without UPDATE_GOLDEN nothing is written")
}

func TestASectionThatIsNotThereWantsNothing(t *testing.T) {
	t.Setenv("UPDATE_GOLDEN", "")
	c := invented(t, "-- input.txt --\nx\n")
	assert.Empty(t, observe(func(t testing.TB) { c.Want(t, "problems.txt", nil) }).errors)
	assert.NotEmpty(t, observe(func(t testing.TB) { c.Want(t, "problems.txt", []byte("one")) }).errors)
}

func TestUpdateReplacesWantedSectionsAndKeepsTheRest(t *testing.T) {
	t.Setenv("UPDATE_GOLDEN", "1")
	c := invented(t, "why\n-- in.txt --\nx\r\n-- out.txt --\nold\n-- tail.txt --\nz\n")
	r := observe(func(t testing.TB) {
		c.Want(t, "out.txt", []byte("new"))
		c.Want(t, "more.txt", []byte("added\n"))
		c.Want(t, "none.txt", nil)
		c.archive.save(t)
	})
	assert.Empty(t, r.errors)
	text, err := os.ReadFile(c.archive.path)
	require.NoError(t, err)
	assert.Equal(t, "why\n-- in.txt --\nx\r\n-- out.txt --\nnew\n-- tail.txt --\nz\n-- more.txt --\nadded\n", string(text))
	assert.Equal(t, []string{"in.txt", "out.txt", "tail.txt", "more.txt"}, c.Names())
}

func TestUpdateRefusesWhatAnArchiveCannotHold(t *testing.T) {
	t.Setenv("UPDATE_GOLDEN", "1")
	c := invented(t, "-- out.txt --\nold\n")
	r := observe(func(t testing.TB) { c.Want(t, "out.txt", []byte("a\n-- b --\n")) })
	assert.Contains(t, r.said(), "section marker")
	assert.False(t, c.archive.changed)
}

func TestASectionThatIsThereTwiceIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "case.txtar")
	require.NoError(t, os.WriteFile(path, []byte("-- a --\n-- b --\n-- a --\n"), 0o644))
	_, err := openArchive(path)
	assert.ErrorContains(t, err, "the section a is there twice")
}

func TestAGoldenFileIsComparedByteForByte(t *testing.T) {
	t.Setenv("UPDATE_GOLDEN", "")
	path := filepath.Join(t.TempDir(), "deep", "want.txt")
	compare := func(got string) []string {
		return observe(func(t testing.TB) { Golden(t, path, []byte(got)) }).errors
	}
	assert.NotEmpty(t, compare("x\n"), "no golden file yet")
	t.Setenv("UPDATE_GOLDEN", "1")
	assert.Empty(t, compare("x\n"))
	t.Setenv("UPDATE_GOLDEN", "")
	assert.Empty(t, compare("x\n"))
	assert.NotEmpty(t, compare("x"))
}

func TestThePassListOnlyGrows(t *testing.T) {
	t.Setenv("UPDATE_GOLDEN", "")
	path := filepath.Join(t.TempDir(), "pass.txt")
	pass := func(names ...string) string {
		return observe(func(t testing.TB) { PassList(t, path, names) }).said()
	}
	assert.Contains(t, pass("b", "a c"), "2 newly pass: add them")
	assert.NoFileExists(t, path)

	t.Setenv("UPDATE_GOLDEN", "1")
	assert.Empty(t, pass("b", "a c", "b"))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "a c\nb\n", string(text))
	assert.Contains(t, pass("b", "d"), "1 that passed before do not pass now:\na c")
	text, err = os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "a c\nb\nd\n", string(text), "an update adds and never takes out")

	t.Setenv("UPDATE_GOLDEN", "")
	assert.Empty(t, pass("d", "b", "a c"))
	assert.Contains(t, pass("d", "b"), "a c")
	assert.Contains(t, pass("a c", "b", "d", "e"), "e")
}

func TestAPassListOutOfOrderFails(t *testing.T) {
	t.Setenv("UPDATE_GOLDEN", "")
	path := filepath.Join(t.TempDir(), "pass.txt")
	require.NoError(t, os.WriteFile(path, []byte("b\r\na\n"), 0o644))
	r := observe(func(t testing.TB) { PassList(t, path, []string{"a", "b"}) })
	assert.Contains(t, r.said(), "is not sorted")
}

func TestALongListOfNamesIsCutShort(t *testing.T) {
	var names []string
	for i := range 25 {
		names = append(names, fmt.Sprintf("f%02d", i))
	}
	assert.Contains(t, some(names), "… and 5 more")
	assert.NotContains(t, some(names), "f20")
}
