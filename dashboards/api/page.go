package api

import (
	"maps"
	"net/url"
	"slices"
	"strconv"

	"yardstick/analytics"
)

// The bounds of a part of a list. Whatever a release holds of inspections, results or sources is within one part of the
// usual length for years to come; nobody who counts on a whole list is cut short without asking.
const (
	usualLimit = 1000
	mostLimit  = 5000
	mostOffset = 1_000_000
)

// Page says which part of a list data is: the length of the whole, the most that a part has, and how many items come
// before it. Next and Prev are the addresses of the parts beside it, on this site; null where there is none. The
// order of a list is the same for as long as its release is served.
type Page struct {
	Total  int     `json:"total"`
	Limit  int     `json:"limit"`
	Offset int     `json:"offset"`
	Next   *string `json:"next"`
	Prev   *string `json:"prev"`
}

// window is the part of a list that is asked for. A file has the whole.
type window struct {
	limit, offset int
	whole         bool
}

// windowOf reads which part of a list is asked for. Files are never parts, so that none is taken for the whole.
func (e Endpoint) windowOf(r Request, inJSON bool) (window, error) {
	w := window{limit: usualLimit, whole: !inJSON}
	if !e.Paged {
		return w, nil
	}
	for _, number := range []struct {
		name        string
		to          *int
		least, most int
	}{{"limit", &w.limit, 1, mostLimit}, {"offset", &w.offset, 0, mostOffset}} {
		text := r.Query.Get(number.name)
		if text == "" {
			continue
		}
		if w.whole {
			return w, &analytics.InvalidError{Field: number.name, Kind: "whole", Value: clip(r.Query.Get("format"))}
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < number.least || n > number.most {
			return w, &analytics.InvalidError{Field: number.name, Kind: "whole_number", Value: clip(text)}
		}
		*number.to = n
	}
	return w, nil
}

// part is the part of a list that a request asks for, and which one that is; all of it, and nil, for a file.
func part[T any](r Request, all []T) ([]T, *Page) {
	w := r.window
	if w.whole {
		return all, nil
	}
	first := min(w.offset, len(all))
	last := min(first+w.limit, len(all))
	page := &Page{Total: len(all), Limit: w.limit, Offset: w.offset}
	if last < len(all) {
		page.Next = r.at(last)
	}
	if first > 0 {
		page.Prev = r.at(max(first-w.limit, 0))
	}
	return all[first:last], page
}

// at is the address of the same list from another item on.
func (r Request) at(offset int) *string {
	query := make(url.Values)
	for _, name := range slices.Sorted(maps.Keys(r.Query)) {
		if name != "offset" {
			query[name] = r.Query[name]
		}
	}
	if offset > 0 {
		query.Set("offset", strconv.Itoa(offset))
	}
	address := r.path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return &address
}
