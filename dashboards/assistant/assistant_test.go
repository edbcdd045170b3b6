package assistant

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"yardstick/analytics"
	"yardstick/dashboards/api"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/sitetest"
)

type fixed struct{ snapshot *analytics.Snapshot }

func (f fixed) Snapshot(context.Context) (*analytics.Snapshot, error) { return f.snapshot, nil }

// connect is a session of the protocol's own client with a server of the shipped record.
func connect(t *testing.T) *mcp.ClientSession {
	t.Helper()
	return connectBy(t, func(server *mcp.Server) mcp.Transport {
		here, there := mcp.NewInMemoryTransports()
		session, err := server.Connect(t.Context(), there, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { session.Close() })
		return here
	})
}

func connectBy(t *testing.T, transport func(*mcp.Server) mcp.Transport) *mcp.ClientSession {
	t.Helper()
	server, err := New(t.Context(), fixed{sitetest.Shipped(t)}, "test", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), transport(server), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

// call asks a tool and returns what it answered as data, which its text repeats.
func call(t *testing.T, session *mcp.ClientSession, tool string, arguments map[string]any) (map[string]any, bool) {
	t.Helper()
	got, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s %v: %v", tool, arguments, err)
	}
	text, ok := got.Content[0].(*mcp.TextContent)
	if !ok || len(got.Content) != 1 {
		t.Fatalf("%s: content %v", tool, got.Content)
	}
	var out map[string]any
	if err := json.Unmarshal([]byte(text.Text), &out); err != nil {
		t.Fatal(err)
	}
	structured, err := json.Marshal(got.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := json.Marshal(out)
	if string(structured) != string(again) {
		t.Errorf("%s: text and data differ", tool)
	}
	return out, got.IsError
}

const (
	leicester = "leicester-city-fji-2016"
	rutland   = "leicestershire-and-rutland-cci-2012"
)

// Each tool's example in the interface's document is answered as the interface answers it, with a verdict, caveats,
// the release and sources.
func TestEveryToolAnswersAsTheInterfaceDoes(t *testing.T) {
	session, snapshot := connect(t), sitetest.Shipped(t)
	listed, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range listed.Tools {
		names = append(names, tool.Name)
		if !tool.Annotations.ReadOnlyHint || len(tool.Description) < 40 {
			t.Errorf("%s: %q", tool.Name, tool.Description)
		}
	}
	for _, want := range []string{"areas", "inspections", "results", "benchmarks", "compare", "trends", "indicators",
		"sources", "difference"} {
		if !slices.Contains(names, want) {
			t.Errorf("no tool %s among %v", want, names)
		}
	}
	languages := make(map[string]*i18n.Language)
	for _, tag := range i18n.Languages() {
		if languages[tag], err = i18n.Load(tag); err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range questions() {
		e, err := endpoint(q.endpoint)
		if err != nil {
			t.Fatal(err)
		}
		query, id := exampleOf(t, e)
		given := map[string]any{}
		for name, values := range query {
			given[name] = values[0]
			if len(values) > 1 {
				given[name] = values
			}
		}
		if id != "" {
			given["id"] = id
		}
		got, failed := call(t, session, q.endpoint, given)
		if failed {
			t.Errorf("%s %v: %v", q.endpoint, given, got)
			continue
		}
		body, err := e.Answer(api.Request{Snapshot: snapshot, ID: id, Query: query, Languages: languages})
		if err != nil {
			t.Fatal(err)
		}
		var want map[string]any
		if err := json.Unmarshal(body.Content, &want); err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{"release", "data", "sources", "page"} {
			a, _ := json.Marshal(got[part])
			b, _ := json.Marshal(want[part])
			if string(a) != string(b) {
				t.Errorf("%s: %s is not the interface's", q.endpoint, part)
			}
		}
		verdict, _ := got["verdict"].(map[string]any)
		caveats, _ := got["caveats"].([]any)
		if _, ok := got["warnings"].([]any); !ok || verdict["code"] == "" || verdict["says"] == "" ||
			len(caveats) != len(q.caveats)+1 {
			t.Errorf("%s: verdict %v, caveats %v, warnings %v", q.endpoint, verdict, caveats, got["warnings"])
		}
	}
}

func TestADifferenceAcrossProgrammesIsRefused(t *testing.T) {
	session := connect(t)
	got, failed := call(t, session, "difference", map[string]any{"with": []string{leicester, rutland}})
	problem, _ := got["error"].(map[string]any)
	message, _ := problem["message"].(string)
	if !failed || problem["code"] != "not_comparable" || !strings.Contains(message, "different programmes") {
		t.Fatalf("refused %t: %v", failed, got)
	}
	if got["data"] != nil || got["release"] == nil || got["sources"] == nil || got["verdict"] == nil {
		t.Errorf("the refusal is %v", got)
	}
	got, _ = call(t, session, "difference", map[string]any{"with": []string{leicester, rutland}, "lang": "cy"})
	if problem, _ = got["error"].(map[string]any); !strings.HasPrefix(problem["message"].(string), "Ni ellir nodi") {
		t.Errorf("in Welsh: %v", problem)
	}
	got, failed = call(t, session, "compare", map[string]any{"with": []string{leicester, rutland}})
	verdict := got["verdict"].(map[string]any)
	if failed || verdict["code"] != "same_theme" || verdict["may_not"] == "" || len(verdict["reasons"].([]any)) == 0 {
		t.Errorf("compared: %v", verdict)
	}
	if strings.Contains(string(must(json.Marshal(got["data"]))), `"value"`) {
		t.Error("the comparison has a difference")
	}
}

func must(content []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return content
}

// Two inspections of one programme with percentages have a difference, and it is that of the two percentages.
func TestADifferenceOfLikeForLikeIsGiven(t *testing.T) {
	session, snapshot := connect(t), sitetest.Shipped(t)
	var two []string
	for _, i := range snapshot.Inspections() {
		if i.Programme == "cci" && strings.HasPrefix(i.ID, "le") || i.ID == "northamptonshire-cci-2012" {
			two = append(two, i.ID)
		}
	}
	if len(two) < 2 {
		t.Fatalf("the record has %v", two)
	}
	got, failed := call(t, session, "difference", map[string]any{"with": two[:2]})
	if failed {
		t.Fatal(got)
	}
	var data api.Comparison
	if err := json.Unmarshal(must(json.Marshal(got["data"])), &data); err != nil {
		t.Fatal(err)
	}
	given := 0
	for _, theme := range data.Themes {
		if theme.Difference == nil {
			continue
		}
		given++
		want := *theme.Results[0].Percent - *theme.Results[1].Percent
		if d := theme.Difference.Value - want; d > 1e-9 || d < -1e-9 {
			t.Errorf("%s: %v, want %v", theme.Theme, theme.Difference.Value, want)
		}
	}
	if given == 0 || got["verdict"].(map[string]any)["code"] != "like_for_like" {
		t.Errorf("%d differences, verdict %v", given, got["verdict"])
	}
}

// Results of several programmes are given with the reason not to put them together, and warnings are gathered.
func TestWhatMayNotBeReadIntoAnAnswerIsSaid(t *testing.T) {
	session := connect(t)
	got, _ := call(t, session, "results", map[string]any{"area": "leicester-city"})
	verdict := got["verdict"].(map[string]any)
	if verdict["code"] != nothingCompared ||
		!strings.Contains(string(must(json.Marshal(verdict["reasons"]))), "fji, yj2018") {
		t.Errorf("several programmes: %v", verdict)
	}
	got, _ = call(t, session, "benchmarks", map[string]any{"programme": "fji", "measure": "reducing_reoffending"})
	if warnings := string(must(json.Marshal(got["warnings"]))); !strings.Contains(warnings, "chosen for concern") {
		t.Errorf("warnings: %s", warnings)
	}
}

func TestWrongQuestionsAreExplained(t *testing.T) {
	session := connect(t)
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		code      string
		says      string
	}{
		{"area", map[string]any{"id": "leicster-city"}, "not_found", "leicster-city"},
		{"results", map[string]any{"programe": "cci"}, "invalid", "programe"},
		{"benchmarks", map[string]any{}, "invalid", "programme"},
		{"compare", map[string]any{"with": leicester}, "invalid", "with"},
		{"difference", map[string]any{"with": []string{leicester, "nothing"}}, "not_found", "nothing"},
		{"results", map[string]any{"lang": "fr"}, "invalid", "fr"},
		{"results", map[string]any{"format": "csv"}, "invalid", "format"},
		{"results", map[string]any{"area": map[string]any{"a": 1}}, "invalid", "area must be text"},
	} {
		got, failed := call(t, session, c.tool, c.arguments)
		problem, _ := got["error"].(map[string]any)
		message, _ := problem["message"].(string)
		if !failed || problem["code"] != c.code || !strings.Contains(message, c.says) {
			t.Errorf("%s %v: %v", c.tool, c.arguments, got)
		}
	}
	if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "delete"}); err == nil {
		t.Error("an unknown tool answers")
	}
}

// The same session works over HTTP; a page of another site is refused.
func TestOverHTTP(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + listener.Addr().String()
	session := connectBy(t, func(server *mcp.Server) mcp.Transport {
		web := HTTP(server, slog.New(slog.DiscardHandler))
		go web.Serve(listener)
		t.Cleanup(func() { web.Close() })
		return &mcp.StreamableClientTransport{Endpoint: address, DisableStandaloneSSE: true}
	})
	if got, failed := call(t, session, "areas", map[string]any{"q": "rutland"}); failed || got["release"] == nil {
		t.Errorf("answered %v", got)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", "https://elsewhere.example")
	request.Header.Set("Content-Type", "application/json")
	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusForbidden {
		t.Errorf("another site's page: status %d", response.StatusCode)
	}
}

// exampleOf is the question that the interface's document gives for an endpoint.
func exampleOf(t *testing.T, e api.Endpoint) (url.Values, string) {
	t.Helper()
	path, text, _ := strings.Cut(e.Example, "?")
	_, id, _ := api.Find(path)
	query, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	return query, id
}
