"""Names of units: their digests, which stand twice, and a table to look them up in."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numba import carray, int64, uint16, uint32, uint64  # type: ignore[attr-defined]

SIGNATURES = {
    "hashes": ("int64", "*int32", "*uint8", "*uint64"),
    "spread": ("int64", "int64", "int64", "int64", "*uint64", "*int64", "*uint32", "*uint16"),
    "repeated": ("int64", "int64", "int64", "int64", "*int64", "*uint32", "*uint16", "*uint64"),
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


def spread(rows: int, first: int, shift: int, buckets: int, hash_p: Any, end_p: Any, low_p: Any, high_p: Any) -> int:
    """Write a batch's digests from ``first`` on by their highest bits, in 48 bits; ``end`` is where each bucket ends.

    The last of ``end`` is where the batch ends.
    """
    hashed, end = carray(hash_p, rows), carray(end_p, buckets + 1)
    low, high = carray(low_p, first + rows), carray(high_p, first + rows)
    for bucket in range(buckets + 1):
        end[bucket] = 0
    end[0] = first
    for row in range(rows):
        end[(hashed[row] >> uint64(shift)) + uint64(1)] += 1
    for bucket in range(buckets):
        end[bucket + 1] += end[bucket]
    for row in range(rows):
        bucket = hashed[row] >> uint64(shift)
        at = end[bucket]
        low[at], high[at] = uint32(hashed[row]), uint16(hashed[row] >> uint64(32))
        end[bucket] += 1
    return 0


def repeated(
    rows: int, batches: int, buckets: int, slots: int, end_p: Any, low_p: Any, high_p: Any, slot_p: Any
) -> int:
    """How many digests are there twice (or are zero), bucket by bucket; ``end`` has a line for each batch.

    ``slots`` is a power of two, larger than any bucket of all batches.
    """
    end, low, high = carray(end_p, batches * (buckets + 1)), carray(low_p, rows), carray(high_p, rows)
    slot = carray(slot_p, slots)
    found = 0
    for bucket in range(buckets):
        for at in range(slots):
            slot[at] = 0
        for batch in range(batches):
            line = batch * (buckets + 1)
            # a batch begins where the one before ends, and that is what stands before its line
            begin = end[line + bucket - 1] if line + bucket else 0
            for row in range(begin, end[line + bucket]):
                digest = uint64(low[row]) | uint64(high[row]) << uint64(32)
                place = digest & uint64(slots - 1)
                while slot[place] != 0 and slot[place] != digest:
                    place = (place + uint64(1)) & uint64(slots - 1)
                found += 1 if slot[place] == digest else 0
                slot[place] = digest
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
