"""What a run did: counts by filter, and documents shown with the reason of every removal."""
