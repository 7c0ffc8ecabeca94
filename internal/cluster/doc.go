// Package cluster finds groups of a like subject in short texts, such as titles and abstracts, without being told how many
// there are or what they are about. It knows nothing of records: a document is a list of terms.
//
//	terms ──weigh──▶ TF-IDF ──reduce──▶ points ──neighbours──▶ graph ──communities──▶ groups ──▶ Result
//	               by burstiness     100 dimensions,   40 nearest     map equation,       that hold, with
//	                                 three views of    in each view   best of ten         telling terms
//	                                 them: 30, 60, 100                searches
//
// Words become weights, weights become places in a space of meaning (latent semantic analysis), places become a graph of
// nearest neighbours, and the graph is divided so that a walk over it stays longest where it is. A group that does not stand out from the
// rest is not made: its documents are left out, and counted.
//
//	r, err := cluster.Find(ctx, docs, cluster.Options{})
//	for _, g := range r.Groups {
//		fmt.Println(len(g.Docs), g.Terms, g.Cohesion)
//	}
//
// The same documents in the same order give the same result. In another order they can give a slightly different one,
// since ties fall otherwise; callers that want none sort their documents by something that does not change. Package score measures how well two divisions agree.
package cluster
