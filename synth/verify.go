package synth

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

// Verify checks a summary against the records it was made of: every quote and
// every coded term stands where it is said to, byte for byte; every number is
// counted again from the coded records; every claim's sentence is built again
// from its numbers. The error joins one for each thing that does not hold, with
// theme, record and place; nil says that all do.
//
// Records that the summary does not know and records that it knows but that are
// not given are faults too.
func (s *Summary) Verify(records []*record.Record) error {
	v := verifier{sum: s, byID: map[record.ID][]*record.Record{}, spaced: map[record.ID][]string{}}
	if s.Schema != SchemaVersion {
		return fmt.Errorf("synth: summary of schema version %d, expected %d", s.Schema, SchemaVersion)
	}
	if err := s.Options.checkResolved(); err != nil {
		return err
	}
	for _, r := range records {
		if r != nil {
			v.byID[r.ID()] = append(v.byID[r.ID()], r)
		}
	}
	v.records()
	if len(v.faults) > 0 { // nothing can be counted over other records
		return errors.Join(v.faults...)
	}
	v.counter = newCounter(s)
	v.counts()
	if s.Options.Codings != nil {
		v.read, _ = readings(s.Options.Codings, v.all, s.Options.books()[0])
	}
	for _, b := range s.Options.books() {
		v.themes(b, s.themesOf(b))
	}
	v.found()
	for _, r := range s.Records {
		for _, p := range r.Phrases {
			v.span("key phrases", r.ID, p)
		}
	}
	if !slices.Equal(s.Uncoded, s.uncoded()) {
		v.fault("uncoded", "%d records are listed, %d fell under no theme", len(s.Uncoded), len(s.uncoded()))
	}
	v.coders()
	v.statements()
	return errors.Join(v.faults...)
}

// coders compares again what persons coded, and asks that what they settled holds.
func (v *verifier) coders() {
	if v.sum.Options.Codings == nil {
		if v.sum.Coders != nil {
			v.fault("coders", "the summary has no codings of persons")
		}
		return
	}
	b := v.sum.Options.books()[0]
	if err := misplaced(v.read, v.all); err != nil {
		v.faults = append(v.faults, err)
	}
	if want := coders(v.read, v.all, b, v.sum.Records); !reflect.DeepEqual(v.sum.Coders, want) {
		v.fault("coders", "counts, agreement or disagreements differ from what the codings give")
	}
	coded := v.counter.codes[b.axis]
	for i := range v.all {
		r := v.read[i]
		if r == nil {
			continue
		}
		for t, th := range b.themes {
			applies, ok := r.verdict(t)
			switch has := slices.Contains(coded[i], t); {
			case ok && applies && !has && !b.code.Exclusive:
				v.fault("theme "+th.Name, "record %s is not coded with it, and persons settled that it is", v.all[i].id)
			case ok && !applies && has && !r.narrowerSettled(t, b):
				v.fault("theme "+th.Name, "record %s is coded with it, and persons settled that it is not", v.all[i].id)
			}
		}
	}
}

// statements checks every sentence against what it cites again.
func (v *verifier) statements() {
	phrased := 0
	for _, t := range v.sum.Themes {
		phrased += len(t.Statements)
	}
	for _, f := range v.sum.Found {
		phrased += len(f.Statements)
	}
	switch p := v.sum.Phrasing; {
	case p == nil && phrased > 0:
		v.fault("phrasing", "%d sentences, and nothing says who phrased them", phrased)
	case p != nil && p.Accepted != phrased:
		v.fault("phrasing", "%d sentences, %d were accepted", phrased, p.Accepted)
	}
	if phrased == 0 {
		return
	}
	known := make(map[record.ID]*record.Record, len(v.all))
	for i := range v.all {
		known[v.all[i].id] = v.all[i].rec
	}
	for i := range len(v.sum.Themes) + len(v.sum.Found) {
		where, list := "", []Sentence(nil)
		if i < len(v.sum.Themes) {
			where, list = "theme "+v.sum.Themes[i].Name, v.sum.Themes[i].Statements
		} else {
			f := v.sum.Found[i-len(v.sum.Themes)]
			where, list = "found theme "+f.Label, f.Statements
		}
		if len(list) == 0 {
			continue
		}
		_, rejected := Ground(v.sum.brief(i, known), list)
		for _, r := range rejected {
			v.fault(where, "the sentence %q does not follow from what it cites: %s", record.Cut(r.Sentence.Text), r.Faults[0].What)
		}
	}
}

