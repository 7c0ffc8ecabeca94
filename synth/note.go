package synth

import (
	"fmt"
	"strconv"
	"strings"
)

// enoughForAll is the number of records from which it is odd that a theme or a
// term is in every one of them.
const enoughForAll = 10

// note writes down what a reader of the numbers must know.
func (s *Summary) note(all []source, books []book, coded [][]codes, absent int) {
	k := s.Counts
	if k.Records == 0 {
		s.Notes = append(s.Notes, "no records: nothing could be summarised")
		return
	}
	s.noteIf(k.Copies, "further copies of records with the same ID, left out")
	s.noteIf(absent, "reports of the studies given that are not among the records")
	s.noteIf(k.TitleOnly, "records without abstract, coded by title and keywords alone")
	s.noteIf(k.NoText, "records with neither title, abstract nor keywords, coded by type and kind at most")
	s.noteIf(k.NotEnglish, "records not in English, coded by what the terms find in them, and left out of the search for further themes")
	s.noteIf(k.WithoutYear, "records without a year")
	if k.Records == k.TitleOnly+k.NoText {
		s.Notes = append(s.Notes, "no record has an abstract: the evidence is titles")
	}
	if n := len(k.Years); n > 0 && int64(k.LastYear)-int64(k.FirstYear) > widestRange {
		s.Notes = append(s.Notes, fmt.Sprintf("the years run from %d to %d: only those that occur are listed; look for a misread year", k.FirstYear, k.LastYear))
	}
	for bi, b := range books {
		s.noteThemes(bi, b, coded)
		s.noteTerms(bi, b, coded)
	}
	if n := len(s.Uncoded); n > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%d of %d records fell under no theme of the codebook", n, k.Records))
	}
}

func (s *Summary) noteIf(n int, what string) {
	if n > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%s: %d", what, n))
	}
}

// noteThemes names the themes without any record and those with every one. The
// built-in designs are meant for every review, so that empty ones are no news.
func (s *Summary) noteThemes(bi int, b book, coded [][]codes) {
	held := make([]int, len(b.themes))
	for i := range coded {
		for _, t := range coded[i][bi].themes {
			held[t]++
		}
	}
	var none, every []string
	for t, th := range b.themes {
		switch {
		case held[t] == 0:
			none = append(none, th.Name)
		case held[t] == len(coded) && held[t] >= enoughForAll:
			every = append(every, th.Name)
		}
	}
	if len(none) > 0 && b.axis != ByDesign {
		s.Notes = append(s.Notes, fmt.Sprintf("%s: themes without any record: %s", b.code.Name, strings.Join(none, ", ")))
	}
	if len(every) > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%s: themes that every record has, so that they tell nothing apart: %s", b.code.Name, strings.Join(every, ", ")))
	}
}

// noteTerms names the terms and publication types that found nothing and the
// terms that found everything.
func (s *Summary) noteTerms(bi int, b book, coded [][]codes) {
	if b.axis == ByDesign {
		return
	}
	var none, every, types byTheme
	for t, th := range b.themes {
		held := map[string]int{}
		for i := range coded {
			if r := coded[i][bi].reasons[t]; r != nil {
				for _, term := range r.terms() {
					held[term]++
				}
				for _, typ := range r.types {
					held["\x00"+strings.ToLower(strings.TrimSpace(typ))]++
				}
			}
		}
		for _, list := range [][]string{th.Terms, th.TitleTerms} {
			for _, term := range list {
				switch n := held[term]; {
				case n == 0:
					none.add(th.Name, term)
				case n == len(coded) && n >= enoughForAll:
					every.add(th.Name, term)
				}
			}
		}
		for _, typ := range th.Types {
			if held["\x00"+strings.ToLower(strings.TrimSpace(typ))] == 0 {
				types.add(th.Name, typ)
			}
		}
	}
	if len(none) > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%s: terms that stand in no record: %s", b.code.Name, none))
	}
	if len(types) > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%s: publication types that no record has: %s", b.code.Name, types))
	}
	if len(every) > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%s: terms that stand in every record, so that they tell nothing apart: %s", b.code.Name, every))
	}
}

// byTheme lists terms under the themes they belong to, each theme once.
type byTheme []themeTerms

type themeTerms struct {
	theme string
	terms []string
}

// add puts a term behind the others of its theme; the themes come one after another.
func (l *byTheme) add(theme, term string) {
	if strings.ContainsAny(term, ",;") {
		term = strconv.Quote(term)
	}
	if n := len(*l); n > 0 && (*l)[n-1].theme == theme {
		(*l)[n-1].terms = append((*l)[n-1].terms, term)
		return
	}
	*l = append(*l, themeTerms{theme, []string{term}})
}

// String gives "first theme: a term, another; second theme: a term".
func (l byTheme) String() string {
	parts := make([]string, len(l))
	for i, t := range l {
		parts[i] = t.theme + ": " + strings.Join(t.terms, ", ")
	}
	return strings.Join(parts, "; ")
}

// terms lists the different terms that were found.
func (r *reason) terms() []string {
	var out []string
	seen := map[string]bool{}
	for _, p := range r.places {
		if !seen[p.term] {
			seen[p.term] = true
			out = append(out, p.term)
		}
	}
	return out
}
