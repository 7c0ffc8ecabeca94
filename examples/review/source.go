package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/evidence-go/evidence/synth"
)

//go:embed sample
var sample embed.FS

// sampleOptions are the command line that the sample data would need.
func sampleOptions(out, date string) options {
	return options{
		protocol: "sample/protocol.json", codebook: "sample/codebook.json",
		axes:      list{"sample/settings.json", "sample/perspectives.json"},
		decisions: "sample/fulltext-decisions.csv", searches: "sample/searches.csv", wording: "sample/wording.json",
		files: []string{"sample/medline.nbib", "sample/scopus.ris", "sample/europepmc.xml", "sample/library.bib"},
		out:   out, date: date, embedded: true,
	}
}

// source is where files are read from: the disk, or what is built in.
type source struct {
	embedded bool
	progress io.Writer
}

func (r *review) source() source { return source{r.embedded, r.progress} }

func (s source) openFile(name string) (fs.File, error) {
	if s.embedded {
		return sample.Open(name)
	}
	return os.Open(name)
}

func (s source) read(name string) ([]byte, error) {
	f, err := s.openFile(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// open reads a file of records, which is called short in what is written.
func (s source) open(ctx context.Context, name, short string) (*record.Library, error) {
	f, err := s.openFile(name)
	if err == nil {
		defer f.Close()
		if info, err := f.Stat(); err == nil && !info.IsDir() {
			return formats.Read(&watched{ctx: ctx, src: f, progress: s.progress, next: step}, record.ReadOptions{Name: short})
		}
	}
	return formats.Open(name) // which says what is wrong with the name
}

// watched is a file whose reading can be interrupted, and that says how far it is.
type watched struct {
	ctx      context.Context
	src      io.Reader
	progress io.Writer
	n, next  int64
}

// step is how many bytes are read between two words about it.
const step = 64 << 20

// Read reads on, unless the run was interrupted.
func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := w.src.Read(p)
	if w.n += int64(n); w.n >= w.next {
		w.next += step
		fmt.Fprintf(w.progress, "    %d MB read …\n", w.n>>20)
	}
	return n, err
}

func (s source) codebook(name string) (*synth.Codebook, error) {
	text, err := s.read(name)
	if err != nil {
		return nil, fmt.Errorf("codebook: %w", err)
	}
	return synth.ParseCodebook(text, name)
}

// search is what is known of one search, and its line.
type search struct {
	record.Load
	line int
}

// use puts into a load what only the person knows who searched.
func (s search) use(load *record.Load) {
	load.Database, load.Platform, load.DateSearched = s.Database, s.Platform, s.DateSearched
	load.Reported, load.Strategy = s.Reported, s.Strategy
	load.Register, load.OtherMethod = s.Register, s.OtherMethod
}

// searches reads what is known of the searches, by the base names of the files.
func (s source) searches(name string) (map[string]search, error) {
	out := map[string]search{}
	if name == "" {
		return out, nil
	}
	text, err := s.read(name)
	if err != nil {
		return nil, fmt.Errorf("searches: %w", err)
	}
	rows := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: a header %s was expected: %w", name, strings.Join(searchColumns, ","), err)
	}
	for _, column := range head {
		if !slices.Contains(searchColumns, strings.TrimSpace(strings.ToLower(column))) {
			return nil, fmt.Errorf("%s:1: column %q is not known; %s were expected", name, column, strings.Join(searchColumns, ", "))
		}
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		line, _ := rows.FieldPos(0)
		file, load, err := searchOf(head, row)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		out[file] = search{load, line}
	}
}

// searchColumns are the columns of a file of searches.
var searchColumns = []string{"file", "database", "platform", "date_searched", "hits", "strategy", "source"}

// searchOf reads one row.
func searchOf(head, row []string) (file string, load record.Load, err error) {
	for i, column := range head {
		value := strings.TrimSpace(row[i])
		switch strings.TrimSpace(strings.ToLower(column)) {
		case "file":
			file = value
		case "database":
			load.Database = value
		case "platform":
			load.Platform = value
		case "date_searched":
			load.DateSearched = value
		case "strategy":
			load.Strategy = value
		case "hits":
			if value == "" {
				continue
			}
			n, err := strconv.Atoi(value)
			if err != nil {
				return "", load, fmt.Errorf("hits: %q is not a number", value)
			}
			load.Reported = &n
		case "source":
			switch value {
			case "", "database":
			case "register":
				load.Register = true
			default: // another method, in the person's words: "citation searching"
				load.OtherMethod = value
			}
		}
	}
	if file == "" {
		return "", load, errors.New("the column file is empty")
	}
	return file, load, nil
}
