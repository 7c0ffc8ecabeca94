package record

import (
	"fmt"
	"strconv"
	"strings"
)

// Season is a part of the year that a periodical is dated by.
type Season int

// The seasons in the order of CSL and EDTF; NoSeason is the zero value.
const (
	NoSeason Season = iota
	Spring
	Summer
	Autumn
	Winter
)

// Date is a date as precise as its source. The zero value is no date at all;
// a work that is still to appear has InPress, not year 0.
type Date struct {
	Year   int    `json:"year,omitzero"`
	Month  int    `json:"month,omitzero"` // 1 to 12, 0 when unknown
	Day    int    `json:"day,omitzero"`   // 1 to 31, 0 when unknown
	Season Season `json:"season,omitzero"`

	// Of a range the last year, month and day; 0 where there is no range or
	// the part is unknown.
	EndYear  int `json:"end_year,omitzero"`
	EndMonth int `json:"end_month,omitzero"`
	EndDay   int `json:"end_day,omitzero"`

	InPress bool `json:"in_press,omitzero"`
	// Text is the date as the source has it, kept only where the parts above
	// do not say the same.
	Text string `json:"text,omitzero"`
}

// EventKind says what happened to the work on a date.
type EventKind string

// The dates that records carry beside the one they are cited by.
const (
	Electronic EventKind = "electronic" // published online, ahead of the issue or instead of it
	Print      EventKind = "print"
	Received   EventKind = "received"
	Revised    EventKind = "revised"
	Accepted   EventKind = "accepted"
	Entered    EventKind = "entered"  // into the database
	Modified   EventKind = "modified" // the database's record
	Completed  EventKind = "completed"
	Indexed    EventKind = "indexed" // MeSH headings added
	Accessed   EventKind = "accessed"
	Held       EventKind = "held" // the conference
	Original   EventKind = "original"
	Registered EventKind = "registered"
)

// Event is a dated event in the life of a work or its record.
type Event struct {
	Kind EventKind `json:"kind"`
	Name string    `json:"name,omitzero"` // the source's own word where Kind has none: "pmc-release"
	Date Date      `json:"date"`
}

// IsZero tells whether nothing is known.
func (d Date) IsZero() bool { return d == Date{} }

var seasonNames = [...]string{Spring: "Spring", Summer: "Summer", Autumn: "Autumn", Winter: "Winter"}

// String gives the English name, "Spring" to "Winter", and "" for no season.
func (s Season) String() string {
	if s <= NoSeason || int(s) >= len(seasonNames) {
		return ""
	}
	return seasonNames[s]
}

// monthNames are the English names of the months; index 1 is January.
var monthNames = [...]string{1: "January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"}

// String writes the date as EDTF does ("2012-03-04", "2012-21" for a season is
// written "2012 Spring", a range "1998-12/1999-01"), "in press" for a work to
// appear, the source's own text where the parts are unknown, and "" for no date.
func (d Date) String() string {
	if d.Year == 0 {
		if d.InPress {
			return "in press"
		}
		return d.Text
	}
	s := isoDate(d.Year, d.Month, d.Day)
	if name := d.Season.String(); name != "" {
		s += " " + name
	}
	if d.EndYear != 0 || d.EndMonth != 0 || d.EndDay != 0 {
		year, month := d.EndYear, d.EndMonth
		if year == 0 {
			year = d.Year
		}
		if month == 0 && d.EndDay != 0 {
			month = d.Month
		}
		s += "/" + isoDate(year, month, d.EndDay)
	}
	return s
}

