package office

import (
	"bytes"
	"fmt"
	"html"

	"github.com/PuerkitoBio/goquery"
)

// besideFields returns a page with what is wrong with its form beside each field too, as GOV.UK's forms have it: the
// message before the field, which is described by it, and the group of the field marked. What is said of no field is in
// the page's summary alone. prefix is read before each message by those who do not see its colour.
func besideFields(page []byte, problems []problem, prefix string) ([]byte, error) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	for _, p := range problems {
		if p.Field == "" {
			continue
		}
		field := doc.Find("#" + p.Field).First()
		id := p.Field + "-error"
		message := fmt.Sprintf(`<span class="govuk-error-message" id="%s">`+
			`<span class="govuk-visually-hidden">%s</span> %s</span>`, id, html.EscapeString(prefix), html.EscapeString(p.Text))
		switch {
		case field.Is("fieldset"):
			field.Find("legend").First().AfterHtml(message)
		case field.Is("input, textarea, select"):
			field.BeforeHtml(message).SetAttr("aria-invalid", "true")
		default: // a list to choose from anew, which has no field of its own
			continue
		}
		described := id
		if by := field.AttrOr("aria-describedby", ""); by != "" {
			described = by + " " + id
		}
		field.SetAttr("aria-describedby", described)
		field.Closest(".govuk-form-group").AddClass("govuk-form-group--error")
	}
	text, err := doc.Html()
	return []byte(text), err
}
