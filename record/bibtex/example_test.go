package bibtex_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/bibtex"
)

func Example() {
	file := `
@inproceedings{teste2012,
  author   = {Teste, Una and van der Berg, Anna},
  title    = {Kites in {\"O}dland},
  pages    = {10--19},
  crossref = {kites2012},
}
@proceedings{kites2012, title = {Proceedings on Kites}, year = 2012, month = may}
`
	rd := record.NewReader(strings.NewReader(file), record.ReadOptions{Name: "kites.bib", Format: bibtex.Format()})
	w := record.NewWriter(os.Stdout, bibtex.BibLaTeX())
	for r, err := range rd.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		if r.Kind == record.ConferencePaper {
			_ = w.Write(r) // the error comes back from Close
		}
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// @inproceedings{teste2012,
	//   author = {Teste, Una and van der Berg, Anna},
	//   title = {Kites in Ödland},
	//   booktitle = {Proceedings on Kites},
	//   date = {2012-05},
	//   pages = {10--19},
	//   xref = {kites2012}
	// }
}
