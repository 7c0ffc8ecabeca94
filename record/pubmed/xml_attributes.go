package pubmed

import (
	"bytes"

	"github.com/evidence-go/evidence/internal/xmlscan"
)

// attributes are those of a tag, as they stand there; they are looked into only
// where one is asked for.
type attributes struct {
	text []byte
	d    *document
}

// get returns the value of an attribute, "" where there is none.
func (a attributes) get(name string) string {
	v := a.find(name)
	if bytes.IndexByte(v, '&') >= 0 {
		var none document // whose problems nobody reads
		v = none.resolve(nil, v)
	}
	return a.d.tidied(v)
}

// is tells whether an attribute has a value.
func (a attributes) is(name, value string) bool {
	v := a.find(name)
	if string(v) == value {
		return true
	}
	return len(v) > len(value) && a.get(name) == value
}

// find returns the value of an attribute as it is written.
func (a attributes) find(name string) []byte {
	rest := a.text
	for len(rest) > 0 {
		if rest[0] == ' ' {
			rest = rest[1:]
			continue
		}
		n := xmlscan.NameLength(rest)
		if n == 0 || n+2 >= len(rest) || rest[n] != '=' || rest[n+1] != '"' {
			return a.search(name)
		}
		value := rest[n+2:]
		end := bytes.IndexByte(value, '"')
		if end < 0 {
			return a.search(name)
		}
		if string(rest[:n]) == name {
			return value[:end]
		}
		rest = value[end+1:]
	}
	return nil
}

// search is find for attributes that are written in another way than NLM does,
// or that are damaged.
func (a attributes) search(name string) []byte {
	for at := 0; ; {
		i := bytes.Index(a.text[at:], []byte(name))
		if i < 0 {
			return nil
		}
		i += at
		at = i + len(name)
		if i > 0 && xmlscan.IsName(a.text[i-1]) {
			continue
		}
		rest := bytes.TrimLeft(a.text[at:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '=' {
			continue
		}
		rest = bytes.TrimLeft(rest[1:], " \t\r\n")
		if len(rest) == 0 {
			return nil
		}
		end := bytes.IndexAny(rest, " \t\r\n")
		if rest[0] == '"' || rest[0] == '\'' {
			quote := rest[0]
			rest = rest[1:]
			end = bytes.IndexByte(rest, quote)
		}
		if end < 0 {
			end = len(rest)
		}
		return rest[:end]
	}
}
