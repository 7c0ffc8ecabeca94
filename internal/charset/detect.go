package charset

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// marks are the byte order marks, longest first: that of UTF-32LE begins with
// that of UTF-16LE.
var marks = []struct {
	bytes []byte
	enc   Encoding
}{
	{[]byte{0xFF, 0xFE, 0, 0}, UTF32LE},
	{[]byte{0, 0, 0xFE, 0xFF}, UTF32BE},
	{[]byte{0xEF, 0xBB, 0xBF}, UTF8},
	{[]byte{0xFF, 0xFE}, UTF16LE},
	{[]byte{0xFE, 0xFF}, UTF16BE},
}

// Detect guesses the encoding of a text from its first bytes; whole says that
// they are all there is. A few kilobytes are enough for a good guess. It looks
// for, in this order: a byte order mark; the zero bytes of UTF-16; valid
// UTF-8, of which a character cut off at the end of head is no violation;
// UTF-8 with a few stray bytes; and for single bytes MacRoman, where the
// Windows-1252 reading puts symbols and capitals inside words and the MacRoman
// reading letters, Latin-1, where bytes occur that Windows-1252 leaves
// undefined, else Windows-1252.
//
// sure is false for a guess among single-byte encodings, for UTF-8 with stray
// bytes, and for a head of ASCII that is not the whole. Encodings of East Asia and other
// scripts are not guessed; they are to be asked for by name. An empty head is
// UTF-8.
func Detect(head []byte, whole bool) (enc Encoding, sure bool) {
	for _, m := range marks {
		if bytes.HasPrefix(head, m.bytes) {
			return m.enc, true
		}
	}
	if enc, ok := zeroBytes(head); ok {
		return enc, true
	}
	good, bad := countUTF8(head, whole)
	switch {
	case bad == 0:
		return UTF8, good > 0 || whole
	case good >= strayRatio*bad:
		return UTF8, false
	}
	return guessSingleByte(head), false
}

// strayRatio is how many well-formed multi-byte characters must stand against
// each malformed byte for a text to be called UTF-8. In single-byte text
// well-formed sequences are rare accidents.
const strayRatio = 2

// zeroBytes recognises UTF-16 without a mark: of the byte pairs of a
// bibliographic file, in whatever language, a good part are ASCII (tags,
// digits, blanks, line ends), whose high byte is zero, and U+xx00 is rare.
func zeroBytes(head []byte) (Encoding, bool) {
	pairs := len(head) / 2
	if pairs < 2 {
		return "", false
	}
	var even, odd int
	for i := 0; i+1 < len(head); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	const many, few = 5, 50 // a fifth, a fiftieth
	switch {
	case odd*many > pairs && even*few <= pairs:
		return UTF16LE, true
	case even*many > pairs && odd*few <= pairs:
		return UTF16BE, true
	}
	return "", false
}

// countUTF8 counts the well-formed characters beyond ASCII and the malformed
// bytes.
func countUTF8(head []byte, whole bool) (good, bad int) {
	for i := 0; i < len(head); {
		if head[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(head[i:])
		switch {
		case r != utf8.RuneError || size > 1:
			good++
		case !whole && !utf8.FullRune(head[i:]):
			return good, bad
		default:
			bad++
		}
		i += size
	}
	return good, bad
}

// guessSingleByte tells the single-byte encodings of the West apart.
func guessSingleByte(head []byte) Encoding {
	undefined := 0
	for _, b := range head {
		if b >= utf8.RuneSelf && charmap.Windows1252.DecodeByte(b) == utf8.RuneError {
			undefined++
		}
	}
	mac, win := sense(head, charmap.Macintosh), sense(head, charmap.Windows1252)
	switch {
	case mac > 0 && win < 0:
		return MacRoman
	case undefined > 0:
		return Latin1
	}
	return Windows1252
}

// sense says how much sense the bytes beyond ASCII make in an encoding: the
// sum over them of +1 for a character in a place where writers put it, -1 for
// one where they do not, 0 where there is nothing to say.
func sense(head []byte, cm *charmap.Charmap) int {
	at := func(i int) rune {
		if i < 0 || i >= len(head) {
			return ' '
		}
		return cm.DecodeByte(head[i])
	}
	sum := 0
	for i, b := range head {
		if b >= utf8.RuneSelf {
			sum += fits(at(i-1), at(i), at(i+1))
		}
	}
	return sum
}

// fits judges one character between its neighbours.
func fits(before, r, after rune) int {
	inWord := unicode.IsLetter(before) && unicode.IsLetter(after)
	touches := unicode.IsLetter(before) || unicode.IsLetter(after)
	switch {
	case r == utf8.RuneError, unicode.IsControl(r):
		return -1
	case unicode.IsUpper(r):
		if unicode.IsLower(before) {
			return -1
		}
		return yes(touches)
	case r == 'ª', r == 'º', r == 'ƒ':
		return -yes(inWord)
	case unicode.IsLetter(r):
		return yes(touches)
	case r == '’' && inWord: // one’s, don’t, O’Brien, l’étude
		return yes(strings.ContainsRune("stdmrvl", after) || strings.ContainsRune("ODLdl", before))
	case r == '’':
		return yes(touches)
	case r == '“', r == '‘':
		return either(!unicode.IsLetter(before) && unicode.IsLetter(after), inWord)
	case r == '”':
		return either(!unicode.IsLetter(after) && !unicode.IsSpace(before), inWord)
	case r == '–', r == '—', r == '\u00A0':
		return yes(unicode.IsSpace(before) == unicode.IsSpace(after))
	}
	return -yes(inWord)
}

func yes(is bool) int {
	if is {
		return 1
	}
	return 0
}

func either(good, bad bool) int { return yes(good) - yes(bad) }
