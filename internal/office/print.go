package office

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// printPatience is how long the browser may take to print a page.
const printPatience = time.Minute

// printed prints a page as PDF by the browser of this machine, which reaches nothing but that page. One is printed at a
// time.
func (o *Office) printed(ctx context.Context, page []byte) (out []byte, err error) {
	select {
	case o.printing <- struct{}{}:
		defer func() { <-o.printing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, printPatience)
	defer cancel()
	folder, err := os.MkdirTemp(o.Folder, "print-")
	if err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // swept at the next start where it is left
	from, to := filepath.Join(folder, "page.html"), filepath.Join(folder, "page.pdf")
	if err := os.WriteFile(from, page, 0o600); err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	arguments := []string{"--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run",
		"--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND",
		"--user-data-dir=" + filepath.Join(folder, "profile"), "--print-to-pdf=" + to}
	if os.Geteuid() == 0 { // whose sandbox Chromium does not start
		arguments = append(arguments, "--no-sandbox")
	}
	command := exec.CommandContext(ctx, o.Browser, append(arguments, "file://"+from)...)
	command.Env = []string{"HOME=" + folder, "PATH=" + os.Getenv("PATH")}
	if said, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("print: %w: %.500s", err, said)
	}
	return os.ReadFile(to)
}

// FindBrowser returns the browser that prints: the one that CHROME names, else one on the path; empty for none.
func FindBrowser() string {
	for _, name := range []string{os.Getenv("CHROME"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
