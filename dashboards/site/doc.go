// Package site builds the pages: one file a page, each a function from a Request to a typed view of what the page
// shows.
//
//	site.go     configuration, and the way from a Request to a page and its HTML
//	routes.go   every page with its path and parameters
//	request.go  what a page may know: language, id, query, release, words
//	address.go  addresses of pages, of their parts, and of releases by name
//	complete.go what every page has: navigation, languages, citation, downloads
//	prose.go    sections of pages in words
//	feed.go     feeds of what changed
//	linked.go   what pages tell search engines of themselves
//	failure.go  errors as readers see them
//	<name>.go   a page
//
// Nothing here knows about HTTP or caching. A page asks the Snapshot and nothing else.
package site
