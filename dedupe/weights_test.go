package dedupe

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

func TestALexiconWeighsWordsAsTheStatisticsDo(t *testing.T) {
	long := strings.Repeat("x", 300)
	records := append(madeUp(3000, 4), &record.Record{Title: "A word of " + long})
	st := Learn(records[:2000])
	st.Words[long] = 7
	for name, memory := range map[string]int{"table": 1 << 24, "no room": 10} {
		lex := newLexicon(st, memory)
		assert.Equal(t, name == "table", len(lex.slots) > 0)
		for _, r := range records {
			want, got := foldRecord(r), foldRecord(r)
			want.weigh(st)
			lex.weigh(got)
			require.Equal(t, plainForm(want), plainForm(got), name)
		}
	}
	lex := newLexicon(emptyStats(), 1<<20)
	f := foldRecord(records[0])
	lex.weigh(f)
	assert.Equal(t, plainForm(newForm(emptyStats(), records[0])), plainForm(f))
}

// Half of a hash may be that of another word.
func TestALexiconIsNotMisledByAHash(t *testing.T) {
	st := &Stats{Records: 10, Words: map[string]int{"sleep": 1, "nurses": 5}}
	lex := newLexicon(st, 1<<20)
	w := newWord("nurses")
	lex.read(&w, lex.find(hashText("sleep")))
	var want word
	want.weigh(st, 5)
	assert.Equal(t, want.bits, w.bits)
	assert.False(t, w.once)
}
