package dedupe

import (
	"math"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// priorBits is how unlikely it is, before anything is compared, that two records
// which share a key are one work: about one in four thousand.
const priorBits = -12

// doiBits and pmidBits are how much a shared DOI and a shared PMID tell where they
// can be trusted.
const (
	doiBits  = 16
	pmidBits = 18
)

// contradiction is how much evidence against, in bits, makes two members of a
// group contradict one another. Missing fields never do.
const contradiction = 9

// Compare judges two records: the one source of truth for every engine. It is
// pure and symmetric. Nil statistics know nothing; a nil record is different
// from every other.
func Compare(st *Stats, p Policy, a, b *record.Record) Comparison {
	if a == nil || b == nil {
		return Comparison{Verdict: Different, Rule: "no record", Why: "there is nothing to compare"}
	}
	if st == nil {
		st = emptyStats()
	}
	p = p.numbers()
	x := newEvidence(st.trusted(), p, newForm(st, a), newForm(st, b))
	x.own(p, a, b)
	return x.judge()
}

// evidence is a comparison in the making: the levels of all fields.
type evidence struct {
	findings
	levels [12]Level // the first n count
}

// findings are what is forgotten before the next comparison.
type findings struct {
	a, b   *form
	policy Policy
	trust  trusted

	n     int     // levels
	mine  []Level // of the caller's rules
	sum   float64 // of all weights and the prior
	minus float64 // of the weights against, as a positive number

	title                titleGrade
	people               Level
	everyAuthor          bool // of the shorter list, two at least
	journal              Level
	apart                int // years
	volume, issue, pages agreement
	doi, pmid, pmcid     agreement
}

func newEvidence(trust trusted, p Policy, a, b *form) *evidence {
	x := &evidence{}
	x.compare(trust, p, a, b)
	return x
}

// compare compares two forms; what x held before is gone.
func (x *evidence) compare(trust trusted, p Policy, a, b *form) {
	if a.compare(b) > 0 {
		a, b = b, a // so that the comparison is symmetric by construction
	}
	x.findings = findings{a: a, b: b, policy: p, trust: trust, sum: priorBits}
	x.collect()
}

// collect compares field by field.
func (x *evidence) collect() {
	a, b := x.a, x.b
	var l Level
	x.title, l = titleLevel(a, b)
	x.add(l)
	x.people, x.everyAuthor = authorLevel(a, b)
	x.add(x.people)
	x.apart, l = yearLevel(a, b)
	x.add(l)
	x.journal = journalLevel(a, b)
	x.add(x.journal)
	x.volume, l = volumeLevel(a, b)
	x.volume, l = trustedLevel(x.volume, l, x.trust.volume, a.volumeBits)
	x.add(l)
	x.issue, l = issueLevel(a, b)
	x.issue, l = trustedLevel(x.issue, l, x.trust.issue, a.issueBits)
	x.add(l)
	x.pages, l = pagesLevel(a, b)
	x.pages, l = trustedLevel(x.pages, l, x.trust.pages, math.MaxFloat32)
	x.add(l)
	x.doi, l = x.doiLevel()
	x.add(l)
	x.pmid, l = x.pmidLevel()
	x.add(l)
	x.pmcid, l = pmcidLevel(a, b)
	x.add(l)
	x.add(abstractLevel(a, b))
	x.add(sourceLevel(a, b))
}

func (x *evidence) add(l Level) {
	x.levels[x.n] = l
	x.n++
	x.sum += l.Weight
	if l.Weight < 0 {
		x.minus -= l.Weight
	}
}

// own adds the caller's rules.
func (x *evidence) own(p Policy, a, b *record.Record) {
	for _, r := range p.Rules {
		if r.Weigh == nil {
			continue
		}
		bits, words := r.Weigh(a, b)
		if bits == 0 || math.IsNaN(bits) {
			continue
		}
		l := Level{r.Name, words, bits}
		x.mine = append(x.mine, l)
		x.sum += bits
		if bits < 0 {
			x.minus -= bits
		}
	}
}

// doiLevel compares DOIs. A DOI tells as much as the collection shows it can be
// trusted.
func (x *evidence) doiLevel() (agreement, Level) {
	const field = "DOI"
	a, b := x.a, x.b
	switch {
	case a.slipped.doi || b.slipped.doi:
		return unknown, Level{Field: field, Name: slippedColumn}
	case a.doi == "" || b.doi == "":
		return unknown, Level{Field: field, Name: absence(a.doi == "", b.doi == "")}
	case a.doi == b.doi || slices.Contains(a.moreDOIs, b.doi) || slices.Contains(b.moreDOIs, a.doi):
		return agrees, Level{field, "the same", doiBits * x.trust.doi}
	}
	return differs, Level{field, "different", -6}
}

// pmidLevel compares PubMed numbers. PubMed gives an article one number only.
func (x *evidence) pmidLevel() (agreement, Level) {
	const field = "PMID"
	a, b := x.a, x.b
	switch {
	case a.slipped.pmid || b.slipped.pmid:
		return unknown, Level{Field: field, Name: slippedColumn}
	case a.pmid == "" || b.pmid == "":
		return unknown, Level{Field: field, Name: absence(a.pmid == "", b.pmid == "")}
	case a.pmid == b.pmid:
		return agrees, Level{field, "the same", pmidBits * x.trust.pmid}
	}
	return differs, Level{field, "different", -14}
}

// pmcidLevel compares the numbers of PubMed Central. Different ones say little: a
// manuscript and the publisher's version of one article may both be there.
func pmcidLevel(a, b *form) (agreement, Level) {
	const field = "PMCID"
	switch {
	case a.pmcid == "" || b.pmcid == "":
		return unknown, Level{Field: field, Name: absence(a.pmcid == "", b.pmcid == "")}
	case a.pmcid == b.pmcid:
		return agrees, Level{field, "the same", 16}
	}
	return differs, Level{field, "different", -2}
}

// abstractLevel compares how abstracts begin. Different beginnings say little:
// sources cut abstracts and put their own words before them.
func abstractLevel(a, b *form) Level {
	const field = "abstract"
	if a.abstract == "" || b.abstract == "" {
		return Level{Field: field, Name: absence(a.abstract == "", b.abstract == "")}
	}
	if beginAlike(a.abstract, b.abstract) {
		return Level{field, "begins alike", 4}
	}
	return Level{field, "begins differently", -1}
}

// samePlace tells whether both stand on the same pages of the same volume.
func (x *evidence) samePlace() bool {
	return x.pages == agrees && x.volume != differs && x.apart <= 1 &&
		(x.volume == agrees || x.volume == fits || x.journal.Weight > 0 || x.issue == agrees && x.apart == 0 && x.a.pages > 1)
}

// sameID tells whether an identifier that names one work only is shared.
func (x *evidence) sameID() bool { return x.doi == agrees || x.pmid == agrees || x.pmcid == agrees }

// clashes counts the facts of publication that say two places.
func (x *evidence) clashes() int {
	n := 0
	for _, is := range []bool{x.journal.Weight <= -4, x.volume == differs, x.pages == differs, x.apart >= 2, x.doi == differs, x.issue == differs && x.journal.Weight < 0} {
		if is {
			n++
		}
	}
	return n
}

// sameAuthors tells whether nothing speaks against the authors being the same,
// and something for it where both are given.
func (x *evidence) sameAuthors() bool { return x.people.Weight >= 0 }

// close tells whether two different works have so much in common that they
// are worth listing as related, beyond words that many titles share.
func (x *evidence) close() bool {
	switch {
	case x.title >= titleNear && min(x.a.bits, x.b.bits) >= distinctiveBits:
		return true
	case x.title == titleClose && x.journal.Weight >= 3 && x.sameAuthors():
		return true
	case x.title >= titleWithin:
		return x.people.Weight >= 2 || x.journal.Weight >= 2 && x.apart <= 2
	case x.a.notice != x.b.notice:
		return x.title >= titleAlike && x.apart <= 1 && x.journal.Weight >= 2
	}
	return x.title >= titleAlike && x.people.Weight >= 5
}

// score turns evidence in bits into a probability.
func (x *evidence) score() float64 {
	s := 1 / (1 + math.Exp2(-x.sum))
	return math.Round(s*10000) / 10000
}

// judge decides, names the identifier where one would have decided alone,
// relates the reports of one study, and treats what is related as the policy says.
func (x *evidence) judge() Comparison {
	c, sure := x.verdict()
	x.write(&c)
	x.treat(&c, sure)
	return c
}

// judgeIfAny does the same, or tells false for two works that have nothing to do
// with one another, which nobody reads about.
func (x *evidence) judgeIfAny() (Comparison, bool) {
	c, sure := x.verdict()
	if c.Verdict == Different && c.Related == "" {
		return c, false
	}
	x.write(&c)
	x.treat(&c, sure)
	return c, true
}

// verdict judges without the evidence and what is said in its words. It is sure of
// a relation that an identifier tells.
func (x *evidence) verdict() (c Comparison, sure bool) {
	c = x.decide()
	x.nameIdentifier(&c)
	byStudy := x.relateByRegistration(&c)
	return c, c.Rule == statedRule || byStudy
}

// decide takes what the records themselves say of each other, applies the rules
// of the domain in their order, and leaves the rest to the sum of the evidence.
func (x *evidence) decide() Comparison {
	if c, ok := x.stated(); ok {
		return c
	}
	for _, r := range rules {
		if !r.when(x) {
			continue
		}
		c := x.comparison(r.verdict, r.name, r.why)
		if x.close() {
			c.Related = r.related
		}
		return c
	}
	score := x.score()
	switch {
	case score >= x.policy.Join:
		return x.comparison(Same, "evidence", "")
	case score >= x.policy.Doubt:
		return x.comparison(Unsure, "evidence", "")
	}
	c := x.comparison(Different, "evidence", "")
	if x.title >= titleNear && x.sameAuthors() && x.minus > 0 && x.close() {
		c.Related = SameTitle
	}
	return c
}

// treat joins what is related or hands it to a person, where the policy says so.
// An identifier that relates the two, sure, is enough to join them; else the titles
// must agree, and of what is not written about the other the authors too.
func (x *evidence) treat(c *Comparison, sure bool) {
	kind := c.Related
	if kind == "" || c.Verdict != Different {
		return
	}
	verdict := x.policy.Kinds[kind]
	if verdict != Same && verdict != Unsure {
		return
	}
	why := "counted as one work by the policy: "
	enough := titleClose
	if kind == Part {
		enough = titleAlike // their titles differ by nature
	}
	about := kind == Erratum || kind == RetractionNotice || kind == Reply
	if verdict == Unsure || !sure && (x.title < enough || !about && !x.sameAuthors()) {
		verdict, why = Unsure, "for a person by the policy, "+kind.String()+": "
		c.Score = min(max(c.Score, x.policy.Doubt), max(x.policy.Doubt, 0.6))
	} else {
		c.Score = max(c.Score, x.policy.Join)
	}
	c.Verdict, c.Related, c.Why = verdict, "", why+c.Why
}

// nameIdentifier names the rule after the shared PMID or DOI where it would have
// decided alone: it outweighs the odds against any two records, and the titles
// do not contradict it. A PMID goes before a DOI, which it is surer than.
func (x *evidence) nameIdentifier(c *Comparison) {
	if c.Verdict != Same || x.title == titleDifferent || c.Rule != "evidence" && c.Rule != "same place" {
		return
	}
	switch {
	case x.pmid == agrees && pmidBits*x.trust.pmid >= -priorBits:
		c.Rule = "same PMID"
	case x.doi == agrees && doiBits*x.trust.doi >= -priorBits:
		c.Rule = "same DOI"
	default:
		return
	}
	c.Why = ""
}

// comparison is the judgement, still without the evidence, and without words where
// the evidence is to speak. What a rule of the domain decides has a score that fits
// the verdict.
func (x *evidence) comparison(v Verdict, rule, why string) Comparison {
	c := Comparison{Verdict: v, Score: x.score(), Rule: rule, Why: why}
	switch {
	case rule == "evidence":
	case v == Same:
		c.Score = max(c.Score, x.policy.Join)
	case v == Different:
		c.Score = min(c.Score, x.policy.Doubt/2)
	default:
		c.Score = min(max(c.Score, x.policy.Doubt), max(x.policy.Doubt, 0.6))
	}
	return c
}

// write fills in the evidence, and the words where there are none.
func (x *evidence) write(c *Comparison) {
	c.Levels = make([]Level, 0, x.n+len(x.mine))
	for _, levels := range [][]Level{x.levels[:x.n], x.mine} {
		for _, l := range levels {
			if l.Weight != 0 || !strings.Contains(l.Name, "in either") {
				c.Levels = append(c.Levels, l)
			}
		}
	}
	if c.Why == "" {
		c.Why = inWords(c.Levels)
	}
}

// inWords lists what speaks for and against, the strongest first.
func inWords(levels []Level) string {
	var out []string
	for _, l := range levels {
		if l.Weight != 0 {
			out = append(out, l.Field+": "+l.Name)
		}
	}
	if len(out) == 0 {
		return "nothing to compare by"
	}
	return strings.Join(out, "; ")
}
