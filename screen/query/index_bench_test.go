package query

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

// writer invents records whose words are as unevenly frequent as real ones.
type writer struct {
	*rand.Rand
	ranks *rand.Zipf
	words []string
}

func newWriter() *writer {
	w := &writer{Rand: rand.New(rand.NewPCG(7, 7))}
	w.ranks = rand.NewZipf(w.Rand, 1.1, 8, 200_000)
	syllables := strings.Fields("ba co de fi gu ha lo mi nu pa re si to vu ze ner tal ris mon ker")
	for i := range 200_001 {
		word := ""
		for n := i + 1; n > 0; n /= len(syllables) {
			word += syllables[n%len(syllables)]
		}
		w.words = append(w.words, word)
	}
	return w
}

// text writes n words in sentences.
func (w *writer) text(n int) string {
	var b strings.Builder
	for i := range n {
		word := w.words[w.ranks.Uint64()]
		switch {
		case i%20 == 0:
			word = strings.ToUpper(word[:1]) + word[1:]
		case w.IntN(60) == 0:
			word = fmt.Sprintf("%.1f±%d", 10*w.Float64(), w.IntN(9))
		}
		if i > 0 {
			b.WriteString([]string{" ", " ", " ", " ", " ", " ", "-", ", "}[w.IntN(8)])
		}
		b.WriteString(word)
		if i%20 == 19 {
			b.WriteString(".")
		}
	}
	return b.String()
}

// record invents one of about 1.2 kB of title and abstract.
func (w *writer) record(i int) *record.Record {
	r := &record.Record{
		Title: w.text(14), Abstract: record.Abstract{Text: w.text(160 + w.IntN(60))}, Date: record.Date{Year: 1990 + w.IntN(35)},
		DOI: record.DOI(fmt.Sprintf("10.5555/%d", i)), Types: []string{"Journal Article"}, Languages: []string{"en"},
		In: record.Container{Title: "Journal of " + w.words[w.IntN(500)], Volume: fmt.Sprint(w.IntN(90)), Pages: fmt.Sprint(w.IntN(900))},
	}
	if w.IntN(10) == 0 {
		r.Abstract.Text = ""
	}
	for range 4 {
		r.People = append(r.People, record.Contributor{Name: record.Name{Family: w.words[w.IntN(20_000)], Given: "A B"}})
		r.Keywords = append(r.Keywords, w.text(2))
		r.Headings = append(r.Headings, record.Heading{Term: w.words[w.IntN(3000)], Major: w.IntN(3) == 0})
	}
	return r
}

// records invents n of them; size is the length of their titles, abstracts and
// keywords.
func (w *writer) records(n int) (out []*record.Record, size int64) {
	for i := range n {
		out = append(out, w.record(i))
	}
	return out, textOf(out)
}

func BenchmarkNewIndex(b *testing.B) {
	records, size := newWriter().records(20_000)
	heap := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	b.SetBytes(size)
	b.ReportAllocs()
	var ix *Index
	for b.Loop() {
		ix = NewIndex(records)
	}
	with := heap()
	runtime.KeepAlive(ix)
	ix = nil
	b.ReportMetric((with-heap())/float64(size), "index-bytes/text-byte")
	b.ReportMetric(float64(len(records)*b.N)/b.Elapsed().Seconds(), "records/s")
	runtime.KeepAlive(records)
}

// BenchmarkIndexRun asks an invented strategy of the usual kinds of lines, and words
// that are everywhere.
func BenchmarkIndexRun(b *testing.B) {
	w := newWriter()
	records, _ := w.records(100_000)
	ix := NewIndex(records)
	word := func(rank int) string { return w.words[rank] }
	for name, text := range map[string]string{
		"strategy": fmt.Sprintf("1 %s.ti,ab.\n2 (%s adj3 %s).ti,ab.\n3 %s*.mp.\n4 \"%s %s\".ti,ab.\n5 exp %s/\n6 or/1-5\n7 (%s or %s).ti,ab.\n8 6 and 7\n9 limit 8 to yr=\"2000-2010\"",
			word(400), word(90), word(1200), word(2000), word(20), word(300), word(40), word(800), word(5000)),
		"frequent":     fmt.Sprintf("(%s adj5 %s).ti,ab.", word(0), word(1)),
		"every b":      "b*.mp.",
		"any ending":   "*ner.mp.",
		"two of any b": `"ba* co*".ti,ab.`,
	} {
		b.Run(name, func(b *testing.B) {
			q, err := ParseWith(Options{Dialect: Ovid, Lenient: true}, text)
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				ix.Run(q)
			}
			b.ReportMetric(float64(ix.Run(q).Last().Count()), "found")
		})
	}
}

// BenchmarkIndexOfPublishedStrategies asks all of them, one after the other, of the
// records of the screening sets.
func BenchmarkIndexOfPublishedStrategies(b *testing.B) {
	records := realRecords(b, 1<<30)
	strategies := realStrategies(b, realTree(b))
	ix := NewIndex(records)
	for _, s := range strategies {
		s.q.plan()
	}
	b.ReportMetric(float64(len(records)), "records")
	for b.Loop() {
		for _, s := range strategies {
			ix.Run(s.q)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N*len(strategies)), "ms/strategy")
}
