"""families.csv: groups of set phrases, coarse enough to compare the wording of different years."""

from __future__ import annotations

from sunchi.lexicon.columns import Rows, split_forms, wrong_id

COLUMNS = ("family", "implies", "terms")


def families(file: Rows) -> dict[str, tuple[str, ...]]:
    """Read the rows of families.csv into a mapping from the id of a term to its families, including implied ones."""
    implied: dict[str, tuple[str, ...]] = {}  # each family implies itself
    found: dict[str, list[str]] = {}
    for line, row in file.rows():
        family = row["family"]
        wrong = list(wrong_id(family))
        if family in implied:
            wrong.append(f"family “{family}” is already above; put all its terms into one row")
        above, held = split_forms(row["implies"]), split_forms(row["terms"])
        wrong += [f"implies “{it}”, which no line above defines; add it there" for it in above if it not in implied]
        file.fault(line, *wrong)
        if not wrong:
            others = (each for other in above for each in implied[other])
            implied[family] = tuple(dict.fromkeys((family, *others)))
            for term in held:
                found.setdefault(term, []).append(family)
    return {term: tuple(dict.fromkeys(e for family in some for e in implied[family])) for term, some in found.items()}
