// Package distinct keeps lists in which a value stands once, in a time that does not grow
// with the list.
package distinct

import "slices"

// last is how many values of a list are looked through: more than any record has of one
// kind that was not made to take time.
const last = 256

// Has tells whether a value is among the last 256 of a list.
func Has[T comparable](list []T, value T) bool {
	return slices.Contains(list[max(0, len(list)-last):], value)
}

// HasFunc tells whether one of the last 256 values of a list is as wanted.
func HasFunc[T any](list []T, wanted func(T) bool) bool {
	return slices.ContainsFunc(list[max(0, len(list)-last):], wanted)
}

// Append appends a value to a list that does not have it yet, as far as Has can tell.
func Append[T comparable](list []T, value T) []T {
	if Has(list, value) {
		return list
	}
	return append(list, value)
}
