package archive

import (
	"runtime"

	"yardstick/analytics"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/server"
	"yardstick/dashboards/site"
	"yardstick/dashboards/view"
)

// Of returns what the edition of a release is written from: a server of static pages that shows the release. It has the
// log of publications where one is said to be there.
func Of(served *server.Server, snapshot *analytics.Snapshot, logged bool) (Source, error) {
	pages := served.Site()
	from := Source{
		Fetch:   served.Fetch,
		Kept:    pages.Kept,
		Live:    func(address string) string { return pages.Live(address, snapshot.Release()) },
		Workers: runtime.GOMAXPROCS(0),
	}
	words := make(map[string][2]string)
	for _, tag := range i18n.Languages() {
		text, link, err := pages.NeedsSite(tag)
		if err != nil {
			return Source{}, err
		}
		words[tag] = [2]string{text, link}
		for _, path := range served.Paths(snapshot) {
			from.Start = append(from.Start, view.PathIn(tag, path))
		}
	}
	from.NeedsSite = func(address string) (text, link string) {
		w := words[site.LanguageOf(address)]
		return w[0], w[1]
	}
	if logged {
		from.Start = append(from.Start, site.LogPath, site.CheckpointPath)
	}
	return from, nil
}
