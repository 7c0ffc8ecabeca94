package archtest

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// state finds statements that change a package variable, of this package or
// of another. Tables that are built in their declaration and only read are
// what package variables are for; anything else is state that two users of the
// library in one program would share.
//
// Names are resolved by go/types, and a local variable that was last set from a
// package variable stands for it where the change goes through a map, slice or
// pointer: the local is a copy, what it refers to is not. What happens inside a
// function that got a package variable as an argument is not followed, nor is
// what stands behind an interface.
func state(p Package, _ Room, report reporter) {
	s := stateFinder{info: p.Info, methods: map[*types.Func]*method{}, origins: map[*types.Var][]origin{}}
	s.found = func(at ast.Expr, v *types.Var, how string) {
		name := strings.TrimPrefix(v.Pkg().Path(), Module+"/") + "." + v.Name()
		report(at, "the package variable %s %s: keep it in a value that the caller holds, or build it in its declaration", name, how)
	}
	for _, file := range p.Files {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil {
				if obj, ok := p.Info.Defs[f.Name].(*types.Func); ok {
					s.methods[obj] = &method{decl: f}
				}
			}
		}
	}
	for _, file := range p.Files {
		s.look(file)
	}
}

type stateFinder struct {
	info    *types.Info
	found   func(at ast.Expr, v *types.Var, how string)
	target  *types.Var              // the receiver whose changes are looked for, nil for package variables
	methods map[*types.Func]*method // of this package
	origins map[*types.Var][]origin // of local variables, in the order of the source
}

// method is one of the package's own, and whether it changes what its receiver
// points to, once that was asked for.
type method struct {
	decl           *ast.FuncDecl
	asked, changes bool
}

func (s stateFinder) look(in ast.Node) {
	ast.Inspect(in, func(n ast.Node) bool {
		if n != nil {
			s.follow(n)
			s.node(n)
		}
		return true
	})
}

// changes reports whether a method changes what its receiver points to, or hands
// the receiver on. One of another package is taken to.
func (s stateFinder) changes(f *types.Func) bool {
	m := s.methods[f]
	if m == nil {
		return true
	}
	if m.asked { // or is being asked, where a method calls itself
		return m.changes
	}
	m.asked = true
	names := m.decl.Recv.List[0].Names
	if len(names) == 0 || m.decl.Body == nil {
		return false
	}
	receiver, ok := s.info.Defs[names[0]].(*types.Var)
	if !ok {
		return false
	}
	in := stateFinder{info: s.info, target: receiver, methods: s.methods, origins: map[*types.Var][]origin{}}
	in.found = func(ast.Expr, *types.Var, string) { m.changes = true }
	in.look(m.decl.Body)
	return m.changes
}

// origin says that from pos on a local variable holds what it got from a
// package variable, or, where of is nil, from elsewhere.
type origin struct {
	pos token.Pos
	of  *types.Var
}

// follow notes where local variables get their values from.
func (s stateFinder) follow(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		s.set(n.End(), n.Lhs, n.Rhs)
	case *ast.ValueSpec:
		names := make([]ast.Expr, len(n.Names))
		for i, name := range n.Names {
			names[i] = name
		}
		s.set(n.End(), names, n.Values)
	case *ast.RangeStmt:
		s.set(n.X.End(), []ast.Expr{n.Value, n.Key}, []ast.Expr{n.X})
	}
}

// set pairs names with values. Where several names get one value, as in
// "v, ok := m[k]", the first of them is it.
func (s stateFinder) set(pos token.Pos, names, values []ast.Expr) {
	for i, name := range names {
		local := s.local(name)
		if local == nil {
			continue
		}
		var of *types.Var
		if i < len(values) {
			of = s.root(values[i])
		}
		s.origins[local] = append(s.origins[local], origin{pos, of})
	}
}

// local returns the variable of a function that a name is, or nil.
func (s stateFinder) local(e ast.Expr) *types.Var {
	id, ok := e.(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := s.info.ObjectOf(id).(*types.Var)
	if !ok || v.IsField() || isPackageVariable(v) {
		return nil
	}
	return v
}

// origin returns the package variable that a local one was set from last before pos.
func (s stateFinder) origin(local *types.Var, pos token.Pos) *types.Var {
	var of *types.Var
	for _, o := range s.origins[local] {
		if o.pos <= pos {
			of = o.of
		}
	}
	return of
}

func (s stateFinder) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			for _, left := range n.Lhs {
				s.flag(left, false, "is assigned to")
			}
		}
	case *ast.IncDecStmt:
		s.flag(n.X, false, "is counted up or down")
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			s.flag(n.Key, false, "is assigned to by range")
			s.flag(n.Value, false, "is assigned to by range")
		}
		if _, channel := s.under(n.X).(*types.Chan); channel {
			s.flag(n.X, true, "is received from")
		}
	case *ast.SendStmt:
		s.flag(n.Chan, true, "is sent to")
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
		s.flag(n.X, false, "has its address taken")
	case token.ARROW:
		s.flag(n.X, true, "is received from")
	}
}

// changers are the functions that change what their first argument refers to.
var changers = map[string]bool{
	"delete": true, "clear": true, "copy": true, "close": true,
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
	for _, arg := range n.Args {
		if id, ok := arg.(*ast.Ident); ok && s.target != nil && s.info.Uses[id] == s.target {
			s.flag(arg, true, "is handed on")
		}
	}
	name := s.called(n.Fun)
	if changers[name] {
		s.flagElements(n.Args[0], "is changed by "+name)
	}
	// A literal has no room behind its end, so append copies it; a part of it has.
	if _, part := ast.Unparen(n.Args[0]).(*ast.SliceExpr); part && name == "append" {
		s.flagElements(n.Args[0], "is written into by append")
	}
}

