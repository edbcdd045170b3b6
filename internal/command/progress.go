package command

import (
	"io"
	"os"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"
)

// shown runs work, which takes long, and shows on a terminal how long it has taken; once work calls done with how much
// there is to do, also the share and the time left. In a pipe or a file it shows nothing.
func shown(errOut io.Writer, what string, work func(done func(n, of int64)) error) error {
	if file, ok := errOut.(*os.File); !ok || !isatty.IsTerminal(file.Fd()) {
		return work(func(int64, int64) {})
	}
	const unknown = -1
	bar := progressbar.NewOptions64(unknown, progressbar.OptionSetWriter(errOut),
		progressbar.OptionSetDescription(what), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish())
	_ = bar.RenderBlank() // what a terminal cannot show is no failure of the work, here and below
	defer func() { _ = bar.Finish() }()
	return work(func(n, of int64) {
		bar.ChangeMax64(of)
		_ = bar.Set64(n)
	})
}
