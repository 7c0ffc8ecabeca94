package synth

import "github.com/evidence-go/evidence/record"

// Designs is the built-in codebook of study designs, a fresh copy at each call.
// It is exclusive: a record has the first design that applies in the order of the
// list, so that counts by design add up. Syntheses come before the designs that
// they are syntheses of, a protocol before the study that it announces, and a
// design that randomises before one that only observes. Publication types are
// those of MEDLINE (NLM, Publication Characteristics); where a record has none,
// title and abstract decide. Terms in the background and the conclusions of a
// structured abstract do not count: they speak of other studies.
//
// Definitions follow the Cochrane Handbook, chapter 24 and its glossary, and the
// scope notes of MeSH.
func Designs() *Codebook {
	return &Codebook{
		Schema:      CodebookSchema,
		Name:        "design",
		Title:       "Study design",
		Description: "The main design of a record, from publication types, kind of work, title and abstract.",
		Exclusive:   true,
		NotSections: []record.Category{record.Background, record.Conclusions},
		Themes: []Theme{
			{
				Name: "protocol", Title: "Protocol", Yields: true,
				Definition: "A plan of a study or review without its results, or an entry in a register.",
				TitleTerms: []string{
					"study protocol", "trial protocol", "review protocol", "protocol for", "protocol of",
					"protocol to", "rationale and design", "rationale and methods", "design and rationale",
					"a protocol",
				},
				Types: []string{"Clinical Trial Protocol"},
				Kinds: []record.Kind{record.TrialRegister},
			},
			{
				Name: "scoping-review", Title: "Scoping review",
				Definition: "A review that maps what evidence there is on a question, without weighing it.",
				Terms: []string{
					"this scoping review", "a scoping review was", "conducted a scoping review",
					"scoping review of",
				},
				TitleTerms: []string{"scoping review*", "scoping study", "evidence map*", "mapping review"},
				Types:      []string{"Scoping Review"},
			},
			{
				Name: "systematic-review", Title: "Systematic review or meta-analysis",
				Definition: "A review with a systematic search and appraisal of the studies on a question, with or without statistical pooling.",
				Terms: []string{
					"this systematic review", "a systematic review was", "a systematic review of",
					"conducted a systematic review", "performed a systematic review", "we systematically reviewed",
					"this meta-analysis", "a meta-analysis was", "a meta-analysis of", "conducted a meta-analysis",
					"performed a meta-analysis", "meta-synthesis", "metasynthesis",
					"qualitative evidence synthesis", "umbrella review",
				},
				TitleTerms: []string{
					"systematic review*", "systematic literature review", "systematically review*", "meta-analys*",
					"metaanalys*", "metaanalytic", "meta-analytic", "meta-ethnography", "meta-synthesis",
					"metasynthesis", "overview of reviews", "umbrella review", "rapid review", "cochrane review",
					"pooled analysis",
				},
				Types: []string{"Systematic Review", "Meta-Analysis", "Network Meta-Analysis"},
			},
			{
				Name: "review", Title: "Other review or guideline",
				Definition: "A narrative, integrative or other review of the literature, a guideline or a consensus.",
				Terms: []string{
					"this review", "this article reviews", "this paper reviews", "we review",
					"literature was reviewed", "are reviewed", "is reviewed", "review of the literature",
					"narrative review", "integrative review", "literature review",
				},
				TitleTerms: []string{
					"a review", "review of", "review article", "narrative review", "integrative review",
					"realist review", "literature review", "state of the art", "an overview", "an update",
					"guideline for", "guidelines for", "guidelines on", "guideline on", "guidelines from",
					"consensus statement", "recommendations for",
				},
				Not: []string{
					"chart review", "chart reviews", "record review", "medical records", "case notes",
					"review board", "records were reviewed", "peer review", "were reviewed retrospectively",
					"ethical review",
				},
				Types: []string{
					"Review", "Practice Guideline", "Guideline", "Consensus Development Conference",
					"Consensus Statement",
				},
			},
			{
				Name: "comment", Title: "Editorial, letter or comment",
				Definition: "An opinion, a letter, a comment on another work, news, or a correction.",
				TitleTerms: []string{
					"editorial", "letter to the editor", "commentary", "in reply", "author reply",
					"authors' reply", "erratum", "corrigendum",
				},
				Types: []string{
					"Editorial", "Letter", "Comment", "News", "Newspaper Article", "Published Erratum",
					"Retraction Notice", "Retraction of Publication", "Interview", "Biography",
					"Historical Article", "Personal Narrative", "Introductory Journal Article",
				},
				Kinds: []record.Kind{record.NewspaperArticle, record.MagazineArticle},
			},
			{
				Name: "case-report", Title: "Case report or series",
				Definition: "One patient described, or a few.",
				Terms: []string{
					"this case report", "we report a case", "we report the case", "we describe a case",
					"we present a case",
				},
				TitleTerms: []string{
					"case report*", "case series", "a case of", "report of two cases", "report of three cases",
				},
				Types: []string{"Case Reports"},
			},
			{
				Name: "randomised-trial", Title: "Randomised controlled trial",
				Definition: "Participants, or groups of them, are allotted to interventions by chance.",
				Terms: []string{
					"randomised", "randomized", "randomisation", "randomization", "randomly", "random order",
					"random assignment", "random allocation", "double-blind*", "single-blind*", "placebo*",
				},
				Not: []string{
					"non-randomised", "non-randomized", "nonrandomised", "nonrandomized", "not randomised",
					"not randomized", "mendelian", "randomly selected", "randomly chosen", "randomly sampled",
					"random sample", "random sampling", "placebo effect*", "randomised trials",
					"randomized trials", "randomised controlled trials", "randomized controlled trials",
					"randomised studies", "randomized studies",
				},
				Types: []string{"Randomized Controlled Trial", "Equivalence Trial", "Pragmatic Clinical Trial"},
			},
			{
				Name: "non-randomised-trial", Title: "Non-randomised trial",
				Definition: "An intervention is given by plan and compared with another group or with the time before, without allotting by chance.",
				Terms: []string{
					"non-randomised", "non-randomized", "nonrandomised", "nonrandomized", "quasi-experiment*",
					"quasi-randomi*", "controlled before and after", "before-after study",
					"before and after study", "pre-post", "pretest-posttest", "interrupted time series",
					"controlled clinical trial", "open-label", "uncontrolled trial", "single-arm", "phase I trial",
					"phase II trial", "phase II study",
				},
				Types: []string{
					"Controlled Clinical Trial", "Clinical Trial", "Clinical Trial, Phase I",
					"Clinical Trial, Phase II", "Clinical Trial, Phase III", "Clinical Trial, Phase IV",
					"Adaptive Clinical Trial",
				},
			},
			{
				Name: "economic", Title: "Economic evaluation",
				Definition: "Costs set against outcomes of alternatives: cost-effectiveness, cost-utility, cost-benefit.",
				Terms: []string{
					"economic evaluation", "cost-effectiveness analysis", "cost-utility analysis",
					"cost per quality-adjusted life year", "incremental cost-effectiveness ratio*",
				},
				TitleTerms: []string{
					"economic evaluation*", "economic analysis", "cost-effectiveness", "cost-utility",
					"cost-benefit", "cost analysis", "budget impact",
				},
			},
			{
				Name: "mixed-methods", Title: "Mixed methods",
				Definition: "Quantitative and qualitative data brought together by design.",
				Terms: []string{
					"mixed methods", "mixed method", "multi-method*", "quantitative and qualitative",
					"qualitative and quantitative", "realist evaluation",
				},
			},
			{
				Name: "case-control", Title: "Case-control study",
				Definition: "People with an outcome are compared with people without it as to what they were exposed to.",
				Terms:      []string{"case-control", "matched controls", "case-referent"},
			},
			{
				Name: "cohort", Title: "Cohort study",
				Definition: "People are followed over time, forwards or from records, by what they were exposed to.",
				Terms: []string{
					"cohort", "cohorts", "prospective study", "prospectively followed", "longitudinal study",
					"longitudinal", "follow-up study", "followed up for", "retrospective study",
					"retrospective analysis", "retrospectively reviewed", "registry data", "register-based",
				},
			},
			{
				Name: "qualitative", Title: "Qualitative study",
				Definition: "Experience and meaning studied by interviews, groups, observation or documents.",
				Terms: []string{
					"qualitative study", "qualitative research", "qualitative data", "qualitative interview*",
					"qualitative analysis", "qualitative methods", "qualitative inquiry", "qualitatively",
					"semi-structured interview*", "in-depth interview*", "focus group*", "grounded theory",
					"ethnograph*", "phenomenolog*", "thematic analysis", "narrative analysis", "content analysis",
					"document analysis", "participatory action research", "action research", "autoethnograph*",
					"case study", "case studies", "were interviewed", "interviews with", "interviews were",
				},
				TitleTerms: []string{"qualitative", "interviews", "interview study", "lived experience*"},
			},
			{
				Name: "cross-sectional", Title: "Cross-sectional study or survey",
				Definition: "Something is asked or measured once, at one time.",
				Terms: []string{
					"cross-sectional", "survey", "surveys", "surveyed", "questionnaire was sent",
					"questionnaires were", "online questionnaire", "postal questionnaire", "prevalence study",
					"delphi",
				},
				TitleTerms: []string{"prevalence of"},
			},
		},
	}
}
