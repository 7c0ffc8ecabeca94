package record

import (
	"slices"
	"strings"
)

// Language gives the ISO 639-1 code of a language that a source names by that
// code, by its ISO 639-2 code ("eng", "ger", "deu") or by its English name; any
// other text comes back in small letters as it is. "en-GB" gives "en". MEDLINE's
// "und" and "mul" stay.
func Language(s string) string {
	low := strings.ToLower(strings.TrimSpace(s))
	if code, ok := languages[low]; ok {
		return code
	}
	if head, _, ok := strings.Cut(strings.ReplaceAll(low, "_", "-"), "-"); ok && len(head) == 2 {
		return head
	}
	return low
}

// KnownLanguage tells whether s names a language in a way that Language turns into
// a code: by a code of ISO 639-1 or ISO 639-2, with a region or without, or by its
// English name. MEDLINE's "und" (undetermined) and "mul" (several) are known.
func KnownLanguage(s string) bool {
	code := Language(s)
	if _, ok := marc[code]; ok {
		return true
	}
	return len(code) == 3 && strings.Contains(furtherLanguages, " "+code+" ")
}

// LanguageNames lists the names that Language knows, in alphabetical order and
// small letters; the codes are not among them.
func LanguageNames() []string {
	var out []string
	for name := range languages {
		if len(name) > 3 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// LanguageMARC gives the three-letter code (ISO 639-2/B, as MARC and MEDLINE use
// it) of a language code that Language returns, or the code itself.
func LanguageMARC(code string) string {
	if l, ok := marc[code]; ok {
		return l
	}
	return code
}

// languages maps names and three-letter codes (ISO 639-2, both sets) to ISO 639-1.
var languages = map[string]string{
	"eng": "en", "english": "en", "ger": "de", "deu": "de", "german": "de", "deutsch": "de", "fre": "fr", "fra": "fr", "french": "fr", "français": "fr",
	"spa": "es", "spanish": "es", "español": "es", "por": "pt", "portuguese": "pt", "ita": "it", "italian": "it", "dut": "nl", "nld": "nl", "dutch": "nl", "flemish": "nl",
	"swe": "sv", "swedish": "sv", "nor": "no", "norwegian": "no", "nob": "nb", "nno": "nn", "dan": "da", "danish": "da", "fin": "fi", "finnish": "fi", "ice": "is", "isl": "is", "icelandic": "is",
	"pol": "pl", "polish": "pl", "cze": "cs", "ces": "cs", "czech": "cs", "slo": "sk", "slk": "sk", "slovak": "sk", "hun": "hu", "hungarian": "hu", "rum": "ro", "ron": "ro", "romanian": "ro",
	"bul": "bg", "bulgarian": "bg", "rus": "ru", "russian": "ru", "ukr": "uk", "ukrainian": "uk", "hrv": "hr", "scr": "hr", "croatian": "hr", "srp": "sr", "scc": "sr", "serbian": "sr", "slv": "sl", "slovenian": "sl", "slovene": "sl",
	"gre": "el", "ell": "el", "greek": "el", "tur": "tr", "turkish": "tr", "heb": "he", "hebrew": "he", "ara": "ar", "arabic": "ar", "per": "fa", "fas": "fa", "persian": "fa", "farsi": "fa",
	"chi": "zh", "zho": "zh", "chinese": "zh", "mandarin": "zh", "jpn": "ja", "japanese": "ja", "kor": "ko", "korean": "ko", "tha": "th", "thai": "th", "vie": "vi", "vietnamese": "vi",
	"ind": "id", "indonesian": "id", "may": "ms", "msa": "ms", "malay": "ms", "hin": "hi", "hindi": "hi", "lit": "lt", "lithuanian": "lt", "lav": "lv", "latvian": "lv", "est": "et", "estonian": "et",
	"cat": "ca", "catalan": "ca", "baq": "eu", "eus": "eu", "basque": "eu", "glg": "gl", "galician": "gl", "gle": "ga", "irish": "ga", "wel": "cy", "cym": "cy", "welsh": "cy",
	"lat": "la", "latin": "la", "afr": "af", "afrikaans": "af", "mac": "mk", "mkd": "mk", "macedonian": "mk", "bos": "bs", "bosnian": "bs", "geo": "ka", "kat": "ka", "georgian": "ka", "alb": "sq", "sqi": "sq", "albanian": "sq", "urd": "ur", "urdu": "ur",
	"aar": "aa", "afar": "aa", "abk": "ab", "abkhazian": "ab", "ave": "ae", "avestan": "ae", "aka": "ak", "akan": "ak", "amh": "am", "amharic": "am", "arg": "an", "aragonese": "an",
	"asm": "as", "assamese": "as", "ava": "av", "avaric": "av", "aym": "ay", "aymara": "ay", "aze": "az", "azerbaijani": "az", "bak": "ba", "bashkir": "ba", "bel": "be", "belarusian": "be",
	"bih": "bh", "bihari languages": "bh", "bis": "bi", "bislama": "bi", "bam": "bm", "bambara": "bm", "ben": "bn", "bengali": "bn", "tib": "bo", "bod": "bo", "tibetan": "bo", "bre": "br",
	"breton": "br", "che": "ce", "chechen": "ce", "cha": "ch", "chamorro": "ch", "cos": "co", "corsican": "co", "cre": "cr", "cree": "cr", "chu": "cu", "church slavic": "cu", "old slavonic": "cu",
	"church slavonic": "cu", "old bulgarian": "cu", "old church slavonic": "cu", "chv": "cv", "chuvash": "cv", "div": "dv", "divehi": "dv", "dhivehi": "dv", "maldivian": "dv", "dzo": "dz", "dzongkha": "dz", "ewe": "ee",
	"epo": "eo", "esperanto": "eo", "ful": "ff", "fulah": "ff", "fij": "fj", "fijian": "fj", "fao": "fo", "faroese": "fo", "fry": "fy", "western frisian": "fy", "gla": "gd", "gaelic": "gd",
	"scottish gaelic": "gd", "grn": "gn", "guarani": "gn", "guj": "gu", "gujarati": "gu", "glv": "gv", "manx": "gv", "hau": "ha", "hausa": "ha", "hmo": "ho", "hiri motu": "ho", "hat": "ht",
	"haitian": "ht", "haitian creole": "ht", "arm": "hy", "hye": "hy", "armenian": "hy", "her": "hz", "herero": "hz", "ina": "ia", "interlingua": "ia", "ile": "ie", "interlingue": "ie", "occidental": "ie",
	"ibo": "ig", "igbo": "ig", "iii": "ii", "sichuan yi": "ii", "nuosu": "ii", "ipk": "ik", "inupiaq": "ik", "ido": "io", "iku": "iu", "inuktitut": "iu", "jav": "jv", "javanese": "jv",
	"kon": "kg", "kongo": "kg", "kik": "ki", "kikuyu": "ki", "gikuyu": "ki", "kua": "kj", "kuanyama": "kj", "kwanyama": "kj", "kaz": "kk", "kazakh": "kk", "kal": "kl", "kalaallisut": "kl",
	"greenlandic": "kl", "khm": "km", "central khmer": "km", "kan": "kn", "kannada": "kn", "kau": "kr", "kanuri": "kr", "kas": "ks", "kashmiri": "ks", "kur": "ku", "kurdish": "ku", "kom": "kv",
	"komi": "kv", "cor": "kw", "cornish": "kw", "kir": "ky", "kirghiz": "ky", "kyrgyz": "ky", "ltz": "lb", "luxembourgish": "lb", "letzeburgesch": "lb", "lug": "lg", "ganda": "lg", "lim": "li",
	"limburgan": "li", "limburger": "li", "limburgish": "li", "lin": "ln", "lingala": "ln", "lao": "lo", "lub": "lu", "luba-katanga": "lu", "mlg": "mg", "malagasy": "mg", "mah": "mh", "marshallese": "mh",
	"mao": "mi", "mri": "mi", "maori": "mi", "mal": "ml", "malayalam": "ml", "mon": "mn", "mongolian": "mn", "mar": "mr", "marathi": "mr", "mlt": "mt", "maltese": "mt", "bur": "my",
	"mya": "my", "burmese": "my", "nau": "na", "nauru": "na", "nde": "nd", "north ndebele": "nd", "nep": "ne", "nepali": "ne", "ndo": "ng", "ndonga": "ng", "nbl": "nr", "south ndebele": "nr",
	"nav": "nv", "navajo": "nv", "navaho": "nv", "nya": "ny", "chichewa": "ny", "chewa": "ny", "nyanja": "ny", "oci": "oc", "occitan": "oc", "provençal": "oc", "oji": "oj", "ojibwa": "oj",
	"orm": "om", "oromo": "om", "ori": "or", "oriya": "or", "oss": "os", "ossetian": "os", "ossetic": "os", "pan": "pa", "panjabi": "pa", "punjabi": "pa", "pli": "pi", "pali": "pi",
	"pus": "ps", "pushto": "ps", "pashto": "ps", "que": "qu", "quechua": "qu", "roh": "rm", "romansh": "rm", "run": "rn", "rundi": "rn", "kin": "rw", "kinyarwanda": "rw", "san": "sa",
	"sanskrit": "sa", "srd": "sc", "sardinian": "sc", "snd": "sd", "sindhi": "sd", "sme": "se", "northern sami": "se", "sag": "sg", "sango": "sg", "sin": "si", "sinhala": "si", "sinhalese": "si",
	"smo": "sm", "samoan": "sm", "sna": "sn", "shona": "sn", "som": "so", "somali": "so", "ssw": "ss", "swati": "ss", "sot": "st", "sun": "su", "sundanese": "su", "swa": "sw",
	"swahili": "sw", "tam": "ta", "tamil": "ta", "tel": "te", "telugu": "te", "tgk": "tg", "tajik": "tg", "tir": "ti", "tigrinya": "ti", "tuk": "tk", "turkmen": "tk", "tgl": "tl",
	"tagalog": "tl", "tsn": "tn", "tswana": "tn", "ton": "to", "tonga": "to", "tso": "ts", "tsonga": "ts", "tat": "tt", "tatar": "tt", "twi": "tw", "tah": "ty", "tahitian": "ty",
	"uig": "ug", "uighur": "ug", "uyghur": "ug", "uzb": "uz", "uzbek": "uz", "ven": "ve", "venda": "ve", "vol": "vo", "volapük": "vo", "wln": "wa", "walloon": "wa", "wol": "wo",
	"wolof": "wo", "xho": "xh", "xhosa": "xh", "yid": "yi", "yiddish": "yi", "yor": "yo", "yoruba": "yo", "zha": "za", "zhuang": "za", "chuang": "za", "zul": "zu", "zulu": "zu",
	"sotho": "st",
}

// marc is the way back for the codes of languages, in the set that MEDLINE uses.
var marc = map[string]string{
	"en": "eng", "de": "ger", "fr": "fre", "es": "spa", "pt": "por", "it": "ita", "nl": "dut", "sv": "swe", "no": "nor", "nb": "nob", "nn": "nno", "da": "dan", "fi": "fin", "is": "ice",
	"pl": "pol", "cs": "cze", "sk": "slo", "hu": "hun", "ro": "rum", "bg": "bul", "ru": "rus", "uk": "ukr", "hr": "hrv", "sr": "srp", "sl": "slv", "el": "gre", "tr": "tur", "he": "heb", "ar": "ara", "fa": "per",
	"zh": "chi", "ja": "jpn", "ko": "kor", "th": "tha", "vi": "vie", "id": "ind", "ms": "may", "hi": "hin", "lt": "lit", "lv": "lav", "et": "est", "ca": "cat", "eu": "baq", "gl": "glg", "ga": "gle", "cy": "wel",
	"la": "lat", "af": "afr", "mk": "mac", "bs": "bos", "ka": "geo", "sq": "alb", "ur": "urd",
	"aa": "aar", "ab": "abk", "ae": "ave", "ak": "aka", "am": "amh", "an": "arg", "as": "asm", "av": "ava", "ay": "aym", "az": "aze", "ba": "bak", "be": "bel", "bh": "bih", "bi": "bis", "bm": "bam", "bn": "ben",
	"bo": "tib", "br": "bre", "ce": "che", "ch": "cha", "co": "cos", "cr": "cre", "cu": "chu", "cv": "chv", "dv": "div", "dz": "dzo", "ee": "ewe", "eo": "epo", "ff": "ful", "fj": "fij", "fo": "fao", "fy": "fry",
	"gd": "gla", "gn": "grn", "gu": "guj", "gv": "glv", "ha": "hau", "ho": "hmo", "ht": "hat", "hy": "arm", "hz": "her", "ia": "ina", "ie": "ile", "ig": "ibo", "ii": "iii", "ik": "ipk", "io": "ido", "iu": "iku",
	"jv": "jav", "kg": "kon", "ki": "kik", "kj": "kua", "kk": "kaz", "kl": "kal", "km": "khm", "kn": "kan", "kr": "kau", "ks": "kas", "ku": "kur", "kv": "kom", "kw": "cor", "ky": "kir", "lb": "ltz", "lg": "lug",
	"li": "lim", "ln": "lin", "lo": "lao", "lu": "lub", "mg": "mlg", "mh": "mah", "mi": "mao", "ml": "mal", "mn": "mon", "mr": "mar", "mt": "mlt", "my": "bur", "na": "nau", "nd": "nde", "ne": "nep", "ng": "ndo",
	"nr": "nbl", "nv": "nav", "ny": "nya", "oc": "oci", "oj": "oji", "om": "orm", "or": "ori", "os": "oss", "pa": "pan", "pi": "pli", "ps": "pus", "qu": "que", "rm": "roh", "rn": "run", "rw": "kin", "sa": "san",
	"sc": "srd", "sd": "snd", "se": "sme", "sg": "sag", "si": "sin", "sm": "smo", "sn": "sna", "so": "som", "ss": "ssw", "st": "sot", "su": "sun", "sw": "swa", "ta": "tam", "te": "tel", "tg": "tgk", "ti": "tir",
	"tk": "tuk", "tl": "tgl", "tn": "tsn", "to": "ton", "ts": "tso", "tt": "tat", "tw": "twi", "ty": "tah", "ug": "uig", "uz": "uzb", "ve": "ven", "vo": "vol", "wa": "wln", "wo": "wol", "xh": "xho", "yi": "yid",
	"yo": "yor", "za": "zha", "zu": "zul",
}

// furtherLanguages are the codes of ISO 639-2 that have none in ISO 639-1.
const furtherLanguages = " " +
	"ace ach ada ady afa afh ain akk ale alg alt ang anp apa arc arn arp art arw ast ath aus awa bad bai bal ban bas bat bej bem ber bho bik bin bla bnt bra btk bua bug byn cad cai car " +
	"cau ceb cel chb chg chk chm chn cho chp chr chy cmc cnr cop cpe cpf cpp crh crp csb cus dak dar day del den dgr din doi dra dsb dua dum dyu efi egy eka elx enm ewo fan fat fil fiu " +
	"fon frm fro frr frs fur gaa gay gba gem gez gil gmh goh gon gor got grb grc gsw gwi hai haw hil him hit hmn hsb hup iba ijo ilo inc ine inh ira iro jbo jpr jrb kaa kab kac kam kar " +
	"kaw kbd kha khi kho kmb kok kos kpe krc krl kro kru kum kut lad lah lam lez lol loz lua lui lun luo lus mad mag mai mak man map mas mdf mdr men mga mic min mis mkh mnc mni mno moh " +
	"mos mul mun mus mwl mwr myn myv nah nai nap nds new nia nic niu nog non nqo nso nub nwc nym nyn nyo nzi osa ota oto paa pag pal pam pap pau peo phi phn pon pra pro raj rap rar roa " +
	"rom rup sad sah sai sal sam sas sat scn sco sel sem sga sgn shn sid sio sit sla sma smi smj smn sms snk sog son srn srr ssa suk sus sux syc syr tai tem ter tet tig tiv tkl tlh tli " +
	"tmh tog tpi tsi tum tup tut tvl tyv udm uga umb und vai vot wak wal war was wen xal yao yap ypk zap zbl zen zgh znd zun zxx zza "
