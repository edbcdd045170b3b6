package score

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yardstick/data/finding"
)

// part scores a shard, writes its part and reads it again.
func part(t testing.TB, shard, version string, questions []Question, files ...string) Part {
	t.Helper()
	which, err := ParseShard(shard)
	if err != nil {
		t.Fatal(err)
	}
	found, err := scorer().ScoreShard(t.Context(), which, version, questions, files)
	if err != nil {
		t.Fatal(err)
	}
	content, err := json.Marshal(found)
	if err != nil {
		t.Fatal(err)
	}
	read, err := ReadPart("part-"+strings.ReplaceAll(shard, "/", "-of-"), bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// Drawn judgements of drawn inspections in a drawn number of files, by a drawn number of shards, in a drawn order of
// parts: the merged scores are those of one run, byte for byte.
func TestShardsTogetherAreOneRun(t *testing.T) {
	drawn := rapid.Custom(func(rt *rapid.T) [2]uint64 {
		return [2]uint64{rapid.Uint64().Draw(rt, "a"), rapid.Uint64().Draw(rt, "b")}
	})
	for n := range 6 {
		seed := drawn.Example(n)
		rng := rand.New(rand.NewPCG(seed[0], seed[1]))
		questions := asking(rng, 1+rng.IntN(90))
		byInspection := make(map[string][]judged)
		for _, r := range synthetic(rng, 1+rng.IntN(6), 1+rng.IntN(24), len(questions)) {
			byInspection[r.inspection] = append(byInspection[r.inspection], r)
		}
		cut := make([][]judged, 1+rng.IntN(4))
		for _, id := range slices.Sorted(maps.Keys(byInspection)) {
			to := rng.IntN(len(cut))
			cut[to] = append(cut[to], byInspection[id]...)
		}
		var files []string
		for to, rows := range cut {
			if len(rows) > 0 {
				files = append(files, written(t, fmt.Sprintf("%d.csv", to), rows))
			}
		}
		if len(files) == 0 {
			continue
		}
		of := 1 + rng.IntN(5)
		var parts []Part
		for _, k := range rng.Perm(of) {
			parts = append(parts, part(t, fmt.Sprintf("%d/%d", k+1, of), "v1", questions, files...))
		}
		merged, err := Merge(parts)
		if err != nil {
			t.Fatalf("seed %v: %v", seed, err)
		}
		if diff := gocmp.Diff(text(t, scored(t, scorer(), questions, files...)), text(t, merged)); diff != "" {
			t.Errorf("seed %v, %d files, %d shards (-one run +merged):\n%s", seed, len(files), of, diff)
		}
	}
}

func TestPartsThatDoNotBelongTogetherAreRefused(t *testing.T) {
	questions := twoQuestions()
	a := written(t, "a.csv", []judged{{"x", "1", "q1", "sufficient"}})
	b := written(t, "b.csv", []judged{{"y", "1", "q1", "sufficient"}})
	c := written(t, "c.csv", []judged{{"z", "1", "q1", "sufficient"}}) // as long as b
	split := written(t, "split.csv", []judged{{"x", "2", "q1", "insufficient"}})
	one := part(t, "1/2", "v1", questions, a, b)
	other := slices.Clone(questions)
	other[0].Criterion = "another"
	for name, test := range map[string]struct {
		parts []Part
		want  string
	}{
		"of another version": {
			[]Part{one, part(t, "2/2", "v2", questions, a, b)},
			`part-2-of-2:0:version: part_other: "v2" is of another version than part-1-of-2 has`,
		},
		"of another number of shards": {
			[]Part{one, part(t, "2/3", "v1", questions, a, b)},
			`part-2-of-3:0:shard: part_other: "2/3" is of another number of shards than part-1-of-2 has`,
		},
		"of other questions": {
			[]Part{one, part(t, "2/2", "v1", other, a, b)},
			`part-2-of-2:0:questions: part_other: is of other questions than part-1-of-2 has`,
		},
		"of other files": {
			[]Part{one, part(t, "2/2", "v1", questions, a, c)},
			`part-2-of-2:0:files: part_other: is of other files of judgements than part-1-of-2 has`,
		},
		"of files in another order": {
			[]Part{one, part(t, "2/2", "v1", questions, b, a)},
			`part-2-of-2:0:files: part_other: is of other files of judgements than part-1-of-2 has`,
		},
		"twice the same": {
			[]Part{one, one},
			`part-1-of-2:0:shard: part_repeated: "1/2" is in part-1-of-2 too`,
		},
		"too few": {
			[]Part{one},
			`part-1-of-2:0:shard: part_missing: "2/2" is missing`,
		},
		"an inspection in the files of two shards": {
			[]Part{part(t, "1/2", "v1", questions, a, split, b), part(t, "2/2", "v1", questions, a, split, b)},
			`part-2-of-2:0:inspection: inspection_split: "x" is in files of different shards: ` + a + ", " + split,
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Merge(test.parts)
			var refused *finding.Error
			if !errors.As(err, &refused) || len(refused.Findings) != 1 {
				t.Fatalf("%v", err)
			}
			if got := refused.Findings[0].String(); !strings.HasPrefix(got, test.want+"; ") {
				t.Errorf("said %s\nwant %s", got, test.want)
			}
		})
	}
}

// A change in the middle of the first or last megabyte makes other files of them.
func TestFilesAreToldApartAtTheirEnds(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789abcde\n"), 3<<16) // three megabytes
	file := fileOf(t, "j.csv", string(content))
	was, err := digestFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{0, 1<<20 - 1, len(content) - 1<<20, len(content) - 1} {
		changed := slices.Clone(content)
		changed[at] = 'x'
		if err := os.WriteFile(file, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		if is, err := digestFile(file); err != nil || is == was {
			t.Errorf("a change of byte %d is not noticed (%v)", at, err)
		}
	}
}

func TestMalformedPartsAreRefused(t *testing.T) {
	for _, content := range []string{``, `[]`, `{}`, `{"shard":3,"of":2}`, `{"shard":1,"of":1} {}`,
		`{"shard":1,"of":1,"more":1}`, `{"shard":1,"of":1,"inspections":[{"inspection":"x","from":[0]}]}`,
		`{"shard":1,"of":2,"files":[{},{}],"inspections":[{"inspection":"x","from":[1]}]}`,
		`{"shard":1,"of":1,"files":[{}],"inspections":[{"inspection":"x","from":[0],"scores":[{"measure":"m"}]}]}`} {
		if _, err := ReadPart("p.json", strings.NewReader(content)); err == nil ||
			!strings.HasPrefix(err.Error(), "p.json is not a part that score --shard wrote: ") {
			t.Errorf("%s: %v", content, err)
		}
	}
	for _, text := range []string{"", "1", "0/2", "3/2", "1/", "/2", "a/b", "1/2/3", "-1/2"} {
		if shard, err := ParseShard(text); err == nil {
			t.Errorf("%q is read as %s", text, shard)
		}
	}
}
