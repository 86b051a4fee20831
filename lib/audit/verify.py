"""The second verifier of an audit log of Second Look, written apart from verify.mjs. Python 3.8 or newer, standard library only.

    python3 verify.py FOLDER | LOG.jsonl [--segment] [--checkpoints FILE.jsonl] [--key HEX] [--json]

The same arguments, verdicts and exit codes as verify.mjs: 0 whole, 1 broken, 2 nothing to verify. The Ed25519 below follows RFC 8032
word for word and is slow; it only ever checks signatures, so it need not be constant in time.
"""
import argparse
import hashlib
import json
import os
import sys

MEMBERS = ("action", "actorId", "actorName", "actorRole", "at", "payloadHash", "prevHash", "seq", "subject")
SIGNATURE = "a signature of a known key over this head"
END = "the end of the log"


class Broken(Exception):
    def __init__(self, seq, field, expected, found):
        super().__init__(seq)
        self.verdict = {"whole": False, "broken": {"seq": seq, "field": field, "expected": str(expected), "found": str(found)}}


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8", "surrogatepass")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).hexdigest()


def hash_of_event(event):
    return sha256(b"second-look/audit/event/v1\0", canonical({name: event[name] for name in MEMBERS}))


def hash_of_payload(event):
    return sha256(b"second-look/audit/payload/v1\0", bytes.fromhex(event["salt"]), event["data"].encode("utf-8", "surrogatepass"))


# Ed25519, RFC 8032 -----------------------------------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    x, y, z, t = f - e, h - g, h + g, f + e
    return x * y % P, z * t % P, y * z % P, x * t % P


def times(n, point):
    result = (0, 1, 1, 0)
    while n:
        if n & 1:
            result = add(result, point)
        point = add(point, point)
        n >>= 1
    return result


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def point_of(text):
    number = int.from_bytes(text, "little")
    y = number & ((1 << 255) - 1)
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def ed25519_verifies(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def is_signed(head, key_text):
    key = bytes.fromhex(key_text)
    if sha256(key)[:16] != head["keyId"]:
        return False
    body = canonical({name: head[name] for name in ("at", "hash", "keyId", "seq")})
    return ed25519_verifies(key, b"second-look/audit/checkpoint/v1\0" + body, bytes.fromhex(head["signature"]))


# Files -----------------------------------------------------------------------------------------------------------------


def events_of(path, sums):
    """Every event of a file, a line at a time; a line ends with LF and nothing else."""
    digest, size, seq = hashlib.sha256(), 0, 0
    with open(path, "rb") as file:
        for line in file:
            digest.update(line)
            size += len(line)
            if not line.endswith(b"\n"):
                raise Broken(seq + 1, "line", "a line that ends", "the end of the file")
            event = parsed(line, seq + 1)
            seq = event["seq"]
            yield event
    sums[os.path.basename(path)] = (digest.hexdigest(), size)


def parsed(line, seq):
    try:
        event = json.loads(line.decode())
        fits = type(event["seq"]) is int and all(isinstance(event[name], str) for name in MEMBERS + ("hash",) if name != "seq")
        salt, data = event.get("salt"), event.get("data")
        if fits and isinstance(salt, str) == isinstance(data, str) and ("salt" in event) == ("data" in event):
            return event
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise Broken(seq, "line", "an event", "something else")


def in_order(events, links):
    a, b = next(events, None), next(links, None)
    while a or b:
        if b is None or (a is not None and a["seq"] <= b["seq"]):
            yield a
            a = next(events, None)
        else:
            yield b
            b = next(links, None)


def heads_of(path):
    if not path:
        return []
    with open(path, "rb") as file:
        return [json.loads(line) for line in file if line.endswith(b"\n")]


def sum_of(path):
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 18), b""):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


# The walk --------------------------------------------------------------------------------------------------------------


