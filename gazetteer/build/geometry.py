"""Distances, medians and centres on the sphere."""

from math import asin, cos, radians, sin, sqrt
from statistics import median

EARTH_DIAMETER_KM = 12742.0


def km(a, b):
    """Great-circle distance of two (lon, lat) points."""
    (lon1, lat1), (lon2, lat2) = a, b
    p, q = radians(lat1), radians(lat2)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(lon2 - lon1) / 2) ** 2
    return EARTH_DIAMETER_KM * asin(min(1.0, sqrt(h)))


def centre(points):
    """The coordinate-wise median: a centre that one wrong point does not move."""
    return (median(p[0] for p in points), median(p[1] for p in points))


def quantile(values, share):
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
