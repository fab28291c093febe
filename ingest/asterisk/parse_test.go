package asterisk

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"farol/floor"
	"farol/ingest"
)

// parseAll parses text at offset 0 of the stream "s".
func parseAll(text string, members *Members) ([]floor.Event, []Fault) {
	p := newParser(Options{Source: "queue_log", Secret: []byte("k"), Members: members})
	p.stream = "s"
	return p.parse([]byte(text), 0, nil), p.faults
}

func TestEveryEvent(t *testing.T) {
	h := ingest.NewHasher([]byte("k"), "")
	s := time.Second
	for _, c := range []struct {
		line string
		want floor.Event // At, Source and Key are checked apart
	}{
		{"1795321620|NONE|NONE|NONE|QUEUESTART|", floor.Event{Kind: floor.SystemStarted}},
		{"1795322398|NONE|NONE|NONE|CONFIGRELOAD|", floor.Event{Kind: floor.Reloaded}},
		{"1795321838|1795321838.205|Vendas|NONE|ENTERQUEUE||552184124329|9",
			floor.Event{Kind: floor.Queued, Contact: "1795321838.205", Queue: "vendas", Position: 9, Customer: h.Hash("552184124329")}},
		{"1795321838|1795321838.205|vendas|NONE|ENTERQUEUE|||9",
			floor.Event{Kind: floor.Queued, Contact: "1795321838.205", Queue: "vendas", Position: 9}},
		{"1795321838|pabx01-1795321838.205|vendas|NONE|ENTERQUEUE|http://x|<unknown>|2|Maria_da_Silva",
			floor.Event{Kind: floor.Queued, Contact: "pabx01-1795321838.205", Queue: "vendas", Position: 2}},
		{"1795321718|1795321712.58|vendas|João Conceição|CONNECT|6|1795321715.59|2",
			floor.Event{Kind: floor.Answered, Contact: "1795321712.58", Queue: "vendas", Agent: "João Conceição", Wait: 6 * s, Ring: 2 * s}},
		{"1795321646|1795321633.12|vendas|João Conceição|COMPLETEAGENT|4|9|1",
			floor.Event{Kind: floor.Completed, Contact: "1795321633.12", Queue: "vendas", Agent: "João Conceição", Wait: 4 * s, Talk: 9 * s, By: floor.ByAgent}},
		{"1795321646|1795321633.12|vendas|João Conceição|COMPLETECALLER|4|9|1",
			floor.Event{Kind: floor.Completed, Contact: "1795321633.12", Queue: "vendas", Agent: "João Conceição", Wait: 4 * s, Talk: 9 * s, By: floor.ByCustomer}},
		{"1795322115|1795322097.381|whatsapp-voz|Renata Ação|BLINDTRANSFER|600|ramais|6|12|1",
			floor.Event{Kind: floor.Transferred, Contact: "1795322097.381", Queue: "whatsapp-voz", Agent: "Renata Ação", Wait: 6 * s, Talk: 12 * s, Reason: "600", Text: "ramais", By: floor.ByTransfer}},
		{"1795321749|1795321712.58|vendas|João|ATTENDEDTRANSFER|BRIDGE|4e7ffacb-42f6-4353-b4dd-c243bb3b9285|6|31|1",
			floor.Event{Kind: floor.Transferred, Contact: "1795321712.58", Queue: "vendas", Agent: "João", Wait: 6 * s, Talk: 31 * s, Text: "BRIDGE|4e7ffacb-42f6-4353-b4dd-c243bb3b9285", By: floor.ByTransfer}},
		{"1795321749|1795321712.58|vendas|João|ATTENDEDTRANSFER|APP|VoiceMail|6|31|1",
			floor.Event{Kind: floor.Transferred, Contact: "1795321712.58", Queue: "vendas", Agent: "João", Wait: 6 * s, Talk: 31 * s, Reason: "VoiceMail", Text: "APP|VoiceMail", By: floor.ByTransfer}},
		{"1795321749|1795321712.58|vendas|João|ATTENDEDTRANSFER|LINK|PJSIP/1-0|PJSIP/2-0|6|31|1",
			floor.Event{Kind: floor.Transferred, Contact: "1795321712.58", Queue: "vendas", Agent: "João", Wait: 6 * s, Talk: 31 * s, Reason: "PJSIP/2-0", Text: "LINK|PJSIP/1-0|PJSIP/2-0", By: floor.ByTransfer}},
		{"1795322161|1795322097.381|vendas|NONE|ABANDON|2|2|3",
			floor.Event{Kind: floor.Abandoned, Contact: "1795322097.381", Queue: "vendas", Position: 2, Wait: 3 * s, By: floor.ByCustomer}},
		{"1795322161|1795322097.381|vendas|Ana Souza|ABANDON|1|2|3",
			floor.Event{Kind: floor.Abandoned, Contact: "1795322097.381", Queue: "vendas", Agent: "Ana Souza", Position: 1, Wait: 3 * s, By: floor.ByCustomer}},
		{"1795321835|1795321790.149|vendas|NONE|EXITWITHTIMEOUT|2|4|45",
			floor.Event{Kind: floor.LeftTimeout, Contact: "1795321790.149", Queue: "vendas", Position: 2, Wait: 45 * s, By: floor.BySystem}},
		{"1795320520|1795320507.82|whatsapp-voz|NONE|EXITEMPTY|1|1|12",
			floor.Event{Kind: floor.LeftEmpty, Contact: "1795320507.82", Queue: "whatsapp-voz", Position: 1, Wait: 12 * s, By: floor.BySystem}},
		{"1795321845|1795321838.205|vendas|NONE|EXITWITHKEY|9|7|9|7",
			floor.Event{Kind: floor.LeftKey, Contact: "1795321838.205", Queue: "vendas", Reason: "9", Position: 7, Wait: 7 * s, By: floor.ByCustomer}},
		{"1795320218|1795320172.49|suporte|NONE|WITHDRAW|1|5|45|supervisor|retirou",
			floor.Event{Kind: floor.Withdrawn, Contact: "1795320172.49", Queue: "suporte", Position: 1, Wait: 45 * s, Text: "supervisor|retirou", By: floor.BySystem}},
		{"1795320231|discador-41|whatsapp-voz|Dinâmico 4003|RINGNOANSWER|12000",
			floor.Event{Kind: floor.NotAnswered, Contact: "discador-41", Queue: "whatsapp-voz", Agent: "Dinâmico 4003", Ring: 12 * s}},
		{"1795319868|1795319845.59|reclamacoes|Lívia Prado|RINGCANCELED|3283",
			floor.Event{Kind: floor.RingCancelled, Contact: "1795319845.59", Queue: "reclamacoes", Agent: "Lívia Prado", Ring: 3283 * time.Millisecond}},
		{"1795323322|1795323300.9|reclamacoes|PJSIP/2005|AGENTDUMP|",
			floor.Event{Kind: floor.Dumped, Contact: "1795323300.9", Queue: "reclamacoes", Agent: "PJSIP/2005"}},
		{"1795319867|NONE|vendas|João Conceição|PAUSE|café: 10min",
			floor.Event{Kind: floor.Paused, Queue: "vendas", Agent: "João Conceição", Reason: "café: 10min"}},
		{"1795319867|NONE|vendas|João Conceição|PAUSE|pausa|com|barras",
			floor.Event{Kind: floor.Paused, Queue: "vendas", Agent: "João Conceição", Reason: "pausa|com|barras"}},
		{"1795319867|NONE|vendas|João Conceição|UNPAUSE|",
			floor.Event{Kind: floor.Unpaused, Queue: "vendas", Agent: "João Conceição"}},
		{"1795319867|NONE|NONE|João Conceição|PAUSEALL|café: 10min",
			floor.Event{Kind: floor.Paused, Agent: "João Conceição", Reason: "café: 10min"}},
		{"1795319867|NONE|NONE|João Conceição|UNPAUSEALL|",
			floor.Event{Kind: floor.Unpaused, Agent: "João Conceição"}},
		{"1795319798|MANAGER|WhatsApp-Voz|PJSIP/4001|ADDMEMBER|",
			floor.Event{Kind: floor.MemberAdded, Queue: "whatsapp-voz", Agent: "PJSIP/4001"}},
		{"1795319872|1795319872.92|whatsapp-voz|PJSIP/4003|REMOVEMEMBER|",
			floor.Event{Kind: floor.MemberRemoved, Queue: "whatsapp-voz", Agent: "PJSIP/4003"}},
		{"1795323332|NONE|suporte|Local/3003@from-queue/n|PENALTY|2",
			floor.Event{Kind: floor.PenaltySet, Queue: "suporte", Agent: "Local/3003@from-queue/n", N: 2}},
		{"1795323332|NONE|suporte|PJSIP/2001|RINGINUSE|1",
			floor.Event{Kind: floor.SettingChanged, Queue: "suporte", Agent: "PJSIP/2001", Subject: "ringinuse", Text: "1"}},
		{"1795320047|1795319798.3|NONE|1090|AGENTLOGIN|PJSIP/2090-00000000",
			floor.Event{Kind: floor.AgentIn, Agent: "1090", Reason: "PJSIP/2090-00000000"}},
		{"1795320047|1795319798.3|NONE|1090|AGENTLOGOFF|PJSIP/2090-00000000|248",
			floor.Event{Kind: floor.AgentOut, Agent: "1090", Reason: "PJSIP/2090-00000000"}},
		{"1795319829|NONE|vendas|PJSIP/2001|META|campanha|natal|2026",
			floor.Event{Kind: floor.Unknown, Queue: "vendas", Agent: "PJSIP/2001", Reason: "META", Text: "campanha|natal|2026"}},
		{"1795319829|NONE|NONE|NONE|QUEUESTART", floor.Event{Kind: floor.SystemStarted}},
		{"1795319829|NONE|NONE|NONE|QUEUESTART|\r", floor.Event{Kind: floor.SystemStarted}},
		{"1795321718|1.2|vendas|Jos\xe9|CONNECT|-1|x|0", floor.Event{Kind: floor.Answered, Contact: "1.2", Queue: "vendas", Agent: "José"}},
		{"1795321718|a\x1b[31mb|vendas|\x1b]0;x\x07Ana|CONNECT|1|x|0", floor.Event{Kind: floor.Answered, Contact: "ab", Queue: "vendas", Agent: "Ana", Wait: s}},
	} {
		got, faults := parseAll(c.line+"\n", nil)
		if len(got) != 1 || len(faults) != 0 {
			t.Errorf("%s: %d events, faults %v", c.line, len(got), faults)
			continue
		}
		var sec int64
		fmt.Sscanf(c.line, "%d|", &sec)
		c.want.At, c.want.Source, c.want.Key = time.Unix(sec, 0).UTC(), "queue_log", floor.KeyAt("s", 0)
		if !reflect.DeepEqual(got[0], c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.line, got[0], c.want)
		}
	}
}

