package tui

import (
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"farol/tui/draw"
)

// stuckAfter is how long a terminal may take to accept the bytes that give it
// back before it is given up.
const stuckAfter = 200 * time.Millisecond

// syncFrom is the size of an update worth asking the terminal to hold until it
// is complete: a smaller one arrives in one piece.
const syncFrom = 512

// painter is the one writer to a terminal. Whoever has something to show leaves
// it and goes on; the painter's own goroutine writes, and when the terminal is
// slow it skips to the newest frame.
type painter struct {
	out     io.Writer
	kind    termKind
	options draw.Options
	fail    func(error)

	wake chan struct{} // holds one
	done chan struct{} // closed when run has returned

	mu      sync.Mutex
	want    shown
	extra   []byte // to be sent as it is
	shown   shown  // what the terminal shows
	away    bool   // the terminal is not ours to draw on now
	ended   bool
	sync    bool
	mouseOn bool
	left    chan struct{} // closed when the terminal has been given back
	inside  bool          // our modes are set
	buf     []byte        // of the goroutine alone
}

// shown is all that can be seen.
type shown struct {
	frame   *draw.Frame
	palette *draw.Palette
	title   string
}

func newPainter(out io.Writer, kind termKind, o draw.Options, mouse bool, fail func(error)) *painter {
	return &painter{
		out: out, kind: kind, options: o, mouseOn: mouse, fail: fail,
		wake: make(chan struct{}, 1), done: make(chan struct{}),
	}
}

// change alters the state under the lock and wakes the goroutine.
func (p *painter) change(f func()) {
	p.mu.Lock()
	f()
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// post makes f what is to be shown; it reports whether that is news.
func (p *painter) post(f *draw.Frame, palette *draw.Palette, title string) bool {
	next := shown{f, palette, title}
	p.mu.Lock()
	same := p.want == next
	p.mu.Unlock()
	if same {
		return false
	}
	p.change(func() { p.want = next })
	return true
}

// ask sends a sequence between two frames.
func (p *painter) ask(seq string) {
	if seq != "" {
		p.change(func() { p.extra = append(p.extra, seq...) })
	}
}

// Write is for what Bubble Tea sends itself. It never fails and never waits.
func (p *painter) Write(b []byte) (int, error) {
	p.ask(string(b))
	return len(b), nil
}

func (p *painter) repaint() { p.change(func() { p.shown.frame = nil }) }

func (p *painter) synchronize(on bool) { p.change(func() { p.sync = on }) }

func (p *painter) mouse(on bool) {
	p.change(func() {
		if p.mouseOn != on {
			p.mouseOn = on
			p.extra = append(p.extra, mouseMode(on)...)
		}
	})
}

// giveBack returns the terminal to whoever had it before; the channel is closed
// when that is written.
func (p *painter) giveBack() <-chan struct{} {
	left := make(chan struct{})
	p.change(func() { p.away, p.left = true, left })
	return left
}

// takeAgain enters the terminal anew and paints everything.
func (p *painter) takeAgain() {
	p.change(func() { p.away, p.inside, p.shown = false, false, shown{} })
}

// leave gives the terminal back for good and ends the goroutine. With a terminal
// that does not read it waits stuckAfter, calls unstick, and waits that long
// once more.
func (p *painter) leave(unstick func()) {
	p.change(func() { p.ended, p.away = true, true })
	for range 2 {
		select {
		case <-p.done:
			return
		case <-time.After(stuckAfter):
		}
		if unstick == nil {
			return
		}
		unstick()
	}
}

// run writes until leave or an error of the terminal.
func (p *painter) run() {
	defer close(p.done)
	defer func() {
		if v := recover(); v != nil {
			p.fail(&PanicError{Value: v, Stack: debug.Stack()})
			_, _ = io.WriteString(p.out, p.kind.leave())
		}
	}()
	for {
		b, left, ended := p.next()
		if len(b) > 0 {
			if _, err := p.out.Write(b); err != nil {
				p.fail(fmt.Errorf("write to the terminal: %w", err))
				return
			}
		}
		if left != nil {
			close(left)
		}
		if ended {
			return
		}
		<-p.wake
	}
}

// next is what has to be written now.
func (p *painter) next() (b []byte, left chan struct{}, ended bool) {
	p.mu.Lock()
	want, from, away := p.want, p.shown, p.away
	b = p.buf[:0]
	if !away && !p.inside {
		b = append(b, p.kind.enter()...)
		if p.mouseOn {
			b = append(b, mouseMode(true)...)
		}
		p.inside = true
	}
	if p.inside {
		b = append(b, p.extra...)
		p.extra = p.extra[:0]
	}
	hold := p.sync
	if away {
		if p.inside {
			b = append(b, p.kind.leave()...)
			p.inside = false
		}
		left, p.left = p.left, nil
	} else {
		p.shown = want
	}
	ended = p.ended
	p.mu.Unlock()
	if !away {
		b = p.paint(b, from, want, hold)
	}
	p.buf = b
	return b, left, ended
}

// paint appends what turns one picture into the other.
func (p *painter) paint(b []byte, from, to shown, hold bool) []byte {
	if to.frame == nil {
		return b
	}
	if to.title != from.title {
		b = append(b, p.kind.title(to.title)...)
	}
	if to.frame == from.frame && to.palette == from.palette {
		return b
	}
	if to.palette != from.palette {
		from.frame = nil
	}
	start := len(b)
	if hold {
		b = append(b, syncBegin...)
	}
	text := len(b)
	b = draw.Paint(b, from.frame, to.frame, to.palette, p.options)
	switch n := len(b) - text; {
	case hold && n >= syncFrom:
		b = append(b, syncEnd...)
	case hold:
		copy(b[start:], b[text:])
		b = b[:start+n]
	}
	return b
}
