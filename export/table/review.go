package table

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
)

// Searches lists what was searched: the facts that PRISMA-S asks for (Rethlefsen
// et al. 2021) and what the files gave.
func Searches(manifest record.Manifest) Table {
	t := Table{Name: "searches", Columns: []string{"database", "platform", "source", "date_searched", "strategy", "reported", "records", "missing",
		"problems", "file", "format", "bytes", "sha256"}}
	for _, l := range manifest {
		reported, missing := "", ""
		if l.Reported != nil {
			reported, missing = strconv.Itoa(*l.Reported), strconv.Itoa(l.Missing())
		}
		t.add(l.Database, l.Platform, SourceKind(l), l.DateSearched, l.Strategy, reported, strconv.Itoa(l.Records), missing,
			strconv.Itoa(l.Problems), l.File, l.Format, strconv.FormatInt(l.Bytes, 10), l.SHA256)
	}
	return t
}

// SourceKind is "database", "register" or the other method by which a file's
// records were found.
func SourceKind(l record.Load) string {
	if l.OtherMethod == "" && l.Register {
		return "register"
	}
	return cmp.Or(l.OtherMethod, "database")
}

// Problems lists what was odd in the files, in the order given.
func Problems(problems []record.Problem) Table {
	t := Table{Name: "problems", Columns: []string{"file", "line", "column", "tag", "code", "loses", "text", "value", "record"}}
	for _, p := range problems {
		t.add(p.File, number(p.Line), number(p.Column), p.Tag, string(p.Code), yes(p.Code.Loses()), p.Text, p.Value, p.Record)
	}
	return t
}

// Duplicates lists every record of every group of duplicates; the first of a
// group has no link, each further one the strongest of those that joined it.
func Duplicates(res *dedupe.Result) Table {
	t := Table{Name: "duplicates", Columns: []string{"group", "record", "key", "title", "year", "source", "rule", "score", "linked_to", "why"}}
	if res == nil {
		return t
	}
	for i, g := range res.Groups {
		for n, r := range g.Records {
			var rule, score, other, why string
			if l, ok := strongest(g.Links, r); ok && n > 0 {
				rule, score, why = l.Rule, decimals(l.Score), l.Why
				other = string(l.A.ID())
				if l.A == r {
					other = string(l.B.ID())
				}
			}
			t.add(strconv.Itoa(i+1), string(r.ID()), r.Key, r.Title, number(r.Date.Year), place(r.Source), rule, score, other, why)
		}
	}
	return t
}

// strongest is the best link of a record, the first of equally good ones.
func strongest(links []dedupe.Link, r *record.Record) (best dedupe.Link, ok bool) {
	for _, l := range links {
		if (l.A == r || l.B == r) && (!ok || l.Score > best.Score) {
			best, ok = l, true
		}
	}
	return best, ok
}

// Doubtful lists the pairs that a person should look at, the most unsure first.
func Doubtful(res *dedupe.Result) Table {
	t := Table{Name: "doubtful", Columns: []string{"score", "why", "record_a", "title_a", "source_a", "record_b", "title_b", "source_b"}}
	if res == nil {
		return t
	}
	for _, l := range res.Doubtful {
		t.add(decimals(l.Score), l.Why, string(l.A.ID()), l.A.Title, place(l.A.Source), string(l.B.ID()), l.B.Title, place(l.B.Source))
	}
	return t
}

// Related lists the pairs that belong together and are two works.
func Related(res *dedupe.Result) Table {
	t := Table{Name: "related", Columns: []string{"kind", "why", "record_a", "title_a", "source_a", "record_b", "title_b", "source_b"}}
	if res == nil {
		return t
	}
	for _, l := range res.Related {
		t.add(string(l.Kind), l.Why, string(l.A.ID()), l.A.Title, place(l.A.Source), string(l.B.ID()), l.B.Title, place(l.B.Source))
	}
	return t
}

// Decisions lists decisions in the order given, each with the words and places
// that it rests on. plan gives the words of the reasons; it may be nil.
func Decisions(plan *screen.Plan, decisions []screen.Decision) Table {
	t := Table{Name: "decisions", Columns: []string{"stage", "record", "key", "verdict", "reason", "reason_text", "rule", "by", "arbiter", "why",
		"evidence", "note", "date", "protocol"}}
	for _, d := range decisions {
		text := ""
		if plan != nil && d.Reason != "" {
			text = plan.ReasonText(d.Reason)
		}
		t.add(d.Stage, string(d.RecordID), d.Key, verdict(d.Verdict), d.Reason, text, d.Rule, d.By, yes(d.Arbiter), d.Why,
			evidence(d.Evidence), d.Note, d.Date, d.Protocol)
	}
	return t
}

// verdict writes the zero verdict out.
func verdict(v screen.Verdict) string { return cmp.Or(string(v), "undecided") }

// evidence writes places with their texts: "title 14-26: peer support".
func evidence(spans []record.Span) string {
	var parts []string
	for _, s := range spans {
		where := string(s.Field)
		if s.Item > 0 {
			where += "[" + strconv.Itoa(s.Item+1) + "]"
		}
		parts = append(parts, where+" "+strconv.Itoa(s.Start)+"-"+strconv.Itoa(s.End)+": "+s.Text)
	}
	return strings.Join(parts, " | ")
}

// Stages lists the account of each stage and the number of each reason.
func Stages(tallies []screen.Tally) Table {
	t := Table{Name: "stages", Columns: []string{"stage", "what", "code", "records"}}
	for _, s := range tallies {
		for _, n := range []struct {
			what  string
			count int
		}{
			{"entered", s.Entered}, {"included", s.Included}, {"excluded", s.Excluded}, {"undecided", s.Undecided}, {"in conflict", s.Conflicts},
			{"settled by rule", s.ByRule}, {"settled by persons", s.ByPerson}, {"settled by default", s.ByDefault},
		} {
			t.add(s.Stage, n.what, "", strconv.Itoa(n.count))
		}
		for _, r := range s.Reasons {
			t.add(s.Stage, r.Text, r.Code, strconv.Itoa(r.Count))
		}
		if s.Unreasoned > 0 {
			t.add(s.Stage, "no reason given", "", strconv.Itoa(s.Unreasoned))
		}
	}
	return t
}

// Left lists the records that met the criteria and are not reported.
func Left(sel *screen.Selection) Table {
	t := Table{Name: "left", Columns: []string{"place", "record", "key", "rank", "why"}}
	if sel == nil {
		return t
	}
	for _, l := range sel.Left {
		t.add(strconv.Itoa(l.Place), string(l.RecordID), l.Key, l.Rank, l.Why)
	}
	return t
}

func (t *Table) add(cells ...string) { t.Rows = append(t.Rows, cells) }

// number leaves out what is not known.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

func decimals(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }

// place says where a record was read: "MEDLINE (medline.nbib:120)".
func place(s record.Source) string {
	where := s.File
	if s.Line > 0 {
		where += ":" + strconv.Itoa(s.Line)
	}
	switch {
	case s.Database == "":
		return where
	case where == "":
		return s.Database
	}
	return s.Database + " (" + where + ")"
}

// places says where all members of a record were read, each place once.
func places(r *record.Record) string {
	var out []string
	for _, s := range r.Sources() {
		if p := place(s); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return strings.Join(out, "; ")
}
