package score

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"yardstick/data/input"
)

// Shard is one of several runs that divide the files of judgements between them: number 1 of 3 reads the first file,
// the fourth and so on.
type Shard struct {
	Number int `json:"shard"` // from 1
	Of     int `json:"of"`
}

// ParseShard reads a shard written as 1/3.
func ParseShard(text string) (Shard, error) {
	number, of, _ := strings.Cut(text, "/")
	n, numberErr := strconv.Atoi(number)
	total, ofErr := strconv.Atoi(of)
	if numberErr != nil || ofErr != nil || n < 1 || n > total {
		return Shard{}, fmt.Errorf("%q is not a shard: the first of three is 1/3", text)
	}
	return Shard{Number: n, Of: total}, nil
}

// String is the shard as ParseShard reads it.
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Number, s.Of) }

// reads says whether the shard reads the file at this place.
func (s Shard) reads(place int) bool { return place%s.Of == s.Number-1 }

// Part is what one shard found, with what Merge needs to tell whether parts belong together.
type Part struct {
	Version string `json:"version"` // of the program
	Shard
	Questions   string           `json:"questions"` // digest
	Files       []Input          `json:"files"`     // of all shards
	Inspections []PartInspection `json:"inspections"`

	name string // of the part's own file
}

// Input is a file of judgements. Digest is that of its size and of its first and last megabyte, so that a shard need
// not read what the others read.
type Input struct {
	Name   string `json:"name"`
	Digest string `json:"digest"`
}

// PartInspection is an inspection of a part. From lists the places, among the part's files, of those that name it.
type PartInspection struct {
	Inspection
	From []int `json:"from"`
}

// ScoreShard scores the files of one shard. names are the files of all shards, in the same order for each of them. The
// files must be cut so that no inspection is in the files of two shards.
func (s Scorer) ScoreShard(
	ctx context.Context, shard Shard, version string, questions []Question, names []string,
) (Part, error) {
	files, err := locate(names)
	if err != nil {
		return Part{}, err
	}
	part := Part{Version: version, Shard: shard, Inspections: []PartInspection{}}
	if part.Questions, err = digestQuestions(questions); err != nil {
		return Part{}, err
	}
	var own []file
	var places []int
	for n, f := range files {
		digest, err := digestFile(f.path)
		if err != nil {
			return Part{}, err
		}
		part.Files = append(part.Files, Input{Name: f.name, Digest: digest})
		if shard.reads(n) {
			own, places = append(own, f), append(places, n)
		}
	}
	if len(own) == 0 {
		return part, nil
	}
	scheme := newScheme(questions)
	err = s.collapsed(ctx, scheme, own, func(e *engine) error {
		result, err := s.score(ctx, e, scheme)
		if err != nil {
			return err
		}
		from := make(map[string][]int)
		if err := e.ask(ctx, "score/inspection_files.sql", func(rows *sql.Rows) error {
			var id string
			var n int
			err := rows.Scan(&id, &n)
			from[id] = append(from[id], places[n])
			return err
		}); err != nil {
			return err
		}
		for _, i := range result.Inspections {
			part.Inspections = append(part.Inspections, PartInspection{Inspection: i, From: from[i.ID]})
		}
		return nil
	})
	return part, err
}

// digestQuestions tells questions from others.
func digestQuestions(questions []Question) (string, error) {
	content, err := json.Marshal(questions)
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]), err
}

