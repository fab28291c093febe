package tui

import "farol/tui/draw"

// wallPlan is where everything of the wall goes; a rectangle that a size has
// not is empty.
type wallPlan struct {
	size     size
	rule     draw.Rect // under the header
	risks    draw.Rect // the band, or the row of cards
	tiles    [6]draw.Rect
	queues   draw.Rect
	counts   draw.Rect // the line with people's totals
	people   draw.Rect
	level    draw.Rect // service level today
	arrivals draw.Rect
	waiting  draw.Rect
	metas    draw.Rect
	states   draw.Rect
	events   draw.Rect
}

// planWall lays the wall out in r for a terminal of step s. queues is how many
// there are: rows that they do not need go to charts. It is pure, so that a
// size has one layout whatever was shown before.
func planWall(s size, r draw.Rect, queues int) wallPlan {
	p := wallPlan{size: s}
	switch s {
	case size80:
		p.plan80(r, queues)
	case size120:
		p.plan120(r, queues)
	case size200:
		p.plan200(r, queues)
	case size320:
		p.plan320(r, queues)
	default:
		p.risks = r
	}
	return p
}

func (p *wallPlan) plan80(r draw.Rect, queues int) {
	const log = 4 // rows worth showing

	p.risks, r = r.Rows(6)
	tiles, r := r.Rows(6)
	p.rule, r = r.Rows(-1)
	p.queues = r
	if spare := r.H - 2 - max(queues, 1); spare >= log {
		p.events, p.queues = r.Rows(-spare)
	}
	tiles = tiles.Inset(1, 0)
	// times need more columns than shares and counts: weights, not contents, so
	// that a changing figure moves nothing beside it
	weights := [6]int{12, 12, 14, 15, 12, 13}
	left := 78
	for i, w := range weights {
		p.tiles[i], tiles = tiles.Cols(w * tiles.W / left)
		left -= w
	}
}

func (p *wallPlan) plan120(r draw.Rect, queues int) {
	const chart = 7
	p.risks, r = r.Rows(8)
	p.rule, r = r.Rows(1)
	tiles, r := r.Rows(9)
	p.split(tiles, 0)
	rows := min(queues, max(1, r.H-3-chart))
	p.queues, r = r.Rows(2 + rows)
	p.counts, r = r.Rows(1)
	p.level, p.events = r.Cols(r.W * 7 / 10)
	p.level.W--
}

// split divides a row into the six tiles, with a gap between.
func (p *wallPlan) split(r draw.Rect, gap int) {
	for i := range p.tiles {
		w := (r.W - gap*(5-i)) / (6 - i)
		p.tiles[i], r = r.Cols(w)
		_, r = r.Cols(gap)
	}
}

// rightColumn is the width of the third column of the two large walls.
func rightColumn(w int) int { return (w + 1) / 3 }

func (p *wallPlan) plan200(r draw.Rect, queues int) {
	p.risks, r = r.Rows(9)
	tile := 13
	if r.H < 49 {
		tile = 12
	}
	bottom := max(7, r.H-2*tile-queues-5)
	low, r := r.Rows(-bottom)
	right, left := r.Cols(-rightColumn(r.W))
	left.W--
	p.people, right = right.Rows(2 * tile)
	p.level = right
	top, left := left.Rows(2 * tile)
	p.queues = left
	for row := range 2 {
		var line draw.Rect
		line, top = top.Rows(tile)
		for i := range 3 {
			w := (line.W - (2 - i)) / (3 - i)
			p.tiles[row*3+i], line = line.Cols(w)
			_, line = line.Cols(1)
		}
	}
	p.bottom(low)
}

// bottom is the last row of the 200-column wall.
func (p *wallPlan) bottom(r draw.Rect) {
	p.events, r = r.Cols(-rightColumn(r.W))
	r.W--
	p.arrivals, p.waiting = r.Cols(r.W / 2)
}

func (p *wallPlan) plan320(r draw.Rect, queues int) {
	p.rule, r = r.Rows(1)
	_, r = r.Rows(-1)
	p.risks, r = r.Rows(14)
	tiles, r := r.Rows(19)
	p.split(tiles, 0)
	const charts, low = 12, 11 // at the least
	want := 4 + 2*queues
	rows := min(want, max(6, r.H-charts-low))
	line, r := r.Rows(rows)
	p.people, p.queues = line.Cols(-rightColumn(line.W))
	p.queues.W--
	line, r = r.Rows(r.H - min(15, max(low, r.H*15/33)))
	p.level, p.arrivals, p.waiting = thirds(line)
	p.metas, p.states, p.events = thirds(r)
}

// thirds cuts a row in three with a column between.
func thirds(r draw.Rect) (a, b, c draw.Rect) {
	c, r = r.Cols(-rightColumn(r.W))
	r.W--
	a, b = r.Cols(r.W / 2)
	if b.W > a.W {
		b.X++
		b.W--
	} else {
		a.W--
	}
	return a, b, c
}
