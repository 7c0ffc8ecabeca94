package spill

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"runtime"
	"slices"
	"sync"
)

// runBlock is the size of the blocks of a sorted run, one of which is in memory
// for each run that is merged.
const runBlock = 1 << 16

// pageSize is by how much the buffer of a sorter grows.
const pageSize = 1 << 18

// Sorter takes items in any order and gives them back in the order of their
// bytes. As many as fit into its memory are sorted at a time and written to a file
// as a run; the runs are merged at the end. What fits as a whole is never written.
type Sorter struct {
	space  *Space
	memory int
	unique bool

	pages   [][]byte
	spare   [][]byte // empty pages to be filled again
	entries []entry
	used    int // bytes of the pages
	file    *file
	runs    []run
	n       int64
}

// entry is an item in the buffer.
type entry struct {
	prefix uint64 // first bytes of the item, which decide most comparisons
	page   uint32
	at     uint32 // of the item's length in its page
}

const entrySize = 16

// run is a sorted part of a file.
type run struct {
	file     *file
	from, to int64
}

// Sorter makes one that takes about so many bytes of memory, 64 KiB at least. If
// it is unique, equal items are given back once.
func (s *Space) Sorter(memory int, unique bool) *Sorter {
	return &Sorter{space: s, memory: max(memory, 1<<16), unique: unique}
}

// Len is how many items were added.
func (x *Sorter) Len() int64 { return x.n }

// Add puts in a copy of an item.
func (x *Sorter) Add(item []byte) error {
	need := binary.MaxVarintLen32 + len(item)
	if len(x.entries) > 0 && x.used+need+(len(x.entries)+1)*entrySize > x.memory {
		if err := x.spill(); err != nil {
			return err
		}
	}
	last := len(x.pages) - 1
	if last < 0 || len(x.pages[last])+need > cap(x.pages[last]) {
		x.pages = append(x.pages, x.page(need))
		last++
	}
	page := x.pages[last]
	x.entries = append(x.entries, entry{prefixOf(item), uint32(last), uint32(len(page))})
	page = binary.AppendUvarint(page, uint64(len(item)))
	x.pages[last] = append(page, item...)
	x.used += need
	x.n++
	return nil
}

func prefixOf(item []byte) uint64 {
	if len(item) >= 8 {
		return binary.BigEndian.Uint64(item)
	}
	var b [8]byte
	copy(b[:], item)
	return binary.BigEndian.Uint64(b[:])
}

// item gives the bytes of an entry.
func (x *Sorter) item(e entry) []byte {
	b := x.pages[e.page][e.at:]
	n, k := binary.Uvarint(b)
	return b[k : k+int(n)]
}

func (x *Sorter) compare(e, f entry) int {
	if e.prefix != f.prefix {
		return cmp.Compare(e.prefix, f.prefix)
	}
	return bytes.Compare(x.item(e), x.item(f))
}

// segments sorts the buffer in as many parts as there are processors.
func (x *Sorter) segments() []source {
	n := max(1, min(runtime.GOMAXPROCS(0), len(x.entries)/4096))
	var wg sync.WaitGroup
	var out []source
	for part := range slices.Chunk(x.entries, max(1, (len(x.entries)+n-1)/n)) {
		wg.Go(func() { slices.SortFunc(part, x.compare) })
		out = append(out, &memorySource{x: x, left: part})
	}
	wg.Wait()
	return out
}

// spill writes the buffer to the file as a run, and empties it.
func (x *Sorter) spill() error {
	if x.file == nil {
		f, err := x.space.file()
		if err != nil {
			return err
		}
		x.file = f
	}
	r, err := writeRun(x.file, x.unique, x.segments())
	if err != nil {
		return err
	}
	x.runs = append(x.runs, r)
	for _, p := range x.pages {
		if cap(p) == pageSize { // not that of a long item
			x.spare = append(x.spare, p[:0])
		}
	}
	x.pages, x.entries, x.used = x.pages[:0], x.entries[:0], 0
	return nil
}

// page gives an empty page with room for need bytes.
func (x *Sorter) page(need int) []byte {
	if need > pageSize {
		return make([]byte, 0, need)
	}
	if n := len(x.spare); n > 0 {
		p := x.spare[n-1]
		x.spare = x.spare[:n-1]
		return p
	}
	return make([]byte, 0, pageSize)
}

// writeRun merges sources behind the end of a file.
func writeRun(f *file, unique bool, from []source) (run, error) {
	r := run{file: f, from: f.size}
	b := blocks{to: f, size: runBlock}
	m, err := newMerge(from, unique)
	if err != nil {
		return r, err
	}
	for {
		item, ok, err := m.next()
		if err != nil {
			return r, err
		}
		if !ok {
			break
		}
		if _, err := b.add(item); err != nil {
			return r, err
		}
	}
	err = b.flush()
	r.to = f.size
	return r, err
}

// fanIn is how many runs are merged at once.
func (x *Sorter) fanIn() int { return max(4, x.memory/(2*runBlock)) }

// Sorted gives the items in order, each valid until the next. Nothing can be
// added any more; what the sorter holds in memory and on disk is freed at the end
// of the loop, however it ends, and there can be no second one. An error ends it;
// it is that of the context if that has ended.
func (x *Sorter) Sorted(ctx context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		defer x.free()
		m, err := x.merge(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		for n := 0; ; n++ {
			if n%4096 == 0 && ctx.Err() != nil {
				yield(nil, ctx.Err())
				return
			}
			item, ok, err := m.next()
			if err != nil {
				yield(nil, err)
				return
			}
			if !ok || !yield(item, nil) {
				return
			}
		}
	}
}

// free drops all that the sorter holds.
func (x *Sorter) free() {
	x.pages, x.spare, x.entries, x.runs = nil, nil, nil, nil
	// The file is only read: what closing it may say does not matter any more.
	_ = x.file.close()
	x.file = nil
}

// merge gets ready to read all runs at once, merging some of them first where
// they are too many.
func (x *Sorter) merge(ctx context.Context) (*merge, error) {
	if len(x.runs) == 0 {
		return newMerge(x.segments(), x.unique)
	}
	if len(x.entries) > 0 {
		if err := x.spill(); err != nil {
			return nil, err
		}
	}
	x.pages, x.spare, x.entries = nil, nil, nil
	for len(x.runs) > x.fanIn() {
		if err := x.mergeRuns(ctx); err != nil {
			return nil, err
		}
	}
	return newMerge(sources(x.runs), x.unique)
}

// mergeRuns makes fewer and longer runs in a new file.
func (x *Sorter) mergeRuns(ctx context.Context) error {
	f, err := x.space.file()
	if err != nil {
		return err
	}
	var longer []run
	for part := range slices.Chunk(x.runs, x.fanIn()) {
		if err := ctx.Err(); err != nil {
			return errors.Join(err, f.close())
		}
		r, err := writeRun(f, x.unique, sources(part))
		if err != nil {
			return errors.Join(err, f.close())
		}
		longer = append(longer, r)
	}
	err = x.file.close()
	x.file, x.runs = f, longer
	return err
}

func sources(runs []run) []source {
	out := make([]source, len(runs))
	for i, r := range runs {
		out[i] = &runSource{run: r}
	}
	return out
}
