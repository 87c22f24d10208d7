"""README and CHANGELOG say what is true: the map equals the folders, the newest version is this one."""

import re
from pathlib import Path

import dentalsales

TOP = Path(__file__).parent.parent
README = TOP / "README.md"


def test_the_map_of_the_readme_names_every_room_of_the_house() -> None:
    rooms = {
        path.name.removesuffix(".py")
        for path in (TOP / "src" / "dentalsales").iterdir()
        if not path.name.startswith("__") and (path.suffix == ".py" or (path / "__init__.py").exists())
    }
    block = README.read_text(encoding="utf-8").split("## The map of the house")[1].split("## ")[0]
    named = set(re.findall(r"^  ([a-z_0-9]+)(?:\.py|/)", block, re.M))
    assert rooms == named


def test_pictures_of_the_readme_are_there() -> None:
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README.read_text(encoding="utf-8"))
    assert pictures
    for picture in pictures:
        assert (TOP / picture).is_file(), picture


def test_the_changelog_begins_with_this_version() -> None:
    found = re.search(r"^## (\d+\.\d+\.\d+)", (TOP / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert found is not None and found.group(1) == dentalsales.__version__


def test_every_library_of_the_program_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    design = (TOP / "docs" / "design.md").read_text(encoding="utf-8").lower()
    for needed in project["project"]["dependencies"]:
        name = re.split(r"[\s<>=;\[]", needed)[0].lower()
        assert name in design, name
