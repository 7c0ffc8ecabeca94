package fold

import (
	"html"
	"strings"
)

// Unmark returns s without markup: tags of HTML, JATS and MathML are taken
// out, comments too, CDATA sections are opened, and character references,
// named and numeric, are resolved.
//
// Only what looks like a tag of known name is one: "p < 0.05 and q > 3" and
// "a <b and c> d" stay as they are. Inline tags leave nothing, so that
// H<sub>2</sub>O is H2O; tags that end a line on a page (p, br, title, sec,
// div, li, …) leave one line break between what stands before and after. References need
// their semicolon; an unknown one stays.
//
// Texts that were escaped twice, as many deposits are, are resolved too: the
// work is repeated, at most three times, while it changes anything.
func Unmark(s string) string {
	const rounds = 3
	for range rounds {
		if strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '&') < 0 {
			return s
		}
		next := resolve(untag(s))
		if next == s {
			return s
		}
		s = next
	}
	return s
}

// What a tag leaves in its place.
const (
	inline = iota + 1 // nothing
	block             // a line break
)

var tags = map[string]int{
	"a": inline, "abbr": inline, "b": inline, "big": inline, "bold": inline, "cite": inline, "code": inline,
	"del": inline, "dfn": inline, "em": inline, "emph": inline, "ext-link": inline, "fn": inline, "font": inline, "i": inline,
	"inf": inline, "ins": inline, "italic": inline, "ital": inline, "kbd": inline, "label": inline, "mark": inline, "math": inline,
	"mi": inline, "mn": inline, "mo": inline, "monospace": inline, "mrow": inline, "msub": inline, "msup": inline, "named-content": inline, "overline": inline,
	"q": inline, "roman": inline, "s": inline, "sans-serif": inline, "sc": inline, "scp": inline, "small": inline, "span": inline,
	"strike": inline, "strong": inline, "styled-content": inline, "sub": inline, "sup": inline, "tt": inline,
	"u": inline, "underline": inline, "uri": inline, "var": inline, "xref": inline, "inline-formula": inline,
	"tex-math": inline, "inline-graphic": inline, "img": inline, "graphic": inline,

	"abstract": block, "abstracttext": block, "article-title": block, "blockquote": block, "body": block, "br": block,
	"break": block, "dd": block, "def-list": block, "disp-formula": block, "div": block, "dl": block, "dt": block,
	"h1": block, "h2": block, "h3": block, "h4": block, "h5": block, "h6": block, "head": block, "hr": block,
	"html": block, "li": block, "list": block, "list-item": block, "ol": block, "p": block, "para": block, "pre": block,
	"sec": block, "section": block, "subtitle": block, "table": block, "tbody": block, "td": block, "th": block,
	"thead": block, "title": block, "tr": block, "ul": block,
}

// untag takes tags, comments and the shells of CDATA sections out.
func untag(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return s
	}
	// What has no end anywhere is not looked for again and again.
	enclosed := strings.Contains(s, "-->") || strings.Contains(s, "]]>")
	var out strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		out.WriteString(s[:i])
		s = s[i:]
		n, leaves, text := 0, 0, ""
		if strings.HasPrefix(s, "<!") {
			if enclosed {
				n, text = enclosure(s)
				enclosed = n > 0 || !opensEnclosure(s)
			}
		} else {
			n, leaves = tag(s)
		}
		if n == 0 {
			out.WriteByte('<')
			s = s[1:]
			continue
		}
		out.WriteString(text)
		s = s[n:]
		if leaves == block {
			breakLine(&out, &s)
		}
	}
	out.WriteString(s)
	return out.String()
}

// breakLine puts one line break between what is written and what is left,
// unless there is nothing on one side or a break already.
func breakLine(out *strings.Builder, rest *string) {
	*rest = strings.TrimLeft(*rest, " \t\r\n")
	written := out.String()
	if *rest != "" && written != "" && !strings.HasSuffix(written, "\n") {
		out.WriteByte('\n')
	}
}

const commentStart, cdataStart = "<!--", "<![CDATA["

