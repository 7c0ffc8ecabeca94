package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"

	"github.com/evidence-go/evidence/internal/token"
	"github.com/evidence-go/evidence/record"
	every "github.com/evidence-go/evidence/record/formats"
	"github.com/evidence-go/evidence/synth"
)

// summariesBench summarises many records once and checks the summary. The peak of
// memory is that of the whole process, the records included.
func summariesBench(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("summaries", flag.ContinueOnError)
	n := flags.Int("n", 100000, "so many `records`: those of the screening sets, and then some made of their sentences")
	profile := flags.String("profile", "", "write profiles to this `path` with .cpu and .allocs behind it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	folder, err := dataFolder()
	if err != nil {
		fmt.Fprintln(out, "not measured:", err)
		return nil
	}
	sets, err := screeningSets(filepath.Join(folder, "..", "screen", "sets"), *n)
	if err != nil {
		return err
	}
	records, real := recombined(sets, *n)
	size := 0
	for _, r := range records {
		size += len(r.Title) + len(r.Abstract.Text)
	}
	fmt.Fprintf(out, "%d records, %d of them real, %.1f MB of title and abstract\n", len(records), real, float64(size)/1e6)
	stop, err := startProfile(*profile)
	if err != nil {
		return err
	}
	began := ownTime()
	sum, err := synth.Summarize(context.Background(), records, synth.Options{})
	if err != nil {
		return err
	}
	took := ownTime() - began
	if err := sum.Verify(records); err != nil {
		return err
	}
	fmt.Fprintf(out, "summarised in %.1f s, verified in %.1f s of processor time: %d themes found, %d records in none\n",
		took, ownTime()-began-took, len(sum.Found), len(sum.LeftOver))
	fmt.Fprintf(out, "peak memory %.0f MB\n", float64(peakKB())/1024)
	return stop()
}

// screeningSets are the records of each set, of as many sets as are needed for n.
func screeningSets(folder string, n int) ([][]*record.Record, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.csv*"))
	if err != nil {
		return nil, err
	}
	var sets [][]*record.Record
	for _, p := range paths {
		lib, err := every.Open(p)
		if err != nil {
			return nil, err
		}
		sets = append(sets, lib.Records)
		if n -= len(lib.Records); n <= 0 {
			break
		}
	}
	if len(sets) == 0 {
		return nil, errNoData
	}
	return sets, nil
}

// recombined gives n records: those of the sets, as many as are wanted, and then
// records made of them. A made one is like a real one of its set, in turn, but every
// other sentence of its abstract, by chance, is another record's of the set in the same place,
// and its title ends as another's does: words stay as frequent as they are in each
// set, sentences keep their order, and no two records say the same.
func recombined(sets [][]*record.Record, n int) (records []*record.Record, real int) {
	for _, set := range sets {
		records = append(records, set...)
	}
	if real = len(records); n <= real {
		return records[:n], n
	}
	random := rand.New(rand.NewPCG(3, 4))
	var makers []*maker
	for _, set := range sets {
		if m := newMaker(set, random); len(m.titles) > 0 {
			makers = append(makers, m)
		}
	}
	for turn := 0; len(makers) > 0; turn++ {
		for _, m := range makers { // each as often as it has records
			for i := turn % 16; i < len(m.titles); i += 16 {
				if len(records) == n {
					return records, real
				}
				records = append(records, m.make(i, len(records)))
			}
		}
	}
	return records, real
}

// maker makes records of those of one set.
type maker struct {
	random    *rand.Rand
	titles    [][]string // as words
	abstracts [][]string // as sentences
}

func newMaker(set []*record.Record, random *rand.Rand) *maker {
	m := &maker{random: random}
	for _, r := range set {
		if r.Abstract.Text == "" {
			continue
		}
		m.titles = append(m.titles, strings.Fields(r.Title))
		var sentences []string
		for _, s := range token.Sentences(r.Abstract.Text) {
			sentences = append(sentences, s.Of(r.Abstract.Text))
		}
		m.abstracts = append(m.abstracts, sentences)
	}
	return m
}

// make makes a record that is like the i-th.
func (m *maker) make(i, number int) *record.Record {
	other := m.titles[m.random.IntN(len(m.titles))]
	title := append(append([]string{}, m.titles[i][:(len(m.titles[i])+1)/2]...), other[len(other)/2:]...)
	abstract := append([]string{}, m.abstracts[i]...)
	for k := range abstract {
		if from := m.abstracts[m.random.IntN(len(m.abstracts))]; k < len(from) && m.random.IntN(2) == 0 {
			abstract[k] = from[k]
		}
	}
	r := &record.Record{Key: fmt.Sprint("made", number), Title: strings.Join(title, " "), Abstract: record.NewAbstract(strings.Join(abstract, " "))}
	r.Date.Year = 1990 + m.random.IntN(35)
	r.FixID()
	return r
}
