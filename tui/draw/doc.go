// Package draw is ink: a [Frame] of small cells, and what draws into a
// rectangle of it: text, big digits, bars, sparklines, charts, tables, boxes;
// and what turns a frame into text, SVG, or the bytes that change one frame into
// the next. It knows no word of any domain and could serve another program.
package draw
