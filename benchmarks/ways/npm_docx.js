// npm's docx: js-yaml and paragraph objects with styles. Run with NODE_PATH where both packages are.
"use strict";

const fs = require("fs");
const yaml = require("js-yaml");
const { AlignmentType, Document, Packer, Paragraph, TextRun } = require("docx");

const style = (id, font, halfPoints, paragraph) => ({
  id,
  name: id,
  run: { font: { ascii: font, eastAsia: font, hAnsi: font }, size: halfPoints },
  paragraph: { spacing: { line: 579, lineRule: "exact" }, ...paragraph },
});

const STYLES = [
  style("PlanTitle", "方正小标宋简体", 44, { alignment: AlignmentType.CENTER }),
  style("PlanSection", "黑体", 32, { indent: { firstLine: 640 } }),
  style("PlanBody", "仿宋_GB2312", 32, { indent: { firstLine: 640 } }),
];

const PAGE = {
  size: { width: 11906, height: 16838 },
  margin: { top: 2098, bottom: 1984, left: 1588, right: 1474 },
};

/** Returns 1 to 9 999 in Chinese numerals. */
function chineseNumber(number) {
  const units = ["千", "百", "十", ""];
  const digits = String(number).padStart(4, "0").split("");
  const parts = digits.map((digit, place) => (digit === "0" ? "零" : "零一二三四五六七八九"[digit] + units[place]));
  return parts.join("").replace(/零+/g, "零").replace(/^零|零$/g, "").replace(/^一十/, "十");
}

/** Splits Chinese prose at its blank lines; the line breaks within a paragraph vanish. */
function paragraphs(prose) {
  return prose.trim().split("\n\n").map((block) => block.replace(/\s+/g, ""));
}

/** Joins targets to one sentence, supplying the verb where a goal begins with its figure. */
function targetSentence(targets) {
  if (targets.length === 0) return "";
  const phrases = targets.map(({ indicator, goal }) => indicator + (/^\d/.test(goal) ? "达到" : "") + goal);
  return phrases.join("，") + "。";
}

function taskParagraph(number, task) {
  const text = paragraphs(task.text).join("") + targetSentence(task.targets ?? []);
  const heading = new TextRun({ text: `${number}.${task.heading}。`, bold: true });
  return new Paragraph({ style: "PlanBody", children: [heading, new TextRun(text)] });
}

function children(plan) {
  const result = [new Paragraph({ style: "PlanTitle", text: plan.title })];
  for (const text of paragraphs(plan.guiding_thought)) result.push(new Paragraph({ style: "PlanBody", text }));
  plan.sections.forEach((section, index) => {
    result.push(new Paragraph({ style: "PlanSection", text: `${chineseNumber(index + 1)}、${section.heading}` }));
    section.tasks.forEach((task, place) => result.push(taskParagraph(place + 1, task)));
  });
  return result;
}

async function render(source, target) {
  const plan = yaml.load(fs.readFileSync(source, "utf8"));
  const sections = [{ properties: { page: PAGE }, children: children(plan) }];
  const document = new Document({ styles: { paragraphStyles: STYLES }, sections });
  fs.writeFileSync(target, await Packer.toBuffer(document));
}

async function main(paths) {
  for (let index = 0; index < paths.length; index += 2) await render(paths[index], paths[index + 1]);
}

main(process.argv.slice(2));
