"""The second verifier of an audit log of Second Look, written apart from verify.mjs. Python 3.8 or newer, standard library only.

    python3 verify.py FOLDER | LOG.jsonl [--segment] [--checkpoints FILE.jsonl] [--key HEX ...] [--json]

The same arguments, verdicts and exit codes as verify.mjs: 0 whole, 1 broken, 2 nothing to verify. The Ed25519 below follows RFC 8032
word for word and is slow; it only ever checks signatures, so it need not be constant in time.
"""
import argparse
import hashlib
import json
import os
import re
import sys

MEMBERS = ("action", "actorId", "actorName", "actorRole", "at", "payloadHash", "prevHash", "seq", "subject")
HEX = re.compile("[0-9a-f]*")
# Tables whose rows are about several cases.
SHARED = ("batch", "proposed_change", "change_verdict")
# Which events bind rows of the console's tables, by the kind of row, and the kinds of tables that are not of their own name.
KINDS = {
    "decision": ("decision.made",),
    "withdrawal": ("decision.withdrawn",),
    "approval": ("approval.given", "approval.refused",),
    "qa_review": ("qa.reviewed",),
    "note": ("note.added",),
    "assignment": ("case.assigned",),
    "escalation": ("case.escalated", "case.de-escalated",),
    "snooze": ("case.snoozed",),
    "skip": ("case.skipped",),
    "reopening": ("case.reopened",),
    "legal_hold": ("hold.placed", "hold.lifted",),
    "erasure": ("case.erased",),
    "evidence_hash": ("evidence.first-seen", "evidence.changed",),
    "evidence_loss": ("evidence.lost", "evidence.restored", "evidence.loss-reviewed",),
    "evidence_acknowledgement": ("evidence.acknowledged",),
    "policy": ("policy.changed",),
    "batch": ("batch.run",),
    "draw_grant": ("queue.granted",),
    "coordinate_setting": ("connection.coordinates-set",),
    "viewing_preference": ("preference.changed",),
    "key_preference": ("keys.changed",),
    "credential_event": ("user.added", "user.password-changed", "user.provider-bound", "user.credential-changed", "password.changed",),
    "proposed_change": ("change.proposed",),
    "change_verdict": ("change.approved", "change.refused", "change.withdrawn",),
    "change_effect": ("change.took-effect", "change.lapsed",),
}
KIND_OF_TABLE = {"evidence_drift": "evidence_hash"}
KIND_OF_ACTION = {action: kind for kind, actions in KINDS.items() for action in actions}
# The members of a line of the log, and of its links, in their order.
LINK = ["seq", "at", "actorId", "actorName", "actorRole", "action", "subject", "payloadHash", "prevHash", "hash"]
SALT = re.compile("[0-9a-f]{64}")
SIGNATURE = "a signature of a known key over this head"
GIVEN = "a signature of a key you gave"
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


def key_id_of(key_text):
    return sha256(bytes.fromhex(key_text))[:16]


def is_signed(head, key_text):
    if key_id_of(key_text) != head["keyId"]:
        return False
    body = canonical({name: head[name] for name in ("at", "hash", "keyId", "restored", "seq") if name in head})
    return ed25519_verifies(bytes.fromhex(key_text), b"second-look/audit/checkpoint/v1\0" + body, bytes.fromhex(head["signature"]))


