package keyphrase

import "strings"

// lexicon is what the words that their endings do not tell can be; of two lists
// that hold a word the later one counts.
var lexicon = func() map[string]class {
	all := map[string]class{}
	for _, part := range []struct {
		class class
		words []string
	}{
		{border, inflected(verbs)},
		{either, inflected(nounsOrVerbs)},
		{adjective, strings.Fields(adjectives)},
		{vague, strings.Fields(vagueWords)},
		{border, strings.Fields(verbForms)},
		{border, strings.Fields(adverbs)},
		{noun, strings.Fields(nouns)},
	} {
		for _, w := range part.words {
			all[w] = part.class
		}
	}
	return all
}()

// verbs are words that are verbs in every form but those of -ed and -ing, which
// can be adjectives and nouns as well.
const verbs = `abolish accelerate accept accommodate accompany accomplish accumulate achieve acknowledge acquire
	activate adapt add adhere adjust administer adopt advocate affect afford aggregate agree align alleviate allocate
	allow alter ameliorate amplify analyse analyze antagonize anticipate appear apply arise arrange arrive ascertain
	ascribe ask assemble assert assess assign assist associate assume attach attain attend attenuate attract augment
	avoid await become begin behave believe belong bind boost bring build buy bypass calculate capture carry catalyze
	categorize cease characterise characterize choose circumvent cite clarify classify coincide collect combat
	combine come commence commit communicate compare compensate compete compile complete complicate compose
	comprehend comprise compromise compute concern conclude conduct confer confirm conform connect consider consist
	consolidate constitute constrain consult consume contain contend continue contribute convert convey cope
	correlate correspond counteract create criticise criticize cultivate curb decide decompose deem define degrade
	delete delineate deliver demonstrate denote depart depend depict deploy derive descend describe deserve detach
	detect deter deteriorate determine develop deviate devise diagnose differ differentiate diminish disappear
	discard discern disclose discontinue discourage discover discriminate discuss dismiss disregard disrupt dissect
	disseminate distinguish distribute divide dominate draw eat educate elevate elicit eliminate elucidate embed
	embrace emerge emit emphasize employ emulate enable enact encapsulate encode encompass encounter encourage
	endorse endure enforce engage enhance enlarge enrich enroll ensure entail enumerate envisage envision equip
	eradicate erode escalate establish evaluate evoke evolve exacerbate exaggerate examine exceed exclude execute
	exemplify exert exhibit exist expand expect explain exploit explore expose express extend extrapolate fabricate
	facilitate fail favor feel find fix fluctuate follow forbid forgo formalise formalize formulate foster fulfil
	fulfill furnish garner gather generalize generate get give go govern grow halt happen harness hasten heal
	highlight hinder hold hypothesise hypothesize identify ignore illuminate illustrate imagine impair impede
	implement implicate imply impose improve inactivate incline include incorporate incur indicate induce infect
	infer inflict inform inherit inhibit initiate inquire insert insist inspire instigate instruct integrate intend
	interact interfere interpret interrelate interrogate intersect intertwine intervene introduce invent invest
	investigate invite invoke involve join justify keep kill know lag lay learn lengthen lessen leverage liberate lie
	listen localize locate look loosen lose magnify maintain make manage manipulate materialize maximise maximize
	mediate meet mention merge migrate mimic minimise minimize mitigate moderate modify modulate motivate multiply
	navigate necessitate negotiate neutralize normalize nurture obey observe obtain occupy occur operate
	operationalise operationalize oppose optimise optimize organise organize orient originate outline outperform
	outweigh overcome overlook override oversee participate pave penetrate perceive permit perpetuate persist
	persuade pertain pinpoint portray possess postpone postulate precede precipitate preclude predict predispose
	prefer prepare prescribe preserve preside presume prevent prioritize proceed produce prohibit proliferate prolong
	promote pronounce propagate propose protect prove provide provoke publish pursue quantify quote raise react
	realise realize recall recapitulate recede receive recognise recognize recommend reconcile reconstruct recover
	recruit rectify redefine reduce refer refine reflect refrain refute regard regenerate regulate reinforce
	reiterate reject relate relieve relinquish relocate rely remain remark remember remind remove render renew
	reorganize repeat repel replace replicate represent reproduce require resemble reshape reside resist resolve
	respond restart restore restrict resume retain rethink retrieve reveal revert review revise revisit safeguard
	satisfy save say see seek seem seize select send separate serve settle shorten show shrink signify simplify
	simulate soften solicit solve speak specialise specialize specify speculate spend spur stabilise stabilize
	standardise standardize steer stimulate streamline strengthen strive struggle submit substantiate subsume
	subtract succeed succumb suffer suffice suggest suit summarise summarize supersede suppose suppress surpass
	surround survive suspect sustain synthesise synthesize tackle tailor take teach tell tend terminate thank think
	threaten tighten tolerate transcend transform translate transmit traverse treat try turn uncover underestimate
	undergo underlie underline undermine underpin underscore understand undertake unfold unify unite unravel unveil
	uphold use utilise utilize validate vary verify visualize want weaken weigh widen wish withdraw withhold witness
	wonder worsen write yield`

