package xmlscan

// Inline are the elements that are open in the text of a field, such as italics. Their
// tags are no text; what is not ended in order is ended all the same.
type Inline struct {
	open  [][]byte
	below int // how many more are open, deeper than may be
}

// Reset begins a field.
func (l *Inline) Reset() { l.open, l.below = l.open[:0], 0 }

// Begin opens an element, and tells whether it lies deeper than may be.
func (l *Inline) Begin(name []byte, nesting int) (tooDeep bool) {
	if len(l.open) < nesting {
		l.open = append(l.open, name)
		return false
	}
	l.below++
	return true
}

// Any tells whether an element is open.
func (l *Inline) Any() bool { return len(l.open) > 0 }

// Closing says what an end tag in a field ends.
type Closing int

const (
	Inner  Closing = iota // an element in the field
	Field                 // the field
	Around                // a group around it: the end tag of the field is missing
	Stray                 // nothing that is open
)

// End says what an end tag ends in a field of a name. isGroup tells the names of the
// groups around it. crossed is the innermost element that was not ended before, where
// one was not.
func (l *Inline) End(field string, name []byte, isGroup func([]byte) bool) (c Closing, crossed []byte) {
	if l.below > 0 && string(name) != field && !isGroup(name) {
		l.below--
		return Inner, nil
	}
	l.below = 0
	last := len(l.open) - 1
	if last >= 0 {
		crossed = l.open[last]
	}
	const near = 16 // how far out an end tag is looked for
	for i := last; i >= max(0, last+1-near); i-- {
		if string(l.open[i]) != string(name) {
			continue
		}
		l.open = l.open[:i]
		if i == last {
			crossed = nil
		}
		return Inner, crossed
	}
	switch {
	case string(name) == field:
		return Field, crossed
	case isGroup(name):
		return Around, nil
	}
	return Stray, nil
}
