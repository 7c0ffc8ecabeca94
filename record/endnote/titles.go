package endnote

import (
	"strings"

	"github.com/evidence-go/evidence/internal/distinct"
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

func (b *builder) title(it item) { b.set(&b.r.Title, plainTitle(it.value), it) }

func (b *builder) shortTitle(it item) { b.set(&b.r.ShortTitle, plainTitle(it.value), it) }

// translatedTitle reads the title in translation; refer(1) has the corporate author
// under the same tag.
func (b *builder) translatedTitle(it item) {
	if b.refer && !b.typed {
		b.addPerson(record.Author, record.Name{Literal: fold.Text(it.value)})
		return
	}
	value := plainTitle(it.value)
	switch b.r.OriginalTitle {
	case "":
		b.r.OriginalTitle = value // until settleTitles changes it for the title
	case value:
	default:
		b.again(it)
	}
}

// secondaryTitle reads what the work stands in, or the series of a whole one.
func (b *builder) secondaryTitle(it item) {
	if whole(b.r.Kind) {
		b.set(&b.r.In.Series, plainTitle(it.value), it)
		return
	}
	b.second = append(b.second, it)
}

// tertiaryTitle reads the series. Of bills and hearings it is the legislative body,
// of patents the international title.
func (b *builder) tertiaryTitle(it item) {
	if b.r.Kind == record.Legal || b.r.Kind == record.Patent {
		b.keep(it)
		return
	}
	b.set(&b.r.In.Series, plainTitle(it.value), it)
}

// alternateTitle reads what EndNote fills with the other name of a journal, and
// refer(1) with a commentary.
func (b *builder) alternateTitle(it item) {
	switch {
	case b.refer && !b.typed:
		b.note(it)
	case inJournal(b.r.Kind):
		b.abbrevs = append(b.abbrevs, it)
	default:
		b.keep(it)
	}
}

func (b *builder) periodical(it item) { b.journals = append(b.journals, it) }

// otherPeriodical reads the full name in the list of alternate periodicals, which
// EndNote makes of the alternate title.
func (b *builder) otherPeriodical(it item) { b.journals = append(b.journals, it) }

func (b *builder) abbreviation(it item) { b.abbrevs = append(b.abbrevs, it) }

// firstCustom reads Custom 1, which of a paper in proceedings is where they were
// published; Place Published is where the conference was.
func (b *builder) firstCustom(it item) {
	if b.typ.name == proceedings {
		b.set(&b.r.In.Place, fold.Text(it.value), it)
		return
	}
	b.custom(it)
}

// thirdCustom reads Custom 3, which of a paper in proceedings is their title; its
// secondary title is then the name of the conference.
func (b *builder) thirdCustom(it item) {
	if b.typ.name != proceedings {
		b.custom(it)
		return
	}
	if b.r.In.Title != "" {
		b.again(it)
		return
	}
	b.r.In.Title = plainTitle(it.value)
}

const proceedings = "Conference Proceedings"

// settleTitles gives the container its title and abbreviation, and puts a
// translated title in its place.
func (b *builder) settleTitles() {
	r := b.r
	if r.OriginalTitle != "" { // so far it is the translation
		r.Title, r.OriginalTitle = r.OriginalTitle, r.Title
	}
	b.settleOriginal()
	at := &r.In.Title
	if *at != "" { // the title of the proceedings
		at = &r.In.Event
	}
	first, then := b.second, b.journals
	if b.refer && inJournal(r.Kind) { // there %J is the journal, whatever %B is
		first, then = then, first
	}
	for i, it := range first {
		if value := plainTitle(it.value); i == 0 || !b.refer {
			b.set(at, value, it)
		} else {
			b.settlePeriodical(it)
		}
	}
	for _, it := range then {
		b.settlePeriodical(it)
	}
	for _, it := range b.abbrevs {
		value := plainTitle(it.value)
		switch {
		case value == r.In.Abbrev, value == r.In.Title:
		case r.In.Abbrev == "" && (inJournal(r.Kind) || r.In.Title != ""):
			r.In.Abbrev = value
		default:
			b.keep(it)
		}
	}
}

// settlePeriodical reads the name of a periodical. EndNote repeats the secondary
// title in it, or the spelling that its list of journals has, also for works in
// which that is another field.
func (b *builder) settlePeriodical(it item) {
	in, value := &b.r.In, plainTitle(it.value)
	switch {
	case value == in.Title, value == in.Abbrev, value == in.Series && whole(b.r.Kind), value == in.Event:
	case in.Title == "" && (!whole(b.r.Kind) || in.Series != value):
		in.Title = value
	case strings.EqualFold(value, in.Title):
		b.keep(it)
	case in.Abbrev == "" && len(value) > len(in.Title) && !strings.HasPrefix(it.tag, "alt-") && !b.refer:
		in.Abbrev, in.Title = in.Title, value // the list knew the abbreviation
	case in.Abbrev == "" && len(value) <= len(in.Title):
		in.Abbrev = value
	default:
		b.keep(it)
	}
}

// originalPublication reads what the connections to PubMed and MEDLINE fill with the
// title in the language of the work.
func (b *builder) originalPublication(it item) {
	if b.pubMed && b.original.value == "" && inJournal(b.r.Kind) {
		b.original = it
		return
	}
	b.keep(it)
}

func (b *builder) settleOriginal() {
	switch value := plainTitle(b.original.value); {
	case value == "":
	case b.r.OriginalTitle == "":
		b.r.OriginalTitle = value
	default:
		b.keep(b.original)
	}
}

func (b *builder) abstract(it item) {
	text := b.paragraphs(it.value)
	switch b.r.Abstract.Text {
	case "":
		b.r.Abstract = record.NewAbstract(text)
	case text:
	default:
		b.again(it)
	}
}

// paragraphs takes markup out of a text and keeps its line ends. Those of Refer may
// be where a line was wrapped: there only one behind the end of a sentence counts.
func (b *builder) paragraphs(s string) string {
	has := marked(s)
	if !has && fold.Tidy(s) {
		return s
	}
	s = fold.WithoutControls(s)
	if has {
		s = fold.Unmark(s)
	}
	if strings.IndexByte(s, '\n') < 0 {
		return fold.Space(s)
	}
	if b.refer {
		s = unwrap(s)
	}
	return strings.Join(linesOf(s), "\n")
}

// unwrap joins lines that end in the middle of a sentence with the next.
func unwrap(s string) string {
	out := []byte(s)
	for i, c := range out {
		if c == '\n' && i > 0 && strings.IndexByte(".:;?!)]\n", out[i-1]) < 0 {
			for ; i < len(out) && out[i] == '\n'; i++ {
				out[i] = ' '
			}
		}
	}
	return string(out)
}

// note reads notes; an empty line in them ends one.
func (b *builder) note(it item) {
	for part := range strings.SplitSeq(it.value, "\n\n") {
		if part = lines(part); part == "" {
			continue
		}
		b.r.Notes = append(b.r.Notes, part)
		b.learnTypes(part)
		if strings.Contains(part, "10.") {
			b.maybe = append(b.maybe, item{f: it.f, tag: it.tag, value: part, line: it.line})
		}
	}
}

// learnTypes takes the publication types out of the notes of a record of PubMed,
// where EndNote's connection puts them, one a line. The notes stay as they are.
func (b *builder) learnTypes(note string) {
	if !b.pubMed {
		return
	}
	for line := range strings.SplitSeq(note, "\n") {
		if publicationTypes[line] {
			b.addType(line)
		}
	}
}

// publicationTypes are those of NLM that say of what kind the study or text is, in
// its spelling (National Library of Medicine, Publication Characteristics).
var publicationTypes = func() map[string]bool {
	m := map[string]bool{}
	for t := range strings.SplitSeq("Adaptive Clinical Trial|Address|Autobiography|Bibliography|Biography|Case Reports|Clinical Conference|Clinical Study|"+
		"Clinical Trial|Clinical Trial Protocol|Clinical Trial, Phase I|Clinical Trial, Phase II|Clinical Trial, Phase III|Clinical Trial, Phase IV|"+
		"Clinical Trial, Veterinary|Comment|Comparative Study|Congress|Consensus Development Conference|Consensus Development Conference, NIH|"+
		"Controlled Clinical Trial|Corrected and Republished Article|Dataset|Duplicate Publication|Editorial|English Abstract|Equivalence Trial|"+
		"Evaluation Study|Expression of Concern|Guideline|Historical Article|Interview|Introductory Journal Article|Journal Article|Lecture|Letter|"+
		"Meta-Analysis|Multicenter Study|News|Newspaper Article|Observational Study|Observational Study, Veterinary|Overall|Patient Education Handout|"+
		"Personal Narrative|Portrait|Practice Guideline|Pragmatic Clinical Trial|Preprint|Published Erratum|Randomized Controlled Trial|"+
		"Randomized Controlled Trial, Veterinary|Research Support, American Recovery and Reinvestment Act|Research Support, N.I.H., Extramural|"+
		"Research Support, N.I.H., Intramural|Research Support, Non-U.S. Gov't|Research Support, U.S. Gov't, Non-P.H.S.|"+
		"Research Support, U.S. Gov't, P.H.S.|Retracted Publication|Retraction Notice|Retraction of Publication|Review|Scoping Review|"+
		"Systematic Review|Technical Report|Twin Study|Validation Study|Video-Audio Media", "|") {
		m[t] = true
	}
	return m
}()

// workType reads Type of Work, of which one value may have several lines.
func (b *builder) workType(it item) {
	for value, rest := nextLine(it.value); value != ""; value, rest = nextLine(rest) {
		if !b.markedKind(value) {
			b.addType(value)
		}
	}
}

// markedKind reads a word that says what EndNote has no type for.
func (b *builder) markedKind(value string) bool {
	for i := range markers {
		if strings.EqualFold(markers[i].word, value) {
			b.r.Kind = markers[i].kind
			return true
		}
	}
	return false
}

func (b *builder) addType(value string) {
	if !distinct.Has(b.r.Types, value) {
		b.r.Types = append(b.r.Types, value)
	}
}

// language reads one language or several.
func (b *builder) language(it item) {
	for rest := it.value; rest != ""; {
		part := rest
		if i := strings.IndexAny(rest, ";,/\n"); i >= 0 {
			part, rest = rest[:i], rest[i+1:]
		} else {
			rest = ""
		}
		if l := record.Language(fold.Text(part)); l != "" && !distinct.Has(b.r.Languages, l) {
			b.r.Languages = append(b.r.Languages, l)
		}
	}
}

// database reads the name of the database, in which refer(1) has nothing.
func (b *builder) database(it item) { b.set(&b.r.Source.Database, fold.Text(it.value), it) }

func (b *builder) provider(it item) { b.set(&b.r.Source.Platform, fold.Text(it.value), it) }
