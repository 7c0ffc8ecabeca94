package suite

import "bytes"

// File is one named section of a txtar archive.
type File struct {
	Name string
	Data []byte
}

// Parse takes a txtar archive apart (the format of golang.org/x/tools/txtar):
// free text, then sections, each begun by a line "-- name --". Bytes are kept as
// they are, so that a section may hold CR LF or an encoding other than UTF-8. A
// last line without its line feed is given one, as the format has no way to
// say that it lacks it. What has no marker is all comment.
func Parse(archive []byte) (comment []byte, files []File) {
	comment, name, rest, more := untilMarker(archive)
	for more {
		file := File{Name: name}
		file.Data, name, rest, more = untilMarker(rest)
		files = append(files, file)
	}
	return comment, files
}

// Format is the inverse of Parse. Parse(Format(c, f)) gives c and f back, each
// with a final line feed, as long as no line in them is itself a marker.
func Format(comment []byte, files []File) []byte {
	out := endLine(comment)
	for _, f := range files {
		out = append(out, "-- "+f.Name+" --\n"...)
		out = append(out, endLine(f.Data)...)
	}
	return out
}

// untilMarker splits text at its first marker line. more is false where there
// is none, and all of text is before it.
func untilMarker(text []byte) (before []byte, name string, after []byte, more bool) {
	for pos := 0; pos < len(text); {
		end := len(text)
		if i := bytes.IndexByte(text[pos:], '\n'); i >= 0 {
			end = pos + i + 1
		}
		if name, ok := marker(text[pos:end]); ok {
			return text[:pos:pos], name, text[end:], true
		}
		pos = end
	}
	return endLine(text), "", nil, false
}

// marker reports whether a line begins a section, and which.
func marker(line []byte) (name string, ok bool) {
	line = bytes.TrimSuffix(line, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	inner, ok := bytes.CutPrefix(line, []byte("-- "))
	if !ok {
		return "", false
	}
	inner, ok = bytes.CutSuffix(inner, []byte(" --"))
	name = string(bytes.TrimSpace(inner))
	return name, ok && name != ""
}

// hasMarker reports whether a line of text would begin a section if text were
// written into an archive.
func hasMarker(text []byte) bool {
	_, _, _, more := untilMarker(text)
	return more
}

// endLine returns a copy of text whose last line, if it has any, is ended.
func endLine(text []byte) []byte {
	out := append([]byte(nil), text...)
	if len(out) > 0 && out[len(out)-1] != '\n' {
		out = append(out, '\n')
	}
	return out
}