func opensEnclosure(s string) bool {
	return strings.HasPrefix(s, commentStart) || strings.HasPrefix(s, cdataStart)
}

// enclosure returns the length of the comment or CDATA section that s begins
// with, and the text to keep of it; 0 if there is none.
func enclosure(s string) (n int, text string) {
	if strings.HasPrefix(s, commentStart) {
		if end := strings.Index(s, "-->"); end >= 0 {
			return end + len("-->"), ""
		}
	}
	if strings.HasPrefix(s, cdataStart) {
		if end := strings.Index(s, "]]>"); end >= 0 {
			return end + len("]]>"), s[len(cdataStart):end]
		}
	}
	return 0, ""
}

// tag returns the length of the tag that s begins with and what it leaves; 0
// if there is none.
func tag(s string) (n, leaves int) {
	i := 1
	if i < len(s) && s[i] == '/' {
		i++
	}
	name := s[i : i+nameLen(s[i:])]
	i += len(name)
	leaves = kind(name)
	if leaves == 0 {
		return 0, 0
	}
	i += attributes(s[i:])
	if i < len(s) && s[i] == '/' {
		i++
	}
	if i < len(s) && s[i] == '>' {
		return i + 1, leaves
	}
	return 0, 0
}

// kind looks a tag name up; the prefix of a namespace alone makes it known.
func kind(name string) int {
	const longest = 20
	if len(name) > longest {
		return 0
	}
	name = strings.ToLower(name)
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		return tags[name]
	}
	if k := tags[local]; k != 0 {
		return k
	}
	if prefix == "jats" || prefix == "mml" || prefix == "m" || prefix == "xhtml" {
		return inline
	}
	return 0
}

func nameLen(s string) int {
	i := 0
	for i < len(s) && (isAlnum(s[i]) || i > 0 && (s[i] == '-' || s[i] == ':' || s[i] == '_')) {
		i++
	}
	return i
}

func isAlnum(c byte) bool { return c < 0x80 && ascii[c] != 0 }

// attributes returns the length of the attributes at the start of s, with the
// white space around them. One without a value is none: it is more often a
// word of the text.
func attributes(s string) int {
	i := 0
	for {
		i += spaces(s[i:])
		n := nameLen(s[i:])
		if n == 0 {
			return i
		}
		j := i + n
		j += spaces(s[j:])
		if j >= len(s) || s[j] != '=' {
			return i
		}
		j++
		j += spaces(s[j:])
		n = valueLen(s[j:])
		if n == 0 {
			return i
		}
		i = j + n
	}
}

func spaces(s string) int { return len(s) - len(strings.TrimLeft(s, " \t\r\n")) }

func valueLen(s string) int {
	if s == "" {
		return 0
	}
	if s[0] == '"' || s[0] == '\'' {
		if end := strings.IndexByte(s[1:], s[0]); end >= 0 {
			return end + 2
		}
		return 0
	}
	n := strings.IndexAny(s, " \t\r\n<>\"'=")
	return max(n, 0)
}

// resolve replaces character references by their characters.
func resolve(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	var out strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			break
		}
		out.WriteString(s[:i])
		s = s[i:]
		n := refLen(s)
		out.WriteString(reference(s[:max(n, 1)]))
		s = s[max(n, 1):]
	}
	out.WriteString(s)
	return out.String()
}

// refLen returns the length of what may be a reference at the start of s, up
// to its semicolon, or 0.
func refLen(s string) int {
	const longest = 40
	for i := 1; i < len(s) && i < longest; i++ {
		switch {
		case s[i] == ';' && i > 1:
			return i + 1
		case s[i] == '#' && i == 1, isAlnum(s[i]):
		default:
			return 0
		}
	}
	return 0
}

// reference resolves one reference, and returns an unknown one as it is. The
// standard library resolves a known prefix of an unknown name ("&notit;" is
// "¬it;"), which is told by the semicolon it leaves.
func reference(ref string) string {
	if len(ref) < len("&#1;") {
		return ref
	}
	text := html.UnescapeString(ref)
	if len(text) > 1 && strings.HasSuffix(text, ";") {
		return ref
	}
	return text
}
