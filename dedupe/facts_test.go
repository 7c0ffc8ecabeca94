package dedupe_test

import (
	"strings"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// article makes a record of what a citation says:
// "authors | title | year | journal | volume | issue | pages | doi | pmid".
func article(t testing.TB, citation string) *record.Record {
	t.Helper()
	part := strings.Split(citation+strings.Repeat("|", 9), "|")
	for i := range part {
		part[i] = strings.TrimSpace(part[i])
	}
	r := &record.Record{Title: part[1], Kind: record.JournalArticle}
	for _, n := range strings.Split(part[0], ";") {
		if name := record.ParseName(n); name.String() != "" {
			r.People = append(r.People, record.Contributor{Role: record.Author, Name: name})
		}
	}
	if part[2] != "" {
		d, ok := record.ParseDate(part[2])
		require.True(t, ok, part[2])
		r.Date = d
	}
	r.In = record.Container{Title: part[3], Volume: part[4], Issue: part[5], Pages: part[6]}
	if part[7] != "" {
		d, ok := record.ParseDOI(part[7])
		require.True(t, ok, part[7])
		r.DOI = d
	}
	if part[8] != "" {
		id, ok := record.ParsePMID(part[8])
		require.True(t, ok, part[8])
		r.PMID = id
	}
	r.FixID()
	return r
}

func compare(a, b *record.Record) dedupe.Comparison {
	return dedupe.Compare(nil, dedupe.Policy{}, a, b)
}

const (
	full = "Berg, Anna M; Sand, Jonas; Lund, Eva | Peer support for carers of people with dementia: a randomised controlled trial | 2019 | Journal of Community Psychiatry | 12 | 3 | 123-138"
	bare = "Berg AM; Sand J; Lund E | Peer support for carers of people with dementia: a randomised controlled trial | 2019"
)

func TestOneWork(t *testing.T) {
	for name, pair := range map[string][2]string{
		"a title in capitals": {full,
			"Berg AM; Sand J; Lund E | PEER SUPPORT FOR CARERS OF PEOPLE WITH DEMENTIA: A RANDOMISED CONTROLLED TRIAL | 2019 | J COMMUNITY PSYCHIATRY | 12 | 3 | 123-38"},
		"a subtitle that is missing": {full,
			"Berg AM; Sand J; Lund E | Peer support for carers of people with dementia | 2019 | Journal of Community Psychiatry | 12 | 3 | 123-138"},
		"a title cut off": {full,
			"Berg AM; Sand J; Lund E | Peer support for carers of people with dementia: a randomised cont | 2019 | Journal of Community Psychiatry | 12 | 3 | 123-138"},
		"American spelling":                  {full, "Berg AM; Sand J; Lund E | Peer support for carers of people with dementia: a randomized controlled trial | 2019 | J Community Psychiatry | 12 | 3 | 123-38"},
		"a journal abbreviated by its words": {full, "Berg AM | Peer support for carers of people with dementia: a randomised controlled trial | 2019 | J Commun Psychiatr | 12 | | 123"},
		"names the other way round":          {full, "Anna M. Berg; Jonas Sand; Eva Lund | Peer support for carers of people with dementia: a randomised controlled trial | 2019 | Journal of Community Psychiatry"},
		"the year of online publication":     {full, "Berg, Anna M; Sand, Jonas; Lund, Eva | Peer support for carers of people with dementia: a randomised controlled trial | 2018 | Journal of Community Psychiatry"},
		"nothing but authors, title, year":   {full, bare},
		"no authors, but the same place":     {full, "| Peer support for carers of people with dementia: a randomised controlled trial | 2019 | Journal of Community Psychiatry | 12 | 3 | 123-138"},
		"notes of a database behind the title": {full,
			"Berg AM; Sand J; Lund E | Peer support for carers of people with dementia: a randomised controlled trial. [Review] [33 refs] | 2019 | Journal of Community Psychiatry | 12 | 3 | 123-138"},
		"the erratum named in the title of the article": {full,
			"Berg AM; Sand J; Lund E | Peer support for carers of people with dementia: a randomised controlled trial.[Erratum appears in J Community Psychiatry. 2019;12(4):200] | 2019 | Journal of Community Psychiatry | 12 | 3 | 123-138"},
		"the title in another language on the same pages": {full,
			"Berg A.; Sand J.; Lund E. | Unterstützung durch Gleichgestellte für pflegende Angehörige: eine Studie | 2019 | J Community Psychiatry | 12 | 3 | 123-138"},
		"the original title in brackets": {
			"Berg A | Arbeit und Gesundheit in der Pflege: eine Übersicht | 2020 | Pflege | 33 | 2 | 71-80",
			"Berg A | Work and health in nursing: an overview [Arbeit und Gesundheit in der Pflege: eine Übersicht] | 2020 | Pflege | 33 | 2 | 71-80"},
		"Greek letters spelt out": {
			"Sand J | Effect of TNF-α blockade on IL-6 in rheumatoid arthritis | 2015 | Rheumatology | 40 | 1 | 55-60",
			"Sand J | Effect of TNF-alpha blockade on IL 6 in rheumatoid arthritis | 2015 | Rheumatology | 40 | 1 | 55-60"},
		"markup left in": {
			"Sand J | Uptake of CO<sub>2</sub> by alpine meadows under warming | 2015 | Ecology Letters | 40 | 1 | 55-60",
			"Sand J | Uptake of CO2 by alpine meadows under warming | 2015 | Ecology Letters | 40 | 1 | 55-60"},
		"another transliteration of the name": {
			"Kryzhanovskii GN; Kucherianu VG | Depressive syndrome in rats after systemic administration | 1995 | Zh Vyssh Nerv Deiat | 45 | 2 | 377-387",
			"Kryzhanovsky GN; Kucheryanu VG | Depressive syndrome in rats after systemic administration | 1995 | Zh Vyssh Nerv Deiat | 45 | 2 | 377-387"},
		"names whose separators were lost": {
			"Li Z. M.Kong C. Y.Zhang S. L. | Alcohol and viral hepatitis promote steatosis | 2019 | Ann Hepatol",
			"Li ZM; Kong CY; Zhang SL | Alcohol and viral hepatitis promote steatosis | 2019 | Annals of Hepatology"},
		"the same DOI": {full + " | 10.5555/jcp.1", "Berg AM | Peer support for carers of people with dementia | 2020 | | | | | 10.5555/JCP.1"},
		"the same PMID, other volume and issue": {full + " | | 30000001",
			"Berg AM; Sand J; Lund E | Peer support for carers of people with dementia: a randomised controlled trial | 2019 | J Community Psychiatry | 11 | 9 | 123-138 | | 30000001"},
		"columns that slipped by one": {
			"Sand J | Treatment of recurrent falls among older people in care homes | 2011 | Age and Care | | 26 | 9",
			"Sand J | Treatment of recurrent falls among older people in care homes | 2011 | Age and Care | 26 | 9 | 1746-1752"},
		"a rubric of the journal before the title": {full,
			"Berg AM; Sand J; Lund E | Short report: Peer support for carers of people with dementia: a randomised controlled trial | 2019 | Journal of Community Psychiatry | 12 | 3 | 123-138"},
		"a nickname": {"Robert Gerber | Parallel query processing on clusters of workstations | 1995 | Meeting on Data",
			"Bob Gerber | Parallel query processing on clusters of workstations | 1995 | Meeting on Data"},
		"the other of two family names": {"Camps, Rafael | Relations of three tables: a case against common beliefs | 2002 | Data Record",
			"Paré, Rafael Camps | Relations of three tables: a case against common beliefs | 2002 | Data Record"},
		"a body in place of its members": {"Sand J; Lund E | The database group at the northern technical university | 1995 | Data Record",
			"Northern Technical Institute of Bergen | The database group at the northern technical university | 1995 | Data Record"},
		"an abbreviation behind the words it stands for": {"Sand J | The work of the Community Psychiatry Network (CPN) | 2015 | Home Care Review",
			"Sand J | The work of the Community Psychiatry Network: a report of the first years | 2015 | Home Care Review"},
		"the kind of contribution to a meeting":                        {"Sand J; Lund E | Panel: Access to care records | 2015 | Home Care Meeting", "Sand J; Lund E | Access to care records (panel session) | 2015 | Home Care Meeting"},
		"a book review under the reviewer and under the book's author": {"Geller J | Handbook of sleep for nurses and their patients - Book Review | 2002 | Sleep Practice", "Lund E | Handbook of sleep for nurses and their patients | 2002 | Sleep Practice"},
		"a journal named with its publisher":                           {"Sand J | Too much sleep | 2002 | ACM Sleep Record", "Sand J | Too much sleep | 2002 | Sleep Record"},
		"a journal named in two languages":                             {"Sand J; Lund E | Sleep of nurses in the north | 2002 | Tidsskrift for nattarbeid | 31 | 2", "Sand J; Lund E | Sleep of nurses in the north | 2002 | Journal of Night Work | 31 | 2 | A12"},
		"the same pages under what is not the journal's name":          {"Sand J; Lund E | Sleep of nurses in the north | 2002 | Sleep Practice | | | 142-151", "Sand J; Lund E | Sleep of nurses in the north | 2002 | Wiley Online | | | 142-151"},
	} {
		c := compare(article(t, pair[0]), article(t, pair[1]))
		assert.Equal(t, dedupe.Same, c.Verdict, "%s: %s (%.3f): %s", name, c.Rule, c.Score, c.Why)
		assert.GreaterOrEqual(t, c.Score, 0.95, name)
	}
}

func TestRelatedButNotOneWork(t *testing.T) {
	for name, x := range map[string]struct {
		a, b string
		kind dedupe.RelatedKind
	}{
		"an erratum": {full, "Berg AM; Sand J; Lund E | Correction to: Peer support for carers of people with dementia: a randomised controlled trial | 2019 | Journal of Community Psychiatry | 12 | 4 | 200", dedupe.Erratum},
		"a correction announced at the end of the title": {full, `Berg AM; Sand J; Lund E | "Peer support for carers of people with dementia: a randomised controlled trial": Correction. | 2019 | Journal of Community Psychiatry | 12 | 4 | 200`, dedupe.Erratum},
		"a correction as Web of Science titles it":       {full, "Berg AM | Peer support for carers of people with dementia: a randomised controlled trial (vol 12, pg 123, 2019) | 2019 | Journal of Community Psychiatry | 12 | 4 | 200", dedupe.Erratum},
		"a notice of retraction":                         {full, "| Retraction notice to: Peer support for carers of people with dementia: a randomised controlled trial | 2021 | Journal of Community Psychiatry | 14 | 1 | 5", dedupe.RetractionNotice},
		"a reply":                                        {full, "Holm K | Re: Peer support for carers of people with dementia: a randomised controlled trial | 2019 | Journal of Community Psychiatry | 12 | 4 | 201", dedupe.Reply},
		"a reply named at the end":                       {full, "Berg AM | Peer support for carers of people with dementia: a randomised controlled trial - Reply | 2019 | Journal of Community Psychiatry | 12 | 4 | 202", dedupe.Reply},
		"part 1 and part 2": {"Lund E | Home care for frail elders. Part 1: needs | 2018 | Home Care Review | 5 | 1 | 10-19",
			"Lund E | Home care for frail elders. Part II: services | 2018 | Home Care Review | 5 | 2 | 60-69", dedupe.Part},
		"a protocol and the results": {full,
			"Berg AM; Sand J; Lund E | Peer support for carers of people with dementia: study protocol of a randomised controlled trial | 2016 | BMC Trials | 3 | | 17", dedupe.ProtocolResults},
		"a conference abstract and the article": {full,
			"Berg AM; Sand J; Lund E | Peer support for carers of people with dementia: a randomised controlled trial | 2018 | 28th Congress of Community Care, Abstracts | 4 | | S31", dedupe.ConferenceAbstract},
		"a preprint and the version of record": {full + " | 10.5555/jcp.1",
			"Berg AM; Sand J; Lund E | Peer support for carers of people with dementia: a randomised controlled trial | 2018 | medRxiv | | | | 10.5555/preprint.9", dedupe.PreprintVersion},
		"two versions of one review": {
			"Lund E | Exercise for sleep in older adults | 2014 | Reviews of Interventions | | 3 | CD000001 | 10.5555/14651858.CD000001.pub2",
			"Lund E | Exercise for sleep in older adults | 2019 | Reviews of Interventions | | 7 | CD000001 | 10.5555/14651858.CD000001.pub3", dedupe.NewVersion},
		"annual reports of two years": {
			"| Annual report on the state of community mental health services 2017 | 2018 | National Health Reports | 8 | | 1-90",
			"| Annual report on the state of community mental health services 2018 | 2019 | National Health Reports | 9 | | 1-94", dedupe.Edition},
		"one guideline in two journals": {
			"Lund E; Holm K | Guideline for the treatment of insomnia in primary care | 2012 | Sleep Practice | 33 | 2 | 100-120 | 10.5555/sp.1",
			"Lund E; Holm K | Guideline for the treatment of insomnia in primary care | 2012 | Annals of Family Care | 7 | 9 | 500-521 | 10.5555/afc.2", dedupe.Republished},
		"a book and its review":              {"Lund E | Handbook of sleep for nurses and their patients | 2002", "Geller J | Handbook of sleep for nurses and their patients [Book review] | 2002 | Sleep Practice", dedupe.Reply},
		"a technical report and the article": {full, "Berg AM; Sand J; Lund E | Peer support for carers of people with dementia: a randomised controlled trial | 2018 | Technical Report 17, Northern Institute", dedupe.PreprintVersion},
		"a dissertation and the article": {full,
			"Berg AM | Peer support for carers of people with dementia: a randomised controlled trial | 2018 | Dissertation Abstracts International: Section B | 79 | 2-B", dedupe.ThesisArticle},
	} {
		a, b := article(t, x.a), article(t, x.b)
		c := compare(a, b)
		assert.Equal(t, dedupe.Different, c.Verdict, "%s: %s (%.3f): %s", name, c.Rule, c.Score, c.Why)
		assert.Equal(t, x.kind, c.Related, "%s: %s: %s", name, c.Rule, c.Why)
		assert.Less(t, c.Score, 0.25, name)
		assert.NotEmpty(t, c.Why, name)
	}
}

func TestATrialRegistrationIsNotTheReport(t *testing.T) {
	report := article(t, full)
	entry := article(t, "Berg AM | Peer support for carers of people with dementia: a randomised controlled trial | 2015 | ClinicalTrials.gov")
	entry.Kind = record.TrialRegister
	c := compare(report, entry)
	assert.Equal(t, dedupe.Different, c.Verdict)
	assert.Equal(t, dedupe.ProtocolResults, c.Related)
}

func TestATranslationPublishedForItselfIsListed(t *testing.T) {
	a := article(t, "Lund E | Insomnia in primary care: a guideline | 2012 | Sleep Practice | 33 | 2 | 100-120")
	b := article(t, "Lund E | Insomnia in primary care: a guideline | 2013 | Schlafmedizin | 4 | 1 | 5-30")
	a.Languages, b.Languages = []string{"en"}, []string{"de"}
	c := compare(a, b)
	assert.Equal(t, dedupe.Different, c.Verdict)
	assert.Equal(t, dedupe.Translation, c.Related)
}

func TestTwoTrialsOfOneGroupAreToldApartByTheirRegistrations(t *testing.T) {
	a := article(t, "Lund E; Holm K | Exercise for sleep in older adults with mild memory loss | 2012 | Sleep Practice")
	b := article(t, "Lund E; Holm K | Exercise for sleep in older adults with severe memory loss | 2012 | Sleep Practice")
	a.Registrations = []record.Registration{{Registry: "ClinicalTrials.gov", ID: "NCT00000001"}}
	b.Registrations = []record.Registration{{Registry: "ClinicalTrials.gov", ID: "NCT00000002"}}
	assert.Equal(t, "other registration", compare(a, b).Rule)
}

func TestTheSamePMCIDIsOneWork(t *testing.T) {
	a, b := article(t, full), article(t, "| Peer support for carers of people with dementia | 2020")
	a.PMCID, b.PMCID = "PMC1000001", "PMC1000001"
	assert.Equal(t, dedupe.Same, compare(a, b).Verdict)
	assert.Len(t, find(t, a, b).Groups, 1)
}

func TestDifferentWorks(t *testing.T) {
	for name, pair := range map[string][2]string{
		"rubrics of two issues": {"Lund E | Editorial | 2014 | Home Care Review | 5 | 1 | 1-2", "Lund E | Editorial | 2014 | Home Care Review | 5 | 2 | 1-2"},
		"two commentaries with one title": {
			"Sand J | Commentary on the role of imagination in organising | 2006 | Organisation Journal | 15 | 5 | 453-456 | 10.5555/oj.1",
			"Holm K | Commentary on the role of imagination in organising | 2006 | Organisation Journal | 15 | 5 | 457-459 | 10.5555/oj.2"},
		"two trials of one group": {
			"Lund E; Holm K | Eculizumab in adults with resistant disease: a phase II study | 2011 | Kidney Abstracts | 22 | 1 | 45",
			"Lund E; Holm K | Eculizumab in adolescents with sensitive disease: a phase II study | 2011 | Kidney Abstracts | 22 | 1 | 46"},
		"two PubMed numbers": {full + " | | 30000001", full + " | | 30000002"},
	} {
		c := compare(article(t, pair[0]), article(t, pair[1]))
		assert.Equal(t, dedupe.Different, c.Verdict, "%s: %s (%.3f): %s", name, c.Rule, c.Score, c.Why)
	}
}

func TestAPersonShouldLook(t *testing.T) {
	for name, pair := range map[string][2]string{
		"one DOI, two titles":         {"Lund E | Sleep in shift workers of the north | 2011 | Sleep Practice | 32 | 1 | S45 | 10.5555/sp.suppl", "Holm K | Appetite after bariatric surgery | 2011 | Sleep Practice | 32 | 1 | S77 | 10.5555/sp.suppl"},
		"one PMID, two titles":        {"Lund E | Sleep in shift workers of the north | 2011 | | | | | | 30000001", "Holm K | Appetite after bariatric surgery | 2013 | | | | | | 30000001"},
		"a record without a title":    {full, "Berg AM; Sand J; Lund E | | 2019 | Journal of Community Psychiatry | 12 | 3 | 123-138"},
		"a title and nothing besides": {"| Peer support for carers of people with dementia: a randomised controlled trial | 2019", "| Peer support for carers of people with dementia: a randomised controlled trial | 2020"},
		"a correction under the DOI of its article": {full + " | 10.5555/jcp.1",
			"Berg AM; Sand J; Lund E | Correction: Peer support for carers of people with dementia: a randomised controlled trial | 2019 | Journal of Community Psychiatry | 12 | 4 | 200 | 10.5555/jcp.1"},
	} {
		c := compare(article(t, pair[0]), article(t, pair[1]))
		assert.Equal(t, dedupe.Unsure, c.Verdict, "%s: %s (%.3f): %s", name, c.Rule, c.Score, c.Why)
		assert.GreaterOrEqual(t, c.Score, 0.25, name)
	}
}

func fromDatabase(r *record.Record, file, database string) *record.Record {
	r.Source.File, r.Source.Database = file, database
	return r
}

// Two columns of one title, in one year of one journal.
const column = "Sand J | Notes on sleep practice | 2014 | Home Care Review"

func TestADatabaseListsAWorkOnce(t *testing.T) {
	a, b := fromDatabase(article(t, column), "all.csv", "MEDLINE"), fromDatabase(article(t, column), "all.csv", "MEDLINE")
	c := compare(a, b)
	assert.Equal(t, dedupe.Unsure, c.Verdict)
	assert.Equal(t, "listed twice", c.Rule)
	b.Source.File = "second search.csv"
	assert.Equal(t, dedupe.Same, compare(a, b).Verdict, "two searches find one record")
	b.Source = record.Source{File: "all.csv", Database: "Scopus"}
	assert.Equal(t, dedupe.Same, compare(a, b).Verdict)
	a.In.Volume, b.In.Volume, b.Source = "5", "5", a.Source
	assert.Equal(t, dedupe.Same, compare(a, b).Verdict, "it may gather from others, and then gives the volume twice")
}

func TestATitleThatADatabaseChangedIsFoundAmongThoseOfTheOther(t *testing.T) {
	one := "Sand J; Lund E; Holm K | Using the golden rule of sampling for estimates of queries | 1998"
	other := "Sand J; Lund E; Holm K | Applying the golden rule of sampling for estimates of queries | 1998"
	assert.Equal(t, dedupe.Unsure, compare(article(t, one), article(t, other)).Verdict)
	a, b := fromDatabase(keyed(t, "a", one), "all.csv", "A"), fromDatabase(keyed(t, "b", other), "all.csv", "B")
	assert.Equal(t, dedupe.Same, compare(a, b).Verdict)
	same := fromDatabase(keyed(t, "c", one), "all.csv", "B")
	res := find(t, a, b, same)
	require.Len(t, res.Groups, 1)
	assert.Equal(t, []*record.Record{a, same}, res.Groups[0].Records, "the most alike of two that one database lists")
	require.NotEmpty(t, res.Doubtful)
}

func TestADemonstrationAndAPaperOfOneTitleAreToldApart(t *testing.T) {
	demo := func(key, db string) *record.Record {
		return fromDatabase(keyed(t, key, "Sand J; Lund E | Visual exploration of large data sets (demo abstract) | 1997 | Data Meeting"), "all.csv", db)
	}
	paper := func(key, db string) *record.Record {
		return fromDatabase(keyed(t, key, "Sand J; Lund E | Visual exploration of large data sets | 1997 | Data Meeting"), "all.csv", db)
	}
	a, b, c, d := demo("a", "A"), paper("b", "A"), demo("c", "B"), paper("d", "B")
	res := find(t, a, b, c, d)
	require.Len(t, res.Groups, 2)
	assert.Equal(t, []*record.Record{a, c}, res.Groups[0].Records)
	assert.Equal(t, []*record.Record{b, d}, res.Groups[1].Records)
}

func TestACallersRuleAddsEvidence(t *testing.T) {
	a, b := article(t, full), article(t, bare)
	p := dedupe.Policy{Rules: []dedupe.Rule{{Name: "sponsor", Weigh: func(a, b *record.Record) (float64, string) { return -40, "another sponsor" }}}}
	c := dedupe.Compare(nil, p, a, b)
	assert.Equal(t, dedupe.Different, c.Verdict)
	assert.Contains(t, c.Levels, dedupe.Level{Field: "sponsor", Name: "another sponsor", Weight: -40})
}

func TestEveryLevelReadsAsWords(t *testing.T) {
	c := compare(article(t, full), article(t, "Berg AM; Holm K | Peer support for carers of people with dementia | 2018 | J Community Psychiatry | 12 | 3 | 123"))
	words := map[string]string{}
	for _, l := range c.Levels {
		words[l.Field] = l.Name
	}
	assert.Equal(t, "the same but for the subtitle", words["title"])
	assert.Equal(t, "one apart", words["year"])
	assert.Equal(t, "one abbreviates the other", words["journal"])
	assert.Equal(t, "same first page", words["pages"])
	assert.Equal(t, "first author the same, most others too", words["authors"])
}

func TestANilRecordIsDifferentFromAll(t *testing.T) {
	assert.Equal(t, dedupe.Different, compare(nil, article(t, full)).Verdict)
	assert.Empty(t, dedupe.Keys(nil, dedupe.Policy{}, nil))
}
