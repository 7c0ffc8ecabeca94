package main

import (
	"fmt"
	"math"
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

// head is a chain for the labels of one set.
type head struct {
	name   string
	fields []*field // whose scores and transitions are averaged
	steps  chain.Weights
}

// headsOf trains the heads of each set: on the set alone, on all together, and the two as one.
func headsOf(sets []set, s settings) [][]head {
	together := fitHeads(sets, s)
	var out [][]head
	for i, set := range sets {
		alone := fit(set.train, len(set.labels), s)
		out = append(out, []head{newHead("alone", alone), newHead("together", together[i]), newHead("both", alone, together[i])})
	}
	return out
}

func newHead(name string, fields ...*field) head {
	h := head{name, fields, chain.New(fields[0].labels)}
	for _, f := range fields {
		for k, v := range f.steps.Values {
			h.steps.Values[k] += v / float32(len(fields))
		}
	}
	return h
}

func (h head) scores(x *roles.Extractor, d abstract) []float64 {
	out := make([]float64, len(d.sentences)*h.steps.Labels)
	for _, f := range h.fields {
		for k, v := range f.scores(f.read(x, d)) {
			out[k] += v / float64(len(h.fields))
		}
	}
	return out
}

// likeliest gives the likeliest row of labels.
func (h head) likeliest(x *roles.Extractor, d abstract) []int {
	return h.steps.Best(h.scores(x, d), nil)
}

// balanced gives each sentence the label whose probability, over a power of how frequent it is, is the highest: seldom
// labels are given more readily, of which a mean over labels asks as much as of frequent ones.
func (h head) balanced(x *roles.Extractor, d abstract, frequent []float64, power float64) []int {
	var b chain.Belief
	h.steps.Marginals(h.scores(x, d), nil, &b)
	out := make([]int, len(d.sentences))
	for i := range out {
		most := 0.0
		for y, p := range b.Place[i*h.steps.Labels : (i+1)*h.steps.Labels] {
			if p /= math.Pow(frequent[y], power); p > most {
				out[i], most = y, p
			}
		}
	}
	return out
}

// frequencies are the shares of the labels.
func frequencies(docs []abstract, labels int) []float64 {
	out, all := make([]float64, labels), 0.0
	for _, d := range docs {
		for _, y := range d.labels {
			if y != chain.Free {
				out[y]++
				all++
			}
		}
	}
	for y := range out {
		out[y] = max(out[y], 1) / all
	}
	return out
}

// powers are those that are tried.
var powers = []float64{0, 0.1, 0.2, 0.3, 0.4, 0.5}

// settle finds which of the heads, and which power, has the highest sum of accuracy and macro F1 on some documents.
func settle(of []head, docs []abstract, frequent []float64) (kind int, power float64) {
	best := -1.0
	var x roles.Extractor
	for k, h := range of {
		for _, p := range powers {
			m := marked(docs, h.steps.Labels, func(d abstract) []int { return h.balanced(&x, d, frequent, p) })
			if sum := m.accuracy + m.macroF1; sum > best {
				kind, power, best = k, p, sum
			}
		}
	}
	return kind, power
}

// scoreHeads prints how good the heads are on their sets' own labels: each as it is, and the one that held-out documents
// of train settle on, balanced as they say.
func scoreHeads(sets []set) {
	settings := usual
	settings.once = true
	most := make([]set, len(sets))
	held := make([][]abstract, len(sets))
	for i, s := range sets {
		most[i] = s
		most[i].train, held[i] = split(s.train)
	}
	tried, final := headsOf(most, settings), headsOf(sets, settings)
	var x roles.Extractor
	for i, s := range sets {
		frequent := frequencies(s.train, len(s.labels))
		show := func(name string, assign func(abstract) []int) {
			m := marked(s.dev, len(s.labels), assign)
			fmt.Printf("%-12s own labels, head %-22s  accuracy %.4f  macro F1 %.4f\n", s.name, name, m.accuracy, m.macroF1)
		}
		for _, h := range final[i] {
			show(h.name, func(d abstract) []int { return h.likeliest(&x, d) })
		}
		kind, power := settle(tried[i], held[i], frequent)
		h := final[i][kind]
		show(fmt.Sprintf("settled: %s, %.1f", h.name, power), func(d abstract) []int { return h.balanced(&x, d, frequent, power) })
	}
}
