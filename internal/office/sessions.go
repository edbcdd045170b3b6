package office

import (
	"context"
	"errors"
	"strings"
)

// sessionsOf returns the tokens' hashes of a person's sessions, but for one that has these values.
func (o *Office) sessionsOf(ctx context.Context, person, but string) ([]string, error) {
	all, err := o.Store.Sessions(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for token, data := range all {
		_, values, err := o.sessions.Codec.Decode(data)
		if err != nil {
			return nil, err
		}
		name, _ := values[keyPerson].(string) // one that has none is of nobody
		if mark, _ := values[keyMark].(string); strings.EqualFold(name, person) && (but == "" || mark != but) {
			out = append(out, token)
		}
	}
	return out, nil
}

// endSessions signs a person out wherever they are signed in, but for the session with a mark.
func (o *Office) endSessions(ctx context.Context, person, but string) error {
	tokens, err := o.sessionsOf(ctx, person, but)
	for _, token := range tokens {
		err = errors.Join(err, o.Store.DeleteCtx(ctx, token))
	}
	return err
}

// endOthers signs the person out everywhere else.
func endOthers(c *call) error {
	if err := c.endSessions(c.Context(), c.person.Name, c.sessions.GetString(c.Context(), keyMark)); err != nil {
		return err
	}
	return c.done(c.record("sessions_ended", 0, c.person.Name), "/passkeys", "office.done.sessions")
}
