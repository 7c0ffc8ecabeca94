package query

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
)

// qualifierCodes are the topical qualifiers of MeSH by their two letters, those
// that were in use at any time (National Library of Medicine, MeSH Qualifiers;
// Ovid MEDLINE field guide, Floating Subheadings).
var qualifierCodes = map[string]string{
	"ab": "abnormalities", "ad": "administration & dosage", "ae": "adverse effects", "ag": "agonists", "aa": "analogs & derivatives",
	"an": "analysis", "ah": "anatomy & histology", "ai": "antagonists & inhibitors", "bi": "biosynthesis", "bl": "blood",
	"bs": "blood supply", "cf": "cerebrospinal fluid", "cs": "chemical synthesis", "ci": "chemically induced", "ch": "chemistry",
	"cl": "classification", "co": "complications", "cn": "congenital", "ct": "contraindications", "cy": "cytology", "df": "deficiency",
	"di": "diagnosis", "dg": "diagnostic imaging", "du": "diagnostic use", "dh": "diet therapy", "de": "drug effects",
	"dt": "drug therapy", "ec": "economics", "ed": "education", "em": "embryology", "en": "enzymology",
	"ep": "epidemiology", "es": "ethics", "eh": "ethnology", "et": "etiology", "ge": "genetics",
	"gd": "growth & development", "hi": "history", "im": "immunology", "in": "injuries", "ir": "innervation",
	"is": "instrumentation", "ip": "isolation & purification", "lj": "legislation & jurisprudence", "ma": "manpower", "me": "metabolism",
	"mt": "methods", "mi": "microbiology", "mo": "mortality", "nu": "nursing", "og": "organization & administration",
	"ps": "parasitology", "py": "pathogenicity", "pa": "pathology", "pk": "pharmacokinetics", "pd": "pharmacology",
	"ph": "physiology", "pp": "physiopathology", "po": "poisoning", "pc": "prevention & control", "px": "psychology",
	"re": "radiation effects", "ra": "radiography", "ri": "radionuclide imaging", "rt": "radiotherapy", "rh": "rehabilitation",
	"sc": "secondary", "se": "secretion", "st": "standards", "sn": "statistics & numerical data", "sd": "supply & distribution",
	"su": "surgery", "tu": "therapeutic use", "th": "therapy", "to": "toxicity", "tm": "transmission",
	"tr": "transplantation", "td": "trends", "us": "ultrasonography", "ul": "ultrastructure", "ur": "urine",
	"ut": "utilization", "ve": "veterinary", "vi": "virology",
}

// qualifierTree are the qualifiers right below a qualifier (National Library of
// Medicine, MeSH Qualifier Hierarchies).
var qualifierTree = map[string][]string{
	"analysis":                      {"blood", "cerebrospinal fluid", "isolation & purification", "urine"},
	"anatomy & histology":           {"blood supply", "cytology", "embryology", "innervation", "pathology", "ultrastructure"},
	"embryology":                    {"abnormalities"},
	"cytology":                      {"ultrastructure"},
	"chemistry":                     {"agonists", "analogs & derivatives", "antagonists & inhibitors", "chemical synthesis"},
	"diagnosis":                     {"diagnostic imaging", "pathology", "radiography", "radionuclide imaging", "ultrasonography"},
	"diagnostic imaging":            {"radiography", "radionuclide imaging", "ultrasonography"},
	"etiology":                      {"chemically induced", "complications", "congenital", "embryology", "genetics", "immunology", "microbiology", "parasitology", "transmission"},
	"complications":                 {"secondary"},
	"microbiology":                  {"virology"},
	"organization & administration": {"economics", "legislation & jurisprudence", "manpower", "standards", "supply & distribution", "trends", "utilization"},
	"pharmacology":                  {"administration & dosage", "adverse effects", "agonists", "antagonists & inhibitors", "pharmacokinetics"},
	"adverse effects":               {"poisoning", "toxicity"},
	"physiology":                    {"genetics", "growth & development", "immunology", "metabolism", "physiopathology", "secretion"},
	"metabolism":                    {"biosynthesis", "blood", "cerebrospinal fluid", "deficiency", "enzymology", "pharmacokinetics", "urine"},
	"statistics & numerical data":   {"epidemiology", "manpower", "supply & distribution", "utilization"},
	"epidemiology":                  {"ethnology", "mortality"},
	"therapeutic use":               {"administration & dosage", "adverse effects", "poisoning"},
	"therapy":                       {"diet therapy", "drug therapy", "nursing", "prevention & control", "radiotherapy", "rehabilitation", "surgery", "transplantation"},
	"surgery":                       {"transplantation"},
}

// qualifiersNamed gives the folded names that a qualifier may have in a record:
// its own, by name or by the two letters of MEDLINE, and with below those of the
// qualifiers under it. A name that MeSH lacks is compared as it is.
func qualifiersNamed(name string, below bool) []string {
	plain := strings.ToLower(strings.TrimSpace(name))
	if full, ok := qualifierCodes[plain]; ok {
		plain = full
	}
	plain = strings.ReplaceAll(plain, " and ", " & ")
	out := []string{plain}
	for i := 0; below && i < len(out); i++ {
		for _, q := range qualifierTree[out[i]] {
			if !slices.Contains(out, q) {
				out = append(out, q)
			}
		}
	}
	for i, q := range out {
		out[i] = fold.Key(q)
	}
	return out
}
