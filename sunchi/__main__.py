"""`sunchi`, and `python -m sunchi`. It imports little, since every worker process imports it again."""

import gc


def main() -> None:
    """Run the command."""
    from sunchi.cli import main as command

    try:
        command()
    finally:
        gc.freeze()  # no garbage collection at the end, which would take a tenth of a second


if __name__ == "__main__":
    main()
