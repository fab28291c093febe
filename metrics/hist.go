package metrics

import "math/bits"

// hist counts times by whole seconds, rounded up: exactly below ten minutes,
// and above in bins of at most 1/128 of the value. What was added can be taken
// out again, which is what lets a window slide. Bins are kept in pages that
// exist only where there is something to count.
//
// Rounding up makes "within T" exact for any whole T, even for times with
// fractions: ceil(w) <= T if and only if w <= T.
type hist struct {
	n     uint32
	pages []*page
}

type page struct {
	n    uint32
	bins [pageBins]uint32
}

const (
	exactSeconds = 600
	pageBins     = 64
	perOctave    = 128
	firstOctave  = 10 // 512 s to 1023 s
	lastOctave   = 25 // more than a year
)

// bin is the number of the bin that holds a time of s seconds.
func bin(s int) int {
	if s < exactSeconds {
		return max(s, 0)
	}
	octave := bits.Len(uint(s))
	if octave > lastOctave {
		octave, s = lastOctave, 1<<lastOctave-1
	}
	return exactSeconds + (octave-firstOctave)*perOctave + s>>(octave-8) - perOctave
}

// binSeconds is the middle of a bin, in seconds.
func binSeconds(b int) int {
	if b < exactSeconds {
		return b
	}
	b -= exactSeconds
	octave, part := b/perOctave+firstOctave, b%perOctave+perOctave
	width := 1 << (octave - 8)
	return part*width + (width-1)/2
}

// seconds rounds milliseconds up to whole seconds.
func seconds(ms int32) int { return int((int64(ms) + 999) / 1000) }

// add counts a time n times; a negative n takes it out.
func (h *hist) add(ms int32, n int32) {
	b := bin(seconds(ms))
	p := b / pageBins
	for p >= len(h.pages) {
		h.pages = append(h.pages, nil)
	}
	pg := h.pages[p]
	if pg == nil {
		pg = new(page)
		h.pages[p] = pg
	}
	h.n += uint32(n)
	pg.n += uint32(n)
	pg.bins[b%pageBins] += uint32(n)
}

// merge adds all that o counts.
func (h *hist) merge(o *hist) {
	for len(h.pages) < len(o.pages) {
		h.pages = append(h.pages, nil)
	}
	h.n += o.n
	for i, from := range o.pages {
		if from == nil || from.n == 0 {
			continue
		}
		if h.pages[i] == nil {
			h.pages[i] = new(page)
		}
		to := h.pages[i]
		to.n += from.n
		for b, n := range from.bins {
			to.bins[b] += n
		}
	}
}

// rank is the time of the r-th of the sorted times, 1 being the least, in
// seconds; 0 when there are fewer.
func (h *hist) rank(r uint32) int {
	if r == 0 || r > h.n {
		return 0
	}
	for p, pg := range h.pages {
		if pg == nil {
			continue
		}
		if r > pg.n {
			r -= pg.n
			continue
		}
		for b, n := range pg.bins {
			if r <= n {
				return binSeconds(p*pageBins + b)
			}
			r -= n
		}
	}
	return 0
}

// quantile is the nearest-rank percentile: the value at ceil(percent*n/100).
func (h *hist) quantile(percent uint32) int {
	return h.rank(uint32((uint64(percent)*uint64(h.n) + 99) / 100))
}

// top is the longest time, in seconds; 0 with none.
func (h *hist) top() int {
	for p := len(h.pages) - 1; p >= 0; p-- {
		pg := h.pages[p]
		if pg == nil || pg.n == 0 {
			continue
		}
		for b := pageBins - 1; b >= 0; b-- {
			if pg.bins[b] > 0 {
				return binSeconds(p*pageBins + b)
			}
		}
	}
	return 0
}

// within counts the times of at most s seconds; exact for s below ten minutes.
func (h *hist) within(s int) int {
	last, sum := bin(s), 0
	for p, pg := range h.pages {
		switch {
		case pg == nil:
		case (p+1)*pageBins-1 <= last:
			sum += int(pg.n)
		default:
			for b, n := range pg.bins {
				if p*pageBins+b <= last {
					sum += int(n)
				}
			}
			return sum
		}
	}
	return sum
}

// clear forgets everything and keeps the memory.
func (h *hist) clear() {
	h.n = 0
	for _, pg := range h.pages {
		if pg != nil {
			*pg = page{}
		}
	}
}
