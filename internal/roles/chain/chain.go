// Package chain is what a linear-chain conditional random field (Lafferty,
// McCallum and Pereira 2001) knows of a row of labels: which label follows which,
// and how likely each is where the places of the row speak for several.
//
//	scores of each place ──┐
//	                       ├─Marginals─▶ how likely each label is at each place
//	weights of transitions ┘─Best──────▶ the likeliest row
package chain

import "math"

// Weights are the weights of transitions among n labels, in natural logarithms:
// At(a, b) for label b after label a, At(n, b) for label b at the beginning of a
// row, At(a, n) for label a at its end. They must be finite, and are useful
// between -30 and 30.
type Weights struct {
	Labels int
	Values []float32 // row after row, (Labels+1)² of them
}

// New gives weights of 0, by which each row of labels is as likely as any other.
func New(labels int) Weights {
	return Weights{labels, make([]float32, (labels+1)*(labels+1))}
}

// At is the weight of label b after label a; see Weights for beginning and end.
func (w Weights) At(a, b int) float64 { return float64(w.Values[a*(w.Labels+1)+b]) }

// Free is no label: what Marginals is told of a place of which nothing is known.
const Free = -1

// Belief is what Marginals found. Its rows are used again by the next call.
type Belief struct {
	Place []float64 // place after place: how likely each label is there, from 0 to 1
	Step  []float64 // in the order of Weights.Values: how often each transition is expected

	forward, factor, exp []float64
}

// Marginals computes how likely each label is at each place (forward and backward
// sums, scaled at each place). scores holds Labels natural logarithms for each
// place; known is the label of each place or Free, and nil where all are free. A
// row of no place gives an empty belief.
func (w Weights) Marginals(scores []float64, known []int, b *Belief) {
	n, places := w.Labels, len(scores)/max(w.Labels, 1)
	b.Place = cleared(b.Place, len(scores))
	b.Step = cleared(b.Step, len(w.Values))
	if places == 0 {
		return
	}
	b.forward = cleared(b.forward, len(scores))
	b.factor = weighed(b.factor, scores, known, n)
	b.exp = b.exp[:0]
	for _, v := range w.Values {
		b.exp = append(b.exp, math.Exp(float64(v)))
	}
	w.sumForward(b, places)
	w.sumBackward(b, places)
}

// weighed turns the scores of each place into factors of which the greatest is 1,
// and those of labels that are known not to stand there 0.
func weighed(dst, scores []float64, known []int, n int) []float64 {
	dst = cleared(dst, len(scores))
	for at := 0; at < len(scores); at += n {
		label := Free
		if known != nil {
			label = known[at/n]
		}
		if label >= 0 && label < n {
			dst[at+label] = 1
			continue
		}
		row := scores[at : at+n]
		top := row[0]
		for _, s := range row {
			top = max(top, s)
		}
		for y, s := range row {
			dst[at+y] = math.Exp(s - top)
		}
	}
	return dst
}

// sumForward fills forward: how likely each label is by the places up to its own.
func (w Weights) sumForward(b *Belief, places int) {
	n, wide := w.Labels, w.Labels+1
	for t := range places {
		row := b.forward[t*n : t*n+n]
		for y := range row {
			if t == 0 {
				row[y] = b.exp[n*wide+y]
				continue
			}
			for a, p := range b.forward[(t-1)*n : t*n] {
				row[y] += p * b.exp[a*wide+y]
			}
		}
		for y := range row {
			row[y] *= b.factor[t*n+y]
		}
		scale(row)
	}
}

// sumBackward walks from the end, and joins what follows a place to what stands
// before it.
func (w Weights) sumBackward(b *Belief, places int) {
	n, wide := w.Labels, w.Labels+1
	behind := make([]float64, 2*n) // of a place, and of the one after it times its factors
	after := behind[n:]
	behind = behind[:n]
	for y := range behind {
		behind[y] = b.exp[y*wide+n]
	}
	for t := places - 1; t >= 0; t-- {
		row := b.Place[t*n : t*n+n]
		for y := range row {
			row[y] = b.forward[t*n+y] * behind[y]
			after[y] = b.factor[t*n+y] * behind[y]
		}
		scale(row)
		if t == 0 {
			break
		}
		w.expectSteps(b, b.forward[(t-1)*n:t*n], after)
		for a := range behind {
			behind[a] = 0
			for y, v := range after {
				behind[a] += b.exp[a*wide+y] * v
			}
		}
		scale(behind)
	}
	for y := range n {
		b.Step[n*wide+y] = b.Place[y]
		b.Step[y*wide+n] = b.Place[(places-1)*n+y]
	}
}

// expectSteps adds the transitions expected between two places.
func (w Weights) expectSteps(b *Belief, before, after []float64) {
	wide := w.Labels + 1
	total := 0.0
	for a, p := range before {
		for y, v := range after {
			total += p * b.exp[a*wide+y] * v
		}
	}
	if total <= 0 {
		return
	}
	for a, p := range before {
		for y, v := range after {
			b.Step[a*wide+y] += p * b.exp[a*wide+y] * v / total
		}
	}
}

// scale makes a row sum to 1; a row of nothing but 0 becomes even.
func scale(row []float64) {
	sum := 0.0
	for _, v := range row {
		sum += v
	}
	for i := range row {
		if sum > 0 {
			row[i] /= sum
		} else {
			row[i] = 1 / float64(len(row))
		}
	}
}

func cleared(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// Best gives the likeliest row of labels (Viterbi 1967); of equal ones that with
// the smaller label last. scores and known are as for Marginals.
func (w Weights) Best(scores []float64, known []int) []int {
	n, places := w.Labels, len(scores)/max(w.Labels, 1)
	if places == 0 {
		return nil
	}
	from := make([]int32, places*n)
	total, next := make([]float64, n), make([]float64, n)
	for t := range places {
		for y := range n {
			next[y] = w.At(n, y)
			if t > 0 {
				next[y] = math.Inf(-1)
				for a := range n {
					if v := total[a] + w.At(a, y); v > next[y] {
						next[y], from[t*n+y] = v, int32(a)
					}
				}
			}
			next[y] += scores[t*n+y]
			if known != nil && known[t] != Free && known[t] != y {
				next[y] = math.Inf(-1)
			}
		}
		total, next = next, total
	}
	out := make([]int, places)
	last := 0
	for y := range n {
		if total[y]+w.At(y, n) > total[last]+w.At(last, n) {
			last = y
		}
	}
	for t := places - 1; t >= 0; t-- {
		out[t] = last
		last = int(from[t*n+last])
	}
	return out
}
