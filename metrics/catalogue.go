package metrics

import "fmt"

// catalogue describes every KPI, indexed by it. IDs are those of the domain's
// catalogue; the same ID with several variants is the same indicator under
// several formulas, and the first variant listed is the default one.
var catalogue = [KPICount]Info{
	Offered:        {ID: "offered", Unit: Count, Good: Up},
	Answered:       {ID: "answered", Unit: Count, Good: Up},
	Abandoned:      {ID: "abandoned", Unit: Count, Good: Down},
	ShortAbandoned: {ID: "short_abandoned", Unit: Count, Good: Down},
	LeftTimeout:    {ID: "left_timeout", Unit: Count, Good: Down},
	LeftOther:      {ID: "left_other", Unit: Count, Good: Down},
	LostContacts:   {ID: "lost", Unit: Count, Good: Down},
	WaitingNow:     {ID: "waiting", Unit: Count, Good: Down},
	TalkingNow:     {ID: "talking", Unit: Count, Good: Band},

	WaitAvg:       {ID: "wait_avg", Variant: "answered", Unit: Seconds, Good: Down},
	WaitAvgAll:    {ID: "wait_avg", Variant: "answered_and_abandoned", Unit: Seconds, Good: Down},
	WaitAbandoned: {ID: "wait_avg", Variant: "abandoned", Unit: Seconds, Good: Down},
	WaitP50:       {ID: "wait_p50", Unit: Seconds, Good: Down},
	WaitP80:       {ID: "wait_p80", Unit: Seconds, Good: Down},
	WaitP90:       {ID: "wait_p90", Unit: Seconds, Good: Down},
	WaitP95:       {ID: "wait_p95", Unit: Seconds, Good: Down},
	WaitP99:       {ID: "wait_p99", Unit: Seconds, Good: Down},
	WaitMax:       {ID: "wait_max", Unit: Seconds, Good: Down},

	SLStrict:              {ID: "service_level", Variant: "strict", Unit: Ratio, Good: Up},
	SLStrictNoShort:       {ID: "service_level", Variant: "strict_no_short", Unit: Ratio, Good: Up, Default: true},
	SLExcludeAbandWithinT: {ID: "service_level", Variant: "exclude_aband_within_T", Unit: Ratio, Good: Up},
	SLRemovedInT:          {ID: "service_level", Variant: "removed_in_T", Unit: Ratio, Good: Up},
	SLAnsweredOnly:        {ID: "service_level", Variant: "answered_only", Unit: Ratio, Good: Up},

	AbandonRate:        {ID: "abandonment_rate", Variant: "offered", Unit: Ratio, Good: Down},
	AbandonRateNoShort: {ID: "abandonment_rate", Variant: "no_short", Unit: Ratio, Good: Down, Default: true},
	AbandonRateOfEnded: {ID: "abandonment_rate", Variant: "answered_and_abandoned", Unit: Ratio, Good: Down},

	AHT:       {ID: "aht", Unit: Seconds, Good: Band},
	TalkAvg:   {ID: "talk_avg", Unit: Seconds, Good: Band},
	HoldAvg:   {ID: "hold_avg", Unit: Seconds, Good: Down},
	WrapAvg:   {ID: "wrap_avg", Unit: Seconds, Good: Down},
	TotalTime: {ID: "total_time", Unit: Seconds, Good: Down},

	Handled:          {ID: "handled", Unit: Count, Good: Up},
	HandledPerHour:   {ID: "handled_per_hour", Unit: PerHour, Good: Up},
	Transfers:        {ID: "transfers", Unit: Count, Good: Down},
	TransferRate:     {ID: "transfer_rate", Unit: Ratio, Good: Down},
	NotAnsweredRings: {ID: "not_answered_rings", Unit: Count, Good: Down},
	CalledBackCount:  {ID: "called_back", Unit: Count, Good: Band},

	Occupancy:      {ID: "occupancy", Unit: Ratio, Good: Band},
	Utilisation:    {ID: "utilisation", Unit: Ratio, Good: Band},
	Adherence:      {ID: "adherence", Unit: Ratio, Good: Up},
	PauseTime:      {ID: "pause_time", Unit: Seconds, Good: Band},
	LegalPauseTime: {ID: "legal_pause_time", Unit: Seconds, Good: Band},
	LoggedIn:       {ID: "logged_in", Unit: Seconds, Good: Band},
}

// OfContacts reports whether contacts stand behind a figure. Those that it does
// not hold of are made of people's time, and no list of contacts explains them.
func (k KPI) OfContacts() bool { return familyOf(k) != people }

// Info is what the catalogue says of k; the zero Info for a KPI out of range.
func (k KPI) Info() Info {
	if k >= KPICount {
		return Info{}
	}
	return catalogue[k]
}

// String is the KPI's ID, with its variant after a slash when it has one.
func (k KPI) String() string {
	i := k.Info()
	if i.Variant == "" {
		return i.ID
	}
	return i.ID + "/" + i.Variant
}

// ParseKPI finds a KPI by ID and variant. An empty variant takes the default
// formula of the indicator.
func ParseKPI(id, variant string) (KPI, error) {
	first, found := KPICount, false
	for k := range KPICount {
		i := catalogue[k]
		if i.ID != id {
			continue
		}
		if !found || (i.Default && variant == "") {
			first, found = k, true
		}
		if variant != "" && i.Variant == variant {
			return k, nil
		}
	}
	switch {
	case !found:
		return 0, fmt.Errorf("kpi %q: %w", id, ErrUnknownKPI)
	case variant != "":
		return 0, fmt.Errorf("kpi %s, variant %q: %w", id, variant, ErrUnknownVariant)
	}
	return first, nil
}

// Variants are the KPIs that share k's ID, in the catalogue's order.
func (k KPI) Variants() []KPI {
	var all []KPI
	for v := range KPICount {
		if catalogue[v].ID == k.Info().ID {
			all = append(all, v)
		}
	}
	return all
}
