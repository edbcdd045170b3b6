package office

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"yardstick/internal/office/store"
)

// Provider is an identity provider that signs the office's people in by OpenID Connect, besides their passkeys.
type Provider struct {
	Issuer string // its address
	Client string // what it knows the office by
	Secret string
}

// provider is one that is asked. What it says of itself is read when somebody first signs in by it, so that an office
// starts without it.
type provider struct {
	Provider
	host   string
	back   string // where it sends people back to
	client *http.Client
	mu     sync.Mutex
	found  *oidc.Provider
}

// providerPatience is how long a provider may take to answer.
const providerPatience = 10 * time.Second

func newProvider(of Provider, site *url.URL) (*provider, error) {
	issuer, err := url.Parse(of.Issuer)
	if err != nil || issuer.Host == "" || issuer.Scheme != "https" && !loopback(issuer) {
		return nil, fmt.Errorf("identity provider: %q is not an address such as https://login.example", of.Issuer)
	}
	if of.Client == "" || of.Secret == "" {
		return nil, errors.New("identity provider: the client's name or its secret is missing")
	}
	back := site.Scheme + "://" + site.Host + "/sign-in/provider/return"
	return &provider{Provider: of, host: issuer.Host, back: back, client: &http.Client{Timeout: providerPatience}}, nil
}

func loopback(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// known returns what the provider says of itself.
func (p *provider) known() (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	// the provider keeps this context, by which it asks for keys later: it may not end with a request
	found, err := oidc.NewProvider(oidc.ClientContext(context.Background(), p.client), p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("identity provider: %w", err)
	}
	p.found = found
	return found, nil
}

func (p *provider) config(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: p.Client, ClientSecret: p.Secret, Endpoint: found.Endpoint(), RedirectURL: p.back,
		Scopes: []string{oidc.ScopeOpenID, "email"}}
}

// attempt is a sign-in by the provider that is under way in a session.
type attempt struct{ State, Nonce, Verifier, Next string }

// beginProvider sends somebody to the identity provider. No other site can start it.
func beginProvider(c *call) error {
	if c.provider == nil {
		return errNotFound
	}
	if from := c.Header.Get("Sec-Fetch-Site"); from != "" && from != "same-origin" {
		return errForbidden
	}
	found, err := c.provider.known()
	if err != nil {
		c.Log.Error("the identity provider does not answer", "error", err)
		return c.providerFailed()
	}
	a := attempt{State: oauth2.GenerateVerifier(), Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier(),
		Next: local(c.FormValue("next"), pathIn(c.tag, "/"))}
	kept, err := json.Marshal(a)
	if err != nil {
		return err
	}
	c.sessions.Put(c.Context(), keyProvider, kept)
	to := c.provider.config(found).AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier),
		oauth2.SetAuthURLParam("max_age", fmt.Sprint(int(sessionLasts.Seconds()))))
	http.Redirect(c.w, c.Request, to, http.StatusSeeOther)
	return nil
}

// finishProvider lets somebody in whom the provider sent back: a person who was invited, by the address that the
// provider verified. Nobody is added here.
func finishProvider(c *call) error {
	if c.provider == nil {
		return errNotFound
	}
	var a attempt
	kept := c.sessions.PopBytes(c.Context(), keyProvider)
	if kept == nil || json.Unmarshal(kept, &a) != nil ||
		subtle.ConstantTimeCompare([]byte(a.State), []byte(c.FormValue("state"))) != 1 {
		return errSignIn
	}
	person, err := c.identified(a)
	if err != nil {
		c.Log.Warn("the identity provider let nobody in", "error", err)
		return c.providerFailed()
	}
	if err := c.become(person, false, "provider"); err != nil {
		return err
	}
	http.Redirect(c.w, c.Request, a.Next, http.StatusSeeOther)
	return nil
}

// providerFailed says that the provider let nobody in. It does not say why: the log does.
func (c *call) providerFailed() error {
	c.wrong("", "provider", "Name", c.provider.host)
	return c.showSignIn()
}

// identified returns who the provider says has come back.
func (c *call) identified(a attempt) (store.Person, error) {
	var nobody store.Person
	if why := c.FormValue("error"); why != "" {
		return nobody, fmt.Errorf("it answered %.100q", why)
	}
	if from := c.FormValue("iss"); from != "" && from != c.provider.Issuer {
		return nobody, fmt.Errorf("the answer is of %.100q", from)
	}
	found, err := c.provider.known()
	if err != nil {
		return nobody, err
	}
	ctx := oidc.ClientContext(c.Context(), c.provider.client)
	token, err := c.provider.config(found).Exchange(ctx, c.FormValue("code"), oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return nobody, err
	}
	raw, _ := token.Extra("id_token").(string) // an empty one is refused below
	verified, err := found.Verifier(&oidc.Config{ClientID: c.provider.Client, Now: c.Now}).Verify(ctx, raw)
	if err != nil {
		return nobody, err
	}
	var claims struct {
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
		At       int64  `json:"auth_time"`
	}
	if err := verified.Claims(&claims); err != nil {
		return nobody, err
	}
	switch {
	case subtle.ConstantTimeCompare([]byte(verified.Nonce), []byte(a.Nonce)) != 1:
		return nobody, errors.New("the answer is to another question")
	case !claims.Verified || claims.Email == "":
		return nobody, errors.New("it did not verify an e-mail address")
	case claims.At != 0 && c.Now().Sub(time.Unix(claims.At, 0)) > sessionLasts:
		return nobody, errors.New("the person signed in there too long ago")
	}
	name, err := c.Store.Identify(ctx, verified.Issuer+" "+verified.Subject, strings.ToLower(claims.Email))
	if err != nil {
		return nobody, err
	}
	person, err := c.Store.Person(ctx, name)
	if err == nil && !person.Ended.IsZero() {
		err = fmt.Errorf("%s may not sign in any more", name)
	}
	return person, err
}
