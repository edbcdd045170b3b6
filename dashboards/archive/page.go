package archive

import (
	"bytes"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// attributes are those that have addresses in pages.
var attributes = []string{"href", "src", "action", "data-index"}

// localise returns a page whose addresses lead to the files of the edition, and the addresses that those files are of.
// What the edition does not have leads to the site, or nowhere where it is not known where that is.
func (w *writer) localise(address string, page []byte) (content []byte, refs []string, err error) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		return nil, nil, err
	}
	w.withoutForms(address, doc)
	here := fileOf(address, true)
	for _, name := range attributes {
		doc.Find("[" + name + "]").Each(func(_ int, e *goquery.Selection) {
			ref := e.AttrOr(name, "")
			if !strings.HasPrefix(ref, "/") || strings.HasPrefix(ref, "//") {
				return // within the page, or of another site
			}
			plain, fragment, pointed := strings.Cut(ref, "#")
			kept, ok := w.from.Kept(plain)
			if !ok {
				leadToSite(e, name, w.from.Live(ref))
				return
			}
			refs = append(refs, kept)
			to := relative(here, fileOf(kept, isPage(kept)))
			if pointed {
				to += "#" + fragment
			}
			e.SetAttr(name, to)
		})
	}
	var out bytes.Buffer
	if err := html.Render(&out, doc.Nodes[0]); err != nil {
		return nil, nil, err
	}
	return out.Bytes(), refs, nil
}

// isPage reports whether an address that is kept is a page's: files have a dot in their names, or are the log.
func isPage(kept string) bool {
	plain, _, _ := strings.Cut(kept, "?")
	last := plain[strings.LastIndexByte(plain, '/')+1:]
	return !strings.Contains(last, ".") && !strings.HasPrefix(plain, "/releases/")
}

// leadToSite makes a link lead to the site, or text of it.
func leadToSite(e *goquery.Selection, attribute, live string) {
	switch {
	case live != "":
		e.SetAttr(attribute, live)
	case goquery.NodeName(e) == "a":
		e.Nodes[0].Data, e.Nodes[0].DataAtom = "span", 0
		for _, name := range []string{"href", "rel", "download", "hreflang"} {
			e.RemoveAttr(name)
		}
		e.RemoveClass("govuk-link")
	default:
		e.Remove()
	}
}

// withoutForms puts words in the place of what asks a server. The search has an index.
func (w *writer) withoutForms(address string, doc *goquery.Document) {
	doc.Find("form").Not("[data-index]").Each(func(_ int, form *goquery.Selection) {
		text, link := w.from.NeedsSite(address)
		p := &html.Node{Type: html.ElementNode, Data: "p", Attr: []html.Attribute{{Key: "class", Val: "govuk-inset-text"}}}
		p.AppendChild(&html.Node{Type: html.TextNode, Data: text})
		if live := w.from.Live(address); live != "" {
			p.LastChild.Data += " "
			a := &html.Node{Type: html.ElementNode, Data: "a",
				Attr: []html.Attribute{{Key: "class", Val: "govuk-link"}, {Key: "href", Val: live}}}
			a.AppendChild(&html.Node{Type: html.TextNode, Data: link})
			p.AppendChild(a)
		}
		form.ReplaceWithNodes(p)
	})
}
