package query

import (
	"errors"
	"strings"
)

// Search is a strategy as data, as protocols and codebooks hold it.
type Search struct {
	Dialect Dialect `json:"dialect,omitzero"` // left out: told by the marks of the text
	Text    string  `json:"text"`             // one search, or lines with a line break between
}

// Parse reads the strategy. A text without marks of any dialect is read as
// PubMed's, where plain words and operators mean what they do elsewhere. A search
// without text, or without a line that is a search, is an error.
func (s Search) Parse() (*Query, error) {
	if strings.TrimSpace(s.Text) == "" {
		return nil, errors.New("the search has no text")
	}
	d := s.Dialect
	if d == "" {
		if d = Detect(s.Text); d == "" {
			d = PubMed
		}
	}
	q, err := Parse(d, s.Text)
	if err != nil {
		return nil, err
	}
	for _, l := range q.Lines {
		if l.Expr != nil {
			return q, nil
		}
	}
	return nil, errors.New("no line of the search is one")
}
