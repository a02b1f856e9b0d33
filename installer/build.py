"""Builds what is handed to users: a folder, and from it a .deb (Linux) or a setup.exe (Windows).

    python installer/build.py            everything this machine can build, into dist/
    python installer/build.py folder     only the folder dist/kpiapp

The folder must be built on the oldest system it shall run on: it needs that system's glibc.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "installer"
FOLDER = ROOT / "dist" / "kpiapp"

NOT_OURS_TO_PASS_ON = re.compile(
    r"readline|gdbm|Charts|DataVisualization|VirtualKeyboard", re.IGNORECASE
)
"""Names of GPL libraries, which must never be in the folder."""

NEEDED_PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libfontconfig1 libglib2.0-0 libdbus-1-3 libxcb-cursor0"
    " libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0"
    " libxcb-xkb1 libxkbcommon-x11-0"
).split()


def main() -> None:
    """Build what the command line asks for."""
    only_folder = sys.argv[1:] == ["folder"]
    build_folder()
    if only_folder:
        return
    if shutil.which("dpkg-deb"):
        print(build_deb())
    if shutil.which("makensis") and sys.platform == "win32":
        print(build_setup())


def version() -> str:
    """Return the version of the program."""
    text = (ROOT / "kpiapp" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "(.+)"', text)
    assert found
    return found[1]


def build_folder() -> None:
    """Freeze the program into dist/kpiapp and try it there."""
    write_icon(ROOT / "build" / "kpiapp.ico")
    run(
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--distpath", ROOT / "dist", "--workpath", ROOT / "build", HERE / "kpiapp.spec",
    )  # fmt: skip
    if wrong := [x for x in FOLDER.rglob("*") if NOT_OURS_TO_PASS_ON.search(x.name)]:
        raise SystemExit(f"must not be bundled: {wrong}")
    run(FOLDER / ("kpiapp-cli.exe" if sys.platform == "win32" else "kpiapp"), "self-test")


def write_icon(path: Path) -> None:
    """Draw the program's icon for Windows from its SVG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication([])
    image = QImage(256, 256, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(ROOT / "resources" / "icons" / "kpiapp.svg")).render(painter)
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path)):
        raise SystemExit(f"cannot write {path}")
    del app


def build_deb() -> Path:
    """Pack dist/kpiapp as a Debian package: the files under /usr/lib/kpiapp, a link in /usr/bin."""
    tree = ROOT / "build" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(FOLDER, tree / "usr/lib/kpiapp", symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/kpiapp").symlink_to("../lib/kpiapp/kpiapp")
    copy(HERE / "debian/kpiapp.desktop", tree / "usr/share/applications/kpiapp.desktop")
    copy(HERE / "debian/kpiapp.xml", tree / "usr/share/mime/packages/kpiapp.xml")
    copy(
        ROOT / "resources/icons/kpiapp.svg",
        tree / "usr/share/icons/hicolor/scalable/apps/kpiapp.svg",
    )
    copy(HERE / "debian/copyright", tree / "usr/share/doc/kpiapp/copyright")
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text(control(tree), encoding="utf-8")
    target = ROOT / "dist" / f"kpiapp_{version()}_{architecture()}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, target)
    return target


def control(tree: Path) -> str:
    """Return the control file; the glibc is the one this machine builds with."""
    size = sum(x.lstat().st_size for x in tree.rglob("*") if not x.is_dir()) // 1024
    needs = [f"libc6 (>= {platform.libc_ver()[1]})", *NEEDED_PACKAGES]
    return dedent(f"""\
        Package: kpiapp
        Version: {version()}
        Architecture: {architecture()}
        Maintainer: kpiapp <kpiapp@localhost>
        Installed-Size: {size}
        Section: office
        Priority: optional
        Depends: {", ".join(needs)}
        Recommends: fonts-noto-cjk
        Description: 绩效目标管理
         离线填报、检查、导出预算绩效目标申报表。
        """)


def architecture() -> str:
    """Return Debian's name for this machine."""
    return {"x86_64": "amd64", "aarch64": "arm64", "loongarch64": "loong64"}[platform.machine()]


def build_setup() -> Path:
    """Pack dist/kpiapp as a Windows setup program."""
    target = ROOT / "dist" / f"kpiapp-{version()}-setup.exe"
    run(
        "makensis", "/V2", f"/DVERSION={version()}", f"/DFOLDER={FOLDER}", f"/DTARGET={target}",
        HERE / "windows" / "kpiapp.nsi",
    )  # fmt: skip
    return target


def copy(source: Path, target: Path) -> None:
    """Copy a file, making the folders above it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def run(*command: str | Path) -> None:
    """Run a program; what it says is shown, and a failure ends the build."""
    subprocess.run([str(x) for x in command], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