// verbForms are irregular forms of verbs, and those of -ed and -ing that stand
// for a conjunction or preposition, or are seldom anything but a verb.
const verbForms = `according achieving aimed aiming allowing applying arisen arising arose assessing ate
	attending awoke based became becoming began begun being belonging bent bled bought bred broke broken brought
	built burnt called came caught causing chose chosen compared comparing comprising concerning consisting
	containing corresponding crept dealing dealt depending describing determining doing done drank drawn drew drove
	due dwelt employing enabling evaluating examining fallen fed fell felt fled flew following foresaw forgave forgot
	fought found froze gave getting given giving going gone got grew grown having heard held hid hung including
	indicating investigating involving kept knew lacking laid lay leading leant leapt learnt led left lent let lets
	lost made making meant measuring met named needing obtaining overcame owing paid pertaining presenting proposing
	providing put ran rang read receiving regarding relating requiring resulting rode said sang sank sat saw seen
	sent shook showed showing shown shrank slept slid sold sought sped spent spilt spoilt spoke sprang spun stems
	stole stood strode strove struck stuck stung suffering suggesting swam swept swore swung taken taking taught
	termed thought threw told took tore undergoing undergone understood undertaken undertook underwent used using
	versus vs went wept withdrew withstood won wore wove written wrote yielding`

// nounsOrVerbs are words that their neighbours tell apart: "we model", "a model".
const nounsOrVerbs = `account act address advance aim answer approach argue attempt benchmark benefit bias break
	bridge call care cause challenge change charge claim cluster code comment complement conflict construct contact
	contrast control cost cover cut cycle deal decline decrease demand design display document download drop effect
	estimate exercise experience extract face fall filter fit focus force form function gain group guarantee guide
	handle heat help hope impact increase influence interest issue judge lack launch lead leave light limit link list
	map mark match matter measure mix model monitor move name need note number object offer order paper pattern pay
	perform phase pick plan play point position present process program progress project prompt pump purpose question
	quit range rank rate reach reason record release report request rest result return rise role rule run sample
	scale screen search sense sequence set shape share shift signal sound stage start state stem step stop store
	stress structure study support surprise survey switch tag target term test time track trade train transfer
	transport travel trend trial trigger trust type value view visit vote walk warrant wave weight work worry`

// vagueWords stand before many nouns and say little of any subject. Words that
// count belong to them.
const vagueWords = `able acceptable accurate actual additional adequate alternative apparent appropriate
	arbitrary attractive available aware bad basic best better bigger brief broad broader broadest careful certain
	clear close closer common comparable compelling complete comprehensive considerable consistent contemporary
	convenient conventional correct corresponding crucial current deeper desirable desired detailed different
	difficult distinct diverse dozen due earlier easier easy effective efficient eight eighteen eighty eleven
	enormous entire equal essential exact excellent existing expected expensive extensive extra familiar far faster
	favorable favourable feasible few fierce fifteen fifty final five following foremost former forty four fourteen
	fresh fundamental further future genuine given good greater greatest growing hard helpful higher highest hoc
	hundred identical illustrative important impossible impressive improved inadequate inappropriate increased
	increasing indispensable inevitable inexorable inherent initial innovative interested interesting intuitive
	invaluable key known larger largest last late later latest latter least less like likely longer lowest main major
	many meaningful mere million minimal minor modern modest mutual naive narrow nearby necessary new newer next nice
	nine nineteen ninety notable novel novo numerous obvious old older ongoing opposite ordinary original outstanding
	overall particular past perfect poor popular possible posteriori potential powerful practical precise predominant
	preferred preliminary presence present previous prime principal prior priori profound prominent promising proper
	proposed prospective rapid realistic reasonable recent related relevant reliable remarkable representative
	resultant resulting rich rigorous rough same satisfactory second selected serious seven seventeen seventy sharp
	shorter significant silico similar simple simpler simplest simultaneous situ six sixteen sixty sized slight slow
	slower smaller smallest sophisticated specific straightforward strict striking stronger subsequent substantial
	subtle successful successive such sufficient suitable sure surprising ten third thirteen thirty thorough thousand
	three top tough traditional tremendous true twelve twenty twice two typical ultimate unable unclear underlying
	unexpected unified unique unknown unlike unnecessary unusual upcoming useful usual valid valuable varied various
	varying viable vital vitro vivo well whole wide wider widespread worse worst worth wrong`

