package archtest

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// state finds statements that change a package variable, of this package or
// of another. Tables that are built in their declaration and only read are
// what package variables are for; anything else is state that two users of the
// library in one program would share.
//
// It looks at each statement by itself, with names resolved by go/types. A
// change through a copy of a map or pointer in a local variable, or inside a
// function that got it as an argument, is not followed.
func state(p Package, _ Room, report reporter) {
	s := stateFinder{p.Info, report}
	for _, file := range p.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			s.node(n)
			return true
		})
	}
}

type stateFinder struct {
	info   *types.Info
	report reporter
}

func (s stateFinder) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			for _, left := range n.Lhs {
				s.flag(left, "is assigned to")
			}
		}
	case *ast.IncDecStmt:
		s.flag(n.X, "is counted up or down")
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			s.flag(n.Key, "is assigned to by range")
			s.flag(n.Value, "is assigned to by range")
		}
	case *ast.SendStmt:
		s.flag(n.Chan, "is sent to")
	case *ast.UnaryExpr:
		s.unary(n)
	case *ast.CallExpr:
		s.call(n)
	case *ast.SelectorExpr:
		s.method(n)
	}
}

func (s stateFinder) unary(n *ast.UnaryExpr) {
	switch n.Op {
	case token.AND:
		s.flag(n.X, "has its address taken")
	case token.ARROW:
		s.flag(n.X, "is received from")
	}
}

// changers are the functions that change what their first argument refers to.
var changers = map[string]bool{
	"delete": true, "clear": true, "copy": true,
	"sort.Slice": true, "sort.SliceStable": true, "sort.Sort": true, "sort.Stable": true,
	"sort.Strings": true, "sort.Ints": true, "sort.Float64s": true,
	"slices.Sort": true, "slices.SortFunc": true, "slices.SortStableFunc": true, "slices.Reverse": true,
	"slices.Compact": true, "slices.CompactFunc": true, "slices.Delete": true, "slices.DeleteFunc": true,
	"slices.Insert": true, "slices.Replace": true,
	"maps.Copy": true, "maps.DeleteFunc": true, "maps.Insert": true,
}

func (s stateFinder) call(n *ast.CallExpr) {
	if len(n.Args) == 0 {
		return
	}
	name := s.called(n.Fun)
	if changers[name] {
		s.flag(n.Args[0], "is changed by "+name)
	}
	// A literal has no room behind its end, so append copies it; a part of it has.
	if _, part := ast.Unparen(n.Args[0]).(*ast.SliceExpr); part && name == "append" {
		s.flag(n.Args[0], "is written into by append")
	}
}

// called names the function of a call: "delete", "slices.Sort".
func (s stateFinder) called(fun ast.Expr) string {
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return globalName(s.info.Uses[f])
	case *ast.SelectorExpr:
		return globalName(s.info.Uses[f.Sel])
	case *ast.IndexExpr:
		return s.called(f.X)
	}
	return ""
}

// method finds methods with a pointer receiver, called on a variable that is
// not a pointer: Go takes its address unseen. Through a pointer only the types
// that exist to be changed count, so that a compiled *regexp.Regexp may stand
// in a package variable.
func (s stateFinder) method(n *ast.SelectorExpr) {
	sel := s.info.Selections[n]
	if sel == nil || sel.Kind() != types.MethodVal {
		return
	}
	f, ok := sel.Obj().(*types.Func)
	if !ok {
		return
	}
	_, pointer := f.Signature().Recv().Type().Underlying().(*types.Pointer)
	if !pointer {
		return
	}
	if addressTaken(sel) || f.Pkg().Path() == "sync" || f.Pkg().Path() == "sync/atomic" {
		s.flag(n.X, "is changed by its method "+f.Name())
	}
}

// addressTaken reports whether the way to the method goes through no pointer.
func addressTaken(sel *types.Selection) bool {
	if isPointer(sel.Recv()) {
		return false
	}
	t := sel.Recv()
	index := sel.Index()
	for _, i := range index[:len(index)-1] {
		fields, ok := t.Underlying().(*types.Struct)
		if !ok {
			return false
		}
		if t = fields.Field(i).Type(); isPointer(t) {
			return false
		}
	}
	return true
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

func (s stateFinder) flag(e ast.Expr, how string) {
	if v := s.packageVariable(e); v != nil {
		name := strings.TrimPrefix(v.Pkg().Path(), Module+"/") + "." + v.Name()
		s.report(e, "the package variable %s %s: keep it in a value that the caller holds, or build it in its declaration", name, how)
	}
}

// packageVariable returns the package variable that an expression is, or is a
// part of: table, table[k].field, *pointer, list[:n]. It returns nil for
// everything else, such as what a function returned.
func (s stateFinder) packageVariable(e ast.Expr) *types.Var {
	switch e := e.(type) {
	case *ast.Ident:
		v, ok := s.info.Uses[e].(*types.Var)
		if ok && !v.IsField() && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
			return v
		}
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			if _, ok := s.info.Uses[x].(*types.PkgName); ok {
				return s.packageVariable(e.Sel)
			}
		}
		return s.packageVariable(e.X)
	case *ast.IndexExpr:
		return s.packageVariable(e.X)
	case *ast.SliceExpr:
		return s.packageVariable(e.X)
	case *ast.StarExpr:
		return s.packageVariable(e.X)
	case *ast.ParenExpr:
		return s.packageVariable(e.X)
	case *ast.TypeAssertExpr:
		return s.packageVariable(e.X)
	}
	return nil
}
