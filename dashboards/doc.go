// Package dashboards is the web: the public site and its read-only interface over the answers of one release.
//
//	server.go      configuration, route table, swap of releases
//	edition.go     one release as it is served: its answers and every rendered answer, compressed, by canonical address
//	request.go     from a request to a visit: language, parameters, canonical address
//	respond.go     encodings, conditional requests, headers
//	download.go    the release as files, under /data
//	address.go     addresses of pages, of their parts, and of releases by name
//	permanent.go   pages of a release named by its address, and the earlier releases that are held open
//	take.go        parts of pages as files, images and frames; take_table.go a table, cite.go citations
//	errors.go      errors as pages and as JSON, by kind
//	page_<name>.go one file a page: a view struct and the function that builds it
//
// A request is answered from the edition that was current when it arrived, whole. A page asks the Snapshot in memory
// and never the database. Fiber is imported in this package alone.
package dashboards
