package bibtex

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/evidence-go/evidence/record"
)

// months are the macros that every BibTeX style defines.
var months = map[string]string{
	"jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June",
	"jul": "July", "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}

var monthMacros = [...]string{1: "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// parseEDTF reads a date of BibLaTeX (manual, section 2.3.8; ISO 8601-2): a
// year, month or day, a season as month 21 to 24, or a range. What the parts
// cannot say, such as doubt or an open end, keeps the text.
func parseEDTF(s string) (d record.Date, ok bool) {
	s = strings.TrimSpace(s)
	if d, ok := parseISO(s); ok {
		return d, true
	}
	plainText := strings.TrimRight(strings.TrimSuffix(s, "/.."), "?~%/ ")
	first, last, ranged := strings.Cut(plainText, "/")
	first = strings.TrimRight(first, "?~% ")
	year, month, day, ok := isoParts(first)
	if !ok {
		return record.Date{}, false
	}
	d = record.Date{Year: year, Month: month, Day: day}
	if month > 20 {
		d.Month, d.Season = 0, record.Season(month-20)
	}
	if ranged {
		y, m, dd, ok := isoParts(strings.TrimRight(last, "?~% "))
		if !ok || m > 12 {
			return record.Date{}, false
		}
		if y != year || m == 0 {
			d.EndYear = y
		}
		if m != month || y != year {
			d.EndMonth = m
		}
		d.EndDay = dd
	}
	if canonical(d) != s {
		d.Text = s
		if i := strings.IndexByte(s, 'T'); i > 0 && !ranged && s[:i] == first[:min(i, len(first))] { // a time of day says nothing here
			d.Text = ""
		}
	}
	return d, true
}

// parseISO reads what most dates are: YYYY, YYYY-MM or YYYY-MM-DD.
func parseISO(s string) (d record.Date, ok bool) {
	switch {
	case len(s) != 4 && len(s) != 7 && len(s) != 10, !digits(s[:4]):
		return record.Date{}, false
	case len(s) > 4 && (s[4] != '-' || !digits(s[5:7])), len(s) > 7 && (s[7] != '-' || !digits(s[8:])):
		return record.Date{}, false
	}
	d.Year = number(s[:4])
	ok = d.Year > 0 && d.Year <= 2999
	if len(s) > 4 {
		d.Month = number(s[5:7])
		ok = ok && d.Month >= 1 && d.Month <= 12
	}
	if len(s) > 7 {
		d.Day = number(s[8:])
		ok = ok && d.Day >= 1 && d.Day <= 31
	}
	return d, ok
}

// number reads a few digits.
func number(digits string) (n int) {
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n
}

// isoParts reads YYYY, YYYY-MM or YYYY-MM-DD, with a time of day or without.
func isoParts(s string) (year, month, day int, ok bool) {
	if i := strings.IndexByte(s, 'T'); i > 0 {
		s = s[:i]
	}
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return 0, 0, 0, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v <= 0 || i > 0 && len(p) > 2 {
			return 0, 0, 0, false
		}
		n[i] = v
	}
	if n[1] > 24 || n[1] > 12 && (n[1] < 21 || n[2] > 0) || n[2] > 31 || n[0] > 2999 {
		return 0, 0, 0, false
	}
	return n[0], n[1], n[2], true
}

// canonical writes the parts of a date as EDTF.
func canonical(d record.Date) string {
	s := iso(d.Year, d.Month, d.Day)
	if d.Season != record.NoSeason {
		s = fmt.Sprintf("%04d-%02d", d.Year, 20+int(d.Season))
	}
	if d.EndYear == 0 && d.EndMonth == 0 && d.EndDay == 0 {
		return s
	}
	year, month := d.EndYear, d.EndMonth
	if year == 0 {
		year = d.Year
	}
	if month == 0 && (d.EndDay != 0 || d.EndYear == 0) {
		month = d.Month
	}
	return s + "/" + iso(year, month, d.EndDay)
}

func iso(year, month, day int) string {
	switch {
	case month == 0:
		return fmt.Sprintf("%04d", year)
	case day == 0:
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// readDate reads a date in any form.
func readDate(s string) (record.Date, bool) {
	if d, ok := parseEDTF(s); ok {
		return d, true
	}
	return record.ParseDate(strings.ReplaceAll(s, "–", "-"))
}

// dateText gives the text of a field that holds a date: there ~ is doubt, where
// elsewhere in TeX it is a blank.
func dateText(tex string) string {
	if digits(tex) {
		return tex
	}
	if s := verbatim(tex); extended(s) {
		return s
	}
	return plain(tex)
}

// extended tells whether a text has only what dates of ISO 8601-2 consist of,
// among them those that a record keeps as text, such as "201X" and "-0044".
func extended(s string) bool {
	return s != "" && strings.Trim(s, "0123456789X-/.?~%:TZ+") == ""
}

// texDate writes the text of a date.
func texDate(text string) string {
	if extended(text) {
		return text
	}
	return texText(text)
}

// joinDate puts year, month and day of BibTeX together. Any may be "".
func joinDate(year, month, day string) (d record.Date, ok bool) {
	if len(year) == 4 && digits(year) && year >= "1000" && year <= "2999" {
		d = record.Date{Year: number(year)}
		if month == "" && day == "" {
			return d, true
		}
		m, mok := monthNumber(month)
		dd, dok := dayNumber(day)
		if mok && dok && (day == "" || m > 0) {
			d.Month, d.Day = m, dd
			return d, true
		}
	}
	return readDate(strings.Join(strings.Fields(year+" "+month+" "+day), " "))
}

// namesOtherMonth tells whether what should be a day has the name of a month in it
// that is not the one given.
func namesOtherMonth(day, month string) bool {
	m, ok := monthNumber(month)
	if !ok || m == 0 || digits(day) {
		return false
	}
	for word := range strings.FieldsFuncSeq(day, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if n, ok := monthNumber(word); ok && n != m {
			return true
		}
	}
	return false
}

// dayNumber reads a day by itself; "" is 0.
func dayNumber(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 1 && n <= 31
}

// monthNumber reads a month by itself; "" is 0.
func monthNumber(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	if c := s[0]; c >= '0' && c <= '9' || c == '+' || c == '-' {
		if n, err := strconv.Atoi(s); err == nil {
			return n, n >= 1 && n <= 12
		}
	}
	s = strings.TrimRight(s, ".")
	if len(s) < 3 {
		return 0, false
	}
	for i := 1; i < len(monthNames); i++ {
		if isNamed(monthNames[i], s) || isNamed(monthMacros[i], s) || i == 9 && isNamed("sept", s) {
			return i, true
		}
	}
	return 0, false
}

var monthNames = [...]string{1: "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
