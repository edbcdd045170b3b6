package site

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
	"yardstick/dashboards/i18n"
)

// CatalogFile is the catalogue of the data under DataRoot, for portals of open data.
const CatalogFile = "catalog.jsonld"

// CatalogType is the content type of CatalogFile.
const CatalogType = "application/ld+json"

// The shapes of a catalogue in W3C's DCAT 3, as JSON-LD.

type dcatCatalog struct {
	Context map[string]string `json:"@context"`
	dcatThing
	Homepage ref         `json:"foaf:homepage"`
	Dataset  dcatDataset `json:"dcat:dataset"`
}

type dcatThing struct {
	ID        string     `json:"@id"`
	Type      string     `json:"@type"`
	Title     []langText `json:"dct:title"`
	Text      []langText `json:"dct:description"`
	Publisher *dcatAgent `json:"dct:publisher,omitempty"`
	Licence   ref        `json:"dct:license"`
	Modified  typedText  `json:"dct:modified"`
}

type dcatDataset struct {
	dcatThing
	Identifier string     `json:"dct:identifier"`
	Version    string     `json:"dcat:version"`
	Page       ref        `json:"dcat:landingPage"`
	Place      ref        `json:"dct:spatial"`
	Period     dcatPeriod `json:"dct:temporal"`
	Files      []dcatFile `json:"dcat:distribution"`
}

type dcatPeriod struct {
	Type  string    `json:"@type"`
	Start typedText `json:"dcat:startDate"`
	End   typedText `json:"dcat:endDate"`
}

type dcatFile struct {
	ID       string     `json:"@id"`
	Type     string     `json:"@type"`
	Title    []langText `json:"dct:title"`
	Access   ref        `json:"dcat:accessURL"`
	Download ref        `json:"dcat:downloadURL"`
	Media    ref        `json:"dcat:mediaType"`
	Licence  ref        `json:"dct:license"`
	Bytes    typedText  `json:"dcat:byteSize"`
	Schema   *ref       `json:"dct:conformsTo,omitempty"`
}

type dcatAgent struct {
	Type string `json:"@type"`
	Name string `json:"foaf:name"`
}

type ref struct {
	ID string `json:"@id"`
}

type langText struct {
	Text     string `json:"@value"`
	Language string `json:"@language"`
}

type typedText struct {
	Text string `json:"@value"`
	Type string `json:"@type"`
}

// mediaTypes is where media types have addresses.
const mediaTypes = "https://www.iana.org/assignments/media-types/"

// Catalog returns CatalogFile for the latest release. The addresses in it are absolute where the site's own is known.
func (s *Site) Catalog(snapshot *analytics.Snapshot, files Files) ([]byte, error) {
	release, address := snapshot.Release(), s.config.Address
	first, last := yearsHeld(snapshot.Holdings())
	var failed error
	each := func(key string) []langText {
		var texts []langText
		for _, tag := range i18n.Languages() {
			text, err := s.languages[tag].T(key)
			failed = errors.Join(failed, err)
			texts = append(texts, langText{text, tag})
		}
		return texts
	}
	thing := dcatThing{
		ID: address + DataRoot + CatalogFile, Type: "dcat:Catalog", Title: each("data.title"), Text: each("data.catalog"),
		Licence: ref{licence}, Modified: typedText{release.Published.UTC().Format(time.RFC3339), "xsd:dateTime"},
	}
	if s.config.Publisher != "" {
		thing.Publisher = &dcatAgent{"foaf:Organization", s.config.Publisher}
	}
	dataset := dcatDataset{dcatThing: thing, Identifier: release.ID, Version: ShortName(release.ID),
		Page: ref{address + "/data"}, Place: ref{"http://publications.europa.eu/resource/authority/country/GBR"},
		Period: dcatPeriod{"dct:PeriodOfTime", year(first), year(last)}}
	dataset.ID, dataset.Type, dataset.Title = address+"/data", "dcat:Dataset", each("data.dataset")
	add := func(name, media string, title []langText, schema bool) error {
		size, err := files.Size(name)
		if err != nil {
			return err
		}
		file := dcatFile{ID: address + DataRoot + name, Type: "dcat:Distribution", Title: title,
			Access: ref{address + "/data"}, Download: ref{address + DataRoot + name},
			Media: ref{mediaTypes + media}, Licence: ref{licence}, Bytes: typedText{strconv.Itoa(size), "xsd:integer"}}
		if schema {
			file.Schema = &ref{address + DataRoot + datapackage.MetadataName}
		}
		dataset.Files = append(dataset.Files, file)
		return nil
	}
	if err := add(PackageName, "application/zip", each("data.dataset"), false); err != nil {
		return nil, err
	}
	for _, table := range files.Tables() {
		for _, f := range export.Formats() {
			media, _, _ := strings.Cut(f.Type, ";")
			if err := add(table.Name+"."+f.Name, media, each("data.table."+table.Name), f.Name == export.CSV); err != nil {
				return nil, err
			}
		}
	}
	if failed != nil {
		return nil, failed
	}
	return json.MarshalIndent(dcatCatalog{
		Context: map[string]string{"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
			"foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#"},
		dcatThing: thing, Homepage: ref{address + "/"}, Dataset: dataset,
	}, "", " ")
}

func year(n int) typedText { return typedText{strconv.Itoa(n), "xsd:gYear"} }
