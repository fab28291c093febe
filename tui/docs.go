package tui

import "farol/metrics"

// FormulaDoc is one figure as the documentation prints it.
type FormulaDoc struct {
	KPI                              metrics.KPI
	Name, Formula, LeavesOut, Beware string
}

// Formulas is what the lens says of every figure, in a language's words and the
// catalogue's order: what the README prints.
func Formulas(lang string) ([]FormulaDoc, error) {
	w, err := loadWords(lang)
	if err != nil {
		return nil, err
	}
	out := make([]FormulaDoc, 0, metrics.KPICount)
	for k := range metrics.KPICount {
		key := lensKey(k)
		word := func(name string) string { return string(w.phrases[key+"."+name].plain) }
		out = append(out, FormulaDoc{k, word("name"), word("formula"), word("excludes"), word("care")})
	}
	return out, nil
}
