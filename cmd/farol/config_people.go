package main

import (
	"fmt"
	"strings"

	"farol/floor"
)

func (p *parser) people(out *config) error {
	seen := map[string]bool{}
	for i, a := range p.doc.Agents {
		if a.Name == "" {
			return p.fail("agent", i, "name", "an agent without name", "give the name that the telephone system uses")
		}
		if seen[a.Name] {
			return p.fail("agent", i, "name", fmt.Sprintf("agent %q is configured twice", a.Name), "keep one of the two")
		}
		seen[a.Name] = true
		out.site.Agents = append(out.site.Agents, floor.AgentConfig{Name: a.Name, Team: a.Team, Seat: a.Seat, Extension: a.Extension})
	}
	return nil
}

func (p *parser) shifts(out *config) error {
	for i, s := range p.doc.Shifts {
		for _, k := range [][2]string{{"name", s.Name}, {"start", s.Start}, {"end", s.End}} {
			if k[1] == "" {
				return p.fail("shift", i, k[0], "a shift without "+k[0], `give name, start and end, as in start = "08:00"`)
			}
		}
		if s.Planned < 0 {
			return p.fail("shift", i, "planned", fmt.Sprintf("planned %d people", s.Planned), "write how many are planned, 0 or more")
		}
		sh := floor.Shift{Name: s.Name, Planned: s.Planned}
		var err error
		if sh.Start, err = p.clock("shift", i, "start", s.Start); err != nil {
			return err
		}
		if sh.End, err = p.clock("shift", i, "end", s.End); err != nil {
			return err
		}
		out.site.Shifts = append(out.site.Shifts, sh)
	}
	return nil
}

func (p *parser) pauses(out *config) error {
	for i, r := range p.doc.Pauses {
		if strings.TrimSpace(r.Match) == "" {
			return p.fail("pause", i, "match", "a pause without match would be every pause", "give a part of the reason that the telephone system tells")
		}
		class, ok := pauseClasses[r.Class]
		if !ok {
			return p.fail("pause", i, "class", fmt.Sprintf("unknown class of pause %q", r.Class), "use rest, meal, personal, post_abuse, training, feedback, meeting, auto or other")
		}
		expected, err := p.duration("pause", i, "expected", r.Expected)
		if err != nil {
			return err
		}
		out.site.Pauses = append(out.site.Pauses, floor.PauseRule{Match: floor.Fold(r.Match), Class: class, Expected: expected})
	}
	return nil
}

var pauseClasses = map[string]floor.Pause{
	"rest": floor.PauseRest, "meal": floor.PauseMeal, "personal": floor.PausePersonal, "post_abuse": floor.PausePostAbuse,
	"training": floor.PauseTraining, "feedback": floor.PauseFeedback, "meeting": floor.PauseMeeting,
	"auto": floor.PauseAuto, "other": floor.PauseOther,
}
