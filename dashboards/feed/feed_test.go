package feed

import (
	"strings"
	"testing"
	"time"
)

// Entries are written newest first, with moments in UTC, and text stays text.
func TestWrite(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 3, d, 1, 0, 0, 0, time.FixedZone("", 3600)) }
	published := day(1)
	content, err := Write(Feed{ID: ID("x"), Language: "cy", Title: "A & B", Author: "C", Updated: day(9), Entries: []Entry{
		{ID: ID("1"), Title: "older", Summary: "<b>", Updated: day(2), Published: &published},
		{ID: ID("2"), Title: "newer", Summary: "y", Updated: day(3)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	for _, want := range []string{`<?xml version="1.0" encoding="UTF-8"?>`, `xmlns="http://www.w3.org/2005/Atom"`,
		`xml:lang="cy"`, "A &amp; B", "&lt;b&gt;",
		"<updated>2026-03-03T00:00:00Z</updated><author><name>C</name></author>",
		"<published>2026-03-01T00:00:00Z</published>"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	if strings.Index(text, "newer") > strings.Index(text, "older") || strings.Count(text, "<published>") != 1 {
		t.Errorf("in another order, or with days that nobody knows: %s", text)
	}
}

// An id given twice is refused, and an id depends on all of its parts.
func TestIDs(t *testing.T) {
	if _, err := Write(Feed{Entries: []Entry{{ID: "a"}, {ID: "b"}, {ID: "a"}}}); err == nil {
		t.Error("an id was given twice")
	}
	again := ID("a")
	if ID("a", "b") == ID("a") || ID("a", "b") == ID("b", "a") || again != ID("a") {
		t.Error("ids are not those of their parts")
	}
}
