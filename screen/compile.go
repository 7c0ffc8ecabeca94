package screen

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/strictjson"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

// Plan is a compiled protocol. It is safe for concurrent use.
type Plan struct {
	protocol Protocol
	hash     string
	stages   []stage
	prefer   []test
}

type stage struct {
	Stage
	tests []test // of the rules, in order
}

// Compile checks a protocol and makes it ready for use. All faults are found at
// once; each is named by its path in the protocol ("stages[1].rules[3].reason").
func Compile(p Protocol) (*Plan, error) {
	c := compiler{codes: map[string]bool{}}
	plan := &Plan{protocol: p, hash: hash(p)}
	if p.Schema != 0 && p.Schema != SchemaVersion {
		c.fault("schema", "version %d is not known; this program reads %d", p.Schema, SchemaVersion)
	}
	c.reasons(p.Reasons)
	if len(p.Stages) == 0 {
		c.fault("stages", "a protocol needs at least one stage")
	}
	names := map[string]bool{}
	for i, s := range p.Stages {
		at := fmt.Sprintf("stages[%d]", i)
		switch {
		case strings.TrimSpace(s.Name) == "":
			c.fault(at+".name", "a stage needs a name")
		case names[s.Name]:
			c.fault(at+".name", "%q is the name of an earlier stage", s.Name)
		}
		names[s.Name] = true
		plan.stages = append(plan.stages, c.stage(at, s))
	}
	if p.Report != nil {
		for i, pref := range p.Report.Prefer {
			at := fmt.Sprintf("report.prefer[%d]", i)
			if strings.TrimSpace(pref.Name) == "" {
				c.fault(at+".name", "a preference needs a name")
			}
			plan.prefer = append(plan.prefer, c.condition(at+".if", pref.If))
		}
		if p.Report.Cap != nil && *p.Report.Cap < 0 {
			c.fault("report.cap", "%d is below 0", *p.Report.Cap)
		}
	}
	return plan, errors.Join(c.faults...)
}

// Protocol returns the protocol that was compiled.
func (p *Plan) Protocol() Protocol { return p.protocol }

// Hash names the protocol by its content: decisions carry it, so that a log
// shows under which version of the protocol each was made.
func (p *Plan) Hash() string { return p.hash }

// Stages lists the names of the stages in order.
func (p *Plan) Stages() []string {
	out := make([]string, len(p.stages))
	for i, s := range p.stages {
		out[i] = s.Name
	}
	return out
}

// ReasonText gives the words of a reason's code, the code itself when the
// protocol does not define it.
func (p *Plan) ReasonText(code string) string {
	for _, r := range p.protocol.Reasons {
		if r.Code == code {
			return r.Text
		}
	}
	return code
}

func (p *Plan) stage(name string) (*stage, bool) {
	for i := range p.stages {
		if p.stages[i].Name == name {
			return &p.stages[i], true
		}
	}
	return nil, false
}

