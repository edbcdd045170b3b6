package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/data/release"
	"yardstick/queries"
)

// earlier is a release that the home pointed to before the one it points to, by the first letters of its id, without
// what was withdrawn since.
func earlier(ctx context.Context, home, id string) (*analytics.Snapshot, error) {
	for _, m := range release.Earlier(home) {
		if strings.HasPrefix(m.ID, id) {
			return again(ctx, home, m)
		}
	}
	return nil, &analytics.NotFoundError{Kind: "release", ID: id}
}

// again opens an earlier release from a database that is made for that in a folder of its own. The folder is removed
// at once: the engine has the file open, and its room is given back when the release is closed.
func again(ctx context.Context, home string, m release.Manifest) (snapshot *analytics.Snapshot, err error) {
	work, err := os.MkdirTemp("", "yardstick-earlier-")
	if err != nil {
		return nil, fmt.Errorf("earlier release: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	file, err := release.Builder{Home: home, Queries: queries.Files(), Now: time.Now}.Again(ctx, m, work)
	if err != nil {
		return nil, err
	}
	return openFile(ctx, file, m)
}
