package synth

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/record"
)

// unit is what is counted: a study and its reports.
type unit struct {
	id      string
	records []int // places in Summary.Records
	year    int   // of the first report that has one, 0 for none
}

// side is an axis with the units that stand under each of its headings.
type side struct {
	heads []Heading // the last is not stated
	of    [][]int   // by unit: its headings, ascending; never empty
}

// counter counts a summary's coded records. It needs nothing but the summary,
// so that what it says can be checked without the texts.
type counter struct {
	sum   *Summary
	units []unit
	of    []int // by record: its unit
	sides map[Axis]*side
	codes map[Axis][][]int // by record: its themes, wider ones included, ascending
	years []int            // those that are listed, ascending
}

// widestRange is the number of years up to which every year is listed; one
// misread year must not make a million rows.
const widestRange = 300

func newCounter(s *Summary) *counter {
	c := &counter{sum: s, of: make([]int, len(s.Records)), sides: map[Axis]*side{}, codes: map[Axis][][]int{}}
	byID := map[string][]int{}
	for i := range s.Records {
		byID[s.Records[i].Study] = append(byID[s.Records[i].Study], i)
	}
	for id, list := range byID {
		u := unit{id: id, records: list}
		for _, i := range list {
			if y := s.Records[i].Year; y != 0 && (u.year == 0 || y < u.year) {
				u.year = y
			}
		}
		c.units = append(c.units, u)
	}
	slices.SortFunc(c.units, func(a, b unit) int { return cmp.Compare(a.id, b.id) })
	for ui, u := range c.units {
		for _, i := range u.records {
			c.of[i] = ui
		}
	}
	c.years = yearsOf(c.units)
	for _, b := range s.Options.books() {
		c.codes[b.axis] = s.numbered(b)
		c.sides[b.axis] = c.codedSide(b)
	}
	c.sides[ByYear] = c.yearSide()
	return c
}

// codesOf gives the names of the themes that a record has on an axis.
func (r *CodedRecord) codesOf(axis Axis) []string {
	switch axis {
	case ByTheme:
		return r.Themes
	case ByDesign:
		if r.Design == "" {
			return nil
		}
		return []string{r.Design}
	}
	for _, a := range r.Axes {
		if ByAxis(a.Axis) == axis {
			return a.Themes
		}
	}
	return nil
}

// numbered gives each record's themes on an axis as places in the book, wider
// themes included; a name that the book does not have is passed over.
func (s *Summary) numbered(b book) [][]int {
	number := map[string]int{}
	for i, th := range b.themes {
		number[th.Name] = i
	}
	out := make([][]int, len(s.Records))
	for i := range s.Records {
		for _, name := range s.Records[i].codesOf(b.axis) {
			n, ok := number[name]
			for ; ok && n >= 0; n = b.themes[n].parent {
				out[i] = append(out[i], n)
			}
		}
		slices.Sort(out[i])
		out[i] = slices.Compact(out[i])
	}
	return out
}

func (c *counter) codedSide(b book) *side {
	s := &side{of: make([][]int, len(c.units))}
	for _, th := range b.themes {
		s.heads = append(s.heads, Heading{Name: th.Name, Title: th.Title, Depth: th.depth})
	}
	s.heads = append(s.heads, Heading{Name: notStated, Title: "not stated", NotStated: true})
	for ui, u := range c.units {
		var reports [][]int
		for _, i := range u.records {
			if list := c.codes[b.axis][i]; len(list) > 0 {
				reports = append(reports, list)
			}
		}
		s.of[ui] = b.ofStudy(reports)
		if len(s.of[ui]) == 0 {
			s.of[ui] = []int{len(s.heads) - 1}
		}
	}
	return s
}

// ofStudy joins the codes of a study's reports. Under an exclusive book the first
// in its order counts, one that yields only where all do.
func (b *book) ofStudy(reports [][]int) []int {
	if len(reports) == 0 {
		return nil
	}
	if b.code.Exclusive {
		return slices.MinFunc(reports, func(x, y []int) int {
			return cmp.Or(cmp.Compare(b.yields(x), b.yields(y)), slices.Compare(x, y))
		})
	}
	out := slices.Concat(reports...)
	slices.Sort(out)
	return slices.Compact(out)
}

func (b *book) yields(list []int) int {
	for _, i := range list {
		if b.themes[i].Yields {
			return 1
		}
	}
	return 0
}

func (c *counter) yearSide() *side {
	s := &side{of: make([][]int, len(c.units))}
	for _, y := range c.years {
		s.heads = append(s.heads, Heading{Name: strconv.Itoa(y)})
	}
	s.heads = append(s.heads, Heading{Name: notStated, Title: "not stated", NotStated: true})
	for ui, u := range c.units {
		at, ok := slices.BinarySearch(c.years, u.year)
		if !ok || u.year == 0 {
			at = len(c.years)
		}
		s.of[ui] = []int{at}
	}
	return s
}

