package stats

// NewLevel makes the level of any two-sided confidence, a fraction above 0 and at
// most 1, so that tests can try more than the two that are used. It fails with
// ErrLevel outside that range.
func NewLevel(confidence float64) (Level, error) {
	level := Level{confidence: confidence}
	if err := level.check(); err != nil {
		return Level{}, err
	}
	return level, nil
}
