package pubmed

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// field is one tag of MEDLINE: how its value is read and how the fields of a
// record are written under it. What Extra has under the tag is written behind
// them.
type field struct {
	tag   string
	read  func(b *builder, v string)
	write func(w *lines, r *record.Record)
}

// fields are the tags of MEDLINE in the order in which NLM writes them. A nil
// write means that no field is written there, or that another row does it.
var fields = slices.Concat([]field{
	{"PMID", (*builder).pmid, func(w *lines, r *record.Record) { w.put("PMID", or(validPMID(r), first(extra(r, "PMID")))) }},
	kept("OWN"),
	kept("STAT"),
	dated("DA", record.Entered, "created"),
	dated("DCOM", record.Completed, ""),
	dated("LR", record.Modified, ""),
	{"DRDT", readEvent(record.Modified, ""), nil},
	{"IS", (*builder).issn, writeISSN},
	{"ISSN", (*builder).issn, nil},
	{"ISBN", (*builder).isbn, func(w *lines, r *record.Record) { each(w, "ISBN", r.In.ISBN) }},
	one("VI", func(r *record.Record) *string { return &r.In.Volume }),
	one("IP", func(r *record.Record) *string { return &r.In.Issue }),
	{"DP", func(b *builder, v string) { d, ok := parseDate(v); b.published(d, ok, v) }, func(w *lines, r *record.Record) { w.put("DP", citedDate(r.Date)) }},
	{"TI", func(b *builder, v string) { b.single(&b.title, v) }, writeTitle},
	{"BTI", func(b *builder, v string) { b.single(&b.book, v) }, writeBook},
	one("CTI", func(r *record.Record) *string { return &r.In.Series }),
	kept("VTI"),
	one("EN", func(r *record.Record) *string { return &r.In.Edition }),
	one("PB", func(r *record.Record) *string { return &r.In.Publisher }),
	one("PG", func(r *record.Record) *string { return &r.In.Pages }),
	{"LID", readID, writeLID},
	{"AB", readAbstract, func(w *lines, r *record.Record) { w.put("AB", r.Abstract.Text) }},
	one("CI", func(r *record.Record) *string { return &r.Abstract.Copyright }),
}, []field{
	{"FAU", readFull(record.Author), writeAuthors},
	{"AU", readShort(record.Author), nil},
	{"AUID", readAUID, nil},
	{"AD", readAffiliation, nil},
	{"CN", func(b *builder, v string) { b.person(record.Author, record.Name{Literal: v}); b.pair = fromBoth }, nil},
	{"FED", readFull(record.Editor), people("FED", "ED", record.Editor)},
	{"ED", readShort(record.Editor), nil},
	{"LA", (*builder).language, func(w *lines, r *record.Record) {
		for _, l := range r.Languages {
			w.put("LA", record.LanguageMARC(l))
		}
	}},
	{"SI", func(b *builder, v string) { bank, number, _ := strings.Cut(v, "/"); b.databank(bank, number) }, writeDatabanks},
	{"GR", func(b *builder, v string) { b.r.Funding = append(b.r.Funding, parseGrant(v)) }, func(w *lines, r *record.Record) {
		for _, g := range r.Funding {
			w.put("GR", grantLine(g))
		}
	}},
	{"PT", func(b *builder, v string) { b.r.Types = b.texts.add(b.r.Types, v) }, func(w *lines, r *record.Record) { each(w, "PT", typesOf(r)) }},
	{"TT", func(b *builder, v string) { b.single(&b.r.OriginalTitle, v) }, func(w *lines, r *record.Record) { w.put("TT", pointed(r.OriginalTitle)) }},
	dated("DEP", record.Electronic, ""),
	{"PL", func(b *builder, v string) { b.single(&b.r.In.Country, v) }, writePlace},
	one("TA", func(r *record.Record) *string { return &r.In.Abbrev }),
	{"JT", func(b *builder, v string) { b.single(&b.r.In.Title, v) }, writeJournal},
	one("JID", func(r *record.Record) *string { return &r.In.NLMID }),
	kept("RN"),
	headings("NM", supplementary),
	kept("SB"),
	{"OAB", readOtherAbstract, writeOtherAbstracts},
	{"OABL", func(b *builder, v string) {
		if a := b.lastOther(); a != nil {
			a.Language = record.Language(v)
		}
	}, nil},
	{"OCI", func(b *builder, v string) {
		if a := b.lastOther(); a != nil {
			b.single(&a.Copyright, v)
		}
	}, nil},
}, linked(), []field{
	headings("MH", mesh),
	kept("GS"),
	{"FPS", readFull(record.Subject), people("FPS", "PS", record.Subject)},
	{"PS", readShort(record.Subject), nil},
	{"PMC", (*builder).pmcid, func(w *lines, r *record.Record) { w.put("PMC", string(r.PMCID)) }},
	history("PMCR", "pmc-release"),
	{"MID", func(b *builder, v string) { b.identifier("mid", v) }, func(w *lines, r *record.Record) {
		for _, x := range r.Identifiers {
			if x.Scheme == "mid" {
				w.put("MID", x.Value)
			}
		}
	}},
	{"OID", readOtherID, writeOtherIDs},
	kept("OTO"),
	{"OT", readKeyword, func(w *lines, r *record.Record) { each(w, "OT", r.Keywords) }},
	kept("COIS"),
	{"FIR", readFull(record.Investigator), people("FIR", "IR", record.Investigator)},
	{"IR", readShort(record.Investigator), nil},
	{"IRAD", readAffiliation, nil},
	kept("RF"),
	kept("SFM"),
	{"GN", func(b *builder, v string) { b.r.Notes = b.texts.add(b.r.Notes, v) }, func(w *lines, r *record.Record) { each(w, "GN", r.Notes) }},
	kept("PUBM"),
	dated("CTDT", "", contribution),
	history("EDAT", "pubmed"),
	history("MHDA", "medline"),
	history("CRDT", "entrez"),
	{"PHST", readHistory, writeHistory},
	{"AID", readID, writeAID},
	one("PST", func(r *record.Record) *string { return &r.Status }),
	{"SO", func(b *builder, v string) { b.keep("SO", v) }, writeSource},
})

