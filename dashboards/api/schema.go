package api

import (
	"reflect"
	"strings"
	"time"

	"yardstick/analytics"
	"yardstick/analytics/target"
	"yardstick/dashboards/view"
)

// Schema is a JSON schema of the draft 2020-12, as far as the interface needs it.
type Schema struct {
	Ref                  string             `json:"$ref,omitempty"`
	Description          string             `json:"description,omitempty"`
	Type                 any                `json:"type,omitempty"` // a name, or several
	Format               string             `json:"format,omitempty"`
	Enum                 []any              `json:"enum,omitempty"`
	Pattern              string             `json:"pattern,omitempty"`
	Minimum              *float64           `json:"minimum,omitempty"`
	Maximum              *float64           `json:"maximum,omitempty"`
	Default              any                `json:"default,omitempty"`
	Properties           map[string]*Schema `json:"properties,omitempty"`
	Required             []string           `json:"required,omitempty"`
	AdditionalProperties *Schema            `json:"additionalProperties,omitempty"`
	Items                *Schema            `json:"items,omitempty"`
	MinItems             *int               `json:"minItems,omitempty"`
	MaxItems             *int               `json:"maxItems,omitempty"`
	AnyOf                []*Schema          `json:"anyOf,omitempty"`
	ContentMediaType     string             `json:"contentMediaType,omitempty"`
}

// schemaRoot is where the document has its schemas.
const schemaRoot = "#/components/schemas/"

// shapes makes schemas of Go types, those of structs by name. What encoding/json writes for a type is what its
// schema says: a pointer may be null, a list never is, a field that is left out when empty is not required. Fields
// may be added to an object, so no schema forbids others.
type shapes struct {
	words *view.Words
	named map[string]*Schema
}

// closed are the types of words that only ever hold these.
func closed(t reflect.Type) []string {
	switch t {
	case reflect.TypeFor[analytics.Verdict]():
		return texts(analytics.LikeForLike, analytics.SameTheme, analytics.NotComparable)
	case reflect.TypeFor[analytics.Subject]():
		return texts(analytics.SubjectResult, analytics.SubjectBenchmark, analytics.SubjectObservation,
			analytics.SubjectArea, analytics.SubjectFinding)
	case reflect.TypeFor[analytics.Act]():
		return texts(analytics.ActAdded, analytics.ActCorrected, analytics.ActWithdrawn)
	case reflect.TypeFor[target.Role]():
		return texts(target.RoleConcern, target.RoleStrong)
	case reflect.TypeFor[target.Why]():
		return texts(target.WhyMissing, target.WhyFigures)
	case reflect.TypeFor[target.Skill]():
		return texts(target.SkillChance, target.SkillBetter, target.SkillWorse, target.SkillUnknown)
	}
	return nil
}

// of is the schema of a type. An empty word stands for what is not said, and is null or left out where it may occur.
func (s *shapes) of(t reflect.Type) *Schema {
	if t == reflect.TypeFor[time.Time]() {
		return &Schema{Type: "string", Format: "date-time"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return nullable(s.of(t.Elem()))
	case reflect.Slice:
		return &Schema{Type: "array", Items: s.of(t.Elem())}
	case reflect.Array:
		n := t.Len()
		return &Schema{Type: "array", Items: s.of(t.Elem()), MinItems: &n, MaxItems: &n}
	case reflect.Map:
		return &Schema{Type: "object", AdditionalProperties: s.of(t.Elem())}
	case reflect.Struct:
		return s.object(t)
	case reflect.Bool:
		return &Schema{Type: "boolean"}
	case reflect.Int:
		return &Schema{Type: "integer"}
	case reflect.Float64:
		return &Schema{Type: "number"}
	case reflect.String:
		return oneOf(closed(t))
	}
	return &Schema{} // any value: what an answer's data is before its endpoint is known
}

// nullable is a schema that null fits too.
func nullable(s *Schema) *Schema {
	if s.Ref != "" {
		return &Schema{AnyOf: []*Schema{s, {Type: "null"}}}
	}
	s.Type = []any{s.Type, "null"}
	if s.Enum != nil {
		s.Enum = append(s.Enum, nil)
	}
	return s
}

// object is a reference to the schema of a struct, made when it is first asked for.
func (s *shapes) object(t reflect.Type) *Schema {
	ref := &Schema{Ref: schemaRoot + t.Name()}
	if _, known := s.named[t.Name()]; known {
		return ref
	}
	out := &Schema{Type: "object", Properties: make(map[string]*Schema)}
	s.named[t.Name()] = out
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		field := s.of(f.Type)
		field.Description = s.about(t.Name(), name)
		out.Properties[name] = field
		if options != "omitempty" {
			out.Required = append(out.Required, name)
		}
	}
	return ref
}

// about says what a field holds. Its words are by its name; where types mean different things by one name, by the type
// and the name.
func (s *shapes) about(kind, name string) string {
	return s.words.Say("api.field." + fieldWord(s.words, kind, name))
}

func fieldWord(w *view.Words, kind, name string) string {
	if own := strings.ToLower(kind) + "_" + name; w.Has("api.field." + own) {
		return own
	}
	return name
}