def is_signed_manifest(text, found):
    message = b"second-look/export/manifest/v1\0" + text
    key = found["publicKey"]
    return key_id_of(key) == found["keyId"] and ed25519_verifies(bytes.fromhex(key), message, bytes.fromhex(found["signature"]))


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
    """A line is the JSON of exactly its members in their order, without blanks, as it was written: every verifier reads the same in it."""
    try:
        event = strict_json(line.decode())
        if is_event(event) and (json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n").encode() == line:
            return event
    except (ValueError, RecursionError):
        pass
    raise Broken(seq, "line", "an event", "something else")


def is_event(event):
    if not isinstance(event, dict) or type(event.get("seq")) is not int or abs(event["seq"]) >= 1 << 53:
        return False
    names = list(event)
    if names not in (LINK, LINK + ["salt", "data"]) or not all(isinstance(event[name], str) for name in LINK[1:]):
        return False
    salt, data = event.get("salt"), event.get("data")
    return salt is data is None or isinstance(data, str) and isinstance(salt, str) and SALT.fullmatch(salt) is not None


def refuse_constant(name):
    raise ValueError("%s is no JSON." % name)


def strict_json(text):
    return json.loads(text, parse_constant=refuse_constant)


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
    """The signed heads of a file, and which of its lines hold none."""
    heads, torn = [], []
    if not path:
        return heads, torn
    with open(path, "rb") as file:
        for number, line in enumerate(file.read().split(b"\n"), 1):
            head = json_of(line)
            if is_head(head):
                heads.append(with_range(head))
            elif line:
                torn.append({"file": os.path.basename(path), "line": number})
    return heads, torn


def json_of(text):
    try:
        return strict_json(text.decode() if isinstance(text, bytes) else text)
    except (ValueError, RecursionError):
        return None


def is_hex(value, digits):
    return isinstance(value, str) and len(value) == digits and HEX.fullmatch(value) is not None


def is_count(value):
    return type(value) is int and value > 0


def is_head(head):
    if not isinstance(head, dict) or not is_count(head.get("seq")) or not isinstance(head.get("at"), str):
        return False
    if not (is_hex(head.get("hash"), 64) and is_hex(head.get("keyId"), 16) and is_hex(head.get("signature"), 128)):
        return False
    if "publicKey" in head and not is_hex(head["publicKey"], 64):
        return False
    lost = head.get("restored")
    return "restored" not in head or (isinstance(lost, dict) and is_count(lost.get("from")) and is_count(lost.get("to")))


def with_range(head):
    lost = head.get("restored")
    return {**head, "restored": {"from": lost["from"], "to": lost["to"]}} if lost else head


def manifest_signature(path, text, seq):
    if not path:
        return None
    with open(path, "rb") as file:
        found = json_of(file.read())
    fits = isinstance(found, dict) and is_hex(found.get("keyId"), 16) and is_hex(found.get("publicKey"), 64) and is_hex(found.get("signature"), 128)
    if not fits or not is_signed_manifest(text, found):
        raise Broken(seq, "signature", "a signature over manifest.json", "one that does not fit")
    return found


def sum_of(path):
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 18), b""):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


# The walk --------------------------------------------------------------------------------------------------------------


class Heads:
    """The signed heads, compared with the log as it is walked."""

    def __init__(self, heads):
        self.all = sorted(heads, key=lambda head: (head["seq"], head["at"]))
        self.next, self.signed, self.held, self.open = 0, [], [], []

    def begin(self, event):
        earlier = [head for head in self.all if head["seq"] < event["seq"]]
        self.held = [head for head in earlier if "restored" in head]
        self.next = sum(head["seq"] < event["seq"] - 1 for head in earlier)
        self.compare(event["seq"] - 1, event["prevHash"], None)

    def compare(self, seq, digest, action):
        while self.next < len(self.all) and self.all[self.next]["seq"] <= seq:
            head = self.all[self.next]
            self.next += 1
            if head["seq"] < seq:
                continue
            if head["hash"] == digest:
                self.signed.append(head)
                if "restored" in head and action == "log.restored":
                    self.held.append(head)
                continue
            broken = Broken(seq, "checkpoint", "%s, as signed at %s" % (head["hash"], head["at"]), digest)
            if not any(explains(one, head) for one in self.all):
                raise broken
            self.open.append((head, broken))

    def explained(self, head):
        return any(explains(one, head) for one in self.held)

    def beyond(self):
        left = [head for head in self.all[self.next :] if not self.explained(head)]
        return left[-1] if left else None


def explains(one, head):
    lost = one.get("restored")
    return lost is not None and lost["from"] <= head["seq"] <= lost["to"] and head["at"] < one["at"]


