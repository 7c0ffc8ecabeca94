package suite

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The lines by which .ci/run counts the suites over real data; the name of
// the test stands behind them.
const (
	ranLine     = "suite ran: "
	skippedLine = "suite skipped: "
)

const module = "github.com/evidence-go/evidence"

// Data returns the path of a file or folder of the real data sets: elem below
// the folder that EVIDENCE_DATA names (a relative one is taken from the
// module's root), else below ../shared/data beside that root.
//
// Where that default folder is absent the test is skipped, with a line that
// says how to have the data. A folder that was asked for by name and is absent
// fails the test, and so does a folder that is there and lacks elem: a suite
// must not turn itself off because something was renamed.
//
// The test's log says "suite ran: NAME" or "suite skipped: NAME" at its end.
func Data(t testing.TB, elem ...string) string {
	t.Helper()
	root, err := moduleRoot()
	if err != nil {
		t.Fatalf("real data: %v", err)
	}
	announce(t)
	folder, named := dataFolder(root)
	if _, err := os.Stat(folder); err != nil {
		if named {
			t.Fatalf("real data: EVIDENCE_DATA names a folder that cannot be opened: %v", err)
		}
		t.Skip("real data not present: set EVIDENCE_DATA (looked in ../shared/data)")
	}
	path := filepath.Join(append([]string{folder}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("real data: the data folder is incomplete: %v", err)
	}
	return path
}

// announce waits for the end of the test, because a test may skip itself
// after it has asked for its data.
func announce(t testing.TB) {
	t.Cleanup(func() {
		if t.Skipped() {
			t.Log(skippedLine + t.Name())
			return
		}
		t.Log(ranLine + t.Name())
	})
}

// dataFolder returns the folder to look in, and whether the environment names it.
func dataFolder(root string) (folder string, named bool) {
	folder = os.Getenv("EVIDENCE_DATA")
	if folder == "" {
		return filepath.Join(root, "..", "shared", "data"), false
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(root, folder)
	}
	return folder, true
}

// moduleRoot goes up from the working directory, which for a test is its
// package's folder, to the go.mod of this module. A nested module's go.mod on
// the way has another name and is passed by.
func moduleRoot() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && moduleName(string(text)) == module {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no go.mod of %s in %s or above it", module, start)
		}
	}
}

func moduleName(gomod string) string {
	for line := range strings.Lines(gomod) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "module" {
			return strings.Trim(fields[1], `"`)
		}
	}
	return ""
}
