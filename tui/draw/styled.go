package draw

// Styled is the frame as text with SGR sequences and no cursor movement: rows
// joined by "\n", each reset at its end and exactly W columns wide.
func Styled(f *Frame, p *Palette, o Options) string {
	e := encoder{p: p, ascii: o.ASCII, look: p.look(0), out: make([]byte, 0, len(f.Cells)*2)}
	for y := range f.H {
		if y > 0 {
			e.out = append(e.out, '\n')
		}
		row := f.Row(y)
		for x := range row {
			e.x = x // text flows: nothing has to be placed
			e.cell(row, x)
		}
		e.pen(p.look(0))
	}
	return string(e.out)
}
