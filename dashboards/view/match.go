package view

import (
	"net/url"
	"slices"

	"yardstick/analytics"
)

// MatchReason says by which name an area answers to a query, where that is not the name that is shown; empty where
// it is.
func (w *Words) MatchReason(m analytics.Match) string {
	shown := m.Area.Name.In(w.Tag())
	switch {
	case m.Kind == analytics.NamePostcode:
		return w.Say("find.postcode", "Percent", w.sharePercent(m.Share), "Name", m.Name)
	case m.Kind == analytics.NameRegion:
		return ""
	case m.Kind == analytics.NameFormerAuthority:
		return w.Say("find.former_council", "Name", m.Name)
	case m.Slip && m.Authority != "":
		return w.Say("find.close_to_town", "Name", m.Name, "Authority", w.authority(m))
	case m.Partly:
		return w.Say("find.reaches", "Name", m.Name, "Authority", w.authority(m))
	case m.Authority != "":
		return w.Say("find.town", "Name", m.Name, "Authority", w.authority(m))
	case m.Name == shown || m.Name == m.Area.ID:
		return ""
	case m.Slip:
		return w.Say("find.close_to", "Name", m.Name)
	}
	switch m.Kind {
	case analytics.NameOwn:
		return w.Say("find.in_english", "Name", m.Name)
	case analytics.NameWelsh:
		return w.Say("find.in_welsh", "Name", m.Name)
	case analytics.NameConstituent:
		return w.Say("find.includes", "Name", m.Name)
	case analytics.NamePredecessor:
		return w.Say("find.took_over", "Name", m.Name)
	}
	return w.Say("find.also_called", "Name", m.Name)
}

// authority is the name of the authority that the place found lies in.
func (w *Words) authority(m analytics.Match) string {
	for _, a := range m.Area.Constituents {
		if a.Name == m.Authority {
			return w.Authority(a)
		}
	}
	return m.Authority
}

// FormerArea says that an area is a former one, and what it became where that is known; empty for a current one.
func (w *Words) FormerArea(a analytics.Area) string {
	switch {
	case a.Current:
		return ""
	case len(a.Successors) == 0:
		return w.Say("find.former")
	}
	return w.Say("find.former_now", "Areas", w.And(w.Areas(a.Successors)))
}

// sharePercent is a share, 0 to 1, as a whole percentage.
func (w *Words) sharePercent(share float64) string {
	switch {
	case share < 0.005:
		return w.Say("find.under_one_percent")
	case share > 0.995 && share < 1:
		return w.Say("find.almost_all")
	}
	return w.Number(100*share, 0) + "%"
}

// MatchLink is the address of the page of an area that was found. Where it was found by a place, the page says so.
func (w *Words) MatchLink(m analytics.Match) string {
	path := "/areas/" + m.Area.ID
	if m.Authority != "" && m.Kind != analytics.NameFormerAuthority {
		path += "?for=" + url.QueryEscape(m.Name)
	}
	return w.URL(path)
}

// Served says that an area serves the place or the postcode by which it was found, and which council that is in, where
// its name does not say; empty where it was found by a name of its own.
func (w *Words) Served(found analytics.Search, m analytics.Match) string {
	area := m.Area.Name.In(w.Tag())
	switch {
	case m.Kind == analytics.NamePostcode && m.Share < 1:
		return w.Say("find.served_share", "Place", found.Code, "Area", area, "Percent", w.sharePercent(m.Share),
			"Code", m.Name)
	case m.Kind == analytics.NamePostcode:
		return w.Say("find.served", "Place", found.Code, "Area", area)
	case m.Kind == analytics.NameFormerAuthority:
		return w.Say("find.served_former", "Place", m.Name, "Area", area)
	case m.Authority == "" || m.Slip:
		return ""
	case m.Partly:
		return w.Say("find.served_part", "Place", m.Name, "Area", area, "Authority", w.authority(m))
	case slices.Contains([]string{m.Area.Name.EN, m.Area.Name.CY}, m.Authority):
		return w.Say("find.served", "Place", m.Name, "Area", area)
	}
	return w.Say("find.served_in", "Place", m.Name, "Area", area, "Authority", w.authority(m))
}

// SearchStatus says in a sentence what was found, before it is listed.
func (w *Words) SearchStatus(found analytics.Search) string {
	switch found.Kind {
	case analytics.SearchOutside:
		return w.Say("find.outside_"+string(found.Outside), "Code", found.Code)
	case analytics.SearchNoPostcode:
		return w.Say("find.no_postcode", "Code", found.Code)
	case analytics.SearchRegion:
		return w.Say("find.region", "Name", found.Code, "Count", found.Of(analytics.NameRegion))
	case analytics.SearchPostcode:
		return w.Say("find.crosses", "Code", found.Code, "Count", len(found.Matches))
	}
	return ""
}
