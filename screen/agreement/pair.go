package agreement

// Pair is what two raters said of one unit. An empty label means that this rater did not rate it.
type Pair struct {
	Unit string `json:"unit"` // the name of what was rated, usually a record's ID; for people, not used in any figure
	A    string `json:"a"`
	B    string `json:"b"`
}

// Percent is the share of pairs, from 0 to 1, in which both raters gave the same label, and the number of pairs it is
// taken over: those in which both gave one. The share is 0 where that number is 0.
func Percent(pairs []Pair) (share float64, n int) {
	same := 0
	for _, p := range pairs {
		if p.A == "" || p.B == "" {
			continue
		}
		n++
		if p.A == p.B {
			same++
		}
	}
	if n == 0 {
		return 0, 0
	}
	return float64(same) / float64(n), n
}
