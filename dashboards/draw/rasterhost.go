package draw

import (
	"context"
	"errors"
	"regexp"
	"slices"

	"github.com/tetratelabs/wazero/api"
)

// rasterHost has the values that the library asks its host to keep. It was made for JavaScript, as wasm-bindgen makes
// modules, so it names values by number: text, bytes, parts of its own memory, and lists that it goes through.
type rasterHost struct {
	module api.Module
	values []any
	free   []uint64
}

type (
	rasterMemory struct{}
	rasterPart   struct{ from, length uint32 } // of the library's memory
	rasterList   struct{ left []any }
	rasterStep   struct {
		value any
		done  bool
	}
)

// reserved is how many numbers the library has for values of its own: 128, and those of undefined, null, true and
// false.
const reserved = 132

func newRasterHost() *rasterHost { return &rasterHost{} }

// reset forgets everything, for a new run of the library.
func (h *rasterHost) reset(module api.Module) {
	h.module, h.free, h.values = module, nil, make([]any, reserved)
	h.values[reserved-2], h.values[reserved-1] = true, false
}

func (h *rasterHost) add(value any) uint64 {
	if last := len(h.free) - 1; last >= 0 {
		at := h.free[last]
		h.free, h.values[at] = h.free[:last], value
		return at
	}
	h.values = append(h.values, value)
	return uint64(len(h.values) - 1)
}

func (h *rasterHost) drop(at uint64) {
	if at >= reserved {
		h.values[at], h.free = nil, append(h.free, at)
	}
}

// bytes are those of a value: its own or a part of the library's memory.
func (h *rasterHost) bytes(at uint64) []byte {
	switch value := h.values[at].(type) {
	case []byte:
		return value
	case rasterPart:
		return h.read(value.from, value.length)
	}
	return nil
}

func (h *rasterHost) read(from, length uint32) []byte {
	bytes, ok := h.module.Memory().Read(from, length)
	if !ok {
		panic(errors.New("the library points out of its memory"))
	}
	return bytes
}

// call calls a function of the library and returns its result, 0 where it has none.
func (h *rasterHost) call(name string, args ...uint64) uint64 {
	results, err := h.module.ExportedFunction(name).Call(context.Background(), args...)
	if err != nil {
		panic(err)
	}
	if len(results) == 0 {
		return 0
	}
	return results[0]
}

// pass writes bytes into the library's memory, which is to free them, and returns where and how many.
func (h *rasterHost) pass(bytes []byte) (at, length uint64) {
	at, length = h.call("__wbindgen_malloc", uint64(len(bytes)), 1), uint64(len(bytes))
	copy(h.read(uint32(at), uint32(length)), bytes)
	return at, length
}

var version = regexp.MustCompile(`_[0-9a-f]{16}$`)

// unversioned is the name of a call without the hash that tells versions of it apart.
func unversioned(name string) string { return version.ReplaceAllString(name, "") }

// rasterCalls are what the library asks of its host, by unversioned name and number of
// arguments. A call's arguments are on the stack, and its
// result replaces the first.
var rasterCalls = map[string]func(h *rasterHost, stack []uint64){
	"__wbindgen_memory/0":          func(h *rasterHost, s []uint64) { s[0] = h.add(rasterMemory{}) },
	"__wbg_buffer/1":               func(h *rasterHost, s []uint64) { s[0] = h.add(h.values[s[0]]) },
	"__wbindgen_object_drop_ref/1": func(h *rasterHost, s []uint64) { h.drop(s[0]) },
	"__wbg_newwithbyteoffsetandlength/3": func(h *rasterHost, s []uint64) {
		s[0] = h.add(rasterPart{uint32(s[1]), uint32(s[2])})
	},
	"__wbg_new/0": func(h *rasterHost, s []uint64) { s[0] = h.add([]any{}) }, // a list
	"__wbg_new/1": func(h *rasterHost, s []uint64) { // bytes
		if _, whole := h.values[s[0]].(rasterMemory); whole {
			s[0] = h.add(rasterPart{0, h.module.Memory().Size()})
			return
		}
		s[0] = h.add(slices.Clone(h.bytes(s[0])))
	},
	"__wbg_new/2": func(h *rasterHost, s []uint64) { // an error
		s[0] = h.add(errors.New(string(h.read(uint32(s[0]), uint32(s[1])))))
	},
	"__wbg_values/1": func(h *rasterHost, s []uint64) {
		list, _ := h.values[s[0]].([]any)
		s[0] = h.add(&rasterList{list})
	},
	"__wbg_next/1": func(h *rasterHost, s []uint64) {
		list, step := h.values[s[0]].(*rasterList), rasterStep{done: true}
		if len(list.left) > 0 {
			step = rasterStep{value: list.left[0]}
			list.left = list.left[1:]
		}
		s[0] = h.add(step)
	},
	"__wbg_done/1":  func(h *rasterHost, s []uint64) { s[0] = truth(h.values[s[0]].(rasterStep).done) },
	"__wbg_value/1": func(h *rasterHost, s []uint64) { s[0] = h.add(h.values[s[0]].(rasterStep).value) },
	"__wbg_instanceof_Uint8Array/1": func(h *rasterHost, s []uint64) {
		_, bytes := h.values[s[0]].([]byte)
		s[0] = truth(bytes)
	},
	"__wbindgen_string_get/2": func(h *rasterHost, s []uint64) {
		var at, length uint64
		to, text := uint32(s[0]), h.values[s[1]]
		if text, ok := text.(string); ok {
			at, length = h.pass([]byte(text))
		}
		h.module.Memory().WriteUint32Le(to, uint32(at))
		h.module.Memory().WriteUint32Le(to+4, uint32(length))
	},
	"__wbindgen_string_new/2": func(h *rasterHost, s []uint64) {
		s[0] = h.add(string(h.read(uint32(s[0]), uint32(s[1]))))
	},
	"__wbg_push/2":   func(*rasterHost, []uint64) { panic(errors.New("the drawing names images of elsewhere")) },
	"__wbg_length/1": func(h *rasterHost, s []uint64) { s[0] = uint64(len(h.bytes(s[0]))) },
	"__wbg_set/3":    func(h *rasterHost, s []uint64) { copy(h.bytes(s[0])[s[2]:], h.bytes(s[1])) },
	"__wbindgen_throw/2": func(h *rasterHost, s []uint64) {
		panic(errors.New(string(h.read(uint32(s[0]), uint32(s[1])))))
	},
}

func truth(is bool) uint64 {
	if is {
		return 1
	}
	return 0
}
