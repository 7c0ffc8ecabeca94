package dedupe

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// MergePolicy says how the fields of a merged record are chosen. The zero value
// is the recommended policy.
type MergePolicy struct {
	// Databases are the names of databases whose values are preferred where two
	// values are equally good, the most preferred first: "MEDLINE", "Embase".
	Databases []string `json:"databases,omitempty"`
}

// Merge makes one record of each group, and returns it together with the
// records that are in none, in the order in which the first record of each came.
// A record that is in no group is returned as it is, the same pointer; the
// records of groups are not changed. A nil result gives nil.
//
// A merged record lists its Members by ID, so that its own ID is the smallest of
// theirs, and says in Origins for each field from which member its value came,
// and why. Where members differ:
//
//   - of titles the most complete one that is not all in capitals is taken, of
//     abstracts the longest that is not cut off, of lists of people the fullest;
//   - of volume, issue, pages, date and kind the value that most members have;
//   - identifiers are all kept: a second DOI, PMID or PMCID goes to Identifiers;
//   - keywords, headings, publication types, languages, links, registrations,
//     funding, relations, notes and tags without a field are all kept, each once,
//     and so are the Problems; a tag of another format than that of the Source
//     begins with the format's name, see [record.Record.ExtraFormat].
//
// The Source is that of the first member; Sources names all. [Originals] undoes it,
// and [CountContributions] counts what each database gave.
func Merge(res *Result, mp MergePolicy) []*record.Record {
	if res == nil {
		return nil
	}
	group := map[*record.Record]int{}
	for i := range res.Groups {
		for _, r := range res.Groups[i].Records {
			group[r] = i + 1
		}
	}
	out := make([]*record.Record, 0, res.Unique())
	done := make([]bool, len(res.Groups)+1)
	for _, r := range res.Records {
		n := group[r]
		switch {
		case n == 0:
			out = append(out, r)
		case !done[n]:
			done[n] = true
			out = append(out, mergeGroup(res.Groups[n-1].Records, mp))
		}
	}
	return out
}

// merger is a merge in progress.
type merger struct {
	out     *record.Record
	members []*record.Record // by ID
	choice  []*record.Record // by preference: database, then ID
}

func mergeGroup(records []*record.Record, mp MergePolicy) *record.Record {
	m := &merger{out: &record.Record{}}
	ids := make(map[*record.Record]record.ID, len(records))
	for _, r := range records {
		ids[r] = r.ID()
	}
	m.members = slices.Clone(records)
	slices.SortStableFunc(m.members, func(a, b *record.Record) int {
		return cmp.Or(cmp.Compare(ids[a], ids[b]), cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Number, b.Source.Number), cmp.Compare(a.Key, b.Key))
	})
	m.choice = slices.Clone(m.members)
	slices.SortStableFunc(m.choice, func(a, b *record.Record) int { return cmp.Compare(mp.place(a), mp.place(b)) })
	m.identity()
	m.texts()
	m.identifiers()
	m.lists()
	slices.SortStableFunc(m.out.Origins, func(a, b record.Origin) int { return cmp.Compare(a.Field, b.Field) })
	return m.out
}

// place is where the record's database stands in the caller's list.
func (mp MergePolicy) place(r *record.Record) int {
	for _, db := range r.Databases() {
		for i, name := range mp.Databases {
			if strings.EqualFold(db, name) {
				return i
			}
		}
	}
	return len(mp.Databases)
}

// identity fills in the members, key, source and flags.
func (m *merger) identity() {
	for _, r := range m.members {
		m.out.Members = append(m.out.Members, membersOf(r)...)
	}
	slices.SortStableFunc(m.out.Members, func(a, b record.Member) int { return cmp.Compare(a.ID, b.ID) })
	first := m.members[0]
	m.out.Key, m.out.Source = first.Key, first.Source
	for _, r := range m.members {
		f := &m.out.Flags
		f.Retracted = f.Retracted || r.Flags.Retracted
		f.Concern = f.Concern || r.Flags.Concern
		f.Corrected = f.Corrected || r.Flags.Corrected
		f.Notice = f.Notice || r.Flags.Notice
	}
}

