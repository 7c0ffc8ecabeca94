package flow

// phase is one of the three parts of the diagram.
type phase struct {
	title string
	rows  []row
}

// row is a line of boxes: one in the main column, and beside it what left the
// flow there. other is the box of the column of other methods.
type row struct {
	main, side, other *box
}

func (r row) boxes() []*box {
	var out []*box
	for _, b := range []*box{r.main, r.other, r.side} {
		if b != nil {
			out = append(out, b)
		}
	}
	return out
}

// box is a frame with lines of text. The first is its heading.
type box struct {
	lines []line
	side  bool // stands beside the flow: what left it
	open  bool // holds what waits for a decision
}

type line struct {
	text  string
	depth int // 0 for what the box counts, 1 for what it is made of
}

// n writes a number as the template of PRISMA does.
func n(count int) string { return "(n = " + grouped(count) + ")" }

func counted(text string, count int) line { return line{text: text + " " + n(count)} }

func part(text string, count int) line { return line{text + " " + n(count), 1} }

// layout gives the boxes of the diagram from top to bottom.
func (f *Flow) layout() []phase {
	identification := phase{title: "Identification", rows: []row{{main: f.identified(), side: f.removed(), other: f.otherMethods()}}}
	screening := phase{title: "Screening"}
	for i, s := range f.Stages {
		screening.rows = append(screening.rows, s.rows(i, len(f.Stages))...)
	}
	return []phase{identification, screening, {title: "Included", rows: []row{{main: f.included()}}}}
}

func (f *Flow) identified() *box {
	b := &box{}
	if len(f.Databases)+len(f.Registers) == 0 && len(f.Other) > 0 {
		b.lines = append(b.lines, counted("Records identified from databases and registers", 0))
		return b
	}
	b.list("Records identified from databases", f.Databases)
	if len(f.Registers) > 0 {
		b.list("Records identified from registers", f.Registers)
	}
	return b
}

func (f *Flow) otherMethods() *box {
	if len(f.Other) == 0 {
		return nil
	}
	b := &box{}
	b.list("Records identified by other methods", f.Other)
	return b
}

func (b *box) list(heading string, sources []Source) {
	b.lines = append(b.lines, counted(heading, sumSources(sources)))
	for _, s := range sources {
		b.lines = append(b.lines, part(s.Name, s.Records))
	}
}

func (f *Flow) removed() *box {
	b := &box{side: true, lines: []line{counted("Duplicate records removed before screening", f.Duplicates)}}
	if len(f.Other) > 0 {
		b.lines = append(b.lines, line{"Of all records, those found by other methods among them", 1})
	}
	return b
}

// rows are the boxes of one stage.
func (s Stage) rows(i, stages int) []row {
	var out []row
	if s.Retrieve {
		r := row{main: &box{lines: []line{counted("Reports sought for retrieval", s.Entered)}}, side: &box{side: true}}
		r.side.lines = append(r.side.lines, counted("Reports not retrieved", s.NotRetrieved))
		if len(s.NotRetrievedReasons) > 1 {
			r.side.reasons(s.NotRetrievedReasons)
		}
		out = append(out, r)
	}
	r := row{main: &box{lines: []line{counted(s.heading(i, stages), s.Assessed())}}, side: &box{side: true}}
	what := "Records"
	if s.Reports {
		what = "Reports"
	}
	r.side.lines = append(r.side.lines, line{text: what + " excluded " + s.split()})
	if !s.Retrieve && s.NotRetrieved > 0 {
		r.side.lines = append(r.side.lines, counted("Reports not retrieved", s.NotRetrieved))
		r.side.reasons(s.NotRetrievedReasons)
	}
	r.side.reasons(s.Reasons)
	out = append(out, r)
	if s.Awaiting+s.Conflict > 0 {
		out = append(out, row{side: s.waiting(what)})
	}
	return out
}

// heading is what the box of those judged is called. The title of a stage is
// given where PRISMA's words would not tell two boxes apart.
func (s Stage) heading(i, stages int) string {
	switch {
	case s.Reports && (s.Retrieve || i == 0):
		return "Reports assessed for eligibility"
	case s.Reports:
		return "Reports assessed: " + s.label()
	case i > 0 || stages > 2:
		return "Records screened: " + s.label()
	}
	return "Records screened"
}

// split counts the excluded and says who excluded them, where it was not persons
// alone: "(n = 30; 18 by rule, 12 by persons)". It stands in the heading, apart from
// the reasons, since both sum up to the same number.
func (s Stage) split() string {
	out := "(n = " + grouped(s.Excluded)
	if s.ByRule+s.ByDefault == 0 {
		return out + ")"
	}
	mark := "; "
	for _, p := range []struct {
		count int
		who   string
	}{{s.ByRule, "by rule"}, {s.ByPerson, "by persons"}, {s.ByDefault, "by the protocol's default for undecided ones"}} {
		if p.count > 0 {
			out += mark + grouped(p.count) + " " + p.who
			mark = ", "
		}
	}
	return out + ")"
}

func (b *box) reasons(list []Reason) {
	for _, r := range list {
		b.lines = append(b.lines, part(r.Text, r.Records))
	}
}

// waiting is the box of what a review in progress has still to decide.
func (s Stage) waiting(what string) *box {
	b := &box{side: true, open: true, lines: []line{counted(what+" without a final decision", s.Awaiting+s.Conflict)}}
	if s.Awaiting > 0 {
		b.lines = append(b.lines, part("Awaiting a decision", s.Awaiting))
	}
	if s.Conflict > 0 {
		b.lines = append(b.lines, part("In conflict, awaiting an arbiter", s.Conflict))
	}
	return b
}

func (f *Flow) included() *box {
	b := &box{}
	if f.Studies != nil {
		b.lines = append(b.lines, counted("Studies included in review", *f.Studies))
	}
	what := "Records"
	if len(f.Stages) > 0 && f.Stages[len(f.Stages)-1].Reports {
		what = "Reports"
	}
	text := what + " included in review"
	if f.Studies != nil {
		text = "Reports of included studies"
	}
	if !f.Finished() {
		text += " so far"
	}
	b.lines = append(b.lines, counted(text, f.Included()))
	if f.Reported != nil && *f.Reported != f.Included() {
		b.lines = append(b.lines, part("Reported here", *f.Reported), part("Included, not reported", f.Included()-*f.Reported))
	}
	return b
}
