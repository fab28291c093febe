package metrics

// names numbers the names of one kind of thing in the order they were met.
// Number 0 is the empty name. Not safe for concurrent use.
type names struct {
	ids  map[string]uint32
	list []string
	near [256]uint32 // numbers lately asked for, by a few letters of the name
}

func newNames() *names {
	return &names{ids: map[string]uint32{"": 0}, list: []string{""}}
}

// id is the number of name, a new one when it was never met.
func (n *names) id(name string) uint32 {
	near := &n.near[letters(name)]
	if n.list[*near] == name {
		return *near
	}
	id, ok := n.ids[name]
	if !ok {
		id = uint32(len(n.list))
		n.ids[name] = id
		n.list = append(n.list, name)
	}
	*near = id
	return id
}

// letters mixes a few letters of a name: enough to tell most names of one
// operation apart, and much cheaper than a hash of all.
func letters(name string) uint8 {
	n := len(name)
	if n == 0 {
		return 0
	}
	return uint8(n) ^ name[0]*5 ^ name[n/2]*11 ^ name[n-1]*17 ^ name[max(0, n-2)]*29
}

// find is the number of name; ok is false when it was never met.
func (n *names) find(name string) (id uint32, ok bool) {
	id, ok = n.ids[name]
	return id, ok
}

func (n *names) name(id uint32) string { return n.list[id] }

// hash64 mixes a string eight bytes at a time. It is the same on every machine
// and in every run: state that holds it can be saved. Names that collide are
// told apart by comparing them.
func hash64(s string, seed uint64) uint64 {
	const mul = 0x9E3779B97F4A7C15
	h := seed ^ uint64(len(s))*mul
	for len(s) >= 8 {
		w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		h = (h ^ w) * mul
		h ^= h >> 29
		s = s[8:]
	}
	var w uint64
	for i := range len(s) {
		w |= uint64(s[i]) << (8 * i)
	}
	h = (h ^ w) * mul
	h ^= h >> 32
	return h * mul
}
