package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheModuleKeepsItsRooms(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	fset := token.NewFileSet()
	pkgs, err := Load(fset, root)
	require.NoError(t, err)
	var folders []string
	for _, p := range pkgs {
		folders = append(folders, p.Folder)
	}
	require.Contains(t, folders, "internal/archtest", "the tree that was loaded is this one")
	for _, v := range Check(fset, pkgs) {
		v.Pos.Filename, _ = filepath.Rel(root, v.Pos.Filename)
		t.Error(v)
	}
}

// tree is an invented module: folder to the source of its one file.
type tree map[string]string

// check says what Check finds in an invented module, as "folder:line rule" each.
func check(t *testing.T, invented tree) []string {
	t.Helper()
	fset := token.NewFileSet()
	w := &world{fset: fset, std: standardLibrary(t, fset), invented: invented, done: map[string]*types.Package{}}
	for _, folder := range slices.Sorted(maps.Keys(invented)) {
		_, err := w.Import(path.Join(Module, folder))
		require.NoError(t, err)
	}
	var got []string
	for _, v := range Check(fset, w.pkgs) {
		got = append(got, fmt.Sprintf("%s:%d %s", strings.TrimSuffix(v.Pos.Filename, "/x.go"), v.Pos.Line, v.Rule))
	}
	return got
}

// world imports invented packages from their source, the standard library from
// its export data, and any other module's package as an empty one.
type world struct {
	fset     *token.FileSet
	std      types.Importer
	invented tree
	done     map[string]*types.Package
	pkgs     []Package
}

func (w *world) Import(importPath string) (*types.Package, error) {
	if p := w.done[importPath]; p != nil {
		return p, nil
	}
	folder, inside := folderOf(importPath)
	if !inside {
		return w.outside(importPath)
	}
	source, ok := w.invented[folder]
	if !ok {
		return nil, fmt.Errorf("%s was not invented", importPath)
	}
	file, err := parser.ParseFile(w.fset, folder+"/x.go", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	p, tp, err := typed(w.fset, w, importPath, folder, []*ast.File{file})
	if err != nil {
		return nil, err
	}
	w.pkgs = append(w.pkgs, p)
	w.done[importPath] = tp
	return tp, nil
}

func (w *world) outside(importPath string) (*types.Package, error) {
	if standard(importPath) {
		return w.std.Import(importPath)
	}
	p := types.NewPackage(importPath, path.Base(importPath))
	p.MarkComplete()
	w.done[importPath] = p
	return p, nil
}

var exported = sync.OnceValues(func() ([]listed, error) {
	return list(".", "bytes", "crypto/rand", "fmt", "os", "log", "log/slog", "maps", "math/rand/v2", "net/http", "net/url", "regexp",
		"runtime", "slices", "sort", "strings", "sync", "sync/atomic", "text/template", "time")
})

func standardLibrary(t *testing.T, fset *token.FileSet) types.Importer {
	t.Helper()
	all, err := exported()
	require.NoError(t, err)
	return exportImporter(fset, all)
}

func TestRoomsImportWhatTheTableNames(t *testing.T) {
	const prefix = `import _ "` + Module + "/"
	for name, c := range map[string]struct {
		in   tree
		want []string
	}{
		"a format reads into records": {
			tree{"record": "package record", "record/ris": "package ris\n" + prefix + `record"`}, nil},
		"records do not know a format": {
			tree{"record/ris": "package ris", "record": "package record\n" + prefix + `record/ris"`}, []string{"record:2 imports"}},
		"formats do not know one another": {
			tree{"record/ris": "package ris", "record/pubmed": "package pubmed\n" + prefix + `record/ris"`}, []string{"record/pubmed:2 imports"}},
		"registries come as tables": {
			tree{"record/table": "package table", "record/registry": "package registry\n" + prefix + `record/table"`}, nil},
		"the list of formats is not the fence": {
			tree{"record/bibtex/nickng": "package nickng", "record/formats": "package formats\n" + prefix + `record/bibtex/nickng"`},
			[]string{"record/formats:2 imports"}},
		"screening does not know deduplication": {
			tree{"dedupe": "package dedupe", "screen": "package screen\n" + prefix + `dedupe"`}, []string{"screen:2 imports"}},
		"synthesis uses the query language": {
			tree{"screen/query": "package query", "synth": "package synth\n" + prefix + `screen/query"`}, nil},
		"synthesis does not use screening": {
			tree{"screen": "package screen", "synth": "package synth\n" + prefix + `screen"`}, []string{"synth:2 imports"}},
		"the report sees all of it": {
			tree{"export/flow": "package flow", "dedupe": "package dedupe",
				"export/report": "package report\n" + prefix + "dedupe\"\n" + prefix + `export/flow"`}, nil},
		"a diagram does not see the report": {
			tree{"export/report": "package report", "export/flow": "package flow\n" + prefix + `export/report"`}, []string{"export/flow:2 imports"}},
		"internal serves everyone": {
			tree{"internal/cluster": "package cluster", "dedupe": "package dedupe\n" + prefix + `internal/cluster"`}, nil},
		"internal serves everyone but agreement": {
			tree{"internal/cluster": "package cluster", "screen/agreement": "package agreement\n" + prefix + `internal/cluster"`},
			[]string{"screen/agreement:2 imports"}},
		"internal does not know what it serves": {
			tree{"record": "package record", "internal/cluster": "package cluster\n" + prefix + `record"`}, []string{"internal/cluster:2 imports"}},
		"the harness may know records": {
			tree{"record": "package record", "internal/suite": "package suite\n" + prefix + `record"`}, nil},
		"the harness is for tests": {
			tree{"internal/suite": "package suite", "dedupe": "package dedupe\n" + prefix + `internal/suite"`}, []string{"dedupe:2 imports"}},
		"an example uses what a user has": {
			tree{"record": "package record", "examples/count": "package main\n" + prefix + "record\"\nfunc main() {}"}, nil},
		"an example does not reach inside": {
			tree{"internal/fold": "package fold", "examples/count": "package main\n" + prefix + "internal/fold\"\nfunc main() {}"},
			[]string{"examples/count:2 imports"}},
		"a folder in no row": {
			tree{"render": "package render", "record/ris/lines": "package lines"}, []string{"record/ris/lines:1 room", "render:1 room"}},
		"a name that says nothing": {
			tree{"internal/util": "package util", "internal/similarity": "package similarity"}, []string{"internal/util:1 room"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, check(t, c.in)) })
	}
}

