// Package releasetest builds real releases for tests: a small made-up record, a few rows laid over it, or any other
// record. Only tests import it.
package releasetest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"yardstick/data/release"
	"yardstick/queries"
)

// Build builds a release of a record and returns the path of its database, which nobody may write. Releases are named
// by their content, so that the tests of one machine build each of them once.
func Build(record fs.FS) (path string, m release.Manifest, err error) {
	home, err := shared()
	if err != nil {
		return "", release.Manifest{}, err
	}
	b := release.Builder{Home: home, Record: record, Queries: queries.Files(), Now: time.Now}
	m, err = b.Prepare(context.Background())
	if err != nil {
		return "", release.Manifest{}, err
	}
	return release.Path(home, m.ID), m, nil
}

// kept is how long a release that no test has built again is left on disk.
const kept = 24 * time.Hour

// shared returns the folder of the releases of tests, without those of days past.
var shared = sync.OnceValues(func() (string, error) {
	home := filepath.Join(os.TempDir(), fmt.Sprintf("yardstick-test-releases-%d", os.Getuid()))
	old, err := filepath.Glob(filepath.Join(home, "releases", "*"))
	if err != nil {
		return "", err
	}
	for _, path := range old {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > kept {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return "", err
			}
		}
	}
	return home, nil
})
