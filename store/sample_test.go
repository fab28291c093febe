package store

import (
	"fmt"
	"math/rand/v2"
	"time"

	"farol/floor"
)

// queueLog makes n events as a queue_log tells them: 12 queues, 240 agents, the
// life of a call in order, about four calls a minute a queue, places of 72 bytes
// a line. The same seed gives the same events.
func queueLog(n int, seed uint64) []floor.Event {
	r := rand.New(rand.NewPCG(seed, 1))
	queues, agents := make([]string, 12), make([]string, 240)
	for i := range queues {
		queues[i] = fmt.Sprintf("fila-%02d", i)
	}
	for i := range agents {
		agents[i] = fmt.Sprintf("Agente %03d", i)
	}
	type call struct {
		id, queue, agent string
		wait, talk       time.Duration
	}
	at := time.Unix(1795321538, 0).UTC()
	const key = "d41d8cd98f00b204e9800998ecf8427e"
	place := int64(0)
	counter := uint64(seed % 7)
	var waiting, talking []call
	out := make([]floor.Event, 0, n)
	put := func(ev floor.Event) {
		ev.Source, ev.Key, ev.At = "queue_log", floor.KeyAt(key, place), at
		place += 60 + int64(r.IntN(25))
		out = append(out, ev)
	}
	for len(out) < n {
		if r.IntN(4) == 0 {
			at = at.Add(time.Second)
		}
		switch k := r.IntN(10); {
		case k < 3:
			counter += 2 + uint64(r.IntN(3))
			c := call{id: fmt.Sprintf("%d.%d", at.Unix(), counter), queue: queues[r.IntN(12)]}
			waiting = append(waiting, c)
			put(floor.Event{Kind: floor.Queued, Queue: c.queue, Contact: c.id, Position: 1 + len(waiting)%5})
		case k < 5 && len(waiting) > 0:
			c := waiting[0]
			put(floor.Event{Kind: floor.NotAnswered, Queue: c.queue, Contact: c.id, Agent: agents[r.IntN(240)], Ring: 15 * time.Second})
		case k < 7 && len(waiting) > 0:
			c := waiting[0]
			waiting = waiting[1:]
			if r.IntN(6) == 0 {
				put(floor.Event{Kind: floor.Abandoned, Queue: c.queue, Contact: c.id, Wait: secs(r, 90), Position: 1})
				continue
			}
			c.agent, c.wait, c.talk = agents[r.IntN(240)], secs(r, 40), secs(r, 600)
			talking = append(talking, c)
			put(floor.Event{Kind: floor.Answered, Queue: c.queue, Contact: c.id, Agent: c.agent, Wait: c.wait, Ring: secs(r, 9)})
		case k < 9 && len(talking) > 0:
			i := r.IntN(len(talking))
			c := talking[i]
			talking = append(talking[:i], talking[i+1:]...)
			put(floor.Event{Kind: floor.Completed, Queue: c.queue, Contact: c.id, Agent: c.agent, Wait: c.wait, Talk: c.talk, By: floor.Party(1 + r.IntN(2))})
		default:
			put(floor.Event{Kind: floor.Paused + floor.Kind(r.IntN(2)), Queue: queues[r.IntN(12)], Agent: agents[r.IntN(240)], Reason: "Lanche"})
		}
	}
	return out
}

func secs(r *rand.Rand, most int) time.Duration { return time.Duration(r.IntN(most)) * time.Second }
