package draw

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"yardstick/static"
)

// started is one library for all tests: to start another takes seconds.
var started = sync.OnceValues(func() (*Raster, error) {
	code, err := static.Raster()
	return NewRaster(code), err
})

func raster(t testing.TB) *Raster {
	t.Helper()
	r, err := started()
	if errors.Is(err, static.ErrNotBuilt) && testing.Short() {
		t.Skip(err) // a short run needs no Node, which brings the library
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func picture(t *testing.T, r *Raster, svg []byte) image.Image {
	t.Helper()
	content, err := r.PNG(svg)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := r.PNG(svg); err != nil || !bytes.Equal(content, again) {
		t.Fatalf("the same drawing is another picture: %v", err)
	}
	decoded, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

// inked counts the pixels of a part of a picture that are not white.
func inked(i image.Image, part image.Rectangle) (n int) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if r, g, b, _ := i.At(x, y).RGBA(); r+g+b < 3*0xffff {
				n++
			}
		}
	}
	return n
}

// A picture is the drawing, shape by shape, with its texts in both weights and the letters of Welsh: none of them is
// blank, and none is like another.
func TestPictureIsTheDrawing(t *testing.T) {
	if testing.Short() {
		t.Skip("it draws")
	}
	r := raster(t)
	i := picture(t, r, []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80" font-family="Arial" `+
		`font-size="16"><rect width="120" height="80" fill="#ffffff"/><rect x="100" width="20" height="20" fill="#12436d"/>`+
		`<text x="4" y="20">ŵŷ</text><text x="4" y="50" font-weight="bold">ŵŷ</text><text x="50" y="50">●■▲</text></svg>`))
	if i.Bounds() != image.Rect(0, 0, 120, 80) {
		t.Fatalf("the picture is %v", i.Bounds())
	}
	if got := color.RGBAModel.Convert(i.At(110, 10)); got != (color.RGBA{0x12, 0x43, 0x6d, 255}) {
		t.Errorf("the square is %v", got)
	}
	plain, bold := inked(i, image.Rect(0, 0, 48, 28)), inked(i, image.Rect(0, 30, 48, 58))
	marks := inked(i, image.Rect(48, 30, 98, 58))
	if plain < 40 || bold <= plain || marks < 80 || inked(i, image.Rect(0, 60, 120, 80)) > 0 {
		t.Errorf("%d pixels of letters, %d of bold ones, %d of marks", plain, bold, marks)
	}
}

// Every kind of chart makes a card of the size that those who show links want, with ink in its head and in its chart.
func TestCards(t *testing.T) {
	if testing.Short() {
		t.Skip("it draws")
	}
	files, err := filepath.Glob("../charts/testdata/cy/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d charts: %v", len(files), err)
	}
	d, r := drawer(t), raster(t)
	for _, file := range files {
		options, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		svg, err := Card{Language: "cy", Site: "Yardstick", Title: "Teitl & <mwy>", Headline: "Yr hyn y mae'n ei ddweud",
			Options: options, Height: 340}.SVG(d)
		if err != nil {
			t.Fatal(err)
		}
		i := picture(t, r, svg)
		if i.Bounds() != image.Rect(0, 0, CardWidth, CardHeight) {
			t.Errorf("%s: the card is %v", file, i.Bounds())
		}
		head, chart := inked(i, image.Rect(0, cardBand, CardWidth, 190)), inked(i, image.Rect(0, 200, CardWidth, CardHeight))
		if head < 2000 || chart < 2000 {
			t.Errorf("%s: %d pixels of the title, %d of the chart", file, head, chart)
		}
	}
}

// What is no drawing is an error, and the next drawing is made all the same.
func TestRasterRefuses(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes pictures")
	}
	r := raster(t)
	for _, svg := range []string{"", "no drawing", "<svg", `<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>`} {
		if content, err := r.PNG([]byte(svg)); err == nil {
			t.Errorf("%q becomes %d bytes", svg, len(content))
		}
	}
	picture(t, r, []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="9"/></svg>`))
	if _, err := NewRaster([]byte("no library")).PNG([]byte("<svg/>")); err == nil {
		t.Error("what is no library makes pictures")
	}
}

// BenchmarkCard makes a card of a chart of lines.
func BenchmarkCard(b *testing.B) {
	script, err := static.Drawing()
	if err != nil {
		b.Fatal(err)
	}
	options, err := os.ReadFile("../charts/testdata/en/lines.json")
	if err != nil {
		b.Fatal(err)
	}
	d, r := New(script), raster(b)
	for b.Loop() {
		svg, err := Card{Site: "Yardstick", Title: "Title", Headline: "Headline", Options: options, Height: 340}.SVG(d)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := r.PNG(svg); err != nil {
			b.Fatal(err)
		}
	}
}
