// Package server serves the site and its interface over HTTP, from the release that it was last given. Fiber is
// imported here and nowhere else.
//
//	server.go     configuration, routes, swap of releases
//	edition.go    one release as it is served: its Snapshot, its files and what was rendered from it
//	built.go      pages as they were built, for their parts
//	pages.go      pages, and parts of pages as files, images and frames
//	interface.go  the interface under /api/v1
//	files.go      the release as files, under /data
//	feeds.go      the feeds of the site, of areas and of regions
//	permanent.go  permanent links to a release, and the older releases that are kept open
//	gate.go       connections: how many, of whom, and which gives way
//	probe.go      the operator's listener, metrics
//	errors.go     errors as pages and as JSON, by kind
//	respond.go    encodings, conditional requests, headers, assets
//	sitemap.go    what search engines, and finders of faults, are told
//
// A request is answered whole from the edition that was current when it arrived. A route reads the request, asks the
// cache for the answer, and has it made by site, api or download where it is not there.
package server
