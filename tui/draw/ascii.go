package draw

import (
	"math/bits"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// asciiOf is the one ASCII character that stands for r.
func asciiOf(r rune) byte {
	switch {
	case r < ' ':
		return ' '
	case r < 0x7f:
		return byte(r)
	case r < rune(len(folded)):
		return folded[r]
	case r >= 0x2500 && r <= 0x257f:
		return asciiLine(r)
	case r >= 0x2580 && r <= 0x259f:
		return asciiBlock(r)
	case r >= 0x2800 && r <= 0x28ff:
		return " ..::--=#"[bits.OnesCount8(uint8(r-0x2800))]
	}
	return asciiSign(r)
}

// folded maps Latin letters to their base letters, and signs below U+0250.
var folded = func() (t [0x250]byte) {
	for r := range rune(len(t)) {
		base, _ := utf8.DecodeRuneInString(norm.NFKD.String(string(r)))
		if t[r] = '?'; base > ' ' && base < 0x7f {
			t[r] = byte(base)
		}
	}
	for r, c := range map[rune]byte{
		' ': ' ', 0xa0: ' ', '·': '.', '×': 'x', '÷': '/', '«': '<', '»': '>',
		'±': '+', '°': 'o', '¡': '!', '¿': '?', '£': 'L', '¢': 'c', '§': 'S', '¬': '-',
		'¦': '|', '¨': '"', '´': '\'', '¯': '-', '¸': ',', '©': 'c', '®': 'r', 'µ': 'u', '¶': 'P',
		'ß': 's', 'æ': 'a', 'Æ': 'A', 'ø': 'o', 'Ø': 'O', 'đ': 'd', 'Đ': 'D',
		'ł': 'l', 'Ł': 'L', 'ı': 'i', 'œ': 'o', 'Œ': 'O', 'ð': 'd', 'Ð': 'D', 'þ': 't', 'Þ': 'T',
	} {
		t[r] = c
	}
	return t
}()

// asciiLine draws box lines: heavy and double ones along the row as '='.
func asciiLine(r rune) byte {
	switch r {
	case '─', '┄', '┈', '╌', '╴', '╶':
		return '-'
	case '━', '┅', '┉', '╍', '═', '╸', '╺', '╼', '╾':
		return '='
	case '│', '┃', '┆', '┇', '┊', '┋', '╎', '╏', '║', '╵', '╷', '╹', '╻', '╽', '╿':
		return '|'
	case '╱':
		return '/'
	case '╲':
		return '\\'
	case '╳':
		return 'x'
	}
	return '+'
}

// asciiBlock goes by how much of the cell is ink.
func asciiBlock(r rune) byte {
	switch r {
	case '▁', '▂', '▏', '▎', '░', '▕', '▖', '▗', '▘', '▝':
		return '.'
	case '▃', '▄', '▍', '▌', '▐', '▒', '▚', '▞':
		return ':'
	case '▀', '▅', '▋', '▔':
		return '-'
	case '█':
		return '#'
	}
	return '='
}

func asciiSign(r rune) byte {
	switch r {
	case '●', '•', '◉':
		return 'o'
	case '▲':
		return '!'
	case '■':
		return 'X'
	case '◌':
		return '?'
	case '≈':
		return '~'
	case '►', '→', '›', '≥', '▸', '▶', '⇒':
		return '>'
	case '◐':
		return 'c'
	case '○':
		return '.'
	case '◇', '◆':
		return '*'
	case '←', '‹', '≤', '◄', '↵', '⇐':
		return '<'
	case '↑':
		return '^'
	case '↓':
		return 'v'
	case '…', '‥', '․':
		return '.'
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-'
	case '‘', '’', '‛', '′':
		return '\''
	case '“', '”', '„', '″':
		return '"'
	case '‚':
		return ','
	case '€':
		return 'E'
	case '≠':
		return '#'
	}
	if r >= 0x1e00 && r <= 0x1eff || r >= 0xff01 && r <= 0xff5e {
		if base, _ := utf8.DecodeRuneInString(norm.NFKD.String(string(r))); base > ' ' && base < 0x7f {
			return byte(base)
		}
	}
	return '?'
}
