"""Wording: which characters of a text stay, go and come, so that a Chinese reader sees words change and not strokes.

Sentences are aligned first; inside a pair of them characters, with figures, dates and Latin words as wholes. The result
is tidied: no verb is cut, no single character is left standing inside a rewritten phrase, a clause moves as a clause.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from plangen.outline.model import Change, Segment

_CLAUSE_MARKS: Final = frozenset("，。；：、！？…\n")
_SENTENCE: Final = re.compile(r"[^。；！？\n]*[。；！？\n]+[”’》〉）〕】」』]*|[^。；！？\n]+")
_SAME_TEXT: Final = 0.30
"""Least likeness of two sentences of which one is a rewording of the other: found by reading such pairs."""

_TOKEN: Final = re.compile(
    r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|底前?|份|上旬|中旬|下旬|初|末)?"
    r"|[0-9]{4}[-—－][0-9]{1,2}(?:[-—－][0-9]{1,2})?"
    r"|[0-9]+(?:[.,:：∶/][0-9]+)*[余多]?(?:个?[百千]分点|[%％‰]|[百千万亿]*"
    r"(?:公里|平方米|公顷|年度|周年|学时|课时|学分|学位|小时|分钟|人次|[所个人次名场项家条件所篇期届批类处套亿元天年月日号级轮门节辆台户岁分倍亩米页张份支座间册])?)"
    r"|[一二两三四五六七八九十百千]+[次名个场项所轮期届批支门节件篇]"
    r"|[A-Za-z][A-Za-z0-9+.\-]*|.",
    re.DOTALL,
)
"""What is never cut: dates, figures with their units, Latin words; else a character."""

_WORDS: Final = frozenset(
    word
    for line in (
        "推进 推动 推广 推行 加强 加快 加大 加速 深化 深入 强化 优化 细化 量化 固化 健全 完善 完成 落实",
        "落细 夯实 做实 做好 做强 做优 做细 抓好 抓实 抓细 提升 提高 提质 提供 开展 开设 开放 开发 打造",
        "打击 建设 建立 建成 建强 构建 组建 统筹 扩大 扩充 压减 压实 压缩 巩固 规范 促进 支持 支撑 培育",
        "培养 培训 基本 基础 全面 全力 全部 全程 实施 实现 实行 切实 扎实 确保 保障 保持 制定 制订 修订",
        "探索 探究 拓展 扩展 发展 严格 严禁 严肃 牵头 配合 会同 指导 督导 督促 督查 检查 巡查 排查 组织",
        "启动 启用 力争 争创 创建 创新 新增 增加 增强 减少 减轻 降低 控制 稳定 稳步 逐步 逐年 有序 有效",
        "有力 持续 继续 坚持 坚决 坚定 围绕 聚焦 聚力 贯彻 学习 宣传 宣讲 引导 引领 引进 鼓励 激励 激发",
        "选树 选派 选拔 评选 评价 评估 考核 考评 考察 管理 治理 整治 整改 整合 融合 结合 联合 联动 协同",
        "协作 合作 服务 供给 均衡 优质 特色 多样 普及 普惠 学校 学生 学位 学前 教育 教师 教学 教研 课程",
        "课堂 中学 小学 大学 高中 初中 校园 家庭 社会 社区 机制 机构 制度 体系 体制 标准 规划 计划 方案",
        "办法 意见 质量 能力 水平 队伍 人才 安全 责任 任务 工作 活动 项目 工程 行动 资源 平台 改革 问题",
        "目标 每年 每月 每周 每天 每季",
    )
    for word in line.split()
)
"""Two-character words of official prose, so that a change of one of their characters is shown as one of the word."""

_MOST_PAIRS: Final = 40_000
"""Most pairs of equal tokens of two texts that are compared token by token; a sentence has some hundreds."""

_MOST_TEXT_PAIRS: Final = 1_600
"""Most pairs of sentences compared each with each; what is longer is searched within `_REACH`."""

_REACH: Final = 12
"""How many sentences on the counterpart of a sentence is looked for where there are too many to try all."""


def sentences(text: str) -> list[str]:
    """Return the sentences and clauses closed by ； of a text; joined they are the text."""
    return _SENTENCE.findall(text)


def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text; of a single character, that character."""
    return frozenset(map("".join, pairwise(text))) if len(text) > 1 else frozenset(text)


def dice(old: frozenset[str], new: frozenset[str]) -> float:
    """Return how much two sets share, 0 to 1 (Dice's coefficient); nothing is like nothing."""
    total = len(old) + len(new)
    return 2 * len(old & new) / total if total else 1.0


def likeness(old: str, new: str) -> float:
    """Return how alike two texts are, 0 to 1: the share of their character bigrams that they have in common."""
    return 1.0 if old == new else dice(bigrams(old), bigrams(new))


