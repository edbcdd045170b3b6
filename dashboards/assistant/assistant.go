package assistant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"yardstick/analytics"
	"yardstick/dashboards/api"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// question is an endpoint of the interface that is a tool, with the keys of the caveats that go with its answers.
type question struct {
	endpoint string
	caveats  []string
}

// The caveats, by the keys of their words.
const (
	notAll     = "assistant.caveat.not_all"
	programmes = "assistant.caveat.programmes"
	samples    = "assistant.caveat.samples"
	coverage   = "assistant.caveat.coverage"
	why        = "assistant.caveat.why"
	bases      = "assistant.caveat.bases"
	wording    = "assistant.caveat.wording"
	boundaries = "assistant.caveat.boundaries"
	quoting    = "assistant.caveat.quoting" // of every answer
)

// questions are the tools, in the order in which somebody who knows nothing would ask. What is asked while typing, what
// takes all cores, and what draws the map is not among them.
func questions() []question {
	return []question{
		{"areas", []string{boundaries}},
		{"area", []string{boundaries, notAll}},
		{"inspections", []string{notAll, programmes}},
		{"inspection", []string{samples, programmes}},
		{"results", []string{notAll, programmes, samples}},
		{"findings", []string{notAll, wording}},
		{"benchmarks", []string{coverage, programmes, samples}},
		{"statistics", []string{coverage, bases}},
		{comparing, []string{samples, programmes}},
		{"trends", []string{why, notAll, programmes}},
		{"indicators", []string{bases, why}},
		{"sources", nil},
		{"release", []string{notAll}},
	}
}

// The tools that compare inspections.
const (
	comparing  = "compare"
	difference = "difference"
)

// Answers gives what questions are answered from. The snapshot may be another at each call.
type Answers interface {
	Snapshot(ctx context.Context) (*analytics.Snapshot, error)
}

// Assistant answers questions of assistants.
type Assistant struct {
	from      Answers
	languages map[string]*i18n.Language
	log       *slog.Logger
	turns     chan struct{}
}

// most is how many questions are answered at a time; more wait.
const most = 4

// New returns the server of a protocol whose tools are the questions of the interface. The descriptions of the tools
// are those of the interface's document, of the release that is current now.
func New(ctx context.Context, from Answers, version string, log *slog.Logger) (*mcp.Server, error) {
	a := &Assistant{from: from, languages: make(map[string]*i18n.Language), log: log, turns: make(chan struct{}, most)}
	for _, tag := range i18n.Languages() {
		language, err := i18n.Load(tag)
		if err != nil {
			return nil, err
		}
		a.languages[tag] = language
	}
	snapshot, err := from.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	words := a.words(i18n.Languages()[0], snapshot)
	document, err := api.Describe(snapshot, words)
	if err != nil {
		return nil, err
	}
	server := mcp.NewServer(
		&mcp.Implementation{Name: "yardstick", Title: words.Say("assistant.title"), Version: version},
		&mcp.ServerOptions{Instructions: words.Say("assistant.instructions"), Logger: log})
	for _, q := range questions() {
		e, err := endpoint(q.endpoint)
		if err != nil {
			return nil, err
		}
		operation := document.Paths[e.Template()].Get
		about := operation.Summary + " " + operation.Description
		server.AddTool(a.tool(words, q.endpoint, about, operation), a.handler(q, e))
		if q.endpoint == comparing {
			server.AddTool(a.tool(words, difference, words.Say("assistant.difference"), operation),
				a.handler(question{difference, q.caveats}, e))
		}
	}
	return server, words.Err()
}

func endpoint(name string) (api.Endpoint, error) {
	all := api.Endpoints()
	at := slices.IndexFunc(all, func(e api.Endpoint) bool { return e.Name == name })
	if at < 0 {
		return api.Endpoint{}, fmt.Errorf("the interface has no question %q", name)
	}
	return all[at], nil
}

func (a *Assistant) words(tag string, s *analytics.Snapshot) *view.Words {
	return view.NewWords(a.languages[tag], s)
}

// left out of a tool's arguments: an assistant is answered in JSON.
const formatParam = "format"

const (
	langParam = "lang"
	idParam   = "id"
)

