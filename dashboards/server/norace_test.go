//go:build !race

package server

const sampled = false
