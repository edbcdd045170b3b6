package office

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// confirmedLasts is how long a touch of a passkey stands for the decision it was made for.
const confirmedLasts = 2 * time.Minute

// keySubject is the key of a session under which the decision stands that a touch is being asked for.
const keySubject = "subject"

// subject names a decision about a publication, bound to the content that the person saw.
func subject(act string, i *item) string {
	return fmt.Sprintf("%s %d %s", act, i.ID, i.Hash)
}

// asked names what somebody asks for, with their reason.
func asked(person, why string) string {
	sum := sha256.Sum256([]byte(person + "\n" + why))
	return " " + hex.EncodeToString(sum[:8])
}

// beginConfirm asks for a touch of the person's passkey for one decision.
func beginConfirm(c *call) error {
	h, err := c.holder(c.Context(), c.person)
	if err != nil {
		return err
	}
	options, ceremony, err := c.passkeys.BeginLogin(h, webauthn.WithUserVerification(protocol.VerificationRequired))
	if err == nil {
		c.sessions.Put(c.Context(), keySubject, c.FormValue("subject"))
	}
	return c.begin(options, ceremony, err)
}

func finishConfirm(c *call) error {
	ceremony, err := c.ceremony()
	if err != nil {
		return err
	}
	about := c.sessions.PopString(c.Context(), keySubject)
	h, err := c.holder(c.Context(), c.person)
	if err != nil {
		return err
	}
	key, err := c.passkeys.FinishLogin(h, ceremony, c.Request)
	if err != nil || key.Authenticator.CloneWarning {
		c.Log.Warn("a passkey was refused", "person", c.person.Name)
		return errForbidden
	}
	if err := c.keepPasskey(c.Context(), c.person.Name, key); err != nil {
		return err
	}
	c.sessions.Put(c.Context(), keyConfirmed, about+" "+c.Now().UTC().Format(time.RFC3339))
	return c.answer(map[string]bool{"confirmed": true})
}

// confirmed says whether the person has just touched a passkey for a decision. The touch is used up.
func (c *call) confirmed(about string) bool {
	kept := c.sessions.PopString(c.Context(), keyConfirmed)
	if len(kept) <= len(about) || kept[:len(about)+1] != about+" " {
		return false
	}
	at, err := time.Parse(time.RFC3339, kept[len(about)+1:])
	return err == nil && c.Now().Sub(at) < confirmedLasts
}
