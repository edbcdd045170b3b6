package draw

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yardstick/static"
)

func drawer(t *testing.T) *Drawer {
	t.Helper()
	script, err := static.Drawing()
	if errors.Is(err, static.ErrNotBuilt) && testing.Short() {
		t.Skip(err) // a short run needs no Node, which builds the script
	}
	if err != nil {
		t.Fatal(err)
	}
	return New(script)
}

// Every kind of chart becomes an image that is whole, says what it must, needs nothing from elsewhere, and is the
// same again.
func TestEveryChart(t *testing.T) {
	if testing.Short() {
		t.Skip("it draws")
	}
	files, err := filepath.Glob("../charts/testdata/*/*.json")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d charts: %v", len(files), err)
	}
	d := drawer(t)
	for _, file := range files {
		options, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		i := Image{
			Language: "en",
			Headline: "Scores & <what> they say",
			Subtitle: "A subtitle",
			Summary:  "A summary.",
			Options:  options,
			Height:   340,
			Foot:     []string{"Source: a notice", "Release 0123", "Licence"},
		}
		image, err := d.SVG(i)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if again, err := d.SVG(i); err != nil || !bytes.Equal(image, again) {
			t.Errorf("%s is drawn otherwise the second time: %v", file, err)
		}
		texts, paths := read(t, image)
		for _, want := range append([]string{i.Headline, i.Subtitle, i.Summary}, i.Foot...) {
			if !strings.Contains(texts, want) {
				t.Errorf("%s: the image does not say %q", file, want)
			}
		}
		if paths < 2 {
			t.Errorf("%s: the image has %d shapes", file, paths)
		}
		for _, foreign := range []string{"href=", "<script", "<image", "url(http", "NaN", "undefined", "function"} {
			if bytes.Contains(image, []byte(foreign)) {
				t.Errorf("%s: the image has %s", file, foreign)
			}
		}
	}
}

// A chart is the same bytes from an engine that has drawn others, in whatever order, as from a new one.
func TestEnginesKeepNothingOfAChart(t *testing.T) {
	if testing.Short() {
		t.Skip("it draws")
	}
	files, err := filepath.Glob("../charts/testdata/*/*.json")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d charts: %v", len(files), err)
	}
	d, alone := drawer(t), make(map[string]string)
	for _, file := range files {
		options, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fresh := &Drawer{program: d.program, idle: make(chan *engine)} // which keeps no engine
		if alone[string(options)], err = fresh.chart(options, 900, 340); err != nil {
			t.Fatal(err)
		}
	}
	for options, want := range alone { // in the order of a map, which is another each time
		if got, err := d.chart([]byte(options), 900, 340); err != nil || got != want {
			t.Errorf("%.60s… is drawn otherwise after others: %v", options, err)
		}
	}
}

// BenchmarkChart draws each kind of chart with an engine that is kept, in turn.
func BenchmarkChart(b *testing.B) {
	script, err := static.Drawing()
	if err != nil {
		b.Fatal(err)
	}
	files, err := filepath.Glob("../charts/testdata/*/*.json")
	if err != nil || len(files) == 0 {
		b.Fatalf("%d charts: %v", len(files), err)
	}
	var all [][]byte
	for _, file := range files {
		options, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, options)
	}
	d := New(script)
	if _, err := d.chart(all[0], 900, 340); err != nil { // starts the engine
		b.Fatal(err)
	}
	for n := 0; b.Loop(); n++ {
		if _, err := d.chart(all[n%len(all)], 900, 340); err != nil {
			b.Fatal(err)
		}
	}
}

// read gives the texts of an image, and how many shapes it has besides.
func read(t *testing.T, image []byte) (texts string, shapes int) {
	t.Helper()
	var out strings.Builder
	decoder := xml.NewDecoder(bytes.NewReader(image))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return out.String(), shapes
		}
		if err != nil {
			t.Fatalf("the image is no XML: %v", err)
		}
		switch x := token.(type) {
		case xml.CharData:
			out.Write(x)
			out.WriteByte('\n')
		case xml.StartElement:
			if x.Name.Local == "path" {
				shapes++
			}
		}
	}
}

// What cannot be drawn is an error, never half an image.
func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct{ script, options string }{
		"no script":        {"this is no script", "{}"},
		"no function":      {"1", "{}"},
		"something else":   {"draw = () => 'text'", "{}"},
		"options not JSON": {"draw = (o) => JSON.parse(o)", "{"},
		"throws":           {"draw = () => { throw new Error('broken') }", "{}"},
	} {
		if image, err := New(c.script).SVG(Image{Options: []byte(c.options), Height: 100}); err == nil ||
			image != nil {
			t.Errorf("%s: %d bytes, %v", name, len(image), err)
		}
	}
}

// Lines keep every letter in order and have room, whatever is written.
func TestLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Za-z0-9 ,.%ŵŷ–]{0,300}`).Draw(t, "text")
		room := rapid.Float64Range(30, 900).Draw(t, "room")
		set := lines(text, 16, room)
		if got, want := strings.ReplaceAll(strings.Join(set, ""), " ", ""), strings.ReplaceAll(text, " ", ""); got != want {
			t.Fatalf("%q became %q", want, got)
		}
		for _, line := range set {
			if textWidth(line, 16) > room {
				t.Fatalf("%q is %g wide in %g", line, textWidth(line, 16), room)
			}
		}
	})
}
