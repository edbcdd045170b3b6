package ingest

import (
	"regexp"
	"strings"

	"yardstick/data/finding"
)

// sign is a way in which free text tells of one child, and what to call it. Where ranged is set, what follows may make
// it an age of a group: "aged 10 to 17".
type sign struct {
	pattern *regexp.Regexp
	is      string
	ranged  bool
}

// signs are the ways looked for. They are no proof: a person reads the text.
var signs = []sign{
	{regexp.MustCompile(`(?i)\bage[d]?:?\s+\d{1,2}\b`), "an age", true},
	{regexp.MustCompile(`(?i)\b\d{1,2}[- ]years?[- ]old\b`), "an age", true},
	{regexp.MustCompile(`(?i)\b\d{1,2}( mlwydd)? oed\b`), "an age", true},
	{regexp.MustCompile(`\b[A-Z]\.? ?[A-Z]\.?(, ?| ?\(| )(aged )?\d{1,2}\b`), "initials with an age", true},
	{regexp.MustCompile(`(?i)\b(case|achos)[ -]*(no\.?|number|id|ref\.?|rhif)?[ :#-]*\d{3,}\b`), "a case number", false},
	{
		regexp.MustCompile(`\b(CRN|URN|UPN|PNC|NHS)( no\.?| number)?[ :#-]*[A-Z]*\d[\d/ ]{4,}`),
		"a number of a person", false,
	},
}

// initials tells "JS, 15" and "J.S. (15)" from "YJ 15", which may be anything.
var initials = regexp.MustCompile(`[.,(]`)

// group is what stands around the age of a group.
var (
	groupAfter = regexp.MustCompile(`(?i)^('s)?\s*(-|–|to\b|and\b|or\b|i\b|neu\b|olds\b|s\b|\+)\s*` +
		`(\d|over|under|above|below|older|younger|hŷn|iau)?`)
	groupBefore = regexp.MustCompile(`(?i)\d{1,2}\s*(-|–|to|and|or|i|a|neu)\s*$`)
)

// personal warns of a text that reads as if it were about one child. Names are not looked for: no list has them all.
func (r *row) personal(column, text string) {
	if !strings.ContainsAny(text, "0123456789") {
		return
	}
	for _, s := range signs {
		for _, at := range s.pattern.FindAllStringIndex(text, -1) {
			what, before, after := text[at[0]:at[1]], text[:at[0]], text[at[1]:]
			if s.ranged && (aGroup(after) || groupBefore.MatchString(before)) ||
				s.is == "initials with an age" && !initials.MatchString(what) {
				continue
			}
			r.log.add(r.finding(finding.SeverityWarning, column, "personal",
				"may be about one child: it has "+s.is+", "+`"`+what+`"`,
				"take out what could tell who it is; nothing about one person belongs in a published text"))
			return
		}
	}
}

// aGroup says whether what follows an age makes it that of a group.
func aGroup(after string) bool {
	found := groupAfter.FindStringSubmatch(after)
	if found == nil {
		return false
	}
	joins := strings.ToLower(found[2])
	return found[3] != "" || joins == "olds" || joins == "s" || joins == "+"
}
