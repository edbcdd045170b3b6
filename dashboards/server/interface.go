package server

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"yardstick/dashboards/api"
	"yardstick/dashboards/cache"
	"yardstick/dashboards/site"
)

// answer answers requests for one endpoint of the interface.
func (s *Server) answer(endpoint api.Endpoint) fiber.Handler {
	return func(c *fiber.Ctx) error {
		latest, err := s.latestFor(c)
		if err != nil {
			return err
		}
		return s.answerOf(c, latest, endpoint, c.Params("id"), permanentLink{})
	}
}

// answerOf answers for an endpoint from the release that a link names.
func (s *Server) answerOf(c *fiber.Ctx, latest *edition, endpoint api.Endpoint, id string, link permanentLink) error {
	query, err := queryOf(c)
	if err != nil {
		return err
	}
	answers := latest.rendered
	if endpoint.Typed {
		answers = latest.typed
	}
	path := api.Root + strings.Replace(endpoint.Path, ":id", id, 1)
	key := site.PermanentPath(link.release) + path + "?" + query.Encode()
	body, err := s.answerOn(latest, answers, key, s.clientOf(c),
		ask{release: link.release, older: link.older, desk: endpoint.Name == deskName, kind: cache.Table},
		func(of *edition) (*cache.Body, error) { return s.ask(latest, of, endpoint, id, query, link.older) })
	if err != nil {
		return err
	}
	s.tag(c, latest, link, endpoint.Name, id)
	return s.send(c, body)
}

// ask makes an endpoint's answer from an edition.
func (s *Server) ask(
	latest, of *edition,
	e api.Endpoint,
	id string,
	query url.Values,
	older bool,
) (*cache.Body, error) {
	answer, err := e.Answer(
		api.Request{Snapshot: of.snapshot, ID: id, Query: query, Languages: s.site.Languages(), Desk: of.desk})
	if err != nil {
		return nil, withdrawnSince(latest, older, err)
	}
	return bodyOf(answer)
}

func bodyOf(answer api.Body) (*cache.Body, error) {
	var body *cache.Body
	if answer.Packed {
		body = cache.Store(answer.Content, answer.Type)
	} else {
		var err error
		if body, err = cache.Compress(answer.Content, answer.Type, cache.OnDemand); err != nil {
			return nil, err
		}
	}
	body.FileName, body.Language = answer.Name, answer.Language
	return body, nil
}

// describe answers with the document of the interface.
func (s *Server) describe(c *fiber.Ctx) error {
	latest, err := s.latestFor(c)
	if err != nil {
		return err
	}
	body, err := s.answerOn(latest, latest.rendered, api.Root+api.DocumentPath, s.clientOf(c), ask{kind: cache.Page},
		func(*edition) (*cache.Body, error) {
			document, err := api.Describe(latest.snapshot, s.site.Words(english, latest.snapshot))
			if err != nil {
				return nil, err
			}
			content, err := document.JSON()
			if err != nil {
				return nil, err
			}
			return bodyOf(content)
		})
	if err != nil {
		return err
	}
	return s.send(c, body)
}
