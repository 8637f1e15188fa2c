"""Plans of any size in invented words: the same number and seed give the same plan, as YAML and as it must read."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.ways.shared import PlanData, SectionData, TargetData, TaskData, reading

TASKS_PER_SECTION = 10
TASK_CHARACTERS = 105
"""Characters of heading and text a task has at least; the mean comes to about 120."""

VERBS = ("扩大", "优化", "健全", "推进", "深化", "加强", "完善", "规范", "提升", "落实", "统筹", "强化")
OBJECTS = (
    "公办学位供给",
    "县域教研体系",
    "校园安全管理",
    "课后服务质量",
    "乡村教师支持",
    "劳动实践基地",
    "学校食堂监管",
    "心理健康服务",
    "产教融合平台",
    "特殊教育保障",
    "教育数字底座",
    "学前普惠资源",
    "校长职级改革",
    "阅读推广行动",
    "青少年体质监测",
    "教育经费统筹",
)
PARTS = (
    "促进教育公平，推进优质均衡发展",
    "坚持立德树人，培育时代新人",
    "深化课程改革，提高育人质量",
    "建强教师队伍，激发队伍活力",
    "守牢安全底线，建设平安校园",
    "加快数字转型，赋能教育治理",
    "加强党的建设，凝聚发展合力",
)
SENTENCES = (
    "制定分年度实施清单，明确责任人和完成节点，按季度通报进展情况。",
    "新建、改扩建学校{n}所，新增学位{m}个，同步配齐教学设备。",
    "组织骨干教师到薄弱学校支教不少于{n}人次，开展同课异构活动。",
    "建立问题台账，实行销号管理，对整改不到位的学校开展“回头看”。",
    "联合卫生健康、市场监管等部门开展专项检查{n}次，结果向社会公开。",
    "遴选试点学校{n}所，总结可复制、可推广的经验，年底前召开现场会。",
    "完善督导评估办法，把群众满意度作为重要观测点，不搞重复填报。",
    "依托“云川学堂”平台汇集优质课例{m}节，方便农村学校随时使用。",
    "统筹财政资金{m}万元，优先保障农村寄宿制学校冬季取暖和饮水安全。",
    "举办校长论坛和班主任沙龙{n}场，搭建交流互鉴的平台。",
    "开展家庭教育指导进社区活动{n}场，覆盖全部乡镇和街道。",
    "健全监测预警机制，对重点指标每月分析研判，及时采取干预措施。",
)
TARGETS = (
    ("九年义务教育巩固率", "97.{d}%以上"),
    ("学前教育毛入园率", "9{d}.6%以上"),
    ("56人及以上大班额比例", "控制在{d}%以内"),
    ("普惠性幼儿园", "新增1{d}所"),
    ("教师培训合格率", "9{d}%以上"),
    ("校园安全责任事故起数", "控制在{d}起以内"),
)
UNITS = ("规划建设科", "基础教育科", "组织人事科", "财务审计科", "安全管理科", "教师工作科", "督导室", "电教中心")
DUES = ("2027-06", "2027-09", "9月底前", "2027年第四季度")
THOUGHT = """\
以立德树人为根本任务，坚持教育优先发展，办好人民满意的教育。
全面提高教育质量，着力解决群众身边的急难愁盼问题。

今年着重抓好以下工作。
"""


def plan(tasks: int, seed: int = 0) -> PlanData:
    """Return a plan of that many tasks, ten to a section."""
    random = Random(seed * 1_000_003 + tasks)
    sections: list[SectionData] = []
    for first in range(0, tasks, TASKS_PER_SECTION):
        numbers = range(first, min(first + TASKS_PER_SECTION, tasks))
        heading = PARTS[len(sections) % len(PARTS)]
        sections.append({"heading": heading, "tasks": [_task(random, number) for number in numbers]})
    return {
        "title": "云川市2027年教育工作要点",
        "year": 2027,
        "issuer": "云川市教育局",
        "guiding_thought": THOUGHT,
        "sections": sections,
    }


def _task(random: Random, number: int) -> TaskData:
    heading = random.choice(VERBS) + random.choice(OBJECTS)
    task: TaskData = {"heading": heading, "text": _prose(random, len(heading)), "lead": random.choice(UNITS)}
    if number % 2:
        task["support"] = random.sample(UNITS, 2)
        task["due"] = random.choice(DUES)
    if number % 3 == 0:
        task["targets"] = _targets(random, 2 if number % 6 == 0 else 1)
    return task


def _prose(random: Random, length: int) -> str:
    """Return sentences, one a line, until the task has its characters; `length` of them are in its heading."""
    lines: list[str] = []
    for sentence in random.sample(SENTENCES, len(SENTENCES)):
        lines.append(sentence.format(n=random.randint(2, 30), m=10 * random.randint(12, 300)))
        length += len(lines[-1])
        if length >= TASK_CHARACTERS:
            break
    return "\n".join(lines) + "\n"


def _targets(random: Random, count: int) -> list[TargetData]:
    chosen = random.sample(TARGETS, count)
    return [{"indicator": name, "goal": goal.format(d=random.randint(1, 9))} for name, goal in chosen]


def yaml_lines(data: PlanData) -> Iterator[str]:
    """Yield the plan as the lines of a plan file, one sentence a line."""
    yield f"title: {data['title']}"
    yield f"year: {data['year']}"
    yield f"issuer: {data['issuer']}"
    yield "guiding_thought: |"
    yield from _indented(data["guiding_thought"], 2)
    yield "sections:"
    for section in data["sections"]:
        yield f"  - heading: {section['heading']}"
        yield "    tasks:"
        for task in section["tasks"]:
            yield from _task_lines(task)


def _task_lines(task: TaskData) -> Iterator[str]:
    yield f"      - heading: {task['heading']}"
    yield "        text: |"
    yield from _indented(task["text"], 10)
    if "targets" in task:
        yield "        targets:"
        for target in task["targets"]:
            yield f"          - indicator: {target['indicator']}"
            yield f"            goal: {target['goal']}"
    yield f"        lead: {task['lead']}"
    if "support" in task:
        yield f"        support: [{', '.join(task['support'])}]"
    if "due" in task:
        yield f"        due: {task['due']}"


def _indented(prose: str, columns: int) -> Iterator[str]:
    for line in prose.splitlines():
        yield " " * columns + line if line else ""


def visible_lines(data: PlanData) -> Iterator[str]:
    """Yield the plan as it must read, one paragraph a line."""
    read = reading(data)
    yield read.title
    yield from read.opening
    for section in read.sections:
        yield section.heading
        for task in section.tasks:
            yield task.heading + task.text


def write(folder: Path, stem: str, tasks: int, seed: int = 0) -> Path:
    """Write STEM.yaml, and STEM.txt with what it must read, into the folder; return the plan file's path."""
    data = plan(tasks, seed)
    path = folder / f"{stem}.yaml"
    path.write_text("\n".join(yaml_lines(data)) + "\n", encoding="utf-8")
    path.with_suffix(".txt").write_text("\n".join(visible_lines(data)) + "\n", encoding="utf-8")
    return path
