// Comparisons with other libraries, kept out of the root module. From the root:
//
//	go -C internal/bench run .
module github.com/evidence-go/evidence/internal/bench

go 1.25.0

require (
	github.com/agnivade/levenshtein v1.2.2
	github.com/evidence-go/evidence v0.0.0
	github.com/nickng/bibtex v1.4.2
	github.com/stretchr/testify v1.12.1
	github.com/xrash/smetrics v0.0.0-20250705151800-55b8f293f342
)

require (
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/text v0.41.0 // indirect
)

replace github.com/evidence-go/evidence => ../../
