package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/export/flow"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/screen/decisionlog"
	"github.com/evidence-go/evidence/synth"
)

// review holds a review while it is carried from step to step.
type review struct {
	options
	progress io.Writer

	plan     *screen.Plan
	themes   *synth.Codebook
	crossing []*synth.Codebook

	manifest record.Manifest
	records  []*record.Record // as read
	problems []record.Problem

	found  *dedupe.Result
	unique []*record.Record // duplicates merged

	people   []screen.Decision
	notes    []string // what could not be used, said at the end
	log      *decisionlog.Log
	outcome  *screen.Outcome
	reported *screen.Selection
	studies  []record.Study

	summed  []*record.Record // what the summary is of
	waiting bool             // it is of records still waiting for the last stage
	summary *synth.Summary
	briefs  []synth.Brief     // what a sentence about each theme may rest on
	stopped []synth.Rejection // sentences that do not
	flow    *flow.Flow
}

// carry runs the steps in order.
func (r *review) carry(ctx context.Context) error {
	for _, step := range []struct {
		doing string
		do    func(context.Context) error
	}{
		{"reading protocol and codebooks", r.readPlan},
		{"looking at " + r.out, r.lookAtOut},
		{"reading records", r.readRecords},
		{"looking for duplicates", r.deduplicate},
		{"screening", r.screen},
		{"summarising", r.summarise},
		{"putting the themes into words", r.phrase},
		{"checking every quote, number and sentence", r.verify},
		{"writing", r.write},
	} {
		fmt.Fprintf(r.progress, "%s …\n", step.doing)
		if err := step.do(ctx); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted while %s: %w", step.doing, ctx.Err())
		}
	}
	return nil
}

func (r *review) readPlan(context.Context) error {
	src := r.source()
	text, err := src.read(r.protocol)
	if err != nil {
		return fmt.Errorf("protocol: %w", err)
	}
	if r.plan, err = screen.Parse(text, r.protocol); err != nil {
		return err
	}
	if r.codebook != "" {
		if r.themes, err = src.codebook(r.codebook); err != nil {
			return err
		}
	}
	for _, name := range r.axes {
		cb, err := src.codebook(name)
		if err != nil {
			return err
		}
		r.crossing = append(r.crossing, cb)
	}
	for _, k := range r.kept {
		stage, _, ok := strings.Cut(k, "=")
		if !ok {
			return fmt.Errorf("-kept %s: STAGE=FILE was expected, as in title-abstract=kept.ris", k)
		}
		if !slices.Contains(r.plan.Stages(), stage) {
			return fmt.Errorf("-kept %s: the protocol has no stage %q; it has %s", k, stage, strings.Join(r.plan.Stages(), ", "))
		}
	}
	return nil
}

func (r *review) readRecords(ctx context.Context) error {
	src := r.source()
	searches, err := src.searches(r.searches)
	if err != nil {
		return err
	}
	for i, name := range r.files {
		lib, err := src.open(ctx, name, shortNames(r.files)[i])
		if err != nil {
			return err
		}
		if err := r.whole(lib); err != nil {
			return err
		}
		load := lib.Load
		for _, before := range r.manifest {
			if before.SHA256 == load.SHA256 && load.Records > 0 {
				return fmt.Errorf("%s: holds the same bytes as %s: each file counts once in the flow diagram", name, before.File)
			}
		}
		if s, ok := searches[path.Base(load.File)]; ok {
			s.use(&load)
			delete(searches, path.Base(load.File))
		}
		nameDatabase(&load, lib.Records)
		r.manifest = append(r.manifest, load)
		r.records = append(r.records, lib.Records...)
		r.problems = append(r.problems, lib.Problems...)
		fmt.Fprintf(r.progress, "  %s: %s, %s\n", load.File, many(len(lib.Records), "record"), many(len(lib.Problems), "problem"))
	}
	for _, file := range slices.Sorted(maps.Keys(searches)) {
		return fmt.Errorf("%s:%d: no file that was named is called %q", r.searches, searches[file].line, file)
	}
	if len(r.records) == 0 {
		return errors.New("no record stands in the files named")
	}
	return nil
}

