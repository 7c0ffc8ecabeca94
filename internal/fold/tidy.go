package fold

// Most text of most records is plain: printable ASCII with single blanks. The
// functions here tell so eight bytes at a time, for callers that then leave out
// every slower look at it.

// low and high have one bit in each byte of a word.
const (
	low  = 0x0101010101010101
	high = 0x8080808080808080
)

// word reads the first eight bytes of s, the first as the lowest. The compiler
// makes one load of it where it knows that there are eight: callers shorten s
// rather than count along it.
func word[T string | []byte](s T) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// odd has the high bit of each byte that is not printable ASCII, which is 0x20
// to 0x7e. Bytes over 0x7f are exact, and below them the lowest bit set is.
func odd(w uint64) uint64 {
	control := (w - 0x20*low) &^ w // below 0x20: it borrows
	del := w + low                 // 0x7f: it carries into the high bit
	return (w | control | del) & high
}

// blanks has the high bit of each byte that is a blank, and no other.
func blanks(w uint64) uint64 {
	v := w ^ 0x20*low
	return ^((v&^high + 0x7f*low) | v) & high
}

// Printable tells whether all of s is printable ASCII: blank to tilde, neither
// tabs nor line ends among them. Of the empty text it is true.
func Printable[T string | []byte](s T) bool {
	for ; len(s) >= 8; s = s[8:] {
		if odd(word(s)) != 0 {
			return false
		}
	}
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Tidy tells whether s is printable ASCII with no blank at either end and no two
// together: text that Space, NFC and the removal of control characters return as
// it is. Of the empty text it is true.
func Tidy[T string | []byte](s T) bool {
	return len(s) == 0 || s[len(s)-1] != ' ' && TidyLen(s) == len(s)
}

// TidyLen is how far s is sure to be printable ASCII with no blank at its start
// and no two together: len(s) where all of it is, else at most seven bytes less
// than that. A text of many values behind one another is looked through with it
// once, and only the value around the place where it stops is looked at again.
func TidyLen[T string | []byte](s T) int {
	if len(s) < 9 {
		return tidyLenShort(s)
	}
	if s[0] == ' ' {
		return 0
	}
	rest := s
	for ; len(rest) > 8; rest = rest[8:] {
		if strange(word(rest), word(rest[1:]))&high != 0 {
			return len(s) - len(rest)
		}
	}
	// What is left, with as much before it as makes nine.
	last := s[len(s)-9:]
	if (strange(word(last), word(last[1:]))|odd(word(last[1:])))&high != 0 {
		return len(s) - len(rest)
	}
	return len(s)
}

func tidyLenShort[T string | []byte](s T) int {
	blank := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && blank {
			return i
		}
		blank = c == ' '
	}
	return len(s)
}

// strange has a high bit set if not all bytes of a word are printable ASCII or
// one of them and the one behind it are blanks; next is the word one byte on.
func strange(w, next uint64) uint64 {
	const blank = (0x7f - ' ') * low // a printable byte that is added to it passes 0x7f, a blank does not
	pair := ^((w + blank) | (next + blank))
	return (w - ' '*low) | (w + low) | w | pair
}
