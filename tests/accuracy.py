#!/usr/bin/env python3
"""How well `zimu align` times real recordings: makes docs/accuracy.md.

    python3 tests/accuracy.py --scorer SCORE.py --recordings FOLDER [--hard FOLDER] [--held-out NAME=MODEL:FOLDER]... > docs/accuracy.md

A recording is three files: NAME.flac, NAME.txt (the article), NAME.ref.json (what is said when, as the scorer reads it).
`--hard` names recordings for confidence and calibration: many, with other seeds and harder settings. Standard library only.
"""
import argparse, importlib.util, json, os, random, subprocess, sys, tempfile, time

COLUMNS = ("median", "p95", "within_50", "within_200")
# What each row has to reach: starts (median, p95, share within 50 ms, within 200 ms); None where nothing is asked.
TARGETS = {
    "talk-clean": (12, 40, .97, .99),
    "talk-nopause": (None, 50, .95, None),
    "talk-natural": (None, 50, .95, None),
    "talk-noise5": (None, None, .92, .99),
    "talk-tel": (None, None, .92, .99),
    "talk-music10": (None, None, .92, .99),
    "talk-music3": (None, None, .88, .98),
    "talk-edited": (None, None, .94, .98),
    "talk-stretches": (None, None, .94, .98),
    "talk-headtail": (None, None, .94, .98),
    "talk-fillers": (None, None, .88, .96),
    "talk-ghosts": (None, None, .95, None),
    "talk-30min": (22, 50, .87, .89),
    "mixed": (None, None, .92, None),
    "english-flite": (None, None, .95, None),
}


