// Program train makes the model of package roles from labelled abstracts, and says
// how good it is, beside what it is measured against. The same data gives the same
// bytes (on one kind of processor: others may round the last digit differently).
//
//	go run ./internal/roles/train [-write FILE] [-heads] [-baseline]
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/evidence-go/evidence/internal/roles"
)

func main() {
	write := flag.String("write", "", "`file` to write the trained model to; without it the embedded one is scored")
	heads := flag.Bool("heads", false, "train and score a head for each set on its own labels")
	baseline := flag.Bool("baseline", false, "train and score linear support vector machines")
	flag.Parse()
	if err := run(*write, *heads, *baseline); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(write string, heads, baseline bool) error {
	folder, err := dataFolder()
	if err != nil {
		return err
	}
	sets, err := readSets(folder)
	if err != nil {
		return err
	}
	if heads {
		scoreHeads(sets)
	}
	if baseline {
		scoreBaseline(sets)
	}
	if write != "" {
		data, err := trainModel(sets)
		if err != nil {
			return err
		}
		m, err := roles.Decode(data)
		if err != nil {
			return err
		}
		scoreModel("trained", m.Assign, sets)
		fmt.Printf("%d bytes, %d features, sharpness %.2f\n", len(data), m.Features(), m.Sharpness)
		return os.WriteFile(write, data, 0o644)
	}
	scoreModel("embedded", roles.Assign, sets)
	return nil
}

// The embedded model has so many features, and gives a role from so much probability on.
const (
	keptFeatures = 220_000
	sure         = 0.6
)

// trainModel trains on the roles of all sets: once without the documents that are
// held out, to see how its scores become probabilities, and once with all.
func trainModel(sets []set) ([]byte, error) {
	var docs []abstract
	for _, s := range sets {
		docs = append(docs, s.asRoles(s.train)...)
	}
	s := usual
	s.features = keptFeatures
	some, held := split(docs)
	m := roles.Model{Sharpness: sharpness(fit(some, roles.Labels, s), held), Sure: sure}
	whole := fit(docs, roles.Labels, s)
	m.Steps = whole.steps
	return m.Encode(whole.rows())
}

func scoreBaseline(sets []set) {
	var docs []abstract
	for _, s := range sets {
		m := marked(s.dev, len(s.labels), trainMachines(s.train, len(s.labels)).assign)
		fmt.Printf("%-12s own labels, linear SVM  accuracy %.4f  macro F1 %.4f\n", s.name, m.accuracy, m.macroF1)
		docs = append(docs, s.asRoles(s.train)...)
	}
	svm := trainMachines(docs, roles.Labels)
	for _, s := range sets {
		m := marked(s.asRoles(s.dev), roles.Labels, svm.assign)
		fmt.Printf("%-12s five roles, linear SVM  accuracy %.4f  macro F1 %.4f\n", s.name, m.accuracy, m.macroF1)
	}
}

// scoreModel prints how good a model is, and how good when it may abstain.
func scoreModel(name string, assign func([]string, []roles.Role) []roles.Guess, sets []set) {
	for _, s := range sets {
		docs := s.asRoles(s.dev)
		m := marked(docs, roles.Labels, func(d abstract) []int {
			out := make([]int, len(d.sentences))
			for i, g := range assign(d.sentences, nil) {
				out[i] = int(g.Role) - 1 // None becomes Free
			}
			return out
		})
		fmt.Printf("%-12s five roles, %-10s  accuracy %.4f  macro F1 %.4f\n", s.name, name, m.accuracy, m.macroF1)
		fmt.Printf("%-12s at least / given / right:", s.name)
		for _, least := range []float64{0, .4, .5, .6, .7, .8, .9} {
			given, right := coverage(docs, assign, least)
			fmt.Printf("  %.1f %.3f %.3f", least, given, right)
		}
		fmt.Println()
	}
}

// coverage is the share of sentences whose role has at least that probability, and
// the share of these that are right.
func coverage(docs []abstract, assign func([]string, []roles.Role) []roles.Guess, least float64) (given, right float64) {
	all := 0
	for _, d := range docs {
		for i, g := range assign(d.sentences, nil) {
			if d.labels[i] < 0 {
				continue
			}
			all++
			if g.Role != roles.None && g.Probability >= least {
				given++
				if int(g.Role)-1 == d.labels[i] {
					right++
				}
			}
		}
	}
	return given / float64(max(all, 1)), right / max(given, 1)
}
