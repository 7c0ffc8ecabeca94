package cluster

// generator is splitmix64 (Steele, Lea and Flood 2014): the same numbers from the same seed on every machine.
type generator struct{ state uint64 }

func (g *generator) next() uint64 {
	g.state += 0x9e3779b97f4a7c15
	z := g.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// sign is 1 or -1.
func (g *generator) sign() float64 {
	if g.next()>>63 == 0 {
		return 1
	}
	return -1
}

// permutation is the numbers from 0 to n-1 in random order (Fisher and Yates).
func (g *generator) permutation(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	for i := n - 1; i > 0; i-- {
		j := int(g.next() % uint64(i+1))
		p[i], p[j] = p[j], p[i]
	}
	return p
}
