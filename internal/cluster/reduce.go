package cluster

import (
	"context"
	"math"
)

// space holds the documents as points. Their first coordinates say the most, so that the first 30 are a coarser view of
// the documents and all of them a finer one.
type space struct {
	points [][]float32
	views  []int       // the number of coordinates of each view, rising; the last has all
	scales [][]float32 // of a point in each view, one over its length there, or 0 where it has none
}

// reduce takes the rows of m to the space of its first singular vectors, by a randomised truncated singular value
// decomposition (Halko, Martinsson and Tropp 2011, SIAM Review 53, algorithms 4.4 and 5.1). Documents that use different
// words for one thing come near each other there (latent semantic analysis: Deerwester, Dumais, Furnas, Landauer and
// Harshman 1990).
func reduce(ctx context.Context, m sparse, views []int, seed uint64) (space, error) {
	n, width := len(m.rows), len(m.terms)
	dimensions := views[len(views)-1]
	sample := min(dimensions+10, n, width)
	signs := generator{seed}
	x := dense(width, sample)
	for _, row := range x {
		for j := range row {
			row[j] = signs.sign()
		}
	}
	// The three large matrices are written over again and again: new ones would be most of what a search holds.
	q, turned := dense(n, sample), dense(sample, n)
	m.times(q, x)
	orthonormalise(q, turned)
	for range powerIterations {
		if err := ctx.Err(); err != nil {
			return space{}, err
		}
		m.transposedTimes(x, q)
		m.times(q, x)
		orthonormalise(q, turned)
	}
	m.transposedTimes(x, q)
	vectors, values := eigen(gram(x, sample))
	return project(q, vectors, values, views), ctx.Err()
}

// powerIterations sharpen the sample; the spectrum of term matrices falls slowly.
const powerIterations = 4

// project makes the coordinates: the sampled basis times the singular vectors and values.
func project(q, vectors [][]float64, values []float64, views []int) space {
	var s space
	for _, v := range views {
		v = min(v, len(values))
		if len(s.views) == 0 || v > s.views[len(s.views)-1] {
			s.views = append(s.views, v)
		}
	}
	width := s.views[len(s.views)-1]
	points, scaling := make([]float32, len(q)*width), make([]float32, len(q)*len(s.views))
	s.points, s.scales = make([][]float32, len(q)), make([][]float32, len(q))
	for i, row := range q {
		point := points[i*width : (i+1)*width : (i+1)*width]
		scales := scaling[i*len(s.views) : (i+1)*len(s.views) : (i+1)*len(s.views)]
		view, square := 0, 0.0
		for k := range point {
			c := inner(row, vectors[k]) * math.Sqrt(max(0, values[k]))
			point[k] = float32(c)
			square += c * c
			if k+1 == s.views[view] {
				if square > 1e-12 {
					scales[view] = float32(1 / math.Sqrt(square))
				}
				view++
			}
		}
		s.points[i], s.scales[i] = point, scales
	}
	return s
}

func dense(rows, columns int) [][]float64 {
	all := make([]float64, rows*columns)
	m := make([][]float64, rows)
	for i := range m {
		m[i] = all[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return m
}

// times makes y the matrix times x.
func (m sparse) times(y, x [][]float64) {
	for i, row := range m.rows {
		clear(y[i])
		for _, e := range row {
			add(y[i], e.value, x[e.column])
		}
	}
}

// transposedTimes makes y the transpose of the matrix times x.
func (m sparse) transposedTimes(y, x [][]float64) {
	for _, row := range y {
		clear(row)
	}
	for i, row := range m.rows {
		for _, e := range row {
			add(y[e.column], e.value, x[i])
		}
	}
}

// add adds a times x to y.
func add(y []float64, a float64, x []float64) {
	x = x[:len(y)]
	for i := range y {
		y[i] += a * x[i]
	}
}

// orthonormalise makes the columns orthonormal (modified Gram-Schmidt); one that depends on those before it becomes
// zero. It works on the transpose t, which it writes over: there a column is one piece of memory.
func orthonormalise(q, t [][]float64) {
	for i, row := range q {
		for j, v := range row {
			t[j][i] = v
		}
	}
	for j, v := range t {
		before := math.Sqrt(inner(v, v))
		for _, u := range t[:j] {
			add(v, -inner(u, v), u)
		}
		length := math.Sqrt(inner(v, v))
		if length <= 1e-10*before || length == 0 {
			clear(v)
			continue
		}
		for i := range v {
			v[i] /= length
		}
	}
	for i, row := range q {
		for j := range row {
			row[j] = t[j][i]
		}
	}
}

func inner(a, b []float64) float64 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float64
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}

// gram is the transpose of b times b.
func gram(b [][]float64, columns int) [][]float64 {
	g := dense(columns, columns)
	for _, row := range b {
		for i, v := range row {
			if v != 0 {
				add(g[i], v, row)
			}
		}
	}
	return g
}

// eigen finds the eigenvectors and eigenvalues of a symmetric matrix, the largest value first, by Jacobi's rotations
// (Golub and Van Loan, Matrix Computations, section 8.5). It writes over a.
func eigen(a [][]float64) (vectors [][]float64, values []float64) {
	n := len(a)
	v := dense(n, n)
	for i := range v {
		v[i][i] = 1
	}
	const sweeps = 30 // quadratic convergence: ten are ample
	for range sweeps {
		if !sweep(a, v) {
			break
		}
	}
	values = make([]float64, n)
	for i := range a {
		values[i] = a[i][i]
	}
	order := descending(values)
	sorted := make([]float64, n)
	for k, i := range order {
		vectors = append(vectors, v[i])
		sorted[k] = values[i]
	}
	return vectors, sorted
}

// sweep turns every pair of axes once; the rows of v are the vectors. It says whether anything was left to turn.
func sweep(a, v [][]float64) bool {
	turned := false
	for p := range a {
		for q := p + 1; q < len(a); q++ {
			if math.Abs(a[p][q]) <= 1e-13*math.Sqrt(math.Abs(a[p][p]*a[q][q])) {
				continue
			}
			turned = true
			theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
			t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
			if theta < 0 {
				t = -t
			}
			c := 1 / math.Sqrt(t*t+1)
			rotate(a, v, p, q, c, t*c)
		}
	}
	return turned
}

func rotate(a, v [][]float64, p, q int, c, s float64) {
	for k := range a {
		x, y := a[k][p], a[k][q]
		a[k][p], a[k][q] = c*x-s*y, s*x+c*y
	}
	for k := range a {
		x, y := a[p][k], a[q][k]
		a[p][k], a[q][k] = c*x-s*y, s*x+c*y
		x, y = v[p][k], v[q][k]
		v[p][k], v[q][k] = c*x-s*y, s*x+c*y
	}
}
