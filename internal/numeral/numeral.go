package numeral

import (
	"strconv"
	"strings"
)

// Kind says what a number counts in.
type Kind int

// The kinds of numbers.
const (
	Plain   Kind = iota // 12, twelve, 0.05
	Percent             // 12 %, twelve per cent
	Part                // half, two thirds: Value is from 0 to 1
	Times               // twice, threefold
	Code                // COVID-19, 2nd, ½: digits that are part of a name; Key is the text itself
)

// Bound is what stands before a number and makes it a limit.
type Bound int

// The bounds; Exact is a number without any.
const (
	Exact Bound = iota
	About
	More    // more than
	AtLeast // at least, or more
	Less    // fewer than
	AtMost  // up to, or fewer
)

// Number is a number at its place in a text.
type Number struct {
	Start, End int     // all that belongs to it: "at least 3 of 6", "12 %"
	Key        string  // the number in digits, without zeros that say nothing; of a Code its text in small letters
	Value      float64 // 0 for a Code
	Decimals   int     // digits after the point, as written
	Kind       Kind
	Bound      Bound
	To         string // key of the upper end of a range, "" for none
	ToValue    float64
	Of         string // key of what it is a part of, "6" in "3 of 6"; "" for none
	OfValue    float64
	Share      bool // "one in six", which says how large a part is and not how many there are
}

// IsYear holds for what is written as a year is: four digits from 1500 to 2100.
func (n Number) IsYear() bool {
	return n.Kind == Plain && len(n.Key) == 4 && n.Decimals == 0 && n.Value >= 1500 && n.Value <= 2100
}

// amount is a number by itself.
type amount struct {
	key      string
	value    float64
	decimals int
}

func whole(n int64) amount { return amount{key: strconv.FormatInt(n, 10), value: float64(n)} }

// In finds the numbers of a text in their order. A text without any gives nil.
func In(text string) []Number {
	p := parser{text: text, words: scan(text)}
	var out []Number
	for p.at < len(p.words) {
		if n, ok := p.number(); ok {
			out = append(out, n)
		}
	}
	return out
}

// parser reads numbers off a list of words.
type parser struct {
	text  string
	words []word
	at    int
}

// number reads one at the present word, or passes over the word.
func (p *parser) number() (Number, bool) {
	first := p.at
	n, ok := p.simple()
	if !ok {
		p.at = first + 1
		return n, false
	}
	if n.Kind != Code && n.Kind != Times {
		p.rangeEnd(&n, first)
		p.percent(&n)
		p.total(&n)
		if n.Of != "" {
			p.percent(&n)
		}
		p.fold(&n)
	}
	p.bound(&n)
	return n, true
}

// simple reads a number without what may follow it.
func (p *parser) simple() (Number, bool) {
	w := p.words[p.at]
	n := Number{Start: w.start, End: w.end}
	if w.code {
		p.at++
		n.Kind, n.Key = Code, strings.ToLower(p.text[w.start:w.end])
		return n, true
	}
	if times, ok := timesWords[p.low(p.at)]; ok {
		p.at++
		n.Kind, n.Key, n.Value = Times, whole(times).key, float64(times)
		return n, !p.blind()
	}
	if a, ok := foldWord(p.low(p.at)); ok {
		p.at++
		n.Kind, n.Key, n.Value = Times, a.key, a.value
		return n, true
	}
	if n, ok := p.part(); ok {
		return n, true
	}
	a, ok := p.amount()
	if !ok {
		return n, false
	}
	n.Key, n.Value, n.Decimals, n.End = a.key, a.value, a.decimals, p.words[p.at-1].end
	p.sign(&n)
	return n, true
}

// blind holds behind "double" in "double-blind", which counts nothing.
func (p *parser) blind() bool {
	return p.at < len(p.words) && strings.HasPrefix(p.low(p.at), "blind")
}

// low is a word in small letters.
func (p *parser) low(i int) string {
	if i < 0 || i >= len(p.words) {
		return ""
	}
	return strings.ToLower(p.text[p.words[i].start:p.words[i].end])
}

// gap is what stands between word i and the next.
func (p *parser) gap(i int) string {
	if i < 0 || i+1 >= len(p.words) {
		return "\x00"
	}
	return p.text[p.words[i].end:p.words[i+1].start]
}

// joined holds where word i and the next are parted by a blank or a hyphen.
func (p *parser) joined(i int) bool {
	g := p.gap(i)
	return g == " " || g == "-" || g == "\u00a0" || g == "\u2010" || g == "\u2011"
}

