package command

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"
)

// deadLink is an address that does not answer, and why.
type deadLink struct{ url, why string }

// How long a link may take to answer, and how many are asked at a time.
const (
	linkLongest = 15 * time.Second
	linksAtOnce = 4
)

// deadLinks returns those of some addresses that do not answer, in order. It reads no more than the headers.
func deadLinks(ctx context.Context, urls []string) []deadLink {
	client := &http.Client{Timeout: linkLongest}
	why := make([]string, len(urls))
	var asks errgroup.Group
	asks.SetLimit(linksAtOnce)
	for n, url := range urls {
		asks.Go(func() error {
			why[n] = deadBecause(ctx, client, url)
			return nil
		})
	}
	asks.Wait() // it returns no error
	var dead []deadLink
	for n, url := range urls {
		if why[n] != "" {
			dead = append(dead, deadLink{url, why[n]})
		}
	}
	return dead
}

// deadBecause says why an address does not answer; empty where it does. One that lets no program in is not dead.
func deadBecause(ctx context.Context, client *http.Client, url string) string {
	status := 0
	for _, method := range []string{http.MethodHead, http.MethodGet} { // some answer GET alone
		request, err := http.NewRequestWithContext(ctx, method, url, nil)
		if err != nil {
			return err.Error()
		}
		request.Header.Set("User-Agent", "yardstick doctor")
		answer, err := client.Do(request)
		if err != nil {
			if cause := errors.Unwrap(err); cause != nil {
				err = cause // without the method and the address
			}
			return err.Error()
		}
		answer.Body.Close()
		if status = answer.StatusCode; status < http.StatusBadRequest {
			return ""
		}
	}
	letsNobodyIn := []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests}
	if slices.Contains(letsNobodyIn, status) {
		return ""
	}
	return "it answers " + http.StatusText(status)
}
