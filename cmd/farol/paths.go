package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
)

// version is the module's version and revision as the build recorded them.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" {
		v = "devel"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && !strings.Contains(v, s.Value[:12]) {
			v += " " + s.Value[:12]
		}
	}
	return v
}

// stateDir is where farol keeps what it must not lose.
func stateDir() (string, error) {
	if d := os.Getenv("XDG_STATE_HOME"); d != "" {
		return filepath.Join(d, "farol"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fault(exitCantCreate, fmt.Errorf("find the state directory: %w", err), "set XDG_STATE_HOME or give --db")
	}
	return filepath.Join(home, ".local", "state", "farol"), nil
}

// secret reads the key that hashes customers' numbers, making it when it does
// not exist. It lies beside the store and never inside it: numbers can be
// guessed, so a hash protects only while its key is elsewhere than the data.
func secret(db string) ([]byte, error) {
	path := strings.TrimSuffix(db, filepath.Ext(db)) + ".key"
	info, err := os.Stat(path)
	if err == nil {
		if info.Mode().Perm()&0o077 != 0 {
			return nil, fault(exitConfig, fmt.Errorf("read key %s: it can be read by others (mode %04o)", path, info.Mode().Perm()), "run chmod 600 on it")
		}
		return readKey(path)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fault(exitConfig, fmt.Errorf("read key %s: %w", path, cause(err)), "check who owns it")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fault(exitCantCreate, fmt.Errorf("create directory %s: %w", filepath.Dir(path), cause(err)), "give --db a path you may write")
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("make key %s: %w", path, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return readKey(path) // another process was first
	}
	if err != nil {
		return nil, fault(exitCantCreate, fmt.Errorf("create key %s: %w", path, cause(err)), "give --db a path you may write")
	}
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, fault(exitCantCreate, fmt.Errorf("write key %s: %w", path, cause(err)), "free some space")
	}
	return key, nil
}

func readKey(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fault(exitConfig, fmt.Errorf("read key %s: %w", path, cause(err)), "check who owns it")
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) < 16 {
		return nil, fault(exitConfig, fmt.Errorf("read key %s: it is not a key", path), "restore it from where you keep it; a new one would not recognise past customers")
	}
	return key, nil
}

// cause strips the path that the standard library repeats.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
