package archtest

import (
	"path"
	"slices"
	"strings"
)

// Module is the import path of the root module.
const Module = "github.com/evidence-go/evidence"

// Room is a row of the floor plan. Folders are relative to the module's root;
// one that ends in "/..." stands for everything below it.
type Room struct {
	Folder  string
	May     []string // folders of this module it may import, besides internal/...
	Outside []string // import paths of other modules it may import
	Alone   bool     // may not even import internal/...
	Program bool     // not library code: may print, exit and keep state
}

// formatRooms are the packages that read and write one family of formats each.
var formatRooms = []string{
	"record/ris", "record/pubmed", "record/bibtex", "record/endnote", "record/tagged", "record/csljson",
	"record/openjson", "record/registry", "record/table", "record/ndjson", "record/citation",
}

var (
	aboveExport = []string{"record", "record/...", "dedupe", "screen", "screen/...", "synth", "synth/..."}
	public      = append(slices.Clip(aboveExport), "export", "export/...")
	xtext       = []string{"golang.org/x/text/..."}
)

// Rooms is the floor plan. Where two rows fit a package the first one counts.
var Rooms = append(formatRows(),
	Room{Folder: "record"},
	Room{Folder: "record/bibtex/nickng", May: []string{"record", "record/bibtex"}, Outside: []string{"github.com/nickng/bibtex"}},
	Room{Folder: "record/formats", May: append([]string{"record"}, formatRooms...)},

	Room{Folder: "dedupe", May: []string{"record"}},

	Room{Folder: "screen", May: []string{"record", "screen/query", "screen/agreement"}},
	Room{Folder: "screen/query", May: []string{"record"}},
	Room{Folder: "screen/agreement", Alone: true},
	Room{Folder: "screen/rank", May: []string{"record"}},
	Room{Folder: "screen/decisionlog", May: []string{"record", "screen"}},

	Room{Folder: "synth", May: []string{"record", "synth/overlap", "screen/query", "screen/agreement"}},
	Room{Folder: "synth/overlap", May: []string{"record"}},

	Room{Folder: "export", May: aboveExport},
	Room{Folder: "export/flow", May: append([]string{"export"}, aboveExport...)},
	Room{Folder: "export/table", May: append([]string{"export"}, aboveExport...)},
	Room{Folder: "export/report", May: append([]string{"export", "export/flow", "export/table"}, aboveExport...)},

	Room{Folder: "internal/fold", Outside: xtext},
	Room{Folder: "internal/charset", Outside: xtext},
	Room{Folder: "internal/token", Outside: xtext},
	Room{Folder: "internal/suite", May: []string{"record"}, Program: true},
	Room{Folder: "internal/archtest", Program: true},
	Room{Folder: "internal/roles/train", Program: true},        // makes the weights of internal/roles
	Room{Folder: "internal/jsonpull", May: []string{"record"}}, // what the formats in JSON share
	Room{Folder: "internal/xmlscan", May: []string{"record"}},  // what the formats in XML share
	Room{Folder: "internal/keyphrase/learn", Program: true},
	Room{Folder: "internal/..."},

	Room{Folder: "examples/...", May: public, Alone: true, Program: true},
)

func formatRows() []Room {
	var rows []Room
	for _, folder := range formatRooms {
		row := Room{Folder: folder, May: []string{"record"}}
		if folder == "record/registry" {
			row.May = append(row.May, "record/table")
		}
		rows = append(rows, row)
	}
	return rows
}

// roomOf finds the row of a package by its folder.
func roomOf(folder string) (Room, bool) {
	for _, room := range Rooms {
		if fits(room.Folder, folder) {
			return room, true
		}
	}
	return Room{}, false
}

// fits reports whether name is pattern, or below it where it ends in "/...".
func fits(pattern, name string) bool {
	if below, all := strings.CutSuffix(pattern, "..."); all {
		return strings.HasPrefix(name, below)
	}
	return pattern == name
}

// mayImport reports whether the row allows an import of another module's
// package or of one of this module's; the standard library is not asked for.
func (r Room) mayImport(importPath string) bool {
	folder, inside := folderOf(importPath)
	if !inside {
		return slices.ContainsFunc(r.Outside, func(p string) bool { return fits(p, importPath) })
	}
	// The harness of the tests links package testing into whoever imports it.
	if folder == "internal/suite" || folder == "internal/archtest" {
		return false
	}
	if fits("internal/...", folder) {
		return !r.Alone
	}
	return slices.ContainsFunc(r.May, func(p string) bool { return fits(p, folder) })
}

// folderOf turns an import path of this module into a folder; inside is false
// for any other.
func folderOf(importPath string) (folder string, inside bool) {
	if importPath == Module {
		return ".", true
	}
	return strings.CutPrefix(importPath, Module+"/")
}

// saysNothing reports whether a folder's name leaves open what is in it.
func saysNothing(folder string) bool {
	return slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "manager", "misc", "shared", "lib"}, path.Base(folder))
}
