package endnote

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

func (b *builder) year(it item) { b.years = append(b.years, it) }

// date reads Date. Of a paper it is when the conference was, unless it is written
// as a computer would.
func (b *builder) date(it item) {
	if b.typ.kind == record.ConferencePaper && !computed(fold.Text(it.value)) {
		b.set(&b.r.In.EventDate, fold.Text(it.value), it)
		return
	}
	b.dates = append(b.dates, it)
}

// computed tells whether a date is written year first, with dashes or slashes, or
// as a year, a season and the like that begin with one.
func computed(s string) bool { return len(s) >= 4 && digits(s[:4]) }

func (b *builder) event(kind record.EventKind, d record.Date) {
	b.r.Events = append(b.r.Events, record.Event{Kind: kind, Date: d})
}

// accessed reads Access Date.
func (b *builder) accessed(it item) {
	if d, ok := record.ParseDate(fold.Text(it.value)); ok && d.Year != 0 && d.Text == "" {
		b.event(record.Accessed, d)
		return
	}
	b.keep(it)
}

// settleDates takes the year from its own field and month and day from any date
// of that year or without one.
func (b *builder) settleDates() {
	b.settleAccess()
	best := &b.r.Date
	for _, it := range b.years {
		d, ok := record.ParseDate(fold.Text(it.value))
		switch {
		case !ok || d.Year == 0 && !d.InPress:
			b.keep(it)
			b.problem(it, record.CodeDate, "expected a year; the value is kept as it is")
		case best.Year == 0:
			d.InPress = d.InPress || best.InPress
			*best = d
		case d.Year == 0:
			best.InPress = true
		case d == *best:
		default:
			b.again(it)
		}
	}
	for _, it := range b.dates {
		b.addDate(best, it)
	}
}

// addDate takes what a date says beyond the year.
func (b *builder) addDate(best *record.Date, it item) {
	value := fold.Text(it.value)
	d, ok := record.ParseDate(value)
	if best.Year != 0 && (!ok || d.Year == 0 && !d.InPress) { // "Mar 3", "Spring"
		d, ok = record.ParseDate(strconv.Itoa(best.Year) + " " + value)
		ok = ok && d.Text == ""
	}
	switch {
	case !ok:
		b.keep(it)
		b.problem(it, record.CodeDate, "expected a date such as 2012-03-05 or Mar 5; it is kept as it is")
	case d == *best:
	case d.InPress && d.Year == 0:
		best.InPress = true
	case best.Year == 0:
		d.InPress = d.InPress || best.InPress
		*best = d
	case d.Year == best.Year && best.Month == 0 && best.Season == record.NoSeason && best.EndYear == 0 && best.Text == "":
		d.InPress = d.InPress || best.InPress
		*best = d
	case d.Year == best.Year && d.Month == 0 && d.Season == record.NoSeason, d.Year == best.Year && d.Month == best.Month && d.Day == best.Day:
	default:
		b.keep(it)
	}
}

// settleAccess puts together the year and the day that a page was looked at, which
// stand in Volume and Number.
func (b *builder) settleAccess() {
	if b.accessYear.value == "" && b.accessDay.value == "" {
		return
	}
	text := strings.TrimSpace(fold.Text(b.accessDay.value) + " " + fold.Text(b.accessYear.value))
	if d, ok := record.ParseDate(fold.Text(b.accessDay.value)); ok && d.Year != 0 && (b.accessYear.value == "" || strconv.Itoa(d.Year) == fold.Text(b.accessYear.value)) {
		text = fold.Text(b.accessDay.value)
	}
	if d, ok := record.ParseDate(text); ok && d.Year != 0 && d.Text == "" {
		b.event(record.Accessed, d)
		return
	}
	for _, it := range [...]item{b.accessYear, b.accessDay} {
		if it.value != "" {
			b.keep(it)
		}
	}
}

// dateText writes a date so that the reader finds the same parts: as ISO 8601, or in
// words where that has none.
func dateText(d record.Date) string {
	switch {
	case d.Year == 0:
		return d.Text
	case d.Text != "":
		return d.Text
	case d.EndYear != 0 || d.EndMonth != 0 || d.EndDay != 0:
		return words(d.Year, d.Month, d.Day) + "-" + words(d.EndYear, d.EndMonth, d.EndDay)
	case d.Season != record.NoSeason:
		return strconv.Itoa(d.Year) + " " + d.Season.String()
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

var months = [...]string{"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// words writes an end of a range: "1998 Dec 30".
func words(year, month, day int) string {
	var out []string
	if year != 0 {
		out = append(out, strconv.Itoa(year))
	}
	if month > 0 && month < len(months) {
		out = append(out, months[month])
	}
	if day != 0 {
		out = append(out, strconv.Itoa(day))
	}
	return strings.Join(out, " ")
}
