"""zuofang (作坊): one code on every label, four questions answered.

The folders of this package live at the top of the repository; see ``docs/architecture.md``.
"""

__version__ = "0.1.0"
