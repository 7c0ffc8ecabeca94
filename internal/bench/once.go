package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"strconv"

	"github.com/evidence-go/evidence/record"
	nick "github.com/nickng/bibtex"
)

// readOnce reads one input once and prints its cost as JSON. Its arguments are
// flags, the reader, the format and the file, or, with -stream, none.
func readOnce(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("read", flag.ContinueOnError)
	stream := flags.Int64("stream", 0, "read so many `bytes` of invented records instead of a file")
	profile := flags.String("profile", "", "write profiles to this `path` with .cpu and .allocs behind it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() < 2 {
		return errors.New("read needs a reader, a format and a file")
	}
	f, err := formatNamed(flags.Arg(1))
	if err != nil {
		return err
	}
	src := io.Reader(newEndless(f.name, *stream))
	if *stream == 0 {
		file, err := os.Open(flags.Arg(2))
		if err != nil {
			return err
		}
		defer file.Close()
		src = file
	}
	read, ok := map[string]func(io.Reader) (int, error){
		us:              func(r io.Reader) (int, error) { return readOurs(r, f.ours) },
		"nickng/bibtex": readNick,
		"encoding/xml":  readXML,
	}[flags.Arg(0)]
	if !ok {
		return fmt.Errorf("the reader %q is not known", flags.Arg(0))
	}
	stop, err := startProfile(*profile)
	if err != nil {
		return err
	}
	c, err := measure(src, read)
	if err := errors.Join(err, stop()); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(c)
}

// measure counts what a reading allocates.
func measure(src io.Reader, read func(io.Reader) (int, error)) (c cost, err error) {
	counted := &counter{src: src}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c.Records, err = read(counted)
	runtime.ReadMemStats(&after)
	c.Bytes, c.Allocs, c.Heap = counted.n, after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc
	c.PeakKB = peakKB()
	return c, err
}

// counter counts the bytes of a source, however often they are read: a file may
// be read twice.
type counter struct {
	src   io.Reader
	at, n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.at += int64(n)
	c.n = max(c.n, c.at)
	return n, err
}

// Seek fails for what can be read once only.
func (c *counter) Seek(offset int64, whence int) (int64, error) {
	s, ok := c.src.(io.Seeker)
	if !ok {
		return 0, errors.ErrUnsupported
	}
	at, err := s.Seek(offset, whence)
	if err == nil {
		c.at = at
	}
	return at, err
}

func readOurs(src io.Reader, f record.Format) (n int, err error) {
	for _, err := range record.NewReader(src, record.ReadOptions{Format: f}).All() {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func readNick(src io.Reader) (int, error) {
	b, err := nick.Parse(src)
	if err != nil {
		return 0, err
	}
	return len(b.Entries), nil
}

// xmlArticle holds of an article what a program usually wants; one of a book has
// another root and is skipped over as encoding/xml skips it, with its title.
type xmlArticle struct {
	PMID     string   `xml:"MedlineCitation>PMID"`
	Title    string   `xml:"MedlineCitation>Article>ArticleTitle"`
	Abstract []string `xml:"MedlineCitation>Article>Abstract>AbstractText"`
	Journal  string   `xml:"MedlineCitation>Article>Journal>Title"`
	ISSN     string   `xml:"MedlineCitation>Article>Journal>ISSN"`
	Volume   string   `xml:"MedlineCitation>Article>Journal>JournalIssue>Volume"`
	Issue    string   `xml:"MedlineCitation>Article>Journal>JournalIssue>Issue"`
	Year     string   `xml:"MedlineCitation>Article>Journal>JournalIssue>PubDate>Year"`
	Pages    string   `xml:"MedlineCitation>Article>Pagination>MedlinePgn"`
	Types    []string `xml:"MedlineCitation>Article>PublicationTypeList>PublicationType"`
	Authors  []struct {
		Family      string   `xml:"LastName"`
		Given       string   `xml:"ForeName"`
		Collective  string   `xml:"CollectiveName"`
		Affiliation []string `xml:"AffiliationInfo>Affiliation"`
	} `xml:"MedlineCitation>Article>AuthorList>Author"`
	Headings []struct {
		Descriptor string   `xml:"DescriptorName"`
		Qualifiers []string `xml:"QualifierName"`
	} `xml:"MedlineCitation>MeshHeadingList>MeshHeading"`
	Keywords []string `xml:"MedlineCitation>KeywordList>Keyword"`
	IDs      []struct {
		Type  string `xml:"IdType,attr"`
		Value string `xml:",chardata"`
	} `xml:"PubmedData>ArticleIdList>ArticleId"`
	BookTitle string `xml:"BookDocument>Book>BookTitle"`
}

func readXML(src io.Reader) (n int, err error) {
	d := xml.NewDecoder(src)
	d.Strict = false
	d.Entity = xml.HTMLEntity
	for {
		token, err := d.Token()
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "PubmedArticle" && start.Name.Local != "PubmedBookArticle" {
			continue
		}
		var a xmlArticle
		if err := d.DecodeElement(&a, &start); err != nil {
			return n, err
		}
		n++
	}
}

// startProfile begins both profiles; stop writes them. Without a path it does nothing.
func startProfile(path string) (stop func() error, err error) {
	if path == "" {
		return func() error { return nil }, nil
	}
	cpu, err := os.Create(path + ".cpu")
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(cpu); err != nil {
		return nil, errors.Join(err, cpu.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		allocs, err := os.Create(path + ".allocs")
		if err != nil {
			return errors.Join(err, cpu.Close())
		}
		return errors.Join(pprof.Lookup("allocs").WriteTo(allocs, 0), allocs.Close(), cpu.Close())
	}, nil
}

// peakKB is the most memory that this process has held at once, in KiB; 0 where
// the system does not say it as Linux does.
func peakKB() int64 { return ownNumber("/proc/self/status", "VmHWM:") }

// writtenBytes is how much this process has written to files and pipes so far; 0
// where the system does not say it as Linux does.
func writtenBytes() int64 { return ownNumber("/proc/self/io", "wchar:") }

// ownNumber reads the number behind a name in a file of the system.
func ownNumber(file, name string) int64 {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	s := bufio.NewScanner(bytes.NewReader(text))
	for s.Scan() {
		if rest, ok := bytes.CutPrefix(s.Bytes(), []byte(name)); ok {
			n, err := strconv.ParseInt(string(bytes.TrimSpace(bytes.TrimSuffix(rest, []byte("kB")))), 10, 64)
			if err != nil {
				return 0
			}
			return n
		}
	}
	return 0
}
