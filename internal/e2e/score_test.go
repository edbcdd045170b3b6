package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// scoringFiles are a file of questions and one of judgements, made up, in a folder of their own.
func scoringFiles(t *testing.T, judgements string) (questions, file string) {
	t.Helper()
	folder := t.TempDir()
	questions, file = filepath.Join(folder, "questions.csv"), filepath.Join(folder, "judgements.csv")
	for name, content := range map[string]string{
		questions: "question,criterion,section,headlines\nq1,criterion_1_1,section_1,safeguarding\nq2,criterion_1_1," +
			"section_1,\nq3,criterion_1_2,section_1,\n",
		file: "inspection,case,question,judgement\n" + judgements,
	} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return questions, file
}

const twoCases = "a-cci-2011,1,q1,sufficient\na-cci-2011,1,q2,insufficient\na-cci-2011,2,q1,insufficient\na-cci-2011," +
	"2,q2,insufficient\na-cci-2011,2,q3,not_applicable\n"

const twoCasesScored = `inspection,measure,numerator,denominator,score_percent,lower,upper
a-cci-2011,criterion_1_1,1,4,25,,
a-cci-2011,criterion_1_2,0,0,,,
a-cci-2011,safeguarding,1,2,50,,
a-cci-2011,section_1,1,4,25,,
`

func TestScore(t *testing.T) {
	questions, file := scoringFiles(t, twoCases)
	code, out, errOut := told(t, "score", "--questions", questions, file)
	if code != 0 || out != twoCasesScored {
		t.Errorf("exit %d, output\n%s", code, out)
	}
	want := `a-cci-2011: criterion_1_1: no interval: too few cases (2; at least 10 are needed)
a-cci-2011: criterion_1_2: no score, because no judgement was applicable
a-cci-2011: safeguarding: no interval: too few cases (2; at least 10 are needed)
a-cci-2011: section_1: no interval: too few cases (2; at least 10 are needed)
a-cci-2011: never applicable: q3
`
	if errOut != want {
		t.Errorf("said %q", errOut)
	}

	to := filepath.Join(t.TempDir(), "scores.csv")
	code, out, _ = told(t, "score", "--questions", questions, "--out", to, file)
	content, err := os.ReadFile(to)
	if code != 0 || out != "" || err != nil || string(content) != twoCasesScored {
		t.Errorf("to a file: exit %d, output %q, %v\n%s", code, out, err, content)
	}
}

