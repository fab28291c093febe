package main

import (
	"strings"

	"github.com/BurntSushi/toml"
)

// places knows the line of each key of a TOML text, by the table it stands in.
// It reads headers and the starts of lines, which is enough to point a person
// at the right line; the meaning comes from the real parser.
type places []place

type place struct {
	table string // "meta"
	index int    // which [[meta]], from 0
	key   string // empty: the header itself
	line  int    // from 1
}

func locate(text string) places {
	var out places
	count := map[string]int{}
	table, index := "", 0
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "[["):
			table = strings.TrimSpace(strings.Trim(strings.SplitN(line, "]", 2)[0], "[ "))
			index = count[table]
			count[table]++
			out = append(out, place{table, index, "", i + 1})
		case strings.HasPrefix(line, "["):
			table, index = strings.TrimSpace(strings.Trim(strings.SplitN(line, "]", 2)[0], "[ ")), 0
			out = append(out, place{table, index, "", i + 1})
		default:
			if key, _, ok := strings.Cut(line, "="); ok && !strings.HasPrefix(line, "#") {
				out = append(out, place{table, index, strings.Trim(strings.TrimSpace(key), `"'`), i + 1})
			}
		}
	}
	return out
}

// find is the line of a key of the n-th table of that name; of the table's
// header when the key is not written; 0 when neither is.
func (ps places) find(table string, n int, key string) int {
	header := 0
	for _, p := range ps {
		if p.table != table || p.index != n {
			continue
		}
		if p.key == key {
			return p.line
		}
		if p.key == "" {
			header = p.line
		}
	}
	return header
}

// line is the first line where the dotted key is written.
func (ps places) line(key toml.Key) int {
	for _, p := range ps {
		full := p.key
		if p.table != "" {
			full = strings.Trim(p.table+"."+p.key, ".")
		}
		if full == key.String() || p.table == key.String() || strings.HasPrefix(key.String(), full+".") && p.key != "" {
			return p.line
		}
	}
	return 0
}

// knownKeys is what nearest may offer.
var knownKeys = []string{
	"name", "timezone", "language", "day_starts", "country", "holidays", "presets", "retention", "kind", "ami", "user",
	"secret_file", "queue_log", "file", "seed", "when", "days", "from", "to", "id", "channel", "threshold", "short_abandon", "wrapup", "teams",
	"team", "seat", "extension", "start", "end", "planned", "match", "class", "expected", "kpi", "variant", "scope",
	"target", "window", "why", "owner", "valid_from", "valid_until", "site", "source", "queue", "agent", "shift", "pause", "meta",
}

// nearest suggests the known key that is one or two slips away.
func nearest(key toml.Key) string {
	if len(key) == 0 {
		return ""
	}
	if name := likeliest(key[len(key)-1], knownKeys); name != "" {
		return "did you mean " + name + "? "
	}
	return ""
}

// distance is the Levenshtein distance, by rows.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
