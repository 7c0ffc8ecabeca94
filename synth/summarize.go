package synth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

// Summarize codes the records with the codebooks, counts, quotes, and looks for
// themes that no codebook names. The records are not changed; their order does
// not matter; of several with one ID one counts.
//
// No records, or records without any text, give a summary that says so in its
// notes. The error is that of a codebook or of the studies, with its place, that
// a record is nil, with its index, or that of the context.
func Summarize(ctx context.Context, records []*record.Record, opts Options) (*Summary, error) {
	opts = opts.own()
	if err := opts.check(); err != nil {
		return nil, err
	}
	if i := slices.Index(records, nil); i >= 0 {
		return nil, fmt.Errorf("synth: records[%d] is nil", i)
	}
	all, copies := sources(records)
	absent, err := assignStudies(all, opts.Studies)
	if err != nil {
		return nil, err
	}
	books := opts.books()
	coder, err := newCoder(books)
	if err != nil {
		return nil, err
	}
	coded, err := coder.code(ctx, all)
	if err != nil {
		return nil, err
	}
	read, strangers := readings(opts.Codings, all, books[0])
	if err := misplaced(read, all); err != nil {
		return nil, err
	}
	for i, r := range read {
		r.override(&coded[i][0], &all[i], books[0])
	}
	sum := &Summary{Schema: SchemaVersion, Options: opts, Records: codedRecords(all, books, coded)}
	sum.Counts.Copies = copies
	sum.Counts.Grouped = len(opts.Studies) > 0
	counter := sum.count(all)
	for bi, b := range books {
		themes := make([]ThemeSummary, 0, len(b.themes))
		for t := range b.themes {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			th := counter.theme(b, t)
			th.Codings = b.codings(bi, t, all, coded)
			if b.axis == ByTheme {
				th.Evidence = b.evidence(bi, t, opts.EvidencePerTheme, all, coded)
			}
			themes = append(themes, th)
		}
		sum.setThemes(b, themes)
	}
	sum.Uncoded = sum.uncoded()
	sum.note(all, books, coded, absent)
	if opts.Codings != nil {
		sum.Coders = coders(read, all, books[0], sum.Records)
		sum.noteIf(strangers, "codes of persons for records that are not here")
	}
	col, err := sum.keyPhrases(ctx, all)
	if err != nil {
		return nil, err
	}
	sum.themePhrases(col, counter)
	if !opts.CodebookOnly {
		if err := sum.discover(ctx, all, col, counter); err != nil {
			return nil, err
		}
	}
	return sum, nil
}

// own is o resolved, with copies of all that it points to, so that a summary
// does not change with its caller's codebooks, and with studies in order.
func (o Options) own() Options {
	o = o.Resolved()
	o.Codebook, o.Design, o.Codings = o.Codebook.clone(), o.Design.clone(), o.Codings.clone()
	axes := o.Axes
	o.Axes = nil
	for _, a := range axes {
		o.Axes = append(o.Axes, a.clone())
	}
	studies := o.Studies
	o.Studies = nil
	for _, s := range studies {
		reports := append([]record.ID{}, s.Reports...)
		slices.Sort(reports)
		o.Studies = append(o.Studies, record.Study{ID: s.ID, Reports: reports})
	}
	given := o.FoundEdits
	o.FoundEdits = nil
	for _, e := range given {
		o.FoundEdits = append(o.FoundEdits, FoundEdit{Title: e.Title, Records: append([]record.ID{}, e.Records...)})
	}
	slices.SortFunc(o.Studies, func(a, b record.Study) int { return cmp.Compare(a.ID, b.ID) })
	return o
}

// clone copies a codebook; lists without items become nil, as they come back
// from JSON.
func (c *Codebook) clone() *Codebook {
	if c == nil {
		return nil
	}
	out := *c
	if out.Schema == 0 {
		out.Schema = CodebookSchema
	}
	out.NotSections = append([]record.Category(nil), c.NotSections...)
	out.Themes = cloneThemes(c.Themes, 0)
	return &out
}

func cloneThemes(in []Theme, depth int) []Theme {
	if depth > maxDepth+1 { // Check refuses them; a list that holds itself must not be followed for ever
		return nil
	}
	var out []Theme
	for _, t := range in {
		t.Terms = append([]string(nil), t.Terms...)
		t.TitleTerms = append([]string(nil), t.TitleTerms...)
		t.Not = append([]string(nil), t.Not...)
		t.Search, t.Unless = copied(t.Search), copied(t.Unless)
		t.Types = append([]string(nil), t.Types...)
		t.Kinds = append([]record.Kind(nil), t.Kinds...)
		t.Examples = append([]string(nil), t.Examples...)
		t.Themes = cloneThemes(t.Themes, depth+1)
		out = append(out, t)
	}
	return out
}

