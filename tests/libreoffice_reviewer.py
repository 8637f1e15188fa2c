"""A reviewer at LibreOffice: a macro that records changes while it replaces, deletes, types and comments."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

AUTHOR: Final = "财务科"

_REVIEW: Final = """\
Sub Review(source As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  document.RecordChanges = True
  Words(document, "9000").setString("12000")
  Words(document, "书记、").setString("")
  paragraph = Words(document, "新建初中2所。")
  paragraph.gotoStartOfParagraph(False)
  paragraph.gotoNextParagraph(True)
  paragraph.setString("")
  ending = Words(document, "要求。")
  ending.collapseToEnd()
  ending.Text.insertControlCharacter(ending, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  ending.Text.insertString(ending, "做好残疾儿童少年入学工作。", False)
  note = document.createInstance("com.sun.star.text.textfield.Annotation")
  note.Author = "AUTHOR"
  note.Content = "建议改为每月。"
  place = Words(document, "每学期")
  place.Text.insertTextContent(place, note, True)
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName" : filter(0).Value = "MS Word 2007 XML"
  document.storeToURL(ConvertToURL(target), filter())
  document.close(True)
  StarDesktop.terminate()
End Sub

Function Words(document, text As String)
  search = document.createSearchDescriptor()
  search.SearchString = text
  found = document.findFirst(search)
  Words = found.Text.createTextCursorByRange(found)
End Function
"""
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY: Final = (
    f'{_XML}<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n'
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
    ' library:readonly="false" library:passwordprotected="false"><library:element library:name="Reviewer"/>'
    "</library:library>"
)
_LIBRARIES: Final = (
    f'{_XML}<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">\n'
    '<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"'
    ' library:link="false"/></library:libraries>'
)
_MODULE: Final = (
    f'{_XML}<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Reviewer"'
    ' script:language="StarBasic">{}</script:module>'
)
_PROFILE: Final = (
    f'{_XML}<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.UserProfile/Data">'
    f'<prop oor:name="givenname" oor:op="fuse"><value>{AUTHOR}</value></prop></item></oor:items>'
)
_BASIC: Final = {
    "basic/script.xlc": _LIBRARIES,
    "basic/Standard/script.xlb": _LIBRARY,
    "basic/Standard/Reviewer.xba": _MODULE.format(_REVIEW.replace("AUTHOR", AUTHOR).replace('"', "&quot;")),
}


def review(source: Path, target: Path, folder: Path) -> bool:
    """Have LibreOffice review a document, with a profile in a folder; return whether it could.

    A first start sets up the profile, and would replace the macros in it. The second may fail while it ends: the
    document is written by then.
    """
    profile = folder / "profile"
    _write(profile, {"registrymodifications.xcu": _PROFILE})
    _start(profile, "--terminate_after_init")
    _write(profile, _BASIC)
    _start(profile, f'macro:///Standard.Reviewer.Review("{source}","{target}")')
    return target.is_file()


def _write(profile: Path, files: Mapping[str, str]) -> None:
    for name, content in files.items():
        path = profile / "user" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def _start(profile: Path, what: str) -> None:
    program = shutil.which("soffice")
    assert program
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", what]
    subprocess.run(command, capture_output=True, check=False, timeout=120)
