package report

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/words"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/synth"
)

// page is what the template shows. Everything is text that the template escapes,
// but for Style and Flow, which this module wrote.
type page struct {
	Title, Generated string
	Questions        []string
	Style            template.CSS
	Flow             template.HTML
	Contents         []link
	Facts            []fact
	Reported         string // what "reported here" means among the facts
	Highlights       []string
	Warnings         []string
	Methods          []paragraph
	Criteria         []string
	Searches         []search
	Stages           []stage
	Unit             string // "studies" or "records", which is what is counted
	Studies          []studyRow
	Notes            []string
	Years            *years
	Themes           []theme
	Phrased          string // who put the themes into words
	Coding           *coding
	Divisions        []division
	Crossings        []heat
	Found            []theme
	Uncoded          []link
	Left             []left
	Groups           []group
	Doubtful         []pair
	Related          []pair
	Problems         []problemGroup
	Cards            []card
}

// link is a text that leads to a place in the page; To is empty where there is
// none.
type link struct{ To, Text string }

// fact is one of the key numbers.
type fact struct{ Number, What string }

type paragraph struct{ Heading, Text string }

// builder gathers what the sections need from one another.
type builder struct {
	in     Input
	p      *page
	byID   map[record.ID]*record.Record // every record known, for titles
	carded map[record.ID]string         // the card of each record and of the members of merged ones
	codes  map[record.ID]synth.CodedRecord
	labels map[string]string // of themes and designs, by codebook and name
	marks  map[quoteAt]string
}

func newPage(in Input) (*page, error) {
	in.Records = filled(in.Records)
	b := &builder{in: in, p: &page{Style: template.CSS(styleText)}, byID: map[record.ID]*record.Record{},
		carded: map[record.ID]string{}, codes: map[record.ID]synth.CodedRecord{}, labels: map[string]string{}, marks: map[quoteAt]string{}}
	b.index()
	b.heading()
	if in.Flow != nil {
		var svg strings.Builder
		if err := in.Flow.WriteSVG(&svg); err != nil {
			return nil, err
		}
		// WriteSVG escapes all text, so that its bytes can stand in the page.
		b.p.Flow = template.HTML(svg.String())
	}
	b.cards()
	b.methods()
	b.searches()
	b.screening()
	b.studies()
	b.themes()
	b.coders()
	b.crossings()
	b.duplicates()
	b.problems()
	b.facts()
	b.contents()
	return b.p, nil
}

// filled are the records that are not nil.
func filled(records []*record.Record) []*record.Record {
	if !slices.Contains(records, nil) {
		return records
	}
	return slices.DeleteFunc(slices.Clone(records), func(r *record.Record) bool { return r == nil })
}

// index makes records, codings and labels findable.
func (b *builder) index() {
	if res := b.in.Result; res != nil {
		for _, r := range filled(res.Records) {
			if b.byID[r.ID()] == nil {
				b.byID[r.ID()] = r
			}
		}
	}
	for _, r := range b.in.Records {
		b.byID[r.ID()] = r
	}
	sum := b.in.Summary
	if sum == nil {
		return
	}
	for _, c := range sum.Records {
		b.codes[c.ID] = c
	}
	for _, t := range sum.Themes {
		b.labels["theme:"+t.Name] = t.Label()
	}
	for _, t := range sum.Designs {
		b.labels["design:"+t.Name] = t.Label()
	}
	for _, a := range sum.Axes {
		for _, t := range a.Themes {
			b.labels[a.Name+":"+t.Name] = t.Label()
		}
	}
}

func (b *builder) label(axis, name string) string { return cmp.Or(b.labels[axis+":"+name], name) }

// heading fills in title and questions, from the protocol where they were not given.
func (b *builder) heading() {
	b.p.Title, b.p.Generated = b.in.Title, b.in.Generated
	if b.in.Question != "" {
		b.p.Questions = []string{b.in.Question}
	}
	if b.in.Plan == nil {
		b.p.Title = cmp.Or(b.p.Title, "Review")
		return
	}
	pr := b.in.Plan.Protocol()
	b.p.Title = cmp.Or(b.p.Title, pr.Title, "Review")
	b.p.Criteria = pr.Criteria
	if len(b.p.Questions) == 0 && pr.Question != "" {
		b.p.Questions = []string{pr.Question}
	}
	b.p.Questions = append(b.p.Questions, pr.Questions...)
}

