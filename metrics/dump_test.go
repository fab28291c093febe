package metrics

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// dump writes all of a snapshot as text, one value a line with its path, so that
// two can be compared byte by byte. The version and the configuration are left out.
func dump(s *Snapshot) string {
	var b strings.Builder
	dumpValue(&b, "", reflect.ValueOf(s))
	return b.String()
}

func dumpValue(b *strings.Builder, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			dumpValue(b, path, v.Elem())
		}
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice {
			fmt.Fprintf(b, "%s %d\n", path, v.Len())
		}
		for i := range v.Len() {
			dumpValue(b, path+"["+strconv.Itoa(i)+"]", v.Index(i))
		}
	case reflect.Struct:
		if t, ok := v.Interface().(time.Time); ok {
			if !t.IsZero() {
				fmt.Fprintf(b, "%s %s\n", path, t.UTC().Format(time.RFC3339Nano))
			}
			return
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if path == "" && (f.Name == "Version" || f.Name == "Site") || f.Type == reflect.TypeFor[*time.Location]() {
				continue
			}
			dumpValue(b, path+"."+f.Name, v.Field(i))
		}
	default:
		if !v.IsZero() {
			fmt.Fprintf(b, "%s %v\n", path, v.Interface())
		}
	}
}

// firstDifference is where two dumps part, for people.
func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("%s\n\tagainst\n%s", x[i], y[i])
		}
	}
	return fmt.Sprintf("%d lines against %d", len(x), len(y))
}
