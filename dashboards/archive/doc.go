// Package archive writes one release as plain files, a static edition: what the server answers, with every address
// made relative, so that any web server, or none, can show it. It renders nothing itself.
//
//	index.html                                 /
//	areas/leicester-city/index.html            /areas/leicester-city
//	trends/theme=governance/index.html         /trends?theme=governance
//	take/areas/leicester-city/around.csv       a table or an image of a page
//	data/, assets/                             files of the release, and what pages need
//	find.js, cy/find.js                        the search index of each language
//	SHA256SUMS                                 the hash of every other file
package archive
