package stats

import "slices"

// sorter orders the values of one simulation after another without taking
// memory. Values go to buckets by where they lie in the range of all, which
// leaves them nearly in order, and are then moved past their neighbours.
type sorter struct {
	lowest, scale float64 // bucket = (value-lowest)*scale
	bucket        []int32 // of each value
	starts        []int32 // of each bucket among the sorted
	sorted        []int32
	keys          []float64
}

// newSorter makes one for k values drawn through knots.
func newSorter(knots []float64, k int) *sorter {
	buckets := 2 * k
	s := &sorter{
		bucket: make([]int32, k), starts: make([]int32, buckets),
		sorted: make([]int32, k), keys: make([]float64, k),
		lowest: slices.Min(knots),
	}
	if scale := float64(buckets-1) / (slices.Max(knots) - s.lowest); finite(scale) {
		s.scale = scale // or all in one bucket
	}
	return s
}

// sort gives the indexes of values, that of the lowest first. The answer is
// good until the next call.
func (s *sorter) sort(values []float64) []int32 {
	clear(s.starts)
	for i, v := range values {
		b := int32((v - s.lowest) * s.scale)
		s.bucket[i] = b
		s.starts[b]++
	}
	sum := int32(0)
	for b, count := range s.starts {
		s.starts[b] = sum
		sum += count
	}
	for i, b := range s.bucket {
		at := s.starts[b]
		s.starts[b]++
		s.sorted[at], s.keys[at] = int32(i), values[i]
	}
	for i := 1; i < len(s.keys); i++ {
		key, index, at := s.keys[i], s.sorted[i], i
		for at > 0 && s.keys[at-1] > key {
			s.keys[at], s.sorted[at] = s.keys[at-1], s.sorted[at-1]
			at--
		}
		s.keys[at], s.sorted[at] = key, index
	}
	return s.sorted
}
