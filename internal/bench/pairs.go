package main

import (
	"math/rand/v2"
	"strings"
)

var words = strings.Fields(`adults after among anxiety care chronic clinical community controlled depression effect
	effectiveness evaluation exercise experience health intervention life mental multicentre of outcomes pain patients
	peer pilot primary programme quality randomised recovery review sleep study support systematic the therapy training
	trial with women work`)

var families = strings.Fields(`Almeida Andersson Brown Chen Dimitrov Garcia Haddad Hansen Ivanova Jansen Kim Kowalski
	Lopez Martin Mueller Nguyen Okafor Okonkwo Patel Petersen Peterson Rossi Schmidt Silva Smith Smyth Suzuki Tanaka`)

// titlePairs invents n titles, each beside a variant with a few slips of the
// kind that retyping makes: most comparisons in deduplication are of titles that
// are nearly alike.
func titlePairs(n int) [][2]string {
	r := rand.New(rand.NewPCG(1, 2))
	var pairs [][2]string
	for range n {
		title := some(r, words, 8+r.IntN(10))
		pairs = append(pairs, [2]string{title, slip(r, title, r.IntN(6))})
	}
	return pairs
}

// namePairs invents n pairs of names, half of them of one person.
func namePairs(n int) [][2]string {
	r := rand.New(rand.NewPCG(3, 4))
	var pairs [][2]string
	for i := range n {
		a, b := some(r, families, 2), some(r, families, 2)
		if i%2 == 0 {
			b = slip(r, a, 1)
		}
		pairs = append(pairs, [2]string{a, b})
	}
	return pairs
}

func some(r *rand.Rand, from []string, n int) string {
	var out []string
	for range n {
		out = append(out, from[r.IntN(len(from))])
	}
	return strings.Join(out, " ")
}

// slip leaves out, doubles or replaces a letter, so many times.
func slip(r *rand.Rand, s string, times int) string {
	for range times {
		at := r.IntN(len(s))
		s = s[:at] + []string{"", s[at:at+1] + s[at:at+1], "x"}[r.IntN(3)] + s[at+1:]
	}
	return s
}
