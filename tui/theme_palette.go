package tui

import "farol/tui/draw"

// ground is what is known of the terminal's background.
type ground uint8

// Until the terminal answers, and some never do, the colours are ones that can
// be read on both.
const (
	groundUnknown ground = iota
	groundDark
	groundLight
)

// hues are the colours of one background: in the xterm table and in 24 bits.
type hues struct {
	attention, critical, dim, focus, rule hue
}

type hue struct {
	index uint8
	rgb   uint32
}

// The contrast ratios of the true colours, on #14171A or on white, are in the
// comments. 8 in 100 men do not tell red from green: there is neither here.
func huesOf(g ground) hues {
	switch g {
	case groundDark:
		return hues{
			attention: hue{178, 0xE69F00}, // 8.0
			critical:  hue{209, 0xFF7A45}, // 7.0
			dim:       hue{247, 0x9AA1AB}, // 6.9
			focus:     hue{74, 0x56B4E9},  // 7.8
			rule:      hue{243, 0x6B727C},
		}
	case groundLight:
		return hues{
			attention: hue{94, 0x8A5A00},  // 5.9
			critical:  hue{130, 0xB33A00}, // 6.0
			dim:       hue{241, 0x59636E}, // 6.1
			focus:     hue{25, 0x0059B3},
			rule:      hue{246, 0x8A929C},
		}
	default: // about 4 on either
		return hues{
			attention: hue{136, 0xAD7200},
			critical:  hue{166, 0xDB5A1C},
			dim:       hue{243, 0x7A828C},
			focus:     hue{32, 0x1F83C4},
			rule:      hue{243, 0x7A828C},
		}
	}
}

// contrastHues are for the theme of that name: the strongest of each.
func contrastHues(g ground) hues {
	if g == groundLight {
		return hues{hue{94, 0x6B4400}, hue{124, 0x8F1F00}, hue{16, 0x000000}, hue{18, 0x003A85}, hue{16, 0x000000}}
	}
	return hues{hue{220, 0xFFC533}, hue{208, 0xFF8F5E}, hue{231, 0xFFFFFF}, hue{117, 0x8FD0FF}, hue{231, 0xFFFFFF}}
}

// text is a pen of that colour, with attributes where colours are few.
func (h hue) text(none, basic draw.Pen) draw.Ink {
	return draw.Ink{
		None: none, Basic: basic,
		Indexed: draw.Pen{Text: draw.Index(h.index)}, True: draw.Pen{Text: draw.RGB(h.rgb)},
	}
}

// inks are the colours of a theme on a background, by ink number. Each depth is
// chosen by hand: brought down by formula, amber and vermilion become one.
func (t theme) inks(g ground) []draw.Ink {
	switch t {
	case themeDark:
		g = groundDark
	case themeLight:
		g = groundLight
	}
	h := huesOf(g)
	if t == themeContrast {
		h = contrastHues(g)
	}
	plain := draw.Pen{}
	bold := draw.Pen{Attr: draw.Bold}
	reverse := draw.Pen{Attr: draw.Reverse}
	red := draw.Pen{Text: draw.Index(1), Attr: draw.Bold | draw.Reverse}
	tile := draw.Ink{
		None: reverse, Basic: red,
		Indexed: draw.Pen{Text: draw.Index(16), Ground: draw.Index(209)},
		True:    draw.Pen{Text: draw.RGB(0x000000), Ground: draw.RGB(0xF2733A)}, // 7.3
	}
	out := make([]draw.Ink, inkCount)
	out[inkDim] = h.dim.text(plain, plain)
	out[inkAttention] = h.attention.text(bold, draw.Pen{Text: draw.Index(3), Attr: draw.Bold})
	out[inkCritical] = h.critical.text(reverse, red)
	out[inkTile] = tile
	out[inkNoData] = h.dim.text(plain, plain)
	out[inkFocus] = h.focus.text(reverse, draw.Pen{Text: draw.Index(6), Attr: draw.Reverse})
	out[inkSelected] = draw.Ink{None: reverse, Basic: reverse, Indexed: reverse, True: reverse}
	out[inkBorder] = h.critical.text(bold, draw.Pen{Text: draw.Index(1), Attr: draw.Bold})
	out[inkRule] = h.rule.text(plain, plain)
	return out
}

// paletteKey is everything a palette is made from.
type paletteKey struct {
	theme  theme
	ground ground
	depth  draw.Depth
}

// Palette is how the frame's styles look at the terminal's depth under the
// session's theme. It changes when the theme or the known background does, and
// what was painted before must then be painted again.
func (a *App) Palette(d draw.Depth) *draw.Palette {
	if a.v.theme == themeNone {
		d = draw.NoColour
	}
	k := paletteKey{a.v.theme, a.ground, d}
	if a.palette == nil || a.paletteFor != k {
		a.palette, a.paletteFor = draw.NewPalette(d, a.v.theme.inks(a.ground)), k
	}
	return a.palette
}

// NewPalette is the palette of a named theme on a dark or light ground, for
// pictures of frames outside a session.
func NewPalette(themeName string, light bool, d draw.Depth) (*draw.Palette, error) {
	t, err := themeOf(themeName)
	if err != nil {
		return nil, err
	}
	if t == themeNone {
		d = draw.NoColour
	}
	g := groundDark
	if light {
		g = groundLight
	}
	return draw.NewPalette(d, t.inks(g)), nil
}
