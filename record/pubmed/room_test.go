package pubmed

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
)

func TestListsInARoomAreAsIfTheyHadMemoryOfTheirOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m room[int]
		lists, want := make([][]int, 4), make([][]int, 4)
		for i := range rapid.IntRange(0, 100).Draw(t, "values") {
			n := rapid.IntRange(0, 3).Draw(t, "list")
			lists[n], want[n] = m.add(lists[n], i), append(want[n], i)
			if rapid.IntRange(0, 9).Draw(t, "other") == 0 {
				_ = append(lists[n], -1) // as a program may do with a list of a record
			}
		}
		assert.Equal(t, want, lists)
	})
}

func TestValuesOnAPageStayWhenMoreAreAdded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p page
		p.begin(rapid.IntRange(0, 20_000).Draw(t, "length"))
		var got, want []string
		for i := range rapid.IntRange(0, 50).Draw(t, "values") {
			v := strings.Repeat(string(rune('a'+i%26)), rapid.IntRange(0, 700).Draw(t, "size"))
			if i%3 == 0 {
				got, want = append(got, p.join(v, "-", v)), append(want, v+"-"+v)
				continue
			}
			got, want = append(got, p.add([]byte(v))), append(want, v)
		}
		assert.Equal(t, want, got)
	})
}

// slowly gives a text in small parts.
type slowly struct {
	text []byte
	size int
}

func (s *slowly) Read(p []byte) (int, error) {
	if len(s.text) == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), s.size)], s.text)
	s.text = s.text[n:]
	return n, nil
}

// The window of the input ends anywhere, and lines end in any way.
func TestRecordsDoNotDependOnHowTheTextComesAndItsLinesEnd(t *testing.T) {
	meanings := func(format record.Format, text string, size int) (out []string) {
		in := record.NewInput(&slowly{[]byte(text), size}, "file", record.Limits{}, nil)
		require.NoError(t, format.Decode(in, func(r *record.Record) bool {
			out = append(out, meaning(t, r))
			for _, x := range r.Extra {
				out = append(out, x.Tag, string(rune(x.Line)))
			}
			return true
		}))
		return out
	}
	for format, text := range map[string]string{nameMEDLINE: strings.Repeat(sampleMEDLINE+"\n", 3), nameXML: sampleXML} {
		f := MEDLINE()
		if format == nameXML {
			f = XML()
		}
		want := meanings(f, text, len(text))
		require.NotEmpty(t, want)
		mixed := string(bytes.Replace([]byte(strings.ReplaceAll(text, "\n", "\r\n")), []byte("\r\n"), []byte("\n"), 20))
		for _, form := range []string{text, strings.ReplaceAll(text, "\n", "\r\n"), strings.ReplaceAll(text, "\n", "\r"), mixed} {
			for _, size := range []int{1, 7, 100, 5000, len(form)} {
				assert.Equal(t, want, meanings(f, form, size), "%s, %d at once", format, size)
			}
		}
	}
}

func TestWhatAProgramAppendsToOneListDoesNotReachAnother(t *testing.T) {
	for _, format := range []record.Format{MEDLINE(), XML()} {
		text := sampleMEDLINE
		if format.Name == nameXML {
			text = sampleXML
		}
		records, _ := read(t, format, []byte(text))
		require.NotEmpty(t, records)
		r := records[0]
		before := meaning(t, r)
		_ = append(r.Types, "x")
		_ = append(r.Keywords, "x")
		_ = append(r.Languages, "x")
		for i := range r.People {
			_ = append(r.People[i].Affiliations, "x")
		}
		for i := range r.Headings {
			_ = append(r.Headings[i].Qualifiers, record.Qualifier{Term: "x"})
		}
		assert.Equal(t, before, meaning(t, r))
	}
}
