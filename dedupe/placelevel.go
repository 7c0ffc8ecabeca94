package dedupe

import (
	"strconv"
	"strings"
)

// yearLevel says how far the years agree. A year off by one is common: online
// and in print, in December and in January.
func yearLevel(a, b *form) (apart int, l Level) {
	const field = "year"
	if a.year == 0 || b.year == 0 {
		return 0, Level{Field: field, Name: absence(a.year == 0, b.year == 0)}
	}
	apart = a.year - b.year
	if apart < 0 {
		apart = -apart
	}
	switch apart {
	case 0:
		return 0, Level{field, "the same", 2}
	case 1:
		return 1, Level{field, "one apart", 0}
	case 2:
		return 2, Level{field, "two apart", -3}
	}
	return apart, Level{field, "more than two apart", -6}
}

// agreement is how two values that name a place in a journal compare.
type agreement int8

const (
	unknown agreement = iota
	agrees
	fits // not the same, but no contradiction: written differently
	differs
)

// volumeLevel compares volumes, and finds a volume that stands in the other's
// issue, as exports that shift their columns have it.
func volumeLevel(a, b *form) (agreement, Level) {
	const field = "volume"
	switch {
	case a.volume == "" || b.volume == "":
		if a.volume != "" && a.volume == b.issue || b.volume != "" && b.volume == a.issue {
			return fits, Level{field, "stands as issue in the other", 1}
		}
		return unknown, Level{Field: field, Name: absence(a.volume == "", b.volume == "")}
	case a.volume == b.volume:
		return agrees, Level{field, "the same", 2.5}
	case a.volume == strconv.Itoa(a.year) || b.volume == strconv.Itoa(b.year):
		return fits, Level{field, "the year in place of the volume in one", 0}
	case a.volume == b.issue || b.volume == a.issue:
		return fits, Level{field, "stands as issue in the other", 0}
	}
	return differs, Level{field, "different", -4}
}

// issueLevel compares issues.
func issueLevel(a, b *form) (agreement, Level) {
	const field = "issue"
	switch {
	case a.issue == "" || b.issue == "":
		return unknown, Level{Field: field, Name: absence(a.issue == "", b.issue == "")}
	case a.issue == b.issue:
		return agrees, Level{field, "the same", 1.5}
	case shifted(a, b) || shifted(b, a):
		return unknown, Level{Field: field, Name: "stands in another column"}
	case strings.HasPrefix(a.issue, b.issue) || strings.HasPrefix(b.issue, a.issue):
		return fits, Level{field, "one begins like the other", 0} // "5" and "5 Suppl"
	}
	return differs, Level{field, "different", -2}
}

// pagesLevel compares pages.
func pagesLevel(a, b *form) (agreement, Level) {
	const field = "pages"
	x, y := a.first, b.first
	switch {
	case shifted(a, b) || shifted(b, a):
		return unknown, Level{Field: field, Name: "stand in another column"}
	case x == "" || y == "" || spoilt(a) || spoilt(b):
		return unknown, Level{Field: field, Name: absence(x == "" || spoilt(a), y == "" || spoilt(b))}
	case x == y && x == "1":
		return fits, Level{field, "both from page 1", 0.5}
	case x == y && startsIssue(x) && (a.issue == "" || a.issue != b.issue || a.year != b.year || a.last != b.last):
		return fits, Level{field, "same first page, at the start of an issue", 2}
	case x == y && a.last == b.last && a.pages > 1:
		return agrees, Level{field, "the same", 8}
	case x == y:
		return agrees, Level{field, "same first page", 6}
	case withoutLetters(x) == withoutLetters(y) && digitsOnly(withoutLetters(x)):
		return agrees, Level{field, "the same but for a letter", 4} // "S35" and "35"
	case digitsOnly(x) != digitsOnly(y):
		return fits, Level{field, "counted differently", -1} // article number and page
	case x == "1" || y == "1":
		return fits, Level{field, "one counts from 1", -2} // published ahead of print
	case a.pages > 1 && b.pages > 1 && a.last == b.last:
		return fits, Level{field, "same last page", 1}
	case within(a, b) || within(b, a):
		return fits, Level{field, "one within the other", 0}
	}
	return differs, Level{field, "different", -7}
}

// spoilt tells whether a spreadsheet has made a date of the pages: "10-May" was
// "5-10".
func spoilt(f *form) bool {
	return len(f.last) == 3 && strings.Contains("jan feb mar apr may jun jul aug sep oct nov dec", f.last) ||
		len(f.first) == 3 && strings.Contains("jan feb mar apr may jun jul aug sep oct nov dec", f.first)
}

// startsIssue tells whether a page is so low that many issues of one journal,
// each counted from 1, have an article there: a Roman numeral or a number to 12.
func startsIssue(page string) bool {
	n := smallNumber(page)
	return n > 0 && n <= 12 && digitsOnly(page) || romans[page] > 0 || strings.Trim(page, "ivx") == ""
}

// shifted tells whether a's columns have slipped by one: its volume stands as
// b's issue would, and its pages hold b's issue.
func shifted(a, b *form) bool {
	return a.volume == "" && a.issue != "" && a.issue == b.volume && a.first != "" && a.first == b.issue
}

// within tells whether a begins inside the pages of b.
func within(a, b *form) bool {
	n, from, to := smallNumber(a.first), smallNumber(b.first), smallNumber(b.last)
	return n > 0 && from > 0 && n >= from && n <= to
}
