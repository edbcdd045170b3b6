// Package draw makes images of charts for downloads. The server runs the very library that draws charts in browsers,
// in an engine within the program, so that an image is what the page shows and needs no script of its reader. Every
// image carries what keeps it from being misread elsewhere: its finding, what is measured, where and when, its
// sources, the release and the licence. The same chart gives the same bytes: each has an engine of its own, without
// clock or chance.
//
//	draw.go     the engine
//	image.go    the image round the drawing
//	measure.go  how wide text is, and where its lines end
package draw

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"
)

// longest is how long one drawing may take; most take a twentieth of a second.
const longest = 5 * time.Second

// fontFamily is of faces that most machines have, and whose letters are as wide as the engine takes them to be.
const fontFamily = "Arial, Helvetica, sans-serif"

// Drawer draws charts. It is safe for concurrent use; each drawing takes a core and some ten megabytes while it is
// made, so callers let few be made at a time.
type Drawer struct {
	program func() (*goja.Program, error) // compiled when the first chart is drawn
}

// New returns a Drawer that runs the script of static.Drawing.
func New(script string) *Drawer {
	return &Drawer{program: sync.OnceValues(func() (*goja.Program, error) {
		program, err := goja.Compile("charts.js", script, false)
		if err != nil {
			return nil, fmt.Errorf("compile drawing script: %w", err)
		}
		return program, nil
	})}
}

// chart returns a chart's options, as pages have them, drawn as an svg element of a width and a height in pixels.
func (d *Drawer) chart(options []byte, width, height int) (string, error) {
	program, err := d.program()
	if err != nil {
		return "", err
	}
	engine := goja.New()
	engine.SetRandSource(func() float64 { return 0 })
	engine.SetTimeSource(func() time.Time { return time.Unix(0, 0) })
	stop := time.AfterFunc(longest, func() { engine.Interrupt("it took too long") })
	defer stop.Stop()
	for _, name := range []string{"setTimeout", "clearTimeout"} { // nothing happens later in an image
		if err := engine.Set(name, func() int { return 0 }); err != nil {
			return "", fmt.Errorf("draw chart: %w", err)
		}
	}
	if _, err := engine.RunProgram(program); err != nil {
		return "", fmt.Errorf("draw chart: %w", err)
	}
	draw, ok := goja.AssertFunction(engine.Get("draw"))
	if !ok {
		return "", errors.New("draw chart: the script has no function draw")
	}
	drawn, err := draw(goja.Undefined(), engine.ToValue(string(options)), engine.ToValue(fontFamily),
		engine.ToValue(width), engine.ToValue(height))
	if err != nil {
		return "", fmt.Errorf("draw chart: %w", err)
	}
	svg := drawn.String()
	if !strings.HasPrefix(svg, "<svg ") {
		return "", fmt.Errorf("draw chart: the script gave %.40q", svg)
	}
	return svg, nil
}