// origin notes where a field came from.
func (m *merger) origin(f record.Field, from *record.Record, why string) {
	m.out.Origins = append(m.out.Origins, record.Origin{Field: f, From: from.ID(), Source: from.Source, Why: why})
}

// best gives the member whose value scores highest, the preferred one among
// equals, nil when none has a value. A score of 0 means no value.
func (m *merger) best(score func(*record.Record) int) *record.Record {
	var out *record.Record
	top := 0
	for _, r := range m.choice {
		if s := score(r); s > top {
			out, top = r, s
		}
	}
	return out
}

// texts chooses title, abstracts, people, container and date.
func (m *merger) texts() {
	if r := m.best(titleScore); r != nil {
		m.out.Title = r.Title
		m.origin(record.FieldTitle, r, "the most complete title")
	}
	if r := m.best(func(r *record.Record) int { return abstractScore(r.Abstract) }); r != nil {
		m.out.Abstract = r.Abstract
		m.origin(record.FieldAbstract, r, "the longest abstract that is not cut off")
	}
	for _, r := range m.choice {
		for _, a := range r.OtherAbstracts {
			if !slices.ContainsFunc(m.out.OtherAbstracts, func(b record.Abstract) bool { return fold.Key(a.Text) == fold.Key(b.Text) }) {
				m.out.OtherAbstracts = append(m.out.OtherAbstracts, a)
			}
		}
	}
	if r := m.best(peopleScore); r != nil {
		m.out.People = slices.Clone(r.People)
		m.origin(record.FieldPeople, r, "the fullest list of names")
	}
	if d, r := vote(m.choice, func(r *record.Record) record.Date { return r.Date }, dateKey, datePrecision); r != nil {
		m.out.Date = d
		m.origin(record.FieldDate, r, "the year that most members have, as precisely as one of them has it")
	}
	if k, r := vote(m.choice, func(r *record.Record) record.Kind { return r.Kind }, func(k record.Kind) string { return string(k) }, nil); r != nil {
		m.out.Kind = k
		m.origin(record.FieldKind, r, "what most members have")
	}
	for _, v := range voted {
		if s, r := vote(m.choice, func(r *record.Record) string { return *v.at(r) }, v.key, v.prefer); r != nil {
			*v.at(m.out) = s
			if v.field != "" {
				m.origin(v.field, r, "what most members have")
			}
		}
	}
}

// voted are the single values that the majority decides, each with the way two
// spellings of it are known to be one.
var voted = []struct {
	field  record.Field
	at     func(*record.Record) *string
	key    func(string) string
	prefer func(string) int // among spellings of one value
}{
	{record.FieldOriginalTitle, func(r *record.Record) *string { return &r.OriginalTitle }, fold.Key, mixedCase},
	{record.FieldShortTitle, func(r *record.Record) *string { return &r.ShortTitle }, fold.Key, mixedCase},
	{record.FieldStatus, func(r *record.Record) *string { return &r.Status }, fold.Key, nil},
	{record.FieldJournal, func(r *record.Record) *string { return &r.In.Title }, oneKey, journalScore},
	{record.FieldJournalAbbrev, func(r *record.Record) *string { return &r.In.Abbrev }, fold.Key, mixedCase},
	{"", func(r *record.Record) *string { return &r.In.NLMID }, fold.Key, nil},
	{record.FieldVolume, func(r *record.Record) *string { return &r.In.Volume }, numberIn, nil},
	{record.FieldIssue, func(r *record.Record) *string { return &r.In.Issue }, fold.Key, nil},
	{record.FieldPages, func(r *record.Record) *string { return &r.In.Pages }, pagesKey, func(s string) int { return len(s) }},
	{record.FieldArticleNumber, func(r *record.Record) *string { return &r.In.ArticleNumber }, fold.Key, nil},
	{"", func(r *record.Record) *string { return &r.In.PageCount }, fold.Key, nil},
	{record.FieldEdition, func(r *record.Record) *string { return &r.In.Edition }, fold.Key, nil},
	{record.FieldSeries, func(r *record.Record) *string { return &r.In.Series }, fold.Key, mixedCase},
	{"", func(r *record.Record) *string { return &r.In.SeriesVolume }, fold.Key, nil},
	{record.FieldPublisher, func(r *record.Record) *string { return &r.In.Publisher }, fold.Key, mixedCase},
	{record.FieldPlace, func(r *record.Record) *string { return &r.In.Place }, fold.Key, mixedCase},
	{record.FieldCountry, func(r *record.Record) *string { return &r.In.Country }, fold.Key, mixedCase},
	{"", func(r *record.Record) *string { return &r.In.Event }, fold.Key, mixedCase},
	{"", func(r *record.Record) *string { return &r.In.EventPlace }, fold.Key, mixedCase},
	{"", func(r *record.Record) *string { return &r.In.EventDate }, fold.Key, nil},
}

