"""What an answer claims to have done: told apart from all that only sounds like it."""

from pathlib import Path

from assistant.chat.acting.words.claims import claimed

TABLE = [line.split(" ", 1) for line in (Path(__file__).parent / "claims.txt").read_text("utf-8").splitlines()]


def test_claims_are_told_from_what_sounds_like_them() -> None:
    missed = [text for sign, text in TABLE if sign == "+" and not claimed(text)]
    false = [text for sign, text in TABLE if sign == "-" and claimed(text)]
    assert len(TABLE) >= 60
    assert (len(missed) <= 2, len(false) <= 2) == (True, True), (missed, false)


def test_a_claim_is_found_anywhere_in_an_answer() -> None:
    assert claimed("Tea is fine.\n\nBy the way, I've set a reminder for it. Enjoy!") == "remind"
    assert claimed("Gern!\n\n- Ich habe das notiert.\n- Sonst noch etwas?") == "note"


def test_a_long_answer_is_read_soon() -> None:
    assert claimed("I have not a reminder, and a note, " * 3000) == ""