def take_rows(rows, event, bindings):
    """The hash of a row in the console's tables is bound once. Only the erasure of its case may bind it again, as it left it: the event then
    binds a new row of `erasure`, is about the same case, and repeats `lasting`, the hash of what an erasure leaves alone. Returns what an
    erasure binds, else None."""
    erases = event["action"] == "case.erased" and any(
        bound["table"] == "erasure" and "erasure %s" % bound["id"] not in rows for bound in bindings)
    for bound in bindings:
        row = "%s %s" % (bound["table"], bound["id"])
        lasting = bound.get("lasting", bound["sha256"])
        sha256, kept, about = rows.get(row, (bound["sha256"], lasting, event["subject"]))
        own = about == event["subject"] or not about.startswith("verification:") or bound["table"] in SHARED
        if sha256 != bound["sha256"] and not (erases and own and kept == lasting):
            raise Broken(event["seq"], "rows", "%s with the hash %s" % (row, sha256), bound["sha256"])
        rows[row] = (bound["sha256"], lasting, about)
    return bindings if erases else None


def bound_in(said):
    """The rows an event binds; none where one of them is no such row."""
    rows = said.get("rows")
    fits = isinstance(rows, list) and all(
        isinstance(row, dict) and all(isinstance(row.get(name), str) for name in ("table", "id", "sha256"))
        and isinstance(row.get("lasting", ""), str) for row in rows)
    return rows if fits else []


class Gone:
    """The payloads that are gone. One may be gone only where an event `payload.erased` names its event, and a later `case.erased` about the same
    subject, which binds a new row of `erasure`, binds as many rows of its kind again as went. An event about a case goes with that case alone."""

    def __init__(self):
        self.events, self.said, self.waiting = {}, set(), {}

    def say(self, subject, said):
        data = said.get("data")
        events = data.get("events") if isinstance(data, dict) else None
        for seq in events if isinstance(events, list) else ():
            if type(seq) is not int or seq not in self.events or seq in self.said:
                continue
            about = self.events[seq]["subject"]
            if about == subject or not about.startswith("verification:"):
                self.said.add(seq)
                self.waiting.setdefault(subject, []).append(seq)

    def settle(self, subject, bindings):
        left = {}
        for bound in bindings:
            kind = KIND_OF_TABLE.get(bound["table"], bound["table"])
            left[kind] = left.get(kind, 0) + 1
        for seq in sorted(self.waiting.pop(subject, ())):
            kind = KIND_OF_ACTION.get(self.events[seq]["action"])
            amount = 1 if kind is None else left.get(kind, 0)
            left[kind] = amount - 1
            if amount > 0:
                del self.events[seq]


