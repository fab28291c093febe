package ingest

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"strings"
)

// DefaultCountry is the country calling code of numbers that carry none.
const DefaultCountry = "55"

// maxNumber bounds what is read of a caller's number, in bytes.
const maxNumber = 64

// E164 is a caller's number in international form, digits after a plus:
// "(81) 99999-0001", "0 15 81 99999-0001" and "+5581999990001" are one number
// where country is 55. Numbers too short to have an area code (an extension, a
// service number) stay as their digits with no plus. It is empty for what is
// no number: "", "unknown", "<unknown>", "anonymous", "asterisk", text without
// digits. The rules of trunk and carrier prefixes are Brazil's when country is
// 55; elsewhere a leading 0 is dropped.
func E164(number, country string) string {
	var buf [maxNumber]byte
	return string(appendE164(buf[:0], number, country))
}

// appendE164 is E164 without allocation: dst needs room for maxNumber+4 bytes.
func appendE164(dst []byte, number, country string) []byte {
	if len(number) > maxNumber {
		number = number[:maxNumber]
	}
	international := false
	var digits [maxNumber]byte
	n := 0
	for i := 0; i < len(number); i++ {
		switch c := number[i]; {
		case c >= '0' && c <= '9':
			digits[n] = c
			n++
		case c == '+' && n == 0:
			international = true
		case c == '@' || c == ';': // a SIP address's host or parameters
			i = len(number)
		}
	}
	d := digits[:n]
	switch {
	case n == 0:
		return dst
	case international:
	case n > 9 && d[0] == '0' && d[1] == '0':
		d, international = d[2:], true
	case country == "55":
		d, international = brazil(d)
		if international {
			dst = append(dst, '+')
			dst = append(dst, country...)
			return append(dst, d...)
		}
		international = n >= 12
	default:
		if n >= 9 && d[0] == '0' {
			d = d[1:]
		}
		switch {
		case len(d) >= 11 && strings.HasPrefix(string(d), country):
			international = true
		case len(d) >= 8:
			dst = append(dst, '+')
			dst = append(dst, country...)
			return append(dst, d...)
		}
	}
	if international {
		dst = append(dst, '+')
	}
	return append(dst, d...)
}

// brazil strips trunk and carrier prefixes from a number dialled in Brazil;
// national says that what is left is area code and number, without the 55.
func brazil(d []byte) (rest []byte, national bool) {
	switch n := len(d); {
	case d[0] == '0' && (n == 11 || n == 12) && string(d[1:4]) != "800": // 0 AA NNNNNNNN[N]
		return d[1:], true
	case d[0] == '0' && (n == 13 || n == 14): // 0 CC AA NNNNNNNN[N]
		return d[3:], true
	case n == 10 || n == 11:
		return d, d[0] != '0'
	default:
		return d, false
	}
}

// Hasher replaces customers' numbers by keyed hashes. It is not safe for use by
// several goroutines: give each its own.
type Hasher struct {
	mac     hash.Hash
	country string
	in      [maxNumber + 8]byte
	sum     [sha256.Size]byte
	out     [2 + 32 + 1 + 2]byte
}

// NewHasher makes a hasher with the store's secret and the country calling
// code, without plus, of numbers that carry none; empty is DefaultCountry.
func NewHasher(secret []byte, country string) *Hasher {
	if country == "" {
		country = DefaultCountry
	}
	return &Hasher{mac: hmac.New(sha256.New, secret), country: country}
}

// Hash is "h:", 16 bytes of HMAC-SHA256(secret, E.164 number) in hexadecimal, a
// colon and the number's last two digits; empty for what is no number. A
// Brazilian mobile number is hashed without the ninth digit that was put before
// it after 2012: older WhatsApp accounts do not have it, and a customer is one.
func (h *Hasher) Hash(number string) string {
	e := appendE164(h.in[:0], number, h.country)
	if len(e) == 0 {
		return ""
	}
	// +55 AA 9 [6-9]NNNNNNN; after the nine, 2 to 5 may be a number of its own.
	if len(e) == 14 && e[1] == '5' && e[2] == '5' && e[5] == '9' && e[6] >= '6' {
		e = append(e[:5], e[6:]...)
	}
	h.mac.Reset()
	h.mac.Write(e)
	sum := h.mac.Sum(h.sum[:0])
	out := append(h.out[:0], "h:"...)
	for _, b := range sum[:16] {
		out = append(out, hexDigits[b>>4], hexDigits[b&15])
	}
	out = append(out, ':')
	out = append(out, e[max(len(e)-2, 0):]...)
	return string(out)
}

const hexDigits = "0123456789abcdef"

// Hash is [Hasher.Hash] for a single number of the default country.
func Hash(secret []byte, number string) string {
	return NewHasher(secret, "").Hash(number)
}

// Hashed reports whether s has the form of a hashed customer.
func Hashed(s string) bool {
	if len(s) < 36 || len(s) > 37 || s[:2] != "h:" || s[34] != ':' {
		return false
	}
	for i := 2; i < len(s); i++ {
		c := s[i]
		switch {
		case i == 34, c >= '0' && c <= '9':
		case c >= 'a' && c <= 'f' && i < 34:
		default:
			return false
		}
	}
	return true
}
