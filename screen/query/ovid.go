package query

import (
	"slices"
	"strconv"
	"strings"
)

// suffixAt reads Ovid's field suffix at a point: ".ti,ab." and, where the line
// or a bracket ends or a blank follows, ".ti,ab". It gives the names of the
// fields, where the suffix ends and whether it has its second point.
func (s *scanner) suffixAt(i int) (names []string, end int, closed bool) {
	j := i + 1
	for {
		for j < s.end && s.text[j] == ' ' && (len(names) > 0 || s.looksLikeCodes(j)) {
			j++
		}
		start := j
		for j < s.end && (isLetter(s.text[j]) || isDigit(s.text[j])) {
			j++
		}
		if j-start != 2 {
			return nil, 0, false
		}
		names = append(names, strings.ToLower(s.text[start:j]))
		end = j
		for j < s.end && s.text[j] == ' ' {
			j++
		}
		if j < s.end && s.text[j] == ',' {
			j++
			continue
		}
		break
	}
	if end < s.end && s.text[end] == '.' {
		return names, end + 1, true
	}
	if j < s.end && s.text[j] == '.' && (j+1 == s.end || !isWordByte(s.text[j+1])) {
		return names, j + 1, true
	}
	if end < s.end && isWordByte(s.text[end]) || end < s.end && strings.IndexByte("-'*$?#:@", s.text[end]) >= 0 {
		return nil, 0, false
	}
	return names, end, false
}

// looksLikeCodes tells whether known field codes follow a point and a blank,
// as in "prison*. ti,ab".
func (s *scanner) looksLikeCodes(j int) bool {
	rest := strings.TrimLeft(s.text[j:s.end], " ")
	return len(rest) >= 2 && fieldNamed(Ovid, strings.ToLower(rest[:2])) != "" && (len(rest) == 2 || rest[2] == ',' || rest[2] == '.')
}

// isSuffix tells whether a field suffix stands at i. One without its second
// point counts where every code is known, so that a point within a word is none.
func (s *scanner) isSuffix(i int) bool {
	names, _, closed := s.suffixAt(i)
	if len(names) == 0 {
		return false
	}
	unknown := slices.ContainsFunc(names, func(n string) bool { return fieldNamed(Ovid, n) == "" })
	if closed && len(names) == 1 && unknown {
		return i+4 >= s.end || strings.IndexByte(" )", s.text[min(i+4, s.end-1)]) >= 0
	}
	return closed || !unknown
}

// suffix scans a field suffix at i.
func (s *scanner) suffix(i int) bool {
	if !s.isSuffix(i) {
		return false
	}
	names, end, _ := s.suffixAt(i)
	t := symbol{Extent: Extent{i, end}, kind: tokFields, text: s.text[i:end]}
	for _, n := range names {
		f := fieldNamed(Ovid, n)
		switch {
		case f == "":
			s.fail(Note{Extent: t.Extent, Code: CodeField, Text: "no field of Ovid is known as ." + n + ".", Try: suggestCode(n)})
		case !slices.Contains(t.fields, f):
			t.fields = append(t.fields, f)
		}
	}
	s.add(t)
	s.at = end
	return true
}

// suggestCode is a field of Ovid that somebody may have meant.
func suggestCode(name string) string {
	switch strings.ToLower(name) {
	case "mh", "me", "mesh", "majr":
		return "a / after the heading"
	case "tx":
		return ".tw."
	case "al":
		return ".af."
	case "jo":
		return ".jn."
	}
	return ".ti,ab. or .mp."
}

// combine scans Ovid's or/1-4,7 after the word at start; false where none stands.
func (s *scanner) combine(start int, op Op) bool {
	i := s.at
	if i >= s.end || s.text[i] != '/' {
		return false
	}
	i++
	from := i
	for i < s.end && (isDigit(s.text[i]) || strings.IndexByte("-, #", s.text[i]) >= 0) {
		i++
	}
	list := strings.TrimRight(s.text[from:i], " ,-#")
	end := from + len(list)
	if strings.TrimSpace(list) == "" {
		return false
	}
	s.add(symbol{Extent: Extent{start, end}, kind: tokCombine, op: op, text: list})
	s.at = end
	return true
}

