package draw

import "strconv"

// Depth is how many colours a terminal shows.
type Depth uint8

// The depths.
const (
	NoColour   Depth = iota // attributes only
	Colour16                // the terminal's own sixteen
	Colour256               // the xterm table
	TrueColour              // 24 bits
)

// String is the name of the depth as flags spell it.
func (d Depth) String() string {
	switch d {
	case Colour16:
		return "16"
	case Colour256:
		return "256"
	case TrueColour:
		return "true"
	}
	return "none"
}

// Colour is one colour of any depth; 0 is the terminal's own.
type Colour uint32

const (
	indexed Colour = 1 << 24
	rgb     Colour = 2 << 24
)

// Index is a colour of the xterm table: 0 to 15 are the terminal's sixteen.
func Index(n uint8) Colour { return indexed | Colour(n) }

// RGB is a true colour, written as 0xRRGGBB.
func RGB(hex uint32) Colour { return rgb | Colour(hex&0xffffff) }

// Pen is how an ink looks at one depth. Attr is added to the attributes of the
// style, so that an ink may be bold or reversed where colours cannot tell.
type Pen struct {
	Text, Ground Colour
	Attr         Style // attributes only
}

// Ink is one entry of a palette: a pen for every depth, each chosen by hand,
// for colours brought down by formula lose their meaning (amber and red become
// one).
type Ink struct{ None, Basic, Indexed, True Pen }

func (i Ink) at(d Depth) Pen {
	switch d {
	case Colour16:
		return i.Basic
	case Colour256:
		return i.Indexed
	case TrueColour:
		return i.True
	}
	return i.None
}

const (
	attrShift = 8
	attrCount = 16
)

// Palette turns styles into what a terminal is told. It is immutable: any
// number of goroutines may use one.
type Palette struct {
	depth Depth
	looks []look // by ink*attrCount + attributes
}

// look is one style resolved at the depth of the palette.
type look struct {
	pen  Pen    // attributes of style and ink together
	sgr  string // sets the look whatever the pen was before
	text string // changes the text colour alone
	bare uint32 // equal for looks in which a blank looks the same
}

// NewPalette resolves inks at a depth; ink 0 should be the terminal's own (the
// zero Ink). Styles with an ink beyond the last are drawn as ink 0.
func NewPalette(d Depth, inks []Ink) *Palette {
	if len(inks) == 0 {
		inks = []Ink{{}}
	}
	p := &Palette{depth: d, looks: make([]look, len(inks)*attrCount)}
	for i, ink := range inks {
		for a := range attrCount {
			pen := ink.at(d)
			pen.Attr |= Style(a) << attrShift
			p.looks[i*attrCount+a] = look{
				pen: pen, sgr: pen.sgr(), text: pen.textOnly(), bare: pen.bare(),
			}
		}
	}
	return p
}

// Depth is the depth the palette was made for.
func (p *Palette) Depth() Depth { return p.depth }

func (p *Palette) look(s Style) *look {
	i := int(s&0xff)*attrCount + int(s>>attrShift)%attrCount
	if i >= len(p.looks) {
		i = int(s>>attrShift) % attrCount
	}
	return &p.looks[i]
}

// sgr starts from a reset, so that it holds whatever the pen was.
func (n Pen) sgr() string {
	b := []byte("\x1b[")
	if n != (Pen{}) {
		b = append(b, '0')
	}
	for _, a := range [...]struct {
		attr Style
		code string
	}{{Bold, ";1"}, {Faint, ";2"}, {Underline, ";4"}, {Reverse, ";7"}} {
		if n.Attr&a.attr != 0 {
			b = append(b, a.code...)
		}
	}
	if n.Text != 0 {
		b = n.Text.append(append(b, ';'), 30)
	}
	if n.Ground != 0 {
		b = n.Ground.append(append(b, ';'), 40)
	}
	return string(append(b, 'm'))
}

func (n Pen) textOnly() string {
	return string(append(n.Text.append([]byte("\x1b["), 30), 'm'))
}

// bare folds what shows on a blank: the ground, and with Reverse the text
// colour; underline is drawn below blanks too.
func (n Pen) bare() uint32 {
	v := uint32(n.Ground)
	if n.Attr&Reverse != 0 {
		v = uint32(n.Text) | 1<<31
		if n.Attr&(Bold|Faint) != 0 {
			// Bold and faint may change the shade of the text colour.
			v |= uint32(n.Attr&(Bold|Faint)) << 20
		}
	}
	if n.Attr&Underline != 0 {
		v |= 1 << 30
	}
	return v
}

// append writes the SGR parameters of c; base is 30 for text, 40 for ground.
func (c Colour) append(b []byte, base int64) []byte {
	switch {
	case c == 0:
		return strconv.AppendInt(b, base+9, 10)
	case c&rgb != 0:
		b = strconv.AppendInt(b, base+8, 10)
		b = append(b, ";2;"...)
		b = strconv.AppendUint(b, uint64(c>>16&0xff), 10)
		b = append(b, ';')
		b = strconv.AppendUint(b, uint64(c>>8&0xff), 10)
		b = append(b, ';')
		return strconv.AppendUint(b, uint64(c&0xff), 10)
	}
	switch n := int64(c & 0xff); {
	case n < 8:
		return strconv.AppendInt(b, base+n, 10)
	case n < 16:
		return strconv.AppendInt(b, base+60+n-8, 10)
	default:
		b = strconv.AppendInt(b, base+8, 10)
		b = append(b, ";5;"...)
		return strconv.AppendInt(b, n, 10)
	}
}
