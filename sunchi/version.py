"""The version, as sent to sites and written into archives."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("sunchi")
except PackageNotFoundError:
    VERSION = "source"  # run from a folder without being installed