// kept is a tag that no field of a record holds.
func kept(tag string) field {
	return field{tag, func(b *builder, v string) { b.keep(tag, v) }, nil}
}

// one is a tag with one value and a field for it.
func one(tag string, at func(r *record.Record) *string) field {
	return field{tag, func(b *builder, v string) { b.single(at(b.r), v) }, func(w *lines, r *record.Record) { w.put(tag, *at(r)) }}
}

// dated is the tag of an event whose date has no dashes.
func dated(tag string, kind record.EventKind, name string) field {
	return field{tag, readEvent(kind, name), func(w *lines, r *record.Record) { writeEvents(w, r, tag, kind, name, stamp) }}
}

// history is the tag of an event that has a word of NLM's history.
func history(tag, status string) field {
	o := historyOccasion(status)
	return field{tag, readEvent(o.kind, o.name), func(w *lines, r *record.Record) { writeEvents(w, r, tag, o.kind, o.name, slashed) }}
}

func readEvent(kind record.EventKind, name string) func(b *builder, v string) {
	o := occasionOf(kind, name)
	return func(b *builder, v string) {
		d, ok := parseDate(v)
		b.event(o, d, ok, v)
	}
}

func writeEvents(w *lines, r *record.Record, tag string, kind record.EventKind, name string, form func(record.Date) string) {
	for _, e := range r.Events {
		if e.Kind == kind && e.Name == name && oneDay(e.Date) {
			w.put(tag, form(e.Date))
		}
	}
}

// headings is the tag of the headings of one scheme; headings of other lists
// are no MeSH and are not written.
func headings(tag, scheme string) field {
	return field{tag,
		func(b *builder, v string) {
			h := record.Heading{Term: v, Scheme: scheme}
			if scheme == mesh {
				h = b.meshHeading(v)
			}
			b.r.Headings = append(b.r.Headings, h)
		},
		func(w *lines, r *record.Record) {
			for _, h := range r.Headings {
				if h.Scheme == scheme {
					w.put(tag, h.String())
				}
			}
		}}
}

// linked are the tags of links to other citations.
func linked() []field {
	var out []field
	seen := map[string]bool{"": true}
	for _, l := range relations {
		if seen[l.tag] {
			continue
		}
		seen[l.tag] = true
		if l.kind == "" {
			out = append(out, kept(l.tag))
			continue
		}
		f := field{tag: l.tag, read: func(b *builder, v string) {
			text, id := splitPMID(v)
			b.relation(l.kind, text, id)
		}}
		if firstOf(l.kind) == l.tag {
			f.write = func(w *lines, r *record.Record) {
				for _, rel := range r.Relations {
					if rel.Kind == l.kind {
						w.put(l.tag, citation(rel))
					}
				}
			}
		}
		out = append(out, f)
	}
	return out
}

// firstOf is the tag that relations of a kind are written with.
func firstOf(kind record.RelationKind) string {
	for _, l := range relations {
		if l.kind == kind {
			return l.tag
		}
	}
	return ""
}

// splitPMID takes the number off a citation: "Kite J. 2011;1:1. PMID: 90000002".
func splitPMID(v string) (text string, id record.PMID) {
	before, number, ok := cutLast(v, "PMID:")
	if id, valid := record.ParsePMID(number); ok && valid {
		return strings.TrimSpace(before), id
	}
	return v, ""
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// citation writes a relation as MEDLINE has it.
func citation(rel record.Relation) string {
	s := cited(rel)
	if rel.PMID != "" {
		s = strings.TrimSpace(s + " PMID: " + string(rel.PMID))
	}
	return s
}

// cited is the citation in words, with the DOI if the words leave it out.
func cited(rel record.Relation) string {
	s := rel.Text
	if s == "" {
		s = rel.Key
	}
	if found, _, _ := record.FindDOI(s); rel.DOI != "" && found != rel.DOI {
		s = strings.TrimSpace(s + " doi: " + string(rel.DOI))
	}
	return s
}

// each puts a list under one tag.
func each[T ~string](w *lines, tag string, values []T) {
	for _, v := range values {
		w.put(tag, string(v))
	}
}
