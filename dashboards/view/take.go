package view

// TableTake are the addresses of a table as files, in the words of its page. What browsers name the files is told by
// the server.
type TableTake struct {
	CSV  string
	XLSX string
}

// FigureTake is how a figure is downloaded: as an image, and within a page of somebody else.
type FigureTake struct {
	SVG  string
	PNG  string // what a picture made from the image is called
	Code string // HTML that shows the figure in another page
	Path string // what in Code is an address without its site, for a script to complete; empty where nothing is
}

// Citation is how a page is cited. Both texts hold Address, which goes on showing the release cited.
type Citation struct {
	Short   string
	Long    string
	Address string
	Path    string // the address where it has no site, for a script to complete; else empty
}

// Banner says of which release a page is, where its address names one.
type Banner struct {
	Text  string
	Older bool
	Link  Link // to the same page of the newest release
}
