package record

import (
	"encoding/json"
	"errors"
	"fmt"
)

// SchemaVersion is the version of the JSON form of a record; it stands in every
// one as "schema". docs/schema/record.json describes it.
const SchemaVersion = 1

type plainRecord Record

type recordJSON struct {
	Schema int `json:"schema"`
	ID     ID  `json:"id"`
	*plainRecord
}

// MarshalJSON writes the record with the schema's version and its ID. A field
// without a value is left out. It is of the value, so that a Record in a map or
// an interface is written the same way as a pointer to one.
func (r Record) MarshalJSON() ([]byte, error) {
	return json.Marshal(recordJSON{Schema: SchemaVersion, ID: r.ID(), plainRecord: (*plainRecord)(&r)})
}

// UnmarshalJSON reads what MarshalJSON writes, and gives an equal record; the ID
// comes back fixed. A version that is not known is an error.
func (r *Record) UnmarshalJSON(data []byte) error {
	*r = Record{}
	in := recordJSON{plainRecord: (*plainRecord)(r)}
	err := json.Unmarshal(data, &in)
	// A value of another type than expected does not end the reading, and another
	// version is the likeliest cause of one: it is what is said then.
	var other *json.UnmarshalTypeError
	if err != nil && !errors.As(err, &other) {
		return err
	}
	if in.Schema != SchemaVersion {
		return fmt.Errorf("record: JSON schema version %d, expected %d", in.Schema, SchemaVersion)
	}
	if err != nil {
		return err
	}
	if len(r.Members) == 0 {
		r.id = in.ID
	}
	return nil
}