// checkResolved says whether options can be those of a summary.
func (o Options) checkResolved() error {
	if o.Design == nil {
		return errors.New("synth: the summary's options are not resolved: design is missing")
	}
	return o.check()
}

func (s *Summary) themesOf(b book) []ThemeSummary {
	switch b.axis {
	case ByTheme:
		return s.Themes
	case ByDesign:
		return s.Designs
	}
	for _, a := range s.Axes {
		if ByAxis(a.Name) == b.axis {
			return a.Themes
		}
	}
	return nil
}

type verifier struct {
	sum     *Summary
	byID    map[record.ID][]*record.Record // several copies may share an ID
	spaced  map[record.ID][]string         // titles and abstracts that were asked for
	counter *counter
	all     []source         // one of each record of the summary, in its order
	read    map[int]*reading // what persons said, by record
	faults  []error
}

func (v *verifier) fault(where, format string, args ...any) {
	v.faults = append(v.faults, fmt.Errorf("synth: %s: %s", where, fmt.Sprintf(format, args...)))
}

// records compares the set of records and what the summary says of each.
func (v *verifier) records() {
	studies := map[record.ID]string{}
	for _, s := range v.sum.Options.Studies {
		for _, id := range s.Reports {
			studies[id] = s.ID
		}
	}
	for i, r := range v.sum.Records {
		if i > 0 && r.ID <= v.sum.Records[i-1].ID {
			v.fault("records", "record %s stands out of order or twice", r.ID)
		}
		copies, ok := v.byID[r.ID]
		if !ok {
			v.fault("records", "record %s is not among the records given", r.ID)
			continue
		}
		if !slices.ContainsFunc(copies, func(c *record.Record) bool { return c.Date.Year == r.Year }) {
			v.fault("records", "record %s: year %d, the record has %d", r.ID, r.Year, copies[0].Date.Year)
		}
		if !slices.ContainsFunc(copies, func(c *record.Record) bool { return strings.ToValidUTF8(c.Title, "\ufffd") == r.Title }) {
			v.fault("records", "record %s: title %q, the record has %q", r.ID, record.Cut(r.Title), record.Cut(copies[0].Title))
		}
		if study := studyOf(copies, studies); r.Study != study {
			v.fault("records", "record %s: study %q, the studies given say %q", r.ID, r.Study, study)
		}
	}
	for _, id := range sortedIDs(v.byID) {
		if _, ok := v.sum.find(id); !ok {
			v.fault("records", "record %s is not in the summary", id)
		}
	}
}

func studyOf(copies []*record.Record, studies map[record.ID]string) string {
	for _, c := range copies {
		if s, ok := studies[c.ID()]; ok {
			return s
		}
		for _, m := range c.Members {
			if s, ok := studies[m.ID]; ok {
				return s
			}
		}
	}
	return string(copies[0].ID())
}

