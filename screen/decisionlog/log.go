package decisionlog

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

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
// programs at once.
type Log struct {
	plan      *screen.Plan
	file      *os.File // nil for a log in memory
	last      string   // checksum of the last line
	decisions []screen.Decision
	cut       string
	versions  []string
	texts     [][]byte // the lines as they stand
}

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
// gives what Open would have put into a file.
func New(plan *screen.Plan) *Log {
	l := &Log{plan: plan}
	// A protocol that was compiled can be written, and there is no file to fail.
	_ = l.begin("", false)
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

// Open opens the log at path, or begins one where there is none. A log that was
// begun under another version of the protocol is ErrProtocol; see OpenAmended.
// A line whose checksum is wrong is ErrDamaged, with its number.
func Open(path string, plan *screen.Plan) (*Log, error) { return open(path, plan, false) }

// OpenAmended opens a log whose protocol has been amended since: the amendment
// is written into the log, and the decisions before it keep the hash of the
// version that they were made under.
func OpenAmended(path string, plan *screen.Plan) (*Log, error) { return open(path, plan, true) }

func open(path string, plan *screen.Plan, amend bool) (*Log, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("decision log: %w", err)
	}
	l := &Log{plan: plan, file: f}
	if err := l.load(path, amend); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return l, nil
}

// load reads what is there and leaves the file at its good end.
func (l *Log) load(path string, amend bool) error {
	src := bufio.NewReaderSize(l.file, 1<<16)
	var good int64
	for n := 0; ; n++ {
		text, err := src.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%s: %w", path, err)
		}
		if len(text) == 0 || text[len(text)-1] != '\n' {
			if len(text) > 0 {
				l.cut = string(text)
			}
			break
		}
		if err := l.take(bytes.TrimSuffix(text, []byte("\n")), n); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n+1, err)
		}
		good += int64(len(text))
	}
	if err := l.file.Truncate(good); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if _, err := l.file.Seek(good, io.SeekStart); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return l.begin(path, amend)
}

// begin writes the header of a new log, and checks the protocol of an old one.
func (l *Log) begin(path string, amend bool) error {
	now := l.plan.Hash()
	if len(l.versions) == 0 {
		l.versions = []string{now}
		text, err := json.Marshal(header{Schema: SchemaVersion, Title: l.plan.Protocol().Title, Protocol: now})
		if err != nil {
			return err
		}
		l.last = sum("", text)
		return l.write([][]byte{text})
	}
	was := l.versions[len(l.versions)-1]
	if was == now {
		return nil
	}
	if !amend {
		return fmt.Errorf("%s: %w: it was written under version %s, and this is %s; open it as amended if the protocol was changed on purpose", path, ErrProtocol, was, now)
	}
	l.versions = append(l.versions, now)
	text, err := l.seal(line{N: l.lines(), Protocol: now})
	if err != nil {
		return err
	}
	return l.write([][]byte{text})
}

// lines is the number of the next line.
func (l *Log) lines() int { return len(l.decisions) + len(l.versions) - 1 }

// take reads one whole line.
func (l *Log) take(text []byte, n int) error {
	l.texts = append(l.texts, bytes.Clone(text))
	if n == 0 {
		var h header
		if err := json.Unmarshal(text, &h); err != nil || h.Schema != SchemaVersion {
			return fmt.Errorf("%w: the first line is not the header of a decision log of version %d", ErrDamaged, SchemaVersion)
		}
		l.versions, l.last = []string{h.Protocol}, sum("", text)
		return nil
	}
	var in line
	if err := json.Unmarshal(text, &in); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	want := in.Sum
	in.Sum = ""
	plain, err := json.Marshal(in)
	if err != nil {
		return err
	}
	if got := sum(l.last, plain); got != want {
		return fmt.Errorf("%w: the checksum is %s and should be %s: the line, or one before it, was changed, taken out or put in", ErrDamaged, want, got)
	}
	l.last = want
	if in.Decision != nil {
		l.decisions = append(l.decisions, *in.Decision)
	} else {
		l.versions = append(l.versions, in.Protocol)
	}
	return nil
}

// sum is the checksum of a line behind another.
func sum(before string, text []byte) string {
	h := sha256.New()
	// A hash never returns an error from a write.
	_, _ = io.WriteString(h, before)
	_, _ = h.Write(text)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// seal makes the text of a line and its checksum the last one.
func (l *Log) seal(in line) ([]byte, error) {
	plain, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	in.Sum = sum(l.last, plain)
	text, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	l.last = in.Sum
	return text, nil
}

func (l *Log) write(texts [][]byte) error {
	l.texts = append(l.texts, texts...)
	if l.file == nil || len(texts) == 0 {
		return nil
	}
	all := append(bytes.Join(texts, []byte("\n")), '\n')
	if _, err := l.file.Write(all); err != nil {
		return fmt.Errorf("decision log: %w", err)
	}
	if err := l.file.Sync(); err != nil {
		return fmt.Errorf("decision log: %w", err)
	}
	return nil
}

// Cut is the text of a last line that was cut short and has been taken off, ""
// when the log was whole.
func (l *Log) Cut() string { return l.cut }

// Add appends decisions; they are on the disk when it returns. A decision of a
// stage that the protocol does not have is an error, and none is added.
func (l *Log) Add(decisions ...screen.Decision) error {
	for _, d := range decisions {
		if !slices.Contains(l.plan.Stages(), d.Stage) {
			return fmt.Errorf("decision on %s: the protocol has no stage %q", d.RecordID, d.Stage)
		}
		if d.RecordID == "" {
			return errors.New("a decision names no record")
		}
	}
	before, n := l.last, len(l.decisions)
	var texts [][]byte
	for _, d := range decisions {
		text, err := l.seal(line{N: l.lines(), Decision: &d})
		if err != nil {
			l.last, l.decisions = before, l.decisions[:n]
			return err
		}
		texts = append(texts, text)
		l.decisions = append(l.decisions, d)
	}
	return l.write(texts)
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

// Plan is the protocol that the log was opened with.
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
	return l.plan.Run(ctx, records, l.people())
}

// AddOutcome adds what the rules decided in an outcome of Screen, and that no
// rule applied, so that the log accounts for every record that came to a stage.
// The persons' decisions are in the log already.
func (l *Log) AddOutcome(o *screen.Outcome) error {
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
func (l *Log) Tally() ([]screen.Tally, error) { return l.plan.TallyOf(l.decisions) }