func TestOtherModulesStandWhereTheTablePlacesThem(t *testing.T) {
	for importPath, allowed := range map[string][]string{
		"github.com/nickng/bibtex":            {"record/bibtex/nickng"},
		"golang.org/x/text/unicode/norm":      {"internal/fold", "internal/charset", "internal/token"},
		"github.com/stretchr/testify/require": nil,
		"pgregory.net/rapid":                  nil,
		"github.com/goccy/go-yaml":            nil,
	} {
		for _, folder := range []string{
			"record", "record/bibtex", "record/bibtex/nickng", "dedupe", "internal/fold", "internal/charset",
			"internal/token", "internal/cluster", "internal/suite", "screen/agreement", "examples/count",
		} {
			t.Run(importPath+" in "+folder, func(t *testing.T) {
				got := check(t, tree{folder: fmt.Sprintf("package x\nimport _ %q", importPath)})
				if slices.Contains(allowed, folder) {
					assert.Empty(t, got)
				} else {
					assert.Equal(t, []string{folder + ":2 imports"}, got)
				}
			})
		}
	}
}

// faults are one-line bodies of a package; rule is empty for the neighbour that keeps to the rules.
var faults = []struct{ name, imports, body, rule string }{
	{"logging", "log", `func f() { log.Println("x") }`, "machine"},
	{"logging by another name", "w log", `func f() { w.Println("x") }`, "machine"},
	{"a local that is called log", "", `func f() { var log struct{ Println func() }; log.Println() }`, ""},
	{"structured logging", "log/slog", `func f() { slog.Info("x") }`, "machine"},
	{"network", "net/http", `var _ = http.StatusOK`, "machine"},
	{"the form of an address", "net/url", `var _ = url.PathEscape`, ""},

	{"exit", "os", `func f() { os.Exit(1) }`, "calls"},
	{"exit in a value", "os", `var quit = os.Exit`, "calls"},
	{"reading a file", "os", `func f() { _, _ = os.ReadFile("x") }`, ""},
	{"panic", "", `func f() { panic("x") }`, "calls"},
	{"a function that is called panic", "", `func f(panic func()) { panic() }`, ""},
	{"recover", "", `func f() { defer func() { _ = recover() }() }`, ""},
	{"print to the terminal", "fmt", `func f() { fmt.Println() }`, "calls"},
	{"print to a writer", "fmt strings", `func f(b *strings.Builder) { fmt.Fprintln(b) }`, ""},
	{"the terminal", "os", `var out = os.Stdout`, "calls"},
	{"builtin print", "", `func f() { println() }`, "calls"},
	{"the clock", "time", `func f() time.Time { return time.Now() }`, "calls"},
	{"a date", "time", `func f() time.Time { return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) }`, ""},
	{"chance", "math/rand/v2", `func f() int { return rand.IntN(3) }`, "calls"},
	{"chance from the caller's seed", "math/rand/v2", `func f(s uint64) int { return rand.New(rand.NewPCG(s, s)).IntN(3) }`, ""},

	{"init", "", `func init() {}`, "init"},
	{"a method that is called init", "", `type t int; func (t) init() {}`, ""},

	{"assignment", "", `var n int; func f() { n = 1 }`, "state"},
	{"assignment to a shadow", "", `var n int; func f() { n := 0; n = 1; _ = n }`, ""},
	{"assignment to a parameter", "", `var n int; func f(n int) { n = 1 }`, ""},
	{"reading", "", `var n int; func f() int { return n }`, ""},
	{"assignment with others", "", `var n int; func f() { var a int; a, n = 1, 2; _ = a }`, "state"},
	{"append and assign", "", `var l []int; func f() { l = append(l, 1) }`, "state"},
	{"append to a copy", "", `var l = []int{1}; func f() []int { return append(l, 2) }`, ""},
	{"append into the middle", "", `var l = []int{1, 2}; func f() []int { return append(l[:1], 3) }`, "state"},
	{"count", "", `var n int; func f() { n++ }`, "state"},
	{"count in a closure", "", `var n int; var f = func() { n += 2 }`, "state"},
	{"count a local", "", `func f() { var n int; n++ }`, ""},
	{"element of a map", "", `var m = map[string]int{}; func f() { m["a"] = 1 }`, "state"},
	{"element of a local map", "", `var m = map[string]int{}; func f() { m := map[string]int{}; m["a"] = 1 }`, ""},
	{"lookup", "", `var m = map[string]int{}; func f() int { return m["a"] }`, ""},
	{"element of a slice", "", `var l = []int{0}; func f() { l[0]++ }`, "state"},
	{"field", "", `var s struct{ a struct{ n int } }; func f() { s.a.n = 1 }`, "state"},
	{"field of a local with the same field name", "", `var n int; func f() { var s struct{ n int }; s.n = 1 }`, ""},
	{"through a pointer", "", `var p = new(int); func f() { *p = 1 }`, "state"},
	{"through a pointer to a struct", "", `type s struct{ n int }; var p = &s{}; func f() { p.n = 1 }`, "state"},
	{"parenthesised", "", `var n int; func f() { (n) = 1 }`, "state"},
	{"delete", "", `var m = map[string]int{}; func f() { delete(m, "a") }`, "state"},
	{"clear", "", `var m = map[string]int{}; func f() { clear(m) }`, "state"},
	{"copy over", "", `var l = []int{1}; func f() { copy(l[:], []int{2}) }`, "state"},
	{"copy from", "", `var l = []int{1}; func f() { copy([]int{2}, l) }`, ""},
	{"sort", "slices", `var l = []int{1}; func f() { slices.Sort(l) }`, "state"},
	{"sort by type", "slices", `var l = []int{1}; func f() { slices.Sort[[]int](l) }`, "state"},
	{"sort a copy", "slices", `var l = []int{1}; func f() []int { return slices.Sorted(slices.Values(l)) }`, ""},
	{"address", "", `var n int; func f() *int { return &n }`, "state"},
	{"address of an element", "", `var l = []int{1}; func f() *int { return &l[0] }`, "state"},
	{"address of a new value", "", `type s struct{}; var p = &s{}`, ""},
	{"range into it", "", `var n int; func f() { for n = range 3 { } }`, "state"},
	{"range over it", "", `var l = []int{1}; func f() { for range l { } }`, ""},
	{"send", "", `var c = make(chan int); func f() { c <- 1 }`, "state"},
	{"receive", "", `var c = make(chan int); func f() { <-c }`, "state"},
	{"mutex", "sync", `var mu sync.Mutex; func f() { mu.TryLock() }`, "state"},
	{"mutex in a struct", "sync", `var s struct{ sync.Mutex }; func f() { s.TryLock() }`, "state"},
	{"mutex behind a pointer", "sync", `var mu = &sync.Mutex{}; func f() { mu.TryLock() }`, "state"},
	{"mutex of a value", "sync", `type s struct{ mu sync.Mutex }; func (s *s) f() { s.mu.TryLock() }`, ""},
	{"once", "sync", `var once sync.Once; func f() { once.Do(func() {}) }`, "state"},
	{"pool", "sync", `var pool = sync.Pool{}; func f() any { return pool.Get() }`, "state"},
	{"counter", "sync/atomic", `var n atomic.Int64; func f() { n.Add(1) }`, "state"},
	{"computed once, on demand", "sync", `var f = sync.OnceValue(func() int { return 1 }); func g() int { return f() }`, ""},
	{"own method with a pointer receiver", "", `type c int; func (c *c) up() { *c++ }; var n c; func f() { n.up() }`, "state"},
	{"own method as a value", "", `type c int; func (c *c) up() { *c++ }; var n c; var f = n.up`, "state"},
	{"own method with a value receiver", "", `type c int; func (c c) up() c { return c + 1 }; var n c; func f() { n.up() }`, ""},
	{"method of a compiled expression", "regexp", `var re = regexp.MustCompile("a"); func f() bool { return re.MatchString("b") }`, ""},
	{"a pointer to what is written to", "bytes", `var b = &bytes.Buffer{}; func f() { b.WriteString("x") }`, "state"},
	{"a local pointer to what is written to", "bytes", `func f() { b := &bytes.Buffer{}; b.WriteString("x") }`, ""},
	{"own method through a pointer", "", `type c struct{ n int }; func (c *c) up() { c.n++ }; var p = &c{}; func f() { p.up() }`, "state"},
	{"own method with a value receiver through a pointer", "", `type c struct{ n int }; func (c c) get() int { return c.n }; var p = &c{}; func f() int { return p.get() }`, ""},
	{"own method that only reads through a pointer", "", `type c struct{ n int; up *c }; func (c *c) get() int { if c.up != nil { return c.up.get() }; return c.n }; var p = &c{}; func f() int { return p.get() }`, ""},
	{"own method that calls one that writes", "", `type c struct{ n int }; func (c *c) up() { c.n++ }; func (c *c) twice() { c.up(); c.up() }; var p = &c{}; func f() { p.twice() }`, "state"},
	{"own method that hands its receiver on", "", `type c struct{ n int }; func up(c *c) { c.n++ }; func (c *c) once() { up(c) }; var p = &c{}; func f() { p.once() }`, "state"},
	{"own method of an element behind a pointer", "", `type c struct{ n int }; func (c *c) up() { c.n++ }; var l = []*c{{}}; func f() { for _, p := range l { p.up() } }`, "state"},
	{"own method of a copy", "", `type c struct{ n int }; func (c *c) up() { c.n++ }; var l = []c{{}}; func f() { for _, v := range l { v.up() } }`, ""},
	{"replacer", "strings", `var r = strings.NewReplacer("a", "b"); func f() string { return r.Replace("a") }`, ""},
	{"template", "text/template strings", `var t = template.New("x"); func f(b *strings.Builder) error { return t.Execute(b, nil) }`, ""},
	{"parsing into a template", "text/template", `var t = template.New("x"); func f() { _, _ = t.Parse("x") }`, "state"},
	{"element of a map by another name", "", `var m = map[string]int{}; func f() { l := m; l["a"] = 1 }`, "state"},
	{"lookup by another name", "", `var m = map[string]int{}; func f() int { l := m; return l["a"] }`, ""},
	{"another name that was given away", "", `var m = map[string]int{}; func f() { l := m; l = map[string]int{}; l["a"] = 1 }`, ""},
	{"another name by declaration", "", `var l = []int{1}; func f() { var k = l; k[0] = 2 }`, "state"},
	{"another name of another name", "", `var l = []int{1}; func f() { a := l; b := a[:1]; b[0] = 2 }`, "state"},
	{"another name for a part", "", `var m = map[string][]int{"a": {1}}; func f() { if l, ok := m["a"]; ok { l[0] = 2 } }`, "state"},
	{"a copy of a struct", "", `type s struct{ n int }; var l = []s{{1}}; func f() int { c := l[0]; c.n = 2; return c.n }`, ""},
	{"a list in a copy of a struct", "", `type s struct{ k []int }; var l = []s{{[]int{1}}}; func f() { c := l[0]; c.k[0] = 2 }`, "state"},
	{"a copy of an array", "", `var a = [2]int{1, 2}; func f() int { b := a; b[0] = 2; clear(b[:]); return b[0] }`, ""},
	{"pointers in a list", "", `var l = []*int{new(int)}; func f() { for _, p := range l { *p = 1 } }`, "state"},
	{"reading through pointers in a list", "", `type row struct{ n int }; var l = []*row{{1}}; func f() (n int) { for _, r := range l { n += r.n }; return n }`, ""},
	{"numbers in a list", "", `var l = []int{1}; func f() { for _, n := range l { n++; _ = n } }`, ""},
	{"sort by another name", "slices", `var l = []int{2, 1}; func f() { k := l; slices.Sort(k) }`, "state"},
	{"sort a clone", "slices", `var l = []int{2, 1}; func f() { k := slices.Clone(l); slices.Sort(k) }`, ""},
	{"sort through a conversion", "sort", `var l = []string{"a"}; func f() { sort.Sort(sort.StringSlice(l)) }`, "state"},
	{"sort backwards through a conversion", "sort", `var l = []string{"a"}; func f() { sort.Sort(sort.Reverse(sort.StringSlice(l))) }`, "state"},
	{"a conversion that copies", "", `var s = "abc"; func f() { b := []byte(s); b[0] = 'x' }`, ""},
	{"close", "", `var c = make(chan int); func f() { close(c) }`, "state"},
	{"close a local", "", `func f() { c := make(chan int); close(c) }`, ""},
	{"range over a channel", "", `var c = make(chan int); func f() { for range c { } }`, "state"},
	{"another package's variable", "os", `func f() { os.Args = nil }`, "state"},
}

