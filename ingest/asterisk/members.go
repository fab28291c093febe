package asterisk

import "sync"

// Members knows which name a member's interface goes by. The queue_log alone
// never tells both; the manager interface and a site's configuration do, and
// teach it. It is safe for use by many goroutines; the nil Members knows
// nothing.
type Members struct {
	mu    sync.RWMutex
	names map[string]string
	grown uint64
}

// Learn notes that the member with this interface ("PJSIP/2001",
// "Local/3001@from-queue/n") is called name.
func (m *Members) Learn(iface, name string) {
	if iface == "" || name == "" || iface == name {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.names == nil {
		m.names = map[string]string{}
	}
	if m.names[iface] != name {
		m.names[iface] = name
		m.grown++
	}
}

// Name is the name of an interface, or the interface as given when nobody told.
func (m *Members) Name(iface string) string {
	if m == nil {
		return iface
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if name, ok := m.names[iface]; ok {
		return name
	}
	return iface
}

// version rises when Learn changes something.
func (m *Members) version() uint64 {
	if m == nil {
		return 0
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.grown
}
