package store

import "strings"

// Contacts of telephone systems are numbers: "1795321545.14", or with a prefix
// "recife-1795321545.14", or "c12". Stored as numbers they take a byte or three.

// number is a contact taken apart: prefix, then whole, then ".part" when dotted.
type number struct {
	prefix      string
	whole, part uint64
	dotted      bool
}

const (
	maxDigits = 18 // of a number; 10^18 fits int64
	maxPrefix = 24 // of a contact stored as a number
)

// parseNumber takes s apart so that [appendNumber] gives exactly s back; ok is
// false when s does not end in a number or its prefix is long.
func parseNumber(s string) (n number, ok bool) {
	start, value, ok := trailing(s)
	if !ok {
		return number{}, false
	}
	if start > 0 && s[start-1] == '.' {
		if at, whole, ok := trailing(s[:start-1]); ok && at <= maxPrefix {
			return number{prefix: s[:at], whole: whole, part: value, dotted: true}, true
		}
	}
	if start > maxPrefix {
		return number{}, false
	}
	return number{prefix: s[:start], whole: value}, true
}

// trailing is the longest canonical number at the end of s (no leading zero, at
// most maxDigits digits) and where it starts.
func trailing(s string) (start int, value uint64, ok bool) {
	i := len(s)
	for i > 0 && len(s)-i < maxDigits && s[i-1]-'0' <= 9 {
		i--
	}
	for i < len(s)-1 && s[i] == '0' {
		i++
	}
	if i == len(s) {
		return 0, 0, false
	}
	for _, c := range []byte(s[i:]) {
		value = value*10 + uint64(c-'0')
	}
	return i, value, true
}

func appendNumber(b []byte, n number) []byte {
	b = append(b, n.prefix...)
	b = appendDigits(b, n.whole)
	if n.dotted {
		b = append(b, '.')
		b = appendDigits(b, n.part)
	}
	return b
}

func appendDigits(b []byte, v uint64) []byte {
	var d [20]byte
	i := len(d)
	for {
		i--
		d[i] = byte('0' + v%10)
		v /= 10
		if v == 0 {
			return append(b, d[i:]...)
		}
	}
}

// hashedLen is the length of a hashed customer: "h:", 32 hex digits, ":", the
// number's last two digits.
const hashedLen = 2 + 32 + 1 + 2

const hexDigits = "0123456789abcdef"

// parseHashed packs a hashed customer into 17 bytes; ok is false for any other
// text.
func parseHashed(b []byte, s string) ([]byte, bool) {
	if len(s) != hashedLen || !strings.HasPrefix(s, "h:") || s[34] != ':' {
		return b, false
	}
	n := len(b)
	for i := 2; i < 34; i += 2 {
		hi, lo := unhex(s[i]), unhex(s[i+1])
		if hi|lo > 15 {
			return b[:n], false
		}
		b = append(b, hi<<4|lo)
	}
	tens, ones := s[35]-'0', s[36]-'0'
	if tens > 9 || ones > 9 {
		return b[:n], false
	}
	return append(b, tens*10+ones), true
}

func unhex(c byte) byte {
	switch {
	case c-'0' <= 9:
		return c - '0'
	case c-'a' <= 5:
		return c - 'a' + 10
	default:
		return 255
	}
}

// appendHashed is the inverse of parseHashed; packed has 17 bytes.
func appendHashed(b []byte, packed string) []byte {
	b = append(b, 'h', ':')
	for i := range 16 {
		b = append(b, hexDigits[packed[i]>>4], hexDigits[packed[i]&15])
	}
	n := packed[16]
	return append(b, ':', '0'+n/10%10, '0'+n%10)
}
