package ingest

import (
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"time"
)

// Backoff is how long to wait after the attempt-th failure in a row (1 is the
// first): least doubled each time up to most, then a random point in the upper
// half, so that many that failed together do not come back together.
func Backoff(attempt int, least, most time.Duration) time.Duration {
	d := least
	for i := 1; i < attempt && d < most; i++ {
		d *= 2
	}
	d = min(d, most)
	return d/2 + rand.N(d/2+1)
}

// PanicError is a panic that was caught where a goroutine of ours begins. Stack
// is for the journal of the machine only, never for a client.
type PanicError struct {
	Value any
	Stack []byte
}

// Error tells the value, without the stack.
func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Safely runs f and turns a panic into a *PanicError. Every goroutine that
// ingest starts runs inside it, for a panic in a plain goroutine would end the
// process and with it every screen.
func Safely(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return f()
}
