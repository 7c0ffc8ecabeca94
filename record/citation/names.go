package citation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/record"
)

// list is what reading a list of authors gives.
type list struct {
	end    int  // where the title begins
	people int  // how many names were read
	more   bool // "et al": the list is cut short
	open   bool // no point ends the list
}

// authors reads the list of authors that s begins with, as NLM and Vancouver
// write it: "Smith J, van der Berg AM Jr, Foo-Bar J-P, et al.", with groups
// behind a semicolon, "(1)" behind names as PubMed's abstracts have them, or a
// group alone. The names are appended to p.people. joined allows the list to end
// without a point, as on a page that prints the journal right behind the names.
func (p *parser) authors(s string, joined bool) (l list, ok bool) {
	before := len(p.people)
	defer func() {
		if !ok {
			p.people = p.people[:before]
		}
	}()
	p.marks = p.marks[:0]
	role := record.Author
	after := byte(',')
	for i := 0; ; {
		i = skipBlanks(s, i)
		if end := etAl(s[i:]); end > 0 && l.people > 0 {
			l.more = true
			l.end = i + end
			return l, true
		}
		if end, is := editors(s[i:]); is && l.people > 0 {
			role = record.Editor
			l.end = i + end
			break
		}
		name, end, person := personAt(s, i)
		if person && after == ';' && !endsName(s, end) { // "; BLUE KITE Registry Investigators"
			person = false
		}
		if !person {
			name, end = groupAt(s, i, l.people > 0 && after == ';')
			if end < 0 || l.people == 0 && (end == len(s) || s[end] != '.') {
				return list{}, false
			}
		}
		p.people = append(p.people, record.Contributor{Role: record.Author, Name: name})
		p.marks = append(p.marks, s[i:end])
		l.people++
		next, stop := listMark(s, end)
		switch {
		case next == len(s) || stop == '.':
			l.end = next
			return l, true
		case stop == ',' || stop == ';':
			i, after = next, stop
		case stop == ':' && person, stop == 0 && person && s[end-1] == '.': // "Smith J.A. Title"
			l.end = next
			return l, true
		case etAl(s[next:]) > 0 && person:
			i = next
		case joined && person && next > end:
			l.end, l.open = next, true
			return l, true
		default:
			return list{}, false
		}
	}
	for i := before; i < len(p.people); i++ {
		p.people[i].Role = role
	}
	return l, true
}

// endsName tells whether a name may end at i.
func endsName(s string, i int) bool {
	next, stop := listMark(s, i)
	return stop != 0 || next == len(s) || etAl(s[next:]) > 0 || s[i-1] == '.'
}

// listMark reads what stands behind a name: a comma, a semicolon, "and", the
// point that ends the list. next is past it and the blanks behind it.
func listMark(s string, i int) (next int, stop byte) {
	i = skipBlanks(s, i)
	if i == len(s) {
		return i, 0
	}
	switch c := s[i]; c {
	case ',', ';', ':':
		next = skipBlanks(s, i+1)
		for _, and := range [...]string{"and ", "& "} {
			if strings.HasPrefix(s[next:], and) {
				next += len(and)
			}
		}
		return next, c
	case '.':
		if i+1 < len(s) && s[i+1] == ',' { // the point of an initial
			return skipBlanks(s, i+2), ','
		}
		return skipBlanks(s, i+1), '.'
	}
	for _, and := range [...]string{"and ", "& "} {
		if strings.HasPrefix(s[i:], and) {
			return i + len(and), ','
		}
	}
	return i, 0
}

// etAl gives the length of the words that say that more authors follow, 0 for none.
func etAl(s string) int {
	for _, w := range [...]string{"et al.", "et al", "and others", "…", "..."} {
		if !strings.HasPrefix(s, w) {
			continue
		}
		n := len(w)
		for n < len(s) && (s[n] == '.' || s[n] == ' ' || s[n] == ':') {
			n++
		}
		return n
	}
	return 0
}

// editors gives the length of the word that says that the names before it are editors.
func editors(s string) (n int, ok bool) {
	for _, w := range [...]string{"editors.", "editor.", "eds.", "ed.", "editors", "editor"} {
		if strings.HasPrefix(s, w) {
			return skipBlanks(s, len(w)), true
		}
	}
	return 0, false
}

