package store

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// holder is the note beside an open store that says who has it. It is only for
// people: the lock on the file decides, and a note left by a process that died
// is overwritten by the next.
type holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`

	path string
}

func holderPath(store string) string { return store + ".holder" }

// writeHolder leaves the note; that it cannot be written is no reason not to
// work.
func writeHolder(store, command string) *holder {
	if command == "" {
		command = filepath.Base(os.Args[0])
	}
	h := &holder{PID: os.Getpid(), Command: command, Since: time.Now().Truncate(time.Second), path: holderPath(store)}
	note, err := json.Marshal(h)
	if err != nil {
		return h
	}
	tmp := fmt.Sprintf("%s.%d", h.path, h.PID)
	if err := os.WriteFile(tmp, note, fileMode); err != nil {
		return h
	}
	if err := os.Rename(tmp, h.path); err != nil {
		_ = os.Remove(tmp)
	}
	return h
}

// remove takes the note away, if it still is this process's.
func (h *holder) remove() {
	if h == nil {
		return
	}
	if now, ok := readHolder(h.path); ok && now.PID == h.PID {
		_ = os.Remove(h.path)
	}
}

func readHolder(path string) (h holder, ok bool) {
	note, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(note, &h) != nil || h.PID <= 0 {
		return holder{}, false
	}
	return h, true
}

// whoHolds describes the process that has the store open.
func whoHolds(store string) string {
	pid := lockOwner(store) // 0 where the system does not tell
	h, ok := readHolder(holderPath(store))
	switch {
	case ok && (pid == 0 || pid == h.PID):
		return fmt.Sprintf("pid %d (%s) since %s", h.PID, h.Command, h.Since.Format("2006-01-02 15:04:05"))
	case pid != 0:
		return fmt.Sprintf("pid %d", pid)
	default:
		return "an unknown process"
	}
}
