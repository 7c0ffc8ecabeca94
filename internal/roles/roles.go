package roles

// Role is the part that a sentence plays in an abstract.
type Role uint8

// The roles, in the order in which an abstract mostly has them.
const (
	None Role = iota // not told
	Background
	Objective
	Methods
	Results
	Conclusions
)

var names = [...]string{"", "background", "objective", "methods", "results", "conclusions"}

// String gives the role in small letters, "" for None.
func (r Role) String() string {
	if int(r) >= len(names) {
		return ""
	}
	return names[r]
}

// Guess is what is said of one sentence.
type Guess struct {
	Role        Role    // the likeliest; None where nothing can be said
	Probability float64 // that it is the right one, from 0 to 1; 1 where it was known before
	Sure        bool    // likely enough to be used: where it is false, no role should be given
}

// Assign tells the roles of the sentences of one abstract, in their order, by the
// model of this package. known are the roles that are known before, from a heading
// say: they are given back, and help to tell the sentences around them; where the
// list is shorter than that of sentences, or has None, nothing is known. A text in
// another language than English, or with hardly a word in it, gives None. No
// sentence gives nil.
func Assign(sentences []string, known []Role) []Guess {
	m, err := embedded()
	if err != nil {
		m = nil
	}
	return m.Assign(sentences, known)
}

// Assign does what the function Assign does, by this model. A nil model knows only
// what is known before.
func (m *Model) Assign(sentences []string, known []Role) []Guess {
	if len(sentences) == 0 {
		return nil
	}
	out := make([]Guess, len(sentences))
	labels := make([]int, len(sentences))
	for i := range sentences {
		labels[i] = -1
		if i < len(known) && known[i] != None && known[i] <= Conclusions {
			labels[i] = int(known[i]) - 1
			out[i] = Guess{known[i], 1, true}
		}
	}
	if m == nil || !inEnglish(sentences) {
		return out
	}
	scores := m.scores(sentences)
	for i := range scores {
		scores[i] *= float64(m.Sharpness)
	}
	best := m.heat.Best(scores, labels)
	probability := m.marginals(scores, labels)
	for i, y := range best {
		if labels[i] < 0 {
			p := probability[i*Labels+y]
			out[i] = Guess{Role(y + 1), p, p >= float64(m.Sure)}
		}
	}
	return out
}
