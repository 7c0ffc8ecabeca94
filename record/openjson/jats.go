package openjson

import (
	"strings"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

// readJATS reads the abstract of a deposit: JATS, other markup or plain text. What
// stands in a title is the label of the section behind it; the title "Abstract"
// says nothing and is left out. A text without titles may have its labels in line.
func readJATS(s string) record.Abstract {
	var a record.Abstract
	label, titled := "", false
	for {
		start, inner := nextTitle(s)
		body := jsonpull.PlainLines(s[:start])
		if label != "" || body != "" {
			a.AddSection(label, "", body)
		}
		if inner < 0 {
			break
		}
		s = s[inner:]
		end := strings.Index(s, "</")
		for end >= 0 && !isTag(s[end+2:], "title") { // markup inside of the title
			next := strings.Index(s[end+2:], "</")
			if next < 0 {
				end = -1
				break
			}
			end += 2 + next
		}
		if end < 0 {
			end = len(s)
		}
		label = strings.TrimRight(jsonpull.Plain(s[:end]), " :.")
		if strings.EqualFold(label, "abstract") {
			label = ""
		}
		titled = titled || label != ""
		s = s[end:]
		if i := strings.IndexByte(s, '>'); i >= 0 {
			s = s[i+1:]
		}
	}
	if !titled {
		return record.NewAbstract(a.Text)
	}
	return a
}

// nextTitle gives the place of the next title in JATS, and where its text begins;
// the length of the text and -1 where there is none.
func nextTitle(s string) (start, inner int) {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '<')
		if i < 0 {
			return len(s), -1
		}
		at += i
		if isTag(s[at+1:], "title") {
			if end := strings.IndexByte(s[at:], '>'); end >= 0 && s[at+end-1] != '/' {
				return at, at + end + 1
			}
		}
		at++
	}
}

// isTag tells whether a tag, behind its bracket, has a name, with the prefix of a
// namespace or without.
func isTag(s, name string) bool {
	s = strings.TrimPrefix(s, "jats:")
	rest, ok := strings.CutPrefix(s, name)
	return ok && rest != "" && (rest[0] == '>' || rest[0] == ' ' || rest[0] == '/')
}
