"""How Sphinx makes the documentation: English from `docs/`, Chinese from `docs/zh/`."""

from brokernotes import __version__

project = "brokernotes"
author = "The brokernotes authors"
copyright = author
release = version = __version__

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["zh"]  # a language of its own; from docs/zh it names nothing
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["myst.header"]  # problems.md has one example a heading

html_theme = "furo"
html_title = f"brokernotes {release}"
html_theme_options: dict[str, object] = {"top_of_page_buttons": []}
pygments_style = "default"