// vote gives the value that most members have, and the member to take it from:
// the one whose spelling is preferred, else the preferred member. No member is
// returned when none has a value.
func vote[T comparable](choice []*record.Record, get func(*record.Record) T, key func(T) string, prefer func(T) int) (T, *record.Record) {
	var none, value T
	count := map[string]int{}
	for _, r := range choice {
		if v := get(r); v != none {
			count[key(v)]++
		}
	}
	var from *record.Record
	top, liking := 0, 0
	for _, r := range choice {
		v := get(r)
		if v == none {
			continue
		}
		n, l := count[key(v)], 0
		if prefer != nil {
			l = prefer(v)
		}
		if from == nil || n > top || n == top && l > liking {
			value, from, top, liking = v, r, n, l
		}
	}
	return value, from
}

func dateKey(d record.Date) string { return fmt.Sprint(d.Year) }

// datePrecision is higher the more of a date is known.
func datePrecision(d record.Date) int {
	n := 0
	for _, known := range []bool{d.Year != 0, d.Month != 0 || d.Season != 0, d.Day != 0} {
		if known {
			n++
		}
	}
	return n
}

// oneKey makes all values one, so that preference alone decides.
func oneKey(string) string { return "" }

// pagesKey folds pages to first and last page.
func pagesKey(s string) string {
	first, last := readPages(record.Container{Pages: s})
	return first + "-" + last
}

// mixedCase prefers what is not all in capitals.
func mixedCase(s string) int {
	if strings.ContainsFunc(s, unicode.IsLower) {
		return 1
	}
	return 0
}

// journalScore prefers full names to abbreviations, and those not in capitals.
func journalScore(s string) int { return len(fold.Key(s))*2 + mixedCase(s) }

// titleScore prefers a title in the usual case, and then the longer one: with
// its subtitle. Notes of databases in brackets do not count.
func titleScore(r *record.Record) int {
	if r.Title == "" {
		return 0
	}
	n := 1 + len(fold.Key(trimTitle(r.Title)))
	if mixedCase(r.Title) == 0 {
		n = 1 + n/4
	}
	return n
}

// abstractScore prefers the longer abstract, unless it says that it was cut off.
func abstractScore(a record.Abstract) int {
	n := len(a.Text)
	low := strings.ToLower(a.Text)
	if strings.Contains(low, "abstract truncated") || strings.HasSuffix(low, "...") || strings.HasSuffix(low, "…") {
		n = 1 + n/4
	}
	return n
}

// peopleScore prefers more people, then more of their given names, then
// affiliations and ORCID iDs.
func peopleScore(r *record.Record) int {
	n := 0
	for _, p := range r.People {
		n += 1000 + min(len(p.Given), 40)*4
		if len(p.Affiliations) > 0 {
			n += 3
		}
		if p.ORCID != "" {
			n++
		}
	}
	return n
}

