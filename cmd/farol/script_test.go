package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.etcd.io/bbolt"

	"farol/store"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"farol": func() { os.Exit(run(os.Args[1:])) },
	})
}

// quickExit spares each process of a race run the second that it would wait at
// its end.
const quickExit = "atexit_sleep_ms=0"

// TestScripts plays the people who install, ask and read: one file a story.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Condition: func(name string) (bool, error) {
			if name == "race" {
				return raceRun, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_STATE_HOME", env.WorkDir+"/state")
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir+"/config")
			env.Setenv("TZ", "America/Recife")
			env.Setenv("GORACE", quickExit)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"code":    scriptCode,
			"json":    scriptJSON,
			"hold":    scriptHold,
			"damage":  scriptDamage,
			"newer":   scriptNewer,
			"gzip":    scriptGzip,
			"chmod":   scriptChmod,
			"cut":     scriptCut,
			"decode":  scriptDecode,
			"absent":  scriptAbsent,
			"present": scriptPresent,
		},
	})
}

// scriptCode runs farol and wants this exit code: code 78 check -c x.toml. An
// error is one line on standard error, and the line says farol.
func scriptCode(ts *testscript.TestScript, neg bool, args []string) {
	want := args[0]
	err := ts.Exec("farol", args[1:]...)
	got := "0"
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = strconv.Itoa(exit.ExitCode())
	}
	if (got == want) == neg {
		ts.Fatalf("exit code %s, want %s", got, want)
	}
	if got == "0" {
		return
	}
	stderr := ts.ReadFile("stderr")
	if strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, "farol: ") {
		ts.Fatalf("an error is one line that says farol: %q", stderr)
	}
}

// scriptJSON wants that standard output is JSON, and with arguments that it
// holds these texts.
func scriptJSON(ts *testscript.TestScript, neg bool, args []string) {
	out := ts.ReadFile("stdout")
	if json.Valid([]byte(out)) == neg {
		ts.Fatalf("valid JSON is not %v: %s", !neg, out)
	}
	var flat bytes.Buffer
	if err := json.Compact(&flat, []byte(out)); err != nil {
		ts.Fatalf("%v", err)
	}
	for _, want := range args {
		if !strings.Contains(flat.String(), want) {
			ts.Fatalf("%s is not in %s", want, flat.String())
		}
	}
}

// scriptHold opens a store as another process's worker would, until the end.
func scriptHold(ts *testscript.TestScript, _ bool, args []string) {
	db, err := store.Open(ts.MkAbs(args[0]), store.Options{Holder: "farol watch -c recife.toml"})
	ts.Check(err)
	ts.Defer(func() { ts.Check(db.Close()) })
}

// scriptDamage flips one bit of each event block: damage STORE TEXT finds the
// text and flips a bit of it.
func scriptDamage(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	n := bytes.Count(data, []byte(args[1]))
	if n == 0 {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, bytes.ReplaceAll(data, []byte(args[1]), append([]byte{args[1][0] ^ 1}, args[1][1:]...)), 0o600))
}

// scriptNewer makes a store one that a newer version wrote.
func scriptNewer(ts *testscript.TestScript, _ bool, args []string) {
	db, err := bbolt.Open(ts.MkAbs(args[0]), 0o600, nil)
	ts.Check(err)
	ts.Check(db.Update(func(tx *bbolt.Tx) error {
		bucket, key := "meta", []byte("schema")
		text := binary.BigEndian.AppendUint32([]byte("farol store"), 99)
		table := crc32.MakeTable(crc32.Castagnoli)
		sum := crc32.Update(crc32.Update(crc32.Checksum(text, table), table, []byte(bucket)), table, key)
		return tx.Bucket([]byte(bucket)).Put(key, binary.BigEndian.AppendUint32(text, sum))
	}))
	ts.Check(db.Close())
}

// scriptGzip packs a file: gzip PLAIN PACKED.
func scriptGzip(ts *testscript.TestScript, _ bool, args []string) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), out.Bytes(), 0o600))
}

// scriptDecode unpacks base64: decode TEXT BINARY.
func scriptDecode(ts *testscript.TestScript, _ bool, args []string) {
	data, err := base64.StdEncoding.DecodeString(strings.TrimSpace(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o600))
}

// scriptChmod sets a file's mode: chmod 640 FILE. The one built in knows directories only.
func scriptChmod(ts *testscript.TestScript, _ bool, args []string) {
	mode, err := strconv.ParseUint(args[0], 8, 32)
	ts.Check(err)
	ts.Check(os.Chmod(ts.MkAbs(args[1]), os.FileMode(mode)))
}

// scriptCut keeps the first bytes of a file: cut FILE BYTES PIECE.
func scriptCut(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(text[:n]), 0o600))
}

func scriptAbsent(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		if _, err := os.Lstat(ts.MkAbs(name)); err == nil {
			ts.Fatalf("%s exists", name)
		}
	}
}

func scriptPresent(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		_, err := os.Lstat(ts.MkAbs(name))
		ts.Check(err)
	}
}
