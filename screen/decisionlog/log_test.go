package decisionlog_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/screen/agreement"
	"github.com/evidence-go/evidence/screen/decisionlog"
)

var protocol = screen.Protocol{
	Title:    "Peer support",
	Reasons:  []screen.Reason{{Code: "wrong-concept", Text: "Not about peer support"}},
	Arbiters: []string{"mn"},
	Stages: []screen.Stage{
		{Name: "title-abstract", Rules: []screen.Rule{{Name: "concept", If: screen.Condition{Not: &screen.Condition{Terms: []string{"peer*"}}}, Then: screen.Exclude, Reason: "wrong-concept"}}},
		{Name: "full-text"},
	},
}

func plan(t testing.TB, p screen.Protocol) *screen.Plan {
	t.Helper()
	out, err := screen.Compile(p)
	require.NoError(t, err)
	return out
}

func records() []*record.Record {
	var out []*record.Record
	for _, title := range []string{"Peer work", "Peer mentors", "Nurses", "Peers"} {
		out = append(out, &record.Record{Key: title, Title: title, Abstract: record.Abstract{Text: "Text."}})
	}
	return out
}

func Example() {
	p, err := screen.Compile(protocol)
	if err != nil {
		fmt.Println(err)
		return
	}
	rs := records()
	lg := decisionlog.New(p) // decisionlog.Open keeps it in a file
	const stage = "title-abstract"
	err = lg.Add(
		screen.Human("kd", stage, rs[0], screen.Include, ""), screen.Human("ab", stage, rs[0], screen.Include, ""),
		screen.Human("kd", stage, rs[1], screen.Include, ""), screen.Human("ab", stage, rs[1], screen.Exclude, "wrong-concept"),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := lg.Screen(context.Background(), rs)
	if err != nil {
		fmt.Println(err)
		return
	}
	t := out.Stages[0]
	fmt.Println(t.Entered, "entered:", t.Included, "included,", t.Excluded, "excluded,", t.Conflicts, "in conflict,", t.Undecided, "waiting")
	fmt.Println(len(lg.Conflicts(stage)), "conflict;", agreement.CohenKappa(lg.Ratings(stage, "kd", "ab")).N, "records read by both")
	// Output:
	// 4 entered: 1 included, 1 excluded, 1 in conflict, 1 waiting
	// 1 conflict; 2 records read by both
}

func TestALogComesBackAsItWasWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "decisions.jsonl")
	p, rs := plan(t, protocol), records()
	lg, err := decisionlog.Open(path, p)
	require.NoError(t, err)
	require.NoError(t, lg.Add(screen.Human("kd", "title-abstract", rs[0], screen.Include, "")))
	out, err := lg.Screen(context.Background(), rs)
	require.NoError(t, err)
	require.NoError(t, lg.AddOutcome(out))
	require.NoError(t, lg.Close())

	again, err := decisionlog.Open(path, p)
	require.NoError(t, err)
	defer again.Close()
	var whole strings.Builder
	_, err = again.WriteTo(&whole)
	require.NoError(t, err)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(text), whole.String())
	inMemory := decisionlog.New(p)
	require.NoError(t, inMemory.Add(lg.Decisions()...))
	whole.Reset()
	_, err = inMemory.WriteTo(&whole)
	require.NoError(t, err)
	assert.Equal(t, string(text), whole.String(), "a log in memory writes the same file")
	assert.Equal(t, lg.Decisions(), again.Decisions())
	tally, err := again.Tally()
	require.NoError(t, err)
	assert.Equal(t, out.Stages, tally, "the log alone gives the numbers of the run")
	require.NoError(t, again.Add(screen.Human("kd", "full-text", rs[0], screen.Include, "")))
	third, err := decisionlog.Open(path, p)
	require.NoError(t, err)
	defer third.Close()
	assert.Len(t, third.Decisions(), len(lg.Decisions())+1)
}

func TestACrashInTheMiddleOfALineCostsThatLineAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "decisions.jsonl")
	p, rs := plan(t, protocol), records()
	lg, err := decisionlog.Open(path, p)
	require.NoError(t, err)
	require.NoError(t, lg.Add(screen.Human("kd", "full-text", rs[0], screen.Include, "")))
	require.NoError(t, lg.Add(screen.Human("kd", "full-text", rs[1], screen.Include, "")))
	require.NoError(t, lg.Close())
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, whole[:len(whole)-20], 0o644))

	cut, err := decisionlog.Open(path, p)
	require.NoError(t, err)
	assert.Len(t, cut.Decisions(), 1)
	assert.NotEmpty(t, cut.Cut())
	require.NoError(t, cut.Add(screen.Human("kd", "full-text", rs[1], screen.Include, "")))
	require.NoError(t, cut.Close())
	now, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(whole), string(now), "the decision taken again gives the log as it would have been")
}

