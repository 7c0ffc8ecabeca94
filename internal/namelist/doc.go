// Package namelist parts texts that hold the names of several people, as cells of tables
// and fields of reference managers do. It knows no more of a name than it needs to see
// where one ends.
package namelist
