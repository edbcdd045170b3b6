package browsertest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestPagesAnswerWithoutComplaint(t *testing.T) {
	each(t, all, func(t *testing.T, v visit) {
		seen := observed(t, v)
		if seen.Status != v.wantStatus() {
			t.Errorf("%s answers %d, want %d", v.address(), seen.Status, v.wantStatus())
		}
		for _, complaint := range seen.complaints {
			if v.wantStatus() != http.StatusOK && isOwnStatus(complaint, v) {
				continue
			}
			t.Errorf("%s: %s", v.address(), complaint)
		}
		if seen.Lang != v.language {
			t.Errorf("%s says that it is in %q, want %q", v.address(), seen.Lang, v.language)
		}
	})
}

// isOwnStatus recognises that the browser reports a page's own status, which is what it was asked for.
func isOwnStatus(complaint string, v visit) bool {
	return strings.Contains(complaint, "status of "+strconv.Itoa(v.status)) &&
		strings.HasSuffix(complaint, "("+v.address()+")")
}

func TestPagesFitTheirWindow(t *testing.T) {
	each(t, all, func(t *testing.T, v visit) {
		seen := observed(t, v)
		if seen.InnerWidth != v.width {
			t.Errorf("%s lays itself out %d wide in a window of %d", v.address(), seen.InnerWidth, v.width)
		}
		if seen.ScrollWidth > seen.InnerWidth {
			t.Errorf("%s scrolls sideways: it is %d wide in a window of %d\n%s", v.address(), seen.ScrollWidth, v.width,
				strings.Join(seen.Overflowing, "\n"))
		}
	})
}

func TestHeadings(t *testing.T) {
	each(t, all, func(t *testing.T, v visit) {
		seen := observed(t, v)
		first, level := 0, 0
		for _, h := range seen.Headings {
			if h.Level == 1 {
				first++
			}
			if h.Level > level+1 {
				t.Errorf("%s: a heading skips from level %d to %d: %q", v.address(), level, h.Level, h.Text)
			}
			if h.Text == "" {
				t.Errorf("%s: a heading of level %d says nothing", v.address(), h.Level)
			}
			level = h.Level
		}
		if first != 1 {
			t.Errorf("%s has %d headings of the first level, want 1", v.address(), first)
		}
	})
}

func TestTitlesAreUnique(t *testing.T) {
	for _, language := range languages {
		t.Run(language, func(t *testing.T) {
			pages := make(map[string]string)
			for _, p := range sitePages {
				more := func(other sitePage) bool { return strings.HasPrefix(p.path, other.path+"&") }
				if slices.ContainsFunc(sitePages, more) {
					continue // the same page with something looked for on it
				}
				v := visit{p, language, widths[0]}
				title := observed(t, v).Title
				if other, taken := pages[title]; taken {
					t.Errorf("%s and %s are both called %q", other, v.address(), title)
				}
				pages[title] = v.address()
			}
		})
	}
}
