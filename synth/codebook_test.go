package synth_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

func TestAFaultInACodebookIsNamedWithItsPath(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"a misspelt key":                   {`{"schema":1,"name":"x","themes":[{"name":"a","termes":["b"]}]}`, `themes[0].termes: unknown key "termes"; did you mean "terms"?`},
		"a key of no theme":                {`{"schema":1,"name":"x","colour":"red","themes":[]}`, `colour: unknown key "colour"`},
		"another version":                  {`{"schema":2,"name":"x","themes":[{"name":"a","terms":["b"]}]}`, `schema: version 2 is not known; this program reads 1`},
		"no name":                          {`{"schema":1,"themes":[{"name":"a","terms":["b"]}]}`, `name: a codebook needs a short name`},
		"a name with blanks":               {`{"schema":1,"name":"My codes","themes":[{"name":"a","terms":["b"]}]}`, `name: "My codes": expected small letters`},
		"no theme":                         {`{"schema":1,"name":"x","themes":[]}`, `themes: a codebook needs at least one theme`},
		"two themes of one name":           {`{"schema":1,"name":"x","themes":[{"name":"a","terms":["b"]},{"name":"c","themes":[{"name":"a","terms":["d"]}]}]}`, `themes[1].themes[0].name: "a" is the name of themes[0] already`},
		"a theme without terms":            {`{"schema":1,"name":"x","themes":[{"name":"a"}]}`, `themes[0]: theme "a" has nothing to be found by`},
		"a theme that only forbids":        {`{"schema":1,"name":"x","themes":[{"name":"a","not":["b"]}]}`, `themes[0]: theme "a" has nothing to be found by`},
		"a term that begins with a star":   {`{"schema":1,"name":"x","themes":[{"name":"a","terms":["b","*port"]}]}`, `themes[0].terms[1]: "*port": '*' stands in front of a word`},
		"a term without letters":           {`{"schema":1,"name":"x","themes":[{"name":"a","terms":["b"],"not":["--"]}]}`, `themes[0].not[0]: "--": a letter or digit was expected`},
		"a term given twice":               {`{"schema":1,"name":"x","themes":[{"name":"a","terms":["b","b"]}]}`, `themes[0].terms[1]: "b" stands in themes[0].terms[0] already`},
		"a misspelt kind":                  {`{"schema":1,"name":"x","themes":[{"name":"a","kinds":["thesys"]}]}`, `themes[0].kinds[0]: unknown kind "thesys"; did you mean "thesis"?`},
		"a misspelt category":              {`{"schema":1,"name":"x","not_sections":["METHOD"],"themes":[{"name":"a","terms":["b"]}]}`, `not_sections[0]: unknown category "METHOD"; did you mean "METHODS"?`},
		"a comma too many":                 {"{\"schema\":1,\n\"name\":\"x\",}", `line 2`},
		"nothing":                          {``, `the text ends in the middle`},
		"the name of what is not stated":   {`{"schema":1,"name":"x","themes":[{"name":"not-stated","terms":["b"]}]}`, `themes[0].name: "not-stated" is what tables call`},
		"an empty publication type":        {`{"schema":1,"name":"x","themes":[{"name":"a","types":[" "]}]}`, `themes[0].types[0]: a publication type was expected`},
		"a text where a list should stand": {`{"schema":1,"name":"x","themes":[{"name":"a","terms":"b"}]}`, `themes[0].terms: a text stands where a list […] is expected`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := synth.ParseCodebook([]byte(c.in), "codes.json")
			require.ErrorContains(t, err, c.want)
			assert.ErrorContains(t, err, "codes.json: ")
		})
	}
}

func TestEveryFaultOfACodebookIsNamedAtOnce(t *testing.T) {
	_, err := synth.ParseCodebook([]byte(`{"schema":1,"name":"x","themes":[{"name":"A"},{"name":"b","terms":["*"]}]}`), "c")
	require.ErrorContains(t, err, "themes[0].name")
	require.ErrorContains(t, err, "themes[1].terms[0]")
}

