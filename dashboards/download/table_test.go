package download

import "testing"

// What a cell says is read as a number only where it is one, written as pages write numbers.
func TestNumberIn(t *testing.T) {
	for text, want := range map[string]struct {
		number float64
		unit   string
		ok     bool
	}{
		"69%": {69, "%", true}, "1,234": {1234, "", true}, "−0.5": {-0.5, "", true}, "0": {0, "", true}, "67.3%": {67.3, "%", true},
		"": {}, "%": {}, "57% to 79%": {}, "as printed": {}, "NaN": {}, "1e5": {}, "0x1p4": {}, "Inf": {}, "+3": {}, "2012-06": {}, "–": {},
	} {
		number, unit, ok := numberIn(text)
		if ok != want.ok || ok && (number != want.number || unit != want.unit) {
			t.Errorf("%q is %g %q %t", text, number, unit, ok)
		}
	}
}
