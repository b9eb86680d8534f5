"""Every relative link of every tracked Markdown file leads to a file of the repository."""

import pathlib
import re
import subprocess
import sys

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^\s*```.*?^\s*```", re.MULTILINE | re.DOTALL)


def broken_links(root, document):
    """Links of one document that lead nowhere; other sites and places in the same page are left alone."""
    text = FENCE.sub("", (root / document).read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        path = target.split("#")[0]
        if path and "://" not in path and not (root / document).parent.joinpath(path).exists():
            yield f"{document}: nothing is at {target}"


def main():
    root = pathlib.Path(sys.argv[1])
    tracked = subprocess.run(["git", "-C", root, "ls-files", "--", "*.md"],
                             check=True, capture_output=True, text=True).stdout.split("\n")
    documents = [name for name in tracked if name and (root / name).exists()]
    if not documents:
        sys.exit("no Markdown file found, so nothing was checked")
    broken = [line for name in documents for line in broken_links(root, name)]
    if broken:
        sys.exit("\n".join(broken))
    print(f"the links of {len(documents)} documents lead somewhere")


if __name__ == "__main__":
    main()
