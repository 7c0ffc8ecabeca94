// Package bibtex reads and writes BibTeX and BibLaTeX.
package bibtex
