package pubmed

import "strings"

// page holds the values of one record behind one another, so that they take one
// or a few pieces of memory, and none of the markup around them stays with them.
type page struct {
	text strings.Builder
	more int // how large the next piece is

	of, used int // length of the last record, and of the values in it
}

// leastPiece is the size of the smallest piece of memory that is asked for.
const leastPiece = 256

// begin begins the page of a record of so many bytes. It is expected to hold
// about as much text among its markup as the one before; a little less is made
// room for at first, so that not much is made in vain.
func (p *page) begin(length int) {
	expected := length / 4
	if p.of > 0 {
		expected = int(float64(length) * float64(p.used) / float64(p.of))
	}
	p.of, p.used = length, 0
	p.more = expected/8 + leastPiece
	p.text = strings.Builder{}
	p.text.Grow(expected - expected/8)
}

// add puts a value on the page and returns it.
func (p *page) add(value []byte) string {
	at := p.room(len(value))
	p.text.Write(value)
	return p.text.String()[at:]
}

// join puts several values on the page as one.
func (p *page) join(values ...string) string {
	n := 0
	for _, v := range values {
		n += len(v)
	}
	at := p.room(n)
	for _, v := range values {
		p.text.WriteString(v)
	}
	return p.text.String()[at:]
}

// room makes room for n bytes and returns where they begin.
func (p *page) room(n int) int {
	if p.text.Cap()-p.text.Len() < n {
		p.text = strings.Builder{}
		p.text.Grow(max(n, p.more))
	}
	p.used += n
	return p.text.Len()
}
