package ingest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

func TestE164(t *testing.T) {
	for _, c := range []struct{ in, country, want string }{
		{"+5581999990001", "55", "+5581999990001"},
		{"5581999990001", "55", "+5581999990001"},
		{"81999990001", "55", "+5581999990001"},
		{"8133330001", "55", "+558133330001"},
		{"(81) 99999-0001", "55", "+5581999990001"},
		{"081999990001", "55", "+5581999990001"},
		{"01581999990001", "55", "+5581999990001"},
		{"00351211234567", "55", "+351211234567"},
		{"08001234567", "55", "08001234567"},
		{"sip:+5581999990001@10.0.0.1", "55", "+5581999990001"},
		{"1001", "55", "1001"},
		{"999990001", "55", "999990001"},
		{"211234567", "351", "+351211234567"},
		{"351211234567", "351", "+351211234567"},
		{"190", "55", "190"},
		{"", "55", ""},
		{"unknown", "55", ""},
		{"<unknown>", "55", ""},
		{"anonymous", "55", ""},
		{"asterisk", "55", ""},
		{"+", "55", ""},
	} {
		if got := E164(c.in, c.country); got != c.want {
			t.Errorf("E164(%q, %s) = %q, want %q", c.in, c.country, got, c.want)
		}
	}
}

func TestHashIsTheDocumentedFormula(t *testing.T) {
	secret := []byte("of this store")
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("+558133330001"))
	want := "h:" + hex.EncodeToString(mac.Sum(nil)[:16]) + ":01"
	if got := Hash(secret, "(81) 3333-0001"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !Hashed(want) {
		t.Errorf("Hashed(%q) = false", want)
	}
}

func TestHashOfOneCustomerIsOne(t *testing.T) {
	h := NewHasher([]byte("k"), "")
	want := h.Hash("+5581999990001")
	for _, same := range []string{"81999990001", "558199990001", "081 9 9999 0001", "+55 (81) 99999-0001"} {
		if got := h.Hash(same); got != want {
			t.Errorf("Hash(%q) = %q, want %q", same, got, want)
		}
	}
	for _, other := range []string{"+5581999990002", "+5511999990001", "+5581949990001"} {
		if h.Hash(other) == want {
			t.Errorf("Hash(%q) is another customer's", other)
		}
	}
	if h.Hash("+5511940000001") == h.Hash("1140000001") {
		t.Error("a mobile and a fixed line are one customer")
	}
	if Hash([]byte("other"), "81999990001") == want {
		t.Error("the secret does not matter")
	}
	for _, none := range []string{"", "unknown", "<unknown>", "anonymous", "asterisk"} {
		if got := h.Hash(none); got != "" {
			t.Errorf("Hash(%q) = %q, want none", none, got)
		}
	}
}

func TestHashed(t *testing.T) {
	for _, s := range []string{"", "h:", "+5581999990001", "h:00:01", "h:zz000000000000000000000000000000:01"} {
		if Hashed(s) {
			t.Errorf("Hashed(%q) = true", s)
		}
	}
}

func BenchmarkHash(b *testing.B) {
	h := NewHasher([]byte("secret"), "")
	b.ReportAllocs()
	for b.Loop() {
		h.Hash("+5581999990001")
	}
}
