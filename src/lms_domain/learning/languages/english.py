"""English words."""

from types import MappingProxyType

from lms_domain.learning.languages.language_words import LanguageWords, word_set

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

ENGLISH = LanguageWords(
    language="en",
    articles=frozenset({"a", "an", "the"}),
    vowel_articles=("a", "an"),
    pronouns=word_set(
        """
        i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
        herself it its itself they them their theirs themselves this that these those who whom whose which what
        somebody someone something anybody anyone anything everybody everyone everything nobody nothing one ones each
        other others another some any all both either neither none such same
        """
    ),
    openers=word_set("it its this that these those they them their theirs he she his hers such"),
    stop_words=word_set(
        """
        about above across after again against ago ahead almost along already also although always am among and
        anyway are arent around as at away be because been before behind being below beneath beside besides
        between beyond but by can cannot cant could couldnt despite did didnt do does doesnt doing done dont
        down during else enough even ever every except few for from had hadnt has hasnt have havent having hence
        how however if in indeed inside instead into is isnt just least less like many may maybe might more
        moreover most much must mustnt near never nevertheless no nor not now of off often oh ok okay on once
        only onto or otherwise ought out outside over per perhaps quite rather several shall should shouldnt
        since so somehow sometimes soon still than then there therefore though through throughout thus till to
        together too toward towards under unless unlike until up upon versus very via was wasnt were werent when
        whenever where whereas wherever whether while why will with within without wont would wouldnt yes yet
        """
    ),
    vague_words=word_set(
        """
        actual actually bad basically better bit both case cases certain clear come comes day different easy end
        exactly example examples fact far finally first further general get gets getting give given gives go
        goes going good got great hand hard help helps idea ideas important interesting issue issues keep kind
        kinds know known last later let lets level likely literally little long look looks lot lots made main
        make makes making mean means need needs new next nice number numbers obviously old own part parts people
        person place please point points possible pretty probably problem problems put question questions
        quickly real really reason reasons right said say saying says second see seem seems seen short simple
        simply slide something somewhere sort sorts stuff sure take takes talk tell thank thanks thing things
        think third thought time times today topic true try two use used useful uses using usual usually video
        want wants way ways week well went word words work year years
        """
    ),
    negations=word_set(
        """
        no not never none nobody nothing neither nor cannot cant dont doesnt didnt isnt arent wasnt werent hasnt havent
        hadnt wont wouldnt shouldnt couldnt mustnt without
        """
    ),
    deictic=frozenset(
        {
            *word_set("i im ive me my mine myself we weve us our ours ourselves"),
            *word_set("here today yesterday tomorrow tonight"),
            "over there", "on the left", "on the right", "on the screen", "on screen", "on the slide", "on this slide",
            "on the board", "in the picture", "in this picture", "in the figure", "in the diagram", "in the image",
            "you can see", "you see", "as you see", "you are seeing", "you are looking", "look at", "looking at",
            "shown above", "shown below", "the above", "right now", "just now", "a moment ago",
            "a minute ago", "as mentioned", "mentioned earlier", "last time", "next time", "last week", "next week",
            "last year", "this year", "this week", "this lecture", "this session", "this module", "next slide",
            "previous slide", "next video", "previous video", "last video",
        }
    ),
    catch_all=frozenset(
        {
            "all of the above", "none of the above", "all the above", "any of the above", "some of the above",
            "both of the above", "all of these", "none of these", "all of them", "none of them", "both a and b",
            "both of these", "neither of these", "all answers are correct", "no answer is correct", "i do not know",
        }
    ),
    number_words=MappingProxyType(
        {word: value for value, word in enumerate(_UNITS)}
        | {word: value * 10 for value, word in enumerate(_TENS, start=2)}
    ),
    multipliers=MappingProxyType({"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9}),
    number_joiner="and",
    symbols=MappingProxyType({"%": "percent", "$": "dollars", "€": "euros", "£": "pounds", "&": "and"}),
    endings=(
        ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("ies", "y"), ("ied", "y"), ("ss", "ss"),
        ("us", "us"), ("is", "is"), ("s", ""), ("ing", ""), ("ed", ""),
    ),
)  # fmt: skip
