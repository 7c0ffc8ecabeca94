package archtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Package is a package of the module, without its test files.
type Package struct {
	Folder string // below the module's root, with forward slashes
	Files  []*ast.File
	Info   *types.Info
}

// listed is what is asked of go list.
type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Export     string
	DepOnly    bool
	Error      *struct{ Err string }
}

// Load reads and type-checks the packages of the module whose root is dir,
// leaving nested modules out. Imports come from the compiler's export data, which the build
// cache mostly holds already. A package that does not compile is an error.
//
// Files that are not built here, because they are for another system or a tag, or need
// cgo, are only parsed: they come as a package of their own, without types.
func Load(fset *token.FileSet, dir string) ([]Package, error) {
	all, err := list(dir, "./...")
	if err != nil {
		return nil, err
	}
	imports := exportImporter(fset, all)
	built := map[string]bool{}
	var pkgs []Package
	for _, l := range all {
		if l.DepOnly || len(l.GoFiles) == 0 {
			continue
		}
		folder, _ := folderOf(l.ImportPath)
		files, err := parseFiles(fset, l)
		if err != nil {
			return nil, err
		}
		p, _, err := typed(fset, imports, l.ImportPath, folder, files)
		if err != nil {
			return nil, err
		}
		pkgs = append(pkgs, p)
		for _, name := range l.GoFiles {
			built[filepath.Join(l.Dir, name)] = true
		}
	}
	others, err := notBuilt(fset, dir, built)
	return append(pkgs, others...), err
}

// notBuilt parses the files below dir that are not among those built. go list
// passes over a folder without a file that is built here, so the disk is asked.
func notBuilt(fset *token.FileSet, dir string, built map[string]bool) ([]Package, error) {
	var pkgs []Package
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || exists(filepath.Join(path, "go.mod")) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || built[path] {
			return nil
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(dir, filepath.Dir(path))
		pkgs = append(pkgs, Package{Folder: filepath.ToSlash(folder), Files: []*ast.File{f}, Info: &types.Info{}})
		return err
	})
	return pkgs, err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// list asks the go command for packages and all they depend on.
func list(dir string, patterns ...string) ([]listed, error) {
	args := append([]string{"list", "-e", "-export", "-deps", "-json=ImportPath,Dir,GoFiles,Export,DepOnly,Error"}, patterns...)
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "CGO_ENABLED=0")
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, complaints.String())
	}
	var all []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		if l.Error != nil {
			return nil, fmt.Errorf("go list: %s: %s", l.ImportPath, l.Error.Err)
		}
		all = append(all, l)
	}
}

func parseFiles(fset *token.FileSet, l listed) ([]*ast.File, error) {
	var files []*ast.File
	for _, name := range l.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(l.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// typed resolves every name in the files.
func typed(fset *token.FileSet, imports types.Importer, importPath, folder string, files []*ast.File) (Package, *types.Package, error) {
	info := &types.Info{
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Types:      map[ast.Expr]types.TypeAndValue{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{Importer: imports}
	tp, err := conf.Check(importPath, fset, files, info)
	if err != nil {
		return Package{}, nil, fmt.Errorf("type-check %s: %w", importPath, err)
	}
	return Package{Folder: folder, Files: files, Info: info}, tp, nil
}

// exportImporter imports packages from the export files that go list named.
func exportImporter(fset *token.FileSet, all []listed) types.Importer {
	export := map[string]string{}
	for _, l := range all {
		export[l.ImportPath] = l.Export
	}
	return importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		if export[path] == "" {
			return nil, fmt.Errorf("no export data for %s", path)
		}
		return os.Open(export[path])
	})
}
