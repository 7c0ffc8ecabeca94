package bibtex

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/record"
)

// This file reads and writes lists of names by BibTeX's rules (Oren Patashnik,
// BibTeXing, section 4, and "Tame the BeaST", section 11) and BibLaTeX's
// "family=…, given=…" form (biblatex manual, section 3.6).

// splitDeep0 cuts a TeX value at a separator outside braces. cut gives the
// length of a separator at i, 0 for none. The parts are appended to out.
func splitDeep0(out []string, tex string, cut func(s string, i int) int) []string {
	depth, start := 0, 0
	for i := 0; i < len(tex); i++ {
		switch c := tex[i]; {
		case c == '\\':
			i++
		case c == '{':
			depth++
		case c == '}':
			depth--
		case depth <= 0:
			if n := cut(tex, i); n > 0 {
				out = append(out, tex[start:i])
				start = i + n
				i = start - 1
			}
		}
	}
	return append(out, tex[start:])
}

// atAnd finds the word "and" between blanks; its case does not matter. It looks
// from the blank before it, and leaves the one behind it for the next.
func atAnd(s string, i int) int {
	if class[s[i]]&space == 0 && i > 0 {
		return 0
	}
	j := i
	for j < len(s) && class[s[j]]&space != 0 {
		j++
	}
	if len(s)-j < 3 || !strings.EqualFold(s[j:j+3], "and") || j+3 < len(s) && class[s[j+3]]&space == 0 {
		return 0
	}
	return j + 3 - i
}

func atByte(c byte) func(s string, i int) int {
	return func(s string, i int) int {
		if s[i] == c {
			return 1
		}
		return 0
	}
}

// atBlank finds white space and ties.
func atBlank(s string, i int) int {
	n := 0
	for i+n < len(s) && (class[s[i+n]]&space != 0 || s[i+n] == '~') {
		n++
	}
	return n
}

// nameList is what a list of names holds.
type nameList struct {
	names  []record.Name
	others bool     // "and others"
	odd    []string // what was odd, in words

	tidy bool // nothing in the list is TeX or white space to be collapsed
	tex  texReader
}

// reset makes the list empty; its room stays.
func (l *nameList) reset() { l.names, l.others, l.odd = l.names[:0], false, nil }

// readNames reads a list of names.
func readNames(tex string) (l nameList) {
	l.read(tex)
	return l
}

// read takes in a list of names.
func (l *nameList) read(tex string) {
	m := marksOf(tex)
	l.tidy = m&^untidy == 0
	if m&(texMark|controlMark) != 0 || m&untidy != 0 && m&^untidy != 0 {
		var room [16]string
		parts := splitDeep0(room[:0], tex, atAnd)
		for i, part := range parts {
			l.part(strings.TrimSpace(part), i == len(parts)-1, len(parts) == 1)
		}
		return
	}
	if m&untidy != 0 {
		tex = tidy(tex)
	}
	for first, more := true, true; more; first = false {
		var part string
		part, tex, more = cutAnd(tex)
		l.part(part, !more, first && !more)
	}
}

// part takes in what stands between two "and"; last and only say that none stands
// behind it, and none at all.
func (l *nameList) part(tex string, last, only bool) {
	switch {
	case last && (strings.EqualFold(tex, "others") || mayEndInEtAl(tex) && isEtAl(tex)):
		l.others = true
	case tex != "":
		l.add(tex)
	case !only:
		l.odd = append(l.odd, "an empty name between two \"and\": left out")
	}
}

// cutAnd cuts a list of names in tidy text at the first "and". Where it begins or
// ends with one, a part is empty.
func cutAnd(list string) (part, rest string, found bool) {
	for i := 0; i+len("and") <= len(list); i++ {
		if i > 0 {
			n := strings.IndexByte(list[i:], ' ')
			if n < 0 || i+n+len(" and") > len(list) {
				break
			}
			i += n + 1
		}
		if end := i + len("and"); isNamed("and", list[i:end]) && (end == len(list) || list[end] == ' ') {
			return strings.TrimRight(list[:i], " "), strings.TrimLeft(list[end:], " "), true
		}
	}
	return list, "", false
}

// plainName reads one name in tidy text without TeX, with one comma or none. ok is
// false where there is more to decide.
func plainName(s string) (n record.Name, ok bool) {
	if mayEndInEtAl(s) || strings.IndexByte(s, ';') >= 0 || strings.IndexByte(s, '=') >= 0 {
		return record.Name{}, false
	}
	family, given, comma := strings.Cut(s, ",")
	if !comma {
		return plainWords(s), true
	}
	family, given = strings.TrimRight(family, " "), strings.TrimLeft(given, " ")
	return record.Name{Family: family, Given: given}, family != "" && strings.IndexByte(given, ',') < 0
}

