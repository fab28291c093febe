package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"farol/floor"
	"farol/metrics"
)

// measureStart is goal 4 and the last of 11: from exec to a screen, with the
// whole log stored.
func (b *bench) measureStart(ctx context.Context) error {
	if b.store == "" { // screen alone: the import's measurement has not filled one
		if _, err := b.importOnce(ctx); err != nil {
			return err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	b.say("start, %d runs", b.runs)
	var first, full, cold timings
	for range b.runs {
		anything, complete, err := b.startOnce(ctx, self)
		if err != nil {
			b.results.absent(4, "exec to the first frame", err.Error())
			return nil
		}
		first, full = append(first, anything), append(full, complete)
		if dropCaches() != nil {
			continue
		}
		if _, complete, err = b.startOnce(ctx, self); err == nil {
			cold = append(cold, complete)
		}
	}
	stored := fmt.Sprintf("%.1f M events stored", float64(b.lines)/1e6)
	b.results.atMost(4, "exec to the first true frame, warm", brief(full.least()), stored, float64(full.least())/1e6, " ms", 100)
	if len(cold) > 0 {
		b.results.atMost(4, "exec to the first true frame, cold", brief(cold.least()), stored, float64(cold.least())/1e6, " ms", 250)
	} else {
		b.results.absent(4, "exec to the first true frame, cold", "the page cache can only be dropped by root")
	}
	replay, err := b.replayOnce(ctx)
	if err != nil {
		return err
	}
	b.results.atMost(4, "of a full replay", brief(full.least()), "replay "+brief(replay), over(full.least(), replay), "x", .125)
	b.results.atMost(11, "exec to the first frame", brief(first.least()), "", float64(first.least())/1e6, " ms", 60)
	return nil
}

// startOnce opens the store at a terminal: when it drew something, and when
// what it drew had a queue's figures in it.
func (b *bench) startOnce(ctx context.Context, self string) (anything, complete time.Duration, err error) {
	s, err := sit(ctx, []string{b.noConfig()}, self, "--db", b.store, "--language", "pt-BR")
	if err != nil {
		return 0, 0, err
	}
	defer s.end()
	if anything, err = s.shows(10*time.Second, "FAROL"); err != nil {
		return 0, 0, err
	}
	complete, err = s.shows(60*time.Second, b.truth.Queues[0].Queue)
	return anything, complete, err
}

// replayOnce folds the whole store, as the console would without its checkpoint.
func (b *bench) replayOnce(ctx context.Context) (time.Duration, error) {
	db, err := openStore(b.store, true)
	if err != nil {
		return 0, err
	}
	metas, err := marketMetas()
	if err != nil {
		return 0, errors.Join(err, db.Close())
	}
	cfg := metrics.Config{Site: floor.Site{Name: "farol", Zone: time.Local}, Metas: metas}
	began := time.Now()
	err = fold(ctx, cfg, forgetful{db}, b.truth.Last)
	took := time.Since(began)
	return took, errors.Join(err, db.Close())
}

// dropCaches empties the page cache, which only root may.
func dropCaches() error { return os.WriteFile("/proc/sys/vm/drop_caches", []byte("1\n"), 0) }
