"""Base documents as an office makes them in Word: built for tests, each with one thing that tools get wrong.

`BASES` holds them by name. Most are the body of a document in WordprocessingML, put into the package that python-docx
makes; `raw_base` writes a package by hand, with the parts one gives it.
"""

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml

NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
RED: Final = '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr>'


def run(text: str, properties: str = "") -> str:
    """Return a run; what looks like a tag in the text must be escaped."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """Return a paragraph: texts become runs, markup stays."""
    inside = "".join(each if each.startswith("<") else run(each) for each in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


A4: Final = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/>'
    "</w:sectPr>"
)
PLAN: Final = paragraph("{{ plan }}")


def table(*cells: str) -> str:
    """Return a table of one row; a cell is the paragraphs in it."""
    row = "".join(f'<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in cells)
    grid = '<w:gridCol w:w="4000"/>' * len(cells)
    head = f'<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    return f"<w:tbl>{head}<w:tr>{row}</w:tr></w:tbl>"


def text_box(inside: str) -> str:
    """Return a run with a floating text box as Word writes it: twice, for new readers and for old ones."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"'
        ' layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="3000000" cy="600000"/><wp:wrapTopAndBottom/><wp:docPr id="7" name="文本框"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="600000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:shape style="position:absolute;width:236pt;height:47pt" type="#_x0000_t202">'
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def python_docx_base(
    *body: str, header: str = "", footer: str = "", section: str = "", document: Docx | None = None
) -> bytes:
    """Return a document made by python-docx, with its styles, whose body is replaced by blocks.

    None as document means the one python-docx begins with, but without the looks of tables.
    """
    document = document or Document(io.BytesIO(_light_document()))
    _replace(document.element.body, f"{''.join(body)}{section or A4}")
    for place, content in ((document.sections[0].header, header), (document.sections[0].footer, footer)):
        if content:
            place.is_linked_to_previous = False
            _replace(place._element, content)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@cache
def _light_document() -> bytes:
    """Return what python-docx begins with, without the looks of tables, which are nine tenths of it."""
    document = Document()
    for each in [each for each in document.styles if each.type == WD_STYLE_TYPE.TABLE and each.name != "Normal Table"]:
        each.delete()
    for name, relationship in list(document.part.rels.items()):
        if relationship.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(name)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _replace(story: Any, blocks: str) -> None:
    story[:] = list(parse_xml(f"<w:body {NAMESPACES}>{blocks}</w:body>"))


def with_styles(styles: str, *body: str, header: str = "", section: str = "") -> bytes:
    """Return a document like python-docx makes, with nothing but the styles given."""
    parts = parts_of(io.BytesIO(python_docx_base(*body, header=header, section=section)))
    parts["word/styles.xml"] = f"<w:styles {NAMESPACES}>{styles}</w:styles>".encode()
    parts["word/numbering.xml"] = f"<w:numbering {NAMESPACES}/>".encode()
    return zipped(parts)


def style(style_id: str, name: str, more: str = "", kind: str = "paragraph") -> str:
    """Return a style."""
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name}"/>{more}</w:style>'


CONTENT_TYPES: Final = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml"\
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
ROOT_RELATIONSHIPS: Final = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"\
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"\
 Target="word/document.xml"/></Relationships>"""


def document_part(*body: str, section: str = A4) -> str:
    """Return the main part of a document."""
    start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{start}<w:document {NAMESPACES}><w:body>{''.join(body)}{section}</w:body></w:document>"


def raw_base(*body: str, section: str = A4, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return the smallest package Word opens, without styles or properties; `parts` are added or replaced."""
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": ROOT_RELATIONSHIPS,
            "word/document.xml": document_part(*body, section=section),
            **(parts or {}),
        }
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of parts."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def parts_of(path: Path | io.BytesIO) -> dict[str, bytes]:
    """Return the parts of a package in their order."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


LINK: Final = '<w:hyperlink w:anchor="_GoBack">{}</w:hyperlink>'
PROOF: Final = '<w:proofErr w:type="spellStart"/>'
BOOKMARK: Final = '<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/>'
INSERTED: Final = '<w:ins w:id="11" w:author="甲" w:date="2026-01-01T00:00:00Z">{}</w:ins>'
DELETED: Final = (
    '<w:del w:id="12" w:author="甲" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>{}</w:delText></w:r></w:del>'
)
CONTROL: Final = '<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'


def typed(text: str, font: str, size: int, color: str = "000000") -> str:
    """Return a run as people format it, without styles; the size is in half-points."""
    fonts = f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}" w:hint="eastAsia"/>'
    return run(text, f'<w:rPr>{fonts}<w:color w:val="{color}"/><w:sz w:val="{size}"/></w:rPr>')


def office_base() -> bytes:
    """Return what an office has: red head, text box, table, imprint and header typed over Word's own styles."""
    centred = '<w:jc w:val="center"/>'
    red_line = '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="7" w:color="FF0000"/></w:pBdr>'
    number = (typed("{{ document_n", "仿宋_GB2312", 32), typed("umber }}", "仿宋_GB2312", 32))
    cells = (typed("文件名称", "黑体", 28), typed("{{ title }}（{{ year }}年）", "仿宋_GB2312", 28))
    return with_styles(
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:eastAsia="宋体" w:hAnsi="Calibri"/>'
        '<w:kern w:val="2"/><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="a0"><w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/></w:style>',
        paragraph(
            typed("{{ organ_mark }}", "方正小标宋简体", 96, "FF0000"),
            properties=f'<w:spacing w:before="600" w:after="400"/>{centred}',
        ),
        paragraph(*number, properties=f'{red_line}<w:spacing w:after="300"/>{centred}'),
        paragraph(text_box(paragraph(typed("{{ issuer }}　审定稿", "楷体_GB2312", 24)))),
        table(*map(paragraph, cells)),
        PLAN,
        table(paragraph(typed("{{ printed_by }}　　{{ printed_on }}", "仿宋_GB2312", 28))),
        paragraph(),
        header=paragraph(typed("云川教育　{{ title }}", "宋体", 18, "666666"), properties=centred),
    )