// mayEndInEtAl tells whether the last word of a name is "al", with a point or
// without.
func mayEndInEtAl(s string) bool {
	if s == "" || strings.IndexByte("lL.~ ", s[len(s)-1]) < 0 {
		return false
	}
	s = strings.TrimRight(s, ".~ ")
	return len(s) >= 2 && s[len(s)-1]|0x20 == 'l' && s[len(s)-2]|0x20 == 'a' && (len(s) == 2 || s[len(s)-3] == ' ' || s[len(s)-3] == '~')
}

// plainWords is nameOfWords for tidy text.
func plainWords(s string) (n record.Name) {
	last := strings.LastIndexByte(s, ' ')
	if last < 0 {
		return record.Name{Literal: s}
	}
	if first := strings.IndexByte(s, ' '); first < last && isJr(s[last+1:]) {
		n.Suffix, s = s[last+1:], s[:last]
		last = strings.LastIndexByte(s, ' ')
	}
	cut := last + 1
	for i := 0; i < last; {
		end := i + strings.IndexByte(s[i:], ' ')
		if startsSmall(s[i:end]) {
			cut = i
			break
		}
		i = end + 1
	}
	n.Family, n.Given = s[cut:], strings.TrimRight(s[:cut], " ")
	return n
}

func isEtAl(s string) bool {
	s = strings.TrimRight(strings.ReplaceAll(s, "~", " "), ". ")
	return strings.EqualFold(s, "et al") || strings.EqualFold(s, "et. al")
}

// add reads one name, or several that no "and" parts.
func (l *nameList) add(tex string) {
	if l.tidy || marksOf(tex) == 0 {
		if n, ok := plainName(tex); ok {
			l.names = append(l.names, n)
			return
		}
	}
	for _, tail := range []string{" et al.", " et al", ", et al."} {
		if n := len(tex) - len(tail); n > 0 && strings.EqualFold(tex[n:], tail) {
			tex = strings.TrimRight(tex[:n], ", ")
			l.others = true
			l.odd = append(l.odd, `"et al." behind a name: read as "and others"`)
			break
		}
	}
	if !strings.Contains(tex, ";") {
		l.addOne(tex)
		return
	}
	if groups := splitDeep0(nil, tex, atByte(';')); len(groups) > 1 {
		l.odd = append(l.odd, `names parted by semicolons in place of "and": split`)
		for _, g := range groups {
			if g = strings.TrimSpace(g); g != "" {
				l.addOne(g)
			}
		}
		return
	}
	l.addOne(tex)
}

func (l *nameList) addOne(tex string) {
	var room [8]string
	parts := splitDeep0(room[:0], tex, atByte(','))
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if n, ok := l.extendedName(parts); ok {
		l.put(n)
		return
	}
	if last := len(parts) - 1; last > 1 && parts[last] == "" { // "Ann Berg, Ben King, and …"
		l.addList(strings.Join(parts[:last], ", "), parts[:last])
		return
	}
	switch {
	case len(parts) == 1:
		l.put(l.nameOfWords(tex))
	case len(parts) == 2:
		l.put(record.Name{Family: l.tex.plain(parts[0]), Given: l.tex.plain(parts[1])})
	case len(parts) == 3 && (isJr(parts[1]) || !strings.ContainsAny(parts[1], " ~") && !isJr(parts[2])):
		l.put(record.Name{Family: l.tex.plain(parts[0]), Suffix: l.tex.plain(parts[1]), Given: l.tex.plain(parts[2])})
	case len(parts) == 3 && isJr(parts[2]):
		l.put(record.Name{Family: l.tex.plain(parts[0]), Given: l.tex.plain(parts[1]), Suffix: l.tex.plain(parts[2])})
	default:
		l.addList(tex, parts)
	}
}

// addList reads a name with too many commas: a list of "Family, I." where every
// second part is initials, a list of whole names where every part has two words,
// else the name of a group.
func (l *nameList) addList(tex string, parts []string) {
	pairs, whole := len(parts)%2 == 0, true
	for i, p := range parts {
		pairs = pairs && (i%2 == 0 || isInitials(p))
		whole = whole && len(words(nil, p)) > 1
	}
	switch {
	case pairs:
		for i := 0; i < len(parts); i += 2 {
			l.put(record.Name{Family: l.tex.plain(parts[i]), Given: l.tex.plain(parts[i+1])})
		}
	case whole:
		for _, p := range parts {
			l.put(l.nameOfWords(p))
		}
	default:
		l.odd = append(l.odd, "too many commas in a name: read as the name of a group")
		l.put(record.Name{Literal: l.tex.plain(tex)})
		return
	}
	l.odd = append(l.odd, `names parted by commas in place of "and": split`)
}

// isInitials tells whether a part of a name is initials: "D. A.", "J.-P.", "KM".
func isInitials(tex string) bool {
	letters, capitals, points := 0, 0, 0
	for _, r := range plain(tex) {
		switch {
		case unicode.IsUpper(r):
			letters++
			capitals++
		case unicode.IsLetter(r):
			letters++
		case r == '.':
			points++
		case r != ' ' && r != '-' && r != '‐':
			return false
		}
	}
	return letters > 0 && (capitals == letters && letters <= 4 || points > 0 && letters <= 2*points)
}

