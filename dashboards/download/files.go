package download

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"sync"

	"yardstick/analytics"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
	"yardstick/dashboards/site"
)

// mostWritten is how many bytes of files are kept once they were asked for.
const mostWritten = 32 << 20

// Files are the files of one release: every table in every format, and the whole data package. Each is written when
// it is asked for, and those asked for most are kept. It is safe for concurrent use.
type Files struct {
	release analytics.Release
	tables  func() []export.Table // made when the first of them is asked for
	sizes   func() (map[string]int, error)
	written *cache.Cache
}

// NewFiles returns the files of a release.
func NewFiles(snapshot *analytics.Snapshot) (*Files, error) {
	written, err := cache.New(mostWritten)
	if err != nil {
		return nil, err
	}
	f := &Files{release: snapshot.Release(), written: written,
		tables: sync.OnceValue(func() []export.Table { return datapackage.Tables(snapshot) })}
	f.sizes = sync.OnceValues(f.measure)
	return f, nil
}

// Tables returns every table of the release.
func (f *Files) Tables() []export.Table { return f.tables() }

// Size returns the bytes of a table's file or of the package.
func (f *Files) Size(name string) (int, error) {
	sizes, err := f.sizes()
	return sizes[name], err
}

// measure writes every file whose size pages tell, one at a time, and keeps none.
func (f *Files) measure() (map[string]int, error) {
	var archive counter
	written, err := datapackage.Zip(&archive, datapackage.Files(f.release, f.Tables()))
	if err != nil {
		return nil, err
	}
	sizes := map[string]int{site.PackageName: int(archive)}
	for at, size := range written {
		sizes[path.Base(at)] = size
	}
	asJSON, _ := export.Find(export.JSON) // which the package leaves out
	for _, t := range f.Tables() {
		content, err := asJSON.File(t, datapackage.Origin(f.release))
		if err != nil {
			return nil, err
		}
		sizes[t.Name+"."+export.JSON] = len(content)
	}
	return sizes, nil
}

// counter counts the bytes written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// Has reports whether the release has a file of this name.
func (f *Files) Has(name string) bool {
	_, _, ok := f.find(name)
	return ok || name == site.PackageName || name == datapackage.MetadataName
}

// find returns the table and the format of a name such as "results.csv".
func (f *Files) find(name string) (export.Table, export.Format, bool) {
	table, extension, _ := strings.Cut(name, ".")
	t, isTable := datapackage.Find(f.Tables(), table)
	format, isFormat := export.Find(extension)
	return t, format, isTable && isFormat
}

// Nearest returns the files that a mistaken name may have meant: the same table in every format, or every table as CSV.
func (f *Files) Nearest(name string) []string {
	var names []string
	asked, _, _ := strings.Cut(strings.ToLower(name), ".")
	if t, ok := datapackage.Find(f.Tables(), asked); ok {
		for _, format := range export.Formats() {
			names = append(names, t.Name+"."+format.Name)
		}
		return names
	}
	for _, t := range f.Tables() {
		names = append(names, t.Name+"."+export.CSV)
	}
	return append(names, site.PackageName)
}

// Written reports whether a file is kept; otherwise Get has to write it.
func (f *Files) Written(name string) bool { return f.written.Has(name) }

// Get returns a file. It fails with a *analytics.NotFoundError where the release has none of this name.
func (f *Files) Get(name string) (*cache.Body, error) {
	return f.written.Get(name, func() (*cache.Body, error) { return f.write(name) })
}

func (f *Files) write(name string) (*cache.Body, error) {
	switch name {
	case site.PackageName:
		return f.writePackage()
	case datapackage.MetadataName:
		content, err := datapackage.Metadata(f.release, f.Tables())
		if err != nil {
			return nil, fmt.Errorf("file %s: %w", name, err)
		}
		return cache.Keep(content, datapackage.MetadataType, cache.OnDemand)
	}
	t, format, ok := f.find(name)
	if !ok {
		return nil, &analytics.NotFoundError{Kind: "file", ID: name}
	}
	content, err := format.File(t, datapackage.Origin(f.release))
	if err != nil {
		return nil, err
	}
	return fileBody(content, format, datapackage.FileName(f.release, t.Name, format.Name), cache.Keep)
}

// fileBody returns the body of a file in a format, which compress makes where the format is not compressed.
func fileBody(
	content []byte,
	format export.Format,
	name string,
	compress func([]byte, string, cache.Effort) (*cache.Body, error),
) (*cache.Body, error) {
	if format.Packed() {
		body := cache.Store(content, format.Type)
		body.FileName = name
		return body, nil
	}
	body, err := compress(content, format.Type, cache.OnDemand)
	if err != nil {
		return nil, fmt.Errorf("file %s: %w", name, err)
	}
	body.FileName = name
	return body, nil
}

func (f *Files) writePackage() (*cache.Body, error) {
	var content bytes.Buffer
	if _, err := datapackage.Zip(&content, datapackage.Files(f.release, f.Tables())); err != nil {
		return nil, err
	}
	body := cache.Store(content.Bytes(), "application/zip")
	body.FileName = datapackage.FileName(f.release, "data", "zip")
	return body, nil
}
