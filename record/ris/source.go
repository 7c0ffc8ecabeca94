package ris

import (
	"bytes"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
)

// source is what a file or a record says about where it was exported.
type source struct {
	database string
	platform string
}

// header takes up a header line such as "Database: PsycINFO", as some sites
// write before each record or once for the file.
func (s *source) header(text []byte) bool {
	switch {
	case bytes.HasPrefix(text, []byte("Provider:")):
		provider := strings.TrimSpace(string(text[len("Provider:"):]))
		if i := strings.Index(provider, " http"); i > 0 {
			provider = provider[:i]
		}
		s.platform = provider
		if strings.HasPrefix(provider, "John Wiley") {
			s.platform, s.database = "Cochrane Library", "Cochrane Library"
		}
		return true
	case bytes.HasPrefix(text, []byte("Database:")):
		s.database = strings.TrimSpace(string(text[len("Database:"):]))
		return true
	}
	return false
}

// hosts name the database and platform by a part of a record's link to itself,
// which ends with a slash.
var hosts = []struct{ part, database, platform string }{
	{"scopus.com/", "Scopus", "Scopus"},
	{"embase.com/", "Embase", "Embase"},
	{"ebscohost.com/", "", "EBSCOhost"},
	{"openurl.ebsco.com/", "", "EBSCOhost"},
	{"proquest.com/", "", "ProQuest"},
	{"lens.org/", "Lens", "Lens"},
	{"ieeexplore.ieee.org/", "IEEE Xplore", "IEEE Xplore"},
	{"jstor.org/", "JSTOR", "JSTOR"},
}

// ovidCodes name the database by the beginning of the code that links of Ovid
// carry as D=.
var ovidCodes = []struct{ code, database string }{
	{"med", "MEDLINE"}, {"pmoz", "MEDLINE"}, {"prem", "MEDLINE"}, {"ppez", "MEDLINE"}, {"prmz", "MEDLINE"}, {"mes", "MEDLINE"},
	{"psy", "APA PsycInfo"}, {"emed", "Embase"}, {"emez", "Embase"}, {"oeme", "Embase"}, {"emcz", "Embase"},
	{"cctr", "Cochrane Central Register of Controlled Trials"}, {"coch", "Cochrane Database of Systematic Reviews"},
	{"eric", "ERIC"}, {"amed", "AMED"}, {"hmic", "HMIC"}, {"cagh", "Global Health"}, {"cab", "CAB Abstracts"}, {"bios", "BIOSIS Previews"}, {"econ", "EconLit"},
}

// ebscoCodes name the database by the code that EBSCOhost writes under DB.
var ebscoCodes = map[string]string{
	"aph": "Academic Search Premier", "a9h": "Academic Search Complete", "asn": "Academic Search Ultimate", "8gh": "GreenFILE",
	"ccm": "CINAHL Complete", "cul": "CINAHL Ultimate", "c8h": "CINAHL", "cin20": "CINAHL", "rzh": "CINAHL Plus", "jlh": "CINAHL Plus with Full Text",
	"psyh": "APA PsycInfo", "pdh": "APA PsycArticles", "cmedm": "MEDLINE", "mdc": "MEDLINE Complete", "mnh": "MEDLINE with Full Text",
	"eric": "ERIC", "eue": "Education Source", "sih": "SocINDEX", "i3h": "Criminal Justice Abstracts", "cja": "Criminal Justice Abstracts", "bth": "Business Source Complete",
}

// look learns from one item; what a tag says outranks what a link shows.
func (s *source) look(it *item, said *source) {
	value := strings.TrimSpace(it.value)
	switch it.tag {
	case "DB":
		if said.database == "" {
			first, _, _ := strings.Cut(value, "\n")
			said.database = fold.Text(first)
		}
	case "DP":
		if said.platform == "" {
			said.platform = fold.Text(value)
		}
	case "AN":
		if strings.HasPrefix(value, "WOS:") {
			s.database, s.platform = "Web of Science", "Web of Science"
		}
		s.central(value)
	case "ID":
		s.central(value)
	case "UR", "L1", "L2", "L3", "L4", "LK":
		s.link(value)
	}
}

// central recognises the numbers of Cochrane CENTRAL: "CN-01413174".
func (s *source) central(value string) {
	if len(value) == 11 && strings.HasPrefix(value, "CN-") && digits(value[3:]) && s.database == "" {
		s.database = "Cochrane Central Register of Controlled Trials"
	}
}

func (s *source) link(url string) {
	if !strings.HasPrefix(url, "http") {
		return
	}
	if strings.Contains(url, "ovidsp.") && strings.Contains(url, "ovid.com/") {
		s.platform = "Ovid"
		code := parameter(url, "D=")
		for _, c := range ovidCodes {
			if strings.HasPrefix(code, c.code) {
				s.database = c.database
				return
			}
		}
		return
	}
	host := url
	if i := strings.Index(url, "?"); i > 0 {
		host = url[:i+1]
	}
	first := len(hosts)
	for i := 0; i < len(host); i++ {
		if host[i] != '/' {
			continue
		}
		for n := range first {
			if strings.HasSuffix(host[:i+1], hosts[n].part) {
				first = n
				break
			}
		}
	}
	if first == len(hosts) {
		return
	}
	if s.database == "" {
		s.database = hosts[first].database
	}
	if s.platform == "" {
		s.platform = hosts[first].platform
	}
}

// parameter gives the value of a parameter of a link, named with its "=".
func parameter(url, name string) string {
	for _, mark := range []string{"?", "&"} {
		if _, rest, ok := strings.Cut(url, mark+name); ok {
			value, _, _ := strings.Cut(rest, "&")
			return value
		}
	}
	return ""
}

// settle puts together what tags say, what links show and what headers said.
func (s *source) settle(said, hint source) {
	if name, ok := ebscoCodes[strings.ToLower(said.database)]; ok && (s.platform == "EBSCOhost" || said.platform == "EBSCOhost") {
		said.database = name
	}
	for _, other := range []source{said, *s, hint} {
		if other.database != "" {
			s.database = other.database
			break
		}
	}
	for _, other := range []source{said, *s, hint} {
		if other.platform != "" {
			s.platform = other.platform
			break
		}
	}
}

// is tells whether the record's database is of that name, whatever vintage or
// edition stands behind it: "APA PsycInfo <2021>", "Ovid MEDLINE(R) ALL".
func (s source) is(name string) bool {
	for i := 0; i+len(name) <= len(s.database); i++ {
		if strings.EqualFold(s.database[i:i+len(name)], name) {
			return true
		}
	}
	return false
}
