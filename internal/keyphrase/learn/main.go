// Command learn counts in how many abstracts of a field of science English words stand, and writes the table by which
// package keyphrase knows common words from telling ones. "go generate" runs it in the folder of that package. The abstracts
// are in the folder that EVIDENCE_DATA names, by default ../shared/data beside the module.
//
//	go run ./learn > common.txt
package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/token"
)

// rarest is the level from which on a stem is not written down: it stands in fewer than one abstract of 2^rarest.
const rarest = 10

func main() {
	folder := os.Getenv("EVIDENCE_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data") // from the folder of package keyphrase
	}
	if err := run(folder, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "learn:", err)
		os.Exit(1)
	}
}

// field is a branch of science, as sets of abstracts. A word is as common in the field as it is in its sets in the mean: the
// subject of one set is common in that one alone.
type field struct {
	read func(path string) ([]string, error)
	sets []string
}

func run(folder string, w io.Writer) error {
	fields := [][]field{
		{{sentences, []string{"synth/roles/csabstruct.train.tsv"}}},
		{{sentences, []string{"synth/roles/pmcrct.train.tsv", "synth/roles/nicta.train.tsv"}},
			{abstracts, []string{"screen/sets/Appenzeller-Herzog_2019.csv", "screen/sets/Bannach-Brown_2019.csv",
				"screen/sets/Jeyaraman_2020.csv", "screen/sets/Kwok_2020.csv", "screen/sets/Nagtegaal_2019.csv",
				"screen/sets/Oud_2018.csv", "screen/sets/Smid_2020.csv", "screen/sets/van_der_Valk_2021.csv"}}},
	}
	share := map[string]float64{}
	for _, parts := range fields {
		one, err := fieldShares(folder, parts)
		if err != nil {
			return err
		}
		for stem, s := range one {
			share[stem] = max(share[stem], s)
		}
	}
	return write(w, share)
}

func fieldShares(folder string, parts []field) (map[string]float64, error) {
	sum, sets := map[string]float64{}, 0
	for _, part := range parts {
		for _, name := range part.sets {
			docs, err := part.read(filepath.Join(folder, filepath.FromSlash(name)))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			sets++
			for stem, n := range frequencies(docs) {
				sum[stem] += float64(n) / float64(len(docs))
			}
		}
	}
	for stem := range sum {
		sum[stem] /= float64(sets)
	}
	return sum, nil
}

func frequencies(docs []string) map[string]int {
	df := map[string]int{}
	for _, text := range docs {
		seen := map[string]bool{}
		for _, tk := range token.Words(text) {
			word := strings.ToLower(tk.Of(text))
			if first, _ := utf8.DecodeRuneInString(word); unicode.IsLetter(first) && !token.Stop(word) {
				seen[token.Stem(word)] = true
			}
		}
		for stem := range seen {
			df[stem]++
		}
	}
	return df
}

// write gives one line for each level, from 0: the stems that more than one abstract of 2^(level+1) holds, and not more
// than one of 2^level.
func write(w io.Writer, share map[string]float64) error {
	levels := make([][]string, rarest)
	for _, stem := range slices.Sorted(maps.Keys(share)) {
		if level := int(-math.Log2(share[stem])); level < rarest && len(stem) > 1 {
			levels[level] = append(levels[level], stem)
		}
	}
	for _, stems := range levels {
		if _, err := fmt.Fprintln(w, strings.Join(stems, " ")); err != nil {
			return err
		}
	}
	return nil
}

// sentences reads abstracts of which each line of a table holds one sentence.
func sentences(path string) (docs []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	last := ""
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		switch {
		case len(cells) != 4:
			return nil, fmt.Errorf("%d cells in a line, expected 4", len(cells))
		case cells[0] == "doc_id":
		case cells[0] == last:
			docs[len(docs)-1] += " " + cells[3]
		default:
			docs, last = append(docs, cells[3]), cells[0]
		}
	}
	return docs, lines.Err()
}

// abstracts reads a table with a column of that name.
func abstracts(path string) (docs []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, errors.New("no line of names")
	}
	column := slices.Index(rows[0], "abstract")
	if column < 0 {
		return nil, errors.New("no column named abstract")
	}
	for _, row := range rows[1:] {
		if text := row[column]; text != "" {
			docs = append(docs, text)
		}
	}
	return docs, nil
}