func TestTheTallyFollowsARecordFromStageToStage(t *testing.T) {
	rs := records()
	lg := decisionlog.New(plan(t, protocol))
	require.NoError(t, lg.Add(
		screen.Human("kd", "title-abstract", rs[0], screen.Include, ""),
		screen.Human("kd", "title-abstract", rs[1], screen.Exclude, "wrong-concept"),
		screen.Human("kd", "full-text", rs[1], screen.Include, ""), // it did not come to the full text
		screen.Human("kd", "title-abstract", rs[3], screen.Include, ""),
		screen.Human("kd", "full-text", rs[0], screen.Include, ""),
	))
	tally, err := lg.Tally()
	require.NoError(t, err)
	assert.Equal(t, 3, tally[0].Entered)
	assert.Equal(t, 2, tally[0].Included)
	assert.Equal(t, 2, tally[1].Entered, "as many as the stage before included")
	assert.Equal(t, 1, tally[1].Included)
	assert.Equal(t, 1, tally[1].Undecided, "nobody has read the other one yet")
}

func TestATamperedLogIsFound(t *testing.T) {
	p, rs := plan(t, protocol), records()
	for name, spoil := range map[string]func([]string) []string{
		"a verdict changed":   func(l []string) []string { l[2] = strings.Replace(l[2], "include", "exclude", 1); return l },
		"a line taken out":    func(l []string) []string { return append(l[:2:2], l[3:]...) },
		"two lines exchanged": func(l []string) []string { l[1], l[2] = l[2], l[1]; return l },
		"not JSON":            func(l []string) []string { l[2] = "x"; return l },
		"no header":           func(l []string) []string { return l[1:] },
		"the header changed":  func(l []string) []string { l[0] = strings.Replace(l[0], "Peer", "Pear", 1); return l },
	} {
		path := filepath.Join(t.TempDir(), "d.jsonl")
		lg, err := decisionlog.Open(path, p)
		require.NoError(t, err)
		for _, r := range rs {
			require.NoError(t, lg.Add(screen.Human("kd", "full-text", r, screen.Include, "")))
		}
		require.NoError(t, lg.Close())
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		lines := spoil(strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"))
		require.NoError(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644))
		_, err = decisionlog.Open(path, p)
		assert.ErrorIs(t, err, decisionlog.ErrDamaged, name)
	}
}

func TestAnotherProtocolIsRefusedUnlessItIsAnAmendment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.jsonl")
	rs := records()
	lg, err := decisionlog.Open(path, plan(t, protocol))
	require.NoError(t, err)
	require.NoError(t, lg.Add(screen.Human("kd", "full-text", rs[0], screen.Include, "")))
	require.NoError(t, lg.Close())

	amended := protocol
	amended.Question = "A question asked later"
	_, err = decisionlog.Open(path, plan(t, amended))
	assert.ErrorIs(t, err, decisionlog.ErrProtocol)
	lg, err = decisionlog.OpenAmended(path, plan(t, amended))
	require.NoError(t, err)
	require.NoError(t, lg.Add(screen.Human("kd", "full-text", rs[1], screen.Include, "")))
	require.NoError(t, lg.Close())
	lg, err = decisionlog.Open(path, plan(t, amended))
	require.NoError(t, err, "the amendment stands in the log")
	assert.Len(t, lg.Decisions(), 2)
	require.NoError(t, lg.Close())
}

func TestAnArbiterEndsAConflict(t *testing.T) {
	rs := records()
	lg := decisionlog.New(plan(t, protocol))
	say := func(by string, v screen.Verdict) {
		require.NoError(t, lg.Add(screen.Human(by, "full-text", rs[0], v, "")))
	}
	say("kd", screen.Include)
	assert.Empty(t, lg.Conflicts("full-text"))
	say("ab", screen.Exclude)
	assert.Equal(t, []record.ID{rs[0].ID()}, lg.Conflicts("full-text"))
	assert.Empty(t, lg.Conflicts("title-abstract"))
	say("mn", screen.Unsure)
	assert.Len(t, lg.Conflicts("full-text"), 1)
	say("mn", screen.Exclude)
	assert.Empty(t, lg.Conflicts("full-text"))
}

func TestRatingsAreOfRecordsThatBothDecided(t *testing.T) {
	rs := records()
	lg := decisionlog.New(plan(t, protocol))
	add := func(by string, i int, v screen.Verdict) {
		require.NoError(t, lg.Add(screen.Human(by, "full-text", rs[i], v, "")))
	}
	add("kd", 0, screen.Include)
	add("kd", 0, screen.Exclude) // changed their mind
	add("kd", 1, screen.Include)
	add("ab", 0, screen.Exclude)
	add("ab", 2, screen.Include)
	assert.Equal(t, []agreement.Pair{{Unit: string(rs[0].ID()), A: "exclude", B: "exclude"}}, lg.Ratings("full-text", "kd", "ab"))
	assert.Empty(t, lg.Ratings("title-abstract", "kd", "ab"))
}

