package dedupe

import (
	"context"
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
)

// checkGlance compares two records at a glance and in earnest.
func checkGlance(t require.TestingT, s *search, a, b int32) (apart bool) {
	g, h := atGlance(s.forms[a]), atGlance(s.forms[b])
	require.Equal(t, g.apart(&h), h.apart(&g))
	if g.apart(&h) {
		grade, _ := titleLevel(s.forms[a], s.forms[b])
		require.Equal(t, titleDifferent, grade, "%s\n%s", s.forms[a].title, s.forms[b].title)
		require.True(t, s.hopeless(a, b))
	}
	if s.hopeless(a, b) {
		var x evidence
		s.evidenceIn(&x, a, b)
		c, any := x.judgeIfAny()
		require.False(t, any, "%s %s %q\n%+v\n%+v", c.Rule, c.Why, c.Related, s.records[a], s.records[b])
	}
	return g.apart(&h)
}

func searchOf(t require.TestingT, records []*record.Record) *search {
	s := &search{policy: Policy{}.Resolved(), records: records}
	require.NoError(t, s.fold(context.Background()))
	return s
}

func TestWhatIsApartAtAGlanceIsApart(t *testing.T) {
	stems := strings.Fields("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda omicron sigma tau upsilon omega sleep slept hide hiding hidden control controlled randomised nurse nurses nursing school trial trials 2 19 in of the therapy therapies pain pains")
	rapid.Check(t, func(t *rapid.T) {
		var records []*record.Record
		for range 8 {
			r := &record.Record{Title: strings.Join(rapid.Permutation(stems).Draw(t, "title")[:rapid.IntRange(1, len(stems)).Draw(t, "words")], " ")}
			r.In.Pages = rapid.SampledFrom([]string{"", "s", "e5", "5", "5-9", "31"}).Draw(t, "pages")
			r.DOI = record.DOI(rapid.SampledFrom([]string{"", "10.5555/a", "10.5555/b"}).Draw(t, "doi"))
			records = append(records, r)
		}
		s := searchOf(t, records)
		for a := range records {
			for b := range records {
				checkGlance(t, s, int32(a), int32(b))
			}
		}
	})
}

// What sameButSpelling takes for one word is never told apart by letters and sizes.
func TestWordsThatAreOneMayBeOneAtAGlance(t *testing.T) {
	endings := []string{"", "ing", "ed", "es", "e", "s", "al", "é", "中文"}
	one := 0
	rapid.Check(t, func(t *rapid.T) {
		stem := rapid.StringMatching(`[a-z][a-z]{1,12}`).Draw(t, "stem")
		other := stem
		for range rapid.IntRange(0, 2).Draw(t, "misprints") {
			at := rapid.IntRange(1, len(other)).Draw(t, "at")
			put := rapid.StringMatching(`[a-z]?`).Draw(t, "put")
			other = other[:at] + put + other[min(len(other), at+rapid.IntRange(0, 1).Draw(t, "without")):]
		}
		a := stem + rapid.SampledFrom(endings).Draw(t, "ending")
		b := other + rapid.SampledFrom(endings).Draw(t, "other ending")
		if a == b || sameButSpelling(a, b) {
			one++
			x := wordMark(a) ^ wordMark(b)
			require.Zero(t, x>>26)
			require.True(t, mayBeOne(wordSize(a), wordSize(b), bits.OnesCount32(x)), "%s and %s", a, b)
		}
	})
	assert.Positive(t, one)
}

func TestAPackedGlanceComesBackEqual(t *testing.T) {
	sure := 0
	for _, r := range everyField() {
		g := atGlance(newForm(emptyStats(), r))
		packed := g.pack(nil)
		require.Len(t, packed, glanceSize)
		assert.Equal(t, g, unpackGlance(packed))
		if !g.unsure {
			sure++
		}
	}
	assert.Positive(t, sure)
}

func TestMostTitlesOfTheGoldSetsAreToldApartAtAGlance(t *testing.T) {
	for _, set := range []string{"digital_work", "haematology", "cora"} {
		records, _ := loadGold(t, set)
		s := searchOf(t, records)
		r := rand.New(rand.NewPCG(1, 2))
		apart := 0
		const pairs = 20000
		for range pairs {
			if checkGlance(t, s, int32(r.IntN(len(records))), int32(r.IntN(len(records)))) {
				apart++
			}
		}
		assert.Greater(t, apart, pairs*8/10, set)
	}
}
