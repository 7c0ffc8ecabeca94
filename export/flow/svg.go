package flow

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Measures of the diagram, in pixels of its own grid.
const (
	margin    = 16
	barWidth  = 30
	mainLeft  = margin + barWidth + 16
	mainWidth = 350
	columnGap = 48
	sideLeft  = mainLeft + mainWidth + columnGap
	sideWidth = 410
	otherLeft = sideLeft + sideWidth + columnGap
	rowGap    = 30
	padding   = 10
	typeSize  = 13
	leading   = 17
	indent    = 14 // of the parts of a box, and of lines that go on
	banner    = 28
)

// WriteSVG writes the flow as an SVG picture: the same bytes for the same flow, no
// outside font or style, one text for those who hear it read (title and desc).
// It can be opened by itself and set into an HTML page as it is.
func (f *Flow) WriteSVG(w io.Writer) error {
	d := drawing{f: f, phases: f.layout()}
	d.place()
	out := bufio.NewWriter(w)
	d.write(out)
	if err := out.Flush(); err != nil {
		return fmt.Errorf("flow diagram: %w", err)
	}
	return nil
}

// drawing is a diagram with its boxes in their places.
type drawing struct {
	f             *Flow
	phases        []phase
	frames        [][]placedRow // by phase
	bars          []frame
	width, height int
	hasOther      bool
}

// frame is where a box stands.
type frame struct{ x, y, w, h int }

func (r frame) bottom() int { return r.y + r.h }

// drawn is a box with its text broken into lines.
type drawn struct {
	frame
	*box
	text []textLine
}

type textLine struct {
	words  string
	indent int
	strong bool
}

type placedRow struct {
	main, side, other *drawn
	frame
}

// place gives every box its lines, its height and its place.
func (d *drawing) place() {
	d.hasOther = len(d.f.Other) > 0
	d.width = sideLeft + sideWidth + margin
	if d.hasOther {
		d.width = otherLeft + mainWidth + margin
	}
	y := margin + banner + rowGap/2
	for _, p := range d.phases {
		top := y
		var rows []placedRow
		for _, r := range p.rows {
			row := placedRow{
				main:  placed(r.main, mainLeft, y, mainWidth),
				side:  placed(r.side, sideLeft, y, sideWidth),
				other: placed(r.other, otherLeft, y, mainWidth),
				frame: frame{y: y},
			}
			for _, b := range []*drawn{row.main, row.side, row.other} {
				if b != nil {
					row.h = max(row.h, b.h)
				}
			}
			rows = append(rows, row)
			y = row.bottom() + rowGap
		}
		// The phase's name is written upwards and needs the room.
		least := int(width(p.title, typeSize)) + 2*padding
		if have := y - rowGap - top; have < least {
			y = top + least + rowGap
		}
		d.frames = append(d.frames, rows)
		d.bars = append(d.bars, frame{margin, top, barWidth, y - rowGap - top})
	}
	d.height = y - rowGap + margin
}

// placed breaks the text of a box into lines and measures it; nil for no box.
func placed(b *box, x, y, w int) *drawn {
	if b == nil {
		return nil
	}
	out := &drawn{frame: frame{x, y, w, 0}, box: b}
	for _, l := range b.lines {
		at := l.depth * indent
		more := at
		if l.depth > 0 {
			more += indent
		}
		for i, words := range wrap(l.text, typeSize, float64(w-2*padding-more)) {
			t := textLine{words: words, indent: at, strong: l.depth == 0}
			if i > 0 {
				t.indent = more
			}
			out.text = append(out.text, t)
		}
	}
	out.h = 2*padding + leading*len(out.text)
	return out
}

const style = `
.prisma text{font-family:Arial,Helvetica,"Liberation Sans",sans-serif;font-size:13px;fill:#111}
.prisma .strong{font-weight:600}
.prisma .box{fill:#fff;stroke:#333;stroke-width:1.2}
.prisma .open{fill:#fff7dc;stroke:#8a5a00;stroke-width:1.2;stroke-dasharray:5 3}
.prisma .bar{fill:#a9cbe8}
.prisma .banner{fill:#ffd76a}
.prisma .way{fill:none;stroke:#333;stroke-width:1.4}
`

