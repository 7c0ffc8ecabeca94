package csljson

import "bytes"

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
	i := skipSpace(b, 1)
	for i < len(b) && b[i] == '"' {
		line += bytes.Count(b[counted:i], []byte("\n"))
		counted = i
		m := member{line: line}
		end := skipValue(b, i)
		m.key = unquote(b[i:end])
		i = skipSpace(b, skipSpace(b, end)+1)
		end = skipValue(b, i)
		m.raw = b[i:end]
		out = append(out, m)
		i = skipSpace(b, end)
		if i < len(b) && b[i] == ',' {
			i = skipSpace(b, i+1)
		}
	}
	return out
}

// elements lists the values of a list that is valid JSON.
func elements(b []byte) [][]byte {
	var out [][]byte
	for i := skipSpace(b, 1); i < len(b) && b[i] != ']'; {
		end := skipValue(b, i)
		out = append(out, b[i:end])
		i = skipSpace(b, end)
		if i < len(b) && b[i] == ',' {
			i = skipSpace(b, i+1)
		}
	}
	return out
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r') {
		i++
	}
	return i
}

// skipValue gives the end of the value of valid JSON that begins at i.
func skipValue(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			i = skipText(b, i)
			if depth == 0 {
				return i
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
			if depth == 0 {
				return i + 1
			}
			if depth < 0 {
				return i
			}
		case ',', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return i
			}
		}
		i++
	}
	return len(b)
}

// skipText gives the end of the string that begins at i.
func skipText(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}
