package decisionlog

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
)

// SchemaVersion is the version of the log's lines.
const SchemaVersion = 1

// Sentinels that errors.Is finds in what Open returns.
var (
	ErrDamaged  = errors.New("the decision log is damaged")
	ErrProtocol = errors.New("the decision log belongs to another protocol")
)

// Log is an open decision log. It is not safe for concurrent use, nor for two
// programs at once. The zero value has no protocol and takes no decision.
type Log struct {
	plan      *screen.Plan
	file      file   // nil for a log in memory
	size      int64  // of the good part of the file
	torn      bool   // behind size stands what a failed write left
	last      string // checksum of the last line
	decisions []screen.Decision
	cut       string
	versions  []string
	texts     [][]byte // the lines as they stand
}

// file is what a log needs of the file that it is kept in.
type file interface {
	io.Reader
	io.WriterAt
	io.Closer
	Sync() error
	Truncate(size int64) error
}

// errNoPlan is what a log without a protocol answers.
var errNoPlan = errors.New("the decision log has no protocol")

// header is the first line of a log.
type header struct {
	Schema   int    `json:"schema"`
	Title    string `json:"title"`
	Protocol string `json:"protocol"`
}

// line is any further line: a decision, or a new version of the protocol.
type line struct {
	N        int              `json:"n"`
	Decision *screen.Decision `json:"decision,omitzero"`
	Protocol string           `json:"protocol,omitzero"` // an amendment: decisions from here on are under it
	Sum      string           `json:"sum,omitzero"`      // over the line without it, and the sum before
}

// New makes a log in memory, for programs that keep decisions elsewhere; WriteTo
// gives what Open would have put into a file. Without a plan it takes no decision.
func New(plan *screen.Plan) *Log {
	l := &Log{plan: plan}
	if plan != nil {
		// A protocol that was compiled can be written, and there is no file to fail.
		_ = l.begin()
	}
	return l
}

// WriteTo writes the whole log, so that a program can put the file in its place
// at once. Open reads what it writes.
func (l *Log) WriteTo(w io.Writer) (n int64, err error) {
	for _, text := range l.texts {
		m, err := w.Write(append(bytes.Clone(text), '\n'))
		n += int64(m)
		if err != nil {
			return n, fmt.Errorf("decision log: %w", err)
		}
	}
	return n, nil
}

// Open opens the log at path, or begins one where there is no file or an empty
// one. A log that was begun under another version of the protocol is ErrProtocol;
// see OpenAmended. A file that is no decision log is ErrDamaged, and so is one with
// a line whose checksum is wrong, with its number. A file that Open gives an error
// for is as it was.
func Open(path string, plan *screen.Plan) (*Log, error) { return open(path, plan, false) }

// OpenAmended opens a log whose protocol has been amended since: the amendment
// is written into the log, and the decisions before it keep the hash of the
// version that they were made under.
func OpenAmended(path string, plan *screen.Plan) (*Log, error) { return open(path, plan, true) }

func open(path string, plan *screen.Plan, amend bool) (*Log, error) {
	if plan == nil {
		return nil, fmt.Errorf("%s: %w", path, errNoPlan)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		f, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	}
	if err != nil {
		return nil, fmt.Errorf("decision log: %w", err)
	}
	l := &Log{plan: plan, file: f}
	if err := l.resume(amend, path); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return l, nil
}

// resume reads what is there and makes the log ready for the next line. Nothing
// is written before the file is known to be a log, and one of this protocol.
func (l *Log) resume(amend bool, path string) error {
	if err := l.load(path); err != nil {
		return err
	}
	now := l.plan.Hash()
	amended := len(l.versions) > 0 && l.versions[len(l.versions)-1] != now
	if amended && !amend {
		return fmt.Errorf("%s: %w: it was written under version %s, and this is %s; open it as amended if the protocol was changed on purpose",
			path, ErrProtocol, l.versions[len(l.versions)-1], now)
	}
	l.torn = l.cut != ""
	if err := l.mend(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	switch {
	case len(l.versions) == 0:
		return l.begin()
	case amended:
		return l.append(line{Protocol: now})
	}
	return nil
}

// load reads the lines of the file, up to one that was cut short.
func (l *Log) load(path string) error {
	src := bufio.NewReaderSize(l.file, 1<<16)
	for n := 0; ; n++ {
		text, err := src.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%s: %w", path, err)
		}
		whole, ended := bytes.CutSuffix(text, []byte("\n"))
		if !ended {
			return l.takeCut(path, text)
		}
		if err := l.take(whole, n); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n+1, err)
		}
		l.size += int64(len(text))
	}
}

// takeCut keeps a last line without an end. Where it is the first as well, the file
// is a log only if it is the beginning of the header that would stand there.
func (l *Log) takeCut(path string, text []byte) error {
	if len(l.versions) == 0 {
		own, err := l.header()
		if err != nil {
			return err
		}
		if !bytes.HasPrefix(own, text) {
			return fmt.Errorf("%s:1: %w", path, errNoHeader)
		}
	}
	l.cut = string(text)
	return nil
}