func TestMemberAddedPausedIsTwoEvents(t *testing.T) {
	text := "1795319798|MANAGER|vendas|PJSIP/1|ADDMEMBER|PAUSED\n1795319799|MANAGER|vendas|PJSIP/2|ADDMEMBER|\n"
	got, _ := parseAll(text, nil)
	if len(got) != 3 || got[0].Kind != floor.MemberAdded || got[1].Kind != floor.Paused || got[1].Agent != "PJSIP/1" || got[1].Queue != "vendas" {
		t.Fatalf("got %+v", got)
	}
	for i := 1; i < len(got); i++ {
		if got[i].Key.Offset <= got[i-1].Key.Offset {
			t.Errorf("key %v does not follow %v", got[i].Key, got[i-1].Key)
		}
	}
}

func TestMembersNameInterfaces(t *testing.T) {
	var m Members
	p := newParser(Options{Members: &m})
	line := []byte("1795319798|MANAGER|vendas|PJSIP/4001|ADDMEMBER|\n")
	if got := p.parse(line, 0, nil); got[0].Agent != "PJSIP/4001" {
		t.Errorf("unknown interface: %q", got[0].Agent)
	}
	m.Learn("PJSIP/4001", "Ana Souza")
	if got := p.parse(line, 0, nil); got[0].Agent != "Ana Souza" {
		t.Errorf("learnt interface: %q", got[0].Agent)
	}
}

