package dedupe

import (
	"slices"
	"strings"
)

// domainRule is a rule that no sum of evidence outvotes. The first one that
// holds decides.
type domainRule struct {
	name    string
	verdict Verdict
	related RelatedKind
	why     string
	when    func(x *evidence) bool
}

// rules are the rules of the domain, in the order in which they are asked.
var rules = []domainRule{
	// A notice often shares title, journal, authors and even the DOI with what it
	// is about, and is a citation of its own in every database.
	{"notice with the same identifier", Unsure, "", "one looks like a notice or reply about the other, and yet both have one identifier or one place", func(x *evidence) bool {
		return x.a.notice != x.b.notice && x.policy.Kinds[x.noticeKind()] != Same && x.title >= titleAlike && x.sameAuthors() && (x.sameID() || x.samePlace() && x.people.Weight > 0)
	}},
	{"erratum", Different, Erratum, "one is a correction, the other what it corrects", func(x *evidence) bool {
		return x.oneNotice(erratumNotice) && x.title >= titleAlike
	}},
	{"retraction notice", Different, RetractionNotice, "one is a notice of retraction or concern, the other what it is about", func(x *evidence) bool {
		return x.oneNotice(retractionNotice) && x.title >= titleAlike
	}},
	{"reply", Different, Reply, "one is a reply to or comment on the other", func(x *evidence) bool {
		return x.oneNotice(replyNotice) && x.title >= titleAlike
	}},
	{"notice", Different, "", "one is a notice or reply, the other is not", func(x *evidence) bool {
		return x.a.notice != x.b.notice
	}},

	{"book review", Different, Reply, "one is a review of the book that the other is", func(x *evidence) bool {
		return x.a.review != x.b.review && x.title >= titleAlike && x.journal.Weight < 2 && !x.sameID()
	}},

	// Identifiers against titles: a column of identifiers that slipped by a row, or
	// one DOI for a whole supplement of abstracts. A person looks.
	{"identifier against title", Unsure, "", "the same identifier, and yet the titles are different", func(x *evidence) bool {
		return x.sameID() && x.title == titleDifferent && !x.samePlace()
	}},
	{"identifier against parts", Unsure, "", "the same identifier, and yet the titles name different parts", func(x *evidence) bool {
		return x.sameID() && x.otherPart()
	}},

	// Cochrane reviews and preprints keep their title from version to version.
	{"other version", Different, NewVersion, "the DOIs name different versions of one work", func(x *evidence) bool {
		return x.a.version != x.b.version && x.a.stem == x.b.stem && x.doi == differs
	}},
	{"other PMID", Different, OtherIdentifier, "the titles are alike, and yet PubMed has two numbers for them", func(x *evidence) bool {
		return x.pmid == differs && x.doi != agrees && x.title >= titleNear && x.sameAuthors()
	}},
	{"other PMID", Different, "", "PubMed has two numbers for them", func(x *evidence) bool {
		return x.pmid == differs && x.doi != agrees
	}},
	{"part", Different, Part, "they are different parts of one series", func(x *evidence) bool {
		return x.title >= titleAlike && x.otherPart()
	}},
	{"numbers", Different, Edition, "their titles differ in a number", func(x *evidence) bool {
		return x.title >= titleAlike && x.otherNumbers() && !x.samePlace() && !x.sameID()
	}},

	{"registration", Different, ProtocolResults, "one is the entry in a register, the other a report", func(x *evidence) bool {
		return x.a.register != x.b.register && x.title >= titleAlike
	}},
	{"other registration", Different, OtherRegistration, "two entries of trial registers with different numbers", func(x *evidence) bool {
		return x.a.register && x.b.register && otherRegistration(x.a, x.b)
	}},
	{"other registration", Different, OtherRegistration, "the titles differ in some words, and the registrations too: two trials of one group", func(x *evidence) bool {
		return x.title < titleNear && otherRegistration(x.a, x.b) && !x.samePlace() && !x.sameID()
	}},
	{"translation", Different, Translation, "one text in two languages, each published for itself", func(x *evidence) bool {
		return x.title >= titleSubtitle && otherLanguages(x.a, x.b) && !x.samePlace() && !x.sameID() && (x.clashes() > 0 || x.journal.Weight < 1)
	}},
	{"protocol", Different, ProtocolResults, "one is the protocol, the other reports results", func(x *evidence) bool {
		return x.a.protocol != x.b.protocol && x.title >= titleAlike && !x.samePlace() && !x.sameID()
	}},
	{"preprint", Different, PreprintVersion, "one is a preprint, the other the version of record", func(x *evidence) bool {
		return x.a.preprint != x.b.preprint && x.title >= titleAlike && x.sameAuthors() && !x.samePlace() && !x.sameID()
	}},

	{"report and publication", Different, PreprintVersion, "one is a technical report, working paper or manuscript, the other a publication", func(x *evidence) bool {
		return x.a.draft != x.b.draft && x.journalsKnown() && x.title >= titleAlike && x.sameAuthors() && !x.samePlace() && !x.sameID()
	}},

	{"thesis", Different, ThesisArticle, "one is a thesis, the other is not", func(x *evidence) bool {
		return x.a.thesis != x.b.thesis && x.title >= titleAlike && !x.sameID()
	}},

	// Two works cannot stand on the same pages of the same volume: a record in
	// another language, or a title by another translator. Abstracts, of which
	// several share a page, are left to the evidence.
	{"same place", Same, "", "the same title on the same pages of the same volume", func(x *evidence) bool {
		return x.title >= titleNear && x.sameRange() && x.volume == agrees && x.journal.Weight >= 1
	}},
	{"same place", Same, "", "the same authors on the same pages of the same volume; the title is put differently", func(x *evidence) bool {
		return x.title <= titleAlike && x.title != titleAbsent && x.sameRange() && x.people.Weight >= 2 &&
			(x.volume == agrees && x.journal.Weight >= 1 || x.title == titleAlike && x.issue == agrees)
	}},

	// Rubrics tell nothing; only their place does.
	{"rubric", Different, "", "a rubric that stands in many issues", func(x *evidence) bool {
		return x.a.rubric && x.b.rubric && !x.samePlace() && !x.sameID() && (x.clashes() > 0 || x.apart > 0 || x.issue == differs || x.people.Weight < 0)
	}},

	// What nothing but other fields speak for: without a title nobody can check it.
	{"no title", Unsure, "", "one has no title, all else agrees", func(x *evidence) bool {
		return x.title == titleAbsent && !x.sameID() && x.score() >= x.policy.Join
	}},
	{"title only", Unsure, "", "the titles agree, and there is nothing else to tell by", func(x *evidence) bool {
		return !x.supported() && x.score() >= x.policy.Join
	}},
	{"authors", Unsure, "", "the titles agree, the authors do not at all", func(x *evidence) bool {
		return x.people.Weight <= -9 && !x.sameID() && x.score() >= x.policy.Join && x.title >= titleNear
	}},
	{"authors", Different, "", "none of the authors are the same, and the titles differ too", func(x *evidence) bool {
		return x.people.Weight <= -9 && !x.sameID() && x.title < titleNear
	}},

	// One text in two places: an abstract or paper of a meeting and the article
	// that grew from it, or a text printed twice. Each has its own citation.
	{"meeting and article", Different, ConferenceAbstract, "a report to a meeting and an article", func(x *evidence) bool {
		return (x.a.meeting && x.b.article || x.b.meeting && x.a.article) && x.title >= titleAlike && x.sameAuthors() && !x.samePlace() && !x.sameID() &&
			(x.volume == differs || x.journalsKnown() && x.journal.Weight < 2 || x.apart >= 1 && x.journal.Weight < 2)
	}},
	{"meeting and journal", Different, ConferenceAbstract, "a paper at a meeting and an article in the journal of that name", func(x *evidence) bool {
		return x.a.journal.marked != x.b.journal.marked && x.journalsKnown() && x.journal.Weight < 3 && x.apart >= 1 && x.title >= titleAlike && x.volume == unknown && x.pages != agrees && !x.sameID()
	}},
	{"another volume", Different, Edition, "one title in different volumes of one journal", func(x *evidence) bool {
		return x.title >= titleClose && x.sameAuthors() && !x.samePlace() && !x.sameID() && x.volume == differs && x.journal.Weight >= 3
	}},
	{"two places", Different, Republished, "one title, published in two places", func(x *evidence) bool {
		return x.title >= titleClose && x.sameAuthors() && !x.samePlace() && !x.sameID() && (x.clashes() >= 2 || x.volume == differs)
	}},
	{"two places", Different, Republished, "one title on different pages of what seem different journals or books", func(x *evidence) bool {
		return x.title >= titleClose && x.pages == differs && x.journalsKnown() && x.journal.Weight < 2 && x.volume != agrees && !x.sameID()
	}},
	// Rubrics and annual papers keep their title: "Editor's comments", the
	// introduction to the same track of each year's conference.
	{"another issue", Different, Edition, "one title in different issues", func(x *evidence) bool {
		return x.title >= titleSubtitle && x.issue == differs && x.pages != agrees && !x.sameID()
	}},
	{"another year", Different, Edition, "one title in different years, each with a DOI of its own", func(x *evidence) bool {
		return x.title >= titleSubtitle && x.apart >= 1 && x.doi == differs && x.pages != agrees
	}},
	{"another meeting", Different, Edition, "one title at the meetings of different years", func(x *evidence) bool {
		return x.a.meeting && x.b.meeting && x.pages != agrees && !x.sameID() &&
			(x.title >= titleAlike && x.title < titleNear && x.apart >= 1 || x.title >= titleNear && x.apart >= 2 || x.title >= titleAlike && x.apart >= 1 && x.journal.Weight < 2)
	}},
	// A registrant gives each work one DOI. Where a journal moved to another
	// publisher, its articles may have two; they stand in one place.
	{"other DOI", Different, OtherIdentifier, "the titles are alike, and yet each has a DOI of its own", func(x *evidence) bool {
		return x.doi == differs && wellFormed(x.a.doi) && wellFormed(x.b.doi) && x.title >= titleClose && x.sameAuthors() && !x.samePlace() && !x.sameID()
	}},
	{"years apart", Unsure, "", "the years are two or more apart, and nothing settles it", func(x *evidence) bool {
		return x.apart >= 2 && !x.samePlace() && !x.sameID() && x.score() >= x.policy.Join
	}},
	{"years and journals", Unsure, "", "the years differ, and so may the journals; nothing settles it", func(x *evidence) bool {
		return x.apart >= 1 && x.journalsKnown() && x.journal.Weight < 2 && !x.samePlace() && !x.sameID() && x.volume != agrees && x.score() >= x.policy.Join
	}},
	{"different journals", Unsure, "", "two journals or meetings, and neither pages nor an identifier to settle it", func(x *evidence) bool {
		return x.journal.Weight <= -4 && !x.samePlace() && !x.sameID() && x.score() >= x.policy.Join &&
			!(x.everyAuthor && x.apart == 0 && (x.pages == agrees && x.a.pages > 2 || x.volume == agrees && x.issue == agrees)) // one name is not the journal's, or a translation of it
	}},

	// A title that was changed needs more than its words: a place or an
	// identifier. Authors report more than once from one study.
	{"changed title", Different, "", "the titles differ in some words, and so do the facts of publication", func(x *evidence) bool {
		return x.changedTitle() && (x.clashes() > 0 || x.issue == differs || x.apart >= 1)
	}},
	{"changed title", Unsure, "", "the titles differ in some words, and nothing else settles it", func(x *evidence) bool {
		return x.changedTitle() && x.score() >= x.policy.Join &&
			!x.listedByTwo() && !(x.title == titleWithin && (x.everyAuthor || x.people.Weight >= 5) && x.apart == 0 && x.journal.Weight > -4) &&
			(x.title == titleAlike || !x.everyAuthor && x.people.Weight < 6 || x.journal.Weight < 1)
	}},
	// Abstracts of one meeting share pages, and those of one group share authors.
	{"abstracts on one page", Unsure, "", "short reports on one page whose titles differ in some words", func(x *evidence) bool {
		return (x.title == titleAlike || x.title == titleClose) && x.samePlace() && !x.sameID() && (x.a.pages <= 2 || x.b.pages <= 2) &&
			x.score() >= x.policy.Join && (x.title == titleAlike || x.people.Weight < 3)
	}},
	// A column or report keeps its title. A database that gathers from others may
	// list one article twice, and then gives its volume twice.
	{"listed twice", Unsure, "", "one file of one database lists both, and neither place nor identifier says that it lists one work twice", func(x *evidence) bool {
		return x.a.source != 0 && x.a.source == x.b.source && x.volume != agrees && !x.samePlace() && !x.sameID() && x.score() >= x.policy.Join
	}},
}

