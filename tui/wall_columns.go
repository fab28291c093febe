package tui

// qcol is a column of the wall's table of queues.
type qcol uint8

const (
	qcCursor qcol = iota
	qcMark
	qcName
	qcSL
	qcTarget
	qcWaiting
	qcLongest
	qcWait
	qcAbandon
	qcAHT
	qcAHTTarget
	qcOffered
	qcAnswered
	qcExpected
	qcLogged
	qcBusy
	qcWrap
	qcFree
	qcOut
	qcCrew
	qcSpark
	qcBar // the rule between groups
)

// qc is one column of a size: what, how wide, and the blanks before it.
type qc struct {
	what qcol
	w    int
	gap  int
}

// queueColumns are the columns of each size. The last takes what is left.
func queueColumns(s size) []qc {
	switch s {
	case size80:
		return []qc{
			{qcCursor, 1, 0}, {qcMark, 1, 1}, {qcName, 13, 1}, {qcSL, 5, 0}, {qcWaiting, 4, 2}, {qcLongest, 5, 2},
			{qcAbandon, 4, 2}, {qcAHT, 5, 1}, {qcBar, 1, 2}, {qcLogged, 3, 1}, {qcBusy, 3, 1}, {qcFree, 3, 1},
			{qcWrap, 3, 1}, {qcOut, 4, 1}, {qcBar, 1, 0}, {qcSpark, 7, 0},
		}
	case size120:
		return []qc{
			{qcCursor, 1, 0}, {qcMark, 1, 1}, {qcName, 13, 2}, {qcSL, 5, 0}, {qcTarget, 4, 1}, {qcBar, 1, 1},
			{qcWaiting, 5, 0}, {qcLongest, 6, 1}, {qcBar, 1, 1}, {qcAbandon, 5, 1}, {qcAHT, 6, 1}, {qcBar, 1, 1},
			{qcLogged, 4, 0}, {qcBusy, 4, 1}, {qcWrap, 4, 1}, {qcFree, 4, 1}, {qcOut, 4, 1}, {qcCrew, 23, 3},
			{qcBar, 1, 0}, {qcSpark, 10, 0},
		}
	case size200:
		return []qc{
			{qcMark, 1, 0}, {qcName, 14, 2}, {qcSL, 6, 0}, {qcTarget, 5, 0}, {qcBar, 1, 1}, {qcWaiting, 5, 1},
			{qcLongest, 12, 2}, {qcBar, 1, 1}, {qcAbandon, 6, 1}, {qcAHT, 7, 1}, {qcBar, 1, 1}, {qcOffered, 11, 1},
			{qcAnswered, 10, 1}, {qcBar, 1, 1}, {qcLogged, 4, 0}, {qcFree, 7, 1}, {qcBar, 1, 1}, {qcSpark, 21, 0},
		}
	default:
		return []qc{
			{qcMark, 1, 0}, {qcName, 17, 4}, {qcSL, 6, 0}, {qcTarget, 6, 1}, {qcBar, 1, 1}, {qcWaiting, 8, 1},
			{qcLongest, 12, 2}, {qcWait, 14, 1}, {qcBar, 1, 1}, {qcAbandon, 7, 1}, {qcAHT, 8, 1}, {qcAHTTarget, 9, 2},
			{qcBar, 1, 1}, {qcOffered, 10, 1}, {qcAnswered, 10, 1}, {qcExpected, 9, 1}, {qcBar, 1, 1}, {qcLogged, 4, 1},
			{qcBusy, 5, 1}, {qcWrap, 5, 1}, {qcFree, 5, 1}, {qcOut, 5, 1}, {qcBar, 1, 1}, {qcCrew, 38, 1},
		}
	}
}

func (c qcol) title() string {
	return [...]string{
		qcCursor: "", qcMark: "", qcName: "wall.col.queue", qcSL: "wall.col.sl", qcTarget: "wall.col.target",
		qcWaiting: "wall.col.waiting", qcLongest: "wall.col.longest", qcWait: "wall.col.wait", qcAbandon: "wall.col.abandon",
		qcAHT: "wall.col.aht", qcAHTTarget: "wall.col.ahttarget", qcOffered: "wall.col.offered", qcAnswered: "wall.col.answered",
		qcExpected: "wall.col.expected", qcLogged: "wall.col.logged", qcBusy: "wall.col.busy", qcWrap: "wall.col.wrap",
		qcFree: "wall.col.free", qcOut: "wall.col.out", qcCrew: "wall.col.crew", qcSpark: "wall.col.spark", qcBar: "",
	}[c]
}

func (c qcol) left() bool {
	return c == qcName || c == qcCrew || c == qcSpark || c == qcCursor || c == qcMark
}
