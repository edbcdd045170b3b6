package ingest

import "testing"

func TestShownByCode(t *testing.T) {
	for code, want := range map[string]cellKind{
		"General": kindNumber, "0": kindNumber, "0.00E+00": kindNumber, "#,##0;[Red]-#,##0": kindNumber,
		`"£"#,##0`: kindNumber, "@": kindNumber,
		`0" days"`: kindNumber, `0\d`: kindNumber, "# ?/?": kindNumber, `_-* #,##0_-`: kindNumber,
		"0%": kindPercent, "0.00%": kindPercent, "[Red]0.0%;-0.0%": kindPercent, `0"%"`: kindNumber, `0\%`: kindNumber,
		"dd/mm/yyyy": kindDay, "yyyy-mm-dd": kindDay, "d mmm yy": kindDay, "[$-809]dd mmmm yyyy;@": kindDay,
		"dddd d mmmm yyyy": kindDay,
		"dd/mm/yyyy hh:mm": kindDay, "m/d/yy h:mm": kindDay, "DD/MM/YYYY": kindDay,
		"mmm-yy": kindMonth, "mmmm yyyy": kindMonth, "dddd mmmm yyyy": kindMonth, "yyyy": kindYear, "d mmm": kindNoYear,
		"mmm": kindNoYear, "ddd": kindNoYear,
		"hh:mm": kindTime, "[h]:mm": kindTime, "mm:ss.0": kindTime, "h:mm AM/PM": kindTime, "[mm]:ss": kindTime,
	} {
		if got := shownByCode(code); got != want {
			t.Errorf("%s: kind %d, want %d", code, got, want)
		}
	}
}

func TestShownText(t *testing.T) {
	tests := []struct {
		raw  string
		kind cellKind
		from bool
		want string
	}{
		{"0.62", kindPercent, false, "62%"},
		{"0.57", kindPercent, false, "57%"},
		{"0.56999999999999995", kindPercent, false, "57%"},
		{"1", kindPercent, false, "100%"},
		{"62", kindNumber, false, "62"},
		{"61.999999999999993", kindNumber, false, "62"},
		{"57.499999999999993", kindNumber, false, "57.5"},
		{"34.33", kindNumber, false, "34.33"},
		{"41073", kindDay, false, "2012-06-13"},
		{"41073", kindMonth, false, "2012-06"},
		{"41073", kindYear, false, "2012"},
		{"39611", kindDay, true, "2012-06-13"},
		{"61", kindDay, false, "1900-03-01"},
		{"60", kindDay, false, "60"},
		{"41073.5", kindDay, false, "41073.5"},
		{"-41073", kindDay, false, "-41073"},
		{"1E-5", kindNumber, false, "1E-5"},
		{"0x1", kindDay, false, "0x1"},
		{"text", kindText, false, "text"},
		{"1_000", kindPercent, false, "1_000"},
	}
	for _, test := range tests {
		if got := shownText(test.raw, test.kind, test.from); got != test.want {
			t.Errorf("%s as kind %d: %q, want %q", test.raw, test.kind, got, test.want)
		}
	}
}

func TestBuiltInFormats(t *testing.T) {
	for format, want := range map[int]cellKind{0: kindNumber, 1: kindNumber, 9: kindPercent, 10: kindPercent,
		11: kindNumber, 14: kindDay, 16: kindNoYear,
		17: kindMonth, 20: kindTime, 22: kindDay, 30: kindNoYear, 37: kindNumber, 46: kindTime, 49: kindNumber,
		57: kindNoYear} {
		if got := shownAs(format, nil); got != want {
			t.Errorf("format %d: kind %d, want %d", format, got, want)
		}
	}
	if got := shownAs(14, map[int]string{14: "0%"}); got != kindPercent {
		t.Errorf("a format the workbook defines anew: kind %d", got)
	}
}

func TestPosition(t *testing.T) {
	for ref, want := range map[string][2]int{"A1": {1, 0}, "Z9": {9, 25}, "AA10": {10, 26}, "BL20001": {20001, 63},
		"XFD1048576": {1048576, 16383}} {
		line, column, ok := position(ref)
		if !ok || line != want[0] || column != want[1] {
			t.Errorf("%s: row %d, column %d", ref, line, column)
		}
		if column < 64 && cellName(line, column) != ref {
			t.Errorf("%s is named back %s", ref, cellName(line, column))
		}
	}
	for _, ref := range []string{"", "A", "1", "A0", "a1", "A01", "ABCD1", "A12345678", "A1B", "$A$1", "A-1", "Ａ1"} {
		if _, _, ok := position(ref); ok {
			t.Errorf("%q is no name of a cell", ref)
		}
	}
}
