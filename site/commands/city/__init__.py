"""The example city: everything in it is invented, and made by the same acts that people use.

:func:`zuofang.site.commands.city.build.build` is the only door. The same seed and the same day make the same city; all
dates are counted back from that day, so that nothing in it ever looks stale.
"""
