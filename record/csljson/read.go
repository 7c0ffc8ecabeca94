package csljson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

// Format is CSL-JSON as a value for record.ReadOptions and record.NewWriter.
func Format() record.Format {
	return record.Format{
		Name: "csljson", Title: "CSL-JSON", Extensions: []string{".json"},
		Sniff: sniff, Decode: decode, Encode: encode,
	}
}

// decode is Format.Decode.
func decode(in *record.Input, emit func(*record.Record) bool) error {
	items := jsonpull.Items{In: in, Noun: "item", Like: `[{"id": …}, …]`, Lists: wrappers, Marks: marks}
	for {
		p, ok := items.Next()
		if !ok {
			return nil
		}
		r, problem := item(p, in.Limits())
		if r == nil {
			in.Report(problem)
			continue
		}
		if !emit(r) {
			return nil
		}
	}
}

// wrappers are the members under which programs put the list of items, marks those
// that an item has and what is around it has not.
var (
	wrappers = []string{"items", "data", "references"}
	marks    = []string{"id", "type", "title"}
)

// item makes a record of an item, nil and the reason where it is left out.
func item(p jsonpull.Piece, limits record.Limits) (*record.Record, record.Problem) {
	refuse := func(code record.Code, text string) (*record.Record, record.Problem) {
		return nil, record.Problem{Line: p.Line, Code: code, Text: text, Value: string(p.Text[:min(len(p.Text), 80)])}
	}
	switch {
	case p.TooLong:
		return refuse(record.CodeRecordTooLong, fmt.Sprintf("the item is over %d bytes and was left out (Limits.Record)", limits.Record))
	case p.TooDeep:
		return refuse(record.CodeTooDeep, fmt.Sprintf("the item is nested over %d deep and was left out (Limits.Nesting)", limits.Nesting))
	case p.Cut:
		return refuse(record.CodeTruncated, "the text ends in the middle of this item, which was left out")
	}
	text, problem := validItem(p)
	if text == nil {
		return nil, problem
	}
	r := build(members(text, p.Line), p.Line, limits.Field)
	if problem.Code != "" {
		r.Problems = append(r.Problems, problem)
	}
	return r, record.Problem{}
}

// validItem gives the JSON of an item, nil where it is none. Line breaks and
// other control characters that stand in a text as they are become blanks.
func validItem(p jsonpull.Piece) ([]byte, record.Problem) {
	var raw json.RawMessage
	err := json.Unmarshal(p.Text, &raw)
	if err == nil && !p.Broken {
		return p.Text, record.Problem{}
	}
	where := record.Problem{Line: p.Line, Code: record.CodeSkipped, Value: string(p.Text[:min(len(p.Text), 80)]),
		Text: "the item is not JSON and was left out: a quote or a bracket is missing"}
	if p.Broken {
		return nil, where
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at := int(min(max(syntax.Offset-1, 0), int64(len(p.Text))))
		before := p.Text[:at]
		where.Line += bytes.Count(before, []byte("\n"))
		where.Column = len(bytes.Runes(before[bytes.LastIndexByte(before, '\n')+1:])) + 1
		where.Value = string(p.Text[at:min(len(p.Text), at+40)])
		if where.Line == p.Line {
			where.Column = 0 // the item may not begin its line
		}
	}
	where.Text = "the item is not JSON and was left out: " + err.Error()
	if mended := blankControls(p.Text); json.Valid(mended) {
		where.Code, where.Text = record.CodeSyntax, "a control character stands in a text as it is; it was read as a blank"
		return mended, where
	}
	return nil, where
}

// blankControls replaces the control characters inside of strings.
func blankControls(b []byte) []byte {
	out := bytes.Clone(b)
	for i := 0; i < len(out); i++ {
		if out[i] != '"' {
			continue
		}
		end := jsonpull.SkipText(out, i)
		for ; i < end-1; i++ {
			if out[i] < ' ' {
				out[i] = ' '
			}
		}
	}
	return out
}

