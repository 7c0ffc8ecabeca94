package record

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"

	"github.com/evidence-go/evidence/internal/fold"
)

// ID is the name by which decision logs, merges, quotes and summaries know a
// record: "r1-" and sixteen letters and digits. The digit is the version of the
// rule by which the name is made.
type ID string

// ID names the record by what identifies it: identifiers and accession numbers,
// title, people, container, year, volume, issue and pages; not by abstract,
// notes, file or line. The same citation read again has the same ID.
//
// Readers fix the ID when they yield a record, so that later changes of its
// fields do not change it. A merged record has the ID of its first member. For a
// record made by hand the ID is computed anew from its fields at each call,
// until FixID is called.
func (r *Record) ID() ID {
	if len(r.Members) > 0 {
		return r.Members[0].ID
	}
	if r.id != "" {
		return r.id
	}
	return r.fingerprint()
}

// FixID computes the ID from the present fields, if it is not fixed already, and
// keeps it from then on, whatever happens to the fields.
func (r *Record) FixID() ID {
	r.id = r.ID()
	return r.id
}

// idEncoding is base32 in small letters without the letters that are read as
// digits.
var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// fingerprint hashes the identifying fields, each behind its name and in front
// of a zero byte. A record that has none of them is named by all it holds.
func (r *Record) fingerprint() ID {
	var room [1024]byte // most records have less to be named by
	p := printer(room[:0])
	p = p.add("doi", string(r.DOI))
	p = p.add("pmid", string(r.PMID))
	p = p.add("pmcid", string(r.PMCID))
	for i := range r.Identifiers {
		p = p.addPair("identifier", r.Identifiers[i].Scheme, ":", r.Identifiers[i].Value)
	}
	for i := range r.Registrations {
		p = p.add("registration", r.Registrations[i].ID)
	}
	p = p.add("title", r.Title)
	p = p.add("original title", r.OriginalTitle)
	for i := range r.People {
		p = p.addName(&r.People[i])
	}
	p = p.add("container", r.In.Title)
	p = p.add("abbrev", r.In.Abbrev)
	if r.Date.Year != 0 {
		p = p.add("year", strconv.Itoa(r.Date.Year))
	}
	p = p.add("volume", r.In.Volume)
	p = p.add("issue", r.In.Issue)
	p = p.add("pages", r.In.Pages)
	p = p.add("article", r.In.ArticleNumber)
	if len(p) == 0 {
		p = p.add("abstract", r.Abstract.Text)
		for i := range r.Extra {
			p = p.addPair("extra", r.Extra[i].Tag, ":", r.Extra[i].Value)
		}
		p = p.add("key", r.Key)
		for _, u := range r.URLs {
			p = p.add("url", u)
		}
		for _, n := range r.Notes {
			p = p.add("note", n)
		}
	}
	sum := sha256.Sum256(p)
	id := [len(idPrefix) + 16]byte{}
	copy(id[:], idPrefix)
	idEncoding.Encode(id[len(idPrefix):], sum[:10])
	return ID(id[:])
}

// idPrefix begins every ID.
const idPrefix = "r1-"

// printer puts named values behind one another, each with a zero byte behind
// it; white space is folded so that two ways of wrapping a line give one
// fingerprint.
type printer []byte

func (p printer) add(name, value string) printer {
	if !fold.Tidy(value) {
		value = collapse(value)
	}
	if value == "" {
		return p
	}
	p = append(append(p, name...), 0)
	return append(append(p, value...), 0)
}

// addPair adds two values with what stands between them.
func (p printer) addPair(name, a, between, b string) printer {
	if a == "" || b == "" || !fold.Tidy(a) || !fold.Tidy(b) {
		return p.add(name, a+between+b)
	}
	p = append(append(p, name...), 0)
	return append(append(append(append(p, a...), between...), b...), 0)
}

// addName adds a person as Name.String writes them.
func (p printer) addName(c *Contributor) printer {
	switch {
	case c.Literal != "":
		return p.add(string(c.Role), c.Literal)
	case c.Suffix == "" && c.Family != "" && c.Given != "":
		return p.addPair(string(c.Role), c.Family, ", ", c.Given)
	}
	return p.add(string(c.Role), c.Name.String())
}
