package xmlscan

import "bytes"

// CutTag takes the tag that a text begins with: what stands between < and >, without
// the / of an empty element, and the length of all of it. Quotes may hold a >, but a
// quote without its partner is none. A tag that the text does not end is that of an empty
// element, holds nothing, and is as long as the text.
func CutTag(rest []byte) (inside []byte, empty bool, length int) {
	end := bytes.IndexByte(rest, '>')
	if end < 0 {
		return nil, true, len(rest)
	}
	if bytes.Count(rest[:end], []byte{'"'})&1 != 0 || bytes.IndexByte(rest[:end], '\'') >= 0 {
		end = quotedEnd(rest, end)
	}
	inside = rest[1:end]
	if n := len(inside); n > 0 && inside[n-1] == '/' {
		return inside[:n-1], true, end + 1
	}
	return inside, false, end + 1
}

// quotedEnd finds the > that ends a tag whose quotes may hold others; end is the first.
func quotedEnd(tag []byte, end int) int {
	for i := 0; i < end; i++ {
		c := tag[i]
		if c != '"' && c != '\'' {
			continue
		}
		n := bytes.IndexByte(tag[i+1:], c)
		if n < 0 {
			return end
		}
		if i += n + 1; i > end {
			next := bytes.IndexByte(tag[i:], '>')
			if next < 0 {
				return end
			}
			end = i + next
		}
	}
	return end
}

// EndTagLength is the length of the end tag of an element that a text begins with, 0
// where there is none or it is written in an unusual way.
func EndTagLength(rest []byte, name string) int {
	n := len(name) + len("</>")
	if len(rest) < n || rest[0] != '<' || rest[1] != '/' || rest[n-1] != '>' || string(rest[2:n-1]) != name {
		return 0
	}
	return n
}

// Lines counts the lines of a text along with reading it. A CR by itself ends a line
// too.
type Lines struct{ at, line int }

// Begin begins a text whose first byte stands in a line.
func (l *Lines) Begin(line int) { l.at, l.line = 0, line }

// At is the line of a place in the text; one before the last asked for counts as that.
func (l *Lines) At(text []byte, place int) int {
	if place <= l.at {
		return l.line
	}
	part := text[l.at:place]
	l.line += bytes.Count(part, []byte{'\n'})
	if bytes.IndexByte(part, '\r') >= 0 {
		l.line += bytes.Count(part, []byte{'\r'}) - bytes.Count(part, []byte("\r\n"))
	}
	l.at = place
	return l.line
}
