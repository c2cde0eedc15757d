# `datetime`: moments in coordinated universal time, and the time between them.
_month_days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
_months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in(year, month):
    return 29 if month == 2 and _leap(year) else _month_days[month - 1]


def _ordinal(year, month, day):
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400
    return days + sum([_days_in(year, m) for m in range(1, month)]) + day


def _from_ordinal(n):
    year = max(1, n // 366)
    while _ordinal(year + 1, 1, 1) <= n:
        year += 1
    month = 1
    while n - _ordinal(year, month, 1) >= _days_in(year, month):
        month += 1
    return year, month, n - _ordinal(year, month, 1) + 1


class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = ((days + 7 * weeks) * 86400 + hours * 3600 + minutes * 60 + seconds) * 1000000
        total = round(total + milliseconds * 1000 + microseconds)
        self._set(total)

    def _set(self, total):
        self._total = total
        self.days, rest = divmod(total, 86400 * 1000000)
        self.seconds, self.microseconds = divmod(rest, 1000000)

    def total_seconds(self):
        return self._total / 1000000

    def __add__(self, other):
        return timedelta(microseconds=self._total + other._total)

    def __sub__(self, other):
        return timedelta(microseconds=self._total - other._total)

    def __mul__(self, factor):
        return timedelta(microseconds=self._total * factor)

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._total / other._total
        return timedelta(microseconds=self._total / other)

    def __neg__(self):
        return timedelta(microseconds=-self._total)

    def __eq__(self, other):
        return isinstance(other, timedelta) and self._total == other._total

    def __lt__(self, other):
        return self._total < other._total

    def __le__(self, other):
        return self._total <= other._total

    def __gt__(self, other):
        return self._total > other._total

    def __ge__(self, other):
        return self._total >= other._total

    def __hash__(self):
        return hash(self._total)

    def __str__(self):
        text = "%d:%02d:%02d" % (self.seconds // 3600, self.seconds // 60 % 60, self.seconds % 60)
        if self.days:
            text = "%d day%s, %s" % (self.days, "" if abs(self.days) == 1 else "s", text)
        return text + (".%06d" % self.microseconds if self.microseconds else "")

    def __repr__(self):
        names = [("days", self.days), ("seconds", self.seconds), ("microseconds", self.microseconds)]
        return "datetime.timedelta(" + (", ".join("%s=%d" % entry for entry in names if entry[1]) or "0") + ")"


class datetime:
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0):
        if not 1 <= month <= 12:
            raise ValueError("month must be in 1..12")
        if not 1 <= day <= _days_in(year, month):
            raise ValueError("day is out of range for month")
        self.year, self.month, self.day = year, month, day
        self.hour, self.minute, self.second, self.microsecond = hour, minute, second, microsecond

    @classmethod
    def _of(cls, total):
        days, rest = divmod(total, 86400 * 1000000)
        seconds, micro = divmod(rest, 1000000)
        year, month, day = _from_ordinal(days)
        return cls(year, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60, micro)

    def _total(self):
        seconds = _ordinal(self.year, self.month, self.day) * 86400 + self.hour * 3600 + self.minute * 60 + self.second
        return seconds * 1000000 + self.microsecond

    @classmethod
    def now(cls, tz=None):
        from time import time
        return cls.fromtimestamp(time())

    today = now
    utcnow = now

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        return cls._of(_ordinal(1970, 1, 1) * 86400 * 1000000 + round(timestamp * 1000000))

    @classmethod
    def strptime(cls, date_string, format):
        import re
        digits = {"Y": ("year", 4), "m": ("month", 2), "d": ("day", 2), "H": ("hour", 2), "M": ("minute", 2), "S": ("second", 2), "f": ("microsecond", 6), "y": ("year", 2), "b": ("month", 0), "B": ("month", 0)}
        names = []

        def part(match):
            names.append(match.group(1))
            return "([A-Za-z]+)" if match.group(1) in "bB" else "(\\d{1,%d})" % digits[match.group(1)][1]

        found = re.fullmatch(re.sub("%([YmdHMSfybB])", part, format), date_string)
        if found is None:
            raise ValueError("time data %r does not match format %r" % (date_string, format))
        parts = {"year": 1900, "month": 1, "day": 1}
        for name, text in zip(names, found.groups()):
            if name in "bB":
                value = [month[:3].lower() for month in _months].index(text[:3].lower()) + 1
            else:
                value = int(text.ljust(6, "0") if name == "f" else text)
            parts[digits[name][0]] = value + (2000 if value < 69 else 1900) if name == "y" else value
        return cls(**parts)

    def timestamp(self):
        return (self._total() - _ordinal(1970, 1, 1) * 86400 * 1000000) / 1000000

    def weekday(self):
        return (_ordinal(self.year, self.month, self.day) + 6) % 7

    def date(self):
        return date(self.year, self.month, self.day)

    def replace(self, **names):
        parts = {name: getattr(self, name) for name in ("year", "month", "day", "hour", "minute", "second", "microsecond")}
        return datetime(**{**parts, **names})

    def strftime(self, format):
        parts = {
            "Y": "%04d" % self.year, "m": "%02d" % self.month, "d": "%02d" % self.day, "H": "%02d" % self.hour,
            "M": "%02d" % self.minute, "S": "%02d" % self.second, "f": "%06d" % self.microsecond,
            "y": "%02d" % (self.year % 100), "I": "%02d" % ((self.hour + 11) % 12 + 1), "p": "AM" if self.hour < 12 else "PM",
            "B": _months[self.month - 1], "b": _months[self.month - 1][:3], "A": _days[self.weekday()],
            "a": _days[self.weekday()][:3], "j": "%03d" % (_ordinal(self.year, self.month, self.day) - _ordinal(self.year, 1, 1) + 1),
            "%": "%", "Z": "", "z": "",
        }
        out, i = [], 0
        while i < len(format):
            if format[i] == "%" and format[i + 1:i + 2] in parts:
                out.append(parts[format[i + 1]])
                i += 2
            else:
                out.append(format[i])
                i += 1
        return "".join(out)

    def isoformat(self, sep="T"):
        text = self.strftime("%Y-%m-%d") + sep + self.strftime("%H:%M:%S")
        return text + (".%06d" % self.microsecond if self.microsecond else "")

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        parts = [self.year, self.month, self.day, self.hour, self.minute]
        if self.second or self.microsecond:
            parts.append(self.second)
        if self.microsecond:
            parts.append(self.microsecond)
        return "datetime.datetime(" + ", ".join(str(part) for part in parts) + ")"

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def __add__(self, other):
        return datetime._of(self._total() + other._total)

    def __sub__(self, other):
        if isinstance(other, datetime):
            return timedelta(microseconds=self._total() - other._total())
        return datetime._of(self._total() - other._total)

    def __eq__(self, other):
        return isinstance(other, datetime) and self._total() == other._total()

    def __lt__(self, other):
        return self._total() < other._total()

    def __le__(self, other):
        return self._total() <= other._total()

    def __gt__(self, other):
        return self._total() > other._total()

    def __ge__(self, other):
        return self._total() >= other._total()

    def __hash__(self):
        return hash(self._total())


class date:
    def __init__(self, year, month, day):
        self.year, self.month, self.day = year, month, day

    @classmethod
    def today(cls):
        return datetime.now().date()

    def _moment(self):
        return datetime(self.year, self.month, self.day)

    def weekday(self):
        return self._moment().weekday()

    def strftime(self, format):
        return self._moment().strftime(format)

    def isoformat(self):
        return self.strftime("%Y-%m-%d")

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return "datetime.date(%d, %d, %d)" % (self.year, self.month, self.day)

    def __sub__(self, other):
        if isinstance(other, date):
            return self._moment() - other._moment()
        return (self._moment() - other).date()

    def __add__(self, other):
        return (self._moment() + other).date()

    def __eq__(self, other):
        return isinstance(other, date) and self._moment() == other._moment()

    def __lt__(self, other):
        return self._moment() < other._moment()

    def __hash__(self):
        return hash(self._moment())
