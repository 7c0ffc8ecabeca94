package dedupe

import (
	"math"
	"strings"
)

// This file says how far the fields of a collection can be trusted: a column of
// issues that is full of something else counts for little.

// trusted is how far the fields are trusted, 0 to 1.
type trusted struct{ doi, pmid, volume, issue, pages float64 }

// trusted reads off what was learnt.
func (st *Stats) trusted() trusted {
	place := func(field string) float64 {
		t := st.Fields[field].trust()
		if t >= usualTrust {
			return 1
		}
		return t
	}
	return trusted{st.Fields["doi"].trust(), st.Fields["pmid"].trust(), place("volume"), place("issue"), place("pages")}
}

// Sources differ in volume, issue and pages of one work now and then; only a field
// in which they differ more often than usual loses weight, and one in which they
// mostly differ says nothing.
const (
	usualTrust = 0.75
	leastTrust = 0.5
)

// trustedLevel weighs a level by the trust in its field, and bounds what an
// agreement tells by how rare the value is here, in bits.
func trustedLevel(is agreement, l Level, trust float64, rare float32) (agreement, Level) {
	if is == agrees && l.Weight > float64(rare) {
		l.Weight = float64(rare)
		l.Name += ", as in many records here"
		if rare < 0.5 {
			is = fits
		}
	}
	if trust == 1 || l.Weight == 0 {
		return is, l
	}
	l.Weight *= trust
	l.Name += "; sources often differ in it here"
	if trust < leastTrust {
		is = unknown
	}
	return is, l
}

// longestValue is the most letters of a volume or issue that is counted: what is
// longer is no number that stands in many records.
const longestValue = 8

// priorValues are records added to the count, as priorRecords is for words.
const priorValues = 100

// values counts short values of a field.
type values map[string]int

func (v values) add(value string) {
	if value != "" && len(value) <= longestValue {
		v[value]++
	}
}

func (v values) addValues(st *Stats, field string) {
	for value, n := range v {
		st.addValue(field, strings.Clone(value), n)
	}
}

func (st *Stats) addValue(field, value string, n int) {
	if st.Values[field] == nil {
		st.Values[field] = map[string]int{}
	}
	st.Values[field][value] += n
}

// valueBits is how much an agreement in a value can tell at most: log2 of how
// rarely it stands in records that have one.
func (st *Stats) valueBits(field, value string) float32 {
	n := st.Values[field][value]
	if n < 2 {
		return math.MaxFloat32
	}
	return float32(-math.Log2(float64(n) / float64(st.Fields[field].Filled+priorValues)))
}
