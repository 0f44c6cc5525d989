"""Settings of all tests."""

import os

from hypothesis import settings

# By hand each run tries other examples and finds new faults; a landing is judged by the same ones each time.
settings.register_profile("landing", derandomize=True, deadline=None)
settings.register_profile("by hand", deadline=None)
settings.load_profile("landing" if os.environ.get("CI") else "by hand")
