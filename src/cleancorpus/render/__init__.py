"""From a marked document to text: renderers leave out what is marked, and change nothing."""
