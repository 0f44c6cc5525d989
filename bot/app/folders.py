"""Where the configuration lies. Kept apart from the settings, which take long to load and which reading needs not."""

import os
from pathlib import Path

from dotenv import dotenv_values

_PACKAGED = Path(__file__).resolve().parent.parent
CONFIG_DIR = "OUTRIDER_CONFIG_DIR"


def packaged_config() -> Path:
    """Return the folder of the configuration that came with Outrider: in a checkout, else inside the package."""
    checkout = _PACKAGED.parent / "config"
    return checkout if (checkout / "outrider.toml").is_file() else _PACKAGED / "config"


def config_dir() -> Path:
    """Return the folder that OUTRIDER_CONFIG_DIR names, in the environment or in .env, else the packaged one."""
    named = os.environ.get(CONFIG_DIR) or dotenv_values(".env").get(CONFIG_DIR)
    return Path(named) if named else packaged_config()
