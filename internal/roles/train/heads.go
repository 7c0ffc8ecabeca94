package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/evidence-go/evidence/internal/roles"
	"github.com/evidence-go/evidence/internal/roles/chain"
)

// This file trains a head for each set: a chain on the set's own labels. What the
// sets have in common is learnt from all of them, by weights of the five roles that
// the labels are kinds of (Daumé 2007, "frustratingly easy domain adaptation").

// heads are trained together.
type heads struct {
	common *trainer   // its labels are roles
	own    []*trainer // of each set
	roleOf [][]int    // of each set's labels; chain.Free for none
}

// lesson is a document of a set.
type lesson struct {
	set int
	reading
}

// fitHeads gives a chain for each set, with the common weights added in.
func fitHeads(sets []set, s settings) []*field {
	var docs []abstract
	for _, set := range sets {
		docs = append(docs, set.train...)
	}
	index := indexed(docs, s.seldom, nil)
	var sums []*field
	var lessons []lesson
	var x roles.Extractor
	for i, set := range sets {
		sums = append(sums, newField(len(set.labels), index, s))
		for _, d := range set.train {
			lessons = append(lessons, lesson{i, sums[i].read(&x, d)})
		}
	}
	for run := range s.runs {
		newHeads(sets, index, s, rand.New(rand.NewPCG(uint64(run+1), 1))).run(lessons, sums)
	}
	return sums
}

func newHeads(sets []set, index map[uint32]int32, s settings, random *rand.Rand) *heads {
	h := &heads{common: newTrainer(roles.Labels, index, s, random)}
	for _, set := range sets {
		h.own = append(h.own, newTrainer(len(set.labels), index, s, random))
		kinds := make([]int, len(set.labels))
		for y, label := range set.labels {
			kinds[y] = chain.Free
			if r, ok := roleOf[label]; ok {
				kinds[y] = int(r) - 1
			}
		}
		h.roleOf = append(h.roleOf, kinds)
	}
	return h
}

// run goes through the documents of all sets, and adds averaged weights to sums.
func (h *heads) run(lessons []lesson, sums []*field) {
	s := h.common.settings
	order := h.common.random.Perm(len(lessons))
	share := 1 / float32((s.rounds-s.rounds/2)*s.runs)
	for round := range s.rounds {
		h.common.random.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		for _, i := range order {
			h.learn(lessons[i])
		}
		if round < s.rounds/2 {
			continue
		}
		for i, t := range h.own {
			sums[i].add(t.field, share)
			h.addCommon(sums[i], h.roleOf[i], share)
		}
	}
}

// addCommon adds a share of the common weights to each label that is kind of a role.
func (h *heads) addCommon(sum *field, kinds []int, share float32) {
	for at := range sum.weights {
		if role := kinds[at%sum.labels]; role != chain.Free {
			sum.weights[at] += share * h.common.weights[at/sum.labels*roles.Labels+role]
		}
	}
}

// learn takes one step up the likelihood of a document's labels.
func (h *heads) learn(l lesson) {
	t, kinds := h.own[l.set], h.roleOf[l.set]
	t.drop(l.reading)
	kept := reading{t.present, nil}
	scores, common := t.scores(kept), h.common.scores(kept)
	for at := range scores {
		if role := kinds[at%t.labels]; role != chain.Free {
			scores[at] += common[at/t.labels*roles.Labels+role]
		}
	}
	t.believe(scores, l.labels)
	for i, features := range t.present {
		gradient := t.gradient(i)
		t.climb(features, gradient)
		var shared [roles.Labels]float32
		for y, g := range gradient {
			if kinds[y] != chain.Free {
				shared[kinds[y]] += g
			}
		}
		h.common.climb(features, shared[:])
	}
}

// scoreHeads prints how good the heads are on their sets' own labels: trained on
// their set alone, trained together, and the two as one, scores and transitions
// averaged.
func scoreHeads(sets []set) {
	settings := usual
	settings.once = true
	together := fitHeads(sets, settings)
	for i, s := range sets {
		alone := fit(s.train, len(s.labels), settings)
		both := chain.New(alone.labels)
		for k := range both.Values {
			both.Values[k] = (alone.steps.Values[k] + together[i].steps.Values[k]) / 2
		}
		var x roles.Extractor
		for _, c := range []struct {
			name   string
			assign func(abstract) []int
		}{
			{"alone", func(d abstract) []int { return alone.steps.Best(alone.scores(alone.read(&x, d)), nil) }},
			{"together", func(d abstract) []int {
				return together[i].steps.Best(together[i].scores(together[i].read(&x, d)), nil)
			}},
			{"both", func(d abstract) []int {
				scores := alone.scores(alone.read(&x, d))
				for k, v := range together[i].scores(together[i].read(&x, d)) {
					scores[k] = (scores[k] + v) / 2
				}
				return both.Best(scores, nil)
			}},
		} {
			m := marked(s.dev, len(s.labels), c.assign)
			fmt.Printf("%-12s own labels, head %-8s  accuracy %.4f  macro F1 %.4f\n", s.name, c.name, m.accuracy, m.macroF1)
		}
	}
}
