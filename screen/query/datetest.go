package query

import (
	"slices"

	"github.com/evidence-go/evidence/record"
)

// dateTest asks for a date within a range of days.
type dateTest struct {
	kind     dateKind
	from, to day // both included
}

// day is a day as a number that grows with time; 0 is before all of them.
type day int32

const lastDay day = 1 << 30

// dayOf gives the first day that a date may mean, or the last.
func dayOf(year, month, dayOfMonth int, isLast bool) day {
	if month == 0 && isLast {
		month = 12
	}
	if dayOfMonth == 0 && isLast {
		dayOfMonth = 31
	}
	return day(year<<9 + max(month, 1)<<5 + max(dayOfMonth, 1))
}

// dateKind says which dates of a record a test looks at.
type dateKind uint8

const (
	cited     dateKind = iota // the date the work is cited by
	published                 // that, and the dates of print and of electronic publication
	electronic
	entered
	indexed
	completed
	modified
	dateKindCount
)

// dateKinds says what a field of dates looks at; one that is none of these looks
// at the date the work is cited by.
var dateKinds = map[Field]dateKind{
	PublicationDate: published, ElectronicDate: electronic, EntryDate: entered, CreateDate: entered,
	HeadingDate: indexed, CompletionDate: completed, UpdateDate: modified,
}

// dateEvents are the events of each kind; dateTags the tags of Ovid that hold such
// dates.
var (
	dateEvents = map[dateKind][]record.EventKind{
		published: {record.Electronic, record.Print}, electronic: {record.Electronic}, entered: {record.Entered, record.Indexed},
		indexed: {record.Indexed}, completed: {record.Completed}, modified: {record.Modified},
	}
	dateTags = map[dateKind][]string{entered: {"ED", "EZ", "DA"}, modified: {"UP"}}
)

func (b *planner) datesIn(f Field, from, to Day) int32 {
	t := dateTest{kind: dateKinds[f], to: lastDay}
	if from.Year != 0 {
		t.from = dayOf(from.Year, from.Month, from.Day, false)
	}
	if to.Year != 0 {
		t.to = dayOf(to.Year, to.Month, to.Day, true)
	}
	if at := slices.Index(b.p.dates, t); at >= 0 && len(b.p.dates) < 1000 {
		return int32(at)
	}
	b.p.dates = append(b.p.dates, t)
	return int32(len(b.p.dates) - 1)
}

// verdict judges a record: yes where one of its dates is certainly within the
// range, no where each is certainly outside, and otherwise nobody can say; absent
// is the verdict where there is no date.
func (t dateTest) verdict(r *record.Record, absent Verdict) Verdict {
	v, any := No, false
	t.kind.dates(r, func(d record.Date) { v, any = max(v, t.of(d)), true })
	if !any {
		return absent
	}
	return v
}

// dates gives the dates of a record that tests of a kind look at.
func (k dateKind) dates(r *record.Record, give func(record.Date)) {
	judge := func(d record.Date) {
		if d.Year != 0 {
			give(d)
		}
	}
	if k <= published {
		judge(r.Date)
	}
	for i := range r.Events {
		if slices.Contains(dateEvents[k], r.Events[i].Kind) {
			judge(r.Events[i].Date)
		}
	}
	tags := dateTags[k]
	for i := range r.Extra {
		if len(tags) == 0 {
			break
		}
		format, tag := r.ExtraFormat(r.Extra[i].Tag)
		if format == "ovid" && slices.Contains(tags, tag) {
			if d, ok := record.ParseDate(r.Extra[i].Value); ok {
				judge(d)
			}
		}
	}
}

// of judges one date, which may be no more than a year.
func (t dateTest) of(d record.Date) Verdict { return t.within(daysOfDate(d)) }

// daysOfDate gives the first and the last day that a date may mean.
func daysOfDate(d record.Date) (low, high day) {
	low = dayOf(d.Year, d.Month, d.Day, false)
	high = dayOf(d.Year, d.Month, d.Day, true)
	if d.EndYear != 0 || d.EndMonth != 0 || d.EndDay != 0 {
		year, month := d.EndYear, d.EndMonth
		if year == 0 {
			year = d.Year
		}
		if month == 0 && d.EndDay != 0 {
			month = d.Month
		}
		high = max(high, dayOf(year, month, d.EndDay, true))
	}
	return low, high
}

// within judges a date that may mean any day from low to high.
func (t dateTest) within(low, high day) Verdict {
	switch {
	case low >= t.from && high <= t.to:
		return Yes
	case high < t.from || low > t.to:
		return No
	}
	return CannotSay
}

// missing is the field whose lack or want of precision leaves the answer open.
func (t dateTest) missing() record.Field {
	if t.kind <= published {
		return record.FieldDate
	}
	return record.FieldEvents
}

// spans gives the dates of a record that are within the range.
func (t dateTest) spans(r *record.Record) []record.Span {
	if t.kind <= published && r.Date.Year != 0 && t.of(r.Date) == Yes {
		return []record.Span{wholeItem(record.FieldDate, 0, r.Date.String())}
	}
	texts := r.Values(record.FieldEvents)
	var out []record.Span
	for i := range r.Events {
		if d := r.Events[i].Date; slices.Contains(dateEvents[t.kind], r.Events[i].Kind) && d.Year != 0 && t.of(d) == Yes {
			out = append(out, wholeItem(record.FieldEvents, i, texts[i]))
		}
	}
	return out
}
