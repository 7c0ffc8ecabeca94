package synth

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// ChangesSchema is the version of the JSON form of changes; docs/schema/changes.json
// describes it.
const ChangesSchema = 1

// Changes are what differs between two summaries, the later read against the
// earlier: what an update of a review brought. All lists are in an order that
// hangs on the two summaries alone; between equal ones there are none.
type Changes struct {
	Schema  int           `json:"schema"`
	Added   []RecordRef   `json:"added,omitempty"`   // records that only the later one has, by ID
	Gone    []RecordRef   `json:"gone,omitempty"`    // records that only the earlier one has, by ID
	Recoded []Recoding    `json:"recoded,omitempty"` // records of both that are coded in another way, by ID
	Counts  []CountChange `json:"counts,omitempty"`  // numbers of the whole, in the order of Counts
	// Themes are those of codebook, designs and further axes about which anything
	// differs: first those of the later summary in its order, then those that are gone.
	Themes []ThemeChange `json:"themes,omitempty"`
	// Found are the found themes, matched by their records: see FoundChange.
	Found []FoundChange `json:"found,omitempty"`
	// Other names what differs besides: a codebook, another option, the notes.
	Other []string `json:"other,omitempty"`
}

// RecordRef names a record for a reader.
type RecordRef struct {
	ID    record.ID `json:"id"`
	Title string    `json:"title,omitzero"`
	Year  int       `json:"year,omitzero"`
}

// Recoding is one thing about a record that is another than before.
type Recoding struct {
	Record record.ID `json:"record"`
	Title  string    `json:"title,omitzero"`
	// What is an axis ("theme", "design", the name of a further one), or "study",
	// "year" or "title".
	What  string   `json:"what"`
	Gone  []string `json:"gone,omitempty"`  // codes it had, or what stood there
	Added []string `json:"added,omitempty"` // codes it has now, or what stands there
}

// CountChange is a number that is another than before.
type CountChange struct {
	Name   string `json:"name"` // as in the JSON form of Counts: "records"
	Before int    `json:"before"`
	After  int    `json:"after"`
}

// Fate says what became of a theme.
type Fate string

// The fates. Only found themes are merged, split or regrouped.
const (
	Continued Fate = "continued"
	NewTheme  Fate = "new"
	GoneTheme Fate = "gone"
	Merged    Fate = "merged"    // of several themes one
	Split     Fate = "split"     // of one theme several
	Regrouped Fate = "regrouped" // of several themes several others
)

// ThemeChange is what differs about a theme of a codebook.
type ThemeChange struct {
	Axis   Axis   `json:"axis"`
	Name   string `json:"name"`
	Title  string `json:"title,omitzero"` // the later one's
	Fate   Fate   `json:"fate"`           // continued, new or gone
	Before int    `json:"before"`         // what is counted, studies or records
	After  int    `json:"after"`
	Contents
}

// Contents are the parts of a theme that differ.
type Contents struct {
	Added          []record.ID   `json:"added,omitempty"` // records, by ID
	Gone           []record.ID   `json:"gone,omitempty"`
	Claims         []ClaimChange `json:"claims,omitempty"`          // by their place in the list
	NewQuotes      []Quote       `json:"new_quotes,omitempty"`      // the best first
	GoneQuotes     []Quote       `json:"gone_quotes,omitempty"`     // likewise
	NewStatements  []Sentence    `json:"new_statements,omitempty"`  // in their order
	GoneStatements []Sentence    `json:"gone_statements,omitempty"` // likewise
	Other          []string      `json:"other,omitempty"`           // what differs besides: "definition", "order of evidence"
}

// ClaimChange is a claim that says something else than before; one of the two is
// empty where a claim is new or gone.
type ClaimChange struct {
	Before string `json:"before,omitzero"`
	After  string `json:"after,omitzero"`
	// OnlyTotal holds where the count is the same and what it is out of is not.
	OnlyTotal bool `json:"only_total,omitzero"`
}

// Diff says what the later summary has that the earlier had not, and the reverse.
// Records are told apart by ID, themes of codebooks by axis and name, quotes by
// record and place. A nil summary is an empty one.
func Diff(earlier, later *Summary) Changes {
	if earlier == nil {
		earlier = &Summary{}
	}
	if later == nil {
		later = &Summary{}
	}
	c := Changes{Schema: ChangesSchema}
	c.records(earlier, later)
	c.counts(earlier.Counts, later.Counts)
	c.themes(earlier, later)
	c.Found = foundChanges(earlier, later)
	c.other(earlier, later)
	return c
}

// Empty holds where nothing differs.
func (c Changes) Empty() bool {
	c.Schema = 0
	return reflect.DeepEqual(c, Changes{})
}

