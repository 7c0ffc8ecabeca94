package ris

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// dated is an item with the date that its value says, if it does.
type dated struct {
	item
	date     record.Date
	ok       bool
	yearless bool // a month or season, which is read once the year is known
}

func date(b *builder, it item) {
	at := dated{item: it, yearless: isYearless(it.clean())}
	if !at.yearless {
		at.date, at.ok = parseDate(it.clean())
	}
	b.dates = append(b.dates, at)
}

// isYearless tells whether a date is a word and perhaps a day: "MAR", "Mar 13",
// "Spring". One that may be "in press" is none.
func isYearless(s string) bool {
	word, day, _ := strings.Cut(s, " ")
	if len(word) < 3 || len(word) > len("September") || len(day) > 2 || day != "" && !digits(day) || word[0]|0x20 == 'i' {
		return false
	}
	for i := 0; i < len(word); i++ {
		if c := word[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// in reads a date without a year as one of that year, where it has none.
func (at *dated) in(year int) (d record.Date, ok bool) {
	if at.yearless {
		if year != 0 {
			if d, ok = parseDate(inYear(year, at.clean())); ok && d.Text == "" {
				return d, true
			}
		}
		at.date, at.ok = parseDate(at.clean())
	}
	d, ok = at.date, at.ok
	if !ok && year != 0 { // a season by itself, as Web of Science has it
		d, ok = parseDate(inYear(year, at.clean()))
		ok = ok && d.Text == ""
	}
	if ok && d.Year == 0 && year != 0 && !d.InPress {
		d, _ = parseDate(inYear(year, at.clean()))
	}
	return d, ok
}

// dateRank orders the tags of the date of publication by how much the year they
// give is to be believed.
func dateRank(tag string) int { return strings.Index("PYY1DA", tag) }

// settleDate takes the year from the best tag that has one, and month and day
// from any tag of the same year or without one.
func (b *builder) settleDate() {
	var best record.Date
	rank := len("PYY1DA")
	for i := range b.dates {
		if at := &b.dates[i]; at.ok && (at.date.Year != 0 || at.date.InPress) && dateRank(at.tag) < rank {
			best, rank = at.date, dateRank(at.tag)
		}
	}
	for i := range b.dates {
		it := b.dates[i].item
		d, ok := b.dates[i].in(best.Year)
		if !ok {
			b.keep(it)
			b.problem(it, record.CodeDate, "expected a date such as 2012/03/05/; it is kept as it is")
			continue
		}
		switch {
		case d == best:
		case d.InPress && d.Year == 0:
			best.InPress = true
		case best.Year == 0:
			best = mergeDate(best, d)
		case d.Year != best.Year:
			b.keep(it)
			if rank != dateRank(it.tag) {
				b.problem(it, record.CodeDate, fmt.Sprintf("the year is not %d, as another tag has it, which stands; the value is kept as it is", best.Year))
			} else {
				b.problem(it, record.CodeRepeatedTag, "a further year; the first stands, this one is kept as it is")
			}
		case best.Month == 0 && best.Season == record.NoSeason && best.EndYear == 0:
			best = mergeDate(best, d)
		case d.Month == best.Month && best.Day == 0 && d.Day != 0:
			best = mergeDate(best, d)
		case d.Month == 0 && d.Season == record.NoSeason, d.Month == best.Month && d.Day == 0, d.Month == best.Month && d.Day == best.Day:
		default:
			b.keep(it)
		}
	}
	b.r.Date = best
	b.settleEarlyYear()
}

// settleEarlyYear gives an article that is online only the year in which it got there:
// Web of Science has no PY before the article is in an issue.
func (b *builder) settleEarlyYear() {
	if b.r.Date.Year != 0 || b.from.platform != "Web of Science" {
		return
	}
	for _, e := range b.r.Events {
		if e.Kind == record.Electronic {
			b.r.Date.Year = e.Date.Year
			return
		}
	}
}

// inYear puts a year before a date that has none.
func inYear(year int, date string) string {
	var room [64]byte
	return string(append(append(strconv.AppendInt(room[:0], int64(year), 10), ' '), date...))
}

// mergeDate takes the more precise date, and keeps "in press" of either.
func mergeDate(a, b record.Date) record.Date {
	b.InPress = b.InPress || a.InPress
	if b.Month == 0 && b.Season == record.NoSeason && b.EndYear == 0 && b.Text == "" {
		b.Text = a.Text
	}
	return b
}

// parseDate reads the forms of RIS, "2012/03/05/other", and all of
// record.ParseDate. A label before it ("Start date: 20170812") is passed over.
func parseDate(value string) (record.Date, bool) {
	if label, rest, ok := strings.Cut(value, ": "); ok && !strings.ContainsAny(label, "0123456789") {
		value = rest
	}
	return record.ParseDate(value)
}

// dateText writes a date so that the reader finds the same parts: as RIS has it,
// or in words where RIS has no place for it.
func dateText(d record.Date) string {
	switch {
	case d.Text != "":
		return d.Text
	case d.EndYear != 0 || d.EndMonth != 0 || d.EndDay != 0:
		return rangeText(d)
	case d.InPress && d.Year != 0:
		return strings.TrimSpace(slashedDate(d) + " in press")
	}
	return slashedDate(d)
}

// slashedDate writes "YYYY/MM/DD/season".
func slashedDate(d record.Date) string {
	if d.Year == 0 {
		return ""
	}
	s := fmt.Sprintf("%04d/", d.Year)
	if d.Month != 0 {
		s += fmt.Sprintf("%02d", d.Month)
	}
	s += "/"
	if d.Day != 0 {
		s += fmt.Sprintf("%02d", d.Day)
	}
	return s + "/" + d.Season.String()
}

var months = [...]string{"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

func month(m int) string { return months[max(0, min(m, len(months)-1))] }

// rangeText writes a range in words: "1998 Dec 30-1999 Jan 2".
func rangeText(d record.Date) string {
	part := func(year, m, day int) string {
		var words []string
		if year != 0 {
			words = append(words, strconv.Itoa(year))
		}
		if m != 0 {
			words = append(words, month(m))
		}
		if day != 0 {
			words = append(words, strconv.Itoa(day))
		}
		return strings.Join(words, " ")
	}
	return part(d.Year, d.Month, d.Day) + "-" + part(d.EndYear, d.EndMonth, d.EndDay)
}
