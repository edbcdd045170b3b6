package assistant

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// mostQuestion is how large a request may be, in bytes, and longest how long it may take to read and to answer.
const (
	mostQuestion = 1 << 20
	longest      = time.Minute
)

// HTTP returns a server that answers the protocol over HTTP, at every path, without sessions. Pages of other sites
// cannot ask it.
func HTTP(server *mcp.Server, log *slog.Logger) *http.Server {
	var answer http.Handler = mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server },
		&mcp.StreamableHTTPOptions{Stateless: true, JSONResponse: true, Logger: log})
	answer = http.MaxBytesHandler(http.NewCrossOriginProtection().Handler(answer), mostQuestion)
	return &http.Server{
		Handler:           answer,
		ReadHeaderTimeout: longest / 6,
		ReadTimeout:       longest,
		WriteTimeout:      longest,
		IdleTimeout:       longest,
	}
}
