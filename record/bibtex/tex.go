package bibtex

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
)

// This file turns TeX into plain text and back. What is only for the eye goes
// (fonts, braces, hyphenation), what is a character becomes it, and a command
// that is not known stays as it is written, its argument in braces.

// plain gives the text of a TeX value: commands resolved, markup of HTML that
// exports leave in titles taken out, white space collapsed.
func plain(tex string) string {
	var d texReader
	return d.plain(tex)
}

// plain uses the room of the values before.
func (d *texReader) plain(tex string) string {
	m := marksOf(tex)
	if m == 0 {
		return tex
	}
	if cap(d.out) < len(tex) {
		d.out = make([]byte, 0, len(tex))
	}
	*d = texReader{src: tex, out: d.out[:0]}
	switch {
	case isTeX(tex, m):
		d.run(len(tex), 0)
		m = marksOf(d.out)
		if m&(wideMark|htmlMark) == 0 && m != 0 {
			d.out = collapse(d.out[:0], d.out)
		}
	case m&(wideMark|htmlMark) == 0:
		d.out = collapse(d.out, tex)
	default:
		return tidy(unmark(tex))
	}
	text := string(d.out)
	if m&(wideMark|htmlMark) == 0 {
		return text
	}
	return tidy(unmark(fold.NFC(text)))
}

func unmark(text string) string {
	if strings.IndexByte(text, '<') < 0 && strings.IndexByte(text, '&') < 0 {
		return text
	}
	return fold.Unmark(text)
}

// tidy collapses white space and takes out control characters, which mean
// nothing in a text.
func tidy(text string) string {
	if fold.Tidy(text) {
		return text
	}
	if marksOf(text)&controlMark != 0 || !utf8.ValidString(text) {
		text = strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f {
				return -1
			}
			return r
		}, text)
	}
	return fold.Space(text)
}

// texReader walks a TeX value once.
type texReader struct {
	src  string
	pos  int
	out  []byte
	math bool
	deep bool // a command stood deeper than deepest and was left out
}

func (d *texReader) write(s string) { d.out = append(d.out, s...) }

func (d *texReader) writeByte(c byte) { d.out = append(d.out, c) }

// deepest bounds the recursion into arguments: commands in deeper ones are left
// out, and their text stays.
const deepest = 100

// tooDeep tells whether plain leaves out commands of a value for their depth.
func tooDeep(tex string) bool {
	if len(tex) < deepest/2 || strings.Count(tex, `\`)+strings.Count(tex, "^")+strings.Count(tex, "_") < deepest/2 {
		return false
	}
	d := texReader{src: tex}
	d.run(len(tex), 0)
	return d.deep
}

// run reads up to byte end.
func (d *texReader) run(end, depth int) {
	for d.pos < end {
		c := d.src[d.pos]
		switch c {
		case '{', '}':
			d.pos++
		case '\\':
			d.command(end, depth)
		case '$':
			d.dollar(end)
		case '~':
			d.writeByte(' ')
			d.pos++
		case '^', '_':
			d.pos++
			if d.math {
				d.script(c, end, depth)
			} else {
				d.writeByte(c)
			}
		case '-', '`', '\'', '?', '!', ',':
			d.join(end)
		default:
			i := d.pos + 1
			for i < end && (!texSpecial[d.src[i]] || ligature[d.src[i]] && d.alone(i, end)) {
				i++
			}
			d.write(d.src[d.pos:i])
			d.pos = i
		}
	}
}

var texSpecial = func() (t [256]bool) {
	for _, c := range "{}\\$~^_-`'?!," {
		t[c] = true
	}
	return t
}()

// ligature are the characters that begin one.
var ligature = func() (t [256]bool) {
	for _, l := range ligatures {
		t[l.tex[0]] = true
	}
	return t
}()

// alone tells whether a character that may begin a ligature begins none here.
func (d *texReader) alone(i, end int) bool {
	c := d.src[i]
	return c != '`' && (i+1 >= end || d.src[i+1] != c && d.src[i+1] != '`')
}

// ligatures are the runs of characters that TeX's fonts join, the longest first.
var ligatures = []struct{ tex, text string }{
	{"---", "—"}, {"--", "–"}, {"``", "“"}, {"''", "”"}, {",,", "„"}, {"?`", "¿"}, {"!`", "¡"}, {"`", "‘"},
}

// join writes what TeX's fonts make of the characters that stand here.
func (d *texReader) join(end int) {
	if !d.math {
		for _, l := range ligatures {
			if strings.HasPrefix(d.src[d.pos:end], l.tex) {
				d.write(l.text)
				d.pos += len(l.tex)
				return
			}
		}
	}
	d.writeByte(d.src[d.pos])
	d.pos++
}

