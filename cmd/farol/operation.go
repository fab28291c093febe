package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"farol/floor"
	"farol/ingest"
	"farol/metrics"
	"farol/store"
)

// operation is a call centre with its store open: what every command looks at.
type operation struct {
	conf    *config
	path    string
	db      *store.DB
	metrics metrics.Config
	sources []ingest.Source
	clock   func() time.Time
	end     time.Time // of what is stored, when it is looked back at
	paused  bool      // the clock stands: nothing live feeds this store
	scratch string    // a directory to remove at the end; the simulation's

	still    bool   // nothing is fed: one look at what is stored
	readOnly bool   // the store is open for reading
	unfolded bool   // only what had happened by the clock is seen
	notice   string // said until a key is pressed
	trouble  trouble
}

// close closes the store and removes what was only for this run. What of the
// store could not be read, and so is in no figure, is said on standard error.
func (o *operation) close() error {
	var err error
	if o.db != nil {
		if n := o.lost(); n > 0 {
			complain(os.Stderr, fmt.Errorf("read store %s: %d events are damaged and left out; see farol verify", o.path, n))
		}
		err = o.db.Close()
	}
	if o.scratch != "" {
		err = errors.Join(err, os.RemoveAll(o.scratch))
	}
	return err
}

// lost counts the events that were to be read and could not be.
func (o *operation) lost() (n int) {
	for _, d := range o.db.Damages() {
		n += d.Events()
	}
	return n
}

// log is the store as the engine follows it.
func (o *operation) log() metrics.Log {
	if o.unfolded {
		return &unfolding{db: o.db, clock: o.clock}
	}
	return o.db
}

// zone is the site's zone.
func (o *operation) zone() *time.Location { return o.metrics.Site.Location() }

// storePath is the store's file by flag or by default.
func (g *globals) storePath() (string, error) {
	if g.db != "" {
		return g.db, nil
	}
	dir, err := stateDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "farol.db"), nil
}

// configPath is the configuration's file by flag or, when it exists, by default.
func (g *globals) configPath() string {
	if g.config != "" {
		return g.config
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	path := filepath.Join(dir, "farol", "farol.toml")
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// configured reads the configuration, or gives the defaults when there is none.
func (g *globals) configured() (*config, error) {
	if path := g.configPath(); path != "" {
		return loadConfig(path)
	}
	return &config{site: floor.Site{Name: "farol", Zone: time.Local}, country: "55"}, nil
}

// stored reports whether the store's file exists.
func stored(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// unopened is the configured operation; its store is opened, for writing, only
// when there is one.
func (g *globals) unopened() (*operation, error) {
	conf, err := g.configured()
	if err != nil {
		return nil, err
	}
	path, err := g.storePath()
	if err != nil {
		return nil, err
	}
	o := &operation{conf: conf, path: path, clock: time.Now, metrics: metrics.Config{Site: conf.site, Metas: conf.metas}}
	if stored(path) {
		o.db, err = openStore(path, false)
	}
	return o, err
}

// open opens the configured operation's store, which must exist for reading and
// is made for writing.
func (g *globals) open(write bool) (*operation, error) {
	conf, err := g.configured()
	if err != nil {
		return nil, err
	}
	path, err := g.storePath()
	if err != nil {
		return nil, err
	}
	if !write && !stored(path) {
		return nil, missing("open", path)
	}
	db, err := openStore(path, !write)
	if err != nil {
		return nil, err
	}
	o := &operation{conf: conf, path: path, db: db, clock: time.Now, readOnly: !write}
	o.metrics = metrics.Config{Site: conf.site, Metas: conf.metas}
	return o, nil
}

// missing is a store that is not there.
func missing(what, path string) error {
	return fault(exitFailed, fmt.Errorf("%s store %s: it does not exist", what, path), "run farol import first, or give --db")
}

// openStore opens a store and turns its errors into what a person can act on.
func openStore(path string, readOnly bool) (*store.DB, error) {
	db, err := store.Open(path, store.Options{ReadOnly: readOnly, Holder: strings.Join(append([]string{"farol"}, os.Args[1:]...), " ")})
	if err != nil {
		return nil, openFault(path, err)
	}
	return db, nil
}

// openFault says what a person can do about a store that does not open.
func openFault(path string, err error) error {
	switch {
	case errors.Is(err, store.ErrHeld):
		return fault(exitHeld, err, "end that process, or give --db another store")
	case errors.Is(err, store.ErrNewer):
		return fault(exitConfig, err, "upgrade this farol, or restore a backup made by this version")
	case errors.Is(err, store.ErrNotStore):
		return fault(exitCantCreate, err, "give --db another path")
	case errors.Is(err, store.ErrIO) && !errors.Is(err, syscall.EROFS):
		return fault(exitIO, err, "check the disk")
	case errors.Is(err, store.ErrDamaged):
		return fault(exitFailed, err, "run farol verify to see what can be read")
	default:
		return fault(exitCantCreate, fmt.Errorf("open store %s: %w", path, cause(err)), "check the path, its owner and the space on the disk")
	}
}
