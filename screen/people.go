package screen

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/strictjson"
	"github.com/evidence-go/evidence/record"
)

// Finder finds records by what people call them.
type Finder struct {
	byName map[string]*record.Record // nil for a name that two records have
}

// NewFinder makes a finder over a set of records. Merged records are found by
// the keys and IDs of their members too. A nil among the records is passed over.
func NewFinder(records []*record.Record) *Finder {
	f := &Finder{byName: map[string]*record.Record{}}
	for _, r := range records {
		if r == nil {
			continue
		}
		f.add("id:"+string(r.ID()), r)
		f.add("key:"+r.Key, r)
		for _, m := range r.Members {
			f.add("id:"+string(m.ID), r)
			f.add("key:"+m.Key, r)
		}
		f.add("doi:"+string(r.DOI), r)
		f.add("pmid:"+string(r.PMID), r)
		f.add("pmcid:"+string(r.PMCID), r)
		for _, x := range r.Identifiers {
			if x.Scheme == "doi" || x.Scheme == "pmid" || x.Scheme == "pmcid" {
				f.add(x.Scheme+":"+x.Value, r)
			}
		}
		f.add("title:"+fold.Key(r.Title), r)
	}
	return f
}

func (f *Finder) add(name string, r *record.Record) {
	if strings.HasSuffix(name, ":") {
		return
	}
	if other, ok := f.byName[name]; ok && other != r {
		r = nil
	}
	f.byName[name] = r
}

// Find gives the record that a name stands for: "doi:10.5555/1", "pmid:123",
// "pmcid:PMC1", "key:Smith2012", "id:r1-…", "title:…", or without a prefix the
// first of these that fits. The error says whether none or several are so called.
func (f *Finder) Find(name string) (*record.Record, error) {
	name = strings.TrimSpace(name)
	for _, n := range nameForms(name) {
		r, ok := f.byName[n]
		switch {
		case ok && r == nil:
			return nil, fmt.Errorf("%q is the name of several records", name)
		case ok:
			return r, nil
		}
	}
	return nil, fmt.Errorf("no record is called %q", name)
}

// nameForms gives the ways in which a name may stand in the index.
func nameForms(name string) []string {
	var out []string
	kind, value, prefixed := strings.Cut(name, ":")
	kind = strings.ToLower(kind)
	try := func(k string) {
		v := strings.TrimSpace(value)
		switch k {
		case "doi":
			if doi, ok := record.ParseDOI(v); ok {
				v = string(doi)
			}
		case "pmid":
			if id, ok := record.ParsePMID(v); ok {
				v = string(id)
			}
		case "title":
			v = fold.Key(v)
		}
		out = append(out, k+":"+v)
	}
	kinds := []string{"id", "key", "doi", "pmid", "pmcid", "title"}
	if prefixed && slices.Contains(kinds, kind) {
		try(kind)
	}
	value = name
	for _, k := range kinds {
		try(k)
	}
	return out
}

// decisionColumns are the columns of a file of decisions; record, by and verdict
// must be there, and stage where the protocol has more than one.
var decisionColumns = []string{"record", "stage", "by", "verdict", "reason", "note", "date"}

// verdictWords are the words that people write for a verdict.
var verdictWords = map[string]Verdict{
	"include": Include, "included": Include, "yes": Include, "in": Include,
	"exclude": Exclude, "excluded": Exclude, "no": Exclude, "out": Exclude,
	"unsure": Unsure, "maybe": Unsure, "unclear": Unsure,
}

// ReadDecisions reads persons' decisions from a CSV file with a header: the
// columns record, stage, by, verdict, reason, note and date in any order. record
// is a name in the sense of Finder.Find. The decisions of the good rows are
// returned together with an error that joins what is wrong with the others, one
// error with its line for each: an unknown record, stage, verdict or reason.
func (p *Plan) ReadDecisions(src io.Reader, name string, records []*record.Record) ([]Decision, error) {
	rows := csv.NewReader(src)
	rows.TrimLeadingSpace = true
	head, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: the file is empty; a header with the columns %s was expected", name, strings.Join(decisionColumns, ", "))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	at, err := p.columns(head)
	if err != nil {
		return nil, fmt.Errorf("%s:1: %w", name, err)
	}
	finder := NewFinder(records)
	var out []Decision
	var faults []error
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return out, errors.Join(faults...)
		}
		if err != nil { // its text names the line
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
			continue
		}
		line, _ := rows.FieldPos(0)
		d, err := p.decisionOf(row, at, finder)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, line, err))
			continue
		}
		out = append(out, d)
	}
}

// columns finds the columns by their names.
func (p *Plan) columns(head []string) (map[string]int, error) {
	at := map[string]int{}
	for i, h := range head {
		h = strings.ToLower(strings.Trim(h, " \ufeff"))
		if !slices.Contains(decisionColumns, h) {
			return nil, fmt.Errorf("column %q is not known%s", h, strictjson.DidYouMean(h, decisionColumns))
		}
		at[h] = i
	}
	for _, must := range []string{"record", "by", "verdict"} {
		if _, ok := at[must]; !ok {
			return nil, fmt.Errorf("the column %q is missing", must)
		}
	}
	if _, ok := at["stage"]; !ok && len(p.stages) > 1 {
		return nil, fmt.Errorf("the column %q is missing, and the protocol has %d stages", "stage", len(p.stages))
	}
	return at, nil
}

// decisionOf reads one row.
func (p *Plan) decisionOf(row []string, at map[string]int, finder *Finder) (Decision, error) {
	get := func(column string) string {
		if i, ok := at[column]; ok && i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	stageName := get("stage")
	if _, ok := at["stage"]; !ok && len(p.stages) > 0 {
		stageName = p.stages[0].Name
	}
	if err := p.checkStage(stageName); err != nil {
		return Decision{}, err
	}
	v, ok := verdictWords[strings.ToLower(get("verdict"))]
	if !ok {
		return Decision{}, fmt.Errorf("%q is not a verdict; include, exclude or unsure was expected", get("verdict"))
	}
	switch get("by") {
	case "":
		return Decision{}, errors.New("the column by is empty; whose decision is it?")
	case ByRule, ByStage:
		return Decision{}, fmt.Errorf("the column by holds %q, which is what decisions of the protocol itself carry; a person was expected", get("by"))
	}
	reason := get("reason")
	if err := p.checkReason(reason); err != nil {
		return Decision{}, err
	}
	r, err := finder.Find(get("record"))
	if err != nil {
		return Decision{}, err
	}
	d := Human(get("by"), stageName, r, v, reason)
	d.Note, d.Date, d.Protocol = get("note"), get("date"), p.hash
	return d, nil
}
