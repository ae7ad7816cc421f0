"""`sunchi`, and `python -m sunchi`. Light, for a process that reads beside the command imports it again."""

import gc


def main() -> None:
    """The entry point."""
    from sunchi.cli import main as command

    try:
        command()
    finally:
        gc.freeze()  # a process that ends need not be searched for garbage, which takes a tenth of a second


if __name__ == "__main__":
    main()
