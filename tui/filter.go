package tui

import (
	"strings"

	"farol/floor"
)

// A filter keeps the rows whose text holds every word typed, whatever the case
// and the accents: "joao" finds João. The zero filter keeps all.
type filter struct {
	text  string   // as typed
	words []string // folded
}

func newFilter(text string) filter {
	return filter{text: text, words: strings.Fields(floor.Fold(text))}
}

func (f filter) empty() bool { return len(f.words) == 0 }

// match reports whether one of the parts holds each word.
func (f filter) match(parts ...string) bool {
	if f.empty() {
		return true
	}
	folded := floor.Fold(strings.Join(parts, " "))
	for _, w := range f.words {
		if !strings.Contains(folded, w) {
			return false
		}
	}
	return true
}

// nearest are the names, at most n, that look most like what was typed, best
// first; none when nothing does.
func (f filter) nearest(names []string, n int) []string {
	const alike = 0.6 // two letters off in five is a slip, three is another word
	type near struct {
		name  string
		score float64
	}
	var best []near
	for _, name := range names {
		words := strings.Fields(floor.Fold(name))
		var score float64
		for _, typed := range f.words {
			var top float64
			for _, w := range words {
				top = max(top, likeness(typed, w))
			}
			if top >= alike {
				score += top
			}
		}
		if score == 0 {
			continue
		}
		at := len(best)
		for at > 0 && best[at-1].score < score {
			at--
		}
		if at < n {
			best = append(best, near{})
			copy(best[at+1:], best[at:])
			best[at] = near{name, score}
			best = best[:min(n, len(best))]
		}
	}
	out := make([]string, len(best))
	for i := range best {
		out[i] = best[i].name
	}
	return out
}

// likeness is 1 for equal words and falls by the share of letters that must
// change to make one of the other. A word cut short counts by its beginning.
func likeness(typed, word string) float64 {
	a, b := []rune(typed), []rune(word)
	if len(a) >= 3 && len(b) > len(a) {
		b = b[:len(a)]
	}
	longest := max(len(a), len(b))
	if longest == 0 || longest > 64 {
		return 0
	}
	return 1 - float64(edits(a, b))/float64(longest)
}

// edits is the Levenshtein distance.
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
