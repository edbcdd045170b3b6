package dashboards

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"yardstick/analytics"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
)

// packageName is the whole data package under /data.
const packageName = "yardstick.zip"

// download answers requests for a file of the release: a table in a format, or the whole package. Each has one address;
// other spellings of it, and those under a language, lead there.
func (s *Server) download(c *fiber.Ctx) error {
	e := s.current.Load()
	if e == nil {
		return errNoRelease
	}
	name := c.Params("file")
	if isFile(e, name) {
		if c.Path() != dataRoot+name {
			return c.Redirect(dataRoot+name, fiber.StatusMovedPermanently)
		}
		r, err := s.file(e, name)
		if err != nil {
			return err
		}
		return send(c, r)
	}
	if lower := strings.ToLower(name); isFile(e, lower) {
		return c.Redirect(dataRoot+lower, fiber.StatusMovedPermanently)
	}
	return &analytics.NotFoundError{Kind: "file", ID: shownPath(name), Nearest: likeFile(e, name)}
}

// isFile says whether the release has a file of this name.
func isFile(e *edition, name string) bool {
	_, _, ok := fileOf(e, name)
	return ok || name == packageName
}

// fileOf is the table and the format that a name such as "results.csv" stands for.
func fileOf(e *edition, name string) (export.Table, export.Format, bool) {
	table, extension, _ := strings.Cut(name, ".")
	t, isTable := datapackage.Find(e.tables(), table)
	f, isFormat := export.Find(extension)
	return t, f, isTable && isFormat
}

// likeFile are the files that a mistaken name may have meant: the same table in every format, or every table as CSV.
func likeFile(e *edition, name string) []string {
	var names []string
	asked, _, _ := strings.Cut(strings.ToLower(name), ".")
	if t, ok := datapackage.Find(e.tables(), asked); ok {
		for _, f := range export.Formats() {
			names = append(names, t.Name+"."+f.Name)
		}
		return names
	}
	for _, t := range e.tables() {
		names = append(names, t.Name+"."+export.CSV)
	}
	return append(names, packageName)
}

// file is a file of the release, written when it is first asked for and kept as long as the release is served.
func (s *Server) file(e *edition, name string) (*rendered, error) {
	if r, ok := e.files.Load(name); ok {
		return r.(*rendered), nil
	}
	made, err, _ := e.writing.Do(name, func() (any, error) {
		r, err := s.write(e, name)
		if err == nil {
			e.files.Store(name, r)
		}
		return r, err
	})
	if err != nil {
		return nil, err
	}
	return made.(*rendered), nil
}

func (s *Server) write(e *edition, name string) (*rendered, error) {
	release := e.snapshot.Release()
	if name == packageName {
		return s.writePackage(e)
	}
	t, f, ok := fileOf(e, name)
	if !ok {
		return nil, &analytics.NotFoundError{Kind: "file", ID: name}
	}
	content, err := f.File(t, datapackage.Origin(release))
	if err != nil {
		return nil, err
	}
	return s.renderer.body(content, f.Type, datapackage.FileName(release, t.Name, f.Name), f.Packed())
}

// writePackage packs the files that are offered one by one.
func (s *Server) writePackage(e *edition) (*rendered, error) {
	release := e.snapshot.Release()
	files, err := datapackage.Files(release, e.tables(), func(t export.Table, f export.Format) ([]byte, error) {
		r, err := s.file(e, t.Name+"."+f.Name)
		if err != nil {
			return nil, err
		}
		return r.plain()
	})
	if err != nil {
		return nil, err
	}
	content, err := datapackage.Zip(files)
	if err != nil {
		return nil, err
	}
	return s.renderer.body(content, "application/zip", datapackage.FileName(release, "data", "zip"), true)
}
