"""Run a real-estate brokerage in plain text.

For scripts: `from brokernotes import Vault` (see `brokernotes.scripting`).
"""

TYPE_CHECKING = False  # importing `typing` would take as long as all of `--version`
if TYPE_CHECKING:
    from brokernotes.scripting import Vault

__version__ = "0.1.0"
__all__ = ["Vault", "__version__"]


def __getattr__(name: str) -> object:
    """`Vault`, loaded when it is asked for: most commands never do."""
    if name == "Vault":
        from brokernotes.scripting import Vault

        return Vault
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
