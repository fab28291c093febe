package draw

// Kept remembers a costly drawing for as long as its key and size stay the
// same. The zero value is ready; it is for one goroutine.
type Kept[K comparable] struct {
	key   K
	frame *Frame
}

// Draw copies the drawing into r of f. When key or the size of r is not that of
// the last call, draw is called first with a blank frame of that size. Key must
// hold everything the drawing depends on: the version of the data, the theme.
func (k *Kept[K]) Draw(f *Frame, r Rect, key K, draw func(*Frame)) {
	if r.Empty() {
		return
	}
	if k.frame == nil || k.key != key || k.frame.W != r.W || k.frame.H != r.H {
		fresh := New(r.W, r.H)
		draw(fresh)
		k.key, k.frame = key, fresh
	}
	f.Blit(k.frame, r.X, r.Y)
}
