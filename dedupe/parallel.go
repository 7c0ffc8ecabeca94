package dedupe

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
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

// onParts runs f for 0 ≤ i < n on all processors: a few parts, each of them much
// work.
func onParts(n int, f func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}

// sortInParallel sorts by an order in which no two items are equal, on all
// processors.
func sortInParallel[T any](items []T, compare func(a, b T) int) {
	processors := runtime.GOMAXPROCS(0)
	if processors == 1 || len(items) < 16*stretch {
		slices.SortFunc(items, compare)
		return
	}
	size := (len(items)-1)/processors + 1
	var wg sync.WaitGroup
	for part := range slices.Chunk(items, size) {
		wg.Go(func() { slices.SortFunc(part, compare) })
	}
	wg.Wait()
	from, to := items, make([]T, len(items))
	for ; size < len(items); size *= 2 {
		for at := 0; at < len(items); at += 2 * size {
			middle, end := min(at+size, len(items)), min(at+2*size, len(items))
			mergeInParallel(&wg, to[at:end], from[at:middle], from[middle:end], max(stretch, len(items)/processors), compare)
		}
		wg.Wait()
		from, to = to, from
	}
	copy(items, from)
}

// mergeInParallel puts two sorted lists together into dst, in pieces of at most so
// many items or a little more, each in a goroutine of wg.
func mergeInParallel[T any](wg *sync.WaitGroup, dst, a, b []T, piece int, compare func(a, b T) int) {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(dst) <= piece+piece/2 {
		wg.Go(func() { merge(dst, a, b, compare) })
		return
	}
	i := len(a) / 2
	k, _ := slices.BinarySearchFunc(b, a[i], compare)
	mergeInParallel(wg, dst[:i+k], a[:i], b[:k], piece, compare)
	mergeInParallel(wg, dst[i+k:], a[i:], b[k:], piece, compare)
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