// particles are the words in small letters that may begin a family name.
var particles = map[string]bool{"de": true, "da": true, "do": true, "dos": true, "das": true, "du": true, "del": true, "della": true, "delle": true, "dello": true, "degli": true,
	"dei": true, "di": true, "la": true, "le": true, "las": true, "los": true, "van": true, "von": true, "vom": true, "zu": true, "zum": true, "zur": true, "der": true,
	"den": true, "ten": true, "ter": true, "te": true, "het": true, "'t": true, "el": true, "al": true, "bin": true, "ben": true, "ibn": true, "y": true, "e": true,
	"af": true, "av": true, "st": true, "in": true, "op": true, "'s": true, "and": false, "dit": true, "tot": true, "ver": true, "san": true, "santa": true, "lo": true, "i": true, "bint": true, "abu": true, "ap": true}

// neverFamilies are words that, with a letter behind them, read like a person
// and are none: "Vitamin D. A review."
var neverFamilies = map[string]bool{"Vitamin": true, "Hepatitis": true, "Factor": true, "Protein": true, "Interferon": true, "Influenza": true, "Type": true, "Part": true,
	"Phase": true, "Group": true, "Toxin": true, "Case": true, "Chapter": true, "Appendix": true, "Plan": true, "Class": true, "Level": true, "Grade": true, "Figure": true, "Table": true}

// mostWords is how many words a family name may have.
const mostWords = 6

// personAt reads "Family INITIALS Suffix" at i. ok is false where none stands there.
func personAt(s string, i int) (name record.Name, end int, ok bool) {
	start, words := i, 0
	for {
		word := wordAt(s, i)
		if word == "" {
			return name, 0, false
		}
		if words > 0 {
			if n := initialsIn(word, byteAt(s, i+len(word))); n > 0 {
				name.Family = s[start : i-1]
				name.Given = word[:n]
				end = i + n
				if words == 1 && neverFamilies[name.Family] {
					return name, 0, false
				}
				break
			}
		}
		if words++; words > mostWords || !familyWord(word) {
			return name, 0, false
		}
		if i += len(word); i >= len(s) || s[i] != ' ' {
			return name, 0, false
		}
		i++
	}
	end = footnotes(s, end)
	if end+1 < len(s) && s[end] == ' ' {
		if n := suffixLen(s[end+1:]); n > 0 {
			name.Suffix = strings.TrimSuffix(s[end+1:end+1+n], ".")
			end = footnotes(s, end+1+n)
			if end < len(s) && s[end-1] == '.' && s[end] != ',' { // the point that ends the list, not that of "Jr."
				end--
			}
		}
	}
	return name, end, true
}

// wordAt gives the word at i, up to a blank or a mark that parts names.
func wordAt(s string, i int) string {
	k := i
	for k < len(s) && s[k] != ' ' && s[k] != ',' && s[k] != ';' && s[k] != ':' {
		k++
	}
	return s[i:k]
}

func byteAt(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}

// initialsIn gives the length of the initials that a word begins with: "AM",
// "J-P", "J.A." before a comma; 0 where it is something else. next is the byte
// behind the word.
func initialsIn(word string, next byte) int {
	letters, n, points := 0, 0, 0
	for n < len(word) {
		c := word[n]
		switch {
		case c >= 'A' && c <= 'Z':
			letters++
			n++
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(word[n:])
			if !unicode.IsUpper(r) {
				return 0
			}
			letters++
			n += size
		case c == '-' && letters > 0:
			n++
		case c == '.' && letters > 0:
			if n+1 == len(word) && points == 0 && next != ',' && next != ';' { // it ends the list
				return initialsLen(letters, n)
			}
			if n+1 < len(word) && !isUpperAt(word, n+1) && word[n+1] != '-' && word[n+1] != '(' {
				return 0
			}
			if n+1 < len(word) && isUpperAt(word, n+1) && smallAt(word, n+1) { // "AB.Title"
				return initialsLen(letters, n)
			}
			points++
			n++
		case (c == '(' || isDigit(c) || c == '*') && letters > 0:
			return initialsLen(letters, n)
		default:
			return 0
		}
	}
	return initialsLen(letters, n)
}

