"""cleancorpus inside the engines that people run: each module needs its own extra."""
