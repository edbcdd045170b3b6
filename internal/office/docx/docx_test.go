package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func sample() *Document {
	d := &Document{Title: "Kent & others", Language: "en-GB"}
	d.Heading(0, "Kent & others")
	d.Heading(1, "Results")
	d.Paragraph(Span{Text: "Bold <words>", Bold: true}, Span{Text: " and \x00 what XML cannot have"})
	d.Table([]string{"Measure", "Result"}, [][][]Span{{Plain("Safeguarding"),
		{{Text: "69%", Link: "https://y.example/inspections/kent?a=1&b=2#results"}}}})
	d.Bullets(Plain("one"), Plain("two"))
	d.Numbers(Plain("first"))
	d.Numbers(Plain("first again"))
	return d
}

// parts reads a file by what others wrote: every part of it is well-formed.
func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string]string)
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(content)
		decoder := xml.NewDecoder(bytes.NewReader(content))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return out
}

// Every part that is named is there, every link and list that is used is defined, and the same document is the same
// bytes.
func TestADocumentIsWhole(t *testing.T) {
	var first, second bytes.Buffer
	n, err := sample().WriteTo(&first)
	if err != nil || n != int64(first.Len()) {
		t.Fatalf("%d bytes of %d, %v", n, first.Len(), err)
	}
	if _, err := sample().WriteTo(&second); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("the same document is other bytes, %v", err)
	}
	got := parts(t, first.Bytes())
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml",
		"word/numbering.xml", "word/_rels/document.xml.rels", "docProps/core.xml"} {
		if got[name] == "" {
			t.Errorf("no part %s", name)
		}
	}
	document := got["word/document.xml"]
	for _, words := range []string{"Kent &amp; others", "Bold &lt;words&gt;", "<w:tblHeader/>", `w:val="Heading1"`,
		`<w:hyperlink r:id="link1">`, `<w:numId w:val="1"/>`, `<w:numId w:val="2"/>`, `<w:numId w:val="3"/>`} {
		if !strings.Contains(document, words) {
			t.Errorf("the document does not have %q", words)
		}
	}
	if links := got["word/_rels/document.xml.rels"]; !strings.Contains(links,
		`Id="link1"`) || !strings.Contains(links, `Target="https://y.example/inspections/kent?a=1&amp;b=2#results" `+
		`TargetMode="External"`) {
		t.Errorf("links: %s", links)
	}
	for _, list := range []string{`<w:num w:numId="1">`, `<w:num w:numId="2">`, `<w:num w:numId="3">`} {
		if !strings.Contains(got["word/numbering.xml"], list) {
			t.Errorf("lists: no %s", list)
		}
	}
	for _, style := range []string{"Title", "Heading1", "Heading2", "ListParagraph", "Hyperlink", "TableGrid"} {
		if !strings.Contains(got["word/styles.xml"], `w:styleId="`+style+`"`) {
			t.Errorf("no style %s", style)
		}
	}
	if !strings.Contains(got["docProps/core.xml"], "<dc:title>Kent &amp; others</dc:title>") {
		t.Error("the file has no title")
	}
}
