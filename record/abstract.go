package record

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Abstract is the text of an abstract and, where it is structured, its sections.
// The zero value is no abstract.
type Abstract struct {
	// Text is the whole abstract as plain text, the headings of its sections
	// included ("BACKGROUND: …"). Byte ranges of sections and quotes are in it.
	Text      string    `json:"text,omitzero"`
	Sections  []Section `json:"sections,omitempty"`
	Copyright string    `json:"copyright,omitzero"`
	Language  string    `json:"language,omitzero"`
	Kind      string    `json:"kind,omitzero"` // of another abstract: "plain-language-summary", "translation"
}

// Section is one part of a structured abstract.
type Section struct {
	Label    string   `json:"label"`             // as printed: "METHODS AND FINDINGS"
	Category Category `json:"category,omitzero"` // what NLM counts the label as
	Start    int      `json:"start"`             // first byte of the section's body in Abstract.Text
	End      int      `json:"end"`               // one past its last byte
}

// Category is one of the five roles that NLM maps the labels of structured
// abstracts to; "" where a label maps to none.
type Category string

// NLM's categories.
const (
	Background  Category = "BACKGROUND"
	Objective   Category = "OBJECTIVE"
	Methods     Category = "METHODS"
	Results     Category = "RESULTS"
	Conclusions Category = "CONCLUSIONS"
)

// IsZero tells whether there is no abstract.
func (a Abstract) IsZero() bool {
	return a.Text == "" && len(a.Sections) == 0 && a.Copyright == "" && a.Language == "" && a.Kind == ""
}

// NewAbstract makes an abstract of a plain text. Where the text carries the
// headings of a structured abstract inline ("BACKGROUND: …  METHODS: …", or the
// same words with a capital first letter), its sections are found: at least two
// known labels, each at the start of the text, of a line or of a sentence.
func NewAbstract(text string) Abstract {
	a := Abstract{Text: text}
	a.Sections = findSections(text)
	return a
}

// AddSection appends a labelled part to the abstract, as PubMed XML has them:
// "LABEL: body", on a line of its own. An empty label adds plain text. category
// may be "", it is then taken from the label.
func (a *Abstract) AddSection(label string, category Category, body string) {
	if a.Text != "" {
		a.Text += "\n"
	}
	if label == "" {
		a.Text += body
		return
	}
	a.Text += label + ": "
	start := len(a.Text)
	a.Text += body
	if category == "" {
		category = CategoryOf(label)
	}
	a.Sections = append(a.Sections, Section{Label: label, Category: category, Start: start, End: len(a.Text)})
}

// CategoryOf maps the label of a section to NLM's category, "" when it is not
// among the labels known. Case does not matter; of a label with several parts
// ("METHODS AND FINDINGS") the first known part decides.
func CategoryOf(label string) Category {
	var room [longestLabel]byte
	return categoryOf(lowerLabel(room[:0], label))
}

// categoryOf maps a label in small letters.
func categoryOf(low []byte) Category {
	low = bytes.Trim(low, " :.-")
	if c, ok := labelCategory[string(low)]; ok {
		return c
	}
	for _, sep := range []string{" and ", " & ", "/", ", ", " ("} {
		if i := bytes.Index(low, []byte(sep)); i >= 0 {
			if c, ok := labelCategory[string(bytes.TrimSpace(low[:i]))]; ok {
				return c
			}
		}
	}
	return ""
}

