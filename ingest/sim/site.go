package sim

import (
	"time"

	"farol/floor"
)

// Name is the source that the events say they come from.
const Name = "sim"

// hours is when a queue is open, in hours after local midnight; from == to is
// closed that day.
type hours struct{ from, to float64 }

// queueSpec is a queue of the operation with what its customers are like.
type queueSpec struct {
	config floor.QueueConfig

	weekday, saturday, sunday hours
	volume                    float64 // contacts on an ordinary Wednesday
	peak                      float64 // hours by which its morning and afternoon are later than usual

	talk      float64 // mean conversation, seconds
	spread    float64 // deviation of its logarithm
	wrap      float64 // mean work after it, seconds
	patience  float64 // mean, seconds
	limit     float64 // the queue's own time limit, seconds; 0 none
	held      float64 // share of conversations with a hold
	callback  bool    // offers to call back those who wait long
	transfers []transfer
}

// transfer is the share of conversations passed on to another queue.
type transfer struct {
	to    int
	share float64
}

// The queues, by index in specs.
const (
	suporte = iota
	financeiro
	retencao
	sac
	vendas
	agendamento
	ouvidoria
	whatsapp
	queueCount
)

// specs describes the queues. It is a function so that no one can change it.
func specs() [queueCount]queueSpec {
	seconds := func(n int) time.Duration { return time.Duration(n) * time.Second }
	voice := func(id, name string, teams []string) floor.QueueConfig {
		return floor.QueueConfig{
			ID: id, Name: name, Channel: floor.Voice, Threshold: seconds(20), ShortAbandon: seconds(5), Teams: teams,
		}
	}
	allTeams := []string{"madrugada", "manhã", "tarde", "noite"}
	allDay, businessDays := hours{0, 24}, allTeams[1:]
	return [queueCount]queueSpec{
		suporte: {
			config: voice("suporte", "Suporte", allTeams), weekday: allDay, saturday: allDay, sunday: allDay,
			volume: 686, talk: 370, spread: .55, wrap: 48, patience: 340, held: .12, callback: true,
			transfers: []transfer{{financeiro, .025}, {retencao, .015}},
		},
		financeiro: {
			config: voice("financeiro", "Financeiro", businessDays), weekday: hours{8, 20}, saturday: hours{8, 14},
			volume: 425, peak: -.3, talk: 285, spread: .5, wrap: 42, patience: 320, held: .1,
			transfers: []transfer{{retencao, .03}, {suporte, .01}},
		},
		retencao: {
			config: voice("retencao", "Retenção", businessDays), weekday: hours{8, 22}, saturday: hours{9, 15},
			volume: 343, peak: .4, talk: 350, spread: .45, wrap: 55, patience: 360, held: .15,
		},
		sac: {
			config: voice("sac", "SAC", allTeams), weekday: allDay, saturday: allDay, sunday: allDay,
			volume: 995, talk: 262, spread: .52, wrap: 30, patience: 280, held: .06, callback: true,
			transfers: []transfer{{suporte, .03}, {financeiro, .02}, {ouvidoria, .006}},
		},
		vendas: {
			config: voice("vendas", "Vendas", businessDays), weekday: hours{8, 21}, saturday: hours{8, 16},
			volume: 412, peak: .3, talk: 325, spread: .52, wrap: 45, patience: 240, limit: 300, held: .05,
			transfers: []transfer{{suporte, .01}},
		},
		agendamento: {
			config: voice("agendamento", "Agendamento", []string{"manhã", "tarde"}), weekday: hours{8, 19}, saturday: hours{8, 13},
			volume: 446, peak: -.6, talk: 172, spread: .5, wrap: 22, patience: 260, held: .02,
			transfers: []transfer{{sac, .01}},
		},
		ouvidoria: {
			config: voice("ouvidoria", "Ouvidoria", []string{"manhã", "tarde"}), weekday: hours{9, 18},
			volume: 59, talk: 430, spread: .5, wrap: 60, patience: 500, held: .1,
		},
		whatsapp: {
			config: floor.QueueConfig{
				ID: "whatsapp", Name: "WhatsApp", Channel: floor.WhatsApp, Threshold: seconds(60), ShortAbandon: seconds(10),
				Teams: businessDays,
			},
			weekday: hours{6, 24}, saturday: hours{6, 24}, sunday: hours{8, 22},
			volume: 869, peak: .5, talk: 640, spread: .4, wrap: 18, patience: 900,
		},
	}
}

// Site is the simulated operation as configured: name, zone, queues, shifts,
// people and the fixed national holidays from 2020 to 2040.
func Site() floor.Site {
	zone := Zone()
	site := floor.Site{
		Name: "Operação Recife", Zone: zone, Language: "pt-BR",
		Shifts: []floor.Shift{
			{Name: "madrugada", Start: 0, End: 6 * time.Hour},
			{Name: "manhã", Start: 6 * time.Hour, End: 12 * time.Hour},
			{Name: "tarde", Start: 12 * time.Hour, End: 18 * time.Hour},
			{Name: "noite", Start: 18 * time.Hour, End: 0},
		},
	}
	for _, q := range specs() {
		site.Queues = append(site.Queues, q.config)
	}
	for _, a := range newCast() {
		site.Agents = append(site.Agents, floor.AgentConfig{Name: a.name, Team: a.team, Seat: a.seat, Extension: a.extension})
	}
	for year := 2020; year <= 2040; year++ {
		for _, h := range fixedHolidays() {
			site.Holidays = append(site.Holidays, time.Date(year, h.month, h.day, 0, 0, 0, 0, zone))
		}
	}
	return site
}

// Zone is the operation's zone. Recife has had no summer time since 2002, so
// where the machine has no zone files the fixed offset is the same clock.
func Zone() *time.Location {
	if zone, err := time.LoadLocation("America/Recife"); err == nil {
		return zone
	}
	return time.FixedZone("America/Recife", -3*60*60)
}

type monthDay struct {
	month time.Month
	day   int
}

// fixedHolidays are the national holidays that fall on the same date each year.
func fixedHolidays() []monthDay {
	return []monthDay{
		{time.January, 1}, {time.April, 21}, {time.May, 1}, {time.September, 7}, {time.October, 12},
		{time.November, 2}, {time.November, 15}, {time.November, 20}, {time.December, 25},
	}
}

// dayKind is what a date is for volume and hours.
type dayKind uint8

const (
	workday dayKind = iota
	saturdayKind
	sundayKind // and holidays
)

func kindOf(date time.Time) dayKind {
	_, m, d := date.Date()
	for _, h := range fixedHolidays() {
		if h.month == m && h.day == d {
			return sundayKind
		}
	}
	switch date.Weekday() {
	case time.Sunday:
		return sundayKind
	case time.Saturday:
		return saturdayKind
	default:
		return workday
	}
}

// open is when the queue takes contacts on a day of that kind.
func (q *queueSpec) open(k dayKind) hours {
	switch k {
	case saturdayKind:
		return q.saturday
	case sundayKind:
		return q.sunday
	default:
		return q.weekday
	}
}
