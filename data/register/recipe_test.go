package register

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yardstick/data/finding"
	"yardstick/data/ingest"
)

// workbook is a sheet in the layout of published tables, years across. Its figures are synthetic.
func workbook(t *testing.T, area string) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for n, row := range [][]any{
		{"Table 4 (synthetic)"},
		{"Youth justice service", "2031/32"},
		{nil, "Cohort", "Reoffenders", "Rate (%)"},
		{area, 90, 30, 33.3},
	} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", n+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetSheetName("Sheet1", "4 Reoffending"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func years(t *testing.T, source string) []byte {
	t.Helper()
	text, err := ingest.SetFields(ingest.ShippedRecipes()["reoffending-years-across"], map[string]string{
		"source_url": source, "source_title": "Reoffending tables (synthetic)",
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestImportByRecipe imports a workbook of another layout, and keeps the recipe beside it.
func TestImportByRecipe(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	in := Import{
		Name: "tables.xlsx", Content: workbook(t, "Derby YJS"), Recipe: years(t, "https://example.test/tables"), By: "tester",
	}
	receipt, err := r.Import(t.Context(), in)
	if err != nil || receipt.AddedRows != 1 || receipt.Kind != ingest.KindIndicators || receipt.Recipe == "" {
		t.Fatalf("%+v, %v", receipt, err)
	}
	if again, err := r.Import(t.Context(), in); err != nil || again.Seq != 0 || again.Unchanged != 1 {
		t.Errorf("the same again: %+v, %v", again, err)
	}
	in.Recipe, in.Why = years(t, "https://example.test/other"), "synthetic"
	if other, err := r.Import(t.Context(), in); err != nil || other.Seq != 2 || other.ChangedRows != 1 {
		t.Errorf("by another recipe: %+v, %v", other, err)
	}
	entries, err := r.Verify(t.Context())
	if err != nil || len(entries) != 2 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	if err := os.WriteFile(r.upload(receipt.Recipe), []byte("about = \"another\""), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Verify(t.Context()); err == nil {
		t.Error("a changed recipe was not noticed")
	}
}

// TestChecksNameTheCell refuses a figure that the record's own checks find wrong, by the row of the sheet.
func TestChecksNameTheCell(t *testing.T) {
	r := open(t)
	_, err := r.Import(t.Context(), Import{
		Name: "tables.xlsx", Content: workbook(t, "Derbyshire Dales YJS"), Recipe: years(t, "https://example.test/tables"),
		By: "tester",
	})
	var refused *finding.Error
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "in cell 4 Reoffending!A4 is no area of the register") {
		t.Errorf("%v", err)
	}
}
