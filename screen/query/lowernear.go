package query

// nearPlanner makes the places of one Near.
type nearPlanner struct {
	*planner
	first   int32 // where its places begin
	places  map[lowered]int32
	scopes  map[int32]scope // of its places: where each could be
	phrases []int32
	why     string // why it has no meaning, "" where it has
}

// maxNear is how many arguments a Near may have where any order will do.
const maxNear = 64

func (m *nearPlanner) near(x *Near, in *In) (int32, scope) {
	if len(x.Args) > maxNear && m.why == "" {
		m.why = "more expressions are asked to be near one another than can be compared"
	}
	args, scopes := m.all(x.Args, in)
	s := scope{parts: ^partSet(0)}
	for _, a := range scopes {
		s.parts &= a.parts
		s.needs |= a.needs
	}
	s.needs &= s.parts
	if len(args) == 0 {
		m.why = "nothing is there to be near anything"
		return 0, scope{}
	}
	return m.add(place{op: placeNear, gap: max(x.Gap, 0), ordered: x.Ordered || x.Bare}, args, s), s
}

func (m *nearPlanner) all(in []Expr, fields *In) (args []int32, scopes []scope) {
	for _, a := range in {
		at, s := m.place(a, fields)
		args, scopes = append(args, at), append(scopes, s)
	}
	return args, scopes
}

func (m *nearPlanner) add(p place, args []int32, s scope) int32 {
	p.from = int32(len(m.p.args))
	m.p.args = append(m.p.args, args...)
	p.to = int32(len(m.p.args))
	m.p.places = append(m.p.places, p)
	at := int32(len(m.p.places) - 1)
	m.scopes[at] = s
	return at
}

// place gives the place of an expression and the scope it could be in: a part
// that each of its arguments looks at, or one that any of them does. A part is
// needed if any of them needs it. Where the expression has no place, why is set.
func (m *nearPlanner) place(e Expr, in *In) (int32, scope) {
	if m.why != "" {
		return 0, scope{}
	}
	key := lowered{e, in}
	if at, ok := m.places[key]; ok {
		if at < 0 {
			m.why = "this part of the search is within itself"
			return 0, scope{}
		}
		return at, m.scopes[at]
	}
	if m.why = m.beyond(); m.why != "" {
		return 0, scope{}
	}
	m.places[key] = -1
	m.depth++
	at, s := m.placeOf(e, in)
	m.depth--
	m.places[key] = at
	return at, s
}

func (m *nearPlanner) placeOf(e Expr, in *In) (int32, scope) {
	switch x := e.(type) {
	case *Term:
		return m.term(x, in)
	case *Near:
		return m.near(x, in)
	case *In:
		return m.place(x.Of, x)
	case *Unique:
		return m.place(x.Of, in)
	case *Bool:
		return m.boolean(x, in)
	case *Ref:
		if x.Line >= 0 && x.Line < m.line && m.q.Lines[x.Line].Expr != nil {
			return m.place(m.q.Lines[x.Line].Expr, nil)
		}
	}
	m.why = "nearness is asked of what has no place in a text"
	return 0, scope{}
}

func (m *nearPlanner) boolean(x *Bool, in *In) (int32, scope) {
	args, scopes := m.all(x.Args, in)
	if len(args) == 0 {
		m.why = "an operator has nothing to join"
		return 0, scope{}
	}
	s := scopes[0]
	if x.Op == Not {
		at := args[0]
		for _, a := range args[1:] {
			at = m.add(place{op: placeButNot}, []int32{at, a}, s)
		}
		return at, s
	}
	p := place{op: placeAny}
	for _, a := range scopes[1:] {
		s.needs |= a.needs
		if x.Op == And {
			p.op = placeAll
			s.parts &= a.parts
			continue
		}
		s.parts |= a.parts
	}
	s.needs &= s.parts
	return m.add(p, args, s), s
}

func (m *nearPlanner) term(x *Term, in *In) (int32, scope) {
	var s scope
	for _, f := range m.fieldsOf(in) {
		for _, part := range fieldParts[f] {
			s.add(part)
		}
	}
	if s.parts == 0 {
		m.why = "nearness is asked in a field that is no text"
		return 0, scope{}
	}
	words := [][]Word{x.Words}
	if x.Loose {
		words = words[:0]
		for i := range x.Words {
			words = append(words, x.Words[i:i+1])
		}
	}
	args := make([]int32, len(words))
	for i, w := range words {
		at := m.phrase(wordsOf(w), s)
		m.phrases = append(m.phrases, at)
		args[i] = m.add(place{op: placePhrase, phrase: at}, nil, s)
	}
	if len(args) == 1 {
		return args[0], s
	}
	return m.add(place{op: placeAll}, args, s), s
}
