package sim

import (
	"io"
	"sync/atomic"
)

// pipeSize is the size of the pieces that are written.
const pipeSize = 1 << 20

// pipe writes buffers beside the goroutine that fills them.
type pipe struct {
	full   chan []byte
	empty  chan []byte
	done   chan struct{}
	err    error // of the writer; read after done
	failed atomic.Bool
}

func newPipe(w io.Writer) *pipe {
	p := &pipe{full: make(chan []byte, 2), empty: make(chan []byte, 4), done: make(chan struct{})}
	for range 2 {
		p.empty <- make([]byte, 0, pipeSize+pipeSize/4)
	}
	go func() {
		defer close(p.done)
		for b := range p.full {
			if p.err == nil {
				if _, p.err = w.Write(b); p.err != nil {
					p.failed.Store(true)
				}
			}
			p.empty <- b[:0]
		}
	}()
	return p
}

// ok reports that no write has failed yet.
func (p *pipe) ok() bool { return !p.failed.Load() }

// send hands a buffer over and gives an empty one for it.
func (p *pipe) send(b []byte) []byte {
	p.full <- b
	return <-p.empty
}

// close waits for the writes and returns the first error.
func (p *pipe) close() error {
	close(p.full)
	<-p.done
	return p.err
}
