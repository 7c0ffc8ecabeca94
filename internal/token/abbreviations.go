package token

import "strings"

// What the point after an abbreviation can be.
const (
	none          = iota // the word is no abbreviation
	never                // never the end of a sentence
	beforeNumber         // not the end before a number
	beforeStarter        // the end only before a word that begins sentences
)

// abbreviation classes the word before a point. Names and titles are told
// from words by their capital.
func abbreviation(word string) int {
	w := strings.ToLower(word)
	switch {
	case neverFinal[w], titles[word]:
		return never
	case numbered[w]:
		return beforeNumber
	case mayBeFinal[w], species[word]:
		return beforeStarter
	}
	return none
}

var (
	neverFinal = wordSet(`e.g i.e eg ie vs v.s viz cf approx resp incl excl ca c.f subsp ssp op.cit i.q`)
	titles     = wordSet(`Dr Drs Mr Mrs Ms Mx Prof St Ste Mt Rev Hon Gov Gen Col Capt Lt Sgt Univ Dept`)
	species    = wordSet(`sp spp var cv`)
	numbered   = wordSet(`no nos nr fig figs eq eqs eqn eqns ref refs tab vol vols p pp ch sec sect art app suppl ed eds n
		jan feb mar apr jun jul aug sep sept oct nov dec`)
	mayBeFinal = wordSet(`al inc ltd co corp jr sr etc ph.d m.d phd gmbh assn soc bros dist est`)
)

// takesLetter are words that a single capital belongs to.
var takesLetter = wordSet(`vitamin vitamins hepatitis type types group groups arm arms protein factor class grade stage
	phase appendix table figure part panel influenza category level cohort step section schedule
	condition treatment program programme version model site region trial study experiment
	interleukin immunoglobulin haemoglobin hemoglobin apolipoprotein cyclosporin cyclosporine
	amphotericin botulinum toxin globulin antigen complement box sample team form plan drug product regimen sequence strain serogroup`)

// starters are words that begin sentences of abstracts, beyond function words.
var starters = wordSet(`patients participants subjects children women men infants adults results methods conclusions
	conclusion objective objectives background aims aim data using following compared based treatment
	primary secondary significant significantly mean median overall additionally finally first second
	third two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty analysis analyses trial study studies
	randomized randomised current future high low higher lower new our total interventions intervention
	outcomes outcome blood serum plasma baseline adverse side including given according due similarly
	findings evidence there among follow response survival mortality clinical`)

// headings are the labels of structured abstracts, and words they begin with.
var headings = wordSet(`abstract background introduction context rationale purpose purposes aim aims objective objectives goal goals
	hypothesis hypotheses question questions importance method methods methodology design setting settings
	participants patients subjects population sample intervention interventions exposure exposures treatment comparison comparator
	main primary secondary outcome outcomes measure measures measurement measurements procedure procedures materials material
	data eligibility inclusion search selection review analysis analyses synthesis results result findings
	observations discussion conclusion conclusions interpretation implications limitations limitation strengths
	significance relevance trial registration funding sources keywords summary study comment
	perspective perspectives recommendations`)
