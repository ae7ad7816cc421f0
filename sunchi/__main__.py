"""`sunchi`, and `python -m sunchi`. Light, for a process that reads beside the command imports it again."""


def main() -> None:
    """The entry point."""
    from sunchi.cli import main as command

    command()


if __name__ == "__main__":
    main()
