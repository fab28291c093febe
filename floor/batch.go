package floor

// Batch is what a source hands over in one piece: events and the cursor from
// which the source would go on after them. They are committed together or not
// at all, so a cursor never runs ahead of its events nor behind them.
type Batch struct {
	Source string
	Events []Event
	Cursor []byte // opaque to all but the source; nil leaves the stored one
}
