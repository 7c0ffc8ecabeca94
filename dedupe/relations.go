package dedupe

import (
	"cmp"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// claim is what a record itself says of another work that it names by PubMed
// number, DOI, or the key of an entry in the same file. What it says in words
// only, nobody can check, and it counts for nothing.
type claim struct {
	statement int // place in statements
	pmid, doi string
	keys      []fileKey
}

// fileKey is the key of a record, which holds in its file only.
type fileKey struct{ key, file string }

func (k fileKey) compare(l fileKey) int {
	return cmp.Or(strings.Compare(k.key, l.key), strings.Compare(k.file, l.file))
}

// statement is a relation that parts two works, however alike they are.
type statement struct {
	kind    record.RelationKind
	related RelatedKind // "" parts them without a listing
	words   string      // complete "names the other as"
}

// statements are the relations that count, the most telling first: when two
// records say several things of each other, the first one is listed. Citations
// are left out, for a list of references may name anything, and so is "related",
// which does not say how. Parts of a book are not listed either: the pairs of a
// volume of proceedings would hide all others.
var statements = []statement{
	{record.RetractionIn, RetractionNotice, "the notice of its retraction"},
	{record.RetractionOf, RetractionNotice, "the work that it retracts"},
	{record.ConcernIn, RetractionNotice, "an expression of concern about it"},
	{record.ConcernFor, RetractionNotice, "the work that it expresses concern about"},
	{record.ErratumIn, Erratum, "its erratum"},
	{record.ErratumFor, Erratum, "the work that it corrects"},
	{record.PreprintOf, PreprintVersion, "its version of record"},
	{record.PreprintIs, PreprintVersion, "its preprint"},
	{record.UpdateIn, NewVersion, "its later version"},
	{record.UpdateOf, NewVersion, "its earlier version"},
	{record.RepublishedIn, Republished, "its republication"},
	{record.RepublishedOf, Republished, "the work that it republishes"},
	{record.ReportedIn, ProtocolResults, "the report of its results"},
	{record.CommentIn, Reply, "a comment on it"},
	{record.CommentOn, Reply, "the work that it comments on"},
	{record.PartOf, "", "the book that it is part of"},
	{record.CrossRef, "", "the book that it is part of"},
}

// statedRule is the name of the rule by which a record's own word decides.
const statedRule = "stated relation"

// readRelations reads what the record says of other works. A relation that
// names the record itself is a slip of the source and is passed over.
func (fd *folder) readRelations(f *form, r *record.Record) {
	fd.readKeys(f, r)
	if len(r.Relations) == 0 {
		return
	}
	files := filesOf(r)
	for i := range r.Relations {
		x := &r.Relations[i]
		n := slices.IndexFunc(statements, func(s statement) bool { return s.kind == x.Kind })
		if n < 0 || x.PMID == "" && x.DOI == "" && x.Key == "" {
			continue
		}
		c := claim{statement: n, pmid: string(x.PMID), doi: string(x.DOI)}
		if x.Key != "" {
			for _, file := range files {
				c.keys = append(c.keys, fileKey{x.Key, file})
			}
		}
		if c.about(f) == "" {
			f.claims = append(f.claims, c)
		}
	}
}

// readKeys reads under which keys of which files the record stands. A merged
// record stands in those of all its members.
func (fd *folder) readKeys(f *form, r *record.Record) {
	f.keys = fd.fileKeys.take(1+len(r.Members), fd.ahead)
	if r.Key != "" {
		f.keys = append(f.keys, fileKey{r.Key, r.Source.File})
	}
	for _, m := range r.Members {
		if m.Key != "" {
			f.keys = append(f.keys, fileKey{m.Key, m.Source.File})
		}
	}
	if len(r.Members) > 0 {
		slices.SortFunc(f.keys, fileKey.compare)
		f.keys = slices.Compact(f.keys)
	}
}

// filesOf lists the files in which the record stands.
func filesOf(r *record.Record) []string {
	files := []string{r.Source.File}
	for _, m := range r.Members {
		files = append(files, m.Source.File)
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// about says by what the claim names the other record, "" when it does not. A
// PubMed number goes before a DOI, which an erratum may share with its article.
func (c *claim) about(g *form) string {
	switch {
	case c.pmid != "" && g.pmid != "":
		if c.pmid == g.pmid {
			return "PMID " + c.pmid
		}
		return ""
	case c.doi != "" && (c.doi == g.doi || slices.Contains(g.moreDOIs, c.doi)):
		return "DOI " + c.doi
	}
	for _, k := range c.keys {
		if slices.Contains(g.keys, k) {
			return "key " + k.key
		}
	}
	return ""
}

// says finds the most telling claim of f about g, and by what it names g; n is
// the number of statements and name is empty when there is none.
func (f *form) says(g *form) (n int, name string) {
	n = len(statements)
	for i := range f.claims {
		c := &f.claims[i]
		if c.statement > n {
			continue
		}
		if by := c.about(g); by != "" && (c.statement < n || by < name) {
			n, name = c.statement, by
		}
	}
	return n, name
}

// compareStated orders forms by their keys, by what they say of others and by
// where they came from.
func (f *form) compareStated(g *form) int {
	if c := slices.CompareFunc(f.keys, g.keys, fileKey.compare); c != 0 {
		return c
	}
	c := slices.CompareFunc(f.claims, g.claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(a.statement, b.statement), strings.Compare(a.pmid, b.pmid), strings.Compare(a.doi, b.doi), slices.CompareFunc(a.keys, b.keys, fileKey.compare))
	})
	return cmp.Or(c, cmp.Compare(f.source, g.source))
}

// eitherNames tells whether one of the two names the other.
func eitherNames(f, g *form) bool {
	if len(f.claims)+len(g.claims) == 0 {
		return false
	}
	_, a := f.says(g)
	_, b := g.says(f)
	return a != "" || b != ""
}

// stated judges by what one record itself says of the other. Only an identifier
// that both have as their own speaks against it; then a person looks.
func (x *evidence) stated() (Comparison, bool) {
	if len(x.a.claims)+len(x.b.claims) == 0 {
		return Comparison{}, false
	}
	n, name := x.a.says(x.b)
	if m, by := x.b.says(x.a); by != "" && cmp.Or(cmp.Compare(m, n), strings.Compare(by, name)) < 0 {
		n, name = m, by
	}
	if name == "" {
		return Comparison{}, false
	}
	s := statements[n]
	why := "one record itself names the other as " + s.words + ", " + name
	if x.pmid == agrees || x.pmcid == agrees || x.a.doi != "" && x.a.doi == x.b.doi {
		return x.comparison(Unsure, statedRule, why+"; and yet both have one identifier"), true
	}
	c := x.comparison(Different, statedRule, why)
	c.Related = s.related
	if s.related == NewVersion && (x.a.preprint || x.b.preprint) {
		c.Related = PreprintVersion
	}
	return c, true
}

// namesKeys makes keys of what the record names, the same that the work named
// has as its own. A chapter makes none of its book: all chapters of a volume
// would become candidates with one another.
func (f *form) namesKeys(k *keyMaker) {
	for i := range f.claims {
		c := &f.claims[i]
		if statements[c.statement].related == "" {
			continue
		}
		if c.pmid != "" {
			k.one("pmid", c.pmid)
		}
		if c.doi != "" {
			k.one("doi", c.doi)
		}
		for _, x := range c.keys {
			k.two("key", x.key, x.file)
		}
	}
}
