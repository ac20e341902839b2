"""How bash and zsh are answered; fish is Click's own.

Click's scripts know words only. Ours end in `:` and `=` and go on behind them: bash takes these
for ends of words, and both shells would put a space there. Both names of the program complete.
"""

from __future__ import annotations

import os
import re
from typing import ClassVar

from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

_BASH = """\
%(complete_func)s() {
    local type value IFS=
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            open) compopt -o nospace; COMPREPLY+=("$value") ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORDBREAKS="$COMP_WORDBREAKS" \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s brokernotes bn 2>/dev/null \\
    || complete -F %(complete_func)s brokernotes bn
"""

_ZSH = """\
#compdef brokernotes bn

%(complete_func)s() {
    local -a described plain open shown response
    local type key descr
    (( ! $+commands[$words[1]] )) && return 1
    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \\
        %(complete_var)s=zsh_complete $words[1] 2>/dev/null)}")
    for type key descr in ${response}; do
        if [[ "$type" == "open" ]]; then
            open+=("${key//\\\\:/:}")
            shown+=("${key//\\\\:/:}  $descr")
        elif [[ "$type" == "dir" ]]; then
            _path_files -/
        elif [[ "$type" == "file" ]]; then
            _path_files -f
        elif [[ "$descr" == "_" ]]; then
            plain+=("$key")
        else
            described+=("$key":"$descr")
        fi
    done
    [ -n "$described" ] && _describe -V unsorted described -U
    [ -n "$plain" ] && compadd -U -V unsorted -a plain
    [ -n "$open" ] && compadd -U -S '' -V unsorted -l -d shown -a open
    return 0
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s brokernotes bn
fi
"""
_SPECIAL = re.compile(r"""([\s"'`$\\|&;<>()*?\[\]!#~])""")
_SETTING = re.compile(r"\w+=")


class BashCompletion(ShellComplete):
    """Bash, which takes a word apart at `:` and `=`: it is told only what follows them."""

    name: ClassVar[str] = "bash"
    source_template: ClassVar[str] = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor's, and what stands of that one."""
        line = os.environ.get("COMP_LINE", "")
        words = split_arg_string(line)
        while words and _SETTING.match(words[0]):
            del words[0]  # NAME=value before the program
        begins = not words or (line[-1:].isspace() and not _is_open(line))
        incomplete = "" if begins else words.pop()
        return words[1:], incomplete

    def format_completion(self, item: CompletionItem[str]) -> str:
        """The part that bash replaces, as it is typed in bash."""
        breaks = os.environ.get("COMP_WORDBREAKS", ":=")
        line = os.environ.get("COMP_LINE", "")
        value = item.value
        if not _is_open(line):
            before = _last_break(self.get_completion_args()[1], breaks)
            value = _SPECIAL.sub(r"\\\1", value.removeprefix(before))
        return f"{_kind(item)},{value}"


class ZshCompletion(ZshComplete):
    """Zsh, with words that are not over yet."""

    source_template: ClassVar[str] = _ZSH

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Three lines: kind, value, what it means."""
        kind, _, rest = super().format_completion(item).partition("\n")
        return f"{_kind(item) if kind == 'plain' else kind}\n{rest}"


def register() -> None:
    """Let Click use these."""
    add_completion_class(BashCompletion)
    add_completion_class(ZshCompletion)


def _kind(item: CompletionItem[str]) -> str:
    """`open` where more of the same word is to be typed."""
    return "open" if item.type == "plain" and item.value.endswith((":", "=")) else item.type


def _is_open(line: str) -> bool:
    """Whether a quote is open at the end of a line."""
    quote = ""
    skip = False
    for character in line:
        if skip:
            skip = False
        elif character == "\\" and quote != "'":
            skip = True
        elif not quote and character in "'\"":
            quote = character
        elif character == quote:
            quote = ""
    return bool(quote)


def _last_break(word: str, breaks: str) -> str:
    """The part of a word that bash has left behind."""
    places = [at for at, character in enumerate(word) if character in ":=" and character in breaks]
    return word[: places[-1] + 1] if places else ""
