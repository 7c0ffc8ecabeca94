package query

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
)

// Bounds of a file of headings. MeSH has 30,000 headings at 60,000 places, with
// 250,000 entry terms.
const (
	maxTreeLine  = 64 << 10 // bytes of a line, or between two tags
	maxTreeNames = 4 << 20  // headings, places and entry terms
	maxTreeDepth = 100      // of XML elements within one another
)

// ReadTree reads a tree of subject headings in one of three forms, told by how it
// begins:
//
//	NLM's descriptor XML         <DescriptorRecordSet> …, with entry terms; desc2026.xml
//	NLM's ASCII tree             Body Regions;A01      a line; mtrees2026.bin
//	a table with tabs            A01	D001829	Body Regions   a line, with a head or without
//
// in UTF-8, with a byte order mark or without. An entry term finds its heading.
// name is that of the file, for errors: one of another kind, or a line that is no
// such line, is an error with its place. A tree without any heading is one too.
func ReadTree(r io.Reader, name string) (*Tree, error) {
	in := bufio.NewReaderSize(r, maxTreeLine)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		in.Discard(3)
	}
	t := treeReader{treeBuilding: newTreeBuilding(), name: name}
	var err error
	if isMarkup(in) {
		err = t.readXML(in)
	} else {
		err = t.readLines(in)
	}
	switch {
	case err != nil:
		return nil, err
	case len(t.names) == 0:
		return nil, t.wrong("there is no heading in it")
	}
	return t.done(), nil
}

// isMarkup tells whether a file begins like XML.
func isMarkup(in *bufio.Reader) bool {
	const enough = 512
	head, _ := in.Peek(enough)
	head = bytes.TrimLeft(head, " \t\r\n")
	return len(head) > 0 && head[0] == '<'
}

// treeReader reads one file.
type treeReader struct {
	*treeBuilding
	name  string
	line  int
	count int // headings, places and entry terms
}

func (t *treeReader) wrong(what string) error {
	if t.line == 0 {
		return fmt.Errorf("%s: %s", t.name, what)
	}
	return fmt.Errorf("%s: line %d: %s", t.name, t.line, what)
}

// more counts a name or place, and is an error where there are too many.
func (t *treeReader) more() error {
	if t.count++; t.count > maxTreeNames {
		return t.wrong(fmt.Sprintf("more than %d headings, places and entry terms", maxTreeNames))
	}
	return nil
}

const treeForms = "expected NLM's descriptor XML, lines of Heading;tree number, or lines of tree number, id and heading with tabs between them"

// readLines reads a tree that has a place a line.
func (t *treeReader) readLines(in *bufio.Reader) error {
	var parse func(line string) (number, name string, ok bool)
	form := ""
	for {
		text, err := in.ReadSlice('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			t.line++
			if errors.Is(err, bufio.ErrBufferFull) {
				return t.wrong("the line is too long for a tree of headings: " + treeForms)
			}
			return fmt.Errorf("%s: line %d: reading headings: %w", t.name, t.line, err)
		}
		if line := strings.TrimRight(string(text), "\r\n"); len(text) > 0 {
			t.line++
			if strings.TrimSpace(line) != "" {
				if parse == nil {
					parse, form = treeForm(line)
				}
				if err := t.readLine(line, parse, form); err != nil {
					return err
				}
			}
		}
		if err != nil {
			return nil
		}
	}
}

// treeForm tells the form of a tree by its first line, nil for none.
func treeForm(line string) (parse func(string) (number, name string, ok bool), form string) {
	if _, _, ok := bySemicolon(line); ok {
		return bySemicolon, "Heading;tree number"
	}
	if strings.Count(line, "\t") >= 2 {
		return byTabs, "tree number, id and heading, with tabs between them"
	}
	return nil, ""
}

func bySemicolon(line string) (number, name string, ok bool) {
	i := strings.LastIndexByte(line, ';')
	if i < 0 {
		return "", "", false
	}
	number = strings.TrimSpace(line[i+1:])
	return number, line[:i], isTreeNumber(number)
}

func byTabs(line string) (number, name string, ok bool) {
	number, rest, _ := strings.Cut(line, "\t")
	_, name, ok = strings.Cut(rest, "\t")
	name, _, _ = strings.Cut(name, "\t")
	number = strings.TrimSpace(number)
	return number, name, ok && isTreeNumber(number)
}