// records compares what is known of each record. Both lists are sorted by ID;
// one that is not, because it was not made by Summarize, is sorted first.
func (c *Changes) records(earlier, later *Summary) {
	a, b := sortedRecords(earlier), sortedRecords(later)
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].ID < b[0].ID:
			c.Gone = append(c.Gone, RecordRef{a[0].ID, a[0].Title, a[0].Year})
			a = a[1:]
		case len(a) == 0 || b[0].ID < a[0].ID:
			c.Added = append(c.Added, RecordRef{b[0].ID, b[0].Title, b[0].Year})
			b = b[1:]
		default:
			c.recoded(a[0], b[0])
			a, b = a[1:], b[1:]
		}
	}
}

func sortedRecords(s *Summary) []CodedRecord {
	byID := func(a, b CodedRecord) int { return cmp.Compare(a.ID, b.ID) }
	if slices.IsSortedFunc(s.Records, byID) {
		return s.Records
	}
	out := slices.Clone(s.Records)
	slices.SortStableFunc(out, byID)
	return out
}

func (c *Changes) recoded(a, b CodedRecord) {
	add := func(what string, before, after []string) {
		r := Recoding{Record: b.ID, Title: b.Title, What: what, Gone: without(before, after), Added: without(after, before)}
		if len(r.Gone)+len(r.Added) > 0 {
			c.Recoded = append(c.Recoded, r)
		}
	}
	add(string(ByTheme), a.Themes, b.Themes)
	add(string(ByDesign), a.codesOf(ByDesign), b.codesOf(ByDesign))
	for _, axis := range unitedAxes(a.Axes, b.Axes) {
		add(axis, a.codesOf(ByAxis(axis)), b.codesOf(ByAxis(axis)))
	}
	add("study", []string{a.Study}, []string{b.Study})
	add("title", []string{a.Title}, []string{b.Title})
	add("year", []string{yearWords(a.Year)}, []string{yearWords(b.Year)})
}

func yearWords(y int) string {
	if y == 0 {
		return "none"
	}
	return fmt.Sprint(y)
}

// unitedAxes names the axes of either list, each once, the first list's first.
func unitedAxes(a, b []Codes) []string {
	var out []string
	for _, k := range slices.Concat(a, b) {
		if !slices.Contains(out, k.Axis) {
			out = append(out, k.Axis)
		}
	}
	return out
}

// without gives what stands in list and not in other, in the order of list.
func without[T comparable](list, other []T) []T {
	has := make(map[T]bool, len(other))
	for _, x := range other {
		has[x] = true
	}
	var out []T
	for _, x := range list {
		if !has[x] {
			out = append(out, x)
		}
	}
	return out
}

func (c *Changes) counts(a, b Counts) {
	for _, n := range []CountChange{
		{"records", a.Records, b.Records}, {"studies", a.Studies, b.Studies}, {"copies", a.Copies, b.Copies}, {"title_only", a.TitleOnly, b.TitleOnly},
		{"no_text", a.NoText, b.NoText}, {"not_english", a.NotEnglish, b.NotEnglish}, {"without_year", a.WithoutYear, b.WithoutYear},
		{"first_year", a.FirstYear, b.FirstYear}, {"last_year", a.LastYear, b.LastYear},
	} {
		if n.Before != n.After {
			c.Counts = append(c.Counts, n)
		}
	}
}

// samePhrases compares the key phrases of the records that both have.
func samePhrases(a, b *Summary) bool {
	for i := range b.Records {
		if at, ok := a.find(b.Records[i].ID); ok && !slices.Equal(a.Records[at].Phrases, b.Records[i].Phrases) {
			return false
		}
	}
	return true
}

// other names the parts of the whole that differ and that nothing above tells of.
func (c *Changes) other(a, b *Summary) {
	for _, part := range []struct {
		name string
		same bool
	}{
		{"codebook", reflect.DeepEqual(a.Options.Codebook, b.Options.Codebook)},
		{"design codebook", reflect.DeepEqual(a.Options.Design, b.Options.Design)},
		{"further axes", reflect.DeepEqual(a.Options.Axes, b.Options.Axes)},
		{"studies given", reflect.DeepEqual(a.Options.Studies, b.Options.Studies) && a.Counts.Grouped == b.Counts.Grouped},
		{"most quotes of a theme", a.Options.EvidencePerTheme == b.Options.EvidencePerTheme},
		{"search for further themes", a.Options.CodebookOnly == b.Options.CodebookOnly && a.Options.FoundFrom == b.Options.FoundFrom},
		{"version of the rules", a.Options.Version == b.Options.Version},
		{"codings of persons", reflect.DeepEqual(a.Options.Codings, b.Options.Codings)},
		{"agreement of coders", reflect.DeepEqual(a.Coders, b.Coders)},
		{"key phrases", a.Options.PhrasesPerRecord == b.Options.PhrasesPerRecord && samePhrases(a, b)},
		{"notes", slices.Equal(a.Notes, b.Notes)},
		{"phrasing", reflect.DeepEqual(a.Phrasing, b.Phrasing)},
		{"schema", a.Schema == b.Schema},
	} {
		if !part.same {
			c.Other = append(c.Other, part.name)
		}
	}
	if c.Empty() && !reflect.DeepEqual(a, b) { // nothing may differ without a word
		c.Other = append(c.Other, "order of lists, or counts by year")
	}
}
