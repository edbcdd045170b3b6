package browsertest

import (
	"bytes"
	"context"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestChartsArePrinted looks at pages as paper has them: the charts are there, and no wider than the paper.
func TestChartsArePrinted(t *testing.T) {
	const a4 = 688             // CSS pixels between the margins of a page of A4
	const emptyPDF = 10 * 1024 // bytes: one with nothing on it is smaller
	drawn := func(v visit) bool { return v.charts && v.language == "en" && v.width == widths[0] }
	each(t, drawn, func(t *testing.T, v visit) {
		b := newTab(t, v.width)
		b.open(v.address())
		b.do("turn to paper", emulation.SetEmulatedMedia().WithMedia("print"),
			emulation.SetDeviceMetricsOverride(a4, height, 1, false))
		b.ask("settle", nil)
		var drawings []struct {
			ID            string
			Width, Height float64
			Right         float64
		}
		b.ask("drawings", &drawings)
		if len(drawings) == 0 {
			t.Errorf("%s: no chart on paper", v.address())
		}
		for _, d := range drawings {
			if d.Width < 100 || d.Height < 50 {
				t.Errorf("%s: on paper, chart %s is %.0f by %.0f", v.address(), d.ID, d.Width, d.Height)
			}
			if d.Right > a4+1 {
				t.Errorf("%s: on paper, chart %s reaches to %.0f of %d", v.address(), d.ID, d.Right, a4)
			}
		}
		var pdf []byte
		b.do("print", chromedp.ActionFunc(func(ctx context.Context) (err error) {
			pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
			return err
		}))
		if !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) <= emptyPDF {
			t.Errorf("%s: printing makes %d bytes that begin %.8q", v.address(), len(pdf), pdf)
		}
	})
}
