package dashboards

import (
	"cmp"
	"html"
	"strconv"
	"strings"

	"yardstick/dashboards/api"
	"yardstick/dashboards/view"
)

// frameRoom is room round a figure's chart in the pages of others for its words, in pixels.
const frameRoom = 420

// cite completes a page's view with what its readers carry away: its address that lasts, its citation, and the files, images
// and frames of its parts.
func (r *renderer) cite(v *visit, content any, base *view.Base) {
	w := v.words
	release := base.Release
	address := r.site + v.under(permanentPath(release))
	words := []any{"Title", base.Title, "ID", release, "Date", base.ReleaseDate, "Address", address, "Year", strconv.Itoa(v.snapshot.Release().Built.Year())}
	base.Cite = &view.Citation{Address: address, Short: w.Say("take.short", words...), Long: w.Say("take.long", words...)}
	if r.site == "" {
		base.Cite.Path = address
	}
	base.Data = cmp.Or(base.Data, v.answer())
	figures, tables := view.Parts(content)
	for _, t := range tables {
		if partPattern.MatchString(t.ID) {
			t.Take = &view.TableTake{CSV: v.addressOf(v.within()+takeRoot, "/"+t.ID+".csv"), XLSX: v.addressOf(v.within()+takeRoot, "/"+t.ID+".xlsx")}
		}
	}
	for _, f := range figures {
		if len(f.Options) == 0 || !partPattern.MatchString(f.ID) {
			continue
		}
		f.Take = &view.FigureTake{SVG: v.addressOf(v.within()+takeRoot, "/"+f.ID+"."+formatSVG), PNG: takenName(v, f.ID, "png")}
		frame := v.addressOf(permanentPath(release)+embedRoot, "/"+f.ID)
		if r.site == "" {
			f.Take.Path = html.EscapeString(frame)
		}
		f.Take.Code = `<iframe src="` + html.EscapeString(r.site+frame) + `" title="` + html.EscapeString(f.Headline) +
			`" width="100%" height="` + strconv.Itoa(heights[f.Size]+frameRoom) + `" loading="lazy"></iframe>`
	}
}

// answer is the address of the same as data: the page's own path in the interface, or the release where it has none.
func (v *visit) answer() string {
	path := api.Root + v.path()
	if _, _, ok := endpointAt(path); !ok {
		return v.words.Answer(api.Root + "/release")
	}
	if query := v.queryString(); query != "" {
		path += "?" + query
	}
	return v.words.Answer(path)
}

// banner says which release a permanent page shows, and leads to the newest; nil for a plain page.
func (v *visit) banner() *view.Banner {
	if v.release == "" {
		return nil
	}
	w := v.words
	b := view.Banner{Older: v.older, Link: view.Link{Text: w.Say("take.plain"), Href: v.under("")}}
	b.Text = w.Say("take.newest", "Date", w.Day(v.newest.Built))
	if v.older {
		b.Text = w.Say("take.older", "Date", w.Day(v.snapshot.Release().Built), "Newest", w.Day(v.newest.Built))
		b.Link.Text = w.Say("take.to_newest")
	}
	return &b
}

// shortName is what addresses and pages call a release: enough of its id to tell any two apart.
func shortName(id string) string { return id[:min(len(id), shortID)] }

// isPermanentAnswer says whether a path is of the interface of a release that it names.
func isPermanentAnswer(path string) bool {
	rest, ok := strings.CutPrefix(path, permanentRoot)
	_, rest, _ = strings.Cut(rest, "/")
	return ok && strings.HasPrefix("/"+rest, api.Root+"/")
}
