#!/usr/bin/env python3
"""Draws how the time to read and diagnose the largest gateway grows with each of its dimensions.

usage: plot-benchmark.py JMH.json OUT.svg

JMH.json is what TriageBenchmark writes with -rf json. One small chart a dimension: the time at half, once, twice and
four times Azure's limit, and a dashed line on from what lies between half and twice, to see whether it bends.
"""
import collections
import json
import sys

WIDTH, HEIGHT, LEFT, TOP = 250, 150, 46, 34
COLUMNS = 4
COLOURS = {"read": "#2f6fb2", "diagnose": "#c4601d"}


def words(dimension):
    return dimension.replace("_", " ").lower().replace("activity log rows", "rows of the activity log")


def main(source, target):
    charts = collections.OrderedDict()
    for run in json.load(open(source, encoding="utf-8")):
        name = run["benchmark"].rsplit(".", 1)[1]
        at = float(run["params"]["factor"])
        metric = run["primaryMetric"]
        charts.setdefault(run["params"]["dimension"], {}).setdefault(name, []).append((at, metric["score"]))
    rows = (len(charts) + COLUMNS - 1) // COLUMNS
    width, height = COLUMNS * (WIDTH + 24) + 24, rows * (HEIGHT + 86) + 40
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' font-family="system-ui, sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for index, (dimension, lines) in enumerate(charts.items()):
        x = 24 + index % COLUMNS * (WIDTH + 24)
        y = 20 + index // COLUMNS * (HEIGHT + 86)
        out.extend(chart(x, y, dimension, lines))
    out.append(
        f'<text x="24" y="{height - 14}" fill="#333">milliseconds over multiples of Azure\'s limit;'
        f' <tspan fill="{COLOURS["read"]}">read</tspan>,'
        f' <tspan fill="{COLOURS["diagnose"]}">diagnose</tspan>; dashed: straight on</text>')
    out.append("</svg>")
    with open(target, "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


def chart(x, y, dimension, lines):
    most = max(score for points in lines.values() for _, score in points) * 1.1
    top = next(step for step in (40, 80, 100, 160, 200, 300, 400, 600, 800, 1000, 2000, 4000, most) if step >= most)
    right, bottom = x + WIDTH, y + TOP + HEIGHT

    def px(factor):
        return x + LEFT + (WIDTH - LEFT) * factor / 4

    def py(score):
        return bottom - HEIGHT * min(score, top) / top

    yield f'<text x="{x}" y="{y + 14}" fill="#111" font-weight="600">{words(dimension)}</text>'
    for part in (0, 0.5, 1):
        at = bottom - HEIGHT * part
        yield f'<line x1="{x + LEFT}" y1="{at:.1f}" x2="{right}" y2="{at:.1f}" stroke="#ddd"/>'
        yield f'<text x="{x + LEFT - 6}" y="{at + 4:.1f}" text-anchor="end" fill="#555">{top * part:.0f}</text>'
    for factor in (0.5, 1, 2, 4):
        label = "½" if factor == 0.5 else f"{factor:.0f}"
        yield f'<text x="{px(factor):.1f}" y="{bottom + 16}" text-anchor="middle" fill="#555">{label}</text>'
    for name, points in lines.items():
        points = sorted(points)
        colour = COLOURS[name]
        (low, base), (twice, score) = points[0], points[2]
        far = base + (score - base) / (twice - low) * (4 - low)
        yield (
            f'<line x1="{px(low):.1f}" y1="{py(base):.1f}" x2="{px(4):.1f}" y2="{py(max(far, 0)):.1f}"'
            f' stroke="{colour}" stroke-dasharray="3 4" opacity="0.6"/>')
        path = " ".join(f"{px(factor):.1f},{py(score):.1f}" for factor, score in points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for factor, score in points:
            yield f'<circle cx="{px(factor):.1f}" cy="{py(score):.1f}" r="3" fill="{colour}"/>'
            yield (
                f'<text x="{px(factor):.1f}" y="{py(score) - 6:.1f}" text-anchor="middle" fill="{colour}"'
                f' font-size="10">{score:.0f}</text>')


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