// vagueParticiples say how something was come by, not what it is.
var vagueParticiples = set(strings.Fields(`achieved associated calculated combined compared computed conducted considered created demonstrated derived
	described desired detailed developed discussed employed established estimated examined expected generated given
	identified improved increased introduced investigated measured mentioned needed observed obtained performed
	presented produced proposed provided published received reduced reported required selected studied suggested used`))

// adjectives are those without the ending of one.
const adjectives = `acute adverse alive approximate asymmetric big blind bodily bright central chronic cold
	complex costly daily dark dead deaf deep delicate dense dependent discrete double driven dry early elaborate
	elderly fair fine finite first flat flexible free friendly full fuzzy general great greedy half hazy healthy high
	hot hourly huge ideal immature immediate inaccurate independent individual indoor infinite inner insecure
	intermediate inverse large lazy little lively lonely long loose loud low lower mature mobile moderate monthly
	multiple natural noisy nonlinear normal obscure obsolete offline online opaque open orderly oriented outdoor
	outer perverse primary private pure quarterly quick quiet real relative reverse rigid risky robust round rural
	safe scholarly secondary secure separate severe shallow short sick silent sincere single slow small smart smooth
	soft solid sparse special stable standard steep strong superior symmetric thick thin tight timely triple
	unfriendly unsafe unstable upper urban vast weak weekly wet yearly young`

// nouns have the ending of a verb, adverb or adjective.
const nouns = `accent accident additive adjuvant advent agent alkaloid android animal anniversary anomaly
	antibiotic antioxidant applicant appraisal approval archive arithmetic arrival assembly assistant asteroid
	banking bed belly betrayal bonding boundary breed bring broadcasting building butterfly cable calendar canal
	capital carnival casting ceiling cement centroid ceramic chemical client clinic clustering coal coating coding
	coefficient collar colloid commentary component computing constant consultant content continent coolant
	credential critic crystal deal denial derivative descent detective determinant diagnostic dial diary dictionary
	differential disposal dollar dopant drilling drive editorial ellipsoid embedding encoding engineering epidemic
	etching evening event executive extent fabric family feed festival filtering fly gaussian giant glossary goal
	gradient grammar graphic guardian hamiltonian hearing hessian heuristic hospital housing imaging immigrant
	incentive incident infant ingredient initiative integral intellectual intent interval italy itinerary jacobian
	jelly journal july king lagrangian laplacian learning librarian library lighting logic lubricant machining magic
	manual manufacturing mapping marketing material meal mechanic median meeting memorial merchant metal metric
	migrant military milling mineral mining modeling modelling monopoly morning motive music musician narcotic
	narrative need networking nursing nutrient objective observable occupant oxidant parent participant patent
	patient pedestrian percent perspective physician pillar planning plant plastic politician pollutant poly
	polynomial portal potential preservative president printing processing programming proposal publishing quotient
	radar reactant reagent reasoning red referral rehearsal removal rendering renewal reply republic resident
	retrieval rhetoric ring rival routing salary sampling scalar scheduling scholar screening secretary seed segment
	seminar sensing setting shed sibling signal sled solenoid solvent speed spring steal steroid sting string student
	sugar summary supply surfactant survival swing switching table talent teaching technician tenant terminal testing
	thing timing topic traffic training trial tuning tutorial variable variant vegetable vocabulary wedding weed
	welding wing wiring withdrawal`

// adverbs are those that do not end in -ly, and shorthand of references.
const adverbs = `abroad afterwards ago ahead aka al alone am anyway apart away back backwards beforehand cf eg
	else elsewhere eq eqs et etc everywhere far fig figs former forward forwards hereby ibid ie inc instead later
	latter likewise ltd maybe nowadays okay perhaps ph pm ref refs respectively sect seldom somehow sometimes
	somewhat somewhere soon thereby therein thereof today together viz well whereby wherein yes yesterday`

