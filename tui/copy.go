package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"farol/tui/draw"
)

// copyPage is the text that was to be copied, plain on a cleared page, for
// terminals that drop what is sent to their clipboard: select it by hand.
type copyPage struct{ lines []string }

func (copyPage) place() place            { return placePrompt }
func (copyPage) crumb(v *view) draw.Safe { return v.w("copy.crumb") }
func (copyPage) keys() []action          { return []action{actBack, actOpen, actCopy} }
func (copyPage) full(*view) bool         { return true }

func (s copyPage) update(p press, v *view) (screen, tea.Cmd) { return nil, nil }

func (s copyPage) draw(f *draw.Frame, r draw.Rect, v *view) {
	for _, l := range s.lines {
		var row draw.Rect
		if row, r = r.Rows(1); row.Empty() {
			return
		}
		f.TextIn(row, draw.Clean(strings.ReplaceAll(l, "\t", "  ")), inkText)
	}
}

// copyLines sends lines to the terminal's clipboard. There is no answer, so
// what is said is "sent", and the same key again shows them plainly.
func (v *view) copyLines(lines []string) tea.Cmd {
	if len(lines) == 0 {
		return nil
	}
	text := strings.Join(lines, "\n")
	if v.copied == text {
		v.copied = ""
		return func() tea.Msg { return goMsg{act: actCopy, open: copyPage{lines}} }
	}
	v.copied = text
	v.tell(v.w("copy.sent"))
	return copyText(text)
}
