// Package draw makes images of charts for downloads. The server runs the very library that draws charts in browsers,
// in an engine within the program, so that an image is what the page shows and needs no script of its reader. Every
// image carries what keeps it from being misread elsewhere: its finding, what is measured, where and when, its
// sources, the release and the licence. The same chart gives the same bytes: engines have neither clock nor chance, and
// keep nothing of a chart they drew.
//
//	draw.go     the engine
//	image.go    the image round the drawing
//	measure.go  how wide text is, and where its lines end
package draw

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"
)

// longest is how long one drawing may take; most take a twentieth of a second.
const longest = 5 * time.Second

// fontFamily is of faces that most machines have, and whose letters are as wide as the engine takes them to be.
const fontFamily = "Arial, Helvetica, sans-serif"

// mostIdle is how many engines are kept for the next drawing, and mostDrawn after how many drawings one is thrown away,
// so that whatever it may have gathered goes with it.
const (
	mostIdle  = 2
	mostDrawn = 500
)

// Drawer draws charts. It is safe for concurrent use; each drawing takes a core and some ten megabytes while it is
// made, so callers let few be made at a time. Starting an engine takes longer than drawing, so some are kept.
type Drawer struct {
	program func() (*goja.Program, error) // compiled when the first chart is drawn
	idle    chan *engine
}

// engine is a script engine that has run the drawing script.
type engine struct {
	*goja.Runtime
	draw  goja.Callable
	drawn int
}

// New returns a Drawer that runs the script of static.Drawing.
func New(script string) *Drawer {
	return &Drawer{
		program: sync.OnceValues(func() (*goja.Program, error) {
			program, err := goja.Compile("charts.js", script, false)
			if err != nil {
				return nil, fmt.Errorf("compile drawing script: %w", err)
			}
			return program, nil
		}),
		idle: make(chan *engine, mostIdle),
	}
}

// chart returns a chart's options, as pages have them, drawn as an svg element of a width and a height in pixels. An
// engine in which a drawing failed is not used again.
func (d *Drawer) chart(options []byte, width, height int) (string, error) {
	e, err := d.engine()
	if err != nil {
		return "", err
	}
	svg, err := e.chart(options, width, height)
	if err != nil {
		return "", fmt.Errorf("draw chart: %w", err)
	}
	svg = renamed(svg)
	if e.drawn < mostDrawn {
		select {
		case d.idle <- e:
		default: // there are enough
		}
	}
	return svg, nil
}

// engine returns an engine that is idle, or a new one.
func (d *Drawer) engine() (*engine, error) {
	select {
	case e := <-d.idle:
		return e, nil
	default:
	}
	program, err := d.program()
	if err != nil {
		return nil, err
	}
	e := &engine{Runtime: goja.New()}
	e.SetRandSource(func() float64 { return 0 })
	e.SetTimeSource(func() time.Time { return time.Unix(0, 0) })
	for _, name := range []string{"setTimeout", "clearTimeout"} { // nothing happens later in an image
		if err := e.Set(name, func() int { return 0 }); err != nil {
			return nil, fmt.Errorf("draw chart: %w", err)
		}
	}
	err = e.within(longest, func() error {
		_, err := e.RunProgram(program)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	draw, ok := goja.AssertFunction(e.Get("draw"))
	if !ok {
		return nil, errors.New("draw chart: the script has no function draw")
	}
	e.draw = draw
	return e, nil
}

// within does work that is interrupted after a while.
func (e *engine) within(longest time.Duration, work func() error) error {
	stop := time.AfterFunc(longest, func() { e.Interrupt("it took too long") })
	err := work()
	if !stop.Stop() && err == nil {
		return errors.New("it took too long") // an interrupt may still be waiting in the engine
	}
	return err
}

func (e *engine) chart(options []byte, width, height int) (svg string, err error) {
	e.drawn++
	err = e.within(longest, func() error {
		drawn, err := e.draw(goja.Undefined(), e.ToValue(string(options)), e.ToValue(fontFamily), e.ToValue(width),
			e.ToValue(height))
		if err == nil {
			svg = drawn.String()
		}
		return err
	})
	if err == nil && !strings.HasPrefix(svg, "<svg ") {
		err = fmt.Errorf("the script gave %.40q", svg)
	}
	return svg, err
}

// given are the names that the library gives to parts of a drawing, with numbers that go on from the drawing before.
var given = regexp.MustCompile(`\bzr[0-9]+-([a-z]+)-?[0-9]+\b`)

// renamed returns a drawing whose parts are numbered in the order in which they are named.
func renamed(svg string) string {
	names := make(map[string]string)
	return given.ReplaceAllStringFunc(svg, func(name string) string {
		if _, ok := names[name]; !ok {
			names[name] = fmt.Sprintf("zr-%s-%d", given.FindStringSubmatch(name)[1], len(names))
		}
		return names[name]
	})
}
