package store

import (
	"encoding/binary"
	"hash/crc32"
)

// castagnoli is computed once by the standard library and never changes.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const sumSize = 4

// sum is the checksum of a value: CRC32C over the value, its bucket and its key,
// in this order so that a block's part can be computed before it has a key.
func sum(bucket string, key []byte, value uint32) uint32 {
	var name [16]byte
	n := copy(name[:], bucket)
	return crc32.Update(crc32.Update(value, castagnoli, name[:n]), castagnoli, key)
}

// seal appends its checksum to payload.
func seal(bucket string, key, payload []byte) []byte {
	return binary.BigEndian.AppendUint32(payload, sum(bucket, key, crc32.Checksum(payload, castagnoli)))
}

// unseal checks a sealed value and returns its payload, which aliases value.
func unseal(bucket string, key, value []byte) ([]byte, bool) {
	n := len(value) - sumSize
	if n < 0 {
		return nil, false
	}
	payload := value[:n]
	want := binary.BigEndian.Uint32(value[n:])
	return payload, sum(bucket, key, crc32.Checksum(payload, castagnoli)) == want
}

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }
