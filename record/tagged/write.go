package tagged

import (
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// printer writes lines of tags. Web of Science and RefWorks part a tag from its
// value by one blank alike.
type printer struct {
	w record.Sink
}

// line writes one tag, nothing for an empty value. With list it is the only way
// by which a value reaches the file: whatever it holds, it stays on its line
// behind its tag.
func (p *printer) line(tag, value string) { p.list(tag, []string{value}) }

// list writes one tag with each value on a line of its own, the further ones
// behind three blanks.
func (p *printer) list(tag string, values []string) {
	for _, value := range values {
		if value = fold.Text(value); value == "" {
			continue
		}
		// The Sink keeps the first error for Writer.Write and Close.
		_, _ = p.w.WriteString(tag)
		_ = p.w.WriteByte(' ')
		_, _ = p.w.WriteString(value)
		_ = p.w.WriteByte('\n')
		tag = "  "
	}
}

// joined writes one tag with all values on its line, semicolons between them.
func (p *printer) joined(tag string, values []string) {
	parts := make([]string, 0, len(values))
	for _, v := range values {
		if v = fold.Text(strings.ReplaceAll(v, ";", ",")); v != "" {
			parts = append(parts, v)
		}
	}
	p.line(tag, strings.Join(parts, "; "))
}

// extra writes the tags that no field holds back to where they came from, but
// for those of the record's frame. Tags of other formats mean other things and
// stay out.
func (p *printer) extra(r *record.Record, format string, mayWrite func(tag string) bool) {
	for _, x := range r.ExtraFor(format) {
		if mayWrite(x.Tag) {
			p.line(x.Tag, x.Value)
		}
	}
}

// monthText is how both formats abbreviate a month, in small letters.
var monthText = [...]string{"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// monthAndDay writes what a date says beyond its year: "Mar 15", "Sep-Oct",
// "Spr"; with the years where they are two; as the source has it where the parts
// do not say it all; "" where there is only a year.
func monthAndDay(d record.Date) string {
	if d.Year == 0 || d == (record.Date{Year: d.Year}) {
		return ""
	}
	if d.Text != "" {
		return d.Text
	}
	years := func(year int) string {
		if d.EndYear == 0 || d.EndYear == d.Year {
			return ""
		}
		return fmt.Sprintf(" %04d", year)
	}
	text := dayText(d.Month, d.Day)
	if d.Season != record.NoSeason {
		text = d.Season.String()
	}
	text += years(d.Year)
	switch {
	case d.EndMonth != 0:
		text += "-" + dayText(d.EndMonth, d.EndDay) + years(d.EndYear)
	case d.EndDay != 0:
		text += fmt.Sprintf("-%d", d.EndDay)
	case d.EndYear != 0 && d.EndYear != d.Year:
		text += "-" + strings.TrimSpace(years(d.EndYear))
	}
	return strings.TrimSpace(text)
}

// dayText writes a month with its day, where it has one: "Mar 15".
func dayText(month, day int) string {
	if month < 1 || month > 12 {
		return ""
	}
	if day == 0 {
		return monthText[month]
	}
	return fmt.Sprintf("%s %d", monthText[month], day)
}

// yearText writes the year, or that the work is in press, or what words there are.
func yearText(d record.Date) string {
	switch {
	case d.Year != 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.InPress:
		return "in press"
	}
	return d.Text
}

// pageRange gives the first and the last page, both in full; of what is no range
// of pages all as the first.
func pageRange(in record.Container) (first, last string) {
	first, last = in.PageRange()
	if first == "" || strings.ContainsAny(in.Pages, ",; ") || severalDashes(in.Pages) || len(last) == len(first) && last < first {
		return in.Pages, ""
	}
	if last == first {
		last = ""
	}
	return first, last
}

// severalDashes tells whether pages are more than one run from first to last.
func severalDashes(pages string) bool {
	return strings.Count(plainDashes.Replace(pages), "-") > 1
}

var plainDashes = strings.NewReplacer("--", "-", "–", "-", "—", "-", "‐", "-", "−", "-")
