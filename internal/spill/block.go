package spill

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// A block is its length, its checksum, and items, each behind its own length.
const blockHead = 8

// ErrDamaged is what reading returns when a file does not hold what was written.
var ErrDamaged = errors.New("spill: a temporary file does not hold what was written to it")

// castagnoli gives the table of the checksum that processors compute themselves.
func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// writtenAtOnce is how many bytes are written at a time.
const writtenAtOnce = 1 << 17

// blocks writes items to a file, in blocks of about size bytes, small ones several
// at a time.
type blocks struct {
	to    *file
	size  int
	buf   []byte // blocks that are not written, the last of them in the making
	begin int    // of the last one in buf
}

// add puts in an item; it tells whether a block was begun with it.
func (b *blocks) add(item []byte) (begun bool, err error) {
	if len(b.buf) > b.begin+blockHead && len(b.buf)-b.begin+len(item) > b.size {
		b.seal()
		if len(b.buf) >= writtenAtOnce {
			if err := b.flush(); err != nil {
				return false, err
			}
		}
	}
	if begun = len(b.buf) == b.begin; begun {
		b.buf = append(b.buf, make([]byte, blockHead)...)
	}
	b.buf = binary.AppendUvarint(b.buf, uint64(len(item)))
	b.buf = append(b.buf, item...)
	return begun, nil
}

// at is where in the file the block in the making will stand.
func (b *blocks) at() int64 { return b.to.size + int64(b.begin) }

// seal ends the block in the making.
func (b *blocks) seal() {
	if b.begin < len(b.buf) {
		sealBlock(b.buf[b.begin:])
		b.begin = len(b.buf)
	}
}

// flush writes what is not written, the block in the making too.
func (b *blocks) flush() error {
	b.seal()
	if len(b.buf) == 0 {
		return nil
	}
	err := b.to.write(b.buf)
	b.buf, b.begin = b.buf[:0], 0
	return err
}

// sealBlock fills in the head of a block.
func sealBlock(block []byte) {
	items := block[blockHead:]
	binary.LittleEndian.PutUint32(block, uint32(len(items)))
	binary.LittleEndian.PutUint32(block[4:], crc32.Checksum(items, castagnoli()))
}

// readBlock reads the block at a place of the file into buf, or a longer one that
// it gives back, and gives its items and the place behind it. It reads as many
// bytes as a block mostly has at once.
func readBlock(f *file, at int64, mostly int, buf []byte) (items, room []byte, next int64, err error) {
	first := min(int64(mostly+blockHead), f.size-at)
	if first < blockHead {
		return nil, buf, 0, ErrDamaged
	}
	if int64(cap(buf)) < first {
		buf = make([]byte, first)
	}
	buf = buf[:first]
	if err := readAt(f, buf, at); err != nil {
		return nil, buf, 0, err
	}
	sum := binary.LittleEndian.Uint32(buf[4:])
	n := blockHead + int64(binary.LittleEndian.Uint32(buf))
	switch {
	case n > f.size-at:
		return nil, buf, 0, ErrDamaged
	case n > first:
		buf = append(buf, make([]byte, n-first)...)
		if err := readAt(f, buf[first:], at+first); err != nil {
			return nil, buf, 0, err
		}
	}
	if crc32.Checksum(buf[blockHead:n], castagnoli()) != sum {
		return nil, buf, 0, ErrDamaged
	}
	return buf[blockHead:n], buf, at + n, nil
}

func readAt(f *file, p []byte, at int64) error {
	_, err := f.f.ReadAt(p, at)
	switch {
	case err == io.EOF:
		return ErrDamaged
	case err != nil:
		return fmt.Errorf("spill: %w", err)
	}
	return nil
}

// cutItem takes the first of the items of a block.
func cutItem(items []byte) (item, rest []byte, err error) {
	n, k := binary.Uvarint(items)
	if k <= 0 || n > uint64(len(items)-k) {
		return nil, nil, ErrDamaged
	}
	return items[k : k+int(n)], items[k+int(n):], nil
}
