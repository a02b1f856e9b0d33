"""The best one-to-one assignment: small groups exactly, absurdly large ones greedily."""

from __future__ import annotations

from math import inf

LARGEST = 64
"""Most rows or columns of a group that is solved exactly."""

Scores = dict[int, dict[int, float]]
"""Row -> column -> score above 0; a missing entry cannot be chosen."""


def best_assignment(scores: Scores) -> dict[int, int]:
    """Return row -> column so that the sum of the scores is greatest.

    Rows and columns that no score connects are solved apart, so groups are small in practice.
    """
    chosen: dict[int, int] = {}
    for rows, columns in _components(scores):
        if len(rows) == 1:
            row = rows[0]
            chosen[row] = max(scores[row], key=lambda column: (scores[row][column], -column))
        elif max(len(rows), len(columns)) > LARGEST:
            chosen |= _greedy(scores, rows)
        else:
            chosen |= _hungarian(scores, rows, columns)
    return chosen


def _components(scores: Scores) -> list[tuple[list[int], list[int]]]:
    """Split the graph into groups of rows and columns that hang together."""
    by_column: dict[int, list[int]] = {}
    for row, entries in scores.items():
        for column in entries:
            by_column.setdefault(column, []).append(row)
    seen: set[int] = set()
    groups = []
    for start in scores:
        if start in seen:
            continue
        seen.add(start)
        rows, columns, waiting = [], set[int](), [start]
        while waiting:
            row = waiting.pop()
            rows.append(row)
            for column in scores[row].keys() - columns:
                columns.add(column)
                new = [other for other in by_column[column] if other not in seen]
                seen.update(new)
                waiting.extend(new)
        groups.append((sorted(rows), sorted(columns)))
    return groups


def _greedy(scores: Scores, rows: list[int]) -> dict[int, int]:
    ranked = sorted((-score, row, column) for row in rows for column, score in scores[row].items())
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, column in ranked:
        if row not in chosen and column not in taken:
            chosen[row] = column
            taken.add(column)
    return chosen


def _hungarian(scores: Scores, rows: list[int], columns: list[int]) -> dict[int, int]:
    """Solve one group by shortest augmenting paths (Jonker and Volgenant's form)."""
    size = max(len(rows), len(columns))
    cost = [[0.0] * (size + 1) for _ in range(size + 1)]
    for i, row in enumerate(rows, 1):
        for j, column in enumerate(columns, 1):
            cost[i][j] = -scores[row].get(column, 0.0)
    matched = _augment(cost, size)
    return {
        rows[i - 1]: columns[j - 1]
        for j, i in enumerate(matched)
        if j and i <= len(rows) and j <= len(columns) and columns[j - 1] in scores[rows[i - 1]]
    }


def _augment(cost: list[list[float]], size: int) -> list[int]:  # noqa: C901 - one algorithm
    """Return for each column (from 1) the row matched to it, at the least total cost."""
    u, v = [0.0] * (size + 1), [0.0] * (size + 1)
    matched = [0] * (size + 1)
    for row in range(1, size + 1):
        matched[0] = row
        way = [0] * (size + 1)
        least = [inf] * (size + 1)
        used = [False] * (size + 1)
        column = 0
        while True:
            used[column] = True
            current, delta, following = matched[column], inf, 0
            for j in range(1, size + 1):
                if used[j]:
                    continue
                reduced = cost[current][j] - u[current] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    u[matched[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
            if matched[column] == 0:
                break
        while column:
            matched[column] = matched[way[column]]
            column = way[column]
    return matched