// lowerLabel appends a label in small letters.
func lowerLabel(dst []byte, label string) []byte {
	for i := 0; i < len(label); i++ {
		c := label[i]
		if c >= utf8.RuneSelf {
			return append(dst[:0], strings.ToLower(label)...)
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// labelCategory holds the commonest labels of structured abstracts with the
// category that NLM's list of labels gives them.
var labelCategory = map[string]Category{
	"background": Background, "introduction": Background, "context": Background, "rationale": Background,
	"importance": Background, "background and objectives": Background, "background and aims": Background, "background and purpose": Background,
	"background/aims": Background, "background/objectives": Background, "issue": Background, "problem": Background, "what is known on the subject": Background,
	"objective": Objective, "objectives": Objective, "aim": Objective, "aims": Objective, "purpose": Objective, "goal": Objective, "goals": Objective,
	"aims and objectives": Objective, "aim and objectives": Objective, "aims and objective": Objective, "hypothesis": Objective, "research question": Objective, "question": Objective,
	"study objective": Objective, "review question": Objective, "review objective": Objective, "purpose of review": Objective, "scope": Objective, "objective(s)": Objective,
	"methods": Methods, "method": Methods, "materials and methods": Methods, "material and methods": Methods, "patients and methods": Methods, "methodology": Methods,
	"methods and materials": Methods, "subjects and methods": Methods, "design": Methods, "study design": Methods, "research design": Methods, "setting": Methods, "settings": Methods,
	"participants": Methods, "patients": Methods, "subjects": Methods, "intervention": Methods, "interventions": Methods, "measurements": Methods,
	"main outcome measures": Methods, "main outcomes and measures": Methods, "main outcome measure": Methods, "outcome measures": Methods, "primary outcome": Methods,
	"data sources": Methods, "data source": Methods, "study selection": Methods, "data extraction": Methods, "data synthesis": Results, "data analysis": Methods,
	"search methods": Methods, "search strategy": Methods, "selection criteria": Methods, "data collection and analysis": Methods, "eligibility criteria": Methods,
	"inclusion criteria": Methods, "design/methodology/approach": Methods, "procedure": Methods, "approach": Methods, "experimental design": Methods,
	"design, setting, and participants": Methods, "design and setting": Methods, "research design and methods": Methods, "methods/design": Methods, "methods and analysis": Methods,
	"study design and setting": Methods, "exposure": Methods, "exposures": Methods, "review methods": Methods, "sample": Methods, "measures": Methods, "data collection": Methods,
	"results": Results, "result": Results, "findings": Results, "main results": Results, "methods and findings": Methods, "methods and results": Methods, "outcomes": Results,
	"evidence synthesis": Results, "results and discussion": Results, "results and conclusions": Results, "recent findings": Results, "key findings": Results, "observations": Results,
	"conclusions": Conclusions, "conclusion": Conclusions, "discussion": Conclusions, "implications": Conclusions, "interpretation": Conclusions, "summary": Conclusions,
	"conclusions and relevance": Conclusions, "authors' conclusions": Conclusions, "author's conclusions": Conclusions, "authors’ conclusions": Conclusions,
	"conclusions and implications for practice": Conclusions, "conclusion and implications for practice": Conclusions, "significance": Conclusions,
	"implications for practice": Conclusions, "practice implications": Conclusions, "clinical implications": Conclusions, "relevance to clinical practice": Conclusions,
	"discussion and conclusions": Conclusions, "discussion and conclusion": Conclusions, "conclusions/significance": Conclusions, "limitations": Conclusions, "originality/value": Conclusions,
	"practical implications": Conclusions, "implications for nursing": Conclusions, "recommendations": Conclusions, "clinical relevance": Conclusions, "conclusion(s)": Conclusions,
	"ethics and dissemination": "", "trial registration": "", "trial registration number": "", "registration": "", "funding": "", "keywords": "", "clinical trial registration": "",
	"systematic review registration": "", "prospero registration number": "", "ethics": "", "trial registrations": "", "level of evidence": "",
}

// longestLabel bounds how far findSections looks back from a colon.
const longestLabel = 60

// usualSections is what few structured abstracts have more of.
const usualSections = 6

// findSections finds the inline headings of a structured abstract: see NewAbstract.
func findSections(text string) []Section {
	var found []Section
	var starts []int // where each label begins
	var room [longestLabel]byte
	known := 0
	for at := 0; at < len(text); {
		i := strings.IndexByte(text[at:], ':')
		if i < 0 {
			break
		}
		colon := at + i
		at = colon + 1
		start, ok := labelBefore(text, colon)
		if !ok {
			continue
		}
		label := text[start:colon]
		low := lowerLabel(room[:0], label)
		_, isKnown := labelCategory[string(low)]
		category := categoryOf(low)
		if !isKnown && category == "" && !isCapitals(label) {
			continue
		}
		if isKnown || category != "" {
			known++
		}
		body := colon + 1
		for body < len(text) && (text[body] == ' ' || text[body] == '\n') {
			body++
		}
		if found == nil {
			found, starts = make([]Section, 0, usualSections), make([]int, 0, usualSections)
		}
		found = append(found, Section{Label: label, Category: category, Start: body})
		starts = append(starts, start)
	}
	if known < 2 {
		return nil
	}
	for i := range found {
		end := len(text)
		if i+1 < len(found) {
			end = starts[i+1]
		}
		found[i].End = max(found[i].Start, len(strings.TrimRight(text[:end], " \n,")))
	}
	return found
}

// labelBefore gives the start of what may be a label that ends at a colon: it
// stands at the start of the text, of a line, or after the end of a sentence,
// and begins with a capital.
func labelBefore(text string, colon int) (start int, ok bool) {
	low := max(0, colon-longestLabel)
	for i := colon - 1; i >= low; i-- {
		c := text[i]
		if c == '.' || c == '?' || c == '!' || c == ';' || c == ':' || c == ']' || c == ')' && i+1 < colon && text[i+1] == ' ' && i+2 < colon && isUpper(rune(text[i+2])) {
			start, ok = i+1, true
			break
		}
		if c == '\n' {
			start, ok = i+1, true
			break
		}
		if i == 0 {
			start, ok = 0, true
		}
	}
	if !ok {
		return 0, false
	}
	for start < colon && (text[start] == ' ' || text[start] == ',') { // Ovid joins sections by "., "
		start++
	}
	if start >= colon || !isUpper(rune(text[start])) {
		return 0, false
	}
	return start, true
}

// isCapitals tells whether a label is in capitals throughout, as the labels that
// authors make up are in MEDLINE ("STUDY IDENTIFIER"): three letters at least.
func isCapitals(label string) bool {
	letters := 0
	for _, r := range label {
		switch {
		case isUpper(r):
			letters++
		case isLetter(r), r >= '0' && r <= '9':
			return false
		}
	}
	return letters > 3
}
