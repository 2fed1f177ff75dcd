"""What the engine costs, as ratios of two measurements in one run."""
