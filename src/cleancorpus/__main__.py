"""`python -m cleancorpus` is the command."""

from cleancorpus.cli import main

if __name__ == "__main__":
    main()