// identifiers keeps all of them, the ones that most members have in the fields.
func (m *merger) identifiers() {
	out := m.out
	keep := func(scheme, value string) {
		id := record.Identifier{Scheme: scheme, Value: value}
		if value != "" && !slices.Contains(out.Identifiers, id) {
			out.Identifiers = append(out.Identifiers, id)
		}
	}
	var from *record.Record
	if out.DOI, from = vote(m.choice, func(r *record.Record) record.DOI { return r.DOI }, plain[record.DOI], nil); from != nil {
		m.origin(record.FieldDOI, from, "what most members have")
	}
	if out.PMID, from = vote(m.choice, func(r *record.Record) record.PMID { return r.PMID }, plain[record.PMID], nil); from != nil {
		m.origin(record.FieldPMID, from, "what most members have")
	}
	if out.PMCID, from = vote(m.choice, func(r *record.Record) record.PMCID { return r.PMCID }, plain[record.PMCID], nil); from != nil {
		m.origin(record.FieldPMCID, from, "what most members have")
	}
	for _, r := range m.members {
		if r.DOI != out.DOI {
			keep("doi", string(r.DOI))
		}
		if r.PMID != out.PMID {
			keep("pmid", string(r.PMID))
		}
		if r.PMCID != out.PMCID {
			keep("pmcid", string(r.PMCID))
		}
		for _, x := range r.Identifiers {
			if x.Scheme == "doi" && x.Value == string(out.DOI) || x.Scheme == "pmid" && x.Value == string(out.PMID) || x.Scheme == "pmcid" && x.Value == string(out.PMCID) {
				continue
			}
			keep(x.Scheme, x.Value)
		}
	}
}

func plain[T ~string](s T) string { return string(s) }

// lists joins what can be had from several members.
func (m *merger) lists() {
	out := m.out
	for _, r := range m.choice {
		out.In.ISSN = union(out.In.ISSN, r.In.ISSN, plain[record.ISSN])
		out.In.ISBN = union(out.In.ISBN, r.In.ISBN, plain[record.ISBN])
		out.Registrations = union(out.Registrations, r.Registrations, func(x record.Registration) string { return x.ID })
		out.URLs = union(out.URLs, r.URLs, plain[string])
		out.Types = union(out.Types, r.Types, fold.Key)
		out.Languages = union(out.Languages, r.Languages, fold.Key)
		out.Headings = union(out.Headings, r.Headings, record.Heading.String)
		out.Keywords = union(out.Keywords, r.Keywords, fold.Key)
		out.Notes = union(out.Notes, r.Notes, fold.Key)
		out.Funding = union(out.Funding, r.Funding, func(g record.Grant) string { return fold.Key(g.ID + "|" + g.Agency + "|" + g.Acronym) })
		out.Relations = union(out.Relations, r.Relations, func(x record.Relation) string { return fmt.Sprint(x) })
		out.Events = union(out.Events, r.Events, func(x record.Event) string { return fmt.Sprint(x) })
		out.Problems = append(out.Problems, r.Problems...)
	}
	m.extra()
}

// extra joins the tags without a field. One of another format than the merged
// record's says which, as its letters may mean something else here. A tag with
// its value comes as often as in the member that has it most often.
func (m *merger) extra() {
	out := m.out
	have := map[record.ExtraTag]int{}
	for _, r := range m.choice {
		mine := map[record.ExtraTag]int{}
		for _, x := range r.Extra {
			format, tag := r.ExtraFormat(x.Tag)
			if x.Tag = tag; format != out.Source.Format && format != "" {
				x.Tag = format + ":" + tag
			}
			pair := record.ExtraTag{Tag: x.Tag, Value: x.Value}
			if mine[pair]++; mine[pair] > have[pair] {
				have[pair] = mine[pair]
				out.Extra = append(out.Extra, x)
			}
		}
	}
}

// union appends to list what it does not hold yet under its key.
func union[T any, L ~[]T](list L, more L, key func(T) string) L {
	if len(more) == 0 {
		return list
	}
	have := make(map[string]bool, len(list)+len(more))
	for _, x := range list {
		have[key(x)] = true
	}
	for _, x := range more {
		if k := key(x); !have[k] {
			have[k] = true
			list = append(list, x)
		}
	}
	return list
}
