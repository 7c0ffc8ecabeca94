package synth

import (
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/words"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/agreement"
)

// Coders says who coded what, how far they agree, and where they do not.
type Coders struct {
	Coders []CoderCount `json:"coders"` // by name
	// ByRecord compares what coders said of records, BySentence what those who marked
	// passages said of the sentences; nil where no record was read by two of them.
	ByRecord      *Agreement     `json:"by_record,omitempty"`
	BySentence    *Agreement     `json:"by_sentence,omitempty"`
	Disagreements []Disagreement `json:"disagreements,omitempty"` // by record, then by theme in the codebook's order
}

// CoderCount is how much one person coded.
type CoderCount struct {
	Coder       string `json:"coder"`
	Records     int    `json:"records"`     // read
	Codes       int    `json:"codes"`       // themes given, each once for a record
	Passages    int    `json:"passages"`    // marked
	Adjudicated int    `json:"adjudicated"` // themes settled, each once for a record
}

// Agreement compares coders over records or sentences, each theme as a question
// with the answers yes and no.
type Agreement struct {
	Unit   string           `json:"unit"`   // "record" or "sentence"
	Themes []ThemeAgreement `json:"themes"` // in the codebook's order
	// All takes every unit with every theme for one question. Most answers are no, so
	// that it looks better than most themes do.
	All ThemeAgreement `json:"all"`
}

// ThemeAgreement is how far coders agree about one theme.
type ThemeAgreement struct {
	Theme string          `json:"theme,omitzero"` // "" for all together
	Title string          `json:"title,omitzero"`
	Pairs []PairAgreement `json:"pairs"` // every two coders, by name
	Alpha agreement.Alpha `json:"alpha"` // Krippendorff's, of all of them
}

// PairAgreement compares two coders. Kappa.Observed is the share on which they
// agree, Kappa.Confusion counts their answers.
type PairAgreement struct {
	A     string          `json:"a"`
	B     string          `json:"b"`
	Kappa agreement.Kappa `json:"kappa"`
}

// Disagreement is a theme of a record on which those who read it differ.
type Disagreement struct {
	Record record.ID `json:"record"`
	Theme  string    `json:"theme"`
	Yes    []string  `json:"yes"`              // who says that it applies, by name
	No     []string  `json:"no"`               // who says that it does not
	Found  bool      `json:"found,omitzero"`   // the record stands under the theme in this summary
	By     string    `json:"settled,omitzero"` // the adjudicator; "" for a disagreement that is open
}

const (
	says    = "yes"
	saysNot = "no"
)

// coders makes all that is said of persons. It needs the codes as they are now.
func coders(read map[int]*reading, all []source, b book, records []CodedRecord) *Coders {
	out := &Coders{Coders: coderCounts(read, all, b)}
	byRecord, bySentence := newComparison("record", b), newComparison("sentence", b)
	for i := range all {
		r := read[i]
		if r == nil {
			continue
		}
		for t, th := range b.themes {
			for _, c := range r.coders {
				byRecord.add(t, string(all[i].id), c, r.said[c][t])
			}
			if d, ok := r.disagreement(t); ok {
				d.Record, d.Theme = all[i].id, th.Name
				d.Found = slices.Contains(records[i].Themes, th.Name)
				out.Disagreements = append(out.Disagreements, d)
			}
		}
		bySentence.sentences(r, &all[i], b)
	}
	out.ByRecord, out.BySentence = byRecord.result(b), bySentence.result(b)
	return out
}

func coderCounts(read map[int]*reading, all []source, b book) []CoderCount {
	counts := map[string]*CoderCount{}
	at := func(name string) *CoderCount {
		if counts[name] == nil {
			counts[name] = &CoderCount{Coder: name}
		}
		return counts[name]
	}
	for i := range all {
		r := read[i]
		if r == nil {
			continue
		}
		for _, c := range r.coders {
			at(c).Records++
		}
		for t := range b.themes {
			for _, c := range r.own[t] {
				at(c).Codes++
			}
			if by, ok := r.by[t]; ok {
				at(by).Adjudicated++
			}
		}
		for _, m := range r.marks {
			at(m.coder).Passages++
		}
	}
	out := []CoderCount{}
	for _, k := range counts {
		out = append(out, *k)
	}
	slices.SortFunc(out, func(a, b CoderCount) int { return strings.Compare(a.Coder, b.Coder) })
	return out
}

// disagreement is ok where coders differ about a theme.
func (r *reading) disagreement(theme int) (d Disagreement, ok bool) {
	for _, c := range r.coders {
		if r.said[c][theme] {
			d.Yes = append(d.Yes, c)
		} else {
			d.No = append(d.No, c)
		}
	}
	d.By = r.by[theme]
	return d, len(d.Yes) > 0 && len(d.No) > 0
}

