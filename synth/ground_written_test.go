package synth_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/synth"
)

// written are sentences as a careful writer, or a careless one, would put them
// about the sample review: true or false of what they cite, and what becomes of
// them. A true one that is refused and a false one that passes say so with why.
var written = []struct {
	theme    string
	sentence synth.Sentence
	follows  bool // what a person says
	but      string
}{
	{"definitions", say("About a third of the records (34 of 97) discuss definitions, values or the role of peer support work.", claim(1)), true, ""},
	{"definitions", say("Qualitative studies account for 7 of the 34 records, and surveys for 8.", claim(10), claim(11)), true, "the 8 stands without what it counts"},
	{"definitions", say("Role ambiguity was linked to job descriptions copied from clinical posts (Lindqvist et al. 2016).", quote(2)), true, ""},
	{"definitions", say("Delacroix-Webb et al. (2009) argue that boundaries should be negotiated from the values of the role rather than borrowed from clinical codes.", quote(1)), true, ""},
	{"definitions", say("Peer drift can be slowed by a written statement of values and an authoritative lead peer worker [3].", quote(3)), true, ""},
	{"definitions", say("Training increased confidence in explaining the role, although doctors' beliefs about boundaries remained unchanged.", quote(6)), true, ""},
	{"definitions", say("Role clarity appears only partly achievable.", quote(5)), true, ""},
	{"definitions", say("Several records describe unclear or conflicting roles.", quote(1), quote(2), quote(5)), true, ""},
	{"implementation", say("Visible leadership, team preparation and training were described as facilitators of implementation.", quote(1)), true, ""},
	{"implementation", say("Implementation of peer support is considered feasible, but slow, for older people.", quote(2)), true, ""},
	{"implementation", say("Two records judge peer support feasible in their settings (Olsen and Hwang 2012; Nabukenya et al. 2019).", quote(2), quote(5)), true, ""},
	{"implementation", say("Records on implementation were published between 2006 and 2025.", claim(1)), true, ""},
	{"implementation", say("Ramaswami et al. developed a tool of 27 items covering leadership, team preparation, recruitment, training and supervision.", quote(6)), true, ""},
	{"experiences", say("Intention to leave was predicted by role ambiguity and a lack of career progression, not by diagnosis.", quote(1)), true, ""},
	{"experiences", say("Peer workers described a liminal identity, “neither patient nor staff”, that could be both freeing and lonely.", quote(3)), true, ""},
	{"experiences", say("Working online had mixed effects: 71% found mutuality harder to establish, whereas 44% reported improved wellbeing from working at home.", quote(5)), true, ""},
	{"experiences", say("Fewer than one in six records (14 of 97) address the experiences of peer support workers.", claim(1)), true, ""},
	{"experiences", say("Being able to talk about cravings without losing hours was associated with less burnout.", quote(6)), true, ""},
	{"perceptions", say("Colleagues first perceived peers as guests and later as a test of the team's good faith.", quote(3)), true, ""},
	{"perceptions", say("Nine of the 21 records on perceptions are qualitative studies.", claim(7)), true, ""},
	{"perceptions", say("Service users should be able to decline a peer without explanation (Gallimore et al., 2013).", quote(5)), true, ""},

	{"experiences", say("Intention to leave was predicted by diagnosis and recent illness.", quote(1)), false, ""},
	{"experiences", say("71% reported that mutuality was easier to establish on a screen.", quote(5)), false, ""},
	{"experiences", say("Most peer workers felt lonely in meetings.", quote(3)), false, ""},
	{"experiences", say("Most of the 14 records are qualitative.", claim(1), claim(6)), false, ""},
	{"experiences", say("Those who could speak of cravings at work reported more burnout.", quote(6)), false, ""},
	{"definitions", say("Training changed doctors' beliefs about boundaries.", quote(6)), false, ""},
	{"definitions", say("Peer drift was accelerated by a written statement of values.", quote(3)), false, ""},
	{"perceptions", say("Campaigns reduce stigma more than visible ordinariness.", quote(1)), false, "two things were exchanged"},
	{"implementation", say("Peer support is feasible in district services only with a single dedicated person.", quote(5)), false, ""},

	// Those below were written before anything was tried with them: 9 of 12 that follow
	// were accepted then, and 3 of 12 that do not. What they showed went into the rules.
	{"definitions", say("Haldórson and Pfeiffer-Obi (2006) distinguish mutuality from friendship, reciprocity and equality.", quote(4)), true, ""},
	{"definitions", say("The five systematic reviews on this theme date from 2015 to 2023.", claim(4)), true, ""},
	{"definitions", say("Doctors held on to their beliefs about boundaries even when peers explained the role with more confidence.", quote(6)), true, ""},
	{"implementation", say("Budgeting for transport and not depending on one person are named as conditions of feasibility.", quote(5)), true, ""},
	{"implementation", say("One randomised controlled trial (2024) is among the 18 records.", claim(3)), true, ""},
	{"implementation", say("Supervision should respect the values of the role, as Oyelowo-Finch et al. (2018) found.", quote(1)), true, ""},
	{"experiences", say("Services are advised to employ Elders as supervisors.", quote(2)), true, ""},
	{"experiences", say("Peer support work has been analysed as emotional labour (Threlkeld 2013).", quote(4)), true, ""},
	{"experiences", say("14 % of the records concern experiences of peer support workers.", claim(1)), true, ""},
	{"perceptions", say("Mothers valued honesty about ambivalent feelings hidden from health visitors.", quote(4)), true, ""},
	{"perceptions", say("In forensic settings, independence from the hospital may matter for how peer support is perceived.", quote(6)), true, "“other than the hospital” is read as denying the hospital"},
	{"perceptions", say("Place may shape how peer support is perceived by others.", quote(1)), true, ""},

	{"definitions", say("Haldórson and Pfeiffer-Obi (2006) equate mutuality with friendship.", quote(4)), false, "separate and equate are opposites that no list has"},
	{"definitions", say("Seven systematic reviews address this theme.", claim(4)), false, ""},
	{"definitions", say("Role clarity is fully achievable.", quote(5)), false, ""},
	{"implementation", say("Peer support is not feasible in district services.", quote(5)), false, ""},
	{"implementation", say("Three randomised controlled trials are among the 18 records.", claim(3)), false, ""},
	{"implementation", say("Development of peer support for older people is feasible and quick.", quote(2)), false, ""},
	{"experiences", say("44% said that working from home had worsened their wellbeing.", quote(5)), false, ""},
	{"experiences", say("Diagnosis predicted the intention to leave better than role ambiguity did (Blackadder et al. 2021).", quote(1)), false, ""},
	{"experiences", say("Services should not employ Elders as supervisors.", quote(2)), false, ""},
	{"perceptions", say("All colleagues perceived peers as guests.", quote(3)), false, ""},
	{"perceptions", say("Gallimore et al. (2013) hold that service users must explain why they decline a peer.", quote(5)), false, "“without explanation” is denied in one word and affirmed in another"},
	{"perceptions", say("Peers should be employed by the hospital (Mortlake and Ansah 2016).", quote(6)), false, ""},
}