func (d *drawing) write(w io.Writer) {
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" class="prisma" role="img" aria-labelledby="flow-title flow-desc" viewBox="0 0 %d %d" width="%d" height="%d">`+"\n",
		d.width, d.height, d.width, d.height)
	fmt.Fprintf(w, "<title id=\"flow-title\">%s</title>\n", escape("PRISMA 2020 flow diagram"))
	fmt.Fprintf(w, "<desc id=\"flow-desc\">%s</desc>\n", escape(d.f.Text()))
	fmt.Fprintf(w, "<style>%s</style>\n", style)
	fmt.Fprint(w, `<defs><marker id="flow-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#333"/></marker></defs>`+"\n")
	fmt.Fprintf(w, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", d.width, d.height)
	d.banners(w)
	for i, p := range d.phases {
		b := d.bars[i]
		fmt.Fprintf(w, `<rect class="bar" x="%d" y="%d" width="%d" height="%d" rx="4"/>`+"\n", b.x, b.y, b.w, b.h)
		x, y := b.x+b.w/2+5, b.y+b.h/2
		fmt.Fprintf(w, `<text class="strong" x="%d" y="%d" text-anchor="middle" transform="rotate(-90 %d %d)">%s</text>`+"\n", x, y, x, y, escape(p.title))
	}
	d.arrows(w)
	for _, rows := range d.frames {
		for _, r := range rows {
			for _, b := range []*drawn{r.main, r.side, r.other} {
				if b != nil {
					b.write(w)
				}
			}
		}
	}
	fmt.Fprintln(w, "</svg>")
}

func (d *drawing) banners(w io.Writer) {
	write := func(x, width int, words string) {
		fmt.Fprintf(w, `<rect class="banner" x="%d" y="%d" width="%d" height="%d" rx="4"/>`+"\n", x, margin, width, banner)
		fmt.Fprintf(w, `<text class="strong" x="%d" y="%d" text-anchor="middle">%s</text>`+"\n", x+width/2, margin+19, words)
	}
	write(mainLeft, sideLeft+sideWidth-mainLeft, "Identification of studies via databases and registers")
	if d.hasOther {
		write(otherLeft, mainWidth, "Identification of studies via other methods")
	}
}

// arrows draws the way from box to box: down the main column, to the side for
// what leaves it, and from the other methods into the main column.
func (d *drawing) arrows(w io.Writer) {
	way := func(format string, args ...any) {
		fmt.Fprintf(w, `<path class="way" marker-end="url(#flow-tip)" d="%s"/>`+"\n", fmt.Sprintf(format, args...))
	}
	const middle = mainLeft + mainWidth/2
	var last *drawn
	for _, rows := range d.frames {
		for _, r := range rows {
			if r.main != nil && last != nil {
				way("M%d %dV%d", middle, last.bottom(), r.main.y)
			}
			switch {
			case r.side == nil:
			case r.main == nil:
				way("M%d %dH%d", middle, r.side.y+r.side.h/2, r.side.x)
			default:
				y := r.y + min(r.main.h, r.side.h)/2
				way("M%d %dH%d", mainLeft+mainWidth, y, r.side.x)
			}
			if r.other != nil {
				way("M%d %dV%dH%d", otherLeft+mainWidth/2, r.other.bottom(), r.bottom()+rowGap/2, middle)
			}
			if r.main != nil {
				last = r.main
			}
		}
	}
}

func (b *drawn) write(w io.Writer) {
	class := "box"
	if b.open {
		class = "open"
	}
	fmt.Fprintf(w, `<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="3"/>`+"\n", class, b.x, b.y, b.w, b.h)
	for i, t := range b.text {
		strong := ""
		if t.strong {
			strong = ` class="strong"`
		}
		fmt.Fprintf(w, `<text%s x="%d" y="%d">%s</text>`+"\n", strong, b.x+padding+t.indent, b.y+padding+leading*i+13, escape(t.words))
	}
}

// escape makes text safe inside an element of XML and of HTML.
func escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(cleanLines(text))) // a buffer takes everything
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}

// cleanLines cleans each line and keeps the breaks between them.
func cleanLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = clean(lines[i])
	}
	return strings.Join(lines, "\n")
}
