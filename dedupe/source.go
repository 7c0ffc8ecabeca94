package dedupe

import "github.com/evidence-go/evidence/record"

// source is from which file of which database a record came, in few bytes: hashes
// of the names of the database and the file, 0 where the database is not known.
type source uint32

// sourceOf reads the source. A merged record comes from several and has none.
func sourceOf(r *record.Record) source {
	if r.Source.Database == "" || len(r.Members) > 0 {
		return 0
	}
	return source(max(shortHash(r.Source.Database), 1))<<16 | source(shortHash(r.Source.File))
}

// shortHash folds FNV-1a of 32 bits to 16.
func shortHash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h>>16 ^ h&0xFFFF
}

// sourceLevel compares where two records came from. A database lists a work once,
// as a rule, so that two records of one file of it are seldom one work, and two of
// different databases more often. Two files of one database may be two searches
// that found the same record.
func sourceLevel(a, b *form) Level {
	const field = "database"
	switch {
	case a.source == 0 || b.source == 0:
		return Level{Field: field, Name: absence(a.source == 0, b.source == 0)}
	case a.source == b.source:
		return Level{field, "the same, in one file", -4}
	case a.source>>16 == b.source>>16:
		return Level{field, "the same, in two files", 0}
	}
	return Level{field, "different", 1.5}
}

// twoDatabases tells whether the records are of different databases.
func (x *evidence) twoDatabases() bool {
	return x.a.source != 0 && x.b.source != 0 && x.a.source>>16 != x.b.source>>16
}
