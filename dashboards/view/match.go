package view

import "yardstick/analytics"

// MatchReason says by which name an area answers to a query, where that is not the name that is shown; empty where
// it is.
func (w *Words) MatchReason(m analytics.Match) string {
	shown := m.Area.Name.In(w.Tag())
	switch {
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