func TestADecisionWithoutARecordOrStageIsRefusedAndNothingIsWritten(t *testing.T) {
	lg := decisionlog.New(plan(t, protocol))
	good := screen.Human("kd", "full-text", records()[0], screen.Include, "")
	assert.ErrorContains(t, lg.Add(good, screen.Decision{Stage: "third", RecordID: "r1-x"}), `no stage "third"`)
	assert.ErrorContains(t, lg.Add(good, screen.Decision{Stage: "full-text"}), "names no record")
	assert.Empty(t, lg.Decisions())
}

func TestADecisionThatTheProtocolDoesNotKnowIsNotAdded(t *testing.T) {
	lg := decisionlog.New(plan(t, protocol))
	r := records()[0]
	good := screen.Human("kd", "full-text", r, screen.Include, "wrong-concept")
	assert.EqualError(t, lg.Add(good, screen.Human("kd", "full-text", r, screen.Exclude, "wrong-conept")),
		`decision 2, by kd on Peer work: reason "wrong-conept" is not defined in the protocol; did you mean "wrong-concept"?`)
	assert.EqualError(t, lg.Add(good, screen.Human("kd", "full-text", r, "exlude", "")),
		`decision 2, by kd on Peer work: "exlude" is not a verdict; did you mean "exclude"?`)
	assert.ErrorContains(t, lg.Add(screen.Human("kd", "full-text", nil, screen.Include, "")), "names no record")
	assert.Empty(t, lg.Decisions())
	require.NoError(t, lg.Add(good), "a reason beside an include is no fault")
}

func TestAFileThatIsNoLogIsLeftAsItIs(t *testing.T) {
	p := plan(t, protocol)
	begun, err := os.ReadFile(logged(t, p))
	require.NoError(t, err)
	for name, text := range map[string]string{
		"a protocol in one line without an end": `{"schema":1,"title":"Peer support","reasons":[],"stages":[{"name":"s"}]}`,
		"a protocol in one line":                `{"schema":1,"title":"Peer support","reasons":[],"stages":[{"name":"s"}]}` + "\n",
		"a protocol with a key of the header":   `{"schema":1,"title":"x","protocol":"y","stages":[]}` + "\n",
		"a word":                                "x",
		"a text of several lines":               "a\nb\nc",
		"an empty line":                         "\n",
		"a log without its first byte":          string(begun[1:]),
		"the beginning of another header":       `{"schema":1,"title":"Nurse`,
		"a byte order mark before a log":        "\ufeff" + string(begun),
	} {
		path := filepath.Join(t.TempDir(), "file")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		for _, open := range []func(string, *screen.Plan) (*decisionlog.Log, error){decisionlog.Open, decisionlog.OpenAmended} {
			_, err := open(path, p)
			assert.ErrorIs(t, err, decisionlog.ErrDamaged, name)
			assert.ErrorContains(t, err, "file:1: the decision log is damaged: the first line is not the header", name)
			now, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, text, string(now), name)
		}
	}
}

// logged gives the path of a log with one decision.
func logged(t *testing.T, p *screen.Plan) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "d.jsonl")
	lg, err := decisionlog.Open(path, p)
	require.NoError(t, err)
	require.NoError(t, lg.Add(screen.Human("kd", "full-text", records()[0], screen.Include, "")))
	require.NoError(t, lg.Close())
	return path
}

func TestAHeaderThatACrashCutShortIsWrittenAgain(t *testing.T) {
	p := plan(t, protocol)
	whole, err := os.ReadFile(logged(t, p))
	require.NoError(t, err)
	end := strings.IndexByte(string(whole), '\n')
	for n := range end + 1 {
		path := filepath.Join(t.TempDir(), "d.jsonl")
		require.NoError(t, os.WriteFile(path, whole[:n], 0o644))
		lg, err := decisionlog.Open(path, p)
		require.NoError(t, err)
		require.NoError(t, lg.Close())
		now, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(whole[:end+1]), string(now))
	}
}

func TestALogOfAnotherProtocolIsNotCut(t *testing.T) {
	path := logged(t, plan(t, protocol))
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, whole[:len(whole)-5], 0o644))
	other := protocol
	other.Question = "Another"
	_, err = decisionlog.Open(path, plan(t, other))
	assert.ErrorIs(t, err, decisionlog.ErrProtocol)
	now, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(whole[:len(whole)-5]), string(now))
}