func isoDate(year, month, day int) string {
	switch {
	case month == 0:
		return fmt.Sprintf("%04d", year)
	case day == 0:
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// ParseDate reads a date as bibliographic files write it: "2012", "2012/03//",
// "2012-03-04", "2012 Mar 4", "4 March 2012", "March 4, 2012", "2007 Spring",
// "1998 Dec-1999 Jan", "2012 Jan-Feb", "2000 Oct 16-31", "JUN 13" (no year),
// "in press", and the like with a time of day. Of two numbers that could both be the
// month the first is it, but for those written with points, "09.11.2016", which have
// the day first.
//
// ok is false when neither a year, a month nor "in press" was found; the text
// then stands in Date.Text. Text is also filled where words were left over.
func ParseDate(s string) (d Date, ok bool) {
	if plain, ok := plainDate(s); ok {
		return plain, true
	}
	s = collapse(s)
	if s == "" {
		return Date{}, false
	}
	low := strings.ToLower(s)
	if len(low) >= len(shortestInPress) {
		for _, phrase := range inPressPhrases {
			if strings.Contains(low, phrase) {
				d.InPress = true
				low = strings.TrimSpace(strings.Replace(low, phrase, " ", 1))
			}
		}
	}
	p := dateParser{d: d}
	p.run(low)
	d = p.d
	if p.leftover {
		d.Text = s
	}
	if d.Year == 0 && d.Month == 0 && !d.InPress {
		return Date{Text: s}, false
	}
	if d.Year == 0 && !d.InPress {
		d.Text = s
	}
	return d, true
}

const shortestInPress = "inpress"

var inPressPhrases = []string{"in press", "forthcoming", "ahead of print", "to appear", "accepted for publication", shortestInPress}

// plainDate reads the forms that nearly all dates have, and leaves every other to
// the parser: a year, "2012/03/04", "2012-03", "2012/03//", "2012///", with or
// without a time of day, "2012 Mar", "2012 Mar 4".
func plainDate(s string) (d Date, ok bool) {
	if len(s) < 4 || s[0] < '1' || s[0] > '2' || !allDigits(s[:4]) {
		return Date{}, false
	}
	d.Year = int(s[0]-'0')*1000 + int(s[1]-'0')*100 + twoDigits(s[2:])
	if len(s) == 4 {
		return d, true
	}
	sep, rest := s[4], s[5:]
	if sep == ' ' {
		if len(rest) < 3 {
			return Date{}, false
		}
		d.Month = englishMonth(rest[:3])
		switch rest = rest[3:]; {
		case d.Month == 0:
			return Date{}, false
		case rest == "":
			return d, true
		case rest[0] != ' ':
			return Date{}, false
		case len(rest) == 2 && isDigit(rest[1]):
			d.Day = int(rest[1] - '0')
		case len(rest) == 3 && allDigits(rest[1:]):
			d.Day = twoDigits(rest[1:])
		}
		return d, d.Day >= 1 && d.Day <= 31
	}
	if sep != '/' && sep != '-' {
		return Date{}, false
	}
	if sep == '/' && (rest == "" || rest == "//" || rest == "/") {
		return d, true
	}
	if len(rest) < 2 || !allDigits(rest[:2]) {
		return Date{}, false
	}
	if d.Month = twoDigits(rest); d.Month < 1 || d.Month > 12 {
		return Date{}, false
	}
	rest = rest[2:]
	if rest == "" || sep == '/' && (rest == "//" || rest == "/") {
		return d, true
	}
	if len(rest) < 3 || rest[0] != sep || !allDigits(rest[1:3]) {
		return Date{}, false
	}
	if d.Day = twoDigits(rest[1:]); d.Day < 1 || d.Day > 31 {
		return Date{}, false
	}
	rest = rest[3:]
	time := len(rest) >= 4 && rest[0] == ' ' && allDigits(rest[1:3]) && rest[3] == ':'
	return d, rest == "" || rest == "/" || time
}

func twoDigits(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// englishMonth reads the three letters of a month as databases write them: "Mar".
func englishMonth(s string) int {
	for m := 1; m < len(monthNames); m++ {
		if monthNames[m][:3] == s {
			return m
		}
	}
	return 0
}

// dateParser walks the numbers and words of a date. What stands after a dash
// that follows a complete part belongs to the end of a range.
type dateParser struct {
	d        Date
	inEnd    bool
	leftover bool
	pending  [4]int // numbers of one or two digits not yet placed
	count    int    // of them; more than there is room for say no more than these
	waiting  int    // a day that came before its month: "4 March 2012"
}

func (p *dateParser) run(s string) {
	numeric := !strings.ContainsFunc(s, isLetter)
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			if day, month, n := dottedDay(s[i:]); n > 0 && p.d.Month == 0 && p.count == 0 {
				p.d.Day, p.d.Month = day, month
				i += n
				continue
			}
			j := i
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				j++
			}
			if j < len(s) && s[j] == ':' { // a time of day ends the date
				p.flush()
				return
			}
			p.number(s[i:j], numeric)
			i = j
		case c >= 'a' && c <= 'z' || c >= 0x80:
			j := i
			for j < len(s) && (s[j] >= 'a' && s[j] <= 'z' || s[j] >= 0x80) {
				j++
			}
			w := s[i:j]
			switch w {
			case "–", "—", "‐":
				p.flush()
				p.inEnd = true
			default:
				p.word(w)
			}
			i = j
		case c == '-' && !numeric:
			p.flush()
			p.inEnd = true
			i++
		case c == '-' && numeric && p.yearRange(s[i+1:]):
			p.flush()
			p.inEnd = true
			i++
		default:
			if c == '[' || c == '?' || c == '(' {
				p.leftover = true
			}
			i++
		}
	}
	p.flush()
	if p.waiting != 0 {
		p.leftover = true
	}
}

