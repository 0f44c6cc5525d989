from pathlib import Path

import pytest

from bot.app.scoring_file import load_scoring
from bot.assessment.scoring import Scoring


@pytest.fixture(scope="session")
def scoring() -> Scoring:
    return load_scoring(Path(__file__).parents[2] / "config" / "scoring.toml").without_experience()
