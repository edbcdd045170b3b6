#!/usr/bin/env python3
"""Recomputes what the desk says of the shipped record, with no code of the desk: python3 reference.py, from this folder.

Posteriors are worked out from the CSV files by bisection and closed forms. The area under the curve is counted by hand, pair
by pair. Expected ranks are integrals of normal distributions, not draws: they check the draws.
"""
import csv, math, statistics
from fractions import Fraction

DATA = "../../../data/"

def rows(name):
    with open(DATA + "indicators/" + name + ".csv", encoding="utf-8") as f:
        return list(csv.DictReader(f))

def phi(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))

def least_cohort(text):
    decimals = len(text.split(".")[1]) if "." in text else 0
    x, half = Fraction(text), Fraction(1, 2 * 10 ** decimals)
    n = 1
    while math.ceil((x - half) * n / 100) > (x + half) * n / 100:
        n += 1
    return n

def solve(values, variance):
    """The parameter for which weighted squares are k-1, and the weighted mean."""
    def at(p):
        mean = statistics.mean(values)
        for _ in range(200):
            w = [1 / variance(i, mean, p) for i in range(len(values))]
            mean = sum(a * b for a, b in zip(w, values)) / sum(w)
        return sum((y - mean) ** 2 / variance(i, mean, p) for i, y in enumerate(values)), mean, 1 / sum(w)
    want = len(values) - 1
    squares, mean, of_mean = at(0)
    if squares <= want:
        return 0.0, mean, of_mean
    low, high = 0.0, statistics.pvariance(values)
    while at(high)[0] > want:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if at(middle)[0] > want:
            low = middle
        else:
            high = middle
    return (high,) + at(high)[1:]

def nearest(populations, place, end):
    year = int(end[:4]) + (int(end[5:7]) - 1) / 12 + int(end[8:]) / 365
    known = populations.get(place, {})
    gap = lambda e: abs(int(e[:4]) + (int(e[5:7]) - 1) / 12 + int(e[8:]) / 365 - year)
    return known[min(known, key=gap)] if known else 0.0

populations = {}
for r in rows("population_10_17"):
    if r["level"] == "authority" and r["flag"] != "anomalous":
        populations.setdefault(r["place"], {})[r["period_end"]] = float(r["value"])

# Which areas of the desk have one authority with nine tenths of their children, and so its figures.
def table(name):
    with open(DATA + "areas/" + name + ".csv", encoding="utf-8") as f:
        return list(csv.DictReader(f))

current = {r["area"] for r in table("areas") if r["status"] == "current"}
codes = {}
for r in table("constituents"):
    if r["area"] in current:
        codes.setdefault(r["area"], set()).add(r["gss"])
of_area = {}
for r in rows("population_10_17"):
    if r["level"] == "area":
        of_area.setdefault(r["place"], {})[r["period_end"]] = float(r["value"])

def desk(name):
    """The series of each area of the desk: {area: (authority, {period end: text})}."""
    series, places = {}, {}
    for r in rows(name):
        if r["level"] == "authority" and r["flag"] != "anomalous" and r["basis"] != "old":
            series.setdefault(r["place"], {})[r["period_end"]] = r["value"]
            places.setdefault(r["place"], set()).add(r["gss"])
    out = {}
    for area, own in codes.items():
        on = [p for p in series if places[p] & own]
        if len(on) != 1:
            continue
        both = sorted(set(of_area.get(area, {})) & set(populations.get(on[0], {})))
        if both:
            covered = populations[on[0]][both[-1]] >= 0.9 * of_area[area][both[-1]]
        else:
            covered = len([c for c in own if not c.startswith("E07")]) <= 1
        if covered:
            out[area] = (on[0], series[on[0]])
    newest = max(max(s) for _, s in out.values())
    return {a: s for a, s in out.items() if max(s[1]) >= "%d%s" % (int(newest[:4]) - 2, newest[4:])}

