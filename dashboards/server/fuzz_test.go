package server

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/valyala/fasthttp"
)

// FuzzPageQuery asks for any path and query: the answer is never the server's own fault, is what its type says, leads
// nowhere but on the site, and has no script but those of the templates.
func FuzzPageQuery(f *testing.F) {
	for _, seed := range [][2]string{
		{"/", ""}, {"/cy", ""}, {"/areas", "q=leicester"}, {"/areas/leicester-city", ""}, {"/cy/inspections/" + rutland, ""},
		{"/compare", "with=" + leicester + "&with=" + rutland},
		{"/benchmarks", "programme=cci&measure=safeguarding&group=region&of=cardiff&as_of=2012-06-13"},
		{"/inspections", "programme=%3Cscript%3E"}, {"//evil.example", ""}, {"/areas/../..", "%00"},
		{"/areas", "q=%3Cno+value%3E"}, {"/areas", "q=\xff"},
		{"/trends", "theme=governance&region=london"}, {"/indicators", "indicator=fte_rate_per_100k&area=dorset"},
		{"/api/v1/benchmarks", "programme=cci&measure=safeguarding"}, {"/api/v1/compare", "with=a&with=b&lang=cy"},
		{"/api/v1/results", "format=csv"},
		{"/api/v1/areas", "q=%E2%80%A8"}, {"/api/v1/inspections", "from=2012&to=2011-02-29"},
		{"/Areas/Leicester-City", "a=b;c=d"}, {"/assets/site.1.css", "x"},
	} {
		f.Add(seed[0], seed[1])
	}
	server, log, err := newServer(Config{})
	if err != nil {
		f.Fatal(err)
	}
	if err := server.Publish(shipped(f)); err != nil {
		f.Fatal(err)
	}
	handler := server.Handler()
	f.Fuzz(func(t *testing.T, path, query string) {
		var ctx fasthttp.RequestCtx
		ctx.Request.Header.SetMethod(fasthttp.MethodGet)
		ctx.Request.SetRequestURI("/" + strings.TrimPrefix(path, "/") + "?" + query)
		handler(&ctx)

		status, body := ctx.Response.StatusCode(), string(ctx.Response.Body())
		if status >= 500 {
			t.Errorf("status %d", status)
		}
		if logged := log.all(); len(logged) > 0 {
			t.Fatalf("logged %q", logged)
		}
		if at := string(ctx.Response.Header.Peek("Location")); at != "" &&
			(at[0] != '/' || strings.HasPrefix(at, "//") || strings.Contains(at, "\\")) {
			t.Errorf("leads to %q", at)
		}
		if !utf8.ValidString(body) {
			t.Error("the body is no UTF-8")
		}
		switch kind := string(ctx.Response.Header.ContentType()); {
		case strings.HasPrefix(kind, "application/json"):
			if !json.Valid([]byte(body)) || strings.Contains(body, "<") {
				t.Error("the body is no JSON, or holds what is not escaped")
			}
		case strings.HasPrefix(kind, "text/html"):
			own := strings.Count(body, `<script src="/assets/`) + strings.Count(body,
				`<script type="application/json" id="`) + strings.Count(body, `<script type="application/ld+json">`)
			if n := strings.Count(strings.ToLower(body), "<script"); n != own {
				t.Errorf("%d scripts, of which %d are the page's own", n, own)
			}
		}
	})
}
