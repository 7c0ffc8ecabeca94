package pubmed

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// part is a piece of an abstract: a section, or text without a label.
type part struct {
	label    string
	category record.Category
	text     string
}

// assemble puts an abstract together as Abstract.AddSection does, in one go. The
// sections take the memory of room, if there is enough of it.
func assemble(parts []part, room []record.Section) record.Abstract {
	var a record.Abstract
	if len(parts) == 1 && parts[0].label == "" {
		a.Text = parts[0].text
		return a
	}
	var text strings.Builder
	size, sections := 0, 0
	for i := range parts {
		size += len(parts[i].label) + len(parts[i].text) + len("\n: ")
		if parts[i].label != "" {
			sections++
		}
	}
	text.Grow(size)
	if a.Sections = room[:0]; cap(room) < sections {
		a.Sections = make([]record.Section, 0, sections)
	}
	for _, p := range parts {
		if text.Len() > 0 {
			text.WriteByte('\n')
		}
		if p.label == "" {
			text.WriteString(p.text)
			continue
		}
		text.WriteString(p.label)
		text.WriteString(": ")
		s := record.Section{Label: p.label, Category: p.category, Start: text.Len()}
		text.WriteString(p.text)
		s.End = text.Len()
		if s.Category == "" {
			s.Category = record.CategoryOf(p.label)
		}
		a.Sections = append(a.Sections, s)
	}
	a.Text = text.String()
	if sections == 0 {
		a.Sections = nil
	}
	return a
}

// partsOf takes an abstract apart and appends what it is made of to parts: its
// sections, and each line of what stands before, between and behind them.
func partsOf(parts []part, a record.Abstract) []part {
	plain := func(text string) {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" {
				parts = append(parts, part{text: line})
			}
		}
	}
	at := 0
	for _, s := range a.Sections {
		if s.Start < at || s.End < s.Start || s.End > len(a.Text) {
			continue // not of this text
		}
		head := strings.TrimRight(a.Text[at:s.Start], " \n")
		head, ok := strings.CutSuffix(head, ":")
		if ok {
			head = strings.TrimRight(head, " ")
			head, ok = strings.CutSuffix(head, s.Label)
		}
		if !ok {
			continue
		}
		plain(head)
		at = s.End
		parts = append(parts, part{s.Label, s.Category, strings.TrimSpace(a.Text[s.Start:s.End])})
	}
	plain(a.Text[at:])
	return parts
}

// parted finds the sections of an abstract that is one running text and puts
// each on a line of its own.
func (b *builder) parted(text string) record.Abstract {
	found := record.NewAbstract(text)
	if len(found.Sections) == 0 {
		return found
	}
	b.found = partsOf(b.found[:0], found)
	a := assemble(b.found, found.Sections)
	clear(b.found)
	return a
}
