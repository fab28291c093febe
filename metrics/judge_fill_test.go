package metrics

import "testing"

// TestNeedOutsideAShare: below nothing and above all there is no share to name,
// and which of the two is good depends on the target's direction.
func TestNeedOutsideAShare(t *testing.T) {
	for _, c := range []struct {
		op    Op
		share float64
		want  NeedState
	}{
		{AtLeast, -0.2, NeedNothing}, {AtLeast, 0, NeedNothing}, {AtLeast, 0.5, NeedShare},
		{AtLeast, 1, NeedShare}, {AtLeast, 1.01, NeedTooMuch},
		{AtMost, -0.01, NeedTooMuch}, {AtMost, 0, NeedShare}, {AtMost, 0.5, NeedShare},
		{AtMost, 1, NeedNothing}, {AtMost, 1.4, NeedNothing},
	} {
		if got := needState(c.op, c.share); got != c.want {
			t.Errorf("needState(%v, %v) = %v, want %v", c.op, c.share, got, c.want)
		}
	}
}