// dottedDay reads the day and the month before the year of "09.11.2016", and how long
// they are; 0 for anything else, and where the second cannot be the month.
func dottedDay(s string) (day, month, length int) {
	day, rest := dottedNumber(s)
	month, rest = dottedNumber(rest)
	if day < 1 || day > 31 || month < 1 || month > 12 || len(rest) < 4 || !allDigits(rest[:4]) || len(rest) > 4 && isDigit(rest[4]) {
		return 0, 0, 0
	}
	return day, month, len(s) - len(rest)
}

// dottedNumber reads one or two digits with a point and perhaps a blank behind them.
func dottedNumber(s string) (n int, rest string) {
	for rest = s; rest != "" && isDigit(rest[0]) && len(s)-len(rest) < 2; rest = rest[1:] {
		n = 10*n + int(rest[0]-'0')
	}
	rest, ok := strings.CutPrefix(rest, ".")
	if !ok || n == 0 {
		return 0, ""
	}
	return n, strings.TrimPrefix(rest, " ")
}

// yearRange tells whether what follows a dash in a text of digits is a second
// year: "1998-1999", but not "1998-12".
func (p *dateParser) yearRange(rest string) bool {
	digits := 0
	for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	return digits == 4 && p.d.Year != 0 && p.d.Month == 0 && p.count == 0
}

func (p *dateParser) number(digits string, numeric bool) {
	n, err := strconv.Atoi(digits)
	if err != nil {
		p.leftover = true
		return
	}
	switch {
	case len(digits) == 8 && numeric && p.d.Year == 0: // 20170812
		p.year(n / 10000)
		month, day := n/100%100, n%100
		if month == 0 && day == 0 {
			return
		}
		if month == 0 || month > 12 || day > 31 { // no date: what it is stands in Date.Text
			p.leftover = true
			return
		}
		p.wait(month)
		p.wait(day)
	case len(digits) == 4:
		p.year(n)
	case len(digits) <= 2 && n == 0:
	case len(digits) <= 2 && n <= 31:
		p.wait(n)
	default:
		p.leftover = true
	}
}

// wait keeps a number until it is clear whether it is a day or a month.
func (p *dateParser) wait(n int) {
	if p.count < len(p.pending) {
		p.pending[p.count] = n
		p.count++
	}
}

