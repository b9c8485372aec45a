#!/usr/bin/python3
"""Every act that core writes into the audit trail has words for people in src/core/audit_words.c, and every word an act.

    audit_words.py audit_words.c SOURCE...
"""
import re
import sys

# audit(&tx, "x", ..., action_begin(&tx, "x", ..., .action = "x", and the third name in the tables of acts ("update.add")
USES = re.compile(r'\b(?:audit|audit_detail|audit_as|action_begin)\(\s*&?\w+,\s*(?:[\w>-]+,\s*)?"([^"]+)"|\.action = "([^"]+)"'
                  r'|"((?:account|alias|amend|committee|evidence|intake|member|plan|report|result|rule|sheet|signin|task|update)\.[a-z_]+)"')


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        known = set(re.findall(r'\{ "([\w.]+)", S\("', f.read())) - {"cli", "job", "system"}
    used = set()
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as f:
            used |= {next(w for w in m if w) for m in USES.findall(f.read())}
    failed = 0
    for action in sorted(used - known):
        print(f"FAILED {action}: an act without words in audit_words.c")
        failed += 1
    for action in sorted(known - used):
        print(f"FAILED {action}: words for an act that nobody does")
        failed += 1
    print(f"{len(used & known)} passed, {failed} failed")
    return 1 if failed or not used else 0


if __name__ == "__main__":
    sys.exit(main())
