"""The version, as it is said to sites and written into archives."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("sunchi")
except PackageNotFoundError:
    VERSION = "source"  # run from its folder, without having been installed
