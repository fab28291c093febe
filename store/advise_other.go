//go:build !linux

package store

import "go.etcd.io/bbolt"

func adviseSequential(*bbolt.DB, *bbolt.Tx) {}

func adviseRandom(*bbolt.DB, *bbolt.Tx) {}

func adviseValue([]byte) {}
