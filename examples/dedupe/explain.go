package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
)

// compare says how two records compare, level by level, and what became of them.
func (j *job) compare(w io.Writer, res *dedupe.Result) error {
	a, b, err := j.pair()
	if err != nil {
		return err
	}
	c := dedupe.Compare(res.Stats, res.Policy, a, b)
	for _, r := range []*record.Record{a, b} {
		fmt.Fprintf(w, "%s\n  %s\n", j.names[r], citation(r))
	}
	fmt.Fprintf(w, "\ncompared: %s, score %.4f, by the rule %q\n  %s\n", c.Verdict, c.Score, c.Rule, c.Why)
	if c.Related != "" {
		fmt.Fprintf(w, "related: %s (%s)\n", c.Related, string(c.Related))
	}
	fmt.Fprintln(w, "\nevidence in bits, for one work (+) and against it (-):")
	for _, l := range c.Levels {
		fmt.Fprintf(w, "  %-8s %+6.1f  %s\n", l.Field, l.Weight, l.Name)
	}
	fmt.Fprintf(w, "\nkeys in common: %s\n", keysInCommon(res, a, b))
	fmt.Fprintln(w, j.outcome(res, a, b))
	return nil
}

// pair finds the two records that -explain names: keys may hold commas.
func (j *job) pair() (a, b *record.Record, err error) {
	byName := map[string]*record.Record{}
	for _, r := range j.records {
		byName[j.names[r]] = r
	}
	for i, c := range j.explain {
		if c != ',' {
			continue
		}
		a, b = byName[strings.TrimSpace(j.explain[:i])], byName[strings.TrimSpace(j.explain[i+1:])]
		switch {
		case a != nil && a == b:
			return nil, nil, fmt.Errorf("-explain: %s is named twice (%w)", j.names[a], errCall)
		case a != nil && b != nil:
			return a, b, nil
		}
	}
	one, other, _ := strings.Cut(j.explain, ",")
	unknown := one
	if byName[strings.TrimSpace(one)] != nil {
		unknown = other
	}
	return nil, nil, fmt.Errorf("-explain: no record has the key %q (%w)", strings.TrimSpace(unknown), errCall)
}

// citation writes a record in one line.
func citation(r *record.Record) string {
	var parts []string
	for _, s := range []string{people(r), r.Title, year(r), r.In.Title, place(r.In), string(r.DOI), string(r.PMID)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " | ")
}

func people(r *record.Record) string {
	var names []string
	for i, n := range r.Authors() {
		if i == 3 {
			names = append(names, "…")
			break
		}
		names = append(names, n.String())
	}
	return strings.Join(names, "; ")
}

func year(r *record.Record) string {
	if r.Date.Year == 0 {
		return ""
	}
	return strconv.Itoa(r.Date.Year)
}

func place(c record.Container) string {
	s := c.Volume
	if c.Issue != "" {
		s += "(" + c.Issue + ")"
	}
	if c.Pages != "" {
		s += ":" + c.Pages
	}
	return s
}

// keysInCommon lists by which keys the two became candidates.
func keysInCommon(res *dedupe.Result, a, b *record.Record) string {
	others := dedupe.Keys(res.Stats, res.Policy, b)
	var kinds []string
	for _, k := range dedupe.Keys(res.Stats, res.Policy, a) {
		if slices.Contains(others, k) && !slices.Contains(kinds, k.Kind) {
			kinds = append(kinds, k.Kind)
		}
	}
	if kinds == nil {
		return "none, so that they are not compared"
	}
	return strings.Join(kinds, ", ")
}

// outcome says what became of the two.
func (j *job) outcome(res *dedupe.Result, a, b *record.Record) string {
	for _, g := range res.Groups {
		if slices.Contains(g.Records, a) && slices.Contains(g.Records, b) {
			return "joined: " + j.chain(g, a, b)
		}
	}
	for _, l := range res.Doubtful {
		if l.A == a && l.B == b || l.A == b && l.B == a {
			return "not joined; for a person to look at: " + l.Why
		}
	}
	return "not joined"
}

// chain names the links by which two records of a group are joined.
func (j *job) chain(g dedupe.Group, a, b *record.Record) string {
	before := map[*record.Record]*record.Record{a: a}
	for queue := []*record.Record{a}; len(queue) > 0 && before[b] == nil; queue = queue[1:] {
		for _, l := range g.Links {
			for _, next := range [][2]*record.Record{{l.A, l.B}, {l.B, l.A}} {
				if next[0] == queue[0] && before[next[1]] == nil {
					before[next[1]] = queue[0]
					queue = append(queue, next[1])
				}
			}
		}
	}
	names := []string{j.names[b]}
	for r := b; r != a; r = before[r] {
		names = append(names, j.names[before[r]])
	}
	slices.Reverse(names)
	return strings.Join(names, " = ")
}
