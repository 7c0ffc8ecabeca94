package dedupe

import "slices"

// oneStudy is the most registrations that a report of one study names: a trial
// may stand in several registers. What names more pools or reviews trials.
const oneStudy = 4

// ofOneStudy gives the registrations of a report of one study, none for others.
func (f *form) ofOneStudy() []string {
	if len(f.registrations) > oneStudy {
		return nil
	}
	return f.registrations
}

// commonStudy gives a registration that two reports of one study share, "" if
// there is none.
func commonStudy(a, b *form) string {
	for _, id := range a.ofOneStudy() {
		if slices.Contains(b.ofOneStudy(), id) {
			return id
		}
	}
	return ""
}

// relateByRegistration relates two works that name one registration and that no
// rule relates better. It never joins any: reports of one study are works of
// their own. Notices and replies belong to their article, not to the study. It
// tells whether it did.
func (x *evidence) relateByRegistration(c *Comparison) bool {
	if c.Verdict != Different || c.Related != "" && c.Related != SameTitle && c.Related != OtherIdentifier || c.Rule == statedRule || x.a.notice != noNotice || x.b.notice != noNotice {
		return false
	}
	id := commonStudy(x.a, x.b)
	if id == "" {
		return false
	}
	planned := func(f *form) bool { return f.register || f.protocol }
	c.Related, c.Why = Companion, "both name the registration "+id+": reports of one study"
	if planned(x.a) != planned(x.b) {
		c.Related, c.Why = ProtocolResults, "both name the registration "+id+": one is its entry or protocol, the other a report"
	}
	return true
}