def verify(path, checkpoints=None, key=None, segment=False):
    keys = [] if key is None else [key] if isinstance(key, str) else key
    if not all(is_hex(one, 64) for one in keys):
        raise ValueError("A public key has 64 hex digits in lower case.")
    folder = os.path.isdir(path)
    manifest = text = None
    if folder:
        with open(os.path.join(path, "manifest.json"), "rb") as file:
            text = file.read()
        manifest = strict_json(text.decode())
        if manifest["format"] != "second-look/export/v1":
            raise ValueError("This is no format known here: %s." % manifest["format"])

    def beside(name):
        file = os.path.join(path, name)
        return file if folder and os.path.exists(file) else None

    end_of_manifest = (manifest or {}).get("lastSeq") or 0
    require_named(manifest, beside, end_of_manifest)
    files = [heads_of(one) for one in (beside("checkpoints.jsonl"), checkpoints)]
    given, torn = [head for heads, _ in files for head in heads], [line for _, lines in files for line in lines]
    signed_with = (manifest or {}).get("head")
    if signed_with:
        if not is_head(signed_with):
            raise Broken(end_of_manifest, "signature", SIGNATURE, "something else")
        given.append(with_range(signed_with))
    heads = Heads(given)
    known = {key_id_of(one): one for one in keys + [head["publicKey"] for head in heads.all if "publicKey" in head]}
    for head in heads.all:
        own = known.get(head["keyId"])
        if not own or not is_signed(head, own):
            raise Broken(head["seq"], "signature", SIGNATURE, "none (%s)" % head["keyId"])
    signature = manifest_signature(beside("manifest.sig"), text, end_of_manifest) if folder else None

    complete = manifest["complete"] if manifest else True
    first_seq = manifest["firstSeq"] if manifest else None if segment else 1
    log, links, sums = (beside("audit-log.jsonl") if folder else path), beside("audit-links.jsonl"), {}
    first = last = None
    events = erased = 0
    gone, replaced, rows = Gone(), [], {}
    for event in in_order(events_of(log, sums), events_of(links, sums) if links else iter(())) if log else ():
        seq = event["seq"]
        due = last["seq"] + 1 if last else first_seq if first_seq is not None else seq
        if seq != due if complete or last is None else seq < due:
            raise Broken(due, "seq", due, seq)
        before = last["hash"] if last and last["seq"] == seq - 1 else "0" * 64 if seq == 1 else event["prevHash"]
        if event["prevHash"] != before:
            raise Broken(seq, "prevHash", before, event["prevHash"])
        said = {}
        if event.get("salt", "") is None:
            erased += 1
            gone.events[seq] = event
        elif "salt" in event:
            committed = hash_of_payload(event)
            if event["payloadHash"] != committed:
                raise Broken(seq, "payloadHash", committed, event["payloadHash"])
        computed = hash_of_event(event)
        if event["hash"] != computed:
            raise Broken(seq, "hash", computed, event["hash"])
        text_of = event.get("data") or ""
        if '"rows":[{' in text_of or text_of and event["action"] == "payload.erased":
            found = json_of(text_of)
            said = found if isinstance(found, dict) else {}
        bindings = take_rows(rows, event, bound_in(said))
        if event["action"] == "payload.erased":
            gone.say(event["subject"], said)
        elif bindings:
            gone.settle(event["subject"], bindings)
        events += "salt" in event
        if first is None:
            first = event
            heads.begin(event)
        last = event
        if event["action"] == "key.rotated":
            replaced.append((seq, event["subject"][4:] if event["subject"].startswith("key:") else ""))
        heads.compare(seq, computed, event["action"])

    for head, broken in heads.open:
        if not heads.explained(head):
            raise broken
    end = last["seq"] if last else (first_seq if first_seq is not None else 1) - 1
    if manifest and manifest["lastSeq"] is not None and manifest["lastSeq"] != end:
        raise Broken(end + 1, "seq", "events up to %d" % manifest["lastSeq"], END)
    beyond = heads.beyond()
    if complete and beyond and (last or not manifest):
        raise Broken(end + 1, "checkpoint", "events up to %d, as signed at %s" % (beyond["seq"], beyond["at"]), END)
    if gone.events:
        raise Broken(next(iter(gone.events)), "payload", "a payload, or the erasure of a case that took it", "neither")
    require_replaced(heads, last, replaced, signature)
    if keys:
        require_keys(heads, first, last, complete, replaced, manifest, signature, keys)
    for entry in manifest["files"] if manifest else ():
        require_file(path, entry, sums, manifest["lastSeq"] or 0)
    return verdict_of(heads, first, last, complete, events, erased, manifest, signature, keys, torn)


def require_replaced(heads, last, replaced, signature):
    """A replaced key signs nothing after the event that replaced it. Heads of lost events stay what they are, whatever number was given again."""
    until = {}
    for seq, key in replaced:
        if is_hex(key, 64):
            until.setdefault(key_id_of(key), seq)
    used, text = "one of a key still in use", "one of key %s, which event %d replaced"
    for head in heads.all:
        key = head["keyId"]
        if key in until and head["seq"] > until[key] and not heads.explained(head):
            raise Broken(head["seq"], "signature", used, text % (key, until[key]))
    if signature and signature["keyId"] in until:
        raise Broken(last["seq"], "signature", used + ", over manifest.json", text % (signature["keyId"], until[signature["keyId"]]))


