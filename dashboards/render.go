package dashboards

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"reflect"
	"sync"

	"yardstick/dashboards/api"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/templates"
	"yardstick/dashboards/view"
)

const typeHTML = "text/html; charset=utf-8"

// renderer holds every page's template in every language, parsed when the server starts.
type renderer struct {
	*compressor
	bodies sync.Pool // buffers that grew to the size of pages
	assets map[string]string
	site   string                        // as in Config
	pages  map[string]*template.Template // by language and page name
}

func newRenderer(languages map[string]*i18n.Language, manifest map[string]string, site string) (*renderer, error) {
	r := &renderer{site: site, compressor: newCompressor(), bodies: sync.Pool{New: func() any { return new(bytes.Buffer) }}, assets: make(map[string]string), pages: make(map[string]*template.Template)}
	for logical, name := range manifest {
		r.assets[logical] = assets + name
	}
	names := []string{"error"}
	for _, p := range pages {
		names = append(names, p.name)
	}
	for tag, language := range languages {
		common, err := template.New("layout").Funcs(functions(language)).ParseFS(templates.Files(), "*.gohtml", "parts/*.gohtml")
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		for _, name := range names {
			own, err := common.Clone()
			if err != nil {
				return nil, fmt.Errorf("templates: %w", err)
			}
			if own, err = own.ParseFS(templates.Files(), "pages/"+name+".gohtml"); err != nil {
				return nil, fmt.Errorf("templates: %w", err)
			}
			r.pages[tag+name] = own
		}
	}
	return r, nil
}

// functions are what templates may call: words of their language, addresses in it, and a chart's options, which are
// JSON already and safe inside a script element.
func functions(language *i18n.Language) template.FuncMap {
	return template.FuncMap{
		"t":       language.T,
		"url":     func(path string) string { return pathIn(language.Tag(), path) },
		"options": func(options []byte) json.RawMessage { return options },
	}
}

// page renders a page's view and compresses it.
func (r *renderer) page(v *visit, content any) (*rendered, error) {
	body := r.bodies.Get().(*bytes.Buffer)
	defer r.bodies.Put(body)
	body.Reset()
	if err := r.write(body, v, content); err != nil {
		return nil, err
	}
	out, err := r.compress(body.Bytes(), typeHTML, v.page.ahead)
	if err == nil {
		out.spoken = v.tag
	}
	return out, err
}

// answer makes an answer of one of the interface's.
func (r *renderer) answer(body api.Body) (*rendered, error) {
	out, err := r.body(body.Content, body.Type, body.Name, body.Packed)
	if err == nil {
		out.spoken = body.Language
	}
	return out, err
}

// body makes an answer of a file's content.
func (r *renderer) body(content []byte, kind, name string, packed bool) (*rendered, error) {
	if packed {
		out := asItIs(content, kind)
		out.name = name
		return out, nil
	}
	out, err := r.compress(content, kind, false)
	if err != nil {
		return nil, err
	}
	out.name = name
	return out, nil
}

// completed is a pointer to a page's view with what every page has, and to the Base within it.
func (r *renderer) completed(v *visit, content any) (any, *view.Base, error) {
	complete := reflect.New(reflect.TypeOf(content))
	complete.Elem().Set(reflect.ValueOf(content))
	base := complete.Elem().FieldByName("Base").Addr().Interface().(*view.Base)
	r.complete(v, base)
	if v.snapshot != nil && v.page.build != nil {
		r.cite(v, complete.Interface(), base)
	}
	if err := v.words.Err(); err != nil {
		return nil, nil, fmt.Errorf("page %s: %w", v.page.name, err)
	}
	return complete.Interface(), base, nil
}

// write renders a page's view, whose embedded Base it completes.
func (r *renderer) write(body *bytes.Buffer, v *visit, content any) error {
	complete, _, err := r.completed(v, content)
	if err != nil {
		return err
	}
	if err := r.pages[v.tag+v.page.name].ExecuteTemplate(body, "layout.gohtml", complete); err != nil {
		return fmt.Errorf("page %s: %w", v.page.name, err)
	}
	return nil
}

// embedView is a figure in the page of somebody else.
type embedView struct {
	view.Base
	Figure view.Figure
	Page   string // address of the page that the figure is from
}

// framed renders a figure of a page to stand in a frame.
func (r *renderer) framed(v *visit, base view.Base, f view.Figure) (*rendered, error) {
	f.Take, f.Table.Take, f.Folded = nil, nil, false
	var body bytes.Buffer
	err := r.pages[v.tag+v.page.name].ExecuteTemplate(&body, "embed.gohtml", embedView{Base: base, Figure: f, Page: v.address()})
	if err != nil {
		return nil, fmt.Errorf("figure %s of page %s: %w", f.ID, v.page.name, err)
	}
	return r.compress(body.Bytes(), typeHTML, false)
}

func (r *renderer) complete(v *visit, base *view.Base) {
	base.Tag = v.tag
	base.Assets = r.assets
	base.Canonical, base.NoIndex = v.site+v.address(), v.older || v.page.hidden
	if !v.older {
		base.Canonical = v.site + v.under("") // the same page, by its plain address
	}
	base.Here = pathIn(v.tag, v.within()+v.path())
	base.Banner = v.banner()
	for _, tag := range i18n.Languages() {
		other := *v
		other.tag = tag
		base.Languages = append(base.Languages, view.LanguageLink{Tag: tag, Href: other.address(), Alternate: v.site + other.address(), Current: tag == v.tag})
	}
	if v.snapshot != nil {
		release := v.snapshot.Release()
		base.Release = shortName(release.ID)
		base.ReleaseDate = v.words.Day(release.Built)
	}
	for _, name := range []string{"areas", "map", "inspections", "compare", "benchmarks", "trends", "data", "methodology"} {
		base.Nav = append(base.Nav, view.NavItem{
			Text: v.words.Say("nav." + name), Href: pathIn(v.tag, "/"+name), Current: v.page.name == name,
		})
	}
}

// shortID is how much of a release's hash pages show: enough to tell any two apart.
const shortID = 12
