// Package archtest holds the floor plan of the module as data and finds what
// in the code does not keep to it.
//
//	Rooms (the table) ──┐
//	Load (go list) ─▶ packages with types ─▶ Check ─▶ Violations, each with its place
//
// Which package may import which is one half of it. The other half is what no
// package of a library may do to the program that uses it: log, exit, panic,
// run code at import, read the clock, or keep state in package variables.
// Test files and nested modules are not looked at; they may do what they like.
// Files for another system, a build tag or cgo are held to what can be seen
// without types: imports and init.
package archtest
