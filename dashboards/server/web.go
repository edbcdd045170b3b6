package server

import (
	"net/http"

	"github.com/gofiber/fiber/v2/middleware/adaptor"
)

// ServeHTTP answers a request of the standard library, so that another server can show these pages as its own.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { adaptor.FiberApp(s.app)(w, r) }
