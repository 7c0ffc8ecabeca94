package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/words"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// card shows one record with what was quoted from it.
type card struct {
	record     *record.Record
	ID, Short  string
	Title      []segment
	Authors    string
	Where      string // journal, volume, pages
	DOI, PMID  string
	FoundIn    string
	Flags      []string
	Design     string
	Themes     []string
	Study      string // where several reports tell of it
	Abstract   []segment
	NoAbstract bool
	Others     []quotedField // fields besides title and abstract that something is quoted from
	Keywords   string
	Phrases    string // key phrases of the summary
	Problems   []string
}

// quotedField is a value of another field from which something is quoted.
type quotedField struct {
	Name string
	Text []segment
}

// segment is a piece of text; Mark is the anchor of a quoted one.
type segment struct{ Text, Mark string }

// quoteAt is the place of a quote.
type quoteAt struct {
	id         record.ID
	field      record.Field
	item       int
	start, end int
}

func at(q synth.Quote) quoteAt { return quoteAt{q.Record, q.Field, q.Item, q.Start, q.End} }

// cards makes a card of each record, and anchors for the quotes of the summary.
func (b *builder) cards() {
	quotes, shown := b.quotes(), map[record.ID]bool{}
	for _, r := range b.in.Records {
		if shown[r.ID()] {
			continue
		}
		shown[r.ID()] = true
		c := b.card(r, quotes[r.ID()])
		b.carded[r.ID()] = c.ID
		for _, m := range r.Members {
			if b.carded[m.ID] == "" {
				b.carded[m.ID] = c.ID
			}
		}
		b.p.Cards = append(b.p.Cards, c)
	}
	b.misplaced(quotes)
}

// quotes are the different quotes of the summary by record.
func (b *builder) quotes() map[record.ID][]synth.Quote {
	out := map[record.ID][]synth.Quote{}
	seen := map[quoteAt]bool{}
	add := func(list []synth.Quote) {
		for _, q := range list {
			if !seen[at(q)] {
				seen[at(q)] = true
				out[q.Record] = append(out[q.Record], q)
			}
		}
	}
	if sum := b.in.Summary; sum != nil {
		for _, t := range sum.Themes {
			add(t.Evidence)
		}
		for _, t := range sum.Found {
			add(t.Evidence)
		}
	}
	return out
}

// misplaced warns of quotes that do not stand where they say.
func (b *builder) misplaced(quotes map[record.ID][]synth.Quote) {
	n := 0
	for _, r := range b.in.Records {
		for _, q := range quotes[r.ID()] {
			if !q.In(r) {
				n++
			}
		}
	}
	if n > 0 {
		b.p.Warnings = append(b.p.Warnings, words.Count(n, "quote does", "quotes do")+
			" not stand in the records as they are now: the summary was made from other texts. They are shown without a mark.")
	}
}

func (b *builder) card(r *record.Record, quotes []synth.Quote) card {
	c := card{ID: "record-" + string(r.ID()), record: r, Short: short(r), DOI: string(r.DOI), PMID: string(r.PMID), Flags: r.Values(record.FieldFlags),
		Where: where(r), FoundIn: foundIn(r), Keywords: strings.Join(r.Keywords, "; ")}
	c.Title = b.marked(r, record.FieldTitle, 0, cmp.Or(r.Title, "[No title]"), quotes)
	c.Abstract = b.marked(r, record.FieldAbstract, 0, r.Abstract.Text, quotes)
	c.NoAbstract = r.Abstract.Text == ""
	var people []string
	for _, n := range r.Authors() {
		people = append(people, n.Short())
	}
	c.Authors = strings.Join(people, ", ")
	if k, ok := b.codes[r.ID()]; ok {
		if k.Design != "" {
			c.Design = b.label("design", k.Design)
		}
		for _, t := range k.Themes {
			c.Themes = append(c.Themes, b.label("theme", t))
		}
		if k.Study != string(r.ID()) {
			c.Study = k.Study
		}
		c.Phrases = phrases(k, r)
	}
	for _, p := range r.Problems {
		c.Problems = append(c.Problems, p.String())
	}
	c.Others = b.otherFields(r, quotes)
	return c
}

// phrases are the key phrases that stand in the record as it is now.
func phrases(k synth.CodedRecord, r *record.Record) string {
	var out []string
	for _, p := range k.Phrases {
		if p.In(r) {
			out = append(out, p.Text)
		}
	}
	return strings.Join(out, "; ")
}

// otherFields are the values, besides title and abstract, that quotes stand in.
func (b *builder) otherFields(r *record.Record, quotes []synth.Quote) []quotedField {
	var out []quotedField
	seen := map[string]bool{}
	for _, q := range quotes {
		key := string(q.Field) + "#" + strconv.Itoa(q.Item)
		if q.Field == record.FieldTitle || q.Field == record.FieldAbstract || seen[key] || !q.In(r) {
			continue
		}
		seen[key] = true
		out = append(out, quotedField{string(q.Field), b.marked(r, q.Field, q.Item, r.Values(q.Field)[q.Item], quotes)})
	}
	return out
}

// marked parts a text at the quotes in it. Quotes that overlap share a mark.
func (b *builder) marked(r *record.Record, f record.Field, item int, text string, quotes []synth.Quote) []segment {
	var here []synth.Quote
	for _, q := range quotes {
		if q.Field == f && q.Item == item && q.End > q.Start && q.In(r) {
			here = append(here, q)
		}
	}
	slices.SortFunc(here, func(x, y synth.Quote) int { return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End)) })
	var out []segment
	done := 0
	for i := 0; i < len(here); {
		start, end := here[i].Start, here[i].End
		anchor := fmt.Sprintf("quote-%d", len(b.marks)+1)
		for ; i < len(here) && here[i].Start < end; i++ {
			end = max(end, here[i].End)
			b.marks[at(here[i])] = anchor
		}
		if start > done {
			out = append(out, segment{Text: text[done:start]})
		}
		out = append(out, segment{text[start:end], anchor})
		done = end
	}
	if done < len(text) {
		out = append(out, segment{Text: text[done:]})
	}
	return out
}

// where is the place of publication on one line.
func where(r *record.Record) string {
	var parts []string
	if r.In.Title != "" {
		parts = append(parts, r.In.Title)
	}
	if d := r.Date.String(); d != "" {
		parts = append(parts, d)
	}
	volume := r.In.Volume
	if r.In.Issue != "" {
		volume += "(" + r.In.Issue + ")"
	}
	if p := cmp.Or(r.In.Pages, r.In.ArticleNumber); p != "" {
		if volume != "" {
			volume += ": "
		}
		volume += p
	}
	if volume != "" {
		parts = append(parts, volume)
	}
	if r.Kind != "" && r.Kind != record.JournalArticle {
		parts = append(parts, string(r.Kind))
	}
	return strings.Join(parts, ", ")
}

// foundIn lists databases and files with the lines of a record.
func foundIn(r *record.Record) string {
	var out []string
	for _, s := range r.Sources() {
		if p := placeOf(s); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return strings.Join(out, "; ")
}

func placeOf(s record.Source) string {
	file := s.File
	if s.Line > 0 {
		file += ", line " + strconv.Itoa(s.Line)
	}
	if s.Database == "" {
		return file
	}
	if file == "" {
		return s.Database
	}
	return s.Database + " (" + file + ")"
}
