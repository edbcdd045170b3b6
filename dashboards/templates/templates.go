// Package templates holds the HTML of the pages: a layout, parts that several pages share, and one file a page.
// Templates place values and fixed words; they decide nothing but whether a part has anything to show.
package templates

import (
	"embed"
	"io/fs"
)

//go:embed *.gohtml parts/*.gohtml pages/*.gohtml
var files embed.FS

// Files are the templates by folder and name.
func Files() fs.FS { return files }
