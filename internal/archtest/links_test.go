package archtest

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A link or picture of Markdown: [text](target) and ![text](target), with or
// without a title behind the target.
var link = regexp.MustCompile(`\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)`)

// linksOf lists the targets in a Markdown text that are files of the module,
// without their fragments. What stands in code is no link.
func linksOf(text string) []string {
	var out []string
	for i, part := range strings.Split(text, "```") {
		if i%2 == 1 {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(part, -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if u, err := url.Parse(target); err != nil || u.Scheme != "" || u.Host != "" || target == "" {
				continue
			}
			out = append(out, target)
		}
	}
	return out
}

func TestLinksAreThoseToFiles(t *testing.T) {
	text := "[a](a.md) ![b](docs/b.png \"B\") [c](https://example.org/c) [d](#d) [e](e.md#part) [`f`](f), [g](mailto:g@example.org)\n```\n[h](h.md)\n```\n[i](<i.md>)"
	assert.Equal(t, []string{"a.md", "docs/b.png", "e.md", "f", "i.md"}, linksOf(text))
}

func TestEveryLinkOfTheDocumentsLeadsToAFile(t *testing.T) {
	root := filepath.Join("..", "..")
	documents, err := filepath.Glob(filepath.Join(root, "*.md"))
	require.NoError(t, err)
	require.NotEmpty(t, documents)
	require.NoError(t, filepath.WalkDir(filepath.Join(root, "docs"), func(path string, _ fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			documents = append(documents, path)
		}
		return err
	}))
	for _, document := range documents {
		text, err := os.ReadFile(document)
		require.NoError(t, err)
		name, err := filepath.Rel(root, document)
		require.NoError(t, err)
		for _, target := range linksOf(string(text)) {
			path, err := url.PathUnescape(target)
			require.NoError(t, err)
			_, err = os.Stat(filepath.Join(filepath.Dir(document), filepath.FromSlash(path)))
			assert.NoError(t, err, "%s links to %s", name, target)
		}
	}
}
