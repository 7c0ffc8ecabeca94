package flow

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/screen/decisionlog"
)

// SchemaVersion is the version of the JSON form of a flow.
const SchemaVersion = 1

// Flow holds the numbers of a flow diagram. It is plain data; Check tells whether
// the numbers add up.
type Flow struct {
	Schema int `json:"schema"`

	// Where the records came from, in the order of the manifest; searches of one
	// name are added up.
	Databases []Source `json:"databases,omitempty"`
	Registers []Source `json:"registers,omitempty"`
	Other     []Source `json:"other,omitempty"` // other methods: citation searching, websites, …

	Duplicates int     `json:"duplicates"` // records removed before screening
	Stages     []Stage `json:"stages"`     // in the protocol's order

	// Studies is how many studies the included reports tell of, nil where nobody
	// said which reports belong together.
	Studies *int `json:"studies,omitzero"`
	// Reported is how many of the included are reported in the review, nil where
	// no selection was made.
	Reported *int `json:"reported,omitzero"`
}

// Source is a database, a register or another method, and the records it gave.
type Source struct {
	Name    string `json:"name"`
	Records int    `json:"records"`
}

// Stage is one pass over the records or reports.
type Stage struct {
	Name    string `json:"name"`
	Title   string `json:"title,omitzero"`
	Reports bool   `json:"reports"` // reports are counted here, not records

	Entered  int  `json:"entered"`            // came to the stage
	Retrieve bool `json:"retrieve,omitzero"`  // reports are sought here: Entered is the box of reports sought
	Included int  `json:"included"`           // went on to the next stage, or into the review
	Excluded int  `json:"excluded"`           // those not retrieved are not among them
	Awaiting int  `json:"awaiting,omitzero"`  // no decision yet
	Conflict int  `json:"conflicts,omitzero"` // persons disagree, an arbiter has to settle it

	NotRetrieved        int      `json:"not_retrieved,omitzero"`
	NotRetrievedReasons []Reason `json:"not_retrieved_reasons,omitempty"`

	// Reasons of the excluded, in the protocol's order, those that were given at
	// least once; an empty code stands for no reason.
	Reasons []Reason `json:"reasons,omitempty"`

	// Who excluded; the three make up Excluded.
	ByRule    int `json:"by_rule"`
	ByPerson  int `json:"by_person"`  // also where persons could not tell and the protocol decides then
	ByDefault int `json:"by_default"` // no rule and no person settled it, and the protocol leaves such records out

	// Loose is how many records have a decision here that an earlier stage did not
	// let through; they are in no other number.
	Loose int `json:"loose,omitzero"`
}

// Assessed is the number of reports or records that there was something to judge
// of: those that came, without those not retrieved.
func (s Stage) Assessed() int { return s.Entered - s.NotRetrieved }

// Reason is a reason and how many records or reports were excluded for it.
type Reason struct {
	Code    string `json:"code,omitzero"`
	Text    string `json:"text"`
	Records int    `json:"records"`
}

// Of makes the flow of a review from its manifest, what deduplication found and
// the log of decisions. res may be nil where nothing was deduplicated. Records that
// have no decision in the log are awaiting one at the first stage. A decision about
// a record that an earlier stage did not let through counts for nothing but
// Stage.Loose; one about a member of a group of duplicates counts for the group.
//
// The error joins one error for each box that does not add up; a flow that does
// not add up is not returned.
func Of(manifest record.Manifest, res *dedupe.Result, lg *decisionlog.Log) (*Flow, error) {
	if lg == nil || lg.Plan() == nil {
		return nil, errors.New("flow: there is no decision log")
	}
	acc := follow(lg.Plan(), lg.Decisions(), res)
	tallies, err := lg.Plan().TallyOf(acc.counted)
	if err != nil {
		return nil, fmt.Errorf("flow: %w", err)
	}
	await(tallies, manifest, res)
	return build(manifest, res, "the log", tallies, acc.settled, acc.loose)
}

// await counts the records that the log does not know among those that wait at the
// first stage: a program that logs only what has been decided loses no record. More
// than were identified is not evened out.
func await(tallies []screen.Tally, manifest record.Manifest, res *dedupe.Result) {
	if len(tallies) == 0 {
		return
	}
	unique := 0
	for _, l := range manifest {
		unique += l.Records
	}
	if res != nil {
		unique = res.Unique()
	}
	first := &tallies[0]
	unknown := max(0, unique-first.Entered)
	first.Entered += unknown
	first.Undecided += unknown
}

// OfOutcome is Of for a program that has the screening at hand and keeps no log.
func OfOutcome(manifest record.Manifest, res *dedupe.Result, out *screen.Outcome) (*Flow, error) {
	if out == nil {
		return nil, errors.New("flow: there is no outcome of screening")
	}
	seen := map[place]bool{}
	loose := map[string]int{}
	for _, d := range out.Loose {
		if at := (place{d.Stage, d.RecordID}); !seen[at] {
			seen[at] = true
			loose[d.Stage]++
		}
	}
	return build(manifest, res, "the screening", out.Stages, out.Settled, loose)
}

