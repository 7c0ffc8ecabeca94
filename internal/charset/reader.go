package charset

import (
	"bytes"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// blockSize is how much is read from the source at once.
const blockSize = 64 << 10

// Reader reads text of one encoding as UTF-8. It never yields invalid UTF-8,
// nor a byte order mark at the beginning.
type Reader struct {
	src      io.Reader
	decode   decoder
	fallback *charmap.Charmap

	in     []byte // read from src; in[pos:] is not decoded yet
	pos    int
	offset int64 // of in[0] in the source
	out    []byte
	ready  []byte // decoded and not handed out yet: part of in or of out
	err    error  // what ended src, io.EOF included
	begun  bool   // the place of a byte order mark has been passed

	replaced int64
	first    int64
}

// decoder decodes what it can of in[pos:], sets ready, and moves pos on. With
// last set it must use everything up, otherwise it may leave the beginning of
// a character. It makes progress whenever a whole character is there.
type decoder func(r *Reader, last bool)

// NewReader returns a reader of the text of src, which is encoded as enc: one
// of the constants or what ByName returned. An encoding not known here is read as UTF-8.
func NewReader(src io.Reader, enc Encoding) *Reader {
	return NewReaderFallback(src, enc, "")
}

// NewReaderFallback is NewReader for UTF-8 in which bytes of another encoding
// may stray, as in exports pasted together from several sources: each byte
// that cannot be UTF-8 is read in fallback, which must be an encoding of one
// byte a character. Such bytes count as replaced all the same. A fallback is of
// no effect with an encoding other than UTF-8.
func NewReaderFallback(src io.Reader, enc, fallback Encoding) *Reader {
	return &Reader{src: src, decode: decoderOf(enc), fallback: singleByte[fallback], first: -1}
}

func decoderOf(enc Encoding) decoder {
	if cm := singleByte[enc]; cm != nil {
		return decodeSingle(cm)
	}
	if e := multiByte[enc]; e != nil {
		return decodeMulti(e)
	}
	switch enc {
	case UTF16:
		return decodeMarked16
	case UTF16LE:
		return decode16(false)
	case UTF16BE:
		return decode16(true)
	case UTF32LE:
		return decode32(false)
	case UTF32BE:
		return decode32(true)
	}
	return decodeUTF8
}

// Replaced returns how many malformed sequences have been replaced so far,
// by U+FFFD or in the fallback encoding.
func (r *Reader) Replaced() int64 { return r.replaced }

// FirstReplaced returns the offset in the source, in bytes from 0, of the
// first malformed sequence met so far, and -1 if there was none.
func (r *Reader) FirstReplaced() int64 { return r.first }

// Read implements io.Reader. Errors of the source come after everything that
// was read before them.
func (r *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(r.ready) == 0 {
		if r.err != nil && r.pos == len(r.in) {
			return 0, r.err
		}
		if r.err == nil {
			r.fill()
		}
		r.decode(r, r.err != nil)
		r.dropMark()
	}
	n := copy(p, r.ready)
	r.ready = r.ready[n:]
	return n, nil
}

// fill moves what is left to the front and reads more behind it.
func (r *Reader) fill() {
	if r.in == nil {
		r.in = make([]byte, 0, blockSize)
	}
	left := copy(r.in[:cap(r.in)], r.in[r.pos:])
	r.offset += int64(r.pos)
	r.pos = 0
	r.in = r.in[:left]
	const patience = 100 // as bufio: empty reads before giving up
	for range patience {
		n, err := r.src.Read(r.in[left:cap(r.in)])
		if n < 0 || n > cap(r.in)-left {
			n, err = 0, io.ErrNoProgress
		}
		r.in = r.in[:left+n]
		if err != nil {
			r.err = err
			return
		}
		if n > 0 {
			return
		}
	}
	r.err = io.ErrNoProgress
}

// dropMark takes a byte order mark off the beginning of the text.
func (r *Reader) dropMark() {
	if r.begun || len(r.ready) == 0 {
		return
	}
	r.begun = true
	r.ready = bytes.TrimPrefix(r.ready, []byte("\uFEFF"))
}

// replace notes that the n-th byte of in begins a malformed sequence.
func (r *Reader) replace(n int) {
	if r.first < 0 {
		r.first = r.offset + int64(n)
	}
	r.replaced++
}

// decodeUTF8 hands valid text out without copying it, and only text with
// malformed bytes by way of out.
func decodeUTF8(r *Reader, last bool) {
	src := r.in[r.pos:]
	if !last {
		src = src[:len(src)-cut(src)]
	}
	if utf8.Valid(src) {
		r.ready = src
		r.pos += len(src)
		return
	}
	out := r.out[:0]
	done := 0
	for i := 0; i < len(src); {
		if src[i] < utf8.RuneSelf {
			i++
			continue
		}
		c, size := utf8.DecodeRune(src[i:])
		if c == utf8.RuneError && size == 1 {
			out = append(out, src[done:i]...)
			out = utf8.AppendRune(out, r.stray(src[i]))
			r.replace(r.pos + i)
			done = i + 1
		}
		i += size
	}
	r.out = append(out, src[done:]...)
	r.ready = r.out
	r.pos += len(src)
}

// stray reads a byte that is not UTF-8.
func (r *Reader) stray(b byte) rune {
	if r.fallback == nil {
		return utf8.RuneError
	}
	return r.fallback.DecodeByte(b)
}

// cut returns how many bytes at the end of src begin a character that is not
// complete there.
func cut(src []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(src); n++ {
		if tail := src[len(src)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}

func decodeSingle(cm *charmap.Charmap) decoder {
	return func(r *Reader, _ bool) {
		out := r.out[:0]
		for i, b := range r.in[r.pos:] {
			if b < utf8.RuneSelf {
				out = append(out, b)
				continue
			}
			c := cm.DecodeByte(b)
			if c == utf8.RuneError {
				r.replace(r.pos + i)
			}
			out = utf8.AppendRune(out, c)
		}
		r.out, r.ready, r.pos = out, out, len(r.in)
	}
}

// decodeMulti goes character by character, which costs little beside the
// table look-ups and tells where a malformed one is. None of the encodings it
// is used for carries a state from one character to the next, and all have
// ASCII in its place.
func decodeMulti(e encoding.Encoding) decoder {
	tr := e.NewDecoder().Transformer
	one := make([]byte, 16) // room for what one character decodes to
	return func(r *Reader, last bool) {
		out := r.out[:0]
		i := r.pos
		for i < len(r.in) {
			if r.in[i] < utf8.RuneSelf {
				out = append(out, r.in[i])
				i++
				continue
			}
			nDst, nSrc := character(tr, one, r.in[i:], last)
			if nSrc == 0 {
				break
			}
			if bytes.Equal(one[:nDst], []byte("\uFFFD")) {
				r.replace(i)
			}
			out = append(out, one[:nDst]...)
			i += nSrc
		}
		r.out, r.ready, r.pos = out, out, i
	}
}

// character decodes the first character of src, and returns 0, 0 when it is
// cut off and more may come.
func character(tr transform.Transformer, dst, src []byte, last bool) (nDst, nSrc int) {
	const longest = 4
	for n := 1; n <= min(longest, len(src)); n++ {
		nDst, nSrc, _ = tr.Transform(dst, src[:n], false)
		if nSrc > 0 {
			return nDst, nSrc
		}
	}
	if !last && len(src) < longest {
		return 0, 0
	}
	return copy(dst, "\uFFFD"), 1
}

// decodeMarked16 waits for the first two bytes to learn the byte order.
func decodeMarked16(r *Reader, last bool) {
	if len(r.in) < 2 && !last {
		return
	}
	r.decode = decode16(bytes.HasPrefix(r.in, []byte{0xFE, 0xFF}))
	r.decode(r, last)
}

func decode16(big bool) decoder {
	low, high := 0, 1
	if big {
		low, high = 1, 0
	}
	return func(r *Reader, last bool) {
		out := r.out[:0]
		src := r.in
		i := r.pos
		unit := func(i int) rune { return rune(src[i+high])<<8 | rune(src[i+low]) }
		for ; i+2 <= len(src); i += 2 {
			c := unit(i)
			if utf16.IsSurrogate(c) {
				if i+4 > len(src) && !last {
					break
				}
				pair := rune(utf8.RuneError)
				if i+4 <= len(src) {
					pair = utf16.DecodeRune(c, unit(i+2))
				}
				if c = pair; c == utf8.RuneError {
					r.replace(i)
				} else {
					i += 2
				}
			}
			out = utf8.AppendRune(out, c)
		}
		r.finish(out, i, last)
	}
}

func decode32(big bool) decoder {
	shift := [4]int{0, 8, 16, 24}
	if big {
		shift = [4]int{24, 16, 8, 0}
	}
	return func(r *Reader, last bool) {
		out := r.out[:0]
		src := r.in
		i := r.pos
		for ; i+4 <= len(src); i += 4 {
			var u uint32
			for k, s := range shift {
				u |= uint32(src[i+k]) << s
			}
			c := rune(utf8.RuneError)
			if u <= utf8.MaxRune && utf8.ValidRune(rune(u)) {
				c = rune(u)
			} else {
				r.replace(i)
			}
			out = utf8.AppendRune(out, c)
		}
		r.finish(out, i, last)
	}
}

// finish ends a step of a wide encoding; bytes too few for a unit at the end
// of the text are one malformed sequence.
func (r *Reader) finish(out []byte, i int, last bool) {
	if last && i < len(r.in) {
		r.replace(i)
		out = utf8.AppendRune(out, utf8.RuneError)
		i = len(r.in)
	}
	r.out, r.ready, r.pos = out, out, i
}