// flagElements flags a change of what a map, slice or channel refers to. A part
// of an array is memory of the array itself.
func (s stateFinder) flagElements(e ast.Expr, how string) {
	if part, ok := ast.Unparen(e).(*ast.SliceExpr); ok {
		if _, array := s.under(part.X).(*types.Array); array {
			s.flag(part.X, false, how)
			return
		}
	}
	s.flag(e, true, how)
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

// unchanging are types whose pointers may stand in a package variable: the
// methods named, or all of them where none is, leave the value as it is for
// everyone who uses it.
var unchanging = map[string][]string{
	"regexp.Regexp":                              nil,
	"strings.Replacer":                           nil,
	"text/template.Template":                     {"Execute", "ExecuteTemplate", "Lookup", "Name", "DefinedTemplates"},
	"html/template.Template":                     {"Execute", "ExecuteTemplate", "Lookup", "Name", "DefinedTemplates"},
	"encoding/base64.Encoding":                   nil,
	"encoding/base32.Encoding":                   nil,
	"golang.org/x/text/encoding/charmap.Charmap": nil,
}

// method finds methods with a pointer receiver: Go takes the address of the
// variable unseen, or hands on the pointer that it is.
func (s stateFinder) method(n *ast.SelectorExpr) {
	sel := s.info.Selections[n]
	if sel == nil || sel.Kind() != types.MethodVal {
		return
	}
	f, ok := sel.Obj().(*types.Func)
	if !ok {
		return
	}
	receiver, pointer := f.Signature().Recv().Type().Underlying().(*types.Pointer)
	if !pointer || leavesAsItIs(receiver.Elem(), f.Name()) {
		return
	}
	if v, _, _ := s.trace(n.X); v == nil || !addressTaken(sel) && !s.changes(f) {
		return
	}
	s.flag(n.X, !addressTaken(sel), "is changed by its method "+f.Name())
}

// leavesAsItIs looks a method up in unchanging.
func leavesAsItIs(receiver types.Type, method string) bool {
	named, ok := types.Unalias(receiver).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	methods, listed := unchanging[named.Obj().Pkg().Path()+"."+named.Obj().Name()]
	return listed && (methods == nil || slices.Contains(methods, method))
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

// flag reports a change of the memory that an expression is, or, where indirect
// holds, of what it refers to.
func (s stateFinder) flag(e ast.Expr, indirect bool, how string) {
	v, direct, through := s.trace(e)
	if v == nil || !direct && !indirect && !through {
		return
	}
	s.found(e, v, how)
}

// root is the package variable that the value of an expression comes from.
func (s stateFinder) root(e ast.Expr) *types.Var {
	if and, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && and.Op == token.AND {
		e = and.X
	}
	v, _, _ := s.trace(e)
	return v
}

// trace returns the package variable that an expression is, or is a part of:
// table, table[k].field, *pointer, list[:n], Kind(list). Direct holds where it is
// named there and not held by a local variable; through, where a map, slice or
// pointer was gone through on the way. The variable is nil for everything else,
// such as what a function returned.
func (s stateFinder) trace(e ast.Expr) (v *types.Var, direct, through bool) {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			v, _ := s.info.Uses[x].(*types.Var)
			switch {
			case v == nil:
				return nil, false, false
			case s.target != nil && v == s.target:
				return v, false, through
			case s.target == nil && isPackageVariable(v):
				return v, true, through
			}
			return s.origin(v, x.Pos()), false, through
		case *ast.SelectorExpr:
			if p, ok := x.X.(*ast.Ident); ok {
				if _, ok := s.info.Uses[p].(*types.PkgName); ok {
					e = x.Sel
					continue
				}
			}
			sel := s.info.Selections[x]
			through = through || sel != nil && sel.Indirect()
			e = x.X
		case *ast.IndexExpr:
			through = through || s.refers(x.X)
			e = x.X
		case *ast.SliceExpr:
			through = through || s.refers(x.X)
			e = x.X
		case *ast.StarExpr:
			through = true
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.TypeAssertExpr:
			e = x.X
		case *ast.CallExpr:
			if !s.handsOn(x) {
				return nil, false, false
			}
			e = x.Args[0]
		default:
			return nil, false, false
		}
	}
}

// handsOn holds for calls whose result refers to what their argument does:
// conversions of slices, maps and pointers, and sort.Reverse.
func (s stateFinder) handsOn(call *ast.CallExpr) bool {
	if len(call.Args) != 1 {
		return false
	}
	if s.called(call.Fun) == "sort.Reverse" {
		return true
	}
	if !s.info.Types[call.Fun].IsType() {
		return false
	}
	switch s.under(call).(type) {
	case *types.Slice, *types.Map, *types.Pointer, *types.Chan, *types.Interface:
		return s.refers(call.Args[0])
	}
	return false
}

// refers holds for slices, maps, pointers and channels.
func (s stateFinder) refers(e ast.Expr) bool {
	switch s.under(e).(type) {
	case *types.Slice, *types.Map, *types.Pointer, *types.Chan:
		return true
	}
	return false
}

// under is the underlying type of an expression, nil where it is not known.
func (s stateFinder) under(e ast.Expr) types.Type {
	if t := s.info.TypeOf(e); t != nil {
		return t.Underlying()
	}
	return nil
}

func isPackageVariable(v *types.Var) bool {
	return !v.IsField() && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}
