package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/words"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// theme is a theme of the codebook, or one found in the texts.
type theme struct {
	ID, Title, Definition, Parent string
	Level                         int // of its heading, 3 to 6
	Count                         string
	Claim                         string   // the first one
	Claims                        []string // the others
	Years                         *years
	Tallies                       []tally
	Statements                    []statement
	Evidence                      []evidence
	Records                       []link
	Phrases                       string // telling ones
	Fit                           string // of a found theme, in words
}

type tally struct {
	Axis   string
	Counts []fact
}

// evidence is a quote with the way to its place.
type evidence struct {
	Text, Field string
	Terms       string
	Record      link // the short reference, to the quote's mark or the card
}

// division is a codebook that needs no quotes: designs and further axes.
type division struct {
	Title string
	Rows  []divisionRow
}

type divisionRow struct {
	Title, Definition, Count string
	Level                    int
	Records                  []link
}

func (b *builder) themes() {
	sum := b.in.Summary
	if sum == nil {
		return
	}
	b.p.Notes = sum.Notes
	if sum.Phrasing != nil {
		b.p.Phrased = sum.Phrasing.By
	}
	b.p.Unit = "records"
	if sum.Counts.Grouped {
		b.p.Unit = "studies"
	}
	b.p.Years = yearsOf(sum.Counts.Years)
	for i, t := range sum.Themes {
		b.p.Themes = append(b.p.Themes, b.theme(fmt.Sprintf("theme-%d", i+1), t))
		if t.Depth == 0 && len(t.Records) > 0 && len(t.Claims) > 0 {
			b.p.Highlights = append(b.p.Highlights, t.Claims[0].Text)
		}
	}
	if len(sum.Designs) > 0 {
		b.p.Divisions = append(b.p.Divisions, b.division("Study designs", sum.Designs))
	}
	for _, a := range sum.Axes {
		title := a.Title
		if title == "" {
			title = a.Name
		}
		b.p.Divisions = append(b.p.Divisions, b.division(title, a.Themes))
	}
	for i, t := range sum.Found {
		b.p.Found = append(b.p.Found, theme{
			ID: fmt.Sprintf("found-%d", i+1), Title: t.Name(), Count: words.Number(len(t.Studies)), Years: yearsOf(t.Years), Level: 3,
			Evidence: b.evidence(t.Evidence), Records: b.links(t.Records), Phrases: strings.Join(append(t.Phrases[:len(t.Phrases):len(t.Phrases)], t.Terms...), ", "),
			Fit: fmt.Sprintf("Mean similarity %.2f within, %.2f to the other records; stability %.2f", t.Cohesion, t.Apart, t.Stability),
		})
		b.p.Found[i].Claim, b.p.Found[i].Claims = claims(t.Claims)
		b.p.Found[i].Statements = b.statements(t.Statements, t.Evidence)
	}
	for _, id := range sum.Uncoded {
		b.p.Uncoded = append(b.p.Uncoded, b.to(id))
	}
}

func (b *builder) theme(id string, t synth.ThemeSummary) theme {
	out := theme{ID: id, Title: t.Label(), Definition: t.Definition, Level: 3 + min(max(t.Depth, 0), 3), Count: words.Number(len(t.Studies)),
		Evidence: b.evidence(t.Evidence), Records: b.links(t.Records), Phrases: strings.Join(t.Phrases, ", ")}
	out.Claim, out.Claims = claims(t.Claims)
	out.Statements = b.statements(t.Statements, t.Evidence)
	if t.Parent != "" {
		out.Parent = b.label("theme", t.Parent)
	}
	if len(t.Records) > 0 {
		out.Years = yearsOf(t.Years)
	}
	for _, k := range t.Tallies {
		row := tally{Axis: string(k.Axis)}
		for _, c := range k.Counts {
			if c.Count > 0 {
				title := c.Title
				if title == "" {
					title = c.Name
				}
				row.Counts = append(row.Counts, fact{words.Number(c.Count), title})
			}
		}
		if k.NotStated > 0 {
			row.Counts = append(row.Counts, fact{words.Number(k.NotStated), "not stated"})
		}
		if len(row.Counts) > 0 {
			out.Tallies = append(out.Tallies, row)
		}
	}
	return out
}

func (b *builder) division(title string, themes []synth.ThemeSummary) division {
	d := division{Title: title}
	for _, t := range themes {
		d.Rows = append(d.Rows, divisionRow{t.Label(), t.Definition, words.Number(len(t.Studies)), min(max(t.Depth, 0), 4), b.links(t.Records)})
	}
	return d
}

