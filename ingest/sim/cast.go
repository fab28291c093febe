package sim

import "fmt"

// shiftCode is one of the staggered shifts: chains of six hours and twenty
// minutes that overlap by the twenty, so that the next one is seated before
// the last one leaves.
type shiftCode uint8

const (
	shift06 shiftCode = iota
	shift08
	shift09
	shift11
	shift12
	shift14
	shift15
	shift18
	shift00
	shiftCount
)

// shiftLength is what a day at work lasts: six hours and a meal of twenty
// minutes, with two rests of ten inside (NR-17, annex II).
const shiftLength = int64(6*60+20) * minute

// begins is when the nth person of the shift starts, milliseconds after local
// midnight. People come in a quarter of an hour apart, three abreast, so that
// neither a door nor a queue is filled and emptied at one stroke; those of
// midnight come together.
func (s shiftCode) begins(nth int) int64 {
	first := [shiftCount]int64{
		shift06: 6 * hour, shift08: 8 * hour, shift09: 9 * hour, shift11: 11 * hour, shift12: 12 * hour,
		shift14: 14*hour + 30*minute, shift15: 15*hour + 20*minute, shift18: 18 * hour,
	}[s]
	if s == shift00 {
		return first
	}
	return first + int64(nth%3)*15*minute
}

// team is the name under which the people of a shift are led.
func (s shiftCode) team() string {
	switch s {
	case shift06, shift08, shift09:
		return "manhã"
	case shift11, shift12, shift14:
		return "tarde"
	case shift15, shift18:
		return "noite"
	default:
		return "madrugada"
	}
}

// castAgent is one of the people of the operation. They do not change with
// the seed: only what happens to them does.
type castAgent struct {
	name, team, seat, extension string
	home                        int // queue
	shift                       shiftCode
	nth                         int // among those of the same queue and shift
	skills                      []skill
}

// skill is a queue that an agent serves; the lower penalty is asked first.
type skill struct {
	queue   int
	penalty int
}

// headcount is how many people each queue has in each shift, in the order of
// the shift codes. It is the fit, least squares over the half hours when the
// queue is open, of the people at their desks (nine in ten of those on the
// roster, less those who rest) to the load of the curve plus half its square
// root.
func headcount() [queueCount][shiftCount]int {
	return [queueCount][shiftCount]int{
		suporte:     {5, 3, 3, 4, 4, 4, 3, 2, 2},
		financeiro:  {0, 4, 1, 1, 3, 3, 1, 0, 0},
		retencao:    {0, 4, 2, 1, 1, 3, 2, 0, 0},
		sac:         {5, 3, 3, 2, 4, 3, 2, 2, 2},
		vendas:      {0, 4, 2, 1, 1, 3, 1, 0, 0},
		agendamento: {0, 4, 2, 0, 3, 3, 0, 0, 0},
		ouvidoria:   {0, 0, 2, 1, 2, 0, 0, 0, 0},
		whatsapp:    {3, 2, 3, 2, 3, 2, 2, 2, 0},
	}
}

// newCast lists the people, always the same and in the same order. The
// afternoon is filled first, with the names that a queue has of its own.
func newCast() []castAgent {
	var cast []castAgent
	own, others := ownNames(), newNamer()
	for _, names := range own {
		for _, n := range names {
			others.taken[n] = true
		}
	}
	counts := headcount()
	order := []shiftCode{shift12, shift14, shift11, shift09, shift08, shift06, shift15, shift18, shift00}
	for queue := 0; queue < queueCount; queue++ {
		for _, shift := range order {
			for nth := 0; nth < counts[queue][shift]; nth++ {
				a := castAgent{home: queue, shift: shift, nth: nth, team: shift.team()}
				if len(own[queue]) > 0 {
					a.name, own[queue] = own[queue][0], own[queue][1:]
				} else {
					a.name = others.next()
				}
				n := len(cast)
				a.seat = fmt.Sprintf("PA %02d", n%72+1)
				a.extension = fmt.Sprintf("%d", 2201+n)
				a.skills = skillsOf(queue, n)
				cast = append(cast, a)
			}
		}
	}
	return cast
}

