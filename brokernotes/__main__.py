"""`python -m brokernotes`."""

from brokernotes.cli.main import main

main()
