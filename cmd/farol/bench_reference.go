package main

import (
	"strconv"
	"unicode/utf8"

	"farol/tui/draw"
)

// referenceBytes is what the cells that differ between two frames cost when
// each run of them is sent with one cursor move, the shorter of an absolute and
// a relative one, and a change of pen only where the style changes; the pen is
// default before and after. It is the measure of goal 7: the encoder that is held
// against it gives only the length of each pen.
func referenceBytes(prev, next *draw.Frame, pens map[draw.Style]int) int {
	total, style := 0, draw.Style(0)
	atX, atY := -1, -1
	for y := range next.H {
		a, b := prev.Row(y), next.Row(y)
		for x := 0; x < next.W; {
			if a[x] == b[x] {
				x++
				continue
			}
			total += referenceMove(atX, atY, x, y)
			for ; x < next.W && a[x] != b[x]; x++ {
				if b[x].Style != style {
					style = b[x].Style
					total += pens[style]
				}
				if b[x].Rune != 0 {
					total += utf8.RuneLen(b[x].Rune)
				}
			}
			atX, atY = x, y
		}
	}
	if style != 0 {
		total += pens[0]
	}
	return total
}

// referenceMove is the length of the shortest move that needs no knowledge of
// what the screen holds.
func referenceMove(fromX, fromY, x, y int) int {
	absolute := len("\x1b[;H") + digits(y+1) + digits(x+1)
	if fromY != y || fromX < 0 {
		return absolute
	}
	if x == fromX+1 {
		return len("\x1b[C")
	}
	return min(absolute, len("\x1b[C")+digits(x-fromX))
}

func digits(n int) int { return len(strconv.Itoa(n)) }

// penLengths measures how long the change to each style is, by drawing one cell
// of it.
func penLengths(frames []*draw.Frame, p *draw.Palette) map[draw.Style]int {
	pens := map[draw.Style]int{0: len("\x1b[m")}
	for _, f := range frames {
		for y := range f.H {
			for _, c := range f.Row(y) {
				if _, known := pens[c.Style]; !known {
					pens[c.Style] = penLength(c.Style, p)
				}
			}
		}
	}
	return pens
}

// penLength is the cost of a style: what painting a letter in it takes beyond
// the same letter without.
func penLength(s draw.Style, p *draw.Palette) int {
	cost := func(s draw.Style) int {
		blank, one := draw.New(4, 1), draw.New(4, 1)
		one.Set(1, 0, 'x', s)
		return len(draw.Paint(nil, blank, one, p, draw.Options{}))
	}
	return max(0, cost(s)-cost(0)-len("\x1b[m"))
}
