package roles

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/evidence-go/evidence/internal/roles/chain"
)

// Labels is how many roles the model tells apart: those of Role but None, in their
// order.
const Labels = 5

// Model is a chain over the roles whose scores are sums of the weights of features.
// It is fixed once made, and safe for concurrent use.
type Model struct {
	Steps chain.Weights
	// Sharpness multiplies scores and transitions before they become probabilities,
	// so that of sentences given 0.8 about 80 % are right.
	Sharpness float32
	// Sure is the probability from which on a role is given.
	Sure float32

	unit   float32       // one step of a weight
	starts []uint32      // of each upper half of a feature's ID: the first row that has it
	low    []byte        // lower halves, two bytes each, ascending within an upper half
	rows   []byte        // Labels weights of a byte each, in steps of unit
	heat   chain.Weights // Steps times Sharpness
}

// weights.bin is written by the trainer; docs/models/sentence-roles.md says from what.
//
//go:generate go run ./train -write weights.bin
//go:embed weights.bin
var weights []byte

var embedded = sync.OnceValues(func() (*Model, error) { return Decode(weights) })

// signature begins the file of a model, and names its version.
const signature = "roles/1\n"

const halves = 1 << 16

var errShort = errors.New("roles: the file of a model ends too early")

// Decode reads a model. In order: signature; (Labels+1)² weights of transitions,
// sharpness, sure and unit, of 32 bits each; for each upper half of an ID how many
// features have it, a byte each; the lower halves, of 16 bits; the weights, Labels
// bytes for each feature. Numbers stand with their lowest byte first. The model
// keeps a part of data, which must not be changed.
func Decode(data []byte) (*Model, error) {
	if len(data) < len(signature) || string(data[:len(signature)]) != signature {
		return nil, fmt.Errorf("roles: the file of a model begins with %q; train it again", signature)
	}
	data = data[len(signature):]
	m := &Model{Steps: chain.New(Labels)}
	floats := make([]*float32, 0, len(m.Steps.Values)+3)
	for i := range m.Steps.Values {
		floats = append(floats, &m.Steps.Values[i])
	}
	floats = append(floats, &m.Sharpness, &m.Sure, &m.unit)
	if len(data) < 4*len(floats)+halves {
		return nil, errShort
	}
	for _, f := range floats {
		*f = math.Float32frombits(binary.LittleEndian.Uint32(data))
		data = data[4:]
	}
	m.starts = make([]uint32, halves+1)
	for i, n := range data[:halves] {
		m.starts[i+1] = m.starts[i] + uint32(n)
	}
	data = data[halves:]
	n := int(m.starts[halves])
	if len(data) != n*(2+Labels) {
		return nil, errShort
	}
	m.low, m.rows = data[:2*n], data[2*n:]
	m.heat = chain.New(Labels)
	for i, v := range m.Steps.Values {
		m.heat.Values[i] = v * m.Sharpness
	}
	return m, nil
}

// Row is a feature with its weights for each role.
type Row struct {
	ID      uint32
	Weights [Labels]float32
}

// Encode writes what Decode reads: the settings of m, and rows, which must be
// sorted by ID without repetition. The greatest weight becomes 127 steps. More than
// 255 features with one upper half are an error.
func (m *Model) Encode(rows []Row) ([]byte, error) {
	top := float32(0)
	for _, r := range rows {
		for _, w := range r.Weights {
			top = max(top, w, -w)
		}
	}
	unit := top / math.MaxInt8
	data := []byte(signature)
	for _, v := range append(append([]float32{}, m.Steps.Values...), m.Sharpness, m.Sure, unit) {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
	}
	var counts [halves]byte
	for _, r := range rows {
		c := &counts[r.ID>>16]
		if *c == math.MaxUint8 {
			return nil, fmt.Errorf("roles: more than %d features begin with %#04x; keep fewer features", math.MaxUint8, r.ID>>16)
		}
		*c++
	}
	data = append(data, counts[:]...)
	for _, r := range rows {
		data = binary.LittleEndian.AppendUint16(data, uint16(r.ID))
	}
	for _, r := range rows {
		for _, w := range r.Weights {
			step := float32(0)
			if unit > 0 {
				step = w / unit
			}
			data = append(data, byte(int8(math.RoundToEven(float64(step)))))
		}
	}
	return data, nil
}

// Features is how many features the model has weights of.
func (m *Model) Features() int { return len(m.low) / 2 }

// find gives the row of a feature, and false where the model does not know it.
func (m *Model) find(id uint32) (row []byte, ok bool) {
	low := uint16(id)
	for i, end := m.starts[id>>16], m.starts[id>>16+1]; i < end; i++ {
		switch have := binary.LittleEndian.Uint16(m.low[2*i:]); {
		case have == low:
			return m.rows[i*Labels : i*Labels+Labels], true
		case have > low:
			return nil, false
		}
	}
	return nil, false
}

// add adds the weights of features to the scores of one sentence.
func (m *Model) add(score []float64, features []Feature) {
	for _, f := range features {
		row, ok := m.find(f.ID)
		if !ok {
			continue
		}
		v := f.Value * m.unit
		for y, w := range row {
			score[y] += float64(v * float32(int8(w)))
		}
	}
}