// digestFile is the Digest of an Input.
func digestFile(path string) (string, error) {
	const end = 1 << 20 // bytes
	f, err := input.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	fmt.Fprintln(sum, info.Size())
	for _, from := range []int64{0, max(info.Size()-end, 0)} {
		if _, err := io.Copy(sum, io.NewSectionReader(f, from, end)); err != nil {
			return "", fmt.Errorf("read %s: %w", path, err)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// ReadPart reads a part. name is its file's name in findings.
func ReadPart(name string, r io.Reader) (Part, error) {
	part := Part{name: name}
	in := json.NewDecoder(r)
	in.DisallowUnknownFields()
	err := in.Decode(&part)
	if err == nil && in.More() {
		err = errors.New("it goes on after its end")
	}
	if err == nil {
		err = part.sound()
	}
	if err != nil {
		return Part{}, fmt.Errorf("%s is not a part that score --shard wrote: %w", name, err)
	}
	return part, nil
}

// sound checks what Merge relies on.
func (p Part) sound() error {
	if _, err := ParseShard(p.Shard.String()); err != nil {
		return err
	}
	for _, i := range p.Inspections {
		if len(i.From) == 0 {
			return fmt.Errorf("inspection %s is from no file", i.ID)
		}
		for _, place := range i.From {
			if place < 0 || place >= len(p.Files) || !p.reads(place) {
				return fmt.Errorf("inspection %s is from file %d, which the shard does not read", i.ID, place)
			}
		}
	}
	return nil
}

// Merge returns the scores of every part together: those that one run over all files gives. It refuses, with a
// *finding.Error, parts that do not belong together, parts that are missing, and inspections that several parts have,
// whose cases were counted apart.
func Merge(parts []Part) (Result, error) {
	if len(parts) == 0 {
		return Result{}, errors.New("no part")
	}
	refused := &found{}
	checkOneDivision(refused, parts)
	if err := refused.err(); err != nil {
		return Result{}, err
	}
	result := Result{}
	from := make(map[string][]string)
	for _, p := range parts {
		for _, i := range p.Inspections {
			if from[i.ID] == nil {
				result.Inspections = append(result.Inspections, i.Inspection)
			}
			for _, place := range i.From {
				from[i.ID] = append(from[i.ID], p.Files[place].Name)
			}
		}
	}
	slices.SortFunc(result.Inspections, func(a, b Inspection) int { return cmp.Compare(a.ID, b.ID) })
	split(refused, parts, from)
	return result, refused.err()
}

// checkOneDivision finds parts that are not of one division of one input, and those that are missing.
func checkOneDivision(refused *found, parts []Part) {
	first, seen := parts[0], make(map[int]string)
	for _, p := range parts {
		refused.file = p.name
		differ := func(column, value, problem string) {
			refused.add(0, column, value, "part_other", problem+" than "+first.name+" has",
				"score every shard with one program, from the same files in the same order")
		}
		switch {
		case p.Version != first.Version:
			differ("version", p.Version, "is of another version")
		case p.Of != first.Of:
			differ("shard", p.Shard.String(), "is of another number of shards")
		case p.Questions != first.Questions:
			differ("questions", "", "is of other questions")
		case !slices.EqualFunc(p.Files, first.Files, func(a, b Input) bool { return a.Digest == b.Digest }):
			differ("files", "", "is of other files of judgements")
		case seen[p.Number] != "":
			refused.add(0, "shard", p.Shard.String(), "part_repeated", "is in "+seen[p.Number]+" too", "name it once")
		default:
			seen[p.Number] = p.name
		}
	}
	refused.file = first.name
	for n := 1; n <= first.Of; n++ {
		if missing := (Shard{n, first.Of}); seen[n] == "" && refused.total == 0 {
			refused.add(0, "shard", missing.String(), "part_missing", "is missing", "name the parts of all shards")
		}
	}
}

// split finds inspections that several parts have. from are the files of each.
func split(refused *found, parts []Part, from map[string][]string) {
	in := make(map[string]int)
	for _, p := range parts {
		refused.file = p.name
		for _, i := range p.Inspections {
			if in[i.ID]++; in[i.ID] == 2 {
				refused.add(0, "inspection", i.ID, "inspection_split",
					"is in files of different shards: "+strings.Join(from[i.ID], ", "),
					"put its judgements into one file, then score every shard again")
			}
		}
	}
}
