package record

import "strings"

// retractedPrefixes begin the title of a work that has been retracted, as
// publishers and databases write them.
var retractedPrefixes = []string{"retracted:", "retracted article:", "[retracted]", "(retracted)", "withdrawn:", "removed:"}

// noticePrefixes begin the title of a notice about another work.
var noticePrefixes = []string{
	"erratum:", "erratum to", "erratum for", "erratum.", "errata:", "corrigendum:", "corrigendum to", "corrigendum.", "correction:", "correction to:", "correction to “", "correction to '", "correction to ‘", "correction to \"", "correction for",
	"retraction:", "retraction notice", "retraction of", "retraction to", "retraction note", "expression of concern:", "expression of concern on", "notice of retraction", "author correction:", "publisher correction:",
}

// retractedTypes are the publication types of NLM of a retracted work.
var retractedTypes = []string{"Retracted Publication"}

// noticeTypes are the publication types of NLM that say so.
var noticeTypes = []string{"Published Erratum", "Retraction of Publication", "Retraction Notice", "Expression of Concern"}

// SetFlags sets the flags that the record's publication types, relations and the
// form of its title show. It never clears one. Readers call it last.
func SetFlags(r *Record) {
	f := &r.Flags
	f.Retracted = f.Retracted || beginsWith(r.Title, retractedPrefixes)
	f.Notice = f.Notice || beginsWith(r.Title, noticePrefixes)
	for _, t := range r.Types {
		f.Retracted = f.Retracted || isAmong(t, retractedTypes)
		f.Notice = f.Notice || isAmong(t, noticeTypes)
	}
	for i := range r.Relations {
		switch r.Relations[i].Kind {
		case ErratumIn:
			f.Corrected = true
		case RetractionIn:
			f.Retracted = true
		case ConcernIn:
			f.Concern = true
		case ErratumFor, RetractionOf, ConcernFor:
			f.Notice = true
		}
	}
}

// isAmong tells whether a publication type has one of these names, as
// Record.HasType compares them.
func isAmong(t string, names []string) bool {
	t = strings.TrimSpace(t)
	for _, name := range names {
		if len(t) == len(name) && strings.EqualFold(t, name) {
			return true
		}
	}
	return false
}

// beginsWith tells whether a text begins with one of these words, which are in
// small letters, whatever the case.
func beginsWith(s string, prefixes []string) bool {
	if s == "" {
		return false
	}
	first := s[0]
	if first >= 'A' && first <= 'Z' {
		first += 'a' - 'A'
	}
	for _, p := range prefixes {
		if p[0] == first && len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
			return true
		}
	}
	return false
}
