// Package browsertest looks at the built site as its readers do: in Chromium, over HTTP on the loopback address.
//
//	main_test.go      one site and one browser for all tests
//	pages_test.go     the pages that are looked at: a line each
//	tab_test.go       a tab: opening a page, asking a probe, what the browser complained of
//	observe_test.go   every page once in each language and width, kept for the tests that judge it
//	accessible_test.go, findings_test.go  a page of every kind looked at closely, and the statement made from it
//	<matter>_test.go  one file a matter: pages, charts, keyboard, scripts off, layout shift, transfer, Welsh, print
//	probes/           what is asked inside a page; a file is one JavaScript expression
//
// Only what needs a browser belongs here: markup is asserted in package dashboards, numbers in package analytics.
//
//	go test ./dashboards/browsertest -run TestAccessibility -update
//
// writes the accessibility statement.
//
//	go test ./dashboards/browsertest -run Pages -screenshots DIR
//
// also writes a picture of every page, language and width to DIR; so does YARDSTICK_SCREENSHOTS=DIR.
package browsertest
