"""`python -m chosach …`: the same as the `chosach` script, where that is not on the path."""

from chosach.cli import main

if __name__ == "__main__":
    main()
