package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"farol/metrics"
	"farol/tui"
	"farol/tui/draw"
)

// printFlags say which frame.
type printFlags struct {
	lookFlags
	size, asOf, keys, as string
	light                bool
}

func newPrintCommand(g *globals) *cobra.Command {
	f := &printFlags{}
	cmd := &cobra.Command{
		Use:   "print",
		Short: "One frame of the console on standard output",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return g.print(cmd, f) },
	}
	f.register(cmd)
	fl := cmd.Flags()
	fl.StringVar(&f.size, "size", "120x40", "columns x rows")
	fl.StringVar(&f.asOf, "as-of", "", "the instant to show (default: the newest)")
	fl.StringVar(&f.keys, "keys", "", `keys to press first, as in "1 enter"`)
	fl.StringVar(&f.as, "as", "text", "text, or svg (a picture of the same frame)")
	return cmd
}

func (g *globals) print(cmd *cobra.Command, f *printFlags) (err error) {
	profile, err := profileOf(f.profile)
	if err != nil {
		return err
	}
	var w, h int
	if n, err := fmt.Sscanf(f.size, "%dx%d", &w, &h); n != 2 || err != nil || w < 1 || h < 1 || w > 500 || h > 200 {
		return fault(exitUsage, fmt.Errorf("size %q", f.size), "write columns x rows, at most 500x200, as in 120x40")
	}
	depth, err := depthOf(f.colour)
	if err != nil {
		return err
	}
	o, err := g.still(f.asOf)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	l, snap, err := o.settle(cmd.Context())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.stop()) }()
	app, err := tui.New(cmd.Context(), tui.Options{
		Source: metrics.NewLatest(snap), Contacts: l.engine.Contacts, Profile: profile, Language: g.language(&o.metrics.Site),
		Screen: f.screen, ASCII: f.ascii, Blocks: f.blocks, Kiosk: f.kiosk, Theme: f.theme,
		Clock: func() time.Time { return snap.At },
	})
	if err != nil {
		return fault(exitUsage, err, "see farol print --help")
	}
	frame, err := tui.Still(app, w, h, f.keys)
	if err != nil {
		return fault(exitUsage, err, `write keys as in "1 enter j"`)
	}
	return writeFrame(cmd.OutOrStdout(), frame, depth, f)
}

// depthOf reads --colour for a frame that is printed: plain unless asked.
func depthOf(name string) (draw.Depth, error) {
	switch name {
	case "", "none":
		return draw.NoColour, nil
	case "16":
		return draw.Colour16, nil
	case "256":
		return draw.Colour256, nil
	case "true":
		return draw.TrueColour, nil
	}
	return 0, fault(exitUsage, fmt.Errorf("unknown colour depth %q", name), "use none, 16, 256 or true")
}

func writeFrame(w io.Writer, frame *draw.Frame, depth draw.Depth, f *printFlags) error {
	light := f.theme == "light"
	switch f.as {
	case "svg":
		p, err := tui.NewPalette(f.theme, light, draw.TrueColour)
		if err != nil {
			return fault(exitUsage, err, "see farol print --help")
		}
		paper := draw.Paper{Text: draw.RGB(0xD8DCE2), Ground: draw.RGB(0x14171A), Title: "farol"}
		if light {
			paper.Text, paper.Ground = draw.RGB(0x1F2328), draw.RGB(0xFFFFFF)
		}
		return draw.SVG(w, frame, p, paper)
	case "text":
		p, err := tui.NewPalette(f.theme, light, depth)
		if err != nil {
			return fault(exitUsage, err, "see farol print --help")
		}
		text := frame.String()
		if depth != draw.NoColour || f.ascii {
			text = draw.Styled(frame, p, draw.Options{ASCII: f.ascii})
		}
		_, err = fmt.Fprintln(w, text)
		return err
	}
	return fault(exitUsage, fmt.Errorf("unknown form %q", f.as), "use text or svg")
}

// still opens the operation that choose would, standing at an instant.
func (g *globals) still(at string) (*operation, error) {
	path, err := g.storePath()
	if err != nil {
		return nil, err
	}
	if stored(path) || g.db != "" {
		return g.past(at)
	}
	return simulated(demoFlags{speed: 1, seed: demoSeed, at: at}, standing)
}

// standing is the instant that printed pictures of the simulated operation show.
func standing() time.Time { return time.Date(2026, 8, 17, 17, 32, 7, 0, time.UTC) }