func (p *dateParser) year(n int) {
	switch {
	case n < 1000 || n > 2999:
		p.leftover = true
	case p.inEnd && p.d.Year != 0:
		p.d.EndYear = n
	case p.d.Year == 0:
		p.d.Year = n
	case p.d.Year != n:
		p.leftover = true
	}
}

func (p *dateParser) word(w string) {
	if m := monthOf(w); m != 0 {
		p.flush()
		if p.inEnd && p.d.Month != 0 {
			p.d.EndMonth = m
		} else if p.d.Month == 0 {
			p.d.Month = m
			if p.d.Day == 0 {
				p.d.Day, p.waiting = p.waiting, 0
			}
		}
		return
	}
	if s := seasonOf(w); s != NoSeason {
		if p.d.Season == NoSeason {
			p.d.Season = s
			return
		}
	}
	switch w {
	case "st", "nd", "rd", "th", "of", "the", "de", "du", "t", "z":
		return
	}
	p.leftover = true
}

// flush places numbers of one or two digits: as month and day where the text
// has the year first and no month yet, else as days.
func (p *dateParser) flush() {
	nums := p.pending[:p.count]
	p.count = 0
	if len(nums) == 0 {
		return
	}
	d := &p.d
	switch {
	case p.inEnd && (d.Day != 0 || d.Month != 0):
		if d.EndMonth == 0 && d.Day == 0 && d.Month != 0 && len(nums) == 1 && nums[0] <= 12 && d.EndYear != 0 {
			d.EndMonth = nums[0]
			return
		}
		d.EndDay = nums[0]
	case d.Month != 0:
		if d.Day == 0 {
			d.Day = nums[0]
		}
	case d.Year != 0 && nums[0] <= 12:
		d.Month = nums[0]
		if len(nums) > 1 {
			d.Day = nums[1]
		}
	case len(nums) == 2 && nums[0] > 12 && nums[1] <= 12: // 25/03/2012
		d.Day, d.Month = nums[0], nums[1]
	case len(nums) == 2 && nums[1] > 12 && nums[0] <= 12: // 03/25/2012
		d.Month, d.Day = nums[0], nums[1]
	case len(nums) == 1:
		p.waiting = nums[0]
	default:
		p.leftover = true
	}
}

// monthOf reads the name of a month or its abbreviation of three or more
// letters, in English and in the languages that exports use most.
func monthOf(w string) int {
	w = strings.TrimSuffix(w, ".")
	if m, ok := foreignMonths[w]; ok {
		return m
	}
	if len(w) < 3 {
		return 0
	}
	for m := 1; m <= 12; m++ {
		if name := monthNames[m]; len(w) <= len(name) && strings.EqualFold(name[:len(w)], w) || w == "sept" && m == 9 {
			return m
		}
	}
	return 0
}

var foreignMonths = map[string]int{
	"januar": 1, "janvier": 1, "enero": 1, "ene": 1, "februar": 2, "février": 2, "fevrier": 2, "febrero": 2,
	"märz": 3, "mars": 3, "marzo": 3, "avril": 4, "abril": 4, "abr": 4, "mai": 5, "mayo": 5, "juni": 6, "juin": 6, "junio": 6,
	"juli": 7, "juillet": 7, "julio": 7, "août": 8, "agosto": 8, "ago": 8, "septembre": 9, "septiembre": 9,
	"oktober": 10, "okt": 10, "octobre": 10, "octubre": 10, "novembre": 11, "noviembre": 11,
	"dezember": 12, "dez": 12, "décembre": 12, "diciembre": 12, "dic": 12,
}

func seasonOf(w string) Season {
	switch w {
	case "spring", "spr":
		return Spring
	case "summer", "sum":
		return Summer
	case "autumn", "fall", "aut", "fal":
		return Autumn
	case "winter", "win":
		return Winter
	}
	return NoSeason
}