// slash scans the / that ends a heading, with the subheadings after it.
func (s *scanner) slash() {
	t := symbol{Extent: Extent{s.at, s.at + 1}, kind: tokSlash}
	i := s.at + 1
	for {
		j := i
		for j < s.end && s.text[j] == ' ' {
			j++
		}
		start := j
		for j < s.end && isLetter(s.text[j]) {
			j++
		}
		word := strings.ToLower(s.text[start:j])
		if len(word) != 2 || qualifierName(word) == "" || word == "or" {
			break
		}
		t.text += "," + word
		i = j
		for j < s.end && s.text[j] == ' ' {
			j++
		}
		if j >= s.end || s.text[j] != ',' {
			break
		}
		i = j + 1
	}
	if t.text != "" {
		t.text = t.text[1:]
		t.End = i
	}
	s.at = t.End
	s.add(t)
}

// numbers reads the list of a combine: "1-4,7" as runs of lines. A lenient
// reading leaves out a line that refers to itself.
func (r *reader) numbers(t symbol) []LineRange {
	var out []LineRange
	at := t.End - len(t.text)
	for _, part := range strings.Split(t.text, ",") {
		from, _, isRange := strings.Cut(part, "-")
		x := listed(Extent{at, at + len(from)}, r.text)
		y := x
		if isRange {
			y = listed(Extent{at + len(from) + 1, at + len(part)}, r.text)
		}
		at += len(part) + 1
		if x.Start == x.End {
			continue
		}
		run, ok := r.lineRange(x, y)
		switch {
		case r.failed:
			return nil
		case ok:
			out = append(out, run)
		}
	}
	return out
}

// listed narrows the extent of a number in a list to its digits.
func listed(e Extent, text string) Extent {
	for e.Start < e.End && !isDigit(text[e.Start]) {
		e.Start++
	}
	for e.Start < e.End && !isDigit(text[e.End-1]) {
		e.End--
	}
	return e
}

// lineRange reads a run of lines whose two numbers stand at x and y.
func (r *reader) lineRange(x, y Extent) (LineRange, bool) {
	from, okX := r.lineNumber(x, r.text[x.Start:x.End])
	to, okY := from, okX
	if x != y && !r.failed {
		to, okY = r.lineNumber(y, r.text[y.Start:y.End])
	}
	switch {
	case r.failed || !okX && !okY:
		return LineRange{}, false
	case !okY:
		to = r.line - 1
	case !okX:
		from = to
	}
	if from > to {
		a, b := r.text[x.Start:x.End], r.text[y.Start:y.End]
		r.slip(Note{Extent: Extent{x.Start, y.End}, Code: CodeReference, Text: "lines " + a + " to " + b + " run backwards", Try: b + "-" + a}, "they were turned round")
		from, to = to, from
	}
	return LineRange{from, to}, true
}

// lineNumber finds the line that a reference names; ok is false where there is
// none such, which a lenient reading leaves out.
func (r *reader) lineNumber(e Extent, digits string) (line int, ok bool) {
	n, err := strconv.Atoi(digits)
	i, ok := r.byLabel[n]
	switch {
	case err != nil || !ok:
		r.slip(Note{Extent: e, Code: CodeReference, Text: "there is no line " + digits, Try: r.earlierLines()}, "the reference was left out")
	case i == r.line:
		r.slip(Note{Extent: e, Code: CodeReference, Text: "line " + digits + " refers to itself", Try: "the number of an earlier line"}, "the reference was left out")
	case i > r.line:
		r.fail(Note{Extent: e, Code: CodeReference, Text: "line " + digits + " comes later", Try: "the number of an earlier line"})
	case i < len(r.q.Lines) && r.q.Lines[i].Expr == nil && !r.bad[i]:
		r.fail(Note{Extent: e, Code: CodeReference, Text: "line " + digits + " is a heading and no search", Try: "the number of a search"})
	default:
		return i, true
	}
	return 0, false
}

// earlierLines names the lines that may be referred to.
func (r *reader) earlierLines() string {
	if r.opts.Lenient {
		return "the number of an earlier line"
	}
	first, last := 0, 0
	for number, i := range r.byLabel {
		if i < r.line && (first == 0 || number < first) {
			first = number
		}
		if i < r.line {
			last = max(last, number)
		}
	}
	switch first {
	case 0:
		return "a search, since no line stands before this one"
	case last:
		return "line " + strconv.Itoa(first)
	}
	return "a line from " + strconv.Itoa(first) + " to " + strconv.Itoa(last)
}