// hash is over the protocol's JSON, in which key order is fixed.
func hash(p Protocol) string {
	text, err := json.Marshal(p)
	if err != nil { // a protocol holds nothing that JSON cannot
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// compiler gathers the faults of a protocol.
type compiler struct {
	faults []error
	codes  map[string]bool
}

func (c *compiler) fault(path, format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf("%s: %s", path, fmt.Sprintf(format, args...)))
}

func (c *compiler) reasons(reasons []Reason) {
	for i, r := range reasons {
		at := fmt.Sprintf("reasons[%d]", i)
		switch {
		case strings.TrimSpace(r.Code) == "":
			c.fault(at+".code", "a reason needs a code")
		case c.codes[r.Code]:
			c.fault(at+".code", "%q is defined twice", r.Code)
		case strings.TrimSpace(r.Text) == "":
			c.fault(at+".text", "a reason needs words for the flow diagram")
		}
		c.codes[r.Code] = true
	}
}

func (c *compiler) reason(path, code string) {
	if c.codes[code] {
		return
	}
	var known []string
	for k := range c.codes {
		known = append(known, k)
	}
	slices.Sort(known)
	c.fault(path, "%q is not defined%s", code, strictjson.DidYouMean(code, known))
}

func (c *compiler) stage(at string, s Stage) stage {
	out := stage{Stage: s}
	switch s.Undecided {
	case Undecided, Include:
	case Exclude:
		c.reason(at+".undecided_reason", s.UndecidedReason)
	default:
		c.fault(at+".undecided", "%q is not a verdict; include, exclude or nothing was expected", s.Undecided)
	}
	names := map[string]bool{}
	for i, r := range s.Rules {
		path := fmt.Sprintf("%s.rules[%d]", at, i)
		switch {
		case strings.TrimSpace(r.Name) == "":
			c.fault(path+".name", "a rule needs a name: decisions are explained by it")
		case names[r.Name]:
			c.fault(path+".name", "%q is the name of an earlier rule of this stage", r.Name)
		}
		names[r.Name] = true
		switch r.Then {
		case Exclude:
			c.reason(path+".reason", r.Reason)
		case Include:
		default:
			c.fault(path+".then", "%q is not a verdict of a rule; include or exclude was expected", r.Then)
		}
		out.tests = append(out.tests, c.condition(path+".if", r.If))
	}
	return out
}

// condition compiles a condition into a test in which all parts must hold.
func (c *compiler) condition(path string, cond Condition) test {
	var parts []test
	for i, sub := range cond.All {
		parts = append(parts, c.condition(fmt.Sprintf("%s.all[%d]", path, i), sub))
	}
	if len(cond.Any) > 0 {
		var either []test
		for i, sub := range cond.Any {
			either = append(either, c.condition(fmt.Sprintf("%s.any[%d]", path, i), sub))
		}
		parts = append(parts, anyOf(either))
	}
	if cond.Not != nil {
		parts = append(parts, not(c.condition(path+".not", *cond.Not)))
	}
	parts = append(parts, c.terms(path, cond)...)
	if y := cond.Years; y != nil {
		if y.From == 0 && y.To == 0 {
			c.fault(path+".years", "from, to or both were expected")
		}
		if y.To != 0 && y.From > y.To {
			c.fault(path+".years", "the range %d to %d is empty", y.From, y.To)
		}
		parts = append(parts, inYears(*y))
	}
	for i, l := range cond.Languages {
		if !record.KnownLanguage(l) {
			c.fault(fmt.Sprintf("%s.languages[%d]", path, i), "%q is not a language%s", l, orLanguage(l))
		}
	}
	if len(cond.Languages) > 0 {
		parts = append(parts, valueAmong(record.FieldLanguages, cond.Languages, record.Language))
	}
	if len(cond.Types) > 0 {
		parts = append(parts, valueAmong(record.FieldTypes, cond.Types, lower))
	}
	if len(cond.Kinds) > 0 {
		var kinds []string
		for i, k := range cond.Kinds {
			kinds = append(kinds, string(k))
			if !slices.Contains(record.Kinds(), k) {
				c.fault(fmt.Sprintf("%s.kinds[%d]", path, i), "%q is not a kind of work%s", k, strictjson.DidYouMean(string(k), kindNames()))
			}
		}
		parts = append(parts, valueAmong(record.FieldKind, kinds, lower))
	}
	c.fields(path+".present", cond.Present)
	c.fields(path+".missing", cond.Missing)
	for _, f := range cond.Present {
		parts = append(parts, present(f))
	}
	for _, f := range cond.Missing {
		parts = append(parts, not(present(f)))
	}
	parts = append(parts, c.search(path+".search", cond.Search)...)
	if len(parts) == 0 {
		c.fault(path, "the condition is empty; terms, search, years, languages, types, kinds, present, missing, all, any or not was expected")
	}
	return allOf(parts)
}

// orLanguage says which language was probably meant. The names are too many to
// list where none is near.
func orLanguage(name string) string {
	if near := strictjson.Nearest(name, record.LanguageNames()); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return "; its English name or its code in ISO 639 was expected"
}

func kindNames() []string {
	var out []string
	for _, k := range record.Kinds() {
		out = append(out, string(k))
	}
	return out
}

func (c *compiler) terms(path string, cond Condition) []test {
	c.fields(path+".fields", cond.Fields)
	if len(cond.Terms) == 0 {
		if len(cond.Fields) > 0 {
			c.fault(path+".fields", "fields without terms ask nothing")
		}
		if cond.AtLeast != 0 {
			c.fault(path+".at_least", "it counts terms, and there are none")
		}
		return nil
	}
	terms, err := query.Compile(cond.Terms)
	if err != nil {
		c.fault(path+".terms", "%v", err)
		return nil
	}
	if cond.AtLeast < 0 || cond.AtLeast > len(cond.Terms) {
		c.fault(path+".at_least", "%d of %d terms cannot be found", cond.AtLeast, len(cond.Terms))
	}
	fields := cond.Fields
	if len(fields) == 0 {
		fields = query.DefaultFields()
	}
	return []test{found(terms, fields, max(1, cond.AtLeast))}
}

// search reads a strategy; each place that is wrong is a fault of its own.
func (c *compiler) search(path string, s *query.Search) []test {
	if s == nil {
		return nil
	}
	q, err := s.Parse()
	if err != nil {
		var wrong *query.Error
		if !errors.As(err, &wrong) {
			c.fault(path, "%v", err)
			return nil
		}
		for _, n := range wrong.Notes {
			c.fault(path+".text", "%v", n)
		}
		return nil
	}
	return []test{searched(q)}
}

func (c *compiler) fields(path string, fields []record.Field) {
	for i, f := range fields {
		if f.Known() {
			continue
		}
		var known []string
		for _, k := range record.Fields() {
			known = append(known, string(k))
		}
		c.fault(fmt.Sprintf("%s[%d]", path, i), "%q is not a field of a record%s", f, strictjson.DidYouMean(string(f), known))
	}
}

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
