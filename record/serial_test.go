package record

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSerialNumbersAreFoundInListsOfAnyForm(t *testing.T) {
	for text, want := range map[string]string{
		"1234-5679":                             "[1234-5679] [] true []",
		"12345679":                              "[1234-5679] [] true []",
		"1234-5679 (Print)":                     "[1234-5679] [] true []",
		"1234-5679 (Print), 2049-3630 (Online)": "[1234-5679 2049-3630] [] true []",
		`["1234-5679","2049-3630"]`:             "[1234-5679 2049-3630] [] true []",
		"1234-5679 2049-3630; 1234-5679":        "[1234-5679 2049-3630] [] true []",
		"ISBN-13: 978-3-16-148410-0":            "[] [9783161484100] true []",
		"978-3-16-148410-0\n1234-5679":          "[1234-5679] [9783161484100] true []",
		"1234-5679; 1234-5678; 20-19 no. 3":     "[1234-5679] [] true [1234-5678 20-19 3]",
		"1234-5678":                             "[] [] false [1234-5678]",
		"none":                                  "[] [] false []",
		"":                                      "[] [] false []",
		"1234-5679 vol 3":                       "[1234-5679] [] true [3]",
		strings.Repeat("1234-5679, ", 1000) + "a": "[1234-5679] [] true []",
	} {
		var c Container
		found, left := c.AddSerialNumbers(text)
		assert.Equal(t, want, fmt.Sprint(c.ISSN, c.ISBN, found, left), text)
	}
}
