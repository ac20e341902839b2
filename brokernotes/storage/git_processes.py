"""Git at work: a process that was started, its answer, and what is said when there is none.

A process may be begun before its answer is needed, so that it works while we do something
else: the files of a note go to the disk meanwhile, or another git process does its part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from brokernotes.errors import SystemRefusedError
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple

if TYPE_CHECKING:
    import subprocess

TIMEOUT = 60.0  # seconds; only a hung disk or a prompt takes so long
_FAREWELL = 2.0  # seconds for a process that is stopped to take its locks away


class Answer(NamedTuple):
    """What a git process left: exit code, output, and its complaints as one text."""

    code: int
    out: bytes
    complaint: str


class GitRefusedError(SystemRefusedError):
    """Git is absent, hung, or would not do it.

    Attributes:
        complaint: what git wrote to its error stream.
    """

    def __init__(self, message: str, /, *, complaint: str = "", seconds: float = 0) -> None:
        super().__init__(message, complaint=complaint, seconds=seconds)
        self.complaint = complaint


class Process:
    """A git process at work.

    Args:
        words: the program and its arguments.
        folder: where it works.
        environ: all of its environment.
        complaints: descriptor of the file its complaints go to; None: they are in the answer.

    Raises:
        GitRefusedError: it cannot be started.
    """

    def __init__(
        self,
        words: Sequence[str],
        folder: str,
        environ: Mapping[str, str],
        complaints: int | None = None,
    ) -> None:
        import subprocess

        try:
            self.popen: subprocess.Popen[bytes] = subprocess.Popen(
                words,
                cwd=folder,
                env=environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE if complaints is None else complaints,
            )
        except OSError as error:
            raise GitRefusedError(
                N_("git cannot be started: {complaint}"), complaint=str(error)
            ) from error

    def tell(self, stdin: bytes) -> None:
        """Let it read at once, to its end, and work on.

        Args:
            stdin: what a process reads that says next to nothing before it has read it all;
                any other would wait for us, and we for it.
        """
        pipe, self.popen.stdin = self.popen.stdin, None
        assert pipe is not None
        with suppress(BrokenPipeError), pipe:  # it ended before; its answer says why
            pipe.write(stdin)

    def answer(self, stdin: bytes = b"", *, check: bool = True, timeout: float = TIMEOUT) -> Answer:
        """What it says, when it has ended.

        Args:
            stdin: what it reads, where nothing was told before.
            check: raise unless it exits with 0.
            timeout: seconds.

        Raises:
            GitRefusedError: it hung or, with `check`, failed.
        """
        from subprocess import TimeoutExpired

        try:
            out, complaints = self.popen.communicate(stdin or None, timeout)
        except TimeoutExpired as error:
            self.leave()
            raise GitRefusedError(
                N_("git did not answer within {seconds} s"), seconds=timeout
            ) from error
        except BaseException:
            self.leave()
            raise
        complaint = complaints.decode(errors="replace").strip()
        code = self.popen.returncode
        if check and code:
            raise GitRefusedError(N_("git refused: {complaint}"), complaint=complaint)
        return Answer(code, out, complaint)

    def leave(self) -> None:
        """Stop it, if it is still at work: nobody wants its answer."""
        from subprocess import TimeoutExpired

        if self.popen.poll() is None:
            self.popen.terminate()  # a git that is killed leaves its locks
            try:
                self.popen.wait(_FAREWELL)
            except TimeoutExpired:
                self.popen.kill()
                self.popen.wait()
        for pipe in (self.popen.stdin, self.popen.stdout, self.popen.stderr):
            if pipe is not None and not pipe.closed:
                with suppress(BrokenPipeError):
                    pipe.close()