# First-time entrants: gamma and Poisson by Paule and Mandel's moments, counts worked out from rates and children.
fte = desk("fte_rate_per_100k")
names = sorted(fte)
exposure = [nearest(populations, fte[a][0], max(fte[a][1])) for a in names]
exposure = [e or min(x for x in exposure if x) for e in exposure]
rates = [float(fte[a][1][max(fte[a][1])]) / 1e5 for a in names]
tau2, mean, _ = solve(rates, lambda i, m, p: p + m / exposure[i])
print("first-time entrants: areas %d, mean %.6f, tau %.6f" % (len(names), 1e5 * mean, 1e5 * math.sqrt(tau2)))
for area in ("manchester", "east-riding-of-yorkshire", "kingston-upon-hull"):
    i, b = names.index(area), mean / tau2
    alpha = mean * b + rates[i] * exposure[i]
    print("  %s: posterior mean %.6f" % (area, 1e5 * alpha / (b + exposure[i])))

# Reoffending of ages 15 to 17: normal, with the error of successive years over children, and never more than the least cohort
# that could print the figure allows. The expected rank is 1 and the sum of the probabilities that another area is higher.
young = desk("reoffending_rate_percent_15_17")
names = sorted(young)
size = [nearest(populations, young[a][0], max(young[a][1])) for a in names]
newest = max(int(max(young[a][1])[:4]) for a in names)
gaps = []
for a, n in zip(names, size):
    by_year = {int(e[:4]): float(v) / 100 for e, v in young[a][1].items()}
    gaps += [(n, by_year[t] - by_year[t - 1]) for t in by_year if n and t > newest - 3 and t - 1 in by_year]
per_child = sum(n * g * g / 2 for n, g in gaps) / len(gaps)
texts = [young[a][1][max(young[a][1])] for a in names]
y = [float(t) / 100 for t in texts]
m = statistics.mean(y)
v = [min(m * (1 - m) / least_cohort(t), per_child / n if n else math.inf) for t, n in zip(texts, size)]
tau2, mu, of_mean = solve(y, lambda i, _, t: v[i] + t)
print("reoffending: areas %d, mean %.6f, tau %.6f" % (len(names), 100 * mu, 100 * math.sqrt(tau2)))
post = []
for i in range(len(names)):
    pull = v[i] / (v[i] + tau2)
    post.append((pull * mu + (1 - pull) * y[i], (1 - pull) * v[i] + pull * pull * of_mean))
for area in ("kingston-upon-hull", "leeds", "birmingham"):
    i = names.index(area)
    rank = 1 + sum(phi((post[j][0] - post[i][0]) / math.sqrt(post[i][1] + post[j][1])) for j in range(len(names)) if j != i)
    print("  %s: posterior mean %.6f, deviation %.6f, expected rank %.3f" % (area, 100 * post[i][0], 100 * math.sqrt(post[i][1]), rank))

# A beta-binomial of five made-up samples.
x, n = [2, 9, 14, 30, 8], [20, 30, 25, 90, 12]
p = [a / b for a, b in zip(x, n)]
rho, mean, _ = solve(p, lambda i, m, r: m * (1 - m) * (r + (1 - r) / n[i]))
prior = 1 / rho - 1
print("beta-binomial: mean %.9f, correlation %.9f, posterior means %s" % (mean, rho, ["%.9f" % ((mean * prior + a) / (prior + b)) for a, b in zip(x, n)]))

# The area under the curve, pair by pair, with DeLong's variance; scores with ties.
scores, poor = [.1, .4, .35, .8, .4, .2, .9, .4], [0, 0, 1, 1, 1, 0, 1, 0]
a = [s for s, o in zip(scores, poor) if o]
b = [s for s, o in zip(scores, poor) if not o]
won = lambda s, t: 1.0 if s > t else 0.5 if s == t else 0.0
auc = sum(won(s, t) for s in a for t in b) / len(a) / len(b)
va = statistics.variance([sum(won(s, t) for t in b) / len(b) for s in a])
vb = statistics.variance([sum(won(s, t) for s in a) / len(a) for t in b])
print("area under the curve %.9f, deviation %.9f" % (auc, math.sqrt(va / len(a) + vb / len(b))))
