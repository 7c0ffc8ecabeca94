package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ascii maps a byte to what stands for it in a key: letters in lower case,
// digits as they are, and 0 for a separator. Bytes from 0x80 are not looked up.
var ascii = func() (t [utf8.RuneSelf]byte) {
	for c := '0'; c <= '9'; c++ {
		t[c] = byte(c)
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = byte(c), byte(c)
	}
	return t
}()

// Key returns the comparison form of s: compatibility decomposition (NFKD),
// diacritical marks dropped, letters without a decomposition spelt out (ß→ss,
// æ→ae, ø→o, ł→l, …), Greek letters spelt by name (α→alpha), case folded, and
// every run of what is neither letter nor digit turned into one blank, none at
// either end. Invisible format characters (soft hyphen, zero-width ones,
// direction marks) vanish without parting a word.
//
// Marks that carry a sound of their own, as in Indic scripts, Thai and kana,
// stay: without them different words would be one.
//
// Key(Key(s)) == Key(s), and the result is valid UTF-8. A text without letters
// and digits has the key "". A text that is its own key is returned unchanged,
// an ASCII one costs one allocation.
func Key(s string) string {
	plain, isKey := survey(s)
	switch {
	case isKey:
		return s
	case plain:
		return asciiKey(s)
	}
	return string(AppendKey(make([]byte, 0, len(s)+len(s)/8), s))
}

// Words returns the words of Key(s), nil if there are none.
func Words(s string) []string {
	k := Key(s)
	if k == "" {
		return nil
	}
	return strings.Split(k, " ")
}

// AppendKey appends Key(s) to dst and returns the extended buffer. Nothing is
// put between what dst held before and the key.
func AppendKey(dst []byte, s string) []byte {
	b := builder{dst: dst, base: len(dst)}
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i += b.plain(s[i:])
			continue
		}
		i += b.next(s[i:])
	}
	return b.dst
}

// plain folds the ASCII at the beginning of s and returns its length.
func (b *builder) plain(s string) int {
	dst, blank, i := b.dst, b.blank, 0
	for ; i < len(s) && s[i] < utf8.RuneSelf; i++ {
		k := ascii[s[i]&0x7f]
		switch {
		case k == 0:
			blank = true
			continue
		case blank && len(dst) > b.base:
			dst = append(dst, ' ')
		}
		blank = false
		dst = append(dst, k)
	}
	b.dst, b.blank = dst, blank
	return i
}

// survey says whether s is ASCII, and whether it is an ASCII key already.
func survey(s string) (plain, isKey bool) {
	isKey = true
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return false, false
		}
		if ascii[c] != c && (c != ' ' || last == ' ') || c == 0 {
			isKey = false
		}
		last = c
	}
	return true, isKey && (s == "" || last != ' ')
}

// asciiKey is Key for ASCII. It fills the result through a small buffer on the
// stack, so that the result is all that is allocated.
func asciiKey(s string) string {
	var (
		out   strings.Builder
		buf   [256]byte
		n     int
		blank bool
	)
	out.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := ascii[s[i]&0x7f]
		if c == 0 {
			blank = true
			continue
		}
		if n >= len(buf)-1 {
			out.Write(buf[:n])
			n = 0
		}
		if blank && n+out.Len() > 0 {
			buf[n] = ' '
			n++
		}
		blank = false
		buf[n] = c
		n++
	}
	out.Write(buf[:n])
	return out.String()
}

// builder writes a key. A separator is only remembered when it is met, and
// written before the next character, so that none ends the key.
type builder struct {
	dst   []byte
	base  int // where the key begins in dst
	blank bool
}

func (b *builder) sep() {
	if b.blank && len(b.dst) > b.base {
		b.dst = append(b.dst, ' ')
	}
	b.blank = false
}

func (b *builder) ascii(c byte) {
	k := ascii[c]
	if k == 0 {
		b.blank = true
		return
	}
	b.sep()
	b.dst = append(b.dst, k)
}

