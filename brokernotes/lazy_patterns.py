"""Regular expressions that are compiled when they are first used.

Reading a note knows some ninety, most of them for what hardly any note says; compiling them all
takes a short command a sixth of its time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, AnyStr

if TYPE_CHECKING:

    def lazy_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """A pattern, as `re.compile` makes it; `re.sub` and its like do not take it."""
        raise NotImplementedError

else:

    class lazy_pattern:
        """A pattern, as `re.compile` makes it; `re.sub` and its like do not take it."""

        def __init__(self, source, flags=0):
            self.pattern = source
            self._flags = flags

        def __getattr__(self, name):
            compiled = re.compile(self.pattern, self._flags)
            # What was asked for is found without us from now on.
            found = self.__dict__[name] = getattr(compiled, name)
            return found
