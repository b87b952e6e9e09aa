#!/bin/sh
# Collect every message of the code and the templates and bring the English catalogue up to date:
# new messages arrive empty, messages no longer used go. Sorted and without line numbers, so that two changes seldom meet.
# Run from the root of the repository, then write the English of what is empty.
set -eu
template=$(mktemp)
trap 'rm -f "$template"' EXIT
${PYBABEL:-pybabel} -q extract -F translations/babel.cfg -k say -k lazy_gettext \
  --omit-header --no-location --sort-output --no-wrap -o "$template" .
${PYBABEL:-pybabel} -q update -i "$template" -d translations -l en \
  --omit-header --no-fuzzy-matching --ignore-obsolete --no-wrap
