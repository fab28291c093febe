package metrics

import "errors"

// Conditions that callers test.
var (
	ErrUnknownKPI     = errors.New("no such indicator")
	ErrUnknownVariant = errors.New("no such formula of that indicator")
	ErrUnknownScope   = errors.New("no such scope")
	ErrUnknownWindow  = errors.New("no such window")
)
