package draw

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// Raster makes pictures of drawings. It runs resvg, a library of Rust, as WebAssembly in an engine within the program:
// it can reach nothing but the drawing and two typefaces as wide as the ones that drawings name. It is safe for
// concurrent use and makes one picture at a time. Starting takes some seconds of one core, when the first is made.
type Raster struct {
	start func() (*rasterEngine, error)
	turn  sync.Mutex
	with  *rasterEngine // nil where one is to be started
}

// NewRaster returns a Raster that runs the code of static.Raster.
func NewRaster(code []byte) *Raster {
	compiled := sync.OnceValues(func() (*rasterCode, error) { return compileRaster(code) })
	return &Raster{start: func() (*rasterEngine, error) {
		c, err := compiled()
		if err != nil {
			return nil, err
		}
		return c.engine()
	}}
}

// PNG returns a drawing as a picture of its own size. An engine in which a drawing failed is not used again.
func (r *Raster) PNG(svg []byte) ([]byte, error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	var err error
	if r.with == nil {
		if r.with, err = r.start(); err != nil {
			return nil, fmt.Errorf("start to make pictures: %w", err)
		}
	}
	picture, err := r.with.png(string(svg))
	if err != nil {
		err = fmt.Errorf("make a picture: %w", err)
		r.with = nil
	}
	return picture, err
}

// rasterOptions are what resvg is told: it knows no typefaces but those that it is given.
const rasterOptions = `{"font":{"loadSystemFonts":false,"defaultFontFamily":"Liberation Sans",` +
	`"sansSerifFamily":"Liberation Sans"},"fitTo":{"mode":"original"}}`

// rasterCode is the library, ready to run.
type rasterCode struct {
	runtime wazero.Runtime
	module  wazero.CompiledModule
	host    *rasterHost
}

func compileRaster(code []byte) (*rasterCode, error) {
	ctx := context.Background()
	c := &rasterCode{runtime: wazero.NewRuntime(ctx), host: newRasterHost()}
	var err error
	if c.module, err = c.runtime.CompileModule(ctx, code); err != nil {
		return nil, err
	}
	builder := c.runtime.NewHostModuleBuilder("wbg")
	for _, f := range c.module.ImportedFunctions() {
		module, name, _ := f.Import()
		work, ok := rasterCalls[fmt.Sprintf("%s/%d", unversioned(name), len(f.ParamTypes()))]
		if module != "wbg" || !ok {
			return nil, fmt.Errorf("the library calls %s.%s, which is not known", module, name)
		}
		arguments := len(f.ParamTypes())
		builder.NewFunctionBuilder().WithGoFunction(api.GoFunc(func(_ context.Context, stack []uint64) {
			for n := range arguments { // all are of 32 bits; the others are of what was on the stack before
				stack[n] = uint64(uint32(stack[n]))
			}
			work(c.host, stack)
		}), f.ParamTypes(), f.ResultTypes()).Export(name)
	}
	if _, err := builder.Instantiate(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *rasterCode) engine() (*rasterEngine, error) {
	module, err := c.runtime.InstantiateModule(context.Background(), c.module, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil, err
	}
	c.host.reset(module)
	return &rasterEngine{module, c.host}, nil
}

// rasterEngine is one run of the library. Its functions that may fail write three words where they are told: what they
// made, what went wrong, and whether anything did.
type rasterEngine struct {
	module api.Module
	host   *rasterHost
}

func (e *rasterEngine) png(svg string) (picture []byte, err error) {
	defer func() { // the library's own failures come out of its calls
		if failure := recover(); failure != nil {
			why, _, _ := strings.Cut(fmt.Sprint(failure), "\n") // the rest is where
			picture, err = nil, errors.New(why)
		}
		if err != nil {
			_ = e.module.Close(context.Background())
		}
	}()
	options, length := e.host.pass([]byte(rasterOptions))
	fonts := e.host.add([]any{liberationsansregular.TTF, liberationsansbold.TTF})
	drawing := e.made("resvg_new", e.host.add(svg), options, length, fonts)
	defer e.call("__wbg_resvg_free", drawing)
	image := e.made("resvg_render", drawing)
	defer e.call("__wbg_renderedimage_free", image)
	bytes := e.made("renderedimage_asPng", image)
	defer e.host.drop(bytes)
	return slices.Clone(e.host.bytes(bytes)), nil
}

func (e *rasterEngine) call(name string, args ...uint64) uint64 { return e.host.call(name, args...) }

// made calls a function that may fail and returns what it made.
func (e *rasterEngine) made(name string, args ...uint64) uint64 {
	const room = 16 // bytes, of which the three words take twelve
	at := e.call("__wbindgen_add_to_stack_pointer", api.EncodeI32(-room))
	e.call(name, append([]uint64{at}, args...)...)
	words, _ := e.module.Memory().Read(uint32(at), 12)
	made, wrong, failed := binary.LittleEndian.Uint32(words), binary.LittleEndian.Uint32(words[4:]),
		binary.LittleEndian.Uint32(words[8:])
	e.call("__wbindgen_add_to_stack_pointer", room)
	if failed != 0 {
		panic(e.host.values[wrong])
	}
	return uint64(made)
}
