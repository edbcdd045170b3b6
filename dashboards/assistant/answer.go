package assistant

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"yardstick/analytics"
	"yardstick/dashboards/api"
	"yardstick/dashboards/view"
)

// Answer is an answer of the interface with what it may be used for.
type Answer struct {
	Verdict  Verdict         `json:"verdict"`
	Warnings []Warning       `json:"warnings"`
	Caveats  []string        `json:"caveats"`
	Release  json.RawMessage `json:"release"`
	Data     json.RawMessage `json:"data"`
	Page     json.RawMessage `json:"page,omitempty"`
	Censored json.RawMessage `json:"censored,omitempty"`
	Sources  json.RawMessage `json:"sources"`
}

// Verdict says what may be concluded: an analytics.Verdict in the site's words, or that nothing was compared.
type Verdict struct {
	Code    string   `json:"code"`
	Says    string   `json:"says"`
	May     string   `json:"may,omitempty"`
	MayNot  string   `json:"may_not,omitempty"`
	Reasons []string `json:"reasons"`
}

// nothingCompared is the verdict of answers that do not compare.
const nothingCompared = "nothing_compared"

// Warning is a warning of the interface, with where in the answer it is.
type Warning struct {
	At   string          `json:"at"`
	Says json.RawMessage `json:"says"`
}

// Refusal is the answer to a question that is not answered. For a difference it has the verdict.
type Refusal struct {
	Error   api.Error `json:"error"`
	Verdict *Verdict  `json:"verdict,omitempty"`
	Caveats []string  `json:"caveats,omitempty"`
	Release any       `json:"release,omitempty"`
	Sources any       `json:"sources,omitempty"`
}

// mostWarnings is how many warnings are repeated beside the data, which has them all.
const mostWarnings = 50

// uncompared is an answer that compares nothing, and says so.
func uncompared(words *view.Words, content []byte) (Answer, error) {
	out, err := parse(content)
	if err != nil {
		return out, err
	}
	out.Verdict = Verdict{
		Code:    nothingCompared,
		Says:    words.Say("assistant.verdict.nothing_compared"),
		Reasons: []string{},
	}
	if of := programmesIn(out.Data); len(of) > 1 {
		out.Verdict.Reasons = append(out.Verdict.Reasons,
			words.Say("assistant.verdict.programmes", "Programmes", strings.Join(of, ", ")))
	}
	return out, nil
}

// compared is a comparison with the verdict of the interface.
func compared(words *view.Words, content []byte) (Answer, error) {
	out, err := parse(content)
	if err != nil {
		return out, err
	}
	var c api.Comparison
	if err := json.Unmarshal(out.Data, &c); err != nil {
		return out, fmt.Errorf("read comparison: %w", err)
	}
	out.Verdict = Verdict{
		Code:    string(c.Verdict),
		Says:    words.Say("verdict." + string(c.Verdict) + ".statement"),
		May:     words.Say("verdict." + string(c.Verdict) + ".may"),
		MayNot:  words.Say("verdict." + string(c.Verdict) + ".may_not"),
		Reasons: c.Reasons,
	}
	return out, nil
}

func parse(content []byte) (Answer, error) {
	var out Answer
	if err := json.Unmarshal(content, &out); err != nil {
		return out, fmt.Errorf("read answer: %w", err)
	}
	out.Warnings, out.Caveats = []Warning{}, []string{}
	return out, out.warn()
}

// warn gathers the warnings of an answer: what is under "warning", "warnings" and "censored".
func (a *Answer) warn() error {
	for _, part := range []struct {
		name    string
		content json.RawMessage
	}{{"censored", a.Censored}, {"data", a.Data}} {
		if part.content == nil {
			continue
		}
		var value any
		if err := json.Unmarshal(part.content, &value); err != nil {
			return fmt.Errorf("read answer: %w", err)
		}
		if err := a.look(part.name, part.name, value); err != nil {
			return err
		}
	}
	return nil
}

func (a *Answer) look(at, name string, value any) error {
	if len(a.Warnings) == mostWarnings {
		return nil
	}
	if name == "warning" || name == "warnings" || name == "censored" {
		if list, ok := value.([]any); value == nil || ok && len(list) == 0 {
			return nil
		}
		says, err := json.Marshal(value)
		a.Warnings = append(a.Warnings, Warning{At: at, Says: says})
		return err
	}
	switch value := value.(type) {
	case []any:
		for n, item := range value {
			if err := a.look(at+"["+strconv.Itoa(n)+"]", "", item); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			if err := a.look(at+"."+key, key, value[key]); err != nil {
				return err
			}
		}
	}
	return nil
}

// programmesIn are the programmes of a list's rows, in order; none where data is no list.
func programmesIn(data json.RawMessage) []string {
	var rows []struct {
		Programme string `json:"programme"`
	}
	if json.Unmarshal(data, &rows) != nil {
		return nil
	}
	var all []string
	for _, row := range rows {
		if row.Programme != "" {
			all = append(all, row.Programme)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// refuseDifference says why no difference is given.
func (a *Assistant) refuseDifference(words *view.Words, out Answer) (*mcp.CallToolResult, error) {
	r := Refusal{
		Error: api.Error{
			Code:    string(analytics.NotComparable),
			Message: words.Say("assistant.refused", "Reasons", strings.Join(out.Verdict.Reasons, " ")),
			Field:   "with",
		},
		Verdict: &out.Verdict,
		Caveats: out.Caveats,
		Release: out.Release,
		Sources: out.Sources,
	}
	if err := words.Err(); err != nil {
		return nil, err
	}
	return result(r, true)
}

func refused(e api.Error, release *api.Release) (*mcp.CallToolResult, error) {
	r := Refusal{Error: e}
	if release != nil {
		r.Release = release
	}
	return result(r, true)
}

// result is an answer both as data and as text, for clients that read either.
func result(answer any, isError bool) (*mcp.CallToolResult, error) {
	content, err := json.Marshal(answer)
	if err != nil {
		return nil, fmt.Errorf("encode answer: %w", err)
	}
	return &mcp.CallToolResult{
		Content:           []mcp.Content{&mcp.TextContent{Text: string(content)}},
		StructuredContent: json.RawMessage(content),
		IsError:           isError,
	}, nil
}
