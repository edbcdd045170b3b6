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
//	HOME/register/receipts/         what each import changed, which can be worked out again
//	HOME/register/releases/         manifests and records of what was published, from which all else is made again
//	HOME/register/work/             what a command is at work on
//
// All of it is for its owner alone.
//
//	register.go  the register: importing, checking and verifying under its lock
//	rows.go known.go receipt.go
//	             the rows of a file, the names it may use, and what an import changed
//	publish.go ahead.go waiting.go
//	             releases: made now, made before their embargo ends, and what is not in one yet
//	withdraw.go redact.go withdrawals.go lean.go
//	             withdrawn figures, which leave every file of a release, and redacted ones, which are erased
//	announce.go document.go office.go
//	             announcements, and what the office keeps and looks at beside imports
//	history.go   what each publication changed
//	journal.go signed.go follow.go
//	             the journal of decisions, its signed checkpoints, and the public log that others check
//	foureyes.go settings.go embargo.go
//	             who approves, what the office requires, and moments in London
//	files.go     folders, permissions, links
package register
