package main

import (
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
	return g.demonstration(demoFlags{speed: 1, seed: demoSeed})
}

// demonstration is the simulated operation, which says how to see one's own.
func (g *globals) demonstration(d demoFlags) (*operation, error) {
	o, err := simulated(d, time.Now)
	if err != nil {
		return nil, err
	}
	w, err := g.words(o)
	if err != nil {
		return nil, errors.Join(err, o.close())
	}
	o.notice = w.say("console.demo")
	return o, nil
}

// past opens what is stored, standing at an instant: just after the newest event,
// or when at says.
func (g *globals) past(at string) (*operation, error) {
	o, err := g.open(false)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(o.standAt(at), o.fallBackToMarketMetas()); err != nil {
		return nil, errors.Join(err, o.close())
	}
	return o, nil
}

// standAt stops the operation's clock at an instant as people write it; empty is
// just after the newest event. Of what is stored, only what had happened by then
// is seen.
func (o *operation) standAt(at string) error {
	newest, err := o.newest()
	if err != nil {
		return err
	}
	o.end = newest.Truncate(time.Second).Add(time.Second)
	then := o.end
	if at != "" {
		if then, err = instant(at, o.zone(), newest); err != nil {
			return err
		}
	}
	o.paused, o.unfolded = true, then.Before(newest)
	o.clock = func() time.Time { return then }
	return nil
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
		Args:  noArgs,
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
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := g.demonstration(*demo)
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
		Use:   "replay --at T",
		Short: "The console over any past moment, and the day from there on",
		Long: "replay shows the floor as it was at a moment, and lets the clock run from there: nothing that\n" +
			"happened later is known. With --speed 0 the clock stands.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if at == "" {
				return misused(cmd, "replay: from which moment?")
			}
			if err := checkSpeed(speed, 0); err != nil {
				return err
			}
			o, err := g.past(at)
			if err != nil {
				return err
			}
			if speed > 0 {
				o.roll(speed, time.Now)
			}
			return g.show(cmd, o, look)
		},
	}
	cmd.Flags().StringVar(&at, "at", "", `the moment to begin at, as in "2026-11-22 14:00"; "14:00" is of the last day stored`)
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

// roll lets a past operation's clock run from where it stands to the end of what
// is stored, where it stops: nothing is known beyond.
func (o *operation) roll(speed float64, now func() time.Time) {
	clock, end := running(o.clock(), speed, now), o.end
	o.unfolded = true
	o.clock = func() time.Time {
		if t := clock(); t.Before(end) {
			return t
		}
		return end
	}
}

// running is a clock that reads from at the beginning and runs speed times as fast as now.
func running(from time.Time, speed float64, now func() time.Time) func() time.Time {
	began := now()
	return func() time.Time {
		return from.Add(time.Duration(float64(now().Sub(began)) * speed))
	}
}

// show runs the console on this terminal until the person leaves; where there is
// no terminal that can be drawn on, the plain door.
func (g *globals) show(cmd *cobra.Command, o *operation, look *lookFlags) error {
	return errors.Join(g.atDoor(cmd, o, look), o.close())
}

func (g *globals) atDoor(cmd *cobra.Command, o *operation, look *lookFlags) error {
	if !isTerminal(os.Stdout) || !isTerminal(os.Stdin) || tui.Dumb(os.Environ()) {
		return g.plain(cmd, o, look.profile)
	}
	profile, err := profileOf(look.profile)
	if err != nil {
		return err
	}
	run := tui.RunOptions{ASCII: look.ascii}
	if look.colour != "" {
		depth, err := depthOf(look.colour)
		if err != nil {
			return err
		}
		run.Depth = &depth
	}
	if o.trouble.say, err = g.words(o); err != nil {
		return err
	}
	if !isTerminal(os.Stderr) { // on the screen's own terminal a line would tear it
		o.trouble.tell = cmd.ErrOrStderr()
	}
	l := o.start(cmd.Context())
	app, err := tui.New(l.ctx, tui.Options{
		Source: l.engine.Latest(), Contacts: l.engine.Contacts, Record: l.recorder(), Profile: profile,
		Language: g.languageOf(o.metrics.Site.Language), Author: os.Getenv("USER"), Screen: look.screen,
		ASCII: look.ascii, Blocks: look.blocks, Kiosk: look.kiosk, Theme: look.theme, Clock: o.clock,
		Site: &o.metrics.Site, Notice: o.notice, Trouble: o.troubled,
	})
	if err != nil {
		return errors.Join(fault(exitUsage, err, "see farol --help"), l.stop())
	}
	err = tui.Run(l.ctx, app, os.Stdin, os.Stdout, run)
	return ended(l.stop(), err)
}
