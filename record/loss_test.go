package record_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

// titles is a format that holds titles only, in capitals, and issues among them.
func titles() record.Format {
	return record.Format{
		Name: "titles",
		Decode: func(in *record.Input, emit func(*record.Record) bool) error {
			line, ok := in.ReadLine()
			if !ok {
				return nil
			}
			title, rest, _ := strings.Cut(string(line), "|")
			r := &record.Record{Title: title}
			if rest != "" {
				r.Notes = strings.Split(rest, "|")
			}
			emit(r)
			return nil
		},
		Encode: func(w record.Sink) record.Encoder { return titleWriter{w} },
	}
}

type titleWriter struct{ w record.Sink }

func (t titleWriter) Encode(r *record.Record) error {
	_, err := t.w.WriteString(strings.ToUpper(r.Title) + "|" + strings.Join(r.Keywords, "|") + "\n")
	return err
}

func (t titleWriter) Close() error { return nil }

func TestWhatAFormatDoesNotHoldIsSaidValueByValue(t *testing.T) {
	r := &record.Record{Key: "k", Title: "Peer  support", Keywords: []string{"peers", "recovery"},
		People: []record.Contributor{{Role: record.Translator, Name: record.Name{Family: "Berg", Given: "A"}}},
		In:     record.Container{Volume: "12"},
		Extra:  record.Extra{{Tag: "XX", Value: "kept"}},
		Source: record.Source{File: "a.ris", Line: 7},
	}
	losses, err := record.Losses(r, titles())
	require.NoError(t, err)
	var said []string
	for _, l := range losses {
		assert.Equal(t, r.ID(), l.Record)
		said = append(said, l.String())
	}
	assert.Equal(t, []string{
		"a.ris:7: titles does not hold keywords: peers; it stands in notes",
		"a.ris:7: titles does not hold keywords: recovery; it stands in notes",
		`a.ris:7: titles does not hold title: Peer support; it becomes "PEER SUPPORT"`,
		"a.ris:7: titles does not hold volume: 12",
		"a.ris:7: titles does not hold people: translator: Berg, A",
		"a.ris:7: titles does not hold extra:XX: kept",
	}, said)
}

func TestARecordThatComesBackWholeHasNoLosses(t *testing.T) {
	losses, err := record.Losses(&record.Record{Title: "ALL OF IT"}, titles())
	require.NoError(t, err)
	assert.Empty(t, losses)
}

func TestOfARecordThatCannotBeWrittenAllIsLost(t *testing.T) {
	empty := record.Format{Name: "empty", Decode: func(*record.Input, func(*record.Record) bool) error { return nil },
		Encode: func(w record.Sink) record.Encoder { return nothing{} }}
	losses, err := record.Losses(&record.Record{Title: "a", DOI: "10.5555/a"}, empty)
	require.NoError(t, err)
	assert.Len(t, losses, 2)
}

type nothing struct{}

func (nothing) Encode(*record.Record) error { return nil }
func (nothing) Close() error                { return nil }

func TestLossesNeedAFormatThatIsReadAndWritten(t *testing.T) {
	f := titles()
	f.Encode = nil
	_, err := record.Losses(&record.Record{Title: "a"}, f)
	assert.True(t, errors.Is(err, record.ErrCannotWrite), err)
	f = titles()
	f.Decode = nil
	_, err = record.Losses(&record.Record{Title: "a"}, f)
	assert.True(t, errors.Is(err, record.ErrCannotRead), err)
	_, err = record.Losses(nil, titles())
	assert.Error(t, err)
}
