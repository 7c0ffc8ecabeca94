package csljson

import (
	"bytes"

	"github.com/evidence-go/evidence/internal/jsonpull"
)

// member is one key of an object and its value as JSON text.
type member struct {
	key  string
	raw  []byte
	line int
}

// members lists the members of an object that is valid JSON. line is that of
// its first byte.
func members(b []byte, line int) []member {
	var out []member
	counted := 0
	i := jsonpull.SkipSpace(b, 1)
	for i < len(b) && b[i] == '"' {
		line += bytes.Count(b[counted:i], []byte("\n"))
		counted = i
		m := member{line: line}
		end := jsonpull.SkipValue(b, i)
		m.key = unquote(b[i:end])
		i = jsonpull.SkipSpace(b, jsonpull.SkipSpace(b, end)+1)
		end = jsonpull.SkipValue(b, i)
		m.raw = b[i:end]
		out = append(out, m)
		i = jsonpull.SkipSpace(b, end)
		if i < len(b) && b[i] == ',' {
			i = jsonpull.SkipSpace(b, i+1)
		}
	}
	return out
}

// elements lists the values of a list that is valid JSON.
func elements(b []byte) [][]byte {
	var out [][]byte
	for i := jsonpull.SkipSpace(b, 1); i < len(b) && b[i] != ']'; {
		end := jsonpull.SkipValue(b, i)
		out = append(out, b[i:end])
		i = jsonpull.SkipSpace(b, end)
		if i < len(b) && b[i] == ',' {
			i = jsonpull.SkipSpace(b, i+1)
		}
	}
	return out
}
