// Package e2e has no code: its tests run the whole program as a user does, and check the repository against its design.
package e2e
