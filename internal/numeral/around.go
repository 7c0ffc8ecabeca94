package numeral

import "strings"

// rangeEnd reads "–12", "to 12" and, behind "between", "and 12".
func (p *parser) rangeEnd(n *Number, first int) {
	if n.Kind == Part {
		return
	}
	save := p.at
	last := p.at - 1
	switch gap := p.gap(last); {
	case gap == "–" || gap == "-" || gap == "—" || gap == "−" || gap == " – " || gap == "\u2010" || gap == "\u2011" || gap == "%–" || gap == "%-" || gap == " %–":
	case gap == " " || gap == "% " || gap == " % ":
		word := p.low(p.at)
		if word != "to" && !(word == "and" && p.low(first-1) == "between") || p.gap(p.at) != " " {
			return
		}
		p.at++
	default:
		return
	}
	if p.at >= len(p.words) || p.words[p.at].code {
		p.at = save
		return
	}
	to, ok := p.amount()
	if !ok {
		p.at = save
		return
	}
	if strings.Contains(p.gap(last), "%") {
		n.Kind = Percent
	}
	n.To, n.ToValue, n.End, n.Decimals = to.key, to.value, p.words[p.at-1].end, max(n.Decimals, to.decimals)
}

// percent reads "%", "per cent" and "percent" behind a number.
func (p *parser) percent(n *Number) {
	rest := p.text[n.End:]
	trimmed := strings.TrimLeft(rest, " \u00a0\u2009\u202f")
	for _, mark := range []string{"%", "％", "‰", "percent", "per cent"} {
		after, ok := strings.CutPrefix(trimmed, mark)
		if !ok {
			continue
		}
		n.Kind = Percent
		n.End += len(rest) - len(after)
		for p.at < len(p.words) && p.words[p.at].start < n.End {
			p.at++
		}
		return
	}
}

// total reads what a number is a part of: "of 6", "of the six", "out of 6", "/6",
// and for a 1 also "in 6".
func (p *parser) total(n *Number) {
	if n.Kind != Plain || n.To != "" {
		return
	}
	save := p.at
	last := p.at - 1
	share := p.low(p.at) == "in"
	switch gap := p.gap(last); {
	case gap == "/":
	case gap == " ":
		word := p.low(p.at)
		if word == "out" && p.low(p.at+1) == "of" && p.gap(p.at) == " " {
			p.at++
		} else if word != "of" && !(word == "in" && n.Key == "1") {
			return
		}
		p.at++
		for w := p.low(p.at); w == "the" || w == "these" || w == "those" || w == "all" || w == "our"; w = p.low(p.at) {
			p.at++
		}
	default:
		return
	}
	if p.at >= len(p.words) || p.words[p.at].code {
		p.at = save
		return
	}
	of, ok := p.amount()
	if !ok || of.value < n.Value {
		p.at = save
		return
	}
	n.Share = share
	n.Of, n.OfValue, n.End = of.key, of.value, p.words[p.at-1].end
}

// fold reads "-fold" behind a number.
func (p *parser) fold(n *Number) {
	if n.Kind == Plain && n.To == "" && n.Of == "" && p.low(p.at) == "fold" && p.joined(p.at-1) {
		n.Kind, n.End = Times, p.words[p.at].end
		p.at++
	}
}

// boundBefore are words and signs before a number, the longer ones first where one
// ends with another.
var boundBefore = []struct {
	words string
	bound Bound
}{
	{"no more than", AtMost}, {"not more than", AtMost}, {"no fewer than", AtLeast}, {"no less than", AtLeast},
	{"not less than", AtLeast}, {"not fewer than", AtLeast}, {"more than", More}, {"greater than", More},
	{"higher than", More}, {"fewer than", Less}, {"less than", Less}, {"lower than", Less}, {"at least", AtLeast},
	{"a minimum of", AtLeast}, {"at most", AtMost}, {"up to", AtMost}, {"a maximum of", AtMost}, {"close to", About},
	{"over", More}, {"above", More}, {"exceeding", More}, {"under", Less}, {"below", Less}, {"about", About},
	{"around", About}, {"approximately", About}, {"roughly", About}, {"nearly", About}, {"almost", About}, {"circa", About},
	{"ca.", About}, {"≥", AtLeast}, {">=", AtLeast}, {"≤", AtMost}, {"<=", AtMost}, {">", More}, {"<", Less}, {"~", About}, {"≈", About},
}

var timeUnits = map[string]bool{
	"second": true, "seconds": true, "minute": true, "minutes": true, "hour": true, "hours": true, "day": true, "days": true, "week": true, "weeks": true,
	"month": true, "months": true, "year": true, "years": true,
}

// bound reads what makes a number a limit, before it or behind it.
func (p *parser) bound(n *Number) {
	before := strings.TrimRight(p.text[:n.Start], " \u00a0")
	low := strings.ToLower(before[max(0, len(before)-20):])
	if len(low) != min(20, len(before)) { // small letters of another length
		low = before[max(0, len(before)-20):]
	}
	for _, b := range boundBefore {
		rest, ok := strings.CutSuffix(low, b.words)
		if !ok || b.words[0] >= 'a' && b.words[0] <= 'z' && rest != "" && !strings.ContainsAny(rest[len(rest)-1:], " (,;:-") {
			continue
		}
		if b.words == "over" && timeUnits[p.low(p.at)] { // "over six months" is how long
			return
		}
		n.Bound = b.bound
		n.Start = len(before) - len(b.words)
		return
	}
	rest := p.text[n.End:]
	low = strings.ToLower(rest[:min(len(rest), 12)])
	switch {
	case strings.HasPrefix(low, "+"), strings.HasPrefix(low, " or more"), strings.HasPrefix(low, " or over"):
		n.Bound = AtLeast
	case strings.HasPrefix(low, " or fewer"), strings.HasPrefix(low, " or less"), strings.HasPrefix(low, " or under"):
		n.Bound = AtMost
	}
}