// claims are the words of the first claim, which counts the whole, and of the others.
func claims(list []synth.Claim) (first string, others []string) {
	for i, c := range list {
		if i == 0 {
			first = c.Text
			continue
		}
		others = append(others, c.Text)
	}
	return first, others
}

// links are short references to records: the newest first, of one year by author;
// those that are not at hand come last.
func (b *builder) links(ids []record.ID) []link {
	ids = slices.Clone(ids)
	slices.SortStableFunc(ids, func(x, y record.ID) int {
		yearX, yearY := b.year(x), b.year(y)
		return cmp.Or(cmp.Compare(yearY, yearX), cmp.Compare(fold.Key(b.shortLink(x).Text), fold.Key(b.shortLink(y).Text)), cmp.Compare(x, y))
	})
	var out []link
	for _, id := range ids {
		out = append(out, b.shortLink(id))
	}
	return out
}

// year is that of a record, 0 where it has none or is not at hand.
func (b *builder) year(id record.ID) int {
	if r := b.byID[id]; r != nil {
		return r.Date.Year
	}
	return b.codes[id].Year
}

func (b *builder) shortLink(id record.ID) link {
	if r := b.byID[id]; r != nil {
		return link{b.carded[id], short(r)}
	}
	return b.to(id)
}

func (b *builder) evidence(quotes []synth.Quote) []evidence {
	var out []evidence
	for _, q := range quotes {
		e := evidence{Text: q.Text, Field: string(q.Field), Terms: strings.Join(q.Terms, ", "), Record: b.shortLink(q.Record)}
		if q.Section != "" {
			e.Field += ", " + strings.ToLower(string(q.Section))
		}
		if mark := b.marks[at(q)]; mark != "" {
			e.Record.To = mark
		}
		out = append(out, e)
	}
	return out
}

// years is a row of bars, one a year.
type years struct {
	Width, Height int
	Base          int // where the bars stand
	Label         string
	Bars          []bar
}

type bar struct {
	Year               int
	X, Y, W, H         int
	Middle             int
	Count              string
	ShowCount, ShowTag bool
	CountY             int
}

// Measures of the bars, in pixels.
const (
	barStep   = 30
	barHeight = 80
	barTop    = 16
	barFoot   = 18
	mostBars  = 150 // years shown one by one; a longer span has an odd year in it
)

// yearsOf draws counts by year; nil for no count. Of a span of more than 150 years
// only those with a count are drawn.
func yearsOf(counts []synth.YearCount) *years {
	if len(counts) > mostBars {
		var some []synth.YearCount
		for _, c := range counts {
			if c.Count > 0 {
				some = append(some, c)
			}
		}
		counts = some
	}
	most := 0
	for _, c := range counts {
		most = max(most, c.Count)
	}
	if most == 0 {
		return nil
	}
	y := &years{Width: barStep * len(counts), Base: barTop + barHeight, Height: barTop + barHeight + barFoot}
	y.Label = fmt.Sprintf("Counts by year from %d to %d", counts[0].Year, counts[len(counts)-1].Year)
	every := 1
	if len(counts) > 14 {
		every = 5
	}
	for i, c := range counts {
		h := 0
		if c.Count > 0 {
			h = max(2, int(int64(barHeight)*int64(c.Count)/int64(most)))
		}
		y.Bars = append(y.Bars, bar{Year: c.Year, X: i*barStep + 3, W: barStep - 6, Y: y.Base - h, H: h, Middle: i*barStep + barStep/2,
			Count: words.Number(c.Count), ShowCount: c.Count > 0, CountY: y.Base - h - 4,
			ShowTag: c.Year%every == 0})
	}
	return y
}

// heat is a cross table whose cells are shaded by their count.
type heat struct {
	ID, Caption, Note string
	Rows              string // the axis
	Heads             []string
	Lines             []heatLine
	Totals            []string
	Gaps              []string
	GapCount          string
	Narrow            bool // many columns: their headings are written upwards
}

type heatLine struct {
	Title string
	Level int
	Cells []heatCell
	Total string
}

type heatCell struct {
	Count string
	Shade int // 0 to 5
}

// crossings shows the tables given, or else themes by every further axis, and
// designs by year where there are no themes.
func (b *builder) crossings() {
	tables := b.in.Tables
	if tables == nil && b.in.Summary != nil {
		tables = usual(b.in.Summary)
	}
	for i, t := range tables {
		if len(t.Rows) == 0 || len(t.Cols) == 0 {
			continue
		}
		b.p.Crossings = append(b.p.Crossings, heatOf(fmt.Sprintf("table-%d", i+1), t))
	}
}

