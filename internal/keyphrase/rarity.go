package keyphrase

import (
	_ "embed"
	"strings"
)

// commonText has a line for each level from 0, with the stems that more than one abstract of 2^(level+1) holds and not
// more than one of 2^level. Package learn writes it.
//
//go:generate sh -c "go run ./learn > common.new && mv common.new common.txt"
//go:embed common.txt
var commonText string

// rarest is the level of a stem that the table does not hold.
const rarest = 10

var levels = func() map[string]float64 {
	all := map[string]float64{}
	for level, line := range strings.Split(strings.TrimSpace(commonText), "\n") {
		for _, stem := range strings.Fields(line) {
			all[stem] = float64(level)
		}
	}
	return all
}()

// rarity is 0 for a stem that every abstract of a field of science holds, and 1 for one that less than one in a thousand
// does.
func rarity(stem string) float64 {
	if level, ok := levels[stem]; ok {
		return level / rarest
	}
	return 1
}
