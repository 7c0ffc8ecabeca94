module github.com/evidence-go/evidence

go 1.25.0

require (
	github.com/nickng/bibtex v1.4.2
	github.com/stretchr/testify v1.12.1
	golang.org/x/text v0.41.0
	pgregory.net/rapid v1.3.0
)

require go.yaml.in/yaml/v3 v3.0.5 // indirect
