"""The demo: two Regions fail in the lab, and drctl gets both databases back."""
