// Package strictjson reads JSON that people write by hand: a misspelt key, a
// value of the wrong kind or a comma too many is an error that names the path,
// the line and what was probably meant. encoding/json alone would pass over the
// first without a word.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/similarity"
)

// Error says what is wrong and where.
type Error struct {
	Path   string // "stages[1].rules[3].reason", "" for the whole text
	Line   int    // from 1
	Column int    // in characters, from 1
	Text   string
}

// Error writes "line 12, column 9: stages[1].rules[3].reason: …".
func (e *Error) Error() string {
	s := fmt.Sprintf("line %d, column %d: ", e.Line, e.Column)
	if e.Path != "" {
		s += e.Path + ": "
	}
	return s + e.Text
}

// Unmarshal reads one JSON value into the struct that v points to. Every key
// must be one of the struct's; types that read themselves (json.Unmarshaler) are
// left to do so. A byte order mark in front of UTF-8, as Windows writes it, is
// passed over; UTF-16 is an error that says so.
func Unmarshal(data []byte, v any) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if isUTF16(data) {
		return &Error{Line: 1, Column: 1, Text: "the text is in UTF-16; save the file as UTF-8"}
	}
	c := checker{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	c.dec.UseNumber()
	if err := c.value(reflect.TypeOf(v).Elem(), ""); err != nil {
		return err
	}
	if _, err := c.dec.Token(); !errors.Is(err, io.EOF) {
		return c.fail("", "something stands behind the end of the JSON value")
	}
	if err := json.Unmarshal(data, v); err != nil {
		return c.wrap(err, "")
	}
	return nil
}

// isUTF16 tells whether a text begins with a byte order mark of UTF-16, or with a
// character of ASCII in two bytes.
func isUTF16(data []byte) bool {
	return len(data) >= 2 && (data[0] == 0xFF && data[1] == 0xFE || data[0] == 0xFE && data[1] == 0xFF || (data[0] == 0) != (data[1] == 0))
}

// Nearest gives the one of known that a misspelt name was probably meant to be,
// "" when none is near.
func Nearest(name string, known []string) string {
	best, at := "", max(2, len(name)/3)+1
	for _, k := range known {
		if d := similarity.Levenshtein(strings.ToLower(name), strings.ToLower(k), at); d < at {
			best, at = k, d
		}
	}
	return best
}

// DidYouMean gives "; did you mean X?" for a misspelt name, or "; known are …".
func DidYouMean(name string, known []string) string {
	if near := Nearest(name, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	if len(known) == 0 {
		return ""
	}
	return "; known are " + strings.Join(known, ", ")
}

// checker walks the tokens of a text along a Go type.
type checker struct {
	data []byte
	dec  *json.Decoder
}

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

// value checks the next value against a type.
func (c *checker) value(t reflect.Type, path string) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if reflect.PointerTo(t).Implements(unmarshaler) || t.Kind() == reflect.Interface {
		return c.skip(path)
	}
	tok, err := c.dec.Token()
	if err != nil {
		return c.wrap(err, path)
	}
	switch tok := tok.(type) {
	case json.Delim:
		if tok == '{' {
			return c.object(t, path)
		}
		return c.array(t, path)
	case nil:
		return nil
	default:
		return c.scalar(t, tok, path)
	}
}

func (c *checker) scalar(t reflect.Type, tok any, path string) error {
	switch tok.(type) {
	case string:
		if t.Kind() == reflect.String {
			return nil
		}
		return c.fail(path, "a text stands where "+describe(t)+" is expected")
	case bool:
		if t.Kind() == reflect.Bool {
			return nil
		}
		return c.fail(path, "true or false stands where "+describe(t)+" is expected")
	default:
		if t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64 {
			return nil
		}
		return c.fail(path, "a number stands where "+describe(t)+" is expected")
	}
}

func (c *checker) object(t reflect.Type, path string) error {
	if t.Kind() != reflect.Struct && t.Kind() != reflect.Map {
		return c.fail(path, "an object {…} stands where "+describe(t)+" is expected")
	}
	keys := keysOf(t)
	var seen []string
	for c.dec.More() {
		tok, err := c.dec.Token()
		if err != nil {
			return c.wrap(err, path)
		}
		key, _ := tok.(string)
		at := join(path, key)
		if slices.Contains(seen, key) {
			return c.fail(at, "the key stands here twice")
		}
		seen = append(seen, key)
		ft, ok := keys[key]
		if t.Kind() == reflect.Map {
			ft, ok = t.Elem(), true
		}
		if !ok {
			return c.fail(at, fmt.Sprintf("unknown key %q%s", key, DidYouMean(key, sorted(keys))))
		}
		if err := c.value(ft, at); err != nil {
			return err
		}
	}
	_, err := c.dec.Token()
	return c.wrap(err, path)
}

func (c *checker) array(t reflect.Type, path string) error {
	if t.Kind() != reflect.Slice && t.Kind() != reflect.Array {
		return c.fail(path, "a list […] stands where "+describe(t)+" is expected")
	}
	for i := 0; c.dec.More(); i++ {
		if err := c.value(t.Elem(), path+"["+strconv.Itoa(i)+"]"); err != nil {
			return err
		}
	}
	_, err := c.dec.Token()
	return c.wrap(err, path)
}

// skip passes over a value that reads itself.
func (c *checker) skip(path string) error {
	var raw json.RawMessage
	return c.wrap(c.dec.Decode(&raw), path)
}

// wrap gives an error of encoding/json its place.
func (c *checker) wrap(err error, path string) error {
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return c.at(int(syntax.Offset)-1, path, strings.TrimPrefix(syntax.Error(), "json: "))
	case errors.As(err, &kind):
		return c.at(int(kind.Offset)-1, path, fmt.Sprintf("%s is not %s", kind.Value, describe(kind.Type)))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return c.at(len(c.data), path, "the text ends in the middle")
	}
	return c.fail(path, err.Error())
}

func (c *checker) fail(path, text string) error {
	return c.at(int(c.dec.InputOffset())-1, path, text)
}

func (c *checker) at(offset int, path, text string) error {
	offset = max(0, min(offset, len(c.data)))
	before := c.data[:offset]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return &Error{Path: path, Line: line, Column: column, Text: text}
}

// keysOf lists the JSON keys of a struct with their types, embedded ones included.
func keysOf(t reflect.Type) map[string]reflect.Type {
	out := map[string]reflect.Type{}
	if t.Kind() != reflect.Struct {
		return out
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" || !f.IsExported() && !f.Anonymous:
		case name == "" && f.Anonymous:
			for k, v := range keysOf(f.Type) {
				out[k] = v
			}
		case name == "":
			out[f.Name] = f.Type
		default:
			out[name] = f.Type
		}
	}
	return out
}

func sorted(m map[string]reflect.Type) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func describe(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice, reflect.Array:
		return "a list […]"
	case reflect.Struct, reflect.Map:
		return "an object {…}"
	case reflect.Pointer:
		return describe(t.Elem())
	case reflect.Float32, reflect.Float64:
		return "a number"
	}
	return "a whole number"
}