// shortNames are the names by which the files are called in what is written: the
// last part of the path, or the whole path where two files would share a name.
func shortNames(files []string) []string {
	count := map[string]int{}
	base := func(f string) string { return path.Base(strings.ReplaceAll(f, `\`, "/")) }
	for _, f := range files {
		count[base(f)]++
	}
	out := make([]string, len(files))
	for i, f := range files {
		if out[i] = base(f); count[out[i]] > 1 {
			out[i] = f
		}
	}
	return out
}

// nameDatabase lets file and records know of one database: the one that the
// searches name, else the one that all records name themselves.
func nameDatabase(load *record.Load, records []*record.Record) {
	if load.Database != "" {
		for _, rec := range records {
			rec.Source.Database, rec.Source.Platform = load.Database, load.Platform
		}
		return
	}
	for _, rec := range records {
		if rec.Source.Database != records[0].Source.Database {
			return
		}
	}
	if len(records) > 0 {
		load.Database, load.Platform = records[0].Source.Database, records[0].Source.Platform
	}
}

// whole refuses a file that ends in the middle of a record: nobody knows how
// many records behind it are missing.
func (r *review) whole(lib *record.Library) error {
	for _, p := range lib.Problems {
		if p.Code == record.CodeTruncated && !r.truncated {
			return fmt.Errorf("%s\n%d records were read, and nobody knows how many are missing: export the file again, or add -truncated to go on with these",
				p, len(lib.Records))
		}
	}
	return nil
}

func (r *review) deduplicate(ctx context.Context) error {
	var err error
	if r.found, err = dedupe.Find(ctx, r.records, dedupe.Policy{}); err != nil {
		return err
	}
	r.unique = dedupe.Merge(r.found, dedupe.MergePolicy{})
	return nil
}

func (r *review) screen(ctx context.Context) error {
	if err := r.readPeople(ctx); err != nil {
		return err
	}
	r.log = decisionlog.New(r.plan)
	if err := r.log.Add(r.people...); err != nil {
		return err
	}
	var err error
	if r.outcome, err = r.log.Screen(ctx, r.unique); err != nil {
		return err
	}
	if err = r.log.AddOutcome(r.outcome); err != nil {
		return err
	}
	for _, d := range r.outcome.Loose {
		r.notes = append(r.notes, fmt.Sprintf("a decision of %s on %s at %s was not used: the record did not come to that stage", d.By, d.Key, d.Stage))
	}
	r.reported, err = r.plan.Select(ctx, r.outcome.Included, nil)
	return err
}

// readPeople gathers what persons decided, from the file of decisions and from
// files of kept records.
func (r *review) readPeople(ctx context.Context) error {
	src := r.source()
	if r.decisions != "" {
		f, err := src.openFile(r.decisions)
		if err != nil {
			return fmt.Errorf("decisions: %w", err)
		}
		defer f.Close()
		if r.people, err = r.plan.ReadDecisions(f, r.decisions, r.unique); err != nil {
			return err // a decision that cannot be used would change the numbers unseen
		}
	}
	for _, k := range r.kept {
		stage, name, _ := strings.Cut(k, "=")
		lib, err := src.open(ctx, name, path.Base(name))
		if err != nil {
			return err
		}
		if err := r.addKept(ctx, stage, name, lib.Records); err != nil {
			return err
		}
	}
	return nil
}

// relatedReports are the kinds of related records that are reports of one study.
var relatedReports = []dedupe.RelatedKind{dedupe.ProtocolResults, dedupe.ConferenceAbstract, dedupe.PreprintVersion,
	dedupe.Part, dedupe.Translation, dedupe.Republished, dedupe.Companion}

// addKept makes decisions of a file of records that persons kept at a stage: the
// records found in it were included; those that no rule settles and that are not
// in it were excluded, for reasons the file does not tell.
func (r *review) addKept(ctx context.Context, stage, name string, kept []*record.Record) error {
	isKept := map[*record.Record]bool{}
	for _, k := range kept {
		isKept[k] = true
	}
	both, err := dedupe.FindWith(ctx, r.found.Stats, append(append([]*record.Record(nil), r.unique...), kept...), dedupe.Policy{})
	if err != nil {
		return err
	}
	included := map[*record.Record]bool{}
	matched := 0
	for _, g := range both.Groups {
		var ours []*record.Record
		for _, rec := range g.Records {
			if !isKept[rec] {
				ours = append(ours, rec)
			}
		}
		if len(ours) > 0 {
			matched += len(g.Records) - len(ours)
		}
		for _, rec := range ours {
			included[rec] = true
		}
	}
	if matched == 0 {
		return fmt.Errorf("%s: none of its %d records is among those found: it would exclude every record at %s", name, len(kept), stage)
	}
	for _, rec := range r.unique {
		switch {
		case included[rec]:
			r.people = append(r.people, screen.Human("reviewers", stage, rec, screen.Include, ""))
		case !r.plan.Decide(stage, rec).Settled() && r.reaches(stage, rec):
			d := screen.Human("reviewers", stage, rec, screen.Exclude, "")
			d.Note = "not in " + path.Base(name)
			r.people = append(r.people, d)
		}
	}
	r.notes = append(r.notes, fmt.Sprintf("%s: %d of its %d records are among those found", path.Base(name), matched, len(kept)))
	return nil
}

// reaches tells whether a record comes to a stage at all: no decision so far
// excludes it at an earlier one.
func (r *review) reaches(stage string, rec *record.Record) bool {
	for _, s := range r.plan.Stages() {
		if s == stage {
			return true
		}
		var people []screen.Decision
		for _, d := range r.people {
			if d.Stage == s && d.RecordID == rec.ID() {
				people = append(people, d)
			}
		}
		d, err := r.plan.Settle(s, rec, people)
		if err != nil || d.Verdict != screen.Include {
			return false
		}
	}
	return false
}

func (r *review) summarise(ctx context.Context) error {
	var pairs [][2]record.ID
	for _, rel := range r.found.Related {
		for _, kind := range relatedReports {
			if rel.Kind == kind {
				pairs = append(pairs, [2]record.ID{rel.A.ID(), rel.B.ID()})
			}
		}
	}
	r.studies = screen.Studies(r.outcome.Included, pairs)
	r.summed = r.reported.Reported
	if len(r.outcome.Included) == 0 {
		r.summed, r.waiting = r.stillWaiting(), true
	}
	var err error
	r.summary, err = synth.Summarize(ctx, r.summed, synth.Options{
		Codebook: r.themes, Axes: r.crossing, Studies: screen.Studies(r.summed, pairs),
	})
	if err != nil {
		return err
	}
	if r.flow, err = flow.Of(r.manifest, r.found, r.log); err != nil {
		return err
	}
	if r.flow, err = r.flow.WithStudies(r.studies); err != nil {
		return err
	}
	if r.plan.Protocol().Report != nil {
		r.flow, err = r.flow.WithSelection(r.reported)
	}
	return err
}

func (r *review) verify(context.Context) error {
	if err := r.summary.Verify(r.summed); err != nil {
		return fmt.Errorf("the summary does not verify: %w", err)
	}
	return nil
}

// stillWaiting are the records that no stage has excluded, in a review whose
// persons have not read the full texts yet.
func (r *review) stillWaiting() []*record.Record {
	verdict := map[record.ID]screen.Verdict{}
	for _, d := range r.outcome.Settled {
		verdict[d.RecordID] = d.Verdict // of the last stage it came to
	}
	var out []*record.Record
	for _, rec := range r.unique {
		if verdict[rec.ID()] != screen.Exclude {
			out = append(out, rec)
		}
	}
	return out
}
