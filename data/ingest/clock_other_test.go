//go:build !unix

package ingest_test

import "time"

var started = time.Now()

// processorTime is the time gone by, where the processor's is not to be had.
func processorTime() time.Duration { return time.Since(started) }
