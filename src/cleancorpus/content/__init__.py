"""The learned judge: features of blocks, a small network over them, and where to cut."""
