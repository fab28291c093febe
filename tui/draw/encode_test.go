package draw

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestASCII(t *testing.T) {
	const (
		in = "●▲■◌≈►◐○◇×─│╭╯┄┊━┃═║┤█▇▅▃▁░▀▄…–−→←↑↓≥≤·ÇãéõÜñß€石⠀⠁⠿⣿aZ~"
	)
	f := New(Width(in), 1)
	f.Text(0, 0, in, 0)
	got := Styled(f, NewPalette(NoColour, nil), Options{ASCII: true})
	if want := "o!X?~>c.*x-|++-|=|=|+#=-:..-:.--><^v><.CaeoUnsE?? .-#aZ~"; got != want {
		t.Errorf("%q\nwant\n%q", got, want)
	}
}

func TestStyled(t *testing.T) {
	f := New(12, 2)
	f.Text(0, 0, "um", 1)
	f.Text(3, 0, "dois", 1|Bold)
	f.Text(0, 1, "três", 3)
	f.Text(5, 1, "plain", 99) // beyond the palette: as ink 0
	for _, tc := range []struct {
		depth Depth
		want  string
	}{
		{NoColour, "\x1b[0;1mum dois     \x1b[m\ntrês plain  "},
		{Colour16, "\x1b[0;1;33mum dois     \x1b[m\n\x1b[0;30;101mtrês\x1b[m plain  "},
		{Colour256, "\x1b[38;5;178mum \x1b[0;1;38;5;178mdois     \x1b[m\n\x1b[0;38;5;16;48;5;209mtrês\x1b[m plain  "},
		{TrueColour, "\x1b[38;2;230;159;0mum \x1b[0;1;38;2;230;159;0mdois     \x1b[m\n\x1b[0;38;2;0;0;0;48;2;242;115;58mtrês\x1b[m plain  "},
	} {
		if got := Styled(f, NewPalette(tc.depth, testInks()), Options{}); got != tc.want {
			t.Errorf("%s: %q\nwant %q", tc.depth, got, tc.want)
		}
	}
}

func TestColourToTrue(t *testing.T) {
	for _, tc := range []struct {
		in   Colour
		want string
	}{
		{Index(1), "#cd0000"},
		{Index(178), "#d7af00"},
		{Index(16), "#000000"},
		{Index(231), "#ffffff"},
		{Index(247), "#9e9e9e"},
		{RGB(0xE69F00), "#e69f00"},
	} {
		if got := hex(tc.in); got != tc.want {
			t.Errorf("%x: %s, want %s", tc.in, got, tc.want)
		}
	}
}

var paper = Paper{Text: RGB(0xd8dce2), Ground: RGB(0x14171a), Title: "a <wall> & more"}

func TestSVGIsWellFormedAndHoldsTheText(t *testing.T) {
	f := wall(80, 24)
	f.Text(2, 3, "a<b>&\"c\" 石", 2|Bold|Underline)
	Digits(f, 2, 5, "61,4%", Large, 1)
	dayLine(40).Draw(f, Rect{2, 14, 50, 8})
	f.Box(Rect{60, 14, 12, 4}, Double, 0, "", "", "", 0)
	f.Text(54, 20, "●▲■◌◐○◇►▌▐▖▚▔▕▒╋┼", 5|Faint)
	var b bytes.Buffer
	if err := SVG(&b, f, NewPalette(TrueColour, testInks()), paper); err != nil {
		t.Fatal(err)
	}
	text := ""
	for d := xml.NewDecoder(&b); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := token.(xml.CharData); ok {
			text += string(c)
		}
	}
	for _, want := range []string{"a <wall> & more", "a<b>&\"c\" 石", "FILAS", "82,3"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the picture", want)
		}
	}
}

func TestSVGHonoursReverseAndGround(t *testing.T) {
	f := New(3, 1)
	f.Text(0, 0, "a", Reverse)
	f.Text(1, 0, "b", 3)
	var b bytes.Buffer
	if err := SVG(&b, f, NewPalette(TrueColour, testInks()), paper); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<rect x="0.00" y="0.00" width="8.40" height="17.00" fill="#d8dce2"/>`,
		`<rect x="8.40" y="0.00" width="8.40" height="17.00" fill="#f2733a"/>`,
		`fill="#14171a">a</text>`, `fill="#000000">b</text>`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}

// failing is a writer that takes n bytes.
type failing struct{ n int }

func (w *failing) Write(b []byte) (int, error) {
	if w.n -= len(b); w.n < 0 {
		return 0, io.ErrShortWrite
	}
	return len(b), nil
}

func TestSVGReportsAFullDisk(t *testing.T) {
	if err := SVG(&failing{100}, wall(80, 24), NewPalette(TrueColour, nil), paper); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("error %v", err)
	}
}
