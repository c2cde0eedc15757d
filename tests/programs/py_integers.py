print(2 ** 62, -2 ** 62, 9223372036854775807)
print((2 ** 31) * (2 ** 31), 10 ** 18, 7 ** 22 % 1000)
print(pow(3, 200, 1000007), pow(2, -1), hash(2 ** 40), int("123456789012345678"))
print(int(1e18), round(1e15), 2 ** 10, (-7) // 2, -7 % 3, 1 << 40, ~5)
import math
print(math.factorial(20), math.comb(40, 20), math.isqrt(10 ** 18), math.gcd(2 ** 40, 6 ** 20))