// dollar begins or ends mathematics. A sign that has no partner, or whose
// partner has a blank before it or a digit behind it, is money: "$5 and $10".
func (d *texReader) dollar(end int) {
	d.pos++
	if strings.HasPrefix(d.src[d.pos:end], "$") { // display mathematics
		d.pos++
	}
	if d.math {
		d.math = false
		return
	}
	rest := d.src[d.pos:end]
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '$':
			if i == 0 || rest[0] == ' ' || rest[i-1] == ' ' || i+1 < len(rest) && rest[i+1] >= '0' && rest[i+1] <= '9' {
				d.writeByte('$')
				return
			}
			d.math = true
			return
		}
	}
	d.writeByte('$')
}

// command reads a control sequence.
func (d *texReader) command(end, depth int) {
	start := d.pos
	d.pos++
	if d.pos >= end {
		d.writeByte('\\')
		return
	}
	_, n := utf8.DecodeRuneInString(d.src[d.pos:end])
	i := d.pos + n
	letters := isLetter(d.src[d.pos])
	for letters && i < end && isLetter(d.src[i]) {
		i++
	}
	name := d.src[d.pos:i]
	d.pos = i
	if mark, ok := accents[name]; ok {
		if !letters && d.pos < end && class[d.src[d.pos]]&space != 0 { // nothing to put it on
			d.write(mark.alone)
			return
		}
		if depth >= deepest {
			d.deep = true
			return
		}
		d.accent(mark, end, depth)
		return
	}
	if text, ok := symbols[name]; ok {
		if letters {
			d.skipSpace(end)
		}
		d.write(text)
		return
	}
	if letters && depth >= deepest { // its argument is read as the text that follows
		d.deep = true
		return
	}
	if c, ok := commands[name]; ok && depth < deepest {
		d.apply(c, end, depth+1)
		return
	}
	// Not known: kept as it stands, with its arguments.
	d.write(d.src[start:i])
	for d.pos < end && d.src[d.pos] == '{' && letters {
		d.writeByte('{')
		d.argument(end, depth)
		d.writeByte('}')
	}
}

// apply reads the arguments of a command.
func (d *texReader) apply(c command, end, depth int) {
	d.skipSpace(end)
	switch c.form {
	case formText:
		d.optional(end)
		d.write(c.open)
		d.argument(end, depth)
		d.write(c.shut)
	case formSecond:
		d.raw(end)
		d.argument(end, depth)
	case formDrop:
		d.raw(end)
	case formRaise:
		d.script('^', end, depth)
	case formLower:
		d.script('_', end, depth)
	case formVerbatim:
		d.write(verbatim(d.raw(end)))
	case formLink:
		link, n := verbatim(d.raw(end)), len(d.out)
		d.argument(end, depth)
		if len(d.out) > n && link != "" {
			link = " (" + link + ")"
		}
		d.write(link)
	case formFraction:
		d.argument(end, depth)
		d.writeByte('/')
		d.argument(end, depth)
	case formMath:
		was := d.math
		d.math = true
		d.argument(end, depth)
		d.math = was
	}
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func (d *texReader) skipSpace(end int) {
	for d.pos < end && class[d.src[d.pos]]&space != 0 {
		d.pos++
	}
}

// group gives the bytes between the brace at d.pos and its partner.
func (d *texReader) group(end int) (from, to int) {
	depth := 0
	for i := d.pos; i < end; i++ {
		switch d.src[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return d.pos + 1, i
			}
		}
	}
	return d.pos + 1, end
}

// argument reads one argument, a group or a single token, into the output.
func (d *texReader) argument(end, depth int) {
	d.skipSpace(end)
	switch {
	case d.pos >= end || d.src[d.pos] == '}':
	case d.src[d.pos] == '{':
		from, to := d.group(end)
		d.pos = from
		d.run(to, depth+1)
		d.pos = min(to+1, end)
	case d.src[d.pos] == '\\':
		d.command(end, depth+1)
	default:
		_, n := utf8.DecodeRuneInString(d.src[d.pos:end])
		d.write(d.src[d.pos : d.pos+n])
		d.pos += n
	}
}

// raw returns an argument as it is written.
func (d *texReader) raw(end int) string {
	d.skipSpace(end)
	if d.pos >= end || d.src[d.pos] != '{' {
		return ""
	}
	from, to := d.group(end)
	d.pos = min(to+1, end)
	return d.src[from:to]
}

// optional passes over an argument in brackets.
func (d *texReader) optional(end int) {
	if d.pos < end && d.src[d.pos] == '[' {
		if i := strings.IndexByte(d.src[d.pos:end], ']'); i >= 0 {
			d.pos += i + 1
		}
	}
}

// accent puts a mark on the argument's first character.
func (d *texReader) accent(mark accentMark, end, depth int) {
	d.skipSpace(end)
	text := d.subText(end, depth)
	r, n := utf8.DecodeRuneInString(text)
	switch {
	case n == 0 || unicode.IsSpace(r):
		d.write(mark.alone)
		d.write(text)
		return
	case r == 'ı':
		r = 'i'
	case r == 'ȷ':
		r = 'j'
	}
	d.out = utf8.AppendRune(d.out, r)
	d.out = utf8.AppendRune(d.out, mark.combining)
	d.write(text[n:])
}