// skillsOf gives the n-th person of a queue their second and third queues.
func skillsOf(home, n int) []skill {
	skills := []skill{{home, 0}}
	add := func(queue int, when bool) {
		if when {
			skills = append(skills, skill{queue, len(skills)})
		}
	}
	switch home {
	case suporte:
		add([]int{financeiro, sac}[n/3%2], n%3 != 2)
	case financeiro:
		add([]int{suporte, retencao}[n/3%2], n%3 != 2)
	case retencao:
		add([]int{vendas, ouvidoria}[n/3%2], n%3 != 2)
	case sac:
		add([]int{agendamento, suporte, ouvidoria}[n/3%3], n%3 != 2)
	case vendas:
		add([]int{retencao, financeiro}[n/3%2], n%3 != 2)
	case agendamento:
		add([]int{sac, vendas}[n%2], true)
	case ouvidoria:
		add([]int{sac, retencao}[n%2], true)
	}
	return skills
}

// ownNames are the people of the afternoon, by queue.
func ownNames() [queueCount][]string {
	return [queueCount][]string{
		suporte: {
			"Ana Souza", "Bruno Lima", "Carla Dias", "Diego Reis", "Érica Nunes", "Fabiana Alves",
			"Gabriel Rocha", "Heitor Pinto", "Iara Campos", "João Conceição", "Karina Melo",
		},
		financeiro:  {"Davi Melo", "Lia Araújo", "Marcos Vieira", "Letícia Barreto", "Renan Falcão"},
		retencao:    {"Elisa Prado", "Fábio Nunes", "Ígor Bezerra", "Marina Guedes"},
		sac:         {"Natália Gomes", "Otávio Brandão", "Simone Paiva", "Cícero Torres"},
		vendas:      {"Patrícia Sá", "Rafael Conceição", "Sílvia Tavares", "Jéssica Moura"},
		agendamento: {"Tiago Antunes", "Úrsula Prates", "Vítor H. Leão"},
		ouvidoria:   {"Wanda Ishii", "Yara Peçanha"},
		whatsapp:    {"Zé Carlos Brito", "Bianca Uchôa", "Caetano Freire"},
	}
}

// namer makes the other names by walking two lists whose lengths share no
// divisor, so that none repeats for as long as it is asked here.
type namer struct {
	n     int
	taken map[string]bool
}

func newNamer() *namer { return &namer{taken: make(map[string]bool)} }

func (nm *namer) next() string {
	first, last := firstNames(), lastNames()
	for {
		name := first[nm.n%len(first)] + " " + last[(nm.n*7+nm.n/len(first))%len(last)]
		nm.n++
		if !nm.taken[name] {
			nm.taken[name] = true
			return name
		}
	}
}

func firstNames() []string {
	return []string{
		"Adriana", "Alisson", "Amanda", "Antônio", "Beatriz", "Brenda", "Caio", "Camila", "Célia", "Cláudio", "Cristiane",
		"Daniela", "Débora", "Edson", "Eduarda", "Emerson", "Ester", "Evandro", "Felipe", "Fernanda", "Flávia", "Francisco",
		"Geovana", "Gustavo", "Isabela", "Jaqueline", "Joana", "José", "Juliana", "Larissa", "Leandro", "Luana", "Lucas",
		"Luís", "Maíra", "Manoel", "Mariana", "Mateus", "Mônica", "Nathan", "Paula", "Pedro", "Priscila", "Raquel", "Rebeca",
		"Rodrigo", "Rosângela", "Samuel", "Severino", "Tatiane", "Thaís", "Valdir", "Vanessa",
	}
}

func lastNames() []string {
	return []string{
		"Albuquerque", "Amorim", "Andrade", "Barbosa", "Batista", "Cabral", "Cardoso", "Carvalho", "Cavalcanti", "Correia",
		"Costa", "Coutinho", "Duarte", "Farias", "Ferreira", "Figueiredo", "Galvão", "Gonçalves", "Guimarães", "Lacerda",
		"Leite", "Lins", "Lopes", "Macedo", "Maciel", "Magalhães", "Medeiros", "Mendonça", "Monteiro", "Moraes", "Muniz",
		"Neves", "Oliveira", "Pacheco", "Pereira", "Pessoa", "Queiroz", "Ramos", "Ribeiro", "Sales", "Santana", "Santos",
		"Siqueira", "Tenório", "Vasconcelos", "Ventura", "Xavier",
	}
}
