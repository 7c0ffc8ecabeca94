package ris

import (
	"cmp"

	"github.com/evidence-go/evidence/record"
)

// seats are the people under A2, A3 and A4 of one type of work; "" where they
// are those of any other type, aside where the value names no person.
type seats [3]record.Role

const aside record.Role = "-"

// sponsor is who paid for a conference: an organisation, which is a contributor. A
// person there is the translator, whom Zotero writes under the same tag.
const sponsor record.Role = "sponsor"

// seatsOf are the types whose A2, A3 or A4 hold others than editors, editors of
// series and translators, as EndNote labels them and Zotero writes them.
var seatsOf = map[string]seats{
	"BILL":   {record.Author, record.Contrib, record.Contrib}, // its sponsor, by whom it is cited; cosponsors
	"CASE":   {"", aside, record.Contrib},                     // A2 the reporter, see secondPerson; the higher court; counsel
	"LEGAL":  {aside, aside, record.Contrib},                  // the issuing organisation
	"PAT":    {aside, record.Contrib, record.Contrib},         // the assignee
	"RPRT":   {"", record.Contrib, record.Contrib},            // the publisher; the department
	"GOVDOC": {record.Contrib, record.Contrib, record.Contrib},
	"DATA":   {record.Contrib, record.Contrib, record.Contrib}, // producer; funding agency
	"ADVS":   {record.Contrib, record.SeriesEditor, record.Contrib},
	"MPCT":   {record.Contrib, record.Contrib, record.Contrib}, // producer; performers
	"VIDEO":  {record.Contrib, record.Contrib, record.Contrib},
	"SOUND":  {record.Contrib, record.Contrib, record.Contrib},
	"MUSIC":  {"", "", record.Contrib},
	"CONF":   {"", "", sponsor},
	"PCOMM":  {record.Contrib, "", ""}, // the recipient, the interviewer
	"ICOMM":  {record.Contrib, "", ""},
	"SLIDE":  {record.Contrib, "", ""},
	"BLOG":   {"", record.Contrib, ""},
	"CTLG":   {record.Contrib, "", ""}, // the institution
	"PAMP":   {record.Contrib, "", ""},
	"CHART":  {aside, "", ""}, // the name of the file
	"EQUA":   {aside, "", ""},
	"FIGURE": {aside, "", ""},
	"EBOOK":  {record.Editor, record.SeriesEditor, ""},
	"SER":    {"", "", record.Editor},
	"MAP":    {record.SeriesEditor, "", ""},
	"COMP":   {record.SeriesEditor, "", ""},
	"MULTI":  {record.SeriesEditor, "", ""},
	"WEB":    {record.SeriesEditor, "", ""},
}

// seatTags are the tags of seats, in order.
var seatTags = [...]string{"A2", "A3", "A4"}

// seatRole gives the role of the people under A2, A3 or A4, by its place among
// seatTags: of what the work stands in A2 is the editor and A3 that of its series, of a
// whole book or report the other way round, and A3 of a thesis its advisor.
func seatRole(code string, kind record.Kind, seat int) record.Role {
	if role := seatsOf[code][seat]; role != "" {
		return role
	}
	switch {
	case seat == 2:
		return record.Translator
	case seat == 1 && kind == record.Thesis:
		return record.Advisor
	case whole(kind) == (seat == 1):
		return record.Editor
	}
	return record.SeriesEditor
}

// seatFor gives the tag that a role is written under, "" where the type has none:
// ED for editors, else the one that is read as it, else one of other contributors.
func seatFor(code string, kind record.Kind, role record.Role) string {
	switch role {
	case record.Editor:
		return "ED"
	case record.SeriesEditor, record.Translator, record.Advisor, record.Contrib:
	default:
		return ""
	}
	other := ""
	for i, tag := range seatTags {
		switch seatRole(code, kind, i) {
		case role:
			return tag
		case record.Contrib, sponsor:
			other = cmp.Or(other, tag)
		}
	}
	return other
}

// seated reads A2, A3 or A4.
func seated(seat int) func(*builder, item) {
	return func(b *builder, it item) {
		if role := seatRole(b.code, b.r.Kind, seat); role != aside {
			b.person(role, it)
			return
		}
		b.keep(it)
	}
}
