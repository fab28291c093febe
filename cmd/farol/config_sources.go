package main

import (
	"fmt"
	"os"
	"path/filepath"

	"farol/ingest/asterisk"
)

func (p *parser) feeds(out *config) error {
	names := map[string]bool{}
	for i := range out.sources {
		s := &out.sources[i]
		switch s.Kind {
		case "asterisk":
			if s.QueueLog == "" {
				return p.fail("source", i, "queue_log", "an asterisk source without queue_log", "give the path of queue_log, usually /var/log/asterisk/queue_log")
			}
			s.QueueLog = p.near(s.QueueLog)
			if err := p.secretFile(i, s); err != nil {
				return err
			}
		case "events":
			if s.File == "" {
				return p.fail("source", i, "file", "an events source without file", "give the path of the file of JSON lines")
			}
			s.File = p.near(s.File)
		case "sim":
		default:
			return p.fail("source", i, "kind", fmt.Sprintf("unknown kind of source %q", s.Kind), "use asterisk, events or sim")
		}
		if s.Name == "" {
			s.Name = defaultName(s.Kind)
		}
		if names[s.Name] {
			return p.fail("source", i, "name", fmt.Sprintf("two sources are called %q", s.Name), "give each source a name of its own")
		}
		names[s.Name] = true
	}
	return nil
}

// defaultName is the source's name when the file gives none. History that was
// imported and the log that is followed must be one source, or each call would
// count twice.
func defaultName(kind string) string {
	if kind == "asterisk" {
		return asterisk.DefaultSource
	}
	return kind
}

// secretFile checks that a file of secrets is there and nobody else's.
func (p *parser) secretFile(i int, s *sourceConfig) error {
	if s.Secret == "" {
		return nil
	}
	s.Secret = p.near(s.Secret)
	info, err := os.Stat(s.Secret)
	if err != nil {
		return p.fail("source", i, "secret_file", fmt.Sprintf("secret_file %s: %v", s.Secret, cause(err)), "give the path of a file that holds the secret alone")
	}
	if info.Mode().Perm()&0o077 != 0 {
		return p.fail("source", i, "secret_file", fmt.Sprintf("secret_file %s can be read by others (mode %04o)", s.Secret, info.Mode().Perm()), "run chmod 600 on it")
	}
	return nil
}

// near makes a path of the file relative to where the file lies.
func (p *parser) near(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(p.path), path)
}
