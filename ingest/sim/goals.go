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
}

// Goals are the operation's metas: service level, abandonment, wait and handle
// time of every queue, and those of the site.
func Goals() []Goal {
	handle := [queueCount]string{
		suporte: "<= 7:30", financeiro: "<= 6:00", retencao: "<= 8:00", sac: "<= 5:30",
		vendas: "<= 7:00", agendamento: "<= 4:00", ouvidoria: "<= 10:00", whatsapp: "<= 12:00",
	}
	owner := [queueCount]string{
		suporte: "Helena", financeiro: "Caio", retencao: "Helena", sac: "Caio",
		vendas: "Robson", agendamento: "Robson", ouvidoria: "Helena", whatsapp: "Robson",
	}
	const (
		contract = "contrato com o cliente"
		lost     = "cliente que desiste liga de novo ou reclama"
		capacity = "base do dimensionamento da escala"
	)
	goals := []Goal{
		{"service_level", "strict_no_short", "", ">= 80%", "day", contract, "Helena"},
		{"abandonment_rate", "no_short", "", "<= 5%", "day", lost, "Helena"},
		{"wait_avg", "answered", "", "<= 30s", "day", contract, "Helena"},
		{"aht", "", "", "<= 7:00", "day", capacity, "Helena"},
		{"adherence", "", "", ">= 92%", "day", capacity, "Helena"},
		{"occupancy", "", "", "50%..88%", "1h", "nem ociosos nem exaustos", "Helena"},
	}
	for i, q := range specs() {
		id := q.config.ID
		wait := "<= 30s"
		if i == whatsapp {
			wait = "<= 1:00"
		}
		goals = append(goals,
			Goal{"service_level", "strict_no_short", id, ">= 80%", "1h", contract, owner[i]},
			Goal{"abandonment_rate", "no_short", id, "<= 5%", "1h", lost, owner[i]},
			Goal{"wait_avg", "answered", id, wait, "1h", contract, owner[i]},
			Goal{"aht", "", id, handle[i], "day", capacity, owner[i]},
		)
	}
	return goals
}
