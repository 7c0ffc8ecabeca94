// Package spill sorts and keeps more than fits into memory, with the help of
// temporary files.
//
//	Space ── Sorter:  items in, items out in the order of their bytes
//	      ├─ Entries: keys and numbers in, out in the order of the keys, faster
//	      └─ Store:   items appended, each found again by its number
//
// A [Space] owns the files. They have no name where the system lets a file be
// read that has none, and are gone with the process, however it ends; elsewhere
// Close deletes them. All that is written to them is summed in blocks, so that a
// disk that returns something else is an error and not another result.
package spill
