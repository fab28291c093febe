package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
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
}

func newPrintCommand(g *globals) *cobra.Command {
	f := &printFlags{}
	cmd := &cobra.Command{
		Use:   "print",
		Short: "One frame of the console on standard output",
		Args:  noArgs,
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

func (g *globals) print(cmd *cobra.Command, f *printFlags) error {
	profile, err := profileOf(f.profile)
	if err != nil {
		return err
	}
	w, h, err := sizeOf(f.size)
	if err != nil {
		return err
	}
	depth, err := depthOf(f.colour)
	if err != nil {
		return err
	}
	if f.as != "text" && f.as != "svg" {
		return fault(exitUsage, fmt.Errorf("unknown form %q", f.as), "use text or svg")
	}
	o, err := g.still(f.asOf)
	if err != nil {
		return err
	}
	if o.trouble.say, err = g.words(o); err != nil {
		return errors.Join(err, o.close())
	}
	return errors.Join(o.look(cmd.Context(), func(l *live, snap *metrics.Snapshot) error {
		frame, err := g.frame(l, snap, profile, w, h, f)
		if err != nil {
			return err
		}
		return writeFrame(cmd.OutOrStdout(), frame, depth, f)
	}), o.close())
}

// frame draws what the console would show.
func (g *globals) frame(l *live, snap *metrics.Snapshot, profile tui.Profile, w, h int, f *printFlags) (*draw.Frame, error) {
	app, err := tui.New(l.ctx, tui.Options{
		Source: metrics.NewLatest(snap), Contacts: l.engine.Contacts, Profile: profile, Language: g.languageOf(l.metrics.Site.Language),
		Screen: f.screen, ASCII: f.ascii, Blocks: f.blocks, Kiosk: f.kiosk, Theme: f.theme,
		Clock: func() time.Time { return snap.At }, Trouble: l.troubled,
	})
	if err != nil {
		return nil, fault(exitUsage, err, "see farol print --help")
	}
	frame, err := tui.Still(app, w, h, f.keys)
	if err != nil {
		return nil, fault(exitUsage, err, `write keys as in "1 enter j"`)
	}
	return frame, nil
}

// sizeOf reads "120x40".
func sizeOf(text string) (w, h int, err error) {
	wide, high, _ := strings.Cut(text, "x")
	w, errW := strconv.Atoi(wide)
	h, errH := strconv.Atoi(high)
	if errW != nil || errH != nil || w < 1 || h < 1 || w > 500 || h > 200 {
		return 0, 0, fault(exitUsage, fmt.Errorf("size %q: not columns x rows up to 500x200", text), "write it like 120x40")
	}
	return w, h, nil
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
	if f.as == "svg" {
		p, err := tui.NewPalette(f.theme, light, draw.TrueColour)
		if err != nil {
			return fault(exitUsage, err, "see farol print --help")
		}
		paper := draw.Paper{Text: draw.RGB(0xD8DCE2), Ground: draw.RGB(0x14171A), Title: "farol"}
		if light {
			paper.Text, paper.Ground = draw.RGB(0x1F2328), draw.RGB(0xFFFFFF)
		}
		return draw.SVG(w, frame, p, paper)
	}
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

// still opens the operation that choose would, standing at an instant.
func (g *globals) still(at string) (*operation, error) {
	path, err := g.storePath()
	if err != nil {
		return nil, err
	}
	if stored(path) || g.db != "" || g.configPath() != "" {
		return g.past(at)
	}
	return simulated(demoFlags{speed: 1, seed: demoSeed, at: at}, standing)
}

// standing is the instant that printed pictures of the simulated operation show.
func standing() time.Time { return time.Date(2026, 8, 17, 17, 32, 7, 0, time.UTC) }
