package table

import (
	"fmt"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
)

func TestTheDocumentOfToolsListsTheColumnsOfEach(t *testing.T) {
	suite.Document(t, "../../docs/formats/tools.md", toolList()+toolTables())
}

func toolList() string {
	var b strings.Builder
	b.WriteString("## Tools\n\n| dialect | tool | known by a header with | `source.database` | `source.platform` |\n|---|---|---|---|---|\n")
	for _, d := range dialects {
		var sets []string
		for _, set := range d.known {
			sets = append(sets, strings.Join(d.marksAsWritten(set), " + "))
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", d.name, d.title, strings.Join(sets, "; or "), orNone(d.database), orNone(d.platform))
	}
	return b.String() + "\n"
}

// marksAsWritten gives the names of marks as the tool writes them.
func (d *dialect) marksAsWritten(set []string) []string {
	var out []string
	for _, mark := range set {
		for _, c := range d.columns {
			for name := range strings.SplitSeq(c.names, "|") {
				if spelling(name) == mark {
					out = append(out, name)
				}
			}
		}
	}
	return out
}

func orNone(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func toolTables() string {
	var b strings.Builder
	b.WriteString("## Columns of each tool\n\n")
	for _, d := range dialects {
		fmt.Fprintf(&b, "### %s\n\n| column | goes to |\n|---|---|\n", d.title)
		for _, c := range d.columns {
			to := "`extra`"
			if c.column != "" {
				to = "`" + c.column + "`"
			}
			fmt.Fprintf(&b, "| %s | %s |\n", strings.ReplaceAll(c.names, "|", ", "), to)
		}
		b.WriteString("\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}