func build(manifest record.Manifest, res *dedupe.Result, keeper string, tallies []screen.Tally, settled []screen.Decision, loose map[string]int) (*Flow, error) {
	f := &Flow{Schema: SchemaVersion}
	f.identify(manifest)
	if res != nil {
		if given := len(res.Records); given != f.Identified() {
			return nil, fmt.Errorf("flow: records identified: the files of the manifest hold %s, deduplication was given %s",
				grouped(f.Identified()), grouped(given))
		}
		f.Duplicates = f.Identified() - res.Unique()
	}
	for i, t := range tallies {
		if err := t.Check(); err != nil {
			return nil, fmt.Errorf("flow: %w", err)
		}
		s := stageOf(t, settled)
		s.Reports = len(tallies) > 1 && i == len(tallies)-1
		s.Loose = loose[t.Stage]
		f.Stages = append(f.Stages, s)
	}
	f.markReports()
	if err := f.check(keeper); err != nil {
		return nil, err
	}
	return f, nil
}

// identify sorts the loads into the three kinds of sources.
func (f *Flow) identify(manifest record.Manifest) {
	for _, l := range manifest {
		name := cmp.Or(l.Database, l.File, "file without a name")
		switch {
		case l.OtherMethod != "":
			f.Other = addSource(f.Other, l.OtherMethod, l.Records)
		case l.Register:
			f.Registers = addSource(f.Registers, name, l.Records)
		default:
			f.Databases = addSource(f.Databases, name, l.Records)
		}
	}
}

func addSource(list []Source, name string, n int) []Source {
	for i := range list {
		if list[i].Name == name {
			list[i].Records += n
			return list
		}
	}
	return append(list, Source{name, n})
}

// Identified is the number of records of all sources.
func (f *Flow) Identified() int {
	return sumSources(f.Databases) + sumSources(f.Registers) + sumSources(f.Other)
}

func sumSources(list []Source) int {
	n := 0
	for _, s := range list {
		n += s.Records
	}
	return n
}

// markReports tells from which stage on reports are counted, and marks it as the
// one where they are sought.
func (f *Flow) markReports() {
	reports := false
	for i := range f.Stages {
		s := &f.Stages[i]
		if !reports && (s.Reports || s.NotRetrieved > 0) {
			s.Retrieve, reports = true, true
		}
		s.Reports = reports
	}
}

// stageOf makes a stage of its tally. What rules excluded is counted over the
// settled decisions, since a tally counts what they settled either way.
func stageOf(t screen.Tally, settled []screen.Decision) Stage {
	s := Stage{Name: t.Stage, Title: t.Title, Entered: t.Entered, Included: t.Included,
		Awaiting: t.Undecided, Conflict: t.Conflicts}
	gone := map[string]bool{} // codes of reports not retrieved
	for _, r := range t.Reasons {
		gone[r.Code] = r.NotRetrieved
		if r.Count == 0 {
			continue
		}
		reason := Reason{Code: r.Code, Text: r.Text, Records: r.Count}
		if r.NotRetrieved {
			s.NotRetrieved += r.Count
			s.NotRetrievedReasons = append(s.NotRetrievedReasons, reason)
			continue
		}
		s.Reasons = append(s.Reasons, reason)
	}
	if t.Unreasoned > 0 {
		s.Reasons = append(s.Reasons, Reason{Text: "No reason given", Records: t.Unreasoned})
	}
	s.Excluded = t.Excluded - s.NotRetrieved
	for _, d := range settled {
		if d.Stage != t.Stage || d.Verdict != screen.Exclude || gone[d.Reason] {
			continue
		}
		switch d.By {
		case screen.ByRule:
			s.ByRule++
		case screen.ByStage:
			s.ByDefault++
		}
	}
	s.ByPerson = s.Excluded - s.ByRule - s.ByDefault
	return s
}

// WithStudies is the flow with the number of studies: those that have one of the
// included reports. The studies must hold as many reports as the last stage
// included; see screen.Studies.
func (f *Flow) WithStudies(studies []record.Study) (*Flow, error) {
	out := f.clone()
	n := len(studies)
	out.Studies = &n
	reports := 0
	for _, s := range studies {
		reports += len(s.Reports)
	}
	if want := f.Included(); reports != want {
		return nil, fmt.Errorf("flow: studies included: the %s hold %s, the last stage included %s",
			many(n, "study", "studies"), many(reports, "report", "reports"), grouped(want))
	}
	return out, nil
}

// WithSelection is the flow with the number of records that are reported. Those
// reported and those left must be as many as the last stage included.
func (f *Flow) WithSelection(sel *screen.Selection) (*Flow, error) {
	if sel == nil {
		return f.clone(), nil
	}
	out := f.clone()
	n := len(sel.Reported)
	out.Reported = &n
	if all, want := n+len(sel.Left), f.Included(); all != want {
		return nil, fmt.Errorf("flow: reported: %s reported and %s left out make %s, the last stage included %s",
			grouped(n), grouped(len(sel.Left)), grouped(all), grouped(want))
	}
	return out, nil
}

// clone copies what the two methods above change; the lists are never changed.
func (f *Flow) clone() *Flow {
	out := *f
	return &out
}

// Included is the number of reports (records, in a review with one stage) that the
// last stage included; 0 where there is no stage.
func (f *Flow) Included() int {
	if len(f.Stages) == 0 {
		return 0
	}
	return f.Stages[len(f.Stages)-1].Included
}

// Finished tells whether every record has been decided on.
func (f *Flow) Finished() bool {
	return !slices.ContainsFunc(f.Stages, func(s Stage) bool { return s.Awaiting+s.Conflict > 0 })
}

// label is what a stage is called.
func (s Stage) label() string { return cmp.Or(strings.TrimSpace(s.Title), s.Name) }
