"""Works out the average safeguarding score of Core Case Inspections again, from one result for each area.

    python average.py https://yardstick.example
"""

import sys

import yardstick

site = yardstick.Client(sys.argv[1])

# One result for each area that there is today: its latest. An area whose latest cannot be told from the dates is left
# out: a date of 2010-05 may be before 2010-05-20 or after it.
current = {area["id"] for area in site.areas() if area["current"]}
of_area = {}
for row in site.results(programme="cci", measure="safeguarding"):
    if row["percent"] is not None and row["area"] in current:
        of_area.setdefault(row["area"], []).append(row)


def latest(rows):
    newest = max(rows, key=lambda row: row["published"] or "")
    date = newest["published"] or ""
    sure = all(
        row is newest or row["published"] and date and not date.startswith(row["published"]) and not row["published"].startswith(date)
        for row in rows
    )
    return newest if sure else None


chosen = [row for row in map(latest, of_area.values()) if row]
scores = [row["percent"] for row in chosen]
average = sum(scores) / len(scores)

printed = [b for b in site.benchmarks(programme="cci", measure="safeguarding", group="all") if b["kind"] == "computed"]
if len(printed) != 1 or printed[0]["valued"] != len(scores) or abs(printed[0]["average"] - average) > 1e-9:
    told = [(b["average"], b["valued"]) for b in printed]
    sys.exit("worked out %r of %d areas, and the site says %r" % (average, len(scores), told))
print("average %.2f of %d areas, release %s" % (average, len(scores), site.release[:12]))

try:
    import pandas  # noqa: F401
except ImportError:
    print("pandas is not installed: not tried")
else:
    frame = site.results(programme="cci", measure="safeguarding").to_pandas()
    picked = frame[frame["inspection"].isin([row["inspection"] for row in chosen])]
    if abs(picked["percent"].mean() - average) > 1e-9:
        sys.exit("pandas has %r" % picked["percent"].mean())
    print("pandas agrees")
