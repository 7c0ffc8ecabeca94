package cluster

import (
	"context"
	"math"
	"slices"
)

// Cells divide many points so that only those near each other need be compared (the inverted file of Jégou, Douze and
// Schmid 2011, IEEE Transactions on Pattern Analysis and Machine Intelligence 33): each point is in the cell of the
// nearest of about √n centres, and is compared with those in its own cell and the cells next to it.
const (
	cellRounds = 4  // of moving the centres to the middle of their cells
	cellProbes = 16 // one in so many cells is next to a cell, its own included
)

// compareCells compares the points of cells next to each other.
func (c *comparison) compareCells(ctx context.Context) error {
	cells, centres, err := c.cells(ctx)
	if err != nil {
		return err
	}
	next := neighbouring(centres)
	for a := range cells {
		if err := ctx.Err(); err != nil {
			return err
		}
		for b := a; b < len(cells); b++ {
			if a != b && !slices.Contains(next[a], b) && !slices.Contains(next[b], a) {
				continue
			}
			for x, i := range cells[a] {
				others := cells[b]
				if a == b {
					others = others[x+1:]
				}
				for _, j := range others {
					c.compare(min(i, j), max(i, j))
				}
			}
		}
	}
	return nil
}

// cells puts each point that has a place into the cell of its nearest centre, by cosine. Centres begin at points taken in
// equal steps and move to the middle of their cells (Lloyd 1982).
func (s space) cells(ctx context.Context) (cells [][]int, centres [][]float32, err error) {
	n, last := len(s.points), len(s.views)-1
	count := int(math.Sqrt(float64(n)))
	for c := range count {
		i := c * n / count
		centres = append(centres, scaled(s.points[i], s.scales[i][last]))
	}
	for round := 0; ; round++ {
		cells = make([][]int, count)
		for i, p := range s.points {
			if i%1024 == 0 && ctx.Err() != nil {
				return nil, nil, ctx.Err()
			}
			if s.scales[i][last] == 0 {
				continue
			}
			best, most := 0, float32(math.Inf(-1))
			for c, centre := range centres {
				if x := inner32(p, centre); x > most {
					best, most = c, x
				}
			}
			cells[best] = append(cells[best], i)
		}
		if round == cellRounds {
			return cells, centres, nil
		}
		for c, members := range cells {
			if len(members) > 0 {
				centres[c] = s.middle(members)
			}
		}
	}
}

// middle is the sum of the directions of some points, at length 1.
func (s space) middle(members []int) []float32 {
	last := len(s.views) - 1
	sum := make([]float32, len(s.points[members[0]]))
	for _, i := range members {
		for k, x := range s.points[i] {
			sum[k] += x * s.scales[i][last]
		}
	}
	square := inner32(sum, sum)
	if square == 0 {
		return sum
	}
	return scaled(sum, float32(1/math.Sqrt(float64(square))))
}

func scaled(p []float32, by float32) []float32 {
	out := make([]float32, len(p))
	for i, x := range p {
		out[i] = x * by
	}
	return out
}

// neighbouring lists, for each centre, those nearest to it, itself included.
func neighbouring(centres [][]float32) [][]int {
	next := make([][]int, len(centres))
	for a := range centres {
		cosines := make([]float64, len(centres))
		for b := range centres {
			cosines[b] = float64(inner32(centres[a], centres[b]))
		}
		next[a] = descending(cosines)[:max(1, (len(centres)+cellProbes-1)/cellProbes)]
	}
	return next
}
