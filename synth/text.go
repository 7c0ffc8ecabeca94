package synth

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/keyphrase"
	"github.com/evidence-go/evidence/internal/token"
	"github.com/evidence-go/evidence/record"
)

// source is a record made ready: its texts cut into sentences once.
type source struct {
	rec     *record.Record
	id      record.ID
	study   string
	english bool
	texts   []passage // title, abstract, keywords, as far as there are any
	roles   []told    // of the abstract's sentences, once tellRoles was called
}

// passage is the text of a field, or of one item of it.
type passage struct {
	field     record.Field
	item      int
	text      string
	sentences []sentence
}

// sentence is a range of bytes of a passage that can be quoted.
type sentence struct {
	token.Token
	section record.Category
}

// sources makes the records ready, by ID. Of records that share an ID one is
// kept, the one with the longest abstract, and the others are counted.
func sources(records []*record.Record) (out []source, copies int) {
	byID := make(map[record.ID]*record.Record, len(records))
	for _, r := range records {
		id := r.ID()
		if before, ok := byID[id]; ok {
			copies++
			r = fuller(before, r)
		}
		byID[id] = r
	}
	out = make([]source, 0, len(byID))
	for id, r := range byID {
		out = append(out, source{rec: r, id: id, study: string(id), english: inEnglish(r), texts: passages(r)})
	}
	slices.SortFunc(out, func(a, b source) int { return cmp.Compare(a.id, b.id) })
	return out, copies
}

// fuller chooses between two records of one ID, whichever came first.
func fuller(a, b *record.Record) *record.Record {
	c := cmp.Or(cmp.Compare(len(b.Abstract.Text), len(a.Abstract.Text)), cmp.Compare(a.Abstract.Text, b.Abstract.Text),
		slices.Compare(a.Keywords, b.Keywords), slices.Compare(a.Types, b.Types), cmp.Compare(a.Title, b.Title))
	if c == 0 {
		c = bytes.Compare(asJSON(a), asJSON(b))
	}
	if c <= 0 {
		return a
	}
	return b
}

func asJSON(r *record.Record) []byte {
	data, err := json.Marshal(r)
	if err != nil { // a record is plain data; nothing in it can fail
		return nil
	}
	return data
}

// inEnglish holds for a record whose languages are not given or include English.
func inEnglish(r *record.Record) bool {
	return len(r.Languages) == 0 || slices.ContainsFunc(r.Languages, func(l string) bool { return record.Language(l) == "en" })
}

func passages(r *record.Record) []passage {
	out := make([]passage, 0, 2+len(r.Keywords))
	if r.Title != "" {
		out = append(out, passage{field: record.FieldTitle, text: r.Title, sentences: appendSentence(nil, r.Title, 0, len(r.Title), "")})
	}
	if r.Abstract.Text != "" {
		out = append(out, passage{field: record.FieldAbstract, text: r.Abstract.Text, sentences: bodySentences(r.Abstract)})
	}
	keywords := make([]sentence, 0, len(r.Keywords)) // a keyword is one sentence, as a title is
	for i, k := range r.Keywords {
		from := len(keywords)
		keywords = appendSentence(keywords, k, 0, len(k), "")
		out = append(out, passage{field: record.FieldKeywords, item: i, text: k, sentences: slices.Clip(keywords[from:])})
	}
	return out
}

// bodySentences cuts an abstract into sentences, those of a section without
// the heading before them; a notice of copyright at its end is none.
func bodySentences(a record.Abstract) []sentence {
	tokens := token.Sentences(keyphrase.WithoutNotice(a.Text))
	if len(a.Sections) == 0 {
		if out, ok := unmarkedSections(a.Text, tokens); ok {
			return out
		}
	}
	out := make([]sentence, 0, len(tokens)) // what is not in sections has as many
	next := 0                               // first section that may still hold something
	for _, tk := range tokens {
		at := tk.Start
		for next < len(a.Sections) && at < tk.End {
			s := a.Sections[next]
			if s.Start < at && s.End <= at || s.Start > s.End || s.End > len(a.Text) {
				next++
				continue
			}
			if s.Start >= tk.End {
				break
			}
			start, end := max(at, s.Start), min(tk.End, s.End)
			out = appendSentence(out, a.Text, start, end, s.Category)
			at = max(at, end)
			if s.End >= tk.End {
				break
			}
			next++
			at = max(at, s.End)
			if next < len(a.Sections) && a.Sections[next].Start < tk.End {
				at = max(at, a.Sections[next].Start) // what stands between is the heading
			}
		}
		out = appendSentence(out, a.Text, at, tk.End, "")
	}
	return out
}

func appendSentence(out []sentence, text string, start, end int, section record.Category) []sentence {
	if start < 0 || start >= end {
		return out
	}
	part := text[start:end]
	start += len(part) - len(strings.TrimLeft(part, " \t\r\n"))
	end -= len(part) - len(strings.TrimRight(part, " \t\r\n"))
	if start >= end {
		return out
	}
	return append(out, sentence{Token: token.Token{Start: start, End: end}, section: section})
}

// longestQuote is how many bytes of a sentence are quoted at most; of a longer
// one the words around the first term.
const longestQuote = 600

// quoteRange narrows a long sentence to whole words around the place at which
// a term stands.
func quoteRange(text string, s token.Token, at int) token.Token {
	if s.End-s.Start <= longestQuote {
		return s
	}
	start := max(s.Start, at-longestQuote/2)
	end := min(s.End, start+longestQuote)
	if start > s.Start {
		if i := strings.IndexByte(text[start:at], ' '); i >= 0 {
			start += i + 1
		}
	}
	if end < s.End {
		if i := strings.LastIndexByte(text[start:end], ' '); i > 0 && start+i > at {
			end = start + i
		}
	}
	for start < at && !utf8.RuneStart(text[start]) {
		start++
	}
	for end > at && end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	return token.Token{Start: start, End: end}
}

// assignStudies gives each source its study. A report that stands in two studies
// is an error, one that is not among the records is counted.
func assignStudies(all []source, studies []record.Study) (absent int, err error) {
	of := map[record.ID]string{}
	ids := map[string]bool{}
	for _, s := range studies {
		switch {
		case s.ID == "" || !utf8.ValidString(s.ID):
			return 0, fmt.Errorf("synth: a study of %d reports has no ID", len(s.Reports))
		case ids[s.ID]:
			return 0, fmt.Errorf("synth: two studies have the ID %q", s.ID)
		}
		ids[s.ID] = true
		for _, id := range s.Reports {
			if before, ok := of[id]; ok && before != s.ID {
				return 0, fmt.Errorf("synth: record %s is a report of study %q and of study %q; a report tells of one study", id, before, s.ID)
			}
			of[id] = s.ID
		}
	}
	used := map[record.ID]bool{}
	for i := range all {
		names := []record.ID{all[i].id}
		for _, m := range all[i].rec.Members {
			names = append(names, m.ID)
		}
		for _, id := range names {
			study, ok := of[id]
			if !ok {
				continue
			}
			used[id] = true
			if all[i].study != string(all[i].id) && all[i].study != study {
				return 0, fmt.Errorf("synth: record %s was merged of reports of study %q and of study %q", all[i].id, all[i].study, study)
			}
			all[i].study = study
		}
		if ids[string(all[i].id)] && all[i].study == string(all[i].id) && of[all[i].id] == "" {
			return 0, fmt.Errorf("synth: a study has the ID of record %s, which is not among its reports", all[i].id)
		}
	}
	return len(of) - len(used), nil
}
