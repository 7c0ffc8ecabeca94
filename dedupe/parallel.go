package dedupe

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
)

// stretch is how many items a processor takes at a time.
const stretch = 512

// inParallel runs f for 0 ≤ i < n in stretches, on all processors.
func inParallel(ctx context.Context, n int, f func(from, to int)) error {
	return onEach(ctx, n, func() func(from, to int) { return f })
}

// onEach does the same with a function for each processor, which start makes: one
// after the other, so that it may keep what it makes.
func onEach(ctx context.Context, n int, start func() func(from, to int)) error {
	var wg sync.WaitGroup
	jobs := make(chan int)
	for range min(runtime.GOMAXPROCS(0), n/stretch+1) {
		f := start()
		wg.Go(func() {
			for from := range jobs {
				f(from, min(from+stretch, n))
			}
		})
	}
	var err error
	for from := 0; from < n && err == nil; from += stretch {
		jobs <- from
		err = ctx.Err()
	}
	close(jobs)
	wg.Wait()
	return cmp.Or(err, ctx.Err())
}

// sortInParallel sorts by an order in which no two items are equal, on all
// processors.
func sortInParallel[T any](items []T, compare func(a, b T) int) {
	if runtime.GOMAXPROCS(0) == 1 || len(items) < 16*stretch {
		slices.SortFunc(items, compare)
		return
	}
	size := (len(items)-1)/runtime.GOMAXPROCS(0) + 1
	var wg sync.WaitGroup
	for part := range slices.Chunk(items, size) {
		wg.Go(func() { slices.SortFunc(part, compare) })
	}
	wg.Wait()
	room := make([]T, len(items))
	for ; size < len(items); size *= 2 {
		for from := 0; from < len(items); from += 2 * size {
			middle, to := min(from+size, len(items)), min(from+2*size, len(items))
			wg.Go(func() { merge(room[from:to], items[from:middle], items[middle:to], compare) })
		}
		wg.Wait()
		copy(items, room)
	}
}

// merge puts two sorted lists together into dst, which is as long as both.
func merge[T any](dst, a, b []T, compare func(a, b T) int) {
	for n := range dst {
		if len(b) == 0 || len(a) > 0 && compare(a[0], b[0]) < 0 {
			dst[n], a = a[0], a[1:]
		} else {
			dst[n], b = b[0], b[1:]
		}
	}
}
