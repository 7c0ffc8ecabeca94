package synth

import (
	"strings"

	"github.com/evidence-go/evidence/internal/roles"
	"github.com/evidence-go/evidence/record"
)

// RoleSource says who told which part of an abstract a sentence plays.
type RoleSource string

// Where roles come from.
const (
	RoleFromLabel RoleSource = "label" // a heading above the sentence or at its beginning
	RoleFromModel RoleSource = "model" // the embedded model: docs/models/sentence-roles.md
)

// categoryOfRole is what NLM calls the roles.
var categoryOfRole = map[roles.Role]record.Category{
	roles.Background: record.Background, roles.Objective: record.Objective, roles.Methods: record.Methods,
	roles.Results: record.Results, roles.Conclusions: record.Conclusions,
}

var roleOfCategory = map[record.Category]roles.Role{
	record.Background: roles.Background, record.Objective: roles.Objective, record.Methods: roles.Methods,
	record.Results: roles.Results, record.Conclusions: roles.Conclusions,
}

// told is the role of a sentence, and who told it.
type told struct {
	role record.Category
	from RoleSource
}

// roleOf is the role of a sentence. Only those of an abstract have any. Those of
// all its sentences are told the first time that one is asked for.
func (s *source) roleOf(passage, sentence int) told {
	p := &s.texts[passage]
	if p.field != record.FieldAbstract {
		return told{}
	}
	if s.roles == nil {
		s.tellRoles(p)
	}
	return s.roles[sentence]
}

// tellRoles fills in the roles of the sentences. Labels hold; what has none is left
// to the model, which is asked about English only and may abstain.
func (s *source) tellRoles(p *passage) {
	s.roles = make([]told, len(p.sentences))
	texts, known := make([]string, len(p.sentences)), make([]roles.Role, len(p.sentences))
	open := false
	for i := range p.sentences {
		sent := &p.sentences[i]
		texts[i] = p.text[sent.Start:sent.End]
		label := sent.section
		if label == "" {
			label = headed(texts[i])
		}
		if known[i] = roleOfCategory[label]; known[i] == roles.None {
			open = true
			continue
		}
		s.roles[i] = told{label, RoleFromLabel}
	}
	if !open || !s.english {
		return
	}
	for i, g := range roles.Assign(texts, known) {
		if s.roles[i].role == "" && g.Sure {
			s.roles[i] = told{categoryOfRole[g.Role], RoleFromModel}
		}
	}
}

// roleAt is the role of the sentence in which a span begins, and who told it.
func (s *source) roleAt(at record.Span) told {
	for pi := range s.texts {
		p := &s.texts[pi]
		if p.field != at.Field || p.item != at.Item {
			continue
		}
		for si, sent := range p.sentences {
			if sent.Start <= at.Start && at.Start < sent.End {
				return s.roleOf(pi, si)
			}
		}
	}
	return told{}
}

// headed is the category of a heading that a sentence begins with ("Results: …"),
// "" where there is none.
func headed(sentence string) record.Category {
	const longest = 40 // bytes of a heading
	label, _, ok := strings.Cut(sentence[:min(len(sentence), longest)], ":")
	if !ok || label == "" || label[0] < 'A' || label[0] > 'Z' {
		return ""
	}
	return record.CategoryOf(label)
}
