// Package assistant offers the questions of the interface as tools of the Model Context Protocol, for assistants that
// answer people in words. The questions are those of dashboards/api, asked there; what this package adds to an answer
// is what it may be used for: a verdict, the warnings within it, and caveats. A difference is refused, with the
// reasons, wherever the site would not state it.
package assistant
