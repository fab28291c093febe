package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"farol/tui"
)

// lookFlags say how the console looks.
type lookFlags struct {
	ascii, blocks, kiosk   bool
	colour, theme, profile string
	screen                 string
}

func (l *lookFlags) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&l.ascii, "ascii", false, "draw with ASCII only")
	f.BoolVar(&l.blocks, "blocks", false, "no braille: charts in blocks")
	f.BoolVar(&l.kiosk, "kiosk", false, "an unattended wall: rotation, no way out without L")
	f.StringVar(&l.colour, "colour", "", "none, 16, 256 or true (default: what the terminal has)")
	f.StringVar(&l.theme, "theme", "", "dark, light, contrast or none")
	f.StringVar(&l.profile, "profile", "lead", "lead, or wall (public: no names, no ranking)")
	f.StringVar(&l.screen, "screen", "wall", "wall, queues, agents, metas or events")
}

// profileOf reads the --profile flag.
func profileOf(name string) (tui.Profile, error) {
	switch name {
	case "lead":
		return tui.Lead, nil
	case "wall":
		return tui.Wall, nil
	}
	return 0, fault(exitUsage, fmt.Errorf("unknown profile %q", name), "use lead or wall")
}

// console is farol with no command: the configured operation, else what was
// imported, else the simulated one.
func (g *globals) console(cmd *cobra.Command, look *lookFlags) error {
	o, err := g.choose()
	if err != nil {
		return err
	}
	return g.show(cmd, o, look)
}

// choose opens the operation that a command without further words means.
func (g *globals) choose() (*operation, error) {
	if g.configPath() != "" {
		return g.watched()
	}
	path, err := g.storePath()
	if err != nil {
		return nil, err
	}
	if stored(path) {
		return g.past("")
	}
	if g.db != "" {
		return nil, fault(exitFailed, fmt.Errorf("open store %s: it does not exist", path), "run farol import first, or leave --db out to see the demonstration")
	}
	return simulated(demoFlags{speed: 1, seed: demoSeed}, time.Now)
}

// past opens what is stored, standing at an instant: the newest event, or when
// at says.
func (g *globals) past(at string) (*operation, error) {
	o, err := g.open(false)
	if err != nil {
		return nil, err
	}
	last, err := o.lastInstant()
	if err != nil {
		return nil, errors.Join(err, o.close())
	}
	then := last.Truncate(time.Second).Add(time.Second)
	if at != "" {
		if then, err = instant(at, o.zone(), last); err != nil {
			return nil, errors.Join(err, o.close())
		}
	}
	if err := o.fallBackToMarketMetas(); err != nil {
		return nil, errors.Join(err, o.close())
	}
	o.paused = true
	o.clock = func() time.Time { return then }
	return o, nil
}

// watched opens the configured operation with its sources.
func (g *globals) watched() (*operation, error) {
	o, err := g.open(true)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(o.fallBackToMarketMetas(), o.feed()); err != nil {
		return nil, errors.Join(err, o.close())
	}
	return o, nil
}

// fallBackToMarketMetas gives a site without metas the market's.
func (o *operation) fallBackToMarketMetas() error {
	if len(o.metrics.Metas) > 0 {
		return nil
	}
	metas, err := marketMetas()
	if err != nil {
		return err
	}
	o.metrics.Metas = metas
	return nil
}

func newWatchCommand(g *globals) *cobra.Command {
	look := &lookFlags{}
	cmd := &cobra.Command{
		Use:   "watch",
		Short: "The console over the configured operation, with its sync worker",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if g.configPath() == "" {
				return fault(exitConfig, errors.New("watch: there is no configuration"), "write a farol.toml (docs/config.md) and give it with -c")
			}
			o, err := g.watched()
			if err != nil {
				return err
			}
			return g.show(cmd, o, look)
		},
	}
	look.register(cmd)
	return cmd
}

// demoFlags are the demonstration's.
type demoFlags struct {
	speed float64
	seed  uint64
	at    string
}

const demoSeed = 1

func newDemoCommand(g *globals) *cobra.Command {
	look, demo := &lookFlags{}, &demoFlags{}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "A simulated operation, with all panels alive",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := simulated(*demo, time.Now)
			if err != nil {
				return err
			}
			return g.show(cmd, o, look)
		},
	}
	demo.register(cmd)
	look.register(cmd)
	return cmd
}

func (d *demoFlags) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.Float64Var(&d.speed, "speed", 1, "how many times faster than time it runs, up to 3600")
	f.Uint64Var(&d.seed, "seed", demoSeed, "which operation: the same seed gives the same day")
	f.StringVar(&d.at, "at", "", "the time of day it begins at (default: now, or 14:30 when the operation is closed)")
}

func newReplayCommand(g *globals) *cobra.Command {
	look := &lookFlags{}
	var at string
	var speed float64
	cmd := &cobra.Command{
		Use:   "replay",
		Short: "The console over any past moment",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkSpeed(speed, 0); err != nil {
				return err
			}
			o, err := g.past(at)
			if err != nil {
				return err
			}
			if speed > 0 {
				o.roll(speed)
			}
			return g.show(cmd, o, look)
		},
	}
	cmd.Flags().StringVar(&at, "at", "", "the moment to begin at (default: the newest event)")
	cmd.Flags().Float64Var(&speed, "speed", 1, "how many times faster than time, up to 3600; 0 stands still")
	look.register(cmd)
	return cmd
}

// checkSpeed refuses speeds that cannot be run.
func checkSpeed(speed, least float64) error {
	if speed < least || speed > 3600 || speed != speed {
		return fault(exitUsage, fmt.Errorf("speed %v", speed), fmt.Sprintf("use %v to 3600", least))
	}
	return nil
}

// roll lets a past operation's clock run from where it stands.
func (o *operation) roll(speed float64) {
	o.paused = false
	o.clock = running(o.clock(), speed, time.Now)
	o.replayed = true
}

// running is a clock that reads from at the beginning and runs speed times as fast as now.
func running(from time.Time, speed float64, now func() time.Time) func() time.Time {
	began := now()
	return func() time.Time {
		return from.Add(time.Duration(float64(now().Sub(began)) * speed))
	}
}

// show runs the console on this terminal until the person leaves.
func (g *globals) show(cmd *cobra.Command, o *operation, look *lookFlags) (err error) {
	defer func() { err = errors.Join(err, o.close()) }()
	if !isTerminal(os.Stdout) || !isTerminal(os.Stdin) || os.Getenv("TERM") == "dumb" {
		return g.plain(cmd, o, look.profile)
	}
	profile, err := profileOf(look.profile)
	if err != nil {
		return err
	}
	l := o.start(cmd.Context())
	defer func() { err = errors.Join(err, l.stop()) }()
	ctx, cancel := context.WithCancel(cmd.Context())
	defer cancel()
	app, err := tui.New(ctx, tui.Options{
		Source: l.engine.Latest(), Contacts: l.engine.Contacts, Record: l.record, Profile: profile,
		Language: g.language(&o.metrics.Site), Author: os.Getenv("USER"), Screen: look.screen,
		ASCII: look.ascii, Blocks: look.blocks, Kiosk: look.kiosk, Theme: look.theme, Clock: o.clock,
	})
	if err != nil {
		return fault(exitUsage, err, "see farol --help")
	}
	run := tui.RunOptions{ASCII: look.ascii}
	if look.colour != "" {
		depth, err := depthOf(look.colour)
		if err != nil {
			return err
		}
		run.Depth = &depth
	}
	return tui.Run(ctx, app, os.Stdin, os.Stdout, run)
}
