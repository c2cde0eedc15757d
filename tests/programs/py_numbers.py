# Integers, floats and how both are printed.
import math

print(7 // 2, -7 // 2, 7 // -2, 7 % 3, -7 % 3, 7 % -3, divmod(-7, 2), 7.5 // 2, -7.5 % 2, 5 % 0.3 < 0.3)
print(2 ** 10, 2 ** -1, (-2) ** 3, -2 ** 2, 2 ** 0.5, 4 ** 0.5, 0 ** 0, 2 ** 62, pow(3, 4), pow(7, 100, 13))
print(1 / 2, 4 / 2, 1 // 1, 3 * 1.0, 10 / 3, 1e3, 1e16, 1e15, 123456789012345678, 1e-4, 1e-5, 0.1 + 0.2)
print(1.0, 100.0, 1e22, 1e23, 1.5e300 * 1e10, 1e308 * 10, -1e308 * 10, 1e-320, 5e-324, 0.1, 1 / 3, 2 / 3)
print(float("inf"), -float("inf"), float("nan"), -0.0, 0.0 == -0.0, float("nan") == float("nan"), math.inf > 1e308)
print(round(0.5), round(1.5), round(2.675, 2), round(-0.5), round(1e15), round(3.7), round(3.14159, 2))
print(round(5, 2), round(15, -1))
print(int(3.9), int(-3.9), int(1e10), float(7), bool(0), int(True), True + True, abs(-3), abs(-2.5))
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 10, 1024 >> 3, -5 >> 1, -5 & 0xFF, 0b101, 0o17, 0xFF, 1_000_000)
print(bin(10), hex(255), oct(8), bin(-3), (255).bit_length(), "%08.3f" % 3.14159, 3 .__class__.__name__)
print(1 == 1.0, 1 is None, 3 > 2 > 1, 1 < 2 == 2, not 0, None == 0, type(1).__name__, type(1.0).__name__)
print(math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.5), math.sqrt(2), math.log2(8))
print([round(v, 12) for v in (math.exp(1), math.log(10), math.log(8, 2), math.log10(1000))])
print(math.pi, math.e, math.hypot(3, 4))
print([round(v, 12) for v in (math.sin(0.5), math.cos(0.5), math.tan(0.5), math.atan2(1, -1), math.tanh(0.5))])
print(math.factorial(20), math.gcd(12, 18), math.isnan(math.nan), math.isinf(math.inf))
print(math.isclose(0.1 + 0.2, 0.3), math.prod([1, 2, 3, 4]))
print(math.degrees(math.pi), math.radians(180), math.copysign(1, -0.0), math.fabs(-3), math.fmod(-7, 3))
print(math.comb(5, 2))
print(factorial := math.factorial(20), factorial // 10 ** 10, -factorial % 1000007, len(str(2 ** 62)))
print(10 ** 18 / 10 ** 5)
print(sum([0.1] * 10), sum([0.1] * 10) == 1, math.fsum([0.1] * 10), max(1, 2.5), min(3, True), sum(range(101)))
print((3.0).is_integer(), 3.5.is_integer(), 0.5.as_integer_ratio(), 1e400, -1e-400, 1e16 + 1, 2 ** 53 + 1.0)
print(123456.789, 0.00012345, 1234567890123456.7, 12345678901234567.8, 1e100, 1.1e-7, 3e8, 6.02e23)
x = 10
x += 5; x -= 3; x *= 2; x //= 5; x **= 3; x %= 50; x |= 8; x ^= 1; x <<= 2; x >>= 1; x &= 0xF
print(x)
x = 7
x /= 2
print(x, type(x), type(2 ** 3), type(2 ** -3), type(7 // 2.0), int("0"))
for bad in [
    lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0.0, lambda: math.sqrt(-1),
    lambda: math.log(0), lambda: int(float("nan")), lambda: 2.0 ** 10000, lambda: 1 & 2.5, lambda: 3 >> 0.5,
    lambda: 1.5 | True, lambda: (3).__lshift__(2.0) + 1,
]:
    try:
        bad()
    except (ZeroDivisionError, ValueError, OverflowError, TypeError) as e:
        print(type(e).__name__ + ":", e)
print([isinstance(v, int) for v in (1, True, 1.0)], isinstance(1, (int, float)), 0.1 * 3, 1 - 0.9, 1e-3 ** 2)
