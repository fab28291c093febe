//go:build !race

package main

const raceRun = false
