package record

import "strings"

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
}

// marc is the way back for the codes of languages, in the set that MEDLINE uses.
var marc = map[string]string{
	"en": "eng", "de": "ger", "fr": "fre", "es": "spa", "pt": "por", "it": "ita", "nl": "dut", "sv": "swe", "no": "nor", "nb": "nob", "nn": "nno", "da": "dan", "fi": "fin", "is": "ice",
	"pl": "pol", "cs": "cze", "sk": "slo", "hu": "hun", "ro": "rum", "bg": "bul", "ru": "rus", "uk": "ukr", "hr": "hrv", "sr": "srp", "sl": "slv", "el": "gre", "tr": "tur", "he": "heb", "ar": "ara", "fa": "per",
	"zh": "chi", "ja": "jpn", "ko": "kor", "th": "tha", "vi": "vie", "id": "ind", "ms": "may", "hi": "hin", "lt": "lit", "lv": "lav", "et": "est", "ca": "cat", "eu": "baq", "gl": "glg", "ga": "gle", "cy": "wel",
	"la": "lat", "af": "afr", "mk": "mac", "bs": "bos", "ka": "geo", "sq": "alb", "ur": "urd",
}
