// Package register is the office's store of record: every imported file kept unchanged under its SHA-256, and an
// append-only, hash-chained journal of decisions (import, correct, approve, publish, withdraw) with who, when, why
// and the embargo. The public server never opens it. What a release holds is always worked out anew: the shipped
// record, and over it the imports that the journal says are published.
//
//	HOME/register/journal.jsonl     one decision a line, each with the hash of the one before
//	HOME/register/key               signs the journal and the log of publications
//	HOME/register/checkpoint        what the journal is now, signed
//	HOME/register/uploads/<sha256>  the imported files, and what each publication changed
//	HOME/register/rows/             their rows, as releases merge them
//	HOME/register/releases/         manifests and records of what was published, from which all else is made again
//	HOME/register/work/             what a command is at work on
//
// All of it is for its owner alone.
//
//	files.go     folders, permissions, links
//	embargo.go   a moment in London, in the words it was given in
//	journal.go   reading, verifying and appending decisions
//	merge.go sheet.go sources.go known.go
//	             the record's files as imports are laid over them, and what is known by then
//	lay.go results.go indicators.go areas.go
//	             an imported file laid over them, row by row
//	tally.go     what that did, for the receipt
//	signed.go    checkpoints, and what the journal and the releases are held to
//	takenback.go lean.go redact.go
//	             what was withdrawn is told nowhere and in no file of a release, and what is redacted is erased
//	history.go   what each publication changed, told in the record
//	announce.go  what readers are told of publications to come
//	register.go publish.go withdraw.go
//	             the decisions themselves
package register
