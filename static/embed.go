// Package static has everything the browser receives besides pages: the stylesheet, the scripts and the icon. Their
// sources are in src/; build.mjs builds them into dist/, which the repository does not keep. The package compiles
// without them, so that Go alone can build and test; Manifest, Drawing and Raster then fail with ErrNotBuilt, and
// nothing is served.
package static

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// ErrNotBuilt reports that dist/ is empty.
var ErrNotBuilt = errors.New("static/dist is not built: make assets")

// Dist returns the built assets, named as in the manifest, with manifest.json,
// LICENSES.txt and MODULES.txt beside them.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		// fs.Sub fails only on an invalid path, and this one is constant.
		panic(err)
	}
	return sub
}

// Manifest returns the hashed file name of each asset by its logical name,
// such as "site.css".
func Manifest() (map[string]string, error) {
	raw, err := read("manifest.json")
	if err != nil {
		return nil, err
	}
	var names map[string]string
	if err := json.Unmarshal(raw, &names); err != nil {
		return nil, fmt.Errorf("decode asset manifest: %w", err)
	}
	return names, nil
}

// Drawing returns the script that draws charts: the one that pages load. The server makes images with it.
func Drawing() (string, error) {
	names, err := Manifest()
	if err != nil {
		return "", err
	}
	source, err := read(names["charts.js"])
	return string(source), err
}

// Raster returns the library that makes pictures of drawings, as WebAssembly.
func Raster() ([]byte, error) { return read("raster.wasm") }

// Licences returns the licences and notices of the modules that the program is built from, and of what browsers
// receive.
func Licences() (string, error) {
	modules, errModules := read("MODULES.txt")
	scripts, errScripts := read("LICENSES.txt")
	return string(modules) + string(scripts), errors.Join(errModules, errScripts)
}

func read(name string) ([]byte, error) {
	content, err := fs.ReadFile(Dist(), name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotBuilt
	}
	if err != nil {
		return nil, fmt.Errorf("read asset %s: %w", name, err)
	}
	return content, nil
}
