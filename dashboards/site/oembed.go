package site

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
)

// OEmbedPath is where other sites ask how to show a figure of a page within theirs (oEmbed 1.0).
const OEmbedPath = "/oembed"

// frameWidth is how wide a figure is where the other site says nothing, in pixels.
const frameWidth = 700

type oembed struct {
	Version  string `json:"version"`
	Type     string `json:"type"`
	Title    string `json:"title"`
	Provider string `json:"provider_name"`
	Home     string `json:"provider_url"`
	HTML     string `json:"html"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
}

// OEmbed answers for a figure of a page: the one of this id, or the first where the id is empty. The figure is no
// larger than most, where that is not zero. It is nil where the page has no such figure.
func (s *Site) OEmbed(p *Built, id string, mostWidth, mostHeight int) ([]byte, error) {
	for _, f := range p.Figures {
		if f.Take == nil || id != "" && f.ID != id {
			continue
		}
		answer := oembed{Version: "1.0", Type: "rich", Title: f.Headline, Provider: "Yardstick",
			Home: s.config.Address + "/", Width: frameWidth, Height: f.Height() + frameRoom}
		if mostWidth > 0 {
			answer.Width = min(answer.Width, mostWidth)
		}
		if mostHeight > 0 {
			answer.Height = min(answer.Height, mostHeight)
		}
		answer.HTML = fmt.Sprintf(`<iframe src="%s" title="%s" width="%d" height="%d" loading="lazy"></iframe>`,
			html.EscapeString(s.config.Address+p.request.frame(f.ID)), html.EscapeString(f.Headline),
			answer.Width, answer.Height)
		return json.Marshal(answer)
	}
	return nil, nil
}

// frame returns the address of a figure of the page for other sites, which goes on showing the release.
func (req *Request) frame(id string) string {
	release := req.Release
	if release == "" {
		release = ShortName(req.snapshot.Release().ID)
	}
	return req.addressOf(PermanentPath(release)+EmbedRoot, "/"+id)
}

// oembedOf returns where a page says how its first figure is shown elsewhere.
func (req *Request) oembedOf() string {
	return req.site + OEmbedPath + "?url=" + url.QueryEscape(req.site+req.Address())
}