def require_keys(heads, first, last, complete, replaced, manifest, signature, keys):
    """With a key: the end of the log, every head that was compared and the manifest are signed by it, or by a key it replaced."""
    trusted, before = {key_id_of(one) for one in keys}, -1
    while before != len(trusted):
        before = len(trusted)
        newest = max([head["seq"] for head in heads.signed if head["keyId"] in trusted], default=0)
        trusted |= {key_id_of(one) for seq, one in replaced if seq <= newest and is_hex(one, 64)}
    end = last["seq"] if last else 0
    for head in heads.all:
        if last and head["seq"] >= first["seq"] - 1 and head["keyId"] not in trusted:
            raise Broken(head["seq"], "signature", GIVEN, "one of key %s" % head["keyId"])
    if complete and (last or not manifest) and not any(head["seq"] == end for head in heads.signed):
        raise Broken(end, "signature", GIVEN, "none")
    if not manifest:
        return
    signed_with = manifest["head"]
    if signed_with and signed_with["keyId"] not in trusted:
        raise Broken(end, "signature", GIVEN, "one of key %s" % signed_with["keyId"])
    if not signed_with and last:
        raise Broken(end, "signature", GIVEN, "none")
    if not signature or signature["keyId"] not in trusted:
        raise Broken(end, "signature", GIVEN + ", over manifest.json", "one of key %s" % signature["keyId"] if signature else "none")


def verdict_of(heads, first, last, complete, events, erased, manifest, signature, keys, torn):
    head = heads.signed[-1] if heads.signed else None
    ends_signed = head is not None and last is not None and head["seq"] == last["seq"]
    bound = signature is not None and (ends_signed or not complete or not last) if manifest else ends_signed
    trust = "given-key" if keys else "own-key" if bound else "unsigned"
    gaps = [{"from": one["restored"]["from"], "to": one["restored"]["to"], "seq": one["seq"], "at": one["at"]} for one in heads.held]
    notes = []
    if not complete and last:
        notes.append("This is a selection: nothing shows that no event was left out.")
    if trust == "unsigned":
        notes.append("UNSIGNED: no signature binds this, so whoever held it can have changed any of it.")
    if trust == "own-key":
        own = (signature or head)["keyId"]
        notes.append("The key %s came with the export. Compare it with the one you were given, or pass that with --key." % own)
    for gap in gaps:
        notes.append("Events %(from)d to %(to)d were lost in a restore, as event %(seq)d declares." % gap)
    for line in torn:
        notes.append("Line %(line)d of %(file)s holds no signed head and was skipped." % line)
    if not manifest:
        notes.append("There is no manifest: only the log itself was looked at.")
    return {
        "whole": True,
        "events": events,
        "erased": erased,
        "firstSeq": first and first["seq"],
        "lastSeq": last and last["seq"],
        "complete": complete,
        "signed": head and {name: head[name] for name in ("seq", "at", "keyId")},
        "trust": trust,
        "gaps": gaps,
        "torn": torn,
        "notes": notes,
    }


def require_named(manifest, beside, seq):
    """What is read beside the manifest is named by it: its signature binds no other file."""
    named = {entry["name"] for entry in manifest["files"]} if manifest else ()
    for name in ("audit-log.jsonl", "audit-links.jsonl", "checkpoints.jsonl"):
        if beside(name) and name not in named:
            raise Broken(seq, "file", "files that manifest.json names", name)


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
    unsigned = " BUT UNSIGNED" if verdict["trust"] == "unsigned" else ""
    events = "%(events)d events between %(firstSeq)s and %(lastSeq)s" % verdict if verdict["events"] else "No events"
    bound = ", each bound to the one before it" if verdict["complete"] else ""
    erased = "; the details of %d were erased" % verdict["erased"] if verdict["erased"] else ""
    lines = ["WHOLE%s. %s%s%s." % (unsigned, events, bound, erased)]
    if verdict["signed"]:
        lines.append("Signed up to event %(seq)d at %(at)s by key %(keyId)s." % verdict["signed"])
    return "\n".join(lines + verdict["notes"])


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("path", nargs="?", default=".")
    options.add_argument("--checkpoints")
    options.add_argument("--key", action="append", type=str.lower)
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
