"""A vault in a real git repository, apart from the settings of whoever runs the tests."""

import os
import subprocess


class GitVault:
    def __init__(self, folder):
        self.root = folder / "vault"
        self.root.mkdir()
        home = folder / "home"
        home.mkdir()
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        (home / "gitconfig").write_text(
            "[user]\n\tname = 王敏\n\temail = wang@example.com\n[init]\n\tdefaultBranch = main\n"
            "[gc]\n\tauto = 0\n",
            encoding="utf-8",
        )

    def git(self, *arguments, cwd=None, check=True):
        done = subprocess.run(
            ["git", *arguments],
            cwd=cwd or self.root,
            env=self.environ,
            check=check,
            capture_output=True,
        )
        return done.stdout.decode()

    def write(self, path, data):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def committed(self, path, revision="HEAD"):
        done = subprocess.run(
            ["git", "cat-file", "blob", f"{revision}:{path}"],
            cwd=self.root,
            env=self.environ,
            check=False,
            capture_output=True,
        )
        return done.stdout if done.returncode == 0 else None

    def status(self):
        return [line for line in self.git("status", "--porcelain", "-z").split("\0") if line]
