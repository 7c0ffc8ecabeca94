package dedupe_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func snapshot(t require.TestingT, ix *dedupe.Index) []byte {
	var b bytes.Buffer
	n, err := ix.WriteTo(&b)
	require.NoError(t, err)
	require.Equal(t, int64(b.Len()), n)
	return b.Bytes()
}

func TestASnapshotComesBackAsTheSameIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		p := rapid.SampledFrom(smallBlocks).Draw(t, "policy")
		ix := newIndex(t, dedupe.Learn(records), p, records...)
		if len(records) > 1 {
			_ = ix.Decide(rapid.SampledFrom([]dedupe.Verdict{dedupe.Same, dedupe.Different}).Draw(t, "verdict"), records[0], records[1])
		}
		text := snapshot(t, ix)
		back, err := dedupe.ReadIndex(bytes.NewReader(text))
		require.NoError(t, err)
		assert.Equal(t, string(text), string(snapshot(t, back)), "the same index, the same bytes")
		assert.Equal(t, ix.Stats(), back.Stats())
		assert.Equal(t, ix.Policy(), back.Policy())
		_, want := resultOf(t, ix)
		_, got := resultOf(t, back)
		assert.JSONEq(t, want, got)
	})
}

// smallIndex holds three records and a decision.
func smallIndex(t testing.TB) *dedupe.Index {
	records := []*record.Record{keyed(t, "a", full), keyed(t, "b", bare), keyed(t, "c", "Holm K | Appetite after bariatric surgery | 2011 | Nutrition Review | 4 | 1 | 5-9")}
	ix := newIndex(t, dedupe.Learn(records), dedupe.Policy{}, records...)
	require.NoError(t, ix.Decide(dedupe.Different, records[0], records[2]))
	return ix
}

func TestADamagedSnapshotIsRefused(t *testing.T) {
	text := string(snapshot(t, smallIndex(t)))
	lines := strings.SplitAfter(text, "\n")
	for damaged, says := range map[string]string{
		"":                            `it is none: it begins with ""`,
		"PK\x03\x04 something":        "it is none",
		`{"format":"something else"}`: "it is none",
		lines[0][:40]:                 "cut off in its first line",
		lines[0]:                      "cut off after 0 of 3 records",
		lines[0] + lines[1]:           "cut off after 1 of 3 records",
		strings.Join(lines[:3], "") + lines[3][:10]:                                                                     "cut off after 2 of 3 records",
		strings.Join(lines[:4], ""):                                                                                     "the checksum is missing",
		strings.Replace(text, "bariatric", "paediatric", 1):                                                             "its bytes have changed",
		strings.Replace(text, `"title":"Appetite`, `"title":7,"x":"Appetite`, 1):                                        "line 4",
		strings.Replace(text, `"version":1`, `"version":2`, 1):                                                          "its form is of version 2, expected 1",
		strings.Replace(text, fmt.Sprintf(`"policy":{"version":%d`, dedupe.PolicyVersion), `"policy":{"version":99`, 1): "version 99 of the rules",
		strings.Replace(text, `"join":0.95`, `"join":7`, 1):                                                             "Policy.Join is 7",
		strings.Replace(text, `"stats":{"version":1`, `"stats":{"version":9`, 1):                                        "statistics of version 9",
		strings.Replace(text, `"records":3`, `"records":2`, 1):                                                          "its bytes have changed",
		text + "more": "something stands behind its end",
	} {
		require.NotEqual(t, text, damaged, says)
		_, err := dedupe.ReadIndex(strings.NewReader(damaged))
		assert.ErrorContains(t, err, "dedupe: snapshot of an index: ")
		assert.ErrorContains(t, err, says)
	}
}

// Whatever single byte of a snapshot changes, it is refused.
func FuzzSnapshot(f *testing.F) {
	text := snapshot(f, smallIndex(f))
	f.Add(0, byte(1))
	f.Add(len(text)/2, byte(0x20))
	f.Add(len(text)-2, byte(1))
	f.Fuzz(func(t *testing.T, at int, change byte) {
		if at < 0 || change == 0 {
			return
		}
		damaged := bytes.Clone(text)
		damaged[at%len(damaged)] ^= change
		ix, err := dedupe.ReadIndex(bytes.NewReader(damaged))
		// Spelling and blanks of the last line are not summed.
		if at%len(damaged) < bytes.LastIndexByte(text[:len(text)-1], '\n') {
			assert.Error(t, err)
			assert.Nil(t, ix)
		}
	})
}

func TestASnapshotNeedsTheRulesItWasMadeWith(t *testing.T) {
	mine := dedupe.Rule{Name: "sponsor", Weigh: func(x, y *record.Record) (float64, string) { return -40, "another sponsor" }}
	ix := newIndex(t, nil, dedupe.Policy{Rules: []dedupe.Rule{mine}}, article(t, full), article(t, bare))
	text := snapshot(t, ix)
	_, err := dedupe.ReadIndex(bytes.NewReader(text))
	assert.ErrorContains(t, err, `rules named ["sponsor"], these were given: []`)
	back, err := dedupe.ReadIndex(bytes.NewReader(text), mine)
	require.NoError(t, err)
	res, _ := resultOf(t, back)
	assert.Empty(t, res.Groups)
}

func TestAnIndexIsSavedWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "first.index")
	ix := smallIndex(t)
	require.NoError(t, ix.Save(path))
	require.NoError(t, ix.Add(keyed(t, "d", "Lund E | Sleep of nurses | 2012")))
	require.NoError(t, ix.Save(path), "over what stood there")
	back, err := dedupe.LoadIndex(path)
	require.NoError(t, err)
	assert.Equal(t, 4, back.Len())

	require.NoError(t, os.WriteFile(path, []byte("TY  - JOUR\n"), 0o666))
	_, err = dedupe.LoadIndex(path)
	assert.ErrorContains(t, err, path)
	_, err = dedupe.LoadIndex(filepath.Join(dir, "none"))
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.Error(t, ix.Save(filepath.Join(dir, "no folder", "x")))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "folder"), 0o777))
	assert.Error(t, ix.Save(filepath.Join(dir, "folder")))
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, files, 2, "nothing is left beside them")
}

type fullDisk struct{ left int }

var errFull = errors.New("no space left")

func (d *fullDisk) Write(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWritingASnapshotTellsOfAFullDisk(t *testing.T) {
	_, err := smallIndex(t).WriteTo(&fullDisk{left: 100})
	assert.ErrorIs(t, err, errFull)
	_, err = dedupe.ReadIndex(io.MultiReader(bytes.NewReader(snapshot(t, smallIndex(t))[:300]), failing{}))
	assert.ErrorIs(t, err, errFull)
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errFull }

func TestRelearnListsWhatOtherStatisticsChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		st := dedupe.Learn(records[:rapid.IntRange(0, len(records)).Draw(t, "learnt from")])
		if rapid.Bool().Draw(t, "common words") {
			st = &dedupe.Stats{Version: 1, Records: 1000, Words: map[string]int{"sleep": 900, "support": 800, "trial": 700, "cohort": 900, "school": 900}, Names: map[string]int{"berg": 500, "sand": 500}}
		}
		ix := newIndex(t, st, dedupe.Policy{}, records...)
		if len(records) > 1 {
			_ = ix.Decide(dedupe.Same, records[0], records[1])
		}
		before, text := resultOf(t, ix)
		rl, err := ix.Relearn(context.Background(), nil)
		require.NoError(t, err)
		_, unchanged := resultOf(t, ix)
		assert.JSONEq(t, text, unchanged, "relearning changes nothing")
		assert.Equal(t, groups(before), groups(rl.Before))
		for _, l := range rl.Added {
			assert.True(t, together(rl.After, l.A, l.B))
			assert.False(t, together(rl.Before, l.A, l.B))
		}
		for _, l := range rl.Lost {
			assert.True(t, together(rl.Before, l.A, l.B))
			assert.False(t, together(rl.After, l.A, l.B))
		}
		for _, c := range rl.Changed {
			assert.NotEqual(t, c.Before, c.After)
			assert.Contains(t, []dedupe.Verdict{c.Before, c.After}, dedupe.Unsure)
		}
		if len(rl.Added)+len(rl.Lost) == 0 {
			assert.Equal(t, groups(rl.Before), groups(rl.After))
		}

		require.NoError(t, ix.Adopt(rl))
		assert.Equal(t, dedupe.Learn(records), ix.Stats())
		_, want := findWith(t, dedupe.Learn(records), dedupe.Policy{}, records, ix.Orders()...)
		_, got := resultOf(t, ix)
		assert.JSONEq(t, want, got)
		assert.ErrorContains(t, ix.Adopt(rl), "changed since")
		assert.Error(t, newIndex(t, nil, dedupe.Policy{}).Adopt(rl))
		assert.Error(t, ix.Adopt(nil))
	})
}

func together(res *dedupe.Result, a, b *record.Record) bool {
	of := map[*record.Record]int{}
	for i, g := range res.Groups {
		for _, r := range g.Records {
			of[r] = i + 1
		}
	}
	return of[a] != 0 && of[a] == of[b]
}

func TestRelearnStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := smallIndex(t).Relearn(ctx, nil)
	assert.ErrorIs(t, err, context.Canceled)
}

// An index is kept in a file from one search to the next.
func ExampleIndex_Save() {
	dir, err := os.MkdirTemp("", "index")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	first := []*record.Record{{Key: "2019#1", Title: "Exercise and sleep in older adults", PMID: "30000001"}}
	ix, err := dedupe.NewIndex(dedupe.Learn(first), dedupe.Policy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := ix.Add(first...); err != nil {
		fmt.Println(err)
		return
	}
	path := filepath.Join(dir, "search.index")
	if err := ix.Save(path); err != nil {
		fmt.Println(err)
		return
	}

	// A year later.
	ix, err = dedupe.LoadIndex(path)
	if err != nil {
		fmt.Println(err) // search.index: dedupe: snapshot of an index: cut off after 812 of 1400 records
		return
	}
	m, err := ix.Query(&record.Record{Key: "2020#1", Title: "Exercise and sleep in older adults.", PMID: "30000001"})
	fmt.Println(m.Known(), err)
	// Output: true <nil>
}
