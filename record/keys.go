package record

import "hash/maphash"

// keySet counts the keys of a file by their hash, up to a limit. It holds eight
// bytes for a key, in a table with open addressing that is at most three quarters
// full, and a count only for those that came again.
type keySet struct {
	seed  maphash.Seed
	slots []uint64 // hashes, 0 in an empty slot; a power of two
	used  int
	again map[uint64]int // of hashes that came twice or more, how often
	limit int
	full  bool // set once, when the limit is met
	done  bool
}

func newKeySet(limit int) keySet { return keySet{seed: maphash.MakeSeed(), limit: limit} }

// add counts a key and returns how often it has come; of keys past the limit that
// are new it says 1.
func (k *keySet) add(key string) int {
	h := max(maphash.String(k.seed, key), 1)
	at, there := k.find(h)
	switch {
	case there && k.again == nil:
		k.again = map[uint64]int{h: 2}
		return 2
	case there:
		n := max(k.again[h], 1) + 1
		k.again[h] = n
		return n
	case k.used >= k.limit:
		k.full, k.done = !k.done, true
		return 1
	}
	if k.used++; 4*k.used > 3*len(k.slots) {
		k.grow()
		at, _ = k.find(h)
	}
	k.slots[at] = h
	return 1
}

// find gives the slot of a hash, or the empty one where it belongs.
func (k *keySet) find(h uint64) (at int, there bool) {
	if len(k.slots) == 0 {
		return 0, false
	}
	mask := len(k.slots) - 1
	for at = int(h) & mask; k.slots[at] != 0; at = (at + 1) & mask {
		if k.slots[at] == h {
			return at, true
		}
	}
	return at, false
}

func (k *keySet) grow() {
	old := k.slots
	k.slots = make([]uint64, max(64, 2*len(old)))
	for _, h := range old {
		if h != 0 {
			at, _ := k.find(h)
			k.slots[at] = h
		}
	}
}