func usual(sum *synth.Summary) []synth.Table {
	rows := synth.ByTheme
	if len(sum.Themes) == 0 {
		rows = synth.ByDesign
	}
	var out []synth.Table
	for _, a := range sum.KnownAxes() {
		if a != rows && (a != synth.ByYear || rows == synth.ByDesign) {
			out = append(out, sum.Table(rows, a))
		}
	}
	return out
}

func heatOf(id string, t synth.Table) heat {
	h := heat{ID: id, Rows: string(t.RowAxis), Caption: capital(string(t.RowAxis)) + " by " + string(t.ColAxis), Note: t.Note}
	for _, c := range t.Cols {
		h.Heads = append(h.Heads, c.Label())
	}
	h.Narrow = len(h.Heads) > 6
	most := 0
	for _, row := range t.Cells {
		for _, c := range row {
			most = max(most, c.Count)
		}
	}
	for r, row := range t.Cells {
		if r >= len(t.Rows) || r >= len(t.RowTotals) {
			break
		}
		l := heatLine{Title: t.Rows[r].Label(), Level: min(max(t.Rows[r].Depth, 0), 4), Total: words.Number(t.RowTotals[r].Count)}
		for _, c := range row {
			l.Cells = append(l.Cells, heatCell{words.Number(c.Count), shade(c.Count, most)})
		}
		h.Lines = append(h.Lines, l)
	}
	for _, c := range t.ColTotals {
		h.Totals = append(h.Totals, words.Number(c.Count))
	}
	h.Totals = append(h.Totals, words.Number(t.Total.Count))
	if t.ColAxis != synth.ByYear && t.RowAxis != synth.ByYear { // a year without a study is no gap in knowledge
		h.Gaps = gapsOf(t.Gaps())
		h.GapCount = words.Number(len(t.Gaps()))
	}
	return h
}

// gapsOf lists the empty cells by row.
func gapsOf(gaps []synth.Gap) []string {
	var out []string
	for i := 0; i < len(gaps); {
		row := gaps[i].Row
		var cols []string
		for ; i < len(gaps) && gaps[i].Row == row; i++ {
			cols = append(cols, gaps[i].Col.Label())
		}
		out = append(out, row.Label()+": "+strings.Join(cols, ", "))
	}
	return out
}

// shade is 0 for no record and 1 to 5 for the rest, by their part of the largest
// count.
func shade(n, most int) int {
	if n <= 0 || most <= 0 {
		return 0
	}
	return min(5, 1+int(int64(n)*5/int64(most+1)))
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// group is one work and the records of it.
type group struct {
	Title   string
	Records []member
}

type member struct{ Title, Place, Why string }

type pair struct {
	Score, Why string
	A, B       member
	LinkA      string
	LinkB      string
}

func (b *builder) duplicates() {
	res := b.in.Result
	if res == nil {
		return
	}
	for _, g := range res.Groups {
		var out group
		for i, r := range g.Records {
			m := memberOf(r)
			if i == 0 {
				out.Title = m.Title
			}
			m.Why = joinedBy(g, r, i)
			out.Records = append(out.Records, m)
		}
		b.p.Groups = append(b.p.Groups, out)
	}
	for _, d := range res.Doubtful {
		b.p.Doubtful = append(b.p.Doubtful, b.pair(strconv.FormatFloat(d.Score, 'f', 2, 64), d.Why, d.A, d.B))
	}
	for _, d := range res.Related {
		why := d.Kind.String()
		if d.Why != "" && d.Why != why {
			why += ": " + d.Why
		}
		b.p.Related = append(b.p.Related, b.pair("", why, d.A, d.B))
	}
}

// joinedBy is why a record belongs to its group: the best of its links to those
// before it.
func joinedBy(g dedupe.Group, r *record.Record, i int) string {
	if i == 0 {
		return ""
	}
	best := -1
	for n, l := range g.Links {
		if (l.A == r || l.B == r) && (best < 0 || l.Score > g.Links[best].Score) {
			best = n
		}
	}
	if best < 0 {
		return ""
	}
	return fmt.Sprintf("%s (%.2f)", g.Links[best].Why, g.Links[best].Score)
}

func (b *builder) pair(score, why string, x, y *record.Record) pair {
	return pair{score, why, memberOf(x), memberOf(y), b.carded[x.ID()], b.carded[y.ID()]}
}

func memberOf(r *record.Record) member {
	title := r.Title
	if title == "" {
		title = "[No title]"
	}
	return member{Title: title, Place: strings.Trim(placeOf(r.Source)+"; "+short(r), "; ")}
}
