package server

import (
	"net/url"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"yardstick/analytics"
	"yardstick/analytics/target"
)

// A wrong value of any assumption of the desk is the reader's mistake: the page and the interface say which one it
// was, in words, and it is no failure of the server's.
func TestWrongAssumptionsAreExplained(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks for hundreds of pages")
	}
	s := shared(t)
	wrong := []string{"x", "-1", "1e9", "NaN", "+Inf", "２", "1,5", "1;2", "\x00", "9999-99-99", strings.Repeat("9", 400)}
	for _, name := range target.Params() {
		for _, value := range wrong {
			query := url.Values{name: {value}}.Encode()
			for _, path := range []string{"/target", "/cy/target", "/api/v1/target"} {
				r := s.get(t, path+"?"+query)
				if r.status != 400 || !strings.Contains(r.text(), name) {
					t.Errorf("%s?%.80s: status %d, which does not name %s", path, query, r.status, name)
				}
			}
		}
	}
}

// An error that cannot be put into words is logged under the reference that its reader is shown.
func TestErrorWithoutWordsIsLogged(t *testing.T) {
	s := newSite(t, shipped(t))
	var ctx fasthttp.RequestCtx
	ctx.Request.SetRequestURI("/wordless")
	s.fail(s.app.AcquireCtx(&ctx), &analytics.InvalidError{Field: "x", Kind: "wordless"}) // it answers
	reference, ok := strings.CutPrefix(string(ctx.Response.Body()), "Reference: ")
	logged := strings.Join(s.log.all(), "\n")
	if ctx.Response.StatusCode() != 500 || !ok || !strings.Contains(logged, strings.TrimSpace(reference)) ||
		!strings.Contains(logged, "wordless") {
		t.Errorf("status %d, %q; logged %q", ctx.Response.StatusCode(), ctx.Response.Body(), logged)
	}
}
