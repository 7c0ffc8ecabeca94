package archtest

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// Violation is a place where the code does not keep to a rule.
type Violation struct {
	Pos  token.Position
	Rule string // one of the names in the table of rules
	What string // what was found, and what to do instead
}

// String gives the form of a compiler's message: file:line:column, then words.
func (v Violation) String() string { return fmt.Sprintf("%s: %s: %s", v.Pos, v.Rule, v.What) }

// rules are the checks, by the name that a violation carries.
var rules = []struct {
	name     string
	programs bool // holds for programs as well as for library code
	find     func(p Package, room Room, report reporter)
}{
	{"imports", true, imports},
	{"machine", false, machine},
	{"calls", false, calls},
	{"init", false, initFunctions},
	{"state", false, state},
}

type reporter func(at ast.Node, format string, args ...any)

// Check holds each package against the table of rooms and the rules for
// library code, and returns what it found in order of file and line.
func Check(fset *token.FileSet, pkgs []Package) []Violation {
	var found []Violation
	for _, p := range pkgs {
		room, known := roomOf(p.Folder)
		if !known {
			found = append(found, Violation{fset.Position(p.Files[0].Package), "room",
				fmt.Sprintf("%s stands in no row of the table of rooms: give it one, in the design and here", p.Folder)})
			continue
		}
		if saysNothing(p.Folder) {
			found = append(found, Violation{fset.Position(p.Files[0].Package), "room",
				fmt.Sprintf("the name %s does not say what is in it", p.Folder)})
		}
		for _, rule := range rules {
			if room.Program && !rule.programs {
				continue
			}
			rule.find(p, room, func(at ast.Node, format string, args ...any) {
				found = append(found, Violation{fset.Position(at.Pos()), rule.name, fmt.Sprintf(format, args...)})
			})
		}
	}
	slices.SortStableFunc(found, func(a, b Violation) int {
		return cmp.Or(cmp.Compare(a.Pos.Filename, b.Pos.Filename), cmp.Compare(a.Pos.Offset, b.Pos.Offset))
	})
	return found
}

// imports finds what the room's row does not name.
func imports(p Package, room Room, report reporter) {
	eachImport(p, func(spec *ast.ImportSpec, path string) {
		_, inside := folderOf(path)
		if (inside || !standard(path)) && !room.mayImport(path) {
			report(spec, "%s may not import %s", p.Folder, path)
		}
	})
}

// machine finds imports of the standard library that let a library act
// behind the back of the program that uses it.
func machine(p Package, _ Room, report reporter) {
	eachImport(p, func(spec *ast.ImportSpec, path string) {
		if why := notForLibraries[path]; why != "" {
			report(spec, "a library package does not import %s: %s", path, why)
		}
	})
}

var notForLibraries = map[string]string{
	"log":       "return an error or a problem, the caller decides what is written where",
	"log/slog":  "return an error or a problem, the caller decides what is written where",
	"net":       "no network",
	"net/http":  "no network",
	"net/rpc":   "no network",
	"net/smtp":  "no network",
	"os/exec":   "it starts no other program",
	"os/signal": "signals are the program's",
	"plugin":    "it loads no code",
	"syscall":   "it must build everywhere",
	"unsafe":    "a damaged file must not become damaged memory",
	"C":         "it must build everywhere",
	"flag":      "the command line is the program's",
	"expvar":    "it opens a page on the program's server",
	"testing":   "it adds flags to the program",
}

func eachImport(p Package, f func(spec *ast.ImportSpec, path string)) {
	for _, file := range p.Files {
		for _, spec := range file.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil {
				f(spec, path)
			}
		}
	}
}

// standard reports whether a path is one of the standard library's: their
// first element has no dot.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// Why a name is in the table of forbidden ones.
const (
	ends    = "return an error: a library does not end its user's process"
	others  = "other processes are the program's to start and to end"
	prints  = "take an io.Writer: the terminal is the program's"
	reads   = "take an io.Reader: the terminal is the program's"
	whole   = "it changes the whole process"
	differs = "the same input gives the same bytes: take the time or the seed from the caller"
)

// forbidden are names that a library does not use, as globalName writes them.
var forbidden = map[string]string{
	"panic": ends, "os.Exit": ends, "runtime.Goexit": ends,
	"os.StartProcess": others, "os.FindProcess": others, "(*os.Process).Kill": others, "(*os.Process).Signal": others,
	"print": prints, "println": prints, "os.Stdout": prints, "os.Stderr": prints,
	"fmt.Print": prints, "fmt.Printf": prints, "fmt.Println": prints,
	"os.Stdin": reads, "fmt.Scan": reads, "fmt.Scanf": reads, "fmt.Scanln": reads,
	"os.Setenv": whole, "os.Unsetenv": whole, "os.Clearenv": whole, "os.Chdir": whole,
	"time.Now": differs, "time.Since": differs, "time.Until": differs, "crypto/rand.Reader": differs,
}

// calls finds uses of functions and variables that print, end the process,
// change it, or give another result at each run.
func calls(p Package, _ Room, report reporter) {
	for _, file := range p.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			obj := p.Info.Uses[id]
			name := globalName(obj)
			why := forbidden[name]
			if drawsFromGlobalSource(obj) {
				why = differs
			}
			if why != "" {
				report(id, "%s in a library package: %s", name, why)
			}
			return true
		})
	}
}

// globalName is "panic" for a builtin, "os.Exit" for a function or variable of a
// package and "(*os.Process).Kill" for a method; it is empty for fields and locals.
func globalName(obj types.Object) string {
	switch obj := obj.(type) {
	case *types.Builtin:
		return obj.Name()
	case *types.Func, *types.Var:
		if obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() {
			return obj.Pkg().Path() + "." + obj.Name()
		}
		if f, ok := obj.(*types.Func); ok && f.Signature().Recv() != nil {
			return f.FullName()
		}
	}
	return ""
}

// drawsFromGlobalSource reports whether obj is one of math/rand's functions
// over the source that nobody seeded. Its constructors take the caller's seed.
func drawsFromGlobalSource(obj types.Object) bool {
	f, ok := obj.(*types.Func)
	if !ok || f.Pkg() == nil || f.Signature().Recv() != nil {
		return false
	}
	path := f.Pkg().Path()
	return path == "crypto/rand" || (path == "math/rand" || path == "math/rand/v2") && !strings.HasPrefix(f.Name(), "New")
}

// initFunctions finds code that runs because a package was imported.
func initFunctions(p Package, _ Room, report reporter) {
	for _, file := range p.Files {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				report(f, "func init in a library package: an import must do nothing; use a value or a constructor")
			}
		}
	}
}
