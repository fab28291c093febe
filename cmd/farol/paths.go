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

	"farol/store"
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

// secret reads the key that hashes customers' numbers, making it for a store
// without events. It lies beside the store and never inside it: numbers can be
// guessed, so a hash protects only while its key is elsewhere than the data.
func (o *operation) secret() ([]byte, error) {
	key, kept, err := wantSecret(o.path)
	if err != nil || kept {
		return key, err
	}
	return key, firstSecret(o.db, o.path, key)
}

// firstSecret keeps a store's new key. A store that has events had another: with
// a new one every customer would be a stranger.
func firstSecret(db *store.DB, path string, key []byte) error {
	if db.Last() > 0 {
		return fault(exitConfig, fmt.Errorf("read key %s: it is missing and the store has events", keyPath(path)),
			"restore it from where you keep your secrets, or give --db another store")
	}
	return keepSecret(path, key)
}

// keyPath is where a store's key lies.
func keyPath(db string) string { return strings.TrimSuffix(db, filepath.Ext(db)) + ".key" }

// wantSecret reads a store's key; with kept false there is none yet, and the key
// is a new one that was written nowhere.
func wantSecret(db string) (key []byte, kept bool, err error) {
	path := keyPath(db)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		key = make([]byte, 32)
		if _, err := rand.Read(key); err != nil {
			return nil, false, fmt.Errorf("make key %s: %w", path, err)
		}
		return key, false, nil
	}
	if err != nil {
		return nil, false, fault(exitConfig, fmt.Errorf("read key %s: %w", path, cause(err)), "check who owns it")
	}
	if err := private("key", path, info); err != nil {
		return nil, false, err
	}
	key, err = readKey(path)
	return key, true, err
}

// private refuses a file of secrets that others may read.
func private(what, path string, info fs.FileInfo) error {
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return fault(exitConfig, fmt.Errorf("read %s %s: it can be read by others (mode %04o)", what, path, info.Mode().Perm()), "run chmod 600 on it")
}

// keepSecret writes a new key. It never writes over one.
func keepSecret(db string, key []byte) error {
	path := keyPath(db)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fault(exitCantCreate, fmt.Errorf("create directory %s: %w", filepath.Dir(path), cause(err)), "give --db a path you may write")
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fault(exitHeld, fmt.Errorf("create key %s: another process made one at this moment", path), "run the same command again")
	}
	if err != nil {
		return fault(exitCantCreate, fmt.Errorf("create key %s: %w", path, cause(err)), "give --db a path you may write")
	}
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		// Half a key would be refused for ever.
		return errors.Join(fault(exitCantCreate, fmt.Errorf("write key %s: %w", path, cause(err)), "free some space"), os.Remove(path))
	}
	return nil
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