def revise_text(old: str, new: str) -> tuple[Segment, ...]:
    """Return what became of a text: without what is inserted it is `old`, without what is deleted `new`.

    Where wording was replaced, what is deleted stands before what is inserted.
    """
    if old == new:
        return (Segment(new),) if new else ()
    before, after = sentences(old), sentences(new)
    pieces: list[_Piece] = []
    for p, q in pair_texts(before, after):
        deleted, inserted = [] if p is None else [before[p]], [] if q is None else [after[q]]
        if deleted == inserted:
            pieces.append(_Piece([], [], deleted))
        elif deleted and inserted:
            pieces += _revise_sentence(*deleted, *inserted)
        else:
            pieces.append(_Piece(deleted, inserted, []))
    return tuple(_segments(pieces))


class _Piece(NamedTuple):
    """A stretch of a comparison: tokens deleted, tokens inserted in their place, and the tokens kept after them."""

    deleted: list[str]
    inserted: list[str]
    kept: list[str]

    @property
    def rewrites(self) -> bool:
        """Whether something takes the place of something."""
        return bool(self.deleted and self.inserted)


def _segments(pieces: Sequence[_Piece]) -> Iterator[Segment]:
    deleted = inserted = kept = ""
    for last, piece in enumerate(pieces, 1 - len(pieces)):
        if kept and (piece.deleted or piece.inserted):
            yield Segment(kept)
            kept = ""
        deleted += "".join(piece.deleted)
        inserted += "".join(piece.inserted)
        if piece.kept or not last:
            if deleted:
                yield Segment(deleted, change=Change.DELETED)
            if inserted:
                yield Segment(inserted, change=Change.INSERTED)
            deleted = inserted = ""
        kept += "".join(piece.kept)
    if kept:
        yield Segment(kept)


# --- sentences -------------------------------------------------------------------------------------------------------

Pairs = list[tuple[int | None, int | None]]
"""Positions of texts that became each other, in reading order; `None` stands for none."""


