package bibtex

import "strings"

// accentMark is what an accent command leaves: a combining character, and what
// is seen where there is nothing to put it on.
type accentMark struct {
	combining rune
	alone     string
}

// accents are TeX's accent commands (The TeXbook, chapter 9, and LaTeX's own).
var accents = map[string]accentMark{
	"`": {0x300, "`"}, "'": {0x301, "'"}, "^": {0x302, "^"}, "~": {0x303, "~"}, "=": {0x304, "¯"}, "u": {0x306, "˘"}, ".": {0x307, "˙"},
	`"`: {0x308, `"`}, "r": {0x30a, "˚"}, "H": {0x30b, "˝"}, "v": {0x30c, "ˇ"}, "d": {0x323, "."}, "c": {0x327, "¸"}, "k": {0x328, "˛"},
	"b": {0x331, "_"}, "t": {0x361, ""}, "U": {0x30e, ""}, "G": {0x30f, ""}, "h": {0x309, ""}, "f": {0x311, ""},
	"acute": {0x301, "'"}, "grave": {0x300, "`"}, "hat": {0x302, "^"}, "tilde": {0x303, "~"}, "bar": {0x304, "¯"}, "breve": {0x306, "˘"},
	"dot": {0x307, "˙"}, "ddot": {0x308, `"`}, "check": {0x30c, "ˇ"}, "vec": {0x20d7, ""}, "mathring": {0x30a, "˚"},
	"capitalacute": {0x301, "'"}, "capitalgrave": {0x300, "`"}, "capitalcircumflex": {0x302, "^"}, "capitaltilde": {0x303, "~"},
	"capitaldieresis": {0x308, `"`}, "capitalcaron": {0x30c, "ˇ"}, "capitalcedilla": {0x327, "¸"}, "capitalogonek": {0x328, "˛"},
	"textcommabelow": {0x326, ""}, "cb": {0x326, ""},
}

// symbols are the commands that stand for a text of their own; "" is for what
// only moves type about.
var symbols = map[string]string{
	// Escapes and spaces.
	"&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ", "\r": " ", `\`: " ",
	",": " ", ";": " ", ":": " ", ">": " ", "!": "", "-": "", "/": "", "@": "", "*": "", "(": "", ")": "", "[": "", "]": "", "|": "‖",
	"quad": " ", "qquad": " ", "space": " ", "thinspace": " ", "nobreakspace": " ", "enspace": " ", "newline": " ", "linebreak": " ", "par": " ",
	"textbackslash": `\`, "backslash": `\`, "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}", "textasciitilde": "~", "textasciicircum": "^",
	"textasciigrave": "`", "textasciiacute": "´", "textasciidieresis": "¨", "textunderscore": "_", "textbar": "|", "textless": "<", "textgreater": ">",
	"textdollar": "$", "textquotedbl": `"`, "dq": `"`, "textquotesingle": "'", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
	"lq": "‘", "rq": "’", "quotesinglbase": "‚", "quotedblbase": "„", "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»",
	"textendash": "–", "textemdash": "—", "textasteriskcentered": "*", "slash": "/", "hyphen": "-", "dash": "–", "Dash": "—", "bibrangedash": "–", "textellipsis": "…", "dots": "…", "ldots": "…", "cdots": "⋯", "textperiodcentered": "·", "textvisiblespace": "␣",
	"textnumero": "№", "textbullet": "•", "textexclamdown": "¡", "textquestiondown": "¿", "textperthousand": "‰", "textpertenthousand": "‱",

	// Letters.
	"ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "imath": "ı", "jmath": "ȷ",
	"dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "textthorn": "þ", "textThorn": "Þ", "ij": "ĳ", "IJ": "Ĳ",

	// Signs.
	"S": "§", "P": "¶", "textsection": "§", "textparagraph": "¶", "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "trademark": "™",
	"pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€", "EUR": "€", "textcent": "¢", "textyen": "¥", "textcurrency": "¤", "dag": "†", "ddag": "‡", "textdagger": "†", "textdaggerdbl": "‡",
	"degree": "°", "textdegree": "°", "celsius": "℃", "textcelsius": "℃", "textordfeminine": "ª", "textordmasculine": "º", "textonesuperior": "¹", "texttwosuperior": "²", "textthreesuperior": "³", "maththreesuperior": "³",
	"textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "textmu": "µ", "micro": "µ", "textohm": "Ω", "ohm": "Ω", "textpm": "±", "texttimes": "×", "textdiv": "÷", "textminus": "−", "textlnot": "¬", "textbrokenbar": "¦", "checkmark": "✓", "textmusicalnote": "♪",

	// Mathematics.
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο",
	"pi": "π", "rho": "ρ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
	"Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "varGamma": "Γ",
	"textalpha": "α", "textbeta": "β", "textgamma": "γ", "textdelta": "δ", "textkappa": "κ", "textlambda": "λ", "textomega": "ω",
	"times": "×", "div": "÷", "pm": "±", "mp": "∓", "cdot": "·", "ast": "*", "star": "⋆", "circ": "∘", "bullet": "•", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "leqslant": "⩽", "geqslant": "⩾", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "∼", "simeq": "≃",
	"equiv": "≡", "cong": "≅", "propto": "∝", "ll": "≪", "gg": "≫", "lt": "<", "gt": ">", "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "cup": "∪", "cap": "∩",
	"emptyset": "∅", "forall": "∀", "exists": "∃", "neg": "¬", "lnot": "¬", "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨", "oplus": "⊕", "otimes": "⊗", "perp": "⊥", "mid": "|", "parallel": "∥", "angle": "∠", "prime": "′", "ell": "ℓ", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ",
	"to": "→", "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "uparrow": "↑", "downarrow": "↓", "mapsto": "↦", "longrightarrow": "⟶", "hookrightarrow": "↪", "textrightarrow": "→", "textleftarrow": "←", "rightleftharpoons": "⇌",
	"langle": "⟨", "rangle": "⟩", "lceil": "⌈", "rceil": "⌉", "lfloor": "⌊", "rfloor": "⌋", "vert": "|", "Vert": "‖", "setminus": "∖", "Box": "□", "Diamond": "◇", "triangle": "△", "male": "♂", "female": "♀", "mars": "♂", "venus": "♀",
	"log": "log", "ln": "ln", "exp": "exp", "sin": "sin", "cos": "cos", "tan": "tan", "max": "max", "min": "min", "lim": "lim", "sup": "sup", "inf": "inf", "det": "det", "deg": "deg", "dim": "dim", "arg": "arg",

	// Names.
	"TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX",

	// Switches of font and layout: nothing to be seen in plain text.
	"em": "", "it": "", "bf": "", "sc": "", "sl": "", "tt": "", "rm": "", "sf": "", "cal": "", "itshape": "", "bfseries": "", "scshape": "", "slshape": "", "upshape": "", "mdseries": "", "rmfamily": "", "sffamily": "", "ttfamily": "", "normalfont": "", "normalsize": "",
	"small": "", "footnotesize": "", "scriptsize": "", "tiny": "", "large": "", "Large": "", "LARGE": "", "huge": "", "Huge": "", "protect": "", "relax": "", "ignorespaces": "", "noindent": "", "left": "", "right": "", "big": "", "Big": "", "bigl": "", "bigr": "", "displaystyle": "", "textstyle": "", "limits": "", "nolimits": "",
	"allowbreak": "", "nobreak": "", "sloppy": "", "xspace": "", "autocap": "", "raggedright": "", "bibstring": "", "cyr": "",
}

