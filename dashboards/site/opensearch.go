package site

import (
	"encoding/xml"

	"yardstick/dashboards/view"
)

// SearchFile describes the search for areas, so that a browser can offer it (OpenSearch 1.1).
const SearchFile = "/opensearch.xml"

// SearchType is the content type of SearchFile.
const SearchType = "application/opensearchdescription+xml"

type openSearch struct {
	XMLName  xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	Name     string          `xml:"ShortName"`
	Text     string          `xml:"Description"`
	Language string          `xml:"Language"`
	Encoding string          `xml:"InputEncoding"`
	URLs     []openSearchURL `xml:"Url"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

// SearchDescription returns SearchFile in a language. The site's address must be known.
func (s *Site) SearchDescription(tag string) ([]byte, error) {
	text, err := s.languages[tag].T("find.opensearch")
	if err != nil {
		return nil, err
	}
	content, err := xml.Marshal(openSearch{
		Name: "Yardstick", Text: text, Language: tag, Encoding: "UTF-8",
		URLs: []openSearchURL{{"text/html", s.config.Address + view.PathIn(tag, "/areas") + "?q={searchTerms}"}},
	})
	return append([]byte(xml.Header), content...), err
}
