package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/export/table"
	"github.com/evidence-go/evidence/internal/words"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
)

// search is one file and what was asked for it.
type search struct {
	Database, Platform, Kind, Date, Strategy string
	Reported, Records, Missing, Problems     string
	File, Format, SHA256                     string
}

// methods says what was done, from the options that were used.
func (b *builder) methods() {
	add := func(heading, text string) {
		if text != "" {
			b.p.Methods = append(b.p.Methods, paragraph{heading, text})
		}
	}
	add("Searching", b.searchMethods())
	if b.in.Result != nil {
		add("Deduplication", b.in.Result.Methods())
	}
	add("Screening", b.screenMethods())
	add("Selection", b.selectionMethods())
	if b.in.Summary != nil {
		add("Synthesis", b.in.Summary.Methods())
	}
}

func (b *builder) searchMethods() string {
	m := b.in.Manifest
	if len(m) == 0 {
		return ""
	}
	databases, registers, others := 0, 0, 0
	for _, l := range m {
		switch {
		case l.OtherMethod != "":
			others++
		case l.Register:
			registers++
		default:
			databases++
		}
	}
	var parts []string
	for _, k := range []struct {
		n         int
		one, more string
	}{{databases, "file from a database", "files from databases"}, {registers, "file from a register", "files from registers"},
		{others, "file from other methods", "files from other methods"}} {
		if k.n > 0 {
			parts = append(parts, words.Count(k.n, k.one, k.more))
		}
	}
	return fmt.Sprintf("%s were read from %s. Each file is listed below with what was asked for and, where it is known, how many records the database reported; "+
		"its checksum tells whether a file at hand is the one that was read.", words.Count(m.Records(), "record", "records"), strings.Join(parts, ", "))
}

func (b *builder) screenMethods() string {
	if b.in.Plan == nil {
		return ""
	}
	p := b.in.Plan.Protocol()
	rules := 0
	var stages []string
	for _, s := range p.Stages {
		rules += len(s.Rules)
		stages = append(stages, stageLabel(s.Title, s.Name))
	}
	text := fmt.Sprintf("Records were screened by protocol version %s in %s (%s) with %s. A rule decides only where its condition is met by what stands in the record; "+
		"persons' decisions go before those of rules", b.in.Plan.Hash(), words.Count(len(stages), "stage", "stages"), strings.Join(stages, ", "), words.Count(rules, "rule", "rules"))
	if len(p.Arbiters) > 0 {
		text += ", and an arbiter (" + strings.Join(p.Arbiters, ", ") + ") settles what persons disagree on"
	}
	text += "."
	for _, s := range p.Stages {
		switch s.Undecided {
		case screen.Include:
			text += fmt.Sprintf(" At the stage “%s” records that nothing settled went on.", stageLabel(s.Title, s.Name))
		case screen.Exclude:
			text += fmt.Sprintf(" At the stage “%s” records that nothing settled were left out (%s).", stageLabel(s.Title, s.Name), b.in.Plan.ReasonText(s.UndecidedReason))
		}
	}
	return text
}

func stageLabel(title, name string) string {
	if title == "" {
		return name
	}
	return title
}

func (b *builder) selectionMethods() string {
	sel := b.in.Selection
	if sel == nil || sel.Cap == nil && len(sel.Ranks) < 2 {
		return ""
	}
	var ranks []string
	for _, r := range sel.Ranks {
		ranks = append(ranks, fmt.Sprintf("%s (%d of %d reported)", r.Name, r.Reported, r.Records))
	}
	text := "Included records were put in this order for reporting: " + strings.Join(ranks, ", ") + "; within a rank the higher score first, then the newer."
	if sel.Cap != nil {
		text += fmt.Sprintf(" The protocol reports at most %d.", *sel.Cap)
	}
	return text
}

func (b *builder) searches() {
	for _, l := range b.in.Manifest {
		s := search{Database: l.Database, Platform: l.Platform, Kind: table.SourceKind(l), Date: l.DateSearched, Strategy: l.Strategy, Records: words.Number(l.Records),
			Problems: words.Number(l.Problems), File: l.File, Format: l.Format, SHA256: l.SHA256}
		if l.Reported != nil {
			s.Reported = words.Number(*l.Reported)
			if n := l.Missing(); n != 0 {
				s.Missing = words.Number(n)
			}
		}
		b.p.Searches = append(b.p.Searches, s)
	}
}

// problemGroup is all problems of one kind.
type problemGroup struct {
	Code  string
	Loses bool
	Count string
	Items []problem
}

type problem struct{ Place, Tag, Text, Value, Record string }

// problems groups them by kind: those that lost something first, each group in
// the order given.
func (b *builder) problems() {
	at := map[record.Code]int{}
	var groups []problemGroup
	for _, p := range b.in.Problems {
		i, ok := at[p.Code]
		if !ok {
			i = len(groups)
			at[p.Code] = i
			groups = append(groups, problemGroup{Code: string(p.Code), Loses: p.Code.Loses()})
		}
		place := p.File
		if p.Line > 0 {
			place += ":" + strconv.Itoa(p.Line)
		}
		if p.Column > 0 {
			place += ":" + strconv.Itoa(p.Column)
		}
		groups[i].Items = append(groups[i].Items, problem{place, p.Tag, p.Text, p.Value, p.Record})
	}
	for _, loses := range []bool{true, false} {
		for _, g := range groups {
			if g.Loses == loses {
				g.Count = words.Number(len(g.Items))
				b.p.Problems = append(b.p.Problems, g)
			}
		}
	}
}
