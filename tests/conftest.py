"""What every test runs under: Hypothesis in one of two profiles.

`quick` draws the same examples each time, so that a change fails for its own
reasons; `nightly` draws many new ones. `TRIAL_PROFILE` names the profile.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("quick", derandomize=True, deadline=None, max_examples=100)
settings.register_profile(
    "nightly",
    deadline=None,
    max_examples=5_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("TRIAL_PROFILE", "quick"))
