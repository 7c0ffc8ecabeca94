package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/roles"
	"github.com/evidence-go/evidence/internal/roles/chain"
)

// abstract is a labelled document. Labels are numbers in its set's own list, or
// roles; chain.Free where none of them fits.
type abstract struct {
	sentences []string
	labels    []int
}

// set is a data set in two parts, with the names of its labels.
type set struct {
	name       string
	labels     []string
	train, dev []abstract
}

// setNames are the sets of the folder synth/roles.
var setNames = []string{"pmcrct", "csabstruct", "nicta"}

// roleOf maps the labels of all sets to the five roles, as the README of the data
// suggests. "other" is none of them.
var roleOf = map[string]roles.Role{
	"background": roles.Background, "objective": roles.Objective,
	"methods": roles.Methods, "method": roles.Methods, "population": roles.Methods, "intervention": roles.Methods, "study design": roles.Methods,
	"results": roles.Results, "result": roles.Results, "outcome": roles.Results,
	"conclusions": roles.Conclusions,
}

// readSets reads all sets below the folder of the data.
func readSets(folder string) ([]set, error) {
	var all []set
	for _, name := range setNames {
		s := set{name: name}
		for _, part := range []struct {
			name string
			into *[]abstract
		}{{"train", &s.train}, {"dev", &s.dev}} {
			text, err := os.ReadFile(filepath.Join(folder, "synth", "roles", name+"."+part.name+".tsv"))
			if err != nil {
				return nil, fmt.Errorf("reading the abstracts: %w (set EVIDENCE_DATA to the folder of the data)", err)
			}
			if *part.into, err = s.parse(string(text)); err != nil {
				return nil, fmt.Errorf("%s.%s.tsv: %w", name, part.name, err)
			}
		}
		all = append(all, s)
	}
	return all, nil
}

// parse reads lines of document, number, label and text, under a heading.
func (s *set) parse(text string) (all []abstract, err error) {
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			return nil, fmt.Errorf("line %d has %d cells, want 4", i+1, len(cells))
		}
		if i == 0 {
			continue
		}
		if cells[1] == "1" {
			all = append(all, abstract{})
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("line %d: the first sentence of an abstract is not number 1", i+1)
		}
		label := slices.Index(s.labels, cells[2])
		if label < 0 {
			label = len(s.labels)
			s.labels = append(s.labels, cells[2])
		}
		a := &all[len(all)-1]
		a.sentences, a.labels = append(a.sentences, cells[3]), append(a.labels, label)
	}
	return all, nil
}

// asRoles gives the documents with roles for labels.
func (s *set) asRoles(docs []abstract) []abstract {
	out := make([]abstract, len(docs))
	for i, d := range docs {
		out[i] = abstract{d.sentences, make([]int, len(d.labels))}
		for k, label := range d.labels {
			out[i].labels[k] = chain.Free
			if r, ok := roleOf[s.labels[label]]; ok {
				out[i].labels[k] = int(r) - 1
			}
		}
	}
	return out
}

// dataFolder is the folder that EVIDENCE_DATA names, or that of shared data beside
// the module. A relative one is taken from the module's root.
func dataFolder() (string, error) {
	root, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			return "", errors.New("no go.mod here or above: run this inside the module")
		}
		root = filepath.Dir(root)
	}
	folder := os.Getenv("EVIDENCE_DATA")
	switch {
	case folder == "":
		return filepath.Join(root, "..", "shared", "data"), nil
	case filepath.IsAbs(folder):
		return folder, nil
	}
	return filepath.Join(root, folder), nil
}