// Forms of commands that take arguments.
const (
	formText   = iota // the argument, between open and shut
	formSecond        // the second argument only
	formDrop          // nothing
	formRaise         // raised or lowered, where Unicode has the characters
	formLower
	formVerbatim // an address, which TeX does not interpret
	formLink     // an address and the words it stands behind
	formFraction
	formMath // the argument as mathematics
)

// command is what becomes of a command's arguments.
type command struct {
	form       int
	open, shut string
}

// commands are those that take arguments.
var commands = func() map[string]command {
	t := map[string]command{
		"enquote": {formText, "“", "”"}, "mkbibquote": {formText, "“", "”"}, "mkbibparens": {formText, "(", ")"}, "mkbibbrackets": {formText, "[", "]"}, "sqrt": {formText, "√", ""},
	}
	for form, names := range map[int]string{
		formText: `emph textit textbf textsc texttt textrm textsf textsl textup textmd textnormal textln mbox hbox makebox fbox text
			mathrm mathit mathbf mathcal mathbb mathsf mathtt mathfrak mathnormal boldsymbol bm operatorname underline overline uline
			mkbibemph mkbibitalic mkbibbold mkbibordinal MakeUppercase MakeLowercase uppercase lowercase textlf smaller acro textquote nocase NoCaseChange ac bibcyr`,
		formSecond: "foreignlanguage textcolor texorpdfstring",
		// These only order or measure: their arguments are not part of the text.
		formDrop:     "noopsort NOOPSORT SortNoop NoopSort vphantom hphantom phantom hspace vspace hskip label index",
		formRaise:    "textsuperscript sp",
		formLower:    "textsubscript sb",
		formVerbatim: "url path nolinkurl doi",
		formLink:     "href",
		formFraction: "frac nicefrac sfrac tfrac dfrac",
		formMath:     "ensuremath",
	} {
		for _, name := range strings.Fields(names) {
			t[name] = command{form: form}
		}
	}
	return t
}()

var superscripts = map[rune]rune{
	'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '+': '⁺', '-': '⁻', '−': '⁻', '=': '⁼', '(': '⁽', ')': '⁾', 'n': 'ⁿ', 'i': 'ⁱ',
	'∘': '°', '′': '′',
}

var subscripts = map[rune]rune{
	'0': '₀', '1': '₁', '2': '₂', '3': '₃', '4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈', '9': '₉', '+': '₊', '-': '₋', '−': '₋', '=': '₌', '(': '₍', ')': '₎',
}
