package synth

import (
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Brief is what is known of one theme, and all that a sentence about it may rest
// on. It is plain data: a program may hand any part of it to a language model.
// docs/schema/brief.json describes its JSON form, and that of a sentence.
type Brief struct {
	Theme      string `json:"theme"` // name of the theme, of a found one its label
	Title      string `json:"title"` // what readers are shown
	Definition string `json:"definition,omitzero"`
	Found      bool   `json:"found,omitzero"` // no codebook names it
	// Unit is what claims count, "studies" or "records". A sentence that calls
	// records studies is rejected where studies were not given.
	Unit    string        `json:"unit"`
	Claims  []Claim       `json:"claims,omitempty"`  // by which sentences cite: the first is number 1
	Quotes  []Quote       `json:"quotes,omitempty"`  // likewise
	Records []BriefRecord `json:"records,omitempty"` // of the theme, by ID
}

// BriefRecord is a record of a theme with its texts and the names that a
// sentence may call it by.
type BriefRecord struct {
	ID    record.ID `json:"id"`
	Study string    `json:"study"`         // its own ID where it belongs to none
	Name  string    `json:"name,omitzero"` // "Doe and Roe 2019"; "" where no person wrote it
	// Names are its keys and identifiers besides the ID.
	Names    []string `json:"names,omitempty"`
	Authors  []string `json:"authors,omitempty"` // family names, whole names of groups
	Year     int      `json:"year,omitzero"`     // 0 for none
	Title    string   `json:"title,omitzero"`
	Abstract string   `json:"abstract,omitzero"`
	Keywords []string `json:"keywords,omitempty"`
}

// Briefs gives one brief for each theme of the codebook and then for each found
// theme, in the summary's order. The records are those that the summary was made
// of; one that is missing is an error. A brief shares no list with the summary.
func (s *Summary) Briefs(records []*record.Record) ([]Brief, error) {
	known, err := s.known(records)
	if err != nil {
		return nil, err
	}
	var out []Brief
	for i := range len(s.Themes) + len(s.Found) {
		out = append(out, s.brief(i, known))
	}
	return out, nil
}

// brief is that of the i-th theme, found ones after those of the codebook.
func (s *Summary) brief(i int, known map[record.ID]*record.Record) Brief {
	if i < len(s.Themes) {
		return s.themeBrief(&s.Themes[i], known)
	}
	return s.foundBrief(&s.Found[i-len(s.Themes)], known)
}

// known gives the record of each ID, of copies the one that was summarised.
func (s *Summary) known(records []*record.Record) (map[record.ID]*record.Record, error) {
	out := make(map[record.ID]*record.Record, len(s.Records))
	for i, r := range records {
		if r == nil {
			return nil, fmt.Errorf("synth: records[%d] is nil", i)
		}
		if before := out[r.ID()]; before != nil {
			r = fuller(before, r)
		}
		out[r.ID()] = r
	}
	for i := range s.Records {
		if id := s.Records[i].ID; out[id] == nil {
			return nil, fmt.Errorf("synth: record %s of the summary is not among the records given", id)
		}
	}
	return out, nil
}

func (s *Summary) themeBrief(t *ThemeSummary, known map[record.ID]*record.Record) Brief {
	b := Brief{Theme: t.Name, Title: t.Label(), Definition: t.Definition}
	s.fill(&b, t.Records, t.Claims, t.Evidence, known)
	return b
}

func (s *Summary) foundBrief(t *FoundTheme, known map[record.ID]*record.Record) Brief {
	b := Brief{Theme: t.Label, Title: t.Name(), Found: true}
	s.fill(&b, t.Records, t.Claims, t.Evidence, known)
	return b
}

func (s *Summary) fill(b *Brief, ids []record.ID, claims []Claim, quotes []Quote, known map[record.ID]*record.Record) {
	b.Unit = s.Counts.noun(2)
	for _, k := range claims {
		k.Records = slices.Clone(k.Records)
		b.Claims = append(b.Claims, k)
	}
	for _, q := range quotes {
		q.Terms = slices.Clone(q.Terms)
		b.Quotes = append(b.Quotes, q)
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	for _, id := range ids {
		if at, ok := s.find(id); ok && known[id] != nil {
			b.Records = append(b.Records, briefOf(known[id], id, s.Records[at].Study))
		}
	}
}

func briefOf(r *record.Record, id record.ID, study string) BriefRecord {
	b := BriefRecord{ID: id, Study: study, Year: r.Date.Year, Title: r.Title, Abstract: r.Abstract.Text, Keywords: slices.Clone(r.Keywords)}
	var families []string
	for _, n := range r.Authors() {
		switch {
		case n.Family != "":
			families = append(families, n.Family)
			b.Authors = append(b.Authors, n.Family)
		case n.Literal != "":
			b.Authors = append(b.Authors, n.Literal)
		}
	}
	if len(families) == len(b.Authors) {
		b.Name = shortCitation(families, r.Date)
	}
	for _, name := range []string{r.OwnKey(), r.Key, string(r.DOI), string(r.PMID), string(r.PMCID)} {
		if name != "" && !slices.Contains(b.Names, name) {
			b.Names = append(b.Names, name)
		}
	}
	return b
}

// shortCitation is "Doe 2019", "Doe and Roe 2019" or "Doe et al. 2019"; "" without
// authors or year.
func shortCitation(families []string, d record.Date) string {
	if len(families) == 0 || d.Year == 0 {
		return ""
	}
	who := families[0]
	switch len(families) {
	case 1:
	case 2:
		who += " and " + families[1]
	default:
		who += " et al."
	}
	return fmt.Sprintf("%s %d", strings.ToValidUTF8(who, "\ufffd"), d.Year)
}

// clone copies a brief, so that whoever is handed it cannot change what its
// sentences are checked against.
func (b Brief) clone() Brief {
	b.Claims, b.Quotes, b.Records = slices.Clone(b.Claims), slices.Clone(b.Quotes), slices.Clone(b.Records)
	for i := range b.Claims {
		b.Claims[i].Records = slices.Clone(b.Claims[i].Records)
	}
	for i := range b.Quotes {
		b.Quotes[i].Terms = slices.Clone(b.Quotes[i].Terms)
	}
	for i := range b.Records {
		r := &b.Records[i]
		r.Names, r.Authors, r.Keywords = slices.Clone(r.Names), slices.Clone(r.Authors), slices.Clone(r.Keywords)
	}
	return b
}
