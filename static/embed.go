// Package static holds what the browser is sent besides pages: the stylesheet,
// the scripts and the icon. Their sources are in src/ and are built into
// dist/ by build.mjs; dist/ is not kept in the repository and must be built
// before this package compiles.
package static

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
)

//go:embed dist
var dist embed.FS

// Dist returns the built assets, named as in the manifest, with manifest.json
// and LICENSES.txt beside them.
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
	raw, err := fs.ReadFile(Dist(), "manifest.json")
	if err != nil {
		return nil, fmt.Errorf("read asset manifest: %w", err)
	}
	var names map[string]string
	if err := json.Unmarshal(raw, &names); err != nil {
		return nil, fmt.Errorf("decode asset manifest: %w", err)
	}
	return names, nil
}

// Drawing returns the script that the server draws images of charts with. It is in no manifest: nobody is sent it.
func Drawing() (string, error) {
	source, err := fs.ReadFile(Dist(), "drawing.js")
	if err != nil {
		return "", fmt.Errorf("read drawing script: %w", err)
	}
	return string(source), nil
}
