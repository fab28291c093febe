package sim

// applyToPeople turns the incidents that are about people into their day:
// trainings with their overrun, people who stay at home; and adds what needs no
// incident: feedback sessions and the short trainings that end on time.
func (p *plan) applyToPeople(r *rng) {
	for i := range p.incidents {
		in := &p.incidents[i]
		switch in.kind {
		case overrun:
			p.train(r, in)
		case absences:
			p.keepHome(in)
		}
	}
	for i := range p.duties {
		d := &p.duties[i]
		after := func(from, to float64) int64 { return d.start + int64(r.between(from, to))*minute }
		switch x := r.float(); {
		case x < .06:
			length := int64(r.between(8, 14)) * minute
			d.addPlanned(reasonFeedback, after(70, 290), length, length+int64(r.between(-90, 90))*second)
		case x < .1:
			length := 15 * minute
			d.addPlanned(reasonTraining, after(70, 290), length, length+int64(r.between(-60, 100))*second)
		case x < .12:
			length := 10 * minute
			d.addPlanned(reasonMeeting, after(30, 300), length, length+int64(r.between(-60, 120))*second)
		}
	}
	p.sortPauses()
}

// train sends people of the queue to something short that lasts until nearly
// the end of the incident: first those whose rests it does not touch, then those
// who can still have theirs after it.
func (p *plan) train(r *rng, in *incident) {
	left := in.people
	for _, rested := range []bool{true, false} {
		for i := range p.duties {
			d := &p.duties[i]
			if left == 0 {
				return
			}
			if d.home != in.queue || d.absent || d.start+20*minute > in.from || d.out < in.to {
				continue
			}
			at := in.from + int64(r.between(-3, 2)*float64(minute))
			lasts := in.to - int64(r.between(0, 4)*float64(minute)) - at
			switch {
			case d.trained:
			case rested && d.addPlanned(in.reason, at, 10*minute, lasts):
				d.trained = true
				left--
			case !rested && at+lasts+60*minute < d.end-60*minute:
				d.pauses = append(d.pauses, pause{in.reason, plannedPause, at, 10 * minute, lasts})
				d.trained = true
				left--
			}
		}
	}
}

// addPlanned adds a pause that a lead planned, unless it would stand within
// reach of one that is the person's right, or of another; it reports whether
// it was added.
func (d *duty) addPlanned(reason string, at, planned, lasts int64) bool {
	if at+lasts > d.end-20*minute {
		return false
	}
	for _, other := range d.pauses {
		if other.class != personalPause && at < other.at+other.lasts && other.at < at+lasts+5*minute {
			return false
		}
	}
	d.pauses = append(d.pauses, pause{reason, plannedPause, at, planned, lasts})
	return true
}

// keepHome takes people of the queue off the day, evenly over its shifts.
func (p *plan) keepHome(in *incident) {
	left := in.people
	for i := range p.duties {
		d := &p.duties[i]
		if left > 0 && d.home == in.queue && d.nth > 1 && !d.absent {
			d.absent = true
			left--
		}
	}
}
