"""Documents that an adapter sends: under numbers of their own, once each, until they are acknowledged."""

from __future__ import annotations