func copied(s *query.Search) *query.Search {
	if s == nil {
		return nil
	}
	out := *s
	return &out
}

// check says what is wrong with the codebooks.
func (o Options) check() error {
	var faults []error
	add := func(what string, c *Codebook) {
		if err := c.Check(); err != nil {
			faults = append(faults, fmt.Errorf("synth: %s %q: %w", what, c.Name, err))
		}
	}
	if o.Codebook != nil {
		add("codebook", o.Codebook)
	}
	if err := o.checkCodings(); err != nil {
		faults = append(faults, err)
	}
	add("design codebook", o.Design)
	if !o.Design.Exclusive {
		faults = append(faults, fmt.Errorf("synth: design codebook %q: exclusive: expected true, a record has one design", o.Design.Name))
	}
	seen := map[string]bool{string(ByTheme): true, string(ByDesign): true, string(ByYear): true}
	for i, a := range o.Axes {
		if a == nil {
			faults = append(faults, fmt.Errorf("synth: Axes[%d] is nil", i))
			continue
		}
		add("axis", a)
		if seen[a.Name] {
			faults = append(faults, fmt.Errorf("synth: Axes[%d]: the name %q is taken by another axis; give the codebook another", i, a.Name))
		}
		seen[a.Name] = true
	}
	return errors.Join(faults...)
}

// checkCodings asks that codings of persons are of the main codebook.
func (o Options) checkCodings() error {
	switch {
	case o.Codings == nil:
		return nil
	case o.Codebook == nil:
		return errors.New("synth: codings: there is no codebook that they could be of; give Options.Codebook")
	}
	if err := o.Codings.Check(o.Codebook); err != nil {
		return fmt.Errorf("synth: codings: %w", err)
	}
	return nil
}

// books are the codebooks of resolved options: themes, where there are any,
// designs, further axes.
func (o Options) books() []book {
	var out []book
	if o.Codebook != nil {
		out = append(out, layOut(ByTheme, o.Codebook))
	}
	if o.Design != nil {
		out = append(out, layOut(ByDesign, o.Design))
	}
	for _, a := range o.Axes {
		if a != nil {
			out = append(out, layOut(ByAxis(a.Name), a))
		}
	}
	return out
}

func codedRecords(all []source, books []book, coded [][]codes) []CodedRecord {
	out := make([]CodedRecord, len(all))
	for i := range all {
		r := CodedRecord{ID: all[i].id, Study: all[i].study, Title: strings.ToValidUTF8(all[i].rec.Title, "\ufffd"), Year: all[i].rec.Date.Year}
		for bi, b := range books {
			var names []string
			for _, t := range coded[i][bi].themes {
				names = append(names, b.themes[t].Name)
			}
			switch b.axis {
			case ByTheme:
				r.Themes = names
			case ByDesign:
				if len(names) > 0 {
					r.Design = names[len(names)-1]
				}
			default:
				r.Axes = append(r.Axes, Codes{Axis: string(b.axis), Themes: names})
			}
		}
		out[i] = r
	}
	return out
}

// count fills in Counts.
func (s *Summary) count(all []source) *counter {
	k := &s.Counts
	k.Records = len(all)
	for i := range all {
		r := all[i].rec
		switch {
		case len(all[i].texts) == 0:
			k.NoText++
		case r.Abstract.Text == "":
			k.TitleOnly++
		}
		if !all[i].english {
			k.NotEnglish++
		}
		if r.Date.Year == 0 {
			k.WithoutYear++
		}
	}
	c := newCounter(s)
	k.Studies = len(c.units)
	units := make([]int, len(c.units))
	for i := range units {
		units[i] = i
	}
	k.Years = c.yearCounts(units)
	if n := len(k.Years); n > 0 {
		k.FirstYear, k.LastYear = k.Years[0].Year, k.Years[n-1].Year
	}
	return c
}

func (s *Summary) setThemes(b book, themes []ThemeSummary) {
	switch b.axis {
	case ByTheme:
		s.Themes = themes
	case ByDesign:
		s.Designs = themes
	default:
		s.Axes = append(s.Axes, AxisSummary{Name: b.code.Name, Title: b.code.Title, Themes: themes})
	}
}

// uncoded lists the records under no theme of the codebook; none without one.
func (s *Summary) uncoded() []record.ID {
	if s.Options.Codebook == nil {
		return nil
	}
	var out []record.ID
	for i := range s.Records {
		if len(s.Records[i].Themes) == 0 {
			out = append(out, s.Records[i].ID)
		}
	}
	return out
}
