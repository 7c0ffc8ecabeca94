package strictjson

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type plan struct {
	Title  string   `json:"title"`
	Stages []stage  `json:"stages"`
	Cap    *int     `json:"cap"`
	Codes  []string `json:"codes"`
}

type stage struct {
	Name  string         `json:"name"`
	Years map[string]int `json:"years"`
	Ask   bool           `json:"ask"`
}

func TestAPlainValueIsRead(t *testing.T) {
	var p plan
	require.NoError(t, Unmarshal([]byte(`{"title":"x","stages":[{"name":"a","years":{"from":2000}}],"cap":26,"codes":null}`), &p))
	assert.Equal(t, 26, *p.Cap)
	assert.Equal(t, 2000, p.Stages[0].Years["from"])
}

func TestAFaultIsNamedWithItsPlaceAndWhatWasMeant(t *testing.T) {
	for text, want := range map[string]string{
		"{\n \"titel\": 1}":                      `line 2, column 8: titel: unknown key "titel"; did you mean "title"?`,
		`{"stages":[{"name":"a"},{"nmae":"b"}]}`: `line 1, column 31: stages[1].nmae: unknown key "nmae"; did you mean "name"?`,
		`{"zzzzzzz":1}`:                          `line 1, column 10: zzzzzzz: unknown key "zzzzzzz"; known are cap, codes, stages, title`,
		`{"title":1}`:                            `line 1, column 10: title: a number stands where a text is expected`,
		`{"cap":"many"}`:                         `line 1, column 13: cap: a text stands where a whole number is expected`,
		`{"stages":{}}`:                          `line 1, column 11: stages: an object {…} stands where a list […] is expected`,
		`{"codes":[true]}`:                       `line 1, column 14: codes[0]: true or false stands where a text is expected`,
		`{"title":"a","title":"b"}`:              `line 1, column 20: title: the key stands here twice`,
		`{"title":"a"`:                           `line 1, column 13: the text ends in the middle`,
		`{"title":"a"} x`:                        `something stands behind the end`,
		`{"cap":1.5}`:                            `number 1.5 is not a whole number`,
		``:                                       `the text ends in the middle`,
		`{"title":"a",}`:                         `invalid character`,
	} {
		var p plan
		err := Unmarshal([]byte(text), &p)
		require.Error(t, err, text)
		assert.ErrorContains(t, err, want, text)
	}
}

func TestAByteOrderMarkIsPassedOver(t *testing.T) {
	var p plan
	require.NoError(t, Unmarshal([]byte("\ufeff{\"title\":\"x\"}"), &p))
	assert.Equal(t, "x", p.Title)
	assert.EqualError(t, Unmarshal([]byte("\ufeff{\"titel\":\"x\"}"), &p), `line 1, column 8: titel: unknown key "titel"; did you mean "title"?`)
}

func TestUTF16IsNamed(t *testing.T) {
	for _, text := range []string{"\xff\xfe{\x00}\x00", "\xfe\xff\x00{\x00}", "{\x00}\x00", "\x00{\x00}", "\xff\xfe"} {
		var p plan
		assert.EqualError(t, Unmarshal([]byte(text), &p), "line 1, column 1: the text is in UTF-16; save the file as UTF-8")
	}
}

func TestANearNameIsOfferedAndAFarOneIsNot(t *testing.T) {
	assert.Equal(t, "wrong-population", Nearest("wrong-popluation", []string{"wrong-design", "wrong-population"}))
	assert.Equal(t, "", Nearest("xyz", []string{"wrong-design"}))
	assert.Equal(t, "", Nearest("xyz", nil))
}

func FuzzUnmarshal(f *testing.F) {
	f.Add([]byte(`{"title":"x","stages":[{"name":"a"}]}`))
	f.Add([]byte(`[[[[`))
	f.Add([]byte("\ufeff{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p plan
		_ = Unmarshal(data, &p)
	})
}
