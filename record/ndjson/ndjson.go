package ndjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// Format is newline-delimited JSON as a value for record.ReadOptions and
// record.NewWriter.
func Format() record.Format {
	return record.Format{
		Name: "ndjson", Title: "newline-delimited JSON", Extensions: []string{".ndjson", ".jsonl"},
		Sniff: sniff, Decode: decode, Encode: func(w record.Sink) record.Encoder { return &encoder{w} },
	}
}

// sniff knows a record's JSON by what every one begins with.
func sniff(head []byte) int {
	text := bytes.TrimLeft(head, " \t\r\n")
	rest, ok := bytes.CutPrefix(text, []byte(`{"schema":`))
	if !ok {
		return 0
	}
	first, _, _ := bytes.Cut(rest, []byte("\n"))
	if bytes.Contains(first[:min(len(first), 40)], []byte(`"id":"r`)) {
		return 95
	}
	return 30
}

// decode is Format.Decode.
func decode(in *record.Input, emit func(*record.Record) bool) error {
	for {
		n := in.LineNumber()
		line, ok := nextLine(in, n)
		if !ok {
			return nil
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		long, depth := measure(line, in.Limits().Field)
		if limit := in.Limits().Nesting; depth > limit {
			in.Report(record.Problem{Line: n, Code: record.CodeTooDeep, Value: string(line[:min(len(line), 80)]),
				Text: fmt.Sprintf("values nested over %d deep; the line was left out (Limits.Nesting)", limit)})
			continue
		}
		r := new(record.Record)
		if err := json.Unmarshal(without(line, long), r); err != nil {
			in.Report(refusal(line, n, err))
			continue
		}
		for _, name := range long {
			r.Problems = append(r.Problems, record.Problem{Line: n, Tag: name, Code: record.CodeFieldTooLong,
				Text: fmt.Sprintf("a text of the field is over %d bytes; the field was left out (Limits.Field)", in.Limits().Field)})
		}
		if r.Source.File == "" {
			r.Source.Line = n
		}
		if !emit(r) {
			return nil
		}
	}
}

// measure finds, without building anything, how deep the values of a line are
// nested, and the names of the fields of the record that hold a text over the limit.
func measure(line []byte, limit int) (long []string, depth int) {
	level, name := 0, ""
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '{', '[':
			level++
			depth = max(depth, level)
		case '}', ']':
			level--
		case '"':
			end := stringEnd(line, i+1)
			text := line[i+1 : min(end, len(line))]
			isName := level == 1 && bytes.HasPrefix(bytes.TrimLeft(line[min(end+1, len(line)):], " \t\r"), []byte(":"))
			switch {
			case isName:
				name = string(text)
			case len(text) > limit && !slices.Contains(long, name):
				long = append(long, name)
			}
			i = end
		}
	}
	return long, depth
}

// stringEnd is where the quote stands that ends a text.
func stringEnd(line []byte, i int) int {
	for ; i < len(line) && line[i] != '"'; i++ {
		if line[i] == '\\' {
			i++
		}
	}
	return i
}

// without takes fields out of a line; one that is no JSON stays as it is.
func without(line []byte, names []string) []byte {
	if len(names) == 0 {
		return line
	}
	fields := map[string]json.RawMessage{}
	if json.Unmarshal(line, &fields) != nil {
		return line
	}
	for _, name := range names {
		delete(fields, name)
	}
	rest, err := json.Marshal(fields)
	if err != nil {
		return line
	}
	return rest
}

// nextLine reads one line. One over the limit of a record is reported, and
// comes back empty.
func nextLine(in *record.Input, n int) (line []byte, ok bool) {
	limit, tooLong := in.Limits().Record, false
	for scanned := 0; ; {
		part := in.Bytes()
		if i := bytes.IndexByte(part[scanned:], '\n'); i >= 0 {
			line = bytes.Clone(part[:scanned+i])
			in.Advance(scanned + i + 1)
			break
		}
		scanned = len(part)
		if scanned > limit {
			tooLong = true
			in.Advance(scanned)
			scanned = 0
		}
		if in.More() {
			continue
		}
		if len(in.Bytes()) == 0 && !tooLong {
			return nil, false
		}
		line = bytes.Clone(in.Bytes())
		in.Advance(len(line))
		break
	}
	if !tooLong && len(line) <= limit {
		return line, true
	}
	in.Report(record.Problem{Line: n, Code: record.CodeRecordTooLong,
		Text: fmt.Sprintf("the record is over %d bytes and was left out (Limits.Record)", limit)})
	return nil, true
}

// refusal says why a line is no record, and where in it.
func refusal(line []byte, n int, err error) record.Problem {
	p := record.Problem{Line: n, Code: record.CodeSkipped, Value: string(line[:min(len(line), 80)]),
		Text: "expected the JSON of a record on one line; the line was left out: " + err.Error()}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		p.Column = column(line, syntax.Offset)
	case errors.As(err, &kind):
		p.Tag = kind.Field
	}
	return p
}

// column counts the characters up to a byte.
func column(line []byte, offset int64) int {
	at := int(min(max(offset, 1), int64(len(line))))
	return len(bytes.Runes(line[:at]))
}

type encoder struct{ w record.Sink }

// Encode writes one record as one line.
func (e *encoder) Encode(r *record.Record) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	// The Sink keeps the first error for Writer.Write and Close.
	_, _ = e.w.Write(line)
	return e.w.WriteByte('\n')
}

// Close writes nothing: the format has no end.
func (e *encoder) Close() error { return nil }