// script raises or lowers an argument where Unicode has the characters for it.
func (d *texReader) script(c byte, end, depth int) {
	if depth >= deepest {
		d.deep = true
		return
	}
	text := d.subText(end, depth)
	table := superscripts
	if c == '_' {
		table = subscripts
	}
	var b strings.Builder
	for _, r := range text {
		t, ok := table[r]
		if !ok {
			d.write(text)
			return
		}
		b.WriteRune(t)
	}
	d.write(b.String())
}

// subText reads an argument apart from what is written already.
func (d *texReader) subText(end, depth int) string {
	written, math := len(d.out), d.math
	d.argument(end, depth+1)
	text := string(d.out[written:])
	d.out, d.math = d.out[:written], math
	return text
}

// texText writes plain text as a TeX value that reads back as the same, and in
// which nothing is a command but what this function writes.
func texText(text string) string {
	if !strings.ContainsAny(text, "\\{}$&%#_~^`'-\n\r\t?!,") && clean(text) {
		return text
	}
	balanced := bracesBalance(text)
	var b strings.Builder
	b.Grow(len(text) + 16)
	var last rune
	for _, r := range text {
		switch {
		case r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f:
			continue
		case r < ' ':
			r = ' '
		}
		switch {
		case (r == '{' || r == '}') && balanced, strings.ContainsRune("$&%#_", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == last && (r == '-' || r == '\'' || r == ','): // no ligature
			b.WriteString("{}")
			b.WriteRune(r)
		default:
			if s, ok := escapes[r]; ok {
				b.WriteString(s)
			} else {
				b.WriteRune(r)
			}
		}
		last = r
	}
	return b.String()
}

// clean tells whether a text has no control character and is valid UTF-8.
func clean(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < ' ' || text[i] == 0x7f {
			return false
		}
	}
	return utf8.ValidString(text)
}

// bracesBalance tells whether every brace of a text has its partner.
func bracesBalance(text string) bool {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}

// escapes are the characters that TeX has no plain form for.
var escapes = map[rune]string{
	'\\': `{\textbackslash}`, '{': `{\textbraceleft}`, '}': `{\textbraceright}`,
	'~': `{\textasciitilde}`, '^': `{\textasciicircum}`, '`': `{\textasciigrave}`,
}

// verbatim reads a value that TeX does not interpret, such as a URL: only the
// escapes that people write there all the same are undone.
func verbatim(tex string) string {
	if marksOf(tex) == 0 {
		return tex
	}
	s := strings.TrimSpace(tex)
	for len(s) > 1 && s[0] == '{' && s[len(s)-1] == '}' && bracesBalance(s[1:len(s)-1]) {
		s = s[1 : len(s)-1]
	}
	if rest, ok := strings.CutPrefix(s, `\url{`); ok && strings.HasSuffix(rest, "}") && strings.Count(rest, "}") == 1 {
		s = rest[:len(rest)-1]
	}
	if strings.ContainsAny(s, "\\$") {
		s = verbatimEscapes.Replace(s)
	}
	return tidy(s)
}

var verbatimEscapes = strings.NewReplacer(
	`\{\_\}`, "_", `\{\%\}`, "%", `\{\&\}`, "&", `\{\#\}`, "#", `{\_}`, "_", `\_`, "_", `{\%}`, "%", `\%`, "%", `{\&}`, "&", `\&`, "&", `{\#}`, "#", `\#`, "#", `{\$}`, "$", `\$`, "$",
	`\~{}`, "~", `{\~{}}`, "~", `\~{ }`, "~", `\~`, "~", `{\textasciitilde}`, "~", `\textasciitilde{}`, "~", `\textasciitilde `, "~", `\textasciitilde`, "~",
	`{$\sim$}`, "~", `$\sim$`, "~", `{\textunderscore}`, "_", `\textunderscore{}`, "_", `{\textless}`, "<", `{\textgreater}`, ">", `\textless`, "<", `\textgreater`, ">",
	`{\textbackslash}`, `\`, `{\textbraceleft}`, "{", `{\textbraceright}`, "}", `\-`, "", `\/`, "/",
)

// texVerbatim writes a value that TeX does not interpret: only what could end
// the value or begin a command is written as one, and a blank as what is given
// for it.
func texVerbatim(text, blank string) string {
	balanced := bracesBalance(text)
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < ' ' || r == 0x7f:
		case r == ' ':
			b.WriteString(blank)
		case r == '\\':
			b.WriteString(`{\textbackslash}`)
		case r == '{' && !balanced:
			b.WriteString(escapes[r])
		case r == '}' && !balanced:
			b.WriteString(escapes[r])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
