package suite

// This file reads and writes whole files of records for the tests of a format, and
// tells whether they come back as they were.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/record"
)

// ReadRecords reads a file in a format, and gives its records and the problems
// that belong to none. A fatal error fails the test.
func ReadRecords(t testing.TB, format record.Format, name string, src io.Reader) (records []*record.Record, problems []record.Problem) {
	t.Helper()
	rd := record.NewReader(src, record.ReadOptions{Name: name, Format: format})
	for r, err := range rd.All() {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		records = append(records, r)
	}
	return records, rd.Problems()
}

// WriteRecords writes a file in a format.
func WriteRecords(t testing.TB, format record.Format, records []*record.Record) []byte {
	t.Helper()
	var b bytes.Buffer
	w := record.NewWriter(&b, format)
	for _, r := range records {
		if err := w.Write(r); err != nil {
			t.Fatalf("writing %s as %s: %v", r.Key, format.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatalf("ending a file of %s: %v", format.Name, err)
	}
	return b.Bytes()
}

// WantRecords compares records with the section want.json, and the problems, those
// that belong to no record first, with the section problems.txt.
func (c Case) WantRecords(t testing.TB, records []*record.Record, problems []record.Problem) {
	t.Helper()
	c.Want(t, "want.json", shown(t, records, "  "))
	c.Want(t, "problems.txt", odd(records, problems))
}

// GoldenRecords compares the problems, those that belong to no record first, and the
// records with a file.
func GoldenRecords(t testing.TB, path string, records []*record.Record, problems []record.Problem) {
	t.Helper()
	Golden(t, path, append(odd(records, problems), shown(t, records, " ")...))
}

// odd lists problems, a line each.
func odd(records []*record.Record, problems []record.Problem) []byte {
	var b bytes.Buffer
	for _, p := range problems {
		fmt.Fprintln(&b, p)
	}
	for _, r := range records {
		for _, p := range r.Problems {
			fmt.Fprintln(&b, p)
		}
	}
	return b.Bytes()
}

// shown gives records as JSON, without their problems.
func shown(t testing.TB, records []*record.Record, indent string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, r := range records {
		plain := *r
		plain.Problems = nil
		text, err := json.MarshalIndent(&plain, "", indent)
		if err != nil {
			t.Fatalf("%s: %v", r.Key, err)
		}
		b.Write(append(text, '\n'))
	}
	return b.Bytes()
}

// Meaning is a record as indented JSON, without the version of the schema and
// without its ID, which is made of its fields. alike is given a copy, to take away what may differ between two records
// that say the same; it must not change what the copy's lists hold.
func Meaning(t testing.TB, r *record.Record, alike func(*record.Record)) string {
	t.Helper()
	c := *r
	alike(&c)
	text, err := json.MarshalIndent(&c, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool {
		return strings.HasPrefix(l, ` "id":`) || strings.HasPrefix(l, ` "schema":`)
	}), "\n")
}

// RoundTrip writes records, reads them again, and tells the first difference in
// what they say, or in the bytes when they are written a second time; "" for none.
func RoundTrip(t testing.TB, format record.Format, name string, records []*record.Record, alike func(*record.Record)) string {
	t.Helper()
	first := WriteRecords(t, format, records)
	again, problems := ReadRecords(t, format, name, bytes.NewReader(first))
	if len(again) != len(records) {
		return fmt.Sprintf("%d records written, %d read again: %v", len(records), len(again), problems)
	}
	for i := range records {
		if was, is := Meaning(t, records[i], alike), Meaning(t, again[i], alike); was != is {
			return fmt.Sprintf("record %d (%s), line %d, is not as it was:\n%s", i+1, records[i].Key, records[i].Source.Line, Difference(was, is))
		}
	}
	if second := WriteRecords(t, format, again); !bytes.Equal(first, second) {
		return "written a second time the bytes differ:\n" + Difference(string(first), string(second))
	}
	return ""
}

// Difference shows the first lines in which what was and what is differ.
func Difference(was, is string) string { return difference([]byte(was), []byte(is)) }