func TestTheSumShowsWhatTheFileAloneDoesNot(t *testing.T) {
	p := plan(t, protocol)
	path := logged(t, p)
	lg, err := decisionlog.Open(path, p)
	require.NoError(t, err)
	before := lg.Sum()
	require.NoError(t, lg.Add(screen.Human("ab", "full-text", records()[0], screen.Exclude, "")))
	kept := lg.Sum()
	assert.NotEqual(t, before, kept)
	require.NoError(t, lg.Close())
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := strings.SplitAfter(string(text), "\n")
	require.NoError(t, os.WriteFile(path, []byte(strings.Join(lines[:2], "")), 0o644))

	lg, err = decisionlog.Open(path, p)
	require.NoError(t, err, "a log without its last line is whole by itself")
	defer lg.Close()
	assert.Equal(t, before, lg.Sum())
}

func TestANoteThatIsNotUTF8DoesNotDamageALog(t *testing.T) {
	p := plan(t, protocol)
	path := logged(t, p)
	lg, err := decisionlog.Open(path, p)
	require.NoError(t, err)
	d := screen.Human("kd", "full-text", records()[1], screen.Include, "")
	d.Note = "caf\xe9"
	require.NoError(t, lg.Add(d))
	require.NoError(t, lg.Close())
	lg, err = decisionlog.Open(path, p)
	require.NoError(t, err)
	defer lg.Close()
	assert.Equal(t, "caf\ufffd", lg.Decisions()[1].Note)
}

func TestALogWithoutAProtocolTakesNothing(t *testing.T) {
	good := screen.Human("kd", "full-text", records()[0], screen.Include, "")
	for _, lg := range []*decisionlog.Log{{}, decisionlog.New(nil)} {
		assert.ErrorContains(t, lg.Add(good), "no protocol")
		assert.ErrorContains(t, lg.AddOutcome(&screen.Outcome{}), "no protocol")
		_, err := lg.Tally()
		assert.ErrorContains(t, err, "no protocol")
		_, err = lg.Screen(context.Background(), records())
		assert.ErrorContains(t, err, "no protocol")
		assert.Empty(t, lg.Decisions())
		assert.Empty(t, lg.Conflicts("full-text"))
		assert.Empty(t, lg.Ratings("full-text", "kd", "ab"))
		assert.Empty(t, lg.Sum()+lg.Cut())
		assert.Nil(t, lg.Plan())
		assert.NoError(t, lg.Close())
		n, err := lg.WriteTo(&strings.Builder{})
		assert.NoError(t, err)
		assert.Zero(t, n)
	}
	path := filepath.Join(t.TempDir(), "d.jsonl")
	_, err := decisionlog.Open(path, nil)
	assert.ErrorContains(t, err, "no protocol")
	assert.NoFileExists(t, path)
	assert.ErrorContains(t, decisionlog.New(plan(t, protocol)).AddOutcome(nil), "no outcome")
}

func TestWhatTheStageSettledIsLoggedAsTheStages(t *testing.T) {
	sends := protocol
	sends.Stages = []screen.Stage{{Name: "title-abstract", Rules: protocol.Stages[0].Rules, Undecided: screen.Include}, {Name: "full-text"}}
	lg := decisionlog.New(plan(t, sends))
	out, err := lg.Screen(context.Background(), records())
	require.NoError(t, err)
	require.NoError(t, lg.AddOutcome(out))
	by := map[string]int{}
	for _, d := range lg.Decisions() {
		by[d.Stage+" "+d.By]++
	}
	assert.Equal(t, map[string]int{"title-abstract rule": 1, "title-abstract stage": 3, "full-text rule": 3}, by)
	tally, err := lg.Tally()
	require.NoError(t, err)
	assert.Equal(t, out.Stages, tally)
	again, err := lg.Screen(context.Background(), records())
	require.NoError(t, err)
	assert.Equal(t, out.Stages, again.Stages, "no person has spoken")
}

func TestAFolderIsNoLog(t *testing.T) {
	_, err := decisionlog.Open(t.TempDir(), plan(t, protocol))
	assert.Error(t, err)
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("{\"schema\":1,\"title\":\"x\",\"protocol\":\"y\"}\n{\"n\":0}\n"))
	f.Add([]byte("\n\n"))
	f.Add([]byte("{"))
	p := plan(f, protocol)
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "d.jsonl")
		require.NoError(t, os.WriteFile(path, data, 0o644))
		lg, err := decisionlog.OpenAmended(path, p)
		if err != nil {
			now, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, data, append([]byte{}, now...), "what does not open is left as it is")
			return
		}
		_, _ = lg.Tally()
		require.NoError(t, lg.Close())
		_, err = decisionlog.Open(path, p)
		require.NoError(t, err, "what opened once opens again")
	})
}