// part reads "half", "a third of", "two thirds", "three quarters".
func (p *parser) part() (Number, bool) {
	first := p.at
	w := p.words[first]
	if p.low(first) == "half" {
		p.at++
		return Number{Start: w.start, End: w.end, Key: "1/2", Value: 0.5, Kind: Part}, true
	}
	top := int64(1)
	if low := p.low(first); low != "a" && low != "one" {
		n, ok := units[low]
		if !ok || n < 1 || n > 9 {
			return Number{}, false
		}
		top = n
	}
	bottom, ok := partWords[p.low(first+1)]
	if !ok || !p.joined(first) || p.low(first) == "a" && bottom != 4 && bottom != 2 && p.low(first+2) != "of" || top >= bottom {
		return Number{}, false
	}
	p.at = first + 2
	return Number{Start: w.start, End: p.words[first+1].end, Key: reduced(top, bottom), Value: float64(top) / float64(bottom), Kind: Part}, true
}

func reduced(top, bottom int64) string {
	for d := top; d > 1; d-- {
		if top%d == 0 && bottom%d == 0 {
			top, bottom = top/d, bottom/d
		}
	}
	return strconv.FormatInt(top, 10) + "/" + strconv.FormatInt(bottom, 10)
}

// amount reads a number in digits or words, with "million" and the like behind it.
func (p *parser) amount() (amount, bool) {
	w := p.words[p.at]
	if w.digits {
		a := digits(p.text[w.start:w.end])
		p.at++
		if scale, ok := scales[p.low(p.at)]; ok && p.joined(p.at-1) {
			p.at++
			a.value *= float64(scale)
			a.key, a.decimals = strconv.FormatFloat(a.value, 'f', -1, 64), 0
		}
		return a, true
	}
	return p.inWords()
}

// inWords reads "twenty-one", "three hundred and five", "a dozen".
func (p *parser) inWords() (amount, bool) {
	start := p.at
	if p.low(start) == "a" && p.joined(start) {
		if n, ok := bunches[p.low(start+1)]; ok {
			p.at += 2
			return whole(n), true
		}
	}
	if p.low(start) == "one" && !p.counts(start) {
		return amount{}, false
	}
	total, part, last := int64(0), int64(0), start-1
	for i := start; i < len(p.words); i++ {
		if i > start && !p.joined(i-1) {
			break
		}
		low := p.low(i)
		if low == "and" && i > start && (part%100 == 0 && part > 0 || total > 0 && part == 0) && p.low(i+1) != "one" {
			if _, ok := units[p.low(i+1)]; ok {
				continue
			}
			if _, ok := tens[p.low(i+1)]; ok {
				continue
			}
		}
		if !grow(low, &total, &part) {
			break
		}
		last = i
		if total > 1e15 {
			break
		}
	}
	if last < start {
		return amount{}, false
	}
	p.at = last + 1
	return whole(total + part), true
}

// grow takes one more number word into total and part, if it fits there.
func grow(low string, total, part *int64) bool {
	if n, ok := units[low]; ok {
		if *part%10 != 0 || *part%100 == 10 || n > 9 && *part%100 != 0 {
			return false
		}
		*part += n
		return true
	}
	if n, ok := tens[low]; ok {
		if *part%100 != 0 {
			return false
		}
		*part += n
		return true
	}
	switch n := scales[low]; {
	case n == 100 && *part > 0 && *part < 100:
		*part *= 100
	case n > 100 && *part > 0:
		*total += *part * n
		*part = 0
	case n == 12 && *part > 0:
		*part *= 12
	default:
		return false
	}
	return true
}

// counts tells a "one" that counts what follows it from a pronoun.
func (p *parser) counts(i int) bool {
	if !p.joined(i) {
		return false
	}
	switch next := p.low(i + 1); next {
	case "in", "hundred", "thousand", "million", "billion":
		return true
	case "another", "hand", "way", "or", "side":
		return false
	default:
		return next != "" && !pronounFollows[next]
	}
}

// sign puts a minus before a number that has one.
func (p *parser) sign(n *Number) {
	before := p.text[:n.Start]
	for _, minus := range []string{"−", "-"} {
		if rest, ok := strings.CutSuffix(before, minus); ok && (rest == "" || strings.ContainsAny(rest[len(rest)-1:], " (=<>[,;:")) {
			n.Start -= len(minus)
			n.Key, n.Value = "-"+n.Key, -n.Value
			return
		}
	}
}
