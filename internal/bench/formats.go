package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/bibtex"
	"github.com/evidence-go/evidence/record/pubmed"
	"github.com/evidence-go/evidence/record/ris"
)

// us is the name of this module's readers in tables and arguments.
const us = "this module"

// patience is how long one reader may take over one input.
const patience = 10 * time.Minute

// format is one format with all that read it.
type format struct {
	name    string // also in the data's index
	title   string
	ours    record.Format
	readers []reader // ours first
}

// pairs gives our reader beside each peer by itself, because each peer reads other
// files right.
func (f format) pairs() (all []format) {
	for _, peer := range f.readers[1:] {
		pair := f
		pair.readers = []reader{f.readers[0], peer}
		all = append(all, pair)
	}
	return all
}

// listPath is the committed list of the files that both of a pair read right.
func (f format) listPath() string {
	peer := strings.ToLower(strings.NewReplacer("/", "-", ".", "-").Replace(f.readers[1].name))
	return filepath.Join("testdata", f.name+"."+peer+".txt")
}

// reader reads one file in a process of its own.
type reader struct {
	name string
	find func() (path string, ok bool)
	run  func(ctx context.Context, path, file string) (cost, error)
}

// cost is what one reading took. Allocations are known of Go readers only.
type cost struct {
	Records int     `json:"records"`
	Bytes   int64   `json:"bytes"`   // of the input, where the reader counts it
	Seconds float64 `json:"seconds"` // of processor time
	Allocs  uint64  `json:"allocs,omitzero"`
	Heap    uint64  `json:"heap,omitzero"` // bytes allocated in all
	PeakKB  int64   `json:"peak_kb,omitzero"`
}

func formats() []format {
	return []format{
		{"ris", "RIS", ris.Format(), []reader{goReader(us, "ris"), external("ris2xml", processed)}},
		{"nbib", "MEDLINE", pubmed.MEDLINE(), []reader{goReader(us, "nbib"), biopython()}},
		{"pubmed_xml", "PubMed XML", pubmed.XML(), []reader{goReader(us, "pubmed_xml"), goReader("encoding/xml", "pubmed_xml")}},
		{"bib", "BibTeX", bibtex.Format(), []reader{goReader(us, "bib"), goReader("nickng/bibtex", "bib"),
			external("bib2xml", processed), external("bibtool", entries, "-q", "-i")}},
	}
}

func formatNamed(name string) (format, error) {
	for _, f := range formats() {
		if f.name == name {
			return f, nil
		}
	}
	return format{}, fmt.Errorf("the format %q is not measured", name)
}

// goReader is one that this program runs as a process of itself on one thread.
func goReader(name, format string) reader {
	self := func() (string, bool) { path, err := os.Executable(); return path, err == nil }
	run := func(ctx context.Context, path, file string) (cost, error) {
		return child(ctx, path, "read", name, format, file)
	}
	return reader{name, self, run}
}

func child(ctx context.Context, path string, args ...string) (cost, error) {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	c, err := decodeCost(cmd)
	c.Seconds = processorTime(cmd)
	return c, err
}

// processorTime is what a process that has ended took of processors, in seconds:
// unlike the time by the clock it hardly depends on what else the machine does.
func processorTime(cmd *exec.Cmd) float64 {
	if cmd.ProcessState == nil {
		return 0
	}
	return (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
}

// decodeCost runs a program that prints its cost as JSON.
func decodeCost(cmd *exec.Cmd) (cost, error) {
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	var c cost
	if err := cmd.Run(); err != nil {
		return c, fmt.Errorf("%w: %s", err, lastLine(errs.Bytes()))
	}
	return c, json.Unmarshal(out.Bytes(), &c)
}

func lastLine(text []byte) []byte {
	text = bytes.TrimSpace(text)
	return text[bytes.LastIndexByte(text, '\n')+1:]
}

// external is a program on PATH that is given the file's name last. count finds
// the number of records in what it writes and says.
func external(program string, count func(out, errs io.Reader) int, args ...string) reader {
	find := func() (string, bool) { path, err := exec.LookPath(program); return path, err == nil }
	run := func(ctx context.Context, path, file string) (c cost, err error) {
		cmd := exec.CommandContext(ctx, path, append(args, file)...)
		out, err := os.CreateTemp("", "bench")
		if err != nil {
			return c, err
		}
		defer os.Remove(out.Name())
		defer out.Close()
		var errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = out, &errs
		err = cmd.Run()
		c.Seconds = processorTime(cmd)
		if ctx.Err() != nil {
			return c, ctx.Err()
		}
		if _, seekErr := out.Seek(0, io.SeekStart); seekErr != nil {
			return c, seekErr
		}
		if c.Records = count(out, &errs); c.Records == 0 && err != nil {
			return c, fmt.Errorf("%w: %s", err, lastLine(errs.Bytes()))
		}
		return c, nil
	}
	return reader{program, find, run}
}

var processedLine = regexp.MustCompile(`Processed (\d+) references`)

// processed reads the last line of what programs of bibutils say.
func processed(_, errs io.Reader) int {
	text, err := io.ReadAll(errs)
	m := processedLine.FindSubmatch(lastLine(text))
	if err != nil || m == nil {
		return 0
	}
	n, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return 0
	}
	return n
}

var entryLine = regexp.MustCompile(`(?im)^@(\w+)`)

// entries counts the entries in BibTeX as bibtool writes it: each begins a line.
func entries(out, _ io.Reader) (n int) {
	text, err := io.ReadAll(out)
	if err != nil {
		return 0
	}
	for _, m := range entryLine.FindAllSubmatch(text, -1) {
		switch strings.ToLower(string(m[1])) {
		case "string", "preamble", "comment", "alias", "modify", "include":
		default:
			n++
		}
	}
	return n
}

// medlineScript reads a file record by record and keeps none of them.
const medlineScript = `
import json, os, sys, time
from Bio import Medline
began = time.process_time()
with open(sys.argv[1], encoding="utf-8") as f:
    n = sum(1 for _ in Medline.parse(f))
print(json.dumps({"records": n, "bytes": os.path.getsize(sys.argv[1]), "seconds": time.process_time() - began}))
`

// biopython is found under the first python3 that can import it: a Debian package
// serves the system's own, which need not be the first on PATH.
func biopython() reader {
	find := func() (string, bool) {
		for _, python := range []string{"python3", "/usr/bin/python3"} {
			if exec.Command(python, "-c", "from Bio import Medline").Run() == nil {
				return python, true
			}
		}
		return "", false
	}
	run := func(ctx context.Context, path, file string) (cost, error) {
		return decodeCost(exec.CommandContext(ctx, path, "-c", medlineScript, file))
	}
	return reader{"Bio.Medline", find, run}
}