// smallAt tells whether a small letter follows the capital at i.
func smallAt(s string, i int) bool {
	_, size := utf8.DecodeRuneInString(s[i:])
	if i += size; i >= len(s) {
		return false
	}
	if s[i] < utf8.RuneSelf {
		return s[i] >= 'a' && s[i] <= 'z'
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLower(r)
}

func initialsLen(letters, n int) int {
	const mostInitials = 5
	if letters == 0 || letters > mostInitials {
		return 0
	}
	return n
}

// familyWord tells whether a word may stand in a family name.
func familyWord(w string) bool {
	if particles[w] || w == "St." || w == "Ste." {
		return true
	}
	upper := false
	for i, r := range w {
		switch {
		case unicode.IsUpper(r):
			upper = true
		case unicode.IsLetter(r) || unicode.IsMark(r):
		case r == '\'' || r == '’' || r == '‘' || r == '-' || r == '‐' || r == 'ʼ' || r == '`':
		case r == '(' || r == ')' || r == '.' && i+1 < len(w):
			if r == '.' {
				return false
			}
		default:
			return false
		}
	}
	return upper
}

// footnotes passes over the marks behind a name that lead to its affiliations:
// "(1)(2)", "*", "1".
func footnotes(s string, i int) int {
	for i < len(s) {
		switch {
		case s[i] == '(':
			end := i + 1
			for end < len(s) && isDigit(s[end]) {
				end++
			}
			if end == i+1 || end >= len(s) || s[end] != ')' {
				return i
			}
			i = end + 1
		case s[i] == '*' || isDigit(s[i]):
			i++
		default:
			return i
		}
	}
	return i
}

// suffixLen gives the length of the generational suffix that s begins with.
func suffixLen(s string) int {
	for _, w := range [...]string{"Jr.", "Jr", "Sr.", "Sr", "2nd", "3rd", "4th", "5th", "III", "II", "IV"} {
		if strings.HasPrefix(s, w) && (len(s) == len(w) || strings.IndexByte(" ,;.(", s[len(w)]) >= 0) {
			return len(w)
		}
	}
	return 0
}

// groupEnds are the words that the names of groups end with.
var groupEnds = map[string]bool{"Group": true, "Groups": true, "Investigators": true, "Collaborators": true, "Collaboration": true, "Consortium": true, "Committee": true, "Network": true,
	"Organization": true, "Organisation": true, "Society": true, "Association": true, "Team": true, "Council": true, "Academy": true, "Institute": true, "Foundation": true,
	"Commission": true, "Agency": true, "Department": true, "Initiative": true, "Alliance": true, "Trialists": true, "Force": true, "Panel": true, "Workgroup": true, "Partnership": true,
	"Participants": true, "Members": true, "Study": true, "Trial": true, "Program": true, "Programme": true, "Project": true, "Registry": true, "Center": true, "Centre": true,
	"College": true, "University": true, "Hospital": true, "Authors": true, "Contributors": true, "Authority": true, "Federation": true, "Board": true, "Ministry": true, "Health": true}

// bodies are those of them that go on with what the group is for: "Panel for the
// Treatment of Kite Injuries". Words that begin titles, as "Association of" does,
// are not among them.
var bodies = map[string]bool{"Panel": true, "Committee": true, "Group": true, "Force": true, "Commission": true, "Council": true, "Consortium": true, "Institute": true,
	"Institutes": true, "Department": true, "Ministry": true, "Centers": true, "Centres": true, "Board": true, "Academy": true, "College": true, "Federation": true}

// smallWords may stand in the names of groups in small letters.
var smallWords = map[string]bool{"of": true, "for": true, "the": true, "and": true, "in": true, "on": true, "de": true, "la": true, "des": true, "du": true, "with": true, "from": true, "to": true, "at": true, "d'": true, "en": true, "et": true, "für": true, "der": true, "und": true, "a": true}

// groupAt reads the name of a group at i. said is true where a semicolon stands
// before it, which says that it is one, whatever its words are. end is -1 where
// none stands there.
func groupAt(s string, i int, said bool) (name record.Name, end int) {
	end = i
	for end < len(s) && s[end] != ';' && !endsSentence(s, end) && (said || s[end] != ',') {
		if s[end] == '?' || s[end] == '!' || s[end] == ':' && !said {
			return name, -1
		}
		end++
	}
	text := strings.TrimSpace(s[i:end])
	if text == "" || len(text) > 300 {
		return name, -1
	}
	if !said && !groupLike(text) {
		return name, -1
	}
	return record.Name{Literal: text}, end
}

// groupLike tells whether a text reads like the name of a group: capitals
// throughout but for small words, and a word that names groups at its end, before
// a place in brackets, or before what it is for.
func groupLike(s string) bool {
	if i := strings.LastIndex(s, " ("); i > 0 && strings.HasSuffix(s, ")") {
		s = s[:i]
	}
	named, several := false, strings.IndexByte(s, ' ') > 0
	for before := ""; len(s) > 0; {
		word, rest, _ := strings.Cut(s, " ")
		s = rest
		named = named || rest == "" && groupEnds[word] || bodies[before] && (word == "of" || word == "for" || word == "on")
		before = word
		if !smallWords[word] && !isUpperAt(word, 0) && !(word != "" && (isDigit(word[0]) || word[0] == '(' || word[0] == '&')) && !upperInside(word) {
			return false
		}
	}
	return named && several
}

// upperInside tells whether a word such as "eHealth" or "mTOR" has a capital.
func upperInside(w string) bool { return strings.IndexFunc(w, unicode.IsUpper) > 0 }