func sortedIDs(m map[record.ID][]*record.Record) []record.ID {
	out := make([]record.ID, 0, len(m))
	for id := range m {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// counts counts again what the summary says of the whole.
func (v *verifier) counts() {
	copies := 0
	for _, r := range v.sum.Records {
		list := v.byID[r.ID]
		kept := list[0]
		for _, other := range list[1:] {
			kept = fuller(kept, other)
		}
		copies += len(list) - 1
		v.all = append(v.all, source{rec: kept, id: r.ID, english: inEnglish(kept), texts: passages(kept)})
	}
	again := Summary{Options: v.sum.Options, Records: v.sum.Records}
	again.Counts.Copies, again.Counts.Grouped = copies, len(v.sum.Options.Studies) > 0
	again.count(v.all)
	if !reflect.DeepEqual(again.Counts, v.sum.Counts) {
		v.fault("counts", "counted again they are %+v, the summary has %+v", again.Counts, v.sum.Counts)
	}
}

// themes counts the themes of one codebook again and looks their quotes up.
func (v *verifier) themes(b book, themes []ThemeSummary) {
	if len(themes) != len(b.themes) {
		v.fault(b.code.Name, "%d themes, the codebook has %d", len(themes), len(b.themes))
		return
	}
	for t, th := range themes {
		where := b.code.Name + ", theme " + th.Name
		v.sameTheme(where, th, v.counter.theme(b, t))
		v.phrases(where, th.Phrases, th.Records)
		v.quotes(where, th.Evidence, v.counter.codes[b.axis], t)
		v.codings(where, b, t, th.Codings)
	}
}

// sameTheme compares what can be counted.
func (v *verifier) sameTheme(where string, has, want ThemeSummary) {
	v.claims(where, has.Claims, want.Claims)
	has.Evidence, has.Codings, has.Statements, has.Phrases, has.Claims, want.Claims = nil, nil, nil, nil, nil, nil
	if reflect.DeepEqual(has, want) {
		return
	}
	switch {
	case !slices.Equal(has.Records, want.Records):
		v.fault(where, "%d records are listed, %d are coded with it", len(has.Records), len(want.Records))
	case !slices.Equal(has.Studies, want.Studies):
		v.fault(where, "%d studies are listed, counted again they are %d", len(has.Studies), len(want.Studies))
	case !slices.Equal(has.Years, want.Years):
		v.fault(where, "the counts by year are %v, counted again they are %v", has.Years, want.Years)
	case !reflect.DeepEqual(has.Tallies, want.Tallies):
		v.fault(where, "the tallies are %v, counted again they are %v", has.Tallies, want.Tallies)
	default:
		v.fault(where, "name, title, definition or place differ from the codebook's")
	}
}

func (v *verifier) claims(where string, has, want []Claim) {
	if len(has) != len(want) {
		v.fault(where, "%d claims, the numbers give %d", len(has), len(want))
		return
	}
	for i := range has {
		if !reflect.DeepEqual(has[i], want[i]) {
			v.fault(where, "the claim %q (%d of %d) does not hold: the numbers give %q (%d of %d)", has[i].Text, has[i].Count, has[i].Of, want[i].Text, want[i].Count, want[i].Of)
		}
	}
}

// quotes finds each quote again, in a record that is coded with the theme;
// coded is nil where there is no codebook.
func (v *verifier) quotes(where string, quotes []Quote, coded [][]int, theme int) {
	for _, q := range quotes {
		at, ok := v.sum.find(q.Record)
		if !ok {
			v.fault(where, "the quote %q is of record %s, which is not in the summary", record.Cut(q.Text), q.Record)
			continue
		}
		v.span(where, q.Record, q.Span)
		if again := v.all[at].roleAt(q.Span); again != (told{q.Role, q.RoleFrom}) {
			v.fault(where, "record %s: the quote %q has the role %q by %q, told again it is %q by %q", q.Record, record.Cut(q.Text), q.Role, q.RoleFrom, again.role, again.from)
		}
		if coded != nil && !slices.Contains(coded[at], theme) {
			v.fault(where, "a quote is of record %s, which is not coded with the theme", q.Record)
		}
	}
}

// phrases finds each phrase again in the title or abstract of one of some records;
// any white space stands for a space. That it tells them from others is not asked. More
// than a theme may have are not looked for: each may be looked for in every text.
func (v *verifier) phrases(where string, phrases []string, ids []record.ID) {
	if len(phrases) > maxPhrases {
		v.fault(where, "%d phrases, at most %d are given", len(phrases), maxPhrases)
		return
	}
	for _, p := range phrases {
		stands := func(id record.ID) bool {
			return slices.ContainsFunc(v.spacedTexts(id), func(text string) bool { return strings.Contains(text, p) })
		}
		if p == "" || !slices.ContainsFunc(ids, stands) {
			v.fault(where, "the phrase %q stands in no title or abstract of its records", record.Cut(p))
		}
	}
}

// spacedTexts are the titles and abstracts of the copies of a record, with one space for
// each white space; they are made the first time that they are asked for.
func (v *verifier) spacedTexts(id record.ID) []string {
	texts, ok := v.spaced[id]
	if !ok {
		for _, r := range v.byID[id] {
			texts = append(texts, spaced(r.Title), spaced(r.Abstract.Text))
		}
		v.spaced[id] = texts
	}
	return texts
}

// spaced has one space for each white space.
func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// span finds a place again in one of the copies of a record.
func (v *verifier) span(where string, id record.ID, s record.Span) {
	for _, r := range v.byID[id] {
		if s.In(r) {
			return
		}
	}
	field := string(s.Field)
	if s.Item > 0 {
		field = fmt.Sprintf("%s[%d]", s.Field, s.Item)
	}
	v.fault(where, "record %s, %s %d–%d: %q does not stand there", id, field, s.Start, s.End, record.Cut(s.Text))
}

// codings checks that each record has its reason and each reason its place.
func (v *verifier) codings(where string, b book, t int, codings []Coding) {
	coded := v.counter.codes[b.axis]
	explained := map[record.ID]bool{}
	for _, k := range codings {
		explained[k.Record] = true
		at, ok := v.sum.find(k.Record)
		if !ok || !slices.Contains(coded[at], t) {
			v.fault(where, "record %s is explained but not coded with the theme", k.Record)
			continue
		}
		for _, p := range k.Terms {
			v.span(where, k.Record, p.Span)
			if !slices.Contains(b.themes[t].Terms, p.Term) && !slices.Contains(b.themes[t].TitleTerms, p.Term) {
				v.fault(where, "record %s: %q is not among the theme's terms", k.Record, p.Term)
				continue
			}
			if terms, err := query.Compile([]string{p.Term}); err != nil || !terms.Any(p.Text) {
				v.fault(where, "record %s: %q is not a place where the term %q stands", k.Record, p.Text, p.Term)
			}
		}
		for _, typ := range k.Types {
			if !slices.ContainsFunc(v.byID[k.Record], func(r *record.Record) bool { return r.HasType(typ) }) ||
				!slices.ContainsFunc(b.themes[t].Types, func(s string) bool { return sameType(s, typ) }) {
				v.fault(where, "record %s: the publication type %q does not code it", k.Record, typ)
			}
		}
		v.search(where, b.themes[t].Theme, k)
		var persons []string
		if r := v.read[at]; b.axis == ByTheme && r != nil {
			persons = r.who(t, b)
		}
		if !slices.Equal(k.Coders, persons) {
			v.fault(where, "record %s: coded by %v, the codings given say %v", k.Record, k.Coders, persons)
		}
		if len(k.Terms)+len(k.Types)+len(k.From) == 0 && k.Kind == "" && !k.Search && len(k.Coders) == 0 {
			v.fault(where, "record %s is coded without a reason", k.Record)
		}
	}
	for i := range coded {
		if id := v.sum.Records[i].ID; slices.Contains(coded[i], t) && !explained[id] {
			v.fault(where, "record %s is coded without a reason", id)
		}
	}
}

// search asks the theme's strategy again.
func (v *verifier) search(where string, t *Theme, k Coding) {
	for _, s := range k.Found {
		v.span(where, k.Record, s)
	}
	if !k.Search {
		if len(k.Found) > 0 {
			v.fault(where, "record %s: places of a search that did not code it", k.Record)
		}
		return
	}
	if t.Search == nil {
		v.fault(where, "record %s: the theme has no search", k.Record)
		return
	}
	q, err := t.Search.Parse()
	if err != nil || !slices.ContainsFunc(v.byID[k.Record], func(r *record.Record) bool { return q.Match(r).Verdict == query.Yes }) {
		v.fault(where, "record %s: the theme's search does not find it", k.Record)
	}
}

func sameType(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// found checks the themes that no codebook names: their records, numbers and
// quotes. That the records belong together is the search's word, not a count.
func (v *verifier) found() {
	for _, f := range v.sum.Found {
		where := "found theme " + f.Name()
		var units []int
		for _, id := range f.Records {
			i, ok := v.sum.find(id)
			if !ok {
				v.fault(where, "record %s is not in the summary", id)
				continue
			}
			units = append(units, v.counter.of[i])
		}
		slices.Sort(units)
		units = slices.Compact(units)
		var studies []string
		for _, ui := range units {
			studies = append(studies, v.counter.units[ui].id)
		}
		if !slices.Equal(studies, f.Studies) {
			v.fault(where, "%d studies are listed, counted again they are %d", len(f.Studies), len(studies))
		}
		if !slices.Equal(f.Years, v.counter.yearCounts(units)) {
			v.fault(where, "the counts by year do not hold")
		}
		v.claims(where, f.Claims, []Claim{v.counter.claim(f.Name(), units, len(v.counter.units), f.Records)})
		for _, id := range f.Unlike {
			if !slices.Contains(f.Records, id) {
				v.fault(where, "record %s is listed as unlike the others, and does not belong to the theme", id)
			}
		}
		for _, q := range f.Evidence {
			if !slices.Contains(f.Records, q.Record) {
				v.fault(where, "a quote is of record %s, which does not belong to the theme", q.Record)
			}
		}
		v.phrases(where, f.Phrases, f.Records)
		v.quotes(where, f.Evidence, nil, 0)
	}
}
