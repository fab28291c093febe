package floor

import (
	"testing"
	"time"
)

// Every day of thirty years begins once, is 23 to 25 hours long, and holds the
// instants between its start and the next.
func TestDaysFollowOneAnother(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Lisbon", "America/Sao_Paulo", "America/Recife", "Atlantic/Azores", "Atlantic/Madeira"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, starts := range []time.Duration{0, 90 * time.Minute, 6 * time.Hour} {
			s := Site{Zone: zone, DayStarts: starts}
			day := s.DayStart(time.Date(2000, 1, 1, 12, 0, 0, 0, zone))
			for day.Year() < 2031 {
				next := s.NextDay(day)
				if d := next.Sub(day); d < 22*time.Hour || d > 25*time.Hour {
					t.Fatalf("%s: the day from %s is %s long", name, day, d)
				}
				for _, in := range []time.Time{day, day.Add(time.Second), next.Add(-time.Second)} {
					if got := s.DayStart(in); !got.Equal(day) {
						t.Fatalf("%s: the day of %s starts at %s, want %s", name, in, got, day)
					}
				}
				day = next
			}
		}
	}
}

func TestDayStartsWhenClocksSkipMidnight(t *testing.T) {
	zone, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		t.Fatal(err)
	}
	s := Site{Zone: zone}
	got := s.DayStart(time.Date(2018, 11, 4, 12, 0, 0, 0, zone))
	if want := time.Date(2018, 11, 4, 1, 0, 0, 0, zone); !got.Equal(want) {
		t.Errorf("4 November 2018 starts at %s, want %s", got, want)
	}
}
