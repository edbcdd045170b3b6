package e2e

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// welshTerms lists the words for things that pages keep naming: where the English message has the term, the Welsh one
// has the word. They are those of the inspectorate's Welsh reports, the Welsh Government and the Youth Justice Board.
var welshTerms = []struct{ english, welsh string }{
	{`confidence interval`, `yf(wng|yngau) hyder`},
	{`95% interval`, `yf(wng|yngau) hyder`},
	{`[Oo]ut-of-court`, `tu allan i'r llys`},
	{`[Ff]irst-time entrants?`, `[Nn]ewydd-ddyfodia`},
	{`[Yy]outh justice service`, `[Gg]?wasanaeth(au)? cyfiawnder ieuenctid`},
	{`[Rr]eoffending`, `[Aa]ildrosedd`},
	{`[Cc]ustod(y|ial)`, `[Dd]dalfa`},
	{`[Ss]afeguarding`, `[Dd]{0,2}iogelu`},
	{`[Pp]ress notice`, `[Hh]ysbysiad(au)? i'r wasg`},
	{`[Ss]tatistical neighbours`, `[Cc]h?ymdogion|[Gg]ymdogion`},
	{`Requires improvement`, `[Aa]ngen gwella`},
	{`Outstanding`, `Rhagorol|Ragorol`},
	{`Inadequate`, `Annigonol`},
	{`quartile`, `h?wartel`},
	{`[Dd]ownload`, `[Ll]{1,2}awrlwyth|[Ll]lwyth`},
	{`HM Inspectorate of Probation`, `Arolygiaeth Prawf`},
}

// notWelsh lists words that a translation may not have, each with the word to use. What right matches is taken out of a
// text before wrong is looked for.
var notWelsh = []struct{ right, wrong *regexp.Regexp }{
	{regexp.MustCompile(`safle(oedd)?`), regexp.MustCompile(`\b[Rr]h?eng(oedd)?\b`)},
	{regexp.MustCompile(`atrysiadau y tu allan i'r llys`), regexp.MustCompile(`[Gg]warediad\S* y tu allan`)},
	{regexp.MustCompile(`[Nn]ewydd-ddyfodia(d|id) i'r system`), regexp.MustCompile(`[Nn]ewydd-ddyfodia`)},
	{regexp.MustCompile(`y ddalfa`), regexp.MustCompile(`\b([CcGg]|ng|ch)archar|dan glo`)},
	{regexp.MustCompile(`yfwng hyder`), regexp.MustCompile(`yfwng 95%`)},
	{regexp.MustCompile(`atganiad(au)? (data|hygyrchedd)`), regexp.MustCompile(`\b[Dd]{1,2}atganiad`)},
	{regexp.MustCompile(`chwartel(au)?\b`), regexp.MustCompile(`chwarteli`)},
	{regexp.MustCompile(`ar gael`), regexp.MustCompile(`\bg?weini(r|d)?\b`)},
	{regexp.MustCompile(`dynodydd(ion)?`), regexp.MustCompile(`\b[Ii]ds\b`)},
	{regexp.MustCompile(`fel canran`), regexp.MustCompile(`mewn canran\b`)},
	{regexp.MustCompile(`sy'n perfformio'n gryf`), regexp.MustCompile(`[Pp]erfformwyr`)},
	{regexp.MustCompile(`ysbysiad(au)? i'r wasg`), regexp.MustCompile(`\b[Hh]ysbysiad`)},
	{regexp.MustCompile(`ardal`), regexp.MustCompile(`\b([TtDd]|th)ir\b`)},
}

// unWelsh returns the words of a Welsh message that it may not have, each with the pattern of what to write.
func unWelsh(text string) []string {
	var faults []string
	for _, w := range notWelsh {
		for _, found := range w.wrong.FindAllString(w.right.ReplaceAllString(text, "·"), -1) {
			faults = append(faults, found+": write "+w.right.String())
		}
	}
	return faults
}

// lacking returns the Welsh words that a message should have, by its English.
func lacking(english, welsh string) []string {
	var faults []string
	for _, term := range welshTerms {
		if regexp.MustCompile(term.english).MatchString(english) && !regexp.MustCompile(term.welsh).MatchString(welsh) {
			faults = append(faults, term.english+" is not "+term.welsh)
		}
	}
	return faults
}

// termless are the messages that say a term in another way, for a reason.
var termless = map[string]bool{
	"api.field.counted":     true, // values of a field, which are the same in every language
	"error.invalid.weights": true, // an address, which is
}

