"""What the own mail server found out about the sender (RFC 8601)."""

import re

from .model import Verdict

RESULT = re.compile(r"^\s*([a-z0-9-]{1,30})(?:/\d+)?\s*=\s*([a-z]{1,20})", re.IGNORECASE)
PROPERTY = re.compile(
    r"([a-z0-9-]{1,30}\.[a-z0-9_-]{1,40})\s*=\s*(\"[^\"]{0,500}\"|[^\s;]{1,500})", re.IGNORECASE
)
SECOND_LEVEL = {"co", "com", "org", "net", "gov", "edu", "ac", "msk", "spb"}


def authentication(auth_headers, trusted_ids, from_email):
    """Return the :class:`Verdict` for ``from_email``.

    Only the topmost header whose server name is one of ``trusted_ids`` counts. Without trusted
    names nothing can be proved, so a pass does not count; a failure still does.
    """
    trusted = {name.strip().lower() for name in trusted_ids if name.strip()}
    domain = from_email.rpartition("@")[2].lower()
    parsed = [parse_results(value) for value in auth_headers]
    if trusted:
        chosen = next((results for name, results in parsed if name in trusted), None)
        if chosen is None:
            return Verdict("none", "no_trusted_header")
        return judge(chosen, domain)
    verdicts = [judge(results, domain) for _name, results in parsed[:1]]
    if verdicts and verdicts[0].result == "fail":
        return verdicts[0]
    return Verdict("none", "no_trusted_server" if parsed else "no_header")


def parse_results(value):
    """Return (lower-case server name, [(method, result, {property: value})])."""
    pieces = _split(_without_comments(value[:20_000]))
    head = pieces[0].split()
    results = []
    for piece in pieces[1:60]:
        match = RESULT.match(piece)
        if match:
            properties = {
                name.lower(): content.strip('"').lower()
                for name, content in PROPERTY.findall(piece[match.end() :])
            }
            results.append((match.group(1).lower(), match.group(2).lower(), properties))
    return (head[0].strip('"').lower() if head else ""), results


def _without_comments(value):
    result, depth, quoted, skip = [], 0, False, False
    for char in value:
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif char == '"' and not depth:
            quoted = not quoted
        elif not quoted and char == "(":
            depth += 1
            continue
        elif not quoted and char == ")" and depth:
            depth -= 1
            continue
        if not depth:
            result.append(char)
    return "".join(result)


def _split(value):
    pieces, start, quoted = [], 0, False
    for position, char in enumerate(value):
        if char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            pieces.append(value[start:position])
            start = position + 1
    pieces.append(value[start:])
    return pieces


def judge(results, domain):
    """Return the :class:`Verdict` of one header's results for the From ``domain``."""
    dmarc = {result for method, result, _props in results if method == "dmarc"}
    if "fail" in dmarc:
        return Verdict("fail", "dmarc_fail")
    if "pass" in dmarc and _dmarc_domain_matches(results, domain):
        return Verdict("pass", "dmarc_pass")
    for method, result, properties in results:
        if result != "pass" or not domain:
            continue
        for name in _identities(method):
            if aligned(properties.get(name, "").rpartition("@")[2], domain):
                return Verdict("pass", method + "_pass")
    return _failure(results)


def _dmarc_domain_matches(results, domain):
    for method, _result, properties in results:
        claimed = properties.get("header.from", "").rpartition("@")[2]
        if method == "dmarc" and claimed:
            return aligned(claimed, domain)
    return bool(domain)


def _identities(method):
    return {"dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom", "smtp.mail")}.get(method, ())


def _failure(results):
    spf = {result for method, result, _props in results if method == "spf"}
    dkim = {result for method, result, _props in results if method == "dkim"}
    spf_failed = bool(spf & {"fail", "softfail", "hardfail"})
    if spf_failed and "pass" not in dkim:
        return Verdict("fail", "spf_and_dkim_fail" if "fail" in dkim else "spf_fail")
    return Verdict("none", "not_aligned" if "pass" in spf | dkim else "no_result")


def aligned(identity, domain):
    """Tell whether two domains share their organisational domain (relaxed alignment)."""
    identity, domain = identity.strip(".").lower(), domain.strip(".").lower()
    return bool(identity and domain) and organisation(identity) == organisation(domain)


def organisation(domain):
    """Return the registrable part of ``domain``, by a short rule instead of the public list."""
    labels = domain.split(".")
    size = 3 if len(labels) > 2 and labels[-2] in SECOND_LEVEL and len(labels[-1]) <= 3 else 2
    return ".".join(labels[-size:])
