package tui

import (
	"time"

	"farol/metrics"
	"farol/tui/draw"
)

// A wall nobody types at goes through its pages. It stays on the wall while
// anything is critical, and a key stops it for a minute.
const (
	rotatePages = 3
	rotateEvery = 20 * time.Second
	rotateRest  = time.Minute
)

// rotation is where a session is in the pages.
type rotation struct {
	on   bool
	page int
	next time.Time // when the page turns
}

// rotationView is what the header says of it.
type rotationView struct {
	on          bool
	page, pages int
	why         draw.Safe // why it stands still; empty: it does not
}

func (r *rotation) start(on bool, now time.Time) { r.on, r.page, r.next = on, 0, now.Add(rotateEvery) }

func (r *rotation) toggle(now time.Time) { r.start(!r.on, now) }

// touched holds the page for a while after a key.
func (r *rotation) touched(now time.Time) { r.next = now.Add(rotateRest) }

func (r *rotation) view(v *view) rotationView {
	out := rotationView{on: r.on, page: r.page, pages: rotatePages}
	if r.on && burning(v.snap) {
		out.why = v.w("header.rotationheld")
	}
	return out
}

// burning reports whether the wall must stay in view.
func burning(s *metrics.Snapshot) bool { return s.Counts.Critical > 0 }

// rotate turns the page when its time has come.
func (a *App) rotate() {
	if !a.rot.on || a.v.now.Before(a.rot.next) {
		return
	}
	a.rot.next = a.v.now.Add(rotateEvery)
	if burning(a.v.snap) {
		if a.rot.page != 0 {
			a.page(0)
		}
		return
	}
	a.page((a.rot.page + 1) % rotatePages)
}

// step turns the page by hand.
func (a *App) step(forward bool) {
	n := a.rot.page + 1
	if !forward {
		n = a.rot.page + rotatePages - 1
	}
	a.page(n % rotatePages)
}

func (a *App) page(n int) {
	a.rot.page = n
	switch n {
	case 1:
		a.visit(openQueues())
	case 2:
		a.visit(openMetas())
	default:
		a.visit(a.home)
	}
}
