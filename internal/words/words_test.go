package words_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/words"
)

func Example() {
	fmt.Println(words.Number(12345))
	fmt.Println(words.Count(1, "record was", "records were"), words.Count(1200, "record", "records"))
	fmt.Println(words.List([]string{"title", "abstract", "keywords"}))
	// Output:
	// 12,345
	// 1 record was 1,200 records
	// title, abstract and keywords
}

func TestNumbersHaveACommaBetweenThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1: "-1", -999: "-999", -1000: "-1,000", 1234567: "1,234,567", math.MinInt32: "-2,147,483,648"} {
		assert.Equal(t, want, words.Number(n))
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int().Draw(t, "n")
		assert.Equal(t, strconv.Itoa(n), strings.ReplaceAll(words.Number(n), ",", ""))
	})
}

func TestNothingIsMany(t *testing.T) {
	assert.Equal(t, "0 studies", words.Count(0, "study", "studies"))
}

func TestListsOfOneAndNone(t *testing.T) {
	assert.Empty(t, words.List(nil))
	assert.Equal(t, "a", words.List([]string{"a"}))
	assert.Equal(t, "a and b", words.List([]string{"a", "b"}))
}