// wellFormed tells whether a DOI has the form of one that resolves: a registrant's
// number and something behind it.
func wellFormed(doi string) bool {
	registrant, suffix, _ := strings.Cut(strings.TrimPrefix(doi, "10."), "/")
	return len(registrant) >= 4 && isNumber(registrant) && len(suffix) >= 2
}

// sameRange tells whether both stand on the same three or more pages.
func (x *evidence) sameRange() bool {
	return x.samePlace() && x.a.pages >= 3 && x.a.pages == x.b.pages && x.a.last == x.b.last && x.apart == 0 && x.issue != differs && !x.otherPart()
}

// supported tells whether any field besides the title speaks for one work.
func (x *evidence) supported() bool {
	for _, l := range x.levels[1:x.n] {
		if l.Weight >= 2 {
			return true
		}
	}
	return len(x.mine) > 0
}

// changedTitle tells whether the titles differ in words, and neither place nor
// identifier says that the works are one.
func (x *evidence) changedTitle() bool {
	return (x.title == titleAlike || x.title == titleClose || x.title == titleWithin) && !x.samePlace() && !x.sameID()
}

// listedByTwo tells whether two databases list what differs in its title only: works
// of the same year by the same people. Databases correct titles, and each lists a
// work once, so that group joins it with one record of the other, the most alike.
func (x *evidence) listedByTwo() bool {
	if !x.twoDatabases() || x.apart != 0 || x.journal.Weight <= -4 {
		return false
	}
	if len(x.a.authors) == 0 || len(x.b.authors) == 0 {
		return x.title >= titleClose && x.journal.Weight >= 2
	}
	return len(x.a.authors) == len(x.b.authors) &&
		(x.everyAuthor && (x.title >= titleClose || len(x.a.authors) > 2) || x.title >= titleClose && x.people.Weight >= 5)
}

