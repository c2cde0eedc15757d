# `statistics`.
import math as _math


class StatisticsError(ValueError):
    pass


def _values(data, least, name):
    values = list(data)
    if len(values) < least:
        many = "one data point" if least == 1 else "two data points"
        raise StatisticsError("%s requires at least %s" % (name, many))
    return values


def _whole(values, result):
    return int(result) if all(isinstance(x, int) for x in values) and result == int(result) else result


def mean(data):
    values = _values(data, 1, "mean")
    return _whole(values, _math.fsum(values) / len(values))


def fmean(data, weights=None):
    values = _values(data, 1, "fmean")
    if weights is None:
        return _math.fsum(values) / len(values)
    weights = list(weights)
    return _math.fsum([x * w for x, w in zip(values, weights)]) / _math.fsum(weights)


def geometric_mean(data):
    return _math.exp(fmean([_math.log(x) for x in data]))


def harmonic_mean(data):
    values = _values(data, 1, "harmonic_mean")
    return len(values) / _math.fsum([1 / x for x in values])


def median(data):
    values = sorted(_values(data, 1, "median"))
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return (values[middle - 1] + values[middle]) / 2


def median_low(data):
    values = sorted(_values(data, 1, "median_low"))
    return values[(len(values) - 1) // 2]


def median_high(data):
    values = sorted(_values(data, 1, "median_high"))
    return values[len(values) // 2]


def mode(data):
    counts = {}
    for x in _values(data, 1, "mode"):
        counts[x] = counts.get(x, 0) + 1
    return max(counts, key=counts.get)


def multimode(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    most = max(counts.values()) if counts else 0
    return [x for x, count in counts.items() if count == most]


def _squares(values, center):
    center = _math.fsum(values) / len(values) if center is None else center
    return _math.fsum([(x - center) ** 2 for x in values])


def pvariance(data, mu=None):
    values = _values(data, 1, "pvariance")
    return _whole(values, _squares(values, mu) / len(values))


def variance(data, xbar=None):
    values = _values(data, 2, "variance")
    return _whole(values, _squares(values, xbar) / (len(values) - 1))


def pstdev(data, mu=None):
    return _math.sqrt(pvariance(data, mu))


def stdev(data, xbar=None):
    return _math.sqrt(variance(data, xbar))
