package spill

import "bytes"

// source gives sorted items.
type source interface {
	// next gives the next item, valid until the next call, and false when there
	// is none.
	next() ([]byte, bool, error)
}

// memorySource is a sorted part of a sorter's buffer.
type memorySource struct {
	x    *Sorter
	left []entry
}

func (s *memorySource) next() ([]byte, bool, error) {
	if len(s.left) == 0 {
		return nil, false, nil
	}
	item := s.x.item(s.left[0])
	s.left = s.left[1:]
	return item, true, nil
}

// runSource reads a run block by block.
type runSource struct {
	run   run
	buf   []byte
	items []byte // left of the block
}

func (s *runSource) next() ([]byte, bool, error) {
	for len(s.items) == 0 {
		if s.run.from >= s.run.to {
			return nil, false, nil
		}
		items, room, next, err := readBlock(s.run.file, s.run.from, runBlock, s.buf)
		if err != nil {
			return nil, false, err
		}
		s.items, s.buf, s.run.from = items, room, next
	}
	item, rest, err := cutItem(s.items)
	s.items = rest
	return item, err == nil, err
}

// merge gives the items of sorted sources in order. It is a heap of the sources'
// first items.
type merge struct {
	heads  []head
	unique bool
	last   []byte // the item given last, if it must be unique
	given  bool   // there is one
}

type head struct {
	prefix uint64
	item   []byte
	from   source
}

func newMerge(from []source, unique bool) (*merge, error) {
	m := &merge{unique: unique}
	for _, s := range from {
		item, ok, err := s.next()
		if err != nil {
			return nil, err
		}
		if ok {
			m.heads = append(m.heads, head{prefixOf(item), item, s})
		}
	}
	for i := len(m.heads)/2 - 1; i >= 0; i-- {
		m.sink(i)
	}
	return m, nil
}

func (m *merge) less(i, j int) bool {
	a, b := &m.heads[i], &m.heads[j]
	if a.prefix != b.prefix {
		return a.prefix < b.prefix
	}
	return bytes.Compare(a.item, b.item) < 0
}

// sink puts the head at i where it belongs below.
func (m *merge) sink(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(m.heads); child++ {
			if m.less(child, least) {
				least = child
			}
		}
		if least == i {
			return
		}
		m.heads[i], m.heads[least] = m.heads[least], m.heads[i]
		i = least
	}
}

// next gives the next item; the source it came from goes on at the call after.
func (m *merge) next() ([]byte, bool, error) {
	for {
		if m.given {
			if err := m.advance(); err != nil {
				return nil, false, err
			}
		}
		if len(m.heads) == 0 {
			return nil, false, nil
		}
		first := m.given
		m.given = true
		item := m.heads[0].item
		if !m.unique {
			return item, true, nil
		}
		if first && bytes.Equal(item, m.last) {
			continue
		}
		m.last = append(m.last[:0], item...)
		return item, true, nil
	}
}

// advance takes the next item of the source that gave the last one.
func (m *merge) advance() error {
	top := &m.heads[0]
	item, ok, err := top.from.next()
	if err != nil {
		return err
	}
	if ok {
		top.prefix, top.item = prefixOf(item), item
	} else {
		n := len(m.heads) - 1
		m.heads[0] = m.heads[n]
		m.heads = m.heads[:n]
	}
	m.sink(0)
	return nil
}
