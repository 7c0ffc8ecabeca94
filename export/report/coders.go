package report

import (
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/internal/words"
	"github.com/evidence-go/evidence/synth"
)

// coding is what persons coded, as far as they agree.
type coding struct {
	Counts    []string
	Agreement []string // by theme and pair of coders
	Open      []codingRow
	Settled   []codingRow
}

type codingRow struct {
	Record link
	Text   string // "Training: yes kd, no ab"
}

// coders shows who coded what, how far they agree, and where they do not.
func (b *builder) coders() {
	if b.in.Summary == nil || b.in.Summary.Coders == nil {
		return
	}
	k := b.in.Summary.Coders
	out := &coding{}
	for _, c := range k.Coders {
		text := fmt.Sprintf("%s: %s read, %s given", c.Coder, words.Count(c.Records, "record", "records"), words.Count(c.Codes, "code", "codes"))
		if c.Passages > 0 {
			text += ", " + words.Count(c.Passages, "passage", "passages") + " marked"
		}
		if c.Adjudicated > 0 {
			text += ", " + words.Count(c.Adjudicated, "code", "codes") + " settled"
		}
		out.Counts = append(out.Counts, text)
	}
	for _, a := range []*synth.Agreement{k.ByRecord, k.BySentence} {
		if a != nil {
			out.Agreement = append(out.Agreement, strings.Split(strings.TrimSuffix(a.String(), "\n"), "\n")...)
		}
	}
	for _, d := range k.Disagreements {
		row := codingRow{b.shortLink(d.Record), fmt.Sprintf("%s: yes %s; no %s", b.label("theme", d.Theme), words.List(d.Yes), words.List(d.No))}
		switch {
		case d.By == "" && d.Found:
			row.Text += "; counted, by the terms"
			out.Open = append(out.Open, row)
		case d.By == "":
			row.Text += "; not counted"
			out.Open = append(out.Open, row)
		default:
			row.Text += "; settled by " + d.By + ": " + map[bool]string{true: "yes", false: "no"}[d.Found]
			out.Settled = append(out.Settled, row)
		}
	}
	b.p.Coding = out
}
