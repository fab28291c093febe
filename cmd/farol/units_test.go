package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"farol/store"
)

func TestDefuse(t *testing.T) {
	for in, want := range map[string]string{
		"":                  "",
		"Ana Souza":         "Ana Souza",
		"=cmd|' /C calc'!A": "'=cmd|' /C calc'!A",
		"@SUM(A1)":          "'@SUM(A1)",
		"\t=1":              "'\t=1",
		"\r=1":              "'\r=1",
		"+5581999990001":    "+5581999990001", // a number is no formula
		"-12,5%":            "-12,5%",
		"-3.25":             "-3.25",
		"+cmd|' /C calc'!A": "'+cmd|' /C calc'!A",
		"-2+3+cmd":          "'-2+3+cmd",
		"-":                 "-",
		"a=1":               "a=1",
	} {
		if got := defuse(in); got != want {
			t.Errorf("defuse(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestInstant(t *testing.T) {
	recife := time.FixedZone("Recife", -3*3600)
	now := time.Date(2026, 11, 22, 9, 30, 0, 0, recife)
	for in, want := range map[string]string{
		"2026-11-22T14:00:00Z":      "2026-11-22T11:00:00-03:00",
		"2026-11-22T14:00:00-03:00": "2026-11-22T14:00:00-03:00",
		"2026-11-21 14:00":          "2026-11-21T14:00:00-03:00",
		"2026-11-21 14:00:07":       "2026-11-21T14:00:07-03:00",
		"2026-11-21T14:00":          "2026-11-21T14:00:00-03:00",
		"2026-11-21T14:00:07":       "2026-11-21T14:00:07-03:00",
		"2026-11-21":                "2026-11-21T00:00:00-03:00",
		"14:30":                     "2026-11-22T14:30:00-03:00",
		"14:30:05":                  "2026-11-22T14:30:05-03:00",
	} {
		got, err := instant(in, recife, now.UTC())
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("instant(%q) = %s, %v, want %s", in, got.Format(time.RFC3339), err, want)
		}
	}
	for _, in := range []string{"", "noon", "25:00", "2026-13-01", "14:30 tomorrow", "22/11/2026"} {
		if _, err := instant(in, recife, now); codeOf(err) != exitUsage {
			t.Errorf("instant(%q): %v, want a usage fault", in, err)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"name", "name", 0}, {"nane", "name", 1},
		{"thresold", "threshold", 1}, {"kitten", "sitting", 3},
	} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
		if got := distance(c.b, c.a); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

func TestLikeliest(t *testing.T) {
	for in, want := range map[string]string{
		"nane": "name", "treshold": "threshold", "retension": "retention", "x": "", "galaxy": "", "zz": "",
	} {
		if got := likeliest(in, knownKeys); got != want {
			t.Errorf("likeliest(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRunningClock(t *testing.T) {
	from := time.Date(2026, 8, 17, 14, 30, 0, 0, time.UTC)
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	clock := running(from, 60, func() time.Time { return now })
	if got := clock(); !got.Equal(from) {
		t.Errorf("it begins at %s, want %s", got, from)
	}
	now = now.Add(1500 * time.Millisecond)
	if got, want := clock(), from.Add(90*time.Second); !got.Equal(want) {
		t.Errorf("a second and a half later it is %s, want %s", got, want)
	}
}

func TestRollStopsAtTheEnd(t *testing.T) {
	from, now := time.Date(2026, 8, 17, 14, 30, 0, 0, time.UTC), time.Unix(0, 0)
	o := &operation{clock: func() time.Time { return from }, end: from.Add(time.Minute), paused: true}
	o.roll(10, func() time.Time { return now })
	now = now.Add(3 * time.Second)
	if got, want := o.clock(), from.Add(30*time.Second); !got.Equal(want) {
		t.Errorf("the clock is %s, want %s", got, want)
	}
	now = now.Add(time.Hour)
	if got := o.clock(); !got.Equal(o.end) {
		t.Errorf("the clock runs to %s, beyond the end %s", got, o.end)
	}
	if !o.unfolded || !o.paused {
		t.Error("a replay sees what has not happened, or passes for live")
	}
}

func TestWorkingAfternoon(t *testing.T) {
	day := func(d, h int) time.Time { return time.Date(2026, 8, d, h, 0, 0, 0, time.UTC) }
	for _, c := range []struct{ in, want time.Time }{
		{day(17, 3), day(17, 14)},  // Monday before dawn
		{day(17, 23), day(17, 14)}, // Monday night
		{day(22, 10), day(21, 14)}, // Saturday
		{day(23, 10), day(21, 14)}, // Sunday
	} {
		if got, want := workingAfternoon(c.in), c.want.Add(30*time.Minute); !got.Equal(want) {
			t.Errorf("workingAfternoon(%s) = %s, want %s", c.in, got, want)
		}
	}
}

func TestSizeOf(t *testing.T) {
	for in, want := range map[string][2]int{"120x40": {120, 40}, "1x1": {1, 1}, "500x200": {500, 200}} {
		if w, h, err := sizeOf(in); err != nil || w != want[0] || h != want[1] {
			t.Errorf("sizeOf(%q) = %d, %d, %v", in, w, h, err)
		}
	}
	for _, in := range []string{"", "120", "x", "120x", "0x1", "-1x40", "501x1", "1x201", "120x40x1", "120x40 ", "4294967297x40"} {
		if _, _, err := sizeOf(in); codeOf(err) != exitUsage {
			t.Errorf("sizeOf(%q): %v, want a usage fault", in, err)
		}
	}
}

func TestCheckSpeed(t *testing.T) {
	for _, v := range []float64{-1, 3601, math.NaN(), math.Inf(1)} {
		if codeOf(checkSpeed(v, 0)) != exitUsage {
			t.Errorf("speed %v is taken", v)
		}
	}
	if err := checkSpeed(3600, 0.1); err != nil {
		t.Error(err)
	}
}

func TestLanguageOfEnv(t *testing.T) {
	for _, c := range []struct{ all, messages, lang, want string }{
		{"", "", "", "pt-BR"},
		{"", "", "pt_BR.UTF-8", "pt-BR"},
		{"", "", "pt_PT.UTF-8", "pt-PT"},
		{"", "", "en_GB.UTF-8", "en"},
		{"", "", "de_DE.UTF-8", "pt-BR"},
		{"C.UTF-8", "", "en_US.UTF-8", "pt-BR"},
		{"", "en_US", "pt_PT.UTF-8", "en"},
		{"", "", "english", "pt-BR"},
	} {
		env := map[string]string{"LC_ALL": c.all, "LC_MESSAGES": c.messages, "LANG": c.lang}
		if got := languageOfEnv(func(name string) string { return env[name] }); got != c.want {
			t.Errorf("%v: %s, want %s", env, got, c.want)
		}
	}
}

// TestComplaintIsOneLine: whatever a name or a cause brings along.
func TestComplaintIsOneLine(t *testing.T) {
	for _, err := range []error{
		errors.New("plain"),
		errors.Join(errors.New("first"), errors.New("second")),
		fmt.Errorf("import %s: %w", "a\x1b[31mb\r\nc\x07", errors.New("x")),
	} {
		var out bytes.Buffer
		complain(&out, err)
		text := out.String()
		if strings.Count(text, "\n") != 1 || !strings.HasSuffix(text, "\n") || !strings.HasPrefix(text, "farol: ") || strings.ContainsAny(text, "\x1b\r\x07") {
			t.Errorf("%q", text)
		}
	}
}

func TestExitCodes(t *testing.T) {
	began, fresh := &globals{began: true}, &globals{}
	for _, c := range []struct {
		err  error
		want int
	}{
		{fresh.judge(errors.New("unknown flag")), exitUsage},
		{began.judge(errors.New("it failed")), exitFailed},
		{began.judge(fmt.Errorf("read: %w", context.Canceled)), exitFailed},
		{began.judge(errors.Join(nil, fault(exitHeld, errors.New("held"), "wait"))), exitHeld},
		{openFault("x", store.ErrHeld), exitHeld},
		{openFault("x", store.ErrNewer), exitConfig},
		{openFault("x", store.ErrNotStore), exitCantCreate},
		{openFault("x", store.ErrDamaged), exitFailed},
		{openFault("x", store.ErrIO), exitIO},
		{openFault("x", store.ErrFull), exitCantCreate},
		{diskFault(fmt.Errorf("append: %w", store.ErrIO)), exitIO},
		{importFault(fmt.Errorf("append: %w", store.ErrIO)), exitIO},
		{importFault(context.Canceled), exitFailed},
		{nil, exitDone},
	} {
		if got := codeOf(c.err); got != c.want {
			t.Errorf("%v is exit code %d, want %d", c.err, got, c.want)
		}
	}
	if got := importFault(fmt.Errorf("import: %w", context.Canceled)).Error(); !strings.Contains(got, "goes on where it stopped") {
		t.Errorf("an interrupted import says %q", got)
	}
}
