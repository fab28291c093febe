package store

import "testing"

func TestNetworkNames(t *testing.T) {
	for magic, want := range map[int64]string{
		0x6969: "NFS", 0xFF534D42: "SMB", 0xFE534D42: "SMB", 0xEF53: "", 0x01021994: "", 0x58465342: "",
	} {
		if got := networkName(magic); got != want {
			t.Errorf("%x is %q, want %q", magic, got, want)
		}
	}
}

func TestLockOwnerIsThisProcess(t *testing.T) {
	db := fresh(t)
	if got := lockOwner(db.Path()); got == 0 {
		t.Skip("this machine's /proc/locks does not show the file") // as in some containers
	} else if h, ok := readHolder(holderPath(db.Path())); !ok || h.PID != got {
		t.Errorf("the lock is of %d, the note says %+v", got, h)
	}
	_ = db.Close()
	if got := lockOwner(db.Path()); got != 0 {
		t.Errorf("nobody has it, but %d does", got)
	}
}
