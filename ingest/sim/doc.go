// Package sim is a simulated operation: the floor of "Operação Recife", eight
// queues and some 120 people in nine staggered shifts, told as ordinary
// [floor.Event] values. Nothing downstream can know that it is not real.
//
// A day is a discrete-event simulation made from the seed and the date alone:
// arrivals follow an intraday curve with over-dispersion, customers lose
// patience and call again, agents take calls by longest idle time, rest as the
// law says (NR-17), overrun their trainings, and one seeded incident after the
// other puts a queue or two under their metas while the rest is calm. Because
// no day depends on another, any instant is reached again by regenerating one
// day and counting events.
//
// Its times are whole milliseconds. Its customers are hashes from birth: there
// is no telephone number in it.
package sim
