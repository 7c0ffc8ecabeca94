package synth_test

import (
	"fmt"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// invented makes a record of the sample world: DOI prefix 10.5555.
func invented(n int, year int, title, abstract string, types ...string) *record.Record {
	r := &record.Record{
		Title:    title,
		Abstract: record.NewAbstract(abstract),
		DOI:      record.DOI(fmt.Sprintf("10.5555/synth.%d", n)),
		Date:     record.Date{Year: year},
		Types:    types,
	}
	r.FixID()
	return r
}

// peers are six records about peer support work: what recipients, peer workers
// and their colleagues say of it.
func peers() []*record.Record {
	return []*record.Record{
		invented(1, 2009, "Peer support workers in two community teams: a qualitative study",
			"BACKGROUND: Training for peer support workers differs between services. METHODS: We interviewed peer support workers. RESULTS: Peer support workers reported low pay and few hours. They wished for supervision by a peer. CONCLUSIONS: Pay should match the work."),
		invented(2, 2011, "Colleagues' views of peer support workers",
			"METHODS: Semi-structured interviews were held with nurses. RESULTS: Nurses doubted the boundaries of the role and asked for joint training. CONCLUSIONS: Joint training and supervision may help teams."),
		invented(3, 2014, "Peer support after discharge: a randomised controlled trial",
			"METHODS: Service users were randomly assigned to peer support or usual care. RESULTS: Recipients had larger social networks after six months. CONCLUSIONS: Peer support widens networks.", "Randomized Controlled Trial"),
		invented(4, 2012, "Peer support after discharge: study protocol",
			"METHODS: Service users will be randomly assigned. Peer support workers receive training of two weeks.", "Clinical Trial Protocol"),
		invented(5, 2016, "What recipients say of peer support: a survey",
			"RESULTS: Recipients described wider social networks. Pay of peer support workers did not concern them."),
		invented(6, 2016, "Wages in the voluntary sector", ""),
	}
}

func peerCodebook() *synth.Codebook {
	return &synth.Codebook{Schema: synth.CodebookSchema, Name: "theme-of-work", Title: "Themes of peer support work", Themes: []synth.Theme{
		{Name: "conditions", Title: "Conditions of work", Themes: []synth.Theme{
			{Name: "pay", Title: "Pay", Terms: []string{"pay", "wage*", "low pay"}},
			{Name: "supervision", Title: "Supervision", Terms: []string{"supervis*"}},
		}},
		{Name: "training", Title: "Training", Terms: []string{"training", "joint training"}},
		{Name: "networks", Title: "Social networks", Terms: []string{"social networks", "networks"}},
		{Name: "discrimination", Title: "Discrimination", Terms: []string{"discriminat*", "prejudice"}},
	}}
}

func perspectives() *synth.Codebook {
	return &synth.Codebook{Schema: synth.CodebookSchema, Name: "perspective", Title: "Perspective", Themes: []synth.Theme{
		{Name: "peer-workers", Title: "Peer workers", Terms: []string{"peer support workers reported", "peer support workers receive", "interviewed peer support workers"}},
		{Name: "colleagues", Title: "Colleagues", Terms: []string{"nurse*", "colleague*"}},
		{Name: "recipients", Title: "Recipients", Terms: []string{"recipient*", "service users"}},
	}}
}
