package metrics

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"time"
)

// A checkpoint is everything that the state was folded from and cannot be
// counted anew: stays, desks, finished days and the judge. Windows are counted
// from the stays when it is loaded, so they cannot disagree with them.
//
// It begins with a version and with a hash of the configuration, and ends with
// a hash of itself. One that does not fit is not used, and the log is read
// instead: a wrong state is worse than none.

// checkpointVersion changes with the layout, and with the rules of counting.
const checkpointVersion = 1

// Reasons for which a checkpoint is not used.
var (
	errOtherVersion = errors.New("of another version")
	errOtherConfig  = errors.New("of another configuration")
	errDamaged      = errors.New("damaged")
)

// configHash tells configurations apart.
func configHash(cfg *Config) [sha256.Size]byte {
	site := cfg.Site
	site.Zone = nil
	text := fmt.Sprintf("%+v\n%s\n%+v", site, cfg.Site.Location(), cfg.Metas)
	return sha256.Sum256([]byte(text))
}

// save writes a checkpoint.
func (e *Engine) save() error {
	if e.fold == nil || e.opts.CheckpointEvery < 0 || e.read == e.savedRead {
		return nil
	}
	data := e.fold.encode()
	if err := e.log.SaveCheckpoint(checkpointName, e.read, data); err != nil {
		return fmt.Errorf("save checkpoint at %d: %w", e.read, err)
	}
	e.savedRead = e.read
	return nil
}

// restore takes the state from the checkpoint, if it is one for this
// configuration and this log. Anything wrong with it only makes the start slower.
func (e *Engine) restore(now time.Time) {
	seq, data, err := e.log.Checkpoint(checkpointName)
	if err != nil || len(data) == 0 || seq > e.log.Last() {
		return
	}
	e.begin(now, now)
	f, err := decodeFold(&e.cfg, e.judge, data, now)
	if err != nil || f.now > now.Add(ahead).UnixMilli() {
		e.fold, e.judge = nil, nil
		return
	}
	e.fold, e.read = f, seq
}

// encode is the state as bytes.
func (f *fold) encode() []byte {
	f.settle()
	c := &codec{}
	version := uint64(checkpointVersion)
	c.uint(&version)
	hash := configHash(f.cfg)
	c.buf = append(c.buf, hash[:]...)
	f.code(c)
	judge := string(f.judge.save())
	c.text(&judge)
	sum := sha256.Sum256(c.buf)
	return append(c.buf, sum[:]...)
}

// decodeFold is the state that encode wrote.
func decodeFold(cfg *Config, j judging, data []byte, now time.Time) (*fold, error) {
	c := &codec{buf: data, reading: true}
	var version uint64
	if c.uint(&version); version != checkpointVersion {
		return nil, fmt.Errorf("read checkpoint: version %d: %w", version, errOtherVersion)
	}
	if len(c.buf) < 2*sha256.Size {
		return nil, fmt.Errorf("read checkpoint of %d bytes: %w", len(data), errDamaged)
	}
	end := len(data) - sha256.Size
	if sum := sha256.Sum256(data[:end]); string(sum[:]) != string(data[end:]) {
		return nil, fmt.Errorf("read checkpoint: %w", errDamaged)
	}
	if hash := configHash(cfg); string(hash[:]) != string(c.buf[:sha256.Size]) {
		return nil, fmt.Errorf("read checkpoint: %w", errOtherConfig)
	}
	c.buf = c.buf[sha256.Size : len(c.buf)-sha256.Size]
	f := newFold(cfg, j, now, cfg.Site.DayStart(now))
	f.code(c)
	var judge string
	c.text(&judge)
	if c.err != nil {
		return nil, fmt.Errorf("read checkpoint: %w", c.err)
	}
	if err := j.load([]byte(judge)); err != nil {
		return nil, fmt.Errorf("read checkpoint: %w", err)
	}
	f.revive(now)
	return f, nil
}

