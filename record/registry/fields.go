package registry

import (
	"strings"
	"unicode"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

type scanner = jsonpull.Scanner

// studyFields are the members of a study of ClinicalTrials.gov. Those that are missing
// here are kept as they are, results among them.
var studyFields = []jsonpull.Field[*trial]{
	{Path: "protocolSection.identificationModule.nctId", Read: text(func(t *trial, s string) bool { return set(&t.number, s) })},
	{Path: "protocolSection.identificationModule.nctIdAliases", Read: texts(func(t *trial, s string) bool { t.otherID(s, "nct-alias"); return true })},
	{Path: "protocolSection.identificationModule.orgStudyIdInfo", Read: ids("org-study-id")},
	{Path: "protocolSection.identificationModule.secondaryIdInfos", Read: ids("secondary-id")},
	{Path: "protocolSection.identificationModule.briefTitle", Read: text(func(t *trial, s string) bool { return set(&t.public, s) })},
	{Path: "protocolSection.identificationModule.officialTitle", Read: text(func(t *trial, s string) bool { return set(&t.scientific, s) })},
	{Path: "protocolSection.identificationModule.acronym", Read: text((*trial).acronymOf)},
	{Path: "protocolSection.statusModule.overallStatus", Read: text(func(t *trial, s string) bool { return set(&t.r.Status, s) })},
	{Path: "protocolSection.statusModule.startDateStruct", Read: dated("", "start")},
	{Path: "protocolSection.statusModule.primaryCompletionDateStruct", Read: dated("", "primary-completion")},
	{Path: "protocolSection.statusModule.completionDateStruct", Read: dated("", "completion")},
	{Path: "protocolSection.statusModule.studyFirstSubmitDate", Read: text((*trial).registeredOn)},
	{Path: "protocolSection.statusModule.studyFirstPostDateStruct", Read: (*trial).posted},
	{Path: "protocolSection.statusModule.resultsFirstPostDateStruct", Read: dated("", "results-posted")},
	{Path: "protocolSection.statusModule.lastUpdatePostDateStruct", Read: dated(record.Modified, "")},
	{Path: "protocolSection.sponsorCollaboratorsModule.leadSponsor", Read: organisations(func(t *trial, s string) { set(&t.r.In.Publisher, s) })},
	{Path: "protocolSection.sponsorCollaboratorsModule.collaborators", Read: organisations((*trial).contributor)},
	{Path: "protocolSection.descriptionModule.briefSummary", Read: text(section(summary))},
	{Path: "protocolSection.descriptionModule.detailedDescription", Read: text(section(description))},
	{Path: "protocolSection.conditionsModule.conditions", Read: texts(func(t *trial, s string) bool { t.Add(&t.r.Keywords, s); return true })},
	{Path: "protocolSection.conditionsModule.keywords", Read: texts(func(t *trial, s string) bool { t.Add(&t.r.Keywords, s); return true })},
	{Path: "protocolSection.designModule.studyType", Read: text(func(t *trial, s string) bool { t.Add(&t.r.Types, s); return true })},
	{Path: "protocolSection.designModule.phases", Read: texts((*trial).phase)},
	{Path: "protocolSection.designModule.designInfo.allocation", Read: text((*trial).phase)},
	{Path: "protocolSection.armsInterventionsModule.interventions", Read: organisations(func(t *trial, s string) { t.Add(&t.r.Keywords, s) })},
	{Path: "protocolSection.contactsLocationsModule.overallOfficials", Read: (*trial).officials},
	{Path: "protocolSection.referencesModule.references", Read: (*trial).references},
	{Path: "protocolSection.referencesModule.seeAlsoLinks", Read: (*trial).seeAlso},
	{Path: "derivedSection.conditionBrowseModule.meshes", Read: (*trial).meshes},
	{Path: "derivedSection.interventionBrowseModule.meshes", Read: (*trial).meshes},
}

// studies finds a member, and knows a study by the one that no other object has.
var studies = jsonpull.NewTable([]string{"protocolSection"}, studyFields)

// column is an element of ICTRP's XML or a column of a table: its name, other names,
// and what reads its text. read tells whether the fields hold the whole of it.
type column struct {
	name  string
	other string // further names in the form of spelling, with blanks between them
	read  func(t *trial, text string) (whole bool)
}

// ictrpColumns are the elements and columns of ICTRP. Those that are missing here are
// kept as they are.
var ictrpColumns = []column{
	{"TrialID", "mainid", func(t *trial, s string) bool { return set(&t.number, s) }},
	{"Source_Register", "", (*trial).source},
	{"Secondary_ID", "secondaryids secondaryidnumbers", func(t *trial, s string) bool { return t.otherIDs(s, ";,") }},
	{"Public_title", "", func(t *trial, s string) bool { return set(&t.public, s) }},
	{"Scientific_title", "", func(t *trial, s string) bool { return set(&t.scientific, s) }},
	{"Acronym", "scientificacronym", (*trial).acronymOf},
	{"Primary_sponsor", "", func(t *trial, s string) bool { return set(&t.r.In.Publisher, s) }},
	{"Secondary_Sponsor", "secondarysponsors", func(t *trial, s string) bool { return t.sponsors(s, ";") }},
	{"Source_Support", "sourceofsupport", (*trial).support},
	{"Date_registration", "", (*trial).registeredOn},
	{"Date_registration3", "", (*trial).registeredOn},
	{"Last_Refreshed_on", "", func(t *trial, s string) bool { return t.event(record.Modified, "", s) }},
	{"Date_enrollement", "dateenrolment dateenrollment", func(t *trial, s string) bool { return t.event("", "start", s) }},
	{"web_address", "url", func(t *trial, s string) bool { return t.link(s, false) }},
	{"Recruitment_Status", "", func(t *trial, s string) bool { return set(&t.r.Status, s) }},
	{"Study_type", "", func(t *trial, s string) bool { t.Add(&t.r.Types, s); return true }},
	{"Phase", "", (*trial).phases},
	{"Condition", "conditions healthconditions", func(t *trial, s string) bool { return t.words(&t.r.Keywords, s, ";") }},
	{"Intervention", "interventions", section(intervention)},
	{"Primary_outcome", "primaryoutcomes", section(primaryOutcome)},
	{"Secondary_outcome", "secondaryoutcomes", section(secondaryOutcome)},
	{"Inclusion_Criteria", "", section(inclusion)},
	{"Exclusion_Criteria", "", section(exclusion)},
	{"results_date_posted", "", func(t *trial, s string) bool { return t.event("", "results-posted", s) }},
	{"results_date_completed", "", func(t *trial, s string) bool { return t.event("", "completion", s) }},
	{"results_date_first_publication", "", func(t *trial, s string) bool { return t.event("", "results-published", s) }},
	{"results_url_link", "", func(t *trial, s string) bool { return t.link(s, true) }},
	{"results_url_protocol", "", func(t *trial, s string) bool { return t.link(s, false) }},
}

// ictrpKept are further names of ICTRP, by which it is known.
var ictrpKept = []string{"Internal_Number", "Export_date", "other_records", "Inclusion_agemin", "Inclusion_agemax", "Inclusion_gender", "Target_size", "Study_design",
	"Countries", "Contact_Firstname", "Contact_Lastname", "Contact_Address", "Contact_Email", "Contact_Tel", "Contact_Affiliation",
	"Retrospective_flag", "Bridging_flag_truefalse", "Bridged_type", "results_yes_no"}

// fullExport are the columns of ICTRP's full export, which has no header.
var fullExport = strings.Fields(`TrialID Last_Refreshed_on Secondary_ID Public_title Scientific_title web_address
	Public_Contact_Firstname Public_Contact_Lastname Public_Contact_Address Public_Contact_Email Public_Contact_Tel Public_Contact_Affiliation
	Scientific_Contact_Firstname Scientific_Contact_Lastname Scientific_Contact_Address Scientific_Contact_Email Scientific_Contact_Tel Scientific_Contact_Affiliation
	Study_type Study_design Phase Date_registration Date_enrollement Target_size Recruitment_Status Primary_sponsor Secondary_Sponsor Source_Support
	Countries Condition Intervention Inclusion_agemin Inclusion_agemax Inclusion_gender Inclusion_Criteria Exclusion_Criteria Primary_outcome Secondary_outcome
	Bridging_flag Bridged_type Childs Type_enrolment Retrospective_flag results_actual_enrollment results_url_link results_summary results_date_posted
	results_date_first_publication results_baseline_char results_participant_flow results_adverse_events results_outcome_measures results_url_protocol
	results_IPD_plan results_IPD_description results_date_completed results_yes_no
	Ethics_Status Ethics_Approval_Date Ethics_Contact_Name Ethics_Contact_Address Ethics_Contact_Phone Ethics_Contact_Email`)

// nctColumns are the columns of ClinicalTrials.gov's table; the names of the one before
// stand behind. Those that are missing here are kept as they are.
var nctColumns = []column{
	{"NCT Number", "nctid", func(t *trial, s string) bool { return set(&t.number, s) }},
	{"Study Title", "title", func(t *trial, s string) bool { return set(&t.public, s) }},
	{"Study URL", "url", func(t *trial, s string) bool { return t.link(s, false) }},
	{"Acronym", "", (*trial).acronymOf},
	{"Study Status", "status overallstatus", func(t *trial, s string) bool { return set(&t.r.Status, s) }},
	{"Brief Summary", "", section(summary)},
	{"Conditions", "", func(t *trial, s string) bool { return t.words(&t.r.Keywords, s, "|") }},
	{"Interventions", "", (*trial).interventions},
	{"Sponsor", "leadsponsor", func(t *trial, s string) bool { return set(&t.r.In.Publisher, s) }},
	{"Collaborators", "", func(t *trial, s string) bool { return t.sponsors(s, "|") }},
	{"Sponsor/Collaborators", "", (*trial).sponsorFirst},
	{"Phases", "", (*trial).phases},
	{"Study Type", "", func(t *trial, s string) bool { t.Add(&t.r.Types, s); return true }},
	{"Study Design", "studydesigns", (*trial).design},
	{"Other IDs", "", func(t *trial, s string) bool { return t.otherIDs(s, "|") }},
	{"Start Date", "", func(t *trial, s string) bool { return t.event("", "start", s) }},
	{"Primary Completion Date", "", func(t *trial, s string) bool { return t.event("", "primary-completion", s) }},
	{"Completion Date", "", func(t *trial, s string) bool { return t.event("", "completion", s) }},
	{"First Posted", "", (*trial).postedOn},
	{"Results First Posted", "", func(t *trial, s string) bool { return t.event("", "results-posted", s) }},
	{"Last Update Posted", "", func(t *trial, s string) bool { return t.event(record.Modified, "", s) }},
}

// nctKept are further names of its columns, by which it is known.
var nctKept = []string{"Rank", "Study Results", "Primary Outcome Measures", "Secondary Outcome Measures", "Other Outcome Measures", "Outcome Measures", "Sex", "Gender", "Age",
	"Enrollment", "Funder Type", "Funded Bys", "Locations", "Study Documents"}

// names finds what reads a column by the form of its name; nil for one that is known
// and kept.
type names map[string]*column

var ictrpNames, nctNames = namesOf(ictrpColumns, ictrpKept), namesOf(nctColumns, nctKept)

func namesOf(columns []column, kept []string) names {
	m := names{}
	for _, name := range kept {
		m[name], m[spelling(name)] = nil, nil
	}
	for i := range columns {
		m[columns[i].name], m[spelling(columns[i].name)] = &columns[i], &columns[i]
		for _, other := range strings.Fields(columns[i].other) {
			m[other] = &columns[i]
		}
	}
	return m
}

// find gives what reads a column, nil where nothing does.
func (n names) find(name string) *column {
	if c, ok := n[name]; ok { // as the registry writes it
		return c
	}
	return n[spelling(name)]
}

// known tells whether a registry has a column of that name.
func (n names) known(name string) bool {
	_, ok := n[spelling(name)]
	return ok
}

// spelling is the form in which names are compared: letters and digits, small.
func spelling(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