// Ten cases of two judgements each, nine sufficient and one not: an interval, and nothing on the error stream about it.
func TestScoreInterval(t *testing.T) {
	var judgements strings.Builder
	for c := range 10 {
		judgement := "sufficient"
		if c == 0 {
			judgement = "insufficient"
		}
		fmt.Fprintf(&judgements, "a-cci-2011,%d,q1,%s\na-cci-2011,%d,q2,%s\n", c, judgement, c, judgement)
	}
	questions, file := scoringFiles(t, judgements.String())
	code, out, errOut := told(t, "score", "--questions", questions, "--json", file)
	var got struct {
		Inspections []struct {
			Scores []struct {
				Measure      string
				ScorePercent *float64 `json:"score_percent"`
				Lower, Upper *float64
				Cases        int
				DesignEffect *float64 `json:"design_effect"`
				Effective    *float64 `json:"effective_judgements"`
				Reason       string   `json:"interval_reason"`
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != 0 || errOut != "" {
		t.Fatalf("exit %d, %v, errors %q\n%s", code, err, errOut, out)
	}
	for _, s := range got.Inspections[0].Scores {
		if s.Measure == "criterion_1_2" {
			if s.Reason != "nothing_applicable" || s.Lower != nil || s.DesignEffect != nil {
				t.Errorf("%+v", s)
			}
			continue
		}
		if *s.ScorePercent != 90 || s.Lower == nil || *s.Lower >= 80 || *s.Upper <= 95 || s.Cases != 10 ||
			s.Reason != "" ||
			*s.Effective > 20 {
			t.Errorf("%+v", s)
		}
	}
}

func TestScoreJSON(t *testing.T) {
	questions, file := scoringFiles(t, twoCases)
	code, out, errOut := told(t, "score", "--questions", questions, "--json", file)
	var got struct {
		Inspections []struct {
			Inspection      string
			Cases           int
			NeverApplicable []string `json:"never_applicable"`
			Scores          []map[string]any
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != 0 || errOut != "" ||
		len(got.Inspections) != 1 {
		t.Fatalf("exit %d, %v, errors %q\n%s", code, err, errOut, out)
	}
	one := got.Inspections[0]
	if one.Inspection != "a-cci-2011" || one.Cases != 2 || len(one.NeverApplicable) != 1 || len(one.Scores) != 4 {
		t.Errorf("%+v", one)
	}
	if s := one.Scores[1]; s["measure"] != "criterion_1_2" || s["score_percent"] != nil || s["lower"] != nil ||
		s["interval_reason"] != "nothing_applicable" {
		t.Errorf("nothing applicable: %v", s)
	}
	if s := one.Scores[0]; s["score_percent"] != 25.0 || s["upper"] != nil ||
		s["interval_reason"] != "too_few_cases" {
		t.Errorf("a score: %v", s)
	}
}

// Wrong judgements or questions are exit 1 with a line a finding, and no scores; what cannot be read is exit 2.
func TestScoreRefused(t *testing.T) {
	questions, bad := scoringFiles(t, "a-cci-2011,1,q1,sufficient\na-cci-2011,1,q1,good\n")
	to := filepath.Join(t.TempDir(), "scores.csv")
	code, out, errOut := told(t, "score", "--questions", questions, "--out", to, bad)
	want := bad + `:3:judgement: judgement_unknown: "good" is not a judgement; write sufficient, insufficient or not_applicable` + "\n"
	if _, err := os.Stat(to); code != 1 || out != want || errOut != "" || err == nil {
		t.Errorf("exit %d, output %q, errors %q", code, out, errOut)
	}
	code, out, _ = told(t, "score", "--questions", bad, "--json", bad)
	var findings []map[string]any
	if err := json.Unmarshal([]byte(out), &findings); err != nil || code != 1 || len(findings) == 0 ||
		findings[0]["rule"] != "header_unknown" {
		t.Errorf("judgements for questions: exit %d, %v, %s", code, err, out)
	}
	for name, args := range map[string][]string{
		"no questions":       {"score", bad},
		"no judgements":      {"score", "--questions", questions},
		"missing questions":  {"score", "--questions", bad + ".no", bad},
		"missing judgements": {"score", "--questions", questions, bad + ".no.csv"},
		"memory of no size":  {"score", "--questions", questions, "--memory", "much", bad},
	} {
		code, out, errOut := told(t, args...)
		if code != 2 || out != "" || !strings.HasPrefix(errOut, "yardstick: ") {
			t.Errorf("%s: exit %d, output %q, errors %q", name, code, out, errOut)
		}
	}
	questions, good := scoringFiles(t, twoCases)
	if code, _, errOut := told(t, "score", "--questions", questions, "--out", filepath.Join(to, "x"), good); code != 2 ||
		errOut == "" {
		t.Errorf("an output in no folder: exit %d, errors %q", code, errOut)
	}
}

// Two shards make parts; merged they are the scores of one run. One part alone is refused.
func TestScoreShards(t *testing.T) {
	questions, one := scoringFiles(t, twoCases)
	_, two := scoringFiles(t, strings.ReplaceAll(twoCases, "a-cci-2011", "b-cci-2011"))
	code, want, wantErr := told(t, "score", "--questions", questions, one, two)
	if code != 0 {
		t.Fatalf("exit %d", code)
	}
	folder := t.TempDir()
	var parts []string
	for _, shard := range []string{"1/2", "2/2"} {
		part := filepath.Join(folder, strings.ReplaceAll(shard, "/", "-of-")+".json")
		args := []string{"score", "--questions", questions, "--shard", shard, "--out", part, one, two}
		if code, out, errOut := told(t, args...); code != 0 || out != "" || errOut != "" {
			t.Fatalf("%s: exit %d\n%s%s", shard, code, out, errOut)
		}
		parts = append(parts, part)
	}
	to := filepath.Join(folder, "scores.csv")
	code, out, errOut := told(t, "score", "merge", to, parts[1], parts[0])
	content, err := os.ReadFile(to)
	if code != 0 || out != "" || errOut != wantErr || err != nil || string(content) != want {
		t.Errorf("merge: exit %d, output %q, %v, said\n%s\n%s", code, out, err, errOut, content)
	}
	code, out, _ = told(t, "score", "merge", to, parts[1])
	if line := parts[1] + `:0:shard: part_missing: "1/2" is missing; name the parts of all shards` + "\n"; code != 1 ||
		out != line {
		t.Errorf("one part: exit %d, said\n%s", code, out)
	}
	if code, _, errOut := told(t, "score", "--questions", questions, "--shard", "3/2", one); code != 2 ||
		!strings.Contains(errOut, "--shard") {
		t.Errorf("a shard beyond the last: exit %d, said\n%s", code, errOut)
	}
}
