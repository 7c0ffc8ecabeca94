package dedupe

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// readKinds tells what kind of report the record is of.
func (f *form) readKinds(r *record.Record) {
	in, title := f.journal, f.title
	f.register = r.Kind == record.TrialRegister || in.register
	f.protocol = strings.Contains(title, "protocol") && (strings.Contains(title, "study protocol") || strings.Contains(title, "protocol for") ||
		strings.Contains(title, "trial protocol") || strings.HasPrefix(title, "protocol ") || strings.HasSuffix(title, " protocol"))
	f.preprint = r.Kind == record.Preprint || in.preprint || in.nameless && hasAnyPrefix(string(r.DOI), preprintPrefixes) || r.HasType("Preprint")
	f.draft = r.Kind == record.Report || r.Kind == record.Manuscript || in.draft
	f.thesis = r.Kind == record.Thesis || in.thesis
	f.meeting = !f.thesis && (r.Kind == record.ConferencePaper || r.Kind == record.Proceedings || in.meeting ||
		r.HasType("Congress") || r.HasType("Meeting Abstract") || r.HasType("Conference Abstract"))
	f.article = !f.meeting && !f.thesis && (r.Kind == record.JournalArticle || r.In.Volume != "" || r.In.Issue != "" || len(r.In.ISSN) > 0)
	if f.notice == noNotice && r.Flags.Notice {
		f.notice = erratumNotice
	}
}

// readKinds tells what the folded title of a container says about the kind.
func (j *journal) readKinds(in string) {
	j.nameless = in == ""
	j.register = containsAny(in, registerNames)
	j.preprint = containsAny(in, preprintNames)
	j.thesis = strings.Contains(in, "dissertation abstracts") || strings.Contains(in, "doctoral dissertation")
	j.draft = containsAny(in, draftNames)
	j.meeting = containsAny(in, meetingNames)
}

var (
	registerNames = []string{"clinicaltrials gov", "isrctn", "clinical trials registry", "trials register", "ictrp", "who int trialsearch", "prospero"}

	preprintNames = []string{"arxiv", "biorxiv", "medrxiv", "ssrn", "research square", "preprints", "psyarxiv", "osf preprints", "techrxiv"}

	// preprintPrefixes are DOI prefixes of preprint servers: bioRxiv and
	// medRxiv, arXiv, SSRN, Research Square, Preprints.org, OSF's servers, TechRxiv.
	preprintPrefixes = []string{"10.1101/", "10.48550/", "10.2139/ssrn", "10.21203/rs.", "10.20944/preprints", "10.31234/", "10.31219/", "10.36227/"}

	draftNames = []string{"technical report", "tech rep", "working paper", "discussion paper", "unpublished", "manuscript"}

	meetingNames = []string{"conference", "proceedings of the annual", "symposium", "workshop", "congress", "meeting", "abstracts"}
)

func containsAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
