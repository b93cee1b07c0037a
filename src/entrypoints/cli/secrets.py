"""Passwords at the command line: never as an argument, where others could read them."""

import sys

import typer


def ask_password(prompt: str) -> str:
    """Typed twice without echo, or one line of standard input when that is not a terminal."""
    if sys.stdin.isatty():
        answer: str = typer.prompt(prompt, hide_input=True, confirmation_prompt=True)
        return answer
    return sys.stdin.readline().rstrip("\r\n")
