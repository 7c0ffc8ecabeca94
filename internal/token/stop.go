package token

import "strings"

// Stop reports whether word, in lower case, is an English function word:
// article, pronoun, preposition, conjunction, auxiliary or the like. "No" and
// "not" are among them: a caller to whom negation matters asks for it first.
func Stop(word string) bool { return stopWords[word] }

var stopWords = wordSet(`
	a an the
	i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself
	she her hers herself it its itself they them their theirs themselves one ones oneself
	this that these those who whom whose which what whatever whichever whoever
	and or but nor so yet if then else because although though while whereas unless until since as than whether
	of in on at by for with about against between among amongst into onto through during before after above below
	to from up down out off over under within without across along around behind beside besides beyond despite
	except inside outside near per toward towards upon via throughout
	am is are was were be been being have has had having do does did doing done
	can could may might must shall should will would ought cannot
	not no neither either both each every all any some such only own same other others another few more most
	much many several less least enough too very just also even still ever never always often
	here there where when why how again further once now thus hence therefore however moreover furthermore
	nevertheless meanwhile otherwise indeed rather quite almost already
	isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shan't shouldn't
	can't couldn't mustn't it's that's there's i'm i've we're we've they're they've you're you've let's
	isnt arent wasnt werent hasnt havent hadnt doesnt dont didnt wont wouldnt shouldnt cant couldnt
`)

// wordSet makes a set of the words of a list.
func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}
