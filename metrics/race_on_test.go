//go:build race

package metrics

// underRace says that the race detector slows everything tenfold.
const underRace = true
