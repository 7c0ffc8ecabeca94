package charset

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Encoding is the name of a character encoding, as IANA registers it, in
// lower case. The zero value stands for UTF-8.
type Encoding string

// The encodings that [Detect] can find.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	UTF32LE     Encoding = "utf-32le"
	UTF32BE     Encoding = "utf-32be"
	Windows1252 Encoding = "windows-1252"
	Latin1      Encoding = "iso-8859-1"
	MacRoman    Encoding = "macintosh"
)

// The encodings that only [ByName] can give.
const (
	UTF16    Encoding = "utf-16" // byte order by its mark, little endian without one
	GB18030  Encoding = "gb18030"
	Big5     Encoding = "big5"
	ShiftJIS Encoding = "shift_jis"
	EUCJP    Encoding = "euc-jp"
	EUCKR    Encoding = "euc-kr"
	KOI8R    Encoding = "koi8-r"
	KOI8U    Encoding = "koi8-u"
)

// String returns the name; "utf-8" for the zero value.
func (e Encoding) String() string {
	if e == "" {
		return string(UTF8)
	}
	return string(e)
}

// singleByte holds the encodings of one byte a character.
var singleByte = map[Encoding]*charmap.Charmap{
	Windows1252:      charmap.Windows1252,
	Latin1:           charmap.ISO8859_1,
	MacRoman:         charmap.Macintosh,
	KOI8R:            charmap.KOI8R,
	KOI8U:            charmap.KOI8U,
	"ibm437":         charmap.CodePage437,
	"ibm850":         charmap.CodePage850,
	"ibm852":         charmap.CodePage852,
	"ibm866":         charmap.CodePage866,
	"iso-8859-2":     charmap.ISO8859_2,
	"iso-8859-3":     charmap.ISO8859_3,
	"iso-8859-4":     charmap.ISO8859_4,
	"iso-8859-5":     charmap.ISO8859_5,
	"iso-8859-6":     charmap.ISO8859_6,
	"iso-8859-7":     charmap.ISO8859_7,
	"iso-8859-8":     charmap.ISO8859_8,
	"iso-8859-9":     charmap.ISO8859_9,
	"iso-8859-10":    charmap.ISO8859_10,
	"iso-8859-13":    charmap.ISO8859_13,
	"iso-8859-14":    charmap.ISO8859_14,
	"iso-8859-15":    charmap.ISO8859_15,
	"iso-8859-16":    charmap.ISO8859_16,
	"windows-874":    charmap.Windows874,
	"windows-1250":   charmap.Windows1250,
	"windows-1251":   charmap.Windows1251,
	"windows-1253":   charmap.Windows1253,
	"windows-1254":   charmap.Windows1254,
	"windows-1255":   charmap.Windows1255,
	"windows-1256":   charmap.Windows1256,
	"windows-1257":   charmap.Windows1257,
	"windows-1258":   charmap.Windows1258,
	"x-mac-cyrillic": charmap.MacintoshCyrillic,
}

// multiByte holds the encodings of a varying number of bytes a character.
var multiByte = map[Encoding]encoding.Encoding{
	GB18030:  simplifiedchinese.GB18030,
	Big5:     traditionalchinese.Big5,
	ShiftJIS: japanese.ShiftJIS,
	EUCJP:    japanese.EUCJP,
	EUCKR:    korean.EUCKR,
}

// wide holds the encodings of two or four bytes a unit.
var wide = map[Encoding]bool{UTF16: true, UTF16LE: true, UTF16BE: true, UTF32LE: true, UTF32BE: true}

// aliases gives the encoding of a name that differs from the registered one
// by more than case, blanks, hyphens and underscores.
var aliases = map[string]Encoding{
	"unicode11utf8": UTF8, "utf8sig": UTF8, "ascii": UTF8, "usascii": UTF8, "ansix341968": UTF8, "65001": UTF8, "cp65001": UTF8,
	"unicode": UTF16, "ucs2": UTF16, "utf16": UTF16, "utf32": UTF32LE,
	"latin1": Latin1, "l1": Latin1, "isolatin1": Latin1, "8859": Latin1, "cp819": Latin1,
	"ansi": Windows1252, "xansi": Windows1252,
	"mac": MacRoman, "macroman": MacRoman, "xmacroman": MacRoman,
	"gb2312": GB18030, "gbk": GB18030, "cp936": GB18030, "ms936": GB18030, "euccn": GB18030,
	"xsjis": ShiftJIS, "sjis": ShiftJIS, "cp932": ShiftJIS, "ms932": ShiftJIS, "windows31j": ShiftJIS,
	"cp949": EUCKR, "ksc56011987": EUCKR, "ksc5601": EUCKR, "ms949": EUCKR,
	"cp950": Big5, "big5hkscs": Big5,
	"koi8": KOI8R, "koi": KOI8R,
	"latin2": "iso-8859-2", "latin5": "iso-8859-9", "latin9": "iso-8859-15",
	"maccyrillic": "x-mac-cyrillic",
}

// ByName returns the encoding of that name. It knows the registered names, in
// any case and with or without hyphens, blanks and underscores ("UTF8",
// "Latin-1", "ISO_8859-1:1987"), code pages ("cp1252", "ibm850"), and the usual names of
// programs. The empty name and plain ASCII are UTF-8.
func ByName(name string) (Encoding, error) {
	key := squeeze(name)
	if key == "" {
		return UTF8, nil
	}
	if e, ok := aliases[key]; ok {
		return e, nil
	}
	if e, ok := registered(key); ok {
		return e, nil
	}
	if page, ok := strings.CutPrefix(key, "cp"); ok {
		for _, family := range []string{"windows", "ibm"} {
			if e, ok := registered(family + page); ok {
				return e, nil
			}
		}
	}
	return "", fmt.Errorf("character encoding %q is not known; expected a name such as utf-8, windows-1252, utf-16le or gb18030", name)
}

// registered finds the encoding whose name has that squeezed form.
func registered(key string) (Encoding, bool) {
	if key == squeeze(string(UTF8)) {
		return UTF8, true
	}
	for e := range wide {
		if squeeze(string(e)) == key {
			return e, true
		}
	}
	for e := range singleByte {
		if squeeze(string(e)) == key {
			return e, true
		}
	}
	for e := range multiByte {
		if squeeze(string(e)) == key {
			return e, true
		}
	}
	return "", false
}

// squeeze leaves only the letters and digits of a name, in lower case, and
// takes the year of a standard from its end.
func squeeze(name string) string {
	name, _, _ = strings.Cut(name, ":")
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return -1
	}, name)
}
