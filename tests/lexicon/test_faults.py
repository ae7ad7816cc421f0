"""Messages about wrong rows: file, line, and how to fix them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sunchi import lexicon
from sunchi.errors import LexiconError
from sunchi.selfcheck import check_lexicon
from tests.detecting import FOLDER
from tests.lexicon.editing import add

Rows = Sequence[tuple[str, str, str]]
"""File, row that is added to it, and words of what is said of it."""

WRONG: Rows = [
    ("partners.csv", "China,name,Cathay,,,", "“China” is not an ISO 3166 alpha-2 code"),
    ("partners.csv", "CN,nickname,Cathay,,,", "role “nickname” is unknown; use one of name"),
    ("partners.csv", "CN,name,,,,", "has no form in any language"),
    ("partners.csv", "CN,name,Cathay", "has 3 columns, not 6"),
    ("partners.csv", "JP,name,China,,,", "“China” is CN's already"),
    (
        "organizations.csv",
        "xx_party,XX,party,,Party of Examples,,,",
        "partner “XX” is not in partners.csv; add it there, or write ANY",
    ),
    ("organizations.csv", "ru_none,RU,party,,,,,", "has no form in any language"),
    ("organizations.csv", "ru_x,RU,party,since 2001,Party of Examples,,,", "rules “since 2001” is not a span of years"),
    ("organizations.csv", "some_ministry,ANY,ministry,,,외무성,,", "is already on line"),
    ("organizations.csv", "cn_cpc,CN,party,,Party of Examples,,,", "id “cn_cpc” is already on line"),
    ("organizations.csv", "party_x,RU,party,,Party of Examples,,,", "must begin with its state, as in ru_party_x"),
    ("organizations.csv", "ru_y,RU,club,,Party of Examples,,,", "kind “club” is unknown; use one of leader"),
    ("persons.csv", "xx_jan,XX,,Jan Example,,,,", "state “XX” is not in partners.csv"),
    ("persons.csv", "jan,RU,,Jan Example,,,,", "must begin with its state, as in ru_jan"),
    ("persons.csv", "ru_none,RU,,,,,,", "has no name in any language"),
    ("persons.csv", "ru_jan,RU,,Putin,,,,", "“Putin” is already on line"),
    ("persons.csv", "ru_putin,RU,,Jan Example,,,,", "“ru_putin” is already on line"),
    ("persons.csv", "ru_one,RU,president 2001-,Jan Example One,,,,", "is not an office with its months"),
    ("persons.csv", "ru_two,RU,tsar 2001.01-,Jan Example Two,,,,", "names an office that is not in organizations.csv"),
    ("persons.csv", "ru_six,RU,president 2001.01-2000.01,Jan Example Six,,,,", "ends before it begins"),
    ("occasions.csv", "A Day,CN,day,10-02,1949,,,,,", "id “A Day” may contain only lower-case"),
    ("occasions.csv", "xx_day,XX,day,10-02,1949,,,,,", "state “XX” is not in partners.csv"),
    ("occasions.csv", "cn_fair,CN,fair,10-02,1949,,,,,", "kind “fair” is unknown; use one of day"),
    ("occasions.csv", "cn_party,CN,day,02-30,1949,,,,,", "day “02-30” is not a day of the year"),
    ("occasions.csv", "cn_rite,CN,day,,1949,,,,,", "has no day; write month-day"),
    ("occasions.csv", "cn_song,CN,day,10-02,long ago,,,,,", "since “long ago” is not a year"),
    ("occasions.csv", "nothing,ANY,event,,,,,,,", "has no form in any language"),
    ("occasions.csv", "cn_day,CN,day,10-02,1949,,,,,", "“cn_day” is already on line"),
    ("families.csv", "Warm,,fr_friendship", "id “Warm” may contain only lower-case"),
    ("families.csv", "warm,cordial,fr_friendship", "implies “cordial”, which no line above defines"),
    ("families.csv", "friendship,,fr_friendship", "family “friendship” is already above"),
    ("standings.csv", "XX,past", "partner “XX” is not in partners.csv"),
    ("standings.csv", "CN,neighbour", "standing “neighbour” is unknown; use one of other_half"),
    ("standings.csv", "SU,past", "SU already has the standing past"),
    ("standings.csv", "CN,patron", "US is already the patron, and only one state can be"),
    ("titles.csv", "nobility,en,duke", "kind “nobility” is unknown"),
    ("titles.csv", "office,fr,duc", "lang “fr” is unknown"),
    ("titles.csv", "mask,en,", "has no form"),
    ("vocabulary.csv", "Warm,en,cosy", "class “Warm” must be lower-case letters"),
    ("vocabulary.csv", "pair,en,cosy", "neither pair nor partner"),
    ("vocabulary.csv", "cosy,fr,chaud", "lang “fr” is unknown"),
    ("vocabulary.csv", "cosy,en,", "has no form"),
    ("vocabulary.csv", "tie,en,hinges", "class “tie” has a row for “en” on line"),
    ("vocabulary.csv", "snug,en,cosy|{later}", "class “later” is not defined above"),
    ("spelling.csv", "양당,", "needs a Southern and a Northern spelling"),
    ("spelling.csv", "노동,로력", "“노동” is already above, for “로동”"),
    (
        "frames.csv",
        "visit,,en,in,strong,{SIDE1} met {SIDE2},A.,B.",
        "kind “visit” is unknown; use one of message",
    ),
    (
        "frames.csv",
        "message,note,en,in,strong,{SIDE1} sent,A.,B.",
        "code “note” is unknown; leave it empty, or",
    ),
    ("frames.csv", "message,,fr,in,strong,{SIDE1} sent,A.,B.", "lang “fr” is unknown"),
    ("frames.csv", "message,,en,back,strong,{SIDE1} sent,A.,B.", "direction “back” is unknown; use one of by sides"),
    ("frames.csv", "message,,en,in,firm,{SIDE1} sent,A.,B.", "strength “firm” is unknown; use one of strong"),
    ("frames.csv", "message,,en,in,strong,{SIDE1} sent,,B.", "has no example; write a sentence on which it must fire"),
    ("frames.csv", "message,,en,in,strong,{SIDE1} sent,A.,", "a sentence on which it must not fire"),
    ("frames.csv", "message,,en,in,strong,sent a letter,A.,B.", "it needs {SIDE1} or {SIDE2} or both, each once"),
    (
        "frames.csv",
        "message,,en,in,strong,{SIDE1} sent {SIDE1},A.,B.",
        "it needs {SIDE1} or {SIDE2} or both, each once",
    ),
    ("frames.csv", "message,,en,in,strong,{SIDE1} {SIDE2} sent,A.,B.", "words are missing between “SIDE1” and “SIDE2”"),
    ("frames.csv", "message,,en,in,strong,{SIDE1} sent ...,A.,B.", "it needs words, and “...” only between them"),
    ("frames.csv", "message,,en,in,strong,{SIDE1} {sand} it,A.,B.", "“{sand}” is unknown"),
    ("terms.csv", "Warm,ANY,friendship,1,en,warm ties,S", "id “Warm” may contain only lower-case"),
    ("terms.csv", "warm,XX,friendship,1,en,warm ties,S", "partner “XX” is not in partners.csv"),
    ("terms.csv", "warm,ANY,warmth,1,en,warm ties,S", "category “warmth” is unknown"),
    ("terms.csv", "warm,ANY,friendship,3,en,warm ties,S", "strength “3” is not a whole number from -2 to 2"),
    ("terms.csv", "warm,ANY,friendship,1,fr,liens,S", "lang “fr” is unknown"),
    ("terms.csv", "warm,ANY,friendship,1,en,(warm/cordial ties,S", "“(” is never closed; add “)”"),
    ("terms.csv", "warm,ANY,friendship,1,en,warm ties),S", "close each ( and [ once"),
    ("terms.csv", "warm,ANY,friendship,1,en,(warm] ties,S", "“]” closes what “(” opened"),
    ("terms.csv", "warm,ANY,friendship,1,en,[warm] [ties],S", "at least one word in it must not be optional"),
    ("terms.csv", f"warm,ANY,friendship,1,en,{'warm ' * 120}ties,S", "it has more than 500 characters"),
    ("terms.csv", f"warm,ANY,friendship,1,en,{'(warm ' * 9}ties{')' * 9},S", "brackets are nested more than 8 deep"),
    ("terms.csv", "warm,ANY,friendship,1,en,{pair},S", "at least one word of its own must stand in it"),
    ("terms.csv", "warm,ANY,friendship,1,en,{city} ties,S", "“{city}” is unknown; there are {pair} and {partner}"),
    ("terms.csv", "warm,ANY,friendship,1,zh,友好 * 关系,S", "“*” is for English"),
    ("terms.csv", "tr_root,ANY,traditional,1,ko,오랜 역사적 뿌리를 가진,S", "is already on line"),
    ("terms.csv", "warm,CN,kinship,2,en,[as close as] lips and teeth,S", "is already on line"),
    ("authority.csv", "king,5,en,statement,King", "code “king” is unknown; use one of leader, government"),
    ("authority.csv", "leader,eleven,en,statement,King", "level “eleven” is not a number from 1 to 10"),
    ("authority.csv", "leader,11,en,statement,King", "level “11” is not a number from 1 to 10"),
    ("authority.csv", "leader,5,fr,statement,King", "lang “fr” is unknown"),
    ("authority.csv", "leader,5,en,statement,", "needs both a document and a speaker; write ANY"),
    ("authority.csv", "leader,5,en,statement", "has 4 columns, not 5"),
    ("stance.csv", "sneer,-1,en,pooh", "manner “sneer” is unknown; use one of blame"),
    ("stance.csv", "blame,-3,en,pooh", "strength “-3” is not -2, -1, 1 or 2"),
    ("stance.csv", "blame,1,en,pooh", "a wish must be above 0, and everything else below it"),
    ("stance.csv", "wish,-1,en,pooh", "a wish must be above 0, and everything else below it"),
    ("stance.csv", "blame,-1,fr,bah", "lang “fr” is unknown"),
    ("stance.csv", "blame,-1,en,", "has no form"),
    ("stance.csv", "blame,-1,en,Condemn~", "“Condemn~” is already on line "),
    ("stance.csv", "blame,-1,en,*", "“*” does not begin with a word"),
    ("stance.csv", "blame,-1,en,~", "“~” does not begin with a word"),
    ("stance.csv", "blame,-1,en,* pooh", "“* pooh” does not begin with a word"),
    ("stance.csv", "blame,-1,ko,규*탄", "“규*탄”: * and ~ work in English and Spanish only"),
    ("authority.csv", "leader,5,en,*,King", "“*” contains no word"),
    ("authority.csv", "leader,5,en,statement,~", "“~” contains no word"),
    ("calendar.csv", "a_day,XX,10-01,1,out,message,1,1949,,a day,O", "partner “XX” is not in partners.csv"),
    ("calendar.csv", "a_day,CN,13-01,1,out,message,1,1949,,a day,O", "day “13-01” is not a day"),
    ("calendar.csv", "a_day,CN,10-05..10-01,1,out,message,1,1949,,a day,O", "ends before it begins"),
    ("calendar.csv", "a_day,CN,02-29,1,out,message,1,1949,,a day,O", "exists only in leap years"),
    ("calendar.csv", "a_day,CN,10-01,soon,out,message,1,1949,,a day,O", "grace “soon” is not a whole number"),
    ("calendar.csv", "a_day,CN,10-01,1,out,message,0,1949,,a day,O", "every “0” is not a whole number from 1 to 100"),
    (
        "calendar.csv",
        "a_day,CN,10-01,1000000000,out,message,1,1949,,a day,O",
        "grace “1000000000” is not a whole number from 0 to",
    ),
    ("calendar.csv", f"a_day,CN,10-01,1,out,message,1,{'9' * 5000},,a day,O", "is not a whole number from 1 to 9999"),
    ("calendar.csv", "a_day,CN,10-01,1,out,message,1,1949,from 2020,a day,O", "“from 2020” is not a span of years"),
    ("calendar.csv", "a_day,CN,10-01,1,up,message,1,1949,,a day,O", "direction “up” is unknown"),
    ("calendar.csv", "a_day,CN,10-01,1,out,parcel,1,1949,,a day,O", "item “parcel” is unknown"),
    ("calendar.csv", "a_day,CN,10-01,1,out,message,1,1949,,,O", "has no occasion"),
    ("calendar.csv", "cn_day,CN,10-01,1,out,message,1,1949,,a day,O", "id “cn_day” is already on line"),
    ("posts.csv", "boss,chief,,,", "kind “boss” is unknown; use one of first, second"),
    ("posts.csv", "abroad,,,,", "has no form in any language"),
    ("partners.csv", 'CN,name,"Cathay,,', "close every double quote"),  # the last: it takes in what comes after it
]

USELESS: Rows = [
    ("examples.csv", "kin_lips,en,yes,China and Vietnam are lips and teeth.", ""),  # read as the detector reads it
    ("examples.csv", "kin_pals,en,yes,The DPRK and China are pals.", "no form in “en” has the id “kin_pals”"),
    ("parallel.csv", "x,CN,,China.,중국.,中国。,China.", "stance “CN” is not written like"),
    ("parallel.csv", "x,CN+,,China.,중국.,中国。,China.", "the stance to CN is “0” in “ko”, and not “+”"),
    ("parallel.csv", "x,CN0,CN:blood,China.,중국.,中国。,China.", "the set phrases in “es” are none, and not CN:blood"),
    ("examples.csv", "kin_lips,en,maybe,The DPRK and China.", "expected “maybe” is neither yes nor no"),
    ("examples.csv", "kin_lips,en,yes,The DPRK and China are twins.", "kin_lips is not found in the sentence"),
    ("examples.csv", "kin_lips,en,yes,The DPRK-China friendship.", "found instead: fr_friendship"),
    (
        "examples.csv",
        "kin_lips,en,no,The DPRK and China are lips and teeth.",
        "is found in the sentence, but should",
    ),
    (
        "terms.csv",
        "kin_twins,CN,kinship,2,en,twin brothers in arms,S",
        "kin_twins has no example in “en” with expected",
    ),
    (
        "terms.csv",
        "kin_old,ANY,kinship,1,en,traditional {pair} friendship,S",
        "is never found: what it matches is taken for",
    ),
    ("terms.csv", "kin_old,ANY,kinship,1,ko,전통적인 {pair}친선,S", "is never found: what it matches is taken for"),
    ("families.csv", "warm,,fr_warm", "“fr_warm” is not an id of terms.csv"),
    ("persons.csv", "ru_xi,RU,,Xi Jinping,,,,", "“Xi Jinping” is of CN in partners.csv"),
    (
        "frames.csv",
        "message,,en,in,strong,{SIDE1} mailed {SIDE2},Laos wrote.,Peru wrote.",
        "no message of its example comes from it; fix the example or the frame",
    ),
    (
        "frames.csv",
        "message,,en,in,strong,{SIDE1} lent it to {SIDE2},Laos lent it to Kim Jong Un.,Mali lent it to Kim Jong Un.",
        "a message of its counterexample uses it; make the frame narrower",
    ),
    ("partners.csv", "CN,short,South China Sea,,,", "“South China Sea” is also a mask in titles.csv"),
    ("partners.csv", "CN,short,,,华,", "“华” is a single character, which is found inside other words"),
    ("partners.csv", "JP,name,,,友谊,", "which does not speak of JP; write more of the name"),
    (
        "terms.csv",
        "kin_x,CN,kinship,2,en,brother * * * * * * * * * * * * twin,S",
        "can match in so many ways that one sentence may take for ever",
    ),
]
"""Right by themselves; what is wrong shows only when they are tried."""


def faults_of_load(folder: Path) -> list[str]:
    with pytest.raises(LexiconError) as error:
        lexicon.load(folder)
    return str(error.value).splitlines()


def unnamed(folder: Path, rows: Rows, faults: Callable[[Path], list[str]]) -> list[tuple[str, str]]:
    """Add all rows at once, and return those whose expected message is missing, with their lines."""
    lines = [add(folder, file, row) for file, row, _ in rows]
    found = faults(folder)
    return [
        (f"{file}:{line}: {row[:80]}", says)
        for line, (file, row, says) in zip(lines, rows, strict=True)
        if not any(fault.startswith(f"{file}:{line}: ") and says in fault for fault in found)
    ]


def test_every_wrong_row_is_reported_with_file_line_and_fix(folder: Path) -> None:
    assert unnamed(folder, WRONG, faults_of_load) == []


def test_a_wrong_row_alone_is_the_only_fault(tmp_path: Path) -> None:
    for n, (file, row, _) in enumerate(WRONG[::20]):
        folder = Path(shutil.copytree(FOLDER, tmp_path / str(n)))
        line = add(folder, file, row)
        (fault,) = faults_of_load(folder)
        assert fault.startswith(f"{file}:{line}: ")


def test_a_check_reports_faults_that_only_show_in_use(folder: Path) -> None:
    assert unnamed(folder, USELESS, check_lexicon) == []
