//go:build !race

package dashboards

const sampled = false