// next folds the first character of s, which is not ASCII, and returns its
// length in bytes.
func (b *builder) next(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		b.blank = true
		return 1
	}
	if r >= hangulFirst && r <= hangulLast {
		b.hangul(r - hangulFirst)
		return size
	}
	if d := norm.NFKD.PropertiesString(s[:size]).Decomposition(); d != nil {
		for len(d) > 0 {
			dr, n := utf8.DecodeRune(d)
			b.rune(dr)
			d = d[n:]
		}
		return size
	}
	b.rune(r)
	return size
}

// Hangul syllables are decomposed by arithmetic (The Unicode Standard, section 3.12).
const (
	hangulFirst, hangulLast      = 0xAC00, 0xD7A3
	jamoL, jamoV, jamoT          = 0x1100, 0x1161, 0x11A7
	jamoCountT, jamoCountVT rune = 28, 21 * 28
)

func (b *builder) hangul(i rune) {
	b.rune(jamoL + i/jamoCountVT)
	b.rune(jamoV + i%jamoCountVT/jamoCountT)
	if t := i % jamoCountT; t != 0 {
		b.rune(jamoT + t)
	}
}

// rune folds a character that has no further decomposition.
func (b *builder) rune(r rune) {
	if r < utf8.RuneSelf {
		b.ascii(byte(r))
		return
	}
	if spelt, ok := spelling[r]; ok {
		b.sep()
		b.dst = append(b.dst, spelt...)
		return
	}
	switch {
	case ignorable(r):
	case unicode.IsLetter(r) && !apostropheLike(r):
		b.sep()
		b.dst = utf8.AppendRune(b.dst, foldCase(r))
	case unicode.IsNumber(r):
		b.sep()
		b.dst = utf8.AppendRune(b.dst, r)
	case unicode.IsMark(r):
		b.mark(r)
	default:
		b.blank = true
	}
}

// mark writes a mark that is kept, in canonical order: an invisible character
// dropped between two marks must not leave them in an order that a second
// folding would change. A mark that would have to pass more than maxMarks
// others is dropped; no writing has as many on one letter (Unicode's
// Stream-Safe Text Format, UAX #15 section 13, allows 30).
func (b *builder) mark(r rune) {
	b.sep()
	var enc [utf8.UTFMax]byte
	n := utf8.EncodeRune(enc[:], r)
	class := norm.NFKD.Properties(enc[:n]).CCC()
	at := len(b.dst)
	for passed := 0; class > 0 && at > b.base; passed++ {
		_, size := utf8.DecodeLastRune(b.dst[:at])
		if norm.NFKD.Properties(b.dst[at-size:at]).CCC() <= class {
			break
		}
		if passed == maxMarks {
			return
		}
		at -= size
	}
	b.dst = append(b.dst, enc[:n]...)
	copy(b.dst[at+n:], b.dst[at:])
	copy(b.dst[at:], enc[:n])
}

const maxMarks = 30

// foldCase goes by way of the upper case, which brings variants such as the
// Cyrillic ᲀ (upper case В) to one lower case letter.
func foldCase(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }

// ignorable says whether r leaves no trace in a key: diacritical marks and
// invisible format characters.
func ignorable(r rune) bool {
	switch {
	case r >= 0x300 && r <= 0x36F:
		return true
	case r == kanaVoiced, r == kanaHalfVoiced:
		return false
	case unicode.Is(unicode.Mn, r):
		return unicode.In(r, unicode.Inherited, unicode.Latin, unicode.Greek,
			unicode.Cyrillic, unicode.Hebrew, unicode.Arabic, unicode.Syriac)
	}
	return unicode.In(r, unicode.Cf, unicode.Me)
}

// The marks that tell が from か and ぱ from は.
const kanaVoiced, kanaHalfVoiced = 0x3099, 0x309A

// apostropheLike holds for modifier letters that are written where others
// write an apostrophe: Hawaiʻi and Hawai'i have one key.
func apostropheLike(r rune) bool {
	return r >= 0x2B9 && r <= 0x2BF || r == 0x2C8 || r == 0x2EE || r == 0xA78B || r == 0xA78C
}
