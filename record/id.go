package record

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
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
	var p printer
	p.add("doi", string(r.DOI))
	p.add("pmid", string(r.PMID))
	p.add("pmcid", string(r.PMCID))
	for _, x := range r.Identifiers {
		p.add("identifier", x.Scheme+":"+x.Value)
	}
	for _, x := range r.Registrations {
		p.add("registration", x.ID)
	}
	p.add("title", r.Title)
	p.add("original title", r.OriginalTitle)
	for i := range r.People {
		p.add(string(r.People[i].Role), r.People[i].Name.String())
	}
	p.add("container", r.In.Title)
	p.add("abbrev", r.In.Abbrev)
	if r.Date.Year != 0 {
		p.add("year", strconv.Itoa(r.Date.Year))
	}
	p.add("volume", r.In.Volume)
	p.add("issue", r.In.Issue)
	p.add("pages", r.In.Pages)
	p.add("article", r.In.ArticleNumber)
	if !p.any {
		p.add("abstract", r.Abstract.Text)
		for _, x := range r.Extra {
			p.add("extra", x.Tag+":"+x.Value)
		}
		p.add("key", r.Key)
		for _, u := range r.URLs {
			p.add("url", u)
		}
		for _, n := range r.Notes {
			p.add("note", n)
		}
	}
	sum := sha256.Sum256(p.text)
	return ID("r1-" + idEncoding.EncodeToString(sum[:10]))
}

// printer puts named values behind one another, each with a zero byte behind
// it; white space is folded so that two ways of wrapping a line give one
// fingerprint.
type printer struct {
	text []byte
	any  bool
}

func (p *printer) add(name, value string) {
	value = collapse(value)
	if value == "" {
		return
	}
	p.any = true
	p.text = append(append(p.text, name...), 0)
	p.text = append(append(p.text, value...), 0)
}
