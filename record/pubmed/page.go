package pubmed

import "strings"

// page holds the values of one record behind one another, so that many of them
// take one piece of memory, and none of the markup around them stays with them.
type page struct {
	text strings.Builder // the piece that is being filled
	size int             // of a piece
}

// A piece is this part of the record, and not smaller than the least: most of
// the last one of a record would be made in vain if it were large.
const (
	pieces     = 16
	leastPiece = 256
)

// begin begins the page of a record of so many bytes.
func (p *page) begin(length int) {
	p.text = strings.Builder{}
	p.size = max(leastPiece, length/pieces)
}

// add puts a value on the page and returns it.
func (p *page) add(value []byte) string {
	if !p.fits(len(value)) {
		return string(value)
	}
	at := p.text.Len()
	p.text.Write(value)
	return p.text.String()[at:]
}

// join puts several values on the page as one.
func (p *page) join(values ...string) string {
	n := 0
	for _, v := range values {
		n += len(v)
	}
	if !p.fits(n) {
		return strings.Join(values, "")
	}
	at := p.text.Len()
	for _, v := range values {
		p.text.WriteString(v)
	}
	return p.text.String()[at:]
}

// fits tells whether n bytes go into the piece that is being filled, or into a
// new one; a value that is long beside a piece has memory of its own.
func (p *page) fits(n int) bool {
	if p.text.Cap()-p.text.Len() >= n {
		return true
	}
	if n > p.size/4 {
		return false
	}
	p.text = strings.Builder{}
	p.text.Grow(p.size)
	return true
}
