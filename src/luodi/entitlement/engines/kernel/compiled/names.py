"""Names of units: their digests, which stand twice, and a table to look them up in."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numba import carray, int64, uint64  # type: ignore[attr-defined]

SIGNATURES = {
    "hashes": ("int64", "*int32", "*uint8", "*uint64"),
    "spread": ("int64", "int64", "int64", "*uint64", "*int32", "*uint64"),
    "repeated": ("int64", "int64", "*uint64", "*uint64"),
    "index": ("int64", "int64", "*uint64", "*int32"),
    "look_up": ("int64",) * 3 + ("*uint64", "*int32", "*uint8", "*int32", "*uint64", "*int32", "*uint8", "*int32"),
}


def hashes(rows: int, offsets_p: Any, bytes_p: Any, hash_p: Any) -> int:
    """A 64-bit digest of each name."""
    offsets, hashed = carray(offsets_p, rows + 1), carray(hash_p, rows)
    text = carray(bytes_p, int64(offsets[rows]) + 1)
    for row in range(rows):
        at, end = uint64(offsets[row]), uint64(offsets[row + 1])
        found = uint64(14695981039346656037) ^ (end - at)
        while at < end:
            word = uint64(0)
            if at + uint64(8) <= end:
                for byte in range(uint64(8)):
                    word |= uint64(text[at + byte]) << (byte * uint64(8))
                at += uint64(8)
            else:
                word = uint64(text[at])
                at += uint64(1)
            found = (found ^ word) * uint64(0xD6E8FEB86659FD93)
            found ^= found >> uint64(32)
        hashed[row] = found * uint64(0xD6E8FEB86659FD93) ^ (found >> uint64(29))
    return 0


def spread(rows: int, shift: int, buckets: int, hash_p: Any, end_p: Any, out_p: Any) -> int:
    """The digests by their highest bits; ``end`` is where each bucket ends."""
    hashed, end, out = carray(hash_p, rows), carray(end_p, buckets + 1), carray(out_p, rows)
    for bucket in range(buckets + 1):
        end[bucket] = 0
    for row in range(rows):
        end[(hashed[row] >> uint64(shift)) + uint64(1)] += 1
    for bucket in range(buckets):
        end[bucket + 1] += end[bucket]
    for row in range(rows):
        bucket = hashed[row] >> uint64(shift)
        out[end[bucket]] = hashed[row]
        end[bucket] += 1
    return 0


def repeated(rows: int, slots: int, hash_p: Any, slot_p: Any) -> int:
    """How many digests are there twice (or are zero); ``slots`` is a power of two, zeroed."""
    hashed, slot = carray(hash_p, rows), carray(slot_p, slots)
    found = 0
    for row in range(rows):
        at = hashed[row] & uint64(slots - 1)
        while slot[at] != 0 and slot[at] != hashed[row]:
            at = (at + uint64(1)) & uint64(slots - 1)
        found += 1 if slot[at] == hashed[row] else 0
        slot[at] = hashed[row]
    return found


def index(names: int, slots: int, hash_p: Any, slot_p: Any) -> int:
    """Put different names into a table of ``slots`` (a power of two, zeroed) by their digests; slots hold place + 1."""
    hashed, slot = carray(hash_p, names), carray(slot_p, slots)
    for name in range(names):
        at = hashed[name] & uint64(slots - 1)
        while slot[at] != 0:
            at = (at + uint64(1)) & uint64(slots - 1)
        slot[at] = name + 1
    return 0


def look_up(
    rows: int,
    slots: int,
    names: int,
    hash_p: Any,
    offsets_p: Any,
    bytes_p: Any,
    slot_p: Any,
    name_hash_p: Any,
    name_offsets_p: Any,
    name_bytes_p: Any,
    place_p: Any,
) -> int:
    """The place of each row's name in the table, -1 where it is not there; returns how many are."""
    hashed, offsets, slot = carray(hash_p, rows), carray(offsets_p, rows + 1), carray(slot_p, slots)
    name_hash, name_offsets = carray(name_hash_p, names), carray(name_offsets_p, names + 1)
    text, name_text = carray(bytes_p, int64(offsets[rows]) + 1), carray(name_bytes_p, int64(name_offsets[names]) + 1)
    place = carray(place_p, rows)
    found = 0
    for row in range(rows):
        place[row] = -1
        at = hashed[row] & uint64(slots - 1)
        while slot[at] != 0:
            name = slot[at] - 1
            if name_hash[name] == hashed[row]:
                size = offsets[row + 1] - offsets[row]
                same = size == name_offsets[name + 1] - name_offsets[name]
                for step in range(size if same else 0):
                    if text[offsets[row] + step] != name_text[name_offsets[name] + step]:
                        same = False
                        break
                if same:
                    place[row] = name
                    found += 1
                    break
            at = (at + uint64(1)) & uint64(slots - 1)
    return found