// errNoHeader is what a file that is no log at all gives.
var errNoHeader = fmt.Errorf("%w: the first line is not the header of a decision log of version %d", ErrDamaged, SchemaVersion)

// header is the first line of a new log.
func (l *Log) header() ([]byte, error) {
	return json.Marshal(header{Schema: SchemaVersion, Title: strings.ToValidUTF8(l.plan.Protocol().Title, "\ufffd"), Protocol: l.plan.Hash()})
}

// begin writes the header of a new log.
func (l *Log) begin() error {
	text, err := l.header()
	if err != nil {
		return err
	}
	if err := l.write([][]byte{text}); err != nil {
		return err
	}
	l.texts, l.versions, l.last = [][]byte{text}, []string{l.plan.Hash()}, sum("", text)
	return nil
}

// lines is the number of the next line.
func (l *Log) lines() int { return len(l.decisions) + len(l.versions) - 1 }

// take reads one whole line.
func (l *Log) take(text []byte, n int) error {
	if n == 0 {
		return l.takeHeader(text)
	}
	var in line
	if err := json.Unmarshal(text, &in); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	// The checksum is over the bytes as they stand, so that nothing in them can
	// be another way of writing the same.
	plain, ok := bytes.CutSuffix(text, []byte(`,"sum":"`+in.Sum+`"}`))
	if !ok {
		return fmt.Errorf("%w: the line does not end with its checksum", ErrDamaged)
	}
	if got := sum(l.last, append(bytes.Clone(plain), '}')); got != in.Sum {
		return fmt.Errorf("%w: the checksum is %s and should be %s: the line, or one before it, was changed, taken out or put in", ErrDamaged, in.Sum, got)
	}
	if in.Decision == nil && in.Protocol == "" {
		return fmt.Errorf("%w: the line holds neither a decision nor an amendment", ErrDamaged)
	}
	l.keep(text, in)
	return nil
}

// takeHeader reads the first line. Any other JSON with a schema and a title, such as
// a protocol, is none.
func (l *Log) takeHeader(text []byte) error {
	var h header
	if err := json.Unmarshal(text, &h); err != nil || h.Schema != SchemaVersion || h.Protocol == "" {
		return errNoHeader
	}
	if own, err := json.Marshal(h); err != nil || !bytes.Equal(own, text) {
		return errNoHeader
	}
	l.texts, l.versions, l.last = [][]byte{bytes.Clone(text)}, []string{h.Protocol}, sum("", text)
	return nil
}

// keep takes a good line into memory.
func (l *Log) keep(text []byte, in line) {
	l.texts, l.last = append(l.texts, text), in.Sum
	if in.Decision != nil {
		l.decisions = append(l.decisions, *in.Decision)
		return
	}
	l.versions = append(l.versions, in.Protocol)
}

// sum is the checksum of a line behind another.
func sum(before string, text []byte) string {
	h := sha256.New()
	// A hash never returns an error from a write.
	_, _ = io.WriteString(h, before)
	_, _ = h.Write(text)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// append writes lines and takes them into memory when they are on the disk: all
// of them, or none.
func (l *Log) append(lines ...line) error {
	texts := make([][]byte, len(lines))
	last := l.last
	for i := range lines {
		lines[i].N = l.lines() + i
		plain, err := json.Marshal(lines[i])
		if err != nil {
			return err
		}
		last = sum(last, plain)
		lines[i].Sum = last
		if texts[i], err = json.Marshal(lines[i]); err != nil {
			return err
		}
	}
	if err := l.write(texts); err != nil {
		return err
	}
	for i := range lines {
		l.keep(texts[i], lines[i])
	}
	return nil
}

// write puts lines behind the good part of the file. After an error the file ends
// where it ended before, or will when the next write has mended it.
func (l *Log) write(texts [][]byte) error {
	if l.file == nil || len(texts) == 0 {
		return nil
	}
	if err := l.mend(); err != nil {
		return fmt.Errorf("decision log: nothing was added: %w", err)
	}
	all := append(bytes.Join(texts, []byte("\n")), '\n')
	l.torn = true
	_, err := l.file.WriteAt(all, l.size)
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("decision log: nothing was added: %w", errors.Join(err, l.mend()))
	}
	l.torn, l.size = false, l.size+int64(len(all))
	return nil
}

// mend takes off what stands behind the good part of the file.
func (l *Log) mend() error {
	if !l.torn {
		return nil
	}
	if err := l.file.Truncate(l.size); err != nil {
		return fmt.Errorf("what a cut write left could not be taken off: %w", err)
	}
	l.torn = false
	return nil
}

