package office

import (
	"errors"
	"net/mail"
	"strings"
	"unicode"

	"yardstick/internal/office/store"
)

type peopleView struct {
	People   []store.Person
	Roles    []string
	Link     string // to give to a person, shown once
	For      string
	Provider string // the identity provider's host; empty for none
}

func people(c *call) error { return c.peopleWith(peopleView{}) }

func (c *call) peopleWith(v peopleView) (err error) {
	if v.People, err = c.Store.People(c.Context()); err != nil {
		return err
	}
	v.Roles = Roles()
	if c.provider != nil {
		v.Provider = c.provider.host
	}
	return c.page("people", v)
}

// longestName is how many letters a name may have.
const longestName = 60

// ValidName says whether somebody can be called so in the journal: one line of letters that can be read.
func ValidName(name string) bool {
	clean := strings.TrimSpace(name) == name && name != "" && len([]rune(name)) <= longestName
	return clean && strings.IndexFunc(name, func(r rune) bool { return r != ' ' && !unicode.IsGraphic(r) || r == '/' }) < 0
}

func addPerson(c *call) error {
	name := strings.TrimSpace(c.FormValue("name"))
	roles, err := ParseRoles(strings.Join(c.Form["role"], ","))
	email := strings.TrimSpace(c.FormValue("email"))
	if !ValidName(name) {
		c.wrong("name", "name")
	} else if _, err := c.Store.Person(c.Context(), name); err == nil {
		c.wrong("name", "name_taken")
	} else if !errors.Is(err, store.ErrNone) {
		return err
	}
	if err := c.checkEmail("email", email, name); err != nil {
		return err
	}
	if err != nil {
		c.wrong("role", "role")
	}
	if len(c.problems) > 0 {
		return c.peopleWith(peopleView{})
	}
	err = c.Store.AddPerson(c.Context(), name, roles)
	if err == nil {
		err = errors.Join(c.Store.SetEmail(c.Context(), name, email),
			c.record("person_added", 0, name+": "+strings.Join(roles, ", ")))
	}
	if err != nil {
		return err
	}
	return c.linkFor(name)
}

// checkEmail says what is wrong with an address of a person; nothing is wrong with none.
func (c *call) checkEmail(field, email, person string) error {
	if email == "" {
		return nil
	}
	if parsed, err := mail.ParseAddress(email); err != nil || parsed.Address != email {
		c.wrong(field, "email")
		return nil
	}
	everybody, err := c.Store.People(c.Context())
	for _, p := range everybody {
		if strings.EqualFold(p.Email, email) && !strings.EqualFold(p.Name, person) {
			c.wrong(field, "email_taken")
		}
	}
	return err
}

// linkFor makes a one-time link for a person and shows it.
func (c *call) linkFor(name string) error {
	token, err := c.Store.NewLink(c.Context(), name)
	if err == nil {
		err = c.record("person_link", 0, name)
	}
	if err != nil {
		return err
	}
	return c.peopleWith(peopleView{Link: c.Office.Link(token), For: name})
}

// Link is the address of a one-time link.
func (o *Office) Link(token string) string {
	return o.site.Scheme + "://" + o.site.Host + "/join/" + token
}

// changePerson gives a person other roles or a new link, or ends their access. Nobody does so to themselves, so that
// there is always an administrator.
func changePerson(c *call) error {
	person, err := c.Store.Person(c.Context(), c.PathValue("name"))
	if err != nil {
		return err
	}
	if strings.EqualFold(person.Name, c.person.Name) {
		c.wrong("people", "self")
		return c.peopleWith(peopleView{})
	}
	ctx := c.Context()
	switch c.FormValue("do") {
	case "link":
		return c.linkFor(person.Name)
	case "end":
		err = errors.Join(c.Store.End(ctx, person.Name), c.endSessions(ctx, person.Name, ""),
			c.record("person_ended", 0, person.Name))
	case "sessions":
		err = errors.Join(c.endSessions(ctx, person.Name, ""), c.record("sessions_ended", 0, person.Name))
	case "email":
		email := strings.TrimSpace(c.FormValue("email"))
		if err := c.checkEmail("people", email, person.Name); err != nil {
			return err
		}
		if len(c.problems) > 0 {
			return c.peopleWith(peopleView{})
		}
		err = errors.Join(c.Store.SetEmail(ctx, person.Name, strings.ToLower(email)),
			c.record("person_email", 0, person.Name))
	case "restore":
		if err = c.Store.Restore(ctx, person.Name); err == nil {
			return c.linkFor(person.Name)
		}
	case "roles":
		roles, wrong := ParseRoles(strings.Join(c.Form["role"], ","))
		if wrong != nil {
			c.wrong("people", "role")
			return c.peopleWith(peopleView{})
		}
		err = errors.Join(c.Store.SetRoles(ctx, person.Name, roles),
			c.record("person_roles", 0, person.Name+": "+strings.Join(roles, ", ")))
	default:
		return errNotFound
	}
	return c.done(err, "/people", "office.done.person")
}
