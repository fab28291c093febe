package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// sheet is a list with a header, printed in the format that the user asked for.
type sheet struct {
	head []string
	rows [][]string
}

func (s *sheet) add(cells ...string) { s.rows = append(s.rows, cells) }

// write prints the sheet as "table" or "csv".
func (s *sheet) write(w io.Writer, format string) error {
	if format == "csv" {
		out := csv.NewWriter(w)
		rows := append([][]string{s.head}, s.rows...)
		for _, row := range rows {
			for i := range row {
				row[i] = defuse(row[i])
			}
			if err := out.Write(row); err != nil {
				return fmt.Errorf("write csv: %w", err)
			}
		}
		out.Flush()
		return out.Error()
	}
	out := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(out, strings.Join(s.head, "\t"))
	for _, row := range s.rows {
		fmt.Fprintln(out, strings.Join(row, "\t"))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// defuse quotes a cell that a spreadsheet would run as a formula.
func defuse(cell string) string {
	if cell == "" {
		return cell
	}
	switch cell[0] {
	case '=', '@', '\t', '\r':
		return "'" + cell
	case '+', '-':
		if strings.Trim(cell[1:], "0123456789.,%") != "" {
			return "'" + cell
		}
	}
	return cell
}

// writeJSON prints v indented, with < and > as they are.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// checkFormat refuses a format that is not one of the three.
func checkFormat(format string) error {
	switch format {
	case "table", "json", "csv":
		return nil
	default:
		return fault(exitUsage, fmt.Errorf("unknown format %q", format), "use table, json or csv")
	}
}