BASES: Final[dict[str, bytes]] = {
    "as an office types it": office_base(),
    "one run": python_docx_base(paragraph("题为{{ title }}。"), PLAN),
    "all styles of python-docx": python_docx_base(paragraph("题为{{ title }}。"), PLAN, document=Document()),
    "split over runs": python_docx_base(
        paragraph("前", run("{", RED), run("{ ti"), run("tle }", RED), "}后", run("尾", RED)), PLAN
    ),
    "in a table": python_docx_base(table(paragraph("标题"), paragraph("{{ title }}")), PLAN, paragraph("末段")),
    "in a text box": python_docx_base(paragraph(text_box(paragraph("《{{ title }}》"))), PLAN),
    "in header and footer": python_docx_base(
        PLAN, header=paragraph("单位：{{ issuer }}"), footer=paragraph("{{ year }}年度")
    ),
    "beside special characters": python_docx_base(paragraph("甲&amp;乙&lt;{{ title }}&gt;丙"), PLAN),
    "proofreading marks and bookmarks between runs": python_docx_base(
        paragraph("{{", PROOF, " tit", BOOKMARK, "le", '<w:proofErr w:type="spellEnd"/>', " }}"), PLAN
    ),
    "in a hyperlink": python_docx_base(paragraph(LINK.format(run("见{{ title }}"))), PLAN, paragraph(BOOKMARK)),
    "in a content control": python_docx_base(paragraph(CONTROL.format(run("{{ title }}"))), PLAN),
    "with tracked changes": python_docx_base(
        paragraph("{{ tit", DELETED.format("el"), INSERTED.format(run("le")), " }}号"), PLAN
    ),
    "with smart quotes": python_docx_base(paragraph("“{{ title }}”——印发"), PLAN),
    "Chinese names": python_docx_base(paragraph("{{标题}}，{{\u3000年份\u00a0}}"), paragraph("{{ 计划 }}")),
    "in a footnote": zipped(
        {
            **parts_of(
                io.BytesIO(raw_base(paragraph("{{ title }}", '<w:r><w:footnoteReference w:id="2"/></w:r>'), PLAN))
            ),
            "[Content_Types].xml": CONTENT_TYPES.replace(
                "</Types>",
                '<Override PartName="/word/footnotes.xml" ContentType="application/'
                'vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>',
            ),
            "word/_rels/document.xml.rels": ROOT_RELATIONSHIPS.replace("word/document.xml", "footnotes.xml").replace(
                'officeDocument"', 'footnotes"'
            ),
            "word/footnotes.xml": f"<w:footnotes {NAMESPACES}>"
            f'<w:footnote w:id="2">{paragraph("制定单位：{{ issuer }}")}</w:footnote></w:footnotes>',
        }
    ),
    "beside a picture of a page break": python_docx_base(
        paragraph("{{ title }}", '<w:r><w:br w:type="page"/></w:r>', "{{ issuer }}　", "<w:r><w:tab/></w:r>", "尾"),
        PLAN,
    ),
    "no styles at all": raw_base(paragraph("{{ title }}"), PLAN, paragraph("末段")),
}
"""Bases that are fine, by what is special about them; every one has a paragraph `{{ plan }}` and a field."""
