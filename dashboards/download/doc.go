// Package download makes what readers save: tables of pages as files, figures as images, and the release as files
// and as a data package.
//
//	files.go  the files of a release, under /data
//	table.go  a table of a page as CSV or XLSX
//	image.go  a figure of a page as an SVG image, and as a picture for those who link to the page
package download
