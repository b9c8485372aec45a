#!/usr/bin/python3
"""Every rule of the reader and every kind of oddity has a sentence for the person who verifies, and every sentence a rule.

    rule_words.py draft_read.c verify_why.c verify.c
"""
import re
import sys


def text(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def listed(source, name):
    body = source[source.index(name + "[]"):]
    return set(re.findall(r'"([a-z-]+)"', body[:body.index("};")]))


def main():
    reader, why, page = (text(p) for p in sys.argv[1:4])
    failed = good = 0
    for what, made, told in (("rule", listed(reader, "RULES"), set(re.findall(r'\{ "([a-z-]+)",', why))),
                             ("oddity", listed(reader, "ANOMALIES"), set(re.findall(r'\{ "([a-z-]+)", S\(', page)))):
        told &= made | {t for t in told if "-" in t}
        good += len(made & told)
        for name in sorted(made - told):
            print(f"FAILED {what} {name}: no sentence for it")
            failed += 1
        for name in sorted(told - made):
            print(f"FAILED {what} {name}: a sentence for what nobody says")
            failed += 1
    print(f"{good} passed, {failed} failed")
    return 1 if failed or not good else 0


if __name__ == "__main__":
    sys.exit(main())
