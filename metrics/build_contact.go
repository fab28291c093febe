package metrics

import (
	"time"

	"farol/floor"
)

// contactRow is one stay as a row of a list.
func (v *view) contactRow(n int32) *Contact {
	s := &v.led.stays[n]
	q := v.queues[s.queue]
	channel := s.channel
	if channel == 0 {
		channel = q.channel
	}
	told := v.led.told(s.source)
	ms := func(d int32) time.Duration { return time.Duration(d) * time.Millisecond }
	c := &Contact{
		ID: s.contact, Queue: q.ref.ID, QueueName: q.ref.Name, Agent: v.agentNames.name(s.agent), Customer: mask(s.customer),
		Channel: floor.Channels()[channel-1], At: v.at(s.offeredAt()), AnsweredAt: v.at(s.takenAt()), EndedAt: v.at(s.ended),
		Talk: ms(s.talkOf(told.talk)), Hold: ms(s.holdOf()), Wrap: ms(s.wrapOf()),
		Outcome: s.end, By: s.by, Target: s.target, Late: s.late, Seq: s.seq,
	}
	switch s.where() {
	case inTalk:
		c.Outcome, c.Wait = floor.Answered, ms(s.waitOf(v.t, told.wait))
		c.Talk = ms(millis(v.t - s.answered))
	case inQueue, inMenu:
		c.Outcome, c.Wait = floor.Queued, ms(s.waitOf(v.t, false))
	default:
		c.Wait = ms(s.m.wait)
	}
	c.InSL = s.m.flags&markAnswered != 0 && s.m.flags&markWithin != 0
	return c
}