// comparison gathers answers by theme.
type comparison struct {
	unit   string
	themes []agreement.Table
	all    agreement.Table
}

func newComparison(unit string, b book) *comparison {
	return &comparison{unit: unit, themes: make([]agreement.Table, len(b.themes))}
}

func (k *comparison) add(theme int, unit, coder string, yes bool) {
	answer := saysNot
	if yes {
		answer = says
	}
	k.themes[theme].Add(unit, coder, answer)
	k.all.Add(fmt.Sprintf("%s %d", unit, theme), coder, answer)
}

// sentences adds the answers of those who marked passages, for every sentence of
// title and abstract.
func (k *comparison) sentences(r *reading, s *source, b book) {
	marked := map[string]map[[3]int]bool{} // by coder: passage, sentence, theme
	for _, c := range r.coders {
		if r.marked[c] {
			marked[c] = map[[3]int]bool{}
		}
	}
	for _, m := range r.marks {
		if marked[m.coder] == nil {
			continue
		}
		for _, p := range s.sentencesOf(m.Span) {
			for t := m.theme; t >= 0; t = b.themes[t].parent {
				marked[m.coder][[3]int{p.passage, p.sentence, t}] = true
			}
		}
	}
	for pi, p := range s.texts {
		if p.field == record.FieldKeywords {
			continue
		}
		for si := range p.sentences {
			for t := range b.themes {
				for c := range marked {
					k.add(t, fmt.Sprintf("%s %d.%d", s.id, pi, si), c, marked[c][[3]int{pi, si, t}])
				}
			}
		}
	}
}

// result is nil where no unit has the answers of two coders.
func (k *comparison) result(b book) *Agreement {
	out := &Agreement{Unit: k.unit, All: compare(&k.all)}
	if out.All.Alpha.N == 0 {
		return nil
	}
	for t, th := range b.themes {
		a := compare(&k.themes[t])
		a.Theme, a.Title = th.Name, th.Title
		out.Themes = append(out.Themes, a)
	}
	return out
}

func compare(t *agreement.Table) ThemeAgreement {
	out := ThemeAgreement{Pairs: []PairAgreement{}, Alpha: t.Alpha()}
	raters := t.Raters()
	for i, a := range raters {
		for _, c := range raters[i+1:] {
			pairs := slices.DeleteFunc(t.Pairs(a, c), func(p agreement.Pair) bool { return p.A == "" || p.B == "" })
			if len(pairs) > 0 {
				out.Pairs = append(out.Pairs, PairAgreement{a, c, agreement.CohenKappa(pairs)})
			}
		}
	}
	return out
}

// String is one line for each theme and pair of coders, and one for all together:
// "Pay, ab and kd: 90 % agreement, kappa 0.78 (95 % CI 0.49 to 1.00) over 20 records".
func (a *Agreement) String() string {
	if a == nil {
		return "no record was read by two coders\n"
	}
	var b strings.Builder
	for _, t := range append(a.Themes[:len(a.Themes):len(a.Themes)], a.All) {
		name := label(t.Title, t.Theme)
		if t.Theme == "" {
			name = "all themes together"
		}
		for _, p := range t.Pairs {
			fmt.Fprintf(&b, "%s, %s and %s: %s\n", name, p.A, p.B, pairWords(p.Kappa, a.unitWords(p.Kappa.N, t.Theme == "")))
		}
		if t.Alpha.Raters > 2 {
			if t.Alpha.Undefined != "" {
				fmt.Fprintf(&b, "%s, %d coders: alpha undefined\n", name, t.Alpha.Raters)
				continue
			}
			fmt.Fprintf(&b, "%s, %d coders: alpha %.2f over %s\n", name, t.Alpha.Raters, t.Alpha.Value, a.unitWords(t.Alpha.N, t.Theme == ""))
		}
	}
	return b.String()
}

// unitWords is "20 records"; of all themes together "80 answers".
func (a *Agreement) unitWords(n int, all bool) string {
	if all {
		return words.Count(n, "answer", "answers")
	}
	return words.Count(n, a.Unit, a.Unit+"s")
}

func pairWords(k agreement.Kappa, over string) string {
	share := fmt.Sprintf("%.0f %% agreement", 100*k.Observed)
	switch {
	case k.Undefined != "":
		return fmt.Sprintf("%s over %s, kappa undefined (%s)", share, over, k.Undefined)
	case k.StandardError == 0:
		return fmt.Sprintf("%s, kappa %.2f over %s", share, k.Value, over)
	}
	return fmt.Sprintf("%s, kappa %.2f (95 %% CI %.2f to %.2f) over %s", share, k.Value, k.Low, k.High, over)
}
