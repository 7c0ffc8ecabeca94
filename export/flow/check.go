package flow

import (
	"errors"
	"fmt"
	"strconv"
)

// Check tells whether every box adds up with those that lead to it. The error
// joins one for each that does not.
func (f *Flow) Check() error { return f.check("the screening") }

// check does it; keeper is what holds the numbers of the stages, for the words
// of the error.
func (f *Flow) check(keeper string) error {
	var c sums
	if len(f.Databases)+len(f.Registers)+len(f.Other) == 0 {
		c.fault("records identified", "the manifest names no file")
	}
	if f.Duplicates < 0 || f.Duplicates > f.Identified() {
		c.fault("duplicates removed", "%s of %s identified cannot be", grouped(f.Duplicates), grouped(f.Identified()))
	}
	if len(f.Stages) == 0 {
		c.fault("records screened", "the protocol has no stage")
	}
	for i, s := range f.Stages {
		want := f.Identified() - f.Duplicates
		from := fmt.Sprintf("%s identified − %s", grouped(f.Identified()), many(f.Duplicates, "duplicate", "duplicates"))
		if i > 0 {
			want = f.Stages[i-1].Included
			from = fmt.Sprintf("stage %q, which included as many", f.Stages[i-1].Name)
		}
		if s.Entered != want {
			c.fault(s.enterBox(i), "%s expected from %s, %s has %s%s", grouped(want), from, keeper, grouped(s.Entered), hint(s.Entered, want))
		}
		c.stage(i, s)
	}
	if f.Reported != nil && (*f.Reported < 0 || *f.Reported > f.Included()) {
		c.fault("reported", "%s of %s included cannot be", grouped(*f.Reported), grouped(f.Included()))
	}
	if f.Studies != nil && (*f.Studies < 0 || *f.Studies > f.Included()) {
		c.fault("studies included", "%s in %s cannot be", many(*f.Studies, "study", "studies"), many(f.Included(), "report", "reports"))
	}
	return errors.Join(c.faults...)
}

// sums gathers the boxes that do not add up.
type sums struct{ faults []error }

func (c *sums) fault(box, format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf("flow: %s: %s", box, fmt.Sprintf(format, args...)))
}

func (c *sums) stage(i int, s Stage) {
	for _, n := range []int{s.Entered, s.Included, s.Excluded, s.Awaiting, s.Conflict, s.NotRetrieved, s.ByRule, s.ByPerson, s.ByDefault} {
		if n < 0 {
			c.fault(s.enterBox(i), "stage %q holds a number below 0: %d", s.Name, n)
		}
	}
	if sum := s.Included + s.Excluded + s.Awaiting + s.Conflict; sum != s.Assessed() {
		c.fault(s.enterBox(i), "of %s assessed, %s included, %s excluded, %s waiting and %s in conflict make %s",
			grouped(s.Assessed()), grouped(s.Included), grouped(s.Excluded), grouped(s.Awaiting), grouped(s.Conflict), grouped(sum))
	}
	if sum := sumReasons(s.NotRetrievedReasons); sum != s.NotRetrieved {
		c.fault("reports not retrieved", "%s, but the reasons make %s", grouped(s.NotRetrieved), grouped(sum))
	}
	if sum := sumReasons(s.Reasons); sum != s.Excluded {
		c.fault(s.excludedBox(), "%s, but the reasons make %s", grouped(s.Excluded), grouped(sum))
	}
	if sum := s.ByRule + s.ByPerson + s.ByDefault; sum != s.Excluded {
		c.fault(s.excludedBox(), "%s, but %s by rule, %s by persons and %s by the stage's default make %s",
			grouped(s.Excluded), grouped(s.ByRule), grouped(s.ByPerson), grouped(s.ByDefault), grouped(sum))
	}
}

// enterBox names the box of what came to a stage.
func (s Stage) enterBox(i int) string {
	switch {
	case s.Retrieve:
		return "reports sought for retrieval"
	case s.Reports:
		return "reports assessed (" + s.label() + ")"
	case i > 0:
		return "records screened (" + s.label() + ")"
	}
	return "records screened"
}

func (s Stage) excludedBox() string {
	if s.Reports {
		return "reports excluded"
	}
	return "records excluded"
}

func sumReasons(list []Reason) int {
	n := 0
	for _, r := range list {
		n += r.Records
	}
	return n
}

// hint says what is commonly the matter.
func hint(got, want int) string {
	if got < want {
		return "; records that came in after the screening, or were not given to it, are missing"
	}
	return "; decisions about records that are not among those identified may be in it"
}

// grouped writes a number with a comma between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func many(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + more
}
