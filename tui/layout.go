package tui

// size is a step of detail: what fits decides, not the device.
type size uint8

// The steps, by the smaller of width and height.
const (
	sizeNone size = iota // below 40×10: the worst risk in words, keys that act are off
	size40
	size80
	size120
	size200
	size320
)

// steps are the smallest width and height of each step above size40.
func steps() [4][2]int { return [4][2]int{{80, 24}, {120, 36}, {180, 54}, {280, 80}} }

// sizeOf is the step of a terminal.
func sizeOf(w, h int) size {
	if w < 40 || h < 10 {
		return sizeNone
	}
	s := size40
	for i, at := range steps() {
		if w >= at[0] && h >= at[1] {
			s = size80 + size(i)
		}
	}
	return s
}
