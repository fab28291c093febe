package draw

import (
	"fmt"
	"slices"
	"testing"
)

func queues() Table {
	return Table{Gap: 1, Columns: []Column{
		{Title: "", Width: 1},
		{Title: "fila", Width: 8, Flex: 1},
		{Title: "NS%", Width: 5, Align: Right},
		{Title: "meta", Width: 4, Align: Right, Spare: 1},
		{Title: "estado", Width: 6, Align: Center, Spare: 2, Gap: 2},
	}}
}

func TestTableSpans(t *testing.T) {
	for _, tc := range []struct {
		w    int
		want []Span
	}{
		{40, []Span{{0, 1}, {2, 19}, {22, 5}, {28, 4}, {34, 6}}},
		{29, []Span{{0, 1}, {2, 8}, {11, 5}, {17, 4}, {23, 6}}},
		{28, []Span{{0, 1}, {2, 15}, {18, 5}, {24, 4}, {0, 0}}},
		{20, []Span{{0, 1}, {2, 12}, {15, 5}, {0, 0}, {0, 0}}},
		{12, []Span{{0, 1}, {2, 8}, {11, 1}, {0, 0}, {0, 0}}},
		{0, []Span{{0, 0}, {2, 0}, {11, 0}, {0, 0}, {0, 0}}},
	} {
		if got := queues().Spans(tc.w); !slices.Equal(got, tc.want) {
			t.Errorf("%d columns: %v, want %v", tc.w, got, tc.want)
		}
	}
}

func TestTableSharesTheRest(t *testing.T) {
	table := Table{Columns: []Column{{Width: 2, Flex: 1}, {Width: 2, Flex: 2}, {Width: 2}}}
	if got, want := table.Spans(13), []Span{{0, 4}, {4, 7}, {11, 2}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestTableDrawsRowsInView(t *testing.T) {
	f := New(31, 4)
	table := queues()
	head, body := f.Bounds().Rows(1)
	table.Header(f, head, 0)
	drawn := []int{}
	table.Draw(f, body, 7, 1000, func(i int, w *TableRow) {
		drawn = append(drawn, i)
		w.Text(0, "●", 0)
		w.Text(1, Safe(fmt.Sprintf("fila número %d", i)), 0)
		w.Text(2, "61,4", 0)
		w.Text(3, "80", 0)
		w.Text(4, "ok", 0)
	})
	if want := []int{7, 8, 9}; !slices.Equal(drawn, want) {
		t.Errorf("drew rows %v, want %v", drawn, want)
	}
	check(t, "table", f,
		"  fila         NS% meta  estado",
		"● fila núme…  61,4   80    ok  ",
		"● fila núme…  61,4   80    ok  ",
		"● fila núme…  61,4   80    ok  ")
}

func TestScroll(t *testing.T) {
	for _, tc := range []struct{ first, selected, height, total, want int }{
		{0, 0, 5, 20, 0},
		{0, 7, 5, 20, 3},
		{3, 4, 5, 20, 3},
		{10, 4, 5, 20, 4},
		{18, -1, 5, 20, 15},
		{4, -1, 5, 3, 0},
		{0, 19, 5, 20, 15},
		{-3, -1, 5, 20, 0},
	} {
		if got := Scroll(tc.first, tc.selected, tc.height, tc.total); got != tc.want {
			t.Errorf("Scroll(%d, %d, %d, %d) = %d, want %d", tc.first, tc.selected, tc.height, tc.total, got, tc.want)
		}
	}
}
