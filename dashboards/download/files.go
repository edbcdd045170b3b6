package download

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"golang.org/x/sync/singleflight"

	"yardstick/analytics"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
	"yardstick/dashboards/site"
)

// Files are the files of one release: every table in every format, and the whole data package. Each is written when
// it is first asked for and kept as long as the release is served. It is safe for concurrent use.
type Files struct {
	release analytics.Release
	tables  func() []export.Table // made when the first of them is asked for
	written sync.Map              // *cache.Body by name: there are few
	writing singleflight.Group
}

// NewFiles returns the files of a release.
func NewFiles(snapshot *analytics.Snapshot) *Files {
	return &Files{release: snapshot.Release(),
		tables: sync.OnceValue(func() []export.Table { return datapackage.Tables(snapshot) })}
}

// Tables returns every table of the release.
func (f *Files) Tables() []export.Table { return f.tables() }

// Size returns the bytes of a file.
func (f *Files) Size(name string) (int, error) {
	body, err := f.Get(name)
	if err != nil {
		return 0, err
	}
	return body.Size, nil
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

// Written returns a file that was asked for before; false where it would have to be written.
func (f *Files) Written(name string) (*cache.Body, bool) {
	body, ok := f.written.Load(name)
	if !ok {
		return nil, false
	}
	return body.(*cache.Body), true
}

// Get returns a file. It fails with a *analytics.NotFoundError where the release has none of this name.
func (f *Files) Get(name string) (*cache.Body, error) {
	if body, ok := f.Written(name); ok {
		return body, nil
	}
	made, err, _ := f.writing.Do(name, func() (any, error) {
		body, err := f.write(name)
		if err == nil {
			f.written.Store(name, body)
		}
		return body, err
	})
	if err != nil {
		return nil, err
	}
	return made.(*cache.Body), nil
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

// writePackage packs the files that are offered one by one.
func (f *Files) writePackage() (*cache.Body, error) {
	files, err := datapackage.Files(
		f.release,
		f.Tables(),
		func(t export.Table, format export.Format) ([]byte, error) {
			body, err := f.Get(t.Name + "." + format.Name)
			if err != nil {
				return nil, err
			}
			plain := body.Plain()
			content, err := io.ReadAll(plain)
			return content, errors.Join(err, plain.Close())
		},
	)
	if err != nil {
		return nil, err
	}
	content, err := datapackage.Zip(files)
	if err != nil {
		return nil, err
	}
	body := cache.Store(content, "application/zip")
	body.FileName = datapackage.FileName(f.release, "data", "zip")
	return body, nil
}
