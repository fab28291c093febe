package store

import "sync"

// interner gives equal strings one copy, so that what a reader keeps of an event
// does not hold a whole block in memory. Safe for concurrent use.
type interner struct {
	mu   sync.Mutex
	seen map[string]string
}

const (
	maxInterned = 1 << 16
	maxInternee = 64 // bytes
)

func (n *interner) internAll(list []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for i, s := range list {
		if s == "" || len(s) > maxInternee {
			continue
		}
		if t, ok := n.seen[s]; ok {
			list[i] = t
			continue
		}
		if len(n.seen) >= maxInterned || n.seen == nil {
			n.seen = make(map[string]string)
		}
		s = string(append([]byte(nil), s...))
		n.seen[s] = s
		list[i] = s
	}
}