def pair_texts(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Pair texts – sentences, paragraphs – in order: those that stay as they are, and between them the likest ones."""
    pairs: Pairs = []
    i = j = 0
    for p, q in [*_anchors(old, new), (len(old), len(new))]:
        pairs += _between(old, new, range(i, p), range(j, q))
        if p < len(old):
            pairs.append((p, q))
        i, j = p + 1, q + 1
    return pairs


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return positions of texts that stand once on either side, as many as keep their order."""
    before, after = Counter(old), Counter(new)
    places = {text: place for place, text in enumerate(new) if after[text] == 1}
    found = [(p, places[text]) for p, text in enumerate(old) if before[text] == 1 and text in places]
    return [found[n] for n in longest_increasing([q for _, q in found])]


def longest_increasing(numbers: Sequence[int]) -> list[int]:
    """Return the positions of a longest increasing subsequence of different numbers, in order."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for position, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(tails[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        tails[length : length + 1] = [position]
    chosen = [tails[-1]] if tails else []
    while chosen and before[chosen[-1]] >= 0:
        chosen.append(before[chosen[-1]])
    return chosen[::-1]


def _between(old: Sequence[str], new: Sequence[str], rows: range, columns: range) -> Pairs:
    """Pair the texts between two anchors, equal ones at the ends first."""
    shorter = min(len(rows), len(columns))
    head = 0
    while head < shorter and old[rows[head]] == new[columns[head]]:
        head += 1
    tail = 0
    while tail < shorter - head and old[rows[-1 - tail]] == new[columns[-1 - tail]]:
        tail += 1
    begin: Pairs = list(zip(rows[:head], columns[:head], strict=True))
    end: Pairs = list(zip(rows[len(rows) - tail :], columns[len(columns) - tail :], strict=True))
    return begin + _likest(old, new, rows[head : len(rows) - tail], columns[head : len(columns) - tail]) + end


def _likest(old: Sequence[str], new: Sequence[str], rows: range, columns: range) -> Pairs:
    before, after = [bigrams(old[row]) for row in rows], [bigrams(new[column]) for column in columns]
    few = len(rows) * len(columns) <= _MOST_TEXT_PAIRS
    chain = _best_chain([len(old[row]) for row in rows], before, after) if few else _first_chain(before, after)
    pairs: Pairs = []
    i = j = 0
    for p, q in [*chain, (len(rows), len(columns))]:
        pairs += [(row, None) for row in rows[i:p]]
        pairs += [(None, column) for column in columns[j:q]]
        if p < len(rows):
            pairs.append((rows[p], columns[q]))
        i, j = p + 1, q + 1
    return pairs


def _best_chain(
    lengths: Sequence[int], before: Sequence[frozenset[str]], after: Sequence[frozenset[str]]
) -> list[tuple[int, int]]:
    """Return the pairs of like texts that keep their order and together keep the most characters."""
    rows, columns = len(before), len(after)
    worth = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    pair = [[0.0] * columns for _ in range(rows)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            alike = dice(before[i], after[j])
            pair[i][j] = alike * lengths[i] if alike >= _SAME_TEXT else 0.0
            together = worth[i + 1][j + 1] + pair[i][j] if pair[i][j] else 0.0
            worth[i][j] = max(worth[i + 1][j], worth[i][j + 1], together)
    chain = []
    i = j = 0
    while i < rows and j < columns:
        if pair[i][j] and worth[i][j] == worth[i + 1][j + 1] + pair[i][j]:
            chain.append((i, j))
            i, j = i + 1, j + 1
        elif worth[i][j] == worth[i + 1][j]:
            i += 1
        else:
            j += 1
    return chain


def _first_chain(before: Sequence[frozenset[str]], after: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """Return pairs of like texts that keep their order, each found near the one before it."""
    chain = []
    start = 0
    for i, each in enumerate(before):
        near = range(start, min(start + _REACH, len(after)))
        best = max(near, key=lambda j: (dice(each, after[j]), -j), default=None)
        if best is not None and dice(each, after[best]) >= _SAME_TEXT:
            chain.append((i, best))
            start = best + 1
    return chain


# --- words -----------------------------------------------------------------------------------------------------------


def _revise_sentence(old: str, new: str) -> list[_Piece]:
    pieces = _compare(_TOKEN.findall(old), _TOKEN.findall(new))
    return _complete_words(_slide(_absorb_islands(pieces)))


def _compare(old: list[str], new: list[str]) -> list[_Piece]:
    """Compare two sentences token by token; as wholes where they repeat themselves beyond measure."""
    before, after = Counter(old), Counter(new)
    if sum(count * after[token] for token, count in before.items()) > _MOST_PAIRS:
        return [_Piece(old, new, [])]
    from difflib import SequenceMatcher  # noqa: PLC0415 - plans that did not change do without

    pieces: list[_Piece] = []
    i = j = 0
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        kept = old[block.a : block.a + block.size]
        pieces.append(_Piece(old[i : block.a], new[j : block.b], kept))
        i, j = block.a + block.size, block.b + block.size
    return pieces


def _absorb_islands(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Join rewritten stretches between which a single character happens to be the same."""
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and _is_island(joined[-1], piece):
            last = joined.pop()
            deleted = [*last.deleted, *last.kept, *piece.deleted]
            joined.append(_Piece(deleted, [*last.inserted, *last.kept, *piece.inserted], piece.kept))
        else:
            joined.append(piece)
    return joined


def _is_island(left: _Piece, right: _Piece) -> bool:
    if len(left.kept) != 1 or len(left.kept[0]) > 1 or left.kept[0] in _CLAUSE_MARKS:
        return False
    if not (left.deleted or left.inserted) or not (right.deleted or right.inserted):
        return False
    begins_clause = any(side and side[-1] in _CLAUSE_MARKS for side in (left.deleted, left.inserted))
    return (left.rewrites or right.rewrites) and not begins_clause


def _slide(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Move what was only inserted or only deleted so that it begins or ends where a clause or a word does.

    加强{+食品管理，加强+}校园管理 says the same as {+加强食品管理，+}加强校园管理.
    """
    placed = list(pieces)
    for n in range(1, len(placed)):
        piece, before = placed[n], placed[n - 1].kept
        if bool(piece.deleted) == bool(piece.inserted):
            continue
        run = piece.deleted or piece.inserted
        steps = _slidable(before, run)
        best = max(range(steps + 1), key=lambda back: (_fits(before, run, piece.kept, back), -back))
        if best:
            moved = before[len(before) - best :]
            placed[n - 1] = placed[n - 1]._replace(kept=before[: len(before) - best])
            run = moved + run[: len(run) - best]
            deleted, inserted = (run, []) if piece.deleted else ([], run)
            placed[n] = _Piece(deleted, inserted, moved + piece.kept)
    return placed


def _slidable(before: Sequence[str], run: Sequence[str]) -> int:
    """Return by how many tokens a run may move back over the equal ones before it, at most its own length."""
    steps = 0
    while steps < min(len(before), len(run)) and before[-1 - steps] == run[-1 - steps]:
        steps += 1
    return steps


def _fits(before: Sequence[str], run: Sequence[str], after: Sequence[str], back: int) -> int:
    """Return how well the borders of a run fall when it is moved back by some tokens."""
    start = len(before) - back
    left = before[start - 1] if start else ""
    first = before[start] if back else run[0]
    last = run[-1 - back] if back < len(run) else before[-1]
    right = before[start] if back else (after[0] if after else "")
    ends = (not left or left in _CLAUSE_MARKS) + (last in _CLAUSE_MARKS or not right or right in _CLAUSE_MARKS)
    return 4 * ends - (left + first in _WORDS) - (last + right in _WORDS)


def _complete_words(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Let a rewritten stretch take in the character beside it that belongs to the same word: 推[-进-]{+动+}."""
    done: list[_Piece] = []
    for piece in pieces:
        grown = piece
        before = done[-1].kept if done else []
        if grown.rewrites and before and any(before[-1] + side[0] in _WORDS for side in grown[:2]):
            shared = before.pop()
            grown = _Piece([shared, *grown.deleted], [shared, *grown.inserted], grown.kept)
        if grown.rewrites and grown.kept and all(side[-1] + grown.kept[0] in _WORDS for side in grown[:2]):
            shared = grown.kept[0]
            grown = _Piece([*grown.deleted, shared], [*grown.inserted, shared], grown.kept[1:])
        done.append(grown._replace(kept=list(grown.kept)))
    return done
