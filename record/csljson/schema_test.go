package csljson_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// The rules of csl-data.json of CSL 1.0.2, written down a second time and apart
// from the table of fields, so that one is checked by the other.
var (
	schemaNames = words(`author chair collection-editor compiler composer container-author contributor curator director editor
		editorial-director executive-producer guest host interviewer illustrator narrator organizer original-author performer producer
		recipient reviewed-author script-writer series-creator translator`)
	schemaDates   = words(`accessed available-date event-date issued original-date submitted`)
	schemaNumbers = words(`id chapter-number citation-number collection-number edition first-reference-note-number issue locator number
		number-of-pages number-of-volumes page page-first part printing supplement volume`)
	schemaTexts = words(`citation-key language journalAbbreviation shortTitle abstract annote archive archive_collection archive_location
		archive-place authority call-number citation-label collection-title container-title container-title-short dimensions division DOI
		event event-title event-place genre ISBN ISSN jurisdiction keyword medium note original-publisher original-publisher-place
		original-title part-title PMCID PMID publisher publisher-place references reviewed-genre reviewed-title scale section source status
		title title-short URL version volume-title volume-title-short year-suffix`)
	schemaTypes = words(`article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
		document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map
		motion_picture musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog
		regulation report review review-book software song speech standard thesis treaty webpage`)
	schemaNameParts = words(`family given dropping-particle non-dropping-particle suffix comma-suffix static-ordering literal parse-names`)
	schemaDateParts = words(`date-parts season circa literal raw edtf`)
)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// fitsSchema tells why a text is not a valid list of CSL items, nil when it is.
func fitsSchema(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var items []map[string]any
	if err := d.Decode(&items); err != nil {
		return err
	}
	if d.More() {
		return errors.New("something follows the list")
	}
	for n, item := range items {
		if _, ok := item["id"]; !ok {
			return fmt.Errorf("item %d has no id", n)
		}
		if t, ok := item["type"].(string); !ok || !schemaTypes[t] {
			return fmt.Errorf("item %d: type %v", n, item["type"])
		}
		for key, value := range item {
			if !fitsMember(key, value) {
				return fmt.Errorf("item %d: %s: %v", n, key, value)
			}
		}
	}
	return nil
}

func fitsMember(key string, value any) bool {
	_, isText := value.(string)
	_, isNumber := value.(json.Number)
	members, isObject := value.(map[string]any)
	all, isList := value.([]any)
	switch {
	case key == "type" || schemaTexts[key]:
		return isText
	case schemaNumbers[key]:
		return isText || isNumber
	case key == "custom":
		return isObject
	case key == "categories":
		for _, v := range all {
			if _, ok := v.(string); !ok {
				return false
			}
		}
		return isList
	case schemaNames[key]:
		for _, v := range all {
			if !fitsName(v) {
				return false
			}
		}
		return isList
	case schemaDates[key]:
		return isObject && fitsDate(members)
	}
	return false
}

func fitsName(v any) bool {
	parts, ok := v.(map[string]any)
	for key, value := range parts {
		_, isText := value.(string)
		ok = ok && isText && schemaNameParts[key]
	}
	return ok
}

func fitsDate(members map[string]any) bool {
	for key := range members {
		if !schemaDateParts[key] {
			return false
		}
	}
	parts, ok := members["date-parts"].([]any)
	if !ok {
		return members["date-parts"] == nil
	}
	for _, p := range parts {
		one, isList := p.([]any)
		ok = ok && isList && len(one) >= 1 && len(one) <= 3
	}
	return ok && len(parts) >= 1 && len(parts) <= 2
}
