package report

import "github.com/evidence-go/evidence/synth"

// statement is a sentence about a theme, with the places it rests on.
type statement struct {
	Text   string
	Places []link // quotes by their marks, records by their cards; claims have none
}

// statements are sentences that a summarizer wrote and that passed the check.
func (b *builder) statements(list []synth.Sentence, quotes []synth.Quote) []statement {
	var out []statement
	for _, s := range list {
		line := statement{Text: s.Text}
		for _, c := range s.Cites {
			switch {
			case c.Quote > 0 && c.Quote <= len(quotes):
				q := quotes[c.Quote-1]
				to := b.shortLink(q.Record)
				if mark := b.marks[at(q)]; mark != "" {
					to.To = mark
				}
				line.Places = append(line.Places, to)
			case c.Record != "":
				line.Places = append(line.Places, b.shortLink(c.Record))
			}
		}
		out = append(out, line)
	}
	return out
}
