package metrics

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Against a sorted list: equal below ten minutes, within 1 % above, whatever
// was added and taken out on the way.
func TestHistQuantiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h hist
		var all []int32
		for _, ms := range rapid.SliceOfN(rapid.Int32Range(0, 40_000_000), 1, 200).Draw(t, "times") {
			if rapid.Bool().Draw(t, "short") {
				ms %= 900_000
			}
			h.add(ms, 1)
			all = append(all, ms)
			if rapid.IntRange(0, 3).Draw(t, "out") == 0 {
				i := rapid.IntRange(0, len(all)-1).Draw(t, "which")
				h.add(all[i], -1)
				all = slices.Delete(all, i, i+1)
			}
		}
		slices.Sort(all)
		if int(h.n) != len(all) {
			t.Fatalf("%d counted, %d there", h.n, len(all))
		}
		for _, percent := range []uint32{1, 25, 50, 75, 90, 95, 99, 100} {
			want := 0
			if len(all) > 0 {
				want = seconds(all[(int(percent)*len(all)+99)/100-1])
			}
			got := h.quantile(percent)
			if off := got - want; want < exactSeconds && off != 0 || off*100 > want || -off*100 > want {
				t.Fatalf("p%d of %d: %d s, want %d s", percent, len(all), got, want)
			}
		}
		for _, limit := range []int{0, 5, 20, 63, 64, 599} {
			want := 0
			for _, ms := range all {
				if int64(ms) <= int64(limit)*1000 {
					want++
				}
			}
			if got := h.within(limit); got != want {
				t.Fatalf("within %d s: %d, want %d", limit, got, want)
			}
		}
		var sum hist
		sum.merge(&h)
		sum.merge(&h)
		if sum.n != 2*h.n || sum.top() != h.top() {
			t.Fatalf("merged: %d, %d s", sum.n, sum.top())
		}
	})
}

func TestBinsCoverAllTimes(t *testing.T) {
	last := -1
	for s := range 1 << 22 {
		b := bin(s)
		if b < last || b > last+1 && s != exactSeconds {
			t.Fatalf("%d s is in bin %d, after %d", s, b, last)
		}
		last = b
	}
}
