// Package store keeps releases in object storage, so that machines which share no folder serve the same release.
//
// Under a prefix of a bucket there are
//
//	files/<sha256>.<kind>  databases, records and rows of imports, each named by its own hash
//	releases/<id>.json     manifests, put once all files of the release are there
//	files/<sha256>.log     logs of publications
//	CURRENT                the id of the release to serve, the SHA-256 of its manifest and of the log, and the log's
//	                       signed checkpoint
//
// Files and manifests are created and never overwritten. CURRENT is moved with a conditional write, from a release that
// the publishing home knows to a later one of that home. Whoever follows CURRENT can check every byte against it.
package store
