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
	Name     string
	Email    string
	Provider string // the identity provider's host; empty for none
	Problems []problem
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
	if len(v.Problems) > 0 {
		return c.wrong("people", v)
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
	v := peopleView{Name: name, Email: email}
	if err != nil {
		v.Problems = append(v.Problems, problem{"role", c.say("office.problem.role")})
	}
	if !ValidName(name) {
		v.Problems = append(v.Problems, problem{"name", c.say("office.problem.name")})
	} else if _, err := c.Store.Person(c.Context(), name); err == nil {
		v.Problems = append(v.Problems, problem{"name", c.say("office.problem.name_taken")})
	} else if !errors.Is(err, store.ErrNone) {
		return err
	}
	if wrong, err := c.emailProblem(email, name); err != nil {
		return err
	} else if wrong != "" {
		v.Problems = append(v.Problems, problem{"email", wrong})
	}
	if len(v.Problems) > 0 {
		return c.peopleWith(v)
	}
	if err := c.Store.AddPerson(c.Context(), name, roles); err != nil {
		return err
	}
	if err := c.Store.SetEmail(c.Context(), name, email); err != nil {
		return err
	}
	if err := c.record("person_added", 0, name+": "+strings.Join(roles, ", ")); err != nil {
		return err
	}
	return c.linkFor(name)
}

// emailProblem says what is wrong with an address of a person; nothing is wrong with none.
func (c *call) emailProblem(email, person string) (string, error) {
	if email == "" {
		return "", nil
	}
	if parsed, err := mail.ParseAddress(email); err != nil || parsed.Address != email {
		return c.say("office.problem.email"), nil
	}
	everybody, err := c.Store.People(c.Context())
	for _, p := range everybody {
		if strings.EqualFold(p.Email, email) && !strings.EqualFold(p.Name, person) {
			return c.say("office.problem.email_taken"), nil
		}
	}
	return "", err
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
	if errors.Is(err, store.ErrNone) {
		return errNotFound
	}
	if err != nil {
		return err
	}
	if strings.EqualFold(person.Name, c.person.Name) {
		return c.peopleWith(peopleView{Problems: []problem{{"people", c.say("office.problem.self")}}})
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
		wrong, err := c.emailProblem(email, person.Name)
		if err != nil {
			return err
		}
		if wrong != "" {
			return c.peopleWith(peopleView{Problems: []problem{{"people", wrong}}})
		}
		if err := errors.Join(c.Store.SetEmail(ctx, person.Name, strings.ToLower(email)),
			c.record("person_email", 0, person.Name)); err != nil {
			return err
		}
	case "restore":
		if err = c.Store.Restore(ctx, person.Name); err == nil {
			return c.linkFor(person.Name)
		}
	case "roles":
		roles, wrong := ParseRoles(strings.Join(c.Form["role"], ","))
		if wrong != nil {
			return c.peopleWith(peopleView{Problems: []problem{{"people", c.say("office.problem.role")}}})
		}
		err = errors.Join(c.Store.SetRoles(ctx, person.Name, roles),
			c.record("person_roles", 0, person.Name+": "+strings.Join(roles, ", ")))
	default:
		return errNotFound
	}
	if err != nil {
		return err
	}
	return c.leave("/people", c.say("office.done.person"))
}