def scorer(path):
    spec = importlib.util.spec_from_file_location("scorer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def align(zimu, folder, name, extra=()):
    """Runs zimu on one recording: the JSON it wrote (None if it refused), exit code, CPU seconds, peak MB."""
    base = os.path.join(folder, name)
    with tempfile.TemporaryDirectory() as where:
        out = os.path.join(where, "out.json")
        pid = os.posix_spawn(zimu, [zimu, "align", base + ".flac", base + ".txt", "-o", out, *extra], os.environ,
                             file_actions=[(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
        _, status, usage = os.wait4(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        data = json.load(open(out, encoding="utf-8")) if os.path.exists(out) else None
    return data, code, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def names(folder):
    return sorted(f[:-len(".ref.json")] for f in os.listdir(folder) if f.endswith(".ref.json"))


def reference(folder, name):
    return json.load(open(os.path.join(folder, name + ".ref.json"), encoding="utf-8"))


def confidence_rows(module, ref, cues):
    """(confidence, bad) of every cue whose truth is known: the scorer's own rows."""
    rows = []
    keep = module.confidence
    module.confidence = lambda found: rows.extend(found) or keep(found)
    try:
        module.score(ref, cues)
    finally:
        module.confidence = keep
    return rows


def auc(rows):
    good = sorted(c for c, bad in rows if not bad)
    bad = [c for c, b in rows if b]
    if not good or not bad:
        return None
    import bisect
    wins = sum((len(good) - bisect.bisect_right(good, c)) + .5 * (bisect.bisect_right(good, c) - bisect.bisect_left(good, c)) for c in bad)
    return wins / (len(good) * len(bad))


def interval(groups, rounds=500):
    """95 % of the AUC over recordings drawn again with replacement."""
    random.seed(1)
    values = []
    for _ in range(rounds):
        rows = [row for _ in groups for row in random.choice(groups)]
        value = auc(rows)
        if value is not None:
            values.append(value)
    values.sort()
    return (values[int(.025 * len(values))], values[int(.975 * len(values))]) if values else (None, None)


def percent(value):
    return "" if value is None else f"{100 * value:.1f} %"


def table(module, zimu, folder, extra=()):
    print("| recording | starts: median | p95 | ≤ 50 ms | ≤ 200 ms | ends: median | p95 | words: median | reached | CPU s | MB |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    notes = []
    for name in names(folder):
        ref = reference(folder, name)
        data, code, cpu, mb = align(zimu, folder, name, extra)
        cost = f"{cpu:.1f} | {mb:.0f}"
        if ref.get("expect") == "refuse":
            verdict = "refused" if data is None else "NOT REFUSED"
            print(f"| {name} | {verdict}, exit {code} | | | | | | | {'yes' if data is None else '**no**'} | {cost} |")
            continue
        if data is None:
            print(f"| {name} | no output, exit {code} | | | | | | | **no** | {cost} |")
            continue
        result = module.score(ref, data["cues"])
        start, end, word = result["clause_start_words"], result["clause_end_words"] or {}, result["word_start"]
        target = TARGETS.get(name)
        if start["n"] == 0:
            print(f"| {name} | nothing | | | | | | | **no** | {cost} |")
            continue
        # A clause without a start counts as one that is far off.
        found = start["n"] / start["of"]
        near, far = start["within_50"] * found, start["within_200"] * found
        reached = ""
        if target:
            median, p95, t50, t200 = target
            ok = all((median is None or start["median"] <= median, p95 is None or start["p95"] <= p95,
                      t50 is None or near >= t50 - 1e-9, t200 is None or far >= t200 - 1e-9))
            reached = "yes" if ok else "**no**"
        print(f"| {name} | {start['median']:.0f} | {start['p95']:.0f} | {percent(near)} | {percent(far)} | "
              f"{end.get('median', 0):.0f} | {end.get('p95', 0):.0f} | {word.get('median', '')} | {reached} | {cost} |", flush=True)
        ghosts, lost = result["ghosts"], result["clauses_lost"]
        if ghosts["n"] or lost or result["untranscribed_seconds"]:
            notes.append(f"* {name}: unspoken clauses dropped {ghosts['dropped']} of {ghosts['n']}; spoken clauses lost {lost}; "
                         f"seconds of captions over untranscribed stretches {result['untranscribed_seconds']}")
    print()
    print("\n".join(notes))


def calibration(rows, bins=10):
    print("| said | cues | right in fact |")
    print("|---|---|---|")
    for i in range(bins):
        inside = [(c, bad) for c, bad in rows if i / bins <= c < (i + 1) / bins or (i == bins - 1 and c == 1)]
        if inside:
            said = sum(c for c, _ in inside) / len(inside)
            right = sum(not bad for _, bad in inside) / len(inside)
            print(f"| {percent(said)} | {len(inside)} | {percent(right)} |")
    said = sum(c for c, _ in rows) / len(rows)
    right = sum(not bad for _, bad in rows) / len(rows)
    print(f"\nOver all: said {percent(said)}, right {percent(right)}.")


def hard(module, zimu, folder):
    groups, refused, wrong_kept = [], [], []
    for name in names(folder):
        ref = reference(folder, name)
        data, code, _, _ = align(zimu, folder, name)
        if ref.get("expect") == "refuse":
            if data is not None:
                wrong_kept.append(name)
            continue
        if data is None:
            refused.append(f"{name} (exit {code})")
            continue
        groups.append(confidence_rows(module, ref, data["cues"]))
    rows = [row for group in groups for row in group]
    low, high = interval(groups)
    bad = sum(b for _, b in rows)
    print(f"{len(groups)} recordings, {len(rows)} cues, {bad} of them more than 300 ms off or not said.")
    print(f"AUC {auc(rows):.3f} (95 %: {low:.3f} to {high:.3f}, over recordings).")
    print(f"Right transcripts refused: {', '.join(refused) or 'none'}. Wrong ones not refused: {', '.join(wrong_kept) or 'none'}.\n")
    calibration(rows)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--zimu", default="target/release/zimu")
    ap.add_argument("--scorer", required=True)
    ap.add_argument("--recordings", required=True)
    ap.add_argument("--hard")
    ap.add_argument("--held-out", action="append", default=[], metavar="NAME=MODEL:FOLDER")
    a = ap.parse_args()
    module, zimu = scorer(a.scorer), os.path.abspath(a.zimu)
    print("# Accuracy\n\nMade by `python3 tests/accuracy.py` (its head says how); errors are absolute, in milliseconds, from the word times of")
    print("the JSON, over all clauses that are said. A clause that is not found counts as one that is far off.\n")
    print("## Recordings\n")
    table(module, zimu, a.recordings)
    for spec in a.held_out:
        name, rest = spec.split("=", 1)
        model, folder = rest.split(":", 1)
        print(f"\n## {name}\n")
        table(module, zimu, folder, ("--acoustic-model", model))
    if a.hard:
        print("\n## Confidence\n")
        hard(module, zimu, a.hard)


if __name__ == "__main__":
    main()
