"""LibreOffice, where it is installed: makes a PDF of a document, with the fonts there are."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from annual_summary.measures import FALLBACKS
from tian.document_failures import FileExists, NoOffice, OfficeFailed

CONVERSION_SECONDS = 180
SYSTEM_FONTS = "/etc/fonts/fonts.conf"


@dataclass(frozen=True)
class Office:
    """The program, by its path."""

    program: str

    def to_pdf(self, document: Path) -> Path:
        """The PDF beside the document. Raises FileExists or OfficeFailed."""
        target = document.with_suffix(".pdf")
        if target.exists():
            raise FileExists(path=target)
        with TemporaryDirectory(prefix="tian-office-") as name:
            folder = Path(name)
            made = self.convert(document, folder, "pdf")
            shutil.copyfile(made, target)
        return target

    def convert(self, document: Path, folder: Path, kind: str) -> Path:
        """The document as a file of another kind in a folder. Raises OfficeFailed.

        With a profile of its own, so that an office that is open does not stand in the way.
        """
        profile = (folder / "profile").as_uri()
        command = [self.program, f"-env:UserInstallation={profile}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(folder), str(document.absolute())]
        (folder / "fonts.conf").write_text(font_rules(), encoding="utf-8")
        try:
            run = subprocess.run(
                command,
                env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
                capture_output=True,
                text=True,
                check=False,
                timeout=CONVERSION_SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise OfficeFailed(reason=error) from error
        made = folder / f"{document.stem}.{kind}"
        if not made.is_file():
            raise OfficeFailed(reason=(run.stderr or run.stdout).strip())
        return made


def find_office() -> Office:
    """The LibreOffice on the path. Raises NoOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NoOffice
    return Office(program)


def font_rules() -> str:
    """What fontconfig takes where a font of the document is missing, before its own choice."""
    aliases = "".join(
        f'<alias binding="same"><family>{escape(font)}</family><prefer>'
        + "".join(f"<family>{escape(other)}</family>" for other in others)
        + "</prefer></alias>\n"
        for font, others in FALLBACKS.items()
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f'<include ignore_missing="yes">{_fonts_of_the_system()}</include>\n{aliases}</fontconfig>\n'
    )


def _fonts_of_the_system() -> str:
    return escape(os.environ.get("FONTCONFIG_FILE", SYSTEM_FONTS))


def replaced_fonts() -> dict[str, str]:
    """For each font of the document that this machine has not, the one that is taken."""
    matcher = shutil.which("fc-match")
    if matcher is None:
        return {}
    with TemporaryDirectory(prefix="tian-fonts-") as name:
        rules = Path(name) / "fonts.conf"
        rules.write_text(font_rules(), encoding="utf-8")
        taken = {font: _taken(matcher, font, rules) for font in FALLBACKS}
    return {font: names[0] for font, names in taken.items() if names and font not in names}


def _taken(matcher: str, font: str, rules: Path) -> list[str]:
    run = subprocess.run(
        [matcher, "--format", "%{family}", font],
        env={**os.environ, "FONTCONFIG_FILE": str(rules)},
        capture_output=True,
        text=True,
        check=False,
    )
    return [family for family in run.stdout.split(",") if family]
