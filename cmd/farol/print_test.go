package main

import (
	"fmt"
	"strings"
	"testing"

	"farol/metrics"
	"farol/tui"
	"farol/tui/draw"
)

// TestPrintEverySize: every screen in every size, profile and colour depth has
// the lines and the width that were asked for, and nothing that a terminal would
// obey but colours.
func TestPrintEverySize(t *testing.T) {
	o := twoDays(t)
	g := &globals{lang: "pt-BR"}
	err := o.look(t.Context(), func(l *live, snap *metrics.Snapshot) error {
		for _, screen := range []string{"wall", "queues", "agents", "metas", "events"} {
			for _, profile := range []tui.Profile{tui.Lead, tui.Wall} {
				if screen == "agents" && profile == tui.Wall {
					continue // not on the public wall
				}
				for _, size := range []string{"40x12", "80x24", "120x40", "200x60", "320x90"} {
					for _, ascii := range []bool{false, true} {
						f := &printFlags{lookFlags: lookFlags{screen: screen, ascii: ascii}, as: "text"}
						w, h, err := sizeOf(size)
						if err != nil {
							return err
						}
						frame, err := g.frame(l, snap, profile, w, h, f)
						if err != nil {
							return fmt.Errorf("%s %s: %w", screen, size, err)
						}
						checkPrinted(t, frame, f, w, h)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkPrinted(t *testing.T, frame *draw.Frame, f *printFlags, w, h int) {
	t.Helper()
	for _, depth := range []draw.Depth{draw.NoColour, draw.Colour16, draw.Colour256, draw.TrueColour} {
		var out strings.Builder
		if err := writeFrame(&out, frame, depth, f); err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%s %dx%d depth %d ascii %v", f.screen, w, h, depth, f.ascii)
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if len(lines) != h {
			t.Errorf("%s: %d lines", name, len(lines))
		}
		for i, line := range lines {
			plain := uncoloured(line)
			if got := draw.Width(draw.Clean(plain)); got != w {
				t.Errorf("%s: line %d is %d columns wide: %q", name, i, got, plain)
			}
			if strings.ContainsFunc(plain, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) {
				t.Errorf("%s: line %d has control bytes: %q", name, i, plain)
			}
			if f.ascii && strings.ContainsFunc(plain, func(r rune) bool { return r > '~' }) {
				t.Errorf("%s: line %d is not ASCII: %q", name, i, plain)
			}
		}
	}
}

// uncoloured takes the colours out of a line, and nothing else.
func uncoloured(line string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(line, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r != ';' && r != ':' && (r < '0' || r > '9') })
		if end < 0 || rest[end] != 'm' {
			b.WriteString("\x1b[") // not a colour: leave it to be found
			line = rest
			continue
		}
		line = rest[end+1:]
	}
}
