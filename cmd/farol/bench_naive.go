package main

import (
	"bytes"
	"fmt"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/NimbleMarkets/ntcharts/v2/linechart/streamlinechart"
	"github.com/NimbleMarkets/ntcharts/v2/sparkline"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"

	"farol/metrics"
)

// naiveWall draws a wall of 200 by 60 the obvious way: lipgloss styles for every
// piece of text, ntcharts for every chart, joined into one string, which the
// renderer of Bubble Tea then parses and compares. It shows eight queues, twenty
// agents, four sparklines and a stream chart.
type naiveWall struct {
	out   bytes.Buffer
	cells uv.ScreenBuffer
	scr   *uv.TerminalRenderer
}

const naiveWidth, naiveHeight = 200, 60

func newNaiveWall() *naiveWall {
	n := &naiveWall{cells: uv.NewScreenBuffer(naiveWidth, naiveHeight)}
	n.scr = uv.NewTerminalRenderer(&n.out, []string{"TERM=xterm-256color"})
	n.scr.SetColorProfile(colorprofile.ANSI256)
	n.scr.SetFullscreen(true)
	n.scr.SetRelativeCursor(false)
	n.scr.Resize(naiveWidth, naiveHeight)
	return n
}

// show draws one snapshot and returns how many bytes a terminal would get.
func (n *naiveWall) show(s *metrics.Snapshot) (int, error) {
	view := naiveView(s)
	n.out.Reset()
	n.cells.Clear()
	uv.NewStyledString(view).Draw(n.cells, n.cells.Bounds())
	n.scr.Render(n.cells.RenderBuffer)
	if err := n.scr.Flush(); err != nil {
		return 0, err
	}
	return n.out.Len(), nil
}

func naiveView(s *metrics.Snapshot) string {
	box := lipgloss.NewStyle().Border(lipgloss.RoundedBorder()).BorderForeground(lipgloss.Color("241"))
	title := lipgloss.NewStyle().Bold(true).Width(naiveWidth).Render(fmt.Sprintf(" FAROL  %s  %s", s.Site.Name, s.At.Format(time.TimeOnly)))
	charts := make([]string, 4)
	for i := range charts {
		chart := sparkline.New(48, 14, sparkline.WithStyle(lipgloss.NewStyle().Foreground(lipgloss.Color("74"))))
		for _, p := range naiveSeries(s, i) {
			chart.Push(p)
		}
		chart.Draw()
		charts[i] = box.Render(chart.View())
	}
	tables := lipgloss.JoinHorizontal(lipgloss.Top, box.Width(100).Height(23).Render(naiveQueues(s)), box.Width(100).Height(23).Render(naiveAgents(s)))
	stream := streamlinechart.New(198, 18)
	for _, p := range naiveSeries(s, 0) {
		stream.Push(p)
	}
	stream.Draw()
	return lipgloss.JoinVertical(lipgloss.Left, title, lipgloss.JoinHorizontal(lipgloss.Top, charts...), tables, box.Render(stream.View()))
}

// naiveSeries is one of the site's series as plain numbers.
func naiveSeries(s *metrics.Snapshot, i int) []float64 {
	points := [4][]metrics.Measure{s.Charts.SL5.Points, s.Charts.Arrivals.Points, s.Charts.Waiting.Points, s.Charts.States[0].Points}[i]
	out := make([]float64, len(points))
	for j, p := range points {
		out[j] = p.Value
	}
	return out
}

// naiveCell pads a piece of text as a column of a table.
func naiveCell(text string, width int, style lipgloss.Style) string {
	return style.Width(width).MaxWidth(width).Render(text)
}

func naiveQueues(s *metrics.Snapshot) string {
	right, plain := lipgloss.NewStyle().Align(lipgloss.Right), lipgloss.NewStyle()
	var rows []string
	for _, q := range s.Queues[:min(8, len(s.Queues))] {
		name := plain
		if q.Status >= metrics.Attention {
			name = lipgloss.NewStyle().Foreground(lipgloss.Color("209")).Bold(true)
		}
		f := &q.W[metrics.Today]
		rows = append(rows, lipgloss.JoinHorizontal(lipgloss.Top,
			naiveCell(q.Ref.Name, 16, name),
			naiveCell(fmt.Sprintf("%.1f", 100*f[metrics.SLStrictNoShort].Value), 8, right),
			naiveCell(fmt.Sprint(q.Live.Waiting), 6, right),
			naiveCell(q.Live.Longest.Round(time.Second).String(), 10, right),
			naiveCell(fmt.Sprintf("%.1f", 100*f[metrics.AbandonRateNoShort].Value), 8, right),
			naiveCell(fmt.Sprintf("%.0f", f[metrics.AHT].Value), 8, right),
			naiveCell(fmt.Sprint(q.People.LoggedIn), 6, right),
			naiveCell(fmt.Sprint(q.People.Busy), 6, right),
			naiveCell(fmt.Sprint(q.People.Free), 6, right),
			naiveCell(fmt.Sprint(q.People.Out), 6, right),
		))
	}
	return lipgloss.JoinVertical(lipgloss.Left, rows...)
}

func naiveAgents(s *metrics.Snapshot) string {
	right, plain := lipgloss.NewStyle().Align(lipgloss.Right), lipgloss.NewStyle()
	dim := lipgloss.NewStyle().Foreground(lipgloss.Color("247"))
	var rows []string
	for _, a := range s.Agents[:min(20, len(s.Agents))] {
		rows = append(rows, lipgloss.JoinHorizontal(lipgloss.Top,
			naiveCell(a.Name, 24, plain),
			naiveCell(a.QueueName, 14, dim),
			naiveCell(a.State.String(), 12, plain),
			naiveCell(s.At.Sub(a.Since).Round(time.Second).String(), 10, right),
			naiveCell(fmt.Sprint(a.Calls), 4, right),
		))
	}
	return lipgloss.JoinVertical(lipgloss.Left, rows...)
}
