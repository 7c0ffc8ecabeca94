package query

import (
	"slices"

	"github.com/evidence-go/evidence/record"
)

// dates compares days one after the other.
func (b *brute) dates(f Field, from, to Day) Verdict {
	kind := dateKinds[f]
	var dates []record.Date
	if kind <= published && b.r.Date.Year != 0 {
		dates = append(dates, b.r.Date)
	}
	for _, e := range b.r.Events {
		if slices.Contains(dateEvents[kind], e.Kind) && e.Date.Year != 0 {
			dates = append(dates, e.Date)
		}
	}
	if len(dates) == 0 {
		return b.absent()
	}
	v := No
	for _, d := range dates {
		in, out := 0, 0
		endYear := max(d.Year, d.EndYear)
		for y := d.Year; y <= endYear; y++ {
			for m := 1; m <= 12; m++ {
				for day := 1; day <= 31; day++ {
					switch {
					case !covers(d, endYear, Day{y, m, day}):
					case !before(Day{y, m, day}, from) && !after(Day{y, m, day}, to):
						in++
					default:
						out++
					}
				}
			}
		}
		switch {
		case out == 0:
			v = Yes
		case in > 0:
			v = max(v, CannotSay)
		}
	}
	return v
}

// covers tells whether a date may mean a day.
func covers(d record.Date, endYear int, x Day) bool {
	if before(x, Day{d.Year, d.Month, d.Day}) {
		return false
	}
	last := Day{endYear, d.EndMonth, d.EndDay}
	if d.EndYear == 0 && d.EndMonth == 0 && d.EndDay == 0 {
		last = Day{d.Year, d.Month, d.Day}
	}
	if last.Month == 0 && d.EndDay != 0 {
		last.Month = d.Month
	}
	return !after(x, last)
}

// before tells whether a day is before a bound, as far as the bound goes; nothing
// is before or after an open one.
func before(x, bound Day) bool {
	return bound.Year != 0 && (x.Year < bound.Year || x.Year == bound.Year && bound.Month != 0 && (x.Month < bound.Month ||
		x.Month == bound.Month && bound.Day != 0 && x.Day < bound.Day))
}

func after(x, bound Day) bool {
	return bound.Year != 0 && (x.Year > bound.Year || x.Year == bound.Year && bound.Month != 0 && (x.Month > bound.Month ||
		x.Month == bound.Month && bound.Day != 0 && x.Day > bound.Day))
}
