// Package cache keeps answers as compressed bytes, bounded by bytes, and limits the work that makes new ones.
//
//	body.go   an answer: its bytes in the encodings that clients ask for, its type and its tag
//	cache.go  answers by key: each is made once, however many ask for it at the same time
//	budget.go the limit on work: kinds of work and clients take turns, few wait
//
// Nothing here knows about pages, HTTP or releases.
package cache
