package spill

import (
	"cmp"
	"fmt"
	"slices"
)

// storeBlock is the size of the blocks of a store: finding an item reads one.
const storeBlock = 1 << 12

// Store keeps items on disk and gives back each by its number. Of each block of
// about four kibibytes it remembers where it begins.
type Store struct {
	blocks blocks
	begins []begin
	n      int
}

type begin struct {
	at    int64
	first int // number of its first item
}

// Store makes an empty one.
func (s *Space) Store() (*Store, error) {
	f, err := s.file()
	if err != nil {
		return nil, err
	}
	return &Store{blocks: blocks{to: f, size: storeBlock}}, nil
}

// Append adds an item, which has the number of items before it.
func (s *Store) Append(item []byte) error {
	begun, err := s.blocks.add(item)
	if err != nil {
		return err
	}
	if begun {
		s.begins = append(s.begins, begin{s.blocks.to.size, s.n})
	}
	s.n++
	return nil
}

// Flush brings to the file what was appended; items can be read then.
func (s *Store) Flush() error { return s.blocks.flush() }

// Len is how many items were appended.
func (s *Store) Len() int { return s.n }

// Item reads an item, into buf where there is room, and gives the buffer to be
// used next time. Any number of goroutines may read at once, each with its own
// buffer.
func (s *Store) Item(n int, buf []byte) (item, room []byte, err error) {
	if n < 0 || n >= s.n {
		return nil, buf, fmt.Errorf("spill: item %d of %d", n, s.n)
	}
	i, found := slices.BinarySearchFunc(s.begins, n, func(b begin, n int) int { return cmp.Compare(b.first, n) })
	if !found {
		i--
	}
	items, room, _, err := readBlock(s.blocks.to, s.begins[i].at, storeBlock, buf)
	if err != nil {
		return nil, room, err
	}
	for k := s.begins[i].first; ; k++ {
		item, items, err = cutItem(items)
		if err != nil || k == n {
			return item, room, err
		}
	}
}
