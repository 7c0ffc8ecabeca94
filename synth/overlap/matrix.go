package overlap

import (
	"fmt"
	"strings"
)

// Cell is what a review does with a study.
type Cell uint8

// The three things a cell can say.
const (
	Excluded Cell = iota // the review does not include the study
	Included             // it does
	Missing              // it could not have: structurally missing
)

// String is the cell as a citation matrix has it: "0", "1" or "NA".
func (c Cell) String() string {
	switch c {
	case Included:
		return "1"
	case Missing:
		return "NA"
	}
	return "0"
}

// cells holds, in lower case, all that is understood. An x is not among them: in some matrices it marks an inclusion,
// in others (GROOVE) a structurally missing cell.
var cells = map[string]Cell{
	"1": Included, "1.0": Included, "yes": Included, "y": Included, "true": Included, "✓": Included, "✔": Included,
	"": Excluded, "0": Excluded, "0.0": Excluded, "no": Excluded, "n": Excluded, "false": Excluded, "-": Excluded, "–": Excluded,
	"na": Missing, "n/a": Missing, "#n/a": Missing,
}

// ParseCell reads a cell, whatever its case and the spaces around it. An included study is 1 (or yes, y, true, ✓), one that
// is not is 0, empty, or a dash (or no, n, false), one that the review could not have included is NA (or n/a).
func ParseCell(s string) (Cell, error) {
	c, ok := cells[strings.ToLower(strings.TrimSpace(s))]
	if ok {
		return c, nil
	}
	if strings.EqualFold(strings.TrimSpace(s), "x") {
		return 0, fmt.Errorf("%q can mean included or structurally missing: write 1 or NA", s)
	}
	return 0, fmt.Errorf("%s is not a cell of a citation matrix: write 1 (included), 0 or nothing (not included) or "+
		"NA (structurally missing)", quoted(s))
}

// maxReviews keeps the pairs of reviews, half the square of this, within memory whatever is read.
const maxReviews = 1000

// Matrix is a citation matrix. It is made by New, Read or Parse, and keeps the order of reviews and studies in which they
// were given. Methods that change nothing may be called from several goroutines at once.
type Matrix struct {
	reviews []string
	studies []string
	rows    [][]Cell // by study, then by review
	review  map[string]int
	study   map[string]int

	problems []*Error
}

// New is a matrix of these reviews without a study. White space in names is narrowed to single spaces. It is an error
// if a name is empty or comes twice, or if there are more than 1,000.
func New(reviews ...string) (*Matrix, error) {
	if len(reviews) > maxReviews {
		return nil, fmt.Errorf("%d reviews: a citation matrix holds at most %d", len(reviews), maxReviews)
	}
	m := &Matrix{review: map[string]int{}, study: map[string]int{}}
	for i, name := range reviews {
		name = spaced(name)
		if name == "" {
			return nil, fmt.Errorf("review %d has no name", i+1)
		}
		if first, ok := m.review[name]; ok {
			return nil, fmt.Errorf("reviews %d and %d are both called %s: give them names that tell them apart", first+1, i+1, quoted(name))
		}
		m.review[name] = i
		m.reviews = append(m.reviews, name)
	}
	return m, nil
}

// Set says what the review does with the study; a study not named before becomes a row of the matrix, not included in
// any other review. It is an error if the review is not one of the matrix, the study has no name, or the cell is none
// of the three.
func (m *Matrix) Set(study, review string, c Cell) error {
	column, ok := m.review[spaced(review)]
	if !ok {
		return fmt.Errorf("review %s is not in this citation matrix", quoted(review))
	}
	if c > Missing {
		return fmt.Errorf("cell %d is none of Excluded, Included, Missing", c)
	}
	study = spaced(study)
	if study == "" {
		return fmt.Errorf("a study of review %s has no name", quoted(review))
	}
	row, ok := m.study[study]
	if !ok {
		row = m.add(study, make([]Cell, len(m.reviews)))
	}
	m.rows[row][column] = c
	return nil
}

func (m *Matrix) add(study string, row []Cell) int {
	m.study[study] = len(m.studies)
	m.studies = append(m.studies, study)
	m.rows = append(m.rows, row)
	return len(m.studies) - 1
}

// Reviews are the names of the reviews, the columns.
func (m *Matrix) Reviews() []string { return append([]string(nil), m.reviews...) }

// Studies are the names of the primary studies, the rows, also of those that no review includes.
func (m *Matrix) Studies() []string { return append([]string(nil), m.studies...) }

// Problems are what was odd in the file the matrix was read from and did not keep it from being read: studies whose name
// comes twice. Nil for a matrix made with New.
func (m *Matrix) Problems() []*Error { return append([]*Error(nil), m.problems...) }

// At is what the review does with the study; Excluded where one of them is not in the matrix.
func (m *Matrix) At(study, review string) Cell {
	row, known := m.study[spaced(study)]
	column, ok := m.review[spaced(review)]
	if !known || !ok {
		return Excluded
	}
	return m.rows[row][column]
}

// Unused are the studies that no review includes; no figure counts them.
func (m *Matrix) Unused() []string {
	var names []string
	for i, row := range m.rows {
		if included, _ := count(row); included == 0 {
			names = append(names, m.studies[i])
		}
	}
	return names
}

func count(row []Cell) (included, missing int) {
	for _, c := range row {
		switch c {
		case Included:
			included++
		case Missing:
			missing++
		}
	}
	return included, missing
}

// spaced narrows white space, line breaks of a spreadsheet's heading among them, to single spaces.
func spaced(name string) string { return strings.Join(strings.Fields(name), " ") }

// quoted keeps a message readable whatever stands in the file.
func quoted(s string) string {
	const longest = 60
	if r := []rune(s); len(r) > longest {
		s = string(r[:longest]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
