package command

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// A document is gone where it answers neither a question for its headers nor one for itself; one that lets no program in
// is not.
func TestDeadLinksAreThoseThatDoNotAnswer(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/gone":
			w.WriteHeader(http.StatusNotFound)
		case r.URL.Path == "/forbidden":
			w.WriteHeader(http.StatusForbidden)
		case r.URL.Path == "/only-get" && r.Method == http.MethodHead:
			w.WriteHeader(http.StatusMethodNotAllowed)
		case r.URL.Path == "/moved":
			http.Redirect(w, r, "/there", http.StatusFound)
		}
	}))
	defer web.Close()
	dead := deadLinks(t.Context(), []string{web.URL + "/there", web.URL + "/gone", web.URL + "/forbidden",
		web.URL + "/only-get", web.URL + "/moved", "http://127.0.0.1:1/nobody"})
	if len(dead) != 2 || dead[0] != (deadLink{web.URL + "/gone", "it answers Not Found"}) ||
		dead[1].url != "http://127.0.0.1:1/nobody" {
		t.Errorf("%+v", dead)
	}
}
