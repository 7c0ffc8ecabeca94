package dedupe

import "slices"

// postings finds the records that have a key: pairs of a key's hash and a
// record's number, in a few sorted runs. A run is joined with the one before it
// as soon as it is nearly as long, so that there are never more runs than a
// logarithm of the pairs, and a pair takes twelve bytes.
type postings struct {
	runs []postingRun
}

// postingRun is sorted by hash, then number.
type postingRun struct {
	hashes  []uint64
	numbers []int32
}

// add puts in pairs, each once; it changes the order of pairs.
func (p *postings) add(pairs []posting) {
	if len(pairs) == 0 {
		return
	}
	slices.SortFunc(pairs, posting.compare)
	pairs = slices.Compact(pairs)
	run := postingRun{make([]uint64, len(pairs)), make([]int32, len(pairs))}
	for i, x := range pairs {
		run.hashes[i], run.numbers[i] = x.hash, x.number
	}
	const nearly = 2
	for n := len(p.runs); n > 0 && len(p.runs[n-1].hashes) < nearly*len(run.hashes); n-- {
		run = p.runs[n-1].merge(run)
		p.runs = p.runs[:n-1]
	}
	p.runs = append(p.runs, run)
}

// posting is a key's hash and the number of a record that has the key.
type posting struct {
	hash   uint64
	number int32
}

func (x posting) compare(y posting) int {
	switch {
	case x.hash < y.hash || x.hash == y.hash && x.number < y.number:
		return -1
	case x == y:
		return 0
	}
	return 1
}

func (r postingRun) merge(q postingRun) postingRun {
	n := len(r.hashes) + len(q.hashes)
	out := postingRun{make([]uint64, 0, n), make([]int32, 0, n)}
	i, j := 0, 0
	for i < len(r.hashes) && j < len(q.hashes) {
		if r.at(i).compare(q.at(j)) <= 0 {
			out.hashes, out.numbers = append(out.hashes, r.hashes[i]), append(out.numbers, r.numbers[i])
			i++
		} else {
			out.hashes, out.numbers = append(out.hashes, q.hashes[j]), append(out.numbers, q.numbers[j])
			j++
		}
	}
	out.hashes = append(append(out.hashes, r.hashes[i:]...), q.hashes[j:]...)
	out.numbers = append(append(out.numbers, r.numbers[i:]...), q.numbers[j:]...)
	return out
}

func (r postingRun) at(i int) posting { return posting{r.hashes[i], r.numbers[i]} }

// with appends the numbers of the records that have the key, each once, in order.
func (p *postings) with(hash uint64, numbers []int32) []int32 {
	from := len(numbers)
	for _, r := range p.runs {
		i, _ := slices.BinarySearch(r.hashes, hash)
		for ; i < len(r.hashes) && r.hashes[i] == hash; i++ {
			numbers = append(numbers, r.numbers[i])
		}
	}
	slices.Sort(numbers[from:])
	return numbers[:from+len(slices.Compact(numbers[from:]))]
}

// renumber gives the records new numbers, in the same order, and drops the
// pairs of those whose new number is negative.
func (p *postings) renumber(to []int32) {
	var all postingRun
	for _, r := range p.runs {
		n := 0
		for i := range r.hashes {
			if k := to[r.numbers[i]]; k >= 0 {
				r.hashes[n], r.numbers[n] = r.hashes[i], k
				n++
			}
		}
		all = all.merge(postingRun{r.hashes[:n], r.numbers[:n]})
	}
	p.runs = nil
	if len(all.hashes) > 0 {
		p.runs = []postingRun{all}
	}
}
