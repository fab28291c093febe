//go:build race

package main

const raceRun = true
