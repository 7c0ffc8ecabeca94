package spill

import (
	"fmt"
	"iter"
)

// Store keeps items on disk and gives back each by its number. Of each of its
// blocks it remembers where it begins.
type Store struct {
	blocks blocks
	begins []begin
	coarse []int32 // of every stride-th item: the number of its block
	n      int
}

type begin struct {
	at    int64
	first int // number of its first item
}

// stride is for how many items the block is remembered once.
const stride = 32

// Store makes an empty one with blocks of about so many bytes: finding an item
// reads one.
func (s *Space) Store(block int) (*Store, error) {
	f, err := s.file()
	if err != nil {
		return nil, err
	}
	return &Store{blocks: blocks{to: f, size: block}}, nil
}

// Append adds an item, which has the number of items before it.
func (s *Store) Append(item []byte) error {
	begun, err := s.blocks.add(item)
	if err != nil {
		return err
	}
	if begun {
		s.begins = append(s.begins, begin{s.blocks.at(), s.n})
	}
	if s.n%stride == 0 {
		s.coarse = append(s.coarse, int32(len(s.begins)-1))
	}
	s.n++
	return nil
}

// Flush brings to the file what was appended; items can be read then.
func (s *Store) Flush() error { return s.blocks.flush() }

// Len is how many items were appended.
func (s *Store) Len() int { return s.n }

// blockOf gives the number of the block that an item is in.
func (s *Store) blockOf(n int) int {
	i := int(s.coarse[n/stride])
	for i+1 < len(s.begins) && s.begins[i+1].first <= n {
		i++
	}
	return i
}

// Items gives the items from one number up to before another, in order, each valid
// until the next. An error ends it.
func (s *Store) Items(from, to int) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		r := s.Reader()
		for n := from; n < to; n++ {
			item, err := r.Item(n)
			if !yield(item, err) || err != nil {
				return
			}
		}
	}
}

// Reader reads items of a store, and keeps the blocks that it read last. Any number
// of readers may read at once, each in one goroutine.
type Reader struct {
	store *Store
	kept  [8]keptBlock
}

// keptBlock is a block in memory, and how far its items were gone through.
type keptBlock struct {
	block       int // counted from 1, 0 for none
	items, room []byte
	next        int    // number of the first item of left
	left        []byte // items
}

// Reader makes one.
func (s *Store) Reader() *Reader { return &Reader{store: s} }

// Item reads an item, which is valid until the next call.
func (r *Reader) Item(n int) ([]byte, error) {
	s := r.store
	if n < 0 || n >= s.n {
		return nil, fmt.Errorf("spill: item %d of %d", n, s.n)
	}
	i := s.blockOf(n)
	k := &r.kept[i%len(r.kept)]
	if k.block != i+1 {
		items, room, _, err := readBlock(s.blocks.to, s.begins[i].at, s.blocks.size, k.room)
		*k = keptBlock{items: items, room: room}
		if err != nil {
			return nil, err
		}
		k.block, k.left, k.next = i+1, items, s.begins[i].first
	}
	if n < k.next {
		k.left, k.next = k.items, s.begins[i].first
	}
	for {
		item, left, err := cutItem(k.left)
		if err != nil {
			return nil, err
		}
		k.left, k.next = left, k.next+1
		if k.next > n {
			return item, nil
		}
	}
}
