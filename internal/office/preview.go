package office

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/net/html"

	"yardstick/analytics"
	"yardstick/data/release"
)

// preview is the release that publishing one import would give, as readers would see it.
type preview struct {
	pages    Public
	snapshot *analytics.Snapshot
	folder   string
}

// remove takes the release from the disk. The engine keeps what it has open.
func (p *preview) remove(log *slog.Logger) {
	if err := os.RemoveAll(p.folder); err != nil {
		log.Error("a preview's release is left on the disk", "error", err)
	}
}

// previewable says whether there is something to preview.
func (i *item) previewable() bool {
	return i.Import > 0 && i.Left == nil && i.Public == nil
}

// previewOf returns the preview of a publication, which is built where the journal or the public release has changed.
func (o *Office) previewOf(ctx context.Context, i *item) (*preview, error) {
	key := o.Register.PreviewBasis(i.Journal, i.imports())
	if kept, ok := o.previews.Get(key); ok {
		return kept, nil
	}
	o.building.Lock()
	defer o.building.Unlock()
	if kept, ok := o.previews.Get(key); ok {
		return kept, nil
	}
	built, err := o.buildPreview(context.WithoutCancel(ctx), i) // whoever hangs up, others wait for it
	if err == nil {
		o.previews.Add(key, built)
	}
	return built, err
}

func (o *Office) buildPreview(ctx context.Context, i *item) (built *preview, err error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	folder, err := os.MkdirTemp(o.Folder, "preview-")
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	built = &preview{folder: folder}
	defer func() {
		if err != nil {
			built.remove(o.Log)
		}
	}()
	m, err := o.Register.Preview(ctx, i.imports(), folder)
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	snapshot, err := o.Open(ctx, release.Path(folder, m.ID), m)
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	if built.pages, err = o.Public(); err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	built.snapshot = snapshot
	if err := snapshot.ReadAround(ctx); err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	return built, built.pages.Publish(snapshot)
}

// SweepPreviews removes what an office that was cut off left of its previews.
func SweepPreviews(folder string) error {
	left, err := filepath.Glob(filepath.Join(folder, "pr*-*")) // of previews and of printing
	for _, path := range left {
		if removed := os.RemoveAll(path); removed != nil {
			err = removed
		}
	}
	return err
}

// held is an answer that is looked at before it is sent.
type held struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header returns the answer's header.
func (h *held) Header() http.Header { return h.header }

// WriteHeader keeps the status.
func (h *held) WriteHeader(status int) { h.status = status }

// Write keeps the body.
func (h *held) Write(p []byte) (int, error) { return h.body.Write(p) }

// showPreview answers with a public page as it would be, marked as what it is, and keeps who saw it.
func showPreview(c *call) error {
	if !c.item.previewable() {
		return errNotFound
	}
	p, err := c.previewOf(c.Context(), c.item)
	if err != nil {
		return err
	}
	root := publicationPath(c.item.ID) + "/preview"
	asked := c.Request.Clone(c.Context())
	asked.URL.Path, asked.URL.RawPath = "/"+c.PathValue("path"), ""
	asked.RequestURI = asked.URL.RequestURI()
	asked.Header = http.Header{"Accept": c.Header["Accept"], "User-Agent": c.Header["User-Agent"]}
	asked.Body = http.NoBody
	answer := &held{header: make(http.Header), status: http.StatusOK}
	p.pages.ServeHTTP(answer, asked)

	h := c.w.Header()
	for _, name := range []string{"Content-Type", "Content-Language", "Content-Disposition", "Content-Security-Policy"} {
		if value := answer.header.Get(name); value != "" {
			h.Set(name, value)
		}
	}
	if to := answer.header.Get("Location"); strings.HasPrefix(to, "/") {
		h.Set("Location", root+to)
	}
	body := answer.body.Bytes()
	switch kind := answer.header.Get("Content-Type"); {
	case strings.HasPrefix(kind, "text/html"):
		if err := c.record("preview", c.item.ID, asked.URL.Path); err != nil {
			return err
		}
		if body, err = c.marked(body, root); err != nil {
			return err
		}
	case strings.HasPrefix(asked.URL.Path, "/api/v1/suggestions"):
		body = bytes.ReplaceAll(body, []byte(`":"/`), []byte(`":"`+root+`/`))
	default:
		if err := c.record("preview", c.item.ID, asked.URL.Path); err != nil {
			return err
		}
	}
	c.w.WriteHeader(answer.status)
	_, err = c.w.Write(body)
	return err
}

// marked returns a page whose links stay in the preview, with the mark that says what it is and who reads it.
func (c *call) marked(page []byte, root string) ([]byte, error) {
	mark := `<div class="office-mark" role="note">` +
		template.HTMLEscapeString(c.say("office.preview.mark", "Name", c.person.Name, "When", c.moment(c.Now()))) + `</div>`
	var out bytes.Buffer
	unscripted := false
	tokens := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			if err := tokens.Err(); err != io.EOF {
				return nil, fmt.Errorf("preview: %w", err)
			}
			return out.Bytes(), nil
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			raw := tokens.Raw()
			if bytes.EqualFold(raw, []byte("</head>")) {
				out.WriteString(`<link rel="stylesheet" href="/assets/office.css">`)
			}
			if unscripted && kind == html.TextToken { // to the parser what is in noscript is text
				raw = bytes.ReplaceAll(raw, []byte(`src="/`), []byte(`src="`+root+`/`))
			}
			out.Write(raw)
			continue
		}
		raw := bytes.Clone(tokens.Raw())
		token := tokens.Token()
		unscripted = token.Data == "noscript"
		if inside(&token, root) {
			out.WriteString(token.String())
		} else {
			out.Write(raw)
		}
		if token.Data == "body" {
			out.WriteString(mark)
		}
	}
}

// inside keeps a tag's addresses in the preview, and says whether it has any. Assets are the same for all.
func inside(token *html.Token, root string) (changed bool) {
	for n, attribute := range token.Attr {
		switch attribute.Key {
		case "href", "src", "action", "data-find", "data-png", "data-href":
			value := attribute.Val
			if strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "//") && !strings.HasPrefix(value, "/assets/") {
				token.Attr[n].Val, changed = root+value, true
			}
		}
	}
	return changed
}
