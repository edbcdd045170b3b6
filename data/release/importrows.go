package release

// The rows of an import as they are kept: typed, named by the record's ids, in the file's order. They are Parquet,
// which the queries of imports/ read. At is the line of the imported file. Citation numbers the different citations
// of one file. Nil is a blank cell, which says nothing.

// ResultRow is a row of results.
type ResultRow struct {
	At           int32    `parquet:"at_line"`
	Programme    string   `parquet:"programme,dict"`
	Inspection   string   `parquet:"inspection,dict"`
	Area         string   `parquet:"area,dict"`
	Scale        *string  `parquet:"scale,optional,dict"`
	Reinspection *bool    `parquet:"reinspection,optional"`
	Fieldwork    *string  `parquet:"fieldwork,optional,dict"`
	Published    *string  `parquet:"published,optional,dict"`
	Cases        *int32   `parquet:"cases,optional"`
	Measure      string   `parquet:"measure,dict"`
	Percent      *float64 `parquet:"percent,optional"`
	Comment      *string  `parquet:"comment,optional,dict"`
	Rating       *string  `parquet:"rating,optional,dict"`
	Points       *int32   `parquet:"points,optional"`
	PointsMax    *int32   `parquet:"points_max,optional"`
	Lowest       *float64 `parquet:"lowest,optional"`
	Highest      *float64 `parquet:"highest,optional"`
	Average      *float64 `parquet:"average,optional"`
	Confidence   *string  `parquet:"confidence,optional,dict"`
	Page         *string  `parquet:"page,optional,dict"`
	Note         *string  `parquet:"note,optional,dict"`
	Cited
}

// Cited is how a row names its documents: by address, by id, or by both. Title is that of every address.
type Cited struct {
	Citation    int32   `parquet:"citation"`
	SourceURL   *string `parquet:"source_url,optional,dict"`
	SourceTitle *string `parquet:"source_title,optional,dict"`
	Sources     *string `parquet:"sources,optional,dict"`
}

// ObservationRow is a row of indicators. Nth is its number among the file's rows of the indicator. Days are counted
// from 1970-01-01.
type ObservationRow struct {
	At          int32    `parquet:"at_line"`
	Nth         int32    `parquet:"nth"`
	Indicator   string   `parquet:"indicator,dict"`
	Place       string   `parquet:"place,dict"`
	Level       string   `parquet:"level,dict"`
	GSS         *string  `parquet:"gss,optional,dict"`
	PeriodStart int32    `parquet:"period_start,date"`
	PeriodEnd   int32    `parquet:"period_end,date"`
	Period      *string  `parquet:"period,optional,dict"`
	Value       float64  `parquet:"value"`
	Lower       *float64 `parquet:"lower,optional"`
	Upper       *float64 `parquet:"upper,optional"`
	Numerator   *float64 `parquet:"numerator,optional"`
	Denominator *float64 `parquet:"denominator,optional"`
	Basis       *string  `parquet:"basis,optional,dict"`
	Flag        *string  `parquet:"flag,optional,dict"`
	Note        *string  `parquet:"note,optional,dict"`
	Cited
}

// AreaRow is a row of areas.
type AreaRow struct {
	At           int32    `parquet:"at_line"`
	Area         string   `parquet:"area"`
	NameEN       *string  `parquet:"name_en,optional"`
	NameCY       *string  `parquet:"name_cy,optional"`
	Region       *string  `parquet:"region,optional"`
	PoliceForce  *string  `parquet:"police_force,optional"`
	ValidFrom    *string  `parquet:"valid_from,optional"`
	ValidTo      *string  `parquet:"valid_to,optional"`
	Status       *string  `parquet:"status,optional"`
	Aliases      []string `parquet:"aliases,list"`
	Constituents []string `parquet:"constituents,list"`
	Predecessors []string `parquet:"predecessors,list"`
	Successors   []string `parquet:"successors,list"`
	Cited
}

// FindingRow is a row of findings: what a report says besides scores.
type FindingRow struct {
	At          int32    `parquet:"at_line"`
	Inspection  string   `parquet:"inspection,dict"`
	Kind        string   `parquet:"kind,dict"`
	Nth         int32    `parquet:"nth"` // its position in the report
	Measure     *string  `parquet:"measure,optional,dict"`
	Subject     *string  `parquet:"subject,optional,dict"`
	Counted     *string  `parquet:"counted,optional,dict"`
	TextEN      string   `parquet:"text_en"`
	TextCY      string   `parquet:"text_cy"`
	Numerator   *float64 `parquet:"numerator,optional"`
	Denominator *float64 `parquet:"denominator,optional"`
	Percent     *float64 `parquet:"percent,optional"`
	Value       *float64 `parquet:"value,optional"`
	ValueTo     *float64 `parquet:"value_to,optional"`
	Unit        *string  `parquet:"unit,optional,dict"`
	Place       *string  `parquet:"place,optional,dict"`
	Period      *string  `parquet:"period,optional,dict"`
	Printed     *string  `parquet:"printed,optional"`
	Status      string   `parquet:"status,dict"`
	Section     string   `parquet:"section,dict"`
	Page        *string  `parquet:"page,optional,dict"`
	Note        *string  `parquet:"note,optional"`
	Cited
}

// ScoreRow is a row of scores.
type ScoreRow struct {
	At         int32   `parquet:"at_line"`
	Inspection string  `parquet:"inspection,dict"`
	Measure    string  `parquet:"measure,dict"`
	Percent    float64 `parquet:"percent"`
}