func (t *treeReader) readLine(line string, parse func(string) (number, name string, ok bool), form string) error {
	if parse == nil {
		return t.wrong("this is no tree of headings: " + treeForms)
	}
	number, name, ok := parse(line)
	if !ok {
		if t.count == 0 && strings.Contains(strings.ToLower(number), "tree") {
			return nil // the head of a table
		}
		return t.wrong("expected " + form)
	}
	h, ok := t.heading(name)
	if !ok {
		return t.wrong("there is no heading beside the tree number " + number)
	}
	t.place(h, number)
	return t.more()
}

// guard bounds what is read from one tag to the next, which the XML decoder keeps
// in memory.
type guard struct {
	r    io.Reader
	read int
}

var errTooLong = errors.New("too much text between two tags")

func (g *guard) Read(p []byte) (int, error) {
	if g.read > 16*maxTreeLine {
		return 0, errTooLong
	}
	n, err := g.r.Read(p[:min(len(p), maxTreeLine)])
	g.read += n
	return n, err
}

// readXML reads NLM's descriptor XML.
func (t *treeReader) readXML(in *bufio.Reader) error {
	g := &guard{r: in}
	d := xml.NewDecoder(g)
	var path []string
	var descriptor descriptorXML
	for {
		tok, err := d.RawToken()
		g.read = 0
		t.line, _ = d.InputPos()
		switch {
		case errors.Is(err, io.EOF) && len(path) == 0 && t.count > 0:
			return nil
		case errors.Is(err, io.EOF):
			return t.wrong("the file ends before it is complete")
		case err != nil:
			return fmt.Errorf("%s: line %d: reading headings: %w", t.name, t.line, err)
		}
		switch x := tok.(type) {
		case xml.StartElement:
			path = append(path, x.Name.Local)
			err = t.open(path, &descriptor)
		case xml.EndElement:
			path, err = t.close(path, x.Name.Local, &descriptor)
		case xml.CharData:
			descriptor.text(path, x)
		}
		if err != nil {
			return err
		}
	}
}

// descriptorXML is what is read of one descriptor.
type descriptorXML struct {
	name    string
	numbers []string
	terms   []string
	value   strings.Builder
}

func (t *treeReader) open(path []string, d *descriptorXML) error {
	switch n := len(path); {
	case n == 1 && path[0] != "DescriptorRecordSet":
		return t.wrong("<" + path[0] + "> is no set of descriptors: expected <DescriptorRecordSet>, " +
			"or another form of a tree: " + treeForms)
	case n > maxTreeDepth:
		return t.wrong("elements lie too deep within one another")
	case n == 2:
		*d = descriptorXML{}
	}
	d.value.Reset()
	return nil
}

func (d *descriptorXML) text(path []string, text []byte) {
	if len(path) >= 4 && d.value.Len()+len(text) <= maxTreeLine {
		d.value.Write(text)
	}
}

// close ends an element, and with it what it holds.
func (t *treeReader) close(path []string, name string, d *descriptorXML) ([]string, error) {
	n := len(path)
	if n == 0 || path[n-1] != name {
		return path, t.wrong("</" + name + "> ends nothing that is open")
	}
	if err := d.close(path, t); err != nil {
		return path, err
	}
	if n == 2 && name == "DescriptorRecord" {
		if err := t.descriptor(d); err != nil {
			return path, err
		}
	}
	return path[:n-1], nil
}

func (d *descriptorXML) close(path []string, t *treeReader) error {
	value := strings.TrimSpace(d.value.String())
	switch strings.Join(path[1:], "/") {
	case "DescriptorRecord/DescriptorName/String":
		d.name = value
	case "DescriptorRecord/TreeNumberList/TreeNumber":
		if !isTreeNumber(value) {
			return t.wrong("“" + value + "” is no tree number")
		}
		d.numbers = append(d.numbers, value)
	case "DescriptorRecord/ConceptList/Concept/TermList/Term/String":
		d.terms = append(d.terms, value)
	default:
		return nil
	}
	return t.more()
}

// descriptor adds a descriptor that is whole.
func (t *treeReader) descriptor(d *descriptorXML) error {
	h, ok := t.heading(d.name)
	if !ok {
		return t.wrong("this descriptor has no name")
	}
	for _, n := range d.numbers {
		t.place(h, n)
	}
	for _, s := range d.terms {
		if key := fold.Key(s); key != "" {
			t.synonyms[h] = append(t.synonyms[h], key)
		}
	}
	return nil
}
