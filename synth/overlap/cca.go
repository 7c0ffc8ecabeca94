package overlap

import (
	"fmt"
	"math/bits"
)

// Overlap is the corrected covered area of some reviews and the counts it is made from.
type Overlap struct {
	N          int     `json:"N"`          // inclusions: cells that hold 1
	R          int     `json:"r"`          // studies that at least one of the reviews includes
	C          int     `json:"c"`          // reviews
	X          int     `json:"X"`          // structurally missing cells in the rows of these studies
	CCA        float64 `json:"cca"`        // from 0, no study in two reviews, to 1, every study in all that could have it
	Unadjusted float64 `json:"unadjusted"` // the same as if no cell were structurally missing; equals CCA where X is 0

	// Undefined says why there is no CCA; it is empty where there is one. CCA and Unadjusted are then 0 and mean nothing.
	Undefined string `json:"undefined,omitempty"`
}

// Pair is the overlap of two reviews.
type Pair struct {
	A      string `json:"a"`
	B      string `json:"b"`
	Shared int    `json:"shared"` // studies that both include
	Overlap
}

// CCA is the corrected covered area of the whole matrix as a fraction from 0 to 1, adjusted for structurally missing
// cells where there are any. It is 0 where it is undefined; Overall tells the two apart.
func (m *Matrix) CCA() float64 { return m.Overall().CCA }

// Overall is the overlap of all reviews of the matrix.
func (m *Matrix) Overall() Overlap {
	o := Overlap{C: len(m.reviews)}
	for _, row := range m.rows {
		included, missing := count(row)
		if included > 0 {
			o.R++
			o.N += included
			o.X += missing
		}
	}
	return o.corrected()
}

func (o Overlap) corrected() Overlap {
	// 64 bits, because the area of a matrix that fits into memory can pass 31.
	first := int64(o.R)
	area := first*int64(o.C) - first
	possible := area - int64(o.X)
	switch {
	case o.C < 2:
		o.Undefined = "overlap needs two reviews"
	case o.R == 0:
		o.Undefined = "no study is included"
	case possible <= 0:
		o.Undefined = "no study could have been in two reviews"
	default:
		o.CCA = float64(int64(o.N)-first) / float64(possible)
		o.Unadjusted = float64(int64(o.N)-first) / float64(area)
	}
	return o
}

// Pairwise is the overlap of each two reviews, in the order of the matrix: the first with the second, the first with the
// third, and so on. It is empty for fewer than two reviews.
func (m *Matrix) Pairwise() []Pair {
	columns := m.columns()
	var pairs []Pair
	for i := range columns {
		for j := i + 1; j < len(columns); j++ {
			p := Pair{A: m.reviews[i], B: m.reviews[j], Overlap: Overlap{C: 2}}
			p.Shared, p.N, p.R, p.X = columns[i].with(columns[j])
			p.Overlap = p.corrected()
			pairs = append(pairs, p)
		}
	}
	return pairs
}

// column is a review as two sets of studies, 64 to a word: pairs grow with the square of the reviews.
type column struct{ included, missing []uint64 }

func (m *Matrix) columns() []column {
	words := (len(m.rows) + 63) / 64
	columns := make([]column, len(m.reviews))
	for j := range columns {
		columns[j] = column{make([]uint64, words), make([]uint64, words)}
	}
	for i, row := range m.rows {
		bit := uint64(1) << (i % 64)
		for j, c := range row {
			switch c {
			case Included:
				columns[j].included[i/64] |= bit
			case Missing:
				columns[j].missing[i/64] |= bit
			}
		}
	}
	return columns
}

func (a column) with(b column) (shared, n, r, x int) {
	for w := range a.included {
		shared += bits.OnesCount64(a.included[w] & b.included[w])
		r += bits.OnesCount64(a.included[w] | b.included[w])
		x += bits.OnesCount64(a.included[w]&b.missing[w] | b.included[w]&a.missing[w])
	}
	return shared, r + shared, r, x
}

// Band names the degree of overlap of a CCA, a fraction: "slight" up to 5 %, "moderate" up to 10 %, "high" up to 15 % and
// "very high" above (Pieper et al. 2014, whose bands are whole percentages: 0–5, 6–10, 11–15, above 15).
func Band(cca float64) string {
	switch {
	case cca <= 0.05:
		return "slight"
	case cca <= 0.10:
		return "moderate"
	case cca <= 0.15:
		return "high"
	}
	return "very high"
}

// String is the overlap as a report has it: "CCA 11.4 % (high): N = 134 inclusions, r = 66 studies, c = 10 reviews".
func (o Overlap) String() string {
	counts := fmt.Sprintf("N = %d inclusions, r = %d studies, c = %d reviews", o.N, o.R, o.C)
	if o.Undefined != "" {
		return fmt.Sprintf("CCA undefined (%s): %s", o.Undefined, counts)
	}
	s := fmt.Sprintf("CCA %.1f %% (%s): %s", 100*o.CCA, Band(o.CCA), counts)
	if o.X > 0 {
		s += fmt.Sprintf(", X = %d structurally missing (unadjusted %.1f %%)", o.X, 100*o.Unadjusted)
	}
	return s
}

// String is the pair's reviews and their overlap.
func (p Pair) String() string {
	return fmt.Sprintf("%s and %s: %d shared, %s", p.A, p.B, p.Shared, p.Overlap)
}
