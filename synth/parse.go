package synth

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/strictjson"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

// maxDepth is how deep themes may stand in themes; deeper ones are taken for a
// mistake.
const maxDepth = 8

// LoadCodebook reads a codebook from a JSON file. Its errors name the file.
func LoadCodebook(path string) (*Codebook, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return ParseCodebook(data, path)
}

// ParseCodebook reads a codebook from JSON; name stands before its errors. An
// unknown key, a term that cannot be read and a name given twice are errors with
// their path and, where one is near, what was probably meant.
func ParseCodebook(data []byte, name string) (*Codebook, error) {
	cb := &Codebook{}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if err := strictjson.Unmarshal(data, cb); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := cb.Check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	cb.Schema = CodebookSchema
	return cb, nil
}

// Check says what is wrong with a codebook: every fault with its path, nil for
// none. Summarize checks the codebooks it is given.
func (c *Codebook) Check() error {
	k := codebookCheck{seen: map[string]string{}}
	switch {
	case c.Schema != 0 && c.Schema != CodebookSchema:
		k.fault("schema", "version %d is not known; this program reads %d", c.Schema, CodebookSchema)
	case c.Name == "":
		k.fault("name", "a codebook needs a short name, by which tables call it")
	case !isName(c.Name):
		k.fault("name", "%q: expected small letters, digits and dashes, as in %q", c.Name, "peer-perspective")
	case len(c.Themes) == 0:
		k.fault("themes", "a codebook needs at least one theme")
	}
	for i, s := range c.NotSections {
		if !slices.Contains(categories, s) {
			k.fault(fmt.Sprintf("not_sections[%d]", i), "unknown category %q%s", s, strictjson.DidYouMean(string(s), asStrings(categories)))
		}
	}
	k.themes(c.Themes, "themes", 0)
	return errors.Join(k.faults...)
}

var categories = []record.Category{record.Background, record.Objective, record.Methods, record.Results, record.Conclusions}

var kinds = []record.Kind{record.JournalArticle, record.MagazineArticle, record.NewspaperArticle, record.Preprint,
	record.ConferencePaper, record.Proceedings, record.Book, record.EditedBook, record.Chapter, record.ReferenceEntry,
	record.Thesis, record.Report, record.TrialRegister, record.Dataset, record.Software, record.Patent, record.Webpage,
	record.Standard, record.Legal, record.Manuscript, record.Audiovisual, record.Other}

func asStrings[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, v := range in {
		out[i] = string(v)
	}
	return out
}

// isName holds for what a code may be: small letters, digits, dashes.
func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" && s[0] != '-'
}

// codebookCheck gathers the faults of a codebook.
type codebookCheck struct {
	seen   map[string]string // path of each name
	faults []error
}

func (k *codebookCheck) fault(path, format string, args ...any) {
	k.faults = append(k.faults, fmt.Errorf("%s: %s", path, fmt.Sprintf(format, args...)))
}

func (k *codebookCheck) themes(themes []Theme, path string, depth int) {
	if depth == maxDepth && len(themes) > 0 {
		k.fault(path, "themes stand in themes more than %d deep", maxDepth)
		return
	}
	for i := range themes {
		at := fmt.Sprintf("%s[%d]", path, i)
		k.theme(&themes[i], at)
		k.themes(themes[i].Themes, at+".themes", depth+1)
	}
}

func (k *codebookCheck) theme(t *Theme, at string) {
	switch before, twice := k.seen[t.Name]; {
	case t.Name == "":
		k.fault(at+".name", "a theme needs a short name")
	case !isName(t.Name):
		k.fault(at+".name", "%q: expected small letters, digits and dashes, as in %q", t.Name, "lived-experience")
	case t.Name == notStated:
		k.fault(at+".name", "%q is what tables call records without any theme; take another", notStated)
	case twice:
		k.fault(at+".name", "%q is the name of %s already", t.Name, before)
	default:
		k.seen[t.Name] = at
	}
	if len(t.Terms)+len(t.TitleTerms)+len(t.Types)+len(t.Kinds)+len(t.Themes) == 0 && t.Search == nil {
		k.fault(at, "theme %q has nothing to be found by: give it terms, title_terms, a search, types, kinds or themes", t.Name)
	}
	k.search(t.Search, at+".search")
	k.search(t.Unless, at+".unless")
	k.terms(t.Terms, at+".terms")
	k.terms(t.TitleTerms, at+".title_terms")
	k.terms(t.Not, at+".not")
	for i, kind := range t.Kinds {
		if !slices.Contains(kinds, kind) {
			k.fault(fmt.Sprintf("%s.kinds[%d]", at, i), "unknown kind %q%s", kind, strictjson.DidYouMean(string(kind), asStrings(kinds)))
		}
	}
	for i, typ := range t.Types {
		if strings.TrimSpace(typ) == "" {
			k.fault(fmt.Sprintf("%s.types[%d]", at, i), "a publication type was expected")
		}
	}
}

func (k *codebookCheck) terms(terms []string, path string) {
	for i, term := range terms {
		at := fmt.Sprintf("%s[%d]", path, i)
		if _, err := query.Compile([]string{term}); err != nil {
			// The list of one term that was compiled has no place of interest.
			why := errors.Unwrap(err)
			k.fault(at, "%q: %v", term, why)
		}
		if j := slices.Index(terms, term); j < i {
			k.fault(at, "%q stands in %s[%d] already", term, path, j)
		}
	}
}

// search names each place of a strategy that cannot be read.
func (k *codebookCheck) search(s *query.Search, path string) {
	if s == nil {
		return
	}
	_, err := s.Parse()
	var wrong *query.Error
	switch {
	case err == nil:
	case errors.As(err, &wrong):
		for _, n := range wrong.Notes {
			k.fault(path+".text", "%v", n)
		}
	default:
		k.fault(path, "%v", err)
	}
}

// notStated is the name of the row or column of what has no value on an axis.
const notStated = "not-stated"
