package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/export/table"
	"github.com/evidence-go/evidence/synth"
)

// wording is the themes put into words by a person or a language model, as a file.
// The model runs elsewhere: a program hands it briefs.json of an earlier run and
// writes down what it answers. No sentence of it is trusted: synth.Phrase lets none
// into the summary that synth.Ground does not accept. A theme that the file does not
// name is put into words by synth.Template, which needs no model.
type wording struct {
	By     string                      `json:"by"`     // who wrote it: the model with its version
	Themes map[string][]synth.Sentence `json:"themes"` // by the theme's name, of a found one its label
}

// Name is who wrote the file.
func (w wording) Name() string { return w.By }

// Phrase gives the file's sentences about a theme.
func (w wording) Phrase(ctx context.Context, b synth.Brief) ([]synth.Sentence, error) {
	if sentences, ok := w.Themes[b.Theme]; ok {
		return sentences, ctx.Err()
	}
	return synth.Template{}.Phrase(ctx, b)
}

// summarizer is who puts the themes into words: the file, or the template.
func (r *review) summarizer() (synth.Summarizer, error) {
	if r.wording == "" {
		return synth.Template{}, nil
	}
	text, err := r.source().read(r.wording)
	if err != nil {
		return nil, fmt.Errorf("wording: %w", err)
	}
	var w wording
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return nil, fmt.Errorf("wording: %s: %w", r.wording, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("wording: %s: something stands behind its end", r.wording)
	}
	if w.By = strings.TrimSpace(w.By); w.By == "" {
		return nil, fmt.Errorf(`wording: %s: "by" must say who wrote the sentences`, r.wording)
	}
	w.By += "; of themes it left out: " + synth.Template{}.Name()
	return w, nil
}

// phrase puts the themes into words. What was written about themes that are not
// there is said at the end: another run of the same review may not find them.
func (r *review) phrase(ctx context.Context) error {
	by, err := r.summarizer()
	if err != nil {
		return err
	}
	briefs, err := r.summary.Briefs(r.summed)
	if err != nil {
		return err
	}
	r.briefs = append([]synth.Brief{}, briefs...) // none is an empty list in the file
	if w, ok := by.(wording); ok {
		for _, name := range slices.Sorted(maps.Keys(w.Themes)) {
			if !slices.ContainsFunc(r.briefs, func(b synth.Brief) bool { return b.Theme == name }) {
				r.notes = append(r.notes, fmt.Sprintf("%s: there is no theme %q: %s about it left out", r.wording, name, many(len(w.Themes[name]), "sentence")))
			}
		}
	}
	r.stopped, err = synth.Phrase(ctx, r.summary, r.summed, by)
	return err
}

// stoppedSentences lists what did not follow from what it cites, each fault in a row.
func (r *review) stoppedSentences() table.Table {
	t := table.Table{Name: "stopped-sentences", Columns: []string{"theme", "sentence", "cites", "reason", "at", "what"}}
	for _, s := range r.stopped {
		for _, f := range s.Faults {
			at := ""
			if f.Start > 0 || f.End < len(s.Sentence.Text) { // not the whole
				at = s.Sentence.Text[f.Start:f.End]
			}
			t.Rows = append(t.Rows, []string{s.Theme, s.Sentence.Text, cited(s.Sentence.Cites), string(f.Reason), at, f.What})
		}
	}
	return t
}

// cited is "claim 1, quote 2".
func cited(cites []synth.Cite) string {
	var out []string
	for _, c := range cites {
		switch {
		case c.Claim != 0:
			out = append(out, "claim "+strconv.Itoa(c.Claim))
		case c.Quote != 0:
			out = append(out, "quote "+strconv.Itoa(c.Quote))
		default:
			out = append(out, "record "+cmp.Or(string(c.Record), "?"))
		}
	}
	return strings.Join(out, ", ")
}

// printPhrased says how many sentences were accepted, and which were not and why.
func (r *review) printPhrased(w io.Writer, add func(step string, n int, format string, args ...any)) {
	p := r.summary.Phrasing
	add("put into words", p.Accepted, "of %s; %d stopped; by %s", many(p.Offered, "sentence"), p.Offered-p.Accepted, p.By)
	for _, s := range r.stopped {
		fmt.Fprintf(w, "  stopped: %s: “%s” (%s)\n    %s: %s\n", s.Theme, s.Sentence.Text, cmp.Or(cited(s.Sentence.Cites), "cites nothing"), s.Faults[0].Reason, s.Faults[0].What)
	}
}
