package xmlscan

import "bytes"

// Enclosures find the ends of comments, CDATA sections and processing instructions in one
// text. What has no end in it is no such thing, and is not looked for again. The zero
// value begins a text.
type Enclosures struct{ endless [3]bool }

var enclosureMarks = [3]struct{ open, shut, what string }{
	{"<!--", "-->", "comment"}, {"<![CDATA[", "]]>", "CDATA section"}, {"<?", "?>", "processing instruction"},
}

// Length is the length of the comment, CDATA section or processing instruction that a
// rest of the text begins with; 0 where there is none or it has no end.
func (e *Enclosures) Length(rest []byte) int {
	if len(rest) < 2 || rest[1] != '!' && rest[1] != '?' {
		return 0
	}
	for i, x := range enclosureMarks {
		if e.endless[i] || !bytes.HasPrefix(rest, []byte(x.open)) {
			continue
		}
		if n := bytes.Index(rest[len(x.open):], []byte(x.shut)); n >= 0 {
			return len(x.open) + n + len(x.shut)
		}
		e.endless[i] = true
	}
	return 0
}

// CDATA is the text in an enclosure that is a CDATA section, nothing for any other.
func CDATA(enclosure []byte) []byte {
	x := enclosureMarks[1]
	if !bytes.HasPrefix(enclosure, []byte(x.open)) {
		return nil
	}
	return enclosure[len(x.open) : len(enclosure)-len(x.shut)]
}

// openText follows comments and CDATA sections from a place where none is open to
// another one. It returns the end of the one that is open there, or the last place
// looked at.
func openText(text []byte, from, to int) int {
	var e Enclosures
	for from < to {
		i := bytes.IndexByte(text[from:to], '!') // rarer than <
		if i < 0 {
			return to
		}
		from += i + 1
		if start := from - len("<!"); start >= 0 && text[start] == '<' {
			from = max(from, start+e.Length(text[start:]))
		}
	}
	return from
}