// journalsKnown tells whether both name a journal, book or meeting.
func (x *evidence) journalsKnown() bool {
	return len(x.a.journal.words) > 0 && len(x.b.journal.words) > 0
}

// noticeKind is how the one is related to the other, of which one is a notice.
func (x *evidence) noticeKind() RelatedKind {
	switch {
	case x.oneNotice(erratumNotice):
		return Erratum
	case x.oneNotice(retractionNotice):
		return RetractionNotice
	}
	return Reply
}

// oneNotice tells whether exactly one of the two is a notice of that kind.
func (x *evidence) oneNotice(k notice) bool {
	return (x.a.notice == k) != (x.b.notice == k)
}

// otherPart tells whether the titles name different parts of a series.
func (x *evidence) otherPart() bool {
	a, b := x.a.part, x.b.part
	return a != b && (a > 0 && b > 0 || max(a, b) > 1 && !x.samePlace() && !x.sameID())
}

// otherNumbers tells whether both titles have numbers, and not the same.
func (x *evidence) otherNumbers() bool {
	return x.title < titleSame && !sameNumbers(x.a.numbers, x.b.numbers)
}

// otherLanguages tells whether the languages of both are known, with none in
// common.
func otherLanguages(a, b *form) bool {
	for _, l := range a.languages {
		if slices.Contains(b.languages, l) {
			return false
		}
	}
	return len(a.languages) > 0 && len(b.languages) > 0
}

// otherRegistration tells whether both name registrations and share none.
func otherRegistration(a, b *form) bool {
	for _, r := range a.registrations {
		if slices.Contains(b.registrations, r) {
			return false
		}
	}
	return len(a.registrations) > 0 && len(b.registrations) > 0
}
