package fold

import (
	"sort"
	"unicode"
	"unicode/utf8"
)

// Folded is a key that remembers where each of its bytes came from.
type Folded struct {
	Text string // Key of the original

	runs []run // in order, without gaps in Text
}

// run ties a stretch of the key, from text to the next run, to a stretch of
// the original. In a straight run the bytes correspond one to one; in any
// other the stretches correspond only as wholes, as "alpha" does to "α".
type run struct {
	text       int
	start, end int
	straight   bool
}

// Fold returns the key of s with the way back to s.
func Fold(s string) Folded {
	b := builder{dst: make([]byte, 0, len(s)+len(s)/8)}
	var (
		runs  []run
		gapAt int // where the character begins that brought the pending separator
	)
	for i := 0; i < len(s); {
		was, blank, size := len(b.dst), b.blank, 1
		if c := s[i]; c < utf8.RuneSelf {
			b.ascii(c)
		} else {
			size = b.next(s[i:])
		}
		grew := len(b.dst) > was
		switch {
		case !blank && was > 0 && isMark(s[i:i+size]):
			runs = extend(runs, was, i+size)
		case grew && blank && was > 0:
			runs = append(runs, run{was, gapAt, i, false})
			runs = add(runs, run{was + 1, i, i + size, s[i] < utf8.RuneSelf})
		case grew:
			runs = add(runs, run{was, i, i + size, s[i] < utf8.RuneSelf})
		}
		if b.blank && (!blank || grew) {
			gapAt = i
		}
		i += size
	}
	return Folded{Text: string(b.dst), runs: runs}
}

// add appends r, joining it to the run before when both are straight and
// adjacent in the original.
func add(runs []run, r run) []run {
	if n := len(runs); n > 0 && r.straight && runs[n-1].straight && runs[n-1].end == r.start {
		runs[n-1].end = r.end
		return runs
	}
	return append(runs, r)
}

// extend gives a mark, which ends at end in the original, to the character
// before it, whether or not the mark left a trace in the key. text is where
// the key ended before the mark.
func extend(runs []run, text, end int) []run {
	last := &runs[len(runs)-1]
	if last.straight && last.end-last.start > 1 {
		last.end--
		return append(runs, run{text - 1, last.end, end, false})
	}
	last.end, last.straight = end, false
	return runs
}

func isMark(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsMark(r)
}

// Span returns the byte range of the original that the bytes start to end of
// Text came from. A range that cuts through what came from one character
// widens to the whole of it, marks included. An empty range gives an empty
// range; bounds outside Text are moved to its ends.
func (f Folded) Span(start, end int) (int, int) {
	start = min(max(start, 0), len(f.Text))
	end = min(max(end, start), len(f.Text))
	if len(f.runs) == 0 {
		return 0, 0
	}
	if start == len(f.Text) {
		last := f.runs[len(f.runs)-1].end
		return last, last
	}
	from := f.at(start)
	lo := from.start
	if from.straight {
		lo += start - from.text
	}
	if end == start {
		return lo, lo
	}
	to := f.at(end - 1)
	if to.straight {
		return lo, to.start + end - to.text
	}
	return lo, to.end
}

// at returns the run that holds byte i of Text.
func (f Folded) at(i int) run {
	return f.runs[sort.Search(len(f.runs), func(n int) bool { return f.runs[n].text > i })-1]
}