// put takes in a name that is not empty.
func (l *nameList) put(n record.Name) {
	if n.Family == "" && n.Literal == "" {
		n.Literal, n.Given = n.Given, ""
	}
	if n.Family == "" && n.Literal == "" {
		l.odd = append(l.odd, "a name without letters: left out")
		return
	}
	l.names = append(l.names, n)
}

// extendedName reads BibLaTeX's form; the prefix belongs to the family name.
func (l *nameList) extendedName(parts []string) (n record.Name, ok bool) {
	var prefix string
	for _, p := range parts {
		key, value, found := strings.Cut(p, "=")
		if !found {
			return record.Name{}, false
		}
		key = strings.ToLower(strings.TrimSpace(key))
		value = strings.Trim(l.tex.plain(value), `"`)
		switch key {
		case "family":
			n.Family, ok = value, true
		case "given":
			n.Given, ok = value, true
		case "suffix":
			n.Suffix = value
		case "prefix":
			prefix = value
		}
	}
	if prefix != "" {
		n.Family = strings.TrimSpace(prefix + " " + n.Family)
	}
	return n, ok
}

// words splits a name at blanks outside braces, into the room that is given.
func words(room []string, tex string) []string {
	return slices.DeleteFunc(splitDeep0(room, tex, atBlank), func(w string) bool { return w == "" })
}

// nameOfWords reads "First von Last"; one word, or one group in braces, is a
// name that has no parts.
func (l *nameList) nameOfWords(tex string) record.Name {
	var room [8]string
	ws := words(room[:0], tex)
	if len(ws) < 2 {
		return record.Name{Literal: l.tex.plain(tex)}
	}
	suffix := ""
	if len(ws) > 2 && isJr(ws[len(ws)-1]) {
		suffix = l.tex.plain(ws[len(ws)-1])
		ws = ws[:len(ws)-1]
	}
	cut := len(ws) - 1
	for i, w := range ws[:len(ws)-1] {
		if startsSmall(w) {
			cut = i
			break
		}
	}
	given := strings.TrimRight(l.tex.plain(strings.Join(ws[:cut], " ")), ",")
	return record.Name{Family: l.tex.plain(strings.Join(ws[cut:], " ")), Given: given, Suffix: suffix}
}

// isJr tells whether a part of a name is a generational suffix.
func isJr(s string) bool {
	const longest = len("{junior.}") // most words are longer, or begin otherwise
	if s == "" || len(s) > longest || strings.IndexByte("jJsSiI234{ ", s[0]) < 0 {
		return false
	}
	switch strings.ToLower(strings.TrimSuffix(strings.Trim(s, "{} "), ".")) {
	case "jr", "sr", "junior", "senior", "ii", "iii", "iv", "2nd", "3rd", "4th":
		return true
	}
	return false
}

// startsSmall tells whether BibTeX takes a word as a particle: its first letter
// outside braces is small. A group in braces counts only if it begins with a
// command, as {\"o} does; any other has no case.
func startsSmall(w string) bool {
	if strings.HasPrefix(w, "{") && !strings.HasPrefix(w, `{\`) {
		return false
	}
	for _, r := range plain(w) {
		if unicode.IsLetter(r) {
			return unicode.IsLower(r)
		}
		if r == utf8.RuneError {
			return false
		}
	}
	return false
}

// texNames writes a list of names.
func texNames(names []record.Name, others bool) string {
	var b strings.Builder
	for _, n := range names {
		if b.Len() > 0 {
			b.WriteString(" and ")
		}
		b.WriteString(texName(n))
	}
	if others && b.Len() > 0 {
		b.WriteString(" and others")
	}
	return b.String()
}

func texName(n record.Name) string {
	switch {
	case n.Literal != "" || n.Family == "":
		literal := n.Literal
		for _, more := range []string{n.Given, n.Suffix} {
			literal = strings.TrimSpace(literal + " " + more)
		}
		return "{" + texText(literal) + "}"
	case n.Suffix != "":
		return texNamePart(n.Family) + ", " + texNamePart(n.Suffix) + ", " + texNamePart(n.Given)
	}
	return strings.TrimRight(texNamePart(n.Family)+", "+texNamePart(n.Given), " ")
}

// texNamePart writes a part of a name, in braces where a word or sign in it
// means something in a list of names.
func texNamePart(s string) string {
	tex := texText(s)
	if strings.ContainsAny(s, ",;=~") || len(splitDeep0(nil, " "+tex+" ", atAnd)) > 1 || isEtAl(s) || strings.HasSuffix(strings.ToLower(s), "et al.") || strings.HasSuffix(strings.ToLower(s), "et al") {
		return "{" + tex + "}"
	}
	return tex
}
