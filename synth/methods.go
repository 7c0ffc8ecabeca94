package synth

import (
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/internal/words"
)

// Methods says in words how the summary was made, with its numbers: a paragraph
// for the methods section, built from the resolved options.
func (s *Summary) Methods() string {
	var b strings.Builder
	k := s.Counts
	fmt.Fprintf(&b, "%d %s", k.Records, Counts{}.noun(k.Records))
	if k.Grouped {
		fmt.Fprintf(&b, " of %d %s", k.Studies, k.noun(k.Studies))
	}
	b.WriteString(" were summarised")
	if k.FirstYear != 0 {
		fmt.Fprintf(&b, " (published %d–%d)", k.FirstYear, k.LastYear)
	}
	b.WriteString(". ")
	if k.Grouped {
		b.WriteString("Studies were counted, each once, whatever the number of its reports. ")
	}
	if c := s.Options.Codebook; c != nil {
		themes, terms := c.size()
		fmt.Fprintf(&b, "Title, abstract and keywords were coded with the codebook “%s” (%s, %s): a record was coded with a theme if one of the theme's terms stood in it, "+
			"and with every wider theme above it; %d fell under no theme. ", label(c.Title, c.Name), words.Count(themes, "theme", "themes"), words.Count(terms, "term", "terms"), len(s.Uncoded))
	}
	if k := s.Coders; k != nil {
		var names []string
		for _, c := range k.Coders {
			names = append(names, c.Coder)
		}
		open := 0
		for _, d := range k.Disagreements {
			if d.By == "" {
				open++
			}
		}
		fmt.Fprintf(&b, "Records were also coded by %s; what two or more agreed on or an adjudicator settled took the place of the terms, %s of %d remained open. ",
			words.List(names), words.Count(open, "disagreement", "disagreements"), len(k.Disagreements))
	}
	if d := s.Options.Design; d != nil {
		themes, terms := d.size()
		fmt.Fprintf(&b, "The design was taken from publication types, kind of work, and %d terms in title and abstract, as the first of %d designs that applied; for %d it was not stated. ",
			terms, themes, s.withoutDesign())
	}
	for _, a := range s.Options.Axes {
		if a != nil {
			themes, terms := a.size()
			fmt.Fprintf(&b, "Records were also coded by “%s” (%s, %s). ", label(a.Title, a.Name), words.Count(themes, "category", "categories"), words.Count(terms, "term", "terms"))
		}
	}
	if n := s.Options.EvidencePerTheme; n > 0 {
		fmt.Fprintf(&b, "As evidence up to %d sentences a theme were taken word for word, ranked by the section of the abstract they stand in (results and conclusions before background) "+
			"and by the number and rarity of the different terms in them, one from each study before a second from any. ", n)
	}
	if !s.Options.CodebookOnly {
		fmt.Fprintf(&b, "Themes beyond the codebook were looked for by clustering the English titles and abstracts (TF-IDF, latent semantic analysis, the map equation on a graph of nearest neighbours) from %d different texts on; %s found and named by phrases that their texts use more than the others. ",
			s.Options.FoundFrom, words.Count(len(s.Found), "was", "were"))
	}
	if p := s.Phrasing; p != nil {
		fmt.Fprintf(&b, "Themes were put into words by %s; of %s offered %s kept, those in which every quotation, number and name follows from what they cite. ",
			p.By, words.Count(p.Offered, "sentence", "sentences"), words.Count(p.Accepted, "was", "were"))
	}
	fmt.Fprintf(&b, "Rules of version %d.", s.Options.Version)
	return b.String()
}

func (s *Summary) withoutDesign() int {
	n := 0
	for i := range s.Records {
		if s.Records[i].Design == "" {
			n++
		}
	}
	return n
}

// size is the number of themes and of terms of a codebook.
func (c *Codebook) size() (themes, terms int) {
	for _, th := range layOut("", c).themes {
		themes++
		terms += len(th.Terms) + len(th.TitleTerms)
	}
	return themes, terms
}