func TestThemesNestEightDeepAndNoDeeper(t *testing.T) {
	deep := synth.Theme{Name: "t0", Terms: []string{"word"}}
	for i := 1; i < 8; i++ {
		deep = synth.Theme{Name: "t" + string(rune('0'+i)), Themes: []synth.Theme{deep}}
	}
	cb := synth.Codebook{Schema: 1, Name: "x", Themes: []synth.Theme{deep}}
	require.NoError(t, cb.Check())
	cb.Themes = []synth.Theme{{Name: "top", Themes: cb.Themes}}
	require.ErrorContains(t, cb.Check(), "more than 8 deep")
}

func TestALoadedCodebookComesBackFromJSON(t *testing.T) {
	path := filepath.Join(t.TempDir(), "codes.json")
	data, err := json.Marshal(peerCodebook())
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, append([]byte("\ufeff"), data...), 0o600))
	cb, err := synth.LoadCodebook(path)
	require.NoError(t, err)
	assert.Equal(t, peerCodebook(), cb)
	_, err = synth.LoadCodebook(path + ".missing")
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestTheBuiltInDesignsAreAValidCodebook(t *testing.T) {
	require.NoError(t, synth.Designs().Check())
	a := synth.Designs()
	a.Themes[0].Terms = append(a.Themes[0].Terms, "changed")
	assert.NotContains(t, synth.Designs().Themes[0].Terms, "changed", "each call gives its own copy")
}

func TestTheCodebooksOfTheSampleReviewAreValid(t *testing.T) {
	for name, themes := range map[string]int{"codebook": 8, "settings": 10, "perspectives": 3} {
		cb, err := synth.LoadCodebook("../examples/review/sample/" + name + ".json")
		require.NoError(t, err)
		assert.Len(t, cb.Themes, themes)
	}
}

func FuzzParseCodebook(f *testing.F) {
	f.Add([]byte(`{"schema":1,"name":"x","themes":[{"name":"a","terms":["b*","wom?n"],"not":["c"],"themes":[{"name":"d","types":["Letter"]}]}]}`))
	f.Add([]byte(`{"schema":1,"name":"x","exclusive":true,"not_sections":["METHODS"],"themes":[{"name":"a","kinds":["thesis"],"yields":true}]}`))
	f.Add([]byte(`{"schema":1,"name":"x","themes":[{"name":"a","terms":["*"]}`))
	f.Add([]byte("\ufeff[]"))
	f.Add([]byte(`{"themes":[{"themes":[{"themes":[{}]}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		cb, err := synth.ParseCodebook(data, "f")
		if err != nil {
			return
		}
		out, err := json.Marshal(cb)
		require.NoError(t, err)
		again, err := synth.ParseCodebook(out, "f")
		require.NoError(t, err, "what was read once is read again")
		second, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(out), string(second))
		sum, err := synth.Summarize(t.Context(), peers(), synth.Options{Codebook: cb})
		require.NoError(t, err)
		require.NoError(t, sum.Verify(peers()))
	})
}

func TestACodebookWithoutVersionIsOfTodays(t *testing.T) {
	cb, err := synth.ParseCodebook([]byte(`{"name":"x","themes":[{"name":"a","terms":["nurses"]}]}`), "codes.json")
	require.NoError(t, err)
	assert.Equal(t, synth.CodebookSchema, cb.Schema)
	given := &synth.Codebook{Name: "x", Themes: []synth.Theme{{Name: "a", Terms: []string{"nowhere"}}}}
	sum := summarize(t, []*record.Record{{Title: "Training of nurses"}}, synth.Options{Codebook: given})
	assert.Equal(t, synth.CodebookSchema, sum.Options.Codebook.Schema)
	assert.Zero(t, given.Schema, "the caller's codebook is not changed")
	assert.Equal(t, "a: 0 of 1 record", sum.Themes[0].Claims[0].Text, "the name stands for the title")
}