// builder makes a record of the members of one item.
type builder struct {
	r    *record.Record
	at   *member
	tags tagNames // of Extra
}

// tagNames makes names that do not repeat: "x", "x#2", "x#3".
type tagNames map[string]int

func (t tagNames) unique(name string) string {
	t[name]++
	if t[name] == 1 {
		return name
	}
	for {
		next := name + "#" + strconv.Itoa(t[name])
		if t[next] == 0 {
			t[next] = 1
			return next
		}
		t[name]++
	}
}

// build reads the members: the type and the id first, because others depend on
// them.
func build(all []member, line, fieldLimit int) *record.Record {
	b := builder{r: &record.Record{Source: record.Source{Line: line}}, tags: tagNames{}}
	seen, told := map[string]bool{}, map[string]bool{}
	for _, first := range []string{"type", "id"} {
		for i := range all {
			if b.at = &all[i]; b.at.key == first && !isNothing(b.at.raw) && len(b.at.raw) <= fieldLimit {
				seen[first] = true
				b.read(first)
				b.at.raw = nil // done
				break
			}
		}
	}
	for i := range all {
		m := &all[i]
		b.at = m
		switch {
		case len(m.raw) == 0 || isNothing(m.raw):
		case len(m.raw) > fieldLimit:
			b.problem(record.CodeFieldTooLong, fmt.Sprintf("the value is over %d bytes and was left out (Limits.Field)", fieldLimit))
		case seen[m.key]:
			b.keep()
			if !told[m.key] {
				told[m.key] = true
				b.problem(record.CodeRepeatedTag, "the member came before; the first stands, the others are kept as they are")
			}
		default:
			seen[m.key] = true
			b.read(canonicalKey(m.key))
		}
	}
	b.at = &member{line: line}
	if !seen["type"] {
		b.at.key = "type"
		b.problem(record.CodeMissingStart, "the item has no type; it is read as a work of unknown kind")
	}
	if b.r.Key == "" {
		b.at.key = "id"
		b.problem(record.CodeNoKey, "the item has no id; it is named by the file and its number")
	}
	b.finish()
	return b.r
}

// read reads the member as a variable, or keeps it.
func (b *builder) read(variable string) {
	if f := known[variable]; f != nil && f.read != nil {
		f.read(b)
		return
	}
	b.keep()
}

// isNothing tells whether a value says nothing: null, "", [] or {}.
func isNothing(raw []byte) bool {
	switch raw[0] {
	case 'n':
		return true
	case '"':
		return len(raw) == 2
	case '[', '{':
		return len(bytes.TrimSpace(raw[1:len(raw)-1])) == 0
	}
	return false
}

func (b *builder) problem(code record.Code, text string) {
	b.r.Problems = append(b.r.Problems, record.Problem{Line: b.at.line, Tag: b.at.key, Code: code, Text: text, Value: string(b.at.raw[:min(len(b.at.raw), 300)])})
}

// keep puts the member into Extra as it is.
func (b *builder) keep() { b.extra(b.at.key, b.at.raw) }

// extra keeps JSON under a name, which gets "#2" where it stands there already.
func (b *builder) extra(name string, raw []byte) {
	var compact bytes.Buffer
	if err := json.Compact(&compact, raw); err != nil {
		compact.Reset()
		compact.Write(raw)
	}
	b.r.Extra = append(b.r.Extra, record.ExtraTag{Tag: b.tags.unique(name), Value: compact.String(), Line: b.at.line})
}

// finish reads what needs the whole item.
func (b *builder) finish() {
	r := b.r
	if r.In.Pages == r.In.ArticleNumber && numbered(r.Kind) { // said twice, so that every style finds it
		r.In.Pages = ""
	}
	if r.DOI == "" {
		for _, u := range r.URLs {
			if doi, ok := record.ParseDOI(u); ok {
				r.DOI = doi
				break
			}
		}
	}
	record.SetFlags(r)
}
