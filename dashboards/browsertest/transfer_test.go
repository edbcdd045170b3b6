package browsertest

import (
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestTransfer weighs what a browser is sent for a first page and for a second one, headers and all.
func TestTransfer(t *testing.T) {
	const first, second = 300_000, 40_000 // bytes, at most
	b := newTab(t, widths[0])
	var mu sync.Mutex
	var sent float64
	asked := make(map[string]int)
	chromedp.ListenTarget(b.ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *network.EventLoadingFinished:
			sent += e.EncodedDataLength
		case *network.EventResponseReceived:
			if !e.Response.FromDiskCache {
				asked[strings.TrimPrefix(e.Response.URL, origin)]++
			}
		}
	})
	b.do("forget", network.ClearBrowserCache())
	for _, page := range []struct {
		path string
		most float64
	}{{"/areas/leicester-city", first}, {"/areas/cardiff", second}, {"/areas/leicestershire-and-rutland", second}} {
		mu.Lock()
		sent = 0
		clear(asked)
		mu.Unlock()
		b.open(origin + page.path)
		b.evaluate("idle", `new Promise((done) => setTimeout(done, 300))`, nil)
		mu.Lock()
		if sent > page.most || sent < 1000 {
			t.Errorf("%s: %.0f bytes are sent, want %.0f at most: %v", page.path, sent, page.most, asked)
		}
		if asked[page.path] != 1 {
			t.Errorf("%s: asked for %v", page.path, asked)
		}
		t.Logf("%s: %.0f bytes, %v", page.path, sent, asked)
		mu.Unlock()
	}
}
