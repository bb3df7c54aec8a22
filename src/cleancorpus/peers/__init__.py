"""Judges that other packages bring, put to work on our blocks; an extra each."""