// yearsOf lists every year from the first to the last of some units, or only
// those that occur where that would be too many.
func yearsOf(units []unit) []int {
	var list []int
	for _, u := range units {
		if u.year != 0 {
			list = append(list, u.year)
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	if len(list) == 0 || int64(list[len(list)-1])-int64(list[0]) > widestRange {
		return list
	}
	all := make([]int, 0, list[len(list)-1]-list[0]+1)
	for y := list[0]; y <= list[len(list)-1]; y++ {
		all = append(all, y)
	}
	return all
}

// yearCounts counts some units by year.
func (c *counter) yearCounts(units []int) []YearCount {
	var out []YearCount
	for _, y := range c.years {
		out = append(out, YearCount{Year: y})
	}
	for _, ui := range units {
		y := c.units[ui].year
		if i, ok := slices.BinarySearchFunc(out, y, func(a YearCount, y int) int { return cmp.Compare(a.Year, y) }); ok {
			out[i].Count++
		}
	}
	return out
}

// under lists the units that stand under heading h of an axis.
func (s *side) under(h int) []int {
	var out []int
	for ui, heads := range s.of {
		if slices.Contains(heads, h) {
			out = append(out, ui)
		}
	}
	return out
}

// theme counts one theme of a book: everything of its summary but quotes and
// codings.
func (c *counter) theme(b book, t int) ThemeSummary {
	th := b.themes[t]
	out := ThemeSummary{Name: th.Name, Title: th.Title, Definition: th.Definition, Depth: th.depth}
	if th.parent >= 0 {
		out.Parent = b.themes[th.parent].Name
	}
	for i := range c.sum.Records {
		if slices.Contains(c.codes[b.axis][i], t) {
			out.Records = append(out.Records, c.sum.Records[i].ID)
		}
	}
	units := c.sides[b.axis].under(t)
	for _, ui := range units {
		out.Studies = append(out.Studies, c.units[ui].id)
	}
	out.Years = c.yearCounts(units)
	for _, other := range c.sum.Options.books() {
		if other.axis != b.axis && other.axis != ByTheme {
			out.Tallies = append(out.Tallies, c.tally(other.axis, units))
		}
	}
	out.Claims = c.claims(b, out, units)
	return out
}

func (c *counter) tally(axis Axis, units []int) Tally {
	s := c.sides[axis]
	t := Tally{Axis: axis, Counts: make([]Count, len(s.heads)-1)}
	for i := range t.Counts {
		t.Counts[i] = Count{Name: s.heads[i].Name, Title: s.heads[i].Title}
	}
	for _, ui := range units {
		for _, h := range s.of[ui] {
			if h == len(t.Counts) {
				t.NotStated++
				continue
			}
			t.Counts[h].Count++
		}
	}
	return t
}

// claims says a theme in numbers: how many of all, from when to when, and for
// the themes of the main codebook how many of each design.
func (c *counter) claims(b book, t ThemeSummary, units []int) []Claim {
	out := []Claim{c.claim(t.Label(), units, len(c.units), t.Records)}
	if b.axis != ByTheme {
		return out
	}
	design := c.sides[ByDesign]
	for h, head := range design.heads {
		var in []int
		for _, ui := range units {
			if slices.Contains(design.of[ui], h) {
				in = append(in, ui)
			}
		}
		if len(in) > 0 {
			out = append(out, c.claim(t.Label()+", "+lowerFirst(label(head.Title, head.Name)), in, len(units), t.Records))
		}
	}
	return out
}

// claim writes "NAME: 5 of 14 studies (2009–2021)" about some units and those
// of the records that report them.
func (c *counter) claim(name string, units []int, of int, records []record.ID) Claim {
	k := Claim{Count: len(units), Of: of}
	first, last := 0, 0
	counted := map[string]bool{}
	for _, ui := range units {
		counted[c.units[ui].id] = true
		if y := c.units[ui].year; y != 0 {
			if first == 0 || y < first {
				first = y
			}
			last = max(last, y)
		}
	}
	for _, id := range records {
		if i, ok := c.sum.find(id); ok && counted[c.sum.Records[i].Study] {
			k.Records = append(k.Records, id)
		}
	}
	slices.Sort(k.Records)
	k.Text = fmt.Sprintf("%s: %d of %d %s", name, k.Count, of, c.sum.Counts.noun(of))
	switch {
	case first != 0 && first == last:
		k.Text += fmt.Sprintf(" (%d)", first)
	case first != 0:
		k.Text += fmt.Sprintf(" (%d–%d)", first, last)
	}
	return k
}

// find looks a record up by ID; Summary.Records is sorted.
func (s *Summary) find(id record.ID) (int, bool) {
	return slices.BinarySearchFunc(s.Records, id, func(r CodedRecord, id record.ID) int { return cmp.Compare(r.ID, id) })
}

// noun is what n of the things counted are called.
func (c Counts) noun(n int) string {
	switch {
	case c.Grouped && n == 1:
		return "study"
	case c.Grouped:
		return "studies"
	case n == 1:
		return "record"
	}
	return "records"
}

// lowerFirst makes the first letter small where the second is.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[n:])
	if !unicode.IsLower(second) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}
