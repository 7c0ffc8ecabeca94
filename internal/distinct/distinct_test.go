package distinct_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/internal/distinct"
)

func TestAValueStandsOnce(t *testing.T) {
	var list []string
	for _, v := range []string{"b", "a", "b", "", "a", ""} {
		list = distinct.Append(list, v)
	}
	assert.Equal(t, []string{"b", "a", ""}, list)
	assert.True(t, distinct.Has(list, "a"))
	assert.False(t, distinct.Has(list, "c"))
	assert.False(t, distinct.Has(nil, "c"))
}

func TestALongListIsLookedThroughFromItsEnd(t *testing.T) {
	list := make([]int, 0, 300)
	for i := range 300 {
		list = distinct.Append(list, i)
	}
	assert.Len(t, distinct.Append(list, 299), 300)
	assert.Len(t, distinct.Append(list, 44), 300)
	assert.Len(t, distinct.Append(list, 43), 301)
	assert.True(t, distinct.HasFunc(list, func(n int) bool { return n == 44 }))
	assert.False(t, distinct.HasFunc(list, func(n int) bool { return n == 43 }))
}
