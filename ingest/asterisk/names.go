package asterisk

import "encoding/binary"

const (
	nameSlots  = 2048 // a power of two
	nameProbes = 8
	nameSpill  = 100_000 // names kept beyond the table, against hostile logs
)

// names turns the few names that a log repeats (queues, agents, reasons) into
// shared strings, made once each. It belongs to one goroutine.
type names struct {
	build func(raw string) string
	slots [nameSlots]struct {
		raw, made string
		used      bool
	}
	spill map[string]string
}

func newNames(build func(raw string) string) *names {
	return &names{build: build, spill: map[string]string{}}
}

// get is the string made of raw.
func (n *names) get(raw []byte) string {
	at := hashName(raw)
	for range nameProbes {
		s := &n.slots[at&(nameSlots-1)]
		if !s.used {
			s.raw = string(raw)
			s.made, s.used = n.build(s.raw), true
			return s.made
		}
		if s.raw == string(raw) {
			return s.made
		}
		at++
	}
	if made, ok := n.spill[string(raw)]; ok {
		return made
	}
	made := n.build(string(raw))
	if len(n.spill) < nameSpill {
		n.spill[string(raw)] = made
	}
	return made
}

// hashName mixes the length and both ends of a name: enough for names of
// people, and a collision costs a comparison only.
func hashName(b []byte) uint64 {
	var x, y uint64
	switch n := len(b); {
	case n >= 8:
		x, y = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[n-8:])
	case n >= 4:
		x, y = uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[n-4:]))
	case n > 0:
		x, y = uint64(b[0])|uint64(b[n/2])<<8, uint64(b[n-1])
	}
	h := (x+uint64(len(b)))*0x9E3779B97F4A7C15 ^ y*0xC2B2AE3D27D4EB4F
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	return h >> 40
}
