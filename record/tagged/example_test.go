package tagged_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/tagged"
)

// A record that was exported from Web of Science is written for RefWorks.
func Example() {
	const ciw = `FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Berg, AM
   Chen, L
AF Berg, Anna M.
   Chen, Li
TI Kites over toy villages: a randomised
   trial
SO JOURNAL OF INVENTED KITES
DE kite; rope
C1 [Berg, Anna M.] Univ Kites, Ghent, Belgium.
CR Adler B, 2001, KITE CARE, V3, P12, DOI 10.5555/adler.1
PD MAR 15
PY 2019
BP 101
EP 109
UT WOS:000000000000001
ER

EF
`
	w := record.NewWriter(os.Stdout, tagged.RefWorks())
	rd := record.NewReader(strings.NewReader(ciw), record.ReadOptions{Format: tagged.WebOfScience()})
	for r, err := range rd.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Source.Database, r.Authors()[0], r.Date, r.Relations[0].DOI)
		if err := w.Write(r); err != nil {
			fmt.Println(err)
			return
		}
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Web of Science Berg, Anna M. 2019-03-15 10.5555/adler.1
	// RT Journal Article
	// ID WOS:000000000000001
	// A1 Berg,Anna M.
	// A1 Chen,Li
	// T1 Kites over toy villages: a randomised trial
	// JF JOURNAL OF INVENTED KITES
	// YR 2019
	// FD Mar 15
	// SP 101
	// OP 109
	// K1 kite
	// K1 rope
	// AD Berg, Anna M.: Univ Kites, Ghent, Belgium.
	// AN WOS:000000000000001
	// DB Web of Science
	// DS Web of Science
	// CR Adler B, 2001, KITE CARE, V3, P12, DOI 10.5555/adler.1
}
