package endnote_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
)

// A megabyte of one thing is read and written and is still the record it was. Looked
// for again at each place, any of these would take hours: no clock is needed to tell.
func TestNothingInARecordIsLookedForAgainAndAgain(t *testing.T) {
	const size = 1 << 20
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	wrap := func(inner string) string { return "<xml><records><record>" + inner + "</record></records></xml>" }
	for name, text := range map[string]string{
		"open comments":      wrap("<titles><title>" + fill("<!--") + "</title></titles>"),
		"open comments bare": wrap(fill("<!--")),
		"open sections":      wrap("<titles><title>" + fill("<![CDATA[") + "</title></titles>"),
		"end tags":           wrap("<abstract>" + fill("&lt;/b>") + "</abstract>"),
		"accession numbers":  wrap("<accession-num>" + fill("1234567&#xD;") + "</accession-num>"),
		"identifiers":        wrap("<custom4>" + fill("pii:S1&#xD;mid:2&#xD;") + "</custom4>"),
		"links":              wrap("<urls><related-urls><url>" + fill("http://a.b/1&#xD;http://a.b/2&#xD;") + "</url></related-urls></urls>"),
		"names":              wrap("<contributors><authors><author>" + fill("Berg, A;") + "</author></authors></contributors>"),
		"elements":           wrap(fill("<a/><b>c</b>")),
		"addresses":          wrap("<auth-address>" + fill("a: b&#xD;") + "</auth-address>"),
		"keys":               wrap("<foreign-keys>" + fill("<key app='EN'>1</key>") + "</foreign-keys>"),
		"styles":             wrap("<notes>" + fill("<style>a</style>") + "</notes>"),
		"styles that stay":   wrap("<notes>" + fill("<style>") + "</notes>"),
		"end tags of others": wrap("<notes>" + fill("</style></year>") + "</notes>"),
		"quotes":             wrap(fill("<a b=\"'>")),
	} {
		records, _ := readAll(t, xmlFormat, strings.NewReader(text), "x")
		assert.Len(t, records, 1, name)
		text := write(t, xmlFormat, records)
		again, problems := readAll(t, xmlFormat, bytes.NewReader(text), "x")
		if limit := (record.Limits{}).Resolved().Record; len(text) > limit { // an element around each of the pieces makes it longer
			assert.True(t, slices.ContainsFunc(problems, func(p record.Problem) bool { return p.Code == record.CodeRecordTooLong }), name)
		} else {
			assert.Len(t, again, 1, name)
		}
		write(t, referFormat, records)
	}
	for name, text := range map[string]string{"tags": "%0 Book\n" + fill("%K a\n"), "lines": "%0 Book\n%X a\n" + fill("b\n"), "types": fill("%0 a\n"), "unknown": "%T a\n" + fill("%a b\n%b c\n")} {
		records, _ := readAll(t, referFormat, strings.NewReader(text), "x")
		assert.NotEmpty(t, records, name)
		again, _ := readAll(t, referFormat, bytes.NewReader(write(t, referFormat, records)), "x")
		assert.Len(t, again, len(records), name)
	}
}

func TestStylesDeeperThanTheLimitArePassedOver(t *testing.T) {
	text := "<xml><records><record><titles><title>" + strings.Repeat("<style>", 5000) + "Kite" + strings.Repeat("</style>", 5000) + "</title></titles></record></records></xml>"
	records, problems := readLimited(t, xmlFormat, text, record.Limits{})
	assert.Empty(t, problems)
	if assert.Len(t, records, 1) {
		assert.Equal(t, "Kite", records[0].Title)
		assert.Equal(t, record.CodeTooDeep, records[0].Problems[0].Code)
	}
}
