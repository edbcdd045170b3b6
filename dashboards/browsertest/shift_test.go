package browsertest

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestNothingMovesWhenChartsDraw keeps the chart script back until the page is on the screen, as a slow line does, and
// adds up how far what was there is moved by what comes then.
func TestNothingMovesWhenChartsDraw(t *testing.T) {
	const most = 0.01 // cumulative layout shift; the web's own threshold for good is 0.1
	drawn := func(v visit) bool { return v.charts && v.language == "en" }
	each(t, drawn, func(t *testing.T, v visit) {
		b := newTab(t, v.width)
		firstPaint, shifts := b.expression("first-paint"), b.expression("shifts")
		chromedp.ListenTarget(b.ctx, func(event any) {
			if script, ok := event.(*fetch.EventRequestPaused); ok {
				go func() { // errors show below: a page that was not painted, or was never given its script
					_ = chromedp.Run(b.ctx, chromedp.Evaluate(firstPaint, nil, awaited))
					_ = chromedp.Run(b.ctx, fetch.ContinueRequest(script.RequestID))
				}()
			}
		})
		b.do("watch for shifts",
			network.SetCacheDisabled(true),
			fetch.Enable().WithPatterns([]*fetch.RequestPattern{{URLPattern: "*/charts.*.js"}}),
			chromedp.ActionFunc(func(ctx context.Context) error {
				_, err := page.AddScriptToEvaluateOnNewDocument(shifts).Do(ctx)
				return err
			}))
		b.open(v.address())
		var moved struct {
			Painted float64 // when the page first was on the screen, in milliseconds
			Script  float64 // when the script had come
			Score   float64
			What    []string
		}
		b.ask("shifted", &moved)
		if moved.Painted == 0 || moved.Painted >= moved.Script {
			t.Errorf("%s: the page was painted at %.0f ms, after the script at %.0f ms: nothing could be seen to move",
				v.address(), moved.Painted, moved.Script)
		}
		if moved.Score >= most {
			t.Errorf("%s: the page moves by %.3f while charts draw, want less than %.2f: %v", v.address(), moved.Score,
				most, moved.What)
		}
	})
}