// quotesWritten are the quotes that the sentences cite, by their number there and how they
// begin: in what order a summary has its quotes is another question.
var quotesWritten = map[string][]string{
	"definitions": {
		"We argue that boundaries in peer",
		"Role descriptions ranged from befriending to",
		"Peer drift was slowed by a",
		"This conceptual paper separates mutuality from",
		"Role clarity is achievable in part.",
		"Confidence in explaining the role was",
	},
	"implementation": {
		"Facilitators were visible leadership, preparation of",
		"Development of peer support for older",
		"Reviews of implementation converged on role",
		"Implementing peer support work in statutory",
		"Peer support is feasible in district",
		"The final tool has 27 items",
	},
	"experiences": {
		"Intention to leave was predicted by",
		"Services should employ Elders as supervisors",
		"Peer workers described a liminal identity,",
		"The experience of peer support work",
		"Most respondents (71%) reported that mutuality",
		"Those who could speak of cravings",
	},
	"perceptions": {
		"The findings suggest that place shapes",
		"Colleagues' perceptions of peer support workers:",
		"Colleagues perceived the peers first as",
		"Mothers valued honesty about ambivalent feelings",
		"Perceptions of peer support depend on",
		"Perceptions of peer support in forensic",
	},
}

// renumbered is a sentence with the numbers that its quotes have in a brief.
func renumbered(t *testing.T, s synth.Sentence, b synth.Brief) synth.Sentence {
	t.Helper()
	s.Cites = slices.Clone(s.Cites)
	for i, c := range s.Cites {
		if c.Quote == 0 {
			continue
		}
		begins := quotesWritten[b.Theme][c.Quote-1]
		at := slices.IndexFunc(b.Quotes, func(q synth.Quote) bool { return strings.HasPrefix(q.Text, begins) })
		require.GreaterOrEqual(t, at, 0, "%s: no quote begins with %q", b.Theme, begins)
		s.Cites[i].Quote = at + 1
		s.Text = strings.ReplaceAll(s.Text, fmt.Sprintf("[%d]", c.Quote), fmt.Sprintf("[%d]", at+1))
	}
	return s
}

func TestSentencesAsAWriterPutsThem(t *testing.T) {
	cb, err := synth.LoadCodebook(sample + "codebook.json")
	require.NoError(t, err)
	all := sampleRecords(t)
	sum := summarize(t, all, synth.Options{Codebook: cb, EvidencePerTheme: 30})
	list, err := sum.Briefs(all)
	require.NoError(t, err)
	briefs := map[string]synth.Brief{}
	for _, b := range list {
		briefs[b.Theme] = b
	}
	var passed, of [2]int
	for _, w := range written {
		_, rejected := synth.Ground(briefs[w.theme], []synth.Sentence{renumbered(t, w.sentence, briefs[w.theme])})
		kind := 0
		if !w.follows {
			kind = 1
		}
		of[kind]++
		if len(rejected) == 0 {
			passed[kind]++
		}
		assert.Equal(t, w.follows == (w.but == ""), len(rejected) == 0, "%s: %v", w.sentence.Text, rejected)
	}
	t.Logf("that follow: %d of %d accepted; that do not: %d of %d accepted", passed[0], of[0], passed[1], of[1])
}
