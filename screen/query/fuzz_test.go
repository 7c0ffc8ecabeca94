package query

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzParse reads any text in every dialect, strictly and leniently: nothing
// panics, and what is accepted prints in its own dialect and reads back as the
// same query.
func FuzzParse(f *testing.F) {
	for _, d := range Dialects() {
		text, err := os.ReadFile(filepath.Join("testdata", "cases", string(d)+".txt"))
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if !strings.HasPrefix(line, "    ") && !strings.HasPrefix(line, "## ") {
				f.Add(unescaped(strings.TrimSuffix(line, "\n")))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		Detect(text)
		for _, d := range Dialects() {
			for _, lenient := range []bool{false, true} {
				o := Options{Dialect: d, Lenient: lenient}
				q, err := ParseWith(o, text)
				if err != nil {
					continue
				}
				assertIdentity(t, o, q, string(d)+": "+text)
				for _, to := range Dialects() {
					Print(to, q)
				}
			}
		}
	})
}
