package office

import (
	"errors"
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
	Problems []problem
}

func people(c *call) error { return c.peopleWith(peopleView{}) }

func (c *call) peopleWith(v peopleView) (err error) {
	if v.People, err = c.Store.People(c.Context()); err != nil {
		return err
	}
	v.Roles = Roles()
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
	v := peopleView{Name: name}
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
	if len(v.Problems) > 0 {
		return c.peopleWith(v)
	}
	if err := c.Store.AddPerson(c.Context(), name, roles); err != nil {
		return err
	}
	if err := c.record("person_added", 0, name+": "+strings.Join(roles, ", ")); err != nil {
		return err
	}
	return c.linkFor(name)
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
		err = errors.Join(c.Store.End(ctx, person.Name), c.record("person_ended", 0, person.Name))
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
