package synth

import (
	"context"
	"strings"

	"github.com/evidence-go/evidence/internal/keyphrase"
	"github.com/evidence-go/evidence/record"
)

// leastLikely is the score under which people would choose a phrase for its text
// less than once in ten times.
const leastLikely = -2.2

// collected is the English sources as key phrases are found in them.
type collected struct {
	texts *keyphrase.Collection
	at    []int // of each source its index there, -1 for one not in English
}

// keyPhrases gives each English record the phrases that its title and abstract
// are about, each at its first place.
func (s *Summary) keyPhrases(ctx context.Context, all []source) (collected, error) {
	most := max(s.Options.PhrasesPerRecord, 0)
	col := collected{keyphrase.NewCollection(), make([]int, len(all))}
	if most == 0 && s.Options.CodebookOnly {
		return col, nil // nobody asks
	}
	next := 0
	for i := range all {
		if err := ctx.Err(); err != nil {
			return col, err
		}
		if !all[i].english {
			col.at[i] = -1
			continue
		}
		r := all[i].rec
		phrases := col.texts.Add(keyphrase.Text{Title: r.Title, Body: r.Abstract.Text}, 2*most)
		s.Records[i].Phrases = different(phrases, most)
		col.at[i] = next
		next++
	}
	return col, nil
}

// themePhrases gives each theme of the codebook the phrases that tell its texts from
// the others. They may be its terms, or what goes with them.
func (s *Summary) themePhrases(col collected, c *counter) {
	if s.Options.PhrasesPerRecord <= 0 || len(s.Themes) == 0 {
		return
	}
	members := make([][]int, len(s.Themes))
	for i, themes := range c.codes[ByTheme] {
		if col.at[i] < 0 {
			continue
		}
		for _, t := range themes {
			members[t] = append(members[t], col.at[i])
		}
	}
	for t, shared := range col.texts.Telling(members, maxPhrases) {
		for _, p := range shared {
			s.Themes[t].Phrases = append(s.Themes[t].Phrases, p.Text)
		}
	}
}

// different are the first of the phrases that are likely and not a part of one
// before them, nor the other way round.
func different(phrases []keyphrase.Phrase, most int) []record.Span {
	var out []record.Span
	var keys []string
	for _, p := range phrases {
		if len(out) == most || p.Score < leastLikely {
			break
		}
		if said(keys, p.Key) {
			continue
		}
		at := p.Places[0]
		field := record.FieldAbstract
		if at.Title {
			field = record.FieldTitle
		}
		out = append(out, record.Span{Field: field, Start: at.Start, End: at.End, Text: p.Text})
		keys = append(keys, p.Key)
	}
	return out
}

// said tells whether one of some phrases has all words of another, or none but
// its words.
func said(keys []string, key string) bool {
	for _, k := range keys {
		if strings.Contains(" "+k+" ", " "+key+" ") || strings.Contains(" "+key+" ", " "+k+" ") {
			return true
		}
	}
	return false
}
