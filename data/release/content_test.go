package release_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"

	"yardstick/data"
	"yardstick/data/release"
	"yardstick/data/release/releasetest"
)

// Two homes write the same record in other bytes, and are bound to the same content.
func TestTheSameRecordIsBoundToTheSameContent(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	one, errOne := builder(t.TempDir(), data.Record(), firstDay).Build(t.Context())
	other, errOther := builder(t.TempDir(), data.Record(), firstDay.AddDate(1, 0, 0)).Build(t.Context())
	if errOne != nil || errOther != nil {
		t.Fatal(errOne, errOther)
	}
	if one.Content == "" || one.Content != other.Content {
		t.Errorf("contents %q and %q", one.Content, other.Content)
	}
	boundOne, _ := one.Bound()
	if boundOther, _ := other.Bound(); boundOne != boundOther {
		t.Error("two faithful builds are bound to different hashes")
	}
}

// A database with a figure, a view or a macro exchanged is found, though its manifest has its new bytes.
func TestAnExchangedDatabaseIsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	for name, forgery := range map[string]string{
		"a figure":      "update result_row set percent = 99 where percent is not null",
		"a row less":    "delete from result_row where rowid = 0",
		"a row doubled": "insert into source select * from source limit 1",
		"a view":        "create or replace view area_name as select 1 as forged",
		"a macro":       "create or replace macro forged(x) as x + 1",
	} {
		b := builder(t.TempDir(), releasetest.Record(), firstDay)
		m, err := b.Build(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		path := release.Path(b.Home, m.ID)
		db, err := sql.Open("duckdb", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), forgery); err != nil && !strings.Contains(err.Error(), "onstraint") {
			t.Fatalf("%s: %v", name, err)
		} else if err != nil {
			t.Logf("%s: the database refuses it itself: %v", name, err)
			continue
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		m.SHA256, m.Size = hex.EncodeToString(sum[:]), int64(len(content))
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(b.Home, "releases", m.ID+".json"), text, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Bound(t.Context(), m.ID); err == nil || !strings.Contains(err.Error(), "does not say") {
			t.Errorf("%s exchanged: %v", name, err)
		}
	}
}
