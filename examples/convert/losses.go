package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// losses lists what the format written does not hold, and counts it by field.
type losses struct {
	to      record.Format
	list    io.Writer
	records int // that lose something
	byField map[record.Field]int
}

// of lists what one record loses.
func (l *losses) of(r *record.Record) error {
	lost, err := record.Losses(r, l.to)
	if err != nil {
		return err
	}
	e := json.NewEncoder(l.list)
	e.SetEscapeHTML(false)
	for _, x := range lost {
		l.byField[x.Field]++
		if err := e.Encode(x); err != nil {
			return err
		}
	}
	if len(lost) > 0 {
		l.records++
	}
	return nil
}

// summary says how many values of which field were lost, the commonest first:
// "losses: 2 records lose 3 values in ris (status 2, series 1)".
func (l *losses) summary() string {
	if l.records == 0 {
		return "losses: none in " + l.to.Name
	}
	fields := slices.SortedFunc(maps.Keys(l.byField), func(a, b record.Field) int {
		if n := l.byField[b] - l.byField[a]; n != 0 {
			return n
		}
		return strings.Compare(string(a), string(b))
	})
	all := 0
	var words []string
	for _, f := range fields {
		all += l.byField[f]
		words = append(words, fmt.Sprintf("%s %d", f, l.byField[f]))
	}
	return fmt.Sprintf("losses: %d records lose %d values in %s (%s)", l.records, all, l.to.Name, strings.Join(words, ", "))
}
