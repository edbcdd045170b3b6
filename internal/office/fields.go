package office

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"slices"

	"github.com/PuerkitoBio/goquery"
)

// refusedForm returns the page of a form that is refused, with what is wrong beside its fields and with what was typed.
func (c *call) refusedForm(page []byte) ([]byte, error) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	besideFields(doc, c.problems, c.say("form.prefix"))
	giveBack(doc, c.URL.Path, c.PostForm)
	text, err := doc.Html()
	return []byte(text), err
}

// besideFields puts what is wrong with a form beside each field too, as GOV.UK's forms have it: the message before the
// field, which is described by it, and the group of the field marked. What is said of no field is in the page's summary
// alone. prefix is read before each message by those who do not see its colour.
func besideFields(doc *goquery.Document, problems []problem, prefix string) {
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
}

// giveBack fills the form that was sent to an address with what it had, and opens the parts of the page that it is in.
// A form with a file is read as it comes, and has nothing in sent: its template fills it.
func giveBack(doc *goquery.Document, path string, sent url.Values) {
	if len(sent) == 0 {
		return
	}
	var forms []*goquery.Selection
	for _, form := range doc.Find(`form[method="post"]`).EachIter() {
		to, err := url.Parse(form.AttrOr("action", path))
		if err == nil && to.Path == path && hasTyped(form, sent) {
			forms = append(forms, form)
		}
	}
	at := slices.IndexFunc(forms, func(form *goquery.Selection) bool { return sameHidden(form, sent) })
	switch {
	case len(forms) == 0:
		return
	case at < 0: // what was sent is of a page that changed since
		at = 0
	}
	for _, field := range fieldsOf(doc, forms[at]).EachIter() {
		fill(field, sent)
	}
	forms[at].ParentsFiltered("details").SetAttr("open", "")
}

// fieldsOf are what a form has that may be sent, within it or beside it.
func fieldsOf(doc *goquery.Document, form *goquery.Selection) *goquery.Selection {
	fields := form.Find("[name]")
	if id, ok := form.Attr("id"); ok {
		fields = fields.AddSelection(doc.Find(`[name][form="` + id + `"]`))
	}
	return fields
}

// hasTyped says whether people fill in something in a form that was sent.
func hasTyped(form *goquery.Selection, sent url.Values) bool {
	for _, field := range form.Find(`textarea, select, input:not([type="hidden"])`).EachIter() {
		if sent.Has(field.AttrOr("name", "")) {
			return true
		}
	}
	return false
}

// sameHidden says whether a form has what was sent in the fields that nobody types in.
func sameHidden(form *goquery.Selection, sent url.Values) bool {
	for _, field := range form.Find(`input[type="hidden"]`).EachIter() {
		if field.AttrOr("value", "") != sent.Get(field.AttrOr("name", "")) {
			return false
		}
	}
	return true
}

// fill puts what was sent into a field that people fill in. Fields marked data-secret stay as they are.
func fill(field *goquery.Selection, sent url.Values) {
	name := field.AttrOr("name", "")
	if _, secret := field.Attr("data-secret"); secret {
		return
	}
	set := func(one *goquery.Selection, attribute string, value string) {
		if slices.Contains(sent[name], value) {
			one.SetAttr(attribute, "")
		} else {
			one.RemoveAttr(attribute)
		}
	}
	switch kind := field.AttrOr("type", "text"); {
	case kind == "radio" || kind == "checkbox": // one that is not ticked is not sent
		set(field, "checked", field.AttrOr("value", "on"))
	case !sent.Has(name) || kind == "hidden" || kind == "file":
	case field.Is("textarea"):
		field.SetText(sent.Get(name))
	case field.Is("select"):
		for _, option := range field.Find("option").EachIter() {
			set(option, "selected", option.AttrOr("value", option.Text()))
		}
	case field.Is("input"):
		field.SetAttr("value", sent.Get(name))
	}
}
