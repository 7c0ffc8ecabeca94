package synth

// Designs is the built-in codebook of study designs. It is exclusive.
func Designs() *Codebook { return &Codebook{Schema: CodebookSchema, Name: "design", Exclusive: true} }
