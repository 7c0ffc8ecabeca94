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
			s.fail(Note{Extent: t.Extent, Code: CodeField, Text: "Ovid has no field ." + n + ".", Try: suggestCode(Ovid, n)})
		case !slices.Contains(t.fields, f):
			t.fields = append(t.fields, f)
		}
	}
	s.add(t)
	s.at = end
	return true
}

// suggestCode is a field that somebody may have meant.
func suggestCode(d Dialect, name string) string {
	meant := map[string]string{"tiab": ".ti,ab.", "mh": "a / after the heading", "me": "a / after the heading", "tx": ".tw.", "al": ".af.", "dp": ".yr.", "jo": ".jn."}
	if m := meant[name]; m != "" && d == Ovid {
		return m
	}
	if d == Ovid {
		return ".ti,ab. or .mp."
	}
	return ""
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

// numbers reads the list of a combine: "1-4,7" as runs of numbers.
func (r *reader) numbers(t symbol) []LineRange {
	var out []LineRange
	for _, part := range strings.Split(t.text, ",") {
		part = strings.NewReplacer(" ", "", "#", "").Replace(part)
		if part == "" {
			continue
		}
		a, b, isRange := strings.Cut(part, "-")
		if !isRange {
			b = a
		}
		from, okA := r.lineNumber(t.Extent, a)
		to, okB := r.lineNumber(t.Extent, b)
		if !okA || !okB {
			return nil
		}
		if from > to {
			r.fail(Note{Extent: t.Extent, Code: CodeReference, Text: "lines " + a + " to " + b + " run backwards", Try: b + "-" + a})
			return nil
		}
		out = append(out, LineRange{from, to})
	}
	return out
}

// lineNumber finds the line that a reference names.
func (r *reader) lineNumber(e Extent, digits string) (int, bool) {
	n, err := strconv.Atoi(digits)
	i, ok := r.byLabel[n]
	switch {
	case err != nil || !ok:
		last := 0
		for k := range r.byLabel {
			last = max(last, k)
		}
		r.fail(Note{Extent: e, Code: CodeReference, Text: "there is no line " + digits, Try: "a line from 1 to " + strconv.Itoa(min(last, max(r.line, 1)))})
	case i == r.line:
		r.fail(Note{Extent: e, Code: CodeReference, Text: "line " + digits + " refers to itself", Try: "the number of an earlier line"})
	case i > r.line:
		r.fail(Note{Extent: e, Code: CodeReference, Text: "line " + digits + " comes later", Try: "the number of an earlier line"})
	case i < len(r.q.Lines) && r.q.Lines[i].Expr == nil && !r.badLine(i):
		r.fail(Note{Extent: e, Code: CodeReference, Text: "line " + digits + " is a heading and no search", Try: "the number of a search"})
	default:
		return i, true
	}
	return 0, false
}

// badLine tells whether a line could not be read, so that what refers to it
// need not be blamed too.
func (r *reader) badLine(i int) bool {
	at := r.raw[i].Extent
	return slices.ContainsFunc(r.errs, func(n Note) bool { return n.Start >= at.Start && n.Start <= at.End })
}