// tool describes a question. Its arguments are the parameters of the interface's operation, and the language.
func (a *Assistant) tool(words *view.Words, name, about string, o api.Operation) *mcp.Tool {
	arguments := &api.Schema{Type: "object", Properties: map[string]*api.Schema{
		langParam: {Type: "string", Enum: []any{}, Description: words.Say("assistant.lang")},
	}}
	for _, tag := range i18n.Languages() {
		language := arguments.Properties[langParam]
		language.Enum = append(language.Enum, tag)
	}
	for _, p := range o.Parameters {
		if p.Name == formatParam || p.Name == langParam {
			continue
		}
		schema := *p.Schema
		schema.Description = p.Description
		if name == difference && schema.MaxItems != nil {
			two := analytics.MinCompared
			schema.MinItems, schema.MaxItems = &two, &two
		}
		arguments.Properties[p.Name] = &schema
		if p.Required {
			arguments.Required = append(arguments.Required, p.Name)
		}
	}
	closed := false
	return &mcp.Tool{
		Name:        name,
		Description: about,
		InputSchema: arguments,
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
	}
}

// handler answers a tool's calls. An error that the asker can do something about is an answer too.
func (a *Assistant) handler(q question, e api.Endpoint) mcp.ToolHandler {
	return func(ctx context.Context, call *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		select {
		case a.turns <- struct{}{}:
			defer func() { <-a.turns }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		snapshot, err := a.from.Snapshot(ctx)
		if err != nil {
			a.log.Error("no release to answer from", "error", err)
			return nil, errors.New("no release can be answered from: the operator's log says why")
		}
		query, err := arguments(call.Params.Arguments)
		if err != nil {
			return refused(api.Error{Code: "invalid", Message: err.Error(), Field: "arguments"}, nil)
		}
		tag := i18n.Languages()[0]
		if wanted := query.Get(langParam); slices.Contains(i18n.Languages(), wanted) {
			tag = wanted
		}
		out, err := a.answer(snapshot, q, e, query, tag)
		if err == nil {
			return out, nil
		}
		failure, known := site.FailureOf(err)
		if !known {
			a.log.Error("question failed", "tool", q.endpoint, "error", err)
			return nil, errors.New("the question failed: the operator's log says why")
		}
		message, err := failure.Message(a.words(tag, snapshot))
		if err != nil {
			return nil, err
		}
		return refused(api.Error{Code: failure.Code, Message: message, Field: failure.Field, Nearest: failure.Nearest},
			&api.Release{ID: snapshot.Release().ID, Date: snapshot.Release().Published})
	}
}

// arguments turns a call's arguments into a query of the interface.
func arguments(raw json.RawMessage) (url.Values, error) {
	query := make(url.Values)
	if len(raw) == 0 {
		return query, nil
	}
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.UseNumber()
	var given map[string]any
	if err := decoder.Decode(&given); err != nil {
		return nil, errors.New("the arguments are not a JSON object")
	}
	for name, value := range given {
		items, several := value.([]any)
		if !several {
			items = []any{value}
		}
		for _, item := range items {
			switch item := item.(type) {
			case string:
				query.Add(name, item)
			case json.Number:
				query.Add(name, item.String())
			case nil:
			default:
				return nil, fmt.Errorf("%s must be text, a number or a list of them", name)
			}
		}
	}
	return query, nil
}

// answer asks the interface and adds what its answer may be used for.
func (a *Assistant) answer(
	snapshot *analytics.Snapshot,
	q question,
	e api.Endpoint,
	query url.Values,
	tag string,
) (*mcp.CallToolResult, error) {
	r := api.Request{Snapshot: snapshot, Languages: a.languages, Query: query}
	if !slices.Contains(e.Params, langParam) {
		if lang := query.Get(langParam); lang != "" && lang != tag {
			return nil, &analytics.InvalidError{Field: langParam, Kind: "language", Value: lang}
		}
		query.Del(langParam)
	}
	if strings.Contains(e.Path, ":"+idParam) {
		r.ID = query.Get(idParam)
		query.Del(idParam)
	}
	if query.Has(formatParam) {
		return nil, &analytics.InvalidError{Field: formatParam, Kind: "parameter", Value: strings.Join(e.Params, ", ")}
	}
	body, err := e.Answer(r)
	if err != nil {
		return nil, err
	}
	words := a.words(tag, snapshot)
	var out Answer
	if q.endpoint == comparing || q.endpoint == difference {
		out, err = compared(words, body.Content)
	} else {
		out, err = uncompared(words, body.Content)
	}
	if err != nil {
		return nil, err
	}
	for _, key := range append(slices.Clone(q.caveats), quoting) {
		out.Caveats = append(out.Caveats, words.Say(key))
	}
	if err := words.Err(); err != nil {
		return nil, err
	}
	if q.endpoint == difference && out.Verdict.Code != string(analytics.LikeForLike) {
		return a.refuseDifference(words, out)
	}
	return result(out, false)
}
