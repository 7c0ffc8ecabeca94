package pubmed

import "github.com/evidence-go/evidence/record"

// tagRow is a field with what must be known of its tag before the value is looked at.
type tagRow struct {
	field
	begins uint8 // mark of a tag that a record has once and that may stand first in it
}

// beginners are the tags that a record has once and that may stand first in it.
var beginners = []string{"PMID", "OWN", "TI", "BTI"}

// tagTable finds the row of a tag by its four characters as one number.
type tagTable struct {
	keys [256]uint32
	rows [256]*tagRow
}

// packed makes one number of the four characters that a line begins with.
func packed[T string | []byte](line T) uint32 {
	return uint32(line[0]) | uint32(line[1])<<8 | uint32(line[2])<<16 | uint32(line[3])<<24
}

// slot is where the search for a tag begins (multiplicative hashing, Knuth, The
// Art of Computer Programming 3, 6.4).
func slot(key uint32) uint8 { return uint8(key * 0x9E3779B1 >> 24) }

// find returns the row of a padded tag, nil for one that MEDLINE does not have.
func (t *tagTable) find(key uint32) *tagRow {
	for i := slot(key); t.rows[i] != nil; i++ {
		if t.keys[i] == key {
			return t.rows[i]
		}
	}
	return nil
}

// named returns the row of a tag of one to four characters.
func (t *tagTable) named(tag []byte) *tagRow {
	padded := [4]byte{' ', ' ', ' ', ' '}
	if len(tag) == 0 || len(tag) > len(padded) {
		return nil
	}
	copy(padded[:], tag)
	return t.find(packed(padded[:]))
}

// tags holds the rows of all fields.
var tags = func() *tagTable {
	t := &tagTable{}
	for _, f := range fields {
		r := &tagRow{field: f}
		for i, name := range beginners {
			if f.tag == name {
				r.begins = 1 << i
			}
		}
		key := packed(f.tag + "    "[len(f.tag):])
		i := slot(key)
		for t.rows[i] != nil {
			i++
		}
		t.keys[i], t.rows[i] = key, r
	}
	return t
}()

// unknownTag is the row of a tag that MEDLINE does not have.
func unknownTag(tag string) *tagRow {
	return &tagRow{field: field{tag: tag, read: func(b *builder, v string) {
		b.keep(tag, v)
		b.problem(record.CodeUnknownTag, "not a tag of MEDLINE; kept as it is", v)
	}}}
}
