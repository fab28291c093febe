package tui

import (
	"slices"
	"testing"
)

func TestFilterMatch(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  bool
	}{
		{"", true},
		{"joao", true},
		{"JOÃO", true},
		{"conceicao sup", true},
		{"joao vendas", false},
		{"  livre ", true},
		{"jjoao", false},
	} {
		if got := newFilter(c.typed).match("João Conceição", "Suporte", "livre"); got != c.want {
			t.Errorf("match(%q) = %v, want %v", c.typed, got, c.want)
		}
	}
}

func TestFilterNearest(t *testing.T) {
	names := []string{"Ana Souza", "João Conceição", "Joana Prado", "Zé Carlos Brito"}
	for _, c := range []struct {
		typed string
		want  []string
	}{
		{"joao silva", []string{"João Conceição", "Joana Prado"}},
		{"suoza", []string{"Ana Souza"}},
		{"conseicao", []string{"João Conceição"}},
		{"xyzw", []string{}},
		{"bruto", []string{"Zé Carlos Brito"}},
	} {
		if got := newFilter(c.typed).nearest(names, 2); !slices.Equal(got, c.want) {
			t.Errorf("nearest(%q) = %q, want %q", c.typed, got, c.want)
		}
	}
}