// particles end a word with hyphens that is a noun: "follow-up".
var particles = set([]string{"up", "off", "out", "on", "in", "down", "over", "back", "being"})

// prepositions stand before nouns.
var prepositions = set(strings.Fields(`of in on at by for with about against between among into onto through during before after above below
	from over under within without across along around per toward towards upon via as than like`))

// ofPairs are words that "of" makes one phrase, though it parts others: "quality of life".
var ofPairs = set([]string{"quality life", "activities daily", "quality care", "length stay", "range motion", "standard care", "point care",
	"continuity care", "end life", "mechanism action", "mechanisms action", "mode action", "modes action", "burden disease", "cost illness",
	"sense coherence", "freedom information", "internet things"})

// irregularPlurals do not end in -s.
var irregularPlurals = set([]string{"people", "women", "men", "children", "mice"})

// units of measure and time, after a number.
var units = set(strings.Fields(`cm day days db ev gev ghz gpa gw h hour hours hz k kev kg khz km kpa kpc kv kw l mev
	mg mhz min minutes ml mm mmol mo mol month months mpa mpc ms mw nm pa ppm rpm s tev um vol week weeks wk wks wt
	year years yr yrs µg µl µm μg μl μm`))

// determiners begin a noun phrase, so that a verb or preposition stands before
// them; words that can only follow a verb are with them.
var determiners = set(strings.Fields(`a an the this that these those our their its his her each every some any no how whether
	us them it all both many much several more most another which what`))

// subjects are words after which a verb stands.
var subjects = set(strings.Fields(`to we they it i you he she who which that can may might will would could should must shall cannot not also`))

// emptyHeads are nouns that say nothing without what they are of: "experimental
// results" names no subject.
var emptyHeads = set(inflected(`ability absence advantage aim amount article aspect attempt attention author basis beginning case chapter
	characteristic choice comparison conclusion condition consequence context decade decrease definition degree
	description detail difference difficulty disadvantage discussion effort example existence experience fact finding
	form goal hand ibid idea implications improvement increase insight introduction issue kind letter level limit
	literature lot majority member nature need note number order overview paper part point possibility presence purpose
	question range reason relationship respect result role section side similarity sort stage step study term thing type
	understanding value variety version view way`))

// hollowNouns can be the last word of a key phrase, but not its only one.
var hollowNouns = set(inflected(`application approach area century change class day effect end experiment factor
	feature field figure framework group influence life method model month people person problem property relation
	research researchers scheme set solution start system table technique time use week work world year`))

// reporting are words of how a study was done and written down, whatever it is about.
var reporting = set(strings.Fields(`abstract active adjusted analyses analysis arm arms article articles background
	baseline blind blinded bounds ci cis cohort comparator comparison concealment conclusion conclusions confidence
	control controlled controls copyright criteria cross-over crossover data design designs deviation difference
	differences discussion double-blind dummy effect effects eligibility error experimental extraction findings
	follow funding group groups hazard hazards heterogeneity hr implications importance interpretation interval
	intervals intervention interventions introduction investigators iqr itt label letter likelihood limitations main
	md mean means measure measures median method methods multicenter multicentre nnt objective objectives odds open
	outcome outcomes parallel participants patients percentage period periods phase phases pilot placebo primary
	prospective publication publications purpose quartile question random randomisation randomised randomization
	randomized range ratio rationale ratios registration report reports result results retrospective review reviews
	rr sample samples sd se secondary selection sem setting settings significance single size sizes smd source
	sources standard statistical statistics studies study subgroup subgroups summary synthesis systematic text
	treated treatment treatments trial trials truncated up value values words`))

func set(words []string) map[string]bool {
	all := make(map[string]bool, len(words))
	for _, w := range words {
		all[w] = true
	}
	return all
}

// inflected gives the words of a list and their forms with -s.
func inflected(list string) []string {
	var all []string
	for _, w := range strings.Fields(list) {
		all = append(all, w, withS(w))
	}
	return all
}

func withS(w string) string {
	stem, y := strings.CutSuffix(w, "y")
	switch {
	case y && !strings.ContainsAny(stem[len(stem)-1:], "aeiou"):
		return stem + "ies"
	case hasSuffix(w, "s", "sh", "ch", "x", "o"):
		return w + "es"
	}
	return w + "s"
}

func hasSuffix(w string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}