func TestFaults(t *testing.T) {
	const good = "1795321620|NONE|NONE|NONE|QUEUESTART|"
	for _, c := range []struct {
		name, text, reason string
		events             int
	}{
		{"no log at all", "hello, world", "fewer than five fields", 0},
		{"empty", "", "empty line", 0},
		{"no time", "yesterday|NONE|NONE|NONE|QUEUESTART|", "no time in the first field", 0},
		{"time of the first years", "12|NONE|NONE|NONE|QUEUESTART|", "no time in the first field", 0},
		{"two lines in one", "1795321|1795321620|NONE|NONE|NONE|X|", "no time in the first field", 0},
		{"no number", "1795321718|1.2|vendas|Ana|CONNECT|six|x|2", "CONNECT: no number where one belongs", 0},
		{"huge number", "1795321718|1.2|vendas|Ana|CONNECT|99999999999|x|2", "CONNECT: no number where one belongs", 0},
		{"short transfer", "1795321718|1.2|vendas|Ana|BLINDTRANSFER|600|2", "BLINDTRANSFER: no number where one belongs", 0},
		{"no event", "1795321718|1.2|vendas|Ana||x", "no event in the fifth field", 0},
		{"NULs before", "\x00\x00\x00" + good, "NUL bytes", 1},
		{"NULs only", "\x00\x00\x00", "NUL bytes", 0},
		{"NULs between", "1795321\x00\x00" + good, "NUL bytes", 1},
		{"cut before a start", "1795321718|1.2|vendas|An" + good, "line cut short before QUEUESTART", 1},
		{"cut in a number before a start", "1795321718|1.2|vendas|Ana|CONNECT|6|x|2" + good, "line cut short before QUEUESTART", 1},
		{"cut in the time before a start", "17953" + good, "line cut short before QUEUESTART", 1},
		{"long reason", "1795319867|NONE|vendas|Ana|PAUSE|" + strings.Repeat("x", 1<<20), "line longer than 64 KiB: cut", 1},
		{"long garbage", strings.Repeat("x", 1<<20), "fewer than five fields", 0},
		{"long numbers", "1795321718|1.2|vendas|Ana|CONNECT|1|" + strings.Repeat("x", 1<<20) + "|2", "line longer than 64 KiB: cut", 0},
	} {
		got, faults := parseAll(good+"\n"+c.text+"\n"+good+"\n", nil)
		if len(got) != c.events+2 {
			t.Errorf("%s: %d events, want %d", c.name, len(got), c.events+2)
		}
		if len(faults) == 0 || faults[len(faults)-1].Reason != c.reason || faults[0].Line != 2 {
			t.Errorf("%s: faults %v, want %q in line 2", c.name, faults, c.reason)
		}
	}
}

