package tui

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestShow(t *testing.T) {
	spec := os.Getenv("SHOW") // keys|WxH|profile
	if spec == "" {
		t.Skip("no SHOW")
	}
	p := strings.Split(spec, "|")
	wh := strings.Split(p[1], "x")
	w, _ := strconv.Atoi(wh[0])
	h, _ := strconv.Atoi(wh[1])
	o := Options{}
	if len(p) > 2 && p[2] == "wall" {
		o.Profile = Wall
	}
	if len(p) > 3 {
		o.Language = p[3]
	}
	a := open(t, fixture(), w, h, o)
	f, err := Still(a, w, h, p[0])
	if err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + f.String())
}