// Welsh messages use one word for one thing.
func TestLawWelshTerms(t *testing.T) {
	english, welsh := catalogue(t, "en"), catalogue(t, "cy")
	for _, key := range slices.Sorted(maps.Keys(welsh)) {
		for _, form := range slices.Sorted(maps.Keys(welsh[key].forms)) {
			for _, fault := range unWelsh(welsh[key].forms[form]) {
				t.Errorf("cy/%s: %s: %s", welsh[key].file, key, fault)
			}
		}
		for _, fault := range lacking(english[key].forms["other"], welsh[key].forms["other"]) {
			if !termless[key] {
				t.Errorf("cy/%s: %s: %s: %s", welsh[key].file, key, fault, welsh[key].forms["other"])
			}
		}
	}
}

// softened matches a word that changes the first letter of the name after it, and the variable of a name.
var softened = regexp.MustCompile(`(?i)(?:^|[\s(])(a|â|na|gyda|tua|neu|i|o|am|ar|at|dan|dros|drwy|heb|hyd|wrth|gan|yn|pan|yr?)\s+` +
	`\{\{\.(Area|Areas|Place|Name|Names|A|B|Former|Region|Authority|Group|LowPlace|HighPlace|LowestArea|HighestArea|` +
	`Inspection|Inspections|Programme|Programmes|Measure|Measures|Level|Rating|Criterion|Month|List|Label)\}\}`)

// unmutated are the messages whose variable keeps its first letter after such a word.
var unmutated = map[string]bool{
	"find.postcode": true, // a postcode
	"list.and":      true, // i18n changes the letter
	// the name of a person, or of who signs people in
	"office.preview.mark": true, "office.signin.provider": true, "office.notice.stale": true,
	"office.notice.approved": true, "office.notice.waits": true, "office.desk.saved_by": true,
	"office.people.email_hint": true,
}

// mutating returns the word of a message that would change the first letter of a name after it; empty for none. A
// number of areas is no name.
func mutating(text string) string {
	for _, at := range softened.FindAllStringIndex(text, -1) {
		if after := text[at[1]:]; !strings.HasPrefix(after, " ardal") && !strings.HasPrefix(after, " o ardaloedd") {
			return strings.TrimSpace(text[at[0]:at[1]])
		}
	}
	return ""
}

// A name is set into a Welsh sentence where it keeps its first letter: "yn achos {{.Area}}", not "yn {{.Area}}", since
// it would be "yng Nghaerdydd" or "ym Mhowys". Only the list of names changes a letter, by i18n's own rule.
func TestLawWelshNamesKeepTheirFirstLetter(t *testing.T) {
	for key, m := range catalogue(t, "cy") {
		for _, text := range m.forms {
			if found := mutating(text); found != "" && !unmutated[key] {
				t.Errorf("cy/%s: %s: “%s” changes the first letter: %s", m.file, key, found, text)
			}
		}
	}
}

func TestWelshFaultsAreFound(t *testing.T) {
	for text, want := range map[string]int{
		"Datganiad data 3, gyda datganiad hygyrchedd": 0,
		"Bu 2 ddatganiad":                                1,
		"Cyfwng hyder 95%: 53% i 69%":                    0,
		"Cyfwng 95%: 53% i 69%":                          1,
		"Rhengoedd posibl, rheng 3":                      2,
		"Newydd-ddyfodiaid i'r system fesul 100,000":     0,
		"newydd-ddyfodiaid a charchar":                   2,
		"yn yr hysbysiad i'r wasg":                       0,
		"mewn hysbysiadau":                               1,
		"Gwarediadau y tu allan i'r llys; plant dan glo": 2,
	} {
		if got := unWelsh(text); len(got) != want {
			t.Errorf("%q has the faults %q, want %d", text, got, want)
		}
	}
	if got := lacking("The custody rate of a youth justice service", "Cyfradd carchar gwasanaeth"); len(got) != 2 {
		t.Errorf("lacking %q", got)
	}
	for text, want := range map[string]bool{
		"Ffigurau yn {{.Area}}": true, "yn achos {{.Area}}": false, "{{.Group}}, heb {{.Area}}": true,
		"{{.A}} a {{.B}}": true, "ym mis {{.Month}}": false, "I {{.Name}}": true, "dros {{.Count}}": false,
		"3 o {{.Areas}} ardal": false, "mae gan {{.Areas}} fwy": true,
	} {
		if got := mutating(text) != ""; got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}