// The wide scan and a naive split must see the same lines.
func FuzzParse(f *testing.F) {
	f.Add([]byte("1795321620|NONE|NONE|NONE|QUEUESTART|\n1795321718|1.2|v|A|CONNECT|6|x|2\n"))
	f.Add([]byte("1795319867|NONE|vendas|A|PAUSE|a|b|c|d|e|f|g|h|i\n\n\r\n|\x00}|}\n"))
	f.Add([]byte("1795322115|1.1|w|R|BLINDTRANSFER|600|r|6|12|1\n1795322115|1.1|w|R|WITHDRAW|1|2|3|a|b"))
	f.Add([]byte("1795319798|MANAGER|v|P|ADDMEMBER|PAUSED\n1795321838|1.2|v|NONE|ENTERQUEUE||5521|9\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		whole, faults := parseAll(string(data), nil)
		p := newParser(Options{Source: "queue_log", Secret: []byte("k")})
		p.stream = "s"
		var one []floor.Event
		n, at := 0, 0
		for _, line := range bytes.SplitAfter(data, []byte("\n")) {
			if len(line) == 0 {
				continue
			}
			one = p.parse(line, int64(at), one)
			n += len(p.faults)
			at += len(line)
		}
		if !reflect.DeepEqual(whole, one) && len(whole)+len(one) > 0 {
			t.Fatalf("whole %+v\nby line %+v", whole, one)
		}
		if n != len(faults) {
			t.Fatalf("%d faults, by line %d", len(faults), n)
		}
		for i, e := range whole {
			if e.Wait < 0 || e.Talk < 0 || e.Ring < 0 {
				t.Fatalf("negative duration: %+v", e)
			}
			if i > 0 && e.Key.Offset <= whole[i-1].Key.Offset {
				t.Fatalf("keys do not rise: %v, %v", whole[i-1].Key, e.Key)
			}
		}
	})
}

// day is about 256 KiB of a log of many calls at once.
func day(lines int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < 256<<10 && i < lines; i++ {
		sec, call := 1795321620+i/4, fmt.Sprintf("%d.%d", 1795321620+i/4, i)
		queue, agent := fmt.Sprintf("fila-%d", i%12), fmt.Sprintf("Atendente Número %d", i*7%240)
		switch i % 3 {
		case 0:
			fmt.Fprintf(&b, "%d|%s|%s|NONE|ENTERQUEUE||%d|%d\n", sec, call, queue, 5581990000000+i, i%9+1)
		case 1:
			fmt.Fprintf(&b, "%d|%s|%s|%s|CONNECT|%d|%s|%d\n", sec, call, queue, agent, i%60, call, i%9)
		default:
			fmt.Fprintf(&b, "%d|%s|%s|%s|COMPLETEAGENT|%d|%d|1\n", sec, call, queue, agent, i%60, i%400)
		}
	}
	return b.Bytes()
}

func BenchmarkParse(b *testing.B) {
	block := day(1 << 20)
	p := newParser(Options{Source: "queue_log", Secret: []byte("k")})
	out := p.parse(block, 0, nil)
	b.SetBytes(int64(len(block)))
	b.ReportAllocs()
	for b.Loop() {
		out = p.parse(block, 0, out[:0])
	}
	b.ReportMetric(float64(p.lines)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mlines/s")
}