// revive counts what the checkpoint does not hold.
func (f *fold) revive(now time.Time) {
	f.liveFrom = f.cfg.Site.DayStart(now).UnixMilli()
	// A day that is over is judged to its end when it was yesterday; older ones
	// are only counted.
	f.live = f.live && f.day >= f.liveFrom-36*3600*secondMS
	f.led.reindex()
	for i := 1; i < len(f.led.stays); i++ {
		s := &f.led.stays[i]
		s.m = f.led.markOf(int32(i), f.queues[s.queue].lim)
	}
	f.led.dirty = f.led.dirty[:0]
	f.recount()
	for _, a := range f.agents[1:] {
		a.revive(&f.rules)
	}
	f.stirred++
}

// code goes through the whole state.
func (f *fold) code(c *codec) {
	f.codeNames(c)
	list(c, &f.led.tells, func(c *codec, t *tells) {
		c.bool(&t.wait)
		c.bool(&t.leave)
		c.bool(&t.talk)
	})
	list(c, &f.led.stays, codeStay)
	for _, v := range [...]*int64{&f.now, &f.sec, &f.day, &f.night, &f.shift, &f.shiftEnd, &f.grids, &f.base} {
		number(c, v)
	}
	c.bool(&f.live)
	number(c, &f.strays)
	number(c, &f.seq)
	number(c, &f.events)
	number(c, &f.skipped)
	list(c, &f.plans, codePlan)
	list(c, &f.sources, func(c *codec, s *sourceState) {
		number(c, &s.last)
		number(c, &s.events)
		number(c, &s.other)
		c.bool(&s.up)
		number(c, &s.since)
		c.text(&s.down)
	})
	list(c, &f.ringing, func(c *codec, r *ringingDesk) {
		number(c, &r.agent)
		number(c, &r.call)
		number(c, &r.tie)
	})
	for _, q := range f.queues {
		number(c, &q.wrapTold)
	}
	for _, a := range f.agents[1:] {
		list(c, &a.plans, codePlan)
		a.desk.code(c)
	}
	f.past.code(c)
}

// codeNames goes through the names that everything else is numbered by.
func (f *fold) codeNames(c *codec) {
	for _, n := range [...]struct {
		names *names
		meet  func(string) uint32
	}{
		{f.queueNames, f.queue},
		{f.agentNames, f.agent},
		{f.sourceNames, f.source},
		{f.reasonNames, f.reason},
	} {
		words := n.names.list
		list(c, &words, func(c *codec, s *string) { c.text(s) })
		if !c.reading {
			continue
		}
		for i, w := range words {
			if n.meet(w) != uint32(i) {
				c.fail()
				return
			}
		}
	}
}

func codePlan(c *codec, p *shiftPlan) {
	number(c, &p.queue)
	number(c, &p.from)
	number(c, &p.until)
	c.text(&p.reason)
	number(c, &p.class)
	number(c, &p.n)
}

func codeStay(c *codec, s *stay) {
	c.text(&s.contact)
	c.text(&s.customer)
	c.text(&s.target)
	number(c, &s.seq)
	number(c, &s.offered)
	from := s.offered
	for _, v := range [...]*int64{&s.queued, &s.answered, &s.ended, &s.wrapEnd, &s.heldAt, &s.unheldAt, &s.positionAt, &s.first} {
		d := *v - from // instants are near each other, and their differences short
		number(c, &d)
		*v = from + d
		if *v != 0 {
			from = *v
		}
	}
	if c.reading {
		s.hash = hash64(s.contact, 0)
	}
	codeRest(c, s)
}

func codeRest(c *codec, s *stay) {
	for _, v := range [...]*int32{&s.wait, &s.talk, &s.hold, &s.wrap, &s.position} {
		number(c, v)
	}
	for _, v := range [...]*uint32{&s.queue, &s.agent, &s.source, &s.nth} {
		number(c, v)
	}
	number(c, &s.channel)
	number(c, &s.end)
	number(c, &s.by)
	c.bool(&s.late)
	c.bool(&s.ring)
}
