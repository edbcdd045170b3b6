//go:build race

package server

// sampled says that tests which go through all of the site take a part of it: the race detector makes everything many
// times slower, and one page races as another does.
const sampled = true
