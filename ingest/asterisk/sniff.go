package asterisk

// Sniff looks into every file as [Import] does before it writes anything, and
// fails as it would: with [ErrNotQueueLog] when one of them is no queue_log.
func Sniff(files ...string) error {
	im := &importer{o: ImportOptions{Options: Options{}.withDefaults()}}
	_, err := im.sniffAll(files)
	return err
}