// Sum is the checksum of the last line, which is over all lines before it too. A
// program that keeps it elsewhere can tell whether lines were taken off the end
// since, which the file alone does not show. It is "" for the zero Log.
func (l *Log) Sum() string { return l.last }

// Cut is the text of a last line that was cut short and has been taken off, ""
// when the log was whole.
func (l *Log) Cut() string { return l.cut }

// Add appends decisions; they are on the disk when it returns. One that
// Plan.CheckDecision refuses is an error, and none is added. After any error the
// log, in memory and on the disk, is as it was before.
func (l *Log) Add(decisions ...screen.Decision) error {
	if l.plan == nil {
		return errNoPlan
	}
	lines := make([]line, len(decisions))
	for i := range decisions {
		d := decisions[i]
		if err := l.plan.CheckDecision(d); err != nil {
			return fmt.Errorf("decision %d, by %s on %s: %w", i+1, d.By, cmp.Or(d.Key, string(d.RecordID), "no record"), err)
		}
		lines[i] = line{Decision: &d}
	}
	return l.append(lines...)
}

// Close closes the file. A log in memory has none.
func (l *Log) Close() error {
	if l.file == nil {
		return nil
	}
	return l.file.Close()
}

// Decisions lists every decision in the order in which they were added.
func (l *Log) Decisions() []screen.Decision { return slices.Clone(l.decisions) }

// Plan is the protocol that the log was opened with, nil for the zero Log.
func (l *Log) Plan() *screen.Plan { return l.plan }

// people are the decisions of persons.
func (l *Log) people() []screen.Decision {
	var out []screen.Decision
	for _, d := range l.decisions {
		if d.ByPerson() {
			out = append(out, d)
		}
	}
	return out
}

// Conflicts lists the records of a stage on which persons disagree and no
// arbiter has spoken, in the order of their first decision.
func (l *Log) Conflicts(stage string) []record.ID {
	by := map[record.ID][]screen.Decision{}
	var order []record.ID
	for _, d := range l.people() {
		if d.Stage != stage {
			continue
		}
		if by[d.RecordID] == nil {
			order = append(order, d.RecordID)
		}
		by[d.RecordID] = append(by[d.RecordID], d)
	}
	var out []record.ID
	for _, id := range order {
		if l.disagree(by[id]) {
			out = append(out, id)
		}
	}
	return out
}

// disagree tells whether the last settled decisions of the persons differ.
func (l *Log) disagree(decisions []screen.Decision) bool {
	last := map[string]screen.Verdict{}
	for _, d := range decisions {
		if d.Arbiter || slices.Contains(l.plan.Protocol().Arbiters, d.By) {
			if d.Settled() {
				return false
			}
			continue
		}
		last[d.By] = d.Verdict
	}
	in, out := false, false
	for _, v := range last {
		in, out = in || v == screen.Include, out || v == screen.Exclude
	}
	return in && out
}

// Ratings pairs what two persons decided on the records of a stage that both
// have decided, for agreement.CohenKappa; of each the last decision counts. With
// reasons left aside the labels are the verdicts.
func (l *Log) Ratings(stage, a, b string) []screen.Pair {
	of := map[string]map[record.ID]string{a: {}, b: {}}
	var order []record.ID
	for _, d := range l.decisions {
		if labels := of[d.By]; labels != nil && d.Stage == stage && d.Verdict != screen.Undecided {
			if _, ok := labels[d.RecordID]; !ok && d.By == a {
				order = append(order, d.RecordID)
			}
			labels[d.RecordID] = string(d.Verdict)
		}
	}
	var out []screen.Pair
	for _, id := range order {
		if label, ok := of[b][id]; ok {
			out = append(out, screen.Pair{Unit: string(id), A: of[a][id], B: label})
		}
	}
	return out
}

// Screen runs the records through the protocol with the persons' decisions of
// the log: see Plan.Run.
func (l *Log) Screen(ctx context.Context, records []*record.Record) (*screen.Outcome, error) {
	if l.plan == nil {
		return nil, errNoPlan
	}
	return l.plan.Run(ctx, records, l.people())
}

// AddOutcome adds what the rules decided in an outcome of Screen, that no rule
// applied, and what the stage says then, so that the log accounts for every record
// that came to a stage. The persons' decisions are in the log already.
func (l *Log) AddOutcome(o *screen.Outcome) error {
	if o == nil {
		return errors.New("decision log: there is no outcome of screening to add")
	}
	var rules []screen.Decision
	for _, d := range o.Settled {
		if !d.ByPerson() {
			rules = append(rules, d)
		}
	}
	return l.Add(rules...)
}

// Tally counts the decisions of the log by stage: see Plan.TallyOf. A record
// without any decision at the first stage is not in the log and not counted;
// AddOutcome puts those in.
func (l *Log) Tally() ([]screen.Tally, error) {
	if l.plan == nil {
		return nil, errNoPlan
	}
	return l.plan.TallyOf(l.decisions)
}
