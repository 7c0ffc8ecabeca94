package fold

// spelling spells out the letters that NFKD leaves whole and that others write
// with letters of the English alphabet, and names the letters of Greek.
var spelling = map[rune]string{
	'ß': "ss", 'ẞ': "ss",
	'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe",
	'ø': "o", 'Ø': "o", 'ɵ': "o", 'Ɵ': "o", 'ɔ': "o", 'Ɔ': "o",
	'ł': "l", 'Ł': "l", 'ƚ': "l", 'Ƚ': "l", 'ɫ': "l", 'Ɫ': "l",
	'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d", 'ɖ': "d", 'Ɖ': "d", 'ɗ': "d", 'Ɗ': "d",
	'þ': "th", 'Þ': "th",
	'ı': "i", 'ɨ': "i", 'Ɨ': "i", 'ȷ': "j", 'ɉ': "j", 'Ɉ': "j",
	'ħ': "h", 'Ħ': "h", 'ŧ': "t", 'Ŧ': "t", 'ƭ': "t", 'Ƭ': "t", 'ⱦ': "t", 'Ⱦ': "t",
	'ŋ': "ng", 'Ŋ': "ng", 'ĸ': "k", 'ƙ': "k", 'Ƙ': "k",
	'ƀ': "b", 'Ƀ': "b", 'ɓ': "b", 'Ɓ': "b", 'ȼ': "c", 'Ȼ': "c",
	'ǝ': "e", 'Ǝ': "e", 'ə': "e", 'Ə': "e", 'ɛ': "e", 'Ɛ': "e", 'ɇ': "e", 'Ɇ': "e",
	'ƒ': "f", 'Ƒ': "f", 'ǥ': "g", 'Ǥ': "g", 'ɠ': "g", 'Ɠ': "g",
	'ɲ': "n", 'Ɲ': "n", 'ƞ': "n", 'Ƞ': "n", 'ɍ': "r", 'Ɍ': "r",
	'ʉ': "u", 'Ʉ': "u", 'ʋ': "v", 'Ʋ': "v", 'ƴ': "y", 'Ƴ': "y", 'ɏ': "y", 'Ɏ': "y",
	'ƶ': "z", 'Ƶ': "z", 'ⱥ': "a", 'Ⱥ': "a",

	'α': "alpha", 'Α': "alpha", 'β': "beta", 'Β': "beta", 'γ': "gamma", 'Γ': "gamma",
	'δ': "delta", 'Δ': "delta", 'ε': "epsilon", 'Ε': "epsilon", 'ζ': "zeta", 'Ζ': "zeta",
	'η': "eta", 'Η': "eta", 'θ': "theta", 'Θ': "theta", 'ι': "iota", 'Ι': "iota",
	'κ': "kappa", 'Κ': "kappa", 'λ': "lambda", 'Λ': "lambda", 'μ': "mu", 'Μ': "mu",
	'ν': "nu", 'Ν': "nu", 'ξ': "xi", 'Ξ': "xi", 'ο': "omicron", 'Ο': "omicron",
	'π': "pi", 'Π': "pi", 'ρ': "rho", 'Ρ': "rho", 'σ': "sigma", 'ς': "sigma", 'Σ': "sigma",
	'τ': "tau", 'Τ': "tau", 'υ': "upsilon", 'Υ': "upsilon", 'φ': "phi", 'Φ': "phi",
	'χ': "chi", 'Χ': "chi", 'ψ': "psi", 'Ψ': "psi", 'ω': "omega", 'Ω': "omega",

	// Symbols that are Greek letters in use, though not in name.
	'∆': "delta", '∑': "sigma", '∏': "pi",
}
