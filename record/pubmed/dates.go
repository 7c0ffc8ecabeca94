package pubmed

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// parseDate reads a date; the forms that NLM writes in every record are read
// here, all others by record.ParseDate, which gives the same for these.
func parseDate(s string) (record.Date, bool) {
	year, ok := number(s, 0, 4)
	if ok && year >= 1000 && year <= 2999 {
		switch {
		case len(s) == 4:
			return record.Date{Year: year}, true
		case len(s) == 8:
			return numericDate(s, year, 4, 6)
		case len(s) == 10 && s[4] == '/' && s[7] == '/', len(s) == 16 && s[4] == '/' && s[7] == '/' && s[10] == ' ' && s[13] == ':':
			return numericDate(s, year, 5, 8)
		case len(s) >= 8 && s[4] == ' ':
			if d, ok := namedDate(s, year); ok {
				return d, true
			}
		}
	}
	return record.ParseDate(s)
}

// numericDate reads month and day at their places.
func numericDate(s string, year, month, day int) (record.Date, bool) {
	m, ok1 := number(s, month, 2)
	d, ok2 := number(s, day, 2)
	if !ok1 || !ok2 || m < 1 || m > 12 || d < 1 || d > 31 {
		return record.ParseDate(s)
	}
	return record.Date{Year: year, Month: m, Day: d}, true
}

const monthNames = "JanFebMarAprMayJunJulAugSepOctNovDec"

// namedDate reads "2012 Mar" and "2012 Mar 4".
func namedDate(s string, year int) (record.Date, bool) {
	at := strings.Index(monthNames, s[5:8])
	if at < 0 || at%3 != 0 {
		return record.Date{}, false
	}
	d := record.Date{Year: year, Month: at/3 + 1}
	if len(s) == 8 {
		return d, true
	}
	if s[8] != ' ' || len(s) > 11 {
		return record.Date{}, false
	}
	day, ok := number(s, 9, len(s)-9)
	d.Day = day
	return d, ok && day >= 1 && day <= 31
}

// number reads n digits at a place of a text.
func number(s string, at, n int) (v int, ok bool) {
	if n < 1 || len(s) < at+n {
		return 0, false
	}
	for _, c := range []byte(s[at : at+n]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = 10*v + int(c-'0')
	}
	return v, true
}

// oneDay tells whether a date is a year with optional month and day, which
// is all that the date of an event can be.
func oneDay(d record.Date) bool {
	return d.Year != 0 && d.Month <= 12 && d.Day <= 31 && d.Season == record.NoSeason && d.EndYear == 0 && d.EndMonth == 0 && d.EndDay == 0
}

// citedDate writes a date as MEDLINE does in DP: "2012 Mar 4", "2007 Spring",
// "2012 Jan-Feb", "1998 Dec-1999 Jan", or the words of the source. It is "" for
// no date.
func citedDate(d record.Date) string { return string(appendCited(nil, d)) }

func appendCited(dst []byte, d record.Date) []byte {
	if d.Text != "" || d.Year == 0 {
		return append(dst, d.Text...)
	}
	dst = appendYear(dst, d.Year)
	if d.Season != record.NoSeason {
		return append(append(dst, ' '), d.Season.String()...)
	}
	dst = appendDay(dst, d.Month, d.Day)
	if oneDay(d) {
		return dst
	}
	dst = append(dst, '-')
	start := len(dst)
	if d.EndYear != 0 {
		dst = appendYear(append(dst, ' '), d.EndYear)
	}
	switch {
	case d.EndMonth != 0:
		dst = appendDay(dst, d.EndMonth, d.EndDay)
	case d.EndDay != 0:
		dst = strconv.AppendInt(append(dst, ' '), int64(d.EndDay), 10)
	}
	if len(dst) > start {
		dst = slices.Delete(dst, start, start+1) // no blank behind the dash
	}
	return dst
}

// appendYear writes a year in four digits.
func appendYear(dst []byte, year int) []byte {
	if year < 1000 || year > 9999 {
		return fmt.Appendf(dst, "%04d", year)
	}
	return strconv.AppendInt(dst, int64(year), 10)
}

// appendDay writes " Mar 4", " Mar" or nothing.
func appendDay(dst []byte, month, day int) []byte {
	if month < 1 || month > 12 {
		return dst
	}
	dst = append(append(dst, ' '), monthNames[3*month-3:3*month]...)
	if day != 0 {
		dst = strconv.AppendInt(append(dst, ' '), int64(day), 10)
	}
	return dst
}

// stamp writes "20120304" and slashed "2012/03/04 00:00"; a date without a day
// is "2012/03" or "2012" in both.
func stamp(d record.Date) string {
	if d.Month == 0 || d.Day == 0 {
		return slashed(d)
	}
	return fmt.Sprintf("%04d%02d%02d", d.Year, d.Month, d.Day)
}

func slashed(d record.Date) string {
	switch {
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d/%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d/%02d/%02d 00:00", d.Year, d.Month, d.Day)
}
