package tagged

import (
	"bytes"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// wosDecoder knows the lines of Web of Science.
type wosDecoder struct {
	collector
	fn       int  // line of the FN whose EF has not come
	platform bool // FN names Web of Science or its predecessor, ISI
	b        builder
}

// decodeWoS is Format.Decode.
func decodeWoS(in *record.Input, emit func(*record.Record) bool) error {
	d := wosDecoder{collector: collector{in: in, emit: emit}}
	d.build = d.record
	for !d.stop {
		n := in.LineNumber()
		text, ok := in.ReadLine()
		if !ok {
			break
		}
		d.line(withoutMarks(text), n)
	}
	if d.stop {
		return nil
	}
	d.atEnd(in.LineNumber())
	d.reportJunk()
	return nil
}

// atEnd settles what the end of the file cuts off. A file that began with FN and
// has no EF was cut, maybe between two records.
func (d *wosDecoder) atEnd(n int) {
	switch {
	case d.open && (d.fn > 0 || d.in.Err() != nil):
		d.problem(n, "", record.CodeTruncated, "the file ends before the record's ER: the record, and perhaps others behind it, are not whole", "")
	case d.open:
		d.problem(d.first, "", record.CodeMissingEnd, "the file ends before the record's ER", "")
	case d.fn > 0:
		d.in.Report(record.Problem{Line: d.fn, Tag: "FN", Code: record.CodeMissingEnd,
			Text: "the file has no EF, which ends every export: records may be missing behind the last one"})
	}
	d.close()
}

// line takes in one line. A tag is two signs with a blank, or nothing, behind them.
func (d *wosDecoder) line(text []byte, n int) {
	value := bytes.TrimSpace(text)
	switch {
	case len(value) == 0:
	case text[0] == ' ' || text[0] == '\t':
		d.continued(value, n)
	case !isWoSTag(text):
		d.odd(text, n)
	default:
		d.tag(wosTagName(text[:2]), bytes.TrimSpace(text[2:]), n)
	}
}

// isWoSTag tells whether a line begins with a tag; one of RIS or MEDLINE, with a
// dash behind it, is none.
func isWoSTag(text []byte) bool {
	return len(text) >= 2 && isCapital(text[0]) && (isCapital(text[1]) || isDigit(text[1])) &&
		(len(text) == 2 || (text[2] == ' ' || text[2] == '\t') && !dashed(text[2:]))
}

// dashed tells whether two blanks and a dash stand behind a tag, as in RIS.
func dashed(rest []byte) bool { return bytes.HasPrefix(rest, []byte("  -")) }

// wosTagName is the tag as a string; those of the table are not copied.
func wosTagName(b []byte) string {
	if f, ok := wosTags[string(b)]; ok {
		return f.tag
	}
	return string(b)
}

// tag takes in a line with a tag.
func (d *wosDecoder) tag(tag string, value []byte, n int) {
	switch tag {
	case "FN":
		d.close()
		d.fn, d.platform = n, bytes.Contains(value, []byte("Web of")) || bytes.Contains(value, []byte("ISI"))
	case "VR":
		if d.open {
			d.add(tag, value, n)
		}
	case "EF":
		if d.open {
			d.problem(n, "", record.CodeMissingEnd, "the file says its end before the record's ER", "")
		}
		d.close()
		d.fn = 0
	case "PT":
		if d.open {
			d.problem(d.first, "", record.CodeMissingEnd, "the next record begins before the record's ER", "")
			d.close()
			if d.stop {
				return
			}
		}
		d.begin(n)
		d.add(tag, value, n)
	case "ER":
		d.end(value, n)
	default:
		if !d.open {
			d.begin(n)
		}
		d.add(tag, value, n)
	}
}

// end closes the record at ER.
func (d *wosDecoder) end(value []byte, n int) {
	switch {
	case !d.open:
		d.addJunk("ER", n)
		return
	case len(value) > 0:
		d.problem(n, "ER", record.CodeSyntax, "expected nothing behind ER; the record ends here all the same", string(value))
		d.add("ER", value, n)
	}
	d.close()
}

// close hands out the open record. One without PT must say which work it is.
func (d *wosDecoder) close() {
	switch {
	case !d.open:
	case d.has("PT") || d.tooLong:
		d.finish()
	case d.has("TI") || d.has("AU") || d.has("DI") || d.has("UT"):
		d.problem(d.first, "PT", record.CodeMissingStart, "the record has no PT: its kind is taken from its other fields", "")
		d.finish()
	default:
		d.discard()
	}
}

// continued takes in a line that begins with blanks.
func (d *wosDecoder) continued(value []byte, n int) {
	if !d.open || !d.wrap(value, "\n") {
		d.addJunk(string(value), n)
	}
}

// odd takes in a line that is neither a tag nor begins with blanks: a tag whose
// blank is missing ("AUGilles, H"), the end of a file to which another one was
// joined ("EFFN Clarivate"), else text that was wrapped without its blanks.
func (d *wosDecoder) odd(text []byte, n int) {
	if rest, ok := bytes.CutPrefix(text, []byte("EFFN ")); ok {
		d.tag("EF", nil, n)
		d.tag("FN", rest, n)
		return
	}
	value := bytes.TrimSpace(text)
	if !d.open {
		d.addJunk(string(value), n)
		return
	}
	if tag := gluedTag(text); tag != "" && !d.has(tag) {
		d.problem(n, tag, record.CodeSyntax, "expected a blank behind the tag; the line is read as if it had one", string(value))
		d.add(tag, bytes.TrimSpace(text[2:]), n)
		return
	}
	d.problem(n, d.last(), record.CodeContinuation, "expected a tag or three blanks; the line is read as part of the value before it", string(value))
	if !d.wrap(value, "\n") {
		d.addJunk(string(value), n)
	}
}

// gluedTag gives the tag that a line begins with where only its blank is missing:
// a known one that a word with a capital and a small letter, or a number, follows.
func gluedTag(text []byte) string {
	if len(text) < 4 {
		return ""
	}
	f := wosTags[string(text[:2])]
	if f == nil || !(isCapital(text[2]) && text[3] >= 'a' && text[3] <= 'z') && !isDigit(text[2]) {
		return ""
	}
	return f.tag
}

// record builds a record of its items.
func (d *wosDecoder) record(items []item) *record.Record {
	b := &d.b
	b.begin()
	if d.platform {
		b.r.Source.Platform = platformWoS
	}
	typed := false
	for _, it := range items {
		if it.tag == "PT" && !typed {
			b.kind, typed = strings.ToUpper(fold.Text(it.value)), true
			b.r.Kind = kindOfPT(b.kind)
			if b.r.Kind == record.KindUnknown && b.kind != "" {
				b.keep(it)
				b.problem(it, record.CodeUnknownType, "expected J, B, S, C or P; the record's kind is taken from its other fields")
			}
			continue
		}
		if strings.TrimSpace(it.value) == "" {
			continue
		}
		switch f := wosTags[it.tag]; {
		case it.tag == "PT":
			b.second(it)
		case f == nil:
			b.unknown(it, "Web of Science")
		case f.read == nil:
			b.keep(it)
		default:
			f.read(b, it)
		}
	}
	b.settleWoS()
	return b.finish()
}

// kindOfPT gives the kind of a type of publication by itself.
func kindOfPT(pt string) record.Kind {
	for _, p := range publications {
		if p.pt == pt && p.dt == "" {
			return p.kind
		}
	}
	return record.KindUnknown
}

// sniffWoS is Format.Sniff. A file begins with FN and VR, or with a record.
func sniffWoS(head []byte) int {
	types, ends, tags := 0, 0, 0
	fn := false
	for seen := 0; len(head) > 0 && seen < 400; {
		var text []byte
		text, head = cutLine(head)
		value := bytes.TrimSpace(text)
		if len(value) == 0 {
			continue
		}
		seen++
		if !isWoSTag(text) {
			if seen == 1 && text[0] != ' ' {
				return 0
			}
			continue
		}
		switch rest := bytes.TrimSpace(text[2:]); {
		case string(text[:2]) == "FN" && seen == 1:
			fn = true
		case string(text[:2]) == "PT" && len(rest) == 1:
			types++
		case string(text[:2]) == "ER" && len(rest) == 0:
			ends++
		case wosTags[string(text[:2])] != nil && len(rest) > 0:
			tags++
		}
	}
	switch {
	case fn, types > 0 && tags > 1:
		return 95
	case types > 0 && (tags > 0 || ends > 0):
		return 70
	}
	return 0
}

// cutLine parts a text at its first line end.
func cutLine(text []byte) (line, rest []byte) {
	if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
		return text[:i], text[i+1:]
	}
	return text, nil
}