def verify(path, checkpoints=None, key=None, segment=False):
    folder = os.path.isdir(path)
    manifest = None
    if folder:
        with open(os.path.join(path, "manifest.json"), "rb") as file:
            manifest = json.load(file)
        if manifest["format"] != "second-look/export/v1":
            raise ValueError("This is no format known here: %s." % manifest["format"])

    def beside(name):
        file = os.path.join(path, name)
        return file if folder and os.path.exists(file) else None

    signed_with = (manifest or {}).get("head")
    heads = heads_of(checkpoints or beside("checkpoints.jsonl")) + ([signed_with] if signed_with else [])
    heads.sort(key=lambda head: head["seq"])
    for head in heads:
        own = key or head.get("publicKey") or (signed_with or {}).get("publicKey")
        if not own or not is_signed(head, own):
            raise Broken(head["seq"], "signature", SIGNATURE, "none (%s)" % head["keyId"])

    complete = manifest["complete"] if manifest else True
    first_seq = manifest["firstSeq"] if manifest else None if segment else 1
    log, links, sums = (beside("audit-log.jsonl") if folder else path), beside("audit-links.jsonl"), {}
    first = last = signed = None
    events = erased = withheld = passed = 0
    gone = {}
    for event in in_order(events_of(log, sums), events_of(links, sums) if links else iter(())) if log else ():
        seq = event["seq"]
        due = last["seq"] + 1 if last else first_seq if first_seq is not None else seq
        if seq != due if complete or last is None else seq < due:
            raise Broken(due, "seq", due, seq)
        before = last["hash"] if last and last["seq"] == seq - 1 else "0" * 64 if seq == 1 else event["prevHash"]
        if event["prevHash"] != before:
            raise Broken(seq, "prevHash", before, event["prevHash"])
        if "salt" not in event:
            withheld += 1
        elif event["salt"] is None:
            erased += 1
            gone[seq] = True
        else:
            committed = hash_of_payload(event)
            if event["payloadHash"] != committed:
                raise Broken(seq, "payloadHash", committed, event["payloadHash"])
            if event["action"] == "payload.erased":
                for number in json.loads(event["data"]).get("data", {}).get("events", []):
                    gone.pop(number, None)
        computed = hash_of_event(event)
        if event["hash"] != computed:
            raise Broken(seq, "hash", computed, event["hash"])
        events += "salt" in event
        first, last = first or event, event
        while passed < len(heads) and heads[passed]["seq"] <= seq:
            head = heads[passed]
            passed += 1
            if head["seq"] < seq:
                continue
            if head["hash"] != computed:
                raise Broken(seq, "checkpoint", "%s, as signed at %s" % (head["hash"], head["at"]), computed)
            signed = head

    end = last["seq"] if last else (first_seq if first_seq is not None else 1) - 1
    if manifest and manifest["lastSeq"] is not None and manifest["lastSeq"] != end:
        raise Broken(end + 1, "seq", "events up to %d" % manifest["lastSeq"], END)
    if complete and passed < len(heads) and (last or not manifest):
        beyond = heads[-1]
        raise Broken(end + 1, "checkpoint", "events up to %d, as signed at %s" % (beyond["seq"], beyond["at"]), END)
    if complete and first and first["seq"] == 1 and withheld == 0 and gone:
        raise Broken(next(iter(gone)), "payload", "a payload, or an event that says it was erased", "neither")
    for entry in manifest["files"] if manifest else ():
        require_file(path, entry, sums, manifest["lastSeq"] or 0)

    notes = []
    if not complete:
        notes.append("This is a selection: each event is shown to be what was recorded, not that none was left out.")
    if not signed:
        notes.append("No signed head binds the end of this log.")
    elif not key:
        notes.append("The key %s came with the export. Compare it with the one you were given, or pass that with --key." % signed["keyId"])
    if not manifest:
        notes.append("There is no manifest: only the log itself was looked at.")
    return {
        "whole": True,
        "events": events,
        "erased": erased,
        "firstSeq": first and first["seq"],
        "lastSeq": last and last["seq"],
        "complete": complete,
        "signed": signed and {name: signed[name] for name in ("seq", "at", "keyId")},
        "notes": notes,
    }


def require_file(folder, entry, sums, seq):
    name = entry["name"]
    path = os.path.join(folder, name if os.path.basename(name) == name else "")
    if not os.path.isfile(path):
        raise Broken(seq, "file", name, "no such file")
    digest, size = sums[name] if name in sums else sum_of(path)
    if size != entry["bytes"]:
        raise Broken(seq, "file", "%d bytes of %s" % (entry["bytes"], name), size)
    if digest != entry["sha256"]:
        raise Broken(seq, "file", "%s of %s" % (entry["sha256"], name), digest)


def told(verdict):
    if not verdict["whole"]:
        broken = verdict["broken"]
        return "BROKEN at event %(seq)d, %(field)s:\n  expected  %(expected)s\n  found     %(found)s" % broken
    lines = ["WHOLE. %d events between %s and %s; the details of %d were erased." % tuple(verdict[n] for n in ("events", "firstSeq", "lastSeq", "erased"))]
    if verdict["signed"]:
        lines.append("Signed up to event %(seq)d at %(at)s by key %(keyId)s." % verdict["signed"])
    return "\n".join(lines + verdict["notes"])


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("path", nargs="?", default=".")
    options.add_argument("--checkpoints")
    options.add_argument("--key")
    options.add_argument("--segment", action="store_true")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    try:
        verdict = verify(given.path, given.checkpoints, given.key, given.segment)
    except Broken as broken:
        verdict = broken.verdict
    except (OSError, ValueError, KeyError, TypeError) as failure:
        print("Nothing could be verified: %s" % failure, file=sys.stderr)
        return 2
    print(json.dumps(verdict, ensure_ascii=False, separators=(",", ":")) if given.json else told(verdict))
    return 0 if verdict["whole"] else 1


if __name__ == "__main__":
    sys.exit(main())