func TestEachRuleForLibrariesFiresAndSparesItsNeighbour(t *testing.T) {
	fired := map[string]bool{"imports": true}
	for _, c := range faults {
		fired[c.rule] = true
		t.Run(c.name, func(t *testing.T) {
			source := "package x\n" + importLines(c.imports) + c.body + "\n"
			var want []string
			if c.rule != "" {
				want = []string{c.rule}
			}
			assert.Equal(t, want, rulesOf(check(t, tree{"dedupe": source})), source)
			assert.Empty(t, check(t, tree{"examples/x": source}), "a program may do what a library may not")
			assert.Empty(t, check(t, tree{"internal/suite": source}), "so may the harness of the tests")
		})
	}
	for _, r := range rules {
		assert.True(t, fired[r.name], "no invented package breaks the rule %s", r.name)
	}
}

// importLines writes an import for each word with a package's path; a word
// without one before a path is its local name.
func importLines(words string) string {
	if words == "w log" {
		return "import w \"log\"\n"
	}
	var out strings.Builder
	for _, path := range strings.Fields(words) {
		fmt.Fprintf(&out, "import %q\n", path)
	}
	return out.String()
}

// rulesOf keeps the names of the rules that fired, each once.
func rulesOf(found []string) []string {
	var names []string
	for _, f := range found {
		_, rule, _ := strings.Cut(f, " ")
		names = append(names, rule)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestEachForbiddenNameFires(t *testing.T) {
	for name := range forbidden {
		t.Run(name, func(t *testing.T) {
			source := "package x\n"
			switch {
			case strings.HasPrefix(name, "("):
				receiver, method, _ := strings.Cut(strings.Trim(strings.ReplaceAll(name, ")", ""), "(*"), "Process.")
				source += fmt.Sprintf("import %q\nfunc f(p *%sProcess) { _ = p.%s }\n", strings.TrimSuffix(receiver, "."), receiver, method)
			case strings.Contains(name, "."):
				i := strings.LastIndex(name, ".")
				source += fmt.Sprintf("import %q\nvar _ = %s\n", name[:i], path.Base(name))
			case name == "panic":
				source += "func f() { panic(1) }\n"
			default:
				source += "func f() { " + name + "(1) }\n"
			}
			assert.Equal(t, []string{"calls"}, rulesOf(check(t, tree{"dedupe": source})), source)
		})
	}
}

func TestEachPackageThatIsNotForLibrariesFires(t *testing.T) {
	for importPath := range notForLibraries {
		t.Run(importPath, func(t *testing.T) {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, "dedupe/x.go", fmt.Sprintf("package x\nimport _ %q\n", importPath), 0)
			require.NoError(t, err)
			got := Check(fset, []Package{{Folder: "dedupe", Files: []*ast.File{f}, Info: &types.Info{}}})
			require.Len(t, got, 1)
			assert.Equal(t, "machine", got[0].Rule)
			assert.Equal(t, 2, got[0].Pos.Line)
		})
	}
}

func TestEachChangerFires(t *testing.T) {
	arguments := map[string]string{ // what stands behind the first one
		"delete": `, "a"`, "copy": ", l", "sort.Slice": ", nil", "sort.SliceStable": ", nil", "slices.SortFunc": ", nil", "slices.SortStableFunc": ", nil",
		"slices.CompactFunc": ", nil", "slices.Delete": ", 0, 0", "slices.DeleteFunc": ", nil", "slices.Insert": ", 0", "slices.Replace": ", 0, 0",
		"maps.Copy": ", m", "maps.DeleteFunc": ", nil", "maps.Insert": ", nil",
	}
	variables := map[string]string{
		"delete": "m", "close": "c", "sort.Sort": "sort.IntSlice(l)", "sort.Stable": "sort.IntSlice(l)", "sort.Strings": "s", "sort.Float64s": "x",
		"maps.Copy": "m", "maps.DeleteFunc": "m", "maps.Insert": "m",
	}
	for name := range changers {
		t.Run(name, func(t *testing.T) {
			source := "package x\n"
			if pkg, _, ok := strings.Cut(name, "."); ok {
				source += importLines(pkg)
			}
			variable := variables[name]
			if variable == "" {
				variable = "l"
			}
			call := name + "(" + variable + arguments[name] + ")"
			if strings.HasPrefix(name, "slices.") && !strings.Contains(name, "Sort") && name != "slices.Reverse" {
				call = "_ = " + call
			}
			source += "var (\nl []int\ns []string\nx []float64\nm map[string]int\nc chan int\n)\nfunc f() { " + call + " }\n"
			assert.Equal(t, []string{"state"}, rulesOf(check(t, tree{"dedupe": source})), source)
		})
	}
}

func TestFilesThatAreNotBuiltHereAreHeldToTheirImports(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":                   "module " + Module + "\n\ngo 1.25.0\n",
		"dedupe/dedupe.go":         "package dedupe\n",
		"dedupe/c.go":              "package dedupe\n\nimport \"C\"\n",
		"dedupe/tagged.go":         "//go:build nosuchtag\n\npackage dedupe\n\nimport _ \"log\"\n\nfunc init() {}\n",
		"dedupe/dedupe_test.go":    "package dedupe\n\nimport _ \"log\"\n",
		"dedupe/testdata/x.go":     "package x\n\nimport _ \"log\"\n",
		"dedupe/nested/go.mod":     "module example.com/nested\n",
		"dedupe/nested/nested.go":  "package nested\n\nimport _ \"log\"\n",
		"record/ris/only_plan9.go": "package ris\n\nimport _ \"" + Module + "/dedupe\"\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	}
	fset := token.NewFileSet()
	pkgs, err := Load(fset, dir)
	require.NoError(t, err)
	var got []string
	for _, v := range Check(fset, pkgs) {
		got = append(got, fmt.Sprintf("%s:%d %s", filepath.Base(v.Pos.Filename), v.Pos.Line, v.Rule))
	}
	assert.Equal(t, []string{"c.go:3 machine", "tagged.go:5 machine", "tagged.go:7 init", "only_plan9.go:3 imports"}, got)
}

func TestEveryRowNamesOnlyRowsAndStandsAlone(t *testing.T) {
	seen := map[string]bool{}
	for _, room := range Rooms {
		assert.False(t, seen[room.Folder], "%s has two rows", room.Folder)
		seen[room.Folder] = true
		for _, other := range room.May {
			if strings.HasSuffix(other, "/...") {
				continue
			}
			_, known := roomOf(other)
			assert.True(t, known, "%s may import %s, which has no row", room.Folder, other)
		}
	}
}

func TestAViolationReadsLikeACompilersMessage(t *testing.T) {
	v := Violation{token.Position{Filename: "dedupe/find.go", Line: 3, Column: 5}, "init", "func init"}
	assert.Equal(t, "dedupe/find.go:3:5: init: func init", v.String())
}

func TestAPackageThatDoesNotCompileIsAnError(t *testing.T) {
	_, err := Load(token.NewFileSet(), t.TempDir())
	assert.ErrorContains(t, err, "go list")
}
