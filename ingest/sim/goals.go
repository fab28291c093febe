package sim

// Goal is a meta of the simulated operation, in the words of a configuration
// file: KPI and variant by id, target as ">= 80%", "<= 30s" or "75%..88%".
type Goal struct {
	KPI     string
	Variant string
	Queue   string // id; empty: the whole site
	Target  string
	Window  string // "1h", "day"
	Why     string
	Owner   string
	When    []GoalWhen // the first that applies decides
}

// GoalWhen is another target for some days or some hours.
type GoalWhen struct {
	Days     []string // kinds of day, as a configuration names them; none: all
	From, To string   // "20:00"; none: the whole day
	Target   string
}

// Goals are the operation's metas: service level, abandonment, wait and handle
// time of every queue, and those of the site.
func Goals() []Goal {
	handle := [queueCount]string{
		suporte: "<= 8:00", financeiro: "<= 7:00", retencao: "<= 8:00", sac: "<= 5:30",
		vendas: "<= 7:30", agendamento: "<= 4:00", ouvidoria: "<= 10:00", whatsapp: "<= 13:00",
	}
	owner := [queueCount]string{
		suporte: "Helena", financeiro: "Caio", retencao: "Helena", sac: "Caio",
		vendas: "Robson", agendamento: "Robson", ouvidoria: "Helena", whatsapp: "Robson",
	}
	const (
		contract = "contrato com o cliente"
		lost     = "cliente que desiste liga de novo ou reclama"
		now      = "abaixo disso o contrato não fecha o dia"
		capacity = "base do dimensionamento da escala"
	)
	goals := []Goal{
		{KPI: "service_level", Variant: "strict_no_short", Target: ">= 80%", Window: "day", Why: contract, Owner: "Helena"},
		{KPI: "abandonment_rate", Variant: "no_short", Target: "<= 5%", Window: "day", Why: lost, Owner: "Helena"},
		{KPI: "wait_avg", Variant: "answered", Target: "<= 30s", Window: "day", Why: contract, Owner: "Helena"},
		{KPI: "aht", Target: "<= 7:00", Window: "day", Why: capacity, Owner: "Helena"},
		{KPI: "adherence", Target: ">= 92%", Window: "day", Why: capacity, Owner: "Helena"},
		{
			KPI: "occupancy", Target: "50%..90%", Window: "1h", Why: "nem ociosos nem exaustos", Owner: "Helena",
			When: []GoalWhen{
				{Days: []string{"saturday", "sunday", "holiday"}, Target: "<= 95%"},
				{From: "20:00", To: "09:30", Target: "<= 95%"}, // a few people must be there for even fewer contacts
			},
		},
	}
	for i, q := range specs() {
		id, handled := q.config.ID, "day"
		if i == retencao { // one conversation that does not end keeps others waiting
			handled = "1h"
		}
		goals = append(goals,
			Goal{KPI: "service_level", Variant: "strict_no_short", Queue: id, Target: ">= 75%", Window: "month", Why: contract, Owner: owner[i]},
			Goal{KPI: "service_level", Variant: "strict_no_short", Queue: id, Target: ">= 75%", Window: "1h", Why: now, Owner: owner[i]},
			Goal{KPI: "abandonment_rate", Variant: "no_short", Queue: id, Target: "<= 15%", Window: "1h", Why: lost, Owner: owner[i]},
			Goal{KPI: "aht", Queue: id, Target: handle[i], Window: handled, Why: capacity, Owner: owner[i]},
		)
	}
	return goals
}