// to is a link to a record's card, by its title.
func (b *builder) to(id record.ID) link {
	text := string(id)
	if r := b.byID[id]; r != nil {
		text = cmp.Or(r.Title, r.Key, text)
	} else if c, ok := b.codes[id]; ok && c.Title != "" {
		text = c.Title
	}
	return link{b.carded[id], text}
}

// short is a record as a text refers to it: "Lindqvist 2016".
func short(r *record.Record) string {
	who := ""
	switch people := r.Authors(); {
	case len(people) == 1:
		who = familyOf(people[0])
	case len(people) == 2:
		who = familyOf(people[0]) + " & " + familyOf(people[1])
	case len(people) > 2:
		who = familyOf(people[0]) + " et al."
	default:
		who = cmp.Or(r.In.Title, r.Key, "No author")
	}
	if r.Date.Year == 0 {
		return who + ", no year"
	}
	return who + " " + strconv.Itoa(r.Date.Year)
}

func familyOf(n record.Name) string { return cmp.Or(n.Family, n.Literal, n.Given) }

// facts are the key numbers, each once, as far as they are known.
func (b *builder) facts() {
	add := func(n int, one, more string) {
		what := more
		if n == 1 {
			what = one
		}
		b.p.Facts = append(b.p.Facts, fact{words.Number(n), what})
	}
	if n := b.in.Manifest.Records(); n > 0 {
		add(n, "record identified", "records identified")
	}
	if res := b.in.Result; res != nil {
		add(len(res.Records)-res.Unique(), "duplicate removed", "duplicates removed")
	}
	if out := b.in.Outcome; out != nil {
		if len(out.Stages) > 0 {
			add(out.Stages[0].Entered, "record screened", "records screened")
		}
		add(len(out.Included), "report included", "reports included")
	}
	if sel := b.in.Selection; sel != nil {
		add(len(sel.Reported), "reported here", "reported here")
		b.p.Reported = reportedHere(sel)
	}
	if sum := b.in.Summary; sum != nil {
		if sum.Counts.Grouped {
			add(sum.Counts.Studies, "study summarised", "studies summarised")
		}
		if sum.Counts.FirstYear != 0 {
			b.p.Facts = append(b.p.Facts, fact{yearSpan(sum.Counts.FirstYear, sum.Counts.LastYear), "published"})
		}
	}
	lost := 0
	for _, p := range b.in.Problems {
		if p.Code.Loses() {
			lost++
		}
	}
	if lost > 0 {
		add(lost, "place where a file lost something", "places where a file lost something")
	}
}

// reportedHere says what the key number of the same words counts.
func reportedHere(sel *screen.Selection) string {
	if len(sel.Left) == 0 {
		return "Reported here: those of the included that this report describes, which are all of them."
	}
	text := "Reported here: those of the included that this report describes"
	if sel.Cap != nil {
		text += ", of which the protocol allows at most " + words.Number(*sel.Cap)
	}
	return text + ". The others, " + words.Number(len(sel.Left)) + ", are listed under “Included, not reported”."
}

func yearSpan(first, last int) string {
	if first == last {
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}

// contents lists the sections that there are.
func (b *builder) contents() {
	p := b.p
	for _, s := range []struct {
		there    bool
		id, text string
	}{
		{p.Flow != "", "flow", "Flow of records"},
		{len(p.Methods)+len(p.Criteria)+len(p.Notes) > 0, "methods", "How it was done"},
		{len(p.Searches) > 0, "searches", "Searches"},
		{len(p.Stages) > 0, "screening", "Screening"},
		{len(p.Studies) > 0, "studies", "Included studies"},
		{p.Years != nil, "years", "Years of publication"},
		{len(p.Themes) > 0, "themes", "Themes"},
		{p.Coding != nil, "coding", "Coding by persons"},
		{len(p.Divisions) > 0, "divisions", "Designs and further divisions"},
		{len(p.Crossings) > 0, "crossings", "Themes crossed, and gaps"},
		{len(p.Found) > 0, "found", "Themes found in the texts"},
		{len(p.Uncoded) > 0, "uncoded", "Records under no theme"},
		{len(p.Left) > 0, "left", "Included, not reported"},
		{len(p.Groups)+len(p.Doubtful)+len(p.Related) > 0, "duplicates", "Duplicates and related records"},
		{len(p.Problems) > 0, "problems", "Problems of the files"},
		{len(p.Cards) > 0, "records", "Records"},
	} {
		if s.there {
			p.Contents = append(p.Contents, link{s.id, s.text})
		}
	}
}
